"""The pages as data: marked blocks, and what is put into them. `python -m tests.docs.pages` fills them anew."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from amili_async.config import SANDBOX_PORT
from amili_async.sandbox import Sandbox

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FIRST_PUSH = DOCS / "first-push.md"

# <!-- examples/NAME.py -->, a fenced program, <!-- /examples/NAME.py -->
EXAMPLE = re.compile(
    r"(?P<head><!-- (?P<path>examples/[\w.]+) -->\n```python\n)(?P<code>.*?)(?P<tail>```\n<!-- /(?P=path) -->)",
    re.DOTALL,
)
# <!-- NAME -->, commands, and perhaps what they print
SHELL = re.compile(
    r"(?P<head><!-- (?P<name>[\w-]+) -->\n```sh\n(?P<commands>.*?)^```\n)"
    r"(?P<shown>\n```text\n(?P<output>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)
_RUN = re.compile(
    r"<!-- run -->\n```python\n(?P<code>.*?)^```\n\n```text\n(?P<output>.*?)^```\n", re.DOTALL | re.MULTILINE
)


def masked(text: str) -> list[str]:
    """Lines without what changes from run to run: ports, times, dates, and how wide a column is for them."""
    text = re.sub(r"(127\.0\.0\.1[:-])\d+", r"\1PORT", text)
    text = re.sub(r"\d+(\.\d+)? s\b", "TIME", text)
    text = re.sub(r"[\d,]+ invoices/s", "RATE", text)
    text = re.sub(r"20\d\d-\d\d-\d\d(?=\s+NOK)", "TODAY", text)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def first_push(page: str, folder: Path, *, path: str = "") -> dict[str, str]:
    """Do in a folder what the page says from its file on, against a sandbox on a free port; give what is printed."""
    printed: dict[str, str] = {}
    (folder / "push_and_read.py").write_text(next(found["code"] for found in EXAMPLE.finditer(page)), encoding="utf-8")
    with Sandbox().in_thread() as sandbox:
        environment = {
            "PATH": f"{path or Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": "" if path else str(ROOT),
            "HOME": str(folder),
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            # The one difference to a reader's: another port, since the usual one may be taken.
            "AMILI_BASE_URL": sandbox.url,
            "AMILI_TOKEN_URL": sandbox.token_url,
        }
        for found in SHELL.finditer(page):
            if found["name"] in ("install", "sandbox", "settings"):
                continue
            done = subprocess.run(
                ["/bin/bash", "-c", f"export AMILI_ENVIRONMENT=sandbox\n{found['commands']}"],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=50,
                check=False,
            )
            printed[found["name"]] = done.stdout
    return printed


def _fill_examples(page: str) -> str:
    return EXAMPLE.sub(lambda found: found["head"] + (ROOT / found["path"]).read_text("utf-8") + found["tail"], page)


def _fill_outputs(page: str) -> str:
    def filled(found: re.Match[str]) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(found["code"], "page", "exec"), {"__name__": "__main__"})  # noqa: S102  # our own documentation
        return (
            found[0]
            if found["output"] == out.getvalue()
            else f"<!-- run -->\n```python\n{found['code']}```\n\n```text\n{out.getvalue()}```\n"
        )

    return _RUN.sub(filled, page)


def _fill_shell(page: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        printed = first_push(page, Path(folder))

    def filled(found: re.Match[str]) -> str:
        if found["shown"] is None or masked(found["output"]) == masked(printed[found["name"]]):
            return found[0]
        text = re.sub(r"(127\.0\.0\.1[:-])\d+", rf"\g<1>{SANDBOX_PORT}", printed[found["name"]])
        lines = "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())
        return f"{found['head']}\n```text\n{lines}```\n"

    return SHELL.sub(filled, page)


def main() -> None:
    """Put programs and outputs into the pages."""
    os.chdir(ROOT)
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        new = _fill_outputs(_fill_examples(text))
        if path == FIRST_PUSH:
            new = _fill_shell(new)
        if new != text:
            path.write_text(new, encoding="utf-8")
            sys.stdout.write(f"Filled {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
