"""The gradebook is read and written for a notebook, or for a class, at once."""

import contextlib
import datetime as dt

import pytest
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import getgrades, overwritecells, saveautogrades
from sqlalchemy import event

from gradelib.teacher.gradebook.at_once import AtOnce, Opened, hand_ins
from gradelib.teacher.gradebook.database import address
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.nbgrader_settings import load
from gradelib.teacher.gradebook.points import total
from tests.teacher.small_course import NAME, small_course

CELLS = [f"check-start_here-{name}" for name in ("softmax", "surprisal", "most_likely")]
PLACE = (NAME, "week01", "ana")


@pytest.fixture
def course(tmp_path):
    """A week of three exercises, for ana and nine others."""
    course = small_course(tmp_path / "course")
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("week01", duedate=course.weeks[0].due)
        gradebook.add_notebook(NAME, "week01")
        for cell in CELLS:
            gradebook.add_grade_cell(cell, NAME, "week01", max_score=3, cell_type="code")
            gradebook.add_solution_cell(f"answer-{cell}", NAME, "week01")
            gradebook.add_source_cell(cell, NAME, "week01", cell_type="code", source=cell)
        for student in ["ana", *(f"other{number}" for number in range(9))]:
            gradebook.add_student(student)
            gradebook.add_submission("week01", student, timestamp=dt.datetime(2026, 1, 2))
    return course


@contextlib.contextmanager
def counted(gradebook):
    """Give a list that grows with each question to the database."""
    asked = []

    def count(*call):
        asked.append(call[2])

    event.listen(gradebook.engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(gradebook.engine, "before_cursor_execute", count)


def test_all_cells_of_a_notebook_take_one_question_of_a_kind(course):
    with AtOnce(address(course)) as gradebook, counted(gradebook) as asked:
        grades = [gradebook.find_grade(cell, *PLACE) for cell in CELLS]
        assert [(grade.name, grade.max_score) for grade in grades] == [(c, 3) for c in CELLS]
        found = len(asked)
        comments = [gradebook.find_comment(f"answer-{cell}", *PLACE) for cell in CELLS]
        assert {comment.student.id for comment in comments} == {"ana"}
        for cell in CELLS:
            assert gradebook.find_source_cell(cell, *PLACE[:2]).source == cell
            assert gradebook.find_graded_cell(cell, *PLACE[:2]).max_score == 3
        first = len(asked)
        for cell in CELLS:
            gradebook.find_grade(cell, *PLACE)
            gradebook.find_comment(f"answer-{cell}", *PLACE)
            gradebook.find_source_cell(cell, *PLACE[:2])
        assert len(asked) == first
        assert found <= 1 + len(CELLS)  # the grades, and the name of each cell


def test_a_cell_that_is_not_there_is_missing_as_with_nbgrader(course):
    with AtOnce(address(course)) as gradebook:
        for find, place in (
            (gradebook.find_grade, PLACE),
            (gradebook.find_comment, PLACE),
            (gradebook.find_source_cell, PLACE[:2]),
            (gradebook.find_graded_cell, PLACE[:2]),
        ):
            with pytest.raises(MissingEntry):
                find("check-start_here-nothing", *place)


def scores(course):
    with Gradebook(address(course)) as gradebook:
        return [gradebook.find_grade(cell, *PLACE).auto_score for cell in CELLS]


def score(course, points, fails=False):
    with AtOnce(address(course)) as gradebook:
        for cell in CELLS:
            gradebook.find_grade(cell, *PLACE).auto_score = points
            gradebook.db.commit()
        if fails:
            raise RuntimeError("the last cell cannot be graded")


def test_the_grades_of_a_notebook_are_written_whole_or_not_at_all(course):
    score(course, 2)
    assert scores(course) == [2, 2, 2]
    with pytest.raises(RuntimeError, match="the last cell"):
        score(course, 3, fails=True)
    assert scores(course) == [2, 2, 2]


def test_nbgraders_steps_open_a_gradebook_of_this_kind(course):
    load(course)
    assert {step.Gradebook for step in (getgrades, overwritecells, saveautogrades)} == {AtOnce}


def test_a_class_takes_as_many_questions_as_a_student(course):
    def asked_for(most):
        with open_gradebook(course) as gradebook, counted(gradebook) as asked:
            for submission in hand_ins(gradebook, "week01")[:most]:
                assert total(submission) == 0
                assert (submission.student.id != "", submission.max_score) == (True, 9)
                assert {g.max_score for n in submission.notebooks for g in n.grades} == {3}
        return len(asked)

    assert asked_for(10) == asked_for(1)


def test_a_gradebook_that_is_known_is_opened_without_a_question(course):
    with Opened(address(course), course.name) as gradebook, counted(gradebook) as asked:
        assert asked == []
        assert len(gradebook.students) == 10


def test_a_gradebook_that_was_deleted_is_made_anew(course):
    (course.class_folder / "gradebook.db").unlink()
    with Opened(address(course), course.name) as gradebook:
        assert gradebook.students == []


def test_the_settings_are_read_again_where_they_have_changed(tmp_path):
    course = small_course(tmp_path / "course")
    path = course.root / "nbgrader_config.py"
    own = path.read_text() if path.is_file() else "c = get_config()\n"
    path.write_text(own + "c.LateSubmissionPlugin.penalty_method = 'none'\n")
    first = load(course)
    first.LateSubmissionPlugin.penalty_method = "mine"
    assert load(course).LateSubmissionPlugin.penalty_method == "none"
    path.write_text(own + "c.LateSubmissionPlugin.penalty_method = 'zero'\nc.NbGrader.x = 1\n")
    assert load(course).LateSubmissionPlugin.penalty_method == "zero"
