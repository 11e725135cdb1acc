"""Brakes slow down, and let go again."""

from services import brakes
from services.brakes import Brake, Requests


def test_a_few_wrong_receipts_slow_nobody_down_and_many_no_more_than_two_seconds():
    brake = Brake()
    for _ in range(brakes.FREE):
        brake.wrong(100)
    assert brake.pause(100) == 0
    pauses = []
    for _ in range(1000):
        brake.wrong(101)
        pauses.append(brake.pause(101))
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (brakes.STEP_S, brakes.LONGEST_S)
    assert brake.pause(101 + brakes.WINDOW_S) == 0


def test_a_conversation_sends_so_many_requests_a_day():
    requests = Requests()
    for number in range(brakes.REQUESTS_A_DAY):
        assert requests.may(b"one", 100 + number)
        requests.sent(b"one", 100 + number)
    assert not requests.may(b"one", 200)
    assert requests.may(b"other", 200)
    assert requests.may(b"one", 100 + brakes.DAY_S)


def test_what_is_counted_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(brakes, "CONVERSATIONS", 3)
    requests = Requests()
    for number in range(10):
        for _ in range(brakes.REQUESTS_A_DAY):
            requests.sent(bytes([number]), 100)
    assert [number for number in range(10) if not requests.may(bytes([number]), 100)] == [7, 8, 9]
