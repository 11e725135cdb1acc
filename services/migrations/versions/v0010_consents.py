"""What people agreed to, purpose by purpose."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = 400 * 24 * 3600
TOGETHER = ("search", "contact")  # what the text agreed to so far spoke of


def upgrade() -> None:
    """Add the table; what was agreed to before is written down in it."""
    op.create_table(
        "consents",
        sa.Column("id", big_int, nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("given_at", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.Column("ended_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_consents_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_referral_id_purpose", "consents", ["referral_id", "purpose"])
    op.create_index("ix_consents_ended_at_expires_at", "consents", ["ended_at", "expires_at"])
    for purpose in TOGETHER:
        op.execute(
            sa.text(
                "INSERT INTO consents "
                "(referral_id, purpose, version, text_hash, language, given_at, expires_at, ended_at) "
                "SELECT id, :purpose, consent_version, consent_hash, consent_language, "
                "created_at, created_at + :stands, "
                "CASE WHEN state = 'withdrawn' THEN ended_at END FROM referrals"
            ).bindparams(purpose=purpose, stands=STANDS)
        )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("consents")
