"""Commands on a terminal of their own, and the keys that are pressed there."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Final

__all__ = ["leave_question"]

_IN_TERMINAL: Final = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
_PATIENCE_S: Final = 5.0
_MOST_KEYS: Final = 5


def leave_question(arguments: Sequence[str], environment: Mapping[str, str], key: bytes) -> tuple[int, bytes]:
    """Run `amili`, and press a key at its question until it goes, as one does.

    Python looks at signals between two steps: one that comes right before it waits for the terminal is seen with the
    next key only.

    Returns:
        The exit status, and all that was said.
    """
    command = [sys.executable, "-c", _IN_TERMINAL, sys.executable, "-m", "amili_async.cli", *arguments]
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            return _left(process, process.stdin, process.stdout.fileno(), key)
        finally:
            process.kill()


def _left(process: subprocess.Popen[bytes], keyboard: IO[bytes], screen: int, key: bytes) -> tuple[int, bytes]:
    said = b""
    while b"[y/N]" not in said:
        part = os.read(screen, 4096)
        assert part, said
        said += part
    for _ in range(_MOST_KEYS):
        keyboard.write(key)
        while select.select([screen], [], [], _PATIENCE_S)[0]:
            part = os.read(screen, 4096)
            if not part:
                return process.wait(), said
            said += part
    raise AssertionError(said)
