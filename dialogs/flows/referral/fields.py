"""The questions of a referral's triage, and their options: the ids are those of the clear columns (design §5)."""

import re
import unicodedata

from dialogs.asking import UNKNOWN, for_each, one_of, some_of, text_of, words
from dialogs.flow import Scene, Step
from dialogs.flows.referral import gate
from dialogs.flows.referral.gate import GO_ON, of_professional, ready, ready_adult
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

UNSAID = Choice("unsaid", say("referral", "Rather not say"), intent="skip_question")
OTHER = Choice("other", say("referral", "Something else"))
LANGUAGES = {
    "fr": "Français", "en": "English", "es": "Español", "ar": "العربية", "pcm": "Naijá (Pidgin)", "bin": "Ẹ̀dó",
    "ro": "Română", "pt": "Português", "zh": "中文", "bg": "Български", "sq": "Shqip", "ru": "Русский",
    "uk": "Українська", "tr": "Türkçe", "fa": "فارسی", "bn": "বাংলা", "vi": "Tiếng Việt", "tl": "Tagalog",
    "hu": "Magyar", "it": "Italiano", "sr": "Srpski", "bm": "Bamanankan", "snk": "Sooninkanxanne", "id": "Bahasa Indonesia",
}  # fmt: skip
SPOKEN = tuple(Choice(code, say("name", "{name}", name=name)) for code, name in LANGUAGES.items())
INTERPRETER = (
    Choice("needed", say("referral", "Yes, an interpreter is needed")),
    Choice("not_needed", say("referral", "No")),
    Choice("unknown", UNKNOWN.label, intent="not_sure"),
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
ROOFS = (
    Choice("none", say("referral", "Nowhere safe now")),
    Choice("tonight", say("referral", "Safe tonight only")),
    Choice("days", say("referral", "Safe for about three days")),
    Choice("week", say("referral", "Safe for about a week")),
    Choice("month", say("referral", "Safe for a month or more")),
    Choice("unknown", UNKNOWN.label, intent="not_sure"),
)
ROOF_DAYS = {"none": 0, "tonight": 1, "days": 3, "week": 7, "month": 30}  # days from the day of sending
FORMS = (
    Choice("sexual", say("referral", "Sex work that is forced")),
    Choice("labour", say("referral", "Work: fields, building, restaurant, other")),
    Choice("domestic", say("referral", "Work in a house")),
    Choice("begging", say("referral", "Begging")),
    Choice("crime", say("referral", "Forced to steal, sell drugs or cheat")),
    Choice("organ", say("referral", "Removal of an organ")),
    OTHER,
    Choice("unknown", UNKNOWN.label, intent="not_sure"),
)
NEEDS = (
    Choice("mobility", say("referral", "Access without stairs")),
    Choice("treatment", say("referral", "A treatment that must not be interrupted")),
    Choice("addiction", say("referral", "Support with addiction")),
    Choice("mental_health", say("referral", "Psychological support from the start")),
    Choice("hearing_sight", say("referral", "Hearing or sight")),
)
PREGNANT = (
    Choice("yes", say("buttons", "Yes"), intent="affirm"),
    Choice("no", say("buttons", "No"), intent="deny"),
    UNSAID,
)
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
    Choice("unknown", UNKNOWN.label, intent="not_sure"),
)
COMPLAINTS = (
    Choice("none", say("referral", "No complaint")),
    Choice("considering", say("referral", "Thinking about it")),
    Choice("filed", say("referral", "Complaint filed")),
    Choice("unknown", UNKNOWN.label, intent="not_sure"),
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
)
NOT_A_DEPARTMENT = say(
    "referral", "I do not know this département. Write its number or its name, for example 06 or Alpes-Maritimes."
)


SEPARATORS = re.compile(r"(?:[,;/،\s]|\b(?:and|et|y|و|le|la|l)\b|')+", re.IGNORECASE)


def department_code(scene: Scene, text: str) -> str | None:
    """The code of a département given by number or name, accents and capitals aside."""
    wanted = plain(text)
    codes = {plain(code): code for code in scene.library.departments}
    names = {plain(name): code for code, name in scene.library.departments.items()}
    return codes.get(wanted.zfill(2)) or codes.get(wanted) or names.get(wanted)


