"""Document → `ir`, with openapi-python-client as the parser.

The only module that knows the parser: it promises no stable interface, and its releases do change it. What it finds is
joined with the original document through the pointers that `tagging` left in the descriptions. Every warning of the
parser is an error here, because it drops what it does not understand.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from attrs import define, field
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, GeneratorData
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.enum_property import EnumProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from generator import ir, names
from generator.load import Document
from generator.pointers import RawNode, child, last, look_up, resolve
from generator.problems import Problem, SpecError
from generator.tagging import METHODS, is_nullable, is_open_object, prepare, property_name, without_null

__all__ = ["build"]

_COMPONENTS = "/components/schemas"
_SCALARS: dict[type, ir.Scalar] = {
    BooleanProperty: ir.Scalar.BOOL,
    DateProperty: ir.Scalar.DATE,
    DateTimeProperty: ir.Scalar.DATETIME,
    FloatProperty: ir.Scalar.FLOAT,
    IntProperty: ir.Scalar.INT,
    StringProperty: ir.Scalar.STR,
    UuidProperty: ir.Scalar.UUID,
}


def build(document: Document) -> ir.Api:
    """Build the representation of one document.

    Raises:
        SpecError: The parser refused or dropped something; every case is listed.
    """
    parsed = _parse(document)
    adapter = _Adapter(document, parsed)
    api = adapter.api()
    if adapter.problems:
        raise SpecError(adapter.problems)
    return api


def _parse(document: Document) -> GeneratorData:
    config = Config.from_sources(ConfigFile(), MetaType.NONE, document.path, "utf-8", False, None)  # noqa: FBT003  # theirs
    try:
        parsed = GeneratorData.from_dict(prepare(document.raw), config=config)
    except Exception as error:
        message = f"the parser stops with {type(error).__name__}: {error}"
        raise SpecError([Problem(document.path, "", message)]) from error
    if isinstance(parsed, GeneratorError):
        raise SpecError([_problem(document, parsed)])
    errors: list[GeneratorError] = list(parsed.errors)
    for collection in parsed.endpoint_collections_by_tag.values():
        errors.extend(collection.parse_errors)
    if errors:
        raise SpecError(_problem(document, error) for error in errors)
    return parsed


def _problem(document: Document, error: GeneratorError) -> Problem:
    data = getattr(error, "data", None)
    pointer = ""
    if (ref := getattr(data, "ref", None)) is not None:
        pointer = _text(ref).removeprefix("#")
    elif (description := getattr(data, "description", None)) is not None:
        pointer = _text(description)
    if not pointer.startswith("/"):
        pointer = ""
    message = " ".join(f"{error.header} {error.detail or ''}".split())
    return Problem(document.path, pointer, f"the parser refuses this: {message}")


def _text(value: Any) -> str:
    """The parser wraps strings of the document in a class of its own."""
    unwrap = getattr(value, "get_untrusted_value", None)
    return str(unwrap() if unwrap is not None else value)


def _pointer_of(prop: Any) -> str:
    return _text(prop.description) if prop.description is not None else ""


@define
class _Adapter:
    document: Document
    parsed: GeneratorData
    problems: list[Problem] = field(factory=list)

    @property
    def raw(self) -> RawNode:
        return self.document.raw

    def api(self) -> ir.Api:
        info = self.raw["info"]
        return ir.Api(
            product=self.document.product,
            source=self.document.path,
            title=info["title"],
            description=info.get("description", ""),
            prefix=urlsplit(self.raw["servers"][0]["url"]).path.rstrip("/"),
            tags=tuple(
                ir.Tag(name=tag["name"], module=names.module_name(tag["name"]), description=tag["description"])
                for tag in self.raw.get("tags", ())
            ),
            enums=self.enums(),
            models=self.models(),
            operations=self.operations(),
            events=tuple(
                _event(name, method, raw)
                for name, item in self.raw.get("webhooks", {}).items()
                for method, raw in item.items()
            ),
        )

    def refuse(self, pointer: str, message: str) -> None:
        self.problems.append(Problem(self.document.path, pointer, message))

    # Components

    def enums(self) -> tuple[ir.EnumDef, ...]:
        result = []
        found = {_pointer_of(enum) for enum in self.parsed.enums}
        for name, schema in self.raw.get("components", {}).get("schemas", {}).items():
            pointer = child(_COMPONENTS, name)
            if "x-extensible-enum" not in schema:
                continue
            if pointer not in found:
                self.refuse(pointer, "the parser lost this enum")
                continue
            descriptions = schema.get("x-enum-descriptions", {})
            members = tuple(
                ir.Member(name=names.enum_member(value), value=value, description=descriptions.get(str(value), ""))
                for value in schema["x-extensible-enum"]
            )
            base: Literal["str", "int"] = "int" if schema["type"] == "integer" else "str"
            result.append(
                ir.EnumDef(
                    name=name, pointer=pointer, description=schema.get("description", ""), base=base, members=members
                )
            )
        return tuple(result)

    def models(self) -> tuple[ir.Model, ...]:
        result = []
        found = {_pointer_of(model): model for model in self.parsed.models}
        for name, schema in self.raw.get("components", {}).get("schemas", {}).items():
            pointer = child(_COMPONENTS, name)
            if not schema.get("properties"):
                continue
            model = found.pop(pointer, None)
            if model is None:
                self.refuse(pointer, "the parser lost this object")
                continue
            result.append(self.model(model, schema, pointer))
        for pointer in found:
            self.refuse(pointer, "an object without a name of its own; move it to components/schemas and refer to it")
        return tuple(result)

    def model(self, model: ModelProperty, schema: RawNode, pointer: str) -> ir.Model:
        props = {_text(p.name): p for p in (*(model.required_properties or ()), *(model.optional_properties or ()))}
        fields = []
        for index, (wire, raw) in enumerate(schema["properties"].items()):
            at = child(pointer, "properties", wire)
            if (stand_in := property_name(index)) not in props:
                self.refuse(at, "the parser lost this property")
                continue
            chain = [node for node, _ in self.chain(raw, at)]
            fields.append(
                ir.Field(
                    name=raw.get("x-amili-name") or names.field_name(wire),
                    wire=wire,
                    type=self.type_of(props[stand_in], raw, at),
                    pointer=at,
                    description=self.description(raw, chain[-1]),
                    facts=_facts(chain),
                    required=wire in schema.get("required", ()),
                    inferred=_is_inferred(raw),
                    sensitive=self.is_sensitive(raw, at),
                    deprecated=any(node.get("deprecated", False) for node in chain),
                    distinct_null=raw.get("x-amili-null") == "distinct",
                    const=chain[-1].get("const"),
                )
            )
        return ir.Model(
            name=last(pointer),
            pointer=pointer,
            description=schema.get("description", ""),
            fields=tuple(fields),
            deprecated=schema.get("deprecated", False),
        )

    # Types

    def target(self, raw: RawNode, pointer: str) -> tuple[RawNode, str]:
        """What stands behind a place of use: references followed, null taken away."""
        return self.chain(raw, pointer)[-1]

    def chain(self, raw: RawNode, pointer: str) -> list[tuple[RawNode, str]]:
        """A place of use and all that stands between it and its `target`, nearest first, with where each stands."""
        found = [(raw, pointer)]
        while True:
            raw, pointer = found[-1]
            ref = raw["$ref"][1:] if "$ref" in raw else None
            behind = without_null(raw, pointer) if ref is None else (look_up(self.raw, ref), ref)
            if behind[0] is raw:
                return found
            found.append(behind)

    def is_sensitive(self, raw: RawNode, pointer: str) -> bool:
        """Whether anything on the way to a value is marked: also the items of a list, and the members of a union."""
        seen: list[RawNode] = []
        queue = [raw]
        while queue:
            chain = [node for node, _ in self.chain(queue.pop(), pointer)]
            if any(node.get("x-amili-sensitive", False) for node in chain):
                return True
            if chain[-1] not in seen:
                seen.append(chain[-1])
                queue += [chain[-1]["items"]] if "items" in chain[-1] else chain[-1].get("anyOf", ())
        return False

    def nullable(self, raw: RawNode, pointer: str) -> bool:
        """Whether null is allowed at a place of use, by it or by what it refers to."""
        while True:
            if is_nullable(raw):
                return True
            node, at = resolve(self.raw, raw, pointer)
            inner, inner_at = without_null(node, at)
            if inner is raw:
                return False
            raw, pointer = inner, inner_at

    def description(self, raw: RawNode, target: RawNode) -> str:
        if "description" in raw:
            return str(raw["description"])
        # A class has its own docstring; repeating it at each field that is one says nothing.
        if target.get("properties") or "x-extensible-enum" in target:
            return ""
        return str(target.get("description", ""))

    def type_of(self, prop: Any, raw: RawNode, pointer: str) -> ir.TypeRef:
        """The type of a place of use: what the parser made of it, sharpened by the original."""
        inner = self.plain_type(prop, raw, pointer)
        if inner is ir.Scalar.ANY or not self.nullable(raw, pointer):
            return inner
        return ir.Nullable(inner)

    def plain_type(self, prop: Any, raw: RawNode, pointer: str) -> ir.TypeRef:
        target, at = self.target(raw, pointer)
        if is_open_object(target):
            return ir.Scalar.OPEN_OBJECT
        if isinstance(prop, AnyProperty):
            return ir.Scalar.ANY
        if isinstance(prop, ModelProperty):
            return ir.Named(last(at), "model")
        if isinstance(prop, EnumProperty):
            return ir.Named(last(at), "enum")
        if isinstance(prop, ListProperty):
            return ir.ListOf(self.type_of(prop.inner_property, target["items"], child(at, "items")))
        if isinstance(prop, UnionProperty):
            return self.union(prop, target, at)
        scalar = _SCALARS.get(type(prop))
        if scalar is None:
            self.refuse(at, f"the parser makes {type(prop).__name__} of this, which the generator does not know")
            return ir.Scalar.ANY
        if target.get("format") == "decimal":
            return ir.Scalar.DECIMAL
        if target.get("format") == "date-or-date-time":
            return ir.Scalar.DATE_OR_DATETIME
        return scalar

    def union(self, prop: UnionProperty, target: RawNode, pointer: str) -> ir.TypeRef:
        found = {_pointer_of(inner): inner for inner in prop.inner_properties}
        members = []
        for index, raw in enumerate(target["anyOf"]):
            if raw.get("type") == "null":
                continue
            at = child(pointer, "anyOf", index)
            inner = found.get(self.target(raw, at)[1])
            if inner is None:
                self.refuse(at, "the parser lost this member of the union")
                continue
            members.append(self.plain_type(inner, raw, at))
        return ir.UnionOf(tuple(members))

    # Operations

    def operations(self) -> tuple[ir.Operation, ...]:
        endpoints = {
            _text(endpoint.description): endpoint
            for collection in self.parsed.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
        }
        result = []
        for path, item in self.raw.get("paths", {}).items():
            for method in (key for key in item if key in METHODS):
                pointer = child("/paths", path, method)
                if pointer not in endpoints:
                    self.refuse(pointer, "the parser lost this operation")
                    continue
                result.append(self.operation(endpoints[pointer], path, method, item, pointer))
        return tuple(result)

    def operation(self, endpoint: Endpoint, path: str, method: str, item: RawNode, pointer: str) -> ir.Operation:
        raw = item[method]
        operation_id = raw["operationId"]
        paging = raw.get("x-amili-pagination")
        responses = self.responses(endpoint, raw, pointer)
        return ir.Operation(
            id=operation_id,
            function=names.function_name(operation_id),
            constant=names.constant(operation_id),
            method=method.upper(),
            path=path,
            tag=raw["tags"][0],
            pointer=pointer,
            summary=raw["summary"],
            description=raw.get("description", ""),
            idempotency=raw["x-amili-idempotency"],
            evidence=_evidence(raw),
            deprecated=raw.get("deprecated", False),
            pagination=ir.Pagination(**paging) if paging else None,
            batch=self.batch(raw),
            params=self.params(endpoint, path, item, raw, pointer),
            body=self.body(endpoint, raw, pointer),
            responses=responses,
            secured=bool(raw.get("security", self.raw.get("security", ()))),
            since=raw.get("x-amili-since"),
        )

    def batch(self, raw: RawNode) -> str | None:
        for status, response in raw["responses"].items():
            node, _ = resolve(self.raw, response, "")
            if status == "202" and "x-amili-batch" in node:
                return str(node["x-amili-batch"]["kind"])
        return None

    def params(self, endpoint: Endpoint, path: str, item: RawNode, raw: RawNode, pointer: str) -> tuple[ir.Param, ...]:
        found = {
            (location, _text(prop.name)): prop
            for location, props in (
                ("path", endpoint.path_parameters),
                ("query", endpoint.query_parameters),
                ("header", endpoint.header_parameters),
            )
            for prop in props
        }
        own = [(p, child(pointer, "parameters", i)) for i, p in enumerate(raw.get("parameters", ()))]
        shared = [
            (p, child(pointer.rpartition("/")[0], "parameters", i)) for i, p in enumerate(item.get("parameters", ()))
        ]
        result: dict[tuple[str, str], ir.Param] = {}
        for use, use_at in own + shared:
            param, at = resolve(self.raw, use, use_at)
            key = (param["in"], param["name"])
            if key in result:
                continue  # the operation's own parameter replaces the one that all operations of the path share
            if key not in found:
                self.refuse(at, "the parser lost this parameter")
                continue
            schema, schema_at = param["schema"], child(at, "schema")
            chain = [node for node, _ in self.chain(schema, schema_at)]
            result[key] = ir.Param(
                name=param.get("x-amili-name") or names.parameter_name(param["name"]),
                wire=param["name"],
                location=cast("Literal['path', 'query', 'header']", param["in"]),
                type=self.plain_type(found[key], schema, schema_at),
                pointer=at,
                description=param.get("description") or self.description(schema, chain[-1]),
                facts=_facts(chain),
                required=param.get("required", False),
                inferred=_is_inferred(param),
                type_inferred=_is_inferred(schema),
                deprecated=param.get("deprecated", False),
            )
        in_path = sorted(
            (param for param in result.values() if param.location == "path"),
            key=lambda param: path.index("{" + param.wire + "}"),
        )
        return (*in_path, *(param for param in result.values() if param.location != "path"))

    def body(self, endpoint: Endpoint, raw: RawNode, pointer: str) -> ir.Body | None:
        if "requestBody" not in raw:
            return None
        node, at = resolve(self.raw, raw["requestBody"], child(pointer, "requestBody"))
        ((media_type, media),) = node["content"].items()
        if len(endpoint.bodies) != 1:
            self.refuse(at, "the parser lost this body")
            return None
        return ir.Body(
            type=self.type_of(endpoint.bodies[0].prop, media["schema"], child(at, "content", media_type, "schema")),
            content_type=media_type,
            required=node.get("required", False),
            inferred=_is_inferred(media),
            description=node.get("description", ""),
        )

    def responses(self, endpoint: Endpoint, raw: RawNode, pointer: str) -> tuple[ir.Response, ...]:
        found = {str(response.status_code.pattern): response.prop for response in endpoint.responses}
        result = []
        for status, use in raw["responses"].items():
            if not status.startswith("2"):
                continue
            node, at = resolve(self.raw, use, child(pointer, "responses", status))
            if status not in found:
                self.refuse(at, "the parser lost this answer")
                continue
            result.append(
                ir.Response(
                    status=int(status),
                    type=self.response_type(found[status], node, at),
                    inferred=any(_is_inferred(media) for media in node.get("content", {}).values()),
                    description=node.get("description", ""),
                )
            )
        return tuple(sorted(result, key=lambda response: response.status))

    def response_type(self, prop: Any, node: RawNode, pointer: str) -> ir.TypeRef | None:
        if not node.get("content"):
            return None
        ((media_type, media),) = node["content"].items()
        if "schema" not in media:
            return ir.Scalar.ANY
        return self.type_of(prop, media["schema"], child(pointer, "content", media_type, "schema"))


def _evidence(raw: RawNode) -> ir.Evidence:
    evidence = raw["x-amili-evidence"]
    return ir.Evidence(
        level=evidence["level"],
        pages=tuple(evidence.get("pages", ())),
        modified=evidence.get("modified"),
        note=evidence.get("note"),
    )


def _event(name: str, method: str, raw: RawNode) -> ir.Event:
    """The parser never sees these; what they send are components, which it does see."""
    content = raw.get("requestBody", {}).get("content", {})
    refs = [media.get("schema", {}).get("$ref") for media in content.values()]
    return ir.Event(
        name=name,
        pointer=child("/webhooks", name, method),
        summary=raw.get("summary", ""),
        evidence=_evidence(raw),
        since=raw.get("x-amili-since"),
        model=last(refs[0][1:]) if len(refs) == 1 and refs[0] else None,
    )


def _is_inferred(node: RawNode) -> bool:
    return bool(node.get("x-amili-evidence") == "inferred")


_FACTS = (
    ("minLength", "At least {} characters."),
    ("maxLength", "At most {} characters."),
    ("minimum", "At least {}."),
    ("exclusiveMinimum", "More than {}."),
    ("maximum", "At most {}."),
    ("exclusiveMaximum", "Less than {}."),
    ("minItems", "At least {} items."),
    ("maxItems", "At most {} items."),
    ("pattern", "Matches `{}`."),
    ("default", "The server takes {} if nothing is given."),
)


def _facts(chain: Sequence[RawNode]) -> tuple[str, ...]:
    known = ChainMap(*chain)
    return tuple(text.format(known[key]) for key, text in _FACTS if key in known)
