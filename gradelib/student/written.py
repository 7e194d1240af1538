"""A written answer that was typed into its question's cell: take it out, so that it is found.

The question is locked in nbgrader, and other programs do not know that.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

from nbformat import NotebookNode

from gradelib.student.answered import says_something

__all__ = ["answer_in", "split_off_answers"]

LEAST = 0.6  # of a question's lines that are still there, so that the cell is taken for it
MOST_LINES = 2000  # of a cell that is looked at


def split_off_answers(
    questions: Sequence[tuple[NotebookNode, NotebookNode]], student: list[NotebookNode]
) -> list[str]:
    """Put a cell of its own below each question in which words were typed.

    `questions` are the released question and the released cell below it, which waits for the
    words. `student` is changed. Returns the grade_ids of the answers that were found so.
    """
    found = []
    for question, blank in questions:
        name = blank.metadata["nbgrader"]["grade_id"]
        for index, cell in enumerate(student):
            words = answer_in(cell, question)
            if says_something(words):
                student[index] = _with_source(cell, question.source)
                answer = _with_source(cell, words)
                answer.id = f"words-{index}"
                answer.metadata = {"nbgrader": {"grade_id": name}}
                student.insert(index + 1, answer)
                found.append(name)
                break
    return found


def _with_source(cell: NotebookNode, source: str) -> NotebookNode:
    changed: NotebookNode = copy.deepcopy(cell)
    changed.source = source
    return changed


def answer_in(cell: NotebookNode, question: NotebookNode) -> str:
    """Return what a cell says beside the lines of a question, or nothing if it is not that one."""
    if cell.cell_type == "code" or cell.source == question.source:
        return ""
    asked = [line.strip() for line in question.source.splitlines() if line.strip()]
    lines = cell.source.splitlines()[:MOST_LINES]
    words, place = [], 0
    for line in lines:
        plain = line.strip()
        if plain and place < len(asked) and plain.startswith(asked[place]):
            plain = plain[len(asked[place]) :].strip()  # typed on, behind the question
            place += 1
            if not plain:
                continue
            line = plain
        words.append(line)
    enough = asked and place >= max(1, LEAST * len(asked))
    return "\n".join(words).strip() if enough else ""
