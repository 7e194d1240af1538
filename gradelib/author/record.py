"""Record what the reference and the known mistakes answer on the visible cases. No code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from gradelib.author import StoryError
from gradelib.author.compose import LETTERS, open_chapter
from gradelib.author.sources import Source, variants
from gradelib.author.story import Story, find_notebook
from gradelib.checking import codec, records
from gradelib.checking.compare import difference
from gradelib.checking.exercise import Exercise, Inputs, Tolerance
from gradelib.checking.judge import same_outcome
from gradelib.checking.outcome import Outcome
from gradelib.checking.quiz import Earned, lock
from gradelib.checking.runner import run_cases

__all__ = ["record"]

PATIENCE = 3  # times the limit: what ends then is only slow


def record(root: Path, topic: str, write: bool = True) -> list[Path]:
    """Record a topic in gradelib/topics/<topic>, and return the files that changed.

    What is stored stays as it is where it is equal within the topic's tolerance, since the last
    bits differ from one processor to another. Raises StoryError.
    """
    chapter = open_chapter(root, find_notebook(root, topic))
    mistakes = variants(root, "mistakes", topic)
    arrays: codec.Arrays = {}
    exercises = {}
    for name, exercise in chapter.exercises.items():
        source = chapter.solutions[exercise.function]
        exercises[name] = _exercise(exercise, source, mistakes[exercise.function], arrays)
    tree: records.TopicTree = {"exercises": exercises, "quizzes": _quizzes(chapter.story)}
    folder = root / "gradelib" / "topics"
    if _is_stored(topic, tree, arrays, list(chapter.exercises.values()), folder):
        return []
    if write:
        records.save(topic, tree, arrays, folder)
    return [
        folder / topic / f"records.{suffix}"
        for suffix in ("json", "safetensors")[: 1 + bool(arrays)]
    ]


def _exercise(
    exercise: Exercise, source: Source, mistakes: Mapping[str, Source], arrays: codec.Arrays
) -> records.ExerciseRecord:
    """Run one exercise's reference and mistakes on its visible cases."""
    seeds = range(exercise.visible_seeds)
    drawn = [(case.name, exercise.draw(case, seed)) for case in exercise.cases for seed in seeds]
    inputs = [one for _, one in drawn]
    expected = [
        replace(outcome, message="") for outcome in run_cases(exercise, source.object, inputs)
    ]
    cases: list[records.CaseRecord] = []
    for (name, one), outcome in zip(drawn, expected, strict=True):
        if said := _unfit(exercise, source, one, outcome):
            raise StoryError(source.path, source.line, f"{exercise.name}, case {name!r}: {said}")
        tree, _ = codec.encode(one, arrays)
        right = records.outcome_record(outcome, arrays)
        cases.append({"case": name, "inputs": tree, "expected": right})
    wrong = [_mistake(exercise, how, mistakes[how], inputs, expected, arrays) for how in mistakes]
    return {"cases": cases, "mistakes": wrong}


def _unfit(exercise: Exercise, source: Source, inputs: Inputs, outcome: Outcome) -> str | None:
    """Say why a case cannot be recorded, or return None."""
    if not _is_plain(inputs):
        return "its inputs are no plain data, so that they cannot be recorded: use a driver"
    if outcome.status == "timeout":
        return f"the reference takes more than {exercise.seconds:g} seconds: make the case smaller"
    if outcome.status == "not_written":
        return "the reference raises NotImplementedError: write it"
    if outcome.status == "error" and outcome.error not in source.docstring:
        return f"the reference raises {outcome.error}: mend it, or say so in its docstring"
    if outcome.changed:
        return f"the reference changes its argument {', '.join(outcome.changed)}: copy it first"
    return None if _is_plain(outcome.value) else "the answer is no plain data: use a driver"


def _is_plain(value: Any) -> bool:
    plain = codec.decode(*codec.encode(value))
    return difference(plain, plain) is None


def _mistake(
    exercise: Exercise, how: str, source: Source, inputs: list[Inputs],
    expected: Sequence[Outcome], arrays: codec.Arrays,
) -> records.MistakeRecord:  # fmt: skip
    """Run a known mistake: "same" stands where it answers like the reference."""
    told: list[records.OutcomeRecord | Literal["same"]] = []
    for outcome, right in zip(_answered(exercise, source, inputs), expected, strict=True):
        same = same_outcome(exercise, outcome, right)
        plain = replace(outcome, message="")  # worded by this version of a library
        told.append("same" if same else records.outcome_record(plain, arrays))
    if all(one == "same" for one in told):
        said = f"{source.name} answers every case like the reference: add one that tells them apart"
        raise StoryError(source.path, source.line, said)
    return {"name": how, "hint": " ".join(source.docstring.split()), "outcomes": told}


def _answered(exercise: Exercise, source: Source, inputs: list[Inputs]) -> list[Outcome]:
    """Return what a known mistake answers, given more time if it seems to hang.

    On a busy computer some only seem so, and what is recorded must not depend on that.
    """
    answered = run_cases(exercise, source.object, inputs)
    late = [one for one, out in zip(inputs, answered, strict=True) if out.status == "timeout"]
    if not late:
        return answered
    patient = replace(exercise, seconds=PATIENCE * exercise.seconds)
    (again,) = run_cases(patient, source.object, late[:1])
    return answered if again.status == "timeout" else run_cases(patient, source.object, inputs)


def _quizzes(story: Story) -> dict[str, records.QuizRecord]:
    found: dict[str, records.QuizRecord] = {}
    for name, part in story.of_kind("quiz").items():
        said = [Earned(right=choice.right, why=choice.why) for choice in part.choices]
        locked = {a: lock(name, a, one) for a, one in zip(LETTERS, said, strict=False)}
        found[name] = {"points": part.points, "choices": locked}
    return found


def _is_stored(
    topic: str, tree: Any, arrays: codec.Arrays, exercises: Sequence[Exercise], folder: Path
) -> bool:
    try:
        stored = records.load(topic, folder)
        before = _filled(stored.tree, stored.arrays)
    except (LookupError, ValueError):  # not there, or not whole
        return False
    tolerances = [exercise.tolerance for exercise in exercises] or [Tolerance()]
    loosest = Tolerance(max(t.relative for t in tolerances), max(t.absolute for t in tolerances))
    return difference(before, _filled(tree, arrays), loosest) is None


def _filled(tree: Any, arrays: codec.Arrays) -> Any:
    """Return a record with its arrays in place: their numbers go by the order of the exercises."""
    if isinstance(tree, list):
        return [_filled(item, arrays) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if tree.keys() == {"array"}:
        return arrays[tree["array"]]
    if tree.keys() == {"tensor"}:
        key, kind = tree["tensor"]
        return [arrays[key], kind]
    return {key: _filled(item, arrays) for key, item in tree.items()}
