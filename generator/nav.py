"""The pages of the site in their order, as `mkdocs.yml` has it, and where those stand that are not in docs/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator.load import load_settings

__all__ = ["ELSEWHERE", "SETTINGS", "sections"]

SETTINGS: Final = "mkdocs.yml"

ELSEWHERE: Final = {
    "openapi/README.md": "project/spec.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
}
"""Pages that stand elsewhere in the project, and where the site has them."""


def sections(root: Path) -> Iterator[tuple[str, list[str]]]:
    """The parts of the navigation: title and pages, relative to docs/."""
    for part in load_settings(root / SETTINGS)["nav"]:
        ((title, pages),) = part.items()
        # A page may stand with a title of its own: {Legacy: operations/legacy.md}.
        yield title, [page if isinstance(page, str) else next(iter(page.values())) for page in pages]
