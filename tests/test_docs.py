"""The documentation keeps up with the code: its programs run, its tables are complete, its links lead somewhere."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from typer.main import get_command

from amili_async import AmiliClient, Config, Hooks, Pager, RequestOptions, Response, errors
from amili_async.bulk import Bulk, BulkReport, Outcome, OutcomeStatus, Progress
from amili_async.bulk.settings import BulkSettings, EnqueueOptions, Settings
from amili_async.bulk.verdicts import verdict
from amili_async.cli.app import app
from amili_async.errors import response_error
from amili_async.operations import OPERATIONS
from amili_async.workers.enqueue import EnqueueSettings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
IDS = [page.relative_to(DOCS).as_posix() for page in PAGES]

# A fenced block, the mark before it, and the text block that may follow it: what it prints.
_BLOCK = re.compile(
    r"(?P<mark><!-- run -->\n)?```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)


@attrs.frozen
class Block:
    """A piece of Python on a page."""

    page: str
    line: int
    code: str
    run: bool
    output: str | None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks() -> Iterator[Block]:
    for page, name in zip(PAGES, IDS, strict=True):
        if name.startswith("operations/"):
            continue  # generated, and signatures only
        content = page.read_text(encoding="utf-8")
        for found in _BLOCK.finditer(content):
            line = content.count("\n", 0, found.start("code")) + 1
            yield Block(name, line, found["code"], found["mark"] is not None, found["output"])


BLOCKS = list(blocks())


def table(name: str, *header: str) -> list[list[str]]:
    """The rows of the tables of a page whose header begins so, each a list of cells."""
    found = []
    for part in re.findall(r"(?:^\|.*\n)+", text(name), re.MULTILINE):
        head, _, *rest = ([cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines())
        if head[: len(header)] == list(header):
            found += rest
    assert found, f"{name} has no table with the header {header}"
    return found


def quoted(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


# Programs


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_is_python(block: Block) -> None:
    """Each one compiles, with `await` allowed where a reader would put it into a coroutine."""
    compile(block.code, str(block), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_what_a_block_imports_is_there(block: Block) -> None:
    """Names that moved would otherwise live on in the pieces that are not run."""
    for node in ast.walk(ast.parse(block.code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("amili_async"):
            module = importlib.import_module(node.module or "")
            assert [name.name for name in node.names if not hasattr(module, name.name)] == []


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_what_a_block_calls_is_there(block: Block) -> None:
    """`amili.x.y` is a method of the client or of one of its namespaces, and takes the keywords that are given."""
    for node in ast.walk(ast.parse(block.code)):
        if not isinstance(node, ast.Call):
            continue
        path = ast.unparse(node.func).split(".")
        if path[0] != "amili" or len(path) == 1 or "(" in path[1]:  # the last is a method of what a call gave
            continue
        method = _method(path[1:])
        keywords = {keyword.arg for keyword in node.keywords}
        assert keywords - {None} <= _accepted(method, path), f"{block}: {'.'.join(path)}"


def _method(path: list[str]) -> Any:
    if len(path) == 1:
        return getattr(AmiliClient, path[0])
    if path[0] == "bulk":
        return getattr(Bulk, path[1])
    module = importlib.import_module(f"amili_async.endpoints.{path[0]}")
    return getattr(getattr(module, path[0].capitalize()), path[1])


def _accepted(method: Any, path: list[str]) -> set[str]:
    if path[1] == "bulk":
        if path[2].startswith("enqueue_"):
            return set(EnqueueOptions.__annotations__)
        return set(BulkSettings.__annotations__) if path[2] != "watch" else set(inspect.signature(method).parameters)
    names = set(inspect.signature(method).parameters)
    if path[1] in ("paginate", "call"):  # hand their keywords on to an operation
        names |= {param.name for row in OPERATIONS.values() for param in row.params}
    return names


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.run], ids=str)
def test_every_program_runs_and_prints_what_it_says(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    """Against the sandbox, word for word."""
    exec(compile(block.code, str(block), "exec"), {"__name__": "__main__"})  # noqa: S102  # our own documentation
    assert block.output is not None, f"{block}: say what it prints"
    assert capsys.readouterr().out == block.output


def test_there_are_programs_on_the_pages_that_teach() -> None:
    """The mark is spelt right: otherwise nothing would be run, and nobody would notice."""
    assert {"bulk.md", "calling.md", "configuration.md", "errors.md", "tutorial.md"} <= {
        block.page for block in BLOCKS if block.run
    }
    assert sum(text(name).count("<!-- run") for name in IDS) == sum(block.run for block in BLOCKS)


# Links


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as Git forges make them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


LINKED = [*PAGES, *sorted(ROOT.glob("*.md")), ROOT / "openapi" / "README.md"]


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Each link within the repository has a file, and a heading where it names one."""
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.is_file() or (anchor and anchor not in anchors(file)):
            dead.append(target)
    assert dead == []


