"""What coordinators set for themselves, and the notices to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "desk_settings",
        sa.Column("coordinator_id", big_int, nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("address_box", sa.LargeBinary(), nullable=True),
        sa.Column("any_hour", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["coordinators.id"],
            name=op.f("fk_desk_settings_coordinator_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("coordinator_id", name=op.f("pk_desk_settings")),
    )
    op.create_table(
        "notice_marks",
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("audit_id", big_int, nullable=False),
        sa.Column("told_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("pk_notice_marks")),
    )
    op.create_table(
        "notices",
        sa.Column("id", big_int, nullable=False),
        sa.Column("coordinator_id", big_int, nullable=True),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("next_at", big_int, nullable=False),
        sa.Column("tries", big_int, nullable=False),
        sa.Column("failed_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinators.id"], name=op.f("fk_notices_coordinator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_coordinator_id"), "notices", ["coordinator_id"])
    op.create_index("ix_notices_due", "notices", ["failed_at", "next_at"])


def downgrade() -> None:
    """Take them away."""
    for table in ("notices", "notice_marks", "desk_settings"):
        op.drop_table(table)
