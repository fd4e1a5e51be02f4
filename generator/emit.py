"""Renders the text of every generated file. Nothing is read from or written to the project here."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import jinja2

from generator import ir
from generator.coverage import counts_of, section_of
from generator.docs import LIMIT, described
from generator.load import Document
from generator.model_views import enum_view, model_view
from generator.operation_views import OperationView, operation_view
from generator.pytypes import IN_ENDPOINTS, IN_MODELS, walk
from generator.reference import REFERENCE, page_of

__all__ = ["COVERAGE", "MANIFEST", "OWNED", "emit"]

OWNED = ("amili_async/endpoints", "amili_async/models", REFERENCE)
"""The directories in which every file is generated."""

COVERAGE = "docs/operations.md"
"""The coverage table; the other files beside it are written by hand."""

MANIFEST = "amili_async/endpoints/MANIFEST.json"
"""The list of generated files, and of the documents they come from."""

_HEAD = """\
# Generated from {source} by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""


def emit(documents: Sequence[Document], apis: Sequence[ir.Api]) -> dict[str, str]:
    """All generated files: path relative to the project → text."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # Python, not HTML
    )

    def render(template: str, source: str, **context: Any) -> str:
        return _HEAD.format(source=source) + environment.get_template(template).render(**context)

    files: dict[str, str] = {}
    products = [api.product for api in apis]
    files["amili_async/models/__init__.py"] = render("models_init.py.jinja", "openapi/", products=products)
    files["amili_async/endpoints/__init__.py"] = render("endpoints_init.py.jinja", "openapi/", products=products)
    for document, api in zip(documents, apis, strict=True):
        files |= _product(document, api, render)
    files = _format(files)
    for document, api in zip(documents, apis, strict=True):
        text = json.dumps(document.raw, ensure_ascii=False, indent=1)
        files[f"amili_async/endpoints/{api.product}/openapi.json"] = text + "\n"
        reference = environment.get_template("reference.md.jinja").render(page=page_of(api))
        files[f"{REFERENCE}/{api.product}.md"] = reference
    files[COVERAGE] = _coverage(environment, apis)
    manifest = {
        "documents": {document.path: document.digest for document in documents},
        "files": sorted(files),
    }
    files[MANIFEST] = json.dumps(manifest, indent=1) + "\n"
    return files


def _product(document: Document, api: ir.Api, render: Any) -> dict[str, str]:
    source = document.path
    folder = f"amili_async/endpoints/{api.product}"
    operations = [operation_view(operation, api) for operation in api.operations]
    namespace = api.product.title().replace("_", "")
    files = {
        f"amili_async/models/{api.product}.py": _models(api, source, render),
        f"{folder}/__init__.py": render(
            "product_init.py.jinja", source, product=api.product, namespace=namespace, title=api.title
        ),
        f"{folder}/_operations.py": render(
            "operations.py.jinja",
            source,
            title=api.title,
            operations=operations,
            has_token=any(op.pagination is not None and op.pagination.token for op in api.operations),
            names=_used(operations),
            imports=_row_imports(operations, api),
        ),
        f"{folder}/_namespace.py": render(
            "namespace.py.jinja",
            source,
            api=api,
            namespace=namespace,
            doc=described(f"{api.title}: a method per operation.\n\n{api.description}", 4),
            operations=operations,
            imports=_function_imports(operations, api),
        ),
    }
    for tag in api.tags:
        own = [operation for operation in operations if operation.tag == tag.name]
        if own:
            files[f"{folder}/{tag.module}.py"] = render(
                "functions.py.jinja",
                source,
                doc=described(tag.description, 0, "One function per operation; each takes the client first."),
                operations=own,
                imports=_function_imports(own, api),
            )
    return files


def _coverage(environment: jinja2.Environment, apis: Sequence[ir.Api]) -> str:
    counts = [counts_of(f"[{api.product}](#{api.product})", api.title, [api]) for api in apis]
    return environment.get_template("operations.md.jinja").render(
        counts=[*counts, counts_of("all", "", apis)],
        editions=", ".join(ir.EDITIONS),
        sections=[section_of(api) for api in apis],
    )


def _models(api: ir.Api, source: str, render: Any) -> str:
    fields = [field for model in api.models for field in model.fields]
    imports = IN_MODELS.imports_for(field.type for field in fields)
    shared = sorted(
        {f"_Open{enum.base.title()}Enum" for enum in api.enums}
        | ({"_UNSET", "_Unset"} if any(field.unset for field in fields) else set())
        | ({IN_MODELS.unknown} if any(IN_MODELS.unknown in IN_MODELS.field(field) for field in fields) else set())
    )
    imports += [f"from amili_async.types import {name[1:]} as {name}" for name in shared]
    if api.models:
        imports += ["from attrs import define as _define", "from attrs import field as _field"]
        imports += ["from typing import Any as _Any"]
    return str(
        render(
            "models.py.jinja",
            source,
            title=api.title,
            imports=sorted(set(imports)),
            enums=[enum_view(enum) for enum in api.enums],
            models=[model_view(model) for model in api.models],
        )
    )


def _used(operations: Iterable[OperationView]) -> list[str]:
    """Which names of `amili_async.operations` the rows need."""
    text = " ".join(argument for operation in operations for argument in operation.row)
    return [
        name
        for name in ("Body", "Evidence", "Operation", "Pagination", "Param")
        if f"{name}(" in text or name == "Operation"
    ]


def _model_imports(types: Iterable[ir.TypeRef], api: ir.Api) -> list[str]:
    models = sorted({leaf.name for leaf in walk(types) if isinstance(leaf, ir.Named)})
    return [f"from amili_async.models.{api.product} import {', '.join(models)}"] if models else []


def _row_imports(operations: Sequence[OperationView], api: ir.Api) -> list[str]:
    types = [type_ for operation in operations for type_ in operation.row_types]
    imports = {*IN_ENDPOINTS.imports_for(types), *_model_imports(types, api), "from typing import Any"}
    return sorted(imports)


def _function_imports(operations: Sequence[OperationView], api: ir.Api) -> list[str]:
    types = [type_ for operation in operations for type_ in operation.types]
    imports = {*IN_ENDPOINTS.imports_for(types), *_model_imports(types, api)}
    if any(operation.uses_any for operation in operations):
        imports.add("from typing import Any")
    if any(operation.uses_sequence for operation in operations):
        imports.add("from collections.abc import Sequence")
    constants = ", ".join(sorted(operation.constant for operation in operations))
    imports.add(f"from amili_async.endpoints.{api.product}._operations import {constants}")
    return sorted(imports)


def _format(files: dict[str, str]) -> dict[str, str]:
    """Sort imports and lay out the code, with the pinned formatter and nobody's settings."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        _ruff(root, "check", "--select", "I", "--fix", "--config", 'lint.isort.known-first-party=["amili_async"]')
        _ruff(root, "format")
        return {path: (root / path).read_text(encoding="utf-8") for path in files}


def _ruff(root: Path, *arguments: str) -> None:
    layout = ["--line-length", str(LIMIT), "--target-version", "py311"]
    command = [sys.executable, "-m", "ruff", *arguments, *layout, "--isolated", "--no-cache", "--quiet", "."]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    if result.returncode:
        raise RuntimeError(f"the formatter refuses the generated code:\n{result.stdout}{result.stderr}")
