"""Who works on what: each name is one grader's at a time, and nobody is done twice."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.gradebook import gradebook, locks
from tests.teacher import postgres_server
from tests.teacher.gradebooks import KINDS, PATIENCE, keep_environment, needs_postgres, on, until
from tests.teacher.small_course import small_course


@pytest.fixture(scope="module")
def server():
    with postgres_server.server() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    keep_environment(monkeypatch)


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def of_kind(kind: str, course: Course, request, monkeypatch) -> Course:
    if kind == "sqlite":
        return course
    url = request.getfixturevalue("server").create("grades")
    gradebook.prepare.cache_clear()
    return on(course, url, monkeypatch)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_belongs_to_one_at_a_time(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    with locks.Claims(course) as claims, locks.Claims(course) as other:
        assert claims.take("week01/ana")
        assert claims.take("week01/ana")
        assert not other.take("week01/ana")
        assert other.take("week02/ana")
        claims.drop("week01/ana")
        assert other.take("week01/ana")
    with locks.Claims(course) as third:
        assert third.take("week01/ana")


TAKE = """
import sys, time
from pathlib import Path
from gradelib.teacher.gradebook import locks
from gradelib.teacher.course import Course
with locks.Claims(Course.find(Path(sys.argv[1]))) as claims:
    print(claims.take("week01/ana"), flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_killed_leaves_no_lock(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    command = [sys.executable, "-c", TAKE, str(course.root)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
        locks.Claims(course) as claims,
    ):
        assert other.stdout.readline() == "True\n"
        assert not claims.take("week01/ana")
        other.kill()
        other.wait()
        until(lambda: claims.take("week01/ana"))  # PostgreSQL needs a moment to see it


@needs_postgres
def test_a_run_that_has_lost_its_locks_ends_with_one_line(course, request, monkeypatch):
    course = of_kind("postgresql", course, request, monkeypatch)
    server = request.getfixturevalue("server")

    def lose() -> None:
        with locks.Claims(course) as claims:
            assert claims.take("week01/ana")
            server.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            claims.drop("week01/ana")

    with pytest.raises(CourseError, match=r"run this again: it goes on where it was$"):
        lose()


@pytest.mark.parametrize("kind", KINDS)
def test_students_who_are_entered_twice_at_once_are_there_once(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    names = [f"s{k:02}" for k in range(20)]
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(gradebook.add_students, course, names) for _ in range(2)]:
            done.result()
    with gradebook.open_gradebook(course) as book:
        assert sorted(student.id for student in book.students) == names


SHARE = """
import sys, time
from pathlib import Path
from gradelib.teacher.gradebook import locks
from gradelib.teacher.course import Course
root, me = Path(sys.argv[1]), sys.argv[2]
done = root / "done"
def run(left, is_free):
    for student in left:
        if is_free(student):
            time.sleep(0.1)
            yield student
students = [f"s{k}" for k in range(12)]
is_done = lambda student: (done / student).exists()
print("ready", flush=True)
sys.stdin.readline()
for student in locks.share(Course.find(root), "week01", students, is_done, run, print):
    with (root / "log").open("a") as log:
        log.write(f"{student} {me}\\n")
    time.sleep(0.1)
    if student == sys.argv[3]:
        print("stuck", flush=True)
        time.sleep(600)
    (done / student).touch()
"""


def sharers(course: Course, *stuck: str) -> list[subprocess.Popen]:
    (course.root / "done").mkdir()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SHARE, str(course.root), str(number), where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, where in enumerate(stuck)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    return started


def log_of(course: Course) -> list[list[str]]:
    return [line.split() for line in (course.root / "log").read_text().splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_two_share_the_work_and_nobody_is_done_twice(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    for process in sharers(course, "", ""):
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    assert sorted(student for student, _ in log_of(course)) == sorted(f"s{k}" for k in range(12))
    assert {who for _, who in log_of(course)} == {"0", "1"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_killed_one_had_is_done_by_the_other(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    first, second = sharers(course, "s3", "s3")
    until(lambda: len(list((course.root / "done").iterdir())) == 11)  # at s3 one of them hangs
    (holder,) = [who for student, who in log_of(course) if student == "s3"]
    stuck, other = (first, second) if holder == "0" else (second, first)
    time.sleep(1)
    assert other.poll() is None  # it waits
    stuck.kill()
    until(lambda: [student for student, _ in log_of(course)].count("s3") == 2)
    other.kill()
    for process in (first, second):
        process.communicate()
