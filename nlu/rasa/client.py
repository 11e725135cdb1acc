"""Asks a Rasa server what redacted texts mean. Whatever goes wrong there, our own model answers."""

import asyncio
import logging
import math
import random
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self

import aiohttp
import orjson

from nlu.rasa.breaker import Breaker
from nlu.rasa.form import in_form
from nlu.understanding import Advice

DEADLINE_S = 0.5
AT_ONCE = 4  # questions: Rasa answers one after the other, so more would only wait
LONGEST_ANSWER = 65_536  # bytes

log = logging.getLogger("passerelle.rasa")


class Wrong(Exception):
    """The answer is not what Rasa with our intents gives."""


class Rasa:
    """A Rasa server, asked by `advise`; to be entered as a context, which closes its connections.

    `counts`: how questions went, for `answered`, `slow`, `down`, `wrong`, `paused` (not asked, after failures) and
    `busy` (not asked, since too many are waiting). It never holds a text.
    """

    def __init__(self, url: str, token: str, known: frozenset[str]) -> None:
        """`url`: the server's base address. `known`: the intents that it may name."""
        self._url, self._token, self._known = f"{url.rstrip('/')}/model/parse", token, known
        self._breaker = Breaker(time.monotonic, random.Random())  # noqa: S311 (pauses, not secrets)
        self._waiting = 0
        self.counts: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        """Open; the server need not be there yet."""
        # A proxy of the surroundings would see what people write; a redirect could lead anywhere.
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(DEADLINE_S), trust_env=False)
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """Close."""
        await self._http.close()

    async def advise(self, text: str) -> Advice | None:
        """Each intent's likelihood for a redacted text; None where Rasa has no answer in time. Never raises."""
        words = in_form(text)
        if not words:
            return None
        if self._waiting >= AT_ONCE or not self._breaker.lets_through():
            self.counts["busy" if self._waiting >= AT_ONCE else "paused"] += 1
            return None
        self._waiting += 1
        try:
            found = await self._parsed(words)
        except asyncio.CancelledError:
            self._breaker.went_untold()
            raise
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError, Wrong) as error:
            self._failed(error)
            return None
        finally:
            self._waiting -= 1
        self._answered()
        return found

    async def _parsed(self, words: str) -> Advice:
        asked = self._http.post(self._url, params={"token": self._token}, json={"text": words}, allow_redirects=False)
        async with asked as answer:
            if answer.status != 200:
                raise Wrong
            body = await answer.content.read(LONGEST_ANSWER + 1)
            while not answer.content.at_eof() and len(body) <= LONGEST_ANSWER:
                body += await answer.content.read(LONGEST_ANSWER + 1 - len(body))
        if len(body) > LONGEST_ANSWER:
            raise Wrong
        return likelihoods(orjson.loads(body), self._known)

    def _answered(self) -> None:
        if self._breaker.open:
            log.warning("Rasa answers again; until now: %s", self._told())
        self._breaker.went_well()
        self.counts["answered"] += 1

    def _failed(self, error: Exception) -> None:
        """Only the kind of what went wrong is told: the error itself may hold the address with its token."""
        slow, down = isinstance(error, TimeoutError), isinstance(error, aiohttp.ClientError | OSError)
        self.counts["slow" if slow else "down" if down else "wrong"] += 1
        was_open = self._breaker.open
        self._breaker.went_wrong()
        if self._breaker.open and not was_open:
            log.warning("Rasa fails (%s); our own model answers; until now: %s", type(error).__name__, self._told())

    def _told(self) -> str:
        return ", ".join(f"{count} {how}" for how, count in sorted(self.counts.items()))


def likelihoods(parsed: Any, known: frozenset[str]) -> dict[str, float]:
    """The likelihoods in Rasa's answer. Raises Wrong for another form, or an intent that is not known."""
    try:
        found = {str(entry["name"]): float(entry["confidence"]) for entry in parsed["intent_ranking"]}
    except (KeyError, TypeError, ValueError):
        raise Wrong from None
    if not found or not found.keys() <= known or not all(_is_share(likely) for likely in found.values()):
        raise Wrong
    return found


def _is_share(likely: float) -> bool:
    return math.isfinite(likely) and 0 <= likely <= 1
