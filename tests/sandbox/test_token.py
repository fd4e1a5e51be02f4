"""The token service, and what a token opens."""

from __future__ import annotations

import base64
import json

import pytest

from amili_async.sandbox.settings import Settings
from tests.sandbox.api import Api, opened


async def test_a_token_answer_has_the_documented_fields(api: Api) -> None:
    """The answer holds what the documentation prints, and its times fit together."""
    body = (await api.log_in()).body
    assert set(body) == {"access_token", "token_type", "not_before", "expires_in", "expires_on", "resource"}
    assert body["token_type"] == "Bearer"
    assert body["not_before"] == int(api.clock.now().timestamp())
    assert body["expires_on"] == body["not_before"] + body["expires_in"]


async def test_a_token_is_shaped_like_a_jwt(api: Api) -> None:
    """A client that looks inside the token finds when it expires."""
    body = (await api.log_in()).body
    _, payload, _ = body["access_token"].split(".")
    assert json.loads(base64.urlsafe_b64decode(payload + "=="))["exp"] == body["expires_on"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"client_id": "sandbox-clïent"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_secret": ""}, 400, "invalid_request"),
    ],
)
async def test_a_refused_token_request_says_why(api: Api, changes: dict[str, str], status: int, code: str) -> None:
    """Errors of the token service are those of OAuth 2.0."""
    answer = await api.log_in(**changes)
    assert (answer.status, answer.body["error"]) == (status, code)


async def test_credentials_as_json_are_refused(api: Api) -> None:
    """The token service takes a form, as documented, and nothing else."""
    async with api.session.post("/token", json={"grant_type": "client_credentials"}) as response:
        assert response.status == 415


async def test_a_form_that_is_none_is_refused(api: Api) -> None:
    """Bytes that are no form are a bad request."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with api.session.post("/token", data=b"&&", headers=headers) as response:
        assert response.status == 400


@pytest.mark.parametrize("token", ["", "made-up"])
async def test_no_request_passes_without_a_valid_token(api: Api, token: str) -> None:
    """A missing or unknown token is a 401."""
    api.token = token
    answer = await api.get("/cases")
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_another_scheme_is_refused(api: Api) -> None:
    """The token goes by Bearer only."""
    async with api.session.get(
        f"{api.organization}/cases", headers={"Authorization": f"Basic {api.token}"}
    ) as response:
        assert response.status == 401


async def test_a_token_expires_on_the_sandboxs_clock() -> None:
    """A token is good until its last second, and not after it."""
    async with opened(token_lifetime_s=60) as api:
        api.clock.advance(59)
        assert (await api.get("/cases")).status == 200
        api.clock.advance(1)
        assert (await api.get("/cases")).status == 401
        await api.log_in()
        assert (await api.get("/cases")).status == 200


async def test_revoked_tokens_are_worth_nothing(api: Api) -> None:
    """After a revocation only a new token opens anything."""
    api.sandbox.revoke_tokens()
    assert (await api.get("/cases")).status == 401
    await api.log_in()
    assert (await api.get("/cases")).status == 200


def test_the_secret_is_not_shown() -> None:
    """A sandbox's settings can be printed."""
    assert "hush" not in repr(Settings(client_secret="hush"))
