"""The yearly figures, and requests whose deletion is stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables, and an index to count a year's requests by."""
    op.create_table(
        "statistics_years",
        sa.Column("year", big_int, autoincrement=False, nullable=False),
        sa.Column("frozen_at", big_int, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_statistics_years")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("placed_by", big_int, nullable=False),
        sa.Column("placed_at", big_int, nullable=False),
        sa.Column("until", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_legal_holds_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["placed_by"], ["coordinators.id"], name=op.f("fk_legal_holds_placed_by")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_until"), "legal_holds", ["until"])
    op.create_index(op.f("ix_referrals_created_at"), "referrals", ["created_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_referrals_created_at"), "referrals")
    op.drop_table("legal_holds")
    op.drop_table("statistics_years")
