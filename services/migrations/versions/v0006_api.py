"""The API for the network's tools: tokens, and which requests were handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "api_tokens",
        sa.Column("id", big_int, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name_box", sa.LargeBinary(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.Column("revoked_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_api_tokens_coordination_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_api_tokens_expires_at"), "api_tokens", ["expires_at"])
    op.create_table(
        "api_requests",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_api_requests")),
    )
    op.create_index(op.f("ix_api_requests_created_at"), "api_requests", ["created_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("api_requests")
    op.drop_table("api_tokens")
