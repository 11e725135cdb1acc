"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "audit",
        sa.Column("id", big_int, autoincrement=False, nullable=False),
        sa.Column("at", big_int, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("referral_id", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_referral_id"), "audit", ["referral_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", big_int, autoincrement=False, nullable=False),
        sa.Column("last_id", big_int, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "conversations",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("remains", sa.LargeBinary(), nullable=True),
        sa.Column("turn", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_expires_at"), "conversations", ["expires_at"], unique=False)
    op.create_table(
        "coordination_keys",
        sa.Column("id", big_int, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordination_keys")),
    )
    op.create_table(
        "coordinators",
        sa.Column("id", big_int, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key_box", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinators")),
        sa.UniqueConstraint("name", name=op.f("uq_coordinators_name")),
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", big_int, nullable=False),
        sa.Column("conversation_key", sa.LargeBinary(), nullable=False),
        sa.Column("update_key", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("conversation_key", "update_key", name=op.f("uq_outbox_conversation_key_update_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"], unique=False)
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["channel", "id"],
        unique=False,
        sqlite_where=sa.text("body IS NOT NULL"),
        postgresql_where=sa.text("body IS NOT NULL"),
    )
    op.create_table(
        "receipt_tries",
        sa.Column("conversation_key", sa.LargeBinary(), nullable=False),
        sa.Column("tries", big_int, nullable=False),
        sa.Column("since", big_int, nullable=False),
        sa.PrimaryKeyConstraint("conversation_key", name=op.f("pk_receipt_tries")),
    )
    op.create_index(op.f("ix_receipt_tries_since"), "receipt_tries", ["since"], unique=False)
    op.create_table(
        "sent_messages",
        sa.Column("id", big_int, nullable=False),
        sa.Column("conversation_key", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_messages")),
    )
    op.create_index(op.f("ix_sent_messages_at"), "sent_messages", ["at"], unique=False)
    op.create_index(op.f("ix_sent_messages_conversation_key"), "sent_messages", ["conversation_key"], unique=False)
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", big_int, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("at", big_int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_subject_at", "sign_in_attempts", ["subject", "at"], unique=False)
    op.create_table(
        "console_sessions",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("coordinator_id", big_int, nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("key_box", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("seen_at", big_int, nullable=False),
        sa.Column("expires_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["coordinators.id"], name=op.f("fk_console_sessions_coordinator_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_console_sessions")),
    )
    op.create_index(op.f("ix_console_sessions_coordinator_id"), "console_sessions", ["coordinator_id"], unique=False)
    op.create_index(op.f("ix_console_sessions_expires_at"), "console_sessions", ["expires_at"], unique=False)
    op.create_table(
        "coordinator_grants",
        sa.Column("coordinator_id", big_int, nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("granted_by", big_int, nullable=True),
        sa.Column("granted_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_coordinator_grants_coordination_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["coordinators.id"],
            name=op.f("fk_coordinator_grants_coordinator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["granted_by"], ["coordinators.id"], name=op.f("fk_coordinator_grants_granted_by")),
        sa.PrimaryKeyConstraint("coordinator_id", "coordination_key_id", name=op.f("pk_coordinator_grants")),
    )
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("referrer", sa.String(), nullable=False),
        sa.Column("liaison", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("avoid", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("forms", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("pregnancy", sa.String(), nullable=False),
        sa.Column("dependants", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("safe_until", sa.String(), nullable=True),
        sa.Column("consent_hash", sa.LargeBinary(), nullable=False),
        sa.Column("consent_language", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("claimed_by", big_int, nullable=True),
        sa.Column("claimed_at", big_int, nullable=True),
        sa.Column("decline_reason", sa.String(), nullable=True),
        sa.Column("decline_alternative", sa.String(), nullable=True),
        sa.Column("ended_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(["claimed_by"], ["coordinators.id"], name=op.f("fk_referrals_claimed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_ended_at"), "referrals", ["ended_at"], unique=False)
    op.create_index(op.f("ix_referrals_state"), "referrals", ["state"], unique=False)
    op.create_table(
        "messages",
        sa.Column("id", big_int, nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_messages_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_referral_id"), "messages", ["referral_id"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("selector", sa.LargeBinary(), nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("verifier", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_receipts_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("selector", name=op.f("pk_receipts")),
        sa.UniqueConstraint("referral_id", "holder", name=op.f("uq_receipts_referral_id_holder")),
    )
    op.create_table(
        "sealed_keys",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("coordination_key_id", big_int, nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coordination_key_id"], ["coordination_keys.id"], name=op.f("fk_sealed_keys_coordination_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_sealed_keys_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_sealed_keys")),
    )
    op.create_table(
        "sealed_parts",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("version", big_int, nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_sealed_parts_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", "purpose", name=op.f("pk_sealed_parts")),
    )
    op.create_table(
        "message_copies",
        sa.Column("message_id", big_int, nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_copies_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "reader", name=op.f("pk_message_copies")),
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("message_copies")
    op.drop_table("sealed_parts")
    op.drop_table("sealed_keys")
    op.drop_table("receipts")
    op.drop_index(op.f("ix_messages_referral_id"), table_name="messages")
    op.drop_table("messages")
    op.drop_index(op.f("ix_referrals_state"), table_name="referrals")
    op.drop_index(op.f("ix_referrals_ended_at"), table_name="referrals")
    op.drop_table("referrals")
    op.drop_table("coordinator_grants")
    op.drop_index(op.f("ix_console_sessions_expires_at"), table_name="console_sessions")
    op.drop_index(op.f("ix_console_sessions_coordinator_id"), table_name="console_sessions")
    op.drop_table("console_sessions")
    op.drop_index("ix_sign_in_attempts_subject_at", table_name="sign_in_attempts")
    op.drop_table("sign_in_attempts")
    op.drop_index(op.f("ix_sent_messages_conversation_key"), table_name="sent_messages")
    op.drop_index(op.f("ix_sent_messages_at"), table_name="sent_messages")
    op.drop_table("sent_messages")
    op.drop_index(op.f("ix_receipt_tries_since"), table_name="receipt_tries")
    op.drop_table("receipt_tries")
    op.drop_index(
        "ix_outbox_pending",
        table_name="outbox",
        sqlite_where=sa.text("body IS NOT NULL"),
        postgresql_where=sa.text("body IS NOT NULL"),
    )
    op.drop_index("ix_outbox_created_at", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("invitations")
    op.drop_table("coordinators")
    op.drop_table("coordination_keys")
    op.drop_index(op.f("ix_conversations_expires_at"), table_name="conversations")
    op.drop_table("conversations")
    op.drop_table("audit_head")
    op.drop_index(op.f("ix_audit_referral_id"), table_name="audit")
    op.drop_table("audit")
