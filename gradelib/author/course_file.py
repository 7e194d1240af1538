"""course.toml as it is written: which tables and lines it may have, and what is amiss in it.

Authors need of it what Colab installs; what a teacher's commands make of it is in
`gradelib/teacher/course.py`. No message repeats a value: the gradebook's may hold a password.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from gradelib.author.course_colab import check_address, check_install
from gradelib.author.course_lines import Lines, said_of_syntax
from gradelib.author.course_sense import Place, contradictions
from gradelib.author.spans import Penalty, Span, penalty_of, span_of

__all__ = [
    "FILE",
    "ColabTable",
    "CourseFile",
    "CourseFileError",
    "LateTable",
    "Limits",
    "WeekTable",
    "read_course_file",
]

FILE = "course.toml"
TAKES = {  # by pydantic's name of the error
    "int_type": "a whole number",
    "float_type": "a number",
    "greater_than": "a number above 0",
    "greater_than_equal": "a number of at least 0",
    "string_type": "text in quotes",
    "tuple_type": "a list in [ ]",
    "too_short": "a list with something in it",
    "literal_error": '"newest" or "on time"',
    "dataclass_exact_type": "text in quotes",
    "dataclass_type": "text in quotes",
    "model_type": "a table and not a value",
    "datetime_type": "a date and a time, such as 2026-02-20T23:59:59",
    "date_type": "a date, such as 2026-02-20",
}


class CourseFileError(ValueError):
    """course.toml is not as it should be. The message says all that is amiss, and where."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.problems = problems
        between = "\n  " if len(problems) > 1 else " "
        super().__init__(between.join([f"{path}:", *problems]))


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        said = "timezone is not known: write one such as Europe/Berlin"
        raise ValueError(said) from None
    return name


def _finds_students(pattern: str) -> str:
    try:
        finds = not pattern or "student" in re.compile(pattern).groupindex
    except re.error:
        finds = False
    if not finds:
        said = "students takes a regular expression with (?P<student>...), or nothing"
        raise ValueError(said)
    return pattern


def _of_a_folder(name: str) -> str:
    if not re.fullmatch(r"\w[\w.-]{0,79}", name):
        said = "name takes letters, digits and . _ -, since folders are called so"
        raise ValueError(said)
    return name


def _day(moment: Any) -> Any:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _grace(text: Any) -> Any:
    try:
        return span_of(text) if isinstance(text, str) else text
    except ValueError as error:
        raise ValueError(f"grace: {error}") from None


def _a_day(text: Any) -> Any:
    try:
        return penalty_of(text) if isinstance(text, str) else text
    except ValueError as error:
        raise ValueError(f"penalty: {error}") from None


Grace = Annotated[Span, BeforeValidator(_grace)]
ADay = Annotated[Penalty, BeforeValidator(_a_day)]
Seconds = Annotated[float, Field(gt=0)]
Size = Annotated[int, Field(gt=0)]
Names = Annotated[tuple[str, ...], Field(min_length=1, strict=False)]  # not strict: TOML has lists
Day = Annotated[dt.date | None, BeforeValidator(_day)]
Students = Annotated[str, AfterValidator(_finds_students)]
Install = Annotated[str, AfterValidator(check_install)]
ColabAddress = Annotated[str, AfterValidator(check_address)]
Zone = Annotated[str, AfterValidator(_zone)]


