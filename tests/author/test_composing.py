"""From a story to a student's notebook: its cells, its ids, its setup, and the answers put in."""

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

import gradelib
from gradelib.author.build import build
from gradelib.author.compose import guides, reference_answers, with_answers
from gradelib.author.sources import renamed, variants
from gradelib.checking.tags import CellTag
from tests.author.village_course import TOPIC, answer, cells_of, village_course


@pytest.fixture
def course(tmp_path):
    with village_course(tmp_path) as course:
        yield course


# --- notebooks ----------------------------------------------------------------------------------


def test_a_notebook_has_its_cells_in_the_order_of_the_story(course):
    kinds = [CellTag.of(cell).kind or cell.cell_type for cell in course.notebook().cells]
    assert kinds == ["markdown", "setup", "markdown", "code", "answer", "check", "demonstration",
                     "answer", "check", "answer", "check", "question", "answer", "check",
                     "question", "written"]  # fmt: skip


def test_a_notebook_is_valid_for_jupyter_and_for_nbgrader(course):
    notebook = course.notebook()
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.gradelib.memory_mb == 300
    assert not any(cell.get("outputs") for cell in notebook.cells)
    points = {c.metadata.nbgrader.grade_id: c.metadata.nbgrader.points for c in notebook.cells
              if c.metadata.get("nbgrader", {}).get("grade")}  # fmt: skip
    assert points == {"check-village-double": 2, "check-village-Well": 3, "check-village-houses": 1,
                      "check-village-quiz_bread": 1, "written-village-reflect_well": 2}  # fmt: skip
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            assert cell.id == cell.metadata.nbgrader.grade_id
            assert cell.metadata.nbgrader.locked == (not cell.metadata.nbgrader.solution)


def test_the_header_says_what_there_is_to_do(course):
    header = course.notebook().cells[0].source
    assert "| `double` | 2 | 10 | ★★☆ |\n| `Well` | 3 | 8 | ★☆☆ |" in header
    assert "| `quiz_bread` | 1 | 2 | quiz |\n| `reflect_well` | 2 | 8 | in your words |" in header
    assert "| **all** | **9** | **about 35 minutes** | |" in header


def test_tags_are_carried_over(course):
    assert cells_of(course.notebook(), "demonstration")[0].metadata.tags == ["demonstration"]


def test_a_quiz_ships_its_question_and_a_written_question_no_guide(course):
    notebook = course.notebook()
    quiz, written = cells_of(notebook, "question")
    assert quiz.source == (
        "Who bakes the bread?\n\n- **a.** the miller\n- **b.** the baker, in the morning"
    )
    assert written.source == "Why does a village need a well?"
    assert answer(notebook, "quiz_bread").source == 'quiz_bread = ""  # a or b'
    assert guides(course.root, "07_village") == {
        "village.reflect_well": "one point for water,\none for the company."
    }


def test_building_again_changes_nothing(course):
    names = [path.name for path in build(course.root)]
    assert names == ["records.json", "07_village.ipynb"]
    before = (course.root / "notebooks/07_village.ipynb").read_bytes()
    assert build(course.root) == build(course.root, check=True) == []
    assert (course.root / "notebooks/07_village.ipynb").read_bytes() == before


def test_a_check_names_what_a_build_would_change_and_writes_nothing(course):
    assert len(build(course.root, check=True)) == 2
    assert not (course.root / "notebooks/07_village.ipynb").exists()
    build(course.root)
    course.change("story", "Twice as much.", "Two times.")
    assert [path.name for path in build(course.root, check=True)] == ["07_village.ipynb"]


def test_a_new_cell_changes_no_id_of_a_graded_cell_nor_of_a_later_section(course):
    before = [cell.id for cell in course.notebook().cells]
    course.change("story", "## Numbers", "## More\n\n```python\nx = 1\n```\n\n## Numbers")
    after = [cell.id for cell in course.notebook().cells]
    assert len(set(after)) == len(after) == len(before) + 2
    assert set(before) < set(after)
    assert before[-12:] == after[-12:]


def test_the_setup_has_the_courses_way_to_colab(course):
    """What it does there is tested in tests/student/test_colab.py."""
    (setup,) = cells_of(course.notebook(), "setup")
    assert len(setup.source.split("\n")) <= 55
    assert '"https://example.org/gradelib-0.1.0-py3-none-any.whl"' in setup.source
    assert 'colab.prepare("07_village")' in setup.source
    space: dict = {}
    exec(setup.source, space)  # elsewhere it changes nothing
    assert space["check"] is gradelib.check


def test_a_badge_opens_the_notebook_on_colab_and_its_picture_is_in_it(course):
    before = course.notebook()
    assert "Open in Colab" not in before.cells[0].source
    base = "https://colab.research.google.com/github/us/course/blob/main"
    course.change("course", "[colab]", f"[colab]\nnotebooks = '{base}/'")
    title, _, badge, *rest = course.notebook().cells[0].source.split("\n")
    assert badge.startswith("[![Open in Colab](data:image/svg+xml;base64,")
    assert badge.endswith(f")]({base}/07_village.ipynb)")
    assert [title, *rest] == before.cells[0].source.split("\n")
    assert [cell.id for cell in course.notebook().cells] == [cell.id for cell in before.cells]


# --- answers ------------------------------------------------------------------------------------


def test_a_solved_notebook_holds_the_answers_and_the_same_metadata(course):
    notebook = course.notebook()
    solved = with_answers(notebook, reference_answers(course.root, TOPIC))
    assert answer(solved, "quiz_bread").source == 'quiz_bread = "b"  # a or b'
    assert answer(solved, "double").source.endswith("+ 0 * len(name)")
    assert [c.metadata for c in solved.cells] == [c.metadata for c in notebook.cells]
    assert [c.id for c in solved.cells] == [c.id for c in notebook.cells]
    assert "NotImplementedError" in answer(notebook, "double").source  # a copy was filled
    space = {"check": lambda name: None}
    for cell in solved.cells:
        if cell.cell_type == "code" and CellTag.of(cell).kind != "setup":
            exec(cell.source, space)
    assert space["Well"](5).draw(2) == 3


def test_a_written_answer_and_another_answer_can_be_put_in(course):
    text = renamed(variants(course.root, "alternatives", TOPIC)["double"]["by_adding"], "double")
    filled = with_answers(
        course.notebook(), {"village.double": text, "village.reflect_well": "Water."}
    )
    assert answer(filled, "double").source == text
    assert cells_of(filled, "written")[0].source == "Water."
    with pytest.raises(KeyError, match=r"no place for village\.treble"):
        with_answers(filled, {"village.treble": ""})
