"""Settings: where they come from, what they refuse, and that secrets stay inside."""

from __future__ import annotations

import copy
import pickle
import traceback
from typing import Any

import attrs
import pytest

from amili_async import Config, ConfigError


def test_environment_must_be_chosen() -> None:
    """There is no default environment, and the message says how to choose one."""
    with pytest.raises(ConfigError, match=r"AMILI_ENVIRONMENT.*staging.*production.*sandbox"):
        Config()


@pytest.mark.parametrize(
    ("environment", "host", "token_url"),
    [
        ("staging", "https://api.staging.amili.no", "https://auth.staging.amili.no/token"),
        ("production", "https://api.amili.no", "https://auth.amili.no/token"),
    ],
)
def test_environment_stands_for_its_hosts(environment: Any, host: str, token_url: str) -> None:
    """The documented hosts."""
    config = Config(environment=environment)
    assert (config.host_url, config.token_service_url) == (host, token_url)


def test_evolve_leaves_no_host_behind() -> None:
    """Going from staging to production moves the hosts, also through attrs.evolve."""
    config = attrs.evolve(Config(environment="staging"), environment="production")
    assert config.host_url == "https://api.amili.no"
    assert config.is_production


def test_production_is_known_by_its_host() -> None:
    """A client that was given production's host by hand is a production client."""
    assert Config(base_url="https://api.amili.no/", token_url="https://auth.amili.no/token").is_production


@pytest.mark.parametrize(
    "url", ["https://API.AMILI.NO", "https://api.amili.no:443", "https://api.amili.no.", "https://api.amili.no/v2"]
)
def test_no_spelling_of_the_host_hides_production(url: str) -> None:
    """The question before a push to production must not depend on a capital letter."""
    assert Config(base_url=url, token_url="https://auth.amili.no/token").is_production
    assert not Config(environment="staging").is_production


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"environment": "prod"}, r"'prod'; choose one of 'staging', 'production', 'sandbox'"),
        ({"base_url": "https://api.example.com"}, r"token_url \(AMILI_TOKEN_URL\)"),
        ({"environment": "staging", "base_url": "api.example.com"}, r"base_url is not a URL"),
        ({"environment": "staging", "base_url": "https://[::1"}, r"base_url is not a URL"),
        ({"environment": "staging", "base_url": "https://me:pw@api.example.com"}, r"no user name"),
        ({"environment": "staging", "base_url": "http://api.example.com"}, r"plain http.*allow_http"),
        (
            {"environment": "staging", "base_url": "https://x.example/collection/v1"},
            r"adds itself.*x\.example ",
        ),
        ({"environment": "staging", "max_attempts": 0}, r"max_attempts is 0.*AMILI_MAX_ATTEMPTS"),
        ({"environment": "staging", "deadline_s": -1.0}, r"deadline_s is -1\.0.*AMILI_DEADLINE_S"),
        ({"environment": "staging", "deadline_s": float("nan")}, r"deadline_s is nan"),
        ({"environment": "staging", "max_retry_after_s": -1.0}, r"AMILI_MAX_RETRY_AFTER_S"),
        ({"environment": "staging", "max_attempts": "5"}, r"max_attempts must be int, not str"),
        ({"environment": "staging", "pool_size": 2.5}, r"pool_size must be int, not float"),
        ({"environment": "staging", "allow_unverified": "no"}, r"allow_unverified must be bool, not str"),
        ({"environment": "staging", "deadline_s": None}, r"deadline_s must be float, not NoneType"),
        ({"environment": "staging", "client_id": 7}, r"client_id must be text, not int"),
        ({"environment": "staging", "idempotency_header": ""}, r"AMILI_IDEMPOTENCY_HEADER"),
        ({"environment": "staging", "proxy": "nonsense"}, r"AMILI_PROXY"),
    ],
)
def test_what_does_not_fit_is_named(settings: dict[str, Any], text: str) -> None:
    """Each refusal names the setting, and the variable or the fix."""
    with pytest.raises(ConfigError, match=text):
        Config(**settings)


@pytest.mark.parametrize("url", ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"])
def test_plain_http_to_this_machine_is_fine(url: str) -> None:
    """A sandbox needs no certificate."""
    assert Config(base_url=url, token_url=url).host_url == url


def test_plain_http_elsewhere_can_be_allowed() -> None:
    """Behind a sidecar that does TLS, for example."""
    config = Config(base_url="http://gateway.internal", token_url="http://gateway.internal/t", allow_http=True)
    assert config.host_url == "http://gateway.internal"


def test_from_env_reads_every_kind_of_setting() -> None:
    """Text, numbers and booleans; empty counts as not set; arguments win."""
    config = Config.from_env(
        {
            "AMILI_ENVIRONMENT": "staging",
            "AMILI_CLIENT_ID": " me ",
            "AMILI_CLIENT_SECRET": "hush",
            "AMILI_MAX_ATTEMPTS": "7",
            "AMILI_READ_TIMEOUT_S": "1.5",
            "AMILI_ALLOW_UNVERIFIED": "Yes",
            "AMILI_PROXY": "",
            "AMILI_POOL_SIZE": "4",
        },
        pool_size=5,
    )
    assert (config.credentials, config.max_attempts, config.read_timeout_s) == (("me", "hush"), 7, 1.5)
    assert (config.allow_unverified, config.proxy, config.pool_size) == (True, None, 5)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("AMILI_MAX_ATTEMPTS", "is not a whole number; write it like 100"),
        ("AMILI_DEADLINE_S", "is not a number of seconds; write it like 30 or 0.5"),
        ("AMILI_ALLOW_HTTP", "is neither true nor false; write one of them"),
    ],
)
def test_from_env_names_the_variable_that_does_not_parse(name: str, told: str) -> None:
    """A number that is none, a boolean that is none. What stands there is not shown: it may be a secret."""
    with pytest.raises(ConfigError, match=f"^{name} {told}$"):
        Config.from_env({"AMILI_ENVIRONMENT": "staging", name: "hush-1f9c7e"})


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"environment": "sandbox"}, True),
        ({"environment": "sandbox", "base_url": "https://api.amili.no"}, False),
        ({"environment": "staging"}, False),
        ({"environment": "production"}, False),
    ],
)
def test_a_sandbox_is_one_by_name_and_host(settings: dict[str, Any], expected: bool) -> None:  # noqa: FBT001  # a row
    """Its name on production's host makes nobody safe."""
    assert Config(**settings).is_sandbox is expected


