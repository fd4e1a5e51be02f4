"""Settings of a client: one frozen object, built once, passed in, never global."""

from __future__ import annotations

import ipaddress
import math
import os
import re
import ssl
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, Self, get_args
from urllib.parse import urlsplit

from attrs import asdict, evolve, field, fields, frozen

from amili_async._version import __version__
from amili_async.errors import ConfigError
from amili_async.options import is_unicode

__all__ = ["SANDBOX_CLIENT_ID", "SANDBOX_CLIENT_SECRET", "SANDBOX_ORGANIZATION_ID", "SANDBOX_PORT", "Config"]

Environment = Literal["staging", "production", "sandbox"]

# What `amili sandbox` answers to when it is started with its defaults. Not a secret: it opens nothing but a local toy.
SANDBOX_PORT: Final = 8642
SANDBOX_CLIENT_ID: Final = "sandbox-client"
SANDBOX_CLIENT_SECRET: Final = "sandbox-secret"  # noqa: S105  # the sandbox's, printed when it starts
SANDBOX_ORGANIZATION_ID: Final = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

_SANDBOX_URL: Final = f"http://127.0.0.1:{SANDBOX_PORT}"

# environment -> (API host, token URL). Source: docs.amili.dev/example-workflow-359631m0; the production API host is
# known from the `batchUrl` that docs.amili.dev/createcorrections-4148074e0 prints.
_HOSTS: Final[Mapping[str, tuple[str, str]]] = {
    "staging": ("https://api.staging.amili.no", "https://auth.staging.amili.no/token"),
    "production": ("https://api.amili.no", "https://auth.amili.no/token"),
    "sandbox": (_SANDBOX_URL, f"{_SANDBOX_URL}/token"),
}

_PRODUCT_PREFIXES: Final = ("/collection/v1", "/arm/v1")
_SECRETS: Final = frozenset({"client_secret", "legacy_username", "legacy_password", "proxy"})
_NOT_FROM_ENV: Final = frozenset({"ssl_context"})
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_URL_PATH: Final = re.compile(r"[!-~]*")
_TRUE: Final = frozenset({"1", "true", "yes", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "off"})


def _variable(name: str) -> str:
    return f"AMILI_{name.upper()}"


