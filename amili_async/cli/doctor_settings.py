"""The doctor on versions and settings: nothing here touches the network."""

from __future__ import annotations

import difflib
import importlib.metadata
import os
import platform
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import fields

from amili_async._version import __version__
from amili_async.cli.doctor_check import Check, Verdict
from amili_async.config import Config
from amili_async.errors import ConfigError

__all__ = ["check_directory", "check_settings", "check_versions"]

_PACKAGES: Final = ("aiohttp", "msgspec")
_PREFIX: Final = "AMILI_"
_OTHERS: Final = frozenset({"AMILI_DEBUG"})
_SAID_ALREADY: Final = frozenset({"environment", "base_url", "token_url", "organization_id"})
# Shown as set or not set, and nothing more.
_SECRET: Final = frozenset({"client_secret", "legacy_username", "legacy_password", "proxy"})


def check_versions() -> Check:
    """What is installed, for whoever is asked for help."""
    versions = {
        "python": platform.python_version(),
        "amili-async": __version__,
        **{name: importlib.metadata.version(name) for name in _PACKAGES},
        "openssl": ssl.OPENSSL_VERSION,
    }
    text = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "openssl")
    return Check(name="versions", verdict=Verdict.OK, text=f"{text}, {ssl.OPENSSL_VERSION}", facts=versions)


def check_settings(environ: Mapping[str, str]) -> tuple[Config | None, list[Check]]:
    """Read the settings, and say what was read.

    Args:
        environ: The environment.
    """
    checks = [*_slips(environ)]
    shown = _given(environ)
    try:
        config = Config.from_env(environ)
    except ConfigError as error:
        fix = "set AMILI_ENVIRONMENT=sandbox to try things with `amili sandbox`, else staging or production"
        checks.append(_failed("settings", error.message, fix if not shown else "correct it in the environment", shown))
        return None, checks
    said = ", ".join(
        f"{_PREFIX}{name.upper()}" + (f"={value}" if name not in _SAID_ALREADY | _SECRET else "")
        for name, value in shown.items()
    )
    where = "PRODUCTION" if config.is_production else config.environment or "hosts of your own"
    checks.append(
        Check(
            name="settings",
            verdict=Verdict.OK,
            text=f"{where}: API {config.host_url}, token service {config.token_service_url}. Set: {said or 'nothing'}",
            setting=True,
            facts=shown,
        )
    )
    checks.append(_credentials(config, shown))
    checks.append(_organization(config))
    checks.extend(_proxies(config, environ))
    return config, checks


def check_directory(directory: Path) -> Check:
    """Whether a journal can be written where one would be written."""
    if os.access(directory, os.W_OK):
        return Check(name="directory", verdict=Verdict.OK, text="files can be written here (journals, exports)")
    return Check(
        name="directory",
        verdict=Verdict.WARN,
        text="files cannot be written here, so no journals and no exports either",
        fix="work in another directory, or name files elsewhere with --journal and --output",
    )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that the environment holds, in the order of the class."""
    values = {field.name: environ.get(f"{_PREFIX}{field.name.upper()}", "").strip() for field in fields(Config)}
    return {
        name: "set" if name in _SECRET or _may_hide(name, value) else value for name, value in values.items() if value
    }


def _may_hide(name: str, value: str) -> bool:
    """Whether it is an address with a part that may be a password; such are refused, but shown before that."""
    return name.endswith("_url") and any(char in value for char in "@?#")


def _failed(name: str, text: str, fix: str | None, facts: Mapping[str, str]) -> Check:
    return Check(name=name, verdict=Verdict.FAIL, text=text, fix=fix, setting=True, facts=facts)


def _slips(environ: Mapping[str, str]) -> Iterator[Check]:
    """Variables that look like settings and are none."""
    known = {f"{_PREFIX}{field.name.upper()}" for field in fields(Config)} - {"AMILI_SSL_CONTEXT"} | _OTHERS
    for name in sorted(environ):
        if name.startswith(_PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.7)
            yield Check(
                name="settings",
                verdict=Verdict.WARN,
                text=f"{name} is set, but there is no such setting",
                fix=f"did you mean {near[0]}?" if near else "remove it, or see docs/configuration.md for the names",
                setting=True,
            )


def _credentials(config: Config, given: Mapping[str, str]) -> Check:
    try:
        _ = config.credentials
    except ConfigError as error:
        return _failed("credentials", error.message, "Amili issues client id and client secret", {})
    own = sorted(given.keys() & {"client_id", "client_secret"})
    rest = "" if len(own) == 2 else "; the rest is the sandbox's own" if own else "those of the sandbox"
    text = " and ".join(f"{_PREFIX}{name.upper()}" for name in own) + (" set" if own else "") + rest
    return Check(name="credentials", verdict=Verdict.OK, text=text, setting=True)


def _organization(config: Config) -> Check:
    name, organization = "organization", config.default_organization_id
    if organization is None:
        return Check(
            name=name,
            verdict=Verdict.WARN,
            text="none is set, so every command has to be told one",
            fix="set AMILI_ORGANIZATION_ID, or give --organization-id",
            setting=True,
        )
    from amili_async.cli.state import State
    from amili_async.cli.terminal import Terminal

    try:
        State(terminal=Terminal(), config=config).organization(None)
    except ConfigError as error:
        return _failed(name, error.message, None, {})
    return Check(
        name=name, verdict=Verdict.OK, text=organization, setting=True, facts={"organization_id": organization}
    )


def _proxies(config: Config, environ: Mapping[str, str]) -> Iterator[Check]:
    """A proxy that everybody else uses is not used here unless it is set."""
    found = next((name for name in ("HTTPS_PROXY", "https_proxy") if environ.get(name)), None)
    if found is not None and config.proxy is None and not config.host_url.startswith("http://"):
        yield Check(
            name="proxy",
            verdict=Verdict.WARN,
            text=f"{found} is set, but is not used here",
            fix="set AMILI_PROXY if the API is reached through that proxy",
            setting=True,
        )
