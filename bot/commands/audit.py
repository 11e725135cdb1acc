"""The record of who did what, examined from the command line, also against lines that were kept elsewhere."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings

if TYPE_CHECKING:
    from services.database import Transaction
    from services.keys import Keys


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the chain ended at a time (UTC). `signature`: Ed25519 over these three, of the public `key`; all in hex.

    Whoever keeps the lines can check them with the key of the first, and without the key file.
    """

    at: str
    records: int
    hash: str
    key: str
    signature: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit: the number of the record, and what is wrong."""

    record: int
    what: str


async def anchor(_: argparse.Namespace) -> int:
    """Print one line of JSON; whoever holds it can tell later whether an older record was rewritten."""
    from bot.app import opened
    from services import audit

    async with opened(Settings()) as (database, keys), database.read() as tx:
        records, end = await audit.anchor(tx)
    at = datetime.fromtimestamp(int(time.time()), UTC).isoformat()
    signing, signed = keys.signing(), _signed(at, records, end.hex())
    line = Anchor(at, records, end.hex(), bytes(signing.verify_key).hex(), signing.sign(signed).signature.hex())
    print(json.dumps(asdict(line)))
    return 0


async def verify(options: argparse.Namespace) -> int:
    """Follow the whole chain, and look for each line kept elsewhere; 1 when anything does not fit.

    Raises OSError, ValueError for a file of anchors that cannot be read.
    """
    from bot.app import opened
    from services import audit

    kept = list(_kept(options.anchors)) if options.anchors else []
    async with opened(Settings()) as (database, keys), database.read() as tx:
        broken = await audit.verify(tx)
        faults = [Fault(broken.id, "it, or what follows, does not fit the chain")] if broken else []
        faults += [fault for one in kept if (fault := await _unlike(tx, keys, one))]
        records = await audit.count(tx)
    if options.json:
        found = {"ok": not faults, "records": records, "anchors": len(kept), "faults": [asdict(f) for f in faults]}
        print(json.dumps(found))
    else:
        for fault in faults:
            print(f"record {fault.record}: {fault.what}", file=sys.stderr)
        print(f"{records} records, {len(kept)} anchors: {'something does not fit' if faults else 'all fit'}")
    return 1 if faults else 0


async def _unlike(tx: "Transaction", keys: "Keys", one: Anchor) -> Fault | None:
    from services import audit

    if not _ours(keys, one):
        return Fault(one.records, f"the anchor of {one.at} was not made with this key file, or was changed")
    found = await audit.hash_of(tx, one.records)
    if found is None:
        return Fault(one.records, f"it is gone; it was there at {one.at}")
    return None if found.hex() == one.hash else Fault(one.records, f"it is not the one that was there at {one.at}")


def _kept(path: Path) -> Iterator[Anchor]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                values = json.loads(line)
                told = (str(values[name]) for name in ("hash", "key", "signature"))
                yield Anchor(str(values["at"]), int(values["records"]), *told)
            except (ValueError, KeyError, TypeError):
                raise ValueError(f"{path}, line {number}: this is no line of `passerelle audit anchor`") from None


def _ours(keys: "Keys", one: Anchor) -> bool:
    """Whether the line was signed with this key file, and is as it was signed."""
    from nacl.exceptions import BadSignatureError

    ours = keys.signing().verify_key
    try:
        ours.verify(_signed(one.at, one.records, one.hash), bytes.fromhex(one.signature))
    except (BadSignatureError, ValueError):
        return False
    return one.key == bytes(ours).hex()


def _signed(at: str, records: int, end: str) -> bytes:
    return f"{at} {records} {end}".encode()
