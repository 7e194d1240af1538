"""A small course of one story, the village, written into a folder of its own."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbformat import NotebookNode

import gradelib.topics
from gradelib.author import StoryError
from gradelib.author.compose import student_notebook
from gradelib.checking.tags import CellTag

TOPIC = "village"

STORY = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    name: python3
gradelib:
  title: The village
  seconds_to_run: 5
  memory_mb: 300
---

# The village

See the [map](figures/map.svg) and `[no link](here.md)`.

{{exercises}}

## Numbers

Twice as much.

```python
import functools

import numpy as np
```

```python exercise="village.double"
```

```python tags=["demonstration"]
print(double(4))
```

```python exercise="village.Well"
```

```python exercise="village.houses"
```

<!-- #region quiz="village.quiz_bread" points=1 -->
Who bakes the bread?

- [ ] the miller
  > The miller grinds the flour.
- [x] the baker,
  in the morning
  > Yes: at four
  > in the morning.
<!-- #endregion -->

<!-- #region written="village.reflect_well" points=2 -->
Why does a village need a well?
> **Guide**: one point for water,
> one for the company.
<!-- #endregion -->
"""

SOLUTIONS = '''\
"""Answers."""

import functools

import numpy as np


@functools.lru_cache(maxsize=4)
def double(
    value: float, *, times: tuple[int, ...] = (2,), name: str = "é"  # how often
) -> float:
    """Return twice the value, “doubled”.

    Raises:
        ValueError: the value is negative.
    """  # a remark that gives the answer away
    # another one
    if value < 0:
        raise ValueError("the value must not be negative")
    return value * float(np.prod(times)) + 0 * len(name)


class Well(dict):
    """Count buckets.

    >>> Well(3).draw()
    2
    """

    rope: float = 3.5

    def __init__(self, buckets: int) -> None:  # here it begins
        # remember them all
        self.buckets_left_in_the_well = buckets

    @property
    def empty(self) -> bool:
        return self.buckets_left_in_the_well == 0

    def draw(self, count: int = 1) -> int:
        """Take buckets, and return how many are left."""
        self.buckets_left_in_the_well -= count
        return self.buckets_left_in_the_well


houses: int = 40 + 2
"""How many houses the village has.

Count them.
"""
'''

MISTAKES = '''\
"""Wrong."""

import functools
import numpy as np

from solutions.village.reference import Well


def double__thrice(value, *, times=(2,), name=""):
    """How often is
    twice?"""
    if value < -1e9:
        return double__thrice(-value)
    return value * 3.0


def double__only_negative(value, *, times=(2,), name=""):
    """What about negative values?"""
    return value * float(np.prod(times))
'''

ALTERNATIVES = """\
def double__by_adding(value, *, times=(2,), name=""):
    if value < 0:
        raise ValueError
    return value + value
"""

EXERCISES = '''\
from gradelib.checking.exercise import Exercise

double = Exercise("village.double", points=2, difficulty=2)
well = Exercise("village.Well", points=3, kind="class", given=("empty", "rope"))
houses = Exercise("village.houses", points=1, kind="value")


@double.case
def some_number(rng):
    """A number."""
    return {"value": float(rng.random())}


@double.case
def negative(rng):
    """A negative number."""
    return {"value": -1.0}


@well.case
def three_buckets(rng):
    """Three."""
    return {"init": {"buckets": 3}, "steps": [["draw", {}], "empty"]}


@houses.case
def all_of_them(rng):
    """All."""
    return {}
'''

COURSE = """
title = "The village"
name = "village"
[colab]
install = "https://example.org/gradelib-0.1.0-py3-none-any.whl"
[[weeks]]
number = 1
title = "All of it"
notebooks = ["07_village"]
"""

FILES = {
    "story": ("notebooks/src/07_village.md", STORY),
    "solutions": ("solutions/village/reference.py", SOLUTIONS),
    "mistakes": ("solutions/village/mistakes.py", MISTAKES),
    "alternatives": ("solutions/village/alternatives.py", ALTERNATIVES),
    "exercises": ("topics/village/exercises.py", EXERCISES),
    "course": ("course.toml", COURSE),
    "map": ("notebooks/figures/map.svg", "<svg/>"),
}  # fmt: skip


class Course:
    """A small course in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "gradelib").mkdir()
        for path, text in FILES.values():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")

    def path(self, file: str) -> Path:
        return self.root / FILES[file][0]

    def change(self, file: str, old: str, new: str) -> None:
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text
        self.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def notebook(self) -> NotebookNode:
        return student_notebook(self.root, "07_village")


@contextmanager
def village_course(root: Path) -> Iterator[Course]:
    """Write the course, and let its exercises and solutions be imported as long as this lasts."""
    folders = [*gradelib.topics.__path__, str(root / "topics")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gradelib.topics, "__path__", folders)
        patch.setattr(sys, "path", [str(root), *sys.path])
        patch.setattr(sys, "dont_write_bytecode", True)
        _forget()
        yield Course(root)
        _forget()


def _forget() -> None:
    """Let this topic's modules be imported anew; gradelib.lab has a village of its own."""
    topics = (f"gradelib.topics.{TOPIC}", f"solutions.{TOPIC}")
    for name in list(sys.modules):
        if any(name == topic or name.startswith(f"{topic}.") for topic in topics):
            del sys.modules[name]


def parts_of(error: StoryError) -> tuple[str, int, str]:
    """Return the file, the line and the message of an error."""
    found = re.fullmatch(r"(.+?):(\d+): (.*)", str(error), re.DOTALL)
    assert found
    return found[1], int(found[2]), found[3]


def cells_of(notebook: NotebookNode, kind: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if CellTag.of(cell).kind == kind]


def answer(notebook: NotebookNode, name: str) -> NotebookNode:
    wanted = f"village.{name}"
    return next(
        cell for cell in cells_of(notebook, "answer") if CellTag.of(cell).exercise == wanted
    )
