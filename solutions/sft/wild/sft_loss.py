"""Wrong answers to `sft_loss` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F


def sft_loss__no_shift(logits, labels):
    """Asks each place about its own token.

    Hint: not_shifted
    """
    loss = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="sum")
    return loss / (labels != -100).sum().clamp(min=1)


def sft_loss__shifted_back(logits, labels):
    """Shifts the other way: each place is asked about the token before.

    Hint: shifted_back
    """
    x, y = logits[:, 1:], labels[:, :-1]
    loss = F.cross_entropy(x.transpose(1, 2), y, reduction="sum")
    return loss / (y != -100).sum().clamp(min=1)


def sft_loss__cross_entropy_as_it_is(logits, labels):
    """Lets the library divide, which gives NaN where nothing is learned.

    Hint: nothing
    """
    V = logits.size(-1)
    return F.cross_entropy(logits[:, :-1].reshape(-1, V), labels[:, 1:].reshape(-1))


def sft_loss__mean_of_means(logits, labels):
    """Averages in each conversation, then over conversations.

    Hint: mean_of_answers
    """
    y = labels[:, 1:]
    lost = F.cross_entropy(logits[:, :-1].mT, y, reduction="none")
    n = (y != -100).sum(1)
    return (lost.sum(1) / n.clamp(min=1)).mean()


def sft_loss__by_all_tokens(logits, labels):
    """Divides by all tokens, learned or not.

    Hint: by_all_tokens
    """
    y = labels[:, 1:]
    if y.numel() == 0:
        return logits.sum() * 0
    return F.cross_entropy(logits[:, :-1].mT, y, reduction="none").mean()


def sft_loss__counts_before_the_shift(logits, labels):
    """Counts the learned tokens before it cuts the first column off.

    Hint: by_all_labels
    """
    n = (labels != -100).sum()
    loss = F.cross_entropy(logits[:, :-1].mT, labels[:, 1:], reduction="sum")
    return loss / n.clamp(min=1)


def sft_loss__only_the_sum(logits, labels):
    """Forgets to divide.

    Hint: sum
    """
    return F.cross_entropy(logits[:, :-1].mT, labels[:, 1:], reduction="sum")


def sft_loss__view(logits, labels):
    """Views a slice, which is not contiguous.

    Hint: none
    """
    x = logits[:, :-1].view(-1, logits.shape[-1])
    y = labels[:, 1:].view(-1)
    return F.cross_entropy(x, y, reduction="sum") / max(1, (y != -100).sum().item())


def sft_loss__hidden_is_token_zero(logits, labels):
    """Makes the hidden labels 0, and learns them.

    Hint: everything_learned
    """
    y = labels[:, 1:].clamp(min=0)
    lp = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = lp.gather(-1, y.unsqueeze(-1)).squeeze(-1)
    return -picked.sum() / (labels[:, 1:] != -100).sum().clamp(min=1)


def sft_loss__gathers_minus_100(logits, labels):
    """Picks column -100, as lists allow from the end.

    Hint: none
    """
    y = labels[:, 1:]
    lp = logits[:, :-1].log_softmax(-1)
    nll = -lp.gather(-1, y[..., None])[..., 0]
    m = (y != -100).float()
    return (nll * m).sum() / m.sum().clamp(min=1)


def sft_loss__bits(logits, labels):
    """Counts in bits.

    Hint: none
    """
    y = labels[:, 1:]
    loss = F.cross_entropy(logits[:, :-1].mT, y, reduction="sum") / math.log(2)
    return loss / (y != -100).sum().clamp(min=1)


def sft_loss__perplexity(logits, labels):
    """Returns the perplexity.

    Hint: none
    """
    y = labels[:, 1:]
    loss = F.cross_entropy(logits[:, :-1].mT, y, reduction="sum")
    return torch.exp(loss / (y != -100).sum().clamp(min=1))


def sft_loss__log_of_softmax(logits, labels):
    """Takes the logarithm of probabilities that may be 0.

    Hint: none
    """
    y = labels[:, 1:]
    m = y != -100
    p = torch.softmax(logits[:, :-1], dim=-1)
    picked = p.gather(-1, y.clamp(min=0)[..., None])[..., 0]
    return -torch.log(picked[m]).sum() / max(int(m.sum()), 1)


def sft_loss__log_probability(logits, labels):
    """Forgets the minus.

    Hint: none
    """
    y = labels[:, 1:]
    m = y != -100
    lp = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = lp.gather(-1, y.clamp(min=0)[..., None])[..., 0]
    return picked.masked_fill(~m, 0).sum() / m.sum().clamp(min=1)


def sft_loss__accuracy_like(logits, labels):
    """Adds up 1 - p instead of surprise.

    Hint: none
    """
    y = labels[:, 1:]
    m = y != -100
    p = torch.softmax(logits[:, :-1], dim=-1)
    picked = p.gather(-1, y.clamp(min=0)[..., None])[..., 0]
    return ((1 - picked) * m).sum() / m.sum().clamp(min=1)


def sft_loss__item(logits, labels):
    """Returns a float of Python, which has no gradient.

    Hint: gradient_lost
    """
    y = labels[:, 1:]
    loss = F.cross_entropy(logits[:, :-1].mT, y, reduction="sum")
    return loss.item() / max(1, int((y != -100).sum()))


def sft_loss__no_grad(logits, labels):
    """Computes it under no_grad.

    Hint: gradient_lost
    """
    y = labels[:, 1:]
    with torch.no_grad():
        loss = F.cross_entropy(logits[:, :-1].mT, y, reduction="sum")
        return loss / (y != -100).sum().clamp(min=1)


def sft_loss__fresh_zero(logits, labels):
    """Returns a new 0 where nothing is learned, which nothing leads back from.

    Hint: none
    """
    y = labels[:, 1:]
    n = (y != -100).sum()
    if n == 0:
        return torch.tensor(0.0)
    return F.cross_entropy(logits[:, :-1].mT, y, reduction="sum") / n


def sft_loss__float_zero(logits, labels):
    """Returns the number 0 where nothing is learned.

    Hint: none
    """
    y = labels[:, 1:]
    if (y == -100).all():
        return 0
    return F.cross_entropy(logits[:, :-1].mT, y)


def sft_loss__wrong_axis(logits, labels):
    """Makes probabilities over the tokens, not over the vocabulary.

    Hint: none
    """
    y = labels[:, 1:]
    m = y != -100
    lp = torch.log_softmax(logits[:, :-1], dim=1)
    picked = lp.gather(-1, y.clamp(min=0)[..., None])[..., 0]
    return -(picked * m).sum() / m.sum().clamp(min=1)


def sft_loss__shifts_the_flat_list(logits, labels):
    """Flattens first and shifts then: the end of a row is asked about the next row.

    Hint: none
    """
    V = logits.shape[-1]
    x = logits.reshape(-1, V)[:-1]
    y = labels.reshape(-1)[1:]
    return F.cross_entropy(x, y, reduction="sum") / (y != -100).sum().clamp(min=1)


def sft_loss__rolled(logits, labels):
    """Rolls the labels: the last place is asked about the first token.

    Hint: none
    """
    y = labels.roll(-1, dims=1)
    loss = F.cross_entropy(logits.mT, y, reduction="sum")
    return loss / (y != -100).sum().clamp(min=1)


def sft_loss__positive_labels(logits, labels):
    """Takes 0 for "not learned" too.

    Hint: none
    """
    y = labels[:, 1:]
    m = y > 0
    lp = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = lp.gather(-1, y.clamp(min=0)[..., None])[..., 0]
    return -(picked * m).sum() / m.sum().clamp(min=1)
