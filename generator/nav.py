"""The pages of the site in their order, as `mkdocs.yml` has it, and where those stand that are not in docs/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

__all__ = ["ELSEWHERE", "SETTINGS", "sections"]

SETTINGS: Final = "mkdocs.yml"

ELSEWHERE: Final = {
    "openapi/README.md": "project/spec.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
}
"""Pages that stand elsewhere in the project, and where the site has them."""


class _Loader(yaml.SafeLoader):
    """YAML in which settings that name Python functions are passed over."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def sections(root: Path) -> Iterator[tuple[str, list[str]]]:
    """The parts of the navigation: title and pages, relative to docs/."""
    with (root / SETTINGS).open(encoding="utf-8") as file:
        settings: dict[str, Any] = yaml.load(file, Loader=_Loader)  # noqa: S506  # derived from SafeLoader
    for part in settings["nav"]:
        ((title, pages),) = part.items()
        # A page may stand with a title of its own: {Legacy: operations/legacy.md}.
        yield title, [page if isinstance(page, str) else next(iter(page.values())) for page in pages]
