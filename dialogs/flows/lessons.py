"""The self-study path: modules of short lessons, then questions whose answers are explained. Nothing of it is sent."""

import re
from collections.abc import Mapping

from dialogs.asking import DONE, ticked
from dialogs.events import Chose
from dialogs.evidence import sources
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, done, enter, go, keep
from dialogs.lesson import LETTERS, Lesson, Module, Question, rests
from dialogs.lesson_words import asked_at, explained, named, numbered, references, titled, unsure
from dialogs.library import day_of
from dialogs.screen import Choice, Screen
from dialogs.text import say
from dialogs.typed import bare

INTRO = (
    say("lessons", "Seven short modules: you read, you answer questions, and each answer is explained."),
    say("lessons", "This project wrote them after the seven subjects of Ac.Sé's training. The network has not reviewed them. They do not replace the training."),
    say("lessons", "After 30 minutes nothing is kept. But each place has a number: note it, write it here another day, and you are there again. Example: {number}", number="3.2"),
)  # fmt: skip
ONE = say("lessons", "Choose one answer.")
SEVERAL = say("lessons", "More than one answer is right. Choose all of them, then go on.")
NEXT = Choice("next", say("lessons", "Next"), intent="affirm")
SOURCES = Choice("sources", say("information", "Where does this come from?"))
LIST = Choice("list", say("lessons", "All modules"))
OVERVIEW = Choice("module", say("lessons", "All of this module"))
QUESTIONS = Choice("questions", say("lessons", "To the questions"))
SHOW = Choice("pass", say("lessons", "Show the answers"), intent="skip_question")
LESSON = Choice("lesson", say("lessons", "Read the lesson again"))
SUMMARY = Choice("summary", say("lessons", "What I answered"))
FINISH = Choice("finish", say("lessons", "Finish"))
READ_AGAIN = say("lessons", "To read again:")
CALLED = frozenset(bare("""
le la l à au n no numéro leçon module question endroit the go to at lesson number place please svp el al lección módulo pregunta
lugar الدرس درس الوحدة وحدة السؤال سؤال الموضع الرقم رقم পাঠ মডিউল প্রশ্ন নম্বর নং জায়গা""").split())  # fmt: skip
PLACES = frozenset(("go_back",))  # "الدرس 3.2" is like it
IN_CHINESE = re.compile("第|课文?|模块|问题|题|编号|位置")  # no space parts them from the number


