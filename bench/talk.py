"""Conversations to measure with: the real flows, walked by seeded dice, about three taps to one text."""

import random
import time
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.outgoing import outgoing
from bot.messages import Reply
from bot.render import render
from bot.turns import Content
from dialogs.engine import Turn, advance, begin
from dialogs.events import Asked, Chose, Event, Said
from dialogs.screen import Choice
from dialogs.session import Session
from dialogs.stack import top
from nlu.redaction import redact

TEXTS = {
    "fr": (
        "je travaille tous les jours et on ne me paie pas",
        "il a pris mon passeport et il dit que je lui dois de l'argent",
        "qu'est-ce que la traite des êtres humains",
        "bonjour je voudrais savoir quels sont mes droits",
        "une femme que je suis vit chez son employeur et ne sort jamais",
        "j'ai peur, il va me frapper ce soir",
    ),
    "en": (
        "i work every day and they do not pay me",
        "he took my passport and says i owe him money",
        "what is human trafficking",
        "hello i would like to know what my rights are",
        "a woman i support lives at her employer's and never goes out",
        "i am afraid, he is going to hit me tonight",
    ),
    "es": (
        "trabajo todos los días y no me pagan",
        "me quitó el pasaporte y dice que le debo dinero",
        "qué es la trata de personas",
        "hola quisiera saber cuáles son mis derechos",
        "una mujer a la que acompaño vive en casa de su jefe y no sale nunca",
        "tengo miedo, me va a pegar esta noche",
    ),
    "ar": (
        "أعمل كل يوم ولا يدفعون لي",
        "أخذ جواز سفري ويقول إنني مدين له بالمال",
        "ما هو الاتجار بالبشر",
        "مرحبا أريد أن أعرف ما هي حقوقي",
        "امرأة أرافقها تعيش عند صاحب عملها ولا تخرج أبدا",
        "أنا خائفة، سوف يضربني الليلة",
    ),
    "zh": (
        "我每天干活，他们不给我工资",
        "他拿走了我的护照，说我欠他钱",
        "什么是人口贩运",
        "您好，我想知道我有什么权利",
        "我陪同的一位女士住在雇主家里，从来不出门",
        "我害怕，他今晚要打我",
    ),
    "bn": (
        "আমি প্রতিদিন কাজ করি, তারা আমাকে বেতন দেয় না",
        "সে আমার পাসপোর্ট নিয়ে গেছে আর বলে আমি তার কাছে টাকা ধারি",
        "মানব পাচার কী",
        "আমি জানতে চাই আমার কী কী অধিকার আছে",
        "আমি যে নারীকে সাহায্য করি, তিনি মালিকের বাড়িতে থাকেন, কখনো বের হন না",
        "আমি ভয় পাচ্ছি, সে আজ রাতে আমাকে মারবে",
    ),
}
TEXT_SHARE = 0.25
LIKELY = {"answer": 8.0, "back": 1.0, "menu": 1.0, "danger": 0.2}
# A request, a receipt or an erasure is rare, and costs a slow hash or a conversation.
ELSEWHERE = {"referral", "consent", "receipt", "privacy"}
TRIES = 50


@dataclass(frozen=True, slots=True)
class Move:
    """One message of a person: as an event, as Telegram tells it (`what`), and the turn that must follow."""

    event: Event
    text: str | None
    what: dict[str, Any]
    turn: int


@dataclass(frozen=True, slots=True)
class Talk:
    """One person's conversation."""

    language: str
    first: Session
    moves: tuple[Move, ...]


def talks(content: Content, count: int, length: int) -> list[Talk]:
    """`count` different conversations of `length` messages, as many in each language."""
    languages = list(TEXTS)
    return [_talk(content, languages[seed % len(languages)], seed, length) for seed in range(count)]


def _talk(content: Content, language: str, seed: int, length: int) -> Talk:
    dice, at = random.Random(seed), int(time.time())
    first = begin(language, at)
    event: Event
    text: str | None
    event, text, what = _start(at)
    turn = advance(first, event, content.flows, content.library)
    moves = [Move(event, text, what, turn.session.turn)]
    while len(moves) < length:
        event, text, what, turn = _next(content, turn, dice)
        moves.append(Move(event, text, what, turn.session.turn))
    return Talk(language, first, tuple(moves))


def _start(at: int) -> tuple[Event, str, dict[str, Any]]:
    entity = {"type": "bot_command", "offset": 0, "length": 6}
    return Asked(at, "start", sealing=True), "/start", {"text": "/start", "entities": [entity]}


def _next(content: Content, turn: Turn, dice: random.Random) -> tuple[Event, str | None, dict[str, Any], Turn]:
    for _ in range(TRIES):
        event, text, what = _said(content, turn, dice) if dice.random() < TEXT_SHARE else _tapped(content, turn, dice)
        after = advance(turn.session, event, content.flows, content.library)
        if not after.commands and top(after.session).flow not in ELSEWHERE:
            return event, text, what, after
    raise RuntimeError(f"no way on from {top(turn.session)}")


def _said(content: Content, turn: Turn, dice: random.Random) -> tuple[Event, str, dict[str, Any]]:
    text = dice.choice(TEXTS[turn.session.language])
    understood = content.understander.understand(redact(text).text, turn.session.language)
    return Said(turn.session.at, text, understood, sealing=True), text, {"text": text}


def _tapped(content: Content, turn: Turn, dice: random.Random) -> tuple[Event, None, dict[str, Any]]:
    message = _message(content, turn)
    buttons = {data for row in message["reply_markup"]["inline_keyboard"] for data in map(_data, row)}
    tap = {f"{turn.session.turn}.{choice.id}": choice for choice in turn.screens[-1].choices if choice.id != "leave"}
    open_ones = {data: choice for data, choice in tap.items() if data in buttons}
    data = dice.choices(list(open_ones), [_likely(choice) for choice in open_ones.values()])[0]
    chosen, what = open_ones[data], {"message": message, "data": data}
    return Chose(turn.session.at, chosen.id, turn.session.turn, sealing=True), None, what


def _likely(choice: Choice) -> float:
    return LIKELY.get(choice.role, 1.0)


def _data(button: dict[str, str]) -> str:
    """What a button sends; nothing where it is a link."""
    return button.get("callback_data", "")


def _message(content: Content, turn: Turn) -> dict[str, Any]:
    """The bot's message that is tapped, with its words and buttons."""
    call = outgoing(in_words(content, turn), "1")[-1].arguments
    return {"text": call["text"], "reply_markup": call["reply_markup"]}


def in_words(content: Content, turn: Turn) -> Reply:
    """A turn's reply, as a channel gets it."""
    session, frame = turn.session, top(turn.session)
    shown = tuple(render(content.catalog, screen, session.language) for screen in turn.screens)
    return Reply(session.turn, session.language, frame.flow, frame.step, shown)
