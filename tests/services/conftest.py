"""Keys, a speaker, and receipts made once because they are slow."""

import asyncio

import pytest

from services.keys import Keys, Speaker
from services.referrals.claims import Derived, prepare
from tests.services.queue_stage import people as people
from tests.services.queue_stage import submit as submit


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture
def speaker(keys: Keys) -> Speaker:
    return keys.speaker("telegram", "4242")


@pytest.fixture(scope="session")
def receipts(keys: Keys) -> tuple[Derived, Derived]:
    return asyncio.run(prepare(keys)), asyncio.run(prepare(keys))
