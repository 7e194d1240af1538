"""A mended notebook reaches a student who has begun, and nothing that was written is lost."""

from __future__ import annotations

import contextlib
import copy
import os
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.student import notebook_files, update
from gradelib.student.handin import look, read_notebook
from gradelib.student.merge import merge
from gradelib.student.notebook_files import open_notebook
from gradelib.teacher.rehearsal.editors import EDITORS
from tests.student.pretend_bundle import (
    NAME,
    SOFTMAX,
    SURPRISAL,
    TOPIC,
    WORDS,
    WORK,
    blank,
    mended,
    place,
    worked_on,
    write_bundle,
    write_folder,
)

FILE = f"{NAME}.ipynb"


def sources(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells]


def run(folder: Path, *words: str):
    """Run `gradelib …` in a folder, and return its exit code and what it printed."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(app, list(words))
    finally:
        os.chdir(before)
    error = f"{result.exception}" if isinstance(result.exception, ValueError | OSError) else ""
    if result.exception and not error and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output + error


@pytest.fixture
def begun(tmp_path):
    """A folder in which a student has begun, and the zip of the mended bundle."""
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    return folder, write_bundle(tmp_path / "bundle", mended())


def test_answers_quizzes_and_words_move_into_the_mended_notebook(begun):
    folder, bundle = begun
    code, said = run(folder, "update", str(bundle))
    assert code == 0, said
    new = open_notebook(folder / FILE)
    for kind, function, text in (
        ("answer", "softmax", SOFTMAX),
        ("answer", "quiz_temperature", 'quiz_temperature = "b"  # a, b, c or d'),
        ("written", "reflect_temperature", WORDS),
    ):
        assert new.cells[place(new, kind, function)].source == text
    assert "This was mended." in new.cells[0].source
    assert "3 answers moved in" in said
    assert "3 cells of your own moved along" in said


def test_the_old_file_stays_beside_it_and_the_message_says_so(begun):
    folder, bundle = begun
    before = (folder / FILE).read_bytes()
    _, said = run(folder, "update", str(bundle))
    assert (folder / f"{NAME}.old.ipynb").read_bytes() == before
    assert f"{NAME}.old.ipynb" in said


def test_the_students_own_cells_stand_where_they_stood(begun):
    folder, bundle = begun
    run(folder, "update", str(bundle))
    new = sources(open_notebook(folder / FILE))
    at = new.index(SOFTMAX)
    assert new[at - 1] == "My notes: subtract the maximum."
    assert new[at + 1] == "print(softmax(logits))  # mine"
    assert new[-1] == "my_last = 1"


def test_gradelib_data_and_originals_are_renewed(begun):
    folder, bundle = begun
    (folder / "gradelib" / "gone.py").write_text("old")
    (folder / "data" / "my_own.txt").write_text("mine")
    run(folder, "update", str(bundle))
    assert (folder / "gradelib" / "__init__.py").read_text() == "new = True\n"
    assert not (folder / "gradelib" / "gone.py").exists()
    assert (folder / "data" / "a.txt").read_text() == "new\n"
    assert (folder / "data" / "my_own.txt").read_text() == "mine"
    original = open_notebook(folder / ".original" / FILE)
    assert "This was mended." in original.cells[0].source
    assert not [path for path in folder.iterdir() if path.name.startswith((".update", ".grade"))]


def test_a_second_update_changes_nothing(begun):
    folder, bundle = begun
    run(folder, "update", str(bundle))
    first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, said = run(folder, "update", str(bundle))
    assert code == 0
    assert f"{FILE}: as it was" in said
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == first


def test_a_folder_is_as_good_as_a_zip(begun):
    folder, bundle = begun
    code, said = run(folder, "update", str(bundle.parent / "course-week01"))
    assert code == 0, said
    assert SOFTMAX in sources(open_notebook(folder / FILE))


def test_a_notebook_that_was_not_mended_keeps_its_bytes(tmp_path):
    folder = write_folder(tmp_path / "mine", worked_on(), blank())
    bundle = write_bundle(tmp_path / "bundle", blank())
    before = (folder / FILE).read_bytes()
    run(folder, "update", str(bundle))
    assert (folder / FILE).read_bytes() == before
    assert not list(folder.glob("*.old*"))


def test_without_the_notebook_that_was_begun_the_answers_move_too(tmp_path):
    """Bundles before 0.2 have no folder .original."""
    folder = write_folder(tmp_path / "mine", worked_on(), None)
    run(folder, "update", str(write_bundle(tmp_path / "bundle", mended())))
    new = sources(open_notebook(folder / FILE))
    assert SOFTMAX in new
    assert WORDS in new
    assert {"My notes: subtract the maximum.", "print(softmax(logits))  # mine"} <= set(new)
    assert len(new) == len(mended().cells) + 3


@pytest.mark.parametrize("editor", EDITORS)
def test_whatever_program_saved_it_all_of_the_work_moves(editor):
    mine = read_notebook(EDITORS[editor](worked_on()))
    merged = merge(mended(), mine, blank())
    assert sorted(merged.answers) == sorted(WORK)
    own = {"My notes: subtract the maximum.", "print(softmax(logits))  # mine", "my_last = 1"}
    assert own <= set(sources(merged.notebook))
    new = [source for source in sources(merged.notebook) if source not in own]
    assert [s for s in new if s not in ("## My notes", "print('does it work?')\n1 / 0")] == [
        source if source != cell.source else cell.source
        for cell, source in zip(mended().cells, _with_work(mended()), strict=True)
    ]


def _with_work(notebook) -> list[str]:
    answers = {
        place(notebook, "answer", "softmax"): SOFTMAX,
        place(notebook, "answer", "quiz_temperature"): 'quiz_temperature = "b"  # a, b, c or d',
        place(notebook, "written", "reflect_temperature"): WORDS,
    }
    return [answers.get(index, cell.source) for index, cell in enumerate(notebook.cells)]


def test_a_cell_of_the_story_that_the_student_changed_stays_changed():
    mine = worked_on()
    at = next(i for i, c in enumerate(mine.cells) if c.source.startswith("import math"))
    mine.cells[at].source += "\nimport itertools"
    merged = merge(mended(), mine, blank())
    assert mine.cells[at].source in sources(merged.notebook)
    assert len(merged.notebook.cells) == len(mended().cells) + 3


def test_where_both_changed_a_cell_there_are_both():
    def change(notebook):
        at = next(i for i, c in enumerate(notebook.cells) if c.source.startswith("import math"))
        notebook.cells[at].source += "\nimport json"

    mine = worked_on()
    at = next(i for i, c in enumerate(mine.cells) if c.source.startswith("import math"))
    own = mine.cells[at].source = mine.cells[at].source + "\nimport itertools"
    new = sources(merge(mended(change), mine, blank()).notebook)
    theirs = next(source for source in new if source.endswith("import json"))
    assert new.index(own) > new.index(theirs)


def test_an_answer_to_an_exercise_that_is_gone_becomes_a_cell_of_the_students():
    def change(notebook):
        del notebook.cells[place(notebook, "answer", "softmax")]
        del notebook.cells[place(notebook, "check", "softmax")]

    merged = merge(mended_without_docstring(change), worked_on(), blank())
    assert SOFTMAX in sources(merged.notebook)
    assert f"{TOPIC}.softmax" not in merged.answers


def mended_without_docstring(change):
    notebook = copy.deepcopy(blank())
    change(notebook)
    return notebook


def test_a_task_that_was_mended_is_named_since_its_answer_moved_all_the_same(begun):
    """A quiz may have its choices in another order, and the old docstring moves with the answer."""
    folder, bundle = begun
    _, said = run(folder, "update", str(bundle))
    assert f"read again what is asked in {TOPIC}.softmax;" in said

    def change(notebook):
        notebook.cells[place(notebook, "question", "quiz_temperature")].source += "\n- **e.** Up."

    merged = merge(mended(change), worked_on(), blank())
    assert merged.mended == [f"{TOPIC}.softmax", f"{TOPIC}.quiz_temperature"]


def test_an_earlier_attempt_never_undoes_the_answer():
    mine = worked_on()
    attempt = "def softmax(logits, temperature=1.0):\n    return 0  # an early attempt"
    at = place(mine, "answer", "softmax")
    mine.cells.insert(at, new_code_cell(attempt, id="early"))  # what is at its check counts
    new = sources(merge(mended(), mine, blank()).notebook)
    assert new.index(attempt) < new.index(SOFTMAX)


def test_two_answers_in_one_cell_are_not_undone_by_a_stub():
    mine = worked_on(WORK | {f"{TOPIC}.softmax": f"{SOFTMAX}\n\n\n{SURPRISAL}"})
    del mine.cells[place(mine, "answer", "surprisal")]
    merged = merge(mended(), mine, blank())
    seen = look(merged.notebook)
    assert {f"{TOPIC}.softmax", f"{TOPIC}.surprisal"} <= set(seen.attempted)


def test_no_two_cells_have_the_same_id():
    mine = worked_on()
    mine.cells.insert(3, new_code_cell("twin = 1", id=mended().cells[5].id))
    ids = [cell.id for cell in merge(mended(), mine, blank()).notebook.cells]
    assert len(ids) == len(set(ids))


def test_a_notebook_under_another_name_is_found_by_its_topic(begun):
    folder, bundle = begun
    (folder / FILE).rename(folder / "ana.ipynb")
    run(folder, "update", str(bundle))
    assert SOFTMAX in sources(open_notebook(folder / "ana.ipynb"))
    assert not (folder / FILE).exists()


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


def test_the_kernel_that_the_student_chose_stays(begun):
    folder, bundle = begun
    notebook = worked_on()
    notebook.metadata.kernelspec = {"name": "mine", "display_name": "Mine", "language": "python"}
    nbformat.write(notebook, folder / FILE)
    run(folder, "update", str(bundle))
    assert open_notebook(folder / FILE).metadata.kernelspec.name == "mine"


def test_a_new_notebook_of_the_bundle_is_put_beside(begun):
    folder, bundle = begun
    other = bundle.parent / "course-week01" / "01_other.ipynb"
    shutil.copy(bundle.parent / "course-week01" / FILE, other)
    notebook = open_notebook(other)
    notebook.metadata.gradelib["topic"] = "other"
    nbformat.write(notebook, other)
    _, said = run(folder, "update", str(bundle.parent / "course-week01"))
    assert "01_other.ipynb: new" in said
    assert (folder / "01_other.ipynb").exists()
