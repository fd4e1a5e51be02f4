"""Models through the codec: names, absent fields, unknown fields, unions, and every generated model."""

from __future__ import annotations

import datetime as dt
import importlib
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
import pytest
from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

from amili_async import codec
from amili_async.endpoints import PRODUCTS
from amili_async.errors import DecodeError, RequestError
from amili_async.models.collection import (
    Batch,
    BatchStatus,
    BatchStatusDetail,
    CreateInvoiceItem,
    CreateInvoicesRequest,
    Invoice,
    InvoiceList,
)
from amili_async.types import UNSET, OpenStrEnum, Unset
from tests import strategies

GENERATED = [
    cls
    for product in PRODUCTS
    for cls in vars(importlib.import_module(f"amili_async.models.{product}")).values()
    if isinstance(cls, type) and attrs.has(cls)
]


class Kind(OpenStrEnum):
    """An open vocabulary."""

    PERSON = "PERSON"


@define(kw_only=True)
class Contact:
    """A model whose nullable fields tell absent from null on the way out."""

    kind: Kind | None = field(default=None, metadata={"wire": "$type"})
    name: str = field(metadata={"wire": "fullName"})
    nickname: str | Unset | None = field(default=UNSET, metadata={"wire": "nickName"})
    parent: Contact | None = field(default=None, metadata={"wire": "parent"})
    phones: list[str | None] | None = field(default=None, metadata={"wire": "phones"})
    extent: Kind | Extent | None = field(default=None, metadata={"wire": "extent"})
    ratio: float | None = field(default=None, metadata={"wire": "ratio"})
    picture: bytes | None = field(default=None, metadata={"wire": "picture"})
    since: dt.date | None = field(default=None, metadata={"wire": "since"})
    seen: list[dt.datetime | dt.date] = field(factory=list, metadata={"wire": "seen"})
    by_year: dict[str, Extent] | None = field(default=None, metadata={"wire": "byYear"})
    version: int = field(default=1, metadata={"wire": "version"})
    required_or_null: Decimal | None = field(metadata={"wire": "requiredOrNull"})
    additional_properties: dict[str, Any] = field(factory=dict, repr=False)


@define(kw_only=True)
class Extent:
    """Declared after its user, as generated models may be."""

    amount: Decimal | None = field(default=None, metadata={"wire": "amount"})
    additional_properties: dict[str, Any] = field(factory=dict, repr=False)


@define(kw_only=True)
class Closed:
    """A model of the user's own, which holds nothing but its fields."""

    amount: Decimal


def upper(text: str) -> str:
    """Spell a code as it is meant."""
    return text.upper()


@attrs.frozen
class Checked:
    """A model with rules that only its own constructor knows."""

    _code: str = field(converter=upper)
    length: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "length", len(self._code))


def contact(**changes: Any) -> Contact:
    """A contact with as little as there can be."""
    return attrs.evolve(Contact(name="Test Testesen", required_or_null=None), **changes)


