"""Answers as plain data: a JSON tree, and tensors in safetensors. Never pickle.

What is not plain data becomes `Opaque`, which carries the name of its type and equals nothing.
What comes back from a student's kernel is read by `unpack`, which believes nothing: every form
that it does not know is an error, `Malformed`.
"""

from __future__ import annotations

import base64
import json
import math
import numbers
import sys
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

__all__ = [
    "Absent",
    "Malformed",
    "Opaque",
    "as_numpy",
    "decode",
    "encode",
    "is_array",
    "is_tensor",
    "pack",
    "unpack",
]

DEPTH = 40  # deepest nesting of containers
PARTS = 1_000_000  # values that `unpack` reads from one file: each takes much more than its text
ALIKE = 16  # keys of one hash: a table of many such keys takes the square of their number
PLAIN = (list, tuple, dict)
BIG = 2**53  # above it another program's JSON may round an integer
SCALAR = (str, int, float, bool, type(None))  # all that JSON has beside lists and tables
Arrays = dict[str, np.ndarray]
Tree = None | bool | int | float | str | Sequence["Tree"] | Mapping[str, "Tree"]  # as JSON has it


class Malformed(ValueError):
    """This is not the form that `pack` writes."""


@dataclass(frozen=True, eq=False)
class Opaque:
    """Something that is not plain data, such as a generator or a module."""

    type_name: str


@dataclass(frozen=True, eq=False)
class Absent:
    """A part that an answer lacks, such as a gradient; a student reads the reason.

    A driver puts it where the part should stand. It equals nothing.
    """

    reason: str


def is_array(value: object) -> bool:
    """Say whether `value` is a tensor of torch or an array of NumPy."""
    return isinstance(value, np.ndarray) or is_tensor(value)


def as_numpy(value: np.ndarray | Tensor) -> np.ndarray:
    """Return a tensor or an array as an array of NumPy; bfloat16 as float32, which holds it."""
    if isinstance(value, np.ndarray):
        return value
    plain = value.detach().cpu()
    array: np.ndarray = (plain.float() if str(plain.dtype) == "torch.bfloat16" else plain).numpy()
    return array


