"""Pa11y (HTML_CodeSniffer, WCAG2AA) on pages: `make pa11y`. Every kind of screen in four languages, or of ARGS; `all`.

Ends with an error where it finds anything.
"""

import asyncio
import sys

from bench.looking import Seen, looked
from bot.app import content
from bot.turns import Content
from dialogs.engine import Turn
from tests.bot.channels.webchat.gallery import application, pages, places
from tests.bot.channels.webchat.stage import served
from tests.bot.channels.webchat.test_screens import KINDS
from tests.test_catalogues import LANGUAGES


async def faults(said: Content, turns: dict[str, Turn], language: str, *, every: bool) -> tuple[int, int]:
    """How many pages of a language were looked at, and how many faults were told and printed."""
    shown = dict(pages(said, turns, language))
    names = list(shown) if every else [name for name in KINDS if name in shown]
    count = 0
    async with served(application(shown)) as url:
        async for told in looked("pa11y", [Seen(name, f"{url}/{name}") for name in names]):
            for fault in told["found"]:
                count += 1
                print(f"{language} {told['name']}: {fault['message']} [{fault['code']}] {fault['context']}")  # noqa: T201
    return len(names), count


async def main(languages: list[str], *, every: bool) -> int:
    """All of them; 1 where there is a fault."""
    said, turns = content(), places()
    found = [await faults(said, turns, language, every=every) for language in languages]
    print(f"{sum(pages for pages, _ in found)} pages, {sum(count for _, count in found)} faults")  # noqa: T201
    return int(any(count for _, count in found))


if __name__ == "__main__":
    wanted = [word for word in sys.argv[1:] if word != "all"]
    sys.exit(asyncio.run(main(wanted or list(LANGUAGES), every="all" in sys.argv)))
