"""`python -m generator` writes the generated code; `python -m generator --check` says whether it is fresh."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import adapter, emit, load, passes, profile, tree
from generator.problems import SpecError

__all__ = ["generate", "main"]

ROOT = Path(__file__).parent.parent


def generate(root: Path) -> dict[str, str]:
    """The text of every generated file, by path.

    Raises:
        SpecError: The documents have problems; it holds all that were found.
    """
    documents = load.load_all(root)
    problems = profile.check(documents, load.load_unseen(root))
    if problems:
        raise SpecError(problems)
    apis = [passes.complete(adapter.build(document)) for document in documents]
    return emit.emit(documents, apis)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a file is not fresh")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project, if it is not the one this stands in")
    options = parser.parse_args(arguments)
    try:
        files = generate(options.root)
    except SpecError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s) in the spec; nothing was generated.", file=sys.stderr)
        return 1
    return _check(options.root, files) if options.check else _write(options.root, files)


def _check(root: Path, files: dict[str, str]) -> int:
    difference = tree.compare(root, files)
    if not difference:
        return 0
    sys.stdout.write(difference.diff)
    for what, paths in (
        ("is missing", difference.missing),
        ("is stale or was edited by hand", difference.changed),
        ("is not made by the generator", difference.extra),
    ):
        for path in paths:
            print(f"{path} {what}", file=sys.stderr)
    print("The generated code is not fresh: run `make generate` and commit the result.", file=sys.stderr)
    return 1


def _write(root: Path, files: dict[str, str]) -> int:
    strangers = tree.write(root, files)
    for path in strangers:
        print(f"{path} is not made by the generator: move it elsewhere, or delete it.", file=sys.stderr)
    return 1 if strangers else 0


if __name__ == "__main__":
    sys.exit(main())
