"""Events as they are documented, as they are printed, and as they may come one day."""

from __future__ import annotations

import codecs
import datetime as dt
import pickle
import traceback
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async import WebhookError, codec
from amili_async.models.collection import (
    WebhookBatchCompleted,
    WebhookCase,
    WebhookCaseUpdated,
    WebhookSettlementCreated,
)
from amili_async.webhooks import (
    UNVERIFIED,
    BatchCompleted,
    CaseCreated,
    CaseUpdated,
    Event,
    HmacSha256Verifier,
    SettlementCreated,
    UnknownEvent,
    parse_event,
)
from tests.equality import normal
from tests.strategies import json_values, models
from tests.webhooks import BATCH_COMPLETED, CASE, CASE_UPDATED, DOCUMENTED, SECRET, SETTLEMENT_CREATED, signed

ORGANIZATION = UUID("db6a7ff4-3a20-4042-b271-a9485ded6334")
SUBJECT = UUID("db6a7ff4-3a20-4042-b271-a9485ded6333")
SENT = dt.datetime(2025, 8, 15, 11, 42, tzinfo=dt.UTC)


def parse(body: bytes | str, **headers: str) -> Event:
    return parse_event(headers, body.encode() if isinstance(body, str) else body, verifier=UNVERIFIED)


def test_a_completed_batch() -> None:
    """As documented; names are even, values typed."""
    event = parse(BATCH_COMPLETED)
    assert isinstance(event, BatchCompleted)
    assert event.type == "BATCH_COMPLETED"
    assert event.id == UUID("897e1f80-ceb5-4b58-a2aa-c895aff6ce3e")
    assert event.source == "COLLECTION"
    assert event.timestamp == SENT
    assert event.timestamp.utcoffset() == dt.timedelta(0)
    assert (event.organization_id, event.batch_id, event.status) == (ORGANIZATION, SUBJECT, "SUCCESS")


def test_a_settlement() -> None:
    """Its date is a plain date, its numbers are strings."""
    event = parse(SETTLEMENT_CREATED)
    assert isinstance(event, SettlementCreated)
    assert (event.organization_id, event.settlement_id) == (ORGANIZATION, SUBJECT)
    assert event.settlement_date == dt.date(2025, 8, 15)
    assert event.invoice_id == UUID("425284ba-ce41-48cc-9407-f851dccdb8ad")
    assert (event.invoice_number, event.case_number) == ("1234567", "1234567")


@pytest.mark.parametrize("name", ["CASE", "CASE_CREATED"])
def test_an_opened_case(name: str) -> None:
    """Printed as `CASE`; its sister's name makes `CASE_CREATED` likely."""
    event = parse(CASE.replace(b'"CASE"', f'"{name}"'.encode()))
    assert isinstance(event, CaseCreated)
    assert event.type == name
    assert (event.organization_id, event.case_id, event.case_number) == (ORGANIZATION, SUBJECT, "5000001")
    assert (event.case_type, event.status) == ("COLLECTION_NOTICE", "OPEN")
    assert event.invoices == (
        UUID("4a86b85e-a3c3-4299-b9e6-202d1096b990"),
        UUID("fc6615cf-2d29-49da-85ec-3af55c805bde"),
    )


def test_a_changed_case() -> None:
    """With what has changed. The printed event has no invoices, which is something else than none."""
    event = parse(CASE_UPDATED)
    assert isinstance(event, CaseUpdated)
    assert (event.organization_id, event.case_id, event.status) == (ORGANIZATION, SUBJECT, "PAUSED")
    assert event.fields == ("amounts", "status", "type", "description")
    assert event.invoices is None
    empty = parse(CASE_UPDATED.replace(b'"fields"', b'"invoices": [], "fields"'))
    assert isinstance(empty, CaseUpdated)
    assert empty.invoices == ()


def test_headers_say_what_was_delivered() -> None:
    """Key and id as they came; headers that are missing are None."""
    headers = {"X-Amili-Event": "batch.completed", "IdempotencyKey": "key-1", "X-Amili-Request-Id": "req-1"}
    event = parse(BATCH_COMPLETED, **headers)
    # What words the header uses is not documented, so another one is no error.
    assert event.type == "BATCH_COMPLETED"
    assert event.header_type == "batch.completed"
    assert (event.idempotency_key, event.request_id) == ("key-1", "req-1")
    event = parse(BATCH_COMPLETED, IdempotencyKey="  ")
    assert (event.header_type, event.idempotency_key, event.request_id) == (None, None, None)


