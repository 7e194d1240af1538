"""Where am I? What passed, what is left, points and minutes: `progress()` and its command.

In a notebook the checks of this session count, and for the others what the saved file shows. On
the command line it is the saved file alone. Nothing is run, and no file is changed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradelib.checking import session
from gradelib.checking.exercise import UnknownExercise, in_topic
from gradelib.checking.records import load
from gradelib.checking.tags import CellTag
from gradelib.checking.verdict import MARKS, VerdictStatus
from gradelib.student.answered import says_something
from gradelib.student.handin import Unreadable, checked, is_blank, read_notebook
from gradelib.student.matching import Matcher, kind_of
from gradelib.student.notebook_files import notebooks_here, open_notebook, original_of, topic_of
from gradelib.student.progress_report import Progress, State, Task

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["of_file", "own_file", "progress"]

STATUS = f"({'|'.join(MARKS)})"
# A verdict as a saved notebook has it: as text, or where a program keeps the HTML alone.
SHOWN = re.compile(rf"\A[{''.join(MARKS.values())}] {STATUS}  (\S+)")
SHOWN_HTML = re.compile(
    rf'gradelib-verdict" data-status="{STATUS}".*?<code>(.*?)</code>', re.DOTALL
)


def progress(topic: str = "") -> Progress | None:
    """Show what of this notebook has passed, what is left, points, and the minutes left.

    Without a topic it is the notebook's own. Where that cannot be seen, a line says what to do.
    """
    path = None if topic else own_file()
    topic = topic or _own_topic(path)
    if not topic:
        print("Run a check of this notebook first: then `progress()` knows which one it is.")
        return None
    if path is None:
        path = next((p for p in notebooks_here(Path.cwd()) if topic_of(p) == topic), None)
    try:
        return of_file(path, session.STATUS) if path else _without_a_file(topic)
    except (OSError, Unreadable):  # it is being saved right now, or is not a notebook's
        return _without_a_file(topic)


def of_file(
    path: Path, said: Mapping[str, VerdictStatus] | None = None, saved: bool = True
) -> Progress:
    """Return how far a saved notebook is; what checks `said` since counts more.

    Without `saved` what they said before counts for nothing. Raises Unreadable where the file is
    no notebook.
    """
    notebook = open_notebook(path) if saved else read_notebook(path.read_bytes())
    topic = topic_of(path, notebook)
    released = original_of(topic, path.parent) or notebook
    return Progress(path.stem, list(_tasks(released, notebook, said or {})))


def _tasks(
    released: NotebookNode, mine: NotebookNode | None, said: Mapping[str, VerdictStatus]
) -> Iterator[Task]:
    """Yield what a notebook asks for, in its order."""
    matcher = Matcher(released.cells, mine.cells if mine else [])
    matcher.match()
    shown = _shown(mine) if mine else {}
    points = _points_by_name(released)
    for index, cell in enumerate(released.cells):
        tag, kind = CellTag.of(cell), kind_of(cell)
        if kind not in ("answer", "written") or not tag.exercise:
            continue
        at = matcher.matches.get(index)
        own = mine.cells[at] if mine is not None and at is not None else None
        if kind == "written":
            is_said = own is not None and says_something(own.source)
            state: State = "written" if is_said else "not attempted"
        else:
            state = said.get(tag.exercise) or _saved_state(own, tag.exercise, shown)
        yield Task(tag.exercise, points.get(tag.exercise, 0), tag.minutes, state)


def _points_by_name(released: NotebookNode) -> dict[str, int]:
    """Return the points of each exercise, which stand in nbgrader's part of its graded cell."""
    found = {}
    for cell in released.cells:
        marks, name = cell.metadata.get("nbgrader"), CellTag.of(cell).exercise
        if name and isinstance(marks, dict) and isinstance(marks.get("points"), int | float):
            found[name] = int(marks["points"])
    return found


def _shown(mine: NotebookNode) -> dict[str, VerdictStatus]:
    """Return what the outputs of the checks say, by exercise; the last check counts."""
    found = {}
    for cell in mine.cells:
        name = checked(cell.source) if cell.cell_type == "code" else None
        for output in cell.outputs if name else ():
            data = output.get("data", {})
            texts = [str(data.get(kind, "")) for kind in ("text/plain", "text/html")]
            for status, exercise in [*SHOWN.findall(texts[0]), *SHOWN_HTML.findall(texts[1])]:
                if exercise == name:
                    found[exercise] = status
    return found


def _saved_state(own: NotebookNode | None, name: str, shown: Mapping[str, VerdictStatus]) -> State:
    if own is None or is_blank(own.source, name.partition(".")[2]):
        return "not attempted"
    status = shown.get(name, "not attempted")
    return "not checked" if status == "not attempted" else status  # it was written since


def _without_a_file(topic: str) -> Progress | None:
    """Return how far a notebook is whose file is out of reach, as on Colab."""
    released = original_of(topic, Path.cwd())
    if released:
        return Progress(topic, list(_tasks(released, None, session.STATUS)))
    try:
        exercises = [*in_topic(topic).values()]
        exercises += [quiz.as_exercise() for quiz in load(topic).quizzes.values()]
    except UnknownExercise as error:
        print(error)
        return None
    said = session.STATUS
    tasks = [Task(e.name, e.points, 0, said.get(e.name, "not attempted")) for e in exercises]
    return Progress(topic, tasks)


def own_file() -> Path | None:
    """Return the file of the notebook in which this runs, where its program says so."""
    names = [os.environ.get("JPY_SESSION_NAME", ""), _variables().get("__vsc_ipynb_file__", "")]
    paths = [Path(name) for name in names if isinstance(name, str) and name.endswith(".ipynb")]
    return next((path for path in paths if path.is_file()), None)


def _own_topic(path: Path | None) -> str:
    """Return the topic of this notebook: of its file, or of what it checked last."""
    if path is not None:
        try:
            return topic_of(path, open_notebook(path))
        except (OSError, Unreadable):
            return topic_of(path)
    names = [*session.STATUS]
    names += [name for source in _variables().get("In", ()) if (name := checked(source))]
    if names:
        return names[-1].partition(".")[0]
    here = notebooks_here(Path.cwd())
    return topic_of(here[0]) if len(here) == 1 else ""


def _variables() -> Mapping[str, Any]:
    """Return the variables of the notebook in which this runs, if it does."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.user_ns if shell is not None else {}
