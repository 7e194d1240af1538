"""Section 6.5, "Look ahead", part 2: known wrong answers, each with its hint below it."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.sampling.reference import (
    beam_score,
    beam_step,
    keep_finished,
    keep_running,
    may_stop,
)

Pool = list[tuple[float, list[int]]]

may_stop__as_soon_as_full = Edit(" and best <= pool[-1][0]", "")
"""A full pool is not enough: what if a running beam is still better?"""

may_stop__although_not_full = Edit("len(pool) == beams and ", "")
"""May the search stop while there are free places in the pool?"""

may_stop__compares_with_the_best = Edit("pool[-1]", "pool[0]")
"""To enter a full pool, whom must a new sequence beat: its first or its last?"""

may_stop__go_on = Edit(
    "len(pool) == beams and best <= pool[-1][0]", "not (len(pool) == beams and best <= pool[-1][0])"
)
"""Does True mean "stop" or "go on"?"""

may_stop__waits_for_worse = Edit("<=", "<")
"""What if the running beam is exactly as good as the last of the pool? Does it beat it?"""

beam_search__too_few_candidates = Edit("2 * beams", "beams")
"""How many candidates do you ask for? If some of them end, enough others must be left."""

beam_search__probabilities = Edit("log_softmax", "softmax")
"""Are the numbers that you hand to `beam_step` probabilities, or their logarithms?"""

beam_search__logits = Edit(".log_softmax(dim=1)", "")
"""Logits are no log probabilities. Which function makes the one of the other?"""

beam_search__never_done = Edit(
    """
            if may_stop(pools[text], best[text], beams):
                done.add(text)""",
    "",
)
"""When all texts may stop, do you still ask the model? And is a pool that is done left alone?"""

beam_search__stops_with_the_first = Edit(
    "len(done) == len(prompts)",
    "done",
    "pool[0] for",
    "pool[0] if pool else (0.0, []) for",
)
"""One text is done. What about the others?"""

beam_search__wakes_up_again = Edit(
    "for text in set(range(len(prompts))) - done",
    """done = set()
        for text in range(len(prompts))""",
)
"""A text that was done goes on in your search as soon as that looks better. Is done not done?"""

beam_search__drops_the_unfinished = Edit(
    ", length == max_new)",
    ")",
    "pool[0] for",
    "pool[0] if pool else (0.0, []) for",
)
"""What becomes of the beams that are still running in the last round?"""


def beam_search__text_by_text(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """How often do you ask the model in a round? Once is enough for the beams of all texts."""
    best = []
    for prompt in prompts:
        ids, scores, pool = prompt.view(1, 1, -1), torch.zeros(1, 1), []
        for length in range(1, max_new + 1):
            log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
            totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
            scores, ids = keep_running(totals, found, beams, end)
            ranks = beam_score(totals[0], length, penalty).tolist()
            candidates = list(zip(ranks, found[0].tolist()))
            pool = keep_finished(pool, candidates, beams, end, length == max_new)
            if may_stop(pool, beam_score(scores[0, 0], length, penalty).item(), beams):
                break
        best.append(pool[0])
    return best


beam_search__whole_pools = Edit(
    "pool[0] for pool in pools", "pair for pool in pools for pair in pool"
)
"""You return all that has finished. How many sequences are asked for, for each text?"""

beam_search__ignores_the_penalty = Edit(
    "totals, length, penalty",
    "totals, length, 1.0",
    "scores[:, 0], length, penalty",
    "scores[:, 0], length, 1.0",
)
"""Try two penalties: do your scores change? Look at what you hand on."""

beam_search__log_probabilities_in_the_pool = Edit("beam_score(totals, length, penalty)", "totals")
"""By what is your pool ordered: by log probability, or by `beam_score`?"""

beam_search__stops_by_log_probability = Edit(
    "beam_score(scores[:, 0], length, penalty)", "scores[:, 0]"
)
"""The pool holds scores. Is what you hand to `may_stop` one already?"""

beam_search__counts_the_prompt = Edit(
    "totals, length",
    "totals, found.shape[2]",
    "scores[:, 0], length",
    "scores[:, 0], ids.shape[2]",
)
"""By which length do you rank: that of the whole sequence, or that of its new tokens?"""
