"""How long a notebook takes is worked out from its story; what is extra and given is marked."""

import pytest

from gradelib.author.build import build
from gradelib.author.pace import duration, minutes_to_read
from gradelib.author.story import read_story
from gradelib.checking.tags import CellTag, NotebookTag
from tests.author.village_course import answer, cells_of, village_course


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


def story(course):
    return read_story(course.path("story"))


def header(course):
    return course.notebook().cells[0].source


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (1, "about 5 minutes"),
        (38, "about 40 minutes"),
        (89, "about 90 minutes"),
        (92, "about 1 hour 30 minutes"),
        (119, "about 2 hours"),
        (163, "about 2 hours 40 minutes"),
    ],
)
def test_a_duration_is_said_as_people_do(minutes, said):
    assert duration(minutes) == said


def test_the_header_adds_up_the_minutes(course):
    rows = [line.split("|")[1:-1] for line in header(course).split("\n") if line.startswith("|")]
    minutes = [int(row[2]) for row in rows if row[2].strip().isdigit()]
    assert len(minutes) == 6  # reading; double, Well, houses; the quiz; the written answer
    assert NotebookTag.of(course.notebook()).minutes == sum(minutes)
    assert duration(sum(minutes)) in rows[-1][2]


def test_the_text_may_say_how_long_it_takes(course):
    course.change("story", "See the", "It takes {{time}}. See the")
    minutes = NotebookTag.of(course.notebook()).minutes
    assert f"It takes {duration(minutes)}." in header(course)


def test_an_exercise_may_take_its_own_time(course):
    before = NotebookTag.of(course.notebook()).minutes
    course.change("story", 'village.double"', 'village.double" minutes=25')
    notebook = course.notebook()
    assert NotebookTag.of(notebook).minutes == before + 25 - 10
    assert CellTag.of(answer(notebook, "double")).minutes == 25
    assert "| `double` | 2 | 25 | ★★☆ |" in header(course)


def test_what_is_extra_is_marked_and_counts_for_nothing(course):
    course.change("exercises", '"village.Well", points=3', '"village.Well", points=0')
    notebook = course.notebook()
    asked = [tag.minutes for tag in map(CellTag.of, notebook.cells) if tag.exercise]
    assert "| `Well` | extra | 8 | ★☆☆ |" in header(course)
    assert "| **all**, without what is extra | **6** |" in header(course)
    assert NotebookTag.of(notebook).minutes == minutes_to_read(story(course)) + sum(asked) - 8
    (check,) = [cell for cell in cells_of(notebook, "check") if "Well" in cell.source]
    assert check.metadata.nbgrader.points == 0


def test_what_is_given_is_code_and_no_task(course):
    course.change("story", 'exercise="village.Well"', 'given="village.Well"')
    course.change("exercises", "well = Exercise(", "well = dict(name=")
    text = course.path("exercises").read_text(encoding="utf-8")
    first, last = text.index("@well.case"), text.index("@houses.case")
    course.path("exercises").write_text(text[:first] + text[last:], encoding="utf-8")
    build(course.root)
    (cell,) = [cell for cell in course.notebook().cells if "class Well" in cell.source]
    assert "self.buckets_left_in_the_well -= count" in cell.source
    assert cell.cell_type == "code"
    assert CellTag.of(cell) == CellTag()
    assert "nbgrader" not in cell.metadata
    assert "`Well`" not in header(course)


def test_a_long_demonstration_is_folded_away_and_a_short_one_is_not(course):
    def is_folded():
        (cell,) = cells_of(course.notebook(), "demonstration")
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert folded == (cell.metadata.get("cellView") == "form")
        return folded

    assert not is_folded()
    course.change("story", "print(double(4))", "\n".join(["print(double(4))"] * 8))
    assert not is_folded()
    course.change("story", "print(double(4))", "\n".join(["print(double(4))"] * 2))
    assert is_folded()