class Table(BaseModel):
    """A table of the file, in which nothing stands that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ClassTable(Table):
    folder: str = "class"
    gradebook: Annotated[str, Field(repr=False)] = ""  # PostgreSQL's URL
    students: Students = ""


class ColabTable(Table):
    install: Install = ""  # what pip gets there; else a zip that students upload
    notebooks: ColabAddress = ""  # where Colab opens the notebooks; else there is no badge


class LateTable(Table):
    """What being late costs."""

    grace: Grace = Span()  # after the due date, in which nothing is lost
    penalty: ADay = Penalty()
    last_day: Annotated[int | None, Field(ge=0)] = None  # after it nothing counts
    counts: Literal["newest", "on time"] = "newest"  # which of several hand-ins


class Limits(Table):
    """What one submission may take."""

    cell_seconds: Seconds = 60
    notebook_seconds: Seconds = 300
    output_kilobytes: Size = 500  # printed by one cell
    reply_megabytes: Size = 50  # answered by a kernel, for one exercise
    file_megabytes: Size = 25  # handed in, for one file
    # of a kernel in its sandbox:
    memory_megabytes: Size = 2048  # beside torch and transformers
    disk_megabytes: Size = 256  # written
    cpu_seconds: Size = 600  # of processor time
    processes: Annotated[int, Field(ge=0)] = 0  # started
    threads: Size = 128
    open_files: Size = 256


class WeekTable(Table):
    number: Annotated[int, Field(ge=0)]
    title: str
    notebooks: Names
    release: Day = None
    due: dt.datetime | None = None
    weight: Annotated[float | None, Field(gt=0)] = None  # in the term; else its points


def _not_none(weeks: tuple[WeekTable, ...]) -> tuple[WeekTable, ...]:
    if not weeks:
        said = "it needs [[weeks]], each with a number of its own"
        raise ValueError(said)
    if len({week.weight is None for week in weeks}) > 1:
        said = "give every week a weight, or none: without weights the points count"
        raise ValueError(said)
    return weeks


Weeks = Annotated[
    tuple[WeekTable, ...], AfterValidator(_not_none), Field(strict=False, validate_default=True)
]


class CourseFile(Table):
    title: str
    name: Annotated[str, AfterValidator(_of_a_folder)]
    timezone: Zone = "UTC"
    class_: Annotated[ClassTable, Field(alias="class")] = ClassTable()
    colab: ColabTable = ColabTable()
    late: LateTable | None = None
    limits: Limits = Limits()
    weeks: Weeks = ()


TABLES: Mapping[str, type[Table]] = {
    "": CourseFile,
    "class": ClassTable,
    "colab": ColabTable,
    "late": LateTable,
    "limits": Limits,
    "weeks": WeekTable,
}


def read_course_file(root: Path, notebooks: bool = False) -> CourseFile:
    """Read the course.toml in the folder `root`; with `notebooks` their stories must be there.

    Raises CourseFileError with all that is amiss, line by line, and OSError.
    """
    path = root / FILE
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseFileError(path, [said_of_syntax(error)]) from None
    lines = Lines(text)
    problems: list[tuple[Place, str]] = [*contradictions(tree, lines.of)]
    file = None
    try:
        file = CourseFile.model_validate(tree)
    except ValidationError as errors:
        problems += [
            (one["loc"], _sentence(one["loc"], one["type"], one["msg"])) for one in errors.errors()
        ]
    if file is not None and notebooks:
        problems += _missing_notebooks(root, file)
    if file is None or problems:
        said = sorted((lines.of(place), _place(tree, place) + said) for place, said in problems)
        raise CourseFileError(path, [f"line {number}: {sentence}" for number, sentence in said])
    return file


def _missing_notebooks(root: Path, file: CourseFile) -> Iterator[tuple[Place, str]]:
    for at, week in enumerate(file.weeks):
        for name in week.notebooks:
            if not (root / "notebooks" / "src" / f"{name}.md").is_file():
                yield ("weeks", at, "notebooks"), f"there is no notebooks/src/{name}.md"


def _place(tree: Mapping[str, Any], keys: Place) -> str:
    match keys:
        case ("weeks", index, *_):
            return f"week {_number(tree, index)}: "
        case (table, _, *_):
            return f"[{table}]: "
    return ""


def _sentence(keys: Place, kind: str, message: str) -> str:
    """Say what is amiss with a line, and what to write there."""
    *tables, key = (part for part in keys if isinstance(part, str))
    if kind == "missing":
        return f"it needs a line {key} = …"
    if kind == "extra_forbidden":
        known = _known(TABLES["".join(tables)])
        close = difflib.get_close_matches(key, known, 1)
        meant = f". Is {close[0]} meant?" if close else ""
        return f"unknown {key}; known: {', '.join(known)}{meant}"
    if kind in TAKES:
        return f"{key} takes {TAKES[kind]}"
    return message.removeprefix("Value error, ")


def _number(tree: Mapping[str, Any], index: int | str) -> Any:
    week = tree["weeks"][index]
    return week.get("number", "?") if isinstance(week, dict) else "?"


def _known(table: type[Table]) -> list[str]:
    return [field.alias or name for name, field in table.model_fields.items()]
