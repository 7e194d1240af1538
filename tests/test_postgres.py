"""Where the grades are kept: SQLite, or a real PostgreSQL, with two graders at once."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy import text

from gradelib import cli
from gradelib.teacher import database, frame, gradebook, locks
from gradelib.teacher.collect import collect
from gradelib.teacher.course import GRADEBOOK, Course, CourseError
from gradelib.teacher.demo import compare
from gradelib.teacher.grade import export, grade
from gradelib.teacher.release import release
from gradelib.teacher.simulate import simulate
from tests import postgres
from tests.foreign import ROOT, small_course

needs_postgres = pytest.mark.skipif(postgres.programs() is None, reason=postgres.INSTALL)
KINDS = ["sqlite", pytest.param("postgresql", marks=needs_postgres)]
STUDENTS = 3
PATIENCE = 900  # seconds, on a computer that does much else


@pytest.fixture(scope="module")
def server():
    with postgres.server() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """What a test puts into the environment ends with it, the password too."""
    monkeypatch.setenv(GRADEBOOK, "sqlite")
    monkeypatch.setenv("PGPASSWORD", "")
    monkeypatch.delenv("PGPASSWORD")


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


def on(course: Course, url: str, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setenv(GRADEBOOK, url)
    return Course.find(course.root)


def said_by(command: list[str], course: Course, monkeypatch, capfd) -> str:
    """Run a command that cannot be done; return the one line that it says."""
    monkeypatch.chdir(course.root)
    monkeypatch.setattr("sys.argv", ["gradelib", *command])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capfd.readouterr()
    assert left.value.code == 2
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    assert "rosebud" not in line
    return line


# Which database


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("postgresql://ann@db.example/grades", "ann@db.example/grades?connect_timeout=10"),
        ("postgres://db.example:99/x", "db.example:99/x?connect_timeout=10"),
        ("postgresql+psycopg:///x?host=/run/p", "/x?connect_timeout=10&host=/run/p"),
        ("postgresql://a:rosebud@h/x?connect_timeout=3", "a@h/x?connect_timeout=3"),
        ("postgresql://h/x?password=rosebud", "h/x?connect_timeout=10"),
    ],
)
def test_nbgrader_is_given_the_living_driver_and_never_a_password(course, monkeypatch, said, meant):
    course = on(course, said, monkeypatch)
    assert frame.settings(course).CourseDirectory.db_url == f"postgresql+psycopg://{meant}"
    assert os.environ.get("PGPASSWORD") == ("rosebud" if "rosebud" in said else None)
    assert "rosebud" not in repr(course)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("nonsense", "is not a URL such as postgresql://user@host/database"),
        ("postgresql://ann:12rosebud/grades", "is not a URL"),
        ("postgresql://ann:a@rosebud@host/grades", "is not a URL.*write %40 for @"),
        ("postgresql://ann/rosebud@host/grades", "is not a URL"),
        ("mysql://ann:rosebud@host/grades", "begins with mysql://, but only postgresql://"),
    ],
)
def test_a_wrong_url_is_never_repeated(course, monkeypatch, capfd, said, why):
    monkeypatch.setenv(GRADEBOOK, said)
    line = said_by(["release", "1"], course, monkeypatch, capfd)
    assert re.search(f"GRADELIB_GRADEBOOK {why}", line)


def nbgrader(course: Course, *command: str) -> subprocess.CompletedProcess:
    """Run nbgrader's own command in the course's folder, in which there is half a gradelib too."""
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *command], env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=course.root, capture_output=True, text=True, check=False,
    )  # fmt: skip


def in_course_file(course: Course, url: str) -> None:
    path = course.root / "course.toml"
    path.write_text(path.read_text() + f'[class]\ngradebook = "{url}"\n')


def test_the_environment_counts_more_than_the_course_file(course, monkeypatch):
    in_course_file(course, "postgresql://here/x")
    assert Course.find(course.root).gradebook == ""  # the environment says sqlite
    assert on(course, "postgresql://there/x", monkeypatch).gradebook == "postgresql://there/x"
    assert on(course, "", monkeypatch).gradebook == "postgresql://here/x"


def test_the_course_file_must_hold_no_password(course, monkeypatch, capfd):
    in_course_file(course, "postgresql://ann:rosebud@here/x")
    monkeypatch.delenv(GRADEBOOK)
    line = said_by(["export", "1"], course, monkeypatch, capfd)
    assert "course.toml must not hold a password: put the whole URL into GRADELIB_GRADEB" in line


def test_a_missing_driver_is_named(course, monkeypatch, capfd):
    monkeypatch.setenv(GRADEBOOK, "postgresql://ann:rosebud@localhost/x")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    line = said_by(["export", "1"], course, monkeypatch, capfd)
    assert "pip install 'psycopg[binary]'" in line


def test_a_server_that_is_down_is_said(course, monkeypatch, capfd, tmp_path):
    monkeypatch.setenv(GRADEBOOK, f"postgresql://ann:rosebud@/x?host={tmp_path}")
    for command in ("release", "export"):
        line = said_by([command, "1"], course, monkeypatch, capfd)
        assert "start the server" in line
        assert "postgresql://ann@/x" in line
    monkeypatch.setenv(GRADEBOOK, "postgresql://ann:rosebud@127.0.0.1:1/x")
    assert "refused" in said_by(["export", "1"], course, monkeypatch, capfd)


def test_nbgraders_own_settings_cannot_name_another_database(course):
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text() + 'c.CourseDirectory.db_url = "sqlite:////tmp/x.db"\n')
    with pytest.raises(CourseError, match=r"say in course\.toml where the grades are"):
        frame.load(course)


def test_nbgrader_stops_where_the_settings_are_wrong(course, monkeypatch):
    """Without that it goes on, with a gradebook of its own in the folder where it was started."""
    monkeypatch.setenv(GRADEBOOK, "postgresql://ann:a@rosebud@host/grades")
    done = nbgrader(course, "db", "student", "list")
    assert done.returncode == 1
    assert "GRADELIB_GRADEBOOK is not a URL" in done.stderr
    assert "rosebud" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not list(course.root.glob("**/gradebook.db"))


@needs_postgres
@pytest.mark.parametrize(
    ("database", "user", "password", "why"),
    [
        ("errors", "ann", "rosebud", "password authentication failed.*; look at the user and"),
        ("errors", "ann", "", "no password supplied; put it into PGPASSWORD"),
        ("nowhere", "ann", postgres.QUOTED, "does not exist; make it first: createdb nowhere"),
        ("errors", "guest", postgres.QUOTED, "GRANT USAGE, CREATE ON SCHEMA public TO \"guest\""),
        ("reading", "guest", postgres.QUOTED, "guest may not DELETE in the table assignment of re"
         "ading: let its owner run GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA"),
        ("frozen", "ann", postgres.QUOTED, "the database frozen can only be read"),
        ("other", "ann", postgres.QUOTED, "the gradebook of another course .physics.: a class"),
    ],
)  # fmt: skip
def test_what_the_server_refuses_is_one_line_that_says_what_to_do(
    course, server, monkeypatch, capfd, database, user, password, why
):
    if database != "nowhere":
        server.create(database)
        server.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database=database)
    if database == "frozen":
        server.run("ALTER DATABASE frozen SET default_transaction_read_only = on")
    if database == "other":
        server.run(
            "SET ROLE ann", "CREATE TABLE course (id varchar)",
            "INSERT INTO course VALUES ('physics')", database="other",
        )  # fmt: skip
    if database == "reading":
        gradebook.prepare(on(course, server.url("reading"), monkeypatch))
        server.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest", database="reading")
        monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv(GRADEBOOK, server.url(database, user, password))
    line = said_by(["export", "1"], course, monkeypatch, capfd)
    assert re.search(why, line), line


@needs_postgres
def test_a_database_holds_one_class(course, server, monkeypatch, tmp_path):
    course = on(course, server.create("one"), monkeypatch)
    gradebook.prepare(course)
    second = replace(course, class_folder=tmp_path / "class-b")
    with pytest.raises(CourseError, match=r"another class.*write [0-9a-f]{32} into"):
        gradebook.prepare(second)
    known = course.class_folder / gradebook.IDENTITY
    (second.class_folder / gradebook.IDENTITY).write_text(known.read_text())
    gradebook.prepare(second)


# Who works on what


def of_kind(kind: str, course: Course, request, monkeypatch) -> Course:
    if kind == "sqlite":
        return course
    url = request.getfixturevalue("server").create("grades")
    gradebook.prepare.cache_clear()
    return on(course, url, monkeypatch)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_belongs_to_one_at_a_time(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    with locks.Claims(course) as one, locks.Claims(course) as other:
        assert one.take("week01/ana")
        assert one.take("week01/ana")
        assert not other.take("week01/ana")
        assert other.take("week02/ana")
        one.drop("week01/ana")
        assert other.take("week01/ana")
    with locks.Claims(course) as third:
        assert third.take("week01/ana")


TAKE = """
import sys, time
from pathlib import Path
from gradelib.teacher import locks
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
        began = time.monotonic()
        claims.wait(["week01/ana"])
        assert time.monotonic() - began < 10


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


