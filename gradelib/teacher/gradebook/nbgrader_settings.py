"""nbgrader's settings for this course, its gradebook, its converters."""

from __future__ import annotations

import contextlib
import copy
import functools
import glob
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

from nbgrader.converters import Autograde, BaseConverter, autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    getgrades,
    latesubmissions,
    overwritecells,
    overwritekernelspec,
    saveautogrades,
)
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from gradelib.author.course_file import FILE
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.gradebook.at_once import AtOnce, Opened
from gradelib.teacher.gradebook.database import address
from gradelib.teacher.gradebook.gradebook import (
    find_alembic,
    open_gradebook,
    prepare,
    take_over_due_date,
)
from gradelib.teacher.gradebook.guides import TEMPLATE
from gradelib.teacher.gradebook.marks import keep_marks, marks_before
from gradelib.teacher.roster import read_roster

__all__ = ["convert", "coursedir", "load", "open_gradebook", "settings", "students"]

CONFIG = "nbgrader_config.py"
NBGRADER = "nbgrader.preprocessors"
RELEASING = "gradelib.teacher.release.assignment"
REBUILD = "gradelib.teacher.collect.rebuild"
RELEASE = [
    f"{NBGRADER}.IncludeHeaderFooter",
    f"{NBGRADER}.InstantiateTests",
    f"{NBGRADER}.LockCells",
    f"{RELEASING}.Stubs",
    f"{NBGRADER}.ClearOutput",
    f"{NBGRADER}.CheckCellMetadata",
    f"{NBGRADER}.ComputeChecksums",
    f"{NBGRADER}.SaveCells",
    f"{NBGRADER}.ClearHiddenTests",
    f"{NBGRADER}.ClearMarkScheme",
    f"{NBGRADER}.ComputeChecksums",
    f"{NBGRADER}.CheckCellMetadata",
]
SANITIZE = [
    f"{REBUILD}.Rebuild",
    f"{NBGRADER}.ClearOutput",
    f"{NBGRADER}.DeduplicateIds",
    f"{REBUILD}.OverwriteKernelspec",
    "gradelib.teacher.gradebook.rulings.OverwriteCells",
    f"{REBUILD}.CheckCellMetadata",
]
AUTOGRADE = [
    "gradelib.teacher.grade.execute.Execute",
    f"{NBGRADER}.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    f"{NBGRADER}.LimitOutput",
    f"{NBGRADER}.SaveAutoGrades",
    "gradelib.teacher.gradebook.settling.AssignLatePenalties",
    f"{REBUILD}.CheckCellMetadata",
]
SANITIZE_HTML = "gradelib.teacher.gradebook.sanitize.sanitize_html"  # imported where it is used
FEEDBACK = [
    f"{NBGRADER}.GetGrades",
    "gradelib.teacher.gradebook.settling.Decided",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    "gradelib.teacher.gradebook.sanitize.Style",
]

for step in (getgrades, overwritecells, saveautogrades):  # which open a gradebook by this name
    vars(step)["Gradebook"] = AtOnce
for step in (autograde, latesubmissions, overwritekernelspec):
    vars(step)["Gradebook"] = Opened


def settings(course: Course) -> Config:
    """Return nbgrader's settings. Lists of preprocessors are set whole."""
    find_alembic()
    folder = course.class_folder
    c = Config()
    c.CourseDirectory.root = str(folder)
    c.CourseDirectory.course_id = course.name
    c.CourseDirectory.db_url = address(course)
    c.NbGrader.logfile = str(folder / "nbgrader.log")
    c.Exchange.root = str(folder / "exchange")
    c.GenerateAssignment.preprocessors = RELEASE
    c.Autograde.sanitize_preprocessors = SANITIZE
    c.Autograde.autograde_preprocessors = AUTOGRADE
    c.Autograde.exporter_class = "gradelib.teacher.collect.reader.Reader"
    c.GenerateFeedback.preprocessors = FEEDBACK
    c.GenerateFeedback.exporter_class = "gradelib.teacher.gradebook.sanitize.Page"
    c.HTMLExporter.sanitize_html = True  # a student's script would run as the teacher
    c.HTMLExporter.filters = dict.fromkeys(("clean_html", "strip_files_prefix"), SANITIZE_HTML)
    c.HTMLExporter.preprocessors = ["gradelib.teacher.gradebook.guides.Guides"]  # the formgrader's
    c.HTMLExporter.template_file = TEMPLATE.name  # extends whichever template is named
    c.HTMLExporter.extra_template_paths = [str(TEMPLATE.parent)]
    c.Page.preprocessors = []  # feedback's, which is a HTMLExporter too
    c.Page.template_file = "index.html.j2"
    for ours in (c.Stubs, c.Execute, c.AssignLatePenalties, c.Decided, c.Guides):
        ours.course = str(course.root)
    return c


