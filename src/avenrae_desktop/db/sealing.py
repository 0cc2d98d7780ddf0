"""Sealing small things: AES-256-GCM under a random key, or under one that a password is turned into (Argon2id)."""

import os
import unicodedata

KEY_BYTES = 32
_NONCE_BYTES = 12


def secret_bytes(password: str) -> bytes:
    """The same password typed on another keyboard may arrive composed differently."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def derived(secret: bytes, salt: bytes, *, memory_kib: int, passes: int, lanes: int) -> bytes:
    """A key from a secret that could be guessed; the rest says how much work each guess is."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory_kib).derive(
        secret
    )


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Only the same key opens it, and only where `bound_to` is the same."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was sealed, or None if key or surroundings are not the same."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        return None
