"""Professional codes, as organisations hold them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "professional_codes",
        sa.Column("id", big_int, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_box", sa.LargeBinary(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.Column("revoked_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"],
            ["coordination_keys.id"],
            name=op.f("fk_professional_codes_coordination_key_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_professional_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_professional_codes_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_professional_codes_expires_at"), "professional_codes", ["expires_at"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("professional_codes")
