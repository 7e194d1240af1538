"""A message that is there is found, though nobody was told of it."""

from __future__ import annotations

import asyncio
import queue

import pytest

from tests.bench import looking
from tests.bench.looking import LookingChannel


class DeafSocket:
    """As one of zmq.asyncio whose wake-up was lost: only what begins to wait sees the message."""

    def __init__(self, comes_after: int) -> None:
        self.looks, self.comes_after = 0, comes_after

    async def poll(self, timeout: int) -> int:
        self.looks += 1
        return int(self.looks > self.comes_after)


class Channel(LookingChannel):
    def __init__(self, socket: DeafSocket) -> None:
        self.socket = socket

    async def _recv(self, **_: object) -> dict[str, str]:
        return {"a": "message"}


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    monkeypatch.setattr(looking, "LOOK", 0.001)


@pytest.mark.parametrize("timeout", [None, 600])
def test_it_looks_again_until_the_message_is_found(timeout):
    socket = DeafSocket(comes_after=3)
    assert asyncio.run(Channel(socket).get_msg(timeout)) == {"a": "message"}
    assert socket.looks == 5  # once more by who reads it


def test_where_none_comes_in_time_there_is_none():
    with pytest.raises(queue.Empty):
        asyncio.run(Channel(DeafSocket(comes_after=10**9)).get_msg(0.05))