def until(it_is_so: Callable[[], bool], meanwhile: Callable[[], object] = lambda: None) -> None:
    began = time.monotonic()
    while not it_is_so():
        assert time.monotonic() - began < PATIENCE
        meanwhile()
        time.sleep(0.05)


SHARE = """
import sys, time
from pathlib import Path
from gradelib.teacher import locks
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
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number, where in enumerate(stuck)
    ]  # fmt: skip
    for each in started:
        assert each.stdout.readline() == "ready\n"
    for each in started:
        each.stdin.write("go\n")
        each.stdin.flush()
    return started


def log_of(course: Course) -> list[list[str]]:
    return [line.split() for line in (course.root / "log").read_text().splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_two_share_the_work_and_nobody_is_done_twice(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    for each in sharers(course, "", ""):
        each.communicate(timeout=PATIENCE)
        assert each.returncode == 0
    assert sorted(student for student, _ in log_of(course)) == sorted(f"s{k}" for k in range(12))
    assert {who for _, who in log_of(course)} == {"0", "1"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_killed_one_had_is_done_by_the_other(kind, course, request, monkeypatch):
    course = of_kind(kind, course, request, monkeypatch)
    first, second = sharers(course, "s3", "s3")
    until(lambda: len(list((course.root / "done").iterdir())) == 11)  # at s3 one of them hangs
    (whose,) = [who for student, who in log_of(course) if student == "s3"]
    stuck, other = (first, second) if whose == "0" else (second, first)
    time.sleep(1)
    assert other.poll() is None  # it waits
    stuck.kill()
    until(lambda: [student for student, _ in log_of(course)].count("s3") == 2)
    other.kill()
    for each in (first, second):
        each.communicate()


# A week


class Class:
    """A pretend class that is handed in, and its truth."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.course, self.week, self.folder = course, course.weeks[0], folder
        release(course, self.week)
        self.truth = simulate(course, self.week, STUDENTS, 3, folder / "handed_in")
        collect(course, self.week, [folder / "handed_in"])

    def start(self, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-P", "-m", "gradelib", "grade", "1", "--jobs", "1", *options]
        return subprocess.Popen(
            command, cwd=self.course.root, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def export(self) -> str:
        export(self.course, self.week, self.folder / "grades.csv")
        return (self.folder / "grades.csv").read_text()

    def wrong(self) -> list[str]:
        self.export()
        return compare(self.truth, self.folder / "grades.csv")[1]

    def rows(self) -> dict[str, int]:
        """Return how many rows each of the tables has that a grade stands in."""
        names = "student", "submitted_assignment", "submitted_notebook", "grade"
        with gradebook.open_gradebook(self.course) as book:
            return {n: book.db.execute(text(f"SELECT count(*) FROM {n}")).scalar() for n in names}


@pytest.fixture(scope="module")
def pretend_class(request, tmp_path_factory):
    """A class on SQLite or PostgreSQL, that two have graded at once; and what they said."""
    folder, url = tmp_path_factory.mktemp("class"), "sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("server").create("week")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", "")
        there = Class(on(small_course(folder / "course"), url, patch), folder)
        both = [there.start(), there.start()]
        said = [(*each.communicate(timeout=PATIENCE), each.returncode) for each in both]
    return there, said


@pytest.fixture
def graded(pretend_class, monkeypatch):
    there, said = pretend_class
    on(there.course, there.course.gradebook or "sqlite", monkeypatch)
    database.address(there.course)  # the password, into this test's environment
    return there, said


on_both = pytest.mark.parametrize("pretend_class", KINDS, indirect=True, scope="module")
on_postgres = pytest.mark.parametrize("pretend_class", KINDS[1:], indirect=True, scope="module")


@on_both
def test_every_grade_is_what_it_must_be(graded):
    there, said = graded
    assert [code for _, _, code in said] == [0, 0], said
    assert there.wrong() == []


@on_both
def test_each_student_was_graded_once(graded):
    there, said = graded
    rows = [line for out, _, _ in said for line in out.splitlines() if line.startswith("│")]
    statuses = [line.split("│")[2].strip() for line in rows]
    assert sorted(statuses) == ["as before"] * STUDENTS + ["graded"] * STUDENTS
    exercises = [name for name in there.export().splitlines()[0].split(",") if "." in name]
    assert there.rows() == {
        "student": STUDENTS, "submitted_assignment": STUDENTS, "submitted_notebook": STUDENTS,
        "grade": STUDENTS * len(exercises),
    }  # fmt: skip


@on_both
def test_nothing_has_to_be_graded_again(graded):
    there, _ = graded
    before, rows = there.export(), there.rows()
    again = there.start()
    said, _ = again.communicate(timeout=PATIENCE)
    assert said.count("as before") == STUDENTS
    assert (there.export(), there.rows()) == (before, rows)


@on_postgres
def test_nbgraders_own_commands_use_the_same_database(graded):
    there, _ = graded
    before = there.export()
    for command in (
        ["autograde", "week01", "--student", "chloe", "--force"],
        ["generate_feedback", "week01", "--student", "chloe", "--force"],
        ["export"],
        ["db", "upgrade"],
    ):
        done = nbgrader(there.course, *command)
        assert done.returncode == 0, done.stderr[-2000:]
        assert "rosebud" not in done.stdout + done.stderr
    assert there.export() == before
    exported = (there.course.root / "grades.csv").read_text()
    assert exported.count("week01,") == STUDENTS
    assert not list(there.course.root.glob("**/*.db"))


@on_postgres
def test_what_formgrader_asks_for_is_answered(graded):
    there, _ = graded
    config = frame.load(there.course)
    api = NbGraderAPI(frame.coursedir(there.course, config), config=config)
    (assignment,) = api.get_assignments()
    assert assignment["num_submissions"] == STUDENTS
    totals = {s["student"]: s["score"] for s in api.get_submissions("week01")}
    assert totals["ada"] > totals["ben"] == 0
    notebooks = api.get_notebook_submissions("week01", "00_start_here")
    assert {s["student"]: s["score"] for s in notebooks} == totals
    assert {s["id"]: s["score"] for s in api.get_students()} == totals


@on_both
def test_marks_by_hand_survive_two_regrades_at_once(graded):
    there, _ = graded
    mark(there, "ada", 1.5)
    both = [there.start("--force"), there.start("--force")]
    until(
        lambda: None not in [each.poll() for each in both],
        lambda: mark(there, "ben", 0.5),  # as somebody in the formgrader does meanwhile
    )
    for each in both:
        said = each.communicate()
        assert each.returncode == 0, said
    assert (marks(there, "ada"), marks(there, "ben")) == (1.5, 0.5)
    assert there.wrong() == []


@needs_postgres
@pytest.mark.parametrize("pretend_class", ["sqlite"], indirect=True, scope="module")
def test_a_class_that_has_begun_can_move_and_no_kernel_runs(graded, server, monkeypatch):
    there, _ = graded
    course = on(there.course, server.create("moved"), monkeypatch)
    release(course, there.week)

    def no_kernel(work):
        raise AssertionError("what it answered is stored")

    monkeypatch.setattr("gradelib.teacher.batch.run", no_kernel)
    monkeypatch.setattr("gradelib.teacher.execute.run", no_kernel)
    lines = grade(course, there.week, progress=lambda said: None)
    assert [line.status for line in lines] == ["graded"] * STUDENTS
    assert export(course, there.week, there.folder / "moved.csv") == STUDENTS
    assert compare(there.truth, there.folder / "moved.csv")[1] == []


QUESTION = "written-start_here-reflect_temperature", "00_start_here", "week01"


def mark(there: Class, student: str, points: float) -> None:
    with Gradebook(database.address(there.course), there.course.name) as book:
        given = book.find_grade(*QUESTION, student)
        given.manual_score, given.needs_manual_grade = points, False
        book.db.commit()


def marks(there: Class, student: str) -> float:
    with gradebook.open_gradebook(there.course) as book:
        return book.find_grade(*QUESTION, student).score
