"""From arguments to a request, and what is refused before anything is sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amili_async import RequestError, RequestOptions
from amili_async.building import build_request
from amili_async.operations import Body, Evidence, Operation, Param
from amili_async.request import Request
from amili_async.types import OpenStrEnum


class State(OpenStrEnum):
    """For a query parameter."""

    OPEN = "OPEN"


LIST: Operation[Any] = Operation(
    id="ListThings",
    method="GET",
    path="/orgs/{organizationId}/things/{thingId}",
    prefix="/collection/v1",
    product="collection",
    tag="Things",
    summary="For the tests.",
    idempotency="safe",
    evidence=Evidence(level="documented"),
    params=(
        Param(name="organization_id", wire="organizationId", location="path", required=True),
        Param(name="thing_id", wire="thingId", location="path", required=True),
        Param(name="status", wire="Status", location="query"),
        Param(name="from_", wire="From", location="query"),
        Param(name="accept_language", wire="Accept-Language", location="header"),
    ),
)
ANY_BODY: Operation[Any] = Operation(
    id="PostThing",
    method="POST",
    path="/things",
    prefix="",
    product="collection",
    tag="Things",
    summary="For the tests.",
    idempotency="unsafe",
    evidence=Evidence(level="documented"),
    request_body=Body(model=None),
)


def build(*path_args: Any, options: RequestOptions | None = None, **params: Any) -> Request:
    return build_request(LIST, path_args, params, None, options or RequestOptions())


@given(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
def test_any_path_value_is_quoted_and_comes_back(text: str) -> None:
    """Slashes, spaces, dots and letters of any script cannot change which resource is meant."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # lone surrogates have no bytes; see below
    path = build("org", text).path
    segments = path.removeprefix("/collection/v1/orgs/org/things/").split("/")
    assert [unquote(segment) for segment in segments] == [text]
    assert not set(path) & set(" ?#")


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_path_values_that_would_walk_are_refused(text: str) -> None:
    """Quoting leaves dots alone, and servers walk up on them."""
    with pytest.raises(RequestError, match="thing_id"):
        build("org", text)


@pytest.mark.parametrize("value", [None, 1.5, ["a"], b"a", Decimal("NaN")])
def test_values_of_a_wrong_type_are_refused(value: Any) -> None:
    """A missing id for example, which would otherwise be sent as the text None."""
    with pytest.raises(RequestError, match="thing_id") as caught:
        build("org", value)
    assert caught.value.path == "thing_id"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (State.OPEN, "OPEN"),
        (State("NEWER"), "NEWER"),
        ("OPEN", "OPEN"),
        (True, "true"),
        (7, "7"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (dt.date(2026, 1, 31), "2026-01-31"),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), "2026-01-31T12:00:00Z"),
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.timezone(dt.timedelta(hours=1))), "2026-01-31T11:00:00Z"),
        (Decimal("1E+5"), "100000"),
    ],
)
def test_query_values_have_one_form_each(value: Any, text: str) -> None:
    """Enums by value, instants in UTC, numbers without exponent."""
    assert build("o", "t", status=value).query == (("Status", text),)


def test_a_list_becomes_a_repeated_parameter_and_none_is_left_out() -> None:
    """As query strings do it."""
    assert build("o", "t", status=["A", "B"], from_=None).query == (("Status", "A"), ("Status", "B"))


def test_naive_datetimes_are_refused_with_the_fix() -> None:
    """An hour's shift around midnight is a day's shift of a due date."""
    with pytest.raises(RequestError, match=r"from_ has no time zone.*tzinfo=UTC"):
        build("o", "t", from_=dt.datetime(2026, 1, 31))  # noqa: DTZ001  # that is the point


def test_header_parameters_go_into_headers() -> None:
    """With their wire name."""
    assert build("o", "t", accept_language="no").headers["Accept-Language"] == "no"


@pytest.mark.parametrize("name", ["Authorization", "host", "Content-Length"])
def test_headers_of_the_client_cannot_be_overridden(name: str) -> None:
    """A second Authorization header would be a way to leak or to lose the token."""
    with pytest.raises(RequestError, match=name):
        build("o", "t", options=RequestOptions(headers={name: "x"}))


def test_extra_headers_are_sent() -> None:
    """For tracing, for example."""
    assert build("o", "t", options=RequestOptions(headers={"X-Trace": "1"})).headers["X-Trace"] == "1"


def test_extra_query_parameters_are_sent() -> None:
    """For those that the documentation hides."""
    assert build("o", "t", options=RequestOptions(query={"Hidden": "1"})).query == (("Hidden", "1"),)


@pytest.mark.parametrize("name", ["X Trace", "X-Trace\r\n", ""])
def test_names_that_are_no_header_are_refused(name: str) -> None:
    """Before the HTTP library finds its own words for it."""
    with pytest.raises(RequestError, match="cannot be sent"):
        build("o", "t", options=RequestOptions(headers={name: "x"}))


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "ø", " a", "\x00"])
def test_values_that_would_break_a_header_are_refused(text: str) -> None:
    """A line break would start another header."""
    with pytest.raises(RequestError, match="cannot be sent"):
        build("o", "t", options=RequestOptions(headers={"X-Trace": text}))
    with pytest.raises(RequestError, match="idempotency_key"):
        RequestOptions(idempotency_key=text)


@pytest.mark.parametrize(
    "settings",
    [
        {"max_attempts": 0},
        {"deadline_s": 0.0},
        {"deadline_s": float("nan")},
        {"idempotency_key": ""},
        {"headers": {"X": 1}},
        {"query": {"A": None}},
    ],
)
def test_options_that_could_never_work_are_refused(settings: dict[str, Any]) -> None:
    """No attempt, or no time for one."""
    with pytest.raises(RequestError, match=next(iter(settings))):
        RequestOptions(**settings)


def test_wrong_arguments_are_programming_errors() -> None:
    """They are TypeErrors, as with any Python function, and name what is there."""
    with pytest.raises(TypeError, match=r"takes organization_id, thing_id; 1 given"):
        build("o")
    with pytest.raises(TypeError, match=r"no parameter 'stauts'; it has: status, from_, accept_language"):
        build("o", "t", stauts="OPEN")
    with pytest.raises(TypeError, match="takes no body"):
        build_request(LIST, ("o", "t"), {}, {"a": 1}, RequestOptions())
    with pytest.raises(TypeError, match="needs a body"):
        build_request(ANY_BODY, (), {}, None, RequestOptions())


def test_bytes_are_sent_as_they_are() -> None:
    """Who has encoded a body already need not have it encoded again."""
    content = b'{"amount":1.50}'
    assert build_request(ANY_BODY, (), {}, content, RequestOptions()).content is content


def test_an_open_body_is_sent_as_it_is() -> None:
    """Where the documentation hides a body, any JSON-able value can be given."""
    request = build_request(ANY_BODY, (), {}, {"amount": Decimal("1.50")}, RequestOptions())
    assert request.content == b'{"amount":1.50}'
    assert request.headers["Content-Type"] == "application/json"
