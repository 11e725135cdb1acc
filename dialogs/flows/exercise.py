"""Practice: an invented case is read and screened, then compared with worked answers. Nothing of it is ever sent."""

from dialogs.asking import ANSWERS, NO, UNKNOWN, YES
from dialogs.choices import HOW_TO_ASK
from dialogs.events import Chose
from dialogs.finding import find
from dialogs.finding_words import outcome_told, part_told
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, answer, aside, done, go, switch
from dialogs.instrument import Answers, Instrument, Question, questions_for
from dialogs.learning import Exercise, Learning
from dialogs.library import Library
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

WHICH = (
    say("exercise", "The cases are invented. You read one, answer the situation check, and compare."),
    say("exercise", "Nothing of it can be sent. Some cases are not trafficking."),
)
REST = say("exercise", "What is not told here was asked about and denied.")
AGED = {True: say("exercise", "The person is an adult."), False: say("exercise", "The person is under 18.")}
BEGIN = Choice("begin", say("exercise", "Screen this case"), intent="affirm")
READ_AGAIN = Choice("case", say("exercise", "Read the case again"))
ENOUGH = Choice("enough", say("exercise", "Stop here and compare"))
LIST = Choice("list", say("exercise", "Another case"))
FINISH = Choice("finish", say("exercise", "Finish the exercise"))
ONE_BY_ONE = Choice("one_by_one", say("exercise", "Compare answer by answer"))
SOLUTION = Choice("solution", say("exercise", "Read the worked finding"))
NEXT = Choice("next", say("exercise", "Next answer"))
YOURS = say("exercise", "With your answers:")
WORKED = say("exercise", "With the worked answers:")
DENIED = say("exercise", "Nothing in the case points to it: it was asked about and denied.")
OPEN = say("exercise", "left open")
LABELS: dict[str, Text] = {"yes": YES.label, "no": NO.label, "unknown": UNKNOWN.label}


