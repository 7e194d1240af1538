"""The course's own notebooks and records: up to date, parsed, and without an answer."""

import ast
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from gradelib.author.build import build
from gradelib.author.compose import reference_answers, student_notebook, with_answers
from gradelib.author.sources import read_solutions, statements, variants
from gradelib.author.story import find_notebook
from gradelib.checking.exercise import find
from tests.author.test_no_answers import handed_out
from tests.author.village_course import cells_of

ROOT = Path(__file__).parents[2]
TOPICS = [path.stem[3:] for path in sorted((ROOT / "notebooks" / "src").glob("*.md"))]


def test_what_is_built_is_up_to_date():
    assert build(ROOT, check=True) == [], "run `make build`, and commit what it writes"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_solved_notebook_of_the_course_parses(topic):
    name = find_notebook(ROOT, topic)
    solved = with_answers(student_notebook(ROOT, name), reference_answers(ROOT, topic))
    for cell in solved.cells:
        if cell.cell_type == "code":
            ast.parse(TransformerManager().transform_cell(cell.source))
    assert "NotImplementedError" not in "".join(cell.source for cell in cells_of(solved, "answer"))


@pytest.mark.parametrize("topic", TOPICS)
def test_no_statement_of_an_answer_ships(topic):
    whole = handed_out(topic)
    right = [s for s in read_solutions(ROOT, topic).values() if s.name not in whole]
    given = {f"{topic}.{s.name}": getattr(find(f"{topic}.{s.name}"), "given", ()) for s in right}
    wrong = variants(ROOT, "mistakes", topic)
    sources = [*right, *(source for found in wrong.values() for source in found.values())]
    shipped = _shipped(topic)
    assert "raiseNotImplementedError" in shipped
    for source in sources:
        name = f"{topic}.{source.name.partition('__')[0]}"
        for statement in statements(source, given.get(name, ())):
            assert len(statement) < 20 or _normal(statement) not in shipped, source.name


def _shipped(topic: str) -> str:
    """Return all that a student's copy says about a topic, code as Python itself would write it."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{find_notebook(ROOT, topic)}.ipynb", 4)
    texts = [cell.source for cell in notebook.cells]
    code = [
        TransformerManager().transform_cell(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    record = (ROOT / "gradelib" / "topics" / topic / "records.json").read_text(encoding="utf-8")
    return "\n".join(map(_normal, [*texts, *(ast.unparse(ast.parse(c)) for c in code), record]))


def _normal(text: str) -> str:
    return "".join(text.replace('\\\\"', "'").replace('"', "'").split())
