"""Wrong answers to `attention` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F
from solutions.masks.reference import (
    masked_softmax,
)


def attention__not_scaled(queries, keys, values, mask):
    """Does not divide by the square root of d_head.

    Hint: unscaled
    """
    return masked_softmax(torch.einsum("...qd,...kd->...qk", queries, keys), mask) @ values


def attention__divided_by_d(queries, keys, values, mask):
    """Divides by d_head and forgets the root.

    Hint: scaled_too_much
    """
    d = queries.size(-1)
    weights = masked_softmax(queries @ keys.transpose(-2, -1) / d, mask)
    return weights @ values


def attention__times_the_root(queries, keys, values, mask):
    """Multiplies by the square root instead of dividing.

    Hint: multiplied
    """
    scores = torch.matmul(queries, keys.transpose(-2, -1)) * queries.size(-1) ** 0.5
    return torch.matmul(masked_softmax(scores, mask), values)


def attention__root_of_the_keys(queries, keys, values, mask):
    """Divides by the root of the number of keys.

    Hint: scaled_by_the_keys
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-2])
    return masked_softmax(scores, mask) @ values


def attention__root_of_the_values(queries, keys, values, mask):
    """Divides by the root of d_value.

    Hint: scaled_by_the_values
    """
    d = values.shape[-1]
    return masked_softmax(queries @ keys.mT / d**0.5, mask) @ values


def attention__root_of_axis_one(queries, keys, values, mask):
    """Takes axis 1 for d_head, whatever axis that is.

    Hint: none
    """
    d = queries.shape[1]
    return masked_softmax(queries @ keys.mT / math.sqrt(d), mask) @ values


def attention__root_of_axis_zero(queries, keys, values, mask):
    """Takes the length of the queries for d_head.

    Hint: none
    """
    d = len(queries)
    return masked_softmax(queries @ keys.mT / math.sqrt(d), mask) @ values


def attention__t_of_a_batch(queries, keys, values, mask):
    """Uses .T, which turns all the axes of a batch round.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.T / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__first_axes_swapped(queries, keys, values, mask):
    """Swaps axes 0 and 1 of the keys, which fits two axes only.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.transpose(0, 1) / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__keys_not_swapped(queries, keys, values, mask):
    """Forgets to swap the axes of the keys.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__number_by_number(queries, keys, values, mask):
    """Multiplies queries and keys number by number.

    Hint: none
    """
    d = queries.shape[-1]
    scores = (queries * keys).sum(-1, keepdim=True) / math.sqrt(d)
    return masked_softmax(scores, mask) @ values


def attention__mask_added(queries, keys, values, mask):
    """Adds the booleans to the scores.

    Hint: none
    """
    d = queries.shape[-1]
    scores = queries @ keys.mT / math.sqrt(d) + mask
    return torch.softmax(scores, dim=-1) @ values


def attention__mask_turned_round(queries, keys, values, mask):
    """Hides what may be looked at.

    Hint: mask_upside_down
    """
    d = queries.shape[-1]
    return masked_softmax(queries @ keys.mT / math.sqrt(d), ~mask) @ values


def attention__mask_not_used(queries, keys, values, mask):
    """Does not use the mask.

    Hint: without_the_mask
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return torch.softmax(scores, -1) @ values


def attention__mask_after_softmax(queries, keys, values, mask):
    """Multiplies by the mask after the softmax.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return (torch.softmax(scores, -1) * mask) @ values


def attention__own_softmax_nan(queries, keys, values, mask):
    """Uses minus infinity and leaves nan where all is hidden.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    scores = scores.masked_fill(mask == False, float("-inf"))
    return F.softmax(scores, dim=-1) @ values


def attention__minus_a_billion(queries, keys, values, mask):
    """Uses -1e9, so that a query with nothing to look at gets the mean of all values.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    scores = scores.masked_fill(mask == 0, -1e9)
    return torch.softmax(scores, dim=-1) @ values


def attention__weights(queries, keys, values, mask):
    """Returns the weights.

    Hint: weights
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask)


def attention__answer_and_weights(queries, keys, values, mask):
    """Returns the weights beside the answer.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    weights = masked_softmax(scores, mask)
    return weights @ values, weights


def attention__weights_swapped(queries, keys, values, mask):
    """Swaps the axes of the weights before they meet the values.

    Hint: none
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask).mT @ values


def attention__scaled_after_softmax(queries, keys, values, mask):
    """Divides the weights instead of the scores.

    Hint: none
    """
    weights = masked_softmax(queries @ keys.mT, mask) / math.sqrt(keys.shape[-1])
    return weights @ values


def attention__three_axes_only(queries, keys, values, mask):
    """Names three axes, as if there were always one batch axis.

    Hint: none
    """
    scores = torch.einsum("bqd,bkd->bqk", queries, keys) / queries.shape[-1] ** 0.5
    return torch.einsum("bqk,bkv->bqv", masked_softmax(scores, mask), values)


def attention__batches_multiplied(queries, keys, values, mask):
    """Uses bmm, which takes exactly three axes.

    Hint: none
    """
    scores = torch.bmm(queries, keys.transpose(1, 2)) / queries.shape[-1] ** 0.5
    return torch.bmm(masked_softmax(scores, mask), values)


def attention__cosine(queries, keys, values, mask):
    """Takes the cosine of query and key instead of the dot product.

    Hint: none
    """
    scores = F.normalize(queries, dim=-1) @ F.normalize(keys, dim=-1).mT
    return masked_softmax(scores, mask) @ values


def attention__plain_mean(queries, keys, values, mask):
    """Takes the plain mean of the visible values.

    Hint: none
    """
    shape = torch.broadcast_shapes(mask.shape, (*queries.shape[:-1], keys.shape[-2]))
    m = mask.expand(shape).float()
    return m @ values / m.sum(-1, keepdim=True).clamp(min=1)


def attention__keys_mixed(queries, keys, values, mask):
    """Mixes the keys instead of the values.

    Hint: mixes_the_keys
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])
    return masked_softmax(scores, mask) @ keys


def attention__root_of_whole_numbers(queries, keys, values, mask):
    """Cuts the root to a whole number.

    Hint: none
    """
    scores = queries @ keys.mT / int(math.sqrt(keys.shape[-1]))
    return masked_softmax(scores, mask) @ values


def attention__a_row_of_the_mask_a_query(queries, keys, values, mask):
    """Takes the row of the mask for each query, also where it has one row for all.

    Hint: none
    """
    rows = []
    for q in range(queries.shape[-2]):
        scores = queries[..., q : q + 1, :] @ keys.mT / math.sqrt(keys.shape[-1])
        if q >= mask.shape[-2]:
            raise IndexError(f"the mask has no row {q}")
        rows.append(masked_softmax(scores, mask[..., q : q + 1, :]) @ values)
    return torch.cat(rows, dim=-2)
