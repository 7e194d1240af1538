"""The form that every notebook has. CONTRIBUTING.md says why, under *Write a story*."""

import ast
import inspect
import re
from collections import defaultdict

import nbformat
import pytest

from gradelib.author.compose import SHOWN
from gradelib.checking.tags import CellTag, NotebookTag
from tests.author.test_built_notebooks import ROOT

COUNTING = 14  # exercises that a notebook asks for, beside what is extra
HOURS = 3  # that a notebook takes at most, beside what is extra
WIDE = 88  # columns: more is cut off beside a file browser
BUILT = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


@pytest.fixture(scope="module", params=BUILT, ids=[path.stem for path in BUILT])
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def kinds(notebook):
    found = defaultdict(list)
    for cell in notebook.cells:
        found[CellTag.of(cell).kind].append(cell)
    return found


def test_it_takes_no_longer_than_an_afternoon(notebook):
    assert 0 < NotebookTag.of(notebook).minutes <= 60 * HOURS


def test_it_asks_for_no_more_than_can_be_done(notebook):
    checks = [cell for cell in kinds(notebook)["check"] if ".quiz_" not in cell.source]
    assert sum(cell.metadata.nbgrader.points > 0 for cell in checks) <= COUNTING


def test_every_task_says_how_long_it_takes(notebook):
    tasks = [*kinds(notebook)["answer"], *kinds(notebook)["written"]]
    assert tasks
    assert all(CellTag.of(cell).minutes > 0 for cell in tasks)


def test_what_is_no_lesson_is_folded_away(notebook):
    for cell in kinds(notebook)["demonstration"]:
        if len(cell.source.split("\n")) > SHOWN:
            assert cell.metadata["jupyter"]["source_hidden"], cell.source
            assert cell.metadata["cellView"] == "form"


def test_it_ends_with_what_is_left_to_do_and_how_to_hand_in(notebook):
    code = [cell.source.strip() for cell in notebook.cells if cell.cell_type == "code"]
    assert code[-2:] == ["progress()", "submit()"]
    assert code.count("progress()") == 1


def test_no_line_of_code_is_cut_off(notebook):
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    wide = [line for source in code for line in source.split("\n") if len(line) > WIDE]
    assert wide == []


def course_functions(trees):
    """Return what a notebook takes from the course, by the name that it has there."""
    taken = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("gradelib"):
            names = ", ".join(ast.unparse(name) for name in node.names)
            exec(f"from {node.module} import {names}", taken)
    return taken


def test_no_picture_is_named_above_itself(notebook):
    """A cell that ends with what a drawing function returns, and no `;`, shows `<Axes: …>`, too."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    trees = {source: ast.parse(source) for source in code if source[:1] not in "!%"}
    drawing = course_functions(trees.values())
    for source, tree in trees.items():
        match tree.body[-1:]:
            case [ast.Expr(ast.Call(ast.Name(name)))] if name in drawing and source[-1] != ";":
                given = str(inspect.signature(drawing[name]).return_annotation)
                assert not {"Axes", "Figure"} & {*re.findall(r"\w+", given)}, f"{name}: {given}"
