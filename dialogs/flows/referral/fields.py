"""The questions of a referral's triage, and their options: the ids are those of the clear columns (design §5)."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from dialogs.age import tells_child
from dialogs.asking import NO, UNKNOWN, YES, Words, for_each, one_of, some_of, text_of, words
from dialogs.events import Said
from dialogs.flow import A_NUMBER, Move, Reply, Scene, Step, again, answer, keep
from dialogs.flows.referral import roof
from dialogs.flows.referral.gate import GO_ON, of_professional, ready, ready_adult, unsafe
from dialogs.flows.referral.places import denied, departments_in
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.tongues import EVERY_TONGUE, SPOKEN, tongues
from dialogs.tongues import LANGUAGES as LANGUAGES
from dialogs.tongues import OTHER as OTHER_TONGUE
from dialogs.typed import meaning

UNSAID = Choice("unsaid", say("referral", "Rather not say"), intent="skip_question")
OTHER = Choice("other", say("referral", "Something else"))
INTERPRETER = (
    Choice("needed", say("referral", "Yes, an interpreter is needed")),
    Choice("not_needed", say("referral", "No")),
    UNKNOWN,
)
GENDERS = (
    Choice("woman", say("referral", "With women")),
    Choice("man", say("referral", "With men")),
    Choice("trans", say("referral", "Where trans people are welcome")),
    Choice("any", say("referral", "No preference")),
    UNSAID,
)
URGENCIES = (
    Choice("immediate", say("referral", "Now or tonight")),
    Choice("soon", say("referral", "In the next days")),
    Choice("normal", say("referral", "Later")),
)
FORMS = (
    Choice("sexual", say("referral", "Sex work that is forced")),
    Choice("labour", say("referral", "Work: fields, building, restaurant, other")),
    Choice("domestic", say("referral", "Work in a house")),
    Choice("begging", say("referral", "Begging")),
    Choice("crime", say("referral", "Forced to steal, sell drugs or cheat")),
    Choice("organ", say("referral", "Removal of an organ")),
    OTHER,
    UNKNOWN,
)
NEEDS = (
    Choice("mobility", say("referral", "Access without stairs")),
    Choice("treatment", say("referral", "A treatment that must not be interrupted")),
    Choice("addiction", say("referral", "Support with addiction")),
    Choice("mental_health", say("referral", "Psychological support from the start")),
    Choice("hearing_sight", say("referral", "Hearing or sight")),
)
PREGNANT = (YES, NO, UNSAID)
DEPENDANTS = (
    Choice("child_0_2", say("referral", "A child of 0 to 2 years")),
    Choice("child_3_11", say("referral", "A child of 3 to 11 years")),
    Choice("child_12_17", say("referral", "A child of 12 to 17 years")),
    Choice("several_children", say("referral", "More than one child")),
    Choice("adult", say("referral", "Another adult")),
)
STATUSES = (
    Choice("french", say("referral", "French")),
    Choice("eu", say("referral", "Citizen of the European Union")),
    Choice("permit", say("referral", "With a residence permit")),
    Choice("asylum", say("referral", "In an asylum procedure")),
    Choice("none", say("referral", "Without a residence permit")),
    UNSAID,
    UNKNOWN,
)
COMPLAINTS = (
    Choice("none", say("referral", "No complaint")),
    Choice("considering", say("referral", "Thinking about it")),
    Choice("filed", say("referral", "Complaint filed")),
    UNKNOWN,
)
WISHES = (
    Choice("distance", say("referral", "To be far away")),
    Choice("papers", say("referral", "Help with papers")),
    Choice("lawyer", say("referral", "A lawyer")),
    Choice("care", say("referral", "A doctor")),
    Choice("psychologist", say("referral", "Psychological support")),
    Choice("french", say("referral", "French lessons")),
    Choice("work", say("referral", "Work or training")),
    Choice("return", say("referral", "To go home safely")),
    Choice("advice", say("referral", "Advice nearby, without a place")),
)
NOT_A_DEPARTMENT = say(
    "referral", "I do not know this place. Write a number or a name, for example 06 or Alpes-Maritimes, or a big town."
)


MOST_UNKNOWN = 3  # words that name no language, in an answer that may still be one


def place_names(scene: Scene, codes: Iterable[str]) -> tuple[str, ...]:
    """Départements as they are shown: number and name."""
    return tuple(f"{code} {scene.library.departments.get(code, '')}".strip() for code in codes)


def _one_department(scene: Scene, text: str) -> Text | Move:
    """Who does not know where they are skips it; which ones to avoid is asked again, for safety."""
    if meaning(text) == UNKNOWN.intent:
        return answer(SKIP_IT[0].id)
    codes = departments_in(scene.library, text)
    if not codes or denied(text):
        return NOT_A_DEPARTMENT
    if len(codes) > 1:
        return say("referral", "I found more than one: {places}. In which one?", places=place_names(scene, codes))
    return _noted(scene, codes)


def _departments(scene: Scene, text: str) -> Text | Move:
    codes = departments_in(scene.library, text)
    return _noted(scene, codes) if codes else NOT_A_DEPARTMENT


def _noted(scene: Scene, codes: tuple[str, ...]) -> Move:
    return answer(",".join(codes), Screen((_noting(place_names(scene, codes)),)))


def _noting(names: tuple[str, ...]) -> Text:
    return say("referral", "I noted: {places}", places=names)


def _where(
    step: str, question: Words, when: Callable[[Scene], bool], read: Callable[[Scene, str], Text | Move]
) -> Step:
    """A question of départements: a child's age, surely told, is no number of one."""
    asked = text_of(step, question, SKIP_IT, when, read, expects=frozenset((A_NUMBER,)))

    def take(scene: Scene, reply: Reply) -> Move | None:
        told = isinstance(reply, Said) and tells_child(reply)
        return again(NOT_A_DEPARTMENT) if told else asked.take(scene, reply)

    return replace(asked, take=take)


