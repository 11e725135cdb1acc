"""Replies as pages: what the templates need, and nothing that an address bar or a history could tell."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Literal, Protocol, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.channels.webchat.form import TEXT_LIMIT, Form, new_nonce, proof
from bot.channels.webchat.http import FOLDER, Asset, opens
from bot.channels.webchat.look import PLAIN, Look
from bot.channels.webchat.site import Site
from bot.messages import Printed, Reply, Shown, ShownChoice
from dialogs import papers
from dialogs.helpline import EMERGENCY
from dialogs.present import LEAVE
from dialogs.text import Text
from locales.catalog import ISOLATE, POP, from_the_right
from locales.typesetting import unbroken

OwnerOf: TypeAlias = Callable[[str], str]  # whose page one with a nonce is
Emergency: TypeAlias = Callable[[str, int], Sequence[ShownChoice]]  # the numbers of a day, in a language
SHEET = "/sheet"  # takes forms only, as "/more" does: in an address bar stands "/" alone
MORE = "/more"
AT_ONCE = frozenset(f"{scheme}:{number}" for scheme in ("tel", "sms") for number in EMERGENCY)  # dialled unasked
NUMBER = re.compile(r"[+]?\d(?:[\d \u00a0\u202f.,/–-]*\d)?")

DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Words(Protocol):
    """The catalogue, as far as pages need it. `languages`: codes of ours, in the order in which they are offered."""

    @property
    def languages(self) -> Mapping[str, object]: ...

    def translate(self, language: str, text: Text) -> str: ...

    def direction(self, language: str) -> Literal["ltr", "rtl"]: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """What a page says around the reply: a notice, words to put back into the box, whether it answers a form."""

    notice: Text | None = None
    draft: str = ""
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """A form that could not be answered, to be sent once more just as it was."""

    hidden: Mapping[str, str | int]
    text: str

    @classmethod
    def of(cls, form: Form) -> "Retry":
        """The same fields: the same repeat key, so that it counts once."""
        fields = asdict(form)
        text = fields.pop("text")
        return cls({name: value for name, value in fields.items() if value is not None}, text)


class Pages:
    """All pages, in every language. The site's key proves the forms in them."""

    def __init__(self, words: Words, site: Site, assets: Mapping[str, Asset], emergency: Emergency) -> None:
        """Compile the templates; nothing is read from disk afterwards."""
        self._words, self._site, self._emergency = words, site, emergency
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters |= {"isolated": isolated, "paragraph": paragraph}
        paths = {name: site.base + asset.path for name, asset in assets.items()}
        self._templates.globals |= {"files": paths, "text_limit": TEXT_LIMIT, "base": site.base, "public": site.public}
        self._templates.globals |= {"sheet_path": SHEET, "more_path": MORE, "at_once": AT_ONCE}
        for name in ("talk.html", "notice.html", "gone.html", "sheet.html", "cover.html", "more.html"):
            self._templates.get_template(name)

    @property
    def languages(self) -> Collection[str]:
        """Codes of the languages that there are pages in."""
        return self._words.languages

    def away(self, language: str) -> str:
        """Where leaving leads."""
        return self._site.elsewhere(language)

    def talk(self, reply: Reply, owner_of: OwnerOf, letter: Letter, look: Look, at: int) -> str:
        """The reply, with a form made at `at` (Unix seconds) for this one page."""
        last = reply.screens[-1] if reply.screens else None
        return self._render(
            "talk.html",
            reply.language,
            look,
            at,
            reply=reply,
            letter=letter,
            codes=_codes(reply),
            taken=None if reply.taken_discreet else reply.taken,
            asks_text=last is not None and last.asks_text,
            box_first=last is not None and last.asks_text and not last.verbatim,
            choices=Choices.of(last),
            half=last.beside if last else None,
            two=any(screen.beside for screen in reply.screens),
            theirs=partial(self._theirs, last),
            printable=papers.printable(reply.flow, reply.step),
            hidden=self._hidden(owner_of, at, reply.language, reply.turn, reply.delivery or 0),
        )

    def cover(self, language: str, owner_of: OwnerOf, look: Look, at: int, *, missed: bool) -> str:
        """What hides the chat. `missed`: a word was written that is not the one."""
        hidden = self._hidden(owner_of, at, language)
        return self._render("cover.html", language, look, at, hidden=hidden, missed=missed)

    def more(self, language: str, owner_of: OwnerOf, look: Look, at: int, note: Text | None, *, talking: bool) -> str:
        """Safety and settings."""
        hidden = self._hidden(owner_of, at, language)
        return self._render("more.html", language, look, at, hidden=hidden, note=note, talking=talking)

    def sheet(self, printed: Printed, owner_of: OwnerOf, look: Look, at: int) -> str:
        """The page to print, with the emergency numbers of that day, which are not printed."""
        hidden = self._hidden(owner_of, at, printed.language)
        return self._render("sheet.html", printed.language, look, at, sections=printed.sections, hidden=hidden)

    def notice(
        self,
        language: str,
        at: int,
        *sentences: Text,
        retry: Retry | None = None,
        look: Look = PLAIN,
        owner_of: OwnerOf | None = None,
    ) -> str:
        """A page with a few sentences, the emergency numbers of that day (`at`: Unix seconds) and a way on.

        `owner_of`: of a browser that is shown this page until it is sent on.
        """
        hidden = self._hidden(owner_of, at, language) if owner_of else None
        return self._render("notice.html", language, look, at, sentences=sentences, retry=retry, hidden=hidden)

    def gone(self, language: str, onward: str) -> str:
        """An empty page on the way to another one."""
        return self._render("gone.html", language, PLAIN, 0, onward=onward)

    def _hidden(
        self, owner_of: OwnerOf, at: int, language: str, turn: int = 0, delivery: int = 0
    ) -> dict[str, str | int]:
        """What every form of a page carries."""
        nonce = new_nonce(at)
        proven = proof(self._site.key, owner_of(nonce), nonce, delivery)
        return {"turn": turn, "nonce": nonce, "delivery": delivery, "language": language, "proof": proven}

    def _theirs(self, screen: Shown | None, context: str, msgid: str) -> str:
        """A sentence of the page for the person who reads together with a professional."""
        half = screen.beside if screen else None
        return unbroken(self._words.translate(half.language, Text(context, msgid))) if half else ""

    def _render(self, template: str, language: str, look: Look, at: int, **view: object) -> str:
        def t(context: str, msgid: str) -> str:
            return unbroken(self._words.translate(language, Text(context, msgid)))

        def say(text: Text) -> str:
            return unbroken(self._words.translate(language, text))

        page = {
            "language": language,
            "direction": self._words.direction(language),
            "leave": self._words.translate(language, LEAVE.label),
            "away": self.away(language),
            "look": look,
            "missed": False,
            "numbers": self._emergency(language, at) if at else (),
        }
        return self._templates.get_template(template).render(page, t=t, say=say, **view)


