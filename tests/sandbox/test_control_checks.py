"""What the control API and fault files refuse: all that would do nothing, or something else than its author meant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from amili_async.sandbox import Faults, Rule, load_faults
from amili_async.sandbox.fault_files import dump_faults, parse_faults
from tests.sandbox.api import Api, opened

# What Python says of itself; no reader of an HTTP answer can do anything with it.
PYTHONS_WORDS = re.compile(r"object has no|argument|__init__|not supported|NoneType|invalid literal|could not convert")

STATUS = {"kind": "status", "status": 503}


async def refused(api: Api, method: str, path: str, body: Any) -> str:
    """A request to the control API that has to be a 400; what it says."""
    content = body if isinstance(body, str) else json.dumps(body)
    async with api.session.request(method, f"/__sandbox__{path}", data=content) as response:
        answer = await response.json()
    assert response.status == 400, answer
    title: str = answer["title"]
    assert not PYTHONS_WORDS.search(title), title
    return title


@pytest.mark.parametrize(
    "order",
    [
        {"status": 500.5},
        {"status": "500"},
        {"status": True},
        {"status": 503, "retry_after": {"seconds": 1}},
        {"status": 503, "retry_after": -1},
        {"status": 503, "retry_after": 1e29},
        {"status": 503, "retry_after": True},
        {"status": 503, "retry_after": "1\r\nSet-Cookie: a=b"},
        {"status": 503, "retry_after": "\n"},
        {"status": 503, "retry_after": ""},
        {"status": 503, "times": 1.5},
        {"status": 503, "times": "2"},
        {"status": 503, "times": 10**9},
        {"status": 503, "operation": 7},
        {"status": 503, "operation": ["CreateInvoices"]},
        {"drop": ["after"]},
        {"drop": 1},
        {"status": 503, "colour": "red"},
        [],
        "null",
        "7",
    ],
)
async def test_an_order_is_checked(api: Api, order: Any) -> None:
    """Nothing is ordered by a request that makes no sense, and the sandbox answers as before."""
    assert await refused(api, "POST", "/faults/next", order)
    assert api.sandbox.ordered_faults == 0
    assert (await api.get("/cases")).status == 200


@pytest.mark.parametrize("body", [[], {}, {"advance": 5}, {"advance_s": 5, "by": 1}, "7", "null", ""])
async def test_the_clock_wants_to_know_how_far(api: Api, body: Any) -> None:
    """A misspelt field is no move by nothing."""
    assert re.search("advance_s|object", await refused(api, "POST", "/clock", body))


@pytest.mark.parametrize("body", [[], {}, {"id": 7}, {"id": None}, {"event": "x"}, "7"])
async def test_a_repetition_needs_an_id(api: Api, body: Any) -> None:
    """The id is a text."""
    assert re.search("id|object", await refused(api, "POST", "/webhooks/repeat", body))


@pytest.mark.parametrize("query", ["colour=red", "at=2025", "where=1", "status=good", "status=", "limit=x", "limit=-1"])
async def test_the_journals_filters_are_checked(api: Api, query: str) -> None:
    """An unknown filter is named."""
    assert await refused(api, "GET", f"/requests?{query}", "")


@pytest.mark.parametrize(
    "faults",
    [
        {"rule": [{"kind": "latency"}]},
        {"rule": [{"kind": "slow-body"}]},
        {"rule": [{"kind": "latency", "seconds": 1e29}]},
        {"rule": [{"kind": "latency", "seconds": "1"}]},
        {"rule": [{"kind": "latency", "seconds": None}]},
        {"rule": [{"kind": "latency", "seconds": 1, "retry_after_s": 1}]},
        {"rule": [{"kind": "drop-after", "seconds": 1}]},
        {"rule": [{"seconds": 1}]},
        {"rule": [{"kind": 7}]},
        {"rule": [{"kind": []}]},
        {"rule": [{"kind": "status", "status": 500.5}]},
        {"rule": [{**STATUS, "retry_after_s": -1}]},
        {"rule": [{**STATUS, "retry_after_s": "soon"}]},
        {"rule": [{**STATUS, "times": 1.5}]},
        {"rule": [{**STATUS, "times": True}]},
        {"rule": [{**STATUS, "after": "1"}]},
        {"rule": [{**STATUS, "probability": "often"}]},
        {"rule": [{**STATUS, "operation": 7}]},
        {"rule": [7]},
        {"rule": "latency"},
        {"rule": [], "rules": []},
        {"latency_s": 1e29},
        {"latency_s": "1"},
        {"latency_s": -1},
        {"rate_429": True},
        {"rate_429": None},
        {"retry_after_s": -1},
        {"retry_after_s": "1\r\n"},
        {"operations": 7},
        {"operations": [7]},
        {"operations": {"CreateInvoices": 1}},
        [],
        "null",
        "7",
    ],
)
async def test_faults_are_checked(api: Api, faults: Any) -> None:
    """Faults that make no sense change nothing."""
    assert await refused(api, "PUT", "/faults", faults)
    assert api.sandbox.faults == Faults()


@pytest.mark.parametrize(
    "text",
    [
        "latency_s = inf",
        "latency_s = nan",
        "retry_after_s = inf",
        "rate_429 = nan",
        '[[rule]]\nkind = "latency"\nseconds = inf',
        '[[rule]]\nkind = "slow-body"\nseconds = nan',
        '[[rule]]\nkind = "latency"',
        '[[rule]]\nkind = "status"\nstatus = 503\nretry_after_s = inf',
        '[[rule]]\nkind = "latency"\nseconds = 2025-01-01',
    ],
)
def test_a_file_is_checked(tmp_path: Path, text: str) -> None:
    """TOML has infinities and dates; the message begins with the file's name and speaks of the field."""
    file = tmp_path / "faults.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"^.*faults\.toml: .*(seconds|_s|rate_429)") as caught:
        load_faults(file)
    assert not PYTHONS_WORDS.search(str(caught.value))


def test_what_is_shown_can_be_set() -> None:
    """The answer to GET is one that PUT takes, also where a needed field has the value of its default."""
    faults = Faults(rules=[Rule(kind="latency"), Rule(kind="slow-body", seconds=2), Rule(kind="status", status=500)])
    assert parse_faults(dump_faults(faults)) == faults


async def test_an_order_with_a_fraction_of_a_second_is_taken(api: Api) -> None:
    """Seconds need not be whole; a text is sent as it is."""
    for order, expected in ((1.5, "2"), ("Sun, 09 Mar 2025 14:31:00 GMT", "Sun, 09 Mar 2025 14:31:00 GMT")):
        body = {"status": 503, "retry_after": order}
        async with api.session.post("/__sandbox__/faults/next", json=body) as response:
            assert response.status == 200
        assert (await api.get("/cases")).headers["Retry-After"] == expected


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/fault", 404, "the control API does not answer GET here"),
        ("PATCH", "/faults", 405, "the control API does not answer PATCH here"),
        ("PUT", "/faults", 413, "the body is larger than 1000 bytes"),
    ],
)
async def test_a_mistaken_request_is_the_control_apis_own(method: str, path: str, status: int, title: str) -> None:
    """It is not taken for a request to Amili: neither in what it is told, nor in the journal."""
    async with opened(max_body_bytes=1000) as api:
        before = len(api.sandbox.requests)
        async with api.session.request(method, f"/__sandbox__{path}", data=b"x" * 1001) as response:
            assert (response.status, (await response.json())["title"]) == (status, title)
        assert len(api.sandbox.requests) == before
