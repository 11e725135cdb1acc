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
    box: Mapped[bytes]


class SafeWord(Table):
    """Two words by which a referral's sides know each other by voice, sealed to a receipt or to the coordination."""

    __tablename__ = "safe_words"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    box: Mapped[bytes]
