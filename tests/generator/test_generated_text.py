"""The text of the generated files: layout, style, types, and the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.emit import COVERAGE, MANIFEST, OWNED
from tests.generator.specs import SHOP, generate, read

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).parent / "golden"

SMALL = """
openapi: 3.1.0
info: {title: Library, version: '1', description: Books that nobody wrote.}
servers: [{url: 'https://api.library.example/books/v1'}]
security: [{bearerAuth: []}]
tags: [{name: Books, description: What can be read.}]
paths:
  /shelves/{shelfId}/books:
    get:
      operationId: GetBooks
      tags: [Books]
      summary: List the books of a shelf.
      description: The order is not known.
      x-amili-evidence: {level: partial, pages: [getbooks-1], note: The end of the page was cut.}
      x-amili-since: 2026-spring
      x-amili-idempotency: safe
      x-amili-pagination: {style: cursor, items: data, token: PageToken}
      parameters:
        - {name: shelfId, in: path, required: true, description: Id of the shelf., schema: {type: string, format: uuid}}
        - {name: Kind, in: query, description: Only books of this kind., schema: {$ref: '#/components/schemas/Kind'}}
        - {name: PageToken, in: query, description: From the page before., schema: {type: string}}
      responses:
        '200': {description: One page., content: {application/json: {schema: {$ref: '#/components/schemas/BookList'}}}}
        default: {$ref: '#/components/responses/Error'}
components:
  securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
  responses:
    Error: {description: Refused., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
  schemas:
    Error: {type: object}
    Kind: {type: string, description: Kind of a book. Others are to be expected., x-extensible-enum: [NOVEL, poetry]}
    BookList:
      type: object
      description: One page of books.
      required: [data]
      properties:
        data: {type: array, description: The books., items: {$ref: '#/components/schemas/Book'}}
    Book:
      type: object
      description: A book. Nobody wrote it.
      properties:
        title: {type: string, description: What stands on its cover.}
        price: {type: number, format: decimal, x-amili-evidence: inferred, description: In kroner.}
        lender: {type: string, x-amili-sensitive: true, description: Who has it now.}
"""


@pytest.fixture(scope="module")
def shop_files() -> dict[str, str]:
    """All files of the shop."""
    return generate(read(SHOP))


def test_the_layout_is_the_one_agreed_on() -> None:
    """A small document gives exactly these files; `UPDATE_GOLDEN=1 pytest` writes them anew, to be reviewed."""
    files = {path: text for path, text in generate(read(SMALL, "library")).items() if not path.endswith(".json")}
    golden = {path: GOLDEN / (path.removeprefix("amili_async/").replace("/", ".") + ".txt") for path in files}
    if os.environ.get("UPDATE_GOLDEN"):
        for path, target in golden.items():
            target.write_text(files[path], encoding="utf-8")
    assert sorted(GOLDEN.glob("*.txt")) == sorted(golden.values())
    assert files == {path: target.read_text(encoding="utf-8") for path, target in golden.items()}


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str, shop_files: dict[str, str]) -> None:
    """Two machines, or two runs, generate the same."""
    program = (
        "import json; from tests.generator.specs import SHOP, generate, read; print(json.dumps(generate(read(SHOP))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert list(json.loads(result.stdout).items()) == list(shop_files.items())


def test_the_code_is_clean_by_the_project_s_own_rules(shop_files: dict[str, str], tmp_path: Path) -> None:
    """The linter and the formatter find nothing, with the settings of the project."""
    write(tmp_path, {**shop_files, "amili_async/__init__.py": '"""The package."""\n'})
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for command in (["check"], ["format", "--check"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout


def test_the_code_is_strictly_typed(shop_files: dict[str, str], tmp_path: Path) -> None:
    """The type checker accepts it, and sees in a user's code what is right and what is wrong."""
    package = tmp_path / "amili_async"
    shutil.copytree(ROOT / "amili_async", package, ignore=shutil.ignore_patterns("models", "endpoints", "__pycache__"))
    # The real one imports everything, which is checked elsewhere and takes its time.
    write(tmp_path, {**shop_files, "amili_async/__init__.py": ""})
    (tmp_path / "use.py").write_text(
        "from decimal import Decimal\n"
        "from amili_async.endpoints.shop import Shop\n"
        "from amili_async.models.shop import Order, OrderList, CreateOrders, Accepted\n"
        "from amili_async.types import UNSET\n"
        "async def use(shop: Shop) -> None:\n"
        "    page: OrderList = await shop.get_orders('org', customer_id='c', status='OPEN', statuses=['OPEN'])\n"
        "    orders: list[Order] = page.page_items()\n"
        "    done: Order | Accepted = await shop.create_orders('org', body=CreateOrders(orders=orders))\n"
        "    note = Order().note\n"
        "    text: str | None = None if note is UNSET else note\n"
        "    await shop.ping(org='x')\n"  # line 11: no such argument
        "    Order(total_amount=1.5)\n"  # line 12: a float as money
        "    await shop.get_orders('org')\n"  # line 13: a required argument is missing
    )
    # Silent of what is only imported: the rest of the library needs the real models, and is checked by itself.
    settings = ["--strict", "--no-incremental", "--follow-imports=silent"]
    packages = ["-p", "amili_async.models", "-p", "amili_async.endpoints"]
    result = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, *packages, "-m", "use"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line.split(" error: ")[0] for line in result.stdout.splitlines() if " error: " in line]
    assert found == ["use.py:11:", "use.py:12:", "use.py:13:"], result.stdout + result.stderr


