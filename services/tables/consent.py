"""The tables of what people agreed to, of the yearly figures, and of what is not deleted. Times are Unix seconds."""

from typing import Any

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


class FrozenYear(Table):
    """What is published of a year, made once and never changed: counts that may be shown, and nothing else.

    `figures`: services/figures/statistics.py:Figures as JSON; a hidden count is null. What was hidden is kept nowhere.
    """

    __tablename__ = "statistics_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_at: Mapped[int]
    figures: Mapped[dict[str, Any]]


class LegalHold(Table):
    """Our own deletion of a request is stopped, for one of the reasons of services/places/holds.py, until a time."""

    __tablename__ = "legal_holds"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    placed_by: Mapped[int] = mapped_column(ForeignKey("coordinators.id"))
    placed_at: Mapped[int]
    until: Mapped[int] = mapped_column(index=True)
