"""Models within models: how they are converted must not depend on where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from attrs import define, field

from amili_async import codec
from amili_async._codec.build import build_converter
from amili_async._codec.hooks import reader_of, writer_of
from amili_async._codec.json_text import dumps
from amili_async.errors import DecodeError, RequestError
from amili_async.models.collection import CreateInvoiceDebtor, CreateInvoiceItem, PostalAddress


@define(kw_only=True)
class Street(PostalAddress):
    """A subclass of a model that holds no other model."""

    floor: int | None = field(default=None, metadata={"wire": "floor"})


PLAIN = PostalAddress(city="Eksempelby")
OTHER = PostalAddress(city="Prøvested", additional_properties={"x": 1})


@pytest.mark.parametrize(
    "addresses", [[], [PLAIN], [OTHER, PLAIN, Street(floor=2)], (PLAIN,), [PLAIN, OTHER] * 20, [Street(floor=1)] * 20]
)
def test_an_item_of_a_list_is_written_as_it_is_alone(addresses: Sequence[PostalAddress]) -> None:
    """However long a list is and whatever is special about an item, the text is the same, and reads the same."""
    debtor = CreateInvoiceDebtor(addresses=addresses)  # type: ignore[arg-type]  # a tuple will do
    text = codec.encode(debtor)
    assert text == b'{"addresses":[%b]}' % b",".join(codec.encode(address) for address in addresses)
    assert codec.encode(codec.decode(text, CreateInvoiceDebtor)) == text


def test_a_hook_for_a_model_counts_within_other_models() -> None:
    """Who takes a small model over is asked for each of them, also in lists of another model."""
    converter = build_converter()
    converter.register_structure_hook(PostalAddress, lambda value, _: PostalAddress(city=value.upper()))
    converter.register_unstructure_hook(PostalAddress, lambda value: value.city)
    read = reader_of(converter, CreateInvoiceDebtor).read({"addresses": ["eksempelby"]})
    assert read == CreateInvoiceDebtor(addresses=[PostalAddress(city="EKSEMPELBY")])
    assert dumps(writer_of(converter, CreateInvoiceDebtor).native(read)) == b'{"addresses":["EKSEMPELBY"]}'


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ([{"city": "Eksempelby"}, {"city": 1}], "$.addresses[1].city"),
        ([{"city": "Eksempelby"}, None], "$.addresses[1]"),
        ({"city": "Eksempelby"}, "$.addresses"),
    ],
)
def test_what_is_wrong_inside_is_named_when_reading(value: Any, path: str) -> None:
    """The path leads to the value, however deep it stands."""
    with pytest.raises(DecodeError) as caught:
        codec.structure({"addresses": value}, CreateInvoiceDebtor)
    assert caught.value.path == path


def test_what_is_wrong_inside_is_named_when_writing() -> None:
    """The path leads to the value, however deep it stands."""
    wrong: Any = [PLAIN, PostalAddress(city=1)]  # type: ignore[arg-type]  # the point
    item = CreateInvoiceItem(debtors=[CreateInvoiceDebtor(addresses=wrong)])
    with pytest.raises(RequestError) as caught:
        codec.encode([item])
    assert caught.value.path == "$[0].debtors[0].addresses[1].city"


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (dt.date(2026, 1, 31), b'"2026-01-31"'),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), b'"2026-01-31T12:00:00Z"'),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.timezone(dt.timedelta(hours=1))), b'"2026-01-31T12:00:00+01:00"'),
    ],
)
def test_a_date_or_an_instant_is_written_as_such(due: dt.date, text: bytes) -> None:
    """Where both may stand, each keeps its form."""
    assert codec.encode(CreateInvoiceItem(due_date=due)) == b'{"dueDate":%b}' % text


def test_a_hook_for_dates_counts_where_an_instant_may_stand_too() -> None:
    """A shortcut for dates must not pass by somebody's hook for them."""
    converter = build_converter()
    converter.register_unstructure_hook(dt.date, lambda value: value.strftime("%d.%m.%Y"))
    item = CreateInvoiceItem(due_date=dt.date(2026, 1, 31), original_invoice_amount=Decimal("1.00"))
    written = dumps(writer_of(converter, CreateInvoiceItem).native(item))
    assert written == b'{"originalInvoiceAmount":1.00,"dueDate":"31.01.2026"}'
