"""Bodies that are nested deeply."""

from __future__ import annotations

from pathlib import Path

import pytest

from amili_async.sandbox.jsonio import MalformedJsonError, decode_json
from tests.sandbox.api import Api, opened


@pytest.mark.parametrize("content", [b"[" * 50_000, b"[" * 700 + b"]" * 700, b'{"a":' * 50_000])
async def test_a_deep_body_is_a_bad_request(api: Api, content: bytes) -> None:
    """The API and the control API answer 400, not 500."""
    answer = await api.post("/invoices", content)
    assert (answer.status, answer.body["title"]) == (400, "the body is not JSON")
    async with api.session.put("/__sandbox__/faults", data=content) as response:
        assert response.status == 400


async def test_a_deep_part_of_a_body_is_a_bad_request(api: Api) -> None:
    """The spec permits unknown fields, so what they hold is looked at as well."""
    content = b'{"invoices": [{"news": ' + b"[" * 400 + b"]" * 400 + b"}]}"
    assert (await api.post("/invoices", content)).status == 400


def test_a_hundred_levels_are_enough() -> None:
    """The limit is far above every request, whatever is innermost."""
    for innermost in (b"", b"1", b'"a"'):
        assert decode_json(b"[" * 100 + innermost + b"]" * 100)
        with pytest.raises(MalformedJsonError, match="too deeply"):
            decode_json(b"[" * 101 + innermost + b"]" * 101)


async def test_what_was_deep_enough_is_read_after_a_restart(tmp_path: Path) -> None:
    """A body of the deepest kind that is accepted does not damage the state file."""
    file = tmp_path / "state.jsonl"
    async with opened(state_file=file) as api:
        assert (await api.post("/invoices", b'{"invoices": [], "news": ' + b"[" * 99 + b"]" * 99 + b"}")).status == 202
    async with opened(state_file=file) as api:
        assert len((await api.get("/batches")).body["data"]) == 1
