"""The work on a referral: notes, safe words, the call back, and two referrals of one person."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables and two columns."""
    op.add_column("referrals", sa.Column("call_checked_at", big_int, nullable=True))
    op.add_column("referrals", sa.Column("same_as", sa.String(), nullable=True))
    op.create_index(op.f("ix_referrals_same_as"), "referrals", ["same_as"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("written_by", big_int, nullable=False),
        sa.Column("written_at", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_notes_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["written_by"], ["coordinators.id"], name=op.f("fk_notes_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_referral_id", "notes", ["referral_id"])
    op.create_table(
        "safe_words",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_safe_words_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "reader", name=op.f("pk_safe_words")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("safe_words")
    op.drop_index("ix_notes_referral_id", "notes")
    op.drop_table("notes")
    op.drop_index(op.f("ix_referrals_same_as"), "referrals")
    op.drop_column("referrals", "same_as")
    op.drop_column("referrals", "call_checked_at")
