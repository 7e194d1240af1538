"""Section 6.5, "Look ahead", part 1: other right answers. They must pass."""

import torch
from torch import Tensor

Pool = list[tuple[float, list[int]]]


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
