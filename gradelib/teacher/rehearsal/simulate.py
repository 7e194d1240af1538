"""A pretend class: right answers, known mistakes, blanks and alternatives, with the truth.

The truth is the points that each student must get for each exercise. Where an answer calls
another function that is not right in the same notebook, it is left blank: so the truth is sure.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
import os
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode

from gradelib.author.compose import open_chapter, reference_answers, student_notebook, with_answers
from gradelib.author.sources import renamed, variants
from gradelib.checking.tags import CellTag, NotebookTag
from gradelib.student.handin import pack
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.rehearsal.editors import EDITORS

__all__ = ["simulate"]

Kind = Literal["right", "mistake", "alternative", "blank"]
NAMES = ("ada", "ben", "chloe", "dario", "emine", "finn", "goran", "hana", "ines", "jonas")
CHANCES: dict[Kind, int] = {"right": 45, "mistake": 30, "alternative": 15, "blank": 10}
WRITTEN = "Because a word that was never seen still falls into pieces that were."
LETTERS = "abcdefghij"


@dataclass(frozen=True)
class Answers:
    """What can be answered to one exercise, as source by kind."""

    points: int
    right: str
    mistakes: tuple[str, ...]
    alternatives: tuple[str, ...]

    def of(self, kind: Kind) -> tuple[str, ...]:
        if kind == "alternative":
            return self.alternatives or (self.right,)
        return {"right": (self.right,), "mistake": self.mistakes, "blank": ()}[kind]


def simulate(course: Course, week: Week, students: int, seed: int, to: Path) -> Path:
    """Write the class's hand-ins and truth.csv into a new folder; return the truth's path."""
    if to.exists() and any(to.iterdir()):
        raise CourseError(f"{to} is not empty: name another folder with --to")
    pretend = _PretendClass(course, week, seed, to)
    truth = dict(pretend.hand_in(number) for number in range(students))
    path = to / "truth.csv"
    names = list(next(iter(truth.values())))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["student", *names])
        writer.writerows([s, *[points[n] for n in names]] for s, points in sorted(truth.items()))
    return path


class _PretendClass:
    """Writes hand-ins, one student after the other; the same seed writes the same."""

    def __init__(self, course: Course, week: Week, seed: int, to: Path) -> None:
        self.course, self.week, self.to = course, week, to
        self.rng = random.Random(seed)
        self.answers = {notebook: _answers(course, notebook) for notebook in week.notebooks}

    def hand_in(self, number: int) -> tuple[str, dict[str, int]]:
        """Write one hand-in; return its student, and the points that each exercise must get.

        The first student has all right, the second one all blank.
        """
        student = NAMES[number % len(NAMES)] + (str(number // len(NAMES) + 1) if number > 9 else "")
        save = list(EDITORS.values())[number % len(EDITORS)]
        truth: dict[str, int] = {}
        paths = []
        for notebook, exercises in self.answers.items():
            kinds = self.kinds(number, exercises)
            answered = self.choose(exercises, kinds)
            for name, answers in exercises.items():
                truth[name] = answers.points * (kinds[name] in ("right", "alternative"))
            path = self.to / student / f"{notebook}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(save(self.notebook(notebook, answered)))
            paths.append(path)
        self.deliver(student, paths, packed=number % 2 == 0)
        return student, truth

    def kinds(self, number: int, exercises: dict[str, Answers]) -> dict[str, Kind]:
        if number < 2:
            return dict.fromkeys(exercises, "right" if number == 0 else "blank")
        kinds, weights = list(CHANCES), list(CHANCES.values())
        return {name: self.rng.choices(kinds, weights)[0] for name in exercises}

    def choose(self, exercises: dict[str, Answers], kinds: dict[str, Kind]) -> dict[str, str]:
        """Choose the answers of one notebook; `kinds` is brought in line with them."""
        chosen = {}
        for name, answers in exercises.items():
            if choices := answers.of(kinds[name]):
                chosen[name] = self.rng.choice(choices)
            else:
                kinds[name] = "blank"
        while unsure := [
            name
            for name, source in chosen.items()
            if any(kinds[n] in ("mistake", "blank") for n in _called(name, source, exercises))
        ]:
            for name in unsure:
                kinds[name] = "blank"
                del chosen[name]
        return chosen

    def notebook(self, name: str, answers: dict[str, str]) -> NotebookNode:
        """Return a notebook with these answers; of the written ones some are blank."""
        blank = student_notebook(self.course.root, name)
        replace(NotebookTag.of(blank), week=self.week.name).put_into(blank)
        written = _written(blank) if self.rng.random() < 0.7 else {}
        return with_answers(blank, answers | written)

    def deliver(self, student: str, paths: list[Path], packed: bool) -> None:
        """Pack the notebooks as `gradelib submit` does, or leave the folder as it is."""
        now = dt.datetime.now(dt.UTC)
        due = min(now, self.week.due.replace(tzinfo=dt.UTC)) if self.week.due else now
        when = due - dt.timedelta(hours=self.rng.randint(1, 99))
        for path in paths:
            os.utime(path, (when.timestamp(), when.timestamp()))
        if packed:
            pack(paths, student, self.to, when)
            for path in paths:
                path.unlink()
            paths[0].parent.rmdir()


def _answers(course: Course, notebook: str) -> dict[str, Answers]:
    """Return what can be answered in a notebook, in the order of its exercises."""
    chapter = open_chapter(course.root, notebook)
    topic = chapter.story.topic
    right = reference_answers(course.root, topic)
    wrong, other = (variants(course.root, kind, topic) for kind in ("mistakes", "alternatives"))
    answers = {}
    for name, exercise in chapter.exercises.items():
        mistakes, alternatives = (
            tuple(
                renamed(source, exercise.function) for source in known[exercise.function].values()
            )
            for known in (wrong, other)
        )
        answers[name] = Answers(exercise.points, right[name], mistakes, alternatives)
    for name, quiz in chapter.story.of_kind("quiz").items():
        letters = LETTERS[: len(quiz.choices)].replace(right[name], "")
        answers[name] = Answers(quiz.points, right[name], tuple(letters), ())
    return answers


def _called(name: str, source: str, exercises: dict[str, Answers]) -> list[str]:
    """Return the other exercises whose functions an answer uses."""
    topic = name.partition(".")[0]
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return [e for e in (f"{topic}.{x}" for x in used) if e in exercises and e != name]


def _written(notebook: NotebookNode) -> dict[str, str]:
    tags = [CellTag.of(cell) for cell in notebook.cells]
    return {tag.exercise: WRITTEN for tag in tags if tag.kind == "written"}
