"""A professional's referral in a process of its own, which then dies without a word.

`python -m tests.bot.handed URL KEY [TAP …]`: KEY in hexadecimal; the taps after the professional's own receipt.
"""

import asyncio
import os
import signal
import sys

from bot.app import content
from bot.messages import Reply
from services.database import open_database
from services.keys import Keys
from tests.bot.stage import Guest, host_of

TO_THE_ROOF = ("refer", "adult", "together", "yes", "yes", "yes", "yes", "none", "unknown", "soon", "days")
TO_REVIEW = ("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none")

TO_THE_PERSON = ("finished", "skip", "next")  # a professional's own receipt, its trial, handing over


def two(written: str, between: str = " ") -> str:
    """The two parts of a receipt that are asked for when it is tried."""
    parts = written.split()
    return f"{parts[1]}{between}{parts[4]}"


async def sends(guest: Guest) -> Reply:
    """A referral by a French nurse for a woman who reads Spanish, up to her own receipt."""
    await guest.at_menu("fr", "professional")
    await guest.tap(*TO_THE_ROOF, *TO_REVIEW)
    while guest.choices[0] == "unsaid":
        await guest.tap("unsaid")
    return await guest.tap("ok", "read", "es", "yes", "no")


async def run(url: str, keys: Keys, *taps: str) -> None:
    """The referral and these taps, then the end."""
    host = host_of(open_database(url), keys, content())
    await host.open()
    guest = Guest(host, "web")
    await sends(guest)
    await guest.tap(*taps)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Keys(bytes.fromhex(sys.argv[2])), *sys.argv[3:]))
