"""When a service that fails is asked again."""

import random

import pytest

from nlu.rasa.breaker import FAILURES, LONGEST_PAUSE_S, Breaker


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock, random.Random(1))


def failed(breaker: Breaker, times: int = FAILURES) -> Breaker:
    for _ in range(times):
        assert breaker.lets_through()
        breaker.went_wrong()
    return breaker


def pause(breaker: Breaker, clock: Clock) -> float:
    start = clock.now
    while not breaker.lets_through():
        clock.now += 0.01
    return clock.now - start


def test_a_few_failures_are_forgiven(breaker: Breaker):
    failed(breaker, FAILURES - 1).went_well()
    assert not failed(breaker, FAILURES - 1).open


def test_after_failures_it_is_left_alone_for_a_while(breaker: Breaker):
    assert failed(breaker).open
    assert not breaker.lets_through()


def test_one_question_tries_whether_it_works_again(breaker: Breaker, clock: Clock):
    pause(failed(breaker), clock)
    assert not breaker.lets_through()
    breaker.went_well()
    assert not breaker.open
    assert breaker.lets_through()


def test_pauses_grow_up_to_a_limit(breaker: Breaker, clock: Clock):
    failed(breaker)
    pauses = []
    for _ in range(12):
        pauses.append(pause(breaker, clock))
        breaker.went_wrong()
    assert pauses[0] < pauses[3] < pauses[6]
    assert max(pauses) <= LONGEST_PAUSE_S * 1.5 + 1


def test_two_do_not_come_back_at_the_same_moment():
    clocks = [Clock(), Clock()]
    first, second = (failed(Breaker(clock, random.Random(n))) for n, clock in enumerate(clocks))
    assert pause(first, clocks[0]) != pause(second, clocks[1])


def test_failures_of_those_who_asked_before_do_not_lengthen_the_pause(breaker: Breaker, clock: Clock):
    failed(breaker)
    for _ in range(20):
        breaker.went_wrong()
    assert pause(breaker, clock) < 4


def test_a_trial_that_is_given_up_leaves_room_for_the_next(breaker: Breaker, clock: Clock):
    pause(failed(breaker), clock)
    breaker.went_untold()
    assert breaker.lets_through()
