"""The notebooks that nbgrader ships for its own tests, handed in as ours: none stops a batch."""

from importlib.resources import as_file, files

import pytest

from gradelib.teacher.collect.collection import collect
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.release.assignment import release
from tests.teacher.small_course import NAME, answered, saved, small_course

LIMITS = "cell_seconds = 3\nnotebook_seconds = 30\nmemory_megabytes = 400"


def shipped() -> dict[str, bytes]:
    """Return nbgrader's own notebooks by a name that a student could have."""
    with as_file(files("nbgrader") / "tests") as folder:
        notebooks = {
            path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.ipynb")
        }
    return {
        "-".join((*path.with_suffix("").parts,)).replace("-files-", "-"): data
        for path, data in sorted(notebooks.items())
        if "files" in path.parts
    }


SHIPPED = shipped()


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Hand all of them in beside one honest student; return course, collected, lines."""
    folder = tmp_path_factory.mktemp("nbgraders")
    course = small_course(folder / "course")
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace("cell_seconds = 12", LIMITS))
    course = type(course).find(course.root)
    week = course.weeks[0]
    release(course, week)
    for student, data in (SHIPPED | {"ana": saved(answered())}).items():
        (folder / "handed_in" / student).mkdir(parents=True)
        (folder / "handed_in" / student / f"{NAME}.ipynb").write_bytes(data)
    collected = {one.student: one for one in collect(course, week, [folder / "handed_in"])}
    lines = grade(course, week, options=GradingOptions(jobs=2), progress=lambda done: None)
    return course, collected, {line.student: line for line in lines}


def test_there_are_as_many_as_nbgrader_has_tests_with_notebooks():
    assert len(SHIPPED) > 50


def test_the_honest_student_beside_them_has_every_point(batch):
    _, _, lines = batch
    assert (lines["ana"].status, lines["ana"].points, lines["ana"].remarks) == ("graded", 7, [])


@pytest.mark.parametrize("student", SHIPPED)
def test_each_has_a_grade_or_a_reason_and_is_kept(student, batch):
    course, collected, lines = batch
    (kept,) = (course.class_folder / "collected" / "week01" / student).iterdir()
    assert kept.read_bytes() == SHIPPED[student]
    assert collected[student].notebooks or collected[student].remarks
    line = lines[student]
    assert (line.status, line.points, line.possible) == ("graded", 0, lines["ana"].possible)
    assert line.remarks  # no cell defines …, or why the file cannot be read
