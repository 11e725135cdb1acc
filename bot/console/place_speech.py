"""What a page says of places: where, for whom, how sure, and why one fits."""

from bot.console import words
from bot.console.place_words import AGE, KIND, NOT_KNOWN, REASON, STANDING, SUIT, WITH_CHILDREN
from bot.console.visit import Visit
from dialogs.library import day_of
from dialogs.text import Text
from services.places import partners
from services.places.capacity import Capacity
from services.places.matching import Reason


class PlaceSpeech:
    """For the templates: one reader, one moment."""

    def __init__(self, visit: Visit) -> None:
        """Keep what the sentences need."""
        self._visit, self._library, self._today = visit, visit.house.edited.content.library, day_of(visit.at)

    def code(self, partner: int) -> str:
        """What a partner is called where its label is not open."""
        return partners.code(partner)

    def zone(self, one: Capacity) -> str:
        """Where places are, no nearer than that: a region's name where it is all of one, else départements."""
        codes, regions = one.details.departments, self._library.anonymity.regions
        whole = next((name for name, inside in regions.items() if {*codes} == {*inside}), "")
        return whole or ", ".join(map(self._department, codes))

    def sorts(self, one: Capacity) -> str:
        """For whom the places are."""
        told = [self._visit.in_words(text) for kind, text in KIND.items() if kind in one.details.kinds]
        if ages := ", ".join(self._visit.in_words(text) for age, text in AGE.items() if age in one.details.children):
            told.append(self._say(WITH_CHILDREN, ages=ages))
        return ", ".join(told) or self._visit.in_words(NOT_KNOWN)

    def suited(self, one: Capacity) -> list[str]:
        """Which needs they meet."""
        return [self._visit.in_words(text) for need, text in SUIT.items() if need in one.details.suited]

    def standing(self, one: Capacity) -> str:
        """How sure the figures are, as an id."""
        return one.standing(self._today, self._visit.house.terms)

    def sure(self, one: Capacity) -> str:
        """The same in words."""
        return self._visit.in_words(STANDING[one.standing(self._today, self._visit.house.terms)])

    def later(self, one: Capacity) -> bool:
        """Whether they are free only from a day to come."""
        return one.details.free_from > self._today.isoformat()

    def why(self, reason: Reason) -> str:
        """A reason in words."""
        what = ", ".join(self._named(reason.id, one) for one in reason.what)
        return self._say(REASON[reason.id], what=what, count=reason.count)

    def _named(self, reason: str, what: str) -> str:
        if reason in ("avoided", "danger"):
            return self._department(what)
        if reason == "language":
            return words.tongues(self._visit.language, [what])
        table = {**AGE, **SUIT}
        return self._visit.in_words(table[what]) if what in table else what

    def _department(self, code: str) -> str:
        return f"{code} {self._library.departments.get(code, '')}".strip()

    def _say(self, text: Text, **values: str | int) -> str:
        return self._visit.in_words(Text(text.context, text.msgid, tuple(values.items())))
