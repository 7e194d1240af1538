"""The zip for Gradescope, unpacked and run in the place of its container: the same points as here,
and a valid results.json whatever happens.
"""

import functools
import shutil

import pytest

from gradelib.author.sources import renamed, variants
from gradelib.teacher.collect.collection import collect
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.rules.deciding import extend, rule_out
from tests.sandbox.programs import WITHOUT_LIBSECCOMP, needs_sandbox
from tests.teacher.gradescope_machine import (
    FIRST,
    ON_TIME,
    PEOPLE,
    SANDBOXED,
    SECOND,
    installed,
    run,
    solved,
    started,
    two_notebooks,
    user,
)
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import ROOT, released_course
from tests.teacher.test_gradescope import ALLOWED, OF_A_TEST

MISTAKE = renamed(
    variants(ROOT, "mistakes", "start_here")["softmax"]["ignores_temperature"], "softmax"
)
READS = """
def softmax(logits, temperature=1.0):
    from pathlib import Path
    raise ValueError(Path(r"{path}").read_text())
"""
HAND_INS = {  # who they are, and what they hand in
    "right": {f"{FIRST}.ipynb": solved(FIRST), f"{SECOND}.ipynb": solved(SECOND)},
    "wrong": {
        f"mine/{FIRST} (2).ipynb": solved(FIRST, softmax=MISTAKE, quiz_temperature="a"),
        f"mine/{SECOND}.ipynb": solved(SECOND),
    },
    "broken": {f"{FIRST}.ipynb": b"{not a notebook", f"{SECOND}.ipynb": solved(SECOND)},
    "half": {f"{FIRST}.ipynb": solved(FIRST), "notes.txt": b"see you"},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The teacher's own course: released, and the same hand-ins graded there."""
    course = released_course(two_notebooks, tmp_path_factory.mktemp("course") / "course")
    week = course.weeks[0]
    for student, files in HAND_INS.items():
        folder = laid(tmp_path_factory.mktemp("handed") / student, files)
        collect(course, week, [folder], student, ON_TIME)
    grade(course, week, options=GradingOptions(sandboxed=SANDBOXED), progress=lambda done: None)
    return course


@pytest.fixture(scope="module")
def autograder(course, tmp_path_factory):
    return installed(course, tmp_path_factory.mktemp("gradescope"))


@pytest.fixture(scope="module")
def said(autograder):
    """What the autograder says of each hand-in: it is run once for each."""
    return functools.cache(lambda student: run(autograder, HAND_INS[student]))


def is_valid(found: dict) -> bool:
    """Say whether results are of the form that Gradescope documents."""
    whole = set(found) <= ALLOWED and isinstance(found["score"], float)
    scored = [test for test in found["tests"] if "score" in test]
    right = all(0 <= test["score"] <= test["max_score"] for test in scored)
    return whole and right and all(set(test) <= OF_A_TEST for test in found["tests"])


@pytest.mark.parametrize("student", HAND_INS)
def test_the_points_are_those_that_the_teacher_gives(course, said, student):
    row = table_of(course, course.weeks[0]).rows[student]
    found = said(student)
    assert is_valid(found)
    assert found["score"] == float(row["total"])
    given = {
        t["name"]: f"{t['score']:g}"
        for t in found["tests"]
        if t["visibility"] != "hidden" and "score" in t
    }
    assert given == {
        name: row[name] for name in table_of(course, course.weeks[0]).exercises if row[name]
    }
    assert f"{row['total']} of {row['possible']} points" in found["output"]
    assert {t["visibility"] for t in found["tests"]} <= {"after_published", "hidden"}
    assert found["stdout_visibility"] == "hidden"


def by_name(found: dict) -> dict:
    return {test["name"]: test for test in found["tests"]}


def test_each_case_says_what_a_student_has_to_know(said):
    right, wrong, half = (said(who) for who in ("right", "wrong", "half"))
    assert right["score"] > wrong["score"] > half["score"] > 0
    softmax = by_name(wrong)["start_here.softmax"]
    assert (softmax["score"], softmax["status"]) == (0, "failed")
    assert "Hint." in softmax["output"]
    assert "Not marked yet." in by_name(right)["start_here.reflect_temperature"]["output"]
    missing = [test for name, test in by_name(half).items() if "tokenization." in name]
    assert missing
    assert {test["output"] for test in missing} == {"Its notebook was not handed in."}
    assert f"{SECOND}: not handed in" in half["output"]


@pytest.mark.parametrize("files", [{}, {"homework.txt": b"I did it"}])
def test_nothing_handed_in_has_no_points_and_is_told_what_would_count(autograder, files):
    found = run(autograder, files)
    assert is_valid(found)
    assert found["score"] == 0
    assert f"hand in {FIRST}.ipynb and {SECOND}.ipynb" in found["output"]
    assert len(found["tests"]) > 10


def test_late_costs_what_the_course_says_and_who_has_longer_is_known_by_the_address(
    course, tmp_path
):
    week = course.weeks[0]
    with_roster(course, *PEOPLE, header="id,name,email")
    extend(course, week, "ana", "3d", "ill", ON_TIME)
    root = installed(course, tmp_path)
    late = {"created_at": "2027-04-22T10:00:00+00:00"}  # in the second day
    files = {f"{FIRST}.ipynb": HAND_INS["right"][f"{FIRST}.ipynb"]}
    ana = run(root, files, metadata=late)
    cleo = run(root, files, metadata={**late, "users": [user("Ana Müller", "cleo@uni.example")]})
    assert ana["score"] > 0
    assert cleo["score"] == pytest.approx(0.8 * ana["score"])
    assert "points are taken off for being late" in cleo["output"]
    assert "taken off" not in ana["output"]


def test_what_is_excused_counts_for_nobody_there_too(course, tmp_path):
    rule_out(course, course.weeks[0], "start_here.softmax", "excused", "unclear", ON_TIME)
    try:
        found = run(installed(course, tmp_path), HAND_INS["wrong"])
    finally:
        (course.class_folder / "decisions.json").unlink()
    softmax = by_name(found)["start_here.softmax"]
    assert softmax["score"] == 0
    assert is_valid(found)


@needs_sandbox
def test_a_submission_reads_nothing_that_lies_beside_it(autograder):
    reads = READS.format(path=autograder / "source" / "autograder.json")
    found = run(autograder, {f"{FIRST}.ipynb": solved(FIRST, softmax=reads)})
    said = by_name(found)["start_here.softmax"]["output"]
    assert "PermissionError" in said
    assert "secret" not in said


def without_libseccomp(folder):
    laid(folder, {"sitecustomize.py": WITHOUT_LIBSECCOMP.encode()})
    return {"PYTHONPATH": str(folder)}


def test_where_nothing_can_be_shut_in_nothing_runs_and_the_teacher_is_told(course, tmp_path):
    root = installed(course, tmp_path, sandboxed=True)
    found = run(root, HAND_INS["right"], **without_libseccomp(tmp_path / "site"))
    assert is_valid(found)
    assert found["score"] == 0
    assert "not graded yet" in found["output"]
    (told,) = found["tests"]
    assert told["visibility"] == "hidden"
    assert "cannot shut a submission in" in told["output"]
    assert "--no-sandbox" in told["output"]


def test_without_a_sandbox_it_grades_where_the_teacher_asked_for_that(course, tmp_path):
    root = installed(course, tmp_path, sandboxed=False, show="visible")
    found = run(root, HAND_INS["right"], **without_libseccomp(tmp_path / "site"))
    assert found["score"] == float(table_of(course, course.weeks[0]).rows["right"]["total"])
    *graded, told = found["tests"]
    assert {test["visibility"] for test in graded} == {"visible"}
    assert told["visibility"] == "hidden"
    assert "Nothing shut this submission in" in told["output"]


def spoiled(root, folder):
    shutil.copytree(root, folder, symlinks=True)
    return folder


@pytest.mark.parametrize(
    ("file", "data", "words"),
    [
        ("source/class/gradebook.db", b"not a database", "database"),
        ("source/course.toml", b"title = ", "course.toml"),
        ("source/autograder.json", b"{}", "week"),
        ("source/gradelib/topics/start_here/records.json", b"{", ""),
    ],
)
def test_a_grader_that_fails_says_what_to_do_and_shows_students_nothing_of_it(
    autograder, tmp_path, file, data, words
):
    root = spoiled(autograder, tmp_path / "autograder")
    (root / file).write_bytes(data)
    found = run(root, HAND_INS["half"])
    assert is_valid(found)
    assert found["score"] == 0
    assert "Tell your teacher" in found["output"]
    assert str(tmp_path) not in found["output"]
    told = found["tests"][-1]
    assert (told["name"], told["visibility"]) == ("For the teacher", "hidden")
    assert words in told["output"]


def test_a_grader_that_cannot_even_start_leaves_results(autograder, tmp_path):
    (tmp_path / "bin").mkdir()
    found = run(autograder, {}, GRADELIB_ENVIRONMENT=str(tmp_path))
    assert is_valid(found)
    assert "not graded yet" in found["output"]
    assert "Rerun Autograder" in found["tests"][0]["output"]


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({"created_at": "yesterday"}, "created_at"),
        ({"created_at": "2027-04-20T14:00:00"}, "timezone"),
    ],
)
def test_a_time_that_cannot_be_read_is_said_and_costs_nobody_points(autograder, metadata, words):
    found = run(autograder, HAND_INS["half"], metadata=metadata)
    assert words in found["tests"][0]["output"]
    assert "not graded yet" in found["output"]


def test_without_metadata_nothing_is_guessed(autograder):
    run(autograder, {})
    (autograder / "submission_metadata.json").unlink()
    started(autograder)
    assert "submission_metadata.json" in (autograder / "results" / "results.json").read_text()
