"""Encrypts what no reader of the database may read: the box of a wave, the coach's texts, half-filled forms.

Keys are derived from the application key, which is kept outside the database and its backups: one for
each purpose and each wave (HKDF-SHA256). AES-256-GCM with a random nonce. Nothing sealed says when it
was (a Fernet token would, in clear), and its length tells nothing: it is padded first.
"""

import base64
import hashlib
import hmac
import secrets
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Purpose = Literal["ledger", "box", "form", "comment", "coach", "mark", "audit", "audit-people", "mail"]

#: Characters an application key has at least: 32 bytes of chance, as `cadrage key` prints them, have 43.
SHORTEST = 32
_NONCE, _TAG = 12, 16
_LENGTH = 4  # bytes that say how long the content is
#: Bytes by which something sealed is longer than the size it was padded to.
OVERHEAD = _NONCE + _LENGTH + _TAG


class Unreadable(Exception):
    """What was sealed was sealed with another key, or has been altered. Says nothing of its content."""


def new_key() -> str:
    """A fresh application key: 32 random bytes, as text."""
    return secrets.token_urlsafe(32)


class Sealer:
    """Seals and unseals under keys derived from one application key. Keeps no content."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._known: dict[tuple[str, str], bytes] = {}  # keys of audits, which are used for every record

    def __repr__(self) -> str:
        """Without the key."""
        return "Sealer(***)"

    def mark(self, about: str, user: str) -> bytes:
        """What stands for a user in the ledger of one wave, and in no other."""
        return hmac.new(self._derived("ledger", about), user.encode(), hashlib.sha256).digest()

    def key_mark(self, about: str) -> str:
        """Sixteen characters by which another key is noticed."""
        return hmac.new(self._derived("mark", about), b"cadrage", hashlib.sha256).hexdigest()[:16]

    def link(self, about: str, content: bytes) -> str:
        """The keyed hash of one link of the audit chain of a project, as 64 hex digits."""
        return hmac.new(self._derived("audit", about), content, hashlib.sha256).hexdigest()

    def stand_in(self, about: str, said: str) -> str:
        """What stands for a person or a text in the audit of a project: 32 hex digits from which neither
        can be had back, not even by trying, without the application key."""
        return hmac.new(self._derived("audit-people", about), said.encode(), hashlib.sha256).hexdigest()[:32]

    def seal(self, purpose: Purpose, about: str, content: bytes, *, size: int, bound: str = "") -> bytes:
        """`content`, padded to `size` bytes and encrypted. `bound`: what must be given again to unseal
        it. Raises ValueError when it does not fit."""
        if len(content) > size:
            raise ValueError("what is to be sealed does not fit")
        padded = len(content).to_bytes(_LENGTH, "big") + content + bytes(size - len(content))
        nonce = secrets.token_bytes(_NONCE)
        cipher = AESGCM(self._derived(purpose, about))
        return nonce + cipher.encrypt(nonce, padded, bound.encode())

    def unseal(self, purpose: Purpose, about: str, sealed: bytes, *, bound: str = "") -> bytes:
        """The content. Raises Unreadable."""
        cipher = AESGCM(self._derived(purpose, about))
        try:
            padded = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())
        except (InvalidTag, ValueError):
            raise Unreadable from None
        length = int.from_bytes(padded[:_LENGTH], "big")
        return padded[_LENGTH : _LENGTH + length]

    def seal_text(self, about: str, content: bytes, *, size: int, bound: str) -> str:
        """A half-filled form, as text that can travel inside it."""
        sealed = self.seal("form", about, content, size=size, bound=bound)
        return base64.urlsafe_b64encode(sealed).decode()

    def unseal_text(self, about: str, text: str, *, bound: str) -> bytes:
        """The half-filled form. Raises Unreadable, whatever `text` is."""
        try:
            sealed = base64.urlsafe_b64decode(text.encode())
        except ValueError:
            raise Unreadable from None
        return self.unseal("form", about, sealed, bound=bound)

    def _derived(self, purpose: Purpose, about: str) -> bytes:
        known = self._known.get((purpose, about)) if purpose.startswith("audit") else None
        if known is not None:
            return known
        info = f"cadrage:{purpose}:{about}".encode()
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._key)
        if purpose.startswith("audit"):
            self._known = {**self._known, (purpose, about): derived} if len(self._known) < 512 else {}
        return derived
