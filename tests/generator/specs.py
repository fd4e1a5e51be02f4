"""Small documents, and what comes of them."""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator import adapter, emit, passes, profile
from generator.ir import Api
from generator.load import Document, parse
from generator.problems import SpecError

PATH = "openapi/shop.yaml"
SHOP = Path(__file__).with_name("shop.yaml").read_text(encoding="utf-8")

HEAD = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: 'https://api.shop.example/shop/v1'}]
security: [{bearerAuth: []}]
tags: [{name: Orders, description: What was ordered.}]
"""

COMPONENTS = """
components:
  securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
  responses:
    Error: {description: Refused., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
  schemas:
    Error: {type: object}
"""

OPERATION = """
operationId: GetOrder
tags: [Orders]
summary: Read an order.
x-amili-evidence: {level: documented, pages: [getorder-1]}
x-amili-since: 2025-09
x-amili-idempotency: safe
responses:
  '200': {description: The order., content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
  default: {$ref: '#/components/responses/Error'}
"""


def read(text: str, product: str = "shop") -> Document:
    """A document of this text."""
    return parse(textwrap.dedent(text), product, f"openapi/{product}.yaml")


def fragment(text: str) -> Any:
    """A piece of a document."""
    return read("value:\n" + textwrap.indent(textwrap.dedent(text).strip("\n"), "  ")).raw["value"]


def minimal() -> dict[str, Any]:
    """A document without fault: one operation, `GET /orders/{orderId}`, and one object, `Order`."""
    raw: dict[str, Any] = copy.deepcopy(read(HEAD + COMPONENTS).raw)
    operation = fragment(OPERATION)
    operation["parameters"] = [
        {"name": "orderId", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    ]
    raw["paths"] = {"/orders/{orderId}": {"get": operation}}
    raw["components"]["schemas"]["Order"] = {
        "type": "object",
        "description": "An order.",
        "properties": {"id": {"type": "string"}},
    }
    return raw


def build(document: Document) -> Api:
    """The representation of a document."""
    found = profile.check([document])
    if found:
        raise SpecError(found)
    return passes.complete(adapter.build(document))


def generate(*documents: Document) -> dict[str, str]:
    """The text of every file that comes of some documents."""
    return emit.emit(documents, [build(document) for document in documents])


def refusals(change: Callable[[dict[str, Any]], object]) -> dict[str, list[str]]:
    """Pointer → messages for the minimal document after a change."""
    raw = minimal()
    change(raw)
    try:
        build(Document("shop", PATH, raw))
    except SpecError as error:
        found: dict[str, list[str]] = {}
        for problem in error.problems:
            found.setdefault(problem.pointer, []).append(problem.message)
        return found
    return {}
