"""Wrong answers to `mlm_loss` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def mlm_loss__everything_counts(logits, labels):
    """Divides by all tokens.

    Hint: divided_by_all
    """
    asked = labels != -100
    nats = F.cross_entropy(logits[asked], labels[asked], reduction="sum")
    return nats / (labels.shape[0] * labels.shape[1])


def mlm_loss__row_by_row(logits, labels):
    """Takes the mean of the rows' means.

    Hint: mean_of_rows
    """
    means = []
    for guesses, wanted in zip(logits, labels):
        known = wanted >= 0
        if known.sum() > 0:
            means.append(F.nll_loss(guesses[known].log_softmax(-1), wanted[known]))
    return sum(means) / len(means)


def mlm_loss__all_nats(logits, labels):
    """Adds up.

    Hint: sum
    """
    asked = labels.ne(-100)
    return -logits.log_softmax(2)[asked].gather(1, labels[asked][:, None]).sum()


def mlm_loss__softmax_twice(logits, labels):
    """Makes probabilities first.

    Hint: probabilities
    """
    asked = labels != -100
    return F.cross_entropy(torch.softmax(logits[asked], dim=1), labels[asked])


def mlm_loss__missing_is_zero(logits, labels):
    """Takes the missing labels for token 0.

    Hint: zero_is_ignored
    """
    known = torch.where(labels == -100, 0, labels)
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), known.reshape(-1))
