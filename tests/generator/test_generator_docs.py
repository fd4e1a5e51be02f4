"""Docstrings made from texts of the spec."""

from __future__ import annotations

import ast
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import docs

TEXT = st.text(st.characters(codec="utf-8"), max_size=200) | st.text("ab \"'\\\n.", max_size=200)


def evaluate(literal: str) -> str:
    """The docstring that Python sees."""
    body = ast.parse(f"class C:\n{literal}\n    x = 1\n").body[0]
    assert isinstance(body, ast.ClassDef)
    first = body.body[0]
    assert isinstance(first, ast.Expr)
    assert isinstance(first.value, ast.Constant)
    return str(first.value.value)


def letters(text: str) -> str:
    """A text without what a docstring may change: blanks, quotes, the full stop at the end."""
    return "".join(c for c in text if c.isprintable() and not c.isspace() and c not in "\"'.")


@given(TEXT)
def test_any_text_makes_a_docstring(text: str) -> None:
    """Quotes, backslashes and control characters of a text cannot break the code, and its words survive."""
    lines = docs.wrap(text, 4)
    if "".join(lines).strip():
        assert letters(evaluate(docs.docstring(lines, 4))) == letters(text)


@given(TEXT)
def test_lines_are_as_long_as_the_project_allows(text: str) -> None:
    """Only a single word may be longer than a line."""
    for line in docs.wrap(text, 8):
        assert len(line) + 8 <= docs.LIMIT or " " not in line.strip()


@pytest.mark.parametrize(
    ("text", "summary", "rest"),
    [
        ("One thing", "One thing.", ""),
        ("One thing. Another.", "One thing.", "Another."),
        ("Version 1.0 of it; e.g. this. `code` follows.", "Version 1.0 of it; e.g. this.", "`code` follows."),
        ("First\nline.\n\nSecond part.", "First line.", "Second part."),
    ],
)
def test_the_first_sentence_is_the_summary(text: str, summary: str, rest: str) -> None:
    """A description is cut after its first sentence, which goes into the first line."""
    assert docs.split_summary(text) == (summary, rest)


def test_lists_stay_lists() -> None:
    """Items of a list start on a line of their own, and their next lines are indented."""
    lines = docs.wrap("Either\n- " + "word " * 30 + "\n- or this", 8)
    assert lines[0] == "Either"
    assert lines[1].startswith("- word")
    assert lines[2].startswith("  word")
    assert lines[-1] == "- or this"


def test_sections_are_google_style() -> None:
    """Entries are indented below the title, their next lines once more."""
    lines = docs.section("Args", [("name", "word " * 40)], 4)
    assert lines[:2] == ["", "Args:"]
    assert lines[2].startswith("    name: word")
    assert lines[3].startswith("        word")
    assert docs.section("Args", [], 4) == []


def test_a_long_docstring_closes_on_its_own_line() -> None:
    """Several lines are indented alike, so that tools can take the indentation away."""
    seen = evaluate(docs.docstring(["First.", "", "Second."], 4))
    assert inspect.cleandoc(seen) == "First.\n\nSecond."
