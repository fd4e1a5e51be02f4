"""Errors of the codec: they name the place and the fix, count the rest, and never show a value."""

from __future__ import annotations

import datetime as dt
import pickle
import traceback
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from amili_async import codec
from amili_async.errors import DecodeError, RequestError
from amili_async.models.collection import (
    Batch,
    CaseList,
    CreateInvoiceDebtor,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    InvoiceList,
)

MARK = "Kari Hemmelig"  # stands for personal data: no error may hold it

WRONG: Any = [MARK]


def request(**changes: Any) -> CreateInvoicesRequest:
    """A request whose fourth invoice is changed."""
    return CreateInvoicesRequest(invoices=[*(CreateInvoiceItem() for _ in range(3)), CreateInvoiceItem(**changes)])


@pytest.mark.parametrize(
    ("text", "type_", "path", "message"),
    [
        (
            '{"data":[{"originalInvoiceAmount":"MARK"}]}',
            InvoiceList,
            "$.data[0].originalInvoiceAmount",
            "expected a number, found a string at $.data[0].originalInvoiceAmount",
        ),
        (
            '{"data":[{},{},{},{"invoiceDate":"MARK"}]}',
            InvoiceList,
            "$.data[3].invoiceDate",
            "expected a date-time, found a string that is not one at $.data[3].invoiceDate",
        ),
        (
            '{"data":[{"id":"MARK","debtors":["MARK",{"emails":{"value":"MARK"}}]}],"summary":"MARK"}',
            InvoiceList,
            "$.summary",
            "expected an object, found a string at $.summary (and 3 more)",
        ),
        ('{"data":"MARK"}', CaseList, "$.data", "expected a list, found a string at $.data"),
        ('{"MARK":"MARK"}', CaseList, "$.data", "expected a value, found nothing at $.data"),
        ('["MARK"]', CaseList, "$", "expected an object, found a list at $"),
        (
            '{"succeeded":[{"$type":{"a":"MARK"}}]}',
            Batch,
            "$.succeeded[0].$type",
            "expected a string, found an object at $.succeeded[0].$type",
        ),
        ('{"status":["MARK"]}', Batch, "$.status", "expected a string or an object, found a list at $.status"),
        (
            '{"status":{"errors":[{"objectindex":"MARK"}]}}',
            Batch,
            "$.status.errors[0].objectindex",
            "expected a whole number, found a string at $.status.errors[0].objectindex",
        ),
        ('{"MARK":"x","a":1}', dict[str, int], "$[*]", "expected a whole number, found a string at $[*]"),
        ('{"a.b":"x"}', dict[str, int], "$.a.b", "expected a whole number, found a string at $.a.b"),
        ('[1,"MARK"]', list[Decimal], "$[1]", "expected a number, found a string at $[1]"),
    ],
)
def test_what_is_wrong_with_an_answer(text: str, type_: Any, path: str, message: str) -> None:
    """The first problem is named with its path in wire names, the others are counted."""
    with pytest.raises(DecodeError) as caught:
        codec.decode(text.replace("MARK", MARK).encode(), type_)
    assert str(caught.value) == message
    assert caught.value.path == path
    assert_silent(caught.value)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"original_invoice_amount": MARK}, "originalInvoiceAmount", "a Decimal, found str @; use Decimal('10.50')"),
        ({"original_invoice_amount": 99.5}, "originalInvoiceAmount", "a Decimal, found float @; use Decimal('10.50')"),
        ({"original_invoice_amount": True}, "originalInvoiceAmount", "a Decimal, found bool @; use Decimal('10.50')"),
        (
            {"invoice_date": "2024-01-01"},
            "invoiceDate",
            "a datetime or a date, found str @; use datetime.date(2024, 1, 31)",
        ),
        (
            {"due_date": dt.datetime(2024, 1, 1)},  # noqa: DTZ001  # the point
            "dueDate",
            "found one without @; give it a time zone, e.g. tzinfo=datetime.UTC or ZoneInfo('Europe/Oslo')",
        ),
        ({"invoice_number": 17}, "invoiceNumber", "a str, found int @"),
        ({"vat": MARK}, "vat", "a bool, found str @"),
        ({"type": 5}, "type", "an InvoiceType or str, found int @"),
        ({"debtors": CreateInvoiceDebtor(name=MARK)}, "debtors", "a list, found CreateInvoiceDebtor @"),
        (
            {"debtors": [CreateInvoiceDebtor(), {"name": MARK}]},
            "debtors[1]",
            "a CreateInvoiceDebtor, found dict @; build one: CreateInvoiceDebtor(...)",
        ),
        ({"debtors": [None]}, "debtors[0]", "a CreateInvoiceDebtor, found None @; build one: CreateInvoiceDebtor(...)"),
        ({"debtors": [CreateInvoiceDebtor(emails=WRONG)]}, "debtors[0].emails[0]", "an EmailAddress, found str @"),
        ({"additional_properties": {"hidden": [0.5]}}, "hidden[0]", "an int or a Decimal, found float @"),
        ({"additional_properties": {MARK: 0.5}}, "[*]", "an int or a Decimal, found float"),
        ({"additional_properties": {1: MARK}}, "", "a str as key, found int at $.invoices[3]"),
        ({"additional_properties": MARK}, "", "a dict, found str at $.invoices[3]"),
        ({"currency": f"{MARK}\ud800"}, "currency", "valid text, found a str with a lone surrogate @"),
    ],
)
def test_what_is_wrong_with_a_request(changes: dict[str, Any], field: str, message: str) -> None:
    """A value of the wrong class is refused before anything is sent: place, class and fix, but not the value."""
    with pytest.raises(RequestError) as caught:
        codec.encode(request(**changes))
    path = f"$.invoices[3]{'.' if field[:1].isalpha() else ''}{field}"
    assert caught.value.path == path
    assert message.replace("@", f"at {path}") in str(caught.value)
    assert_silent(caught.value)


