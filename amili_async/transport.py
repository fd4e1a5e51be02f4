"""Bytes out, bytes in: the one place that drives aiohttp's client.

It sends a request once. Whatever aiohttp raises becomes a `TransportError` that knows whether the request can have
left.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Final, Self
from urllib.parse import quote, urlsplit

import aiohttp
from yarl import URL

from amili_async.auth import Token
from amili_async.config import USER_AGENT, Config
from amili_async.errors import ClientStateError, TransportError, TransportTimeoutError
from amili_async.request import RawResponse, Request

__all__ = ["MAX_RESPONSE_BYTES", "Transport"]

#: An answer longer than this is cut off with an error instead of filling the memory.
MAX_RESPONSE_BYTES: Final = 64 * 1024 * 1024


class _DroppedError(Exception):
    """A dropped connection, in a type that aiohttp does not know and therefore does not resend for."""


class _TooLongError(Exception):
    """An answer that was cut off, by its status."""


class _LowerLayerError(Exception):
    """Stands for an error of aiohttp as the cause of ours, by the name of its class alone."""


async def _no_hidden_resend(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # aiohttp sends GET, PUT and DELETE once more by itself when a kept-alive connection turns out to be closed. Only
    # our own retry engine may resend, because it counts, logs and knows what is safe.
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
        raise _DroppedError(type(error).__name__) from error


class Transport:
    """A connection pool with time limits, bound to the event loop it was opened on."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._slots = asyncio.Semaphore(config.pool_size)

    async def open(self) -> Self:
        """Make the pool on the running loop."""
        if self._closed or self._session is not None:
            raise ClientStateError("an AmiliClient is opened once; make a new one for each `async with`")
        config = self._config
        tls: ssl.SSLContext | bool = config.ssl_context if config.ssl_context is not None else True
        self._loop = asyncio.get_running_loop()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=config.pool_size, ssl=tls, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            # `total` would count the wait for the pool, so a busy client would time out by itself.
            timeout=aiohttp.ClientTimeout(
                total=None,
                # Finding the host counts as connecting. There is no wait for the pool in it: the slots see to that.
                connect=config.connect_timeout_s,
                sock_connect=config.connect_timeout_s,
                sock_read=config.read_timeout_s,
            ),
            trace_configs=[_watch_connections()],
            middlewares=(_no_hidden_resend,),
            headers={"User-Agent": " ".join(filter(None, (config.user_agent, USER_AGENT)))},
            proxy=config.proxy,
            raise_for_status=False,
        )
        return self

    async def close(self) -> None:
        """Close the pool. Calling it again does nothing."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    def slot(self, *, taken: bool = False) -> AbstractAsyncContextManager[None]:
        """Held around each attempt, so that the wait for a connection never counts as the server's time.

        Args:
            taken: The caller's caller holds one already, and waits for this attempt before it uses it.
        """
        return nullcontext() if taken else self._slots

    async def send(
        self, request: Request, origin: str, *, authorization: Token | None = None, timeout_s: float
    ) -> RawResponse:
        """Send once and read the whole answer.

        Args:
            request: What to send.
            origin: Scheme and host to send it to.
            authorization: For the `Authorization` header. Here and in the request, and not in variables of their own,
                because tools that report errors show the variables of a frame.
            timeout_s: Seconds for this attempt as a whole.

        Raises:
            TransportError: No answer, or only part of one.
        """
        session = self.check_usable()
        host = urlsplit(origin).hostname or ""
        progress = _Progress()
        try:
            async with asyncio.timeout(timeout_s):
                return await _exchange(session, request, origin, authorization, progress)
        except Exception as error:
            mapped = _mapped(error, host, connected=progress.connected)
            if mapped is None:
                raise
            cause = _harmless(error)
        # Outside of the except block, so that the new error does not drag the other one along.
        raise mapped from cause

    def check_usable(self) -> aiohttp.ClientSession:
        """The pool, if it is open and of the running loop.

        Raises:
            ClientStateError: It is not.
        """
        if self._closed:
            raise ClientStateError("this AmiliClient is closed; make a new one")
        if self._session is None or self._loop is None:
            raise ClientStateError("this AmiliClient is not open: use `async with AmiliClient(config) as amili:`")
        if asyncio.get_running_loop() is not self._loop:
            raise ClientStateError(
                "this AmiliClient was opened on another event loop; open one client per loop (per `asyncio.run`)"
            )
        return self._session


async def _exchange(
    session: aiohttp.ClientSession, request: Request, origin: str, authorization: Token | None, progress: _Progress
) -> RawResponse:
    # Apart from `send`, whose frame stays with the errors that it raises: a response shows its URL.
    async with session.request(
        request.method,
        URL(origin + request.path + _query(request), encoded=True),
        headers=_headers(request, authorization),
        data=request.content,
        allow_redirects=False,
        trace_request_ctx=progress,
    ) as response:
        body = await _read(response)
        names = {name.lower(): value for name, value in response.headers.items()}
        return RawResponse(response.status, names, body)


def _headers(request: Request, authorization: Token | None) -> Mapping[str, str]:
    return request.headers if authorization is None else {**request.headers, "Authorization": authorization.header}


def _query(request: Request) -> str:
    pairs = (f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.query)
    return "?" + "&".join(pairs) if request.query else ""


class _Progress:
    """How far an attempt got: without a connection, nothing can have left."""

    connected = False


def _watch_connections() -> aiohttp.TraceConfig:
    watch = aiohttp.TraceConfig()

    async def connected(_session: aiohttp.ClientSession, context: Any, _params: object) -> None:
        context.trace_request_ctx.connected = True

    watch.on_connection_create_end.append(connected)
    watch.on_connection_reuseconn.append(connected)
    return watch


async def _read(response: aiohttp.ClientResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > MAX_RESPONSE_BYTES:
            response.close()
            raise _TooLongError(response.status)
        parts.append(part)
    return b"".join(parts)


def _mapped(error: Exception, host: str, *, connected: bool = True) -> TransportError | None:
    """Our error for one of aiohttp's (or asyncio's); None for what does not come from the network.

    Error texts of the lower layers are left out, since some of them quote the URL.
    """
    match error:
        case aiohttp.ClientConnectorDNSError():
            return TransportError(f"{host} was not found: check the host name and the network", sent=False)
        case (
            aiohttp.ClientConnectorCertificateError()
            | aiohttp.ClientConnectorSSLError()
            | aiohttp.ServerFingerprintMismatch()
        ):
            return TransportError(
                f"no trusted TLS connection to {host}: check its certificate, or ssl_context", sent=False
            )
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return TransportError(f"the proxy did not let us through to {host}: check the proxy setting", sent=False)
        case aiohttp.ClientConnectorError():
            return TransportError(f"{host} cannot be reached: check the host, the port and the network", sent=False)
        case aiohttp.ConnectionTimeoutError():
            return TransportTimeoutError(f"{host} did not accept a connection in time", sent=False)
        case TimeoutError():
            what = "answer" if connected else "accept a connection"
            return TransportTimeoutError(f"{host} did not {what} in time", sent=connected)
        case _TooLongError():
            return TransportError(
                f"the answer of {host} (status {error}) is longer than {MAX_RESPONSE_BYTES // 1024**2} MiB "
                "and was cut off; ask for smaller pages",
                pointless=True,
            )
        case aiohttp.ClientPayloadError():
            return TransportError(f"the answer of {host} broke off")
        case aiohttp.InvalidURL():
            return TransportError(f"the URL for {host or 'the API'} is not valid: check base_url", sent=False)
        case _DroppedError() | aiohttp.ClientError():
            # Without a connection it was a proxy that did so, and the request never got on its way.
            return TransportError(f"{host} closed the connection without a (readable) answer", sent=connected)
        case OSError():
            return TransportError(f"the connection to {host} failed", sent=connected)
        case _:
            return None


def _below(error: Exception) -> Exception | None:
    """What an error wraps: anything behind one of ours, and what the operating system says behind one of aiohttp's."""
    match error, error.__cause__:
        case (_DroppedError(), Exception() as cause) | (aiohttp.ClientError(), OSError() as cause):
            return cause
        case _:
            return None


def _harmless(error: Exception) -> Exception:
    """What may stand as the cause of our error: a traceback prints its text, and tools print its variables.

    The frames of aiohttp hold headers and body, and the texts of its errors quote the URL, that of a proxy with its
    password, or pieces of the answer. What the operating system says of a connection is kept: it names the host.
    """
    while (below := _below(error)) is not None:
        error = below
    # Some of aiohttp's are of both kinds, such as that of a connection that was not had in time.
    if isinstance(error, aiohttp.ClientError) or not isinstance(error, OSError):
        return _LowerLayerError(type(error).__name__)
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__cause__ or link.__context__
    return error
