"""Run one notebook's cells in a kernel of its own, and ask it for answers. Judges nothing.

`run` takes plain data and returns plain data, so that it can go to another process. `_opened` is
the one place where a kernel is started. A cell that hangs or kills its kernel costs only itself:
a new kernel runs the others. What a kernel answers is not believed: it is bytes in a file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import zmq
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.client import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gradelib.teacher import room
from gradelib.teacher.course import Limits
from gradelib.teacher.nursery import NurseryError, NurseryKernelManager

__all__ = ["Ran", "Work", "error_output", "run"]

SPARE = 5.0  # seconds for asking, beside what the cases may take
RESTARTS = 6  # kernels that a notebook may use up
MESSAGE = 64 * 2**20  # bytes of one message; the kernel that sends more is not heard any more
SHOWN = ("stream", "display_data", "execute_result", "update_display_data", "error")
ASK = """
import pathlib
from gradelib.probe import serve
serve(pathlib.Path({request!r}), pathlib.Path({reply!r}), get_ipython().user_ns)
"""


@dataclass(frozen=True)
class Work:
    """All that running one notebook takes."""

    cells: Mapping[int, str]  # position in the notebook -> source, in the order to run
    asked: Mapping[str, bytes]  # exercise -> its request, packed
    seconds: Mapping[str, float]  # exercise -> limit for all of its cases
    limits: Limits
    files: Mapping[str, bytes] = field(default_factory=dict)  # what lies beside the notebook
    caged: bool = True
    hidden: tuple[str, ...] = ()  # folders that a kernel must not be able to read


@dataclass
class Ran:
    """What came of it: outputs by cell, and by exercise what was answered."""

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, bytes | str] = field(default_factory=dict)  # packed outcomes, or why not
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
        with room.furnished(work.files) as folder:
            async with _opened(folder, work) as client:
                try:
                    await _run_cells(client, work, ran, deadline)
                    await _ask_all(client, folder, work, ran, deadline)
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
    largest = int(work.limits.reply_megabytes * 1_000_000)
    for number, (name, packed) in enumerate(work.asked.items()):
        if name in ran.replies:
            continue
        request, reply = folder / f".request-{number}", folder / f".reply-{number}"
        request.write_bytes(packed)
        limit = work.seconds[name] + SPARE
        code = ASK.format(request=str(request), reply=str(reply))
        try:
            await client.output_of(code, min(deadline, time.monotonic() + limit), limit)
        except _Stopped as stopped:
            ran.replies[name] = f"while this was checked: {stopped}"
            raise
        ran.replies[name] = _read(reply, largest)


def _read(path: Path, largest: int) -> bytes | str:
    """Return what the kernel wrote, which nobody has looked at yet, or why there is nothing."""
    try:
        if path.is_symlink() or not path.is_file():
            return "the notebook's kernel gave no answer"
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            data = file.read(largest + 1)  # the kernel may still be writing
    except OSError as error:
        return f"the answer cannot be read: {error}"
    return data if len(data) <= largest else f"the answer is larger than {largest // 1_000_000} MB"


class _Client(NotebookClient):
    """nbclient's, with limits: on time by giving the kernel up, on output by dropping it."""

    def __init__(self, manager: AsyncKernelManager, limits: Limits) -> None:
        super().__init__(new_notebook(), manager, allow_errors=True, coalesce_streams=True)
        self.interrupt_on_timeout = False
        self.store_widget_state = False
        self.on_cell_executed = self._note
        self.leaves = False  # whether the kernel was told to end, as by quit()
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
                if self.leaves:
                    raise _Stopped("it ended the kernel")
                if isinstance(self.km, NurseryKernelManager) and self.km.has_too_much():
                    raise DeadKernelError  # now, so that no later cell is blamed
                return _clean(cell)
        except CellTimeoutError:
            if limit <= remaining:
                raise _Stopped(f"it took longer than {limit:g} seconds") from None
        except DeadKernelError:
            ended = getattr(self.km, "ended", "") or "it was left on purpose or crashed"
            raise _Stopped(f"the kernel died: {ended}") from None
        except (NurseryError, _Stopped):
            raise
        except Exception as error:
            raise _Stopped(f"what the kernel sent cannot be read: {error!r:.200}") from error
        raise _Stopped(f"the {self.limits.notebook_seconds:g} seconds for a notebook were over")

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"].startswith("comm_"):  # widgets, whose state would pile up here
            return None
        if msg["msg_type"] in SHOWN:
            size = len(json.dumps(msg["content"], default=str))
            if self.left < 0:
                return None
            self.left -= size
            if self.left < 0:
                said = f"… more than {self.limits.output_kilobytes} kB: the rest was left out\n"
                cell.outputs.append(new_output("stream", name="stdout", text=said))
                return None
        return super().process_message(msg, cell, cell_index)

    def _note(self, cell: Any, execute_reply: dict[str, Any], **_: Any) -> None:
        """Record an error of which nothing was shown, as nbgrader's Execute does; and a quit()."""
        said = execute_reply["content"]
        if said["status"] == "error" and not any(o.output_type == "error" for o in cell.outputs):
            cell.outputs.append(error_output(str(said["ename"]), str(said["evalue"])[:2000]))
        self.leaves = any(part.get("source") == "ask_exit" for part in said.get("payload", ()))


def _clean(cell: Any) -> list[dict[str, Any]]:
    """Return a cell's outputs if a notebook may hold them: a kernel can send anything."""
    if not cell.outputs:
        return []
    text = json.dumps(cell.outputs, default=str, ensure_ascii=False).encode("utf-8", "replace")
    cell = new_code_cell(cell.source, outputs=nbformat.from_dict(json.loads(text)))
    try:
        nbformat.validate(new_notebook(cells=[cell]), relax_add_props=True)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        said = f"what the cell put out is not an output of a notebook: {error!s:.200}"
        return [error_output("Malformed", said)]
    return [dict(output) for output in cell.outputs]


@asynccontextmanager
async def _opened(folder: Path, work: Work) -> AsyncIterator[_Client]:
    """Start a kernel in a folder, with little of our environment; end it whatever happens."""
    manager = room.kernel_manager(folder, work.limits, work.caged, work.hidden)
    manager.context.setsockopt(zmq.MAXMSGSIZE, MESSAGE)
    client = _Client(manager, work.limits)
    try:
        await manager.start_kernel(
            cwd=str(folder),
            env=room.environment(folder),
            extra_arguments=["--HistoryManager.hist_file=:memory:"],
            **room.launch_options(),
        )
        await client.async_start_new_kernel_client()
        yield client
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        manager.context.destroy(linger=0)
