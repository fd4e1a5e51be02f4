"""Another program makes requests of the specs, good and bad, and judges the sandbox's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from amili_async.operations import OPERATIONS
from amili_async.sandbox import Sandbox, VirtualClock
from amili_async.sandbox.spec import load_documents
from tests.sandbox.api import CREDENTIALS, invoice

requests = pytest.importorskip("requests", reason="comes with schemathesis")
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install --group dev")

EXAMPLES = 4  # of each operation, good and bad: half a minute on a busy machine
DATES = st.dates().map(str) | st.datetimes().map(lambda at: at.isoformat(timespec="seconds") + "Z")


@pytest.fixture(scope="module")
def checks() -> list[Any]:
    """What an answer has to be: no 500, and a status, type and body that the spec has."""
    schemathesis.openapi.format("date-or-date-time", DATES)
    schemathesis.openapi.format("decimal", st.integers().map(str))
    known = schemathesis.checks
    from schemathesis.specs.openapi import checks as openapi_checks

    return [
        known.not_a_server_error,
        openapi_checks.status_code_conformance,
        openapi_checks.content_type_conformance,
        openapi_checks.response_schema_conformance,
    ]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all, with something in it; what the other requests leave in it makes it harder."""
    with Sandbox(clock=VirtualClock(), batch_delay_s=0, token_lifetime_s=10**9).in_thread() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def session(sandbox: Sandbox) -> Iterator[Any]:
    """A session with a token."""
    with requests.Session() as session:
        token = session.post(sandbox.token_url, data=CREDENTIALS, timeout=10).json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        yield session


@pytest.fixture(scope="module")
def names(sandbox: Sandbox, session: Any) -> Mapping[str, Any]:
    """Path parameters that name something that is there."""
    org, no = sandbox.organization_id, sandbox.settings.client_no
    sandbox.state.submit(org, "invoices", [invoice("1"), invoice("2"), invoice("")])
    books = sandbox.state.books(org)
    sandbox.state.submit(org, "payments", [{"invoiceId": books.invoices.rows[0].id, "amount": 1, "currency": "NOK"}])
    sandbox.state.catch_up()
    client = sandbox.state.client(no)
    client.add_customer("1")
    client.add_document({"documentNo": "1", "customerNo": "1"})
    return {
        "organizationId": org,
        "orgId": org,
        "clientno": no,
        "batchId": books.batches.rows[0].id,
        "invoiceId": books.invoices.rows[0].id,
        "caseId": books.cases.rows[0].id,
        "settlementId": books.settlements.rows[0].id,
        "customerno": "1",
        "documentno": "1",
        "aritemid": "700001",
        "glitemid": "900001",
        "logitemid": "1",
        "fileid": client.add_file({"name": "a"})["fileId"],
    }


@pytest.fixture(scope="module")
def operations() -> Mapping[str, Any]:
    """Every operation, as schemathesis sees it."""
    found = {}
    for document in load_documents().values():
        schema = schemathesis.openapi.from_dict(deepcopy(dict(document)))
        for result in schema.get_all_operations():
            operation = result.ok()
            found[operation.definition.raw["operationId"]] = operation
    return found


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
@pytest.mark.parametrize("operation_id", list(OPERATIONS))
def test_nothing_is_found(
    operation_id: str,
    mode: str,
    operations: Mapping[str, Any],
    names: Mapping[str, Any],
    session: Any,
    sandbox: Sandbox,
    checks: list[Any],
) -> None:
    """Whatever is asked, good or bad, about things that are there or not: an answer of the spec comes."""
    operation = operations[operation_id]
    row = OPERATIONS[operation_id]
    try:
        cases = operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode])
    except Exception as error:  # noqa: BLE001  # its own errors have no common root
        pytest.fail(f"schemathesis cannot read {operation_id}: {error}")
    about_known = st.booleans() if row.path_params else st.just(value=False)

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, known=about_known)
    def ask(case: Any, known: bool) -> None:  # noqa: FBT001  # hypothesis calls it by name
        if known:
            case.path_parameters = {**(case.path_parameters or {}), **_named(row, names)}
        response = case.call(base_url=sandbox.url + row.prefix, session=session, timeout=10)
        case.validate_response(response, checks=checks)

    ask()


def _named(row: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    return {parameter.wire: names[parameter.wire] for parameter in row.path_params if parameter.wire in names}
