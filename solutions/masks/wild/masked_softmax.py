"""Wrong answers to `masked_softmax` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from solutions.masks.reference import (
    additive_mask,
)


def masked_softmax__nan_where_all_is_hidden(scores, mask):
    """Leaves nan in a row in which all is hidden.

    Hint: nan_for_an_empty_row
    """
    return F.softmax(torch.where(mask, scores, float("-inf")), dim=-1)


def masked_softmax__mask_after_softmax(scores, mask):
    """Multiplies by the mask after the softmax, so that rows no longer sum to 1.

    Hint: hides_afterwards
    """
    return torch.softmax(scores, dim=-1) * mask


def masked_softmax__shared_anew_after_softmax(scores, mask):
    """Divides anew after the softmax, where a huge hidden score has left nothing to share.

    Hint: none
    """
    w = torch.softmax(scores, dim=-1) * mask
    return w / w.sum(dim=-1, keepdim=True)


def masked_softmax__shared_anew_with_nan_swept(scores, mask):
    """Divides anew after the softmax and sweeps nan away, so that some rows lose everything.

    Hint: the_largest_of_all_scores
    """
    w = torch.softmax(scores, dim=-1).masked_fill(~mask, 0.0)
    return torch.nan_to_num(w / w.sum(dim=-1, keepdim=True))


def masked_softmax__minus_a_billion(scores, mask):
    """Uses -1e9 for what is hidden, so that a hidden row looks at everything alike.

    Hint: minus_a_billion
    """
    return torch.softmax(scores.masked_fill(mask == 0, -1e9), dim=-1)


def masked_softmax__minus_hundred(scores, mask):
    """Uses a small negative number, which leaves some weight.

    Hint: minus_a_billion
    """
    return torch.softmax(scores.masked_fill(~mask, -100.0), dim=-1)


def masked_softmax__scores_times_mask(scores, mask):
    """Makes hidden scores 0, which is a score like any other.

    Hint: zero_for_hidden_scores
    """
    return torch.softmax(scores * mask, dim=-1)


def masked_softmax__turned_round(scores, mask):
    """Hides what may be looked at.

    Hint: upside_down
    """
    w = torch.softmax(scores.masked_fill(mask, -torch.inf), dim=-1)
    return torch.nan_to_num(w)


def masked_softmax__along_the_queries(scores, mask):
    """Takes the softmax along the queries.

    Hint: queries_compete
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-2)
    return torch.nan_to_num(w)


def masked_softmax__along_axis_one(scores, mask):
    """Takes the softmax along axis 1, whatever axis that is.

    Hint: queries_compete
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=1)
    return w.nan_to_num(0.0)


def masked_softmax__alike_where_all_is_hidden(scores, mask):
    """Gives a hidden row equal weights.

    Hint: even_in_an_empty_row
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.nan_to_num(w, nan=1.0 / scores.shape[-1])


def masked_softmax__additive(scores, mask):
    """Adds the additive form, which a hidden score of infinity survives.

    Hint: adds_a_penalty
    """
    w = torch.softmax(scores + additive_mask(mask), dim=-1)
    return w * mask


def masked_softmax__additive_and_no_zeros(scores, mask):
    """Adds the additive form and forgets the rows in which all is hidden.

    Hint: adds_a_penalty
    """
    return torch.softmax(scores + additive_mask(mask), -1)


def masked_softmax__in_place(scores, mask):
    """Writes into the scores that it was given.

    Hint: none
    """
    scores.masked_fill_(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1).nan_to_num()


def masked_softmax__mask_as_an_index(scores, mask):
    """Uses the mask as an index, which needs the same shape.

    Hint: none
    """
    s = scores.clone()
    s[~mask] = float("-inf")
    return torch.nan_to_num(torch.softmax(s, dim=-1))


def masked_softmax__exp_at_once(scores, mask):
    """Takes exp without taking the maximum away, so that large scores overflow.

    Hint: none
    """
    e = torch.exp(scores) * mask
    total = e.sum(-1, keepdim=True)
    return torch.where(total > 0, e / total, 0.0)


def masked_softmax__maximum_of_the_hidden(scores, mask):
    """Takes away the maximum of all scores, hidden ones too.

    Hint: the_largest_of_all_scores
    """
    e = torch.exp(scores - scores.amax(-1, keepdim=True)) * mask
    total = e.sum(-1, keepdim=True)
    return torch.where(total == 0, torch.zeros_like(e), e / total)


