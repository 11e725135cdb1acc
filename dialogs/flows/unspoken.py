"""A language that has no screens: what works in it, who may help, a way on in one of those that have.

Nothing is promised: no number of an interpreter by telephone was checked (dialogs/choices.py).
"""

from dataclasses import replace

from dialogs import danger
from dialogs.asking import languages
from dialogs.choices import BY_TELEPHONE, GO_ON
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, aside, done, go
from dialogs.helpline import Helpline
from dialogs.library import day_of
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.tongues import LANGUAGES

MANY = "homeless_115"  # its note says that many languages are spoken
IN_FRENCH = "fr"  # what one shows to somebody in France
WRITE = say("unspoken", "You can write in your own language. I understand many, and answer in these.")
TELL = say("unspoken", "A request can say which language you speak, and that you need an interpreter.")
NO_COMPANION = say("unspoken", "Please let no friend, relative or child interpret.")
READ_ALOUD = say(
    "unspoken",
    "A professional interpreter can read every screen aloud, the agreement too, in a language that they read.",
)
TELL_OF = say("unspoken", "A request can say which language the person speaks, and that they need an interpreter.")
SPOKEN = say("unspoken", "At these numbers, other languages are spoken, too:")
CARD = (
    say("unspoken", "I do not read this language well. Please read this to me, calmly and alone."),
    say("unspoken", "Or please find a professional interpreter. Please call nobody who knows me."),
)
SHOW = Choice("card", say("unspoken", "Words in French to show to somebody you trust"))
SHOWN = Choice("back_to_ways", say("unspoken", "I have shown it"))


def _show(scene: Scene) -> Screen:
    numbers = _numbers(scene)
    spoken = say("unspoken", "The screens are only in: {languages}.", languages=tuple(scene.library.languages.values()))
    works = (NO_COMPANION, READ_ALOUD, BY_TELEPHONE, TELL_OF) if scene.professional else (WRITE, TELL)
    other = (SPOKEN, *lines(numbers)) if numbers else ()
    urgent = danger.line(scene.library, scene.session.at, ("threat",))
    ways = () if scene.professional else (*languages(scene), SHOW)
    return Screen((spoken, *works, *other, urgent), (*ways, GO_ON, *dial(numbers)))


def _numbers(scene: Scene) -> tuple[Helpline, ...]:
    """The numbers of France where this language is known to be spoken, and the one that speaks many."""
    day, code = day_of(scene.session.at), scene.answer("language")
    return tuple(
        helpline
        for helpline in scene.library.helplines.values()
        if helpline.country == "FR" and helpline.shown_on(day) and (code in helpline.languages or helpline.id == MANY)
    )


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice in scene.library.languages:
        return replace(done(), language=reply.choice)
    return go("card") if reply.choice == SHOW.id else done()


def _show_card(scene: Scene) -> Screen:
    name = LANGUAGES.get(scene.answer("language") or "")
    mine: tuple[Text, ...] = (say("unspoken", "My language: {language}.", language=name),) if name else ()
    return Screen((*CARD, *mine), (SHOWN,), language=IN_FRENCH)


def _take_card(_: Scene, reply: Reply) -> Move | None:
    return go("ways") if isinstance(reply, Chose) else None


FLOW = Flow(
    "unspoken",
    (Step("ways", _show, _take), Step("card", _show_card, _take_card, aside)),
    alone=True,
)
