"""What the pages show is what is there: programs, commands, outputs, numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amili_async.operations import OPERATIONS
from tests.docs.pages import DOCS, EXAMPLE, FIRST_PUSH, PAGES, ROOT, SHELL, first_push, masked
from tests.sandbox.test_plugin import run

SHOWN = [(page, found) for page in PAGES for found in EXAMPLE.finditer(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    ("page", "found"), SHOWN, ids=lambda value: value["path"] if isinstance(value, re.Match) else ""
)
def test_a_program_on_a_page_is_the_one_in_examples(page: Path, found: re.Match[str]) -> None:
    """What is copied from the page is what the tests run; `python -m tests.docs.pages` puts it there."""
    assert found["code"] == (ROOT / found["path"]).read_text(encoding="utf-8"), page


def test_every_example_is_shown() -> None:
    """A program that no page shows is found by nobody; the README shows two, and others make sample files."""
    shown = {found["path"] for _, found in SHOWN} | {"examples/demo.py", "examples/first_push.py"}
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "examples").glob("*.py")}
    assert {path for path in there if not path.startswith("examples/make_")} == shown


def test_the_first_push_prints_what_the_page_shows(tmp_path: Path) -> None:
    """Each command of the page, in its order, in an empty folder, against a sandbox."""
    page = FIRST_PUSH.read_text(encoding="utf-8")
    printed = first_push(page, tmp_path)
    shown = {found["name"]: found["output"] for found in SHELL.finditer(page) if found["shown"]}
    assert set(shown) == {"dry-run", "push", "again", "cases", "python"}
    for name, output in shown.items():
        assert masked(printed[name]) == masked(output), name


def test_the_project_of_the_how_to_on_testing_passes(tmp_path: Path) -> None:
    """Its four files, saved under their names, with no other settings than those on the page."""
    page = (DOCS / "how-to" / "testing.md").read_text(encoding="utf-8")
    files = re.findall(r"<!-- ([\w.]+) -->\n```\w+\n(.*?)```\n<!-- /\1 -->", page, re.DOTALL)
    assert [name for name, _ in files] == ["my_erp.py", "conftest.py", "pytest.ini", "test_my_erp.py"]
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = run(tmp_path)
    assert "4 passed" in done.stdout, done.stdout + done.stderr


def test_the_limits_count_right() -> None:
    """How much is only assumed is a number that changes with the spec."""
    assumed = sum(row.evidence.level == "assumed" for row in OPERATIONS.values())
    assert f"**{assumed} of {len(OPERATIONS)} operations" in (DOCS / "limits.md").read_text(encoding="utf-8")


def test_every_operation_has_its_part_in_the_reference() -> None:
    """With its request, and its evidence."""
    for row in OPERATIONS.values():
        page = (DOCS / "operations" / f"{row.product}.md").read_text(encoding="utf-8")
        part = re.search(rf"^### {row.id}\n(.*?)(?=^##)", page, re.DOTALL | re.MULTILINE)
        assert part is not None, row.id
        assert f"```http\n{row.method} {row.prefix}{row.path}\n```" in part[1]
        assert f"**Evidence**: {row.evidence.level}: " in part[1]
        assert all(f"| `{param.name}` | `{param.wire}` ({param.location}) |" in part[1] for param in row.params)


def test_no_two_headings_of_a_page_are_the_same() -> None:
    """Else a link to the second would lead to the first."""
    for page in PAGES:
        headings = re.findall(
            r"^#+ (.+)$", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S), re.M
        )
        lowered = [heading.lower() for heading in headings]
        assert sorted(lowered) == sorted(set(lowered)), page
