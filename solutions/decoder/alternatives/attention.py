"""Section 3.2, "Several heads": other right answers. They must pass."""

import torch
import transformers.models.gpt2.modeling_gpt2  # here, since a case has two seconds only
from torch import Tensor, nn

from solutions.decoder.reference import causal_attention, merge_heads, split_heads


def split_heads__unflatten(x: Tensor, heads: int) -> Tensor:
    if x.shape[-1] % heads != 0:
        raise ValueError("heads do not fit")
    return x.unflatten(-1, (heads, -1)).permute(0, 2, 1, 3)


def split_heads__stack_of_slices(x: Tensor, heads: int) -> Tensor:
    size, left = divmod(x.shape[2], heads)
    if left:
        raise ValueError(left)
    return torch.stack(x.split(size, dim=2), dim=1)


def merge_heads__permute(x: Tensor) -> Tensor:
    batch, heads, token, d_head = x.shape
    return x.permute(0, 2, 1, 3).reshape(batch, token, heads * d_head)


def merge_heads__side_by_side(x: Tensor) -> Tensor:
    return torch.cat(x.unbind(dim=1), dim=-1)


def causal_attention__torch(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    query, key = queries.shape[-2], keys.shape[-2]
    mask = torch.ones(query, key, dtype=torch.bool).tril(key - query)
    return nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)


def causal_attention__lower_right(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    from torch.nn.attention.bias import causal_lower_right

    mask = causal_lower_right(queries.shape[-2], keys.shape[-2])._materialize()
    return nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)


def causal_attention__transformers(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    from types import SimpleNamespace

    from transformers.models.gpt2.modeling_gpt2 import eager_attention_forward

    query, key = queries.shape[-2], keys.shape[-2]
    may_look = torch.ones(query, key, dtype=torch.bool).tril(key - query)
    added = torch.zeros(query, key).masked_fill(~may_look, torch.finfo(torch.float32).min)
    four = [part.reshape(-1, 1, *part.shape[-2:]) for part in (queries, keys, values)]
    layer = SimpleNamespace(training=False)
    mixed, _ = eager_attention_forward(layer, *four, added, scaling=queries.shape[-1] ** -0.5)
    return mixed.transpose(1, 2).reshape(*queries.shape[:-1], values.shape[-1])


def causal_attention__query_by_query(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    past, mixed = keys.shape[-2] - queries.shape[-2], []
    for place in range(queries.shape[-2]):
        seen = slice(past + place + 1)
        scores = torch.einsum("...d,...kd->...k", queries[..., place, :], keys[..., seen, :])
        weights = torch.softmax(scores * queries.shape[-1] ** -0.5, dim=-1)
        mixed.append(torch.einsum("...k,...kd->...d", weights, values[..., seen, :]))
    return torch.stack(mixed, dim=-2)


class SelfAttention__transformers(nn.Module):
    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        from types import SimpleNamespace

        from transformers import GPT2Config
        from transformers.models.gpt2.modeling_gpt2 import GPT2Attention

        d_model = x.shape[-1]
        config = GPT2Config(n_embd=d_model, n_head=self.heads, attn_implementation="eager")
        theirs = GPT2Attention(config, layer_idx=0).eval()
        weights = {"c_attn.weight": self.qkv.weight.T, "c_attn.bias": self.qkv.bias}
        weights |= {"c_proj.weight": self.out.weight.T, "c_proj.bias": self.out.bias}
        store = cache and SimpleNamespace(update=lambda keys, values, _: cache.extend(keys, values))
        new, every = x.shape[1], x.shape[1] + (cache.length if cache else 0)
        hidden = torch.ones(new, every, dtype=torch.bool).triu(every - new + 1)
        mask = torch.zeros(new, every).masked_fill(hidden, torch.finfo(torch.float32).min)
        more = {"past_key_values": store, "attention_mask": mask}
        return torch.func.functional_call(theirs, weights, x, more)[0]


class SelfAttention__three_layers(nn.Module):
    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(d_model, 3 * d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x, cache=None):
        d_model = x.shape[-1]
        parts = []
        for number in range(3):
            rows = slice(number * d_model, (number + 1) * d_model)
            part = nn.functional.linear(x, self.qkv.weight[rows], self.qkv.bias[rows])
            parts.append(split_heads(part, self.heads))
        if cache:
            parts[1:] = cache.extend(*parts[1:])
        return self.out(merge_heads(causal_attention(*parts)))
