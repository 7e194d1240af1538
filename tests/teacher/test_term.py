"""A term of three weeks by the commands, for a class of 40, from the roster to the platforms'
files. Every number that anything says must be the one that tests/teacher/pretend_term.py knows.
"""

import json
import re
import zipfile
from decimal import Decimal

import pytest

from tests.teacher import pretend_files as files
from tests.teacher import pretend_term as pretend
from tests.teacher.term_story import WEEKS, Term, begun, table, through

pytestmark = pytest.mark.slow  # three weeks of forty students: six minutes

TAKES_PART = [student.id for student in pretend.students(1)]
RULED = {
    pretend.EXCUSED: "Excused for all: the text was wrong",
    pretend.BONUS: "A bonus for all: hard",
}


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """The class folder at the end of the term, and all that the commands said."""
    done = begun(tmp_path_factory.mktemp("term") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(done.course.root)
        patch.setenv("COLUMNS", "200")
        patch.delenv("GRADELIB_CLASS", raising=False)
        through(done)
        yield done


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
        most = {test["name"]: test["max_score"] for test in one["tests"]}
        ruled = [name for when, name in RULED if when == week]
        worth = pretend.worth(week).items()
        assert most == {name: 0 if name in ruled else points for name, points in worth}


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
        said = [words for (when, _), words in RULED.items() if when == week]
        assert all(words in page for words in said)


@pytest.mark.parametrize("week", WEEKS)
def test_the_report_counts_the_same(term, week):
    data = json.loads((term.folder / f"report-week{week:02}.json").read_bytes())
    there = {student: truths(week)[student] for student in sorted(handed_in(week))}
    assert data["students"] == len(there)
    assert data["totals"] == sorted(float(truth.total) for truth in there.values())
    assert data["possible"] == float(pretend.truth(week, 5).possible)
    assert data["missing"] == [s for s in TAKES_PART if s not in there]
    assert data["unmarked"] == [s for s, truth in there.items() if truth.to_mark]
    assert data["late"] == [s for s, truth in there.items() if truth.days]
    assert data["ungraded"] == []


@pytest.mark.parametrize("week", WEEKS)
def test_the_report_counts_each_exercise_and_each_known_mistake(term, week):
    data = json.loads((term.folder / f"report-week{week:02}.json").read_bytes())
    kinds = [pretend.plan(week)[int(student[1:])][-1].kind for student in handed_in(week)]
    abouts = {about["name"]: about for about in data["exercises"]}
    assert {*abouts} == {*pretend.worth(week)}
    ruled = {name: word for name, word in RULED.items() if name[0] == week}
    for name, about in abouts.items():
        if about["kind"] != "written":
            lost = sum(name in pretend.lost(week, kind) for kind in kinds)
            assert about["passed"] == len(kinds) - lost, name
            assert about["passed"] + about["failed"] + about["error"] + about["blank"] == len(kinds)
        excused = (week, name) == pretend.EXCUSED
        assert about["points"] == (0 if excused else pretend.worth(week)[name])
        assert about["ruled"] == ruled.get((week, name), "")
    topic = pretend.NOTEBOOKS[week].partition("_")[2]
    for kind in ("mistake", "quiz"):
        for function, how in pretend.MISTAKES[week, kind].items():
            found = {m["name"]: m["count"] for m in abouts[f"{topic}.{function}"]["mistakes"]}
            assert found.get(how, 0) == kinds.count(kind), (function, found)


@pytest.mark.parametrize("week", WEEKS)
def test_the_report_has_what_became_of_hints_in_the_next_hand_in(term, week):
    data = json.loads((term.folder / f"report-week{week:02}.json").read_bytes())
    older = pretend.before(week)
    assert data["never_graded"] == sum(one.kind == "draft" for one in older) == (week == 2)
    assert data["earlier"] == len(older) - data["never_graded"]
    found = [
        (one["exercise"], one["name"], one["students"], one["right"], one["same"], one["other"])
        for one in data["helped"]
    ]
    assert found == ([("start_here.softmax", "ignores_temperature", 2, 1, 1, 0)] * (week == 1))


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
    wanted = {f"{files.label(1, one)}/00_start_here.html" for one in came_by_moodle}
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


def test_sections_are_shown_apart(term):
    for section in "AB":
        of_one = [pretend.Student(n) for n in pretend.CLASS]
        of_one = [one for one in of_one if one.section == section]
        rows = cells(term.said[f"roster --section {section}"])
        assert [student for student in rows if student != "id"] == [one.id for one in of_one]
        rows = cells(term.said[f"missing 2 --section {section}"])
        nothing = [s.id for s in of_one if s.id in TAKES_PART and s.id not in handed_in(2)]
        assert [student for student in rows if student != "id"] == nothing


def test_an_appeal_is_said_with_its_points(term):
    week, number = pretend.APPEAL
    changed = cells(term.said[f"grade {week}"].partition("Changed since")[2])
    before, now = (pretend.truth(week, number, appealed).total for appealed in (False, True))
    assert changed[pretend.Student(number).id][0].startswith(f"{shown(before)} → {shown(now)}: ")


def test_where_each_week_stands(term):
    assert "to mark by hand" in term.said["week 1 unmarked"]
    assert "mark by hand: gradelib written 1" in term.said["week 1 unmarked"]
    assert "exported: csv" in term.said["week 1 exported"]
    assert "exported before points changed: csv" in term.said["week 1 appealed"]
    for week in WEEKS:
        done = len(handed_in(week))
        assert f"feedback: {done}" in term.said["week"]
    assert term.said["week"].count("exported: csv, moodle, canvas, gradescope") == len(WEEKS)
    assert "exported before" not in term.said["week"]
    assert term.said["week"].count("all done; who is missing") == 2  # one answer waits for its mark
