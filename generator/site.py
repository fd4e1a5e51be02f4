"""What the site shows from outside docs/, and links that hold both on a Git forge and on the site; a hook of mkdocs."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator.nav import ELSEWHERE

__all__ = ["on_files", "on_page_markdown", "on_post_build"]

ROOT = Path(__file__).parent.parent

_SOURCES = {target: source for source, target in ELSEWHERE.items()}
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]*)\]\((?P<target>[^)\s]+)\)")
_ORDERED = re.compile(r"^( *)\d+\. ")
_ROW = re.compile(r"^ *\|.*$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from elsewhere, and the texts for language models."""
    for source, target in ELSEWHERE.items():
        files.append(File.generated(config, target, abs_src_path=str(ROOT / source)))
    for name in ("llms.txt", "llms-full.txt"):
        files.append(File.generated(config, name, abs_src_path=str(ROOT / "amili_async" / name)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Lead links to where the site has their targets; what it does not have becomes plain text."""
    source = _SOURCES.get(page.file.src_uri, f"docs/{page.file.src_uri}")

    def rewritten(found: re.Match[str]) -> str:
        target, hash_, anchor = found["target"].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        if path == "README.md":
            path = "docs/README.md"  # what the project is for: the site's first page
        if path in ELSEWHERE or path.startswith("docs/"):
            here = posixpath.dirname(page.file.src_uri)
            there = ELSEWHERE.get(path, path.removeprefix("docs/"))
            return f"[{found['text']}]({posixpath.relpath(there, here or '.')}{hash_}{anchor})"
        return found["text"] if (ROOT / path).exists() else found[0]  # mkdocs complains of the latter

    def outside_code(text: str) -> str:
        return _ROW.sub(_without_escapes, _LINK.sub(rewritten, text))

    markdown = _indented(markdown)
    parts, end = [], 0
    for fence in _FENCE.finditer(markdown):
        parts += [outside_code(markdown[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, outside_code(markdown[end:])])


def _without_escapes(row: re.Match[str]) -> str:
    """Bars in code, in a table: forges want them escaped, and Python-Markdown shows the escape."""
    return _CODE.sub(lambda code: code[0].replace("\\|", "|"), row[0])


def _indented(markdown: str) -> str:
    """What belongs to a numbered item is indented by three on a forge, and has to be by four for Python-Markdown."""
    lines, inside = [], False
    for line in markdown.splitlines():
        if _ORDERED.match(line):
            inside = True
        elif line and not line.startswith("   "):
            inside = False
        elif inside and line:
            line = f" {line}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def on_post_build(config: MkDocsConfig) -> None:
    """Put the Markdown of each page beside its HTML, for tools that read it."""
    for path in sorted(Path(config.docs_dir).rglob("*.md")):
        target = Path(config.site_dir) / os.path.relpath(path, config.docs_dir)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
