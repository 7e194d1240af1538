"""A client of one kernel, for nbclient's way of running cells, with limits. `opened` starts it."""

from __future__ import annotations

import json
import os
import queue
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_async
from nbclient.client import NotebookClient
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output

from gradelib.sandbox.confine import MIB
from gradelib.sandbox.questions import ASKED, REPLY
from gradelib.teacher.course import Limits
from gradelib.teacher.kernels import workspace
from gradelib.teacher.kernels.channels import MESSAGE, Asked, Channels, context
from gradelib.teacher.kernels.clock import Clock, Timer, memory, processor_time_of
from gradelib.teacher.kernels.outputs import (
    Answer,
    Stopped,
    code_cell,
    error_output,
    valid_outputs,
)
from gradelib.teacher.kernels.provisioner import ForkedKernelManager, ZygoteError

__all__ = ["Client", "opened"]

STARTS = 60.0  # seconds that a kernel may take to start
FLOOD = 256 * MIB  # bytes that one cell may send, or begin to; what is shown of it is much less
CELLS_SHOWN = 20  # times what one cell may print: what all of a notebook may
LOOK = 0.1  # seconds between two looks at the processor time that a cell has used
ALIVE = 1.0  # seconds between two looks whether the kernel lives
SETTLE = "from gradelib.sandbox.stand_ins import settle; settle(get_ipython())"
SHOWN = ("stream", "display_data", "execute_result", "update_display_data", "error")


