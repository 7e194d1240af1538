"""Where am I? Said of the checks of this session, and of what a saved notebook shows."""

from __future__ import annotations

import copy
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import new_output

import gradelib
from gradelib.checking import session
from gradelib.checking.tags import CellTag
from gradelib.checking.verdict import MARKS, Verdict
from gradelib.student import progress as module
from gradelib.student.answered import PLACEHOLDER
from gradelib.student.progress import of_file, progress
from gradelib.student.progress_report import Progress, Task
from gradelib.teacher.rehearsal.editors import EDITORS
from tests.student.commands_here import FILE, run
from tests.student.pretend_bundle import NAME, TOPIC, WORDS, blank, place, worked_on, write_folder

SOFTMAX, SURPRISAL = f"{TOPIC}.softmax", f"{TOPIC}.surprisal"
QUIZ, WRITTEN = f"{TOPIC}.quiz_temperature", f"{TOPIC}.reflect_temperature"


def shows(notebook, name: str, status: str, points: int = 2) -> None:
    """Let the check of an exercise show a verdict, as JupyterLab saves it."""
    verdict = Verdict(name, status, points)
    data = {"text/plain": str(verdict), "text/html": verdict._repr_html_()}
    cell = notebook.cells[place(notebook, "check", name.partition(".")[2])]
    cell.outputs = [new_output("execute_result", data, execution_count=1)]


def with_minutes(notebook) -> None:
    """Let each answer take seven minutes."""
    for cell in notebook.cells:
        tag = CellTag.of(cell)
        if tag.kind in ("answer", "written"):
            CellTag(tag.kind, tag.exercise, minutes=7).put_into(cell)


@pytest.fixture
def folder(tmp_path):
    original, notebook = blank(), worked_on()
    with_minutes(original)
    with_minutes(notebook)
    shows(notebook, SOFTMAX, "failed")
    shows(notebook, QUIZ, "passed", 1)
    return write_folder(tmp_path / "mine", notebook, original)


@pytest.fixture(autouse=True)
def a_new_session(monkeypatch):
    monkeypatch.setattr(session, "STATUS", {})
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def states(seen: Progress) -> dict[str, str]:
    return {task.name: task.state for task in seen.tasks}


def test_a_saved_notebook_says_what_its_checks_said(folder):
    seen = of_file(folder / FILE)
    assert states(seen) == {
        f"{TOPIC}.most_likely": "not attempted",
        SOFTMAX: "failed",
        QUIZ: "passed",
        SURPRISAL: "not attempted",
        WRITTEN: "written",
    }
    assert seen.minutes_left == 3 * 7
    assert seen.row() == [NAME, "2 of 5", "1 of 9", "21", f"{TOPIC}.most_likely"]


@pytest.mark.parametrize("editor", [name for name in EDITORS if name != "mixed_up"])
def test_a_notebook_that_lost_its_tags_is_measured_by_the_one_handed_out(folder, editor):
    (folder / FILE).write_bytes(EDITORS[editor](worked_on()))
    seen = of_file(folder / FILE)
    assert [task.points for task in seen.tasks] == [1, 3, 1, 2, 2]
    assert states(seen)[WRITTEN] == "written"
    assert states(seen)[SOFTMAX] == "not checked"
    assert states(seen)[SURPRISAL] == "not attempted"


def test_without_the_one_handed_out_the_notebooks_own_tags_do(folder):
    with_it = of_file(folder / FILE)
    (folder / ".original" / FILE).unlink()
    assert of_file(folder / FILE) == with_it


def test_an_answer_that_is_blank_again_has_not_passed(folder):
    notebook = copy.deepcopy(blank())
    shows(notebook, SOFTMAX, "passed", 3)
    nbformat.write(notebook, folder / FILE)
    assert states(of_file(folder / FILE))[SOFTMAX] == "not attempted"


def test_an_answer_that_was_written_after_its_check_is_not_checked(folder):
    notebook = worked_on()
    shows(notebook, SOFTMAX, "not attempted", 3)
    nbformat.write(notebook, folder / FILE)
    assert states(of_file(folder / FILE))[SOFTMAX] == "not checked"


def test_what_a_copied_check_says_of_another_exercise_does_not_count(folder):
    notebook = worked_on()
    shows(notebook, SOFTMAX, "passed", 3)
    cell = notebook.cells[place(notebook, "check", "softmax")]
    cell.source = f'check("{SURPRISAL}")'
    nbformat.write(notebook, folder / FILE)
    assert "passed" not in states(of_file(folder / FILE)).values()


def test_the_checks_of_this_session_count_more_than_the_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    session.STATUS.update({SOFTMAX: "passed", QUIZ: "failed", f"{TOPIC}.most_likely": "error"})
    seen = progress()
    assert states(seen)[SOFTMAX] == "passed"
    assert states(seen)[QUIZ] == "failed"
    assert states(seen)[WRITTEN] == "written"
    assert states(seen)[f"{TOPIC}.most_likely"] == "error"


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
@pytest.mark.parametrize("status", MARKS)
def test_a_verdict_is_read_from_its_text_or_from_its_html(folder, kind, status):
    """Some programs keep one of the two."""
    notebook = worked_on()
    shows(notebook, SOFTMAX, status)
    output = notebook.cells[place(notebook, "check", "softmax")].outputs[0]
    output.data = {kind: output.data[kind]}
    nbformat.write(notebook, folder / FILE)
    said = states(of_file(folder / FILE))[SOFTMAX]
    assert said == ("not checked" if status == "not attempted" else status)


