"""Reads the coordination's ready answers, and their words in languages without screens, and notes what is not well formed."""

from collections.abc import Iterable, Iterator, Mapping

from dialogs.letters import REPLIES, Answer, Ready
from dialogs.sheet import Sheet
from dialogs.text import Text


def read_answers(sheet: Sheet) -> dict[str, Answer]:
    """What the file holds, by id, in its order."""
    tables = [_answer(table) for table in sheet.sheets("answer")]
    sheet.each_once("answer", (answer.id for answer in tables))
    return {answer.id: answer for answer in tables}


def _answer(sheet: Sheet) -> Answer:
    answer = Answer(sheet.id(), sheet.text("text", "answer"), sheet.words("reviewed"))
    sheet.close()
    return answer


def read_ready(sheet: Sheet, answers: Iterable[str]) -> tuple[str, Ready]:
    """A language's code, which is the file's name, and its words for each of the `answers` and of the replies."""
    code = sheet.path.rpartition("/")[2].removesuffix(".toml")
    ready = Ready(
        _words(sheet.sheet("answers"), answers), _words(sheet.sheet("replies"), REPLIES), sheet.flag("reviewed")
    )
    return code, ready


def texts_of_ready(ready: Mapping[str, Ready]) -> Iterator[Text]:
    """All of their words."""
    for one in ready.values():
        yield from (Text("answer", words) for words in (*one.answers.values(), *one.replies.values()))


def _words(table: Sheet, ids: Iterable[str]) -> dict[str, str]:
    found = {name: table.text(name, "answer").msgid for name in ids}
    table.close()
    return found
