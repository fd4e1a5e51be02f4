"""Everything that the documentation prints, through the models and back, with nothing lost."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from amili_async import codec
from amili_async.operations import OPERATIONS
from tests.equality import normal

EXAMPLES = Path(__file__).parent.parent / "openapi" / "examples"
INDEX: dict[str, list[dict[str, Any]]] = yaml.safe_load((EXAMPLES / "index.yaml").read_text(encoding="utf-8"))
ENTRIES = [pytest.param(product, entry, id=entry["file"]) for product, entries in INDEX.items() for entry in entries]


def model_of(product: str, entry: dict[str, Any]) -> Any:
    """What a body is read as: by its operation, or by its own name if it is sent to us."""
    if entry["direction"] == "webhook":
        return getattr(importlib.import_module(f"amili_async.models.{product}"), entry["schema"])
    row = OPERATIONS[entry["operation"]]
    return row.body if entry["direction"] == "request" else row.responses[entry["status"]]


@pytest.mark.parametrize(("product", "entry"), ENTRIES)
def test_a_printed_body_survives(product: str, entry: dict[str, Any]) -> None:
    """A printed body decodes as its operation says, and what is sent back says the same."""
    text = (EXAMPLES / product / entry["file"]).read_bytes()
    model = model_of(product, entry)
    if model.__name__ != entry["schema"]:  # printed without the envelope of the answer
        text = b'{"data":' + text + b"}"
    value = codec.decode(text, model)
    assert normal(codec.decode_json(codec.encode(value))) == normal(codec.decode_json(text))
    assert codec.decode(codec.encode(value), model) == value


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('{"a":null}', "{}", True),
        ("[null]", "[]", False),
        ("1.50", "1.5", True),
        ("1E+2", "100", True),
        ("0.1", "0.10000000000000001", False),
        ("1", "true", False),
        ("1", '"1"', False),
        ('"2024-01-01T00:00:00Z"', '"2024-01-01T02:00:00.000+02:00"', True),
        ('"2024-01-01T00:00:00.1234567Z"', '"2024-01-01T00:00:00.123456"', True),
        ('"2024-01-01T00:00:00Z"', '"2024-01-01T00:00:00.000001Z"', False),
        ('"0001-01-01T00:00:00+02:00"', '"0001-01-01T00:00:00Z"', False),
        ('"a"', '"b"', False),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, same: bool) -> None:  # noqa: FBT001  # a column of the table
    """The yardstick of these tests: spelling may differ, meaning may not."""
    assert (normal(codec.decode_json(one.encode())) == normal(codec.decode_json(other.encode()))) is same