def masked_softmax__small_number_below(scores, mask):
    """Adds a small number below the line, and multiplies only after exp.

    Hint: none
    """
    e = torch.exp(scores) * mask.float()
    return e / (e.sum(dim=-1, keepdim=True) + 1e-8)


def masked_softmax__logarithms(scores, mask):
    """Returns logarithms of the weights.

    Hint: none
    """
    return torch.log_softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)


def masked_softmax__only_if_all_is_hidden(scores, mask):
    """Returns zeros only if everything in all rows is hidden.

    Hint: nan_for_an_empty_row
    """
    if not mask.any():
        return torch.zeros_like(scores)
    return torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)


def masked_softmax__ambiguous(scores, mask):
    """Asks a whole tensor whether it is true.

    Hint: none
    """
    s = scores.masked_fill(~mask, float("-inf"))
    if mask.sum(-1) == 0:
        return torch.zeros_like(scores)
    return torch.softmax(s, dim=-1)


def masked_softmax__keepdim_forgotten(scores, mask):
    """Forgets keepdim when it finds the rows with nothing to look at.

    Hint: none
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.where(mask.any(dim=-1), w, torch.zeros_like(w))


def masked_softmax__hidden_taken_out(scores, mask):
    """Takes the visible scores out, which makes one long row of them.

    Hint: none
    """
    out = torch.zeros_like(scores)
    out[mask.expand_as(scores)] = torch.softmax(scores[mask.expand_as(scores)], dim=0)
    return out


def masked_softmax__smallest_score(scores, mask):
    """Gives what is hidden the smallest score.

    Hint: none
    """
    return torch.softmax(torch.where(mask, scores, scores.min()), dim=-1) * mask


def masked_softmax__scores_hidden_only(scores, mask):
    """Returns the scores with minus infinity and forgets the softmax.

    Hint: no_softmax
    """
    return scores.masked_fill(~mask, float("-inf"))


def masked_softmax__no_mask(scores, mask):
    """Does not use the mask.

    Hint: none
    """
    return torch.softmax(scores, dim=-1)


def masked_softmax__two_axes_only(scores, mask):
    """Goes through rows and columns, as if there were exactly two axes.

    Hint: none
    """
    out = torch.zeros(len(scores), len(scores[0]))
    for q in range(len(scores)):
        visible = [k for k in range(len(scores[q])) if mask[q][k]]
        if not visible:
            continue
        top = max(float(scores[q][k]) for k in visible)
        total = sum(math.exp(float(scores[q][k]) - top) for k in visible)
        for k in visible:
            out[q, k] = math.exp(float(scores[q][k]) - top) / total
    return out


def masked_softmax__squeezed(scores, mask):
    """Takes away all axes of size one at the end.

    Hint: none
    """
    w = torch.softmax(scores.masked_fill(~mask, float("-inf")), dim=-1)
    return torch.nan_to_num(w).squeeze()


def masked_softmax__one_maximum_for_all(scores, mask):
    """Takes the largest visible score of all rows away, so that a row far below it is lost.

    Hint: none
    """
    z = scores.masked_fill(~mask, -torch.inf)
    e = torch.exp(z - z[z.isfinite()].max())
    total = e.sum(-1, keepdim=True)
    return torch.where(total > 0, e / total, torch.zeros_like(e))


def masked_softmax__exp_and_no_more(scores, mask):
    """Takes exp at once, which is infinity or zero where scores are far from zero.

    Hint: overflows
    """
    e = torch.where(mask, torch.exp(scores), torch.zeros(()))
    total = e.sum(-1, keepdim=True)
    return torch.where(total == 0, torch.zeros(()), e / total)


def masked_softmax__a_row_of_the_mask_a_query(scores, mask):
    """Takes the row of the mask for each query, also where it has one row for all.

    Hint: none
    """
    out = torch.zeros_like(scores)
    for q in range(scores.shape[-2]):
        m = mask[..., q, :]
        w = torch.softmax(scores[..., q, :].masked_fill(~m, -torch.inf), dim=-1)
        out[..., q, :] = w.nan_to_num(0.0)
    return out
