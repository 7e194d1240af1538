"""Record what the reference and the known mistakes answer on the visible cases. No code."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
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
from gradelib.checking.judge import fails
from gradelib.checking.likeness import same_outcome
from gradelib.checking.outcome import Drawn, Outcome
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
    folder = root / "gradelib" / "topics"
    hang = _known_to_hang(topic, folder)
    for name, exercise in chapter.exercises.items():
        source = chapter.solutions[exercise.function]
        exercises[name] = _exercise(exercise, source, mistakes[exercise.function], arrays, hang)
    tree: records.TopicTree = {"exercises": exercises, "quizzes": _quizzes(chapter.story)}
    if _is_stored(topic, tree, arrays, list(chapter.exercises.values()), folder):
        return []
    if write:
        records.save(topic, tree, arrays, folder)
    return [
        folder / topic / f"records.{suffix}"
        for suffix in ("json", "safetensors")[: 1 + bool(arrays)]
    ]


def _known_to_hang(topic: str, folder: Path) -> set[tuple[str, str]]:
    """Return by exercise and name the mistakes that ran out of time when they were recorded."""
    try:
        stored = records.load(topic, folder).tree["exercises"]
        return {
            (name, mistake["name"])
            for name, one in stored.items()
            for mistake in one["mistakes"]
            if any(out != "same" and out["status"] == "timeout" for out in mistake["outcomes"])
        }
    except (LookupError, ValueError):  # not there, or not whole
        return set()


def _exercise(
    exercise: Exercise,
    source: Source,
    mistakes: Mapping[str, Source],
    arrays: codec.Arrays,
    hang: Container[tuple[str, str]],
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
    by_name = {case.name: case for case in exercise.cases}
    asked = [
        Drawn(by_name[name], one, outcome)
        for (name, one), outcome in zip(drawn, expected, strict=True)
    ]
    wrong = [
        _mistake(exercise, how, source, asked, arrays, (exercise.name, how) in hang)
        for how, source in mistakes.items()
    ]
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
    exercise: Exercise,
    how: str,
    source: Source,
    asked: Sequence[Drawn],
    arrays: codec.Arrays,
    hangs: bool,
) -> records.MistakeRecord:
    """Run a known mistake: "same" stands where it answers like the reference, and passes."""
    told: list[records.OutcomeRecord | Literal["same"]] = []
    answered = _answered(exercise, source, [one.inputs for one in asked], hangs)
    for one, outcome in zip(asked, answered, strict=True):
        same = same_outcome(exercise, outcome, one.expected) and not fails(exercise, one, outcome)
        told.append("same" if same else records.outcome_record(outcome, arrays))
    if all(one == "same" for one in told):
        said = f"{source.name} answers every case like the reference: add one that tells them apart"
        raise StoryError(source.path, source.line, said)
    return {"name": how, "hint": " ".join(source.docstring.split()), "outcomes": told}


def _answered(
    exercise: Exercise, source: Source, inputs: list[Inputs], hangs: bool
) -> list[Outcome]:
    """Return what a known mistake answers, given more time if it seems to hang.

    On a busy computer some only seem so, and what is recorded must not depend on that. One that
    hung when it was recorded, and does now, is not asked again.
    """
    answered = run_cases(exercise, source.object, inputs)
    late = [one for one, out in zip(inputs, answered, strict=True) if out.status == "timeout"]
    if not late or hangs:
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
    relative = max(t.relative for t in tolerances)
    loosest = Tolerance(relative, max(t.absolute for t in tolerances), plain=relative)
    return difference(before, _filled(tree, arrays), loosest) is None


def _filled(tree: Any, arrays: codec.Arrays) -> Any:
    """Return a record with its arrays in place: their numbers go by the order of the exercises."""
    if isinstance(tree, list):
        return [_filled(item, arrays) for item in tree]
    if not isinstance(tree, dict):
        return tree
    if "status" in tree:  # an outcome: each version of a library words its errors as it likes
        tree = {key: bool(item) if key == "message" else item for key, item in tree.items()}
    if tree.keys() == {"array"}:
        return arrays[tree["array"]]
    if tree.keys() == {"tensor"}:
        key, kind = tree["tensor"]
        return [arrays[key], kind]
    return {key: _filled(item, arrays) for key, item in tree.items()}
