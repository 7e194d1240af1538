"""Wrong answers to `causal_attention` in other words, with the hint due."""

import math

import torch
import torch.nn.functional as F


def causal_attention__unscaled(queries, keys, values):
    """Forgets the root of d_head.

    Hint: unscaled
    """
    q, k = queries.shape[-2], keys.shape[-2]
    hidden = torch.ones(q, k).triu(k - q + 1).bool()
    scores = queries @ keys.mT
    return scores.masked_fill(hidden, -math.inf).softmax(-1) @ values


def causal_attention__queries_first(queries, keys, values):
    """Takes the queries for those of the first tokens.

    Hint: upper_left
    """
    q, k = queries.size(-2), keys.size(-2)
    past = torch.arange(k)[None, :] <= torch.arange(q)[:, None]
    scores = queries @ keys.transpose(-1, -2) / math.sqrt(keys.size(-1))
    weights = torch.softmax(torch.where(past, scores, -torch.inf), dim=-1)
    return weights @ values


def causal_attention__torchs_own(queries, keys, values):
    """Lets torch make the mask, which it lays at the top left.

    Hint: upper_left
    """
    return F.scaled_dot_product_attention(queries, keys, values, is_causal=True)


def causal_attention__no_mask(queries, keys, values):
    """Lets every query look at all keys.

    Hint: sees_the_future
    """
    return F.scaled_dot_product_attention(queries, keys, values)


def causal_attention__minus_hundred(queries, keys, values):
    """Hides with -100, which is little only beside small scores.

    Hint: not_low_enough
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k, dtype=torch.bool).tril(k - q)
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -100.0).softmax(dim=-1) @ values


def causal_attention__hidden_after_softmax(queries, keys, values):
    """Hides after the softmax, so that the weights do not sum to one.

    Hint: masked_after_the_softmax
    """
    q, k = queries.shape[-2], keys.shape[-2]
    weights = (queries @ keys.mT / queries.shape[-1] ** 0.5).softmax(-1)
    return (weights * torch.tril(torch.ones(q, k), k - q)) @ values


def causal_attention__scores_times_mask(queries, keys, values):
    """Multiplies the scores by the mask, so that hidden ones become zero.

    Hint: hidden_scores_are_zero
    """
    q, k = queries.shape[-2], keys.shape[-2]
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    return (scores * torch.tril(torch.ones(q, k), k - q)).softmax(-1) @ values


def causal_attention__softmax_over_queries(queries, keys, values):
    """Takes the softmax over the queries.

    Hint: softmax_over_queries
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = (queries @ keys.mT / queries.shape[-1] ** 0.5).masked_fill(~seen, -torch.inf)
    return torch.softmax(scores, -2).nan_to_num() @ values


def causal_attention__root_of_d_value(queries, keys, values):
    """Takes the root of the size of the values.

    Hint: none
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = queries @ keys.mT / values.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -torch.inf).softmax(-1) @ values


def causal_attention__t(queries, keys, values):
    """Turns a batch round with T.

    Hint: none
    """
    q, k = queries.shape[-2], keys.shape[-2]
    seen = torch.ones(q, k).tril(k - q) > 0
    scores = queries @ keys.T / queries.shape[-1] ** 0.5
    return scores.masked_fill(~seen, -torch.inf).softmax(-1) @ values


def causal_attention__shared_anew_after_the_softmax(queries, keys, values):
    """Takes the softmax of all, hides and divides again: nothing may be left beside the future.

    Hint: none
    """
    q, k = queries.shape[-2], keys.shape[-2]
    weights = (queries @ keys.mT / queries.shape[-1] ** 0.5).softmax(-1).tril(k - q)
    return weights / weights.sum(-1, keepdim=True) @ values