def load(course: Course) -> Config:
    """Return the settings with what the course's nbgrader_config.py adds. Raises CourseError.

    That file is run once, and again where it or course.toml has changed.
    """
    files = [path.stat() for path in (course.root / FILE, course.root / CONFIG) if path.is_file()]
    return copy.deepcopy(_loaded(course, *((file.st_mtime_ns, file.st_size) for file in files)))


@functools.lru_cache(maxsize=8)
def _loaded(course: Course, *_: tuple[int, int]) -> Config:
    plain = settings(course)
    if not (course.root / CONFIG).is_file():
        return plain
    loader = PyFileConfigLoader(CONFIG, path=str(course.root))
    config: Config = loader.load_config()
    if config.CourseDirectory.db_url != plain.CourseDirectory.db_url:
        raise CourseError(
            f"{CONFIG} sets CourseDirectory.db_url: say in course.toml where the grades "
            'are, [class] gradebook = "postgresql://...", so that all commands use the same'
        )
    return config


def coursedir(course: Course, config: Config | None = None) -> CourseDirectory:
    return CourseDirectory(config=config or load(course))


def students(course: Course, week: Week, step: str = "submitted") -> list[str]:
    """Return who has something in this step of the week and was not dropped, in order."""
    folders = course.class_folder.glob(f"{step}/*/{week.name}")
    roster = read_roster(course)
    dropped = {entry.id for entry in roster.entries if entry.dropped} if roster else set()
    return sorted({folder.parent.name for folder in folders if folder.is_dir()} - dropped)


def convert(
    converter: type[BaseConverter],
    course: Course,
    week: Week,
    student: str | None = None,
    extra: Config | None = None,
) -> None:
    """Run one of nbgrader's converters for one student or all. Raises CourseError.

    nbgrader logs a traceback for each failure; the last line of it becomes the message.
    """
    prepare(course)
    take_over_due_date(course, week)
    config = load(course)
    config.merge(extra or Config())
    place = coursedir(course, config)
    place.assignment_id = week.name
    place.student_id = "*" if student is None else glob.escape(student)
    is_graded = student is not None and issubclass(converter, Autograde)
    before = marks_before(course, week, student or "") if is_graded else None
    with _log() as messages, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of SQLAlchemy, about nbgrader's own queries
        try:
            converter(coursedir=place, config=config, force=True).start()
            if before:
                keep_marks(course, week, student or "", before)
        except NbGraderException as error:
            tracebacks = [text for text in messages if "Traceback" in text]
            last = _last_line(tracebacks[0]) if tracebacks else str(error)
            raise CourseError(last) from None


def _last_line(traceback: str) -> str:
    """Return the line with the error; a database's goes on for more lines."""
    lines = traceback.strip().splitlines()
    return next((line for line in lines if line.startswith("sqlalchemy.exc.")), lines[-1])


@contextlib.contextmanager
def _log() -> Iterator[list[str]]:
    """Keep what nbgrader logs, in place of printing it."""
    messages: list[str] = []
    log = logging.getLogger("traitlets")
    handler = logging.Handler()
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    before = log.handlers, log.propagate
    log.handlers, log.propagate = [handler], False
    try:
        yield messages
    finally:
        log.handlers, log.propagate = before


def relative(path: Path, course: Course) -> str:
    """Return a path as a person reads it: from the course's folder where it lies there."""
    return str(path.relative_to(course.root) if path.is_relative_to(course.root) else path)
