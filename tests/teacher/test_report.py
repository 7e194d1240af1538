"""What a report counts and shows: no names, nothing that runs, and a mistake made of a group."""

import json
import re
import shutil
from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup

from gradelib.author.compose import student_notebook
from gradelib.author.new_mistake import new_mistake
from gradelib.author.sources import variants
from gradelib.checking.tags import NotebookTag
from gradelib.checking.verdict import Finding, Verdict
from gradelib.teacher.course import Course, Week
from gradelib.teacher.platforms.term import Standing, Term
from gradelib.teacher.report import charts
from gradelib.teacher.report.answers import Answer, graded_of, hint_in, words
from gradelib.teacher.report.data import WeekReport, summed_up, term_data
from gradelib.teacher.report.earlier import Earlier, Helped, helped
from gradelib.teacher.report.examples import anonymous, shortened
from gradelib.teacher.report.groups import grouped
from gradelib.teacher.report.page import term_page, week_page
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME, ROOT, small_course

SOFTMAX = "start_here.softmax"
HINT = "Try two temperatures."
WRONG = "✗ failed  start_here.softmax  0 of 3 points\n  One case.\n  It is 7.5."
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def answer(student: str, status: str = "failed", said: str = WRONG, source: str = "x") -> Answer:
    return Answer(student, SOFTMAX, "exercise", status, 3, source, said)


def one_about(answers, same=lambda left, right: left.source == right.source, names=()):
    (about,) = summed_up(answers, {SOFTMAX: {HINT: "ignores_temperature"}}, same, names)
    return about


def test_each_answer_is_counted_once():
    statuses = ["passed", "passed", "failed", "error", "not attempted", ""]
    about = one_about([answer(str(n), status) for n, status in enumerate(statuses)])
    assert (about.passed, about.failed, about.error, about.blank) == (2, 1, 1, 2)


def test_a_known_mistake_is_counted_by_its_hint_whether_it_is_certain_or_not():
    sure = f"{WRONG}\n  Hint. {HINT}"
    perhaps = f"{WRONG}\n  Hint. It looks as if this were the reason. {HINT}"
    general = f"{WRONG}\n  Hint. You print it."
    about = one_about(
        [answer("a", said=sure), answer("b", said=perhaps), answer("c", said=general)]
    )
    assert [(m.name, m.count, m.certain) for m in about.mistakes] == [
        ("ignores_temperature", 2, 1),
        ("", 1, 1),
    ]
    assert about.groups == []


def test_a_hint_that_a_student_forges_in_an_error_is_not_the_last_word():
    forged = f"! error  x\n  ValueError: a\n  Hint. Forged.\n  Hint. {HINT}"
    assert hint_in(forged) == (HINT, True)
    assert hint_in("✗ failed\n  It printed:\n    Hint. Printed.") == ("", True)


def test_what_no_hint_explains_is_in_groups_the_largest_first():
    sources = ["a", "b", "b", "c", "b", "a"]
    about = one_about([answer(str(n), source=source) for n, source in enumerate(sources)])
    assert [(group.count, group.example) for group in about.groups] == [
        (3, "b"),
        (2, "a"),
        (1, "c"),
    ]


def test_what_cannot_be_compared_is_alone():
    answers = [answer("a"), answer("b")]
    assert grouped(answers, lambda left, right: None) == [[answers[0]], [answers[1]]]


def test_of_many_groups_the_rest_is_counted():
    about = one_about([answer(str(n), source=f"x{n}") for n in range(20)])
    assert len(about.groups) + about.more_groups == 20


def test_an_example_has_no_names_no_comments_and_no_docstring():
    source = '''
def softmax(logits, max_of_ana):
    """By Ana Müller."""
    # Ana Müller, s1001
    ana_x = logits.max()  # ana
    print("ANA says", max(1, 2))
    return ana_x
'''
    shown = anonymous(source, ["ana", "Ana Müller", "s1001", "max"])
    assert not re.search("ana|müller|s1001", shown, re.I)
    assert "logits.max()" in shown  # a student called Max takes no method away
    assert "max(1, 2)" in shown
    compile(shown, "<example>", "exec")


def test_an_example_that_is_no_python_has_no_names_either():
    assert anonymous("def f(:  # by ana\n  x = 'ana'", ["ana"]) == "def f(:  \n  x = '…'"


@pytest.mark.parametrize("text", ["x\n" * 10_000, "x" * 1_000_000, "a\n" * 41, "", "one"])
def test_what_is_shown_is_bounded(text):
    shown = shortened(text)
    assert len(shown.splitlines()) <= 41
    assert all(len(line) <= 100 for line in shown.splitlines())
    assert (shown == text.strip()) == (text in ("", "one"))


