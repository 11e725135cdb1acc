"""What editors change in the console: their acts, and how each ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "content_edits",
        sa.Column("id", big_int, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("edit", sa.JSON(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("undoes", big_int, nullable=True),
        sa.Column("made_by", big_int, nullable=False),
        sa.Column("made_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["content_edits.id"], name=op.f("fk_content_edits_undoes")),
        sa.ForeignKeyConstraint(["made_by"], ["coordinators.id"], name=op.f("fk_content_edits_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_edits")),
    )
    op.create_index(op.f("ix_content_edits_key"), "content_edits", ["key"])
    op.create_table(
        "content_decisions",
        sa.Column("id", big_int, nullable=False),
        sa.Column("edit_id", big_int, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decided_by", big_int, nullable=False),
        sa.Column("decided_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(["edit_id"], ["content_edits.id"], name=op.f("fk_content_decisions_edit_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["coordinators.id"], name=op.f("fk_content_decisions_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_decisions")),
        sa.UniqueConstraint("edit_id", name=op.f("uq_content_decisions_edit_id")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("content_decisions")
    op.drop_table("content_edits")
