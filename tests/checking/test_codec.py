"""Answers are plain data, and come back as they were."""

import json
import time
from collections import Counter, OrderedDict

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from gradelib.checking.codec import DEPTH, Malformed, Opaque, pack, unpack

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
scalars = scalars | st.binary() | st.characters(categories=["Cs"])
keys = st.text() | st.integers() | st.tuples(st.integers(), st.text())
plain = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(keys, inner)
        | st.sets(st.integers() | st.text())
    ),
    max_leaves=15,
)


@given(plain)
def test_plain_data_comes_back_as_it_was(value):
    back = unpack(pack(value))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    "kind", [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.bool]
)
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3, 5)])
def test_tensors_come_back_with_dtype_and_shape(kind, shape):
    value = torch.ones(shape).to(kind)
    back = unpack(pack({"x": [value]}))["x"][0]
    assert back.dtype == kind
    assert back.shape == value.shape
    assert torch.equal(back, value)


def test_a_tensor_with_a_gradient_or_strides_comes_back_plain():
    value = torch.arange(6.0, requires_grad=True).reshape(2, 3).T
    assert torch.equal(unpack(pack(value)), value.detach())


def test_arrays_and_tensors_are_not_confused():
    back = unpack(pack([np.arange(3), torch.arange(3)]))
    assert isinstance(back[0], np.ndarray)
    assert isinstance(back[1], torch.Tensor)


def test_nan_and_infinity_come_back():
    back = unpack(pack([float("nan"), float("inf"), -float("inf")]))
    assert str(back) == "[nan, inf, -inf]"


@pytest.mark.parametrize(
    ("value", "plain_value"),
    [
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict(a=1), {"a": 1}),
        (np.float64(0.5), 0.5),
        (np.int32(3), 3),
        (np.bool_(True), True),
        (bytearray(b"x"), b"x"),
        (frozenset({1}), {1}),
    ],
)
def test_subclasses_count_as_what_they_are(value, plain_value):
    back = unpack(pack(value))
    assert back == plain_value
    assert type(back) is type(plain_value)


@pytest.mark.parametrize("value", [(n for n in []), object(), len, range(3), 1j, np.array(["a"])])
def test_what_is_not_plain_becomes_opaque_and_equals_nothing(value):
    back = unpack(pack(value))
    assert isinstance(back, Opaque)
    assert back != unpack(pack(value))


def test_data_without_end_is_cut_and_not_followed():
    value: list = []
    value.append(value)
    back = unpack(pack(value))
    for _ in range(DEPTH):
        back = back[0]
    assert isinstance(back[0], Opaque)


def forged(tree: str) -> bytes:
    from safetensors.numpy import save

    return save({}, metadata={"answer": tree})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"\xff" * 64,
        forged("not json"),
        forged('{"tensor": "7"}'),
        forged('{"no such kind": 1}'),
        forged('{"bytes": "?"}'),
        forged('{"dict": [[1]]}'),
        forged('{"set": [[1]]}'),
        forged('{"dict": [[[1], 2]]}'),
        forged("{}"),
        forged("[" * 500 + "]" * 500),
        forged("[" * 100_000 + "]" * 100_000),
    ],
)
def test_what_was_not_packed_is_malformed(data):
    with pytest.raises(Malformed):
        unpack(data)


def forged(tree: str, **arrays) -> bytes:
    from safetensors.numpy import save

    return save(arrays, metadata={"answer": tree})


PRIME = 2**61 - 1  # what Python takes a number modulo to hash it


@pytest.mark.parametrize(
    ("tree", "why"),
    [
        (json.dumps({"set": [{"int": str(PRIME * k)} for k in range(2**14)]}), "the same hash"),
        (json.dumps({"dict": [[{"int": str(PRIME * k)}, 1] for k in range(2**14)]}), "same hash"),
        (json.dumps({"dict": [[1, k] for k in range(100)]}), "the same hash"),
        ("[" + "[]," * 1_000_000 + "[]]", "more than 1,000,000 parts"),
        (json.dumps([{"array": "a"}] * 250), "KeyError"),
        (json.dumps([{"tensor": ["a", "float32"]}] * 250), "KeyError"),
    ],
)
def test_what_would_take_much_more_than_its_size_is_refused_at_once(tree, why):
    before = time.process_time()
    with pytest.raises(Malformed, match=why):
        unpack(forged(tree, a=np.zeros(1000)))
    assert time.process_time() - before < 5


def test_parts_that_are_hidden_in_escapes_count_too():
    tree = json.dumps("[" + "1," * 1_000_001 + "1]").replace(",", "\\u002c")
    header = ('{"__metadata__": {"answer": ' + tree + "}}").encode()
    with pytest.raises(Malformed, match="more than 1,000,000 parts"):
        unpack(len(header).to_bytes(8, "little") + header)


def test_many_numbers_that_share_no_hash_are_a_table_as_any_other():
    value = {k * 2**40: k for k in range(-20_000, 20_000)}
    assert unpack(pack(value)) == value
