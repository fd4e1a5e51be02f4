"""Reads the documents: YAML to plain JSON values, and a hash that comments and key order do not change."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from generator.pointers import RawNode
from generator.problems import Problem, SpecError

__all__ = ["Document", "documents_of", "load_all", "load_settings", "load_unseen", "parse"]

_UNSEEN = "openapi/unseen.yaml"


@frozen
class Document:
    """One file of `openapi/`.

    Attributes:
        product: Name of the product, from the file's name (`collection`).
        path: The file, relative to the project, as messages and generated heads show it.
        raw: What it says.
    """

    product: str
    path: str
    raw: RawNode

    @property
    def digest(self) -> str:
        """Hash of what the document says; comments, layout and the order of keys do not count."""
        canonical = json.dumps(self.raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


class _Loader(yaml.SafeLoader):
    """YAML with JSON's scalars only: a date stays a string, and the country code NO is not false."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def _construct_mapping(loader: _Loader, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  # the parent's signature
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            message = "a key is a word; put quotes around one with brackets or braces"
            raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
        if key.value in seen:
            # YAML keeps the last of two equal keys and says nothing: half a schema would vanish.
            raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice", key.start_mark)
        seen.add(key.value)
    return yaml.SafeLoader.construct_mapping(loader, node, deep)


_Loader.construct_mapping = _construct_mapping  # type: ignore[method-assign, assignment]  # a plain method of the base


def parse(text: str, product: str, path: str) -> Document:
    """Read one document from text.

    Raises:
        SpecError: It is not YAML, or holds something else than an object.
    """
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # derived from SafeLoader
    except yaml.YAMLError as error:
        raise SpecError([Problem(path, "", f"not valid YAML: {error}")]) from error
    if not isinstance(data, dict):
        raise SpecError([Problem(path, "", "the file holds no object")])
    # Through JSON and back: status codes become strings, and nodes shared by YAML anchors become separate ones.
    try:
        return Document(product, path, json.loads(json.dumps(data, ensure_ascii=False)))
    except (TypeError, ValueError) as error:  # `!!binary`, and an anchor within what it names
        message = "it holds what JSON cannot say: leave out tags like !!binary, and anchors that stand in themselves"
        raise SpecError([Problem(path, "", message)]) from error


class _SettingsLoader(yaml.SafeLoader):
    """YAML in which settings that name Python functions are passed over."""


_SettingsLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def load_settings(path: Path) -> dict[str, Any]:
    """Read the settings of another tool, such as `mkdocs.yml`."""
    settings: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_SettingsLoader)  # noqa: S506  # derived from SafeLoader
    return settings


def _text(path: Path, name: str) -> str:
    """What a file says; `name` is how messages show it."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SpecError([Problem(name, "", f"line {line} is not UTF-8: save the file in that encoding")]) from error


def load_unseen(root: Path) -> Document:
    """Read the list of what the documentation hid.

    Raises:
        SpecError: It is not there, or not YAML.
    """
    path = root / _UNSEEN
    if not path.exists():
        message = "the list of what the documentation hid is missing: without it, conclusions could pass for facts"
        raise SpecError([Problem(_UNSEEN, "", message)])
    return parse(_text(path, _UNSEEN), path.stem, _UNSEEN)


def load_all(root: Path) -> list[Document]:
    """Read every OpenAPI document of the project, by name; `unseen.yaml` is a list of another kind.

    Raises:
        SpecError: A file is not YAML or would be passed over, or there is no document at all.
    """
    folder = root / "openapi"
    if misnamed := sorted(path.name for path in folder.glob("*.yml")):
        message = "only *.yaml is read, so this would be passed over: rename it"
        raise SpecError(Problem(f"openapi/{name}", "", message) for name in misnamed)
    names = sorted(path.name for path in folder.glob("*.yaml"))
    documents = documents_of({name: _text(folder / name, f"openapi/{name}") for name in names}, "openapi")
    read = {document.path for document in documents} | {_UNSEEN}
    message = "it does not begin with `openapi: 3.1.0`, so it would be passed over; is that misspelt?"
    if passed_over := [path for name in names if (path := f"openapi/{name}") not in read]:
        raise SpecError(Problem(path, "", message) for path in passed_over)
    return documents


def documents_of(texts: Mapping[str, str], folder: str) -> list[Document]:
    """Read the OpenAPI documents among some files.

    Args:
        texts: Text by the file's name.
        folder: Where they stand, as messages show it.

    Raises:
        SpecError: A file is not YAML, or there is no document at all.
    """
    found = [parse(texts[name], name.removesuffix(".yaml"), f"{folder}/{name}") for name in sorted(texts)]
    documents = [document for document in found if "openapi" in document.raw]
    if not documents:
        raise SpecError([Problem(folder, "", "no OpenAPI document (*.yaml) stands here")])
    return documents
