"""The pytest plugin, as a user's project has it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

TESTS = """
import time

import pytest
from amili_async import RateLimitedError
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, CreateInvoicesRequest
from amili_async.sandbox import Faults
from decimal import Decimal


async def test_waiting_is_free(amili_sandbox, amili_client):
    item = CreateInvoiceItem(
        invoice_number="1", original_invoice_amount=Decimal("10.10"), currency="NOK",
        debtors=[CreateInvoiceDebtor(name="Prøve AS")],
    )
    started = time.monotonic()
    organization = amili_sandbox.organization_id
    accepted = await amili_client.collection.create_invoices(organization, body=CreateInvoicesRequest(invoices=[item]))
    batch = await amili_client.wait_for_batch(organization, accepted.data.batch_id)
    assert batch.status == "SUCCESS"
    assert time.monotonic() - started < 3000


@pytest.mark.amili_sandbox(batch_delay_s=240)
async def test_minutes_are_free(amili_sandbox, amili_client):
    await test_waiting_is_free(amili_sandbox, amili_client)


@pytest.mark.amili_sandbox(faults=Faults(rate_429=1, retry_after_s=10_000))
async def test_the_marker_sets_faults(amili_sandbox, amili_client):
    with pytest.raises(RateLimitedError):
        await amili_client.collection.get_cases_by_organization(amili_sandbox.organization_id)
    assert amili_sandbox.requests.count(status=429) == 1


async def test_a_test_has_a_sandbox_of_its_own(amili_sandbox):
    assert amili_sandbox.state.ledger(amili_sandbox.organization_id) == {}
"""


def run(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in a project of its own."""
    path.joinpath("conftest.py").write_text('pytest_plugins = ["amili_async.sandbox.plugin"]\n', encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "--strict-markers", "-p", "no:cacheprovider"]
    command += ["-p", "no:schemathesis"]  # another plugin, that is there by chance and loads a validator of its own
    command += ["-o", "asyncio_default_fixture_loop_scope=function"]
    return subprocess.run(
        [*command, *arguments],
        cwd=path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def test_the_fixtures_work_in_a_users_project(tmp_path: Path) -> None:
    """Fixtures and marker are there, tests do not see each other, and no warning is raised."""
    tmp_path.joinpath("test_user.py").write_text(TESTS, encoding="utf-8")
    done = run(tmp_path, "-o", "asyncio_mode=auto")
    assert "4 passed" in done.stdout, done.stdout + done.stderr


def test_a_marker_without_keywords_is_refused(tmp_path: Path) -> None:
    """Faults that are given without their name strike nobody, and the test would pass for the wrong reason."""
    text = "import pytest\nfrom amili_async.sandbox import Faults\n\n\n@pytest.mark.amili_sandbox(Faults(rate_429=1))\n"
    tmp_path.joinpath("test_user.py").write_text(f"{text}async def test_it(amili_sandbox): ...\n", encoding="utf-8")
    done = run(tmp_path, "-o", "asyncio_mode=auto")
    assert "1 error" in done.stdout, done.stdout + done.stderr
    assert "takes keywords only" in done.stdout


def test_the_plugin_costs_nothing_until_it_is_used(tmp_path: Path) -> None:
    """Test runs that ask for no fixture load neither the sandbox's server nor its validator."""
    text = "import sys\n\n\ndef test_light():\n    assert 'amili_async.sandbox.server' not in sys.modules\n"
    tmp_path.joinpath("test_user.py").write_text(
        text + "    assert 'jsonschema_rs' not in sys.modules\n", encoding="utf-8"
    )
    done = run(tmp_path)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
