"""A kernel's client that looks for messages itself, once a second.

zmq.asyncio sleeps until it is told that a socket is ready. Once a run stood still with its kernel
idle, and went on when the ten minutes of a cell were over, as if nothing had been: at that moment
zmq.asyncio looks by itself. So a reply had probably been there, and nobody was told.
"""

from __future__ import annotations

import time
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient, AsyncZMQSocketChannel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

__all__ = ["LookingManager"]

LOOK = 1.0  # seconds between two looks


class LookingChannel(AsyncZMQSocketChannel):
    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message. Raises queue.Empty where there is none within `timeout`."""
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (left := end - time.monotonic()) > LOOK:
            if await self.socket.poll(int(LOOK * 1000)):
                return await super().get_msg(0)
        return await super().get_msg(max(0.0, left))


class LookingClient(AsyncKernelClient):
    shell_channel_class = Type(LookingChannel)
    iopub_channel_class = Type(LookingChannel)


class LookingManager(AsyncKernelManager):
    client_class = f"{__name__}.LookingClient"
