"""The recovery key; when somebody left who held the key; to which key a message is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables and two columns; every message until now is sealed to the newest key."""
    op.create_table(
        "recovery_keys",
        sa.Column("id", big_int, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", big_int, nullable=False),
        sa.Column("made_at", big_int, nullable=False),
        sa.Column("tried_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["coordinators.id"], name=op.f("fk_recovery_keys_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_keys")),
    )
    op.create_table(
        "recovery_boxes",
        sa.Column("recovery_key_id", big_int, nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recovery_key_id"],
            ["recovery_keys.id"],
            name=op.f("fk_recovery_boxes_recovery_key_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_recovery_boxes_coordination_key_id")
        ),
        sa.PrimaryKeyConstraint("recovery_key_id", "coordination_key_id", name=op.f("pk_recovery_boxes")),
    )
    op.add_column("coordination_keys", sa.Column("left_at", big_int, nullable=True))
    op.add_column("message_copies", sa.Column("coordination_key_id", big_int, nullable=True))
    op.execute(
        "UPDATE message_copies SET coordination_key_id = (SELECT MAX(id) FROM coordination_keys)"
        " WHERE reader = 'coordination'"
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("message_copies", "coordination_key_id")
    op.drop_column("coordination_keys", "left_at")
    op.drop_table("recovery_boxes")
    op.drop_table("recovery_keys")
