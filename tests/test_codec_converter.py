"""The converter behind the codec: one place to change how a type is converted."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from attrs import define, field

from amili_async import codec
from amili_async._codec import read_models, write_models
from amili_async._codec.build import build_converter
from amili_async._codec.hooks import reader_of, writer_of
from amili_async._codec.source import compile_function
from amili_async.models.collection import CreateInvoiceItem


@define(kw_only=True)
class Priced:
    """A model for hooks to work on."""

    price: Decimal | None = field(default=None, metadata={"wire": "price"})
    prices: list[Decimal] = field(factory=list, metadata={"wire": "prices"})


def test_the_converter_converts_like_the_codec() -> None:
    """Who has cattrs code may use the converter itself."""
    item = CreateInvoiceItem(original_invoice_amount=Decimal("10.50"))
    assert codec.converter.unstructure(item) == {"originalInvoiceAmount": Decimal("10.50")}
    assert codec.converter.structure({"originalInvoiceAmount": Decimal("10.50")}, CreateInvoiceItem) == item


def test_a_hook_for_a_type_works_everywhere() -> None:
    """A hook registered before first use replaces ours in fields, optional fields and lists."""
    converter = build_converter()
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(str(value).replace(",", ".")))
    converter.register_unstructure_hook(Decimal, lambda value: f"{value:.2f}")
    read = reader_of(converter, Priced).read({"price": "1,5", "prices": ["2,5"]})
    assert read == Priced(price=Decimal("1.5"), prices=[Decimal("2.5")])
    assert converter.unstructure(read) == {"price": "1.50", "prices": ["2.50"]}
    assert msgspec.json.encode(writer_of(converter, Priced).native(read)) == b'{"price":"1.50","prices":["2.50"]}'


def test_a_hook_for_a_model_works_everywhere() -> None:
    """A whole model can be taken over, too."""
    converter = build_converter()
    converter.register_structure_hook(Priced, lambda value, _: Priced(price=Decimal(value)))
    converter.register_unstructure_hook(Priced, lambda value: int(value.price))
    assert converter.structure([1], list[Priced]) == [Priced(price=Decimal(1))]
    assert converter.unstructure([Priced(price=Decimal(1))]) == [1]


def test_a_hook_for_a_foreign_class_makes_it_sendable() -> None:
    """What JSON cannot hold can be sent once there is a hook that turns it into what JSON can."""

    class Money:
        pass

    codec.converter.register_unstructure_hook(Money, lambda _: {"amount": Decimal("1E-7")})
    assert codec.encode([Money()]) == b'[{"amount":0.0000001}]'
    assert codec.unstructure([Money()]) == [{"amount": Decimal("1E-7")}]


def test_a_mistake_in_a_model_is_not_blamed_on_the_data() -> None:
    """An annotation that leads nowhere is its author's to repair, so the error is the original one."""

    @define
    class Broken:
        other: Nowhere  # type: ignore[name-defined]  # noqa: F821  # the point

    with pytest.raises(NameError, match="Nowhere"):
        codec.structure({"other": 1}, Broken)
    with pytest.raises(NameError, match="Nowhere"):
        codec.encode(Broken(other=1))


def test_the_compiled_code_shows_in_tracebacks() -> None:
    """Somebody who debugs a hook sees which field called it."""
    converter = build_converter()

    def fail(value: Any, _: Any) -> Decimal:
        raise RuntimeError("from a hook")

    converter.register_structure_hook(Decimal, fail)
    with pytest.raises(RuntimeError) as caught:
        converter.structure({"price": 1}, Priced)
    assert any("read_v0(v0)" in str(entry) for entry in caught.traceback)


def test_importing_the_codec_reads_no_model() -> None:
    """Conversion of a model is prepared when it is first used, not when the library is imported."""
    code = "import sys, amili_async.codec; print([m for m in sys.modules if m.startswith('amili_async.models')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_a_model_is_compiled_once_for_all_items_of_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling takes a thousand times as long as converting one item, so the first list must not do it for each."""
    compiled: list[str] = []

    def count(name: str, *rest: Any) -> Any:
        compiled.append(name)
        return compile_function(name, *rest)

    monkeypatch.setattr(read_models, "compile_function", count)
    monkeypatch.setattr(write_models, "compile_function", count)
    converter = build_converter()
    priced = reader_of(converter, list[Priced]).read([{}] * 20)
    writer = writer_of(converter, list[Priced])
    writer.native(priced)
    writer.plain(priced)
    assert compiled == ["read", "write", "write"]
