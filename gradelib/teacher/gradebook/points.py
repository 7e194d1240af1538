"""What counts of a grade, and what a hand-in comes to: the same numbers for all who say them."""

from __future__ import annotations

from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook

__all__ = ["given", "of_notebook", "total"]


def given(grade: Grade) -> float | None:
    """Return the points that count of one grade, or None while a person has yet to give them."""
    return None if grade.needs_manual_grade or grade.score is None else float(grade.score)


def of_notebook(notebook: SubmittedNotebook) -> float:
    """Return the points of a notebook before any penalty."""
    return sum(given(grade) or 0.0 for grade in notebook.grades)


def total(submission: SubmittedAssignment) -> float:
    """Return what a hand-in comes to, less the penalty for being late, and never below 0."""
    points = sum(of_notebook(notebook) for notebook in submission.notebooks)
    return max(0.0, points - (submission.late_submission_penalty or 0.0))
