"""Wrong answers to `accuracy` in other words, with the hint due."""

import torch


def accuracy__all_places(logits, labels):
    """Divides by all labels.

    Hint: unasked_count
    """
    guesses = torch.argmax(logits, -1)
    return (guesses == labels).sum().item() / labels.numel()


def accuracy__count(logits, labels):
    """Counts the right ones.

    Hint: number_of_hits
    """
    return float(((logits.argmax(-1) == labels) & (labels != -100)).sum())


def accuracy__of_each_row(logits, labels):
    """A mean of means.

    Hint: mean_of_rows
    """
    if labels.dim() == 1:
        labels, logits = labels.unsqueeze(0), logits.unsqueeze(0)
    shares = []
    for row, lab in zip(logits, labels):
        keep = lab >= 0
        if keep.any():
            shares.append((row.argmax(-1)[keep] == lab[keep]).float().mean().item())
        else:
            shares.append(0.0)
    return sum(shares) / len(shares)


def accuracy__wrong_share(logits, labels):
    """The error rate.

    Hint: errors
    """
    keep = labels >= 0
    return 1 - (logits.argmax(-1)[keep] == labels[keep]).float().mean().item()


def accuracy__zero_dim_tensor(logits, labels):
    """Returns a tensor.

    Hint: a_tensor
    """
    keep = labels >= 0
    return (logits.argmax(-1)[keep] == labels[keep]).double().mean()


def accuracy__percent(logits, labels):
    """In percent.

    Hint: none
    """
    keep = labels >= 0
    return 100 * (logits.argmax(-1)[keep] == labels[keep]).float().mean().item()


def accuracy__of_probabilities(logits, labels):
    """Makes probabilities first, in a way in which large logits overflow.

    Hint: none
    """
    asked = labels != -100
    p = logits.exp() / logits.exp().sum(-1, keepdim=True)
    return (p.argmax(-1)[asked] == labels[asked]).float().mean().item()
