"""Section 6.5, "Look ahead", part 2: other right answers. They must pass."""

from collections.abc import Callable

import torch
from torch import Tensor

from solutions.sampling.reference import (
    beam_score,
    beam_step,
    keep_finished,
    keep_running,
    may_stop,
)

Pool = list[tuple[float, list[int]]]


def may_stop__ifs(pool: Pool, best: float, beams: int) -> bool:
    if len(pool) < beams:
        return False
    worst = min(score for score, _ in pool)
    return not best > worst


def may_stop__all(pool: Pool, best: float, beams: int) -> bool:
    return len(pool) >= beams and all(score >= best for score, _ in pool)


def beam_search__state_by_text(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    ids, scores = prompts[:, None, :], torch.zeros(prompts.shape[0], 1)
    pools = [[] for _ in range(len(prompts))]
    open_ = [True] * len(prompts)
    length = 0
    while any(open_) and length < max_new:
        length += 1
        logits = next_logits(ids.reshape(-1, ids.shape[-1]))
        log_probs = torch.log_softmax(logits, -1).reshape(*ids.shape[:2], -1)
        totals, found = beam_step(ids, scores, log_probs, 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        for text, pool in enumerate(pools):
            if open_[text]:
                ranked = beam_score(totals[text], length, penalty)
                pairs = [
                    (float(s), row.tolist()) for s, row in zip(ranked, found[text], strict=True)
                ]
                pool[:] = keep_finished(pool, pairs, beams, end, length >= max_new)
                best = beam_score(scores[text].max(), length, penalty)
                open_[text] = not may_stop(pool, float(best), beams)
    return [max(pool) for pool in pools]


def beam_search__from_scratch(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    running = [[(0.0, prompt)] for prompt in prompts.tolist()]
    pools, waiting = [[] for _ in running], set(range(len(running)))
    for length in range(1, max_new + 1):
        rows = [text for texts in running for _, text in texts]
        guesses = iter(next_logits(torch.tensor(rows)).log_softmax(dim=-1).tolist())
        for place, texts in enumerate(running):
            every = [
                (score + log_prob, [*text, token])
                for score, text in texts
                for token, log_prob in enumerate(next(guesses))
            ]
            every = sorted(every, key=lambda one: -one[0])[: 2 * beams]
            running[place] = [one for one in every if one[1][-1] != end][:beams]
            over = [one for one in every[:beams] if one[1][-1] == end or length == max_new]
            if place in waiting:
                new = [(score / length**penalty, text) for score, text in over]
                pools[place] = sorted(pools[place] + new, key=lambda one: -one[0])[:beams]
                hope = running[place][0][0] / length**penalty
                if len(pools[place]) == beams and hope <= pools[place][-1][0]:
                    waiting.remove(place)
        if not waiting:
            break
    return [pool[0] for pool in pools]
