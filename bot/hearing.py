"""A message becomes an event: a tap, a word of a button, a command, or a text, redacted and understood."""

from dataclasses import dataclass, replace

from bot.messages import Incoming, Tap, both, numbered
from dialogs import danger
from dialogs.events import Asked, Chose, CodeSeen, Edited, Event, ReceiptSeen, Said, Shared, Started
from dialogs.screen import Choice, Screen
from dialogs.session import Session
from dialogs.text import say
from locales.catalog import Catalog, bare
from nlu.redaction import Redacted, clean, redact
from nlu.understanding import Advice, Understander

TAKEN = 20_000  # characters of a text that are looked at
HEARD = 2500  # characters of it that are read: danger is heard even in a text that is refused as too long

MARKS = {  # what stands in a text for what was taken out of it
    "name": say("redaction", "name"),
    "place": say("redaction", "place"),
    "phone": say("redaction", "phone number"),
    "email": say("redaction", "email"),
    "link": say("redaction", "link"),
    "handle": say("redaction", "account name"),
    "account": say("redaction", "bank account"),
    "plate": say("redaction", "number plate"),
    "birth date": say("redaction", "birth date"),
    "document": say("redaction", "document number"),
    "number": say("redaction", "number"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """A text, and what can be told of it wherever the person stands: the slow part, before the turn's transaction.

    `redacted`: what of it is read, without what tells who somebody is. `advice`: what an adviser said of that.
    """

    text: str
    redacted: Redacted
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """How a message is heard at the screen that the person sees. `sealing`: whether free text can be sealed.

    `read`: its text, if it has one.
    """

    catalog: Catalog
    understander: Understander
    session: Session
    screen: Screen
    sealing: bool
    read: Read | None = None

    def event(self, incoming: Incoming, seen: ReceiptSeen | CodeSeen | None) -> tuple[Event, str | None]:
        """The event, and the id of the choice that it taps, if any. `seen`: what a typed receipt or code opened."""
        if incoming.edited and self.read is not None:
            return self._edited(self.read, seen, incoming.at), None
        typed = self._typed(self.read.text) if self.read is not None and seen is None else None
        tap = Tap(self.session.turn, typed) if typed else incoming.tap
        if tap is not None:
            now = tap.turn == self.session.turn
            return Chose(incoming.at, tap.choice, tap.turn, self.sealing), tap.choice if now else None
        if self.read is not None:
            return replace(self._said(self.read, seen, incoming.at), shared=incoming.shared), None
        if incoming.command is not None:
            return Asked(incoming.at, incoming.command, self.sealing), None
        if incoming.shared:
            return Shared(incoming.at, self.sealing), None
        return Started(incoming.at, self.sealing), None

    def label(self, tapped: str | None) -> str | None:
        """What the tapped choice says."""
        choice = next((choice for choice in self.screen.choices if choice.id == tapped), None)
        return both(*self._words(choice)) if choice else None

    def _typed(self, text: str) -> str | None:
        """The choice whose words, or whose number where no text is asked for, were typed."""
        wanted = bare(text)
        for choice in self._typable():
            if choice.url is None and wanted in {bare(words) for words in self._words(choice) if words}:
                return choice.id
        if self.screen.asks_text or not wanted.isdecimal() or len(wanted) > 2:
            return None
        answers = numbered(self.screen.choices)
        return answers[int(wanted) - 1].id if 0 < int(wanted) <= len(answers) else None

    def _typable(self) -> list[Choice]:
        """The choices whose words, typed, are a tap."""
        return [each for each in self.screen.choices if each.role != "answer" or not self.screen.verbatim]

    def _marks(self) -> dict[str, str]:
        return {kind: self.catalog.translate(self.session.spoken, name) for kind, name in MARKS.items()}

    def _words(self, choice: Choice) -> tuple[str, str | None]:
        """What a choice says, and what it says to the person beside a professional."""
        words = self.catalog.translate(self.screen.language or self.session.spoken, choice.label)
        if self.screen.beside is None:
            return words, None
        theirs = next(each.label for each in self.screen.beside.choices if each.id == choice.id)
        return words, self.catalog.translate(self.screen.beside.language or self.session.spoken, theirs)

    def _edited(self, read: Read, seen: ReceiptSeen | CodeSeen | None, at: int) -> Said | Edited:
        """A receipt, a code, danger are heard; the rest would answer the present question with an earlier message."""
        said = self._said(read, seen, at)
        if said.receipt or said.code or danger.kinds(self.session, said.understanding):
            return replace(said, text="")
        return Edited(at, self.sealing)

    def _said(self, read: Read, seen: ReceiptSeen | CodeSeen | None, at: int) -> Said:
        """A receipt or code is neither kept nor understood; what only looks like a mistyped receipt may be a cry."""
        if isinstance(seen, CodeSeen):
            return Said(at, "", code=seen, sealing=self.sealing)
        if seen is not None and seen.outcome != "mistyped":
            return Said(at, "", receipt=seen, sealing=self.sealing)
        whole = self.screen.asks_contact or self.screen.asks_receipt
        heard = clean(_whole(read.text), HEARD) if whole else read.redacted.marked(self._marks())
        understood = self.understander.understand(read.redacted.text, self.session.spoken, read.advice)
        if seen is not None and not danger.kinds(self.session, understood, read.text):
            return Said(at, "", receipt=seen, sealing=self.sealing)
        return Said(at, heard, understood, sealing=self.sealing)


def redacted_of(text: str, helplines: tuple[str, ...] = ()) -> Redacted:
    """What of a text is read, without what tells who somebody is. `helplines`: numbers that editors set, which stay."""
    return redact(_whole(text), HEARD, helplines)


def _whole(text: str) -> str:
    return text[:TAKEN].encode(errors="replace").decode()  # half a character, as broken clients send, is none
