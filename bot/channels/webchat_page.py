"""Replies as pages: what the templates need, and nothing that an address bar or a history could tell."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Literal, Protocol, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.channels.webchat_form import TEXT_LIMIT, Form, new_nonce, proof
from bot.channels.webchat_http import FOLDER, Asset, opens
from bot.messages import Printed, Reply, Shown, ShownChoice
from dialogs.flows.screening import printing
from dialogs.present import LEAVE
from dialogs.text import Text

Emergency: TypeAlias = Callable[[str, int], Sequence[ShownChoice]]  # the numbers of a day, in a language
SHEET = "/sheet"  # tells nothing: it stays in the browser's history
NUMBER = re.compile(r"[+]?\d(?:[\d \u00a0\u202f.,/–-]*\d)?")


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
    """All pages, in every language. `key` proves the forms in them."""

    def __init__(self, words: Words, key: bytes, assets: Mapping[str, Asset], emergency: Emergency) -> None:
        """Compile the templates; nothing is read from disk afterwards."""
        self._words, self._key, self._emergency = words, key, emergency
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters |= {"isolated": isolated, "paragraph": paragraph}
        paths = {name: asset.path for name, asset in assets.items()}
        self._templates.globals |= {"files": paths, "text_limit": TEXT_LIMIT, "sheet_path": SHEET}
        for name in ("talk.html", "notice.html", "gone.html", "sheet.html"):
            self._templates.get_template(name)

    def talk(self, reply: Reply, owner_of: Callable[[str], str], letter: Letter, at: int) -> str:
        """The reply, with a form made at `at` for this one page; `owner_of`: whose page one with a nonce is."""
        nonce, delivery = new_nonce(at), reply.delivery or 0
        last = reply.screens[-1] if reply.screens else None
        return self._render(
            "talk.html",
            reply.language,
            reply=reply,
            letter=letter,
            codes=_codes(reply),
            taken=None if reply.taken_discreet else reply.taken,
            asks_text=last is not None and last.asks_text,
            choices=Choices.of(last),
            half=last.beside if last else None,
            two=any(screen.beside for screen in reply.screens),
            theirs=partial(self._theirs, last),
            printable=reply.step == printing.NAME,
            hidden={
                "turn": reply.turn,
                "nonce": nonce,
                "delivery": delivery,
                "language": reply.language,
                "proof": proof(self._key, owner_of(nonce), nonce, delivery),
            },
        )

    def sheet(self, printed: Printed, at: int) -> str:
        """The page to print, with the emergency numbers of that day, which are not printed."""
        numbers = self._emergency(printed.language, at)
        return self._render("sheet.html", printed.language, sections=printed.sections, numbers=numbers)

    def notice(self, language: str, at: int, *sentences: Text, retry: Retry | None = None) -> str:
        """A page with a few sentences, the emergency numbers of that day (`at`: Unix seconds) and a way on."""
        numbers = self._emergency(language, at)
        return self._render("notice.html", language, sentences=sentences, numbers=numbers, retry=retry)

    def gone(self, language: str, onward: str) -> str:
        """An empty page on the way to another one."""
        return self._render("gone.html", language, onward=onward)

    def _theirs(self, screen: Shown | None, context: str, msgid: str) -> str:
        """A sentence of the page for the person who reads together with a professional."""
        half = screen.beside if screen else None
        return self._words.translate(half.language, Text(context, msgid)) if half else ""

    def _render(self, template: str, language: str, **view: object) -> str:
        def t(context: str, msgid: str) -> str:
            return self._words.translate(language, Text(context, msgid))

        def say(text: Text) -> str:
            return self._words.translate(language, text)

        direction = self._words.direction(language)
        leave = self._words.translate(language, LEAVE.label)
        return self._templates.get_template(template).render(
            view, t=t, say=say, language=language, direction=direction, leave=leave
        )


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
    for found in NUMBER.finditer(text):
        parts += [escape(text[end : found.start()]), Markup('<bdi dir="ltr">{}</bdi>').format(found[0])]
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
    shown = Markup('<span class="{}" dir="ltr" translate="no">{}</span>').format(kind, groups)
    return Markup("").join([isolated(before), shown, isolated(after)])


def _codes(reply: Reply) -> list[str]:
    return [code for receipt in reply.receipts for code in (receipt.words, receipt.digits)]