def test_a_check_is_remembered_for_progress(folder, monkeypatch):
    monkeypatch.chdir(folder)
    gradelib.check(
        f"{TOPIC}.most_likely", lambda words, probabilities: words[int(probabilities.argmax())]
    )
    assert states(gradelib.progress())[f"{TOPIC}.most_likely"] == "passed"


def test_the_file_is_the_one_that_the_program_names(folder, monkeypatch, tmp_path):
    """JupyterLab's server says it in the environment of the kernel, VS Code in a variable."""
    monkeypatch.chdir(tmp_path)
    (folder / FILE).rename(folder / "ana.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "ana.ipynb"))
    assert progress().notebook == "ana"
    monkeypatch.delenv("JPY_SESSION_NAME")
    said = {"__vsc_ipynb_file__": str(folder / "ana.ipynb")}
    monkeypatch.setattr(module, "_variables", lambda: said)
    assert progress().notebook == "ana"


def test_where_there_is_no_file_the_checks_and_the_course_say_it(tmp_path, monkeypatch, capsys):
    """On Colab the notebook lies in a drive."""
    monkeypatch.chdir(tmp_path)
    assert progress() is None
    assert "Run a check of this notebook first" in capsys.readouterr().out
    session.STATUS[SOFTMAX] = "passed"
    seen = progress()
    assert states(seen)[SOFTMAX] == "passed"
    assert {SURPRISAL, QUIZ} <= set(states(seen))
    assert seen.row()[2] == "3 of 7"
    assert states(progress(TOPIC)) == states(seen)
    assert progress("nothing") is None


def test_a_check_that_was_run_and_did_not_come_to_its_end_names_the_topic(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = {"In": ["", "import math", f'check("{SOFTMAX}")']}
    monkeypatch.setattr(module, "_variables", lambda: ran)
    assert set(states(progress()).values()) == {"not attempted"}


def test_a_broken_file_is_no_reason_to_stop(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / FILE).write_text("{")
    session.STATUS[SOFTMAX] = "passed"
    assert states(progress())[SOFTMAX] == "passed"


def test_what_is_extra_counts_for_nothing():
    tasks = [Task("a.one", 2, 10, "passed"), Task("a.two", 0, 60), Task("a.three", 3, 15)]
    seen = Progress("07_a", tasks)
    assert seen.row() == ["07_a", "1 of 2", "2 of 5", "15", "a.three"]
    assert "extra" in str(seen)
    done = Progress("07_a", [Task("a.one", 2, 10, "passed"), Task("a.two", 0, 60)])
    assert done.last_line == "All done."


def test_what_a_person_reads_is_said(folder):
    tasks = [Task("a.one", 2, 10, "passed"), Task("a.words", 3, 10, "written")]
    seen = Progress("07_a", tasks)
    assert seen.row()[1:3] == ["2 of 2", "2 of 5"]
    assert seen.last_line == "A person reads what you wrote: 3 more points."


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.found.append(data.strip())


def test_it_says_the_same_in_a_notebook_and_as_text(folder):
    seen, page = of_file(folder / FILE), Words()
    page.feed(seen._repr_html_())
    assert page.open == []
    for words in (seen.summary, "not right yet", "a person reads it", SOFTMAX, seen.last_line):
        assert words in page.found
        assert words in str(seen)


def test_a_name_is_text_and_no_html():
    assert "<script>" not in Progress("<script>", [Task("a.<script>", 1, 1)])._repr_html_()


def test_the_command_shows_all_notebooks_or_one(folder):
    code, said = run(folder, "progress")
    assert code == 0
    assert "2 of 5" in said
    for name in (NAME, FILE, TOPIC):
        code, said = run(folder, "progress", name)
        assert code == 0
        assert "about 20 minutes left" in said
        assert f"Next: {TOPIC}.most_likely" in said


def test_the_command_leaves_old_copies_out_and_names_what_does_not_open(folder):
    run(folder, "reset", SOFTMAX)
    (folder / "01_essay.ipynb").write_text("my essay")
    code, said = run(folder, "progress")
    assert code == 1
    assert ".old" not in said
    assert "01_essay.ipynb cannot be read: it is no JSON" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [(["progress", "00_strat"], f"did you mean {NAME}"), (["progress", "x.ipynb"], "there are")],
)
def test_the_command_with_a_wrong_name_is_one_line(folder, words, says):
    code, said = run(folder, *words)
    assert code != 0
    assert says in said
    assert len(said.strip().splitlines()) == 1


def test_the_command_elsewhere_says_where_to_go(tmp_path):
    code, said = run(tmp_path, "progress")
    assert code != 0
    assert "go to its folder first" in said


def test_the_words_of_a_blank_answer_are_those_that_are_handed_out():
    notebook = blank()
    cell = notebook.cells[place(notebook, "written", "reflect_temperature")]
    assert cell.source == PLACEHOLDER != WORDS