def test_unstructure_refuses_what_encode_refuses() -> None:
    """The plain form of a model is checked like its text."""
    with pytest.raises(RequestError, match=r"\$\.invoices\[3\]\.originalInvoiceAmount"):
        codec.unstructure(request(original_invoice_amount="oops"))


def test_a_required_field_set_to_none_is_refused() -> None:
    """None is no list, and nobody meant to send nothing."""
    with pytest.raises(RequestError, match=r"expected a list, found None at \$\.invoices"):
        codec.encode(CreateInvoicesRequest(invoices=None))  # type: ignore[arg-type]  # the point


def test_a_uuid_as_text_is_refused_with_the_fix() -> None:
    """Text in place of a UUID might be anything; the error says how to make one."""
    with pytest.raises(RequestError, match=r"expected a UUID, found str at \$\.batchId; use uuid\.UUID\(\.\.\.\)"):
        codec.encode(Batch(batch_id=str(UUID(int=7))))  # type: ignore[arg-type]  # the point


def test_several_problems_of_a_request_are_counted() -> None:
    """Whoever repairs a request is told how much there is to repair."""
    with pytest.raises(RequestError, match=r"\$\.invoices\[3\]\.invoiceNumber \(and 2 more\)"):
        codec.encode(request(invoice_number=1, currency=2, additional_properties={"a": 0.5}))


def test_an_error_of_a_users_hook_is_not_quoted() -> None:
    """A hook that somebody registered may put the value into its message; ours does not pass that on."""

    class Token:
        pass

    def read(value: Any, _: Any) -> Token:
        raise ValueError(f"no token: {value}")

    def write(value: Token) -> str:
        raise ValueError(f"no token: {MARK}")

    codec.converter.register_structure_hook(Token, read)
    codec.converter.register_unstructure_hook(Token, write)
    with pytest.raises(DecodeError, match=r"expected a value for Token, found a string at \$\[0\]") as caught:
        codec.structure([MARK], list[Token])
    assert_silent(caught.value)
    with pytest.raises(RequestError, match=r"expected a value for Token, found Token at \$\[0\]") as refused:
        codec.encode([Token()])
    assert_silent(refused.value)


def assert_silent(error: Exception) -> None:
    """Nothing that an error report shows, or that is pickled, holds the value."""
    shown = "".join(traceback.format_exception(error))
    assert MARK not in f"{error} {error!r} {shown} {vars(error)}"
    assert MARK.encode() not in pickle.dumps(error)
    assert error.__cause__ is None
    assert error.__context__ is None
