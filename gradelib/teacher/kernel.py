"""Run one notebook's cells in a kernel of its own, and ask it for answers. Judges nothing.

`run` takes plain data and returns plain data, so that it can go to another process. `_opened` is
the one place where a kernel is started. A cell that hangs or kills its kernel costs only itself:
a new kernel runs the others. What a kernel answers is not believed: it is bytes in a file.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import site
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gradelib.answers import Malformed, pack, unpack
from gradelib.teacher.bundle import copy_package, link
from gradelib.teacher.course import Limits

__all__ = ["Ran", "Work", "error_output", "run"]

SPARE = 5.0  # seconds for asking, beside what the cases may take
RESTARTS = 6  # kernels that a notebook may use up
KEPT = (  # of the environment; all else, such as keys and tokens, stays with the teacher
    "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
    "CONDA_PREFIX", "OMP_NUM_THREADS", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT",
    "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
)  # fmt: skip
ASK = """
import pathlib
from gradelib.probe import serve
serve(pathlib.Path({request!r}), pathlib.Path({reply!r}), get_ipython().user_ns)
"""


@dataclass(frozen=True)
class Work:
    """All that running one notebook takes."""

    cells: Mapping[int, str]  # position in the notebook -> source, in the order to run
    asked: Mapping[str, list[dict[str, Any]]]  # exercise -> inputs
    seconds: Mapping[str, float]  # exercise -> limit for one case
    limits: Limits
    files: Path | None = None  # a folder whose files lie beside the notebook


@dataclass
class Ran:
    """What came of it: outputs by cell, and by exercise the outcomes or why there are none."""

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, Any] = field(default_factory=dict)
    stopped: dict[int, str] = field(default_factory=dict)  # cells that were given up, and why


class _Stopped(Exception):
    """The kernel is of no more use. The message says why."""


def run(work: Work) -> Ran:
    """Run the cells, ask for the answers. Never raises for anything that a student wrote."""
    return run_sync(_run)(work)


async def _run(work: Work) -> Ran:
    ran = Ran()
    deadline = time.monotonic() + work.limits.notebook_seconds
    why = ""
    for _ in range(RESTARTS):
        with tempfile.TemporaryDirectory(prefix="gradelib-", ignore_cleanup_errors=True) as folder:
            _furnish(Path(folder), work.files)
            async with _opened(Path(folder), work.limits) as client:
                try:
                    await _run_cells(client, work, ran, deadline)
                    await _ask_all(client, Path(folder), work, ran, deadline)
                    return ran
                except _Stopped as stopped:
                    why = str(stopped)
        if time.monotonic() > deadline:
            break
    for name in work.asked:
        ran.replies.setdefault(name, f"it was not reached: {why}")
    for position in work.cells:
        if position not in ran.outputs:
            ran.stopped.setdefault(position, f"not run: {why}")
    return ran


async def _run_cells(client: _Client, work: Work, ran: Ran, deadline: float) -> None:
    """Run each cell that no kernel was lost to, and those that miss a name again at the end.

    Whoever moved cells about ran them in another order.
    """
    waiting = [position for position in work.cells if position not in ran.stopped]
    before = len(waiting) + 1
    while waiting and len(waiting) < before:
        before = len(waiting)
        for position in waiting:
            source = work.cells[position]
            ran.outputs[position] = await _run_cell(client, position, source, ran, deadline)
        waiting = [p for p in waiting if _misses_a_name(ran.outputs[p])]


def _misses_a_name(outputs: list[dict[str, Any]]) -> bool:
    return any(output.get("ename") == "NameError" for output in outputs)


async def _run_cell(
    client: _Client, position: int, source: str, ran: Ran, deadline: float
) -> list[dict[str, Any]]:
    try:
        return await client.output_of(source, deadline)
    except _Stopped as stopped:
        ran.stopped[position] = str(stopped)
        ran.outputs[position] = [
            error_output("Stopped", f"{stopped}; the other cells were run without this one")
        ]
        raise


def error_output(kind: str, said: str) -> dict[str, Any]:
    """Return an error as a cell's output has it."""
    return dict(new_output("error", ename=kind, evalue=said, traceback=[f"{kind}: {said}"]))


