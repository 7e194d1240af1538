"""Wrong answers to `answer_log_prob` in other words, with the hint due."""

import torch
from torch.nn import functional


def answer_log_prob__same_place(logits, ids, mask, mean=False):
    """Reads the logits at the token's own place.

    Hint: not_shifted
    """
    log_probs = torch.log_softmax(logits, dim=-1)
    own = torch.gather(log_probs, 2, ids.unsqueeze(2)).squeeze(2)
    own = own.masked_fill(~mask, 0.0)
    if mean:
        return own.sum(1) / mask.sum(1)
    return own.sum(1)


def answer_log_prob__mask_of_the_place_before(logits, ids, mask, mean=False):
    """Shifts logits and ids, and cuts the mask at the wrong end.

    Hint: one_late
    """
    log_probs = functional.log_softmax(logits[:, :-1, :], dim=-1)
    picked = log_probs.gather(2, ids[:, 1:].unsqueeze(-1))[..., 0]
    m = mask[:, :-1].to(picked.dtype)
    total = (picked * m).sum(-1)
    return total / m.sum(-1).clamp(min=1) if mean else total


def answer_log_prob__with_the_prompt(logits, ids, mask, mean=False):
    """Adds up what all tokens cost, and uses the mask only to divide.

    Hint: with_the_prompt
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    total = picked.sum(dim=1)
    return total / mask.sum(dim=1) if mean else total


def answer_log_prob__cross_entropy(logits, ids, mask, mean=False):
    """Takes the loss for the log-probability, and so the other sign.

    Hint: surprise
    """
    losses = functional.cross_entropy(logits[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none")
    losses = torch.where(mask[:, 1:], losses, torch.zeros_like(losses))
    return losses.sum(1) / mask[:, 1:].sum(1) if mean else losses.sum(1)


def answer_log_prob__probabilities(logits, ids, mask, mean=False):
    """Adds up probabilities, without the logarithm.

    Hint: probabilities
    """
    probs = torch.softmax(logits[:, :-1], dim=-1)
    picked = probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    picked = picked * mask[:, 1:]
    return picked.sum(1) / mask[:, 1:].sum(1) if mean else picked.sum(1)


def answer_log_prob__divides_by_the_width(logits, ids, mask, mean=False):
    """Calls `.mean` over the row, in which padding and prompt stand as zeros.

    Hint: mean_of_all_places
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    picked = torch.where(mask[:, 1:], picked, 0.0)
    return picked.mean(1) if mean else picked.sum(1)


def answer_log_prob__one_number(logits, ids, mask, mean=False):
    """Picks by the mask, and so one number comes of all texts.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)[mask[:, 1:]]
    return picked.mean() if mean else picked.sum()


def answer_log_prob__always_the_mean(logits, ids, mask, mean=False):
    """Forgets to look at `mean`.

    Hint: always_the_mean
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    answer = mask[:, 1:].float()
    return (picked * answer).sum(1) / answer.sum(1)


def answer_log_prob__never_the_mean(logits, ids, mask, mean=False):
    """Never takes the mean, a loop over texts.

    Hint: always_the_sum
    """
    out = []
    for row in range(len(ids)):
        total = 0.0
        for t in range(1, ids.shape[1]):
            if mask[row, t]:
                total = total + torch.log_softmax(logits[row, t - 1], dim=0)[ids[row, t]]
        out.append(total)
    return torch.stack(out)


def answer_log_prob__item(logits, ids, mask, mean=False):
    """Leaves the graph by `.item()`.

    Hint: detached
    """
    sums = []
    for one, tokens, wanted in zip(logits, ids, mask, strict=True):
        costs = [
            torch.log_softmax(one[t - 1], dim=0)[tokens[t]].item()
            for t in range(1, len(tokens))
            if wanted[t]
        ]
        sums.append(sum(costs) / len(costs) if mean else sum(costs))
    return torch.tensor(sums)


