"""How the bot presents itself: neutral, since a phone's list of chats shows it to whoever looks."""

import logging
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from telegram import Bot, MenuButtonCommands
from telegram.error import TelegramError

from bot.channels.telegram.incoming import NAMES
from dialogs.events import CommandName
from dialogs.text import Text, say
from locales.catalog import SOURCE, Catalog

NAME: Final = "Passerelle"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram shows of the bot to people with their phone in `language` (None: any other)."""

    language: str | None
    description: str
    short: str
    commands: tuple[tuple[str, str], ...]


DESCRIPTION: Final = say(
    "telegram.profile",
    "Questions and answers, in your language. Telegram keeps this chat: {command} removes the messages.",
)
SHORT: Final = say("telegram.profile", "Questions and answers")
COMMANDS: Final[dict[CommandName, Text]] = {
    "menu": say("telegram.profile", "Menu"),
    "language": say("telegram.profile", "Language"),
    "help": say("telegram.profile", "Help"),
    "hide": say("telegram.profile", "Hide this chat"),
    "erase": say("telegram.profile", "Erase everything"),
}


def profiles(catalog: Catalog) -> tuple[Profile, ...]:
    """The profile for all others, in English, and in every language that can be chosen."""
    return tuple(_profile(catalog, code) for code in sorted(catalog.names, key=lambda code: code != SOURCE))


def _profile(catalog: Catalog, code: str) -> Profile:
    names = NAMES.get(code, NAMES[SOURCE])
    description = replace(DESCRIPTION, values=(("command", f"/{names['hide']}"),))
    return Profile(
        None if code == SOURCE else code,
        catalog.translate(code, description),
        catalog.translate(code, SHORT),
        tuple((names[command], catalog.translate(code, words)) for command, words in COMMANDS.items()),
    )


async def introduce(bot: Bot, profiles: Iterable[Profile]) -> None:
    """Set name, descriptions, commands and menu button where they differ. A failure is logged and changes nothing."""
    for profile in profiles:
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
