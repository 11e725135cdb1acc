"""The tables of time: since when each referral waits, when it came to each of its states. Times are Unix seconds."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class Clock(Table):
    """Since when a referral waits. `begun_at`: it was sent, or opened again; `free_since`: nobody has held it.

    `answered_at`: when the coordination first wrote or decided since it began. `wrote_at`: the oldest message of a
    receipt's holder that nobody has answered. Both NULL while there is none.
    """

    __tablename__ = "referral_clocks"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    begun_at: Mapped[int] = mapped_column(index=True)
    free_since: Mapped[int]
    answered_at: Mapped[int | None]
    wrote_at: Mapped[int | None] = mapped_column(index=True)


class Step(Table):
    """A state that a referral came to, or `answered`: the first word to it. Whose act it was, the audit says."""

    __tablename__ = "referral_steps"
    __table_args__ = (Index("ix_referral_steps_step", "step", "at", "referral_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), index=True)
    step: Mapped[str]
    at: Mapped[int]
