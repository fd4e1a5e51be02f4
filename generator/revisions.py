"""Reads an edition of the spec: from a directory, or from a revision in git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator import adapter, load, passes, profile
from generator.ir import Api
from generator.load import Document
from generator.problems import Problem, SpecError

__all__ = ["read_edition"]

_GIT = "git:"
_FOLDER = "openapi"


def read_edition(name: str, root: Path) -> list[Api]:
    """Read the spec that a name stands for.

    Args:
        name: `git:REVISION`, or a directory: a project, or one with the documents themselves.
        root: The project in whose history a revision is looked up.

    Raises:
        SpecError: There is no such edition, or it cannot be read.
    """
    documents = _from_git(name.removeprefix(_GIT), root) if name.startswith(_GIT) else _from_directory(Path(name))
    try:
        return [passes.complete(adapter.build(document)) for document in documents]
    except SpecError:
        raise
    except Exception as error:
        # An edition is not held to the rules of today, which an old one may break without harm; this breaks more.
        problems = profile.check(documents) or [Problem(name, "", f"cannot be read ({type(error).__name__})")]
        raise SpecError(problems) from error


def _from_directory(directory: Path) -> list[Document]:
    folder = directory / _FOLDER if (directory / _FOLDER).is_dir() else directory
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    return load.documents_of(texts, str(folder))


def _from_git(revision: str, root: Path) -> list[Document]:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603  # no shell
        if result.returncode:
            detail = (result.stderr.strip().splitlines() or ["git says no more"])[0]
            raise SpecError([Problem(f"{_GIT}{revision}", "", f"git cannot read it: {detail}")])
        return result.stdout

    # Resolved first: what begins with a dash would be an option, and what is no commit has a message of its own.
    commit = git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    listed = git("ls-tree", "-z", "--name-only", commit, f"{_FOLDER}/").split("\0")
    paths = [path for path in listed if path.endswith(".yaml")]
    texts = {path.rpartition("/")[2]: git("show", f"{commit}:{path}") for path in paths}
    return load.documents_of(texts, f"{_GIT}{revision}:{_FOLDER}")
