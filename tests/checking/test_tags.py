"""Tags of cells and notebooks: what is written is read again, and nothing else is believed."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from gradelib.checking.tags import CellTag, NotebookTag


@pytest.mark.parametrize(
    "tag",
    [
        CellTag(),
        CellTag("setup"),
        CellTag("check", "masks.sees"),
        CellTag("check", "a.b", "passed"),
    ],
)
def test_the_tag_of_a_cell_is_read_as_it_was_written(tag):
    cell = new_code_cell("1")
    tag.put_into(cell)
    assert CellTag.of(cell) == tag
    assert "" not in cell.metadata["gradelib"].values()


@pytest.mark.parametrize(
    "tag",
    [
        NotebookTag("masks", "Who may look at what", 90, 40, 600),
        NotebookTag("masks", week="week02", remarks=()),
        NotebookTag(remarks=("no cell defines `sees`",), unreadable="the file is empty"),
    ],
)
def test_the_tag_of_a_notebook_is_read_as_it_was_written(tag):
    notebook = new_notebook()
    tag.put_into(notebook)
    assert NotebookTag.of(notebook) == tag


def test_what_has_no_tag_has_an_empty_one():
    assert CellTag.of(new_code_cell("1")) == CellTag()
    assert NotebookTag.of(new_notebook()) == NotebookTag()


@pytest.mark.parametrize(
    "table",
    [["nonsense"], {"kind": "Answer"}, {"kind": ["answer"]}, {"exercise": 3}, {"status": None}],
)
def test_what_nobody_wrote_there_is_not_believed(table):
    cell = new_code_cell("1", metadata={"gradelib": table})
    assert CellTag.of(cell) == CellTag()


@pytest.mark.parametrize("table", [3, {"week": 1, "minutes": True, "remarks": "none"}])
def test_what_nobody_wrote_into_a_notebook_is_not_believed(table):
    assert NotebookTag.of(new_notebook(metadata={"gradelib": table})) == NotebookTag()
