"""Refuses documents that this generator would not do well with.

OpenAPI allows more than the generator, and more than this project wants in its spec: the rules of `openapi/README.md`
are checked here, so that a mistake is found with its place and not as odd code. All problems of all documents are
reported in one run. The rules for schemas, messages, operations and the list of what was not seen stand in
`profile_schemas`, `profile_messages`, `profile_operations` and `profile_unseen`.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing.exceptions import Unresolvable

from generator import names
from generator.load import Document
from generator.pointers import child
from generator.problems import Problem
from generator.profile_base import Report, as_list, as_map, as_text, sentence_too_long
from generator.profile_operations import check_operations
from generator.profile_schemas import check_components
from generator.profile_unseen import check_unseen

__all__ = ["check"]

_TOP_LEVEL = {"openapi", "info", "servers", "security", "tags", "paths", "webhooks", "components"}


def check(documents: Sequence[Document], unseen: Document | None = None) -> list[Problem]:
    """All problems of some documents that belong together, without repetition.

    Args:
        documents: The documents.
        unseen: The list of what the documentation hid, if they are to be held to it.
    """
    problems: list[Problem] = []
    operation_ids: dict[str, str] = {}
    for document in documents:
        report = Report(document)
        _check_head(report)
        check_components(report)
        check_operations(report, operation_ids)
        # The validator comes last: where both object to something, ours says what to write instead.
        problems += [*report.problems, *_validate(document)]
    if unseen is not None:
        problems += check_unseen(documents, unseen)
    return list(dict.fromkeys(problems))


def _validate(document: Document) -> Iterator[Problem]:
    """What is not OpenAPI 3.1 at all."""
    try:
        for error in OpenAPIV31SpecValidator(document.raw).iter_errors():
            path = [str(key) for key in error.absolute_path]
            # Inside schemas the validator counts from the schema, which is no place in the document.
            pointer = child("", *path) if path and path[0] in document.raw else ""
            yield Problem(document.path, pointer, f"not valid OpenAPI 3.1: {error.message.splitlines()[0][:300]}")
    except Unresolvable as error:
        yield Problem(document.path, "", f"not valid OpenAPI 3.1: nothing stands at {error.ref!r}")
    except Exception as error:  # noqa: BLE001  # it stumbles over what it should report: odd types, circles
        yield Problem(document.path, "", f"not valid OpenAPI 3.1: its validator stops with {type(error).__name__}")


def _check_head(report: Report) -> None:
    raw = report.raw
    if re.fullmatch(r"[a-z][a-z0-9_]*", report.document.product) is None:
        report.refuse("", "the file's name names a package; write it in small letters, digits and underscores")
    if keyword.iskeyword(report.document.product):
        report.refuse("", "the file's name names a package, and this is a word of Python; choose another name")
    if not as_text(raw.get("openapi")).startswith("3.1."):
        report.refuse("/openapi", "the parser knows OpenAPI 3.1; write 3.1.0")
    for key in raw:
        if key not in _TOP_LEVEL:
            report.refuse(child("", key), f"the generator does nothing with {key!r}; take it out")
    title = as_text(as_map(raw.get("info")).get("title"))
    if not title.isprintable() or re.search(r'["\\]', title):
        report.refuse("/info/title", "it stands in docstrings as it is: one line, no quotation marks, no backslashes")
    for key in ("info", "components"):
        report.check_extensions(as_map(raw.get(key)), child("", key), frozenset())
    _check_servers(report)
    _check_tags(report)
    schemes = as_map(as_map(raw.get("components")).get("securitySchemes"))
    for index, requirement in enumerate(as_list(raw.get("security"))):
        for name in as_map(requirement):
            if name not in schemes:
                report.refuse(child("/security", index), f"{name!r} is not in components/securitySchemes")


def _check_servers(report: Report) -> None:
    servers = as_list(report.raw.get("servers"))
    if not servers:
        report.refuse("", "name the servers, staging first: the path of their URL is the product's prefix")
    paths = set()
    for index, server in enumerate(servers):
        report.check_extensions(as_map(server), child("/servers", index), frozenset())
        parts = urlsplit(as_text(as_map(server).get("url")))
        paths.add(parts.path.rstrip("/"))
        if parts.scheme != "https" or not parts.netloc or "{" in parts.path:
            report.refuse(child("/servers", index), "write a whole https URL, without variables in its path")
    if len(paths) > 1:
        report.refuse("/servers", f"the paths of the URLs differ ({', '.join(sorted(paths))}), but there is one prefix")


def _check_tags(report: Report) -> None:
    modules: dict[str, str] = {}
    for index, tag in enumerate(as_list(report.raw.get("tags"))):
        pointer = child("/tags", index)
        report.check_extensions(as_map(tag), pointer, frozenset())
        name, description = as_text(as_map(tag).get("name")), as_text(as_map(tag).get("description"))
        if not description.strip():
            report.refuse(pointer, "describe the tag: its module's docstring begins with that")
        elif message := sentence_too_long(description):
            report.refuse(pointer, message)
        module = names.module_name(name)
        if module in modules:
            report.refuse(pointer, f"{name!r} and {modules[module]!r} both become the module {module!r}; rename one")
        modules.setdefault(module, name)
