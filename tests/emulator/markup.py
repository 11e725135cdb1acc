"""Entities and keyboards, as strictly as the Bot API reads them."""

import re
from typing import Any

KINDS = {"spoiler", "code", "bold", "italic"}


class Refused(Exception):
    """What the Bot API answers with 400 or 403."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description, self.code, self.parameters = description, code, parameters


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_entities(text: str, entities: list[dict[str, Any]]) -> None:
    """Refuses what lies outside the words, cuts a character in two, or overlaps: code can be part of nothing."""
    taken: set[int] = set()
    for entity in entities:
        places = range(entity["offset"], entity["offset"] + entity["length"])
        if entity["type"] not in KINDS or not places or places.start < 0 or places.stop > units(text):
            raise Refused("Bad Request: can't parse entities")
        try:
            under(text, entity)
        except UnicodeDecodeError:
            raise Refused("Bad Request: can't parse entities: half a character") from None
        if taken & set(places):
            raise Refused("Bad Request: can't parse entities: nested")
        taken |= set(places)


def under(text: str, entity: dict[str, Any]) -> str:
    """The words that an entity covers; its places are counted in UTF-16 units."""
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def seen(text: str, entities: list[dict[str, Any]]) -> str:
    """What a notification shows: a dot for each unit under a spoiler."""
    shown = text.encode("utf-16-le")
    for entity in entities:
        if entity["type"] == "spoiler":
            start, stop = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            shown = shown[:start] + "·".encode("utf-16-le") * entity["length"] + shown[stop:]
    return shown.decode("utf-16-le")


def check_keyboard(markup: dict[str, Any] | None) -> None:
    buttons = [button for row in (markup or {}).get("inline_keyboard", []) for button in row]
    if len(buttons) > 100:
        raise Refused("Bad Request: reply markup is too long")
    for button in buttons:
        check_button(button)


def check_button(button: dict[str, Any]) -> None:
    if not button.get("text", "").strip():
        raise Refused("Bad Request: text buttons are unallowed in the inline keyboard")
    if ("url" in button) == ("callback_data" in button):
        raise Refused("Bad Request: inline keyboard button must have exactly one action")
    if "url" in button and not re.match(r"(https?|tg)://[^\s]+", button["url"]):
        raise Refused("Bad Request: inline keyboard button URL is invalid: BUTTON_URL_INVALID")
    if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
        raise Refused("Bad Request: BUTTON_DATA_INVALID")
