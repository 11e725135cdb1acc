"""The tables of the API for the network's tools: its tokens, and which referral came with which request."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class ApiToken(Table):
    """What a tool shows to be let in. `token_hash`: keyed. `name_box`: the tool's name, sealed to the coordination.

    What it is used for, and when, is kept nowhere but in the audit of what it handed in.
    """

    __tablename__ = "api_tokens"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - a number is never given again

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    name_box: Mapped[bytes]
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"))
    scopes: Mapped[tuple[str, ...]]
    created_at: Mapped[int]
    expires_at: Mapped[int] = mapped_column(index=True)
    revoked_at: Mapped[int | None]


class ApiRequest(Table):
    """A referral that was handed in, for a day, so that the same request sent again makes no second one.

    `key_hash`: keyed, of the token and the client's own key of the request. `body_hash`: of what was sent.
    """

    __tablename__ = "api_requests"

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes]
    created_at: Mapped[int] = mapped_column(index=True)
