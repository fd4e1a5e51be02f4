"""Runs the client generators on our spec, and makes what they wrote importable."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

__all__ = ["Missing", "make_ogen", "make_opc"]

ROOT: Final = Path(__file__).parents[2]
SPEC: Final = ROOT / "openapi" / "collection.yaml"


class Missing(Exception):  # noqa: N818  # not an error: the contender is left out, and this is the note
    """A contender cannot be made here."""


def make_opc(folder: Path) -> str:
    """The client of openapi-python-client: httpx and attrs. Gives its package's name."""
    options = ["--path", str(SPEC), "--meta", "none", "--output-path", str(folder / "peer_opc")]
    return _made(folder, "peer_opc", ["-m", "openapi_python_client", "generate", *options])


def make_ogen(folder: Path) -> str:
    """The client of openapi-generator: aiohttp and pydantic. Gives its package's name."""
    if shutil.which("java") is None:
        raise Missing("openapi-generator needs Java, which is not here")
    options = ["-g", "python", "--library", "asyncio", "-i", str(SPEC), "-o", str(folder)]
    program = "from openapi_generator_cli import cli; cli()"
    return _made(folder, "peer_ogen", ["-c", program, "generate", *options, "--package-name", "peer_ogen"])


def _made(folder: Path, package: str, arguments: list[str]) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # ours
    if not (folder / package).is_dir():
        last = (done.stderr.strip() or done.stdout.strip() or "no output").splitlines()[-1]
        raise Missing(f"{package} could not be generated: {last}")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return package
