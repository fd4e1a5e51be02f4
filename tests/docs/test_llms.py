"""The texts for language models: fresh, whole, and in the package."""

from __future__ import annotations

import re
from importlib.resources import files

from amili_async.operations import OPERATIONS
from generator import nav
from generator.__main__ import ROOT, generate
from generator.llms import LLMS
from tests.docs.pages import DOCS

SHORT = files("amili_async").joinpath("llms.txt").read_text(encoding="utf-8")
FULL = files("amili_async").joinpath("llms-full.txt").read_text(encoding="utf-8")


def test_they_are_fresh() -> None:
    """The same pages and tables give the same bytes; `make generate` writes them."""
    made = generate(ROOT)
    assert [path for path in LLMS if made[path] != (ROOT / path).read_text(encoding="utf-8")] == []


def test_both_hold_every_operation() -> None:
    """With its call and evidence in the short one, and all that is known of it in the full one."""
    for row in OPERATIONS.values():
        line = re.search(rf"^- {row.id}: `(.+?)`; (.+)$", SHORT, re.MULTILINE)
        assert line is not None, row.id
        assert f"{row.method} {row.prefix}{row.path}; {row.evidence.level}, {row.idempotency}" in line[2]
        assert f"\n### {row.id}\n" in FULL


def test_the_calls_are_spelt_as_they_are_written() -> None:
    """Path parameters first, the body by name."""
    assert (
        "`amili.collection.create_invoices(organization_id: UUID | str, *, body: CreateInvoicesRequest) "
        "-> BatchAccepted`; POST /collection/v1/orgs/{organizationId}/invoices; partial, keyed."
    ) in SHORT


def test_the_full_one_holds_every_page_about_using_the_library() -> None:
    """In the order of the site; what is filled by its build, and what is about the project, stays out."""
    wanted = [page for _, pages in nav.sections(ROOT) for page in pages]
    wanted = [page for page in wanted if (DOCS / page).exists() and page != "python-api.md"]
    assert re.findall(r"^=== docs/(.+)$", FULL, re.MULTILINE) == wanted
    assert "<!-- run -->" not in FULL


def test_links_of_the_short_one_lead_to_pages() -> None:
    """On the site each page's Markdown stands where they point."""
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", SHORT, re.MULTILINE)
    assert len(links) > 15
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_the_short_one_is_short() -> None:
    """It has to fit beside a question."""
    assert len(SHORT) < 30_000
