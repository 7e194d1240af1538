"""Read a GGUF file: what it says of the model, and its weights. No writing, three kinds of weights.

The format: github.com/ggml-org/ggml, docs/gguf.md (version 3). It is read here, and not by the
package `gguf`, so that students need not install one more package to fetch one model; the tests
compare the two.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stored", "read"]

NUMBERS = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIif?Qqd", strict=True))
STRING, ARRAY = 8, 9
Bytes = NDArray[np.uint8]


class Kind(NamedTuple):
    """A way to store weights: in blocks of some weights that take some bytes."""

    weights: int
    bytes: int


F32, Q4_1, Q8_0 = 0, 3, 8
KINDS = {F32: Kind(1, 4), Q4_1: Kind(32, 20), Q8_0: Kind(32, 34)}


@dataclass(frozen=True)
class Stored:
    """A tensor as it is stored."""

    shape: tuple[int, ...]  # as torch has it: the last axis is the one that lies together
    kind: int
    raw: Bytes

    def weights(self) -> NDArray[np.float32]:
        """Return the weights in fp32."""
        if self.kind == F32:
            return self.raw.view(np.float32).reshape(self.shape)
        blocks = self.raw.reshape(-1, KINDS[self.kind].bytes)  # (block, byte)
        scale = blocks[:, :2].view(np.float16).astype(np.float32)  # (block, 1)
        if self.kind == Q8_0:
            return (scale * blocks[:, 2:].view(np.int8)).reshape(self.shape)
        lowest = blocks[:, 2:4].view(np.float16).astype(np.float32)
        pairs = blocks[:, 4:]  # two weights of 4 bits a byte, 16 places apart
        steps: Bytes = np.concatenate([pairs & 15, pairs >> 4], axis=1)  # (block, weight)
        return (scale * steps + lowest).reshape(self.shape)


def read(path: Path) -> tuple[dict[str, Any], dict[str, Stored]]:
    """Return what a GGUF file says of the model, and its tensors. The weights are read later.

    Raises ValueError for a file that is cut short or is no GGUF file.
    """
    try:
        return _read(path)
    except (struct.error, IndexError, UnicodeDecodeError, KeyError) as error:
        raise ValueError(f"{path.name} is cut short or damaged: {error}") from error


def _read(path: Path) -> tuple[dict[str, Any], dict[str, Stored]]:
    raw = np.memmap(path, np.uint8, "r") if path.stat().st_size else np.empty(0, np.uint8)
    cursor = _Cursor(raw.data)
    if bytes(raw[:4]) != b"GGUF" or cursor.whole("I", skip=4) != 3:
        raise ValueError(f"{path.name} is no GGUF file of version 3")
    tensors, count = cursor.whole("Q"), cursor.whole("Q")
    fields = {}
    for _ in range(count):
        key = cursor.text()
        fields[key] = cursor.value(cursor.whole("I"))
    heads = [cursor.head() for _ in range(tensors)]
    align = fields.get("general.alignment", 32)
    data = -(-cursor.place // align) * align
    return fields, {
        name: _stored(raw, data, shape, kind, start) for name, shape, kind, start in heads
    }


def _stored(raw: Bytes, data: int, shape: tuple[int, ...], kind: int, start: int) -> Stored:
    if kind not in KINDS:
        raise ValueError(f"weights of type {kind} cannot be read; known types are {list(KINDS)}")
    size = math.prod(shape) // KINDS[kind].weights * KINDS[kind].bytes
    if data + start + size > len(raw):
        raise IndexError(f"{data + start + size} bytes are needed, there are {len(raw)}")
    return Stored(shape, kind, raw[data + start : data + start + size])


@dataclass
class _Cursor:
    """A place in the bytes, which moves on with all that is read."""

    raw: memoryview
    place: int = 0

    def whole(self, code: str, skip: int = 0) -> int:
        """Read a whole number, stored as `struct` calls it."""
        return int(self._take("<" + code, skip)[0])

    def text(self) -> str:
        length = self.whole("Q")
        if self.place + length > len(self.raw):
            raise IndexError("a text goes on after the end")
        self.place += length
        return bytes(self.raw[self.place - length : self.place]).decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind == STRING:
            return self.text()
        if kind != ARRAY:
            return self._take(f"<{NUMBERS[kind]}")[0]
        inner, length = self.whole("I"), self.whole("Q")
        if inner in NUMBERS:
            return list(self._take(f"<{length}{NUMBERS[inner]}"))
        return [self.value(inner) for _ in range(length)]

    def head(self) -> tuple[str, tuple[int, ...], int, int]:
        """Read a tensor's name, shape, kind, and where it starts."""
        name = self.text()
        shape = self._take(f"<{self.whole('I')}Q")
        return name, shape[::-1], self.whole("I"), self.whole("Q")

    def _take(self, layout: str, skip: int = 0) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.raw, self.place + skip)
        self.place += skip + struct.calcsize(layout)
        return values
