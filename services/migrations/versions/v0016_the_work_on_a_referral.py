"""The work on a referral: notes, safe words, the call back, and two referrals of one person."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
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
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_notes_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_notes_coordination_key_id")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["coordinators.id"], name=op.f("fk_notes_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index("ix_notes_referral_id", "notes", ["referral_id"])
    op.create_index(op.f("ix_notes_coordination_key_id"), "notes", ["coordination_key_id"])
    op.create_table(
        "safe_words",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_safe_words_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_safe_words_coordination_key_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", "reader", name=op.f("pk_safe_words")),
    )
    op.create_index(op.f("ix_safe_words_coordination_key_id"), "safe_words", ["coordination_key_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index(op.f("ix_safe_words_coordination_key_id"), "safe_words")
    op.drop_table("safe_words")
    op.drop_index(op.f("ix_notes_coordination_key_id"), "notes")
    op.drop_index("ix_notes_referral_id", "notes")
    op.drop_table("notes")
    op.drop_index(op.f("ix_referrals_same_as"), "referrals")
    op.drop_column("referrals", "same_as")
    op.drop_column("referrals", "call_checked_at")
