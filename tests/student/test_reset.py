"""A stub or a whole notebook comes back as it was handed out; what was there stays beside it."""

from __future__ import annotations

import copy
import os

import nbformat
import pytest
from nbformat.v4 import new_output

from gradelib.student import notebook_files
from gradelib.student.handin import look
from gradelib.student.notebook_files import open_notebook
from gradelib.student.reset import reset
from gradelib.teacher.rehearsal.editors import EDITORS
from tests.student.commands_here import FILE, run, sources
from tests.student.pretend_bundle import (
    NAME,
    SOFTMAX,
    SURPRISAL,
    TOPIC,
    WORK,
    blank,
    place,
    worked_on,
    write_folder,
)


@pytest.fixture
def folder(tmp_path):
    notebook = worked_on()
    for kind in ("answer", "check"):
        shown = new_output("execute_result", {"text/plain": "✓ passed"}, execution_count=3)
        notebook.cells[place(notebook, kind, "softmax")].outputs = [shown]
    return write_folder(tmp_path / "mine", notebook, blank())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("softmax", "answer"),
        ("quiz_temperature", "answer"),
        ("reflect_temperature", "written"),
    ],
)
def test_one_stub_comes_back_and_nothing_else_changes(folder, name, kind):
    before = open_notebook(folder / FILE)
    code, said = run(folder, "reset", f"{TOPIC}.{name}")
    assert code == 0, said
    now = open_notebook(folder / FILE)
    at = place(before, kind, name)
    assert now.cells[at].source == blank().cells[place(blank(), kind, name)].source
    others = [c.source for i, c in enumerate(before.cells) if i != at]
    assert [c.source for i, c in enumerate(now.cells) if i != at] == others
    assert f"{NAME}.old.ipynb" in said
    assert open_notebook(folder / f"{NAME}.old.ipynb") == before


def test_what_the_check_said_of_the_old_answer_goes_with_it(folder):
    run(folder, "reset", f"{TOPIC}.softmax")
    now = open_notebook(folder / FILE)
    assert now.cells[place(now, "answer", "softmax")].outputs == []
    assert now.cells[place(now, "check", "softmax")].outputs == []


def test_what_other_cells_showed_stays(folder):
    notebook = open_notebook(folder / FILE)
    picture = new_output("display_data", {"text/plain": "a picture", "image/png": "aGk="})
    notebook.cells[place(notebook, "check", "surprisal")].outputs = [picture]
    nbformat.write(notebook, folder / FILE)
    run(folder, "reset", f"{TOPIC}.softmax")
    now = open_notebook(folder / FILE)
    assert now.cells[place(now, "check", "surprisal")].outputs == [picture]


@pytest.mark.parametrize("name", [NAME, FILE, TOPIC])
def test_a_whole_notebook_comes_back_and_the_old_one_is_kept(folder, name):
    before = (folder / FILE).read_bytes()
    code, said = run(folder, "reset", name)
    assert code == 0, said
    assert open_notebook(folder / FILE) == blank()
    assert (folder / f"{NAME}.old.ipynb").read_bytes() == before


def test_each_kept_copy_has_a_name_of_its_own(folder):
    for _ in range(3):
        run(folder, "reset", NAME)
    kept = {path.name for path in folder.glob("*.old*")}
    assert kept == {f"{NAME}.old.ipynb", f"{NAME}.old-2.ipynb", f"{NAME}.old-3.ipynb"}


def test_a_broken_notebook_can_be_reset(folder):
    (folder / FILE).write_text("{")
    code, said = run(folder, "reset", NAME)
    assert code == 0, said
    assert open_notebook(folder / FILE) == blank()
    assert (folder / f"{NAME}.old.ipynb").read_text() == "{"


def test_an_answer_that_was_deleted_comes_back_where_it_stood(folder):
    notebook = worked_on()
    del notebook.cells[place(notebook, "answer", "softmax")]
    nbformat.write(notebook, folder / FILE)
    run(folder, "reset", f"{TOPIC}.softmax")
    now = open_notebook(folder / FILE)
    assert place(now, "answer", "softmax") < place(now, "check", "softmax")
    assert place(now, "answer", "softmax") > place(now, "check", "most_likely")


