"""Compares generated text with the files on disk, and writes it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

from generator.emit import COVERAGE, MANIFEST, OWNED
from generator.llms import LLMS

__all__ = ["Difference", "Written", "compare", "write"]


@frozen
class Difference:
    """What distinguishes the files on disk from what the generator makes.

    Attributes:
        missing: Files that are not there.
        changed: Files with other text: the spec or the templates have moved on, or somebody edited them.
        extra: Files that the generator does not make.
        diff: From the disk to what it should be, as a unified diff.
    """

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    diff: str = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.extra)


def _present(root: Path) -> Iterator[str]:
    for path in (COVERAGE, *LLMS):
        if (root / path).is_file():
            yield path
    for folder in OWNED:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(root).as_posix()


def _read(root: Path, path: str) -> str:
    # Bytes first: a file with other line ends is another file.
    return (root / path).read_bytes().decode("utf-8", errors="replace")


def compare(root: Path, files: Mapping[str, str]) -> Difference:
    """Compare the files below the project's root with what they should be."""
    present = set(_present(root))
    texts = {path: _read(root, path) for path in sorted(present)}
    missing = tuple(sorted(files.keys() - present))
    extra = tuple(sorted(present - files.keys()))
    changed = tuple(path for path in sorted(files.keys() & present) if files[path] != texts[path])
    lines: list[str] = []
    for path in sorted((*missing, *changed, *extra)):
        lines += difflib.unified_diff(
            texts.get(path, "").splitlines(keepends=True),
            files.get(path, "").splitlines(keepends=True),
            fromfile=f"{path} (on disk)" if path in texts else "/dev/null",
            tofile=f"{path} (generated)" if path in files else "/dev/null",
        )
    return Difference(missing, changed, extra, "".join(lines))


def _owned_before(root: Path) -> set[str]:
    try:
        return set(json.loads(_read(root, MANIFEST))["files"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        # A conflict of git, mostly. Nothing is known to be ours then, so nothing is removed.
        return set()


@frozen
class Written:
    """What a run has done.

    Attributes:
        written: Files that are new or have other text now.
        removed: Files that an earlier run made and this one does not.
        strangers: Files that no run has made. They may be somebody's work, so they stay.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    strangers: tuple[str, ...]


def write(root: Path, files: Mapping[str, str]) -> Written:
    """Write what has changed, and remove what an earlier run made and this one does not."""
    owned_before = _owned_before(root)
    difference = compare(root, files)
    written = (*difference.missing, *difference.changed)
    removed = tuple(path for path in difference.extra if path in owned_before)
    for path in removed:
        (root / path).unlink()
    # The manifest comes last: what it lists is removed by the next run, should this one break off.
    for path in sorted(written, key=lambda path: path == MANIFEST):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(files[path], encoding="utf-8", newline="\n")
    return Written(written, removed, tuple(path for path in difference.extra if path not in owned_before))
