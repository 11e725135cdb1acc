"""Lighthouse on every kind of screen: `make lighthouse-kinds`. ARGS: languages, and `least`, as of `make lighthouse`.

Eight seconds a screen on a quiet machine. Ends with an error where a score is less than it must be.
"""

import asyncio
import sys
from collections.abc import Mapping

from bench.lighthouse import FULL, LEAST, held
from bench.looking import Seen
from bot.app import content
from tests.bot.channels.webchat.gallery import application, pages, places
from tests.bot.channels.webchat.stage import served
from tests.bot.channels.webchat.test_screens import KINDS
from tests.test_catalogues import LANGUAGES


async def main(languages: list[str], enough: Mapping[str, int]) -> int:
    """1 where a page has less than the least."""
    said, turns = content(), places()
    whole = True
    for language in languages:
        shown = dict(pages(said, turns, language))
        async with served(application(shown)) as url:
            headers = {"Accept-Language": language}
            seen = [Seen(f"{name} ({language})", f"{url}/{name}", headers) for name in KINDS]
            whole = await held(seen, enough) and whole
    return int(not whole)


if __name__ == "__main__":
    spoken = [word for word in sys.argv[1:] if word != "least"]
    sys.exit(asyncio.run(main(spoken or list(LANGUAGES), LEAST if "least" in sys.argv else FULL)))
