"""Build the wheel and the sdist, and prove that they work where nothing else is. `make dist` runs this.

Each step says what it proves; the first one that fails ends the run with status 1, and dist/ is left for a look.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from scripts.empty import Empty, fail, run, say  # noqa: E402  # the project itself is not installed from here
from scripts.first_push import prove_first_push  # noqa: E402

DIST = ROOT / "dist"
CONSTRAINTS = ROOT / "constraints.txt"

# What a plain install may bring, and what each extra adds. A package that comes to this list ends up in somebody's
# payment service, so it comes by hand. Those in brackets are for some versions of Python only.
PLAIN = """
    amili-async aiohappyeyeballs aiohttp aiosignal attrs cattrs frozenlist idna msgspec multidict propcache
    typing-extensions yarl
"""
CLI = """
    annotated-doc defusedxml et-xmlfile markdown-it-py mdurl openpyxl pygments python-stdnum rich shellingham
    typer
"""
SANDBOX = "jsonschema-rs"
OPTIONAL = frozenset({"typing-extensions"})

# Tests that need nothing of a checkout but what the sdist holds; quick, and of every kind.
TESTS = [
    "tests/test_codec_models.py",
    "tests/test_readme.py",
    "tests/test_docs.py",
    "tests/generator",
    "tests/docs/test_llms.py",
]


def main() -> None:
    """Build, compare, install, try."""
    epoch = _epoch()
    wheel, sdist = _build(ROOT, DIST, epoch)
    say(f"Built {wheel.name} ({wheel.stat().st_size:,} bytes) and {sdist.name} ({sdist.stat().st_size:,} bytes)")
    run([sys.executable, "-m", "twine", "check", "--strict", str(wheel), str(sdist)])
    run([str(Path(sys.executable).with_name("check-wheel-contents")), "--no-config", str(wheel)])
    say("The metadata is fit for an index, and the wheel holds what a wheel should")
    with tempfile.TemporaryDirectory(prefix="amili-dist-") as folder:
        work = Path(folder)
        _prove_reproducible(wheel, sdist, work, epoch)
        _prove_sdist(sdist, work)
        _prove_installs(wheel, work)
        prove_first_push(ROOT, wheel, work / "first-push", CONSTRAINTS)
    say(f"All proven. {DIST.relative_to(ROOT)}/ is ready.")


def _epoch() -> str:
    """The time that stands in the archives: that of the last commit, or a fixed one where there is no history."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "1767225600"


def _build(source: Path, target: Path, epoch: str) -> tuple[Path, Path]:
    """Build both; the wheel is made from the sdist, so that it holds nothing that the sdist lacks."""
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--dependency-constraints-txt", str(CONSTRAINTS), "--outdir", str(target)]
    run([*command, str(source)], {"SOURCE_DATE_EPOCH": epoch})
    (wheel,) = target.glob("*.whl")
    (sdist,) = target.glob("*.tar.gz")
    return wheel, sdist


def _prove_reproducible(wheel: Path, sdist: Path, work: Path, epoch: str) -> None:
    """Built from the unpacked sdist, in another folder, both come out the same, bit by bit."""
    tree = _unpacked(sdist, work / "unpacked")
    again = _build(tree, work / "again", epoch)
    for first, second in zip((wheel, sdist), again, strict=True):
        if _digest(first) != _digest(second):
            fail(f"{first.name} is another one when it is built from the sdist: {_digest(first)}, {_digest(second)}")
    say("Built again elsewhere, from the sdist: the same bytes")


def _unpacked(sdist: Path, target: Path) -> Path:
    with tarfile.open(sdist) as archive:
        # We made it ourselves, so where there are no filters (before Python 3.11.4) nothing is lost.
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(target)  # noqa: S202
    (tree,) = target.iterdir()
    return tree


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _prove_sdist(sdist: Path, work: Path) -> None:
    """Its tests are in it, and pass without the checkout."""
    tree = _unpacked(sdist, work / "tested")
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = {"PYTHONPATH": str(tree), "FAST": "1"}
    where = run([sys.executable, "-c", "import amili_async; print(amili_async.__file__)"], environment, cwd=tree)
    if not where.startswith(str(tree)):
        fail(f"the tests of the sdist would test {where}")
    collected = run([*pytest, "--collect-only"], environment, cwd=tree).splitlines()[-1]
    passed = run([*pytest, *TESTS], environment, cwd=tree).splitlines()[-1]
    say(f"The sdist has its tests ({collected}), and those tried pass ({passed})")


def _prove_installs(wheel: Path, work: Path) -> None:
    """Each way to install brings what it should and no more, and what it lacks is said."""
    plain = Empty(work / "plain", wheel, "", CONSTRAINTS)
    _compare("amili-async", plain.packages(), PLAIN)
    plain.python("import amili_async, amili_async.client, amili_async.models.collection; amili_async.AmiliClient")
    _says(plain, "pip install 'amili-async[cli]'", status=2)

    cli = Empty(work / "cli", wheel, "[cli]", CONSTRAINTS)
    _compare("amili-async[cli]", cli.packages(), PLAIN + CLI)
    version = re.sub(r"^amili_async-([^-]+)-.*", r"\1", wheel.name)
    _says(cli, f"amili-async {version}", "--version")
    _says(cli, "push", "--help")
    _says(cli, "pip install 'amili-async[sandbox]'", "sandbox", status=2)

    both = Empty(work / "both", wheel, "[cli,sandbox]", CONSTRAINTS)
    _compare("amili-async[cli,sandbox]", both.packages(), PLAIN + CLI + " " + SANDBOX)


def _says(environment: Empty, text: str, *arguments: str, status: int = 0) -> None:
    printed = environment.amili(*arguments, status=status)
    if text not in printed:
        fail(f"amili {' '.join(arguments)} does not say {text!r}:\n{printed}")


def _compare(what: str, found: Mapping[str, str], wanted: str) -> None:
    names = set(wanted.split())
    extra, missing = found.keys() - names, names - OPTIONAL - found.keys()
    if extra or missing:
        fail(f"{what} brings {sorted(extra) or 'nothing'} too much, and lacks {sorted(missing) or 'nothing'}")
    say(f"{what} brings {len(found)} packages: {' '.join(f'{name} {found[name]}' for name in sorted(found))}")


if __name__ == "__main__":
    main()
