"""One exercise with all that its proofs need, and answers run on it. Proves nothing."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gradelib.author.sources import read_solutions, stub, variants
from gradelib.checking.exercise import Exercise, find, in_topic
from gradelib.checking.judge import judge
from gradelib.checking.outcome import Drawn, KnownMistake, Outcome
from gradelib.checking.records import load
from gradelib.checking.runner import run_cases
from gradelib.checking.verdict import Verdict

__all__ = ["ROOT", "Subject", "equivalents", "exempt", "exercises", "subject"]

ROOT = Path(__file__).parents[2]
FLOOR = 0.25  # seconds that every answer gets
SEED = 1000  # fresh seeds count from here; the visible ones are small


@dataclass(eq=False)
class Subject:
    """An exercise under proof. What is drawn and run is kept, so that each is run once."""

    exercise: Exercise
    reference: Any
    source: str
    stub: str
    namespace: dict[str, Any]  # of the reference's module
    alternatives: dict[str, Any]
    mistakes: dict[str, tuple[Any, str]]  # the wrong answer and its hint
    visible: list[Drawn]
    known: list[KnownMistake]  # as recorded, on the visible cases
    equivalent: dict[str, str] = field(default_factory=dict)  # mutant -> why nothing can kill it
    exempt: dict[str, str] = field(default_factory=dict)  # of a rule -> why it does not apply
    pools: dict[int, list[Drawn]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.exercise.name

    def fresh(self, pool: int = 0) -> list[Drawn]:
        """Return what one grading draws: each case under as many seeds as the exercise asks."""
        if pool not in self.pools:
            seeds = range(SEED + pool * self.exercise.fresh_seeds, SEED + 10**6)
            inputs = [
                (case, self.exercise.draw(case, seed))
                for seed in seeds[: self.exercise.fresh_seeds]
                for case in self.exercise.cases
            ]
            outcomes = run_cases(self.exercise, self.reference, [one for _, one in inputs])
            self.pools[pool] = [
                Drawn(case, one, outcome)
                for (case, one), outcome in zip(inputs, outcomes, strict=True)
            ]
        return self.pools[pool]

    def run(self, answer: Any, drawn: Sequence[Drawn]) -> list[Outcome]:
        return run_cases(self.exercise, answer, [one.inputs for one in drawn])

    def judged(self, answer: Any, drawn: Sequence[Drawn]) -> Verdict:
        return judge(self.exercise, drawn, self.run(answer, drawn))

    def live(self, drawn: Sequence[Drawn]) -> list[KnownMistake]:
        """Run the known mistakes, as a teacher's process does."""
        return [
            KnownMistake(name, hint, self.at_pace(name).run(wrong, drawn))
            for name, (wrong, hint) in self.mistakes.items()
        ]

    @functools.cached_property
    def hurried(self) -> Subject:
        """The same with a time limit that fits the reference, so that endless loops end soon."""
        drawn = self.visible + self.fresh()
        slowest = max(one.seconds for one in self.run(self.reference, drawn))
        seconds = min(self.exercise.seconds, max(FLOOR, 20 * slowest))
        return replace(self, exercise=replace(self.exercise, seconds=seconds))

    def at_pace(self, mistake: str) -> Subject:
        """This, or hurried for a mistake that is recorded to run out of time, or one like it."""
        outcomes = [o for one in self.known if one.name == mistake for o in one.outcomes]
        endless = any(outcome.status == "timeout" for outcome in outcomes)
        return self.hurried if endless else self


@functools.cache
def exercises() -> list[str]:
    """Return the names of all exercises of all topics."""
    topics = sorted(path.parent.name for path in ROOT.glob("solutions/*/__init__.py"))
    return [name for topic in topics for name in in_topic(topic)]


@functools.cache
def subject(name: str, root: Path = ROOT) -> Subject:
    """Read an exercise's reference, variants, stub and records from the project."""
    exercise = find(name)
    topic, function = exercise.topic, exercise.function
    source = read_solutions(root, topic)[function]
    others = variants(root, "alternatives", topic)[function]
    wrong = variants(root, "mistakes", topic)[function]
    recorded = load(topic, root / "gradelib" / "topics")
    return Subject(
        exercise,
        source.object,
        source.text,
        stub(source, exercise.given),
        source.space,
        {how: one.object for how, one in others.items()},
        {how: (one.object, _one_line(one.docstring)) for how, one in wrong.items()},
        recorded.drawn(name),
        recorded.mistakes(name),
        equivalents(root).get(name, {}),
        exempt(root).get(name, {}),
    )


@functools.cache
def equivalents(root: Path = ROOT) -> dict[str, dict[str, str]]:
    """Return `{exercise: {mutant: reason}}`, as `solutions/<topic>/equivalent.toml` have it."""
    return _listed(root, "equivalent.toml")


@functools.cache
def exempt(root: Path = ROOT) -> dict[str, dict[str, str]]:
    """Return `{exercise: {line of a rule: reason}}`, as `solutions/<topic>/exempt.toml` have it."""
    return _listed(root, "exempt.toml")


def _listed(root: Path, file: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(root.glob(f"solutions/*/{file}")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
