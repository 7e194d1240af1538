"""Wrong answers to `repetition_penalty` in other words, with the hint due."""

import torch


def repetition_penalty__always_divided(logits, ids, penalty):
    """Divides negative logits too.

    Hint: always_divides
    """
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    return torch.where(seen, logits / penalty, logits)


def repetition_penalty__every_time(logits, ids, penalty):
    """Punishes once for each occurrence.

    Hint: every_time
    """
    result = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for token in row:
            result[r, token] *= penalty if result[r, token] < 0 else 1 / penalty
    return result


def repetition_penalty__all_rows(logits, ids, penalty):
    """Punishes a token in every row if any row has it.

    Hint: in_all_rows
    """
    result = logits.clone()
    for token in ids.unique():
        column = logits[:, token]
        result[:, token] = torch.where(column > 0, column / penalty, column * penalty)
    return result


def repetition_penalty__subtracted(logits, ids, penalty):
    """Subtracts the penalty.

    Hint: subtracts
    """
    seen = torch.zeros_like(logits).scatter(1, ids, 1.0)
    return logits - penalty * seen


def repetition_penalty__the_others(logits, ids, penalty):
    """Punishes those that did not occur.

    Hint: none
    """
    fresh = torch.ones_like(logits, dtype=torch.bool).scatter(1, ids, False)
    punished = torch.where(logits > 0, logits / penalty, logits * penalty)
    return torch.where(fresh, punished, logits)


def repetition_penalty__in_place(logits, ids, penalty):
    """Scatters into the logits that were handed in.

    Hint: in_place
    """
    chosen = logits.gather(1, ids)
    chosen = torch.where(chosen < 0, chosen * penalty, chosen / penalty)
    return logits.scatter_(1, ids, chosen)


def repetition_penalty__last_only(logits, ids, penalty):
    """Looks at the last id only.

    Hint: only_the_last
    """
    last = ids[:, -1:]
    chosen = logits.gather(1, last)
    chosen = torch.where(chosen < 0, chosen * penalty, chosen / penalty)
    return logits.scatter(1, last, chosen)


def repetition_penalty__signs_swapped(logits, ids, penalty):
    """Swaps the two cases, so that repetition is rewarded.

    Hint: upside_down
    """
    chosen = logits.gather(1, ids)
    chosen = torch.where(chosen < 0, chosen / penalty, chosen * penalty)
    return logits.scatter(1, ids, chosen)


def repetition_penalty__forbidden(logits, ids, penalty):
    """Forbids what occurred.

    Hint: forbids
    """
    return logits.scatter(1, ids, -torch.inf)
