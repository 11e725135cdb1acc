"""Coordinators' passwords: which will do, and the slow hash that makes a key of one."""

import hashlib
import unicodedata

from nacl import pwhash

from services.keys import Keys
from services.lines import Line
from services.rights import Refused
from services.sealing import Box

SHORTEST = 12
LONGEST = 1024
FEWEST_CHARACTERS = 6
SALT_SIZE = int(pwhash.argon2id.SALTBYTES)
HASH_PASSES = 3
HASH_MEMORY = 64 * 1024 * 1024
MOST_WAITING = 12

# Strangers wait in a line of their own, which they may fill; browsers that signed in before have another.
STRANGERS = Line("password", MOST_WAITING)
KNOWN = Line("known-password", MOST_WAITING)


def wrong_length(password: str) -> bool:
    """Whether it is shorter than 12 characters, or longer than anybody's."""
    return not SHORTEST <= len(password) <= LONGEST


def too_plain(password: str, name: str = "") -> bool:
    """Whether it is made of fewer than six different characters, or of little more than the name."""
    bare = password.casefold()
    rest = bare.replace(name.casefold(), "") if name else bare
    return len(set(bare)) < FEWEST_CHARACTERS or len(rest) < FEWEST_CHARACTERS


def check(password: str, name: str) -> None:
    """Raise Refused (bad_password, plain_password) for one that will not do."""
    if wrong_length(password):
        raise Refused("bad_password")
    if too_plain(password, name):
        raise Refused("plain_password")


async def stretch(keys: Keys, password: str, salt: bytes, *, known: bool = False) -> bytes:
    """32 bytes that take 64 MiB, a good moment and the key file to compute: in a thread, one at a time.

    `known`: it comes from a browser that signed in before. Raises Busy.
    """
    words = unicodedata.normalize("NFKC", password[: LONGEST + 1]).encode(errors="replace")
    peppered = hashlib.blake2b(words, key=keys.purpose("passwords")).digest()
    return await (KNOWN if known else STRANGERS).run(_slow, peppered, salt)


def verifier(stretched: bytes) -> str:
    """What is stored to check a password by."""
    digest = hashlib.blake2b(stretched, person=b"verifier", digest_size=32).hexdigest()
    return f"argon2id$m={HASH_MEMORY // 1024},t={HASH_PASSES}${digest}"


def private_box(stretched: bytes) -> Box:
    """What a coordinator's own key is sealed with."""
    return Box(hashlib.blake2b(stretched, person=b"private key", digest_size=32).digest())


def _slow(peppered: bytes, salt: bytes) -> bytes:
    return pwhash.argon2id.kdf(32, peppered, salt, opslimit=HASH_PASSES, memlimit=HASH_MEMORY)
