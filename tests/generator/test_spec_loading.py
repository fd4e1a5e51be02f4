"""Reading the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.load import load_all
from generator.problems import SpecError
from tests.generator.specs import fragment, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("2026-05-15", "2026-05-15"),
        ("2026-05-15T12:00:00Z", "2026-05-15T12:00:00Z"),
        ("12:30:00", "12:30:00"),
        ("0047", "0047"),
        ("1_000", "1_000"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("-7", -7),
        ("4500.00", 4500.0),
        ("'7'", "7"),
    ],
)
def test_scalars_are_those_of_json(text: str, value: Any) -> None:
    """YAML's own ideas of dates, times, octal numbers and the country code NO do not apply."""
    found = fragment(text)
    assert found == value
    assert type(found) is type(value)


def test_statuses_become_strings() -> None:
    """An unquoted status is the same key as a quoted one."""
    assert fragment("200: a") == {"200": "a"}


def test_nodes_shared_by_an_anchor_become_separate() -> None:
    """The generator marks every node with its own place, so two places may not share one."""
    found = fragment("a: &x {k: 1}\nb: *x")
    assert found["a"] == found["b"]
    assert found["a"] is not found["b"]


def test_a_key_that_stands_twice_is_refused() -> None:
    """YAML would keep the last one and lose the other without a word."""
    with pytest.raises(SpecError, match="'a' stands twice"):
        fragment("a: 1\nb: 2\na: 3")


@pytest.mark.parametrize("text", ["a: [", "- 1", "just text"])
def test_what_is_no_object_is_refused(text: str) -> None:
    """The message names the file."""
    with pytest.raises(SpecError, match=r"openapi/shop\.yaml"):
        read(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{organizationId}: a", "a key is a word"),
        ("[a, b]: c", "a key is a word"),
        ("a: &x\n  b: *x", "what JSON cannot say"),
        ("a: !!binary aGVq", "what JSON cannot say"),
    ],
)
def test_what_yaml_can_say_and_json_cannot_is_refused(text: str, message: str) -> None:
    """In a sentence, as with all that is wrong with a file."""
    with pytest.raises(SpecError, match=message):
        read(text)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """An editor of Windows may save Norwegian letters in its own; the message names file and line."""
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "a.yaml").write_bytes("openapi: 3.1.0\ninfo: på\n".encode("latin-1"))
    with pytest.raises(SpecError, match=r"openapi/a\.yaml#: line 2 is not UTF-8"):
        load_all(tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [("b.yml", "openapi: 3.1.0", "rename it"), ("b.yaml", "opneapi: 3.1.0", "is that misspelt")],
)
def test_a_document_that_would_be_passed_over_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    """Or the code of a whole product would be removed, or never made, without a word on why."""
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "a.yaml").write_text("openapi: 3.1.0")
    (tmp_path / "openapi" / name).write_text(text)
    with pytest.raises(SpecError, match=message) as caught:
        load_all(tmp_path)
    assert str(caught.value).startswith(f"openapi/{name}#: ")


def test_the_digest_is_that_of_the_content() -> None:
    """Comments, layout and the order of keys do not change it; values do."""
    one = read("openapi: 3.1.0 # a comment\ninfo: {title: A, version: '1'}")
    other = read("info:\n  version: '1'\n  title: A\nopenapi: 3.1.0")
    changed = read("info: {title: B, version: '1'}\nopenapi: 3.1.0")
    assert one.digest == other.digest
    assert one.digest != changed.digest


def test_only_openapi_documents_are_read(tmp_path: Path) -> None:
    """The list of what was not seen stands beside them, and the documents come by name."""
    folder = tmp_path / "openapi"
    (folder / "examples").mkdir(parents=True)
    for name, text in {"b": "openapi: 3.1.0", "a": "openapi: 3.1.0", "unseen": "operations: {}"}.items():
        (folder / f"{name}.yaml").write_text(text)
    (folder / "examples" / "index.yaml").write_text("openapi: 3.1.0")
    assert [(document.product, document.path) for document in load_all(tmp_path)] == [
        ("a", "openapi/a.yaml"),
        ("b", "openapi/b.yaml"),
    ]


def test_no_document_at_all_is_refused(tmp_path: Path) -> None:
    """An empty directory is a mistake, and not an empty API."""
    with pytest.raises(SpecError, match="no OpenAPI document"):
        load_all(tmp_path)
