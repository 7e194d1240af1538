"""What runs when a notebook is graded, what is kept of it, and when nothing is run at all."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config
from typer.testing import CliRunner

from gradelib import cli
from gradelib.author.compose import student_notebook
from gradelib.author.sources import renamed, variants
from gradelib.checking.tags import CellTag
from gradelib.sandbox.confine import NO_SANDBOX, available, wanted
from gradelib.student.handin import read_notebook
from gradelib.student.matching import kind_of
from gradelib.teacher.collect.rebuild import rebuild
from gradelib.teacher.course import CourseError, Limits
from gradelib.teacher.grade.exam import Exam
from gradelib.teacher.grade.execute import Execute, work_of
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.channels import MESSAGE
from gradelib.teacher.kernels.run import Work, run
from gradelib.teacher.release.assignment import changed_points, release
from tests.teacher.small_course import NAME, ROOT, answered, cell_of, saved, small_course

SANDBOXED = not available()


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def ran_of(nb, course) -> dict[int, str]:
    whole = rebuild(student_notebook(ROOT, NAME), read_notebook(saved(nb)))
    return dict(work_of(whole, Exam(course), {}, SANDBOXED).cells)


def test_demonstrations_are_not_run_whatever_a_submission_says_they_are(course):
    notebook = answered()
    shown = [c for c in notebook.cells if kind_of(c) == "demonstration"]
    plain = ran_of(notebook, course)
    assert len(shown) > 3
    assert not {c.source for c in shown} & set(plain.values())
    for cell in shown:
        cell.metadata.clear()
    notebook.cells.append(new_code_cell(shown[0].source))  # copied
    assert list(ran_of(notebook, course).values()) == list(plain.values())


def test_an_answer_cannot_be_tagged_away(course):
    notebook = answered()
    plain = ran_of(notebook, course)
    for cell in notebook.cells:
        CellTag("demonstration").put_into(cell)
    assert list(ran_of(notebook, course).values()) == list(plain.values())


def test_where_nothing_can_be_sandboxed_nothing_is_graded(course, monkeypatch):
    week = course.weeks[0]
    release(course, week)
    place = course.class_folder / "submitted" / "ana" / "week01"
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_bytes(saved(answered()))
    monkeypatch.setattr(
        "gradelib.teacher.grade.grading.available", lambda: ["there is no Landlock here"]
    )
    monkeypatch.delenv(NO_SANDBOX, raising=False)  # as conftest.py sets it where that is true
    with pytest.raises(CourseError, match=r"there is no Landlock here.*--no-sandbox"):
        grade(course, week)
    assert not (course.class_folder / "autograded").exists()
    monkeypatch.chdir(course.root)
    monkeypatch.setattr("sys.argv", ["gradelib", "grade", "1"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("value", "sandboxed"), [("", True), ("0", True), ("1", False), ("yes", False)]
)
def test_the_environment_can_say_to_do_without_a_sandbox(value, sandboxed, monkeypatch):
    monkeypatch.setenv(NO_SANDBOX, value)
    assert wanted() is sandboxed
    chosen = []
    monkeypatch.setattr(
        "gradelib.teacher.grade.grading.grade",
        lambda *given: chosen.append(given[3].sandboxed) or [],
    )
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli.app, ["grade", "1"], catch_exceptions=False)
    assert chosen == [sandboxed]
    assert ("Without a sandbox" in result.output) == (not sandboxed)


def test_below_the_table_stands_what_is_worth_other_points_now(course, monkeypatch):
    (week,) = course.weeks
    release(course, week)
    monkeypatch.setattr("gradelib.teacher.grade.grading.grade", lambda *given: [])
    monkeypatch.chdir(course.root)
    assert "worth other points" not in CliRunner().invoke(cli.app, ["grade", "1"]).output
    path = course.class_folder / "release" / week.name / f"{NAME}.ipynb"
    text = path.read_text()
    assert '"points": 3' in text
    path.write_text(text.replace('"points": 3', '"points": 5'))
    said = CliRunner().invoke(cli.app, ["grade", "1"], catch_exceptions=False).output
    assert "start_here.softmax (5, now 3)" in said
    assert "run gradelib release 1, then gradelib grade 1" in said


def test_a_notebook_without_a_story_is_worth_what_it_says(course):
    (week,) = course.weeks
    release(course, week)
    (course.root / "notebooks" / "src" / f"{NAME}.md").unlink()
    assert changed_points(course, week) == []


def test_the_help_says_what_a_teacher_has_to_know():
    text = CliRunner().invoke(cli.app, ["grade", "--help"]).output
    for word in ("--jobs", "--no-sandbox", "--force", "--student", "--exercise"):
        assert word in text


def test_checks_that_a_teacher_wrote_by_hand_run_in_the_same_sandbox(course, tmp_path):
    cells = ["def double(x): return 2 * x", "assert double(2) == 4", "assert double(2) == 5"]
    cells += [f"open({str(course.root / 'solutions' / 'start_here' / 'reference.py')!r})"]
    cells += ["get_ipython().showtraceback = lambda *_, **__: None", "assert False"]
    config = Config()
    config.Execute.course, config.Execute.sandbox = str(course.root), SANDBOXED
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    resources = {"metadata": {"path": str(tmp_path / "empty")}}
    graded, _ = Execute(config=config).preprocess(notebook, resources)
    errors = [[o["ename"] for o in cell.outputs if "ename" in o] for cell in graded.cells]
    refused = ["PermissionError"] if SANDBOXED else []
    assert errors[:4] == [[], [], ["AssertionError"], refused]
    assert errors[5] == ["AssertionError"]  # of which nothing was shown


@pytest.mark.parametrize(("also_there", "hint"), [(True, False), (False, True)])
def test_whose_answer_calls_a_wrong_one_is_sent_there_first(course, tmp_path, also_there, hint):
    """As in the notebook: what looks like a known mistake may be the fault of the other."""
    source = variants(ROOT, "mistakes", "start_here")["softmax"]["ignores_temperature"]
    calls = "    surprisal(torch.ones(1, 2), torch.tensor([0]))\n    weights ="
    wrong = renamed(source, "softmax").replace("    weights =", calls, 1)
    other = {"surprisal": "def surprisal(probabilities, index):\n    return index"}
    notebook = answered(softmax=wrong, **(other if also_there else {}))
    config = Config()
    config.Execute.course, config.Execute.sandbox = str(course.root), SANDBOXED
    whole = rebuild(student_notebook(ROOT, NAME), read_notebook(saved(notebook)))
    graded, _ = Execute(config=config).preprocess(whole, {"metadata": {"path": str(tmp_path)}})
    verdict = cell_of(graded.cells, "check", "softmax").outputs[0].data["text/plain"]
    assert "failed" in verdict
    assert ("Hint" in verdict) == hint
    assert ("It calls surprisal, whose check has not passed" in verdict) != hint


def test_a_fresh_kernel_does_the_same_work(course, monkeypatch):
    monkeypatch.setattr(workspace, "FORKS", False)
    monkeypatch.setattr(workspace, "_zygote", lambda process: None)
    cell = "from gradelib.sandbox import questions\n"
    cell += "questions.serve = lambda request, *_: (request, '')\nx = 1\nx + 1"
    asked, seconds, places = {"topic.a": b"asked"}, {"topic.a": 1.0}, {"topic.a": (1,)}
    result = run(Work({0: cell}, asked, seconds, Limits(), sandboxed=False, places=places))
    assert result.outputs[0][0]["data"]["text/plain"] == "2"
    assert [reply.packed for reply in result.replies["topic.a"]] == [b"asked"]


def test_a_notebook_that_ran_is_as_nbformat_has_it():
    result = run(Work({0: "print('\\ud800')\n1"}, {}, {}, Limits(), sandboxed=SANDBOXED))
    cell = new_code_cell("1", outputs=nbformat.from_dict(result.outputs[0]))
    nbformat.validate(new_notebook(cells=[cell]))


def test_a_cell_that_sends_too_much_at_once_is_given_up_and_the_others_are_heard():
    cells = {0: "print('a')", 1: f"print('x' * {MESSAGE})", 2: "print('b')"}
    result = run(Work(cells, {}, {}, Limits(), sandboxed=SANDBOXED))
    assert result.stopped == {1: "it sent a message of more than 16 MB"}
    assert [result.outputs[k][0].get("text") for k in (0, 2)] == ["a\n", "b\n"]