def test_every_file_says_where_it_comes_from(shop_files: dict[str, str]) -> None:
    """A reader of the code learns at once what to edit instead; no date or version makes files differ."""
    for path, text in shop_files.items():
        if path.endswith(".py"):
            assert text.startswith("# Generated from openapi/"), path
            assert "by generator/. Do not edit.\n# To change it: edit the spec or generator/templates/" in text


def test_the_manifest_lists_the_files_and_the_documents(shop_files: dict[str, str]) -> None:
    """It names every other file, and the hash of what the documents say."""
    manifest = json.loads(shop_files[MANIFEST])
    assert manifest["files"] == sorted(shop_files.keys() - {MANIFEST})
    assert manifest["documents"] == {"openapi/shop.yaml": read(SHOP).digest}
    strangers = {path for path in shop_files if not path.startswith(tuple(f"{folder}/" for folder in OWNED))}
    assert strangers == {COVERAGE}


def test_the_coverage_table_says_what_is_known_of_each_operation(shop_files: dict[str, str]) -> None:
    """Counts first, then a row per operation in the order of the spec; its head says that and how it is made."""
    text = shop_files[COVERAGE]
    rows = [line for line in text.splitlines() if line.startswith(("| `", "| [`"))]
    assert text.startswith("<!-- Generated from openapi/ by generator/. Do not edit.")
    assert "`make generate` makes this page" in text
    assert "| all |  | 6 | 2 | 1 | 3 | 1 | 1 |" in text
    assert rows[0] == (
        "| [`GetOrders`](operations/shop.md#getorders) | `GET /orgs/{orgId}/orders` | partial | 2025-09 |  | safe "
        "| cursor: `PageToken` | [getorders-1](https://docs.amili.dev/getorders-1)"
        "<br>[getorders-2](https://docs.amili.dev/getorders-2) |"
    )
    names = ("GetOrders", "CreateOrders", "PutLines", "CloseOrder", "Ping", "Login")
    assert [row.split(" | ")[0] for row in rows] == [
        *(f"| [`{name}`](operations/shop.md#{name.lower()})" for name in names),
        "| `ORDERED`",
    ]
    assert " | yes | upsert | " in rows[2]


def test_the_reference_says_all_that_is_known_of_an_operation(shop_files: dict[str, str]) -> None:
    """Request, call, evidence, what becomes of it when it fails, arguments and answers, with links to the models."""
    text = shop_files["docs/operations/shop.md"]
    part = text.partition("### GetOrders\n")[2].partition("\n### ")[0]
    assert "async def get_orders(\n" in part
    assert "- **Evidence**: partial: the path is printed;" in part
    assert "- **When it fails**: `safe`: a read; repeated when it fails." in part
    assert "- **Paging**: cursor; `amili.paginate` gives the items of `data`." in part
    assert "| `status` | `Status` (query) | [`OrderStatus`](#orderstatus) |" in part
    assert "- `200` gives [`OrderList`](#orderlist)." in part
    assert "\n### OrderList\n" in text
    assert "\n### OrderStatus\n" in text


def test_the_reference_links_only_to_what_it_has(shop_files: dict[str, str]) -> None:
    """A type in a table leads to its own part of the page."""
    text = shop_files["docs/operations/shop.md"]
    headings = {heading.lower() for heading in re.findall(r"^### (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def test_the_document_is_kept_as_json(shop_files: dict[str, str]) -> None:
    """What reads the description at run time needs no YAML."""
    text = shop_files["amili_async/endpoints/shop/openapi.json"]
    assert json.loads(text) == read(SHOP).raw
    assert text.endswith("\n")


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
