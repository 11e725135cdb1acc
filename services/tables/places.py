"""The tables of partners and their capacity. What a place is like lies in boxes under a key of the key file."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class Partner(Table):
    """A partner, known by its number. `label_box`: what the coordination calls it, sealed to the coordination."""

    __tablename__ = "partners"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - a number is never given again

    id: Mapped[int] = mapped_column(primary_key=True)
    label_box: Mapped[bytes]
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"))
    created_at: Mapped[int]


class PartnerMember(Table):
    """Who signs in for a partner."""

    __tablename__ = "partner_members"

    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)


class PlaceGroup(Table):
    """A partner's places of one sort. `box`: all that is told of them (services/places), under the key file."""

    __tablename__ = "place_groups"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - a hold's box names the number

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), index=True)
    revision: Mapped[int]
    box: Mapped[bytes]


class PlaceHold(Table):
    """Places held for a referral until a time, or taken since the person arrived (`until` is NULL).

    `box`: which places, and how many, under the key file's key: which referral goes where is told in no clear column.
    """

    __tablename__ = "place_holds"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[int | None] = mapped_column(index=True)
    box: Mapped[bytes]
