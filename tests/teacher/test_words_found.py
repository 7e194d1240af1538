"""Where an answer in words is looked for, and what is not taken for one."""

import copy
import json

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from gradelib.author.compose import student_notebook
from gradelib.checking.tags import NotebookTag
from gradelib.student.handin import look, read_notebook
from gradelib.teacher.collect.rebuild import rebuild
from tests.teacher.small_course import NAME, ROOT, cell_of, saved, without_metadata

QUESTION = "reflect_temperature"
WRITTEN = f"written-start_here-{QUESTION}"
BLANK = "*Write your answer here.*"
WORDS = "It grows, and here is why."


@pytest.fixture(scope="module")
def released() -> NotebookNode:
    """Notebook 00 with a second question below the first."""
    notebook = student_notebook(ROOT, NAME)
    first = [cell_of(notebook.cells, kind, QUESTION) for kind in ("question", "written")]
    place = notebook.cells.index(first[1]) + 1
    for cell in reversed(copy.deepcopy(first)):
        kind = cell.id.partition("-")[0]
        cell.id = f"{kind}-start_here-other"
        cell.metadata.gradelib.exercise = "start_here.other"
        cell.metadata.nbgrader.grade_id = cell.id
        cell.source = cell.source if kind == "written" else "**Question.** And what is lost by it?"
        notebook.cells.insert(place, cell)
    return notebook


def graded(released: NotebookNode, *below: NotebookNode, own: str = BLANK, save=saved, **other):
    """Return what counts as the answer where `own` is in its cell and `below` stands below."""
    mine = copy.deepcopy(released)
    cell = cell_of(mine.cells, "written", QUESTION)
    cell.source = own
    place = mine.cells.index(cell) + 1
    mine.cells[place:place] = copy.deepcopy(below)
    for change in other.values():
        change(mine.cells)
    result = rebuild(released, read_notebook(save(mine)))
    (found,) = [
        c.source for c in result.cells if c.metadata.get("nbgrader", {}).get("grade_id") == WRITTEN
    ]
    return found, list(NotebookTag.of(result).remarks)


NOTHING = ["## My notes", "TODO", "- ", "Your answer here", "<!-- my words -->", "---"]


@pytest.mark.parametrize("save", [saved, without_metadata])
@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_below_a_question_is_no_answer(released, text, save):
    found, _ = graded(released, new_markdown_cell(text), save=save)
    assert found == BLANK


@pytest.mark.parametrize("save", [saved, without_metadata])
@pytest.mark.parametrize("text", NOTHING)
def test_words_below_it_are_found_all_the_same(released, text, save):
    found, _ = graded(released, new_markdown_cell(text), new_markdown_cell(WORDS), save=save)
    assert found == WORDS


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_in_the_answers_own_cell_is_still_shown_to_whoever_marks(released, text):
    assert graded(released, own=text)[0] == text
    assert graded(released, new_markdown_cell("## My notes"), own=text)[0] == text


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_never_hides_words_below(released, text):
    assert graded(released, new_markdown_cell(WORDS), own=text)[0] == WORDS


@pytest.mark.parametrize("own", ["", " \n", "_Write your  answer here_", "&nbsp;", "<br>"])
def test_an_empty_answer_waits_for_whoever_marks(released, own):
    assert graded(released, own=own)[0] == own


def test_a_picture_without_a_word_is_an_answer(released):
    picture = new_markdown_cell(
        "![](attachment:a.png)", attachments={"a.png": {"image/png": "AA=="}}
    )
    assert graded(released, picture)[0] == "![](attachment:a.png)"


@pytest.mark.parametrize("save", [saved, without_metadata])
@pytest.mark.parametrize(
    "cell",
    [
        new_raw_cell(WORDS),
        new_code_cell(WORDS),
        new_code_cell("# It grows, since the best word gets more of it."),
        new_code_cell(f"# {WORDS}"),
        new_code_cell(f'"""{WORDS}"""'),
        new_code_cell(f'print("{WORDS}")'),
        new_code_cell(f'my_answer = "{WORDS}"'),
    ],
    ids=["raw", "code", "comment", "short_comment", "text", "printed", "named"],
)
def test_words_in_a_cell_of_another_type_are_found(released, cell, save):
    found, remarks = graded(released, cell, save=save)
    assert found == cell.source
    assert any("it was read as markdown" in remark for remark in remarks)


