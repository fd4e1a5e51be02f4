"""Settings that cannot be: refused where they are given, and not found out by an answer that makes no sense."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from amili_async.sandbox import Faults, Rule, Sandbox


@pytest.mark.parametrize(
    "settings",
    [
        {"batch_delay_s": "1"},
        {"batch_delay_s": -1},
        {"batch_delay_s": float("nan")},
        {"token_lifetime_s": 1.5},
        {"token_lifetime_s": -1},
        {"default_page_size": 0},
        {"max_page_size": 0},
        {"max_items": "5"},
        {"max_body_bytes": -1},
        {"case_step_s": 0},
        {"client_no": "2218"},
        {"organization_id": "Prøve AS"},
        {"organization_id": None},
        {"client_scopes": 7},
        {"client_id": ""},
        {"reject_duplicates": "off"},
        {"strict": 1},
        {"webhook_secret": None},
        {"webhook_url": "http://[::1"},
        {"webhook_url": "http://127.0.0.1:99999/"},
        {"seed": "abc"},
        {"port": 70_000},
        {"port": "8642"},
        {"faults": {"rate_429": 0.1}},
        {"faults": Rule(kind="latency")},
        {"faults": "faults.toml"},
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(settings: dict[str, Any]) -> None:
    """The mistake is named where it was made: not a 500 later, an endless list, or webhooks that never come."""
    with pytest.raises(ValueError, match=next(iter(settings))):
        Sandbox(**settings)


def test_an_organization_can_be_given_as_a_uuid() -> None:
    """However it is written, the id is the one that answers spell."""
    text = "3fa85f64-5717-4562-b3fc-2c963f66afa7"
    for given in (UUID(text), text.upper()):
        settings: dict[str, Any] = {"organization_id": given}
        assert Sandbox(**settings).organization_id == text


def test_one_scope_is_no_list_of_letters() -> None:
    """A text is the scopes in it, as in a token."""
    assert Sandbox(client_scopes="read:a write:b").settings.client_scopes == ("read:a", "write:b")


@pytest.mark.parametrize("faults", [None, {"rate_429": 0.1}])
def test_what_are_no_faults_is_refused(faults: Any) -> None:
    """The old ones stay in force."""
    sandbox = Sandbox(faults=Faults(rate_503=1))
    with pytest.raises(ValueError, match="load_faults"):
        sandbox.set_faults(faults)
    assert sandbox.faults.rate_503 == 1


def test_an_organization_is_added_once() -> None:
    """Adding it again gives it as it is, with its books; under another name, or by no id, it is refused."""
    state = Sandbox().state
    added = state.add_organization("Prøve Utleie AS", organization_id=UUID(int=7, version=4))
    state.submit(added.id, "invoices", [])
    assert state.add_organization("Prøve Utleie AS", organization_id=added.id.upper()) is added
    assert len(state.books(added.id).batches) == 1
    with pytest.raises(ValueError, match="Prøve Utleie AS"):
        state.add_organization("Prøve AS", organization_id=added.id)
    with pytest.raises(ValueError, match="UUID"):
        state.add_organization("Prøve AS", organization_id="prøve")


def test_a_client_is_added_once() -> None:
    """Adding it again keeps what it has; what is no number is refused."""
    state = Sandbox().state
    client = state.add_client(77)
    client.add_customer("1")
    assert state.add_client(77) is client
    number: Any = "77"
    with pytest.raises(ValueError, match="whole number"):
        state.add_client(number)
