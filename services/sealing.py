"""Encryption: boxes under a key (XChaCha20-Poly1305) and boxes sealed to a public key (X25519), padded to sizes."""

import secrets
from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import CryptoError

NONCE_SIZE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
KEY_SIZE = bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES
SMALLEST = 256
LARGEST_STEP = 4096


class Unreadable(Exception):
    """A box that this key or these associated data do not open."""


def pad(words: bytes) -> bytes:
    """`words` filled up to 256, 512, 1024, 2048 or a multiple of 4096 bytes, so that a size tells little."""
    filled = len(words) + 1
    size = SMALLEST
    while size < filled and size < LARGEST_STEP:
        size *= 2
    size = -(-filled // size) * size
    return words + b"\x80" + bytes(size - filled)


def unpad(padded: bytes) -> bytes:
    """What `pad` was given. Raises Unreadable if it is not padded."""
    words = padded.rstrip(b"\0")
    if words[-1:] != b"\x80":
        raise Unreadable("not padded")
    return words[:-1]


def bound(*parts: str | bytes | int) -> bytes:
    """Associated data that no other parts can equal: each part with its length before it."""
    encoded = [part if isinstance(part, bytes) else str(part).encode(errors="surrogatepass") for part in parts]
    return b"".join(len(part).to_bytes(4) + part for part in encoded)


@dataclass(frozen=True, slots=True)
class Box:
    """A secret key of 32 bytes that seals and opens."""

    key: bytes = field(repr=False)

    def seal(self, words: bytes, associated: bytes) -> bytes:
        """A random nonce (24 bytes) and the ciphertext of `words`, padded; opens only with the same `associated`."""
        nonce = secrets.token_bytes(NONCE_SIZE)
        return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(pad(words), associated, nonce, self.key)

    def open(self, box: bytes, associated: bytes) -> bytes:
        """What was sealed. Raises Unreadable."""
        try:
            padded = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
                box[NONCE_SIZE:], associated, box[:NONCE_SIZE], self.key
            )
        except (CryptoError, ValueError) as fault:
            raise Unreadable("a box does not open") from fault
        return unpad(padded)


def new_box() -> Box:
    """A box with a new random key."""
    return Box(secrets.token_bytes(KEY_SIZE))


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair, 32 bytes each."""

    public: bytes
    private: bytes = field(repr=False)


def new_key_pair() -> KeyPair:
    """A new random key pair."""
    return key_pair(secrets.token_bytes(bindings.crypto_box_SECRETKEYBYTES))


def key_pair(private: bytes) -> KeyPair:
    """The pair of a private key (any 32 secret bytes)."""
    return KeyPair(bindings.crypto_scalarmult_base(private), private)


def seal_to(public: bytes, words: bytes, associated: bytes) -> bytes:
    """`words` in a libsodium sealed box that only the private key of `public` opens; `associated` is bound inside."""
    return bindings.crypto_box_seal(pad(bound(associated) + words), public)


def open_sealed(private: bytes, box: bytes, associated: bytes) -> bytes:
    """What was sealed to the public key of `private`, or of one of several in a ring. Raises Unreadable."""
    words, label = _unsealed(private, box), bound(associated)
    if not words.startswith(label):
        raise Unreadable("a sealed box from elsewhere")
    return words[len(label) :]


def moved(private: bytes, box: bytes, public: bytes) -> bytes:
    """A box that a key or ring opens, sealed to another public key, with what is bound inside. Raises Unreadable."""
    return bindings.crypto_box_seal(pad(_unsealed(private, box)), public)


def keys_of(ring: bytes) -> list[bytes]:
    """The private keys of a ring, the newest first: one, or more while boxes move from one to the other."""
    return [ring[start : start + KEY_SIZE] for start in range(0, len(ring), KEY_SIZE)]


def _unsealed(ring: bytes, box: bytes) -> bytes:
    for private in keys_of(ring):
        pair = key_pair(private)
        try:
            return unpad(bindings.crypto_box_seal_open(box, pair.public, pair.private))
        except (CryptoError, ValueError):
            continue
    raise Unreadable("a sealed box does not open")
