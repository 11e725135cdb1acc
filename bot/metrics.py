"""`/metrics` for Prometheus: turns, texts, the queue in numbers. Nobody in it, and no finer time than a minute."""

import asyncio
import hmac
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import get_args

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.tally import BUCKETS, Tally
from dialogs.commands import Urgency
from services.database import Database, reachable
from services.figures.figures import Figures, figures
from services.referrals import life
from services.referrals.targets import Targets

SAME_S = 60.0  # who reads it all the time cannot tell when somebody spoke
URGENCIES: tuple[str, ...] = get_args(Urgency)
NOTHING = Figures({}, 0, {}, {}, 0)


class Metrics:
    """The page, made anew once a minute at most. `advice`: the adviser's counts, where one is asked."""

    def __init__(self, database: Database, tally: Tally, advice: Mapping[str, int], token: str, aims: Targets) -> None:
        """`token`: what the one who asks must bear; `aims`: after how long something is late."""
        self._database, self._token, self._aims = database, token.encode(), aims
        self._state = _State(tally, advice)
        self._registry = CollectorRegistry()
        self._registry.register(self._state)
        ProcessCollector(registry=self._registry)
        self._page, self._made = b"", -SAME_S
        self._one = asyncio.Lock()

    def mount(self, app: web.Application) -> None:
        """Add the address."""
        app.router.add_get("/metrics", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode(errors="replace")
        if not hmac.compare_digest(given, b"Bearer " + self._token):
            return web.Response(status=401, text="a token is needed\n", headers={"WWW-Authenticate": "Bearer"})
        async with self._one:
            if time.monotonic() - self._made >= SAME_S:
                await self._make()
        return web.Response(body=self._page, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _make(self) -> None:
        self._made = time.monotonic()
        self._state.ready = await reachable(self._database)
        self._state.figures, self._state.at = NOTHING, int(time.time())
        if self._state.ready:
            async with self._database.read() as tx:
                self._state.figures = await figures(tx, self._aims, self._state.at)
        self._page = generate_latest(self._registry)


class _State(Collector):
    """What the page tells, as Prometheus wants it. Each label has few values, and they are listed in the code."""

    def __init__(self, tally: Tally, advice: Mapping[str, int]) -> None:
        self._tally, self._advice = tally, advice
        self.figures, self.ready, self.at = NOTHING, False, 0

    def collect(self) -> Iterable[Metric]:
        """All of it."""
        yield from self._turns()
        yield from self._texts()
        yield GaugeMetricFamily("passerelle_database_ready", "Whether the database answers", value=int(self.ready))
        if self.ready:
            yield from self._queue()

    def _turns(self) -> Iterator[Metric]:
        turns = CounterMetricFamily("passerelle_turns", "Messages handled", labels=("channel", "outcome"))
        for labels, count in self._tally.turns.items():
            turns.add_metric(labels, count)
        yield turns
        took = HistogramMetricFamily(
            "passerelle_turn_seconds", "What a turn took, till its commit", labels=("channel",)
        )
        for channel, times in self._tally.times.items():
            limits = (*map(str, BUCKETS), "+Inf")
            took.add_metric((channel,), list(zip(limits, accumulate(times.within), strict=True)), times.sum)
        yield took
        yield CounterMetricFamily("passerelle_replies", "Replies surely sent", value=self._tally.replies)
        asked = CounterMetricFamily("passerelle_api_requests", "Requests to the API", labels=("operation", "status"))
        for (operation, status), count in self._tally.asked.items():
            asked.add_metric((operation, str(status)), count)
        yield asked

    def _texts(self) -> Iterator[Metric]:
        texts = CounterMetricFamily("passerelle_texts", "Texts read", labels=("understood",))
        for understood in (True, False):
            texts.add_metric(("yes" if understood else "no",), self._tally.texts[understood])
        yield texts
        advice = CounterMetricFamily(
            "passerelle_advice", "Questions to the adviser; our own answers unless it answered", labels=("outcome",)
        )
        for outcome, count in sorted(self._advice.items()):
            advice.add_metric((outcome,), count)
        yield advice

    def _queue(self) -> Iterator[Metric]:
        sizes = GaugeMetricFamily("passerelle_referrals", "Referrals", labels=("state", "urgency"))
        for state in life.STATES:
            for urgency in URGENCIES:
                sizes.add_metric((state, urgency), self.figures.referrals.get((state, urgency), 0))
        yield sizes
        yield GaugeMetricFamily("passerelle_referrals_unread", "Those with messages unread", value=self.figures.unread)
        oldest = GaugeMetricFamily(
            "passerelle_referrals_oldest_wait_seconds",
            "How long the oldest waits that nobody holds",
            labels=("urgency",),
        )
        for urgency in URGENCIES:
            oldest.add_metric((urgency,), max(0, self.at - self.figures.oldest.get(urgency, self.at)))
        yield oldest
        late = GaugeMetricFamily("passerelle_referrals_late", "Those that a target has passed for", labels=("urgency",))
        for urgency in URGENCIES:
            late.add_metric((urgency,), self.figures.late.get(urgency, 0))
        yield late
        unanswered = self.figures.unanswered
        yield GaugeMetricFamily("passerelle_referrals_unanswered", "Those nobody answered in time", value=unanswered)