@pytest.mark.parametrize("cls", [*GENERATED, Contact], ids=lambda cls: cls.__name__)
@settings(max_examples=settings().max_examples // 4)  # there are many models, and they share their parts
@given(data=st.data())
def test_any_model_survives_the_wire(cls: type, data: st.DataObject) -> None:
    """A model of any class, with any of its fields, and fields it does not name, is read back equal."""
    model = data.draw(strategies.models(cls))
    text = codec.encode(model)
    assert codec.decode(text, cls) == model
    assert codec.encode(codec.decode(text, cls)) == text
    assert codec.structure(codec.unstructure(model), cls) == model


def test_there_are_generated_models() -> None:
    """The test above would pass on none."""
    assert CreateInvoiceItem in GENERATED
    assert len(GENERATED) > 20


def test_wire_names_are_used_and_none_is_left_out() -> None:
    """JSON has the names of the API, and fields that are None are not in it."""
    item = CreateInvoiceItem(invoice_number="INV-1", original_invoice_amount=Decimal("4500.00"))
    assert codec.encode(item) == b'{"invoiceNumber":"INV-1","originalInvoiceAmount":4500.00}'


def test_unset_is_left_out_and_none_is_sent() -> None:
    """Where absent and null differ, UNSET is absent and None is null."""
    assert "nickName" not in codec.unstructure(contact())
    assert codec.unstructure(contact(nickname=None))["nickName"] is None


@pytest.mark.parametrize(("text", "value"), [("", UNSET), (',"nickName":null', None), (',"nickName":"T"', "T")])
def test_absent_and_null_are_told_apart_where_they_differ(text: str, value: Any) -> None:
    """An absent field is UNSET, null is None."""
    assert codec.decode(f'{{"fullName":"T","requiredOrNull":1{text}}}'.encode(), Contact).nickname == value


def test_null_is_the_same_as_absent_in_an_optional_field() -> None:
    """For ordinary optional fields, a null is no news."""
    text = b'{"fullName":"T","requiredOrNull":null,"$type":null,"parent":null,"phones":null,"since":null}'
    assert codec.decode(text, Contact) == Contact(name="T", required_or_null=None)


def test_a_required_field_that_may_be_null_is_sent_as_null() -> None:
    """It has to be there, so None cannot mean absent."""
    assert codec.unstructure(contact())["requiredOrNull"] is None


def test_nulls_in_lists_are_kept() -> None:
    """A list's length and places mean something."""
    text = b'{"fullName":"T","requiredOrNull":1,"phones":[null,"1",null],"seen":[],"version":1}'
    model = codec.decode(text, Contact)
    assert model.phones == [None, "1", None]
    assert codec.unstructure(model)["phones"] == [None, "1", None]


def test_defaults_fill_what_is_absent() -> None:
    """A field with a default of its own gets it, and lists are not shared."""
    one, two = (codec.decode(b'{"fullName":"T","requiredOrNull":1}', Contact) for _ in range(2))
    assert (one.version, one.seen) == (1, [])
    assert one.seen is not two.seen
    assert one.additional_properties is not two.additional_properties


def test_unknown_fields_are_kept_and_sent_back() -> None:
    """A field that the spec does not name is read into `additional_properties` and written where it was."""
    text = b'{"invoiceNumber":"1","hidden":{"amount":0.10,"list":[null]},"$x":null}'
    invoice = codec.decode(text, Invoice)
    assert invoice.additional_properties == {"hidden": {"amount": Decimal("0.10"), "list": [None]}, "$x": None}
    assert codec.encode(invoice) == text


def test_models_may_stand_in_open_places() -> None:
    """What the user puts into `additional_properties` is written by the same rules."""
    item = CreateInvoiceItem(
        additional_properties={"extra": Extent(amount=Decimal("1E+2")), "day": dt.date(2024, 1, 1)}
    )
    assert codec.encode(item) == b'{"extra":{"amount":100},"day":"2024-01-01"}'


def test_an_additional_property_cannot_replace_a_field() -> None:
    """The wrong one of two amounts could win; so the model's field is the only way."""
    item = CreateInvoiceItem(additional_properties={"dueDate": "2024-01-01"})
    with pytest.raises(RequestError, match=r"\$\.dueDate; set due_date instead") as caught:
        codec.encode(item)
    assert caught.value.path == "$.dueDate"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b'{"status":"QUEUED"}', BatchStatus.QUEUED),
        (b'{"status":"ODD"}', "ODD"),
        (b'{"status":{"statuscode":0}}', BatchStatusDetail(statuscode=0)),
        (b'{"status":null}', None),
    ],
)
def test_the_kind_of_json_decides_between_the_members_of_a_union(text: bytes, status: Any) -> None:
    """`Batch.status` is a word now and was an object then; both are read."""
    assert codec.decode(text, Batch).status == status


def test_a_union_that_json_cannot_decide_is_a_mistake_of_the_model() -> None:
    """Two members that look alike would be guessed between; the model's author is told at once."""
    with pytest.raises(TypeError, match="two members are a string in JSON"):
        codec.structure("x", str | dt.date)  # type: ignore[arg-type]  # a union is no class to mypy


def test_models_refer_to_themselves() -> None:
    """A tree is read and written to its leaves."""
    tree = contact(parent=contact(parent=contact(name="Root AS")))
    assert codec.decode(codec.encode(tree), Contact) == tree


@pytest.mark.parametrize("number", [0, 1, 2, 15, 16, 100])
def test_lists_of_any_length_are_written_alike(number: int) -> None:
    """Short and long lists of models take different ways to the same text."""
    items = [CreateInvoiceItem(invoice_number=str(n), additional_properties={"n": n}) for n in range(number)]
    text = ",".join(f'{{"invoiceNumber":"{n}","n":{n}}}' for n in range(number))
    assert codec.encode(CreateInvoicesRequest(invoices=items)) == f'{{"invoices":[{text}]}}'.encode()
    assert codec.encode(items) == f"[{text}]".encode()
    assert codec.decode(f"[{text}]".encode(), list[CreateInvoiceItem]) == items


