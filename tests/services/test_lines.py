"""A line for slow work: who asks again and again waits behind who asked less, and is turned away first."""

import asyncio
import threading
from collections.abc import Hashable

import pytest

from services.lines import Busy, Line

MOST = 4


@pytest.fixture
def line() -> Line:
    return Line("tried", MOST)


async def held(line: Line) -> tuple[threading.Event, "asyncio.Task[object]"]:
    """What is being served until the event is set."""
    go_on = threading.Event()
    task: asyncio.Task[object] = asyncio.create_task(line.run_for(("first",), go_on.wait))
    await asyncio.sleep(0)
    return go_on, task


async def asks(line: Line, done: list[str], name: str, *whose: Hashable) -> None:
    await line.run_for(whose or (name,), done.append, name)


async def started(line: Line, done: list[str], *names: str) -> list["asyncio.Task[None]"]:
    tasks = [asyncio.create_task(asks(line, done, name)) for name in names]
    await asyncio.sleep(0)
    return tasks


async def test_who_came_first_is_served_first_among_those_who_asked_as_often(line: Line):
    go_on, first = await held(line)
    done = list[str]()
    tasks = await started(line, done, "ana", "bea", "cleo")
    go_on.set()
    await asyncio.gather(first, *tasks)
    assert done == ["ana", "bea", "cleo"]


async def test_who_asked_less_of_late_is_served_before_those_who_asked_more(line: Line):
    done = list[str]()
    for _ in range(3):
        await asks(line, done, "again")
    await asks(line, done, "once")
    go_on, first = await held(line)
    tasks = await started(line, done, "again", "once", "never")
    go_on.set()
    await asyncio.gather(first, *tasks)
    assert done[-3:] == ["never", "once", "again"]


async def test_of_a_session_and_a_receipt_the_one_that_came_more_often_counts(line: Line):
    done = list[str]()
    await asks(line, done, "", "session 1", "receipt")
    go_on, first = await held(line)
    tasks = [
        asyncio.create_task(asks(line, done, name, *whose))
        for name, whose in (("same receipt", ("session 2", "receipt")), ("other", ("session 3", "other receipt")))
    ]
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(first, *tasks)
    assert done[-2:] == ["other", "same receipt"]


async def test_in_a_full_line_who_asked_most_makes_room_and_one_of_many_newcomers_is_told_to_wait(line: Line):
    done = list[str]()
    await asks(line, done, "again")
    go_on, first = await held(line)
    again, *others = await started(line, done, "again", "ana", "bea")
    others += await started(line, done, "cleo")
    with pytest.raises(Busy):
        await again
    with pytest.raises(Busy):
        await asks(line, done, "dora")
    go_on.set()
    await asyncio.gather(first, *others)
    assert done[-3:] == ["ana", "bea", "cleo"]


async def test_who_leaves_the_line_holds_up_nobody(line: Line):
    go_on, first = await held(line)
    done = list[str]()
    tasks = await started(line, done, "ana", "bea", "cleo")
    tasks[0].cancel()
    first.cancel()
    go_on.set()
    await asyncio.gather(*tasks[1:])
    assert done == ["bea", "cleo"]
    await asks(line, done, "dora")


async def test_eight_receipts_shown_without_end_in_ever_new_sessions_keep_nobody_out(line: Line):
    """Somebody holds twice as many receipts as the line takes, and shows each without end."""
    seen, under_way = dict.fromkeys(range(2 * MOST), 0), asyncio.Event()

    async def shows(receipt: int) -> None:
        while True:
            seen[receipt] += 1
            if min(seen.values()) == 3:
                under_way.set()
            try:
                await line.run_for((f"session {receipt} {seen[receipt]}", receipt), lambda: None)
            except Busy:
                await asyncio.sleep(0)

    attack = [asyncio.create_task(shows(receipt)) for receipt in seen]
    await under_way.wait()
    done = list[str]()
    for name in range(100):
        await asks(line, done, f"holder {name}")
    assert len(done) == 100
    for task in attack:
        task.cancel()
    await asyncio.gather(*attack, return_exceptions=True)
