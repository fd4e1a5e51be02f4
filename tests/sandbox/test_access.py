"""Who may use the control API and the page, and what is said when the sandbox listens beyond this machine."""

from __future__ import annotations

import asyncio
import signal

import pytest
from aiohttp import web

from amili_async import AmiliClient, Config
from amili_async.sandbox import Faults, Sandbox
from amili_async.sandbox.access import is_every_address, is_loopback, reachable
from amili_async.sandbox.foreground import environment_of
from tests.sandbox.api import Api, opened
from tests.sandbox.test_run import environment, started

GUARDED = [
    ("GET", "/"),
    ("GET", "/__sandbox__/page/state"),
    ("POST", "/__sandbox__/page"),
    ("GET", "/__sandbox__/requests"),
    ("DELETE", "/__sandbox__/faults"),
    ("POST", "/__sandbox__/reset"),
    ("POST", "/__sandbox__/webhooks/deliver"),
]


async def ask(api: Api, method: str, path: str, **headers: str) -> tuple[int, str]:
    """A request without a token."""
    async with api.session.request(method, path, headers=headers) as response:
        return response.status, await response.text()


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("remote", ["192.0.2.7", "2001:db8::7", "::ffff:192.0.2.7", None])
async def test_other_machines_are_refused(
    monkeypatch: pytest.MonkeyPatch, method: str, path: str, remote: str | None
) -> None:
    """Whatever the sandbox listens on, page and control API are for this machine; the API itself is for all."""
    async with opened(host="0.0.0.0", faults=Faults(latency_s=1)) as api:  # noqa: S104  # what this is about
        monkeypatch.setattr(web.BaseRequest, "remote", remote)
        status, text = await ask(api, method, path)
        assert (status, "for this machine only" in text) == (403, True)
        assert api.sandbox.faults == Faults(latency_s=1)
        assert (await api.get("/cases")).status == 200


@pytest.mark.parametrize(("method", "path"), GUARDED)
@pytest.mark.parametrize("host", ["rebound.example.invalid", "127.0.0.1.example.invalid:80", "192.0.2.7", "[", ""])
async def test_other_names_of_this_machine_are_refused(api: Api, method: str, path: str, host: str) -> None:
    """A site whose name was pointed to this machine sends Origin and Host that agree, and is turned away."""
    name = host.partition(":")[0]
    assert (await ask(api, method, path, Host=host))[0] in (400, 403)
    assert (await ask(api, method, path, Host=host, Origin=f"http://{name}"))[0] in (400, 403)
    assert len(api.sandbox.requests) > 0  # there was no reset


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:{port}", "127.0.0.1:{port}", "127.1.2.3", "[::1]:{port}"])
async def test_this_machine_is_let_in(api: Api, host: str) -> None:
    """By its name or by any of its own addresses, with and without a port."""
    host = host.format(port=api.sandbox.port)
    assert (await ask(api, "GET", "/", Host=host))[0] == 200
    assert (await ask(api, "DELETE", "/__sandbox__/faults", Host=host, Origin=f"http://{host}"))[0] == 200
    assert (await ask(api, "DELETE", "/__sandbox__/faults", Host=host, Origin="http://localhost:1"))[0] == 403


def test_hosts_are_told_apart() -> None:
    """Loopback, every address, and one of the others."""
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "::", "192.0.2.7", "example.invalid", "::ffff:192.0.2.7")))  # noqa: S104
    assert [is_every_address(host) for host in ("", "0.0.0.0", "::", "127.0.0.1", "nas")] == [True] * 3 + [False] * 2  # noqa: S104
    assert [reachable(host) for host in ("0.0.0.0", "::", "nas")] == ["127.0.0.1", "::1", "nas"]  # noqa: S104


async def test_listening_everywhere_is_said_and_works() -> None:
    """There is a warning instead of a promise, and the printed variables make a client that works here."""
    with started("--host", "0.0.0.0") as process:  # noqa: S104  # what this is about
        assert process.stdout is not None
        first = [await asyncio.to_thread(process.stdout.readline) for _ in range(2)]
        config = Config.from_env(environment(process))
        async with AmiliClient(config) as client:
            page = await client.collection.get_cases_by_organization(str(config.organization_id))
        assert page.data == []
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "Nothing leaves" not in "".join(first)
    assert first[1].startswith("WARNING: it listens on 0.0.0.0")
    assert str(config.base_url).startswith("http://127.0.0.1:")


async def test_a_client_of_another_address_is_told_to_permit_http() -> None:
    """Config refuses plain http off this machine unless it is permitted, so the variables permit it."""
    async with Sandbox() as sandbox:
        assert "AMILI_ALLOW_HTTP" not in environment_of(sandbox)
        sandbox._host = "192.0.2.7"  # one that this machine need not have
        assert Config.from_env(environment_of(sandbox)).base_url == f"http://192.0.2.7:{sandbox.port}"
        assert sandbox.config().allow_http