def test_every_page_stands_in_the_index() -> None:
    """What is not listed is not found."""
    listed = set(re.findall(r"\]\(([\w/-]+\.md)\)", text("README.md")))
    assert set(IDS) - {"README.md"} <= listed


# Settings


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    """In the order of the class, with its variable."""
    told = [[cell.strip("`") for cell in row[:3]] for row in table("configuration.md", "setting")]
    assert told == [
        [field.name, "–" if field.name == "ssl_context" else f"AMILI_{field.name.upper()}", str(field.default)]
        for field in attrs.fields(Config)
    ]


def test_the_documented_hosts_are_those_of_the_code() -> None:
    """A wrong host would carry credentials to somebody else."""
    told = [[cell.strip("`") for cell in row] for row in table("configuration.md", "`environment`", "API host")]
    assert len(told) == 3
    for name, host, token_url in told:
        config = Config.from_env({"AMILI_ENVIRONMENT": name})
        assert (config.host_url, config.token_service_url) == (host, token_url)


# Errors


def test_every_error_is_described() -> None:
    """When it is raised and what to do, once each; and nothing stands there that does not exist."""
    told = [row[0].strip("`") for row in table("errors.md", "error", "raised when")]
    assert sorted(told) == sorted(set(errors.__all__) - {"response_error"})


def test_the_tree_of_errors_is_the_real_one() -> None:
    """Each class stands under its parent."""
    found = re.search(r"```text\n(AmiliError\n.*?)```", text("errors.md"), re.DOTALL)
    assert found is not None
    parents: list[str] = []
    told = {}
    for indent, name in re.findall(r"^([│├└─ ]*)(\w+)", found[1], re.MULTILINE):
        depth = len(indent) // 4
        parents[depth:] = [name]
        told[name] = parents[depth - 1] if depth else "Exception"
    classes = [getattr(errors, name) for name in errors.__all__ if name.endswith("Error")]
    assert told == {kind.__name__: kind.__bases__[0].__name__ for kind in classes}


def test_every_attribute_of_an_error_is_named() -> None:
    """Beside the class that brings it."""
    told: dict[str, set[str]] = {}
    for kinds, attributes in table("errors.md", "error", "attributes"):
        for name in quoted(kinds):
            told.setdefault(name, set()).update(quoted(attributes))
    for name in errors.__all__:
        kind = getattr(errors, name)
        if not name.endswith("Error"):
            continue
        own = set(inspect.signature(kind.__init__).parameters) if "__init__" in vars(kind) else set()
        own |= set(inspect.get_annotations(kind))
        assert own - {"self", "message", "_private"} <= told.get(name, set()), name


# The bulk engine


def test_every_setting_of_a_run_is_described_with_its_default() -> None:
    """In the order of the class."""
    told = [[cell.strip("`") for cell in row[:2]] for row in table("bulk.md", "setting")]
    assert told == [
        [field.name, f'"{field.default}"' if isinstance(field.default, str) else str(field.default)]
        for field in attrs.fields(Settings)
    ]


