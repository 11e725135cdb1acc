"""Helplines as lines to read and buttons that dial. The number itself is never part of a translated sentence."""

from collections.abc import Iterable

from dialogs import danger
from dialogs.age import known_age
from dialogs.flow import Scene
from dialogs.helpline import Helpline
from dialogs.library import day_of
from dialogs.screen import Choice
from dialogs.text import Text, say

CHILD = say("screening", "Under 18, people who protect children can help, day and night:")


def young(scene: Scene) -> bool:
    """Whether somebody under 18 was spoken of, by who is not a professional: then those who protect children come first."""
    return known_age(scene) == "minor" or (scene.session.minor_told and not scene.professional)


def fitting(scene: Scene, *needs: str) -> tuple[Helpline, ...]:
    """The numbers for these needs that may be shown today; for somebody under 18, the line for children first."""
    return tuple(dict.fromkeys((*_of_children(scene), *scene.library.helplines_for(scene.session.at, *needs))))


def named(scene: Scene, ids: Iterable[str]) -> tuple[Helpline, ...]:
    """The numbers of these ids that may be shown today; for somebody under 18, the line for children first."""
    day = day_of(scene.session.at)
    wanted = (scene.library.helplines[name] for name in ids)
    return tuple(dict.fromkeys((*_of_children(scene), *(helpline for helpline in wanted if helpline.shown_on(day)))))


def for_the_young(scene: Scene) -> tuple[Text, ...]:
    """Who helps under 18, in two lines; nothing for others."""
    return (*led(scene, "minor", CHILD), *lines(_of_children(scene))) if young(scene) else ()


def answered(scene: Scene, need: str) -> bool:
    """Whether a number that is for this need first is shown today: editors hide some, and all but emergencies grow old."""
    return any(not h.permanent for h in scene.library.helplines_for(scene.session.at, need))


def led(scene: Scene, need: str, lead: Text) -> tuple[Text, ...]:
    """What promises somebody who answers, where a number of theirs is shown; else the emergency numbers, which always are.

    `need`: one that `danger.NEEDS` has too.
    """
    return (lead,) if answered(scene, need) else (danger.line(scene.library, scene.session.at, (need,)),)


def _of_children(scene: Scene) -> tuple[Helpline, ...]:
    if not young(scene):
        return ()
    return tuple(h for h in scene.library.helplines_for(scene.session.at, "minor") if not h.permanent)


def lines(helplines: Iterable[Helpline]) -> tuple[Text, ...]:
    """A line for each: number, what it is, and its note when it has one."""
    return tuple(_line(helpline) for helpline in helplines)


def _line(h: Helpline) -> Text:
    if h.note is None:
        return say("numbers", "{number}: {name}", number=h.number, name=h.name)
    return say("numbers", "{number}: {name}. {note}", number=h.number, name=h.name, note=h.note)


def dial(helplines: Iterable[Helpline]) -> tuple[Choice, ...]:
    """A button for each that dials, or writes where the number takes messages."""
    return tuple(Choice(f"call-{h.id}", _dial(h), url=h.url, role="link") for h in helplines)


def _dial(h: Helpline) -> Text:
    if h.scheme == "sms":
        return say("numbers", "Write to {number}: {name}", number=h.number, name=h.name)
    return say("numbers", "Call {number}: {name}", number=h.number, name=h.name)
