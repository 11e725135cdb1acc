"""The table of what people agreed to. Times are Unix seconds."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class GivenConsent(Table):
    """What a person agreed to for a referral: one purpose, the hash of the words that they read, until when it stands.

    `ended_at`: when it was taken back, or found to have run out. A purpose agreed to again has a row more.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_referral_id_purpose", "referral_id", "purpose"),
        Index("ix_consents_ended_at_expires_at", "ended_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    version: Mapped[str]
    text_hash: Mapped[bytes]
    language: Mapped[str]
    given_at: Mapped[int]
    expires_at: Mapped[int]
    ended_at: Mapped[int | None]
