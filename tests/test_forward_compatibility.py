"""The API will move before this library does: answers that have grown, shrunk or changed their words still decode.

Every answer that an operation can give is made, moved in the ways APIs move, decoded, and sent back unchanged.
"""

from __future__ import annotations

import types
from typing import Any, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amili_async import codec
from amili_async.operations import OPERATIONS
from amili_async.types import OpenStrEnum
from tests import strategies
from tests.equality import normal

ANSWERS = sorted(
    {model for row in OPERATIONS.values() for model in row.responses.values() if model is not None},
    key=lambda model: str(model.__name__),
)


def members(type_: Any) -> list[Any]:
    """The alternatives of a type: `A | B | None` has three."""
    return list(get_args(type_)) if get_origin(type_) in (Union, types.UnionType) else [type_]


def moved(draw: Any, value: Any, type_: Any, *, moves: list[str]) -> Any:
    """A document of this type after the API has moved, with the kinds of moves made noted in `moves`."""
    if isinstance(value, list):
        (inner,) = [get_args(m)[0] for m in members(type_) if get_origin(m) is list] or [Any]
        return [moved(draw, each, inner, moves=moves) for each in value]
    model = next((m for m in members(type_) if isinstance(m, type) and attrs.has(m)), None)
    if isinstance(value, dict) and model is not None:
        return moved_object(draw, value, model, moves=moves)
    is_enum = any(isinstance(m, type) and issubclass(m, OpenStrEnum) for m in members(type_))
    if is_enum and isinstance(value, str) and draw(st.booleans()):
        moves.append("unknown enum value")
        return draw(st.sampled_from(["", "BRAND_NEW", "Open", "åpen"]))
    return value


def moved_object(draw: Any, value: dict[str, Any], model: type, *, moves: list[str]) -> dict[str, Any]:
    attrs.resolve_types(model)
    result = dict(value)
    for field in attrs.fields(model):
        wire = field.metadata.get("wire")
        if wire not in value:
            continue
        optional = type(None) in members(field.type)
        move = draw(st.sampled_from(["keep", "keep", "null", "drop"])) if optional else "keep"
        if move == "drop":
            moves.append("missing optional field")
            del result[wire]
        elif move == "null":
            moves.append("null")
            result[wire] = None
        else:
            result[wire] = moved(draw, value[wire], field.type, moves=moves)
    if draw(st.booleans()):
        moves.append("unknown field")
        result["brandNew" + draw(st.sampled_from(["", "$", "_x"]))] = draw(strategies.json_values)
    return result


@pytest.mark.parametrize("model", ANSWERS, ids=lambda model: model.__name__)
@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_a_moved_answer_decodes_and_loses_nothing(model: type, data: st.DataObject) -> None:
    """Unknown fields and enum values, nulls and missing optional fields: all decode, all re-encode."""
    document = codec.unstructure(data.draw(strategies.models(model)))
    after = moved(data.draw, document, model, moves=[])
    text = codec.encode(after)
    answer: Any = codec.decode(text, model)
    assert normal(codec.decode_json(codec.encode(answer))) == normal(codec.decode_json(text))


def test_every_kind_of_move_is_made() -> None:
    """The test above would pass on answers that did not move."""
    seen: set[str] = set()
    model = next(model for model in ANSWERS if model.__name__ == "CaseList")

    @given(data=st.data())
    @settings(max_examples=100, database=None)
    def look(data: st.DataObject) -> None:
        moves: list[str] = []
        moved(data.draw, codec.unstructure(data.draw(strategies.models(model))), model, moves=moves)
        seen.update(moves)

    look()
    assert seen == {"unknown field", "unknown enum value", "null", "missing optional field"}
