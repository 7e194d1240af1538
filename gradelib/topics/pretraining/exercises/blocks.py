"""Section 9.4, blocks: what is asked."""

from __future__ import annotations

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng

pack = Exercise("pretraining.pack", points=2, difficulty=1)


# --- pack ----------------------------------------------------------------------------------------


def _documents(rng: Rng, lengths: list[int], end: int, last: int = 90) -> list[list[int]]:
    """Return documents of ids, none of which is the end."""
    return [rng.integers(end + 1, last, size=length).tolist() for length in lengths]


@pack.case
def a_rest(rng: Rng) -> Inputs:
    """Four documents, 14 tokens with their ends, in blocks of four: two are left over."""
    return {"documents": _documents(rng, [3, 4, 1, 2], end=0), "length": 4, "end": 0}


@pack.case
def no_rest(rng: Rng) -> Inputs:
    """Three documents, 12 tokens with their ends, in blocks of three: nothing is left over."""
    return {"documents": _documents(rng, [5, 1, 3], end=2), "length": 3, "end": 2}


@pack.case
def a_document_of_many_blocks(rng: Rng) -> Inputs:
    """The second document is longer than four blocks."""
    return {"documents": _documents(rng, [2, 23, 3], end=1), "length": 5, "end": 1}


@pack.case
def short_documents(rng: Rng) -> Inputs:
    """Nine short documents; several fit into a block."""
    lengths = rng.integers(1, 4, size=9).tolist()
    return {"documents": _documents(rng, lengths, end=7), "length": 8, "end": 7}


@pack.case
def an_empty_document(rng: Rng) -> Inputs:
    """The third document is empty: its end stands there all the same."""
    return {"documents": _documents(rng, [2, 3, 0, 4], end=0), "length": 3, "end": 0}


@pack.case
def too_little(rng: Rng) -> Inputs:
    """Two documents that do not fill a block: there is none."""
    return {"documents": _documents(rng, [2, 3], end=0), "length": 9, "end": 0}


@pack.case
def just_one_block(rng: Rng) -> Inputs:
    """Two documents that fill one block, by the last end."""
    return {"documents": _documents(rng, [4, 3], end=3), "length": 9, "end": 3}


@pack.case
def blocks_of_one(rng: Rng) -> Inputs:
    """Blocks of one token."""
    return {"documents": _documents(rng, [2, 4], end=5), "length": 1, "end": 5}


@pack.case
def no_documents(rng: Rng) -> Inputs:
    """No documents: no blocks, but the length of a block is known."""
    return {"documents": [], "length": int(rng.integers(2, 9)), "end": 0}


@pack.case
def a_document_twice(rng: Rng) -> Inputs:
    """The same document twice, and ids below that of the end."""
    first, second = _documents(rng, [3, 2], end=-1, last=6)
    return {"documents": [second, first, first, [0, 1]], "length": 4, "end": 6}


@pack.case
def an_end_inside(rng: Rng) -> Inputs:
    """Two documents that hold the end already, one as its last token: nothing else changes."""
    first, second, third = _documents(rng, [3, 2, 2], end=4)
    return {"documents": [third, [*first, 4], [4, *second]], "length": 3, "end": 4}


@pack.case
def large_ids(rng: Rng) -> Inputs:
    """Ids of tens of millions, and hundreds of tokens."""
    lengths = rng.integers(40, 90, size=5).tolist()
    end = 20_000_001
    return {"documents": _documents(rng, lengths, end, 80_000_000), "length": 64, "end": end}


@pack.invariant
def whole_numbers_of_64_bits(inputs: Inputs, answer: Tensor) -> bool | str:
    """The blocks are whole numbers of 64 bits, int64."""
    return answer.dtype == torch.int64 or f"they are {answer.dtype}"
