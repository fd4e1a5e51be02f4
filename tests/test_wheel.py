"""The wheel: what is in it, and what it says of itself."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from amili_async import __version__
from amili_async.endpoints import PRODUCTS

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from the tree as it is, with the build backend that stands in `constraints.txt`."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=50,
    )
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    name = f"amili_async-{__version__}.dist-info/METADATA"
    return email.message_from_string(wheel.read(name).decode())


def test_it_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """No tests, no generator, no examples: they would land in other people's site-packages."""
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"amili_async", f"amili_async-{__version__}.dist-info"}
    packaged = {name for name in wheel.namelist() if name.startswith("amili_async/")}
    tree = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "amili_async").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packaged == tree


def test_it_holds_what_is_read_at_run_time(wheel: zipfile.ZipFile) -> None:
    """The mark of a typed package, the documents of the sandbox, its page, the texts for language models."""
    wanted = {"py.typed", "llms.txt", "llms-full.txt", "sandbox/page.html"}
    wanted |= {f"endpoints/{product}/openapi.json" for product in PRODUCTS}
    assert {f"amili_async/{name}" for name in wanted} <= set(wheel.namelist())
    assert wheel.getinfo("amili_async/py.typed").file_size == 0


def test_it_says_what_it_is(metadata: Message) -> None:
    """Name, version, licence, Python, and classifiers that agree with them."""
    assert (metadata["Name"], metadata["Version"]) == ("amili-async", __version__)
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    classifiers = metadata.get_all("Classifier") or []
    assert {"Typing :: Typed", "Framework :: AsyncIO", "Programming Language :: Python :: 3.11"} <= set(classifiers)
    assert not any(name.startswith("License ::") for name in classifiers)  # superseded by the expression
    assert metadata["Description-Content-Type"] == "text/markdown"


def test_it_needs_four_packages_and_no_more(metadata: Message) -> None:
    """Each further one is behind an extra."""
    needs = metadata.get_all("Requires-Dist") or []
    plain = [re.split(r"[><=!~ \[;]", need)[0] for need in needs if "extra ==" not in need]
    assert plain == ["aiohttp", "attrs", "cattrs", "msgspec"]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert metadata.get_all("Provides-Extra") == sorted(extras)


def test_it_brings_the_command(wheel: zipfile.ZipFile) -> None:
    """And the pytest plugin only for those who ask for it."""
    entries = wheel.read(f"amili_async-{__version__}.dist-info/entry_points.txt").decode()
    assert entries.split() == ["[console_scripts]", "amili", "=", "amili_async.cli:main"]


def test_its_description_is_the_readme(metadata: Message) -> None:
    """Whole: a registry shows it."""
    assert metadata.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")
