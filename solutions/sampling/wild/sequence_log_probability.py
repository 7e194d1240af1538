"""Wrong answers to `sequence_log_probability` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def sequence_log_probability__not_shifted(logits, ids, start):
    """Takes the logits at the id's own place.

    Hint: not_shifted
    """
    log_probs = logits.log_softmax(dim=-1)
    return log_probs.gather(-1, ids.unsqueeze(-1)).squeeze(-1)[:, start:].sum(1)


def sequence_log_probability__prompt_too(logits, ids, start):
    """Counts the prompt.

    Hint: with_the_prompt
    """
    return -F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none").sum(dim=-1)


def sequence_log_probability__mean(logits, ids, start):
    """Takes the mean.

    Hint: mean
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return -losses[:, start - 1 :].mean(dim=1)


def sequence_log_probability__probability(logits, ids, start):
    """Multiplies probabilities and forgets the logarithm.

    Hint: probability
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return p[:, start - 1 :].prod(dim=1)


def sequence_log_probability__log_of_softmax(logits, ids, start):
    """Takes the logarithm of the softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return p[:, start - 1 :].log().sum(dim=1)


def sequence_log_probability__log_of_a_product(logits, ids, start):
    """Takes the logarithm of a product, which may be zero.

    Hint: logarithm_of_a_product
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return torch.log(p[:, start - 1 :].prod(dim=1))


def sequence_log_probability__one_late(logits, ids, start):
    """Begins one position too late.

    Hint: one_too_late
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return -losses[:, start:].sum(dim=1)


def sequence_log_probability__raw_logits(logits, ids, start):
    """Adds logits up, without the softmax.

    Hint: logits
    """
    chosen = logits[:, :-1].gather(2, ids[:, 1:, None]).squeeze(2)
    return chosen[:, start - 1 :].sum(-1)


def sequence_log_probability__sign(logits, ids, start):
    """Forgets the sign.

    Hint: minus
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return losses[:, start - 1 :].sum(dim=1)


def sequence_log_probability__times_a_mask(logits, ids, start):
    """Multiplies the prompt by zero, which makes no number of -inf.

    Hint: none
    """
    each = -F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return (each * (torch.arange(1, ids.shape[1]) >= start)).sum(1)


def sequence_log_probability__prompt_taken_away(logits, ids, start):
    """Takes the prompt away from the whole, which makes no number of -inf.

    Hint: none
    """
    each = -F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return each.sum(1) - each[:, : start - 1].sum(1)
