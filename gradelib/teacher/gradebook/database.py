"""Which database holds the grades, a connection to it, and what its errors mean.

`[class] gradebook` in course.toml or GRADELIB_GRADEBOOK names a PostgreSQL database; else the
grades are on SQLite in the class folder. A password is taken out of the URL and handed on as
PGPASSWORD, so that whatever prints the URL cannot print it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from gradelib.teacher.course import GRADEBOOK, Course, CourseError

__all__ = ["address", "connect", "explained"]

DRIVER = "postgresql+psycopg"
SCHEMES = {"postgres", "postgresql", DRIVER}
SECONDS = 10  # to wait for a server that does not answer
PATIENCE = 60_000  # milliseconds that SQLite waits for another writer: its own 5 s can be short

ADVICE = (  # words of a server or its driver, and what to do then
    (("no password supplied",), "put it into PGPASSWORD, ~/.pgpass or the URL in " + GRADEBOOK),
    (
        ("password authentication",),
        f"look at the user and the password in {GRADEBOOK}, PGPASSWORD or ~/.pgpass",
    ),
    (("database", "does not exist"), "make it first: createdb {database}"),
    (("role", "does not exist"), "name another user in the URL, or make this one with createuser"),
    (("permission denied",), "ask the owner of the database for the rights that are missing"),
    (("refused",), "start the server, or mend the host and port in the URL"),
    (("no such file",), "start the server, or name the folder of its socket with ?host=FOLDER"),
    (("resolve host",), "mend the host in the URL"),
    (("timeout",), "start the server, or mend the host and port in the URL"),
    (("closed",), "see that the server runs, then run this again: it goes on where it was"),
    (("terminat",), "see that the server runs, then run this again: it goes on where it was"),
)


def address(course: Course) -> str:
    """Return the URL of the gradebook as nbgrader is given it: without a password.

    If one was given, it is in the environment from now on. Raises CourseError.
    """
    if not course.gradebook:
        return f"sqlite:///{course.class_folder / 'gradebook.db'}"
    where = GRADEBOOK if course.gradebook == os.environ.get(GRADEBOOK) else "[class] gradebook"
    parts = _parsed(course.gradebook, where)
    password = parts.password or parts.query.get("password")
    if password and where != GRADEBOOK:
        raise CourseError(
            f"course.toml must not hold a password: put the whole URL into {GRADEBOOK}, "
            "or the password into PGPASSWORD or ~/.pgpass"
        )
    if password:
        os.environ["PGPASSWORD"] = str(password)
    waits = {} if "PGCONNECT_TIMEOUT" in os.environ else {"connect_timeout": str(SECONDS)}
    query = waits | {key: value for key, value in parts.query.items() if key != "password"}
    plain = URL.create(
        DRIVER, parts.username, None, parts.host, parts.port, parts.database, query
    ).render_as_string()
    # The folder of a socket. Alembic's settings, which `nbgrader db upgrade` writes, know no %.
    return plain.replace("%2F", "/")


def _parsed(url: str, where: str) -> URL:
    """Read a URL. No message repeats it: a slip may have put the password anywhere in it."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):  # ValueError is of a port that is no number
        parts = None
    if parts is None or "@" in f"{parts.host}{parts.database}":
        raise CourseError(
            f"{where} is not a URL such as postgresql://user@host/database; "
            "in a name or a password write %40 for @, %3A for :, %2F for /"
        )
    if parts.drivername not in SCHEMES:
        raise CourseError(
            f"{where} begins with {parts.drivername}://, but only postgresql:// is known; "
            "say sqlite for SQLite in the class folder"
        )
    return parts


@contextlib.contextmanager
def connect(course: Course) -> Iterator[Connection]:
    """Open a connection that commits each statement. Raises CourseError."""
    with explained(course):
        engine = create_engine(address(course), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection


@event.listens_for(Engine, "connect")
def _be_patient(connection: Any, _: object) -> None:
    """Let SQLite wait for another writer. A URL with ?timeout= would break nbgrader's backup."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")


@contextlib.contextmanager
def explained(course: Course) -> Iterator[None]:
    """Turn what a database or its driver raises into a CourseError of one line."""
    try:
        yield
    except ImportError as error:
        if "psycopg" not in f"{error}" and "pq wrapper" not in f"{error}":
            raise
        raise CourseError(
            "a gradebook on PostgreSQL needs its driver: pip install 'psycopg[binary]'"
        ) from None
    except DBAPIError as error:
        raise CourseError(_explanation(course, " ".join(f"{error.orig}".split()))) from None


def _explanation(course: Course, message: str) -> str:
    if not course.gradebook:
        return f"the gradebook {course.class_folder / 'gradebook.db'}: {message}"
    parts = make_url(address(course))
    name = parts.set(drivername="postgresql", query={}).render_as_string()
    fitting = (advice for words, advice in ADVICE if all(word in message.lower() for word in words))
    advice = next(fitting, f"look at {GRADEBOOK}, or [class] gradebook in course.toml")
    return f"the gradebook {name}: {message}; {advice.format(database=parts.database)}"
