"""The table of those who want one message when there is something new. Times are Unix seconds."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class Ping(Table):
    """Where to write to the person of a referral, once: the address and its language, under a key of the key file.

    `conversation_key`: whose it is, so that erasing that conversation deletes it. `state`, `message`: how the request
    stood when the person last looked. `expires_at`: when it goes, though nothing came.
    """

    __tablename__ = "pings"

    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    conversation_key: Mapped[bytes] = mapped_column(index=True)
    route_box: Mapped[bytes]
    state: Mapped[str]
    message: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)