async def _ask_all(client: _Client, folder: Path, work: Work, ran: Ran, deadline: float) -> None:
    """Ask for one exercise after the other: one which kills the kernel costs only itself."""
    for name, inputs in work.asked.items():
        if name in ran.replies:
            continue
        request, reply = folder / ".request", folder / ".reply"
        reply.unlink(missing_ok=True)
        request.write_bytes(pack({name: inputs}))
        limit = work.seconds[name] * len(inputs) + SPARE
        code = ASK.format(request=str(request), reply=str(reply))
        try:
            await client.output_of(code, min(deadline, time.monotonic() + limit), limit)
        except _Stopped as stopped:
            ran.replies[name] = f"while this was checked: {stopped}"
            raise
        ran.replies[name] = _read(reply, name, len(inputs), work.limits.reply_megabytes * 1_000_000)


def _read(path: Path, name: str, cases: int, largest: int) -> Any:
    """Return what the kernel answered, as a list of dicts, or say why it is of no use."""
    try:
        if path.is_symlink() or not path.is_file():
            return "the notebook's kernel gave no answer"
        if path.stat().st_size > largest:
            return f"the answer is larger than {largest // 1_000_000} MB"
        outcomes = unpack(path.read_bytes())[name]
    except (Malformed, OSError, KeyError, TypeError, RecursionError, MemoryError) as error:
        return f"the answer cannot be read: {error}"
    if not isinstance(outcomes, list) or len(outcomes) != cases:
        return "the answer cannot be read: it does not have one part for each case"
    return outcomes


class _Client(NotebookClient):
    """nbclient's, with limits: on time by giving the kernel up, on output by dropping it."""

    def __init__(self, manager: AsyncKernelManager, limits: Limits) -> None:
        super().__init__(new_notebook(), manager, allow_errors=True, coalesce_streams=True)
        self.interrupt_on_timeout = False
        self.store_widget_state = False
        self.limits = limits
        self.left = 0

    async def output_of(
        self, source: str, deadline: float, limit: float | None = None
    ) -> list[dict[str, Any]]:
        """Run one piece of code and return its outputs. Raises _Stopped."""
        limit = limit or self.limits.cell_seconds
        remaining = deadline - time.monotonic()
        self.timeout = max(1, round(min(limit, remaining)))
        self.left = self.limits.output_kilobytes * 1000
        self.reset_execution_trackers()
        cell = new_code_cell(source)
        self.nb.cells = [cell]
        try:
            if remaining > 0:
                await self.async_execute_cell(cell, 0, store_history=False)
                return [dict(output) for output in cell.outputs]
        except CellTimeoutError:
            if limit <= remaining:
                raise _Stopped(f"it took longer than {limit:g} seconds") from None
        except DeadKernelError:
            said = "the kernel died: it was left on purpose, crashed, or ran out of memory"
            raise _Stopped(said) from None
        raise _Stopped(f"the {self.limits.notebook_seconds:g} seconds for a notebook were over")

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            size = len(json.dumps(msg["content"], default=str))
            if self.left < 0:
                return None
            self.left -= size
            if self.left < 0:
                said = f"… more than {self.limits.output_kilobytes} kB: the rest was left out\n"
                cell.outputs.append(new_output("stream", name="stdout", text=said))
                return None
        return super().process_message(msg, cell, cell_index)


@asynccontextmanager
async def _opened(folder: Path, limits: Limits) -> AsyncIterator[_Client]:
    """Start a kernel in a folder, with little of our environment; end it whatever happens."""
    manager = AsyncKernelManager(kernel_name="python3")
    client = _Client(manager, limits)
    try:
        await manager.start_kernel(
            cwd=str(folder),
            env=_environment(folder),
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        await client.async_start_new_kernel_client()
        yield client
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = {name: str(folder) for name in ("HOME", "USERPROFILE", "IPYTHONDIR", "TMPDIR", "TEMP")}
    return kept | home | {
        "PYTHONPATH": str(_package()),
        "PYTHONUSERBASE": site.getuserbase(),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "HF_HUB_OFFLINE": "1",
    }  # fmt: skip


@functools.cache
def _package() -> Path:
    """Return a folder that holds what students have of gradelib, and the data, and no more."""
    folder = Path(tempfile.mkdtemp(prefix="gradelib-package-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy_package(folder)
    return folder


def _furnish(folder: Path, files: Path | None) -> None:
    """Lay beside the notebook what lies there at the student's: the data, the week's files."""
    link(_package() / "data", folder / "data")
    for path in sorted(files.iterdir()) if files else []:
        if path.suffix != ".ipynb" and path.name != "timestamp.txt" and path.name != "data":
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, folder / path.name)
