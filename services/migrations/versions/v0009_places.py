"""Partners, their places, and what is held of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add four tables."""
    op.create_table(
        "partners",
        sa.Column("id", big_int, nullable=False),
        sa.Column("label_box", sa.LargeBinary(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_partners_coordination_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "partner_members",
        sa.Column("coordinator_id", big_int, nullable=False),
        sa.Column("partner_id", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["coordinators.id"],
            name=op.f("fk_partner_members_coordinator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_partner_members_partner_id")),
        sa.PrimaryKeyConstraint("coordinator_id", name=op.f("pk_partner_members")),
    )
    op.create_index(op.f("ix_partner_members_partner_id"), "partner_members", ["partner_id"])
    op.create_table(
        "place_groups",
        sa.Column("id", big_int, nullable=False),
        sa.Column("partner_id", big_int, nullable=False),
        sa.Column("revision", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name=op.f("fk_place_groups_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_groups")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_place_groups_partner_id"), "place_groups", ["partner_id"])
    op.create_table(
        "place_holds",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("until", big_int, nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_place_holds_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_place_holds")),
    )
    op.create_index(op.f("ix_place_holds_until"), "place_holds", ["until"])


def downgrade() -> None:
    """Take them away."""
    for table in ("place_holds", "place_groups", "partner_members", "partners"):
        op.drop_table(table)
