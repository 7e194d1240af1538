"""Answers and reference in, verdict out. Pure: no files, no clock, no student's code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradelib.checking.compare import Difference, brief, difference
from gradelib.checking.exercise import Exercise, Inputs, Invariant
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome
from gradelib.checking.quiz import Quiz, unlock
from gradelib.checking.verdict import Finding, Verdict, VerdictStatus

__all__ = ["judge", "judge_quiz", "same_outcome"]


def judge(
    exercise: Exercise,
    drawn: Sequence[Drawn],
    outcomes: Sequence[Outcome],
    mistakes: Sequence[KnownMistake] = (),
) -> Verdict:
    """Judge what an answer gave on each of `drawn`, in the same order."""
    if len(drawn) != len(outcomes) or not drawn:
        raise ValueError(f"{exercise.name}: {len(drawn)} cases, but {len(outcomes)} outcomes")
    if any(outcome.status == "not_written" for outcome in outcomes):
        note = next(o.message for o in outcomes if o.status == "not_written")
        return Verdict(exercise.name, "not attempted", exercise.points, len(drawn), note=note)
    pairs = list(zip(drawn, outcomes, strict=True))
    findings = [found for pair in pairs if (found := _finding(exercise, *pair))]
    if not findings:
        return Verdict(exercise.name, "passed", exercise.points, len(drawn))
    status = findings[0].kind
    hint = _hint(exercise, outcomes, mistakes)
    return Verdict(exercise.name, status, exercise.points, len(drawn), findings, hint)


def _finding(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Finding | None:
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
    )


def _fault(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Difference | None:
    """Say what is not right, or return None."""
    expected = drawn.expected
    if outcome.status == "timeout":
        return Difference(outcome.message)
    if outcome.status == "error":
        if expected.status == "error" and expected.error == outcome.error:
            return None
        wanted = f"expected {expected.error}, got " if expected.status == "error" else ""
        return Difference(f"{wanted}{outcome.error}: {outcome.message}")
    if expected.status == "error":
        return Difference(f"expected {expected.error}, got a result: nothing was raised")
    if outcome.changed:
        names = " and ".join(f"`{name}`" for name in outcome.changed)
        return Difference(f"it changes its argument {names}; work on a copy")
    differs = _compare(exercise, drawn, outcome)
    broken = _broken(exercise.invariants, drawn.inputs, outcome)
    if differs is None and not broken:
        return None
    parts = ([differs.message] if differs else []) + broken
    return Difference("; ".join(parts), differs.differs if differs else None)


def _compare(exercise: Exercise, drawn: Drawn, outcome: Outcome) -> Difference | None:
    if exercise.equal is None:
        return difference(drawn.expected.value, outcome.value, exercise.tolerance)
    try:
        message = exercise.equal(drawn.expected.value, outcome.value, drawn.inputs)
    except Exception as error:  # noqa: BLE001 - the answer has a form that the comparison does not expect
        differs = difference(drawn.expected.value, outcome.value, exercise.tolerance)
        return differs or Difference(
            f"the answer cannot be compared: {type(error).__name__}: {error}"
        )
    return Difference(message) if message else None


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


def _hint(
    exercise: Exercise, outcomes: Sequence[Outcome], mistakes: Sequence[KnownMistake]
) -> str | None:
    """Return the hint of the known mistake that answers the same on every case."""
    for mistake in mistakes:
        pairs = zip(outcomes, mistake.outcomes, strict=True)
        if all(same_outcome(exercise, left, right) for left, right in pairs):
            return mistake.hint
    return None


def same_outcome(exercise: Exercise, left: Outcome, right: Outcome) -> bool:
    """Say whether two outcomes are one: the same value, or an error of the same type."""
    if (left.status, left.error) != (right.status, right.error):
        return False
    if left.status != "value":
        return True
    if sorted(left.changed) != sorted(right.changed):
        return False
    return difference(right.value, left.value, exercise.tolerance) is None


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