def test_a_subclass_is_written_whole() -> None:
    """Where a model is expected, one of its subclasses will do, with all of its fields."""

    @define(kw_only=True)
    class Wider(Extent):
        unit: str = field(metadata={"wire": "unitName"})

    text = codec.encode(contact(extent=Wider(amount=Decimal(1), unit="h")))
    assert b'"extent":{"amount":1,"unitName":"h"}' in text


def test_models_without_wire_names_and_room_for_more() -> None:
    """A class of the user's own is read by its attribute names; what it has no place for is dropped."""
    assert codec.decode(b'{"amount":1.50,"more":1}', Closed) == Closed(amount=Decimal("1.50"))
    assert codec.encode(Closed(amount=Decimal("1.50"))) == b'{"amount":1.50}'


def test_a_constructor_with_rules_is_called() -> None:
    """Converters and the like of a user's class run; only plain classes are filled field by field."""
    made = codec.decode(b'{"_code":"abc"}', Checked)
    assert made == Checked("abc")
    assert made.length == 3


def test_a_plain_string_will_do_for_an_open_enum() -> None:
    """The wire knows no difference, and a new value may be sent before the library knows it."""
    assert codec.encode(CreateInvoiceItem(type="BRAND_NEW")) == b'{"type":"BRAND_NEW"}'  # type: ignore[arg-type]  # the point


def test_a_tuple_will_do_for_a_list() -> None:
    """Only its items matter."""
    assert b'"phones":["1"]' in codec.encode(contact(phones=("1",)))


def test_structuring_leaves_its_input_alone() -> None:
    """The caller's dict is read, not used up."""
    plain = {"fullName": "T", "requiredOrNull": 1, "more": {"a": 1}}
    codec.structure(plain, Contact)
    assert plain == {"fullName": "T", "requiredOrNull": 1, "more": {"a": 1}}


def test_a_missing_field_is_named() -> None:
    """An answer without a required field is refused with that field's place."""
    with pytest.raises(DecodeError, match=r"expected a value, found nothing at \$\.fullName \(and 1 more\)"):
        codec.decode(b"{}", Contact)


LARGE: dict[str, Any] = {"data": [{"id": str(UUID(int=n)), "currentAmount": n, "hidden": n} for n in range(2000)]}


@pytest.mark.parametrize("extra", [{}, {"summary": None, "more": [1.5]}, {"data": [], "more": "x" * 100_000}])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_large_page_reads_like_a_small_one(extra: dict[str, Any], mark: bytes) -> None:
    """Large answers are read item by item, which nobody can tell from the result."""
    page = LARGE | extra
    text = mark + codec.encode(page | {"more": str(page.get("more"))})
    assert len(text) > 100_000
    assert codec.decode(text, InvoiceList) == codec.structure(codec.decode_json(text), InvoiceList)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"data": [*LARGE["data"], {"id": 1}]}, r"expected a UUID, found a number at \$\.data\[2000\]\.id"),
        ({"data": None, "x": LARGE["data"]}, r"expected a list, found null at \$\.data"),
        ({"data": LARGE["data"], "summary": 1}, r"expected an object, found a number at \$\.summary"),
    ],
)
def test_a_problem_in_a_large_page_is_found(change: dict[str, Any], message: str) -> None:
    """The path counts the items of the whole page."""
    with pytest.raises(DecodeError, match=message):
        codec.decode(codec.encode(change), InvoiceList)


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-3], lambda text: text + b"}", lambda text: text.replace(b":7,", b":.")]
)
def test_damage_to_a_large_page_is_found(damage: Any) -> None:
    """Text that breaks off, or breaks in the middle of an item, is no page."""
    with pytest.raises(DecodeError, match="not readable as JSON"):
        codec.decode(damage(codec.encode(LARGE)), InvoiceList)


def test_an_instant_is_no_date() -> None:
    """Which day an instant falls on depends on the zone, so the sender has to say."""
    with pytest.raises(RequestError, match=r"expected a date, found datetime at \$\.since; use its \.date\(\)"):
        codec.encode(contact(since=dt.datetime(2024, 1, 31, 23, 30, tzinfo=dt.UTC)))


def test_a_date_is_no_instant() -> None:
    """A field that is an instant only needs a time of day and a zone."""
    with pytest.raises(RequestError, match=r"expected a datetime, found date at \$\.createdAt; use datetime\."):
        codec.encode(Invoice(created_at=dt.date(2024, 1, 31)))  # type: ignore[arg-type]  # the point