@pytest.mark.parametrize("name", ["IdempotencyKey", "X-Amili-Event", "X-Amili-Request-Id"])
def test_headers_that_contradict_themselves_are_refused(name: str) -> None:
    """Which of two keys is the right one cannot be known; the same one twice does no harm."""
    with pytest.raises(WebhookError, match=f"{name} came more than once"):
        parse(BATCH_COMPLETED, **{name: "a", name.upper(): "b"})
    parse(BATCH_COMPLETED, **{name: "a", name.upper(): "a"})


@pytest.mark.parametrize(("body", "documented", "other"), [
    (BATCH_COMPLETED, b'"type"', b'"eventType"'),
    (CASE, b'"eventType"', b'"type"'),
    (BATCH_COMPLETED, b'"organizationId"', b'"orgId"'),
    (CASE, b'"orgId"', b'"organizationId"'),
])  # fmt: skip
def test_either_name_will_do(body: bytes, documented: bytes, other: bytes) -> None:
    """Two names for one thing are likely to become one some day, and nobody can say which."""
    before, after = parse(body), parse(body.replace(documented, other, 1))
    assert type(after) is type(before)
    assert (after.type, after.organization_id) == (before.type, before.organization_id)


def test_a_known_type_wins() -> None:
    """Should both names come, the one that means something is taken."""
    assert isinstance(parse('{"type":"COLLECTION","eventType":"CASE","data":{}}'), CaseCreated)
    assert isinstance(parse('{"type":"CASE_UPDATED","eventType":"V2","data":{}}'), CaseUpdated)
    assert isinstance(parse('{"type":{"name":"x"},"eventType":"CASE","data":{}}'), CaseCreated)


@pytest.mark.parametrize("body", DOCUMENTED)
def test_nothing_is_lost(body: bytes) -> None:
    """`model` and `raw` say what came; fields that the spec does not name are in both."""
    body = body.replace(b'"data": {', b'"neu": 1.10, "data": {"mehr": [null],', 1)
    event = parse(body)
    assert not isinstance(event, UnknownEvent)
    assert event.raw == codec.decode_json(body)
    assert normal(codec.unstructure(event.model)) == normal(event.raw)
    assert event.model.additional_properties["neu"] == Decimal("1.10")
    assert event.model.data.additional_properties == {"mehr": [None]}


@pytest.mark.parametrize("body", DOCUMENTED)
def test_a_bom_is_no_obstacle(body: bytes) -> None:
    """.NET writes one at times; it belongs to what is signed."""
    body = codecs.BOM_UTF8 + body
    assert parse_event(signed(body), body, verifier=HmacSha256Verifier([SECRET])).organization_id == ORGANIZATION


@pytest.mark.parametrize("body", DOCUMENTED)
def test_events_are_values(body: bytes) -> None:
    """They compare, hash, pickle, and cannot be changed by accident."""
    event, same = parse(body), parse(body)
    assert event == same
    assert hash(event) == hash(same)
    assert pickle.loads(pickle.dumps(event)) == event
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.id = None  # type: ignore[misc]  # that mypy objects as well is the point


def test_events_match_by_class_and_value() -> None:
    """As in a handler."""
    match parse(CASE_UPDATED):
        case CaseUpdated(status="OPEN"):
            pytest.fail("it is paused")
        case CaseUpdated(status="PAUSED", case_number=number):
            assert number == "5000001"
        case _:
            pytest.fail("it is an updated case")


def test_unknown_values_are_kept() -> None:
    """States, stages and parts that nobody has seen yet are no errors."""
    event = parse(CASE_UPDATED.replace(b"PAUSED", b"FROZEN").replace(b"amounts", b"debtors"))
    assert isinstance(event, CaseUpdated)
    assert event.status == "FROZEN"
    assert event.fields is not None
    assert event.fields[0] == "debtors"


@pytest.mark.parametrize("type_", ["CASE_CLOSED", "batch_completed", "", "æøå"])
def test_a_new_event_needs_no_release(type_: str) -> None:
    """It comes whole, with the fields that all events share."""
    event = parse(BATCH_COMPLETED.replace(b"BATCH_COMPLETED", type_.encode()), IdempotencyKey="k")
    assert isinstance(event, UnknownEvent)
    assert (event.type, event.idempotency_key) == (type_, "k")
    assert (event.timestamp, event.organization_id, event.source) == (SENT, ORGANIZATION, "COLLECTION")
    assert event.raw["data"]["batchId"] == str(SUBJECT)


@given(st.dictionaries(st.sampled_from(["id", "source", "timeStamp", "data", "other"]), json_values))
def test_whatever_an_unknown_event_holds_is_no_error(payload: dict[str, Any]) -> None:
    """Not even an id that is no UUID, or data that is no object."""
    body = codec.encode({**payload, "type": "NEW"})
    event = parse(body)
    assert isinstance(event, UnknownEvent)
    assert event.raw == codec.decode_json(body)


