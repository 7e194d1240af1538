"""Make a notebook of a story, the stubs and the points; put answers into one. Writes no file."""

from __future__ import annotations

import copy
import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum

from gradelib.author import StoryError, pace
from gradelib.author.setup_cell import badge_of, setup_source
from gradelib.author.sources import Source, read_solutions, stub
from gradelib.author.story import Part, Story, find_notebook, read_story
from gradelib.checking.exercise import Exercise, UnknownExercise, in_topic
from gradelib.checking.tags import CellTag, Kind, NotebookTag
from gradelib.student.answered import PLACEHOLDER

__all__ = ["Chapter", "guides", "open_chapter", "reference_answers", "student_notebook",
           "with_answers"]  # fmt: skip

LETTERS = "abcdefghij"
TABLE = re.compile(r"^\{\{exercises\}\}$", re.MULTILINE)
TIME = "{{time}}"
SHOWN = 8  # lines: a longer demonstration is folded away, and a click opens it
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# a click shows it: for JupyterLab and VS Code, and for Colab
FOLDED: dict[str, Any] = {"jupyter": {"source_hidden": True}, "cellView": "form"}


@dataclass(frozen=True)
class Chapter:
    """A story with its exercises and their reference answers, all in agreement."""

    story: Story
    exercises: Mapping[str, Exercise]
    solutions: Mapping[str, Source]  # by function


def open_chapter(root: Path, notebook: str) -> Chapter:
    """Read all that belongs to `NN_topic`. Raises StoryError where the parts disagree."""
    story = read_story(story_path(root, notebook))
    topic, places = story.topic, story.of_kind("exercise")
    solutions = read_solutions(root, topic)
    try:
        exercises = in_topic(topic)
    except UnknownExercise:
        said = f"this topic has no exercises: write gradelib/topics/{topic}/exercises.py"
        raise StoryError(story.path, 1, said) from None
    for name, part in places.items():
        if name not in exercises:
            said = f"no exercise is called {name}; there are {', '.join(exercises)}"
            raise StoryError(story.path, part.line, said)
    for name, exercise in exercises.items():
        if name not in places:
            said = f"{name} has no place in {story.path.name}: add a cell exercise={name!r}"
            raise StoryError(*_defined(exercise), said)
        if exercise.function not in solutions:
            where = f"solutions/{topic}/reference.py"
            said = f"{name} has no solution: write {exercise.function} in {where}"
            raise StoryError(*_defined(exercise), said)
    _check_given(story, exercises, solutions)
    return Chapter(story, exercises, solutions)


def _check_given(
    story: Story, exercises: Mapping[str, Exercise], solutions: Mapping[str, Source]
) -> None:
    """Refuse a solution that is neither asked for nor given, or both."""
    given = story.of_kind("given")
    for name, part in given.items():
        if name in exercises or name.partition(".")[2] not in solutions:
            said = f"{name} is asked for too" if name in exercises else f"{name} has no solution"
            raise StoryError(story.path, part.line, f"{said}: what is given is a solution, no task")
    for function, source in solutions.items():
        name = f"{story.topic}.{function}"
        if name not in exercises and name not in given:
            where = f"gradelib/topics/{story.topic}/exercises.py"
            said = f"{function} has no exercise: add one in {where}, or a cell given={name!r}"
            raise StoryError(source.path, source.line, said)


def student_notebook(root: Path, notebook: str) -> NotebookNode:
    """Return the notebook `NN_topic` that a student opens: every answer a stub, no outputs."""
    chapter = open_chapter(root, notebook)
    story = chapter.story
    cells: list[NotebookNode] = []
    for part in story.parts:
        if part.kind == "text":
            text, tables = TABLE.subn(lambda _: _table(chapter), part.source)
            text = text.replace(TIME, pace.duration(_minutes(chapter)))
            if not cells and (badge := badge_of(root, notebook)):
                title, *rest = text.split("\n", 1)
                text = "\n".join([title, "", badge, *rest])
            cells.append(_cell(part, text, "markdown"))
            if tables:  # the header ends here
                setup = _cell(part, setup_source(root, notebook), kind="setup")
                if not story.number:  # notebook 0 shows what a cell is by this one
                    setup.metadata.pop("jupyter")
                    setup.metadata.pop("cellView")
                cells.append(setup)
        elif part.kind == "code":
            shows = "demonstration" in part.metadata.get("tags", ())
            cells.append(_cell(part, part.source, kind="demonstration" if shows else ""))
        elif part.kind == "given":
            cells.append(_cell(part, chapter.solutions[part.name.partition(".")[2]].text))
        else:
            cells += _place(chapter, part)
    if not any(CellTag.of(cell).kind == "setup" for cell in cells):
        said = (
            "the header needs a line {{exercises}}: there go the table of exercises and the setup"
        )
        raise StoryError(story.path, 1, said)
    _name_cells(story.topic, cells)
    return _notebook(chapter, cells)


def _notebook(chapter: Chapter, cells: list[NotebookNode]) -> NotebookNode:
    story = chapter.story
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook: NotebookNode = new_notebook(cells=cells, metadata=metadata, nbformat_minor=5)
    tag = NotebookTag(
        topic=story.topic,
        title=story.title,
        minutes=_minutes(chapter),
        seconds_to_run=story.seconds_to_run,
        memory_mb=story.memory_mb,
    )
    tag.put_into(notebook)
    return notebook


