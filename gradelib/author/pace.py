"""How long a notebook takes, and the table in its header that says so.

An estimate from the story alone, so that it cannot be forgotten: whoever adds an exercise adds
its minutes. An exercise of which this is not true says so: `minutes=20` beside its name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from gradelib.author.story import Part, Story
from gradelib.checking.exercise import Exercise

__all__ = ["duration", "minutes_of", "minutes_to_read", "table", "total_minutes"]

WORDS = 150  # that are read in a minute, with formulas and pictures between them
LOOK = 0.5  # minutes for what one demonstration shows
EXERCISE = {1: 8, 2: 10, 3: 12}  # minutes by difficulty
OTHER = {"quiz": 2, "written": 8}
LEVEL = {"quiz": "quiz", "written": "in your words"}


def minutes_of(part: Part, exercise: Exercise | None = None) -> int:
    """Return the minutes for an exercise, a quiz or a written answer: its own, or the usual."""
    usual = EXERCISE[exercise.difficulty] if exercise else OTHER[part.kind]
    return part.minutes or usual


def minutes_to_read(story: Story) -> int:
    """Return the minutes for reading a story and looking at what it shows."""
    words = looks = 0
    for part in story.parts:
        if part.kind == "code":
            looks += "demonstration" in part.metadata.get("tags", ())
        else:
            told = [part.source, *(choice.text for choice in part.choices)]
            words += sum(len(text.split()) for text in told)
    return math.ceil(words / WORDS + looks * LOOK)


def total_minutes(story: Story, exercises: Mapping[str, Exercise]) -> int:
    """Return the minutes for all of a notebook but what is extra."""
    counting = [
        minutes_of(part, exercises.get(name))
        for name, part in _asked(story).items()
        if not _is_extra(exercises.get(name))
    ]
    return minutes_to_read(story) + sum(counting)


def duration(minutes: int) -> str:
    """Say minutes as one would: *about 50 minutes*, *about 2 hours 40 minutes*.

    >>> duration(163)
    'about 2 hours 40 minutes'
    """
    if minutes < 90:
        return f"about {5 * max(1, round(minutes / 5))} minutes"
    hours, rest = divmod(10 * round(minutes / 10), 60)
    return f"about {hours} hour{'s' * (hours > 1)}" + (f" {rest} minutes" if rest else "")


def table(story: Story, exercises: Mapping[str, Exercise]) -> str:
    """Return, in Markdown, the table of what there is to do and how long each takes."""
    rows = ["| exercise | points | minutes | difficulty |", "|:--|--:|--:|:--|"]
    rows.append(f"| *reading and looking* | | {minutes_to_read(story)} | |")
    points = 0
    for name, part in _asked(story).items():
        exercise = exercises.get(name)
        own = exercise.points if exercise else part.points
        level = _stars(exercise) if exercise else LEVEL[part.kind]
        worth = "extra" if _is_extra(exercise) else str(own)
        called = name.partition(".")[2]
        rows.append(f"| `{called}` | {worth} | {minutes_of(part, exercise)} | {level} |")
        points += own
    without = ", without what is extra" if any(map(_is_extra, exercises.values())) else ""
    time = duration(total_minutes(story, exercises))
    rows.append(f"| **all**{without} | **{points}** | **{time}** | |")
    return "\n".join(rows)


def _asked(story: Story) -> dict[str, Part]:
    return story.of_kind("exercise", "quiz", "written")


def _is_extra(exercise: Exercise | None) -> bool:
    return exercise is not None and exercise.is_extra


def _stars(exercise: Exercise) -> str:
    return "★" * exercise.difficulty + "☆" * (3 - exercise.difficulty)
