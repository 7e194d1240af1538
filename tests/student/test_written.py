"""Words that were typed into the question's own cell are taken out of it."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from gradelib.student.written import answer_in, split_off_answers

QUESTION = "**Question.** What is true in this?\n\nUse what you saw above.\n\nFour sentences."
WORDS = "It depends.\n\nAnd here is why."


@pytest.mark.parametrize(
    "source",
    [
        f"{QUESTION}\n\n{WORDS}",
        f"{QUESTION} {WORDS}",
        f"{WORDS}\n\n{QUESTION}",
        QUESTION.replace("Use what", f"{WORDS}\n\nUse what"),
        f"  {QUESTION}\r\n\r\n{WORDS}".replace("\n\nUse", "\nUse"),
    ],
)
def test_words_are_found_wherever_they_stand(source):
    assert (
        answer_in(new_markdown_cell(source), new_markdown_cell(QUESTION)).split() == WORDS.split()
    )


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell(QUESTION),
        new_markdown_cell(QUESTION + "\n\n   "),
        new_markdown_cell("## My notes\n\nFour sentences are much."),
        new_markdown_cell(""),
        new_code_cell(f"{QUESTION}\n{WORDS}"),
    ],
)
def test_what_has_no_words_in_it_has_none(cell):
    assert answer_in(cell, new_markdown_cell(QUESTION)) == ""


def test_the_words_get_a_cell_of_their_own_below_the_question():
    question, blank = new_markdown_cell(QUESTION), new_markdown_cell("*Write your answer here.*")
    blank.metadata["nbgrader"] = {"grade_id": "written-x"}
    cells = [new_code_cell("1"), new_markdown_cell(f"{QUESTION}\n\n{WORDS}"), blank]
    assert split_off_answers([(question, blank)], cells) == ["written-x"]
    assert [cell.source for cell in cells] == ["1", QUESTION, WORDS, blank.source]
    assert split_off_answers([(question, blank)], cells) == []
