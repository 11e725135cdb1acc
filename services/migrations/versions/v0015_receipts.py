"""Receipts that can be replaced, and know the day on which they were last opened."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two columns."""
    op.add_column("receipts", sa.Column("number", big_int, nullable=False, server_default=sa.text("1")))
    op.add_column("receipts", sa.Column("opened_on", sa.String(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("receipts", "opened_on")
    op.drop_column("receipts", "number")
