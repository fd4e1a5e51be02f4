"""The site: it builds without a warning, fetches nothing, and every page of docs/ stands in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import nav
from tests.docs.pages import DOCS, ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, freshly built: a broken link, a missing anchor or name is a warning, and a warning ends the build."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        # Not --quiet: warnings that are not shown do not count as such.
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def html_pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_stands_in_the_navigation_once() -> None:
    """Those of docs/, and those from elsewhere in the project."""
    listed = [page for _, pages in nav.sections(ROOT) for page in pages]
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")} | set(nav.ELSEWHERE.values())
    assert sorted(listed) == sorted(there)


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    """No font, script, style or image of others: whoever reads a page tells nobody."""
    for page in html_pages(site):
        fetched = re.findall(r"<(?:script|img|iframe|source)[^>]+?src=\"?(https?:[^\"\s>]+)", page.read_text("utf-8"))
        fetched += re.findall(r"<link[^>]+?href=\"?(https?:[^\"\s>]+)", page.read_text("utf-8"))
        assert fetched == [], page.name
    for style in site.rglob("*.css"):
        assert re.findall(r"url\(['\"]?https?:|@import", style.read_text("utf-8")) == [], style.name


def test_names_of_the_python_api_are_filled_in(site: Path) -> None:
    """From the docstrings."""
    text = (site / "python-api.html").read_text(encoding="utf-8")
    for name in ("AmiliClient.wait_for_batch", "bulk.Bulk.submit_invoices", "errors.OutcomeUnknownError"):
        assert f'id="amili_async.{name}"' in text
    assert ":::" not in text


def test_lists_and_tables_are_recognized(site: Path) -> None:
    """Forges take a list right after a line of text; the site's Markdown wants an empty line before it."""
    bad = [
        f"{page.name}: {found[:60]}"
        for page in html_pages(site)
        for found in re.findall(r"<p>[^<]*\n((?:[-*]|\d+\.|\|) [^\n]*)", page.read_text("utf-8"))
    ]
    assert bad == []


def test_links_between_docs_and_project_lead_to_pages_of_the_site(site: Path) -> None:
    """What is written for a forge (`../openapi/README.md`) holds here as well, to the anchor."""
    assert 'href="project/spec.html"' in (site / "index.html").read_text(encoding="utf-8")
    assert 'href="../operations.html"' in (site / "project" / "spec.html").read_text(encoding="utf-8")
    for page in html_pages(site):
        for target in re.findall(r"href=\"((?:\.\./)*\w[\w/-]*\.html)(?:#[^\"]*)?\"", page.read_text("utf-8")):
            assert (page.parent / target).resolve().is_file(), (page.name, target)


def test_texts_for_tools_are_there(site: Path) -> None:
    """At the root, and each page's Markdown beside its HTML."""
    assert (site / "llms.txt").read_bytes() == (ROOT / "amili_async" / "llms.txt").read_bytes()
    assert (site / "llms-full.txt").is_file()
    assert (site / "how-to" / "postgres.md").read_bytes() == (DOCS / "how-to" / "postgres.md").read_bytes()
