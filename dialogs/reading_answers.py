"""Reads the coordination's ready answers of dialogs/answers.toml, and notes all that is not well formed."""

from dialogs.letters import Answer
from dialogs.sheet import Sheet


def read_answers(sheet: Sheet) -> dict[str, Answer]:
    """What the file holds, by id, in its order."""
    tables = [_answer(table) for table in sheet.sheets("answer")]
    sheet.each_once("answer", (answer.id for answer in tables))
    return {answer.id: answer for answer in tables}


def _answer(sheet: Sheet) -> Answer:
    answer = Answer(sheet.id(), sheet.text("text", "answer"), sheet.words("reviewed"))
    sheet.close()
    return answer
