"""Section 6.4, "Do not repeat yourself": what is asked."""

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.sampling.exercises.inputs import normal

repetition_penalty = Exercise("sampling.repetition_penalty", points=0, difficulty=2)
no_repeat_ngram = Exercise("sampling.no_repeat_ngram", points=0, difficulty=2)


# --- repetition_penalty --------------------------------------------------------------------------


def _signed(rng: Rng, rows: int, vocab: int) -> Tensor:
    """Logits of both signs in every row, none close to zero."""
    size = rng.uniform(0.5, 4.0, size=(rows, vocab))
    signs = np.where(np.arange(vocab) % 2 == 0, 1, -1)
    return torch.from_numpy(rng.permuted(size * signs, axis=1).astype(np.float32))


@repetition_penalty.case
def above_and_below_zero(rng: Rng) -> Inputs:
    """Two rows of seven logits of both signs; five ids each, some more than once."""
    ids = np.array([rng.permutation(7)[[0, 1, 2, 0, 3]] for _ in range(2)])
    logits = _signed(rng, 2, 7)
    for row in range(2):  # what comes is of both signs
        logits[row, ids[row, 0]] = logits[row, ids[row, 0]].abs()
        logits[row, ids[row, 1]] = -logits[row, ids[row, 1]].abs()
    return {"logits": logits, "ids": torch.from_numpy(ids), "penalty": 1.5}


@repetition_penalty.case
def each_row_has_its_own(rng: Rng) -> Inputs:
    """Three rows that have different tokens so far."""
    order = rng.permutation(9)
    ids = torch.from_numpy(np.array([order[0:2], order[2:4], order[4:6]]))
    return {"logits": _signed(rng, 3, 9), "ids": ids, "penalty": 2.0}


@repetition_penalty.case
def again_and_again(rng: Rng) -> Inputs:
    """One token has come six times, with a logit above zero; it is made less likely once."""
    logits = _signed(rng, 1, 4)
    token = int(rng.integers(4))
    logits[0, token] = 3.0
    return {"logits": logits, "ids": torch.full((1, 6), token), "penalty": 1.3}


@repetition_penalty.case
def one_token_there_is(rng: Rng) -> Inputs:
    """Three rows of one token, which has come once or twice."""
    ids = torch.zeros(3, 1, dtype=torch.int64)
    return {"logits": normal(rng, 3, 1), "ids": ids, "penalty": float(rng.uniform(1.2, 1.8))}


@repetition_penalty.case
def cut_off_already(rng: Rng) -> Inputs:
    """A logit of -inf stays so, whether its token has come or not."""
    logits, order = _signed(rng, 1, 6), rng.permutation(6)
    logits[0, order[:2].tolist()] = -torch.inf
    return {"logits": logits, "ids": torch.from_numpy(order[None, 1:4].copy()), "penalty": 1.2}


# --- no_repeat_ngram -----------------------------------------------------------------------------


@no_repeat_ngram.case
def pairs(rng: Rng) -> Inputs:
    """Two rows, n = 2: what has followed the last token may not follow it again."""
    a, b, c, d, e = (int(one) for one in rng.permutation(8)[:5])
    rows = [[a, b, c, a, d, b, a], [c, d, e, d, a, e, d]]
    return {"logits": normal(rng, 2, 8), "ids": torch.tensor(rows), "n": 2}


@no_repeat_ngram.case
def triples(rng: Rng) -> Inputs:
    """Three rows, n = 3: only the same two tokens in the same order count."""
    a, b, c, d, e = (int(one) for one in rng.permutation(7)[:5])
    rows = [[a, b, c, d, b, e, a, b], [b, a, c, e, d, e, a, b], [c, c, c, c, d, d, c, c]]
    return {"logits": normal(rng, 3, 7), "ids": torch.tensor(rows), "n": 3}


@no_repeat_ngram.case
def single_tokens_once(rng: Rng) -> Inputs:
    """n = 1: no token that has come may come again."""
    rows = np.array([rng.permutation(9)[[0, 1, 2, 1]] for _ in range(2)])
    return {"logits": normal(rng, 2, 9), "ids": torch.from_numpy(rows), "n": 1}


@no_repeat_ngram.case
def one_id_so_far(rng: Rng) -> Inputs:
    """Two rows of one id, n = 1: it may not come again."""
    ids = torch.from_numpy(rng.integers(5, size=(2, 1)))
    return {"logits": normal(rng, 2, 5), "ids": ids, "n": 1}


@no_repeat_ngram.case
def one_token_and_no_other(rng: Rng) -> Inputs:
    """Three rows of one token, which has followed itself already, n = 2."""
    return {"logits": normal(rng, 3, 1), "ids": torch.zeros(3, 2, dtype=torch.int64), "n": 2}


@no_repeat_ngram.case
def too_short(rng: Rng) -> Inputs:
    """The row is shorter than n: nothing changes."""
    a, b = (int(one) for one in rng.permutation(6)[:2])
    return {"logits": normal(rng, 1, 6), "ids": torch.tensor([[a, b, a]]), "n": 4}


@no_repeat_ngram.case
def the_last_one_does_not_count(rng: Rng) -> Inputs:
    """The last n - 1 tokens come for the first time, so that nothing may not follow them."""
    a, b, c, d = (int(one) for one in rng.permutation(5)[:4])
    return {"logits": normal(rng, 1, 5), "ids": torch.tensor([[a, b, a, c, d, d]]), "n": 3}


@no_repeat_ngram.case
def twice_at_the_end(rng: Rng) -> Inputs:
    """The last two tokens are the same, n = 2: it may not come a third time."""
    a, b, c = (int(one) for one in rng.permutation(10)[:3])
    return {
        "logits": normal(rng, 2, 10),
        "ids": torch.tensor([[a, b, c, c], [b, b, a, a]]),
        "n": 2,
    }


@no_repeat_ngram.case
def numbers_that_look_alike(rng: Rng) -> Inputs:
    """Written without a space, 1 12 looks like 11 2. Yet these are two pairs, n = 3."""
    x, y, z, c = (int(one) for one in rng.integers(1, 5, size=4))
    d = 5 + c
    rows = [[d, c, z, d, c], [10 * x + y, z, c, x, 10 * y + z]]
    return {"logits": normal(rng, 2, 50), "ids": torch.tensor(rows), "n": 3}


@no_repeat_ngram.case
def cut_off_before(rng: Rng) -> Inputs:
    """A logit that is -inf already stays so."""
    a, b, c = (int(one) for one in rng.permutation(4)[:3])
    logits = normal(rng, 1, 4)
    logits[0, c] = -torch.inf
    return {"logits": logits, "ids": torch.tensor([[a, b, a]]), "n": 2}
