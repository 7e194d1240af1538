"""What a student reads about the progress of a notebook: as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment

from gradelib.checking.verdict import COLOURS, MARKS, VerdictStatus

__all__ = ["Progress", "State", "Task", "duration"]

State = Literal[VerdictStatus, "not checked", "written"]
WORDS = {"failed": "not right yet", "error": "raises an error", "written": "a person reads it"}
PAGE = Environment(autoescape=True, trim_blocks=True).from_string(
    """
<div class="gradelib-progress" style="padding: 6px 14px; line-height: 1.5; max-width: 60em;
 background: var(--jp-layout-color1, transparent); color: var(--jp-content-font-color1, inherit)">
<div><b>{{ summary }}</b></div>
<table style="margin: 6px 0">
<tr><th></th><th style="text-align: left">exercise</th><th style="text-align: left">the check</th>
<th>points</th>{% if minutes %}<th>minutes</th>{% endif %}</tr>
{% for mark, colour, task, words, points in rows %}
<tr data-status="{{ task.state }}"><td style="color: {{ colour }}">{{ mark }}</td>
<td style="text-align: left"><code>{{ task.name }}</code></td>
<td style="text-align: left">{{ words }}</td><td>{{ points }}</td>
{% if minutes %}<td>{{ task.minutes or "" }}</td>{% endif %}</tr>
{% endfor %}
</table>
{% if last %}<div>{{ last }}</div>{% endif %}
</div>
"""
)


@dataclass(frozen=True)
class Task:
    """An exercise, a quiz or a question to answer in words, and how far it is."""

    name: str  # topic.name
    points: int  # 0: extra, it counts for nothing
    minutes: int  # that it is likely to take, 0 where nobody said
    state: State = "not attempted"

    @property
    def done(self) -> bool:
        return self.state in ("passed", "written")

    @property
    def earned(self) -> int:
        return self.points if self.state == "passed" else 0


@dataclass(frozen=True)
class Progress:
    """How far a notebook is, for a person to read."""

    notebook: str
    tasks: Sequence[Task]

    @property
    def counted(self) -> list[Task]:
        """What earns points: all but the extra tasks."""
        return [task for task in self.tasks if task.points]

    @property
    def left(self) -> list[Task]:
        return [task for task in self.counted if not task.done]

    @property
    def minutes_left(self) -> int:
        return sum(task.minutes for task in self.left)

    @property
    def summary(self) -> str:
        tasks = self.counted
        done, earned = len(tasks) - len(self.left), sum(task.earned for task in tasks)
        parts = [f"{done} of {len(tasks)} done", f"{earned} of {_points(tasks)} points"]
        parts += [f"{duration(self.minutes_left)} left"] if self.minutes_left else []
        return f"{self.notebook}: {', '.join(parts)}"

    @property
    def last_line(self) -> str:
        """What to do next, or what only a person can say."""
        if self.left:
            return f"Next: {self.left[0].name}"
        waiting = _points([task for task in self.counted if task.state == "written"])
        return f"A person reads what you wrote: {waiting} more points." if waiting else "All done."

    def row(self) -> list[str]:
        """Return the notebook, what is done, points, minutes left, and what comes next."""
        tasks, minutes = self.counted, str(self.minutes_left or "")
        done, earned = len(tasks) - len(self.left), sum(task.earned for task in tasks)
        following = self.left[0].name if self.left else "all done"
        points = f"{earned} of {_points(tasks)}"
        return [self.notebook, f"{done} of {len(tasks)}", points, minutes, following]

    def __str__(self) -> str:
        width = max((len(task.name) for task in self.tasks), default=0)
        lines = [self.summary]
        for task in self.tasks:
            time = f"  {task.minutes} min" if task.minutes and not task.done else ""
            said = f"{_mark(task)} {task.name:<{width}}  {_worth(task)}  {_words(task)}{time}"
            lines.append(f"  {said}")
        return "\n".join([*lines, self.last_line])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = [(_mark(t), COLOURS.get(t.state, ""), t, _words(t), _worth(t)) for t in self.tasks]
        minutes = any(task.minutes for task in self.tasks)
        return PAGE.render(summary=self.summary, rows=rows, last=self.last_line, minutes=minutes)


def duration(minutes: int) -> str:
    """Say minutes as one would: *about 50 minutes*, *about 2 hours 40 minutes*.

    >>> duration(163)
    'about 2 hours 40 minutes'
    """
    if minutes < 90:
        return f"about {5 * max(1, round(minutes / 5))} minutes"
    hours, rest = divmod(10 * round(minutes / 10), 60)
    return f"about {hours} hour{'s' * (hours > 1)}" + (f" {rest} minutes" if rest else "")


def _points(tasks: Sequence[Task]) -> int:
    return sum(task.points for task in tasks)


def _worth(task: Task) -> str:
    if not task.points:
        return "extra"
    return f"{task.earned} of {task.points}"


def _mark(task: Task) -> str:
    return MARKS.get(task.state, "·")


def _words(task: Task) -> str:
    return WORDS.get(task.state, task.state)
