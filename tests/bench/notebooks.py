"""Run the course's notebooks from top to bottom, one after another: `make course`.

With the reference answers, so that all must go well: a cell that raises and a check that does not
pass are errors. `make bench` runs them by the same means. Cells are told by their ids.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from gradelib.author import compose
from tests.bench.looking import LookingManager

__all__ = ["Ran", "blank", "main", "names", "run", "solved"]

ROOT = Path(__file__).parents[2]
SECONDS = 600  # for one cell
ROW = "{:<24}{:>9}{:>11}{:>8}"
PEAK = "import resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


@dataclass(frozen=True)
class Ran:
    """What came of running a notebook."""

    seconds: float  # with the start of its kernel
    megabytes: float | None  # the most that its kernel had; None where it did not live to say
    errors: tuple[str, ...]  # a line each: the cell and what it raised


def names() -> list[str]:
    """Return the notebooks of the course, without .ipynb, in their order."""
    return [path.stem for path in sorted((ROOT / "notebooks" / "src").glob("*.md"))]


def blank(name: str) -> NotebookNode:
    return compose.student_notebook(ROOT, name)


def solved(name: str) -> NotebookNode:
    return compose.with_answers(blank(name), compose.reference_answers(ROOT, name[3:]))


def run(notebook: NotebookNode, all_pass: bool = False) -> Ran:
    """Run a notebook in a kernel of its own, to its end where its kernel lives so long.

    With `all_pass` a check that does not pass raises, as under `nbgrader validate`.
    """
    notebook = nbformat.from_dict(notebook)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    folder = {"metadata": {"path": str(ROOT / "notebooks")}}
    client = NotebookClient(notebook, timeout=SECONDS, allow_errors=True, resources=folder)
    client.kernel_manager_class = LookingManager
    env = os.environ | ({"NBGRADER_VALIDATING": "1"} if all_pass else {})
    start, ended = time.perf_counter(), []
    try:
        client.execute(env=env)
    except (CellTimeoutError, DeadKernelError) as error:
        ended = [f"stopped: {_first_line(str(error))}"]
    seconds = time.perf_counter() - start
    *cells, last = notebook.cells
    peak = None if ended else int(last.outputs[0].text) / 1024
    return Ran(seconds, peak, (*_raised(cells), *ended))


def _raised(cells: Sequence[NotebookNode]) -> Iterator[str]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                yield f"{cell.id}: {output.ename}: {_first_line(output.evalue)}"


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "")


def main(asked: Sequence[str]) -> int:
    """Run the notebooks asked for, by number or name, else all; return how the process ends."""
    chosen = [name for name in names() if not asked or {name, name[:2], name[3:]} & {*asked}]
    unknown = {*asked} - {word for name in names() for word in (name, name[:2], name[3:])}
    if unknown:
        print(f"no notebook {', '.join(sorted(unknown))}; there are {', '.join(names())}")
        return 2
    print(ROW.format("notebook", "seconds", "memory", "errors"), flush=True)
    seconds, errors = 0.0, 0
    for name in chosen:
        ran = run(solved(name), all_pass=True)
        peak = "?" if ran.megabytes is None else f"{ran.megabytes:.0f} MB"
        print(ROW.format(name, f"{ran.seconds:.0f}", peak, len(ran.errors)), flush=True)
        for error in ran.errors:
            print(f"  {error}", flush=True)
        seconds, errors = seconds + ran.seconds, errors + len(ran.errors)
    print(ROW.format("all", f"{seconds:.0f}", "", errors))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
