"""A teacher's term of three weeks with the pretend class, step by step, by the commands alone."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import Course
from tests.teacher import pretend_files as files
from tests.teacher import pretend_term as pretend
from tests.teacher.small_course import small_course

WEEKS = (1, 2, 3)


@dataclass
class Term:
    """The course after its term, and what each command said, by its words."""

    course: Course
    said: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.course.class_folder

    def run(self, *command: str, code: int = 0, named: str = "") -> str:
        result = CliRunner().invoke(app, list(command), catch_exceptions=False)
        assert result.exit_code == code, result.output
        self.said[named or " ".join(command)] = result.output
        return result.output

    def collect(self, week: int, number: int = 0, code: int = 0) -> None:
        released = self.folder / "release" / f"week{week:02}" / f"{pretend.NOTEBOOKS[week]}.ipynb"
        path = files.download(week, released, self.course.root / "downloads", number)
        self.run("collect", str(week), str(path), code=code, named=f"collect {week} {number}")

    def enrol(self, name: str, data: bytes, *options: str, code: int = 0) -> None:
        path = self.course.root / "downloads" / name
        path.write_bytes(data)
        self.run("roster", "import", str(path), *options, code=code, named=name)

    def mark(self, week: int, appealed: bool = False) -> None:
        """Fill in the sheet of answers in words as they are read, and read it back."""
        self.run("written", str(week))
        path = self.folder / f"written-week{week:02}.csv"
        sheet = table(path)
        for row in sheet:
            row["points"] = marked(week, row, appealed)
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, list(sheet[0]))
            writer.writeheader()
            writer.writerows(sheet)
        self.run("written", str(week), "--read", str(path), named=f"read {week}")

    def write_all(self, week: int) -> None:
        platform = {1: ("--to", "moodle"), 2: ("--to", "canvas")}.get(week, ())
        self.run("feedback", str(week), *platform)
        for command in ("export", "report"):
            self.run(command, str(week))
        for to in ("moodle", "canvas", "gradescope"):
            self.run("export", str(week), "--to", to)


def marked(week: int, row: dict[str, str], appealed: bool) -> str:
    """Return what the teacher gives, who knows nothing but the words."""
    number, at = map(int, re.findall(r"Reason (\d+), .* question (\d)\.", row["words"])[0])
    if appealed and (week, number) == pretend.APPEAL and at == 0:
        return "1,5"
    given = pretend.mark(week, number, at)
    return "" if given is None else str(given)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def begun(root: Path) -> Term:
    """Return the course on its first day."""
    course = small_course(root)
    (course.root / "course.toml").write_text(files.COURSE, encoding="utf-8")
    (course.root / "downloads").mkdir(exist_ok=True)
    return Term(Course.find(course.root))


def through(term: Term) -> None:
    """Do all that a teacher does in a term."""
    first_week(term)
    new_list(term)
    second_week(term)
    third_week(term)
    end_of_term(term)


def first_week(term: Term) -> None:
    began = pretend.students(0)
    term.enrol("moodle.csv", files.moodle_list(began))
    term.enrol("canvas.csv", files.canvas_list(began))
    term.run("release", "1")
    term.collect(1)
    term.run("grade", "1", named="grade 1 first")
    term.run("extend", "s10", "1", "2d", "--why", "ill")
    term.run("extend", "s11@uni.example", "1", "1d", "--why", "a bus")
    term.mark(1)
    term.run("grade", "1", named="grade 1 marked")
    term.collect(1, 1)  # some have handed in again
    term.run("grade", "1", named="grade 1 again")
    term.run("week", "1", named="week 1 unmarked")
    term.mark(1)
    term.run("grade", "1", named="grade 1 before the list")


def new_list(term: Term) -> None:
    term.enrol("canvas2.csv", files.canvas_list(pretend.students(1)), "--drop-missing")
    term.run("extend", "s41", "1", "2w", "--why", "came later")
    term.collect(1, 2)
    term.run("grade", "1", named="grade 1 late comer")
    term.mark(1)
    term.run("export", "1", named="export 1 before the appeal")
    term.run("week", "1", named="week 1 exported")


def second_week(term: Term) -> None:
    term.run("release", "2")
    term.collect(2)
    term.collect(2, 1)
    term.run("extend", "s12", "2", "1d", "--why", "a mistake")
    term.run("grade", "2", named="grade 2 first")
    term.run("extend", "s12", "2", "--take-back")
    term.mark(2)
    term.run("excuse", "2", pretend.EXCUSED[1], "--why", "the text was wrong")
    term.run("grade", "2", named="grade 2 excused")


def third_week(term: Term) -> None:
    term.run("release", "3")
    term.collect(3, code=1)  # one has handed in less than before: that needs a look
    term.run("grade", "3", named="grade 3 first")
    term.mark(3)
    term.run("bonus", "3", pretend.BONUS[1], "--why", "hard")
    path = term.course.root / "course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*files.MOVED), encoding="utf-8")
    term.course = Course.find(term.course.root)
    term.run("grade", "3", named="grade 3 moved")


def end_of_term(term: Term) -> None:
    term.mark(1, appealed=True)
    term.run("week", "1", named="week 1 appealed")
    for week in WEEKS:
        term.run("grade", str(week))
        term.write_all(week)
        term.run("missing", str(week))
    for command in ("export --term", "export --term --to moodle", "export --term --to canvas"):
        term.run(*command.split())
    term.run("report", "--term")
    for section in "AB":
        term.run("roster", "--section", section)
        term.run("missing", "2", "--section", section)
    term.run("roster")
    term.run("week")
