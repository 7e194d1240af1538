"""The exam on the teacher's side: fresh cases, forged replies, and names not to be used."""

import pytest

from gradelib.checking.codec import pack
from gradelib.checking.outcome import Outcome
from gradelib.student.handin import as_python
from gradelib.teacher.grade.exam import Exam, Unusable
from tests.teacher.small_course import small_course
from tests.teacher.tables import as_table


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


@pytest.mark.parametrize(
    "forged",
    [
        {"status": ["passed"]},
        {"status": ["value"], "points": [3]},
        {"changed": [{"x": 1}]},
        {"seconds": ["fast"]},
    ],
)
def test_what_is_not_an_outcome_is_refused(course, forged):
    exam = Exam(course)
    name = "start_here.softmax"
    table = {part: [value] for part, value in vars(Outcome("value")).items()} | forged
    table = {part: column * len(exam.inputs(name)) for part, column in table.items()}
    with pytest.raises(Unusable, match=r"not a table of outcomes|status|changed is|seconds is"):
        exam.judge(name, pack({name: table}), "", "")


@pytest.mark.parametrize("column", [[0.0], [], 0.0, {}, "seconds"])
def test_a_table_of_outcomes_has_each_part_once_for_each_case(course, column):
    exam = Exam(course)
    name = "start_here.softmax"
    table = as_table([drawn.expected for drawn in exam.drawn(name)])
    assert exam.judge(name, pack({name: table}), "", "").passed
    with pytest.raises(Unusable, match="seconds is not there once for each case"):
        exam.judge(name, pack({name: table | {"seconds": column}}), "", "")
    with pytest.raises(Unusable, match="not a table of outcomes"):
        exam.judge(name, pack({name: [table]}), "", "")


def test_fresh_cases_are_the_same_in_every_run_and_differ_from_class_to_class(course, tmp_path):
    name = "start_here.softmax"
    first, second = (str(Exam(course).inputs(name)) for _ in range(2))
    (course.class_folder / "seed").chmod(0o600)
    (course.class_folder / "seed").write_text("another")
    assert first == second != str(Exam(course).inputs(name))


def test_a_name_that_must_not_be_used_is_found_behind_a_magic(course):
    exam = Exam(course)
    exercise = exam.exercise("start_here.softmax")
    outcomes = pack({exercise.name: as_table([d.expected for d in exam.drawn(exercise.name)])})
    right = exam.judge(exercise.name, outcomes, "def softmax(x): return x", "")
    cheat = as_python(
        "%%time\n%precision 3\nfrom torch import softmax as s\ndef softmax(x): return s(x, -1)"
    )
    verdict = exam.judge(exercise.name, outcomes, cheat, cheat)
    assert (right.status, verdict.status) == ("passed", "failed")
