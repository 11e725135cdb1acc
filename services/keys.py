"""The key file: 32 random bytes outside the database and its backups, from which every other secret is derived."""

import contextlib
import hashlib
import os
import secrets
import stat
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from nacl.signing import SigningKey

from services.sealing import Box, bound

SIZE = 32
SELECTOR_SIZE = 8
SALT_SIZE = 16
UPDATE_SIZE = 16
CHECK_SIZE = 16
OTHERS = 0o077  # the rights of everybody but ourselves


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks on a channel: the address, the conversation's key in the database, the box its session lies in.

    `route`: what the address is sealed in, where it must be read while nobody speaks.
    """

    channel: str
    address: str = field(repr=False)
    key: bytes
    box: Box = field(repr=False)
    route: Box = field(repr=False)


class Keys:
    """What the key file gives. Never printed, never stored."""

    def __init__(self, root: bytes) -> None:
        """`root`: the 32 bytes of the key file. Raises ValueError on another size."""
        if len(root) != SIZE:
            raise ValueError(f"the key file must hold exactly {SIZE} bytes: this is another file, or it is damaged")
        self._root = root

    @classmethod
    def new(cls) -> "Keys":
        """Keys of this process only: what they seal dies with it."""
        return cls(secrets.token_bytes(SIZE))

    @classmethod
    def load(cls, path: Path, *, make: bool = True) -> "Keys":
        """The keys of the file at `path`, made (mode 0600) if there is none and `make` allows it.

        Raises ValueError, with a sentence for people: it is missing, others may read it, it has another size; OSError.
        """
        if not path.exists():
            if not make:
                raise ValueError(
                    f"the key file {path} is missing, and this database was used with one: put it back. "
                    "A new one would open nothing of what is there."
                )
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & OTHERS:
            raise ValueError(f"others may read the key file {path}: chmod 600 {path}")
        return cls(path.read_bytes())

    def check(self) -> bytes:
        """What a database may keep to know this key file again: 16 bytes that tell nothing about it."""
        return self.purpose("check value")[:CHECK_SIZE]

    def purpose(self, label: str) -> bytes:
        """A key of 32 bytes for one purpose, independent of all others."""
        return hashlib.blake2b(label.encode(), key=self._root, digest_size=SIZE, person=b"passerelle").digest()

    def conversation(self, channel: str, address: str) -> bytes:
        """The conversation's key in the database: 32 bytes that do not tell the address."""
        return _mac(self._conversation, bound(channel, address), SIZE)

    def session_box(self, channel: str, address: str) -> Box:
        """What a session is sealed with: the key file and the address are both needed to open it."""
        return Box(_mac(self._session, bound(channel, address), SIZE))

    def speaker(self, channel: str, address: str) -> Speaker:
        """Who speaks at `address`."""
        key, box = self.conversation(channel, address), self.session_box(channel, address)
        return Speaker(channel, address, key, box, self._route)

    def update(self, speaker: Speaker, key: str) -> bytes:
        """An update's key within its conversation: 16 bytes."""
        return _mac(self._update, bound(speaker.key, key), UPDATE_SIZE)

    def outbox(self) -> Box:
        """What the outbox's rows are sealed with."""
        return self._outbox

    def route(self) -> Box:
        """What an address is sealed with that is written to once."""
        return self._route

    def sent(self) -> Box:
        """What the ids of sent messages are sealed with."""
        return self._sent

    def selector(self, receipt: bytes) -> bytes:
        """Where a receipt is found: 8 bytes."""
        return _mac(self._selector, receipt, SELECTOR_SIZE)

    def salt(self, receipt: bytes) -> bytes:
        """What a receipt's slow hash is salted with: 16 bytes that a thief of the database does not have."""
        return _mac(self._salt, receipt, SALT_SIZE)

    def professional(self, digits: str) -> bytes:
        """What is kept of a professional code: 32 bytes."""
        return _mac(self.purpose("professional codes"), digits.encode(), SIZE)

    def signing(self) -> SigningKey:
        """What says where the audit ended (Ed25519): whoever has its public half can tell that it was this server."""
        return SigningKey(self.purpose("anchor"))

    @cached_property
    def _conversation(self) -> bytes:
        return self.purpose("conversation")

    @cached_property
    def _session(self) -> bytes:
        return self.purpose("session")

    @cached_property
    def _update(self) -> bytes:
        return self.purpose("update")

    @cached_property
    def _selector(self) -> bytes:
        return self.purpose("selector")

    @cached_property
    def _salt(self) -> bytes:
        return self.purpose("salt")

    @cached_property
    def _outbox(self) -> Box:
        return Box(self.purpose("outbox"))

    @cached_property
    def _route(self) -> Box:
        return Box(self.purpose("pings"))

    @cached_property
    def _sent(self) -> Box:
        return Box(self.purpose("sent"))


def _mac(key: bytes, message: bytes, size: int) -> bytes:
    return hashlib.blake2b(message, key=key, digest_size=size).digest()


def _make(path: Path) -> None:
    """Write the file whole or not at all, even when two processes start at once: the first one's stays."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
