"""An update of what is no bundle, or one that is interrupted: nothing is lost, and it is said."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import pytest

from gradelib.student import notebook_files, update
from gradelib.student.handin import read_notebook
from gradelib.student.notebook_files import open_notebook
from tests.student.commands_here import FILE, run, sources
from tests.student.pretend_bundle import (
    NAME,
    SOFTMAX,
    WORDS,
    blank,
    mended,
    worked_on,
    write_bundle,
    write_folder,
)


def test_a_notebook_that_does_not_open_is_kept_and_named(begun):
    folder, bundle = begun
    (folder / FILE).write_text('{"cells": [')
    code, said = run(folder, "update", str(bundle))
    assert code == 1
    assert f"{FILE} cannot be read" in said
    assert (folder / f"{NAME}.old.ipynb").read_text() == '{"cells": ['
    assert sources(open_notebook(folder / FILE)) == sources(mended())


def _no_zip(folder: Path) -> Path:
    path = folder / "essay.zip"
    path.write_text("my essay")
    return path


def _zip_of(name: str):
    def make(folder: Path) -> Path:
        path = folder / "some.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(name, "{}")
        return path

    return make


def _cut_short(folder: Path) -> Path:
    path = write_bundle(folder / "short", mended())
    data = bytearray(path.read_bytes())
    middle = len(data) // 3
    data[middle : middle + 2000] = bytes(2000)
    path.write_bytes(data)
    return path


def _broken_notebook(folder: Path) -> Path:
    write_bundle(folder / "broken", mended())
    (folder / "broken" / "course-week01" / FILE).write_text("{")
    return folder / "broken" / "course-week01"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nothing.zip", "is not there"),
        (_no_zip, "essay.zip is no zip"),
        (_zip_of("receipt.json"), "is no bundle of the course"),
        (_zip_of("gradelib/__init__.py"), "is no bundle of the course"),
        (_cut_short, "cannot be unpacked"),
        (_broken_notebook, f"{FILE} cannot be read"),
        (lambda folder: folder / "mine", "name the new one"),
    ],
)
def test_what_is_no_bundle_is_one_line_and_changes_nothing(tmp_path, make, says):
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, said = run(folder, "update", str(make(tmp_path)))
    assert code != 0
    assert says in said
    assert len(said.strip().splitlines()) == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_zip_cannot_write_outside_the_folder(tmp_path):
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    bundle = write_bundle(tmp_path / "bundle", mended())
    with zipfile.ZipFile(bundle, "a") as packed:
        packed.writestr("../../outside.txt", "no")
        packed.writestr("/outside.txt", "no")
    run(folder, "update", str(bundle))
    assert not list(tmp_path.glob("outside*"))
    assert not Path("/outside.txt").exists()


def test_in_the_checkout_git_brings_what_is_new(begun):
    folder, bundle = begun
    (folder / "course.toml").touch()
    code, said = run(folder, "update", str(bundle))
    assert code != 0
    assert "use git" in said


class Stop(BaseException):
    """As Ctrl-C, or a computer that goes off."""


STEPS = [
    (notebook_files.os, "replace"),
    (notebook_files.shutil, "copy2"),
    (update.shutil, "copyfile"),
    (update.shutil, "copytree"),
    (Path, "rename"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("at", range(4))
def test_whenever_it_is_interrupted_nothing_is_lost_and_it_goes_on(
    begun, monkeypatch, module, name, at
):
    folder, bundle = begun
    before = read_notebook((folder / FILE).read_bytes())
    real, calls = getattr(module, name), []

    def stops(*args, **more):
        calls.append(args)
        if len(calls) == at + 1:
            raise Stop
        return real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, stops)
        with contextlib.suppress(Stop):
            update.update(bundle, folder)
    assert (folder / "gradelib" / "__init__.py").exists()
    now = sources(open_notebook(folder / FILE))
    assert now == sources(before) or SOFTMAX in now
    update.update(bundle, folder)
    new = sources(open_notebook(folder / FILE))
    assert {SOFTMAX, WORDS, "my_last = 1"} <= set(new)
    assert "This was mended." in new[0]
    assert new.count(SOFTMAX) == new.count("my_last = 1") == 1
    assert (folder / "gradelib" / "__init__.py").read_text() == "new = True\n"
    kept = [read_notebook(path.read_bytes()) for path in folder.glob("*.old*.ipynb")]
    assert sources(before) in [sources(one) for one in kept]


def test_what_a_killed_run_left_is_cleared_away(begun):
    folder, bundle = begun
    (folder / ".update-left").mkdir()
    (folder / ".gradelib.new").mkdir()
    run(folder, "update", str(bundle))
    assert not [path for path in folder.iterdir() if path.name.startswith((".update", ".grade"))]
