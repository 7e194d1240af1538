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
from dataclasses import dataclass
from pathlib import Path

import nbformat

from gradelib.author.compose import open_chapter, reference_answers, student_notebook, with_answers
from gradelib.author.sources import renamed, variants
from gradelib.student.handin import pack
from gradelib.teacher.course import Course, CourseError, Week
from gradelib.teacher.rehearsal.editors import FORMS

__all__ = ["simulate"]

NAMES = ("ada", "ben", "chloe", "dario", "emine", "finn", "goran", "hana", "ines", "jonas")
CHANCES = {"right": 45, "mistake": 30, "alternative": 15, "blank": 10}
WRITTEN = "Because a word that was never seen still falls into pieces that were."


@dataclass(frozen=True)
class Options:
    """What can be answered to one exercise, as source by kind."""

    points: int
    right: str
    mistakes: tuple[str, ...]
    alternatives: tuple[str, ...]


def simulate(course: Course, week: Week, students: int, seed: int, to: Path) -> Path:
    """Write the class's hand-ins and truth.csv into a new folder; return the truth's path."""
    if to.exists() and any(to.iterdir()):
        raise CourseError(f"{to} is not empty: name another folder with --to")
    luck = random.Random(seed)
    truth: dict[str, dict[str, int]] = {}
    options = {name: _options(course, name) for name in week.notebooks}
    for number in range(students):
        student = NAMES[number % len(NAMES)] + (str(number // len(NAMES) + 1) if number > 9 else "")
        truth[student] = _student(course, week, student, number, options, luck, to)
    path = to / "truth.csv"
    names = list(next(iter(truth.values())))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["student", *names])
        writer.writerows([s, *[points[n] for n in names]] for s, points in sorted(truth.items()))
    return path


def _student(
    course: Course, week: Week, student: str, number: int,
    options: dict[str, dict[str, Options]], luck: random.Random, to: Path,
) -> dict[str, int]:  # fmt: skip
    """Write one hand-in. The first student has all right, the second one all blank."""
    form = list(FORMS)[number % len(FORMS)]
    truth: dict[str, int] = {}
    paths = []
    for name, exercises in options.items():
        kinds = dict.fromkeys(exercises, "right" if number == 0 else "blank")
        if number > 1:
            kinds = {e: luck.choices(list(CHANCES), list(CHANCES.values()))[0] for e in exercises}
        answers = _answers(exercises, kinds, luck)
        truth |= {
            e: o.points * (kinds[e] in ("right", "alternative")) for e, o in exercises.items()
        }
        blank = student_notebook(course.root, name)
        blank.metadata["gradelib"]["week"] = week.name
        written = _written(blank) if luck.random() < 0.7 else {}
        path = to / student / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FORMS[form](with_answers(blank, answers | written)))
        paths.append(path)
    _hand_in(week, student, paths, number % 2 == 0, luck, to)
    return truth


def _hand_in(
    week: Week, student: str, paths: list[Path], packed: bool, luck: random.Random, to: Path
) -> None:
    """Pack the notebooks as `gradelib submit` does, or leave the folder as it is."""
    now = dt.datetime.now(dt.UTC)
    due = min(now, week.due.replace(tzinfo=dt.UTC)) if week.due else now
    when = due - dt.timedelta(hours=luck.randint(1, 99))
    for path in paths:
        os.utime(path, (when.timestamp(), when.timestamp()))
    if packed:
        pack(paths, student, to, when)
        for path in paths:
            path.unlink()
        paths[0].parent.rmdir()


def _options(course: Course, notebook: str) -> dict[str, Options]:
    """Return what can be answered in a notebook, in the order of its exercises."""
    chapter = open_chapter(course.root, notebook)
    topic = chapter.story.topic
    right = reference_answers(course.root, topic)
    wrong, other = (variants(course.root, kind, topic) for kind in ("mistakes", "alternatives"))
    found = {}
    for name, exercise in chapter.exercises.items():
        sources = [
            tuple(renamed(s, exercise.function) for s in known.get(exercise.function, {}).values())
            for known in (wrong, other)
        ]
        found[name] = Options(exercise.points, right[name], *sources)
    for name, quiz in chapter.story.of_kind("quiz").items():
        letters = "abcdefghij"[: len(quiz.choices)]
        found[name] = Options(
            quiz.points, right[name], tuple(x for x in letters if x != right[name]), ()
        )
    return found


def _answers(
    exercises: dict[str, Options], kinds: dict[str, str], luck: random.Random
) -> dict[str, str]:
    """Choose the answers of one notebook; `kinds` is brought in line with them."""
    answers = {}
    for name, options in exercises.items():
        other = options.alternatives or (options.right,)
        choices = {"right": (options.right,), "mistake": options.mistakes, "alternative": other}
        if choices.get(kinds[name]):
            answers[name] = luck.choice(choices[kinds[name]])
        else:
            kinds[name] = "blank"
    not_right = {"mistake", "blank"}
    while unsure := [
        name for name, text in answers.items()
        if any(kinds[other] in not_right for other in _called(name, text, exercises))
    ]:  # fmt: skip
        for name in unsure:
            kinds[name] = "blank"
            del answers[name]
    return answers


def _called(name: str, source: str, exercises: dict[str, Options]) -> list[str]:
    """Return the other exercises whose functions an answer uses."""
    topic = name.partition(".")[0]
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return [f"{topic}.{x}" for x in used if f"{topic}.{x}" in exercises and f"{topic}.{x}" != name]


def _written(notebook: nbformat.NotebookNode) -> dict[str, str]:
    cells = [cell.metadata.get("gradelib", {}) for cell in notebook.cells]
    return {said["exercise"]: WRITTEN for said in cells if said.get("kind") == "written"}