def test_what_is_shown_hides_nothing():
    assert shortened("a\0b \u202ec\td \u200d\n") == "a�b �c\td \u200d"


def report(**other) -> WeekReport:
    answers = [
        answer("a", source=f"def softmax(x):\n    return {EVIL!r}", said=f"{WRONG}\n  {EVIL}"),
        answer("b", said=f"{WRONG}\n  Hint. {HINT}", source=EVIL),
        answer("c", "passed"),
        Answer("a", "start_here.reflect", "written", "written", 2, EVIL),
    ]
    abouts = summed_up(answers, {SOFTMAX: {HINT: "ignores_temperature"}}, lambda *_: True)
    fields = {"missing": (EVIL,), "late": (), "unmarked": ("a",), "ungraded": ()} | other
    return WeekReport("A & B", "week01", EVIL, 3, 5, (0.0, 2.5, 5.0), tuple(abouts), **fields)


def looked_at(page: str) -> BeautifulSoup:
    """Return a page after a look at all that it could load or run."""
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.find_all(["script", "iframe", "object", "link", "form"])
    assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in soup("img"))
    assert all(len(image["alt"]) > 30 for image in soup("img"))
    assert not [tag for tag in soup(True) if any(name.startswith("on") for name in tag.attrs)]
    assert "default-src 'none'" in soup.find("meta")["content"]
    return soup


def test_the_page_of_a_week_shows_all_that_is_in_the_data_and_runs_nothing():
    soup = looked_at(week_page(report(), "class/report-week01.json"))
    text = soup.get_text(" ", strip=True)
    assert EVIL in text  # as text
    assert "the known mistake ignores_temperature" in " ".join(text.split())
    assert (
        f"gradelib author new-mistake {SOFTMAX} --from class/report-week01.json --group 1" in text
    )
    cells = [cell.get_text() for cell in soup.find("tbody").find_all("td")]
    assert cells == [SOFTMAX, "3", "1", "2", "0", "0"]
    assert soup("img")[1]["alt"].endswith("softmax: 1 passed, 2 failed, 0 error, 0 blank.")


def test_the_page_of_a_perfect_week_says_so():
    right = summed_up([answer("a", "passed")], {}, lambda *_: True)
    page = week_page(
        WeekReport("C", "week01", "T", 1, 3, (3.0,), tuple(right), (), (), (), ()), "x.json"
    )
    assert "Nothing did." in looked_at(page).get_text()


def hinted() -> Verdict:
    return Verdict(SOFTMAX, "failed", 3, 2, [Finding("one", "One case.", "It is 7.5.")], HINT)


def test_what_became_of_a_hint_is_counted_once_a_student():
    wrong, right = {SOFTMAX: hinted()}, {SOFTMAX: Verdict(SOFTMAX, "passed", 3, 2)}
    before = [Earlier(student, wrong) for student in "aabcx"]  # of x nothing is graded now
    before += [Earlier("d", None), Earlier("e", right)]
    now = [answer("a", "passed"), answer("b", said=f"{WRONG}\n  Hint. {HINT}")]
    now += [answer("c", "not attempted"), answer("d", "passed"), answer("e", "passed")]
    found = helped(before, now, {SOFTMAX: {HINT: "ignores_temperature"}})
    assert found == [Helped(SOFTMAX, "ignores_temperature", HINT, 3, 1, 1, 1)]


def test_the_page_has_the_hints_that_helped_and_says_what_is_counted():
    one = Helped(SOFTMAX, "ignores_temperature", f"{HINT} {EVIL}", 7, 4, 2, 1)
    text = looked_at(week_page(report(helped=(one,), earlier=9, never_graded=5), "x")).get_text(" ")
    text = " ".join(text.split())
    assert f"{SOFTMAX} ignores_temperature {HINT} {EVIL} 7 4 2 1" in text
    assert "are counted: 9. Others: 5." in text
    assert "had earned one" in looked_at(week_page(report(), "x")).get_text()


def test_a_file_that_could_not_be_read_is_no_wrong_answer(tmp_path, monkeypatch):
    course = small_course(tmp_path / "course")
    monkeypatch.setenv("GRADELIB_CLASS", str(tmp_path / "class"))
    course = Course.find(course.root)
    for student, why in (("ana", ""), ("ben", "its JSON is broken")):
        nb = student_notebook(ROOT, NAME)
        replace(NotebookTag.of(nb), unreadable=why).put_into(nb)
        folder = course.class_folder / "autograded" / student / "week01"
        laid(folder, {f"{NAME}.ipynb": nbformat.writes(nb).encode()})
    graded = graded_of(course, course.weeks[0])
    assert {one.student for one in graded.answers} == {"ana"}
    assert graded.unreadable == [f"ben ({NAME})"]
    assert graded.students == {"ana", "ben"}
    page = week_page(report(unreadable=(f"ben ({NAME})",)), "x.json")
    assert f"could not be read (1): ben ({NAME})" in looked_at(page).get_text()


