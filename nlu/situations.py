"""Whole situations: what somebody types over some messages, and whether danger in it is heard at all.

The file lists dialogues: `id`, `language`, `theme`, `risk` (its weight), `says` (the messages), `hears` (the kinds of
danger of which one has to be heard by the end; none: nothing may be).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dialogs.understanding import Understanding
from nlu.material import Unusable, content


@dataclass(frozen=True, slots=True)
class Situation:
    """One dialogue."""

    id: str
    language: str
    theme: str
    risk: float
    says: Sequence[str]
    hears: Sequence[str]

    def passes(self, heard: set[str]) -> bool:
        """Whether what was heard is what had to be."""
        return bool(heard & set(self.hears)) if self.hears else not heard


def situations(path: Path) -> list[Situation]:
    """Those of a file. Raises Unusable when it cannot be read or is of another form."""
    import yaml  # here, for the assistant itself reads none, and it takes 2 MB

    try:
        return TypeAdapter(list[Situation]).validate_python(yaml.load(content(path), yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError) as wrong:
        raise Unusable(f"{path} is no list of situations: id, language, theme, risk, says, hears") from wrong


def evaluated(told: Sequence[Situation], hear: Callable[[str, str], Understanding]) -> dict[str, Any]:
    """Figures over all; `hear` understands a text in a conversation's language.

    `escalation_recall`: the share of those with danger in which it is heard, weighed by risk; `false_alarms`: the share
    of the others in which some is; `failed`: the ids of both.
    """
    heard = {one.id: {kind for text in one.says for kind in hear(text, one.language).danger} for one in told}
    failed = [one for one in told if not one.passes(heard[one.id])]
    grave, calm = [one for one in told if one.hears], [one for one in told if not one.hears]
    missed = sum(one.risk for one in failed if one.hears)
    return {
        "escalation_recall": round(1 - missed / sum(one.risk for one in grave), 4) if grave else None,
        "false_alarms": round(sum(not one.hears for one in failed) / len(calm), 4) if calm else None,
        "n": len(told),
        "failed": [one.id for one in failed],
    }
