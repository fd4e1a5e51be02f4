"""`amili doctor`: each thing that can be wrong has its own line, its verdict and its fix."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from amili_async.cli.doctor import examine
from amili_async.cli.doctor_api import Ping, check_clock
from amili_async.cli.doctor_check import Check, Verdict, status_of
from amili_async.cli.doctor_network import check_connection, check_name, resolve
from amili_async.cli.doctor_settings import check_directory
from amili_async.sandbox import Faults, Rule, Sandbox
from amili_async.sandbox.foreground import environment_of
from tests.cli.conftest import Amili

SECRET = "hemmelig-nok"
NOW = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


def found(checks: Sequence[Check], name: str) -> Check:
    (check,) = (check for check in checks if check.name == name)
    return check


def verdicts(checks: Sequence[Check]) -> dict[str, str]:
    return {check.name: str(check.verdict) for check in checks}


async def nobody(host: str, port: int) -> Sequence[str]:
    """A resolver that knows no host."""
    raise OSError(host, port)


async def anywhere(host: str, port: int) -> Sequence[str]:
    """A resolver that knows every host."""
    return ["192.0.2.1", "192.0.2.2"]


async def test_all_is_well_with_the_sandbox(sandbox: Sandbox) -> None:
    """Every step is looked at, nothing is wrong, and no secret is shown."""
    checks = await examine(environment_of(sandbox))
    assert set(verdicts(checks).values()) == {"ok"}
    assert [check.name for check in checks] == [
        "versions",
        "directory",
        "settings",
        "credentials",
        "organization",
        "API: name",
        "API: connection",
        "token",
        "API call",
        "clock",
    ]
    assert status_of(checks) == 0
    assert "TLS is not used" in found(checks, "API: connection").text
    assert found(checks, "token").facts["expires_in"] == 3600


@pytest.mark.parametrize(
    ("environment", "name", "text", "status"),
    [
        ({}, "settings", "no API chosen", 2),
        ({"AMILI_ENVIRONMENT": "prod"}, "settings", "choose one of", 2),
        ({"AMILI_ENVIRONMENT": "staging"}, "credentials", "client_id is not set", 2),
        (
            {"AMILI_ENVIRONMENT": "sandbox", "AMILI_BASE_URL": "http://127.0.0.1:9", "AMILI_ORGANIZATION_ID": "x"},
            "organization",
            "is not a UUID",
            2,
        ),
    ],
)
async def test_wrong_settings_come_first(environment: dict[str, str], name: str, text: str, status: int) -> None:
    """Status 2, and what depends on them is not even tried."""
    checks = await examine(environment, find=nobody)
    check = found(checks, name)
    assert (check.verdict, status_of(checks)) == (Verdict.FAIL, status)
    assert text in check.text
    assert verdicts(checks)["token"] == "skipped"


async def test_a_slip_in_a_name_is_found(sandbox: Sandbox) -> None:
    """A variable that nobody reads would otherwise be searched for a long time."""
    environment = {**environment_of(sandbox), "AMILI_ORGANISATION_ID": "x"}
    slip = next(check for check in await examine(environment) if check.verdict is Verdict.WARN)
    assert slip.text == "AMILI_ORGANISATION_ID is set, but there is no such setting"
    assert slip.fix == "did you mean AMILI_ORGANIZATION_ID?"


async def test_a_host_without_an_address() -> None:
    """Both hosts are looked for; what needs them is skipped, and says why."""
    environment = {"AMILI_ENVIRONMENT": "staging", "AMILI_CLIENT_ID": "x", "AMILI_CLIENT_SECRET": SECRET}
    checks = await examine(environment, find=nobody)
    assert verdicts(checks) == {
        "versions": "ok",
        "directory": "ok",
        "settings": "ok",
        "credentials": "ok",
        "organization": "warn",
        "API: name": "fail",
        "API: connection": "skipped",
        "token service: name": "fail",
        "token service: connection": "skipped",
        "token": "skipped",
        "API call": "skipped",
        "clock": "skipped",
    }
    assert "api.staging.amili.no was not found" in found(checks, "API: name").text
    assert found(checks, "token").text == "the token service cannot be reached"
    assert status_of(checks) == 3
    assert SECRET not in repr(checks)


async def test_a_resolver_that_never_answers_is_given_up() -> None:
    """The time is limited in every step."""

    async def silent(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    check = await check_name("API", "https://api.example.com", silent, 0.01)
    assert check.verdict is Verdict.FAIL
    assert "no answer about api.example.com" in check.text
    assert (await check_name("API", "https://api.example.com", anywhere, 1)).text == (
        "api.example.com is 192.0.2.1 and 1 more"
    )


async def test_names_are_really_looked_up() -> None:
    """By the resolver of this machine; what does not exist is an error."""
    assert set(await resolve("localhost", 80)) & {"127.0.0.1", "::1"}
    with pytest.raises(OSError, match="xxx"):
        await resolve("x" * 64 + ".invalid", 80)  # too long for a name, so nobody has to be asked


async def test_all_of_it_is_limited(sandbox: Sandbox) -> None:
    """An API that never answers costs no more time than was given."""
    sandbox.set_faults(Faults(rules=[Rule(kind="latency", seconds=2, operation="GetBatchesByOrganization")]))
    checks = await examine(environment_of(sandbox), limit_s=0.5)
    call = found(checks, "API call")
    assert call.verdict is Verdict.FAIL
    assert "did not answer in time" in call.text


async def test_a_closed_port(sandbox: Sandbox) -> None:
    """The API is not there, but the token service is: the token is still tried."""
    checks = await examine({**environment_of(sandbox), "AMILI_BASE_URL": "http://127.0.0.1:9"})
    connection = found(checks, "API: connection")
    assert connection.text == "127.0.0.1:9 cannot be reached (Connection refused)"
    assert connection.fix == "is `amili sandbox` running, and on this port?"
    assert found(checks, "token").verdict is Verdict.OK
    assert found(checks, "API call").text == "the API cannot be reached"
    assert status_of(checks) == 3


async def test_a_wrong_secret(sandbox: Sandbox) -> None:
    """The token service says no: which settings to look at, and not what stands in them."""
    checks = await examine({**environment_of(sandbox), "AMILI_CLIENT_SECRET": SECRET})
    token = found(checks, "token")
    assert token.verdict is Verdict.FAIL
    assert "refused these credentials (401)" in token.text
    assert "AMILI_CLIENT_SECRET" in str(token.fix)
    assert found(checks, "API call").text == "there is no token"
    assert SECRET not in repr(checks)


@pytest.mark.parametrize(
    ("status", "fix"),
    [(500, "try again later"), (403, "which organizations and scopes"), (404, "check AMILI_ORGANIZATION_ID")],
)
async def test_an_api_that_refuses_the_first_call(sandbox: Sandbox, status: int, fix: str) -> None:
    """Each status has its own advice; the clock is told from that answer as well."""
    sandbox.set_faults(Faults(rules=[Rule(kind="status", status=status, operation="GetBatchesByOrganization")]))
    checks = await examine(environment_of(sandbox))
    call = found(checks, "API call")
    assert call.verdict is Verdict.FAIL
    assert str(status) in call.text
    assert fix in str(call.fix)
    assert found(checks, "clock").verdict is Verdict.OK
    assert status_of(checks) == 3


async def test_without_an_organization_there_is_no_call(sandbox: Sandbox) -> None:
    """A warning, since each command can be told one."""
    checks = await examine({**environment_of(sandbox), "AMILI_ORGANIZATION_ID": ""})
    assert found(checks, "organization").verdict is Verdict.WARN
    assert found(checks, "API call").text == "no organization is set to ask for"
    assert status_of(checks) == 0


@pytest.mark.parametrize(("minutes", "side"), [(10, "ahead of"), (-10, "behind")])
async def test_a_clock_that_is_off(sandbox: Sandbox, minutes: int, side: str) -> None:
    """It is compared with the Date of the answer."""
    checks = await examine(environment_of(sandbox), now=lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes))
    clock = found(checks, "clock")
    assert clock.verdict is Verdict.WARN
    assert side in clock.text
    assert abs(clock.facts["seconds"]) == pytest.approx(600, abs=30)
    assert status_of(checks) == 0


async def test_through_a_proxy_the_way_is_not_looked_at(sandbox: Sandbox) -> None:
    """Names and certificates are the proxy's business; its password is nobody's."""
    environment = {**environment_of(sandbox), "AMILI_PROXY": f"http://someone:{SECRET}@127.0.0.1:9"}
    checks = await examine(environment)
    assert found(checks, "API: connection").text == "through the proxy 127.0.0.1; token and API call will tell"
    assert found(checks, "token").verdict is Verdict.FAIL
    assert SECRET not in repr(checks)


async def test_a_proxy_of_everybody_else_is_named(sandbox: Sandbox) -> None:
    """Other programs read HTTPS_PROXY; this library does not."""
    environment = {
        "AMILI_ENVIRONMENT": "staging",
        "AMILI_CLIENT_ID": "x",
        "AMILI_CLIENT_SECRET": "y",
        "HTTPS_PROXY": "http://proxy.example:3128",
    }
    assert "AMILI_PROXY" in str(found(await examine(environment, find=nobody), "proxy").fix)


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal would not be made there."""
    assert check_directory(tmp_path).verdict is Verdict.OK
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    assert check_directory(tmp_path).verdict is Verdict.WARN


