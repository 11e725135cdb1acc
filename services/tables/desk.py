"""The tables of the desk: what each coordinator set for themselves, and the notices to them. Times are Unix seconds."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class DeskSetting(Table):
    """What somebody set for themselves: the languages that they speak, and whether and where notices reach them.

    `address_box`: their address for mail under a key of the key file, NULL where they want none. `any_hour`: also at
    night, at week-ends and on public holidays.
    """

    __tablename__ = "desk_settings"

    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True)
    languages: Mapped[tuple[str, ...]]
    address_box: Mapped[bytes | None]
    any_hour: Mapped[bool]


class NoticeMark(Table):
    """How far an audience (services/notices.py:Audience) was told: up to which record of the audit, and when last."""

    __tablename__ = "notice_marks"

    audience: Mapped[str] = mapped_column(primary_key=True)
    audit_id: Mapped[int]
    told_at: Mapped[int]


class Notice(Table):
    """A notice on its way: to a coordinator by mail, or to the webhook where there is none. It is deleted once sent.

    `next_at`: when it is tried again. `failed_at`: when it was given up.
    """

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_due", "failed_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[int]
    next_at: Mapped[int]
    tries: Mapped[int]
    failed_at: Mapped[int | None]
