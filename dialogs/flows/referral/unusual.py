"""Details that together may point to one person: told before the request is read again, and less exactly at a tap."""

from collections.abc import Callable

from dialogs.anonymity import Rule, details
from dialogs.asking import for_each
from dialogs.bilingual import of_professional
from dialogs.commands import Triage
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, answer, onward
from dialogs.flows.referral.fields import UNSAID
from dialogs.flows.referral.gate import ready
from dialogs.flows.referral.review import LABELS
from dialogs.library import day_of
from dialogs.screen import Choice, Screen
from dialogs.text import say

LESS = {  # a roof's day is told here in lengths only: nothing to tell less exactly
    "department": say("referral", "Leave out the département"),
    "avoid": say("referral", "Avoid the whole region instead"),
    "dependants": say("referral", "Say only: more than one child"),
    "forms": say("referral", "Say only: another kind of exploitation"),
}
AS_IT_IS = Choice("as_it_is", say("referral", "Leave it as it is"), intent="deny")
TOGETHER = for_each(
    say("referral", "Few people share all these details. Together they may point to you."),
    say("referral", "Few people share all these details. Together they may point to the person."),
)
LATER = say("referral", "You can tell one less exactly. The coordination can ask for it later.")
TICKED = ("dependants", "forms")  # questions with several answers
STEPS = {"age_group": "age"}  # the question of a field, where it has another name


def step(triage: Callable[[Scene], Triage]) -> Step:
    """The question, asked while any rule holds; a change of an answer before it asks it anew."""

    def broken(scene: Scene) -> tuple[Rule, ...]:
        return scene.library.anonymity.broken(triage(of_professional(scene)), day_of(scene.session.at))

    def show(scene: Scene) -> Screen:
        rules = broken(scene)
        named = tuple(LABELS[STEPS.get(field, field)] for field in details(rules))
        ways = dict.fromkeys(what for rule in rules for what in rule.coarsen)
        choices = (*(Choice(f"less-{what}", LESS[what]) for what in ways), AS_IT_IS)
        told = (*TOGETHER(scene), say("referral", "The details: {details}", details=named), LATER)
        return Screen(told, choices)

    def take(scene: Scene, reply: Reply) -> Move | None:
        if not isinstance(reply, Chose):
            return None
        what = reply.choice.removeprefix("less-")
        if what not in LESS:
            return answer(AS_IT_IS.id)
        told = scene.library.anonymity.less(triage(scene), what, day_of(scene.session.at))
        less = ",".join(told) or UNSAID.id
        ticked = {f"{what}/ticks": less} if what in TICKED else {}
        return onward(**{what: less}, **ticked)

    return Step("unusual", show, take, lambda scene: ready(scene) and bool(broken(scene)), covers=True)
