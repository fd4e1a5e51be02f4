"""Python names for awkward names of the API."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import names


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("invoiceNumber", "invoice_number"),
        ("originalInvoiceAmount", "original_invoice_amount"),
        ("$type", "type"),
        ("id", "id"),
        ("access_token", "access_token"),
        ("PageToken", "page_token"),
        ("caseURL", "case_url"),
        ("URLPath", "url_path"),
        ("ocrReferenceNumber", "ocr_reference_number"),
        ("address1", "address1"),
        ("line2Text", "line2_text"),
        ("X-Request-Id", "x_request_id"),
        ("a.b c", "a_b_c"),
        ("beløpØre", "belop_ore"),
        ("import", "import_"),
        ("2fa", "field_2_fa"),
        ("$", "field"),
        ("list", "list_"),
        ("self", "self_"),
        ("additional_properties", "additional_properties_"),
        ("page_items", "page_items_"),
    ],
)
def test_field_names(wire: str, expected: str) -> None:
    """Wire names become snake case; keywords and names that every model has get an underscore."""
    assert names.field_name(wire) == expected


@pytest.mark.parametrize(
    ("wire", "expected"),
    [("body", "body_"), ("options", "options_"), ("client", "client_"), ("response", "response_"), ("From", "from_")],
)
def test_parameter_names(wire: str, expected: str) -> None:
    """A parameter steps aside for the arguments that every function has."""
    assert names.parameter_name(wire) == expected


@pytest.mark.parametrize(
    ("operation_id", "expected"),
    [
        ("GetCasesByOrganization", "get_cases_by_organization"),
        ("CallBanqSoft", "call_banq_soft"),
        ("List", "list_"),
        ("Operation", "operation_"),
    ],
)
def test_function_names(operation_id: str, expected: str) -> None:
    """A function does not hide what its module or class reads later: builtins and the decorator."""
    assert names.function_name(operation_id) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("OPEN", "OPEN"), ("paymentReminder", "PAYMENT_REMINDER"), ("1", "VALUE_1"), ("", "EMPTY"), (-2, "MINUS_2")],
)
def test_enum_members(value: str | int, expected: str) -> None:
    """Members are in capitals, whatever the value looks like."""
    assert names.enum_member(value) == expected


def test_constants_and_modules() -> None:
    """An operation's row is in capitals, a tag's module in small letters."""
    assert names.constant("CreateInvoices") == "CREATE_INVOICES"
    assert names.constant("Table") == "TABLE_", "the name of all rows together"
    assert names.module_name("Debt collection list") == "debt_collection_list"


@pytest.mark.parametrize(
    ("name", "fits"), [("InvoiceClaim", True), ("invoice", False), ("A_B", False), ("None", False), ("1A", False)]
)
def test_class_names(name: str, *, fits: bool) -> None:
    """A component's name is used as it is or refused, never changed."""
    assert names.is_class_name(name) is fits


@given(st.text(min_size=1, max_size=20))
def test_any_wire_name_becomes_a_usable_name(wire: str) -> None:
    """Whatever the API calls a thing, the name is an identifier, no keyword, and not private."""
    for make in (names.field_name, names.parameter_name, names.function_name, names.module_name):
        name = make(wire)
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not name.startswith("_")
        assert make(name) == name
