"""What is said, in no language yet: a message id, its context and its values."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Later:
    """A value that only the host knows, once it has performed the turn's commands (a receipt's words)."""

    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day (YYYY-MM-DD), said in the reader's language: its name, number, month and year; `short`: without its name."""

    iso: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """An untranslated sentence: `msgid` is its English source, `context` the place that owns it."""

    context: str
    msgid: str
    values: "tuple[tuple[str, Value], ...]" = ()


Value: TypeAlias = "str | int | Day | Text | Later | tuple[str | Text, ...]"


def say(context: str, msgid: str, **values: Value) -> Text:
    """Mark a sentence for extraction (Babel keyword `say:1c,2`); `{name}` in it is filled from `values`.

    A tuple among the values is a list, joined in the way of the language.
    """
    return Text(context, msgid, tuple(values.items()))
