"""Every table. Times are Unix seconds; `bytes` columns hold hashes, keys or ciphertext, never words."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

BigInt = BigInteger().with_variant(Integer, "sqlite")


class Codes(TypeDecorator[tuple[str, ...]]):
    """A short tuple of ids, stored as a JSON list."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str]:
        """The list to store."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """The tuple stored."""
        return tuple(value or ())


class Table(DeclarativeBase):
    """The base of all tables, with fixed names for constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own name
        int: BigInt,
        bytes: LargeBinary,
        str: String,
        tuple[str, ...]: Codes,
        dict[str, Any]: JSON,
    }


# The turn


class Conversation(Table):
    """Where one conversation stands, encrypted. An expired one is a tombstone: `payload` is NULL, `remains` stays.

    `expires_at` is 0 before the first save.
    """

    __tablename__ = "conversations"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    payload: Mapped[bytes | None]
    remains: Mapped[bytes | None]
    turn: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)


class Update(Table):
    """One update handled: remembered so that a repeat is dropped. `body`: its reply, encrypted, until delivered."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("conversation_key", "update_key"),
        Index("ix_outbox_created_at", "created_at"),
        Index("ix_outbox_pending", "channel", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_key: Mapped[bytes]
    update_key: Mapped[bytes]
    channel: Mapped[str]
    body: Mapped[bytes | None]
    created_at: Mapped[int]


@event.listens_for(Update.__table__, "before_create")
def _pending_alone(outbox: Any, connection: Connection, **_: Any) -> None:
    """Only what waits is in the index. Naming the option of a database loads all of its dialect, 2.5 MB: it waits."""
    (pending,) = (index for index in outbox.indexes if index.name == "ix_outbox_pending")
    pending.dialect_kwargs[f"{connection.dialect.name}_where"] = text("body IS NOT NULL")


class SentMessage(Table):
    """A message a channel may later take back: its id, encrypted."""

    __tablename__ = "sent_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_key: Mapped[bytes] = mapped_column(index=True)
    box: Mapped[bytes]
    at: Mapped[int] = mapped_column(index=True)


class KeyCheck(Table):
    """The single row (id 1) that says which key file this database belongs to; it tells nothing about the key."""

    __tablename__ = "key_check"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[bytes]


class ReceiptTries(Table):
    """How often a conversation gave a wrong receipt since `since`."""

    __tablename__ = "receipt_tries"

    conversation_key: Mapped[bytes] = mapped_column(primary_key=True)
    tries: Mapped[int]
    since: Mapped[int] = mapped_column(index=True)


# Coordinators


class CoordinationKey(Table):
    """The coordination's public key; its private key lies sealed in each grant and recovery box, nowhere else.

    `left_at`: when somebody who held it was taken out: time to seal anew.
    """

    __tablename__ = "coordination_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    created_at: Mapped[int]
    left_at: Mapped[int | None]


class Coordinator(Table):
    """Somebody who may sign in. `private_key_box`: their own private key under a key from password and `salt`."""

    __tablename__ = "coordinators"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str]
    public_key: Mapped[bytes]
    private_key_box: Mapped[bytes]
    salt: Mapped[bytes]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[int]


class Invitation(Table):
    """A one-time link that makes a coordinator."""

    __tablename__ = "invitations"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    expires_at: Mapped[int]


class CoordinatorGrant(Table):
    """The coordination's private key in a box sealed to one coordinator."""

    __tablename__ = "coordinator_grants"

    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True)
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"), primary_key=True)
    box: Mapped[bytes]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id"))
    granted_at: Mapped[int]


class ConsoleSession(Table):
    """A coordinator who signs in (`stage`: factor, enrol), is in (open) or was away too long (locked).

    `key_box`: the coordination's private key under a secret only the cookie holds; none while it is locked.
    """

    __tablename__ = "console_sessions"

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), index=True)
    stage: Mapped[str] = mapped_column(server_default=text("'open'"))
    csrf: Mapped[str]
    key_box: Mapped[bytes | None]
    created_at: Mapped[int]
    seen_at: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)


class IssuedCode(Table):
    """A professional code that an organisation holds. `name_box`: the organisation's name, sealed to the coordination.

    `code_hash`: keyed. What it is used for, and when, is kept nowhere.
    """

    __tablename__ = "professional_codes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - a number is never given again

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    kind: Mapped[str]
    name_box: Mapped[bytes]
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"))
    created_at: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)
    revoked_at: Mapped[int | None]