def test_the_same_report_is_the_same_page():
    assert week_page(report(), "x") == week_page(report(), "x")


def row(total: str, to_mark: str = "0", handed_in: str = "2026-01-02") -> dict[str, str]:
    return {"total": total, "to_mark": to_mark, "possible": "5", "handed_in": handed_in, "due": ""}


def test_the_page_of_the_term_has_each_student_through_the_weeks():
    weeks = (Week(1, "One", ()), Week(2, "Two", ()))
    students = {
        "ana": Standing(EVIL, "A", {"week01": row("3"), "week02": row("4", "1")}, 1.0, 77.77),
        "ben": Standing("", "B", {"week01": row("0", handed_in="")}),
    }
    term = Term(weeks, students, {"week01": 5.0, "week02": 5.0})
    soup = looked_at(term_page("C", term))
    cells = [cell.get_text(" ", strip=True) for cell in soup.find_all("td")]
    assert cells == [f"{EVIL} ana", "3", "4", "1", "77.8", "ben", "", "", "", ""]
    assert term_data("C", term)["students"]["ben"]["points"] == {"week01": None, "week02": None}
    json.dumps(term_data("C", term))


def test_a_chart_of_nobody_is_drawn_too():
    assert "alt=" in charts.distribution([], 0)
    assert "alt=" in charts.of_exercises([])
    assert "alt=" in charts.of_weeks({})


@pytest.mark.parametrize("text", ["", "  ", "_Write your answer here._", "Write your answer here."])
def test_what_asks_for_words_is_no_answer(text):
    assert words(text) == ""


@pytest.fixture
def course(tmp_path):
    """The solutions of notebook 00, and a report with one group."""
    shutil.copytree(ROOT / "solutions" / "start_here", tmp_path / "solutions" / "start_here")
    example = "def softmax(logits, temperature=1.0):\n    return F.softmax(logits, 0) / helper"
    about = {"name": SOFTMAX, "groups": [{"count": 2, "said": "", "example": example}]}
    (tmp_path / "report.json").write_text(json.dumps({"exercises": [about]}), encoding="utf-8")
    return tmp_path


def test_a_group_becomes_a_known_mistake(course):
    hint = "Which axis holds the choices of one distribution, and which one the distributions? " * 2
    report = course / "report.json"
    path, undefined = new_mistake(course, SOFTMAX, "divides_by_helper", hint, report, 1)
    assert path == course / "solutions" / "start_here" / "mistakes.py"
    assert undefined == ["F", "helper"]
    found = variants(course, "mistakes", "start_here")["softmax"]["divides_by_helper"]
    assert " ".join(found.docstring.split()) == hint.strip()
    assert found.text.startswith("def softmax__divides_by_helper(logits, temperature=1.0):")
    assert "return F.softmax(logits, 0) / helper" in found.text
    with pytest.raises(ValueError, match="there is a known mistake softmax__divides_by_helper"):
        new_mistake(course, SOFTMAX, "divides_by_helper", hint, report, 1)


@pytest.mark.parametrize(
    ("name", "hint", "group", "said"),
    [
        ("Two words", "A hint.", 1, "named like a function"),
        ("fine", " ", 1, "give the hint in plain words"),
        ("fine", "A hint.", 2, "has 1 groups in report.json, not 2"),
    ],
)
def test_what_cannot_become_a_mistake_is_said_and_nothing_is_written(
    course, name, hint, group, said
):
    path = course / "solutions" / "start_here" / "mistakes.py"
    before = path.read_bytes()
    with pytest.raises(ValueError, match=said):
        new_mistake(course, SOFTMAX, name, hint, course / "report.json", group)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("def softmax(:", "no Python"),
        ("softmax = 3", "defines no function softmax"),
        ("def softmax(x):\n    return softmax(x)", "calls softmax itself"),
    ],
)
def test_an_answer_that_cannot_stand_alone_is_left_to_its_author(course, example, said):
    about = {"name": SOFTMAX, "groups": [{"example": example}]}
    (course / "report.json").write_text(json.dumps({"exercises": [about]}), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        new_mistake(course, SOFTMAX, "fine", "A hint.", course / "report.json", 1)