# TLS


@asynccontextmanager
async def server(authority: trustme.CA | None, not_after: dt.datetime | None = None) -> AsyncIterator[str]:
    """A server that takes connections and says nothing; over TLS if there is an authority."""
    context = None
    if authority is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("localhost", not_after=not_after).configure_cert(context)

    async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    listening = await asyncio.start_server(take, "127.0.0.1", 0, ssl=context)
    async with listening:
        yield f"https://localhost:{listening.sockets[0].getsockname()[1]}"


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def test_a_trusted_certificate_tells_issuer_and_end() -> None:
    """Whoever is asked for help wants to know both."""
    authority = trustme.CA(organization_name="Eksempel CA")
    async with server(authority) as url:
        check = await check_connection("API", url, context=trusting(authority), limit_s=5, now=NOW)
    assert check.verdict is Verdict.OK
    assert check.facts["tls"].startswith("TLSv1.")
    assert dt.datetime.fromisoformat(check.facts["expires"]) > NOW
    assert check.facts["issuer"] == "Eksempel CA"


async def test_a_certificate_that_ends_soon() -> None:
    """Before it does, there is still time to say so."""
    authority = trustme.CA()
    ends = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=30)
    async with server(authority, ends) as url:
        check = await check_connection(
            "API", url, context=trusting(authority), limit_s=5, now=ends - dt.timedelta(days=5)
        )
    assert check.verdict is Verdict.WARN
    assert "5 days from now" in check.text


