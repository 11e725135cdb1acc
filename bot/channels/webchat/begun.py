"""Which conversation a first page began: kept in memory while that page could still be sent, and no longer."""

from dataclasses import dataclass

from bot.channels.webchat.cookie import new_guest
from bot.channels.webchat.form import Form
from dialogs.engine import IDLE_SECONDS

AGAIN_S = 60  # a form whose answer was lost is sent again by then
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Beginning:
    """When and by which form a conversation began, on whose page, and its address."""

    at: int
    form: Form
    page: str
    address: str


class Begun:
    """A first page begins one conversation, under an address that nobody can know before."""

    def __init__(self) -> None:
        """None yet."""
        self._by_nonce: dict[str, Beginning] = {}

    def address(self, page: str, form: Form, at: int) -> str | None:
        """Where a visitor's proven form is answered: a new address; for the same form within a minute the same one.

        None when the page is too old or began a conversation already: whoever left it open may hold that one.
        """
        self._forget(at)
        if at - form.made > IDLE_SECONDS:
            return None
        begun = self._by_nonce.setdefault(form.nonce, Beginning(at, form, page, new_guest().address))
        return begun.address if at - begun.at <= AGAIN_S and form == begun.form else None

    def page(self, address: str, nonce: str) -> str | None:
        """The first page that began the conversation at `address`, if it has this nonce."""
        begun = self._by_nonce.get(nonce)
        return begun.page if begun is not None and begun.address == address else None

    def undo(self, form: Form) -> None:
        """The form could not be answered: nobody was given its conversation."""
        self._by_nonce.pop(form.nonce, None)

    def _forget(self, at: int) -> None:
        while self._by_nonce:
            oldest = next(iter(self._by_nonce))
            if len(self._by_nonce) < MOST and at - self._by_nonce[oldest].at <= IDLE_SECONDS:
                return
            del self._by_nonce[oldest]
