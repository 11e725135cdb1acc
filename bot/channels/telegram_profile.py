"""How the bot presents itself: neutral, since a phone's list of chats shows it to whoever looks."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot, MenuButtonCommands
from telegram.error import TelegramError

NAME: Final = "Passerelle"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram shows of the bot to people with their phone in `language` (None: any other)."""

    language: str | None
    description: str
    short: str
    commands: tuple[tuple[str, str], ...]


PROFILES: Final = (
    Profile(
        None,
        "Questions and answers, in your language. Telegram keeps this chat: /hide removes the messages.",
        "Questions and answers",
        (
            ("menu", "Menu"),
            ("language", "Language"),
            ("help", "Help"),
            ("hide", "Hide this chat"),
            ("erase", "Erase everything"),
        ),
    ),
    Profile(
        "fr",
        "Des questions et des réponses, dans votre langue. Telegram garde ce chat : /cacher retire les messages.",
        "Questions et réponses",
        (
            ("menu", "Menu"),
            ("langue", "Langue"),
            ("aide", "Aide"),
            ("cacher", "Cacher cette discussion"),
            ("effacer", "Tout effacer"),
        ),
    ),
    Profile(
        "es",
        "Preguntas y respuestas, en su idioma. Telegram guarda este chat: /ocultar quita los mensajes.",
        "Preguntas y respuestas",
        (
            ("menu", "Menú"),
            ("idioma", "Idioma"),
            ("ayuda", "Ayuda"),
            ("ocultar", "Ocultar este chat"),
            ("borrar", "Borrar todo"),
        ),
    ),
    Profile(
        "ar",
        "أسئلة وأجوبة بلغتك. تيليغرام يحتفظ بهذه المحادثة: الأمر \u2066/hide\u2069 يزيل الرسائل.",
        "أسئلة وأجوبة",
        (
            ("menu", "القائمة"),
            ("language", "اللغة"),
            ("help", "مساعدة"),
            ("hide", "إخفاء هذه المحادثة"),
            ("erase", "محو كل شيء"),
        ),
    ),
)


async def introduce(bot: Bot) -> None:
    """Set name, descriptions, commands and menu button where they differ. A failure is logged and changes nothing."""
    for profile in PROFILES:
        for step in (_name, _descriptions, _commands):
            await _attempt(step.__name__, step(bot, profile))
    await _attempt("menu", bot.set_chat_menu_button(menu_button=MenuButtonCommands()))


# Telegram allows few changes of these a day, so nothing is set that is already so.


async def _name(bot: Bot, profile: Profile) -> None:
    if (await bot.get_my_name(language_code=profile.language)).name != NAME:
        await bot.set_my_name(NAME, language_code=profile.language)


async def _descriptions(bot: Bot, profile: Profile) -> None:
    code = profile.language
    if (await bot.get_my_description(language_code=code)).description != profile.description:
        await bot.set_my_description(profile.description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != profile.short:
        await bot.set_my_short_description(profile.short, language_code=code)


async def _commands(bot: Bot, profile: Profile) -> None:
    present = await bot.get_my_commands(language_code=profile.language)
    if tuple((each.command, each.description) for each in present) != profile.commands:
        await bot.set_my_commands(profile.commands, language_code=profile.language)


async def _attempt(what: str, work: Awaitable[Any]) -> None:
    try:
        await work
    except TelegramError as error:
        log.warning("the bot's %s not set: %s", what.strip("_"), type(error).__name__)
