"""The guide to the spec, `openapi/README.md`: it is complete, and following it works."""

from __future__ import annotations

import copy
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator import adapter, load, passes, profile
from generator.ir import EDITIONS
from generator.load import Document
from tests.generator.specs import fragment

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / "openapi" / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text below a heading."""
    return GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def block(name: str) -> Any:
    """A piece of YAML that the guide has its reader write."""
    found = re.search(rf"<!-- {name} -->\n *```yaml\n(.*?)\n *```\n", GUIDE, re.DOTALL)
    assert found is not None, f"the guide has no block {name}"
    return fragment(textwrap.dedent(found[1]))


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """The real spec."""
    return load.load_all(ROOT)


def test_it_names_every_document(documents: list[Document]) -> None:
    """And none that is not there."""
    named = set(re.findall(r"^\| `(\w+\.yaml)` \|", GUIDE, re.MULTILINE))
    assert named == {Path(document.path).name for document in documents} | {"unseen.yaml"}


def test_it_tells_the_editions_apart() -> None:
    """Those that the generator knows, in the same order."""
    assert tuple(re.findall(r"^\| `(2\d{3}-\w+)` \|", section("Where the facts come from"), re.MULTILINE)) == EDITIONS


def test_it_explains_every_extension_that_the_spec_uses(documents: list[Document]) -> None:
    """What is in the documents stands in the table, with where it goes and what it does."""
    explained = set(re.findall(r"^\| `(x-[a-z-]+)` \|", section("Extensions"), re.MULTILINE))
    used: set[str] = set()
    queue: list[Any] = [document.raw for document in documents]
    while queue:
        node = queue.pop()
        used |= {key for key in node if key.startswith("x-")} if isinstance(node, dict) else set()
        queue += [
            value for value in (node.values() if isinstance(node, dict) else node) if isinstance(value, dict | list)
        ]
    assert used - explained == set()
    assert explained - used <= {"x-enum-descriptions"}


def test_its_example_can_be_added_as_it_stands(documents: list[Document]) -> None:
    """The pieces, put where it says, are without fault together with the list, and can be built."""
    before = next(document for document in documents if document.product == "collection")
    others = [document for document in documents if document is not before]
    raw, unseen = copy.deepcopy(before.raw), load.load_unseen(ROOT)
    raw["paths"] |= block("paths")
    raw["components"]["schemas"] |= block("schemas")
    listed = copy.deepcopy(unseen.raw)
    listed["operations"] |= block("unseen")
    after = Document("collection", before.path, raw)
    assert profile.check([*others, after], Document("unseen", unseen.path, listed)) == []
    api = passes.complete(adapter.build(after))
    (added,) = [operation for operation in api.operations if operation.id in block("unseen")]
    assert added.function == "get_remarks"
    assert added.pagination is not None
