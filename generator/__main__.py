"""The command line: `python -m generator` writes, `--check` says whether that is needed, `diff` what has changed."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from generator import adapter, diff, emit, llms, load, passes, profile, revisions, tree
from generator.problems import SpecError

__all__ = ["generate", "main"]

ROOT = Path(__file__).parent.parent

_DESCRIPTION = """\
Write amili_async/models, amili_async/endpoints and the reference in docs/ from the documents in openapi/, and with the
other pages of docs/ the texts for language models.

The documents are checked first. What is wrong with them is printed as FILE#POINTER: MESSAGE, all of it in one run, and
nothing is written then. How to change them: openapi/README.md.
"""
_EPILOG = "examples:\n  python -m generator\n  python -m generator --check\n  python -m generator diff git:HEAD\n"
_DIFF_DESCRIPTION = """\
Print what a user of the library would notice between two editions of the spec, as sections of a changelog.

Breaking is what can make code fail that was right before; changed is what else concerns it, like the evidence of an
operation; added is what is new. Texts are not compared.

An edition is a directory (a project, or one that holds the *.yaml files themselves) or git:REVISION.
"""
_DIFF_EPILOG = """\
examples:
  python -m generator diff git:HEAD                 what is not committed yet
  python -m generator diff git:v0.1.0 git:v0.2.0    between two releases
  python -m generator diff ../before/openapi openapi
"""
_DONE = {None: "generated", "diff": "compared"}


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
    files = emit.emit(documents, apis)
    return files | llms.texts(root, files, apis)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; give the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.check and options.command:
        parser.error(f"--check belongs to generating, not to {options.command}")
    try:
        if options.command == "diff":
            return _diff(options.root, options.old, options.new)
        files = generate(options.root)
    except SpecError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s) in the spec; nothing was {_DONE[options.command]}.", file=sys.stderr)
        return 1
    try:
        return _check(options.root, files) if options.check else _write(options.root, files)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; run it again when that is mended.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m generator", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=layout
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a file is not fresh")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project, if it is not the one this stands in")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    diff = commands.add_parser(
        "diff",
        help="compare two editions of the spec, for the changelog",
        description=_DIFF_DESCRIPTION,
        epilog=_DIFF_EPILOG,
        formatter_class=layout,
    )
    diff.add_argument("old", metavar="OLD", help="the edition before: a directory, or git:REVISION")
    diff.add_argument("new", metavar="NEW", nargs="?", help="the edition after (default: the files as they are now)")
    return parser


def _diff(root: Path, old: str, new: str | None) -> int:
    before, after = (revisions.read_edition(name, root) for name in (old, new or str(root)))
    sys.stdout.write(diff.compare(before, after).as_markdown())
    return 0


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
    done = tree.write(root, files)
    for what, paths in (("Wrote", done.written), ("Removed", done.removed)):
        for path in paths:
            print(f"{what} {path}")
    if not (done.written or done.removed):
        print(f"All {len(files)} files were fresh.")
    for path in done.strangers:
        print(f"{path} is not made by the generator: move it elsewhere, or delete it.", file=sys.stderr)
    return 1 if done.strangers else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A pipe or a terminal that knows no Norwegian letters must not end a run.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