def with_answers(notebook: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """Return a copy in which the answer cells hold `answers`; all metadata stays.

    An answer is the source of an exercise, the letter of a quiz, or the text of a written one.
    """
    filled = copy.deepcopy(notebook)
    left = dict(answers)
    for cell in filled.cells:
        tag = CellTag.of(cell)
        if tag.kind in ("answer", "written") and tag.exercise in left:
            text = left.pop(tag.exercise)
            is_letter = cell.cell_type == "code" and len(text) == 1
            cell.source = cell.source.replace('""', f'"{text}"', 1) if is_letter else text
    if left:
        raise KeyError(f"the notebook has no place for {', '.join(left)}")
    return filled


def reference_answers(root: Path, topic: str) -> dict[str, str]:
    """Return the right answers of a topic: the source of each exercise, the letter of each quiz."""
    chapter = open_chapter(root, find_notebook(root, topic))
    found = {e.name: chapter.solutions[e.function].text for e in chapter.exercises.values()}
    for name, quiz in chapter.story.of_kind("quiz").items():
        found[name] = LETTERS[[choice.right for choice in quiz.choices].index(True)]
    return found


def guides(root: Path, notebook: str) -> dict[str, str]:
    """Return the marking guide of each written answer, for whoever marks. They never ship."""
    story = read_story(story_path(root, notebook))
    return {name: part.guide for name, part in story.of_kind("written").items()}


def story_path(root: Path, notebook: str) -> Path:
    """Return where the story of a notebook is, if it has one."""
    return root / "notebooks" / "src" / f"{notebook}.md"


def _defined(exercise: Exercise) -> tuple[Path, int]:
    """Return the file and the line in which an exercise is defined."""
    module = importlib.import_module(f"gradelib.topics.{exercise.topic}.exercises")
    first = Path(module.__file__ or "")
    quoted = re.compile(rf"[\"']{re.escape(exercise.name)}[\"']")
    for path in sorted(first.parent.glob("*.py")) if hasattr(module, "SECTIONS") else [first]:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if quoted.search(line):
                return path, number
    return first, 1


def _table(chapter: Chapter) -> str:
    return pace.table(chapter.story, chapter.exercises)


def _minutes(chapter: Chapter) -> int:
    return pace.total_minutes(chapter.story, chapter.exercises)


def _place(chapter: Chapter, part: Part) -> list[NotebookNode]:
    """Return the cells of an exercise, a quiz or a written answer."""
    rest = part.name.partition(".")[2]
    if part.kind == "written":
        minutes = pace.minutes_of(part)
        blank = _cell(part, PLACEHOLDER, "markdown", "written", minutes)
        return [_question(part, part.source), _graded(blank, part.points, solution=True)]
    if part.kind == "quiz":
        letters = LETTERS[: len(part.choices)]
        lines = [f"- **{a}.** {c.text}" for a, c in zip(letters, part.choices, strict=True)]
        before = [_question(part, "\n".join([part.source, "", *lines]))]
        text = f'{rest} = ""  # {", ".join(letters[:-1])} or {letters[-1]}'
        points, minutes = part.points, pace.minutes_of(part)
    else:
        exercise = chapter.exercises[part.name]
        before, text = [], stub(chapter.solutions[rest], exercise.given)
        points, minutes = exercise.points, pace.minutes_of(part, exercise)
    answer = _graded(_cell(part, text, kind="answer", minutes=minutes), solution=True)
    check = _cell(part, f'check("{part.name}")', kind="check")
    return [*before, answer, _graded(check, points)]


def _question(part: Part, text: str) -> NotebookNode:
    return _graded(_cell(part, text, "markdown", "question"))


def _cell(
    part: Part, source: str, cell_type: str = "code", kind: Kind = "", minutes: int = 0
) -> NotebookNode:
    new: Callable[..., NotebookNode] = new_code_cell if cell_type == "code" else new_markdown_cell
    metadata: dict[str, Any] = {} if kind == "setup" else dict(part.metadata)
    if kind == "setup" or (kind == "demonstration" and source.count("\n") >= SHOWN):
        metadata = FOLDED | metadata
    cell = new(source, metadata=metadata)
    if kind:
        CellTag(kind, part.name, minutes=minutes).put_into(cell)
    return cell


def _graded(cell: NotebookNode, points: int | None = None, solution: bool = False) -> NotebookNode:
    """Add nbgrader's metadata. What is no solution is locked."""
    tag = CellTag.of(cell)
    cell.metadata["nbgrader"] = {
        "schema_version": 3, "grade": points is not None, "solution": solution,
        "locked": not solution, "task": False, "cell_type": cell.cell_type,
        "grade_id": _identifier(f"{tag.kind}-{tag.exercise.replace('.', '-')}"),
    } | ({} if points is None else {"points": points})  # fmt: skip
    cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    cell.metadata |= {"deletable": False} | ({} if solution else {"editable": False})
    return cell


def _identifier(text: str) -> str:
    """Return `text`, or where it cannot be an identifier of a cell, a hash of it."""
    fits = re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text)
    return text if fits else "cell-" + sha256(text.encode()).hexdigest()[:16]


def _name_cells(topic: str, cells: list[NotebookNode]) -> None:
    """Give graded cells their grade_id as id, and the others a number after the last of these."""
    after, number = "start", 0
    for cell in cells:
        tag = CellTag.of(cell)
        if "nbgrader" in cell.metadata:
            cell.id = cell.metadata["nbgrader"]["grade_id"]
            after, number = tag.exercise.partition(".")[2], 0
        else:
            number += 1
            cell.id = _identifier(f"{tag.kind or cell.cell_type}-{topic}-{after}-{number}")