@pytest.mark.parametrize("code", ["# TODO", "print(1 + 1)", 'print(softmax, "it grows")'])
def test_code_that_says_nothing_is_no_answer(released, code):
    assert graded(released, new_code_cell(code))[0] == BLANK


def test_a_text_that_other_code_needs_stays_code(released):
    text = new_code_cell(f'text = "{WORDS}"')
    assert graded(released, text, new_code_cell("len(text)"))[0] == BLANK


@pytest.mark.parametrize("mark", ["%md", "%%markdown", "%%md", " %md  "])
def test_words_in_a_cell_of_code_that_shows_text_are_found(released, mark):
    assert graded(released, new_code_cell(f"{mark}\n{WORDS}"))[0] == WORDS


def test_words_in_a_notebook_whose_texts_are_all_cells_of_code_are_found(released):
    """As Databricks exports it."""

    def export(notebook):
        exported = json.loads(without_metadata(notebook))
        for cell in exported["cells"]:
            if cell["cell_type"] == "markdown":
                cell |= {"cell_type": "code", "outputs": [], "execution_count": 0}
                cell["source"] = ["%md\n", *cell["source"]]
        return json.dumps(exported).encode()

    assert graded(released, own=WORDS, save=export) == (WORDS, [])


def test_the_mark_that_pycharm_writes_into_cells_is_no_answer(released):
    def mark(notebook):
        marked = json.loads(without_metadata(notebook))
        for cell in marked["cells"]:
            kind = "#%%\n" if cell["cell_type"] == "code" else "#%% md\n"
            cell["source"] = [kind, *cell["source"]]
        return json.dumps(marked).encode()

    assert graded(released, own=WORDS, save=mark) == (WORDS, [])
    assert graded(released, save=mark) == (BLANK, [])


def test_words_in_a_cell_of_a_type_that_nobody_knows_are_found(released):
    def rename(notebook):
        renamed = json.loads(without_metadata(notebook))
        for cell in renamed["cells"]:
            cell["cell_type"] = cell["cell_type"].replace("markdown", "text").title()
        return json.dumps(renamed).encode()

    assert graded(released, own=WORDS, save=rename)[0] == WORDS


def test_words_below_code_that_was_tried_are_found(released):
    found, _ = graded(released, new_code_cell("1 + 1"), new_markdown_cell(WORDS))
    assert found == WORDS
    assert graded(released, new_code_cell("1 + 1"))[0] == BLANK


def test_the_storys_text_of_another_edition_is_no_answer(released):
    story = next(c for c in released.cells if c.source.startswith("1. In the menu"))
    other = new_markdown_cell(story.source.replace("menu", "bar at the top"))
    assert graded(released, other)[0] == BLANK
    typed_into_it = new_markdown_cell(f"{story.source}\n\n{WORDS}")
    assert WORDS in graded(released, typed_into_it)[0]


def test_the_answer_to_the_next_question_is_not_taken_where_its_question_is_gone(released):
    def forget(cells):
        cells.remove(cell_of(cells, "question", "other"))
        cell_of(cells, "written", "other").source = "Variety is lost."

    assert graded(released, change=forget)[0] == BLANK


@pytest.mark.parametrize("save", [saved, without_metadata])
def test_words_below_a_question_that_was_changed_are_found(released, save):
    def change(cells):
        cell = cell_of(cells, "question", QUESTION)
        cell.source = cell.source.replace("friend", "good friend")

    assert graded(released, own=WORDS, change=change, save=save)[0] == WORDS


@pytest.mark.parametrize("text", ["## My notes", "TODO", "- "])
def test_what_says_nothing_in_the_questions_cell_is_no_answer(released, text):
    def type_in(cells):
        cell_of(cells, "question", QUESTION).source += f"\n\n{text}"

    assert graded(released, change=type_in)[0] == BLANK


def test_words_in_the_questions_cell_count_more_than_what_says_nothing_below(released):
    def type_in(cells):
        cell_of(cells, "question", QUESTION).source += f"\n\n{WORDS}"

    assert graded(released, own="TODO", change=type_in)[0] == WORDS


def test_what_is_handed_in_names_a_question_of_which_a_copy_has_the_words(released):
    mine = copy.deepcopy(released)
    again = copy.deepcopy(cell_of(mine.cells, "written", QUESTION))
    again.source = WORDS
    mine.cells.append(again)
    assert look(mine).written == [f"start_here.{QUESTION}"]
    assert look(mine).unanswered == ["start_here.other"]
