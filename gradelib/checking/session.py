"""The student's `check`: run the answer on the visible cases, judge it, show the verdict.

It never raises for a wrong answer, so that "Run all" works. Under `nbgrader validate` a verdict
that is not *passed* is an error; under `nbgrader autograde` the cell's value is the points.
"""

from __future__ import annotations

import dis
import inspect
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import CodeType
from typing import Any

from gradelib.checking import records
from gradelib.checking.exercise import Exercise, find
from gradelib.checking.judge import judge, judge_quiz
from gradelib.checking.outcome import MISSING, Drawn, KnownMistake, Outcome
from gradelib.checking.quiz import is_quiz
from gradelib.checking.records import find_any
from gradelib.checking.restrictions import source_of, uses
from gradelib.checking.runner import run_cases
from gradelib.checking.verdict import Finding, Verdict

__all__ = ["CheckFailed", "begin_there", "check", "global_names", "judge_answer"]

PASSED: dict[str, bool] = {}  # what the checks of this session said last


class CheckFailed(AssertionError):
    """A check under `nbgrader validate` did not pass."""


def check(name: str, answer: Any = MISSING) -> Verdict | int:
    """Check the exercise `topic.function` and show what came of it.

    The answer is what the notebook calls `function`; outside a notebook, hand it in as
    `answer`. Under `nbgrader autograde` the points are returned.
    """
    if answer is MISSING:
        answer = _in_notebook(name)
    verdict = _check_quiz(name, answer) if is_quiz(name) else _check_exercise(name, answer)
    PASSED[name] = verdict.passed
    if os.environ.get("NBGRADER_VALIDATING") and not verdict.passed:
        raise CheckFailed(f"\n{verdict}")
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        from IPython.display import display

        display(verdict)
        return verdict.points
    return verdict


def judge_answer(
    exercise: Exercise,
    drawn: Sequence[Drawn],
    outcomes: Sequence[Outcome],
    mistakes: Sequence[KnownMistake],
    source: str,
    notebook: str = "",
) -> Verdict:
    """Judge outcomes, and fail a right answer whose source uses what it must do without."""
    verdict = judge(exercise, drawn, outcomes, mistakes)
    used = uses(source, exercise.without, notebook) if verdict.passed else []
    if not used:
        return verdict
    message = f"this exercise is to be solved without {' and '.join(used)}"
    return replace(verdict, status="failed", findings=[Finding("source", "", message)])


def _check_exercise(name: str, answer: Any) -> Verdict:
    exercise = find(name)
    record = records.load(exercise.topic)
    drawn = record.drawn(name)
    outcomes = run_cases(exercise, answer, [case.inputs for case in drawn])
    mistakes = record.mistakes(name)
    verdict = judge_answer(exercise, drawn, outcomes, mistakes, source_of(answer))
    return begin_there(verdict, _called(answer), PASSED)


def _check_quiz(name: str, answer: Any) -> Verdict:
    exercise = find_any(name)
    quiz = records.load(exercise.topic).quizzes[name]
    return judge_quiz(quiz, run_cases(exercise, answer, [{}])[0])


def begin_there(verdict: Verdict, called: Iterable[str], passed: Mapping[str, bool]) -> Verdict:
    """Name the other exercises that an answer calls and that have not passed.

    The fault may be there. Then no hint is given: what a known mistake answers was recorded with
    all others right, so that one which looks the same now need not be it.
    """
    if not verdict.findings:
        return verdict
    topic, _, own = verdict.exercise.partition(".")
    others = [name for name in dict.fromkeys(called) if name != own]
    suspects = [name for name in others if passed.get(f"{topic}.{name}") is False]
    if not suspects:
        return verdict
    note = f"It calls {' and '.join(suspects)}, whose check has not passed: begin there."
    return replace(verdict, hint=None, note=note)


def _called(answer: Any) -> list[str]:
    """Return the global names that an answer uses."""
    parts = vars(answer).values() if isinstance(answer, type) else [answer]
    plain = [inspect.unwrap(part) for part in parts if callable(part)]
    codes = [part.__code__ for part in plain if hasattr(part, "__code__")]
    return [name for code in codes for name in global_names(code)]


def global_names(code: CodeType) -> list[str]:
    """Return the global names that the functions in a piece of code use. Runs nothing."""
    return [step.argval for step in _steps(code) if step.opname == "LOAD_GLOBAL"]


def _steps(code: CodeType) -> Iterator[dis.Instruction]:
    """Yield the instructions of a function, and of those inside it, such as comprehensions."""
    yield from dis.get_instructions(code)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _steps(inner)


def _in_notebook(name: str) -> Any:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        raise TypeError(f'outside a notebook, hand the answer in: check("{name}", answer)')
    return shell.user_ns.get(name.partition(".")[2], MISSING)
