"""Who may use the control API and the page: programs and people on this machine, and no page of another site.

Neither takes a token. The API itself is open to whoever reaches the address that the sandbox listens on.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

from amili_async.sandbox.problems import Problem

__all__ = ["is_every_address", "is_loopback", "reachable", "refuse_strangers"]


def is_loopback(host: str) -> bool:
    """Whether a host is this machine for sure: `localhost`, or an address such as 127.0.0.1 or ::1."""
    if host.lower() == "localhost":
        return True
    address = _address(host)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address is not None and address.is_loopback


def is_every_address(host: str) -> bool:
    """Whether a server that listens on this host listens on every network that the machine is in."""
    address = _address(host)
    return not host or (address is not None and address.is_unspecified)


def reachable(host: str) -> str:
    """Give the host under which a server on this machine is reached that listens on `host`."""
    if not is_every_address(host):
        return host
    return "::1" if ":" in host else "127.0.0.1"


def refuse_strangers(request: web.Request) -> None:
    """Refuse what does not come from this machine, or comes from a page of another site.

    Any page in a browser can send requests to this machine. It says so in `Origin`, except where its site's name has
    been pointed to this machine in the meantime (DNS rebinding): then the name is what stands in `Host`.

    Raises:
        Problem: The request comes from elsewhere.
    """
    if request.remote is None or not is_loopback(request.remote):
        raise Problem(403, "the control API and the page are for this machine only")
    host = request.headers.get("Host")
    if host is not None and not _names_this_machine(host):
        raise Problem(403, "the control API and the page are found at localhost or 127.0.0.1, not under another name")
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{request.host}".lower():
        raise Problem(403, "the control API and the page are not for pages of other sites")


def _names_this_machine(host: str) -> bool:
    try:
        return is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
