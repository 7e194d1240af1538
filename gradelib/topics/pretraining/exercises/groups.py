"""Section 9.3, find all copies: what is asked."""

from __future__ import annotations

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.lab.draws import random_ids
from gradelib.topics.pretraining.words import PRIME

lsh_pairs = Exercise("pretraining.lsh_pairs", points=3, difficulty=3)
clusters = Exercise("pretraining.clusters", points=2, difficulty=2)

LONG = 1010  # documents in a chain: more than Python lets a function call itself


# --- lsh_pairs -----------------------------------------------------------------------------------


def _signatures(rng: Rng, documents: int, hashes: int) -> Tensor:
    """Return signatures of which no two have a number in common."""
    return torch.from_numpy(rng.permutation(documents * hashes)).view(documents, hashes)


def _shared(rng: Rng, shape: tuple[int, int], bands: int, *same: tuple[int, int, int]) -> Inputs:
    """Return signatures in which each (one, other, band) has the same numbers in that band."""
    signatures = _signatures(rng, *shape)
    rows = shape[1] // bands
    for one, other, band in same:
        span = slice(band * rows, (band + 1) * rows)
        signatures[other, span] = signatures[one, span]
    return {"signatures": signatures, "bands": bands}


@lsh_pairs.case
def one_band_each(rng: Rng) -> Inputs:
    """Five documents, three bands of two; two pairs share one band each."""
    return _shared(rng, (5, 6), 3, (1, 4, 1), (2, 3, 0))


@lsh_pairs.case
def the_last_band(rng: Rng) -> Inputs:
    """Four documents, two bands of four; one pair shares the last band."""
    return _shared(rng, (4, 8), 2, (1, 3, 1))


@lsh_pairs.case
def several_bands(rng: Rng) -> Inputs:
    """Documents 2 and 5 share three bands of four: the pair comes once."""
    return _shared(rng, (6, 12), 4, (2, 5, 0), (2, 5, 2), (2, 5, 3))


@lsh_pairs.case
def three_alike(rng: Rng) -> Inputs:
    """Three documents share a band: three pairs."""
    return _shared(rng, (7, 4), 2, (1, 3, 0), (1, 6, 0), (2, 4, 1))


@lsh_pairs.case
def only_a_part_of_a_band(rng: Rng) -> Inputs:
    """Documents 1 and 2 share three numbers of four, in each of two bands."""
    signatures = _signatures(rng, 4, 8)
    signatures[2, [0, 1, 2, 4, 6, 7]] = signatures[1, [0, 1, 2, 4, 6, 7]]
    signatures[3, :4] = signatures[0, :4]
    return {"signatures": signatures, "bands": 2}


@lsh_pairs.case
def across_a_border(rng: Rng) -> Inputs:
    """Documents 0 and 2 share four numbers in a row that lie in two bands; 1 and 3 a band."""
    signatures = _signatures(rng, 4, 12)
    signatures[2, 2:6] = signatures[0, 2:6]
    signatures[3, 8:] = signatures[1, 8:]
    return {"signatures": signatures, "bands": 3}


@lsh_pairs.case
def at_another_place(rng: Rng) -> Inputs:
    """The numbers of one band stand in another band of the other document: no pair."""
    signatures = _signatures(rng, 3, 6)
    signatures[2, 3:] = signatures[1, :3]
    return {"signatures": signatures, "bands": 2}


@lsh_pairs.case
def another_order(rng: Rng) -> Inputs:
    """The same numbers in another order, with the same sum, are not the same band."""
    signatures = _signatures(rng, 5, 6)
    signatures[3, :3] = signatures[1, :3].flip(0)
    signatures[4, 3:] = signatures[2, 3:]
    return {"signatures": signatures, "bands": 2}


@lsh_pairs.case
def the_same_digits(rng: Rng) -> Inputs:
    """Two bands that read alike when they are glued together, such as 1, 23 and 12, 3."""
    signatures = 1000 + _signatures(rng, 4, 4)
    x, y, z = rng.permutation(9)[:3].tolist()
    signatures[1, :2] = torch.tensor([x + 1, 10 * (y + 1) + z])
    signatures[2, :2] = torch.tensor([10 * (x + 1) + y + 1, z])
    signatures[3, 2:] = signatures[0, 2:]
    return {"signatures": signatures, "bands": 2}


@lsh_pairs.case
def large_numbers(rng: Rng) -> Inputs:
    """Numbers next to 2³¹ - 1, the largest there are, which differ by little: one pair is alike."""
    signatures = PRIME - 1 - _signatures(rng, 5, 4)
    signatures[4, 2:] = signatures[1, 2:]
    return {"signatures": signatures, "bands": 2}


