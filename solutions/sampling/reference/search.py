"""Section 6.5, "Look ahead", part 2: reference answers."""

from collections.abc import Callable

import torch
from torch import Tensor

from solutions.sampling.reference.beams import beam_score, beam_step

Pool = list[tuple[float, list[int]]]  # finished sequences with their scores, the best one first


def keep_running(
    totals: Tensor,
    ids: Tensor,
    beams: int,
    end: int,
) -> tuple[Tensor, Tensor]:
    """Return the best `beams` candidates of each text that do not end with `end`.

    They are the beams of the next step, with their scores and in the same order as they
    came. The candidates come with the best one first, and each text has at least
    `beams` that go on. An `end` before the last position means nothing here.

    Shapes:
        totals:  (text, candidate)
        ids:     (text, candidate, position)
        returns: (text, beams) and (text, beams, position)

    >>> totals = torch.tensor([[-1.0, -2.0, -3.0]])
    >>> ids = torch.tensor([[[4, 5], [4, 0], [6, 5]]])
    >>> keep_running(totals, ids, beams=2, end=0)
    (tensor([[-1., -3.]]), tensor([[[4, 5],
             [6, 5]]]))
    """
    running = totals.masked_fill(ids[..., -1] == end, -torch.inf)
    scores, places = running.topk(beams)  # (text, beam)
    return scores, ids.take_along_dim(places.unsqueeze(2), dim=1)


def keep_finished(
    pool: Pool,
    candidates: Pool,
    beams: int,
    end: int,
    last: bool = False,
) -> Pool:
    """Add the finished candidates of one text to its pool, and return the best of it.

    Pool and candidates are pairs of a score and the ids, the best one first. A
    candidate is finished if it ends with the token `end`; in the `last` step every
    candidate is. Only the first `beams` candidates can enter the pool. Of the old and
    the new pairs together the best `beams` are returned, the best one first. `pool`
    itself stays as it is.

    >>> candidates = [(-1.0, [4, 0]), (-1.2, [4, 5]), (-1.3, [6, 0])]
    >>> keep_finished([(-1.5, [0])], candidates, beams=2, end=0)
    [(-1.0, [4, 0]), (-1.5, [0])]
    """
    finished = [pair for pair in candidates[:beams] if last or pair[1][-1] == end]
    return sorted(pool + finished, reverse=True)[:beams]


def may_stop(pool: Pool, best: float, beams: int) -> bool:
    """Say whether the search for one text may stop: whether waiting is not worth while.

    It may stop if the pool has `beams` finished sequences, and the best running beam
    does not beat the last of them. `best` is the score that this beam would have if it
    were finished now. The pool holds pairs of score and ids, the best one first.

    >>> may_stop([(-0.5, [4, 0]), (-0.7, [6, 0])], best=-0.9, beams=2)
    True
    """
    return len(pool) == beams and best <= pool[-1][0]


def beam_search(
    next_logits: Callable[[Tensor], Tensor],
    prompts: Tensor,
    beams: int,
    max_new: int,
    end: int,
    penalty: float = 1.0,
) -> Pool:
    """Continue each prompt by beam search, and return the best sequence of each.

    At first a text has one beam, its prompt, with log probability 0. (It may also have
    all its beams, if the others can never win.) In every round `next_logits`, called
    once for all beams of all texts, gives logits, and their log softmax goes into
    `beam_step`, which is asked for 2 * `beams` candidates. `keep_running` makes the new
    beams of them, and `keep_finished` adds to the pool of each text, where candidates
    are ranked by `beam_score`; round number `max_new` is the last one. Once `may_stop`
    says so, with the score of the best of the new beams, the pool of this text is not
    touched any more. When it has said so for all texts, no further round begins.

    Source: Wu et al. (2016), section 7; when to stop is as in the library transformers.

    Shapes:
        next_logits: maps ids (text * beam, length) to logits (text * beam, token)
        prompts:     (text, position)
        returns:     a list with a pair for each text: score, and all its ids as a list

    >>> table = [[0, 5, 4, 1], [2, 2, 3, 3], [8, 1, 1, 0], [4, 3, 2, 1]]
    >>> table = torch.tensor(table) / 10
    >>> start, speak = torch.tensor([[0]]), lambda ids: table[ids[:, -1]].log()
    >>> best = beam_search(speak, start, beams=2, max_new=3, end=0, penalty=0.0)
    >>> best[0][1]  # 0.4 * 0.8, although 1 is the likeliest token at first
    [0, 2, 0]
    """
    ids, scores = prompts.unsqueeze(1), prompts.new_zeros(len(prompts), 1)  # one beam a text
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=1)  # (text * beam, token)
        log_probs = log_probs.unflatten(0, scores.shape)  # (text, beam, token)
        totals, found = beam_step(ids, scores, log_probs, 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()  # of those that run
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text], strict=True))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]
