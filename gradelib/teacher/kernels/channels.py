"""The channels to a kernel: jupyter_client's, which take bytes and a question beside code."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient

from gradelib.sandbox.confine import MIB
from gradelib.sandbox.questions import ASKED

__all__ = ["MESSAGE", "Asked", "Channels", "context"]

MESSAGE = 16 * MIB  # bytes of one part of a message
WAITING = 16  # messages that may wait to be read: with the above, what a flood can take of memory


@dataclass(frozen=True)
class Asked:
    """A question: its code, the cases, and how long it may take."""

    code: str
    request: bytes
    seconds: float  # of processor time


class Channels(AsyncKernelClient):
    """jupyter_client's. A question goes as a piece of code, or beside the cell that it follows."""

    asked: Asked | None = None  # what goes with the code that is sent next

    def execute(self, code: str, *_: Any, **__: Any) -> str:
        """Send code to be run, and return the message's id."""
        content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}}
        content |= {"allow_stdin": self.allow_stdin, "stop_on_error": False}
        beside = {ASKED: self.asked.code} if self.asked and self.asked.code != code else {}
        message = self.session.msg("execute_request", content, metadata=beside)
        buffers = [self.asked.request] if self.asked else []
        self.shell_channel.send(message | {"buffers": buffers})
        number: str = message["header"]["msg_id"]
        return number


@functools.cache
def context(process: int) -> zmq.asyncio.Context:
    """Return the context of all kernels of this process: to end one for each takes a while."""
    made = zmq.asyncio.Context()
    made.setsockopt(zmq.MAXMSGSIZE, MESSAGE)
    made.setsockopt(zmq.RCVHWM, WAITING)
    return made
