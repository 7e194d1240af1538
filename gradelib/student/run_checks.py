"""Run the cells of a notebook, as Run All does, and say which of its checks pass.

`python -m gradelib checks` starts this once a notebook, in a process of its own: what a notebook
does to its Python it does to itself alone. Saved outputs count for nothing. Demonstrations are
left out, as at grading.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from gradelib.checking import session
from gradelib.checking.tags import CellTag
from gradelib.checking.time_limit import OutOfTime, time_limit
from gradelib.checking.verdict import Verdict
from gradelib.student.handin import Unreadable, read_notebook
from gradelib.student.progress import of_file
from gradelib.terminal import plain

__all__ = ["CELL", "run_checks", "run_here"]

CELL = 300.0  # seconds of processor time that one cell may take
DONE = (0, 1)  # exit codes: all that counts has passed, or not all
LONGEST = 200  # characters of an error


def run_checks(path: Path) -> bool:
    """Run one notebook in a process of its own and print how far it is; say whether all passed."""
    program = [sys.executable, "-m", "gradelib.student.run_checks", path.name]
    env = os.environ | {"MPLBACKEND": "agg", "PYTHONUTF8": "1"}
    places = [str(Path.cwd()), env.get("PYTHONPATH", "")]
    env["PYTHONPATH"] = os.pathsep.join(place for place in places if place)
    sys.stdout.flush()
    ran = subprocess.run(program, cwd=path.parent, env=env, stdin=subprocess.DEVNULL)
    if ran.returncode not in DONE:
        print(f"{path.name}: its Python ended while it ran (exit code {ran.returncode}), so")
        print("nothing can be said of its checks. Does a cell call exit, or take all memory?")
    return ran.returncode == 0


@dataclass
class _Said:
    """What the cells of a notebook said that is not well."""

    verdicts: dict[str, str] = field(default_factory=dict)  # by exercise; the last check counts
    errors: list[str] = field(default_factory=list)


def run_here(path: Path, seconds: float = CELL) -> int:
    """Run a notebook in this process, print how far it is; return 0 where all that counts passed.

    What is no notebook raises Unreadable.
    """
    said = _run(path, seconds)
    progress = of_file(path, session.STATUS, saved=False)
    if not progress.counted:
        print(f"{path.name} asks for nothing that earns points: is it a notebook of the course?")
        return 1
    print(progress)
    for line in (*said.errors, *said.verdicts.values()):
        print(f"\n{line}")
    return 1 if progress.left else 0


def _run(path: Path, seconds: float) -> _Said:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    said = _Said()
    for number, cell in enumerate(read_notebook(path.read_bytes()).cells, 1):
        if cell.cell_type != "code" or CellTag.of(cell).kind == "demonstration":
            continue
        with capture_output():
            try:
                with time_limit(seconds):
                    result = shell.run_cell(cell.source, store_history=True)
            except OutOfTime as error:
                value, wrong = None, error
            else:
                value = result.result
                wrong = result.error_before_exec or result.error_in_exec
        if wrong is not None:
            why = "it took too long" if isinstance(wrong, OutOfTime) else _in_words(wrong)
            said.errors.append(f"! cell {number} does not run to its end: {why}")
        elif isinstance(value, Verdict):
            said.verdicts.pop(value.exercise, None)
            if value.status in ("failed", "error"):
                said.verdicts[value.exercise] = str(value)
    return said


def _in_words(error: BaseException) -> str:
    return plain(f"{type(error).__name__}: {error}", LONGEST)


if __name__ == "__main__":
    try:
        sys.exit(run_here(Path(sys.argv[1])))
    except Unreadable as why:
        print(f"{sys.argv[1]} cannot be read: {why}")
        sys.exit(1)
