"""`amili doctor`: from the settings to a first call, one step after the other, and what to do where one fails."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import ssl
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from amili_async.cli.doctor_api import check_clock, check_ping, check_token
from amili_async.cli.doctor_check import Check, Verdict
from amili_async.cli.doctor_network import Resolve, check_connection, check_name, resolve
from amili_async.cli.doctor_settings import check_directory, check_settings, check_versions
from amili_async.client import AmiliClient
from amili_async.config import Config

__all__ = ["examine", "run_examination"]

_LONGEST_STEP_S: Final = 10.0
_CALLS: Final = ("token", "API call", "clock")


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def examine(
    environ: Mapping[str, str] | None = None,
    *,
    limit_s: float = 30.0,
    find: Resolve = resolve,
    context: ssl.SSLContext | None = None,
    now: Callable[[], dt.datetime] = _utc_now,
    on_check: Callable[[Check], object] = lambda check: None,
) -> list[Check]:
    """Look at everything.

    Args:
        environ: The environment; None for the real one.
        limit_s: Seconds for all of it.
        find: Finds the addresses of a host, for tests.
        context: What certificates are trusted, for tests.
        now: The time, for tests.
        on_check: Called with each finding as it comes.
    """
    doctor = _Doctor(limit_s, find, context or ssl.create_default_context(), now, on_check)
    await doctor.run(os.environ if environ is None else environ)
    return doctor.checks


class _Doctor:
    def __init__(
        self,
        limit_s: float,
        find: Resolve,
        context: ssl.SSLContext,
        now: Callable[[], dt.datetime],
        on_check: Callable[[Check], object],
    ) -> None:
        self.checks: list[Check] = []
        self._ends = time.monotonic() + limit_s
        self._find = find
        self._context = context
        self._now = now
        self._on_check = on_check

    async def run(self, environ: Mapping[str, str]) -> None:
        self._add(check_versions())
        self._add(check_directory(Path()))
        config, checks = check_settings(environ)
        for check in checks:
            self._add(check)
        if config is None:
            self._skip("the settings cannot be used", "API: name", "API: connection", *_CALLS)
            return
        broken = next((check.name for check in checks if check.verdict is Verdict.FAIL), None)
        api = await self._way("API", config.host_url, config)
        same = _origin(config.host_url) == _origin(config.token_service_url)
        token = api if same else await self._way("token service", config.token_service_url, config)
        if broken is not None:
            self._skip(f"{broken}: to be mended first", *_CALLS)
        elif not token:
            self._skip("the token service cannot be reached", *_CALLS)
        else:
            await self._talk(config, reachable=api)

    async def _way(self, what: str, url: str, config: Config) -> bool:
        """Whether a host can be reached."""
        if config.proxy is not None:
            proxy = urlsplit(config.proxy)
            self._skip(f"through the proxy {proxy.hostname}; token and API call will tell", f"{what}: connection")
            return True
        name = self._add(await check_name(what, url, self._find, self._left()))
        if not name.passed:
            self._skip("its host was not found", f"{what}: connection")
            return False
        connection = await check_connection(what, url, context=self._context, limit_s=self._left(), now=self._now())
        return self._add(connection).passed

    async def _talk(self, config: Config, *, reachable: bool) -> None:
        # One attempt each: the doctor tells how it is now.
        left = self._left()
        patient = config.evolve(max_attempts=1, deadline_s=left, connect_timeout_s=min(left, config.connect_timeout_s))
        async with AmiliClient(patient) as amili:
            token = self._add(await check_token(amili))
            organization = config.default_organization_id
            if not reachable:
                self._skip("the API cannot be reached", *_CALLS[1:])
            elif not token.passed:
                self._skip("there is no token", *_CALLS[1:])
            elif organization is None:
                self._skip("no organization is set to ask for", *_CALLS[1:])
            elif time.monotonic() >= self._ends:
                self._skip("the time is up (--timeout)", *_CALLS[1:])
            else:
                ping = await check_ping(amili, organization, self._left(), self._now)
                self._add(ping.check)
                self._add(check_clock(ping))

    def _left(self) -> float:
        return max(0.1, min(_LONGEST_STEP_S, self._ends - time.monotonic()))

    def _add(self, check: Check) -> Check:
        self.checks.append(check)
        self._on_check(check)
        return check

    def _skip(self, why: str, *names: str) -> None:
        for name in names:
            self._add(Check(name=name, verdict=Verdict.SKIPPED, text=why))


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def run_examination(limit_s: float, on_check: Callable[[Check], object]) -> list[Check]:
    """Look at everything, from a program that is not asynchronous; see `examine`."""
    return asyncio.run(examine(limit_s=limit_s, on_check=on_check))