class Client(NotebookClient):
    """nbclient's, with limits: on time by giving the kernel up, on output by dropping it."""

    def __init__(self, manager: AsyncKernelManager, limits: Limits) -> None:
        super().__init__(new_notebook(), manager, allow_errors=True, coalesce_streams=True)
        self.interrupt_on_timeout = False
        self.store_widget_state = self.record_timing = False
        self.on_cell_executed = self._note
        # whether it takes a question beside a cell, as those of a zygote do
        self.takes_both = isinstance(manager, ForkedKernelManager)
        self.leaves = False  # whether the kernel was told to end, as by quit()
        self.limits = limits
        self.clock = Clock(limits.notebook_seconds)
        self.left = 0  # bytes of output that are still let through
        self.left_of_all = CELLS_SHOWN * limits.output_kilobytes * 1000  # by all cells
        self.sent = 0  # bytes that the cell has sent
        self.memory = 0  # that this process had when the cell began
        self.flooded = False
        self.answer = Answer()
        self.is_asked = False  # whether the cell has ended, and what runs is the question beside it
        self.over = ""  # why the cell that runs was given up

    async def output_of(
        self, source: str, clock: Clock, limit: float | None = None
    ) -> list[dict[str, Any]]:
        """Run one piece of code and return its outputs. Raises Stopped.

        `limit` is in seconds of processor time.
        """
        cell = code_cell(source)
        await self._run(cell, clock, limit or self.limits.cell_seconds)
        return valid_outputs(cell)

    async def answer_to(self, asked: Asked, clock: Clock) -> Answer:
        """Ask a question by itself, and return what came back. Raises Stopped."""
        await self._run(code_cell(asked.code), clock, asked.seconds, asked)
        return self.answer

    async def output_and_answer(
        self, source: str, asked: Asked, clock: Clock
    ) -> tuple[list[dict[str, Any]], Answer | None]:
        """Run a cell, and ask the question that follows it, by one message; None if it did not.

        Raises Stopped. `is_asked` says then whether that was the question's doing.
        """
        cell = code_cell(source)
        await self._run(cell, clock, self.limits.cell_seconds, asked)
        return valid_outputs(cell), self.answer if self.is_asked else None

    async def _run(
        self, cell: NotebookNode, clock: Clock, limit: float, asked: Asked | None = None
    ) -> None:
        assert isinstance(self.kc, Channels)
        self.kc.asked, self.clock, self.is_asked = asked, clock, False
        self._begin(limit)
        self.left = min(self.limits.output_kilobytes * 1000, self.left_of_all)
        self.answer = Answer()
        self.reset_execution_trackers()
        self.nb.cells = [cell]
        try:
            if self.over:
                raise Stopped(self.over, late=True)
            await self.async_execute_cell(cell, 0, store_history=False)
            self.timer.look()
            if self.leaves:
                raise Stopped("it ended the kernel")
            if isinstance(self.km, ForkedKernelManager) and self.km.has_too_much():
                raise DeadKernelError  # now, so that no later cell is blamed
            if await self.was_cut_off():
                self.is_asked = False  # it may be the cell's doing: whoever asks again will know
                raise Stopped(f"it sent a message of more than {MESSAGE // MIB} MB")
        except DeadKernelError:
            if self.over:
                raise Stopped(self.over, late=not self.flooded) from None
            overran = getattr(self.km, "overran", False)
            # of who ends at once it may be lost that the question has begun
            unsure = bool(asked and asked.code != cell.source and not self.is_asked and not overran)
            self.is_asked = self.is_asked and not overran
            ended = getattr(self.km, "ended", "") or "it was left on purpose or crashed"
            raise Stopped(f"the kernel died: {ended}", unsure=unsure) from None
        except (ZygoteError, Stopped):
            raise
        except Exception as error:
            raise Stopped(f"what the kernel sent cannot be read: {error!r:.200}") from error

    def _begin(self, limit: float) -> None:
        """Begin to count for a cell, or for the question beside it."""
        self.timer = Timer(self.clock, limit, self._processor_time)
        self.over, self.sent, self.flooded, self.memory = self.timer.look(), 0, False, memory()

    def _begin_question(self) -> None:
        assert isinstance(self.kc, Channels)
        self._look()
        if self.kc.asked and not self.is_asked:
            self._begin(self.kc.asked.seconds)
            self.is_asked, self.left = True, -1  # what an answer shows is left out

    def _processor_time(self) -> float:
        """Return the seconds that the kernel has computed since it began."""
        pid = getattr(self.km.provisioner if self.km else None, "pid", None)
        return processor_time_of(pid, with_children=self.limits.processes > 0) if pid else 0.0

    async def _async_poll_for_reply(
        self, msg_id: str, cell: NotebookNode, *_: Any
    ) -> dict[str, Any]:
        """Read both channels until the cell has ended. Raises DeadKernelError.

        As three tasks of nbclient's do; in one loop it takes half as long.
        """
        reply, is_idle, looked, alive = None, False, time.monotonic(), time.monotonic()
        give_up = float("inf")
        while time.monotonic() < give_up and (reply is None or not is_idle):
            ready = dict(self.poller.poll(int(LOOK * 1000)))
            if self.iopub in ready and (message := self._heard(self.iopub, msg_id)):
                try:
                    self.process_message(message, cell, 0)
                except CellExecutionComplete:
                    is_idle = True
            if self.shell in ready and (message := self._heard(self.shell, msg_id)):
                reply, give_up = message, time.monotonic() + self.iopub_timeout
            if time.monotonic() - looked >= LOOK:
                self._look()
                looked = time.monotonic()
            if time.monotonic() - alive > ALIVE:
                await self._async_check_alive()
                alive = time.monotonic()
        assert reply is not None
        return reply

    def _heard(self, socket: zmq.Socket[bytes], msg_id: str) -> dict[str, Any] | None:
        """Return the next message, if it belongs to the cell that runs.

        As jupyter_client's `deserialize`, but without a look at dates that nobody reads.
        """
        assert self.kc is not None
        _, parts = self.kc.session.feed_identities(socket.recv_multipart())
        if parts[0] != self.kc.session.sign(parts[1:5]):
            raise ValueError("a message has a wrong signature")
        header, parent, metadata, content = map(json.loads, parts[1:5])
        if parent.get("msg_id") != msg_id:
            return None
        whole = {"header": header, "parent_header": parent, "metadata": metadata}
        return {**whole, "msg_type": header["msg_type"], "content": content, "buffers": parts[5:]}

    def _look(self) -> None:
        self.over = self.over or self.timer.look()
        # a message of many parts is memory, too, while it has not ended
        self.flooded = self.sent > FLOOD or memory() - self.memory > FLOOD
        if self.flooded:
            self.over = f"it sent more than {FLOOD // MIB} MB"
        if self.over:
            raise DeadKernelError

    async def _async_poll_output_msg(self, *_: Any) -> None:
        """Do nothing: the above reads it."""

    async def _async_poll_kernel_alive(self) -> None:
        """The same."""

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"].startswith("comm_"):  # widgets, whose state would pile up here
            return None
        if msg["msg_type"] == ASKED:
            return self._begin_question()
        if msg["msg_type"] == REPLY:
            self.answer = Answer(b"".join(msg["buffers"]), str(msg["content"].get("signs"))[:100])
            self.sent += len(self.answer.packed or b"")
            return None
        if msg["msg_type"] in SHOWN:
            size = len(json.dumps(msg["content"], default=str))
            self.sent += size
            if self.left < 0:
                return None
            self.left -= size
            self.left_of_all -= size
            if self.left < 0:
                text = f"… more than {self.limits.output_kilobytes} kB: the rest was left out\n"
                cell.outputs.append(new_output("stream", name="stdout", text=text))
                return None
        return super().process_message(msg, cell, cell_index)

    def _note(self, cell: Any, execute_reply: dict[str, Any], **_: Any) -> None:
        """Record an error of which nothing was shown, as nbgrader's Execute does; and a quit()."""
        reply = execute_reply["content"]
        if reply["status"] == "error" and not any(o.output_type == "error" for o in cell.outputs):
            cell.outputs.append(error_output(str(reply["ename"]), str(reply["evalue"])[:2000]))
        self.leaves = any(part.get("source") == "ask_exit" for part in reply.get("payload", ()))

    async def meet(self) -> None:
        """Open the channels, and wait until the kernel answers. Raises ZygoteError.

        As `wait_for_ready` of jupyter_client, but without its 0.2 s of silence at the end: what
        this leaves on the channels belongs to no cell, and nbclient passes over it.
        """
        assert self.km is not None
        self.kc = kernel = self.km.client(context=self.km.context)  # its own would have no limit
        kernel.start_channels(stdin=False, hb=False)
        self.monitor = kernel.iopub_channel.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self.shell = zmq.Socket[bytes].shadow(kernel.shell_channel.socket.underlying)
        self.iopub = zmq.Socket[bytes].shadow(kernel.iopub_channel.socket.underlying)
        self.poller = zmq.Poller()
        for socket in (self.shell, self.iopub):
            self.poller.register(socket, zmq.POLLIN)
        give_up = time.monotonic() + STARTS
        while time.monotonic() < give_up:
            kernel.kernel_info()
            with suppress(queue.Empty):
                reply = await ensure_async(kernel.get_shell_msg(timeout=1))
                if reply["msg_type"] == "kernel_info_reply":
                    await ensure_async(kernel.get_iopub_msg(timeout=0.2))  # it is heard there too
                    return
            if not await ensure_async(self.km.is_alive()):
                break
        ended = getattr(self.km, "ended", "") or "it does not answer"
        raise ZygoteError(f"the kernel did not start: {ended}")

    async def was_cut_off(self) -> bool:
        """Say whether ZeroMQ has hung up, as it does on who sends too much at once."""
        return bool(await self.monitor.poll(0))

    def leave(self) -> None:
        """Close the channels."""
        if self.kc is not None:
            self.kc.iopub_channel.socket.disable_monitor()
            self.kc.stop_channels()


@asynccontextmanager
async def opened(
    folder: Path, limits: Limits, sandboxed: bool, hidden: tuple[str, ...]
) -> AsyncIterator[Client]:
    """Start a kernel in a folder, with little of our environment; end it whatever happens.

    Raises ZygoteError where it cannot start, and SandboxError where it cannot be sandboxed.
    """
    manager = workspace.kernel_manager(folder, limits, sandboxed, hidden)
    manager.context, manager.client_factory = context(os.getpid()), Channels
    client = Client(manager, limits)
    try:
        await manager.start_kernel(
            cwd=str(folder),
            env=workspace.environment(folder),
            extra_arguments=["--HistoryManager.hist_file=:memory:", "--Session.packer=json"],
            **workspace.launch_options(),
        )
        await client.meet()
        if not isinstance(manager, ForkedKernelManager):  # which is settled already
            await client.output_of(SETTLE, Clock(STARTS), STARTS)
        yield client
    finally:
        client.leave()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