def test_every_setting_of_enqueuing_is_described_with_its_default() -> None:
    """In the order of the class; what the database and the run are called has no default to show."""
    told = [tuple(cell.strip("`") for cell in row[:2]) for row in table("workers.md", "setting")]
    fields = [field for field in attrs.fields(EnqueueSettings) if field.name != "vault"]
    assert [name for name, _ in told] == [field.name for field in fields] == list(EnqueueOptions.__annotations__)
    assert told[2:] == [(field.name, str(field.default)) for field in fields[2:]]


def test_every_option_of_a_worker_is_described() -> None:
    """With its default, where it has one."""
    told = [[cell.strip("`") for cell in row[:2]] for row in table("workers.md", "option")]
    command = get_command(app).commands["worker"]  # type: ignore[attr-defined]
    assert [name for name, _ in told] == [parameter.opts[0] for parameter in command.params]
    shown: dict[Any, tuple[str, ...]] = {None: ("none", "", "AMILI_DATABASE"), False: ("off", "")}
    for (_, default), parameter in zip(told, command.params, strict=True):
        assert default in shown.get(parameter.default, (str(parameter.default),))


def test_what_comes_out_of_a_run_is_described() -> None:
    """Fields of outcome, progress and report."""
    fields = {field.name for kind in (Outcome, Progress, BulkReport) for field in attrs.fields(kind)}
    wanted = fields | {"total_sent", "taken"} | {str(status) for status in OutcomeStatus}
    assert [name for name in sorted(wanted) if f"`{name}`" not in text("bulk.md")] == []


def test_the_verdicts_on_statuses_are_those_of_the_engine() -> None:
    """What the page says of a status is what the engine makes of it."""
    told = [row for row in table("bulk.md", "the error") if re.match(r"\d{3}", row[0])]
    assert len(told) == 3
    for cause, outcome, run in told:
        for status in map(int, re.findall(r"\b\d{3}\b", cause)):
            error = response_error(status)("refused", status=status)
            if "Retry-After" in cause:
                error.retry_after_s = 1.0  # type: ignore[attr-defined]  # both classes have it
            judged = verdict(error, 1)
            assert (judged.status, judged.stops) == (outcome, run == "stops"), status


# Calling


def test_every_option_is_described() -> None:
    """In the order of the class."""
    told = [row[0].strip("`") for row in table("calling.md", "option")]
    assert told == [field.name for field in attrs.fields(RequestOptions)]


@pytest.mark.parametrize("kind", [Response, Hooks])
def test_what_a_caller_gets_is_described(kind: type[attrs.AttrsInstance]) -> None:
    """The fields of an answer, and the hooks."""
    page = text("calling.md")
    assert [field.name for field in attrs.fields(kind) if f"`{field.name}`" not in page] == []


def test_every_method_of_a_pager_is_described() -> None:
    """In the table of the lists."""
    told = {cell.partition("(")[0].strip("`") for cell, *_ in table("calling.md", "method of the `Pager`")}
    assert told == {name for name in vars(Pager) if not name.startswith("_")}


# What happens when


def test_every_row_names_a_test_that_exists() -> None:
    """A row without proof is a promise."""
    told = table("what-happens-when.md", "what happens")
    assert len(told) > 40
    missing = []
    for row in told:
        (proof,) = quoted(row[-1])
        path, _, name = proof.partition("::")
        source = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
        if not re.search(rf"^(async )?def {name}\(", source, re.MULTILINE):
            missing.append(proof)
    assert missing == []


def test_every_test_written_for_the_table_is_in_it() -> None:
    """Each stands for a row, but for those that look after the list of aiohttp's errors."""
    source = (ROOT / "tests" / "test_what_happens.py").read_text(encoding="utf-8")
    written = set(re.findall(r"^(?:async )?def (test_\w+)\(", source, re.MULTILINE))
    unlisted = {name for name in written if f"test_what_happens.py::{name}`" not in text("what-happens-when.md")}
    assert unlisted == {
        "test_errors_of_the_system_are_mapped_too",
        "test_only_errors_before_the_request_count_as_never_sent",
        "test_programming_errors_stay_what_they_are",
    }
