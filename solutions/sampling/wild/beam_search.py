"""Wrong answers to `beam_search` in other words, with the hint due."""

import torch
from solutions.sampling.reference import (
    beam_score,
    beam_step,
    keep_finished,
    keep_running,
    may_stop,
)


def _search(
    next_logits,
    prompts,
    beams,
    max_new,
    end,
    penalty,
    logs=torch.log_softmax,
    score=beam_score,
    ranked=True,
    stop=True,
    ask=2,
    new=lambda step: step,
):
    """The search, with a place for each slip."""
    texts = len(prompts)
    ids, scores = prompts[:, None], torch.zeros(texts, 1)
    pools, done = [[] for _ in range(texts)], [False] * texts
    for step in range(1, max_new + 1):
        text, beam, length = ids.shape
        log_probs = logs(next_logits(ids.reshape(text * beam, length)), -1).view(text, beam, -1)
        totals, longer = beam_step(ids, scores, log_probs, ask * beams)
        scores, ids = keep_running(totals, longer, beams, end)
        ranks = score(totals, new(step), penalty) if ranked else totals
        best = score(scores[:, 0], new(step), penalty).tolist()
        for t in range(texts):
            if done[t]:
                continue
            pairs = list(zip(ranks[t].tolist(), longer[t].tolist()))
            pools[t] = keep_finished(pools[t], pairs, beams, end, step == max_new)
            done[t] = stop and may_stop(pools[t], best[t], beams)
        if all(done):
            break
    return [pool[0] for pool in pools]


def beam_search__log_of_softmax(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Takes the logarithm of the softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    return _search(
        next_logits,
        prompts,
        beams,
        max_new,
        end,
        penalty,
        logs=lambda logits, dim: torch.log(torch.softmax(logits, dim)),
    )


def beam_search__raw_logits(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Forgets the softmax.

    Hint: logits
    """
    return _search(
        next_logits, prompts, beams, max_new, end, penalty, logs=lambda logits, dim: logits
    )


def beam_search__probabilities(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Adds probabilities up.

    Hint: probabilities
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, logs=torch.softmax)


def beam_search__penalty_ignored(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Ranks by log probabilities, whatever the penalty is.

    Hint: ignores_the_penalty
    """
    return _search(next_logits, prompts, beams, max_new, end, 0.0)


def beam_search__whole_length(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Counts the prompt into the length.

    Hint: counts_the_prompt
    """
    n = prompts.shape[1]
    return _search(next_logits, prompts, beams, max_new, end, penalty, new=lambda step: step + n)


def beam_search__never_stops(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Never stops early.

    Hint: never_done
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, stop=False)


def beam_search__length_times_penalty(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Divides by length times penalty.

    Hint: none
    """
    return _search(
        next_logits,
        prompts,
        beams,
        max_new,
        end,
        penalty,
        score=lambda totals, length, penalty: totals / max(length * penalty, 1),
    )


def beam_search__as_many_candidates_as_beams(
    next_logits, prompts, beams, max_new, end, penalty=1.0
):
    """Asks for as many candidates as beams, of which some have finished.

    Hint: too_few_candidates
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, ask=1)


def beam_search__greedy(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Searches with one beam.

    Hint: none
    """
    return _search(next_logits, prompts, 1, max_new, end, penalty)