def test_what_does_not_fit_is_left_out_alone() -> None:
    """The other fields of an unknown event are read all the same."""
    event = parse(f'{{"type":"NEW","id":7,"timeStamp":"2025-08-15T11:42:00Z","data":{{"orgId":"{ORGANIZATION}"}}}}')
    assert (event.id, event.timestamp, event.organization_id) == (None, SENT, ORGANIZATION)


@pytest.mark.parametrize(("cls", "type_"), [
    (WebhookBatchCompleted, "BATCH_COMPLETED"),
    (WebhookSettlementCreated, "SETTLEMENT_CREATED"),
    (WebhookCase, "CASE"),
    (WebhookCaseUpdated, "CASE_UPDATED"),
])  # fmt: skip
@given(data=st.data())
def test_any_event_of_a_known_shape_is_read(cls: Any, type_: str, data: st.DataObject) -> None:
    """Whatever is left out, null, unknown or more than the spec says."""
    model: Any = data.draw(models(cls))
    setattr(model, "event_type" if "CASE" in type_ else "type", type_)
    for part, taken in ((model, ("type", "eventType")), (model.data, ("organizationId", "orgId"))):
        part.additional_properties = {k: v for k, v in part.additional_properties.items() if k not in taken}
    event = parse(codec.encode(model))
    assert not isinstance(event, UnknownEvent)
    assert event.type == type_
    assert event.id == model.id
    assert normal(codec.unstructure(event.model)) == normal(codec.unstructure(model))


# The events as the documentation prints them: without a comma, or with a comment that JSON does not have.
COMMA_MISSING = CASE.replace(b'"5000001",', b'"5000001"')
COMMENT = BATCH_COMPLETED.replace(b'"SUCCESS"', b'"SUCCESS" // or PARTIAL, FAILED')


@pytest.mark.parametrize(("body", "place"), [
    (COMMA_MISSING, "line 9, column 9"),
    (CASE_UPDATED.replace(b'"5000001",', b'"5000001"'), "line 9, column 9"),
    (COMMENT, "line 9, column 29"),
    (codecs.BOM_UTF8 + COMMENT, "line 9, column 29"),
    (b'{"type":"CASE","note":"\xc3\xa6\xc3\xb8\xc3\xa5" "data":{}}', "line 1, column 29"),
    (b'{"type":"CASE"} {}', "line 1, column 18"),
])  # fmt: skip
def test_broken_json_is_refused_with_the_place(body: bytes, place: str) -> None:
    """Two of the documented events are printed so; the message says where to look."""
    with pytest.raises(WebhookError, match=f"JSON.*{place}"):
        parse(body)


@pytest.mark.parametrize(("body", "reason"), [
    (b"", "it is empty"),
    (b" \n", "it is empty"),
    (codecs.BOM_UTF8, "it is empty"),
    (BATCH_COMPLETED[:-20], "truncated"),
    (b'{"type":"\xff"}', "not UTF-8"),
    (BATCH_COMPLETED.decode().encode("utf-16"), "malformed"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"type":"CASE","data":{"a":1e99999999999999999999}}', "exponent"),
    (b"<event/>", "malformed"),
    (b"type=CASE", "malformed"),
])  # fmt: skip
def test_what_is_no_json_is_refused(body: bytes, reason: str) -> None:
    """With the reason."""
    with pytest.raises(WebhookError, match=reason):
        parse(body)


@pytest.mark.parametrize(("body", "problem"), [
    ("[]", r"not an object at \$"),
    ("null", r"not an object at \$"),
    ('"CASE"', r"not an object at \$"),
    ("{}", r"neither \$.type nor \$.eventType"),
    ('{"type":null}', r"neither \$.type nor \$.eventType"),
    ('{"type":7,"data":{}}', r"not a string at \$.type"),
    ('{"eventType":["CASE"],"data":{}}', r"not a string at \$.eventType"),
    ('{"type":"BATCH_COMPLETED"}', r"\$.data"),
    ('{"type":"BATCH_COMPLETED","data":null}', r"\$.data"),
    ('{"type":"BATCH_COMPLETED","data":[]}', r"expected an object.* at \$.data"),
    ('{"type":"BATCH_COMPLETED","data":{"batchId":"12"}}', r"expected a UUID.* at \$.data.batchId"),
    ('{"type":"BATCH_COMPLETED","data":{"organizationId":12}}', r"expected a UUID.* at \$.data.organizationId"),
    ('{"type":"BATCH_COMPLETED","data":{"orgId":12}}', r"expected a UUID.* at \$.data.orgId"),
    ('{"type":"BATCH_COMPLETED","data":{"status":{}}}', r"at \$.data.status"),
    ('{"type":"BATCH_COMPLETED","id":"x","data":{}}', r"expected a UUID.* at \$.id"),
    ('{"type":"BATCH_COMPLETED","timeStamp":"noon","data":{}}', r"expected a date-time.* at \$.timeStamp"),
    ('{"type":"SETTLEMENT_CREATED","data":{"settlementDate":"15.08.2025"}}', r"at \$.data.settlementDate"),
    ('{"type":"SETTLEMENT_CREATED","data":{"caseNumber":1234567}}', r"expected a string.* at \$.data.caseNumber"),
    ('{"eventType":"CASE","data":{"orgId":"x"}}', r"expected a UUID.* at \$.data.orgId"),
    ('{"eventType":"CASE","data":{"organizationId":"x"}}', r"expected a UUID.* at \$.data.organizationId"),
    ('{"eventType":"CASE","data":{"invoices":["x"]}}', r"expected a UUID.* at \$.data.invoices\[0\]"),
    ('{"eventType":"CASE_UPDATED","data":{"fields":"status"}}', r"expected a list.* at \$.data.fields"),
])  # fmt: skip
def test_another_shape_is_refused_by_its_wire_path(body: str, problem: str) -> None:
    """The message names the field as it is called in the documentation."""
    with pytest.raises(WebhookError, match=problem):
        parse(body)


