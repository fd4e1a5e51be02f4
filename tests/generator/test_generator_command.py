"""`python -m generator` and `--check`, on a project of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.__main__ import main
from generator.emit import COVERAGE, MANIFEST, OWNED
from tests.generator.specs import minimal

ROOT = Path(__file__).parent.parent.parent
MODELS = "amili_async/models/shop.py"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one document, freshly generated."""
    root = tmp_path_factory.mktemp("project")
    (root / "openapi").mkdir()
    (root / "openapi" / "shop.yaml").write_text(yaml.safe_dump(minimal()), encoding="utf-8")
    (root / "openapi" / "unseen.yaml").write_text("operations: {GetOrder: {fields: [], notes: []}}", encoding="utf-8")
    assert main(["--root", str(root)]) == 0
    return root


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    for path in fresh.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(fresh)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


def check(root: Path) -> int:
    return main(["--root", str(root), "--check"])


def test_what_was_just_generated_is_fresh(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check is silent then, and caches of Python do not count."""
    cache = project / "amili_async" / "models" / "__pycache__"
    cache.mkdir()
    (cache / "shop.cpython-311.pyc").write_bytes(b"x")
    assert check(project) == 0
    assert capsys.readouterr() == ("", "")


def test_a_hand_edit_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The diff leads from what stands there to what should, and the message names the fix."""
    path = project / MODELS
    path.write_text(path.read_text(encoding="utf-8").replace("An order.", "My order."), encoding="utf-8")
    assert check(project) == 1
    out, err = capsys.readouterr()
    assert f"--- {MODELS} (on disk)\n+++ {MODELS} (generated)\n" in out
    assert '-    """My order."""\n+    """An order."""\n' in out
    assert f"{MODELS} is stale or was edited by hand" in err
    assert "run `make generate`" in err
    assert "My order." in path.read_text(encoding="utf-8"), "a check changes nothing"


def test_other_line_ends_are_an_edit(project: Path) -> None:
    """The bytes are compared, not the lines."""
    path = project / MODELS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(project) == 1


def test_a_changed_spec_makes_the_code_stale(project: Path) -> None:
    """Until it is generated anew."""
    path = project / "openapi" / "shop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("An order.", "An order of things."), encoding="utf-8")
    assert check(project) == 1
    assert main(["--root", str(project)]) == 0
    assert check(project) == 0


def test_a_comment_in_the_spec_changes_nothing(project: Path) -> None:
    """Only what the document says counts."""
    path = project / "openapi" / "shop.yaml"
    path.write_text("# A comment.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert check(project) == 0


def test_a_missing_file_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also the manifest is one."""
    (project / MODELS).unlink()
    (project / MANIFEST).unlink()
    assert check(project) == 1
    err = capsys.readouterr().err
    assert f"{MODELS} is missing" in err
    assert f"{MANIFEST} is missing" in err


def test_a_strange_file_is_found_and_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody's work is deleted, but it may not stay there either."""
    stranger = project / "amili_async" / "endpoints" / "shop" / "mine.py"
    stranger.write_text("x = 1\n", encoding="utf-8")
    assert check(project) == 1
    assert "amili_async/endpoints/shop/mine.py is not made by the generator" in capsys.readouterr().err
    assert main(["--root", str(project)]) == 1
    assert "amili_async/endpoints/shop/mine.py" in capsys.readouterr().err
    assert stranger.exists()


def test_files_of_an_earlier_run_go_with_their_reason(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A renamed tag moves its module: the old one was the generator's, so it is removed, and that is said."""
    path = project / "openapi" / "shop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Orders", "Purchases"), encoding="utf-8")
    old = project / "amili_async" / "endpoints" / "shop" / "orders.py"
    assert old.exists()
    assert check(project) == 1
    capsys.readouterr()
    assert main(["--root", str(project)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "Wrote amili_async/endpoints/shop/purchases.py" in said
    assert "Removed amili_async/endpoints/shop/orders.py" in said
    assert not old.exists()
    assert (old.parent / "purchases.py").exists()
    assert check(project) == 0
    capsys.readouterr()
    assert main(["--root", str(project)]) == 0
    assert capsys.readouterr().out == "All 11 files were fresh.\n"


def test_a_faulty_spec_generates_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every problem is printed with file and pointer, and what stood there stays."""
    before = {path: path.read_bytes() for path in (project / "amili_async").rglob("*") if path.is_file()}
    path = project / "openapi" / "shop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: documented", "level: sure"), encoding="utf-8")
    assert main(["--root", str(project)]) == 1
    err = capsys.readouterr().err
    assert "openapi/shop.yaml#/paths/~1orders~1{orderId}/get/x-amili-evidence/level: one of documented," in err
    assert "1 problem(s) in the spec; nothing was generated." in err
    assert before == {path: path.read_bytes() for path in (project / "amili_async").rglob("*") if path.is_file()}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_difference_is_shown_where_its_letters_are_not_known(project: Path, encoding: str) -> None:
    """In the encoding of a plain pipe or of Windows, the check still says what is stale."""
    path = project / "openapi" / "shop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("An order.", "Bestilling på → sjøen."), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "--root", str(project), "--check"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr
    assert MODELS.encode() + b" is stale" in result.stderr
    assert b"Bestilling p" in result.stdout


def test_a_manifest_with_a_conflict_of_git_is_written_anew(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two branches that changed the spec always meet there; nothing is removed by what cannot be read."""
    (project / MANIFEST).write_text("<<<<<<< HEAD\n{}\n=======\n", encoding="utf-8")
    old = project / OWNED[0] / "shop" / "old.py"
    old.write_text("", encoding="utf-8")
    assert main(["--root", str(project)]) == 1
    assert f"{OWNED[0]}/shop/old.py is not made by the generator" in capsys.readouterr().err
    assert old.exists()
    old.unlink()
    assert check(project) == 0


def test_a_run_that_broke_off_is_made_good_by_the_next(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be written is named; the manifest is changed last, so that stale files stay known as ours."""
    path = project / "openapi" / "shop.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Orders", "Purchases"), encoding="utf-8")
    manifest = (project / MANIFEST).read_bytes()
    in_the_way = project / OWNED[0] / "shop" / "purchases.py"
    in_the_way.mkdir()
    assert main(["--root", str(project)]) == 1
    assert f"{in_the_way}: Is a directory; run it again when that is mended." in capsys.readouterr().err
    assert (project / MANIFEST).read_bytes() == manifest
    in_the_way.rmdir()
    assert main(["--root", str(project)]) == 0
    assert check(project) == 0


def test_a_page_that_is_gone_is_not_quoted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The site's navigation names the page of a product whose document was taken away: nothing is written till then."""
    (project / "docs" / "README.md").write_text("# Docs\n", encoding="utf-8")
    (project / "mkdocs.yml").write_text("nav: [{Reference: [README.md, operations/shop.md]}]", encoding="utf-8")
    assert main(["--root", str(project)]) == 0
    for name in ("shop.yaml", "unseen.yaml"):
        path = project / "openapi" / name
        text = path.read_text(encoding="utf-8")
        path.unlink()
        (project / "openapi" / name.replace("shop", "store")).write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["--root", str(project)]) == 1
    assert "mkdocs.yml#/nav: 'operations/shop.md' is not there" in capsys.readouterr().err
    assert (project / MODELS).exists()
    (project / "mkdocs.yml").write_text("nav: [{Reference: [README.md, operations/store.md]}]", encoding="utf-8")
    assert main(["--root", str(project)]) == 0
    assert not (project / MODELS).exists()
    assert check(project) == 0


def test_the_spec_is_held_to_the_list_of_what_was_not_seen(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is listed and not marked is refused, and so is a project without a list."""
    path = project / "openapi" / "unseen.yaml"
    path.write_text("operations: {GetOrder: {fields: [Order.id]}}", encoding="utf-8")
    assert main(["--root", str(project)]) == 1
    assert "openapi/shop.yaml#/components/schemas/Order/properties/id: openapi/unseen.yaml" in capsys.readouterr().err
    path.unlink()
    assert main(["--root", str(project)]) == 1
    assert "openapi/unseen.yaml#: the list of what the documentation hid is missing" in capsys.readouterr().err


def test_the_coverage_table_is_a_generated_file_among_others_by_hand(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edit to it is found; its neighbours are nobody's business here."""
    (project / "docs" / "guide.md").write_text("By hand.\n", encoding="utf-8")
    assert check(project) == 0
    table = project / COVERAGE
    table.write_text(table.read_text(encoding="utf-8").replace("documented", "certain"), encoding="utf-8")
    assert check(project) == 1
    assert f"{COVERAGE} is stale or was edited by hand" in capsys.readouterr().err
    table.unlink()
    assert check(project) == 1
    assert f"{COVERAGE} is missing" in capsys.readouterr().err


def test_reviews_fold_the_generated_code() -> None:
    """Each file of code matches a pattern in `.gitattributes`, and each pattern a file; the table is for reading."""
    listed = [*json.loads((ROOT / MANIFEST).read_text(encoding="utf-8"))["files"], MANIFEST]
    listed.remove(COVERAGE)
    lines = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    folders = [line.split()[0].removesuffix("**") for line in lines if line.endswith("linguist-generated=true")]
    assert {folder.rstrip("/") for folder in folders} == set(OWNED)
    assert [path for path in listed if not path.startswith(tuple(folders))] == []
    assert [folder for folder in folders if not any(path.startswith(folder) for path in listed)] == []
    assert [path for path in listed if not (ROOT / path).exists()] == []
