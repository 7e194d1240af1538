"""A mended notebook reaches a student who has begun, and nothing that was written is lost."""

from __future__ import annotations

import copy
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from gradelib.student.handin import look, read_notebook
from gradelib.student.merge import merge
from gradelib.student.notebook_files import open_notebook
from gradelib.teacher.rehearsal.editors import EDITORS
from tests.student.commands_here import FILE, run, sources
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
