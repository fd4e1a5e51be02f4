"""Texts for language models: `llms.txt`, a summary, and `llms-full.txt`, the whole documentation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from generator import nav
from generator.docs import sentence
from generator.ir import Api, Operation
from generator.operation_views import operation_view
from generator.problems import Problem, SpecError
from generator.reference import REFERENCE

__all__ = ["LLMS", "texts"]

FULL: Final = "amili_async/llms-full.txt"
SHORT: Final = "amili_async/llms.txt"
LLMS: Final = (FULL, SHORT)
"""Where they stand: in the package, so that they fit the version that is installed."""

_HEAD = """\
# amili-async

> Asyncio-first Python SDK for the Amili API (Norwegian debt collection and accounts receivable). Typed, exact with
> money, honest about what became of each record. Async only; Python 3.11 and newer. Not made or endorsed by Amili.

{about}
Rules that code with this library has to keep:

- `from amili_async import AmiliClient, Config`; models from `amili_async.models.<product>`.
- One `AmiliClient` per process and event loop, in `async with`. Not one per request.
- Money is `Decimal("1249.50")`, in major units. A float is refused.
- Many records: `await amili.bulk.submit_invoices(organization_id, records, journal="a.journal")`, or `stream_invoices`.
  Keep the journal: the same call with the same journal takes up a run that broke off, and sends nothing twice.
- Each record ends as ACCEPTED, REJECTED, UNSENT or UNKNOWN. Never send UNKNOWN ones again without looking them up; the
  same holds after `OutcomeUnknownError`.
- Writes return 202 and a batch: `await amili.wait_for_batch(organization_id, accepted.data.batch_id)`.
- Lists: `async for case in amili.paginate(amili.collection.get_cases_by_organization, organization_id)`.
- Path parameters by position, all others by keyword; `options=RequestOptions(...)` for one call alone.
- Evidence of an operation: `documented`, `partial`, or `assumed` (method or path are a guess: reads warn, writes raise
  `UnverifiedOperationError` unless `allow_unverified=True`). Do not invent operations or fields; those below are all.
- Tests: `amili_async.sandbox.Sandbox`, or the fixtures `amili_sandbox` and `amili_client` of the pytest plugin
  `amili_async.sandbox.plugin`.
"""
_ABOUT_SHORT = "The whole documentation is in llms-full.txt beside this file.\n"
_ABOUT_FULL = (
    "This is the whole documentation; llms.txt beside this file is a summary. A line `=== docs/NAME` begins a page.\n"
)

_ROW = re.compile(r"^\| \[[^\]]+\]\(([\w/-]+\.md)\) \| (.+) \|$", re.MULTILINE)
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)
# Filled by the site's build, or about the project and not about using it.
_LEFT_OUT = frozenset({"python-api.md", *nav.ELSEWHERE.values()})


def texts(root: Path, files: Mapping[str, str], apis: Sequence[Api]) -> dict[str, str]:
    """Both texts, by path; none for a project that has no site.

    Args:
        root: The project.
        files: What was just generated, which may be newer than the disk.
        apis: The products.

    Raises:
        SpecError: The site's navigation names a page that does not exist.
    """
    if not (root / nav.SETTINGS).exists():
        return {}

    def read(page: str) -> str:
        path = f"docs/{page}"
        if path in files:
            return files[path]
        # What is generated no longer may still be on the disk, until this run has removed it.
        if path.startswith(f"{REFERENCE}/") or not (root / path).is_file():
            raise SpecError([Problem(nav.SETTINGS, "/nav", f"{page!r} is not there: take it out, or write the page")])
        return (root / path).read_text(encoding="utf-8")

    parts = [(title, [page for page in pages if page not in _LEFT_OUT]) for title, pages in nav.sections(root)]
    about = dict(_ROW.findall(read("README.md")))
    short = [_HEAD.format(about=_ABOUT_SHORT), *_index(parts, about, read), *_operations(apis)]
    full = [_HEAD.format(about=_ABOUT_FULL)]
    for _, pages in parts:
        full += [f"=== docs/{page}\n\n{_COMMENT.sub('', read(page)).strip()}\n" for page in pages]
    return {SHORT: "\n".join(short), FULL: "\n".join(full)}


def _index(
    parts: Sequence[tuple[str, Sequence[str]]], about: Mapping[str, str], read: Callable[[str], str]
) -> Iterator[str]:
    for title, pages in parts:
        lines = []
        for page in pages:
            heading = re.search(r"^# (.+)$", read(page), re.MULTILINE)
            name = heading[1] if heading else page
            lines.append(f"- [{name}]({page})" + (f": {_plain(about[page])}" if page in about else ""))
        if lines:
            yield f"## {title}\n\n" + "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)


def _operations(apis: Sequence[Api]) -> Iterator[str]:
    for api in apis:
        lines = [_operation(operation, api) for operation in api.operations]
        yield f"## Operations: {api.product}\n\n" + "\n".join(lines) + "\n"


def _operation(operation: Operation, api: Api) -> str:
    view = operation_view(operation, api)
    arguments = ", ".join(view.parameters).replace(", options: RequestOptions | None = None", "").removesuffix(", *")
    call = f"amili.{api.product}.{view.function}({arguments}) -> {view.returns}"
    marks: list[str] = [operation.evidence.level, operation.idempotency]
    if operation.deprecated:
        marks.append("deprecated")
    request = f"{operation.method} {api.prefix}{operation.path}"
    summary = sentence(" ".join(operation.summary.split()))
    return f"- {operation.id}: `{call}`; {request}; {', '.join(marks)}. {summary}"
