"""Reads the modules of the self-study path, and notes all that is not well formed."""

from collections.abc import Iterable, Iterator

from dialogs.lesson import LETTERS, Lesson, Module, Option, Question
from dialogs.plain import words
from dialogs.sheet import Fault, Sheet
from dialogs.text import Text
from dialogs.topic import Topic

MOST_WORDS = 90  # of a lesson, its title included: it is read on a phone, between two appointments
COUNT = range(4, 7)  # lessons of a module, and questions
OPTIONS = range(3, 5)


def read_module(sheet: Sheet) -> Module:
    """A module. Notes what is wrong with it, and gives what could be read."""
    name = sheet.own_id()
    context = f"lesson.{name}"
    module = Module(
        id=name,
        order=sheet.count("order"),
        title=sheet.text("title", context),
        about=sheet.text("about", context),
        related=sheet.words("related"),
        lessons=tuple(_lesson(table, context) for table in sheet.sheets("lesson")),
        questions=tuple(_question(table, context) for table in sheet.sheets("question")),
    )
    _check(sheet, module)
    return module


def _lesson(sheet: Sheet, context: str) -> Lesson:
    lesson = Lesson(
        id=sheet.id(),
        title=sheet.text("title", context),
        text=sheet.texts("text", context),
        rests_on=sheet.words("rests_on"),
    )
    count = sum(words(text.msgid) for text in (lesson.title, *lesson.text))
    if count > MOST_WORDS:
        sheet.fault("text", f"{count} words, at most {MOST_WORDS}")
    if not lesson.rests_on:
        sheet.fault("rests_on", "names no fact")
    sheet.close()
    return lesson


def _question(sheet: Sheet, context: str) -> Question:
    question = Question(
        id=sheet.id(),
        lesson=sheet.word("lesson"),
        facts=sheet.texts("facts", context) if sheet.has("facts") else (),
        text=sheet.text("text", context),
        options=tuple(
            _option(table, letter, context) for letter, table in zip(LETTERS, sheet.sheets("option"), strict=False)
        ),
    )
    if len(question.options) not in OPTIONS:
        sheet.fault("option", f"{len(question.options)} of them, not {OPTIONS.start} to {OPTIONS.stop - 1}")
    if not 0 < len(question.right) < len(question.options):
        sheet.fault("option", "one at least must be right, and one at least must not")
    sheet.close()
    return question


def _option(sheet: Sheet, letter: str, context: str) -> Option:
    option = Option(letter, sheet.text("text", context), sheet.flag("right"), sheet.text("because", context))
    sheet.close()
    return option


def _check(sheet: Sheet, module: Module) -> None:
    for key, places in (("lesson", module.lessons), ("question", module.questions)):
        sheet.each_once(key, (place.id for place in places))
        if len(places) not in COUNT:
            sheet.fault(key, f"{len(places)} of them, not {COUNT.start} to {COUNT.stop - 1}")
    known = {lesson.id for lesson in module.lessons}
    for question in module.questions:
        if question.lesson not in known:
            sheet.fault(f"question[{question.id}].lesson", f"no lesson {question.lesson!r}")


def unsupported(modules: Iterable[Module], topics: Iterable[Topic]) -> Iterator[Fault]:
    """What modules say of pages that is not so: every page must be there, every fact must be one that is shown."""
    pages = {topic.id: {fact.id for fact in topic.facts if fact.shown} for topic in topics}
    for module in modules:
        path = f"lessons/{module.id}.toml"
        yield from (Fault(path, "related", f"no topic {page!r}") for page in module.related if page not in pages)
        for lesson in module.lessons:
            lost = [name for name in lesson.rests_on if not _stands(name, pages)]
            yield from (Fault(path, f"lesson[{lesson.id}].rests_on", f"no shown fact {name!r}") for name in lost)


def _stands(name: str, pages: dict[str, set[str]]) -> bool:
    topic, _, fact = name.partition(".")
    return fact in pages.get(topic, ())


def texts_of_module(module: Module) -> Iterator[Text]:
    """All that a module says."""
    yield from (module.title, module.about)
    for lesson in module.lessons:
        yield from (lesson.title, *lesson.text)
    for question in module.questions:
        yield from (*question.facts, question.text)
        yield from (text for option in question.options for text in (option.text, option.because))
