"""nbgrader's gradebook of one class: its tables are made once, and no other class's are used.

nbgrader keys its tables by the names of weeks and students, not by the class. So a database on
PostgreSQL holds one class, and a table of our own says which: its id is in class/gradebook.id.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbgrader.api
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook, MissingEntry
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    String,
    Table,
    create_engine,
    inspect,
    select,
    text,
)

from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook import locks
from gradelib.teacher.gradebook.at_once import Opened
from gradelib.teacher.gradebook.database import address, connect, explained

__all__ = ["add_students", "find_alembic", "open_gradebook", "prepare", "take_over_due_date"]

DEFAULT_COURSE = "default_course"  # as which nbgrader's preprocessors open every gradebook
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
DENIED = """
    SELECT pg_class.relname, wanted.right
    FROM pg_class, unnest(CAST(:rights AS text[])) AS wanted("right")
    WHERE pg_class.relnamespace = CAST(current_schema() AS regnamespace)
    AND pg_class.relname = ANY(CAST(:tables AS text[]))
    AND NOT has_table_privilege(pg_class.oid, wanted.right)
    ORDER BY pg_class.relname, wanted.right
"""
IDENTITY = "gradebook.id"
VERSION = "alembic_version"  # the table that says of which version the others are
owner = Table(
    "gradelib_class",
    MetaData(),
    Column("id", String(32), primary_key=True),
    Column("course", String(128), nullable=False),
)
# nbgrader opens the gradebook anew for each step of each notebook. An engine of its own each time
# would compile the same hundred statements again; one that was disposed of connects anew.
nbgrader.api.create_engine = functools.lru_cache(maxsize=8)(create_engine)


@contextlib.contextmanager
def open_gradebook(course: Course) -> Iterator[Gradebook]:
    """Open the gradebook. Raises CourseError where the database does not answer as it should."""
    prepare(course)
    with explained(course), Opened(address(course), course.name) as gradebook:
        yield gradebook


@functools.lru_cache(maxsize=8)  # once a process: a command opens the gradebook many times
def prepare(course: Course) -> None:
    """See to it that the gradebook can be read and written, and is this class's.

    The first time its tables are made. Raises CourseError, with what to do.
    """
    course.class_folder.mkdir(parents=True, exist_ok=True)
    with locks.alone(course, "gradebook"), explained(course):
        if not course.gradebook:
            _make(course)
            return
        with connect(course) as connection:
            _look_at_rights(connection)
            _look_at_owner(connection, course)
            _make(course)
            _sign(connection, course)


def add_students(course: Course, students: Iterable[str]) -> None:
    """Enter those who are new, before two graders do it at once. Raises CourseError."""
    with open_gradebook(course) as gradebook, locks.alone(course, "gradebook"):
        known = {student.id for student in gradebook.students}
        for student in sorted({*students} - known):
            gradebook.add_student(student)


@functools.lru_cache(maxsize=8)  # once a process, as above
def take_over_due_date(course: Course, week: Week) -> None:
    """Enter the week's date as course.toml has it now: it may have been moved since the release."""
    with open_gradebook(course) as gradebook:
        try:
            entered = gradebook.find_assignment(week.name)
        except MissingEntry:  # it is released just now
            return
        if entered.duedate != week.due:
            entered.duedate = week.due
            gradebook.db.commit()


def _make(course: Course) -> None:
    """Let nbgrader make its tables and both courses, before two processes do it at once.

    A new database gets nbgrader's version of its tables here: nbgrader itself would start a
    process for that, which takes seconds.
    """
    with connect(course) as connection:
        if not _tables(connection) - {VERSION}:
            MigrationContext.configure(connection).stamp(ScriptDirectory(ALEMBIC_DIR), "head")
    for name in (DEFAULT_COURSE, course.name):
        with Gradebook(address(course), name):
            pass
    Opened.note_whole(address(course))


def find_alembic() -> None:
    """Put this Python's commands on the path: nbgrader runs one to make its gradebook."""
    here, path = str(Path(sys.executable).parent), os.environ.get("PATH", "")
    if here not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, path])


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _look_at_owner(connection: Connection, course: Course) -> None:
    """Refuse a database in which another class has its grades: nbgrader would mix the two."""
    tables, identity = _tables(connection), _identity(course)
    need = "a class needs a database of its own, made with createdb"
    if owner.name in tables:
        for other, name in connection.execute(select(owner)):
            if other != identity:
                raise CourseError(
                    f"the database is the gradebook of another class (of {name}): {need}. "
                    f"If it is this class, write {other} into {course.class_folder / IDENTITY}"
                )
    elif "course" in tables:
        courses = set(connection.execute(text("SELECT id FROM course")).scalars())
        if others := ", ".join(sorted(courses - {DEFAULT_COURSE, course.name})):
            raise CourseError(f"the database is the gradebook of another course ({others}): {need}")


def _identity(course: Course) -> str:
    path = course.class_folder / IDENTITY
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def _sign(connection: Connection, course: Course) -> None:
    """Write into the database whose it is, unless it says so already."""
    owner.create(connection, checkfirst=True)
    if connection.execute(select(owner)).first() is None:
        identity = _identity(course) or uuid.uuid4().hex
        (course.class_folder / IDENTITY).write_text(f"{identity}\n", encoding="ascii")
        connection.execute(owner.insert().values(id=identity, course=course.name))


def _look_at_rights(connection: Connection) -> None:
    """Raise CourseError, with what its owner has to run, if the database cannot be written."""
    names = "SELECT current_user, current_database(), current_schema()"
    user, database, schema = connection.execute(text(names)).one()
    if connection.scalar(text("SHOW transaction_read_only")) == "on":
        raise CourseError(f"the database {database} can only be read: name the one it is a copy of")
    may = text("SELECT has_schema_privilege(:schema, 'CREATE')")
    present, wanted = _tables(connection), {*Base.metadata.tables, owner.name}
    if not wanted <= present and not (schema and connection.scalar(may, {"schema": schema})):
        raise CourseError(
            f"{user} may not make tables in the database {database}: let its owner run "
            f'GRANT USAGE, CREATE ON SCHEMA {schema or "public"} TO "{user}"'
        )
    denied = connection.execute(text(DENIED), {"tables": sorted(wanted), "rights": list(RIGHTS)})
    for table, right in denied:
        raise CourseError(
            f"{user} may not {right} in the table {table} of {database}: let its owner run "
            f'GRANT {", ".join(RIGHTS)} ON ALL TABLES IN SCHEMA {schema} TO "{user}"'
        )
