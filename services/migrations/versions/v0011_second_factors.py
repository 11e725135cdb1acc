"""Second factors, codes for paper, links for a new factor; and the stage that a console session is in."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add three tables and a column."""
    op.create_table(
        "second_factors",
        _of("second_factors"),
        sa.Column("secret_box", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", big_int, nullable=False),
        sa.Column("confirmed_at", big_int, nullable=True),
        sa.PrimaryKeyConstraint("coordinator_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        _of("recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_coordinator_id"), "recovery_codes", ["coordinator_id"])
    op.create_table(
        "factor_resets",
        _of("factor_resets"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("coordinator_id", name=op.f("pk_factor_resets")),
    )
    op.add_column("console_sessions", sa.Column("stage", sa.String(), nullable=False, server_default=sa.text("'open'")))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("console_sessions", "stage")
    for table in ("factor_resets", "recovery_codes", "second_factors"):
        op.drop_table(table)


def _of(table: str) -> sa.Column[int]:
    owner = sa.ForeignKey("coordinators.id", name=op.f(f"fk_{table}_coordinator_id"), ondelete="CASCADE")
    return sa.Column("coordinator_id", big_int, owner, nullable=False)
