"""Do what docs/first-push.md says, by copy and paste, with the wheel; then push the sample file of the demo."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

from scripts.empty import bare, fail, run, say

__all__ = ["prove_first_push"]

_BLOCK = re.compile(
    r"<!-- (?P<name>[\w-]+) -->\n```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<output>.*?)^```\n)?",
    re.DOTALL | re.MULTILINE,
)
_PROGRAM = re.compile(r"<!-- examples/(?P<name>\w+\.py) -->\n```python\n(?P<code>.*?)```\n", re.DOTALL)


def prove_first_push(root: Path, wheel: Path, folder: Path, constraints: Path) -> None:
    """Install as the page says, start the sandbox, run each command, and compare what is printed."""
    folder.mkdir()
    page = (root / "docs" / "first-push.md").read_text(encoding="utf-8")
    blocks = {found["name"]: found for found in _BLOCK.finditer(page)}
    for program in _PROGRAM.finditer(page):
        (folder / program["name"]).write_text(program["code"], encoding="utf-8")
    # The page's own command, except that pip looks for wheels beside ours as well.
    pip = {
        "PIP_CONSTRAINT": str(constraints),
        "PIP_FIND_LINKS": str(wheel.parent),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    _shell(blocks["install"]["commands"], folder, **pip)
    _is_ours(wheel, folder / "amili-try")

    sandbox = subprocess.Popen(
        [folder / "amili-try" / "bin" / "amili", "sandbox", "--port", "0"],
        cwd=folder,
        env=bare(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert sandbox.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", sandbox.stdout.readline())
        if found is None:
            fail("amili sandbox does not say where it listens")
        # The one difference to a reader's: another port, since the usual one may be taken.
        where = {"AMILI_BASE_URL": found[0], "AMILI_TOKEN_URL": f"{found[0]}/token"}
        for name, block in blocks.items():
            if name in ("install", "sandbox", "settings"):
                continue
            printed = _shell(blocks["settings"]["commands"] + block["commands"], folder, **where)
            if block["output"] is not None and _masked(printed) != _masked(block["output"]):
                fail(f"docs/first-push.md, {name}: prints\n{printed}")
        say("docs/first-push.md works by copy and paste, and prints what it shows")
        _push_the_sample(root, folder, where)
    finally:
        sandbox.terminate()
        sandbox.wait(30)


def _is_ours(wheel: Path, environment: Path) -> None:
    """What was installed is this wheel, and not one of the same name from elsewhere."""
    (packages,) = environment.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        other = [
            name
            for name in archive.namelist()
            if name.startswith("amili_async/") and archive.read(name) != (packages / name).read_bytes()
        ]
    if other:
        fail(f"pip installed another amili-async than {wheel.name}: {other[0]} differs")


def _push_the_sample(root: Path, folder: Path, where: dict[str, str]) -> None:
    """The README's demo, as a job: the counts are those that it shows."""
    demo = re.search(r"<!-- demo -->(.*?)<!-- /demo -->", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert demo is not None
    shown = {
        name.strip(): int(count.replace(",", ""))
        for name, count in re.findall(
            r"^(accepted|rejected by Amili|refused here, not sent|unknown|unsent|rows that "
            r"could not be read)  +([\d,]+)",
            demo[1],
            re.MULTILINE,
        )
    }
    amili = str(folder / "amili-try" / "bin" / "amili")
    run([amili, "--version"])
    (folder / "invoices.csv").write_bytes((root / "examples" / "invoices.csv").read_bytes())
    command = [
        amili,
        "push",
        "invoices",
        "invoices.csv",
        "--format",
        "json",
        "--organization-id",
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    ]
    done = subprocess.run(
        command, cwd=folder, env=bare(AMILI_ENVIRONMENT="sandbox", **where), capture_output=True, text=True, check=False
    )
    if done.returncode != 1:
        fail(f"the sample ended with status {done.returncode}:\n{done.stderr}")
    told = json.loads(done.stdout)
    got = {
        "accepted": told["sent"]["accepted"],
        "rejected by Amili": told["sent"]["rejected"],
        "unknown": told["sent"]["unknown"],
        "refused here, not sent": told["not_sent"]["refused_here"],
        "unsent": told["not_sent"]["unsent"],
        "rows that could not be read": told["unreadable"]["count"],
    }
    if got != shown:
        fail(f"the sample gives {got}, and the README shows {shown}")
    say(f"The sample file: {', '.join(f'{count:,} {name}' for name, count in got.items())}")


def _shell(commands: str, folder: Path, **values: str) -> str:
    """What a person sees who pastes this into a terminal; statuses are not looked at, but for those of pip."""
    done = subprocess.run(
        ["/bin/bash", "-c", commands],
        cwd=folder,
        env=bare(HOME=str(folder), **values),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,
        check=False,
    )
    if "pip install" in commands and done.returncode:
        fail(f"{commands}:\n{done.stdout}")
    return done.stdout


def _masked(text: str) -> list[str]:
    text = re.sub(r"(127\.0\.0\.1[:-])\d+", r"\1PORT", text)
    text = re.sub(r"\d+(\.\d+)? s\b", "TIME", text)
    text = re.sub(r"[\d,]+ invoices/s", "RATE", text)
    text = re.sub(r"20\d\d-\d\d-\d\d(?=\s+NOK)", "TODAY", text)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