@dataclass(frozen=True, slots=True)
class Choices:
    """A screen's choices by where they stand on the page."""

    answers: tuple[ShownChoice, ...] = ()
    hand: tuple[ShownChoice, ...] = ()
    danger: tuple[ShownChoice, ...] = ()
    ways: tuple[ShownChoice, ...] = ()

    @classmethod
    def of(cls, screen: Shown | None) -> "Choices":
        """Leaving is a link of the page's own, so the screen's choice for it is left out."""
        shown = screen.choices if screen else ()
        fit = [choice for choice in shown if choice.url is None or opens(choice.url)]
        return cls(
            answers=tuple(choice for choice in fit if choice.role in ("answer", "link")),
            hand=tuple(choice for choice in fit if choice.role == "hand"),
            danger=tuple(choice for choice in fit if choice.role == "danger"),
            ways=tuple(choice for choice in fit if choice.role in ("back", "menu")),
        )


def isolated(text: str) -> Markup:
    """The text with each number kept in its own order, whatever the direction of the words around it."""
    parts, end = [], 0
    text = unbroken(text)
    for found in NUMBER.finditer(text):
        kept = Markup(' class="day"') if DAY.fullmatch(found[0]) else ""
        parts += [escape(text[end : found.start()]), Markup('<bdi dir="ltr"{}>{}</bdi>').format(kept, found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def paragraph(text: str, codes: Iterable[str]) -> Markup:
    """A paragraph; a receipt's words or digits in it stand out, each group by itself, and are selected as one."""
    code = next((code for code in codes if code in text), None)
    if code is None:
        return isolated(text)
    before, _, after = text.partition(code)
    groups = Markup(" ").join(Markup("<bdi>{}</bdi>").format(part) for part in code.split())
    kind = "code digits" if code[0].isdecimal() else "code"
    direction = (
        "rtl" if from_the_right(code) else "ltr"
    )  # of the words themselves: copied in another order they open nothing
    shown = Markup('<span class="{}" dir="{}" translate="no">{}</span>').format(kind, direction, groups)
    # It stands apart by itself: the marks that kept it apart among words would be a line of nothing below it.
    return Markup("").join([isolated(before.removesuffix(ISOLATE)), shown, isolated(after.removeprefix(POP))])


def _codes(reply: Reply) -> list[str]:
    return [code for receipt in reply.receipts for code in (receipt.words, receipt.digits)]