def is_tensor(value: object) -> TypeGuard[Tensor]:
    """Say whether `value` is a torch tensor, without importing torch."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def encode(value: Any, arrays: Arrays | None = None) -> tuple[Tree, Arrays]:
    """Split plain data into a JSON tree and its arrays. The inverse of `decode`.

    Subclasses count as what they are (a Counter is a dict) and NumPy's numbers as Python's.
    The arrays are added to `arrays` where it is given, so that several trees can share it.
    """
    arrays = {} if arrays is None else arrays
    return _encode(value, arrays, 0), arrays


def _encode(value: Any, arrays: Arrays, depth: int) -> Tree:
    if depth > DEPTH:
        return {"opaque": f"data nested more than {DEPTH} deep"}
    if value is None or type(value) is bool or (type(value) is float and math.isfinite(value)):
        return value
    if type(value) in PLAIN:  # most values: as below, without asking ten times
        return _encode_container(value, arrays, depth + 1)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, str):
        surrogates = not value.isascii() and any(0xD800 <= ord(c) <= 0xDFFF for c in value)
        return {"codes": [ord(c) for c in value]} if surrogates else str.__str__(value)
    if is_tensor(value):
        return _encode_tensor(value, arrays)
    if isinstance(value, np.ndarray):
        return _add_array(value, arrays)
    if isinstance(value, numbers.Integral):
        return int(value) if abs(int(value)) < BIG else {"int": str(int(value))}
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else {"float": repr(number)}
    if isinstance(value, bytes | bytearray):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    return _encode_container(value, arrays, depth + 1)


def _encode_container(value: object, arrays: Arrays, depth: int) -> Tree:
    if isinstance(value, Mapping):
        return {"dict": [_encode_all(pair, arrays, depth) for pair in value.items()]}
    if isinstance(value, list):
        return _encode_all(value, arrays, depth)
    if isinstance(value, tuple):
        return {"tuple": _encode_all(value, arrays, depth)}
    if isinstance(value, AbstractSet):
        items = _encode_all(value, arrays, depth)
        return {"set": sorted(items, key=lambda item: json.dumps(item, sort_keys=True))}
    if isinstance(value, Sequence) and not isinstance(value, range | memoryview):
        return _encode_all(value, arrays, depth)
    if isinstance(value, Absent):
        return {"absent": value.reason}
    if isinstance(value, Opaque):
        return {"opaque": value.type_name}
    return {"opaque": type(value).__name__}


def _encode_all(items: Iterable[object], arrays: Arrays, depth: int) -> list[Tree]:
    return [
        item
        if (type(item) is str and item.isascii()) or (type(item) is int and -BIG < item < BIG)
        else _encode(item, arrays, depth)
        for item in items
    ]


def _encode_tensor(value: Tensor, arrays: Arrays) -> Tree:
    torch = sys.modules["torch"]
    if value.is_quantized or value.is_meta or value.is_complex() or value.layout != torch.strided:
        return {"opaque": f"{value.dtype} tensor"}
    plain = value.detach().cpu().resolve_conj().resolve_neg()
    kind = str(plain.dtype).removeprefix("torch.")
    if plain.dtype == torch.bfloat16:  # NumPy has no bfloat16; float32 holds it exactly
        plain = plain.to(torch.float32)
    stored = _add_array(plain.contiguous().numpy(), arrays)
    return {"tensor": [stored["array"], kind]}


def _add_array(array: np.ndarray, arrays: Arrays) -> dict[str, Tree]:
    if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
        return {"opaque": f"array of {array.dtype}"}
    key = f"{len(arrays)}"
    arrays[key] = np.ascontiguousarray(array).reshape(array.shape)
    return {"array": key}


def decode(tree: Any, arrays: Arrays) -> Any:
    """Put a JSON tree and its arrays together again. Raises Malformed.

    torch is imported only where there is a tensor to make. Each array is in the tree once, as
    `encode` has it: else a short tree could ask for one array a thousand times.
    """
    try:
        return _decode(tree, dict(arrays), 0)
    except Malformed:
        raise
    except Exception as error:
        raise Malformed(f"not plain data: {type(error).__name__}: {error!s:.200}") from error


def _decode(tree: Any, arrays: Arrays, depth: int) -> Any:
    if depth > 2 * DEPTH:
        raise Malformed("nested too deep")
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    below = depth + 1
    if isinstance(tree, list):
        return [x if type(x) in SCALAR else _decode(x, arrays, below) for x in tree]
    if not isinstance(tree, dict) or not tree:
        raise Malformed(f"not plain data: {type(tree).__name__}")
    kind, body = next(iter(tree.items()))
    if kind == "array":
        return np.array(arrays.pop(body))
    if kind == "tensor":
        key, dtype = body
        return _tensor(np.array(arrays.pop(key)), dtype)
    if kind == "dict":
        pairs = [_decode(list(pair), arrays, below) for pair in body]
        _look_at_keys([key for key, _ in pairs])
        return dict(pairs)
    if kind == "tuple":
        return tuple(_decode(list(body), arrays, below))
    if kind == "set":
        items = _decode(list(body), arrays, below)
        _look_at_keys(items)
        return set(items)
    return _decode_scalar(kind, body)


def _look_at_keys(keys: Sequence[Any]) -> None:
    """Refuse keys that share their hash, before there is a table of them. Raises Malformed.

    Numbers and tuples can be chosen so. Sorting the hashes takes no longer for them.
    """
    if len(keys) <= ALIKE:
        return
    _, counts = np.unique(np.array([hash(key) for key in keys], dtype=np.int64), return_counts=True)
    if counts.max() > ALIKE:
        raise Malformed(f"more than {ALIKE} keys of one table have the same hash")


def _decode_scalar(kind: str, body: Any) -> Any:
    if kind == "float":
        return float(body)
    if kind == "int":
        return int(body)
    if kind == "bytes":
        return base64.b64decode(body, validate=True)
    if kind == "codes":
        return "".join(map(chr, body))
    if kind == "absent":
        return Absent(str(body)[:200])
    if kind == "opaque":
        return Opaque(str(body)[:200])
    raise Malformed(f"no such kind of data: {kind!r}")


def _tensor(array: np.ndarray, kind: str) -> Tensor:
    import torch

    tensor = torch.from_numpy(array)
    return tensor.to(torch.bfloat16) if kind == "bfloat16" else tensor


def pack(value: object) -> bytes:
    """Return plain data as one safetensors file; the tree is in its metadata."""
    from safetensors.numpy import save

    tree, arrays = encode(value)
    return save(arrays, metadata={"answer": json.dumps(tree, ensure_ascii=True)})


def unpack(data: bytes) -> Any:
    """Return what was packed. Raises Malformed; never runs what is in the data."""
    from safetensors.numpy import load

    try:
        length = int.from_bytes(data[:8], "little")
        header = json.loads(_bounded(data[8 : 8 + length]))
        tree = json.loads(_bounded(header["__metadata__"]["answer"].encode()))
        arrays = load(data)
    except Exception as error:
        raise Malformed(f"not an answer: {type(error).__name__}: {error!s:.200}") from error
    return decode(tree, arrays)


def _bounded(text: bytes) -> bytes:
    """Return JSON as it is. Raises Malformed if it has too many parts, before it is read."""
    parts = sum(text.count(mark) for mark in (b",", b"[", b"{"))
    if parts > PARTS:
        raise Malformed(f"it has more than {PARTS:,} parts")
    return text
