"""Trainings, the sign-ups for them, and the keys of what these sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = ("town", "department", "language", "remark")
LISTS = ("days", "modules", "own_modules", "audience")
NUMBERS = ("begins_at", "ends_at", "seats", "revision", "changed_at")


def upgrade() -> None:
    """Add three tables."""
    op.create_table(
        "trainings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in LISTS),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        *(sa.Column(name, big_int, nullable=False) for name in NUMBERS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    op.create_index(op.f("ix_trainings_ends_at"), "trainings", ["ends_at"])
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("training_id", sa.String(), nullable=False),
        sa.Column("number", big_int, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("revision", big_int, nullable=False),
        sa.Column("selector", sa.LargeBinary(), nullable=False),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["training_id"], ["trainings.id"], name=op.f("fk_sign_ups_training_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("training_id", "number", name=op.f("uq_sign_ups_training_id_number")),
        sa.UniqueConstraint("selector", name=op.f("uq_sign_ups_selector")),
    )
    op.create_table(
        "sign_up_keys",
        sa.Column("sign_up_id", sa.String(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_sign_up_keys_sign_up_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_sign_up_keys_coordination_key_id")
        ),
        sa.PrimaryKeyConstraint("sign_up_id", name=op.f("pk_sign_up_keys")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("sign_up_keys")
    op.drop_table("sign_ups")
    op.drop_index(op.f("ix_trainings_ends_at"), table_name="trainings")
    op.drop_table("trainings")
