"""What docs/sandbox.md says is so: settings, kinds of faults, control API, and the example of a user's tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import attrs

from amili_async.sandbox.control import PREFIX
from amili_async.sandbox.faults import Kind
from amili_async.sandbox.settings import Settings
from tests.sandbox.api import Api
from tests.sandbox.test_plugin import run

TEXT = (Path(__file__).parent.parent.parent / "docs" / "sandbox.md").read_text(encoding="utf-8")

ERP = """
from decimal import Decimal

from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem


async def send_overdue_invoices(amili, organization_id):
    invoices = [
        CreateInvoiceItem(
            invoice_number=str(number), unique_source_invoice_id=f"erp-{number}",
            original_invoice_amount=Decimal("10.10"), currency="NOK", debtors=[CreateInvoiceDebtor(name="Prøve AS")],
        )
        for number in range(20)
    ]
    report = await amili.bulk.submit_invoices(organization_id, invoices, chunk_size=5)
    assert report.accepted == 20
"""


def section(title: str) -> str:
    """The text under a heading."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def test_every_setting_is_described() -> None:
    """No setting is missing from the table, and none is there that does not exist."""
    cells = re.findall(r"^\| (`[^|]*) \|", section("Settings"), re.MULTILINE)
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert told == {field.name for field in attrs.fields(Settings)}


def test_every_kind_of_fault_is_described() -> None:
    """The table of kinds is the list of kinds."""
    cells = re.findall(r"^\| (`[^|]*) \|", section("Faults"), re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`([\w-]+)`", cell)} == set(get_args(Kind))


def test_the_control_api_is_described(api: Api) -> None:
    """Every path of the control API stands in its table."""
    paths = {
        route.resource.canonical.removeprefix(PREFIX)
        for route in api.sandbox.app().router.routes()
        if route.resource is not None and route.resource.canonical.startswith(PREFIX)
    }
    missing = [
        path for path in sorted(paths) if not path.startswith("/page") and path not in section("The control API")
    ]
    assert missing == []


def test_the_example_of_tests_works(tmp_path: Path) -> None:
    """A user who copies the example into a project of his own has tests that pass."""
    example = next(code for code in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL) if "my_erp" in code)
    tmp_path.joinpath("test_erp.py").write_text(example, encoding="utf-8")
    tmp_path.joinpath("my_erp.py").write_text(ERP, encoding="utf-8")
    (settings,) = re.findall(r"```ini\n(.*?)```", section("Test your own code"), re.DOTALL)
    tmp_path.joinpath("pytest.ini").write_text(settings, encoding="utf-8")
    done = run(tmp_path)  # with no other settings than those that the documentation names
    assert "2 passed" in done.stdout, done.stdout + done.stderr