@frozen(kw_only=True)
class Config:
    """Where the API is, who is asking, and how patient to be.

    There is no default environment: choose one, or give `base_url` and `token_url`. Every setting can come from the
    environment variable `AMILI_<NAME>` through `Config.from_env()`. To change one, use `config.evolve(...)`.

    Attributes:
        environment: `"staging"`, `"production"`, or `"sandbox"` (an `amili sandbox` on its default port).
        base_url: The API host (`https://api.staging.amili.no`); products add their own prefix.
        token_url: The token service, path included (`https://auth.staging.amili.no/token`).
        client_id: As assigned by Amili.
        client_secret: As assigned by Amili. Never shown.
        organization_id: The organization that the command line works for when none is named.
        client_no: The same for the accounts receivable product.
        legacy_base_url: Host of the legacy `/webapi` API.
        legacy_username: For HTTP Basic on the legacy API.
        legacy_password: For HTTP Basic on the legacy API. Never shown.
        connect_timeout_s: Seconds to open a connection.
        read_timeout_s: Seconds of silence after which an answer counts as lost.
        deadline_s: Seconds for one call as a whole, retries included, from the moment it holds a connection slot.
        max_attempts: How often one request is sent at most, not counting one replay with a new token after a 401.
        max_retry_after_s: Longest `Retry-After` that is obeyed; a longer one raises at once.
        pool_size: Connections, and so requests in flight, at most.
        proxy: URL of an HTTP proxy.
        ssl_context: TLS settings of your own (a private CA, a client certificate).
        user_agent: Put before the library's own.
        idempotency_header: Header that carries the idempotency key of a write. That Amili reads this header is not
            documented; the name is that of its webhooks.
        trust_idempotency_key: Say that Amili has confirmed to you that a repeated key is not acted on twice. Only then
            is a write repeated whose first outcome is unknown.
        allow_unverified: Permit writes whose method or path is only assumed.
        allow_http: Permit plain http to hosts other than this machine.

    Raises:
        ConfigError: A setting is missing or does not fit.
    """

    environment: Environment | None = None
    base_url: str | None = None
    token_url: str | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    organization_id: str | None = None
    client_no: str | None = None
    legacy_base_url: str | None = None
    legacy_username: str | None = field(default=None, repr=False)
    legacy_password: str | None = field(default=None, repr=False)
    connect_timeout_s: float = 5.0
    read_timeout_s: float = 60.0
    deadline_s: float = 120.0
    max_attempts: int = 5
    max_retry_after_s: float = 120.0
    pool_size: int = 32
    proxy: str | None = field(default=None, repr=False)  # may hold a password
    ssl_context: ssl.SSLContext | None = field(default=None, repr=False)
    user_agent: str | None = None
    idempotency_header: str = "IdempotencyKey"
    trust_idempotency_key: bool = False
    allow_unverified: bool = False
    allow_http: bool = False

    def __attrs_post_init__(self) -> None:
        if self.environment is not None and self.environment not in _HOSTS:
            known = ", ".join(repr(name) for name in get_args(Environment))
            raise ConfigError(f"environment is {self.environment!r}; choose one of {known} (AMILI_ENVIRONMENT)")
        _check_types(self)
        for name in ("base_url", "token_url"):
            if self.environment is None and getattr(self, name) is None:
                raise ConfigError(
                    "no API chosen: set environment (AMILI_ENVIRONMENT) to 'staging', 'production' or 'sandbox', "
                    f"or give {name} ({_variable(name)})"
                )
        for name in ("base_url", "token_url", "legacy_base_url"):
            if getattr(self, name) is not None:
                _set(self, name, _checked_url(name, getattr(self, name), allow_http=self.allow_http))
        for prefix in _PRODUCT_PREFIXES:
            if self.host_url.endswith(prefix):
                raise ConfigError(
                    f"base_url ends in {prefix}, which the SDK adds itself; "
                    f"use {self.host_url.removesuffix(prefix)} (AMILI_BASE_URL)"
                )
        for name in ("connect_timeout_s", "read_timeout_s", "deadline_s"):
            seconds = getattr(self, name)
            if not (seconds > 0 and math.isfinite(seconds)):
                raise ConfigError(f"{name} is {seconds}; it must be more than 0 seconds ({_variable(name)})")
        if not self.max_retry_after_s >= 0:
            raise ConfigError(
                f"max_retry_after_s is {self.max_retry_after_s}; it cannot be negative (AMILI_MAX_RETRY_AFTER_S)"
            )
        if self.user_agent is not None and not self.user_agent.isprintable():
            raise ConfigError(
                "user_agent holds a line break or another character that cannot be sent (AMILI_USER_AGENT)"
            )
        if not _HEADER_NAME.fullmatch(self.idempotency_header):
            raise ConfigError("idempotency_header is no name of a header (AMILI_IDEMPOTENCY_HEADER)")
        if self.proxy is not None and not _is_proxy(self.proxy):
            raise ConfigError("proxy is not a URL such as http://proxy.example:3128 (AMILI_PROXY)")
        for name in ("max_attempts", "pool_size"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is {getattr(self, name)}; it must be at least 1 ({_variable(name)})")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Self:
        """Read `AMILI_<NAME>` of every setting; empty ones count as not set.

        Args:
            environ: Where to read instead of `os.environ`.
            **overrides: Settings that win over the environment.

        Raises:
            ConfigError: A variable does not parse, or a setting is missing or does not fit.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for attribute in fields(cls):
            if attribute.name in _NOT_FROM_ENV:
                continue
            text = environ.get(_variable(attribute.name), "").strip()
            if text:
                values[attribute.name] = _parser(attribute.default)(_variable(attribute.name), text)
        return cls(**{**values, **overrides})

    def evolve(self, **changes: Any) -> Self:
        """A copy with some settings changed."""
        return evolve(self, **changes)

    # What the environment stands for is looked up here and not filled into the fields, so that
    # `evolve(environment="production")` cannot leave the hosts of staging behind.

    @property
    def host_url(self) -> str:
        """The API host in force, without a slash at the end."""
        return self.base_url or _HOSTS[self.environment or ""][0]

    @property
    def token_service_url(self) -> str:
        """The token service in force."""
        return self.token_url or _HOSTS[self.environment or ""][1]

    @property
    def is_production(self) -> bool:
        """Whether real people would be dunned: by the environment's name or by the host."""
        hosts = [(urlsplit(url).hostname or "").rstrip(".") for url in (self.host_url, _HOSTS["production"][0])]
        return self.environment == "production" or hosts[0] == hosts[1]

    @property
    def is_sandbox(self) -> bool:
        """Whether nobody can be dunned: the environment is a sandbox, and its name does not stand for production."""
        return self.environment == "sandbox" and not self.is_production

    @property
    def default_organization_id(self) -> str | None:
        """The organization to work for when none is named: `organization_id`, or the sandbox's own."""
        if self.organization_id is None and self.environment == "sandbox":
            return SANDBOX_ORGANIZATION_ID
        return self.organization_id

    @property
    def credentials(self) -> tuple[str, str]:
        """Client id and secret in force.

        Raises:
            ConfigError: One of them is missing.
        """
        # No variable holds the secret: tools that report errors show the variables of a frame.
        for name in ("client_id", "client_secret"):
            if not getattr(self, name) and self.environment != "sandbox":
                raise ConfigError(f"{name} is not set: pass {name}= or set {_variable(name)}")
        return self.client_id or SANDBOX_CLIENT_ID, self.client_secret or SANDBOX_CLIENT_SECRET

    # Nothing can change it, so a copy in this process is the thing itself. Made by way of a pickle, it would lack the
    # secrets and, without a word, the proxy.

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __getstate__(self) -> dict[str, Any]:
        # A pickle travels; secrets and an SSLContext (which cannot be pickled anyway) stay behind.
        return {k: v for k, v in asdict(self, recurse=False).items() if k not in _SECRETS | _NOT_FROM_ENV}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        for attribute in fields(type(self)):
            _set(self, attribute.name, state.get(attribute.name, attribute.default))


def _set(config: Config, name: str, value: Any) -> None:
    object.__setattr__(config, name, value)  # the one way in while a frozen object is being made


def _checked_url(name: str, url: str, *, allow_http: bool) -> str:
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
        (host or "").encode("idna")  # as it is looked up; empty or overlong parts have no place there
    except ValueError:
        host = None
        parts = urlsplit("")
    variable = _variable(name)
    if parts.scheme not in ("https", "http") or not host:
        raise ConfigError(f"{name} is not a URL such as https://api.staging.amili.no ({variable})")
    if not _URL_PATH.fullmatch(parts.path):
        raise ConfigError(f"{name} has blanks or other characters in its path that must be quoted ({variable})")
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigError(f"{name} must hold no user name, query or fragment ({variable})")
    if parts.scheme == "http" and not allow_http and not _is_loopback(host):
        raise ConfigError(
            f"{name} is plain http to {host}, which would show tokens and debtors to the network; "
            f"use https, or set allow_http=True ({_variable('allow_http')}) if you know the way is safe"
        )
    return parts.geturl().rstrip("/")


def _check_types(config: Config) -> None:
    """Refuse what would only fail later, or pass: `allow_unverified="no"` is true in Python."""
    for attribute in fields(type(config)):
        value, default = getattr(config, attribute.name), attribute.default
        if attribute.name in _NOT_FROM_ENV or value is None:
            fits = value is None or isinstance(value, ssl.SSLContext)
        elif isinstance(default, bool):
            fits = isinstance(value, bool)
        elif isinstance(default, int | float):
            wanted = int if isinstance(default, int) else (int, float)
            fits = isinstance(value, wanted) and not isinstance(value, bool)
        else:
            fits = isinstance(value, str)
        if not fits or (value is None and default is not None):
            kind = "text" if default is None else type(default).__name__
            raise ConfigError(
                f"{attribute.name} must be {kind}, not {type(value).__name__} ({_variable(attribute.name)})"
            )
        if isinstance(value, str) and not is_unicode(value):
            raise ConfigError(
                f"{attribute.name} is garbled: it holds bytes that are no UTF-8 ({_variable(attribute.name)})"
            )


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _parser(default: Any) -> Callable[[str, str], Any]:
    if isinstance(default, bool):
        return _parse_bool
    if isinstance(default, int):
        return _parse_int
    if isinstance(default, float):
        return _parse_float
    return lambda _, text: text


def _parse_bool(variable: str, text: str) -> bool:
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    # Not quoted, here and below: what stands in the wrong variable may be a secret.
    raise ConfigError(f"{variable} is neither true nor false; write one of them")


def _parse_int(variable: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ConfigError(f"{variable} is not a whole number; write it like 100") from None


def _parse_float(variable: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ConfigError(f"{variable} is not a number of seconds; write it like 30 or 0.5") from None


#: What the library calls itself in `User-Agent`.
USER_AGENT: Final = f"amili-async/{__version__}"
