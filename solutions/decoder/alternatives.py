"""Other right answers to notebook 03, from the libraries where one has it. They must pass."""

import math
from collections.abc import Callable

import torch
import transformers.models.gpt2.modeling_gpt2  # here, since a case has two seconds only
from torch import Tensor, nn

from solutions.decoder.reference import (
    MLP,
    Block,
    DecoderLM,
    KVCache,
    SelfAttention,
    causal_attention,
    embed,
    merge_heads,
    split_heads,
)


def embed__functional(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    places = past + torch.arange(ids.size(1))
    if places[-1] >= positions.size(0):
        raise ValueError("no vector for this position")
    look_up = nn.functional.embedding
    return look_up(ids, tokens) + look_up(places, positions).unsqueeze(0)


def embed__one_hot(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    if len(positions) - past < ids.shape[-1]:
        raise ValueError(past)
    here = nn.functional.one_hot(ids, len(tokens)).float() @ tokens
    return here + positions.narrow(0, past, ids.shape[-1])


def embed__transformers(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    from transformers import GPT2Config, GPT2Model

    if past + ids.shape[1] > len(positions):
        raise ValueError("the text is too long")
    config = GPT2Config(
        vocab_size=len(tokens), n_positions=len(positions), n_embd=tokens.shape[1], n_layer=0,
        n_head=1, bos_token_id=0, eos_token_id=0,
    )  # fmt: skip
    model = GPT2Model(config).eval()
    model.wte.weight.data, model.wpe.weight.data = tokens, positions
    model.ln_f = nn.Identity()
    places = torch.arange(past, past + ids.shape[1]).unsqueeze(0)
    return model(ids, position_ids=places, use_cache=False).last_hidden_state


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
        for module, own in ((theirs.c_attn, self.qkv), (theirs.c_proj, self.out)):
            module.weight.data, module.bias.data = own.weight.T, own.bias
        store = cache and SimpleNamespace(update=lambda keys, values, _: cache.extend(keys, values))
        new, every = x.shape[1], x.shape[1] + (cache.length if cache else 0)
        hidden = torch.ones(new, every, dtype=torch.bool).triu(every - new + 1)
        mask = torch.zeros(new, every).masked_fill(hidden, torch.finfo(torch.float32).min)
        return theirs(x, past_key_values=store, attention_mask=mask)[0]


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


class MLP__formula(nn.Module):
    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        z = self.up(x)
        bent = 0.5 * z * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
        return self.down(bent)


class MLP__transformers(nn.Module):
    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x):
        from transformers.activations import ACT2FN

        return self.down(ACT2FN["gelu_new"](self.up(x)))


class Block__transformers(nn.Module):
    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x, cache=None):
        from types import SimpleNamespace

        from transformers import GPT2Config
        from transformers.models.gpt2.modeling_gpt2 import GPT2Block

        heads, own = self.attention.heads, self.attention
        config = GPT2Config(n_embd=x.shape[-1], n_head=heads, attn_implementation="eager")
        block = GPT2Block(config, layer_idx=0).eval()
        block.ln_1, block.ln_2 = self.norm_1, self.norm_2
        pairs = [(block.attn.c_attn, own.qkv), (block.attn.c_proj, own.out)]
        pairs += [(block.mlp.c_fc, self.mlp.up), (block.mlp.c_proj, self.mlp.down)]
        for theirs, ours in pairs:
            theirs.weight.data, theirs.bias.data = ours.weight.T, ours.bias
        store = cache and SimpleNamespace(update=lambda keys, values, _: cache.extend(keys, values))
        new, every = x.shape[1], x.shape[1] + (cache.length if cache else 0)
        hidden = torch.ones(new, every, dtype=torch.bool).triu(every - new + 1)
        mask = torch.zeros(new, every).masked_fill(hidden, torch.finfo(torch.float32).min)
        return block(x, past_key_values=store, attention_mask=mask)


class Block__step_by_step(nn.Module):
    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = SelfAttention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.mlp = MLP(d_model)

    def forward(self, x, cache=None):
        found = self.attention(self.norm_1(x), cache=cache)
        thought = self.mlp(self.norm_2(x + found))
        return x + found + thought


class DecoderLM__linear_head(nn.Module):
    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        past = 0 if caches is None else caches[0].length
        caches = [None] * len(self.blocks) if caches is None else caches
        hidden = embed(ids, self.tokens.weight, self.positions.weight, past)
        for block, cache in zip(self.blocks, caches, strict=True):
            hidden = block(hidden, cache)
        return nn.functional.linear(self.norm(hidden), self.tokens.weight)


class DecoderLM__layers_called(nn.Module):
    def __init__(self, vocab: int, context: int, d_model: int, heads: int, layers: int) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.blocks = nn.ModuleList(Block(d_model, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, ids, caches=None):
        start = caches[0].length if caches else 0
        places = torch.arange(start, start + ids.shape[1])
        x = self.tokens(ids) + self.positions(places)
        for number, block in enumerate(self.blocks):
            x = block(x) if not caches else block(x, caches[number])
        return torch.einsum("btd,vd->btv", self.norm(x), self.tokens.weight)


def convert_weights__comprehension(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    def turned(name):
        *_, last, kind = name.split(".")
        return kind == "weight" and last[:2] == "c_"

    return {
        f"{names[name.rsplit('.', 1)[0]]}.{name.rsplit('.', 1)[1]}": (
            weight.transpose(0, 1).contiguous() if turned(name) else weight
        )
        for name, weight in weights.items()
        if name.rsplit(".", 1)[0] in names
    }


def convert_weights__by_module(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    found = {}
    for theirs, ours in names.items():
        for kind in ("weight", "bias"):
            if f"{theirs}.{kind}" in weights:
                found[f"{ours}.{kind}"] = weights[f"{theirs}.{kind}"].clone()
        if theirs.split(".")[-1].startswith("c_"):
            found[f"{ours}.weight"] = found[f"{ours}.weight"].t()
    return found


def generate__room_beforehand(
    model: Callable, ids: Tensor, max_new: int, choose: Callable
) -> Tensor:
    start = ids.shape[1]
    every = torch.zeros(len(ids), start + max_new, dtype=ids.dtype)
    every[:, :start] = ids
    for place in range(start, start + max_new):
        every[:, place] = choose(model(every[:, :place])[:, place - 1])
    return every


def generate__recursive(model: Callable, ids: Tensor, max_new: int, choose: Callable) -> Tensor:
    if max_new == 0:
        return ids
    with torch.inference_mode():
        token = choose(model(ids)[:, -1, :])
    return generate__recursive(model, torch.hstack([ids, token[:, None]]), max_new - 1, choose)


def next_token_loss__only_the_real(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    predicted = ids[:, 1:]
    counts = torch.ones_like(predicted, dtype=torch.bool) if real is None else real[:, 1:]
    return nn.functional.cross_entropy(logits[:, :-1][counts], predicted[counts])


def next_token_loss__transformers(
    logits: Tensor, ids: Tensor, real: Tensor | None = None
) -> Tensor:
    from transformers.loss.loss_utils import ForCausalLMLoss

    labels = ids if real is None else ids.masked_fill(~real, -100)
    return ForCausalLMLoss(logits, labels, vocab_size=logits.shape[-1])


def next_token_loss__by_hand(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    guesses = logits.log_softmax(dim=-1)[:, :-1]
    surprisals = -guesses.gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)
    if real is None:
        return surprisals.mean()
    return (surprisals * real[:, 1:]).sum() / real[:, 1:].sum()


def perplexity__numpy(losses: list[float], counts: list[int]) -> float:
    import numpy as np

    if len(losses) != len(counts):
        raise ValueError("counts")
    return float(np.exp(np.average(losses, weights=counts)))


def perplexity__product(losses: list[float], counts: list[int]) -> float:
    if len(losses) != len(counts):
        raise ValueError("one count for each loss")
    every = sum(counts)
    return math.prod(
        math.exp(loss * count / every) for loss, count in zip(losses, counts, strict=True)
    )


class KVCache__transformers:
    def __init__(self) -> None:
        from transformers import DynamicCache

        self.cache = DynamicCache()

    @property
    def length(self) -> int:
        return self.cache.get_seq_length()

    def extend(self, keys, values):
        return self.cache.update(keys, values, 0)


class KVCache__pieces:
    def __init__(self) -> None:
        self.pieces: list[tuple[Tensor, Tensor]] = []

    @property
    def length(self) -> int:
        return sum(keys.shape[-2] for keys, _ in self.pieces)

    def extend(self, keys, values):
        self.pieces.append((keys, values))
        every = zip(*self.pieces, strict=True)
        return tuple(torch.cat(parts, dim=-2) for parts in every)


def generate_cached__beginning_apart(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable
) -> Tensor:
    if max_new < 1:
        return ids
    caches = [KVCache() for _ in range(len(model.blocks))]
    with torch.inference_mode():
        new = [choose(model(ids, caches)[:, -1])]
        while len(new) < max_new:
            new.append(choose(model(new[-1][:, None], caches)[:, -1]))
    return torch.cat([ids, torch.stack(new, dim=1)], dim=1)


def generate_cached__by_length(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable
) -> Tensor:
    caches = [KVCache() for _ in model.blocks]
    for _ in range(max_new):
        unread = ids[:, caches[0].length :]
        ids = torch.hstack([ids, choose(model(unread, caches)[:, -1]).reshape(-1, 1)])
    return ids
