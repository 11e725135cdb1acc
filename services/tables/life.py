"""Tables of the work on a referral: the coordination's notes, and the safe words of the telephone."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class Note(Table):
    """What somebody of the coordination noted on a referral, sealed to the coordination; no receipt opens it."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_referral_id", "referral_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    written_by: Mapped[int] = mapped_column(ForeignKey("coordinators.id"))
    written_at: Mapped[int]
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"), index=True)
    box: Mapped[bytes]


class SafeWord(Table):
    """Two words by which a referral's sides know each other by voice, sealed to a receipt or to the coordination.

    `coordination_key_id`: only where it is sealed to the coordination.
    """

    __tablename__ = "safe_words"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    coordination_key_id: Mapped[int | None] = mapped_column(ForeignKey("coordination_keys.id"), index=True)
    box: Mapped[bytes]
