"""Other right answers to notebook 06, from the libraries where one has it. They must pass."""

from collections.abc import Callable

import torch
import transformers.generation.logits_process
from torch import Tensor

from solutions.sampling.reference import (
    beam_score,
    beam_step,
    keep_finished,
    keep_running,
    may_stop,
    min_p,
    residual,
    speculative_step,
    temperature,
    top_k,
    top_p,
)

Pool = list[tuple[float, list[int]]]


def greedy__max(logits: Tensor) -> Tensor:
    return logits.max(dim=1).indices


def greedy__row_by_row(logits: Tensor) -> Tensor:
    rows = logits.tolist()
    return torch.tensor([row.index(max(row)) for row in rows])


def generate__lists(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    ended = [False] * len(ids)
    while max_new and not all(ended):
        chosen = choose(next_logits(ids), ids).tolist()
        chosen = [end if over else token for over, token in zip(ended, chosen, strict=True)]
        ended = [over or token == end for over, token in zip(ended, chosen, strict=True)]
        ids = torch.hstack([ids, torch.tensor(chosen).reshape(-1, 1)])
        max_new -= 1
    return ids


def generate__room_beforehand(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    rows, prompt = ids.shape
    every = torch.full((rows, prompt + max_new), end)
    every[:, :prompt] = ids
    for place in range(prompt, prompt + max_new):
        so_far = every[:, :place]
        over = (so_far[:, prompt:] == end).any(dim=1)
        if place > prompt and over.all():
            return so_far
        chosen = choose(next_logits(so_far), so_far)
        every[:, place] = torch.where(over, torch.full_like(chosen, end), chosen)
    return every


def repetition_rate__last_seen(ids: list[int], window: int) -> float:
    last, repeated = {}, 0
    for place, token in enumerate(ids):
        repeated += token in last and place - last[token] <= window
        last[token] = place
    return repeated / max(1, len(ids))


def repetition_rate__deque(ids: list[int], window: int) -> float:
    from collections import deque
    from statistics import mean

    recent, hits = deque(maxlen=window), []
    for token in ids:
        hits.append(float(token in recent))
        recent.append(token)
    return mean(hits) if hits else 0.0


def sample__gumbel(logits: Tensor, generator: torch.Generator) -> Tensor:
    noise = -torch.log(-torch.log(torch.rand(logits.shape, generator=generator).clamp(1e-20)))
    return (logits + noise).argmax(dim=-1)


def sample__inverse(logits: Tensor, generator: torch.Generator) -> Tensor:
    ends = logits.double().softmax(dim=-1).cumsum(dim=-1)
    dice = torch.rand(len(logits), 1, generator=generator, dtype=torch.double) * ends[:, -1:]
    return torch.searchsorted(ends, dice, right=True).squeeze(1)


def sample__exponential_race(logits: Tensor, generator: torch.Generator) -> Tensor:
    times = torch.empty_like(logits).exponential_(generator=generator)
    return (logits.softmax(dim=-1) / times).argmax(dim=-1)


def sample__row_by_row(logits: Tensor, generator: torch.Generator) -> Tensor:
    drawn = torch.empty(len(logits), dtype=torch.long)
    weights = torch.exp(logits - logits.max(dim=-1, keepdim=True).values)
    for start in range(0, len(logits), 7):  # some rows at a time
        part = weights[start : start + 7]
        drawn[start : start + 7] = torch.multinomial(part, 1, generator=generator)[:, 0]
    return drawn


def distinct_n__zip(texts: list[list[int]], n: int) -> float:
    different, total = set(), 0
    for text in texts:
        ngrams = list(zip(*(text[shift:] for shift in range(n)), strict=False))
        different.update(ngrams)
        total += len(ngrams)
    return len(different) / total if total else 0.0


def distinct_n__numpy(texts: list[list[int]], n: int) -> float:
    import numpy as np

    long = [np.array(text) for text in texts if len(text) >= n]
    if not long:
        return 0.0
    ngrams = np.concatenate([np.lib.stride_tricks.sliding_window_view(text, n) for text in long])
    return len(np.unique(ngrams, axis=0)) / len(ngrams)


def temperature__transformers(logits: Tensor, T: float) -> Tensor:
    from transformers import TemperatureLogitsWarper

    return TemperatureLogitsWarper(float(T))(None, logits)


def temperature__multiplies(logits: Tensor, T: float) -> Tensor:
    if not T > 0:
        raise ValueError(T)
    return logits * (1 / T)


def top_k__transformers(logits: Tensor, k: int) -> Tensor:
    from transformers import TopKLogitsWarper

    return TopKLogitsWarper(k)(None, logits)


def top_k__sorted(logits: Tensor, k: int) -> Tensor:
    rows = []
    for row in logits.tolist():
        least = sorted(row, reverse=True)[:k][-1]
        rows.append([logit if logit >= least else float("-inf") for logit in row])
    return torch.tensor(rows, dtype=logits.dtype)


def top_k__kthvalue(logits: Tensor, k: int) -> Tensor:
    size = logits.size(1)
    least = logits.kthvalue(max(1, size - k + 1), dim=1, keepdim=True).values
    return torch.where(logits >= least, logits, torch.tensor(-torch.inf, dtype=logits.dtype))


def top_p__transformers(logits: Tensor, p: float) -> Tensor:
    from transformers import TopPLogitsWarper

    return TopPLogitsWarper(p)(None, logits)


def top_p__descending(logits: Tensor, p: float) -> Tensor:
    if p >= 1:
        return logits
    ordered, order = torch.sort(logits, descending=True)
    probabilities = ordered.softmax(dim=-1)
    needed = probabilities.cumsum(dim=-1) - probabilities < p
    needed[:, 0] = True
    back = torch.zeros_like(needed).scatter(1, order, needed)
    return torch.where(back, logits, -torch.inf)


def top_p__greedy_set(logits: Tensor, p: float) -> Tensor:
    kept = torch.full_like(logits, -torch.inf)
    for row, probabilities in enumerate(logits.double().softmax(dim=-1).tolist()):
        total = 0.0
        for token in sorted(range(len(probabilities)), key=lambda i: -probabilities[i]):
            if total >= p and p < 1:
                break
            kept[row, token] = logits[row, token]
            total += probabilities[token]
    return kept


def min_p__transformers(logits: Tensor, m: float) -> Tensor:
    from transformers import MinPLogitsWarper

    return MinPLogitsWarper(m)(None, logits)


def min_p__in_logits(logits: Tensor, m: float) -> Tensor:
    import math

    if m == 0:
        return logits
    least = logits.max(dim=-1, keepdim=True).values + math.log(m)
    return logits.masked_fill(logits < least, -torch.inf)


def warp__transformers(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    from transformers import (
        LogitsProcessorList,
        MinPLogitsWarper,
        TemperatureLogitsWarper,
        TopKLogitsWarper,
        TopPLogitsWarper,
    )

    steps = [TemperatureLogitsWarper(T)]
    steps += [] if k is None else [TopKLogitsWarper(k)]
    steps += [] if p is None else [TopPLogitsWarper(p)]
    steps += [] if m is None else [MinPLogitsWarper(m)]
    return LogitsProcessorList(steps)(None, logits)


def warp__ifs(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    for step, number in ((temperature, T), (top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            logits = step(logits, number)
    return logits


def repetition_penalty__transformers(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    from transformers import RepetitionPenaltyLogitsProcessor

    return RepetitionPenaltyLogitsProcessor(penalty)(ids, logits)


def repetition_penalty__loop(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    weaker = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for token in set(text):
            factor = 1 / penalty if logits[row, token] > 0 else penalty
            weaker[row, token] = logits[row, token] * factor
    return weaker


def no_repeat_ngram__transformers(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    from transformers import NoRepeatNGramLogitsProcessor

    return NoRepeatNGramLogitsProcessor(n)(ids, logits)


def no_repeat_ngram__by_ngrams(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    rows, position = ids.shape
    allowed = logits.tolist()
    for row in range(rows if position >= n else 0):
        text = tuple(ids[row].tolist())
        had = {text[i : i + n] for i in range(position - n + 1)}
        for token in range(logits.shape[1]):
            if (*text[position - n + 1 :], token) in had:
                allowed[row][token] = float("-inf")
    return torch.tensor(allowed)


def sequence_log_probability__cross_entropy(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    from torch.nn.functional import cross_entropy

    guesses = logits[:, start - 1 : -1].transpose(1, 2)
    return -cross_entropy(guesses, ids[:, start:], reduction="none").sum(dim=1)


def sequence_log_probability__categorical(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    from torch.distributions import Categorical

    return Categorical(logits=logits[:, start - 1 : -1]).log_prob(ids[:, start:]).sum(dim=1)


def sequence_log_probability__one_by_one(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    totals = []
    for row, text in enumerate(ids.tolist()):
        total = 0.0
        for place in range(start, len(text)):
            guess = logits[row, place - 1]
            total += float(guess[text[place]] - guess.logsumexp(0))
        totals.append(total)
    return torch.tensor(totals)


def beam_score__exp(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    import math

    return log_probabilities * math.exp(-penalty * math.log(length))


def beam_score__in_steps(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    divisor = torch.tensor(float(length)).pow(penalty)
    return torch.div(log_probabilities, divisor)


def beam_step__lists(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    totals, grown = [], []
    for text in range(len(ids)):
        every = [
            (float(scores[text, beam]) + float(log_prob), [*ids[text, beam].tolist(), token])
            for beam in range(ids.shape[1])
            for token, log_prob in enumerate(log_probs[text, beam])
        ]
        best = sorted(every, key=lambda one: -one[0])[:count]
        totals.append([total for total, _ in best])
        grown.append([new for _, new in best])
    return torch.tensor(totals), torch.tensor(grown)


def beam_step__all_grown(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    texts, beams, vocab = log_probs.shape
    tokens = torch.arange(vocab).expand(texts, beams, vocab).unsqueeze(-1)
    grown = torch.cat([ids.unsqueeze(2).expand(-1, -1, vocab, -1), tokens], dim=-1).flatten(1, 2)
    totals = (scores[:, :, None] + log_probs).reshape(texts, -1)
    best = totals.argsort(dim=1, descending=True)[:, :count]
    return totals.gather(1, best), grown.gather(1, best[..., None].expand(-1, -1, grown.shape[-1]))


def beam_step__gather(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    vocab = log_probs.size(-1)
    totals, flat = torch.topk((log_probs + scores[..., None]).view(len(ids), -1), count)
    parent = torch.div(flat, vocab, rounding_mode="floor")
    old = ids.gather(1, parent.unsqueeze(-1).expand(-1, -1, ids.size(-1)))
    return totals, torch.cat((old, flat.remainder(vocab).unsqueeze(-1)), dim=2)


def keep_running__masks(totals: Tensor, ids: Tensor, beams: int, end: int) -> tuple[Tensor, Tensor]:
    kept = [(ids[text, :, -1] != end).nonzero().flatten()[:beams] for text in range(len(ids))]
    scores = torch.stack([totals[text, places] for text, places in enumerate(kept)])
    return scores, torch.stack([ids[text, places] for text, places in enumerate(kept)])


def keep_running__stable_sort(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    order = (ids[:, :, -1] == end).int().argsort(dim=1, stable=True)[:, :beams]
    return totals.gather(1, order), ids.gather(1, order[..., None].expand(-1, -1, ids.shape[-1]))


def keep_finished__heap(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    import heapq

    new = [pair for pair in candidates[:beams] if last or pair[1][-1] == end]
    return heapq.nlargest(beams, [*pool, *new], key=lambda pair: pair[0])


def keep_finished__one_at_a_time(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    best = list(pool)
    for place in range(beams):
        score, text = candidates[place]
        if text[-1] == end or last:
            rank = sum(other >= score for other, _ in best)
            best.insert(rank, (score, text))
    return best[:beams]


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


def residual__relu(target: Tensor, draft: Tensor) -> Tensor:
    more = torch.relu(target - draft)
    total = more.sum(1, keepdim=True)
    return torch.where(total == 0, target, more / total.clamp(min=1e-30))


def residual__minus_the_common(target: Tensor, draft: Tensor) -> Tensor:
    rows = []
    for one, other in zip(target.tolist(), draft.tolist(), strict=True):
        left = [max(0.0, a - b) for a, b in zip(one, other, strict=True)]
        rows.append([part / sum(left) for part in left] if sum(left) else one)
    return torch.tensor(rows)


def speculative_step__gather(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    index = tokens.unsqueeze(1)
    t, d = target.gather(1, index).squeeze(1), draft.gather(1, index).squeeze(1)
    instead = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    accepted = torch.rand(tokens.shape, generator=generator) * d < t
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__only_the_rejected(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    rows, taken = range(len(tokens)), tokens.clone()
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    if not accepted.all():
        left = residual(target, draft)[~accepted]
        taken[~accepted] = torch.multinomial(left, 1, generator=generator).flatten()
    return taken, accepted


def speculative_block__one_by_one(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    new = []
    for place in range(len(tokens)):
        here = slice(place, place + 1)
        token, accepted = speculative_step(tokens[here], draft[here], target[here], generator)
        new.append(token)
        if not accepted:
            return torch.cat(new)
    return torch.cat([*new, torch.multinomial(target[-1:], 1, generator=generator)[0]])


def speculative_block__first_rejection(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    taken, accepted = speculative_step(tokens, draft, target[: len(tokens)], generator)
    rejected = (~accepted).nonzero().flatten().tolist()
    if rejected:
        return taken[: rejected[0] + 1]
    return torch.hstack([taken, torch.multinomial(target[len(tokens)], 1, generator=generator)])
