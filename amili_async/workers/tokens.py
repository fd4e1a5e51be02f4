"""One access token for all workers, kept encrypted in the database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from amili_async.auth import EARLY_S, Token, TokenSource
from amili_async.clock import Clock
from amili_async.config import Config
from amili_async.errors import ConfigError
from amili_async.workers.database import speaking
from amili_async.workers.vault import VARIABLE, Vault

if TYPE_CHECKING:
    from psycopg_pool import AsyncConnectionPool

__all__ = ["SharedTokens"]

_READ: Final = "SELECT token, extract(epoch FROM expires_at - clock_timestamp())::float8 FROM amili_token WHERE id = %s"
_WRITE: Final = (
    "INSERT INTO amili_token (id, token, expires_at) VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s)) "
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at"
)


class SharedTokens:
    """A source of tokens that asks for one only if no other worker has.

    Args:
        own: Asks the token service.
        pool: Connections to the database.
        url: Of the database, for messages.
        vault: Encrypts the token.
        config: Whose tokens they are.
        clock: Time.

    Raises:
        ConfigError: There are no keys to encrypt it with.
    """

    def __init__(
        self,
        own: TokenSource,
        pool: AsyncConnectionPool[Any],
        *,
        url: str,
        vault: Vault,
        config: Config,
        clock: Clock,
    ) -> None:
        if not vault.is_secret:
            raise ConfigError(f"a token is shared encrypted only: set keys for it ({VARIABLE})")
        self._own = own
        self._pool = pool
        self._url = url
        self._vault = vault
        self._clock = clock
        about = f"{config.token_service_url}\n{config.client_id}".encode()
        self._id = hashlib.blake2b(about, digest_size=16).digest()
        self._held: Token | None = None
        self._good_until = float("-inf")
        self._rejected: str | None = None
        self._fetched: Token | None = None

    async def get(self) -> Token:
        """A token that is good now.

        Raises:
            AuthError: None could be had.
            JournalError: The database cannot be used.
        """
        if self._held is not None and self._clock.monotonic() < self._good_until:
            return self._held
        with speaking(self._url):
            async with self._pool.connection() as connection, connection.transaction():
                found = await self._read(connection)
                if found is None:
                    # One of all workers asks; the others wait here, and find its token.
                    await connection.execute(
                        "SELECT pg_advisory_xact_lock(%s)", (int.from_bytes(self._id[:8], "big", signed=True),)
                    )
                    found = await self._read(connection) or await self._fetch(connection)
        self._held, left_s = found
        self._good_until = self._clock.monotonic() + left_s - _early(self._held)
        return self._held

    def reject(self, token: Token) -> bool:
        """Forget a token that the API answered 401 to."""
        self._rejected = token.value
        if self._held is not None and self._held.value == token.value:
            self._held = None
        return True

    async def _read(self, connection: Any) -> tuple[Token, float] | None:
        row = await (await connection.execute(_READ, (self._id,))).fetchone()
        if row is None:
            return None
        token = msgspec.json.decode(self._vault.open(bytes(row[0])), type=Token)
        usable = token.value != self._rejected and row[1] > _early(token)
        return (token, row[1]) if usable else None

    async def _fetch(self, connection: Any) -> tuple[Token, float]:
        if self._fetched is not None:
            self._own.reject(self._fetched)  # a new one, and not what is left of the last one
        token = self._fetched = await self._own.get()
        sealed = self._vault.seal(msgspec.json.encode(token))
        await connection.execute(_WRITE, (self._id, sealed, token.expires_in_s))
        return token, token.expires_in_s


def _early(token: Token) -> float:
    return min(EARLY_S, 0.1 * token.expires_in_s)
