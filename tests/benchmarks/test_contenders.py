"""All contenders do the same work: what they read and write is equal, but for what is said of them."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amili_async import codec
from benchmarks import codec_speed, paging_speed, push_speed, sample
from benchmarks.contenders import Codec, Push, bare, opc, ours
from benchmarks.contenders.from_spec import pydantic_codec, struct_codec
from benchmarks.contenders.generators import Missing, make_ogen
from benchmarks.push_speed import Sizes, push_ours
from benchmarks.server import books, serving

PAGE, BODY = sample.page(3), codec_speed.request_text(3)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Codec, Push]:
    return opc.make(tmp_path_factory.mktemp("peers") / "peer_opc")


@pytest.fixture
def codecs(generated: tuple[Codec, Push]) -> list[Codec]:
    return [ours.CODEC, pydantic_codec(), pydantic_codec(numbers=True), struct_codec(), generated[0]]


def comparable(text: bytes | str) -> Any:
    """JSON without what is spelled in two ways: amounts as text, as pydantic writes them, and UTC as an offset."""

    def plain(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: plain(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        if key.lower().endswith("amount"):
            return float(value)
        return value.replace("+00:00", "Z") if isinstance(value, str) else value

    return plain(codec.decode_json(text if isinstance(text, bytes) else text.encode()))


def test_all_read_the_same_page(codecs: list[Codec]) -> None:
    """Read and written again, the page is what it was, whoever did it."""
    for each in codecs:
        assert comparable(each.write_page(each.read_page(PAGE))) == comparable(PAGE), each.name


def test_all_write_the_same_body(codecs: list[Codec]) -> None:
    """A request says the same, whoever wrote it."""
    for each in codecs:
        assert comparable(each.write_body(each.read_body(BODY))) == comparable(BODY), each.name


def test_our_models_of_a_row_are_the_plain_ones() -> None:
    """This library pushes what the hand-written loop pushes."""
    row = sample.row(7)
    assert comparable(codec.encode(ours.item(row))) == comparable(codec.encode(sample.plain_item(row)))


def test_the_generated_client_writes_a_row_as_we_do(generated: tuple[Codec, Push]) -> None:
    """And so do the clients that are compared with it."""
    models: Any = __import__("peer_opc.models", fromlist=["models"])
    row = sample.row(7)
    written = json.dumps(opc._item(models, row).to_dict())
    assert comparable(written) == comparable(codec.encode(ours.item(row)))


def test_every_push_brings_every_invoice_home(generated: tuple[Codec, Push], tmp_path: Path) -> None:
    """Each contender hands all over, and finds the result of each."""
    pushes = [
        bare.push,
        bare.push_models,
        generated[1],
        push_ours(tmp_path, journal=False),
        push_ours(tmp_path, journal=True),
    ]
    with serving() as url:
        for number, push in enumerate(pushes, start=1):
            assert asyncio.run(push(url, sample.rows(250), chunk_size=100, concurrency=2)) == 250
            assert books(url)["records"] == number * 250


def test_a_push_that_loses_something_is_no_result() -> None:
    """A contender that is fast because it drops invoices stops the benchmark."""

    async def lazy(url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
        return len(list(rows))

    with serving() as url, pytest.raises(RuntimeError, match="10 invoices were pushed, 10 came back, and 0 arrived"):
        push_speed._rate(lazy, url, 10, chunk_size=5)


def test_the_codec_part_runs(codecs: list[Codec]) -> None:
    """Four tables, with every contender that takes part."""
    found = list(codec_speed.measure(codecs, invoices=5, count=1, rng=random.Random(1)))
    assert [each.key for each in found] == ["decode", "encode", "encode body", "decode unseen"]
    assert [len(each.rows) for each in found] == [4, 5, 5, 4]


def test_the_push_part_runs(generated: tuple[Codec, Push], tmp_path: Path) -> None:
    """A table per chunk size, one of concurrency, and one of event loops where there is another."""
    sizes = Sizes(ours=100, others=100, rounds=1)
    keys = [each.key for each in push_speed.measure({opc.NAME: generated[1]}, sizes, tmp_path, random.Random(1))]
    assert keys[:6:2] == ["push 100", "push 500", "push concurrency"]


def test_the_paging_part_runs() -> None:
    """Every item of every page comes, with and without prefetch."""
    found = paging_speed.measure(pages=3, items=2, latency_ms=1, count=1, rng=random.Random(1))
    assert len(found.rows) == 4


def test_a_generator_without_java_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who has no Java gets the rest, and a note."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Missing, match="needs Java"):
        make_ogen(tmp_path)
