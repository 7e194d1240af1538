"""Where the grades are kept: SQLite, or a real PostgreSQL."""

import os
import re
import sys
from dataclasses import replace

import pytest

from gradelib import cli
from gradelib.teacher.course import GRADEBOOK, Course, CourseError
from gradelib.teacher.gradebook import gradebook, nbgrader_settings
from tests.teacher import postgres_server
from tests.teacher.gradebooks import keep_environment, nbgrader, needs_postgres, on
from tests.teacher.postgres_server import QUOTED
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


def said_by(command: list[str], course: Course, monkeypatch, capfd) -> str:
    """Run a command that cannot be done; return the one line that it says."""
    monkeypatch.chdir(course.root)
    monkeypatch.setattr("sys.argv", ["gradelib", *command])
    with pytest.raises(SystemExit) as left:
        cli.main()
    output = capfd.readouterr()
    assert left.value.code == 2
    assert output.out == ""
    (line,) = output.err.strip().splitlines()
    assert "rosebud" not in line
    return line


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
    assert (
        nbgrader_settings.settings(course).CourseDirectory.db_url == f"postgresql+psycopg://{meant}"
    )
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
        nbgrader_settings.load(course)


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
        ("nowhere", "ann", QUOTED, "does not exist; make it first: createdb nowhere"),
        ("errors", "guest", QUOTED, 'GRANT USAGE, CREATE ON SCHEMA public TO "guest"'),
        (
            "reading",
            "guest",
            QUOTED,
            "guest may not DELETE in the table assignment of re"
            "ading: let its owner run GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA",
        ),
        ("frozen", "ann", QUOTED, "the database frozen can only be read"),
        ("other", "ann", QUOTED, "the gradebook of another course .physics.: a class"),
    ],
)
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
            "SET ROLE ann",
            "CREATE TABLE course (id varchar)",
            "INSERT INTO course VALUES ('physics')",
            database="other",
        )
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
