"""Answers and reference in, verdict out. Pure: no files, no clock, no student's code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from gradelib.checking.compare import Difference, difference
from gradelib.checking.exercise import Exercise, Inputs, Invariant
from gradelib.checking.hints import find_hint
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome
from gradelib.checking.quiz import Quiz, unlock
from gradelib.checking.showing import brief, short
from gradelib.checking.verdict import Finding, Verdict, VerdictStatus

__all__ = ["fails", "judge", "judge_quiz"]


def judge(
    exercise: Exercise,
    drawn: Sequence[Drawn],
    outcomes: Sequence[Outcome],
    mistakes: Sequence[KnownMistake] = (),
    source: str = "",
) -> Verdict:
    """Judge what an answer gave on each of `drawn`, in the same order.

    `source` is the answer's own, which a hint may need.
    """
    if len(drawn) != len(outcomes) or not drawn:
        raise ValueError(f"{exercise.name}: {len(drawn)} cases, but {len(outcomes)} outcomes")
    if any(outcome.status == "not_written" for outcome in outcomes):
        note = next(o.message for o in outcomes if o.status == "not_written")
        return Verdict(exercise.name, "not attempted", exercise.points, len(drawn), note=note)
    pairs = list(zip(drawn, outcomes, strict=True))
    found = [_finding(exercise, number, *pair) for number, pair in enumerate(pairs)]
    findings = [one for one in found if one]
    if not findings:
        return Verdict(exercise.name, "passed", exercise.points, len(drawn))
    status = findings[0].kind
    hint = find_hint(exercise, drawn, outcomes, mistakes, partial(fails, exercise), source)
    said, certain = (hint.text, hint.certain) if hint else (None, True)
    return Verdict(exercise.name, status, exercise.points, len(drawn), findings, said, certain)


def fails(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> bool:
    """Say whether an outcome is not what it should be."""
    return _fault(exercise, drawn, outcome) is not None


def _finding(exercise: Exercise, number: int, drawn: Drawn, outcome: Outcome) -> Finding | None:
    fault = _fault(exercise, drawn, outcome)
    if fault is None:
        return None
    return Finding(
        drawn.case.name,
        drawn.case.text,
        fault.message,
        fault.differs,
        ", ".join(f"{name} = {brief(value)}" for name, value in drawn.inputs.items()),
        outcome.lines,
        outcome.printed,
        "failed" if outcome.status == "value" else "error",
        number,
    )


def _fault(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Difference | None:
    """Say what is not right, or return None."""
    expected = drawn.expected
    if outcome.status == "timeout":
        return Difference(outcome.message)
    if outcome.status == "error":
        if expected.status == "error" and expected.error in (outcome.error, *outcome.kinds):
            return None
        wanted = f"expected {expected.error}, got " if expected.status == "error" else ""
        return Difference(f"{wanted}{outcome.error}: {outcome.message}")
    if expected.status == "error":
        return Difference(f"expected {expected.error}, got a result: nothing was raised")
    if outcome.changed:
        names = " and ".join(f"`{name}`" for name in outcome.changed)
        return Difference(f"it changes its argument {names}; work on a copy")
    differs = _compare(exercise, drawn, outcome)
    if differs is not None and differs.of_form:
        return differs
    broken = _broken(exercise.invariants, drawn.inputs, outcome)
    if differs is None and not broken:
        return None
    parts = ([differs.message] if differs else []) + broken
    return Difference("; ".join(parts), differs.differs if differs else None)


def _compare(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Difference | None:
    if exercise.equal is None:
        return _by_parts(exercise, drawn, outcome)
    try:
        message = exercise.equal(drawn.expected.value, outcome.value, drawn.inputs)
    except Exception as error:  # noqa: BLE001 - the answer has a form that the comparison does not expect
        differs = difference(drawn.expected.value, outcome.value, exercise.tolerance)
        return differs or Difference(
            f"the answer cannot be compared: {type(error).__name__}: {error}"
        )
    return Difference(message) if message else None


def _by_parts(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Difference | None:
    """Compare step by step, or part by part, what only the check has put together."""
    expected, answer = drawn.expected.value, outcome.value
    parts: list[tuple[str, Any, Any]] = [("", expected, answer)]
    dicts = isinstance(expected, dict) and isinstance(answer, dict)
    lists = isinstance(expected, list) and isinstance(answer, list)
    if exercise.driver is None and exercise.kind == "class" and lists:
        steps = [_step(*step) for step in enumerate(drawn.inputs["steps"], start=1)]
        parts = list(zip(steps, expected, answer, strict=False))
    elif exercise.driver is not None and dicts and answer.keys() == expected.keys():
        parts = [(f"{key}: ", due, answer[key]) for key, due in expected.items()]
    for label, due, came in parts:
        differs = difference(due, came, exercise.tolerance)
        if differs is not None:
            return replace(differs, message=label + differs.message)
    return None


def _step(number: int, step: str | tuple[str, Inputs]) -> str:
    """Name a step that was taken with an object: a call of a method, or an attribute."""
    if isinstance(step, str):
        return f"step {number}, its attribute `{step}`: "
    method, arguments = step
    told = ", ".join(f"{name}={short(value, 30)}" for name, value in arguments.items())
    return f"step {number}, the call `{method}({told})`: "


def _broken(invariants: Sequence[Invariant], inputs: Inputs, outcome: Outcome) -> list[str]:
    """Say which invariants do not hold. One that cannot read the answer does not hold either."""
    broken = []
    for invariant in invariants:
        try:
            holds = invariant.holds(inputs, outcome.value)
        except Exception:  # noqa: BLE001 - a malformed answer; what is malformed about it is said by `compare`
            holds = False
        if holds is not True:
            reason = f" ({holds})" if isinstance(holds, str) else ""
            broken.append(f"this should always hold, but does not: {invariant.text}{reason}")
    return broken


def judge_quiz(quiz: Quiz, outcome: Outcome) -> Verdict:
    """Judge the letter that was chosen, and give the explanation that belongs to it."""
    letters = ", ".join(f'"{letter}"' for letter in quiz.choices)
    if outcome.status != "value" or outcome.value in ("", None):
        note = f"choose one of {letters}"
        return Verdict(quiz.name, "not attempted", quiz.points, 1, note=note)
    choice = outcome.value
    chosen = re.sub(r"[\s().]", "", choice).lower() if isinstance(choice, str) else ""
    if chosen not in quiz.choices:
        message = f"expected one of {letters}, got {choice!r}"
        return Verdict(quiz.name, "failed", quiz.points, 1, [Finding("choice", "", message)])
    earned = unlock(quiz.name, chosen, quiz.choices[chosen])
    status: VerdictStatus = "passed" if earned["right"] else "failed"
    return Verdict(quiz.name, status, quiz.points, 1, note=f"{chosen}: {earned['why']}")