def _languages(scene: Scene, text: str) -> Move | None:
    """Typed names are ticked; a name that is not known stays here, as another language."""
    codes, unknown = tongues(text)
    if not codes and len(unknown) > MOST_UNKNOWN:
        return None
    chosen = dict.fromkeys((*scene.chosen("languages/ticks"), *codes, *((OTHER_TONGUE.id,) if unknown else ())))
    noted = _noting(tuple(LANGUAGES[code] for code in codes))
    other = say("referral", "I do not know this language: {name}. I noted “Another language”.", name=" ".join(unknown))
    lines = (*((noted,) if codes else ()), *((other,) if unknown else ()))
    return keep(",".join(chosen), Screen(lines)) if lines else None


def _no_man(scene: Scene) -> bool:
    return of_professional(scene) and scene.answer("gender") != "man"


def _speaks(scene: Scene) -> bool:
    """Asked of a professional; a person has chosen one to begin with, and may name others at the end."""
    return of_professional(scene) or (ready(scene) and scene.answer("languages") is not None)


def _no_roof(scene: Scene) -> bool:
    """Unless the two answers did not fit: who can help tonight was read there."""
    cannot_wait = scene.answer("urgency") == "immediate" or scene.answer("roof") == "none"
    return ready(scene) and cannot_wait and not roof.too_short(scene)


def _show_tonight(scene: Scene) -> Screen:
    can = roof.who_can_tonight(scene)
    return Screen(can.text, (*can.choices, GO_ON))


SKIP_IT = (UNSAID,)
STEPS: tuple[Step, ...] = (
    some_of(
        "languages",
        for_each(
            say("referral", "Which languages do you speak? Tap each one, or write them."),
            say("referral", "Which languages does the person speak? Tap each one, or write them."),
        ),
        SPOKEN,
        _speaks,
        _languages,
        typed=EVERY_TONGUE,
        expects=frozenset(("change_language",)),
    ),
    one_of(
        "interpreter",
        for_each(say("referral", "Do you need an interpreter?"), say("referral", "Is an interpreter needed?")),
        INTERPRETER,
        of_professional,
    ),
    one_of(
        "urgency",
        for_each(say("referral", "When do you need help?"), say("referral", "When is help needed?")),
        URGENCIES,
        lambda scene: ready(scene) and not unsafe(scene),
    ),
    one_of(
        "roof",
        for_each(
            say("referral", "Where can you sleep safely?"),
            say("referral", "Where can the person sleep safely, and how long?"),
        ),
        roof.ROOFS,
        ready,
    ),
    roof.STEP,
    Step("tonight", _show_tonight, one_of("tonight", words(), (GO_ON,)).take, _no_roof),
    _where(
        "department",
        for_each(
            say("referral", "In which département are you? Write its number, its name or a town. You can skip this."),
            say("referral", "In which département is the person now? Write its number, its name or a town."),
        ),
        ready,
        _one_department,
    ),
    _where(
        "avoid",
        for_each(
            say("referral", "Are there départements where you are not safe? Write their numbers, for example 06, 13."),
            say("referral", "Which départements must be avoided? Write their numbers, for example 06, 13."),
        ),
        ready_adult,
        _departments,
    ),
    one_of(
        "gender",
        for_each(
            say("referral", "Which kind of place would suit you?"),
            say("referral", "Which kind of place would suit the person?"),
        ),
        GENDERS,
        of_professional,
    ),
    some_of(
        "forms",
        for_each(
            say("referral", "What is it about? You can choose several."),
            say("referral", "Which kinds of exploitation do the signs point to?"),
        ),
        FORMS,
        of_professional,
    ),
    some_of(
        "needs",
        for_each(say("referral", "What do you need in the place?"), say("referral", "What must the place allow for?")),
        NEEDS,
        of_professional,
    ),
    one_of(
        "pregnancy",
        for_each(say("referral", "Are you pregnant?"), say("referral", "Is the person pregnant?")),
        PREGNANT,
        _no_man,
    ),
    some_of(
        "dependants",
        for_each(say("referral", "Who would come with you?"), say("referral", "Who would come along?")),
        DEPENDANTS,
        of_professional,
    ),
    one_of(
        "status",
        for_each(
            say("referral", "What is your situation with papers?"),
            say("referral", "What is the person's situation as to papers?"),
        ),
        STATUSES,
        of_professional,
    ),
    one_of(
        "complaint",
        for_each(say("referral", "Did you make a complaint?"), say("referral", "Has a complaint been filed?")),
        COMPLAINTS,
        of_professional,
    ),
    some_of(
        "wishes",
        for_each(say("referral", "What do you wish for?"), say("referral", "What does the person wish?")),
        WISHES,
        of_professional,
    ),
)
OPTIONS: dict[str, tuple[Choice, ...]] = {
    "languages": EVERY_TONGUE, "interpreter": INTERPRETER, "urgency": URGENCIES, "roof": roof.ROOFS, "gender": GENDERS, "forms": FORMS,
    "needs": NEEDS, "pregnancy": PREGNANT, "dependants": DEPENDANTS, "status": STATUSES, "complaint": COMPLAINTS, "wishes": WISHES,
}  # fmt: skip