class Study:
    """The steps over the modules of a library."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        """Of these modules, in their order."""
        self.modules = modules

    def module(self, scene: Scene) -> Module:
        """The module that a step is about (before the point of its argument)."""
        return self.modules.get(scene.argument.partition(".")[0]) or next(iter(self.modules.values()))

    def lesson(self, scene: Scene) -> Lesson:
        """The lesson that a step is about."""
        return self.module(scene).lesson(scene.argument.partition(".")[2])

    def question(self, scene: Scene) -> Question:
        """The question that a step is about."""
        return self.module(scene).question(scene.argument.partition(".")[2])

    def after(self, module: Module) -> Module | None:
        """The module that comes after one."""
        return next((one for one in self.modules.values() if one.order > module.order), None)

    def show_list(self, _: Scene) -> Screen:
        """All modules by their numbers."""
        return Screen(INTRO, (*(Choice(f"module-{m.id}", titled(m)) for m in self.modules.values()), FINISH))

    def show_module(self, scene: Scene) -> Screen:
        """What a module is about, and its lessons."""
        module = self.module(scene)
        listed = tuple(Choice(f"lesson-{one.id}", named(module, one)) for one in module.lessons)
        answered = (SUMMARY,) if any(_given(scene, module, question) for question in module.questions) else ()
        return Screen((titled(module), module.about), (*listed, QUESTIONS, *answered, LIST, FINISH))

    def show_lesson(self, scene: Scene) -> Screen:
        """One lesson, and whether what it rests on may have changed."""
        module, lesson = self.module(scene), self.lesson(scene)
        doubt = unsure(lesson, scene.library.topics, day_of(scene.session.at))
        return Screen((named(module, lesson), *lesson.text, *doubt), (NEXT, SOURCES, OVERVIEW))

    def show_question(self, scene: Scene) -> Screen:
        """A question with numbered answers: a tap answers, or ticks where several are right."""
        module, question = self.module(scene), self.question(scene)
        told = (numbered(number, option) for number, option in enumerate(question.options, 1))
        how = SEVERAL if question.several else ONE
        text = (asked_at(module, question), *question.facts, question.text, *told, how)
        chosen = _ticks(scene)
        return Screen(text, (*_buttons(question, chosen), *((DONE,) if chosen else ()), SHOW, OVERVIEW))

    def show_answered(self, scene: Scene) -> Screen:
        """What was answered, and why each answer fits or does not."""
        module, question = self.module(scene), self.question(scene)
        told = explained(question, _given(scene, module, question))
        return Screen((asked_at(module, question), question.text, *told), (NEXT, LESSON, OVERVIEW))

    def show_summary(self, scene: Scene) -> Screen:
        """How many answers were right, what to read again, and the pages on which to read on."""
        module = self.module(scene)
        given = {question: _given(scene, module, question) for question in module.questions}
        answered = [question for question in module.questions if given[question]]
        weak = dict.fromkeys(question.lesson for question in answered if given[question] != question.right)
        count = say(
            "lessons", "Answered: {count} of {total}. Right: {right}.", count=len(answered),
            total=len(given), right=sum(given[question] == question.right for question in answered),
        )  # fmt: skip
        again_to = tuple(Choice(f"lesson-{one}", named(module, module.lesson(one))) for one in weak)
        text = (titled(module), count, *((READ_AGAIN, *(choice.label for choice in again_to)) if weak else ()))
        rest = references(module, scene.library.topics)
        return Screen((*text, *rest), (*again_to, *self._onward(scene, module), LIST, FINISH))

    def _onward(self, scene: Scene, module: Module) -> tuple[Choice, ...]:
        """The next module, then the pages that go with this one."""
        following, known = self.after(module), scene.library.topics
        pages = (known[page] for page in module.related if page in known)
        return (
            *((Choice(f"module-{following.id}", titled(following)),) if following else ()),
            *(Choice(f"topic-{page.id}", page.title_for(professional=True)) for page in pages),
        )

    def take(self, scene: Scene, reply: Reply) -> Move | None:
        """The ways that all steps have: to a place by its number, to a module, a lesson, a page, and out."""
        if not isinstance(reply, Chose):
            return self.to_place(reply.text)
        kind, _, name = reply.choice.partition("-")
        module = self.module(scene)
        ways = {
            "lesson": go(f"lesson/{module.id}.{name}"),
            "topic": enter("information", f"page/{name}"),
            "module": go(f"module/{name or module.id}"),
            "questions": go(_step(module, module.questions[0])),
            "summary": go(f"summary/{module.id}"),
            "list": go("choose"),
            "finish": done(),
        }
        return ways.get(kind)

    def to_place(self, text: str) -> Move | None:
        """To the place whose number was written, in the digits of any script."""
        found = _place(text)
        if found is None:
            return None
        order, place = found
        module = next((one for one in self.modules.values() if one.order == order), None)
        if module is None or not 0 < place <= len(module.places):
            return again(say("lessons", "There is no such place. All modules have numbers."))
        return go(_step(module, module.places[place - 1]))

    def take_lesson(self, scene: Scene, reply: Reply) -> Move | None:
        """On to the next lesson or the first question, or a look at the sources."""
        module, lesson = self.module(scene), self.lesson(scene)
        match _choice(reply):
            case "next":
                return go(_step(module, module.places[module.places.index(lesson) + 1]))
            case "sources":
                return again(*sources(rests(lesson, scene.library.topics)))
            case _:
                return self.take(scene, reply)

    def take_question(self, scene: Scene, reply: Reply) -> Move | None:
        """An answer, a tick, or a look at the answers."""
        module, question = self.module(scene), self.question(scene)
        chosen, choice = _ticks(scene), _choice(reply)
        if any(option.id == choice for option in question.options):
            if question.several:
                return keep(f"{scene.argument}:{_joined(chosen ^ {choice})}")
            return _answered(module, question, choice)
        match choice:
            case "done":
                return _answered(module, question, _joined(chosen))
            case "pass":
                return go(f"answered/{module.id}.{question.id}")
            case _:
                return self.take(scene, reply)

    def take_answered(self, scene: Scene, reply: Reply) -> Move | None:
        """On to the next question or the summary, or back to the lesson."""
        module, question = self.module(scene), self.question(scene)
        match _choice(reply):
            case "next":
                after = module.questions[module.questions.index(question) + 1 :]
                return go(_step(module, after[0]) if after else f"summary/{module.id}")
            case "lesson":
                return go(f"lesson/{module.id}.{question.lesson}")
            case _:
                return self.take(scene, reply)


def _place(text: str) -> tuple[int, int] | None:
    """The two numbers of a place as people write it down: 3.2, 3-2, ٣٫٢, 3。2, lesson 3.2."""
    words = IN_CHINESE.sub(" ", bare(text)).split()
    numbers = [word for word in words if word not in CALLED]
    if [len(number) for number in numbers] not in ([1, 1], [1, 2]) or not all(map(str.isdecimal, numbers)):
        return None
    return int(numbers[0]), int(numbers[1])


def _choice(reply: Reply) -> str:
    return reply.choice if isinstance(reply, Chose) else ""


def _step(module: Module, place: Lesson | Question) -> str:
    return f"{'lesson' if isinstance(place, Lesson) else 'question'}/{module.id}.{place.id}"


def _buttons(question: Question, chosen: frozenset[str]) -> tuple[Choice, ...]:
    """A button for each answer, by its number: the answers themselves are too long for one."""
    plain = (
        Choice(option.id, say("lessons", "Answer {number}", number=number))
        for number, option in enumerate(question.options, 1)
    )
    return tuple(ticked(button) if button.id in chosen else button for button in plain)


def _ticks(scene: Scene) -> frozenset[str]:
    """The letters that are ticked at the present question; those of another one do not count."""
    place, _, letters = (scene.answer("question/ticks") or "").partition(":")
    return frozenset(letters) if place == scene.argument else frozenset()


def _joined(letters: frozenset[str]) -> str:
    return "".join(letter for letter in LETTERS if letter in letters)


def _answered(module: Module, question: Question, letters: str) -> Move:
    place = f"{module.id}.{question.id}"
    return go(f"answered/{place}", **{place: letters})


def _given(scene: Scene, module: Module, question: Question) -> frozenset[str]:
    """The letters that were answered; none when the question was passed."""
    return frozenset(scene.answer(f"{module.id}.{question.id}") or "")


def lessons(modules: Mapping[str, Module]) -> Flow:
    """The flow of the self-study path."""
    study = Study(modules)
    return Flow(
        "lessons",
        (
            Step("choose", study.show_list, study.take, expects=PLACES),
            Step("module", study.show_module, study.take, expects=PLACES),
            Step("lesson", study.show_lesson, study.take_lesson, expects=PLACES),
            Step("question", study.show_question, study.take_question, expects=PLACES),
            Step("answered", study.show_answered, study.take_answered, expects=PLACES),
            Step("summary", study.show_summary, study.take, expects=PLACES),
        ),
        resumable=True,
        invented=True,
    )
