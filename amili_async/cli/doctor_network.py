"""The doctor on the way to a host: its name, the connection, the certificate."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from amili_async.cli.doctor_check import Check, Verdict
from amili_async.cli.tables import counted

__all__ = ["Resolve", "check_connection", "check_name", "resolve"]

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_SOON: Final = dt.timedelta(days=14)


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def deliver(addresses: Sequence[str] | None) -> None:
        if not found.done():
            if addresses:
                found.set_result(addresses)
            else:
                found.set_exception(OSError(host))

    def look() -> None:
        addresses: Sequence[str] | None = None
        with suppress(OSError, UnicodeError):  # the second for what is no name at all
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = sorted({str(address[4][0]) for address in answers})
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(deliver, addresses)

    # A thread of its own: the loop waits at its end for those of `loop.getaddrinfo`, however long they take.
    threading.Thread(target=look, daemon=True).start()
    return await found


async def check_name(what: str, url: str, find: Resolve, limit_s: float) -> Check:
    """Whether the host of a URL has an address.

    Args:
        what: What the host is.
        url: The URL.
        find: Finds the addresses.
        limit_s: Seconds at most.
    """
    host, port = _place(url)
    name = f"{what}: name"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return Check(name=name, verdict=Verdict.OK, text=f"{host} is an address, so no name has to be found")
    try:
        async with asyncio.timeout(limit_s):
            addresses = await find(host, port)
    except TimeoutError:
        return _failed(name, f"no answer about {host} within {limit_s:.0f} s", "check the DNS server of this machine")
    except OSError:
        return _failed(name, f"{host} was not found", "check the spelling of the host in the settings, and the network")
    more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
    return Check(name=name, verdict=Verdict.OK, text=f"{host} is {addresses[0]}{more}", facts={"addresses": addresses})


async def check_connection(what: str, url: str, *, context: ssl.SSLContext, limit_s: float, now: dt.datetime) -> Check:
    """Whether the host of a URL can be connected to, and with what certificate.

    Args:
        what: What the host is.
        url: The URL.
        context: What is trusted.
        limit_s: Seconds at most.
        now: The time, to tell how long the certificate is good for.
    """
    host, port = _place(url)
    name = f"{what}: connection"
    encrypted = url.startswith("https:")
    started = time.monotonic()
    try:
        async with asyncio.timeout(limit_s):
            _, writer = await asyncio.open_connection(
                host, port, ssl=context if encrypted else None, server_hostname=host if encrypted else None
            )
    except ssl.SSLCertVerificationError as error:
        return _failed(
            name,
            f"the certificate of {host} is not trusted: {error.verify_message}",
            "if your network has a CA of its own, name its file in SSL_CERT_FILE; otherwise check the host "
            "and this machine's clock",
        )
    except ssl.SSLError as error:
        return _failed(name, f"no TLS with {host}:{port} ({error.reason or error})", "check that the port speaks https")
    except TimeoutError:
        return _failed(
            name, f"{host}:{port} did not answer within {limit_s:.0f} s", "check the firewall and the network"
        )
    except OSError as error:
        fix = "is `amili sandbox` running, and on this port?" if _is_local(host) else "check the port and the firewall"
        return _failed(name, f"{host}:{port} cannot be reached ({_reason(error)})", fix)
    took = f"{(time.monotonic() - started) * 1000:,.0f} ms"
    try:
        if not encrypted:
            kind = "this machine" if _is_local(host) else "NOT encrypted"
            return Check(
                name=name,
                verdict=Verdict.OK if _is_local(host) else Verdict.WARN,
                text=f"{host}:{port} answers in {took}; TLS is not used (plain http, {kind})",
                fix=None if _is_local(host) else "use https, unless you know that the way is safe",
            )
        return _certificate(name, host, took, writer.get_extra_info("ssl_object"), now)
    finally:
        writer.transport.abort()  # nothing was said, so there is nothing to end politely


def _certificate(name: str, host: str, took: str, tls: Any, now: dt.datetime) -> Check:
    certificate = tls.getpeercert()
    ends = dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), dt.UTC)
    left = ends - now
    issuer = _common_name(certificate["issuer"])
    text = f"{host} answers in {took}, {tls.version()}, certificate of {issuer} until {ends:%Y-%m-%d}"
    soon = left < _SOON
    return Check(
        name=name,
        verdict=Verdict.WARN if soon else Verdict.OK,
        text=text + (f", {counted(max(left.days, 0), 'day')} from now" if soon else ""),
        fix="Amili has to renew it: tell them, if it does not happen" if soon else None,
        facts={"tls": tls.version(), "issuer": issuer, "expires": ends.isoformat()},
    )


def _common_name(names: Sequence[Sequence[tuple[str, str]]]) -> str:
    found: Mapping[str, str] = {key: value for part in names for key, value in part}
    return found.get("commonName") or found.get("organizationName") or "an issuer without a name"


def _reason(error: OSError) -> str:
    # asyncio's own text repeats the address.
    return os.strerror(error.errno) if error.errno else "none of its addresses answers"


def _failed(name: str, text: str, fix: str) -> Check:
    return Check(name=name, verdict=Verdict.FAIL, text=text, fix=fix)


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
