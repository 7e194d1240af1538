"""Answers in words: no names, an order that stays, marks that come back, the guide beside them."""

import csv
import datetime as dt
import json
import shutil

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from typer.testing import CliRunner

from gradelib import cli
from gradelib.author.compose import guides, student_notebook
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.gradebook import nbgrader_settings
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.marks import keep_marks, marks_before
from gradelib.teacher.gradebook.sanitize import Page
from gradelib.teacher.gradebook.settling import settle
from gradelib.teacher.rules.deciding import rule_out
from gradelib.teacher.written import answers, files
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME, ROOT, answered, small_course

WRITTEN = "written-start_here-reflect_temperature"
EVIL = "<script>alert(1)</script>\n=1+1 **bold**"
WORDS = {"ana": "It grows.", "ben": EVIL, "chloe": "=cmd()", "dario": "_Write your answer here._"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_course(tmp_path_factory.mktemp("written") / "course")


@pytest.fixture(scope="module")
def asked_once(small):
    """The folder of a class of four who were asked one question; dario has no words for it."""
    course = small
    released = nbformat.writes(student_notebook(ROOT, NAME)).encode()
    laid(course.class_folder / "release" / "week01", {f"{NAME}.ipynb": released})
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("week01")
        gradebook.add_notebook(NAME, "week01")
        gradebook.add_grade_cell(WRITTEN, NAME, "week01", max_score=2, cell_type="markdown")
        gradebook.add_solution_cell(WRITTEN, NAME, "week01")
        for student in WORDS:
            gradebook.add_student(student)
            gradebook.add_submission("week01", student, timestamp=dt.datetime(2026, 1, 2))
            grade = gradebook.find_grade(WRITTEN, NAME, "week01", student)
            grade.needs_manual_grade = student != "dario"  # who has 0 for what he left as it was
        gradebook.db.commit()
    for student, words in WORDS.items():
        said(course, student, words)
    return course.class_folder


@pytest.fixture
def course(small, asked_once, tmp_path, monkeypatch):
    """A copy of that class: a gradebook takes long to make."""
    shutil.copytree(asked_once, tmp_path / "class")
    monkeypatch.setenv("GRADELIB_CLASS", str(tmp_path / "class"))
    return Course.find(small.root)


def said(course: Course, student: str, words: str, **pictures: str) -> None:
    marks = {"solution": True, "grade": True, "grade_id": WRITTEN}
    cell = {"cell_type": "markdown", "metadata": {"nbgrader": marks}, "source": [words]}
    cell["attachments"] = {f"{name}.png": {"image/png": data} for name, data in pictures.items()}
    data = json.dumps({"cells": [cell], "metadata": {}}).encode()
    laid(course.class_folder / "autograded" / student / "week01", {f"{NAME}.ipynb": data})


def asked(course: Course) -> answers.Asked:
    (question,) = answers.answers_to(course, course.weeks[0])
    return question


def sheet(course: Course, marks: dict[str, str], **other: str) -> list[dict[str, str]]:
    """Write the sheet, fill it in by student, and write it again as a spreadsheet would."""
    path = course.class_folder / "written.csv"
    files.write_sheet(path, [asked(course)])
    codes = {one.code: one.student for one in asked(course).answers}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["points"] = marks.get(codes[row["code"]], row["points"])
        row |= other
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def read(course: Course) -> files.MarksRead:
    return files.read_marks(course, course.weeks[0], course.class_folder / "written.csv")


def mark(course: Course, student: str) -> tuple[float | None, bool, str | None]:
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(WRITTEN, NAME, "week01", student)
        comment = gradebook.find_comment(WRITTEN, NAME, "week01", student)
        return grade.manual_score, bool(grade.needs_manual_grade), comment.manual_comment


def test_all_words_are_listed_and_nobody_is_named(course):
    question = asked(course)
    assert {one.words for one in question.answers} == {"It grows.", EVIL, "=cmd()"}
    assert question.most == 2
    assert "temperature" in question.question
    assert "1 point: the temperature does not change the order" in question.guide
    page = files.page_of(course, course.weeks[0], [question], "written.csv")
    rows = sheet(course, {})
    for student in WORDS:
        assert student not in BeautifulSoup(page, "html.parser").get_text()
        assert student not in json.dumps(rows)


def test_questions_and_guides_are_shown_as_markdown(course):
    page = files.page_of(course, course.weeks[0], [asked(course)], "written.csv")
    soup = BeautifulSoup(page, "html.parser")
    assert "Question." in [strong.get_text() for strong in soup.find_all("strong")]
    assert "**Question" not in soup.get_text()
    guide = soup.find("h3", string="Marking guide").find_next_sibling("div")
    lines = [line for line in asked(course).guide.splitlines() if line.strip()]
    assert len(guide.find_all("p")) == len(lines) > 1


def test_the_order_stays_and_is_another_for_another_class(course, tmp_path, monkeypatch):
    first = [one.code for one in asked(course).answers]
    assert [one.code for one in asked(course).answers] == first == sorted(first)
    (course.class_folder / "seed").write_text("another secret")
    assert not {one.code for one in asked(course).answers} & {*first}


def test_what_a_student_wrote_is_text_on_the_page_and_no_formula_in_the_sheet(course):
    page = files.page_of(course, course.weeks[0], [asked(course)], "written.csv")
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.find_all("script")
    assert EVIL in [pre.get_text() for pre in soup.find_all("pre")]
    assert {row["words"] for row in sheet(course, {})} >= {"'=cmd()", EVIL}


def test_marks_come_back_with_a_comma_or_a_point_and_are_confirmed(course):
    sheet(course, {"ana": "1,5", "ben": "2.0"}, comment="Good.")
    done = read(course)
    assert (done.marked, done.changed, done.left, done.problems) == (2, 2, 1, [])
    assert mark(course, "ana") == (1.5, False, "Good.")
    assert mark(course, "chloe") == (None, True, None)
    assert (read(course).marked, read(course).changed) == (2, 0)


def test_marks_that_are_there_stand_in_the_next_sheet(course):
    sheet(course, {"ana": "1"}, comment="=1+1")
    read(course)
    rows = [row for row in sheet(course, {}) if row["points"]]
    assert [(row["points"], row["comment"]) for row in rows] == [("1", "'=1+1")]
    read(course)
    assert mark(course, "ana")[2] == "=1+1"


def test_marks_of_what_is_excused_or_a_bonus_for_all_come_and_stay(course):
    week, now = course.weeks[0], dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    name = "start_here.reflect_temperature"
    sheet(course, {"ana": "1.5"})
    read(course)
    rule_out(course, week, name, "excused", "it was unclear", now)
    settle(course, week)
    assert {row["points"] for row in sheet(course, {})} == {"1.5", ""}
    assert (read(course).changed, read(course).problems) == (0, [])
    assert mark(course, "ana")[0] == 1.5
    rule_out(course, week, name, "bonus", "hard", now)
    settle(course, week)
    assert asked(course).most == 2  # though it is 0 of what is possible
    sheet(course, {"ben": "2"})
    assert read(course).problems == []
    assert (mark(course, "ana")[0], mark(course, "ben")[0]) == (1.5, 2)


def test_a_mark_for_words_that_were_replaced_since_is_not_entered(course):
    sheet(course, {"ana": "1", "ben": "2"})
    said(course, "ana", "Other words.")
    done = read(course)
    assert done.marked == 1
    assert len(done.problems) == 1
    assert "no answer has the code" in done.problems[0]
    assert mark(course, "ana")[0] is None


@pytest.mark.parametrize("points", ["3", "-1", "nan", "inf", "much"])
def test_points_that_cannot_be_are_said_with_their_line_and_the_others_are_entered(course, points):
    sheet(course, {"ana": points, "ben": "0"})
    done = read(course)
    assert (done.marked, len(done.problems)) == (1, 1)
    assert "points are a number from 0 to 2" in done.problems[0]
    assert mark(course, "ben")[:2] == (0, False)


def test_another_file_is_no_sheet(course):
    (course.class_folder / "written.csv").write_text("id,name\n1,Ana\n")
    with pytest.raises(CourseError, match="has no columns code and points"):
        read(course)


def test_an_empty_answer_that_waits_for_a_mark_is_listed(course):
    said(course, "ana", " ")
    assert sorted(one.words for one in asked(course).answers) == ["", EVIL, "=cmd()"]
    assert "(nothing)" in files.page_of(course, course.weeks[0], [asked(course)], "x.csv")


def test_without_words_there_is_nothing_to_list(course):
    for student in WORDS:
        said(course, student, " ")
    with open_gradebook(course) as gradebook:
        for student in WORDS:
            gradebook.find_grade(WRITTEN, NAME, "week01", student).needs_manual_grade = False
        gradebook.db.commit()
    with pytest.raises(CourseError, match="has no answers in words that are graded"):
        answers.answers_to(course, course.weeks[0])


def test_the_command_writes_both_and_reads_one_back(course, monkeypatch):
    monkeypatch.chdir(course.root)
    said_ = CliRunner().invoke(cli.app, ["written", "1"], catch_exceptions=False).output
    assert "3 answers, to be marked in" in said_
    path = course.class_folder / "written-week01.csv"
    assert path.with_suffix(".html").is_file()
    result = CliRunner().invoke(cli.app, ["written", "1", "--read", str(path)])
    assert (result.exit_code, "0 answers are marked" in result.output) == (0, True)
    path.write_text("code,points\nnobody,1\n")
    assert CliRunner().invoke(cli.app, ["written", "1", "--read", str(path)]).exit_code == 1


def shown(course: Course, exporter: type[HTMLExporter], **resources: str) -> str:
    """Return the text of a page that nbgrader makes with this course's settings."""
    page, _ = exporter(config=nbgrader_settings.load(course)).from_notebook_node(
        answered(), {"metadata": {}, **resources}
    )
    return BeautifulSoup(page, "html.parser").get_text(" ", strip=True)


def again(course: Course, monkeypatch) -> tuple[str, dict[str, dict[str, str]]]:
    """Call the command once more on the sheet; return what it says, and the rows by student."""
    monkeypatch.chdir(course.root)
    path = course.class_folder / "written.csv"
    done = CliRunner().invoke(cli.app, ["written", "1", "--file", str(path)])
    assert done.exit_code == 0, done.output
    codes = {one.code: one.student for one in asked(course).answers}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = {codes[row["code"]]: row for row in csv.DictReader(file)}
    return " ".join(done.output.split()), rows


def test_marks_that_were_not_read_yet_stay_when_the_sheet_is_written_again(course, monkeypatch):
    sheet(course, {"ana": "1,5"}, comment="'=good")
    said, rows = again(course, monkeypatch)
    assert (rows["ana"]["points"], rows["ben"]["points"]) == ("1.5", "")
    assert {row["comment"] for row in rows.values()} == {"'=good"}
    assert "3 of them keep the marks" in said
    assert "as it was it is kept" not in said
    assert mark(course, "ana")[0] is None
    assert read(course).marked == 1
    assert mark(course, "ana") == (1.5, False, "=good")


def test_a_sheet_that_says_other_than_what_is_entered_is_copied(course, monkeypatch):
    sheet(course, {"ana": "1"})
    read(course)
    rows = sheet(course, {"ana": "2", "ben": "many"})
    said, written = again(course, monkeypatch)
    assert written["ana"]["points"] == "1"
    assert "as it was it is kept" in said
    copy = (course.class_folder / "written-before.csv").read_text(encoding="utf-8-sig")
    assert [row["points"] for row in csv.DictReader(copy.splitlines(), delimiter=";")] == [
        row["points"] for row in rows
    ]


def test_another_file_is_not_overwritten_by_a_sheet(course, monkeypatch):
    monkeypatch.chdir(course.root)
    other = course.class_folder / "names.csv"
    other.write_text("name\nAda\n")
    done = CliRunner().invoke(cli.app, ["written", "1", "--file", str(other)])
    assert "not overwritten" in str(done.exception)
    assert other.read_text() == "name\nAda\n"


def marked_twice(course: Course) -> int:
    """Write a sheet in which ana has 1 point, once more, and then 2; return the first line."""
    sheet(course, {"ana": "1"})
    path = course.class_folder / "written.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    (number,) = [n for n, line in enumerate(lines) if ";1;" in line]
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{lines[number]}\n{lines[number].replace(';1;', ';2;', 1)}\n")
    return number + 1


def test_two_marks_for_one_answer_are_said(course):
    line = marked_twice(course)
    done = read(course)
    assert mark(course, "ana")[0] == 1
    assert (done.marked, len(done.problems)) == (1, 1)
    assert f"has 1 points in line {line} already" in done.problems[0]


def test_of_two_marks_that_were_not_read_the_first_stays_and_the_sheet_is_copied(
    course, monkeypatch
):
    marked_twice(course)
    said, rows = again(course, monkeypatch)
    assert rows["ana"]["points"] == "1"
    assert "as it was it is kept" in said


def test_the_guide_stands_in_the_formgrader_above_the_answer(course):
    guide = guides(ROOT, NAME)["start_here.reflect_temperature"].splitlines()[0]
    text = shown(course, HTMLExporter, submission_id="1", notebook_id=NAME)
    assert text.index("Marking guide") < text.index(guide[:60])
    assert text.index(guide[:60]) < text.index("It depends, and here is why.")


def test_the_guide_stands_in_no_feedback(course):
    for resources in ({}, {"submission_id": "1", "notebook_id": NAME}):
        text = shown(course, Page, **resources)
        assert "It depends, and here is why." in text
        assert "Marking guide" not in text
    assert "Marking guide" not in shown(course, HTMLExporter)


def test_a_pasted_picture_is_seen_and_is_part_of_what_was_written(course):
    text = "As in ![this](attachment:curve.png)."
    codes = []
    for data in ("iVBORw0KGgo=", "R0lGODlhAQA="):
        said(course, "ana", text, curve=data, unused="AAAA")
        (one,) = [one for one in asked(course).answers if one.student == "ana"]
        assert one.words.startswith(f"{text}\n\n[picture curve.png, ")
        page = files.page_of(course, course.weeks[0], [asked(course)], "written.csv")
        (shown,) = BeautifulSoup(page, "html.parser").find_all("img")
        assert shown["src"] == f"data:image/png;base64,{data}"
        assert shown["alt"] in one.words
        codes.append(one.code)
    assert codes[0] != codes[1]


def test_a_mark_does_not_stay_where_the_picture_is_another(course):
    week = course.weeks[0]
    said(course, "ana", "![](attachment:a%20b.png)", **{"a b": "iVBORw0KGgo="})
    sheet(course, {"ana": "2"})
    read(course)
    before = marks_before(course, week, "ana")
    keep_marks(course, week, "ana", before)
    assert mark(course, "ana")[:2] == (2, False)
    said(course, "ana", "![](attachment:a%20b.png)", **{"a b": "R0lGODlhAQA="})
    keep_marks(course, week, "ana", before)
    assert mark(course, "ana")[:2] == (None, True)


def test_a_picture_that_is_too_large_or_broken_is_named(course):
    said(course, "ana", "![](attachment:a.png)", a="A" * 3_000_000)
    said(course, "ben", "![](attachment:a.png)", a="no base64: <script>")
    page = files.page_of(course, course.weeks[0], [asked(course)], "written.csv")
    soup = BeautifulSoup(page, "html.parser")
    assert "is too large for this page" in soup.get_text()
    assert len(soup.find_all("img")) == 1
    assert not soup.find_all("script")
