"""Commands that end the run when they fail, and virtual environments with nothing in them but our wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

__all__ = ["Empty", "bare", "fail", "run", "say"]

# What would lead a program back to the checkout, or to other settings than its own.
_LEFT_OUT = ("PYTHON", "AMILI_", "VIRTUAL_ENV")


def say(text: str) -> None:
    """Tell what is proven."""
    sys.stdout.write(f"✓ {text}\n")
    sys.stdout.flush()


def fail(text: str) -> NoReturn:
    """Tell what is wrong, and end."""
    sys.exit(f"✗ {text}")


def bare(**values: str) -> dict[str, str]:
    """The environment of this process without what could help."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    return {**kept, "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100", **values}


def run(
    command: Sequence[str], values: Mapping[str, str] | None = None, *, cwd: Path | None = None, status: int = 0
) -> str:
    """Run a command and give what it prints; another status than the one that is wanted ends the run."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=bare(**(values or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode != status:
        last = "\n".join(done.stdout.splitlines()[-60:])
        fail(f"{' '.join(command)} ended with status {done.returncode}, not {status}:\n{last}")
    return done.stdout.strip()


class Empty:
    """A virtual environment outside the checkout, with one wheel and what that needs.

    Args:
        folder: Where it is made.
        wheel: What is installed.
        extras: `"[cli]"`, or nothing.
        constraints: Versions of what it needs.
    """

    def __init__(self, folder: Path, wheel: Path, extras: str, constraints: Path) -> None:
        self._folder = folder
        self._bin = folder / "bin"
        venv.create(folder, with_pip=True)
        pip = [str(self._bin / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
        run([*pip, "install", "-c", str(constraints), f"{wheel}{extras}"], cwd=folder)
        run([*pip, "check"], cwd=folder)

    def packages(self) -> dict[str, str]:
        """Name and version of all that was installed, pip and its like left out."""
        pip = [str(self._bin / "python"), "-m", "pip", "--disable-pip-version-check", "list", "--format", "json"]
        listed = json.loads(run(pip, cwd=self._folder).splitlines()[-1])
        named = {package["name"].lower().replace("_", "-"): package["version"] for package in listed}
        return {name: version for name, version in named.items() if name not in ("pip", "setuptools", "wheel")}

    def python(self, code: str) -> str:
        """Run a piece of Python; warnings are errors."""
        return run([str(self._bin / "python"), "-W", "error", "-c", code], cwd=self._folder)

    def amili(self, *arguments: str, status: int = 0) -> str:
        """Run our command."""
        return run([str(self._bin / "amili"), *arguments], cwd=self._folder, status=status)
