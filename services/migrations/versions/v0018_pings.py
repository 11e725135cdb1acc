"""Who wants one message when there is something new behind their receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "pings",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("conversation_key", sa.LargeBinary(), nullable=False),
        sa.Column("route_box", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_pings_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_pings")),
    )
    op.create_index(op.f("ix_pings_conversation_key"), "pings", ["conversation_key"])
    op.create_index(op.f("ix_pings_expires_at"), "pings", ["expires_at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("pings")
