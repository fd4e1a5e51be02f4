"""The loopback server in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["books", "serving"]


@contextmanager
def serving(arguments: Sequence[str] = ()) -> Iterator[str]:
    """Run the server, and give its address."""
    command = [sys.executable, str(Path(__file__).with_name("loopback.py")), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # ours
        if process.stdout is None:
            raise RuntimeError("the server has no output")
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.communicate()


def books(url: str) -> dict[str, Any]:
    """What the server got so far: `records`, `oere`; `tokens` that it gave; and `cpu_s` that it took."""
    with urllib.request.urlopen(f"{url}/books") as answer:  # noqa: S310  # our own server
        told: dict[str, Any] = json.load(answer)
    return told