@pytest.mark.parametrize("body", [
    b'{"type":"BATCH_COMPLETED","data":{"batchId":"Kari Nordmann"}}',
    b'{"type":"BATCH_COMPLETED","timeStamp":"Kari Nordmann","data":{}}',
    b'{"type":"BATCH_COMPLETED","data":{"orgId":"Kari Nordmann"}}',
    b'{"type":{"Kari Nordmann":1}}',
    b'{"type":"BATCH_COMPLETED" "Kari Nordmann"}',
    b'{"type":"Kari Nordmann',
])  # fmt: skip
def test_errors_never_show_values(body: bytes) -> None:
    """Not in text, repr, pickle, or in the errors that they come from."""
    with pytest.raises(WebhookError) as caught:
        parse(body)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(pickle.dumps(caught.value))
    assert "Kari" not in shown
    assert "Kari" not in str(caught.value.__context__)


def test_repr_shows_what_is_known_only() -> None:
    """What the spec does not name may be personal data, and an unknown event is all of it."""
    for body in (*DOCUMENTED, b'{"type":"NEW","data": {"a":1}}'):
        event = parse(body.replace(b'"data": {', b'"who":"Kari Nordmann","data": {"name":"Kari Nordmann",', 1))
        assert event.raw["data"]["name"] == "Kari Nordmann"
        assert "Kari" not in repr(event)


def test_long_bodies_are_refused_before_they_are_read() -> None:
    """Nothing is computed of them, not even the signature."""
    for size, limit in ((len(BATCH_COMPLETED), len(BATCH_COMPLETED)), (1_000_000, 1_000_000)):
        parse_event({}, BATCH_COMPLETED.ljust(size), verifier=UNVERIFIED, max_body_bytes=limit)
    with pytest.raises(WebhookError, match="longer than 1000000 bytes"):
        parse(BATCH_COMPLETED.ljust(1_000_001))
    with pytest.raises(WebhookError, match="longer than 10 bytes"):
        parse_event({}, BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET]), max_body_bytes=10)


@pytest.mark.parametrize("body", [BATCH_COMPLETED.decode(), codec.decode_json(BATCH_COMPLETED), None])
def test_the_body_must_be_bytes(body: Any) -> None:
    """Text that was decoded and JSON that was parsed are not what was signed."""
    with pytest.raises(TypeError, match="bytes of the request"):
        parse_event({}, body, verifier=UNVERIFIED)
    other_bytes: Any = bytearray(BATCH_COMPLETED)
    assert parse_event({}, other_bytes, verifier=UNVERIFIED).type == "BATCH_COMPLETED"


@given(st.one_of(
    st.binary(max_size=100),
    json_values.map(codec.encode),
    st.tuples(st.sampled_from(DOCUMENTED), st.integers(0, 400), st.binary(max_size=3)).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + len(parts[2]) :]
    ),
    st.builds(
        lambda type_, data: codec.encode({"type": type_, "data": data}),
        st.sampled_from(["BATCH_COMPLETED", "SETTLEMENT_CREATED", "CASE", "CASE_UPDATED"]),
        json_values,
    ),
))  # fmt: skip
def test_any_body_is_an_event_or_an_error_of_ours(body: bytes) -> None:
    """Nothing that comes in can break a receiver in another way."""
    try:
        event = parse(body)
    except WebhookError as error:
        assert str(error)  # noqa: PT017  # either outcome is right
    else:
        assert event.raw == codec.decode_json(body)
