"""Telegram's HTML, as strictly as the Bot API reads it."""

import html
import re
from typing import Any

TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"}
_TOKEN = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);|([<&])|([^<&]+)")


class Refused(Exception):
    """What the Bot API answers with 400 or 403."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description, self.code, self.parameters = description, code, parameters


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The words and their entities. Refuses an unknown or unclosed tag, a bare < or an unknown &entity;."""
    text, open_tags, entities = "", [], []
    for closing, tag, _, entity, bare, words in _TOKEN.findall(source):
        if bare == "<" or (tag and tag not in TAGS):
            raise Refused("Bad Request: can't parse entities: unsupported start tag")
        if not tag:
            text += html.unescape(f"&{entity};") if entity else bare or words
        elif not closing:
            open_tags.append((tag, units(text)))
        elif not open_tags or open_tags[-1][0] != tag:
            raise Refused("Bad Request: can't parse entities: unmatched end tag")
        else:
            _, start = open_tags.pop()
            entities.append({"type": tag, "offset": start, "length": units(text) - start})
    if open_tags:
        raise Refused("Bad Request: can't parse entities: can't find end tag")
    return text, entities


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
