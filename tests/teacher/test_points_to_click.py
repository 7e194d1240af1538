"""The points of a marking guide: what each line of it is worth, and to click in the formgrader."""

import datetime as dt

import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.server_extensions.formgrader import handlers

from gradelib.author.story import read_story
from gradelib.teacher.course import Course
from gradelib.teacher.gradebook import nbgrader_settings
from gradelib.teacher.gradebook.gradebook import open_gradebook
from gradelib.teacher.gradebook.guides import points_in
from gradelib.teacher.gradebook.sanitize import Page
from tests.browser import lab
from tests.teacher.hand_ins import laid
from tests.teacher.small_course import NAME, ROOT, answered, saved, small_course

WRITTEN = "written-start_here-reflect_temperature"
KEPT = """() => [...document.querySelectorAll('.marking-points input')]
    .map((box) => box.checked).join() === 'true,true,true'"""
STORIES = sorted((ROOT / "notebooks" / "src").glob("*.md"))


@pytest.fixture
def course(tmp_path) -> Course:
    return small_course(tmp_path / "course")


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("1 point: a reason.", [1]),
        ("2 points: two reasons.", [2]),
        ("**0.5 points**: half a reason.", [0.5]),
        ("Half a point for a change without its cost.", [0.5]),
        ("Half a point is lost if nothing is used.", [-0.5]),
        ("1 point off if it is not said.", [-1]),
        ("Look for a reason.", []),
        ("1 point: a reason.\nLook for more.", []),  # then a person has to add up
        ("1 point: a reason.\n\nHalf a point off without an example.", [1, -0.5]),
    ],
)
def test_a_line_says_what_it_is_worth(line, points):
    assert [one["points"] for one in points_in(line)] == points


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_each_guide_of_the_course_can_be_clicked_and_gives_all_the_points(path):
    for name, part in read_story(path).of_kind("written").items():
        points = [one["points"] for one in points_in(part.guide)]
        assert sum(one for one in points if one >= 1) == part.points, name


def shown(course: Course, exporter: type[HTMLExporter], template: str) -> str:
    """Return a page as nbgrader makes it with this course's settings."""
    config = nbgrader_settings.load(course)
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    resources = {"submission_id": "1", "notebook_id": NAME, "index": 0, "total": 1}
    page, _ = exporter(config=config).from_notebook_node(answered(), {"metadata": {}, **resources})
    return page


def test_the_points_are_on_the_formgraders_page_and_in_no_feedback(course):
    page = shown(course, HTMLExporter, "formgrade")
    assert f'{{"{WRITTEN}": [{{"points": 1.0, "text": "1 point: ' in page
    assert '"points": -0.5, "text": "Half a point is lost' in page
    assert page.rstrip().endswith("</html>")
    assert "marking-points" not in shown(course, Page, "classic")


def submitted(course: Course) -> str:
    """Let ana's answer wait for its mark; return by which id the formgrader knows it."""
    data = saved(answered())
    laid(course.class_folder / "release" / "week01", {f"{NAME}.ipynb": data})
    laid(course.class_folder / "autograded" / "ana" / "week01", {f"{NAME}.ipynb": data})
    with open_gradebook(course) as gradebook:
        gradebook.add_assignment("week01")
        gradebook.add_notebook(NAME, "week01")
        gradebook.add_grade_cell(WRITTEN, NAME, "week01", max_score=2, cell_type="markdown")
        gradebook.add_solution_cell(WRITTEN, NAME, "week01")
        gradebook.add_student("ana")
        gradebook.add_submission("week01", "ana", timestamp=dt.datetime(2026, 1, 2))
        gradebook.db.commit()
        return gradebook.find_submission_notebook(NAME, "week01", "ana").id


@pytest.mark.browser
@pytest.mark.skipif(lab.CHROMIUM is None, reason=lab.INSTALL)
def test_points_that_are_clicked_add_up_to_the_score_and_are_saved(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADELIB_CLASS", str(tmp_path / "class"))
    course = Course.find(ROOT)
    number = submitted(course)
    loaded = "() => formgrader.grades && formgrader.grades.loaded"
    env = {"GRADELIB_CLASS": str(course.class_folder)}
    with lab.jupyter(ROOT, home=tmp_path, env=env) as address, lab.chromium() as browser:
        page = browser.new_page(viewport=lab.LAPTOP)
        page.set_default_timeout(lab.PATIENCE)
        page.goto(f"{address}/formgrader/submissions/{number}/")
        page.wait_for_function(loaded)
        score = page.locator(f"input.score[id='{WRITTEN}']")
        boxes = page.locator(".marking-points input")
        assert boxes.count() == 3
        for box, total in ((0, "1"), (1, "2"), (2, "1.5")):
            with page.expect_response("**/api/grade/**") as saving:
                boxes.nth(box).check()
            assert saving.value.ok
            assert score.input_value() == total
        page.screenshot(path=lab.ARTIFACTS / "formgrader_points.png", full_page=True)
        page.reload()
        page.wait_for_function(loaded)
        assert score.input_value() == "1.5"
        page.wait_for_function(KEPT)
        with page.expect_response("**/api/grade/**"):
            boxes.nth(0).uncheck()
        page.reload()
        page.wait_for_function(loaded)
        page.wait_for_function(KEPT.replace("true,true,true", "false,true,true"))
        with page.expect_response("**/api/grade/**"):  # typed: then nothing is known to be ticked
            score.fill("1.5")
            score.blur()
        page.reload()
        page.wait_for_function(loaded)
        page.wait_for_function("() => formgrader.comments && formgrader.comments.loaded")
        page.wait_for_function(KEPT.replace("true,true,true", "false,false,false"))
    with open_gradebook(course) as gradebook:
        grade = gradebook.find_grade(WRITTEN, NAME, "week01", "ana")
        assert (grade.manual_score, grade.needs_manual_grade) == (1.5, False)
