"""Section 2.3, "Attention behind a mask": right answers in other forms."""

import math

import torch
from torch import Tensor

from solutions.masks.reference import masked_softmax


def masked_softmax__torch_masked(scores: Tensor, mask: Tensor) -> Tensor:
    found = torch.masked.softmax(scores, dim=-1, mask=mask.expand(scores.shape))
    return found.nan_to_num(0.0)


def masked_softmax__lowest_then_zero(scores: Tensor, mask: Tensor) -> Tensor:
    lowest = torch.finfo(scores.dtype).min
    return torch.softmax(torch.where(mask, scores, lowest), dim=-1) * mask


def masked_softmax__by_hand(scores: Tensor, mask: Tensor) -> Tensor:
    scores = torch.where(mask, scores, -torch.inf)
    largest = scores.amax(dim=-1, keepdim=True).clamp(min=torch.finfo(scores.dtype).min)
    weights = (scores - largest).exp()
    return weights / weights.sum(dim=-1, keepdim=True).clamp(min=1e-30)


def masked_softmax__row_by_row(scores: Tensor, mask: Tensor) -> Tensor:
    rows = scores.reshape(-1, scores.shape[-1])
    seen = mask.expand(scores.shape).reshape(rows.shape)
    weights = torch.zeros_like(rows)
    for row, score, may in zip(weights, rows, seen, strict=True):
        row[may] = torch.softmax(score[may], dim=0)
    return weights.reshape(scores.shape)


def attention__einsum(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    scores = torch.einsum("...qd,...kd->...qk", queries, keys) * keys.shape[-1] ** -0.5
    return torch.einsum("...qk,...kd->...qd", masked_softmax(scores, mask), values)


def attention__scaled_before(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    queries = queries / math.sqrt(queries.size(-1))
    return torch.matmul(masked_softmax(queries @ keys.transpose(-2, -1), mask), values)


def attention__transformers(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    from types import SimpleNamespace

    from transformers.models.bert.modeling_bert import eager_attention_forward

    lead, table = queries.shape[:-2], (queries.shape[-2], keys.shape[-2])
    four = [part.reshape(-1, 1, *part.shape[-2:]) for part in (queries, keys, values)]
    may = mask.expand(*lead, *table).reshape(-1, 1, *table)
    added = torch.zeros(may.shape).masked_fill(~may, torch.finfo(torch.float32).min)
    layer = SimpleNamespace(training=False)
    mixed, _ = eager_attention_forward(layer, *four, added, scaling=queries.shape[-1] ** -0.5)
    mixed = mixed.transpose(1, 2) * may.any(dim=-1, keepdim=True)  # (lead, 1, query, d_value)
    return mixed.reshape(*lead, *mixed.shape[-2:])
