"""Wrong answers to `token_log_probs` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def token_log_probs__temperature_left_out(logits, ids, temperature):
    """Does not know what the temperature is for.

    Hint: no_temperature
    """
    lp = F.log_softmax(logits, dim=-1)
    return lp[:, :-1].gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)


def token_log_probs__multiplied(logits, ids, temperature):
    """Multiplies.

    Hint: times_temperature
    """
    lp = F.log_softmax(logits * temperature, dim=-1)
    return lp[:, :-1].gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)


def token_log_probs__no_shift(logits, ids, temperature):
    """Asks each place about its own token.

    Hint: same_place
    """
    lp = F.log_softmax(logits / temperature, dim=-1)
    return lp.gather(2, ids.unsqueeze(2)).squeeze(2)


def token_log_probs__probs(logits, ids, temperature):
    """Forgets the logarithm.

    Hint: probabilities
    """
    p = F.softmax(logits[:, :-1] / temperature, -1)
    return torch.take_along_dim(p, ids[:, 1:, None], -1)[..., 0]


def token_log_probs__nll(logits, ids, temperature):
    """Uses cross-entropy as it is.

    Hint: negative
    """
    if ids.shape[1] < 2:
        return logits[:, :0, 0]
    return F.cross_entropy((logits[:, :-1] / temperature).mT, ids[:, 1:], reduction="none")


def token_log_probs__log_of_softmax(logits, ids, temperature):
    """Takes the logarithm afterwards.

    Hint: underflow
    """
    p = torch.softmax(logits[:, :-1] / temperature, -1)
    return torch.log(torch.take_along_dim(p, ids[:, 1:, None], -1)[..., 0])


def token_log_probs__cooled_afterwards(logits, ids, temperature):
    """Divides at the end.

    Hint: after_the_softmax
    """
    lp = torch.log_softmax(logits[:, :-1], -1)
    return torch.take_along_dim(lp, ids[:, 1:, None], -1)[..., 0] / temperature


def token_log_probs__summed(logits, ids, temperature):
    """Adds up each text.

    Hint: none
    """
    lp = torch.log_softmax(logits[:, :-1] / temperature, -1)
    return torch.take_along_dim(lp, ids[:, 1:, None], -1)[..., 0].sum(1)


def token_log_probs__no_low_temperature(logits, ids, temperature):
    """Takes low temperatures for 0.5.

    Hint: none
    """
    lp = (logits[:, :-1] / max(temperature, 0.5)).log_softmax(-1)
    return lp.gather(-1, ids[:, 1:, None]).squeeze(-1)


def token_log_probs__stacked(logits, ids, temperature):
    """Goes through the places, and puts together what may be nothing.

    Hint: nothing_to_put_together
    """
    found = []
    for t in range(1, ids.shape[1]):
        lp = torch.log_softmax(logits[:, t - 1] / temperature, -1)
        found.append(lp[torch.arange(len(ids)), ids[:, t]])
    return torch.stack(found, dim=-1)


def token_log_probs__token_by_token(logits, ids, temperature):
    """The same for each token alone.

    Hint: nothing_to_put_together
    """
    lp = (logits / temperature).log_softmax(-1)
    rows = []
    for b in range(len(ids)):
        rows.append(torch.stack([lp[b, t, ids[b, t + 1]] for t in range(ids.shape[1] - 1)]))
    return torch.stack(rows)


def token_log_probs__norm_detached(logits, ids, temperature):
    """Detaches what the logits are divided by in the softmax.

    Hint: none
    """
    cooled = logits[:, :-1] / temperature
    own = cooled.gather(-1, ids[:, 1:, None]).squeeze(-1)
    return own - cooled.detach().logsumexp(-1)