def plain(text: str) -> str:
    """Lower case, without accents, dashes and spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in decomposed if c.isalnum())


def _one_department(scene: Scene, text: str) -> str | Text:
    return department_code(scene, text) or NOT_A_DEPARTMENT


def _departments(scene: Scene, text: str) -> str | Text:
    whole = department_code(scene, text)
    parts = [whole] if whole else [department_code(scene, part) for part in SEPARATORS.split(text) if part]
    return ",".join(dict.fromkeys(filter(None, parts))) if parts and all(parts) else NOT_A_DEPARTMENT


def _no_man(scene: Scene) -> bool:
    return of_professional(scene) and scene.answer("gender") != "man"


def _no_roof(scene: Scene) -> bool:
    return ready(scene) and (scene.answer("urgency") == "immediate" or scene.answer("roof") == "none")


def _show_tonight(scene: Scene) -> Screen:
    """The network cannot come tonight: who has no safe roof, or cannot wait, reads who can."""
    numbers = scene.library.helplines_for(scene.session.at, *gate.NUMBERS["emergency"])
    return Screen((*gate.INSTEAD["emergency"], *lines(numbers)), (*dial(numbers), GO_ON))


SKIP_IT = (UNSAID,)
STEPS: tuple[Step, ...] = (
    some_of(
        "languages",
        words(say("referral", "Which languages does the person speak? Tap each one.")),
        SPOKEN,
        of_professional,
    ),
    one_of("interpreter", words(say("referral", "Is an interpreter needed?")), INTERPRETER, of_professional),
    one_of(
        "urgency",
        for_each(say("referral", "When do you need help?"), say("referral", "When is help needed?")),
        URGENCIES,
        ready,
    ),
    one_of(
        "roof",
        for_each(
            say("referral", "Where can you sleep safely?"),
            say("referral", "Where can the person sleep safely, and how long?"),
        ),
        ROOFS,
        ready,
    ),
    Step("tonight", _show_tonight, one_of("tonight", words(), (GO_ON,)).take, _no_roof),
    text_of(
        "department",
        for_each(
            say("referral", "In which département are you? Write its number or name. You can skip this."),
            say("referral", "In which département is the person now? Write its number or name."),
        ),
        SKIP_IT,
        ready,
        _one_department,
    ),
    text_of(
        "avoid",
        for_each(
            say("referral", "Are there départements where you are not safe? Write their numbers, for example 06, 13."),
            say("referral", "Which départements must be avoided? Write their numbers, for example 06, 13."),
        ),
        SKIP_IT,
        ready_adult,
        _departments,
    ),
    one_of("gender", words(say("referral", "Which kind of place would suit the person?")), GENDERS, of_professional),
    some_of(
        "forms", words(say("referral", "Which kinds of exploitation do the signs point to?")), FORMS, of_professional
    ),
    some_of("needs", words(say("referral", "What must the place allow for?")), NEEDS, of_professional),
    one_of("pregnancy", words(say("referral", "Is the person pregnant?")), PREGNANT, _no_man),
    some_of("dependants", words(say("referral", "Who would come along?")), DEPENDANTS, of_professional),
    one_of("status", words(say("referral", "What is the person's situation as to papers?")), STATUSES, of_professional),
    one_of("complaint", words(say("referral", "Has a complaint been filed?")), COMPLAINTS, of_professional),
    some_of("wishes", words(say("referral", "What does the person wish?")), WISHES, of_professional),
)
OPTIONS: dict[str, tuple[Choice, ...]] = {
    "languages": SPOKEN, "interpreter": INTERPRETER, "urgency": URGENCIES, "roof": ROOFS, "gender": GENDERS, "forms": FORMS,
    "needs": NEEDS, "pregnancy": PREGNANT, "dependants": DEPENDANTS, "status": STATUSES, "complaint": COMPLAINTS, "wishes": WISHES,
}  # fmt: skip