@pytest.mark.parametrize("editor", EDITORS)
def test_whatever_program_saved_it_the_stub_comes_back(folder, editor):
    (folder / FILE).write_bytes(EDITORS[editor](worked_on()))
    run(folder, "reset", f"{TOPIC}.softmax")
    now = open_notebook(folder / FILE)
    assert SOFTMAX not in sources(now)
    assert f"{TOPIC}.softmax" in look(now).blank
    assert f"{TOPIC}.quiz_temperature" in look(now).attempted


def test_what_is_as_it_was_handed_out_stays(folder):
    before = (folder / FILE).read_bytes()
    _, said = run(folder, "reset", f"{TOPIC}.surprisal")
    assert "nothing to do" in said
    assert (folder / FILE).read_bytes() == before
    assert not list(folder.glob("*.old*"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("start_here.softmx", "did you mean start_here.softmax"),
        ("start_here.quiz", "start_here.quiz_temperature"),
        ("softmax", "called by its topic too: start_here.softmax"),
        ("star_here.softmax", f"did you mean {NAME}"),
        ("00_star", f"did you mean {NAME}"),
        ("99_nothing_like_it", f"there are: {NAME}"),
        ("nothing.at_all", f"there are: {NAME}"),
    ],
)
def test_a_name_that_nothing_has_is_one_line_with_names_like_it(folder, name, says):
    before = (folder / FILE).read_bytes()
    code, said = run(folder, "reset", name)
    assert code != 0
    assert says in said
    assert len(said.strip().splitlines()) == 1
    assert (folder / FILE).read_bytes() == before


def test_a_cell_with_two_answers_is_not_emptied(folder):
    notebook = worked_on(WORK | {f"{TOPIC}.softmax": f"{SOFTMAX}\n\n\n{SURPRISAL}"})
    del notebook.cells[place(notebook, "answer", "surprisal")]
    nbformat.write(notebook, folder / FILE)
    code, said = run(folder, "reset", f"{TOPIC}.softmax")
    assert code != 0
    assert "also defines surprisal" in said
    assert (
        SURPRISAL in open_notebook(folder / FILE).cells[place(notebook, "answer", "softmax")].source
    )


def test_a_broken_notebook_is_named_when_one_answer_is_to_come_back(folder):
    (folder / FILE).write_text("")
    code, said = run(folder, "reset", f"{TOPIC}.softmax")
    assert code != 0
    assert said.strip() == f"{FILE} cannot be read: the file is empty"


def test_where_the_notebook_as_it_was_handed_out_is_not_there_it_says_who_has_it(tmp_path):
    folder = write_folder(tmp_path / "mine", worked_on(), None)
    with pytest.raises(ValueError, match=r"in the week's zip; `python -m gradelib update`"):
        reset(NAME, folder)


def test_in_the_checkout_it_is_made_of_the_story(tmp_path):
    folder = write_folder(tmp_path / "mine", worked_on(), None)
    asked = []
    reset(NAME, folder, lambda topic: asked.append(topic) or copy.deepcopy(blank()))
    assert asked == [TOPIC]
    assert open_notebook(folder / FILE) == blank()


def test_an_old_copy_is_not_handed_in(folder):
    run(folder, "reset", NAME)
    code, said = run(folder, "submit", f"{NAME}.old.ipynb", "--student", "ana")
    assert code != 0
    assert "old copy that gradelib kept" in said
    assert not list(folder.glob("*.zip"))


class Stop(BaseException):
    """As Ctrl-C, or a computer that goes off."""


@pytest.mark.parametrize("what", [NAME, f"{TOPIC}.softmax"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_reset_that_is_interrupted_loses_nothing(folder, monkeypatch, what, at):
    before, calls, replace = (folder / FILE).read_bytes(), [], os.replace

    def stops(source, target):
        calls.append(target)
        if len(calls) == at:
            raise Stop
        replace(source, target)

    monkeypatch.setattr(notebook_files.os, "replace", stops)
    with pytest.raises(Stop):
        reset(what, folder)
    assert (folder / FILE).read_bytes() == before
    assert not list(folder.glob(".*.new"))