class Practice:
    """The steps over the cases of a library, asked with the situation check."""

    def __init__(self, learning: Learning, situation: Instrument) -> None:
        """Of these cases, with these questions."""
        self.cases, self.situation = learning.exercises, situation

    def case(self, scene: Scene) -> Exercise:
        """The case that was chosen."""
        return self.cases.get(scene.answer("choose") or "") or next(iter(self.cases.values()))

    def questions(self, scene: Scene) -> tuple[Question, ...]:
        """The questions at the age of the case: all of them, for whoever learns."""
        return questions_for(self.situation, self.case(scene).minor)

    def present(self, scene: Scene) -> Question:
        """The question that a step is about."""
        asked = self.questions(scene)
        return next((question for question in asked if question.id == scene.argument), asked[0])

    def after(self, scene: Scene) -> Question | None:
        """The question that comes after the present one."""
        asked = self.questions(scene)
        return next(iter(asked[asked.index(self.present(scene)) + 1 :]), None)

    def worked(self, scene: Scene) -> Answers:
        """The worked answers to all questions."""
        worked = self.case(scene).worked
        return {q.id: worked[q.id].answer if q.id in worked else "no" for q in self.questions(scene)}

    def given(self, scene: Scene) -> Answers:
        """The learner's answers."""
        return {q.id: value for q in self.questions(scene) if (value := scene.answer(q.id))}

    def show_list(self, _: Scene) -> Screen:
        """All cases by title: which ones are trafficking is not told."""
        return Screen(WHICH, (*(Choice(case.id, case.title) for case in self.cases.values()), FINISH))

    def take_list(self, _: Scene, reply: Reply) -> Move | None:
        """Read a case, or go."""
        if not isinstance(reply, Chose):
            return None
        return done() if reply.choice == "finish" else answer(reply.choice)

    def show_case(self, scene: Scene) -> Screen:
        """The facts as told."""
        case = self.case(scene)
        return Screen((case.title, *case.facts, AGED[case.adult], REST), (BEGIN, LIST))

    def show_question(self, scene: Scene) -> Screen:
        """One question of the situation check, as a professional reads it."""
        asked, question = self.questions(scene), self.present(scene)
        number = asked.index(question) + 1
        place = say("exercise", "Exercise: question {place} of {count}", place=number, count=len(asked))
        how = (HOW_TO_ASK,) if self.situation.guidance(question) else ()
        return Screen((place, question.professional), (*ANSWERS, *how, READ_AGAIN, ENOUGH))

    def take_question(self, scene: Scene, reply: Reply) -> Move | None:
        """The answer, or a look at the case or at how to ask."""
        if not isinstance(reply, Chose):
            return None
        question, following = self.present(scene), self.after(scene)
        match reply.choice:
            case "how":
                return again(*filter(None, (self.situation.guidance(question),)))
            case "case":
                return again(*self.case(scene).facts, REST)
            case "enough":
                return go("result")
            case given:
                return go(f"question/{following.id}" if following else "result", **{question.id: given})

    def show_result(self, scene: Scene) -> Screen:
        """Both outcomes, and where the answers differ."""
        minor, given, worked = self.case(scene).minor, self.given(scene), self.worked(scene)
        other = [q for q in self.questions(scene) if _label(given.get(q.id)) != _label(worked[q.id])]
        same = say("exercise", "The same answer: {same} of {count}.", same=len(worked) - len(other), count=len(worked))
        told = tuple(_difference(question, given.get(question.id), worked[question.id]) for question in other)
        ours, theirs = (outcome_told(self.situation, find(self.situation, each, minor)) for each in (given, worked))
        return Screen((YOURS, *ours, WORKED, *theirs, same, *told), (ONE_BY_ONE, SOLUTION, LIST, FINISH))

    def show_compared(self, scene: Scene) -> Screen:
        """One question with the learner's answer, the worked one and its reason."""
        question, worked = self.present(scene), self.case(scene).worked
        mine, theirs = _label(scene.answer(question.id)), _label(self.worked(scene)[question.id])
        because = worked[question.id].because if question.id in worked else DENIED
        lines = (
            say("exercise", "Your answer: {answer}", answer=mine),
            say("exercise", "Worked answer: {answer}", answer=theirs),
        )
        onward = (NEXT,) if self.after(scene) else ()
        return Screen((question.professional, *lines, because), (*onward, SOLUTION, LIST, FINISH))

    def show_solution(self, scene: Scene) -> Screen:
        """The finding of the worked answers, part by part, and what there is to learn."""
        case = self.case(scene)
        finding = find(self.situation, self.worked(scene), case.minor)
        parts = tuple(line for part in finding.parts for line in part_told(self.situation, part))
        told = (WORKED, *outcome_told(self.situation, finding), *parts, case.comment)
        return Screen(told, (ONE_BY_ONE, LIST, FINISH))

    def take_onward(self, scene: Scene, reply: Reply) -> Move | None:
        """Between the case, the questions and what is compared."""
        if not isinstance(reply, Chose):
            return None
        first, following = self.questions(scene)[0], self.after(scene)
        ways = {
            "begin": go(f"question/{first.id}"),
            "one_by_one": go(f"compare/{first.id}"),
            "next": go(f"compare/{following.id}" if following else "solution"),
            "solution": go("solution"),
            "list": switch("exercise"),
            "finish": done(),
        }
        return ways[reply.choice]


def _label(value: str | None) -> Text:
    return LABELS.get(value or "", OPEN)


def _difference(question: Question, mine: str | None, theirs: str) -> Text:
    return say(
        "exercise", "– {reason}: you {mine}, worked {theirs}",
        reason=question.reason, mine=_label(mine), theirs=_label(theirs),
    )  # fmt: skip


def exercise(learning: Learning, library: Library) -> Flow:
    """The flow of the exercises."""
    practice = Practice(learning, library.instruments["situation"])
    return Flow(
        "exercise",
        (
            Step("choose", practice.show_list, practice.take_list),
            Step("case", practice.show_case, practice.take_onward),
            Step("question", practice.show_question, practice.take_question, aside),
            Step("result", practice.show_result, practice.take_onward, aside),
            Step("compare", practice.show_compared, practice.take_onward, aside),
            Step("solution", practice.show_solution, practice.take_onward, aside),
        ),
        resumable=True,
        invented=True,
        alone=True,
    )