@lsh_pairs.case
def one_number_a_band(rng: Rng) -> Inputs:
    """As many bands as numbers: one number in common is enough."""
    return {"signatures": random_ids(rng, 6, 5, vocab=9), "bands": 5}


@lsh_pairs.case
def one_band(rng: Rng) -> Inputs:
    """One band: only whole signatures count."""
    signatures = _signatures(rng, 5, 3)
    signatures[4] = signatures[2]
    signatures[3, :2] = signatures[1, :2]
    return {"signatures": signatures, "bands": 1}


@lsh_pairs.case
def one_hash(rng: Rng) -> Inputs:
    """Signatures of one number."""
    return {"signatures": random_ids(rng, 7, 1, vocab=4), "bands": 1}


@lsh_pairs.case
def one_document(rng: Rng) -> Inputs:
    """One document alone."""
    return {"signatures": _signatures(rng, 1, 8), "bands": 4}


@lsh_pairs.case
def many_documents(rng: Rng) -> Inputs:
    """Ninety documents and few numbers: many pairs."""
    return {"signatures": random_ids(rng, 90, 8, vocab=6), "bands": 4}


# --- clusters ------------------------------------------------------------------------------------


def _drawn(rng: Rng, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs in a drawn order."""
    return [pairs[place] for place in rng.permutation(len(pairs))]


@clusters.case
def two_pairs(rng: Rng) -> Inputs:
    """Six documents and two pairs that have nothing in common."""
    return {"pairs": _drawn(rng, [(1, 4), (2, 5)]), "count": 6}


@clusters.case
def a_chain(rng: Rng) -> Inputs:
    """A chain of four documents: the ends are in one cluster."""
    return {"pairs": _drawn(rng, [(1, 2), (2, 4), (4, 6)]), "count": 8}


@clusters.case
def a_chain_from_behind(rng: Rng) -> Inputs:
    """A chain whose pairs come from the last to the first."""
    return {"pairs": [(5, 6), (4, 5), (3, 4), (2, 3)], "count": int(rng.integers(8, 12))}


@clusters.case
def a_long_chain(rng: Rng) -> Inputs:
    """A chain of more than a thousand documents, from the last to the first."""
    pairs = [(number, number + 1) for number in range(LONG, 1, -1)]
    return {"pairs": pairs, "count": LONG + int(rng.integers(3, 10))}


@clusters.case
def two_chains_meet(rng: Rng) -> Inputs:
    """Two clusters that the last pair makes one."""
    return {"pairs": [(1, 5), (2, 6), (3, 6), (5, 6)], "count": int(rng.integers(7, 10))}


@clusters.case
def they_meet_at_the_far_end(rng: Rng) -> Inputs:
    """Two clusters of three that meet in their last documents."""
    pairs = [(1, 3), (3, 7), (2, 4), (4, 8), (7, 8)]
    return {"pairs": pairs, "count": int(rng.integers(9, 12))}


@clusters.case
def in_any_order(rng: Rng) -> Inputs:
    """Pairs whose larger number comes first."""
    return {"pairs": _drawn(rng, [(5, 2), (7, 5), (4, 3)]), "count": 9}


@clusters.case
def a_star(rng: Rng) -> Inputs:
    """Five documents that are all paired with one in the middle."""
    return {"pairs": _drawn(rng, [(4, 1), (4, 2), (3, 4), (4, 6), (4, 7)]), "count": 9}


@clusters.case
def again_and_again(rng: Rng) -> Inputs:
    """The same pair several times, a circle, and one that stands for itself."""
    pairs = [(2, 3), (3, 5), (2, 5), (2, 3), (3, 2), (6, 6)]
    return {"pairs": _drawn(rng, pairs), "count": 7}


@clusters.case
def no_pairs(rng: Rng) -> Inputs:
    """No pairs: each is a cluster of its own."""
    return {"pairs": [], "count": int(rng.integers(2, 9))}


@clusters.case
def no_documents(rng: Rng) -> Inputs:
    """No documents at all."""
    return {"pairs": [], "count": 0}


@clusters.case
def many(rng: Rng) -> Inputs:
    """Ninety documents and sixty drawn pairs."""
    drawn = [sorted(rng.choice(90, size=2, replace=False).tolist()) for _ in range(60)]
    return {"pairs": [(one, other) for one, other in drawn], "count": 90}