async def test_a_certificate_that_nobody_vouches_for() -> None:
    """Self-signed, or of a CA that this machine does not know: the way to make it known is named."""
    async with server(trustme.CA()) as url:
        check = await check_connection("API", url, context=ssl.create_default_context(), limit_s=5, now=NOW)
    assert check.verdict is Verdict.FAIL
    assert "the certificate of localhost is not trusted" in check.text
    assert "SSL_CERT_FILE" in str(check.fix)


async def test_a_port_that_speaks_no_tls() -> None:
    """An https address that leads to something else."""
    async with server(None) as url:
        check = await check_connection("API", url, context=ssl.create_default_context(), limit_s=5, now=NOW)
    assert check.verdict is Verdict.FAIL


# The command


@pytest.mark.parametrize("width", [80, 120])
def test_the_findings_fit_the_screen(connected: Amili, width: int) -> None:
    """A line each, with the fix below it, and a conclusion on stderr."""
    result = connected("doctor", COLUMNS=str(width), AMILI_CLIENT_SECRET=SECRET)
    assert result.exit_code == 3
    assert max(map(len, result.stdout.splitlines())) <= width
    assert "→ check AMILI_CLIENT_ID" in result.stdout
    assert result.stderr == "Something is wrong; begin with: token.\n"
    assert SECRET not in result.output


def test_programs_get_json(connected: Amili) -> None:
    """With the verdict on the whole, and numbers where there are some."""
    report = json.loads(connected("doctor", "--json").stdout)
    assert report["verdict"] == "ok"
    by_name = {check["name"]: check for check in report["checks"]}
    assert by_name["settings"]["facts"]["client_secret"] == "set"
    assert by_name["API call"]["facts"]["status"] == 200
    assert connected("doctor").exit_code == 0


def test_the_doctor_works_without_settings(amili: Amili) -> None:
    """That is when it is asked first."""
    result = amili("doctor", AMILI_ENVIRONMENT="")
    assert result.exit_code == 2
    assert "set AMILI_ENVIRONMENT=sandbox to try things" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    "environment",
    [
        {"AMILI_BASE_URL": f"https://user:{SECRET}@api.example.com"},
        {"AMILI_ENVIRONMENT": "staging", "AMILI_TOKEN_URL": f"https://auth.example.com/token?key={SECRET}"},
        {"AMILI_ENVIRONMENT": "nowhere", "AMILI_LEGACY_BASE_URL": f"https://user:{SECRET}@example.com"},
    ],
)
def test_an_address_with_a_password_is_not_shown(amili: Amili, environment: dict[str, str]) -> None:
    """It is refused as a setting, and what the doctor finds is sent to others."""
    for arguments in (["doctor"], ["doctor", "--json"]):
        result = amili(*arguments, **{"AMILI_ENVIRONMENT": "", **environment})
        assert result.exit_code == 2
        assert SECRET not in result.output


def test_a_date_without_a_zone_is_utc() -> None:
    """HTTP knows no other."""
    at = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
    well = Check(name="API call", verdict=Verdict.OK, text="")
    assert check_clock(Ping(well, {"date": "Thu, 01 Oct 2026 12:00:10 -0000"}, at)).facts["seconds"] == -10
