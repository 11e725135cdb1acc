"""The key file's check value; how far the coordination has read; the language of each receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table and two columns."""
    op.create_table(
        "key_check",
        sa.Column("id", big_int, autoincrement=False, nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_check")),
    )
    op.add_column("referrals", sa.Column("read_message", big_int, server_default=sa.text("0"), nullable=False))
    op.add_column("receipts", sa.Column("language", sa.String(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("receipts", "language")
    op.drop_column("referrals", "read_message")
    op.drop_table("key_check")
