"""A term of three weeks by the commands, for a class of 40, from the roster to the platforms'
files. Every number that anything says must be the one that tests/teacher/pretend_term.py knows.
"""

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import Course
from tests.teacher import pretend_term as pretend
from tests.teacher.small_course import small_course

WEEKS = (1, 2, 3)
TAKES_PART = [student.id for student in pretend.students(1)]


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

    def collect(self, week: int, number: int = 0) -> None:
        released = self.folder / "release" / f"week{week:02}" / f"{pretend.NOTEBOOKS[week]}.ipynb"
        path = pretend.download(week, released, self.course.root / "downloads", number)
        self.run("collect", str(week), str(path), named=f"collect {week} {number}")

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
        for command in ("feedback", "export", "report"):
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


def table(path: Path | io.StringIO) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig") if isinstance(path, Path) else path.getvalue()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """Do all that a teacher does in a term."""
    course = small_course(tmp_path_factory.mktemp("term") / "course")
    (course.root / "course.toml").write_text(pretend.COURSE, encoding="utf-8")
    (course.root / "downloads").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course.root)
        patch.setenv("COLUMNS", "200")
        patch.delenv("GRADELIB_CLASS", raising=False)
        done = Term(Course.find(course.root))
        first_week(done)
        new_list(done)
        second_week(done)
        third_week(done)
        end_of_term(done)
        yield done


def first_week(term: Term) -> None:
    began = pretend.students(0)
    term.enrol("moodle.csv", pretend.moodle_list(began))
    term.enrol("canvas.csv", pretend.canvas_list(began))
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
    term.enrol("canvas2.csv", pretend.canvas_list(pretend.students(1)), "--drop-missing")
    term.run("extend", "s41", "1", "2w", "--why", "came later")
    term.collect(1, 2)
    term.run("grade", "1", named="grade 1 late comer")
    term.mark(1)


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
    term.collect(3)
    term.run("grade", "3", named="grade 3 first")
    term.mark(3)
    term.run("bonus", "3", pretend.BONUS[1], "--why", "hard")
    path = term.course.root / "course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*pretend.MOVED), encoding="utf-8")
    term.course = Course.find(term.course.root)
    term.run("grade", "3", named="grade 3 moved")


def end_of_term(term: Term) -> None:
    term.mark(1, appealed=True)
    for week in WEEKS:
        term.run("grade", str(week))
        term.write_all(week)
        term.run("missing", str(week))
    for kind, week in (("moodle", 1), ("canvas", 2)):
        term.run("feedback", str(week), "--to", kind)
    for command in ("export --term", "export --term --to moodle", "export --term --to canvas"):
        term.run(*command.split())
    term.run("report", "--term")
    term.run("roster")
    term.run("week")


def cells(output: str) -> dict[str, list[str]]:
    """Return the rows of a table on the screen by their first cells."""
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines()]
    return {row[0]: row[1:] for row in rows if row and row[0]}


def shown(points: Decimal | None) -> str:
    return "" if points is None else f"{float(points):g}"


def truths(week: int) -> dict[str, pretend.Grade]:
    return {s.id: pretend.truth(week, s.number) for s in pretend.students(week)}


def handed_in(week: int) -> set[str]:
    there = {pretend.Student(number).id for number in pretend.plan(week)}
    return there & {*TAKES_PART}


def csv_of(term: Term, name: str) -> list[dict[str, str]]:
    return table(term.folder / f"grades-{name}.csv")


@pytest.mark.parametrize("week", WEEKS)
def test_the_csv_has_each_points(term, week):
    rows = {row["student"]: row for row in csv_of(term, f"week{week:02}")}
    assert list(rows) == TAKES_PART
    for student, truth in truths(week).items():
        row = rows[student]
        points = {name: shown(given) for name, given in truth.points.items()}
        assert {name: row[name] for name in points} == points, student
        names = ("total", "possible", "to_mark", "penalty")
        assert [row[n] for n in names] == [shown(getattr(truth, n)) for n in names], student


@pytest.mark.parametrize("week", WEEKS)
def test_the_table_says_the_same(term, week):
    rows = cells(term.said[f"grade {week}"].partition("Changed since")[0])
    for student in handed_in(week):
        truth = truths(week)[student]
        assert rows[student][1:3] == [shown(truth.total), shown(truth.possible)], student
        late = f"-{shown(truth.penalty)}" if truth.penalty else "late" if truth.days else ""
        assert rows[student][3] == late, student
        assert rows[student][4] == ("to mark" if truth.to_mark else ""), student


@pytest.mark.parametrize("week", WEEKS)
def test_moodle_gets_the_same_and_nothing_for_who_is_not_all_marked(term, week):
    name = f"week{week:02}"
    title = next(w.title for w in term.course.weeks if w.number == week)
    rows = {row["ID number"]: row for row in csv_of(term, f"{name}-moodle")}
    assert list(rows) == TAKES_PART
    for one in pretend.students(week):
        truth = pretend.truth(week, one.number)
        given = "" if truth.to_mark else shown(truth.total)
        assert rows[one.id] == {
            "Full name": one.name,
            "ID number": one.id,
            "Username": one.login,
            "Email address": one.email,
            f"{name} {title}": given,
        }


@pytest.mark.parametrize("week", WEEKS)
def test_canvas_gets_the_same_by_its_own_numbers(term, week):
    most, *rows = csv_of(term, f"week{week:02}-canvas")
    assert [*most.values()][-1] == shown(pretend.truth(week, 5).possible)
    assert [row["SIS User ID"] for row in rows] == TAKES_PART
    for row, one in zip(rows, pretend.students(week), strict=True):
        truth = pretend.truth(week, one.number)
        given = "" if truth.to_mark else shown(truth.total)
        who = [one.name, one.platform, one.id, one.login, one.section, given]
        assert [*row.values()] == who


@pytest.mark.parametrize("week", WEEKS)
def test_gradescope_gets_the_same_exercise_by_exercise(term, week):
    found = {}
    with zipfile.ZipFile(term.folder / f"grades-week{week:02}-gradescope.zip") as file:
        for name in file.namelist():
            found[name.partition("/")[0]] = json.loads(file.read(name))
    assert {*found} == handed_in(week)
    for student, one in found.items():
        truth = truths(week)[student]
        assert one["score"] == float(truth.total), student
        assert f"{shown(truth.total)} of {shown(truth.possible)} points." in one["output"]
        tests = {test["name"]: test.get("score") for test in one["tests"]}
        wanted = {n: None if p is None else float(p) for n, p in truth.points.items()}
        assert {name: tests[name] for name in wanted} == wanted, student


@pytest.mark.parametrize("week", WEEKS)
def test_the_feedback_says_the_same(term, week):
    pages = term.folder.glob(f"feedback/*/week{week:02}/*.html")
    found = {path.parts[-3]: path.read_text(encoding="utf-8") for path in pages}
    assert {*found} == handed_in(week)
    for student, page in found.items():
        truth = truths(week)[student]
        score = re.search(r"\(Score: ([\d.]+) / ([\d.]+)\)", page)
        assert [float(part) for part in score.groups()] == [
            float(truth.total),
            float(truth.possible),
        ], student
        late = f"That takes {shown(truth.penalty)} points of this notebook."
        assert (late in page) == bool(truth.penalty), student
        said = {2: "Excused for all: the text was wrong", 3: "A bonus for all: hard"}
        assert said.get(week, "") in page


@pytest.mark.parametrize("week", WEEKS)
def test_the_report_counts_the_same(term, week):
    data = json.loads((term.folder / f"report-week{week:02}.json").read_bytes())
    there = {student: truths(week)[student] for student in sorted(handed_in(week))}
    assert data["students"] == len(there)
    assert data["totals"] == sorted(float(truth.total) for truth in there.values())
    assert data["possible"] == float(pretend.truth(week, 5).possible)
    assert data["missing"] == [s for s in TAKES_PART if s not in there]
    assert data["unmarked"] == [s for s, truth in there.items() if truth.to_mark]
    assert {s for s, truth in there.items() if truth.days} <= {*data["late"]}
    kinds = [pretend.plan(week)[int(student[1:])][-1].kind for student in there]
    mistakes = {
        (about["name"], mistake["name"]): mistake["count"]
        for about in data["exercises"]
        for mistake in about["mistakes"]
    }
    topic = pretend.NOTEBOOKS[week].partition("_")[2]
    for kind in ("mistake", "quiz"):
        for function, how in pretend.MISTAKES[week, kind].items():
            assert mistakes[f"{topic}.{function}", how] == kinds.count(kind)


def test_the_term_has_each_week_and_a_total_by_weight(term):
    rows = {row["student"]: row for row in csv_of(term, "term")}
    data = json.loads((term.folder / "report-term.json").read_bytes())["students"]
    assert list(rows) == list(data) == TAKES_PART
    for one in pretend.students(1):
        row, beside = rows[one.id], data[one.id]
        grades = {f"week{week:02}": pretend.truth(week, one.number) for week in WEEKS}
        percent = pretend.percent(one.number)
        assert {name: row[name] for name in grades} == {
            name: shown(grade.total) for name, grade in grades.items()
        }
        assert row["percent"] == f"{percent:.2f}", one.id
        assert row["to_mark"] == shown(sum(grade.to_mark for grade in grades.values()))
        assert (row["name"], row["section"]) == (one.name, one.section)
        assert beside["points"] == {name: float(grade.total) for name, grade in grades.items()}
        assert beside["percent"] == pytest.approx(float(percent), abs=1e-9)


@pytest.mark.parametrize("kind", ["moodle", "canvas"])
def test_a_platform_gets_the_percentage_of_the_term(term, kind):
    rows = csv_of(term, f"term-{kind}")[kind == "canvas" :]
    column = "ID number" if kind == "moodle" else "SIS User ID"
    found = {row[column]: row["Term (percent)"] for row in rows}
    waits = pretend.Student(pretend.UNMARKED[1]).id
    assert found == {
        one.id: "" if one.id == waits else f"{pretend.percent(one.number):.2f}"
        for one in pretend.students(1)
    }


@pytest.mark.parametrize("week", WEEKS)
def test_who_is_missing_is_listed(term, week):
    nothing = [s for s in TAKES_PART if s not in handed_in(week)]
    said = term.said[f"missing {week}"]
    assert [student for student in cells(said) if student != "id"] == nothing
    assert f"nothing yet from {len(nothing)} of {len(TAKES_PART)}" in said


def test_the_feedback_goes_back_by_the_platforms_names(term):
    with zipfile.ZipFile(term.folder / "feedback-week01-moodle.zip") as file:
        names = {*file.namelist()}
    came_by_moodle = [s for s in pretend.students(1) if s.id in handed_in(1) - {"s41"}]
    wanted = {f"{pretend.label(1, one)}/00_start_here.html" for one in came_by_moodle}
    assert wanted <= names
    with zipfile.ZipFile(term.folder / "feedback-week02-canvas.zip") as file:
        numbers = {re.search(r"_(\d{4})_", name)[1] for name in file.namelist()}
    assert numbers == {s.platform for s in pretend.students(2) if s.id in handed_in(2)}


def test_the_roster_has_who_came_and_who_left(term):
    rows = cells(term.said["roster"])
    sections = {one.id: one.section for one in map(pretend.Student, pretend.CLASS)}
    assert {student: row[1] for student, row in rows.items() if student != "id"} == sections
    for number in pretend.DROPPED:
        assert rows[pretend.Student(number).id][2] == "dropped"
    for one in pretend.students(1):
        weeks = [str(week) for week in WEEKS if one.id in handed_in(week)]
        assert rows[one.id][2] == " ".join(weeks)
    assert f"{len(TAKES_PART)} students, 2 dropped" in term.said["roster"]


def test_what_changed_is_said_with_its_reason(term):
    changed = {name: said.partition("Changed since")[2] for name, said in term.said.items()}
    assert "extension of 2d: ill" in cells(changed["grade 1 marked"])["s10"][0]
    assert "another hand-in counts" in cells(changed["grade 1 again"])["s16"][0]
    assert "s10" not in cells(changed["grade 1 again"])
    assert "due 25 Nov 23:59:59, and not 24 Nov" in cells(changed["grade 3 moved"])["s25"][0]
    assert "excused for all: the text was wrong" in cells(changed["grade 2 excused"])["s17"][0]


def test_where_each_week_stands(term):
    rows = cells(term.said["week"])
    assert {"1", "2", "3"} <= {*rows}
    assert "handed in" in term.said["week"]
