"""A few kills of each kind; `python -m bench kills` does hundreds. With a server of its own, as it crashes too."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from bench.databases import server
from bench.kills import Plan, looked, prepare, storm
from bench.storm import Act, noted
from services.database import open_database

FEW = Plan(kills=12, workers=3, crash_each=5)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_kills_in_the_middle_of_everything_lose_nothing_and_double_nothing(kind: str, tmp_path: Path):
    with server() as there:
        if kind == "postgresql" and there is None:
            pytest.skip("no PostgreSQL here")
        postgresql = there is not None and kind == "postgresql"
        url = there.new("storm") if there and postgresql else f"sqlite:///{tmp_path}/storm.sqlite"
        stage = asyncio.run(prepare(url, tmp_path, FEW.workers))
        outcome = storm(stage, FEW, there.crash if there and postgresql else None)
        assert outcome.faults == []
        assert outcome.crashes == (2 if postgresql else 0)
        assert outcome.acts["submit"] > 0
        asyncio.run(spoil(stage.url))
        told = "\n".join(asyncio.run(looked(stage)))
    assert "is there in part" in told, "what is missing is found"
    assert "its records say" in told, "a state that nobody set is found"


async def spoil(url: str) -> None:
    """Take a data key away, and bring a referral where no record says that it is."""
    database = open_database(url)
    async with database.begin() as tx:
        await tx.execute(text("DELETE FROM sealed_keys WHERE referral_id = (SELECT min(referral_id) FROM sealed_keys)"))
        await tx.execute(text("UPDATE referrals SET state = 'passed_on' WHERE id = (SELECT max(id) FROM referrals)"))
    await database.close()


def test_a_line_that_a_kill_cut_was_not_begun(tmp_path: Path):
    journal = tmp_path / "journal"
    journal.write_text(
        '{"begun": {"id": "a", "kind": "write", "referral": "R", "choice": ""}}\n{"begun": {"id": "b", "k'
    )
    assert noted(journal) == ([Act("a", "write", "R")], {})
