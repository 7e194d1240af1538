"""Run one notebook's cells in a kernel of its own, and ask it for answers. Judges nothing.

`run` takes plain data and returns plain data, so that it can go to another process. A cell that
hangs or kills its kernel costs only itself: a new kernel runs the others. What a kernel answers is
not believed: it is bytes in a file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync

from gradelib.teacher.course import Limits
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.client import Client, Stopped, error_output, opened

__all__ = ["Ran", "Reply", "Work", "error_output", "run"]

SPARE = 5.0  # seconds for asking, beside what the cases may take
RESTARTS = 6  # kernels that a notebook may use up
ASK = """
import pathlib
from gradelib.checking.serve import serve
serve(pathlib.Path({request!r}), pathlib.Path({reply!r}), get_ipython().user_ns)
"""

Reply = bytes | str  # packed outcomes, which nobody has looked at yet; or why there are none


@dataclass(frozen=True)
class Work:
    """All that running one notebook takes."""

    cells: Mapping[int, str]  # position in the notebook -> source, in the order to run
    asked: Mapping[str, bytes]  # exercise -> its request, packed
    seconds: Mapping[str, float]  # exercise -> limit for all of its cases
    limits: Limits
    files: Mapping[str, bytes] = field(default_factory=dict)  # what lies beside the notebook
    sandboxed: bool = True
    hidden: tuple[str, ...] = ()  # folders that a kernel must not be able to read


@dataclass
class Ran:
    """What came of it: outputs by cell, and by exercise what was answered."""

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    replies: dict[str, Reply] = field(default_factory=dict)
    stopped: dict[int, str] = field(default_factory=dict)  # cells that were given up, and why


def run(work: Work) -> Ran:
    """Run the cells, ask for the answers. Never raises for anything that a student wrote."""
    return run_sync(_run)(work)


async def _run(work: Work) -> Ran:
    ran = Ran()
    deadline = time.monotonic() + work.limits.notebook_seconds
    why_ended = ""
    for _ in range(RESTARTS):
        with workspace.prepared(work.files) as folder:
            async with opened(folder, work.limits, work.sandboxed, work.hidden) as client:
                try:
                    await _run_cells(client, work, ran, deadline)
                    await _ask_all(client, folder, work, ran, deadline)
                    return ran
                except Stopped as stopped:
                    why_ended = str(stopped)
        if time.monotonic() > deadline:
            break
    for name in work.asked:
        ran.replies.setdefault(name, f"it was not reached: {why_ended}")
    for position in work.cells:
        if position not in ran.outputs:
            ran.stopped.setdefault(position, f"not run: {why_ended}")
    return ran


async def _run_cells(client: Client, work: Work, ran: Ran, deadline: float) -> None:
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
        waiting = [position for position in waiting if _misses_a_name(ran.outputs[position])]


def _misses_a_name(outputs: list[dict[str, Any]]) -> bool:
    return any(output.get("ename") == "NameError" for output in outputs)


async def _run_cell(
    client: Client, position: int, source: str, ran: Ran, deadline: float
) -> list[dict[str, Any]]:
    try:
        return await client.output_of(source, deadline)
    except Stopped as stopped:
        ran.stopped[position] = str(stopped)
        ran.outputs[position] = [
            error_output("Stopped", f"{stopped}; the other cells were run without this one")
        ]
        raise


async def _ask_all(client: Client, folder: Path, work: Work, ran: Ran, deadline: float) -> None:
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
        except Stopped as stopped:
            ran.replies[name] = f"while this was checked: {stopped}"
            raise
        ran.replies[name] = _read(reply, largest)


def _read(path: Path, largest: int) -> Reply:
    """Return what the kernel wrote, or why there is nothing."""
    try:
        if path.is_symlink() or not path.is_file():
            return "the notebook's kernel gave no answer"
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            data = file.read(largest + 1)  # the kernel may still be writing
    except OSError as error:
        return f"the answer cannot be read: {error}"
    return data if len(data) <= largest else f"the answer is larger than {largest // 1_000_000} MB"