@pytest.mark.parametrize("missing", ["client_id", "client_secret"])
def test_missing_credentials_are_named(missing: str) -> None:
    """They are asked for when a token is needed, and the message names the variable."""
    given: dict[str, Any] = {"client_id": "me", "client_secret": "hush"}
    del given[missing]
    with pytest.raises(ConfigError, match=f"AMILI_{missing.upper()}"):
        _ = Config(environment="staging", **given).credentials


def test_the_sandbox_needs_no_credentials() -> None:
    """`environment="sandbox"` brings those that `amili sandbox` answers to."""
    config = Config(environment="sandbox")
    assert all(config.credentials)
    assert config.default_organization_id
    moved = config.evolve(environment="production")
    assert moved.default_organization_id is None
    with pytest.raises(ConfigError, match="AMILI_CLIENT_ID"):
        _ = moved.credentials


def test_secrets_stay_inside() -> None:
    """Neither repr nor pickle gives a secret away."""
    config = Config(
        environment="staging",
        client_id="me",
        client_secret="hush-1",
        legacy_password="hush-2",
        proxy="http://u:hush-3@proxy.example",
    )
    assert "hush" not in repr(config)
    pickled = pickle.dumps(config)
    assert b"hush-1" not in pickled
    assert b"hush-2" not in pickled
    assert b"hush-3" not in pickled
    copy = pickle.loads(pickled)
    assert copy == config.evolve(client_secret=None, legacy_password=None, proxy=None)


def test_a_config_cannot_be_changed() -> None:
    """Settings do not move under a running client."""
    config = Config(environment="staging")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        config.environment = "production"  # type: ignore[misc]  # that is the point


def test_a_copy_is_the_config_itself() -> None:
    """Only a pickle leaves the secrets behind; a copy that lost the proxy would go another way unsaid."""
    config = Config(environment="staging", client_id="x", client_secret="hush-1", proxy="http://user:hush-2@proxy:3128")
    for same in (copy.copy(config), copy.deepcopy(config), copy.deepcopy([config])[0]):
        assert same is config


@pytest.mark.parametrize("name", ["client_secret", "legacy_password", "client_id", "user_agent", "proxy"])
def test_a_garbled_setting_is_named_and_not_shown(name: str) -> None:
    """Python keeps bytes of the environment that are no UTF-8 as lone surrogates; those cannot be sent."""
    garbled = b"http://hush-1\xe5".decode(errors="surrogateescape")
    with pytest.raises(ConfigError, match=rf"{name} is garbled.*\(AMILI_{name.upper()}\)") as caught:
        Config.from_env({"AMILI_ENVIRONMENT": "staging", f"AMILI_{name.upper()}": garbled})
    assert "hush-1" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("text", ["a\nb", "a\x00b", "a\x1bb"])
def test_a_user_agent_that_would_break_every_request_is_refused(text: str) -> None:
    """When the client is made, and not by an error of another library with each call."""
    with pytest.raises(ConfigError, match="user_agent holds a line break"):
        Config(environment="staging", user_agent=text)
    assert Config(environment="staging", user_agent="Bjørns ERP/1.0").user_agent == "Bjørns ERP/1.0"


def test_a_missing_setting_does_not_show_the_other_one() -> None:
    """Error reporters print the variables of each frame."""
    config = Config(environment="staging", client_secret="hush-1")
    with pytest.raises(ConfigError, match="client_id is not set") as caught:
        _ = config.credentials
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "hush-1" not in "".join(str(f.locals) for f in told.stack if "/tests/" not in f.filename)


@pytest.mark.parametrize("url", ["https://gateway..example", f"https://{'a' * 64}.example"])
def test_a_host_that_cannot_be_looked_up_is_refused(url: str) -> None:
    """When the client is made, and not by an error of Python's with each call."""
    with pytest.raises(ConfigError, match=r"base_url is not a URL.*\(AMILI_BASE_URL\)"):
        Config(environment="staging", base_url=url)


@pytest.mark.parametrize("path", ["/our api", "/år", "/a\x7f"])
def test_a_path_that_would_garble_every_request_is_refused(path: str) -> None:
    """It would go into the first line of the request as it is."""
    with pytest.raises(ConfigError, match=r"base_url has blanks.*must be quoted"):
        Config(environment="staging", base_url=f"https://gateway.example{path}")
    assert Config(environment="staging", base_url="https://bjørn.example/our%20api").host_url.endswith("/our%20api")
