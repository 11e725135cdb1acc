"""Reads the check of an offer, the definition in pieces and the exercises, and notes all that is not well formed."""

from collections.abc import Iterable, Iterator
from typing import get_args

from dialogs.instrument import Answer, Instrument, questions_for
from dialogs.learning import Definition, Element, Exercise, Learning, OfferCheck, OfferQuestion, Piece, Worked
from dialogs.plain import too_long
from dialogs.reading_instruments import OWN, QUESTION_WORDS
from dialogs.sheet import Sheet
from dialogs.text import Text

ANSWERS: tuple[Answer, ...] = get_args(Answer)
PIECES: tuple[Piece, ...] = get_args(Piece)
WARNING: tuple[Answer, ...] = ("yes", "no")
OTHER_STEPS = frozenset({"intro", "result"})  # steps of the flow that asks about an offer
FIRST_HAND = ("V1",)  # the law's words are quoted from the code only


def read_learning(
    offers: Iterable[Sheet], definitions: Iterable[Sheet], exercises: Iterable[Sheet], instruments: Iterable[Instrument]
) -> Learning | None:
    """What the files hold, or None when one of the two that must be there could not be read."""
    offer = [_offer(sheet) for sheet in offers]
    definition = [_definition(sheet) for sheet in definitions]
    situation = next((one for one in instruments if one.id == "situation"), None)
    cases = sorted((_exercise(sheet, situation) for sheet in exercises), key=lambda case: case.order)
    if not offer or not definition:
        return None
    return Learning(offer[0], definition[0], {case.id: case for case in cases})


def texts_to_learn_with(learning: Learning) -> Iterator[Text]:
    """Every sentence of them."""
    yield from (*learning.offer.steps, *learning.offer.look_up)
    for question in learning.offer.questions:
        yield from (question.text, question.why, question.warning, question.ask)
    for elements in learning.definition.pieces.values():
        yield from (text for element in elements for text in (element.name, element.story))
    for case in learning.exercises.values():
        yield from (case.title, *case.facts, *(worked.because for worked in case.worked.values()), case.comment)


def _offer(sheet: Sheet) -> OfferCheck:
    found = OfferCheck(
        source=sheet.word("source"),
        status=sheet.one_of("status", (OWN,)),
        checked_on=sheet.day("checked_on"),
        steps=sheet.texts("steps", "prevention.job_offer"),
        look_up=sheet.texts("look_up", "prevention.job_offer"),
        questions=tuple(_offer_question(table) for table in sheet.sheets("question")),
    )
    sheet.each_once("question", (question.id for question in found.questions))
    _plain(sheet, "steps", found.steps)
    _plain(sheet, "look_up", found.look_up)
    return found


def _offer_question(sheet: Sheet) -> OfferQuestion:
    context = "prevention.job_offer"
    question = OfferQuestion(
        id=sheet.id(),
        text=sheet.text("text", context),
        why=sheet.text("why", context),
        warns=sheet.one_of("warns", WARNING),
        warning=sheet.text("warning", context),
        ask=sheet.text("ask", context),
    )
    if question.id in OTHER_STEPS:
        sheet.fault("id", "is the name of another step")
    for what in too_long([question.text.msgid], QUESTION_WORDS, QUESTION_WORDS)[:1]:
        sheet.fault("text", what)
    _plain(sheet, "why", (question.why, question.warning, question.ask))
    sheet.close()
    return question


def _plain(sheet: Sheet, key: str, texts: Iterable[Text]) -> None:
    for what in too_long(text.msgid for text in texts):
        sheet.fault(key, what)


def _definition(sheet: Sheet) -> Definition:
    return Definition(
        article=sheet.word("article"),
        minors=sheet.word("minors"),
        source=sheet.word("source"),
        status=sheet.one_of("status", FIRST_HAND),
        checked_on=sheet.day("checked_on"),
        pieces={piece: _elements(sheet, piece) for piece in PIECES},
    )


def _elements(sheet: Sheet, piece: Piece) -> tuple[Element, ...]:
    elements = tuple(_element(table) for table in sheet.sheets(piece))
    sheet.each_once(piece, (element.id for element in elements))
    _plain(sheet, piece, (element.story for element in elements))
    return elements


def _element(sheet: Sheet) -> Element:
    context = "prevention.definition"
    element = Element(sheet.id(), sheet.text("name", context), sheet.text("story", context), sheet.word("law"))
    sheet.close()
    return element


def _exercise(sheet: Sheet, situation: Instrument | None) -> Exercise:
    name = sheet.own_id()
    context = f"exercise.{name}"
    case = Exercise(
        id=name,
        title=sheet.text("title", context),
        order=sheet.count("order"),
        adult=sheet.flag("adult"),
        facts=sheet.texts("facts", context),
        comment=sheet.text("comment", context),
        worked=dict(_worked(table, context) for table in sheet.sheets("worked")),
    )
    asked = {question.id for question in questions_for(situation, case.minor)} if situation else set(case.worked)
    for unknown in set(case.worked) - asked:
        sheet.fault("worked", f"{unknown!r} is no question of the situation check at this age")
    return case


def _worked(sheet: Sheet, context: str) -> tuple[str, Worked]:
    question = sheet.word("question")
    worked = Worked(sheet.one_of("answer", ANSWERS), sheet.text("because", context))
    sheet.close()
    return question, worked
