"""What stands in the database of people and debts: packed, and encrypted if there are keys."""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import msgspec
from attrs import frozen

from amili_async.bulk.outcomes import Outcome
from amili_async.errors import ConfigError, JournalError

__all__ = ["VARIABLE", "Body", "Vault"]

VARIABLE: Final = "AMILI_QUEUE_KEYS"
_PLAIN: Final = b"\0"
_SECRET: Final = b"\1"

T = TypeVar("T")


@frozen
class Body:
    """A record that waits to be sent.

    Attributes:
        index: Position in the run's source.
        at: Position in its portion.
        key: The record's key.
        content: The record as JSON, as it was encoded when it was enqueued.
    """

    index: int
    at: int
    key: str
    content: bytes


class Vault:
    """Packs and unpacks. With keys, the first one encrypts, and all of them decrypt.

    Args:
        keys: Fernet keys, as `cryptography.fernet.Fernet.generate_key()` makes them; the newest one first.

    Raises:
        ConfigError: One is no such key.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._fernet: Any = None
        if not keys:
            return
        try:
            from cryptography.fernet import Fernet, MultiFernet
        except ModuleNotFoundError:
            raise ConfigError(f"{VARIABLE} needs one more package: pip install 'amili-async[workers]'") from None
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            # Without the words of the library, which may quote what was given.
            raise ConfigError(
                f"a key is not 32 bytes in URL-safe base64; make one with `python -c 'from cryptography.fernet import "
                f"Fernet; print(Fernet.generate_key().decode())'` ({VARIABLE})"
            ) from None

    @classmethod
    def from_env(cls) -> Vault:
        """With the keys of `AMILI_QUEUE_KEYS`, separated by commas; without encryption if it is not set."""
        return cls([key.strip() for key in os.environ.get(VARIABLE, "").split(",") if key.strip()])

    def __repr__(self) -> str:
        return f"<Vault {'with' if self.is_secret else 'without'} keys>"

    @property
    def is_secret(self) -> bool:
        """Whether it encrypts."""
        return self._fernet is not None

    def pack_bodies(self, bodies: Iterable[Body]) -> bytes:
        """Records, for the database."""
        return self._pack([(body.index, body.at, body.key, body.content) for body in bodies])

    def unpack_bodies(self, packed: bytes) -> list[Body]:
        """Records from the database.

        Raises:
            JournalError: They cannot be read.
        """
        return [Body(*each) for each in self._unpack(packed, list[tuple[int, int, str, bytes]])]

    def pack_outcomes(self, outcomes: Iterable[Outcome]) -> bytes:
        """Outcomes, for the database: they hold keys of records, and Amili's reasons."""
        return self._pack(list(outcomes))

    def unpack_outcomes(self, packed: bytes) -> list[Outcome]:
        """Outcomes from the database.

        Raises:
            JournalError: They cannot be read.
        """
        return self._unpack(packed, list[Outcome])

    def seal(self, content: bytes) -> bytes:
        """Some bytes, for the database."""
        if self._fernet is None:
            return _PLAIN + content
        return _SECRET + base64.urlsafe_b64decode(self._fernet.encrypt(content))

    def open(self, sealed: bytes) -> bytes:
        """Bytes from the database.

        Raises:
            JournalError: They cannot be read.
        """
        if sealed[:1] == _PLAIN:
            return sealed[1:]
        if self._fernet is None:
            raise JournalError(f"what stands in the database is encrypted, and there is no key for it; set {VARIABLE}")
        from cryptography.fernet import InvalidToken

        try:
            return bytes(self._fernet.decrypt(base64.urlsafe_b64encode(sealed[1:])))
        except InvalidToken:
            raise JournalError(
                "what stands in the database was encrypted with a key that is not here, or is damaged; "
                f"put the key it was encrypted with behind the newest one ({VARIABLE})"
            ) from None

    def _pack(self, content: object) -> bytes:
        return self.seal(zlib.compress(msgspec.msgpack.encode(content), 1))

    def _unpack(self, packed: bytes, kind: type[T]) -> T:
        content = self.open(packed)
        try:
            return msgspec.msgpack.decode(zlib.decompress(content), type=kind)
        except (zlib.error, msgspec.MsgspecError) as error:
            raise JournalError("what stands in the database of a portion is damaged; use a backup of it") from error