class SignInAttempt(Table):
    """A failed sign-in. `subject`: a keyed hash of the name or of where it came from."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[bytes]
    at: Mapped[int]


# Referrals


class Referral(Table):
    """The clear triage fields (dialogs/commands.Triage), the state, and what was consented to.

    `state`: written by services/referrals/steps.py alone. `ended_at`: since when what it sealed waits to be deleted.
    `same_as`: the one of the same person that counts. `read_message`: the newest that the coordination opened.
    """

    __tablename__ = "referrals"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[int] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    referrer: Mapped[str]
    liaison: Mapped[bool]
    urgency: Mapped[str]
    age_group: Mapped[str]
    gender: Mapped[str]
    department: Mapped[str | None]
    avoid: Mapped[tuple[str, ...]]
    languages: Mapped[tuple[str, ...]]
    interpreter: Mapped[str]
    forms: Mapped[tuple[str, ...]]
    needs: Mapped[tuple[str, ...]]
    pregnancy: Mapped[str]
    dependants: Mapped[tuple[str, ...]]
    status: Mapped[str]
    complaint: Mapped[str]
    wishes: Mapped[tuple[str, ...]]
    safe_until: Mapped[str | None]
    consent_hash: Mapped[bytes]
    consent_language: Mapped[str]
    consent_version: Mapped[str]
    claimed_by: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id"))
    claimed_at: Mapped[int | None]
    decline_reason: Mapped[str | None]
    decline_alternative: Mapped[str | None]
    ended_at: Mapped[int | None] = mapped_column(index=True)
    acknowledged_at: Mapped[int | None]
    read_message: Mapped[int] = mapped_column(server_default=text("0"))
    call_checked_at: Mapped[int | None]
    same_as: Mapped[str | None] = mapped_column(index=True)


class SealedPart(Table):
    """A sealed field of a referral (`purpose`: note, callback), under the referral's data key."""

    __tablename__ = "sealed_parts"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    nonce: Mapped[bytes]
    ciphertext: Mapped[bytes]


class SealedKey(Table):
    """A referral's data key, sealed to the coordination. Long backups leave this table out: deleting a row erases."""

    __tablename__ = "sealed_keys"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"))
    box: Mapped[bytes]


class Receipt(Table):
    """What is kept of a receipt: how to find and check it, the key that messages to it are sealed to, its language.

    `number`: how many its holder has had; `opened_on`: the day (YYYY-MM-DD, in Paris) on which it was last opened.
    """

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("referral_id", "holder"),)

    selector: Mapped[bytes] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    holder: Mapped[str]
    verifier: Mapped[bytes]
    public_key: Mapped[bytes]
    language: Mapped[str | None]
    number: Mapped[int] = mapped_column(server_default=text("1"))
    opened_on: Mapped[str | None]


class Message(Table):
    """A message of the exchange behind a receipt. `author`: person, professional or coordination."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), index=True)
    author: Mapped[str]
    created_at: Mapped[int]


class MessageCopy(Table):
    """A message sealed to one reader: person, professional or coordination (then to which of its keys)."""

    __tablename__ = "message_copies"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    box: Mapped[bytes]
    coordination_key_id: Mapped[int | None]


# The content


class ContentEdit(Table):
    """An editor's act on a fact or a number, never changed. `edit`: what it says (dialogs/edits.py:Edit), as JSON.

    `alone`: it needed no second editor. `undoes`: the edit that it takes back.
    """

    __tablename__ = "content_edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    act: Mapped[str]
    edit: Mapped[dict[str, Any]]
    alone: Mapped[bool]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("content_edits.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("coordinators.id"))
    made_at: Mapped[int]


class ContentDecision(Table):
    """How an edit ended, once: accepted (in force from then on), refused, withdrawn. By id: the order of effect."""

    __tablename__ = "content_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    edit_id: Mapped[int] = mapped_column(ForeignKey("content_edits.id"), unique=True)
    outcome: Mapped[str]
    decided_by: Mapped[int] = mapped_column(ForeignKey("coordinators.id"))
    decided_at: Mapped[int]
