"""Pages in words: the templates, with every sentence in the reader's language."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from bot.console import queue_words, words
from dialogs.text import Text, Value, say
from locales.typesetting import unbroken
from services.audit import Record
from services.referrals.queue import Queued

HERE = Path(__file__).parent
VEIL_BEFORE_S = 60  # what was opened goes blank a minute before the session is locked
TOKENS = HERE.parent / "style" / "tokens.css"


class Catalog(Protocol):
    """What puts a sentence into a language."""

    def translate(self, language: str, text: Text) -> str:
        """The sentence with its values."""


class Pages:
    """The templates and the style sheet, read once: a process shows the pages of its own version until it ends."""

    def __init__(self, catalog: Catalog, idle_s: int) -> None:
        """`idle_s`: after how many seconds what was opened goes blank. Raises jinja2.TemplateError on first use."""
        self._catalog = catalog
        self._templates = Environment(
            loader=DictLoader({file.name: file.read_text("utf-8") for file in (HERE / "templates").glob("*.html")}),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        veil = f":root {{ --veil: {idle_s - VEIL_BEFORE_S}s; }}\n".encode()
        self.style = veil + TOKENS.read_bytes() + (HERE / "console.css").read_bytes()
        self.script = (HERE / "desk.js").read_bytes()
        self.style_version, self.script_version = map(_version, (self.style, self.script))

    def write(self, template: str, language: str, at: int, names: Mapping[str, str], **values: object) -> str:
        """A whole page. `names`: coordinators' names by their number, for "who did what"."""
        speech = Speech(self._catalog, language, at, names)
        return self._templates.get_template(template).render(**speech.globals(), **values)

    def translate(self, language: str, text: Text) -> str:
        """One sentence."""
        return unbroken(self._catalog.translate(language, text))


def _version(file: bytes) -> str:
    return hashlib.blake2b(file, digest_size=6).hexdigest()


class Speech:
    """What a template says about stored values, for one reader at one moment."""

    def __init__(self, catalog: Catalog, language: str, at: int, names: Mapping[str, str]) -> None:
        """`at`: now, in Unix seconds."""
        self._catalog, self._language, self._at, self._names = catalog, language, at, names

    def globals(self) -> dict[str, object]:
        """The functions that templates call."""
        tables = {
            "urgency": words.URGENCY,
            "age": words.AGE,
            "referrer": words.REFERRER,
            "reason": words.REASON,
            "alternative": words.ALTERNATIVE,
            "level": queue_words.LEVEL,
            "stage": queue_words.STAGE,
            "role": words.ROLE,
            "purpose_of": words.CONSENT,
        }
        said = {name: self._table(table) for name, table in tables.items()}
        own = {name: getattr(self, name) for name in ("t", "say", "option", "tongues", "moment", "day", "date")}
        return {**said, **own, "state": self.state, "who": self.who, "act": self.act, "waited": self.waited} | {
            "language": self._language,
            "purposes": self.each(words.PURPOSE),
        }

    def t(self, context: str, msgid: str, **values: Value) -> str:
        """A sentence of a template."""
        return self.say(Text(context, msgid, tuple(values.items())))

    def say(self, text: Text | str) -> str:
        """A sentence that is already marked; a bare id stays as it is."""
        return unbroken(self._catalog.translate(self._language, text)) if isinstance(text, Text) else text

    def each(self, table: Mapping[str, Text]) -> dict[str, str]:
        """A table of words in the reader's language."""
        return {name: self.say(text) for name, text in table.items()}

    def option(self, field: str, value: str) -> str:
        """An option of a referral's question."""
        return self.say(words.option(field, value))

    def tongues(self, codes: Iterable[str]) -> str:
        """Languages' names."""
        return words.tongues(self._language, codes)

    def moment(self, at: int) -> str:
        """A time."""
        return words.moment(self._language, at)

    def date(self, at: int) -> str:
        """The day of a time."""
        return words.date_of(self._language, at)

    def day(self, iso: str) -> str:
        """A day."""
        return words.day(self._language, iso)

    def waited(self, since: int) -> str:
        """How long ago."""
        return self.say(words.duration(self._at - since))

    def state(self, referral: Queued) -> str:
        """A referral's state."""
        return self.say(words.STATE[referral.state])

    def who(self, actor: str) -> str:
        """Who did it: a coordinator's name, or the person, the professional, the system."""
        return self.say(words.ACTOR[actor]) if actor in words.ACTOR else self._names.get(actor, f"n° {actor}")

    def act(self, record: Record) -> str:
        """What was done."""
        said = [self.say(words.ACTION[record.action]), *map(self.say, self._details(record))]
        return self.say(say("console", "{act}: {what}", act=said[0], what=", ".join(said[1:]))) if said[1:] else said[0]

    def _details(self, record: Record) -> tuple[Text | str, ...]:
        if record.detail.startswith("coordinator:"):
            _, number, *why = record.detail.split(":")
            return (self.who(number), *(words.DETAIL[reason] for reason in why))
        if record.detail.startswith("training:"):
            return (record.detail.partition(":")[2],)
        if record.action.startswith("content_"):
            return (record.detail.replace(":", ".", 1),)
        if record.action == "figures_frozen":
            return (record.detail.partition(":")[0],)
        if record.action == "erased":
            return (say("console", "digest {digest}", digest=record.detail.partition(":")[2]),)
        if record.detail.startswith(("code:", "partner:", "places:")):
            return (say("console", "n° {number}", number=record.detail.partition(":")[2]),)
        return words.details(record)

    def _table(self, table: Mapping[str, Text]) -> "Words":
        return Words(self, table)


class Words:
    """A table that a template calls like a function."""

    def __init__(self, speech: Speech, table: Mapping[str, Text]) -> None:
        """`table`: sentences by id."""
        self._speech, self._table = speech, table

    def __call__(self, name: str) -> str:
        """The words for an id; the id itself when it is not known."""
        return self._speech.say(self._table.get(name, name))


def csrf_field(token: str) -> Markup:
    """The hidden field that each form carries."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)
