"""nbgrader's exchange on a JupyterHub: released, fetched, submitted, collected by nbgrader's own
commands on a folder of its own, then graded by ours.
"""

import datetime as dt
import os
import re
import subprocess
import sys

import pytest

from gradelib.teacher.collect.collection import collect
from gradelib.teacher.collect.platforms import read_folder
from gradelib.teacher.course import Course
from gradelib.teacher.grade.grading import grade
from gradelib.teacher.grade.options import GradingOptions
from gradelib.teacher.gradebook.export import table_of
from gradelib.teacher.release.assignment import release
from tests.teacher.gradebooks import nbgrader
from tests.teacher.gradescope_machine import SANDBOXED
from tests.teacher.hand_ins import GOOD, kept, with_roster
from tests.teacher.small_course import NAME, small_course

LATE = '[late]\npenalty = "1 point"\n[limits]'

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="nbgrader's exchange needs a POSIX file system"
)


def as_student(folder, *command: str) -> None:
    """Run one of nbgrader's commands in a student's folder, which knows the exchange."""
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], cwd=folder, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr


def test_the_time_in_a_name_of_the_exchange_is_read_with_its_fraction():
    named = read_folder("ana+week01+2027-04-20 12:00:07.365935 UTC+x9y")
    assert named is not None
    assert (named.login, named.time) == ("ana", dt.datetime(2027, 4, 20, 12, 0, 7, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory):
    """A course whose week went through the exchange; and how nbgrader calls the student."""
    root = tmp_path_factory.mktemp("exchange")
    course = small_course(root / "course")
    path = course.root / "course.toml"
    text = path.read_text().replace("[limits]", LATE).replace("2100-01-01", "2026-01-01")
    path.write_text(text)
    course = Course.find(course.root)
    release(course, course.weeks[0])
    ran = nbgrader(course, "release_assignment", "week01")
    assert ran.returncode == 0, ran.stderr
    home = root / "home"
    home.mkdir()
    settings = f"c = get_config()\nc.Exchange.root = {str(course.class_folder / 'exchange')!r}\n"
    (home / "nbgrader_config.py").write_text(settings + "c.CourseDirectory.course_id = 'small'\n")
    as_student(home, "fetch_assignment", "week01")
    assert (home / "week01" / f"{NAME}.ipynb").is_file()
    (home / "week01" / f"{NAME}.ipynb").write_bytes(GOOD)
    as_student(home, "submit", "week01")
    (inbound,) = (course.class_folder / "exchange" / "small" / "inbound").iterdir()
    return course, inbound


def points(course: Course, student: str) -> dict[str, str]:
    grade(
        course,
        course.weeks[0],
        options=GradingOptions(sandboxed=SANDBOXED),
        progress=lambda done: None,
    )
    return dict(table_of(course, course.weeks[0]).rows[student])


def stamp_of(inbound) -> dt.datetime:
    (text,) = re.findall(r"\+(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", inbound.name)
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_what_nbgrader_collects_is_graded_with_its_time(exchanged, monkeypatch, tmp_path):
    course, inbound = exchanged
    ran = nbgrader(course, "collect", "week01")
    assert ran.returncode == 0, ran.stderr
    user = inbound.name.split("+")[0]
    row = points(course, user)
    assert row["handed_in"].startswith(f"{stamp_of(inbound):%Y-%m-%d %H:%M:%S}")
    assert float(row["late_seconds"]) > 0
    assert float(row["penalty"]) == float(row["total"]) + float(row["penalty"])  # years late


def test_what_nbgrader_collected_is_kept_with_its_time_when_we_collect_too(exchanged, tmp_path):
    course, inbound = exchanged
    user = inbound.name.split("+")[0]
    (path,) = (course.class_folder / "submitted" / user / "week01").glob("*.ipynb")
    os.utime(path, (1_000_000_000, 1_000_000_000))  # saved long before it was handed in
    other = tmp_path / user
    other.mkdir()
    (other / "notes.txt").write_text("x")
    collect(course, course.weeks[0], [other], user)
    times = [one.name.split("-")[0] for one in kept(course, user) if one.name.endswith("ipynb")]
    assert times == [f"{stamp_of(inbound):%Y%m%dT%H%M%SZ}"]


def test_the_inbound_folder_can_be_collected_by_ours_with_a_roster(exchanged):
    course, inbound = exchanged
    user = inbound.name.split("+")[0]
    course = with_roster(course, f"s1001,Ana Roth,{user}", header="id,name,login")
    (ana,) = collect(course, course.weeks[0], [inbound.parent])
    assert ana.student == "s1001"
    assert ana.notebooks == {NAME: stamp_of(inbound)}
    assert float(points(course, "s1001")["late_seconds"]) > 0