def answer_log_prob__raw_logits(logits, ids, mask, mean=False):
    """Adds up logits, no softmax.

    Hint: raw_logits
    """
    picked = logits[:, :-1].gather(-1, ids[:, 1:, None]).squeeze(-1)
    picked = picked * mask[:, 1:]
    return picked.sum(1) / mask[:, 1:].sum(1) if mean else picked.sum(1)


def answer_log_prob__softmax_over_tokens(logits, ids, mask, mean=False):
    """Takes the softmax over the places.

    Hint: over_places
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    picked = picked.masked_fill(~mask[:, 1:], 0.0)
    return picked.sum(1) / mask[:, 1:].sum(1) if mean else picked.sum(1)


def answer_log_prob__likeliest(logits, ids, mask, mean=False):
    """Takes the likeliest token in place of the one that stands there.

    Hint: none
    """
    best = torch.log_softmax(logits[:, :-1], dim=-1).max(dim=-1).values
    best = best.masked_fill(~mask[:, 1:], 0.0)
    return best.sum(1) / mask[:, 1:].sum(1) if mean else best.sum(1)


def answer_log_prob__log_of_softmax(logits, ids, mask, mean=False):
    """Takes the logarithm of a softmax, which is of 0 where a token is unlikely.

    Hint: underflow
    """
    probs = torch.softmax(logits[:, :-1], dim=-1)
    picked = torch.log(probs.gather(-1, ids[:, 1:, None]).squeeze(-1))
    picked = picked.masked_fill(~mask[:, 1:], 0.0)
    return picked.sum(1) / mask[:, 1:].sum(1) if mean else picked.sum(1)


def answer_log_prob__minus_infinity(logits, ids, mask, mean=False):
    """Fills the rest with minus infinity, as before a softmax.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    picked = picked.masked_fill(~mask[:, 1:], float("-inf"))
    return picked.sum(1) / mask[:, 1:].sum(1) if mean else picked.sum(1)


def answer_log_prob__one_too_few(logits, ids, mask, mean=False):
    """Divides by one too few: counts the places between the answer's first and last token.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    m = mask[:, 1:].float()
    total = (picked * m).sum(1)
    return total / (m.sum(1) - 1).clamp(min=1) if mean else total


def answer_log_prob__from_the_first_true_on(logits, ids, mask, mean=False):
    """Finds where the answer begins, and adds up all that is behind it, padding too.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    out = []
    for costs, m in zip(picked, mask[:, 1:], strict=True):
        start = int(m.int().argmax())
        out.append(costs[start:].mean() if mean else costs[start:].sum())
    return torch.stack(out)


def answer_log_prob__times_the_mask(logits, ids, mask, mean=False):
    """Multiplies by the mask, so that minus infinity times 0 comes in.

    Hint: times_the_mask
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    answer = mask[:, 1:].float()
    total = (picked * answer).sum(dim=-1)
    return total / answer.sum(dim=-1) if mean else total


def answer_log_prob__squeezed(logits, ids, mask, mean=False):
    """Squeezes every axis of size one.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze()
    picked = picked.masked_fill(~mask[:, 1:].squeeze(), 0.0)
    total = picked.sum(-1)
    return total / mask[:, 1:].sum(-1) if mean else total


def answer_log_prob__squeezed(logits, ids, mask, mean=False):
    """Squeezes every axis of size one.

    Hint: none
    """
    log_probs = torch.log_softmax(logits[:, :-1], dim=-1)
    picked = log_probs.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze()
    picked = picked.masked_fill(~mask[:, 1:].squeeze(), 0.0)
    total = picked.sum(-1)
    return total / mask[:, 1:].sum(-1) if mean else total


def answer_log_prob__norm_detached(logits, ids, mask, mean=False):
    """Detaches what the logits are divided by in the softmax.

    Hint: none
    """
    before, answers = logits[:, :-1], mask[:, 1:]
    told = before.gather(-1, ids[:, 1:, None])[..., 0] - before.logsumexp(-1).detach()
    total = told.masked_fill(~answers, 0).sum(dim=1)
    return total / answers.sum(dim=1) if mean else total
