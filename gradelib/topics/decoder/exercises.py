"""What notebook 03 asks: a decoder's parts, its weights, its loss, its loop and its cache.

The layers are built by their given constructors and get the weights of the case, so that every
right `forward` gives the same numbers. Where a layer is handed a cache, it is a stand-in that gives
back what the case says and remembers what it was handed.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise

Inputs = dict[str, Any]
Rng = np.random.Generator

embed = Exercise("decoder.embed", points=2, difficulty=1)
split_heads = Exercise("decoder.split_heads", points=2, difficulty=1)
merge_heads = Exercise("decoder.merge_heads", points=1, difficulty=1)
causal_attention = Exercise("decoder.causal_attention", points=3, difficulty=2)
SelfAttention = Exercise(
    "decoder.SelfAttention", points=3, difficulty=2, given=("__init__",), seconds=5.0
)
MLP = Exercise("decoder.MLP", points=1, difficulty=1, given=("__init__",), seconds=5.0)
Block = Exercise("decoder.Block", points=2, difficulty=2, given=("__init__",), seconds=5.0)
DecoderLM = Exercise("decoder.DecoderLM", points=3, difficulty=3, given=("__init__",), seconds=5.0)
convert_weights = Exercise("decoder.convert_weights", points=2, difficulty=2)
generate = Exercise("decoder.generate", points=2, difficulty=1)
next_token_loss = Exercise("decoder.next_token_loss", points=3, difficulty=3)
perplexity = Exercise("decoder.perplexity", points=1, difficulty=1)
KVCache = Exercise(
    "decoder.KVCache", points=2, difficulty=2, kind="class", given=("__init__",), seconds=5.0
)
generate_cached = Exercise("decoder.generate_cached", points=3, difficulty=2)


def _normal(rng: Rng, *shape: int, spread: float = 1.0) -> Tensor:
    return torch.from_numpy((spread * rng.normal(size=shape)).astype(np.float32))


def _ids(rng: Rng, *shape: int, vocab: int) -> Tensor:
    return torch.from_numpy(rng.integers(vocab, size=shape))


# --- embed ---------------------------------------------------------------------------------------


def _tables(rng: Rng, vocab: int, context: int, d_model: int) -> Inputs:
    return {
        "tokens": _normal(rng, vocab, d_model, spread=2.0),
        "positions": _normal(rng, context, d_model),
    }


@embed.case
def a_batch_of_ids(rng: Rng) -> Inputs:
    """Two rows of four ids, with vectors for nine tokens and six positions."""
    return {"ids": _ids(rng, 2, 4, vocab=9), **_tables(rng, 9, 6, 3)}


@embed.case
def ids_that_come_later(rng: Rng) -> Inputs:
    """Three ids that come after some others: their positions go on from there."""
    return {
        "ids": _ids(rng, 2, 3, vocab=7),
        **_tables(rng, 7, 8, 5),
        "past": int(rng.integers(1, 5)),
    }


@embed.case
def the_same_token_everywhere(rng: Rng) -> Inputs:
    """One token, four times: its vectors differ, since its positions do."""
    return {"ids": torch.full((1, 4), int(rng.integers(5))), **_tables(rng, 5, 6, 3)}


@embed.case
def all_the_positions_that_there_are(rng: Rng) -> Inputs:
    """As many ids as there are vectors for positions."""
    return {"ids": _ids(rng, 3, 5, vocab=8), **_tables(rng, 8, 5, 2)}


@embed.case
def the_last_position(rng: Rng) -> Inputs:
    """One id at the last position that has a vector."""
    return {"ids": _ids(rng, 2, 1, vocab=4), **_tables(rng, 4, 7, 3), "past": 6}


@embed.case
def a_text_that_is_too_long(rng: Rng) -> Inputs:
    """Six ids, and vectors for five positions: a ValueError."""
    return {"ids": _ids(rng, 2, 6, vocab=9), **_tables(rng, 9, 5, 3)}


@embed.case
def an_id_behind_the_last_position(rng: Rng) -> Inputs:
    """One id at the place after the last vector: a ValueError."""
    return {"ids": _ids(rng, 2, 1, vocab=9), **_tables(rng, 9, 5, 3), "past": 5}


# --- split_heads, merge_heads --------------------------------------------------------------------


@split_heads.case
def three_heads(rng: Rng) -> Inputs:
    """Two sentences of five tokens, twelve features, three heads."""
    return {"x": _normal(rng, 2, 5, 12), "heads": 3}


@split_heads.case
def a_single_head(rng: Rng) -> Inputs:
    """One head gets everything; there is still an axis for it."""
    return {"x": _normal(rng, 3, 2, 5), "heads": 1}


@split_heads.case
def as_many_heads_as_features(rng: Rng) -> Inputs:
    """Each of four heads gets one number."""
    return {"x": _normal(rng, 2, 3, 4), "heads": 4}


@split_heads.case
def more_heads_than_numbers_in_each(rng: Rng) -> Inputs:
    """Five heads with two numbers each."""
    return {"x": _normal(rng, 1, 4, 10), "heads": 5}


@split_heads.case
def heads_that_do_not_fit(rng: Rng) -> Inputs:
    """Ten features cannot be shared by four heads: a ValueError."""
    return {"x": _normal(rng, 2, 3, 10), "heads": 4}


@merge_heads.case
def heads_are_put_together(rng: Rng) -> Inputs:
    """Two sentences, three heads, five tokens, four numbers in each head."""
    return {"x": _normal(rng, 2, 3, 5, 4)}


@merge_heads.case
def one_head_is_put_back(rng: Rng) -> Inputs:
    """A single head: the axis goes."""
    return {"x": _normal(rng, 3, 1, 2, 5)}


@merge_heads.case
def one_token(rng: Rng) -> Inputs:
    """One token, whose heads become one vector."""
    return {"x": _normal(rng, 2, 4, 1, 3)}


@merge_heads.case
def heads_of_one_number(rng: Rng) -> Inputs:
    """Six heads with one number each."""
    return {"x": _normal(rng, 2, 6, 3, 1)}


# --- causal_attention ----------------------------------------------------------------------------


def _attention(rng: Rng, lead: tuple[int, ...], sizes: str, spread: float = 1.0) -> Inputs:
    query, key, d_head, d_value = map(int, sizes)
    return {
        "queries": _normal(rng, *lead, query, d_head, spread=spread),
        "keys": _normal(rng, *lead, key, d_head, spread=spread),
        "values": _normal(rng, *lead, key, d_value),
    }


@causal_attention.case
def a_text_that_is_read_at_once(rng: Rng) -> Inputs:
    """Two sentences, three heads, four tokens: as many queries as keys."""
    return _attention(rng, (2, 3), "4456")


@causal_attention.case
def one_new_token(rng: Rng) -> Inputs:
    """One query after five earlier tokens: it may look at all six."""
    return _attention(rng, (2, 3), "1645")


@causal_attention.case
def two_new_tokens(rng: Rng) -> Inputs:
    """Two queries after three earlier tokens. The first may look at four keys, the last at five."""
    return _attention(rng, (3, 2), "2546")


@causal_attention.case
def no_axis_for_the_heads(rng: Rng) -> Inputs:
    """Queries and keys of shape (3, 5), values of shape (3, 4)."""
    return _attention(rng, (), "3354")


@causal_attention.case
def one_token_alone(rng: Rng) -> Inputs:
    """A single token looks at itself: it gets its own value."""
    return _attention(rng, (2,), "1143")


@causal_attention.case
def vectors_that_are_long(rng: Rng) -> Inputs:
    """Queries and keys three times as long as usual, so that scores are large."""
    return _attention(rng, (2,), "4465", spread=3.0)


@causal_attention.invariant
def each_answer_lies_between_the_values(inputs: Inputs, answer: Tensor) -> bool:
    """A mean lies between the smallest and the largest value."""
    low, high = inputs["values"].aminmax(dim=-2, keepdim=True)
    return bool(((answer >= low - 1e-4) & (answer <= high + 1e-4)).all())


# --- the layers: built by the given constructor, with the weights of the case ---------------------


class _StandIn:
    """In place of a cache: it gives back what the case says, and remembers what it was handed."""

    def __init__(self, keys: Tensor, values: Tensor, length: int) -> None:
        self.back, self.length = (keys, values), length
        self.handed: list[Tensor] = []

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        self.handed += [keys, values]
        return self.back


def _layer(answer: Callable, init: Inputs, weights: dict[str, Tensor]) -> Any:
    layer = answer(**init)
    layer.load_state_dict(weights)
    return layer.eval()


def _read(answer: Callable, init: Inputs, weights: Inputs, x: Tensor, kept: Any = None) -> Any:
    """Build a layer and let it read `x`. `kept` is what its cache gives back."""
    layer = _layer(answer, init, weights)
    with torch.no_grad():
        if kept is None:
            return layer(x)
        cache = _StandIn(**kept)
        return {"output": layer(x, cache), "handed to the cache": cache.handed}


def _linear(rng: Rng, name: str, d_in: int, d_out: int) -> dict[str, Tensor]:
    weight = _normal(rng, d_out, d_in, spread=1.3 * d_in**-0.5)
    return {f"{name}.weight": weight, f"{name}.bias": _normal(rng, d_out, spread=0.4)}


def _norm(rng: Rng, name: str, d_model: int) -> dict[str, Tensor]:
    weight = torch.from_numpy(rng.uniform(0.4, 1.8, size=d_model).astype(np.float32))
    return {f"{name}.weight": weight, f"{name}.bias": _normal(rng, d_model, spread=0.4)}


def _attention_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **_linear(rng, f"{name}qkv", d_model, 3 * d_model),
        **_linear(rng, f"{name}out", d_model, d_model),
    }


def _mlp_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **_linear(rng, f"{name}up", d_model, 4 * d_model),
        **_linear(rng, f"{name}down", 4 * d_model, d_model),
    }


def _block_weights(rng: Rng, d_model: int, name: str = "") -> dict[str, Tensor]:
    return {
        **_norm(rng, f"{name}norm_1", d_model),
        **_attention_weights(rng, d_model, f"{name}attention."),
        **_norm(rng, f"{name}norm_2", d_model),
        **_mlp_weights(rng, d_model, f"{name}mlp."),
    }


def _kept(rng: Rng, batch: int, heads: int, past: int, new: int, d_head: int) -> Inputs:
    """What a cache gives back after `new` tokens that came after `past` others."""
    shape = batch, heads, past + new, d_head
    return {"keys": _normal(rng, *shape), "values": _normal(rng, *shape), "length": past}


# --- SelfAttention -------------------------------------------------------------------------------


@SelfAttention.drive
def read_with_attention(
    answer: Callable, init: Inputs, weights: Inputs, x: Tensor, kept: Any = None
) -> Any:
    return _read(answer, init, weights, x, kept)


def _self_attention(rng: Rng, heads: int, batch: int, token: int, d_model: int) -> Inputs:
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": _attention_weights(rng, d_model),
        "x": _normal(rng, batch, token, d_model),
    }


@SelfAttention.case
def two_sentences(rng: Rng) -> Inputs:
    """Two sentences of five tokens, three heads, twelve features."""
    return _self_attention(rng, 3, 2, 5, 12)


@SelfAttention.case
def attention_with_one_head(rng: Rng) -> Inputs:
    """A single head, with three tokens."""
    return _self_attention(rng, 1, 2, 3, 4)


@SelfAttention.case
def attention_to_oneself(rng: Rng) -> Inputs:
    """One token a row: it can look at itself only."""
    return _self_attention(rng, 2, 3, 1, 8)


@SelfAttention.case
def two_tokens_and_a_cache(rng: Rng) -> Inputs:
    """Two new tokens. The cache gives back the keys and values of all six tokens so far."""
    kept = _kept(rng, 3, 2, 4, 2, 5)
    return {**_self_attention(rng, 2, 3, 2, 10), "kept": kept}


@SelfAttention.case
def one_token_and_a_cache(rng: Rng) -> Inputs:
    """One new token, and a cache that has seen five others."""
    return {**_self_attention(rng, 3, 2, 1, 12), "kept": _kept(rng, 2, 3, 5, 1, 4)}


@SelfAttention.case
def a_cache_that_was_empty(rng: Rng) -> Inputs:
    """Three tokens, and a cache that has seen none before: its `length` is 0."""
    return {**_self_attention(rng, 2, 1, 3, 8), "kept": _kept(rng, 1, 2, 0, 3, 4)}


# --- MLP -----------------------------------------------------------------------------------------


@MLP.drive
def read_with_mlp(answer: Callable, init: Inputs, weights: Inputs, x: Tensor) -> Any:
    return _read(answer, init, weights, x)


def _mlp(rng: Rng, batch: int, token: int, d_model: int, spread: float = 1.0) -> Inputs:
    return {
        "init": {"d_model": d_model},
        "weights": _mlp_weights(rng, d_model),
        "x": _normal(rng, batch, token, d_model, spread=spread),
    }


@MLP.case
def some_tokens(rng: Rng) -> Inputs:
    """Two sentences of five tokens with three features."""
    return _mlp(rng, 2, 5, 3)


@MLP.case
def a_single_token(rng: Rng) -> Inputs:
    """One token with six features."""
    return _mlp(rng, 1, 1, 6)


@MLP.case
def large_numbers(rng: Rng) -> Inputs:
    """Features that are far from zero, on both sides."""
    return _mlp(rng, 3, 2, 4, spread=4.0)


@MLP.case
def numbers_near_zero(rng: Rng) -> Inputs:
    """Features near zero, where the GELU bends."""
    return _mlp(rng, 2, 3, 5, spread=0.2)


# --- Block ---------------------------------------------------------------------------------------


@Block.drive
def read_with_a_block(
    answer: Callable, init: Inputs, weights: Inputs, x: Tensor, kept: Any = None
) -> Any:
    return _read(answer, init, weights, x, kept)


def _block(
    rng: Rng, heads: int, batch: int, token: int, d_model: int, spread: float = 1.0
) -> Inputs:
    return {
        "init": {"d_model": d_model, "heads": heads},
        "weights": _block_weights(rng, d_model),
        "x": _normal(rng, batch, token, d_model, spread=spread),
    }


@Block.case
def a_block_reads_a_batch(rng: Rng) -> Inputs:
    """Two sentences of five tokens, three heads, twelve features."""
    return _block(rng, 3, 2, 5, 12)


@Block.case
def a_block_reads_one_token(rng: Rng) -> Inputs:
    """One token in each of three rows."""
    return _block(rng, 2, 3, 1, 8)


@Block.case
def a_block_reads_large_numbers(rng: Rng) -> Inputs:
    """What comes in is large, as it is after many blocks."""
    return _block(rng, 2, 1, 3, 4, spread=20.0)


@Block.case
def a_block_with_a_cache(rng: Rng) -> Inputs:
    """Two new tokens after four others."""
    return {**_block(rng, 2, 3, 2, 10), "kept": _kept(rng, 3, 2, 4, 2, 5)}


# --- DecoderLM -----------------------------------------------------------------------------------


@DecoderLM.drive
def read_with_a_model(
    answer: Callable, init: Inputs, weights: Inputs, ids: Tensor, kept: Any = None
) -> Any:
    model = _layer(answer, init, weights)
    with torch.no_grad():
        if kept is None:
            return model(ids)
        caches = [_StandIn(**one) for one in kept]
        handed = [cache.handed for cache in caches]
        return {"logits": model(ids, caches), "handed to each cache": handed}


def _model(rng: Rng, sizes: dict[str, int], batch: int, token: int, past: int = 0) -> Inputs:
    d_model, heads, layers = sizes["d_model"], sizes["heads"], sizes["layers"]
    weights = {
        "tokens.weight": _normal(rng, sizes["vocab"], d_model, spread=0.7),
        "positions.weight": _normal(rng, sizes["context"], d_model, spread=0.7),
    }
    for number in range(layers):
        weights |= _block_weights(rng, d_model, f"blocks.{number}.")
    weights |= _norm(rng, "norm", d_model)
    ids = _ids(rng, batch, token, vocab=sizes["vocab"])
    given = {"init": sizes, "weights": weights, "ids": ids}
    if not past:
        return given
    shape = batch, heads, past, token, d_model // heads
    return given | {"kept": [_kept(rng, *shape) for _ in range(layers)]}


@DecoderLM.case
def a_model_of_two_blocks(rng: Rng) -> Inputs:
    """Two rows of five ids, eleven tokens, two blocks of three heads."""
    return _model(rng, {"vocab": 11, "context": 7, "d_model": 6, "heads": 3, "layers": 2}, 2, 5)


@DecoderLM.case
def a_model_of_one_block(rng: Rng) -> Inputs:
    """One block, and as many ids as there are positions."""
    return _model(rng, {"vocab": 9, "context": 4, "d_model": 8, "heads": 2, "layers": 1}, 3, 4)


@DecoderLM.case
def a_model_of_three_blocks(rng: Rng) -> Inputs:
    """Three blocks, which come one after the other."""
    return _model(rng, {"vocab": 5, "context": 8, "d_model": 4, "heads": 1, "layers": 3}, 1, 6)


@DecoderLM.case
def two_ids_and_caches(rng: Rng) -> Inputs:
    """Two new ids, and a cache for each of three blocks that has seen four others."""
    sizes = {"vocab": 10, "context": 9, "d_model": 6, "heads": 2, "layers": 3}
    return _model(rng, sizes, 4, 2, past=4)


@DecoderLM.case
def one_id_and_caches(rng: Rng) -> Inputs:
    """One new id at the last position, one block, and a cache that has seen all the others."""
    sizes = {"vocab": 8, "context": 6, "d_model": 4, "heads": 2, "layers": 1}
    return _model(rng, sizes, 3, 1, past=5)


# --- convert_weights -----------------------------------------------------------------------------

PARTS = {
    "ln_1": "norm_1",
    "attn.c_attn": "attention.qkv",
    "attn.c_proj": "attention.out",
    "ln_2": "norm_2",
    "mlp.c_fc": "mlp.up",
    "mlp.c_proj": "mlp.down",
}


def _gpt2(rng: Rng, layers: int, vocab: int = 7, context: int = 5, d_model: int = 3) -> Inputs:
    """Return weights as GPT-2 has them in `transformers`, and how our modules are called."""
    weights = {
        "transformer.wte.weight": _normal(rng, vocab, d_model),
        "transformer.wpe.weight": _normal(rng, context, d_model),
    }
    names = {"transformer.wte": "tokens", "transformer.wpe": "positions"}
    shapes = [(d_model,), (d_model, 3 * d_model), (d_model, d_model), (d_model,)]
    shapes += [(d_model, 4 * d_model), (4 * d_model, d_model)]
    for number in range(layers):
        for (theirs, ours), shape in zip(PARTS.items(), shapes, strict=True):
            module = f"transformer.h.{number}.{theirs}"
            names[module] = f"blocks.{number}.{ours}"
            weights[f"{module}.weight"] = _normal(rng, *shape)
            weights[f"{module}.bias"] = _normal(rng, shape[-1])
    for kind in ("weight", "bias"):
        weights[f"transformer.ln_f.{kind}"] = _normal(rng, d_model)
    return {"weights": weights, "names": names | {"transformer.ln_f": "norm"}}


@convert_weights.case
def a_gpt2_of_one_block(rng: Rng) -> Inputs:
    """All the weights of a GPT-2 with one block."""
    return _gpt2(rng, 1)


@convert_weights.case
def a_gpt2_with_more_than_we_need(rng: Rng) -> Inputs:
    """Beside the weights of two blocks there are a head and stored masks, which we do not have."""
    given = _gpt2(rng, 2, d_model=2)
    given["weights"]["lm_head.weight"] = given["weights"]["transformer.wte.weight"]
    for number in range(2):
        given["weights"][f"transformer.h.{number}.attn.bias"] = torch.ones(1, 1, 5, 5).tril()
        given["weights"][f"transformer.h.{number}.attn.masked_bias"] = torch.tensor(-1e4)
    return given


@convert_weights.case
def only_some_modules_have_names(rng: Rng) -> Inputs:
    """A GPT-2 of two blocks, of which only the second is wanted, under other names."""
    given = _gpt2(rng, 2, d_model=2)
    names = {f"transformer.h.1.{theirs}": ours.upper() for theirs, ours in PARTS.items()}
    return given | {"names": names}


@convert_weights.case
def names_that_look_like_others(rng: Rng) -> Inputs:
    """Names with a "c", or with "c_" elsewhere, are no `Conv1D`; a `Conv1D` may be square."""
    weights = {
        "music_box.weight": _normal(rng, 2, 3),
        "cross.weight": _normal(rng, 3, 2),
        "c_block.ln.weight": _normal(rng, 3, 4),
        "c_block.c_fc.weight": _normal(rng, 4, 4),
        "c_block.c_fc.bias": _normal(rng, 1, 4),
        "c_block.mlp.c_proj.weight": _normal(rng, 4, 2),
    }
    modules = dict.fromkeys(name.rpartition(".")[0] for name in weights)
    return {"weights": weights, "names": {name: f"our.{name[-4:]}" for name in modules}}


# --- generate, generate_cached: a model of which every id counts, and its place -------------------


def _chooser(rank: int) -> Callable[[Tensor], Tensor]:
    """Return a way to choose: the likeliest token (0), the second (1), and so on."""

    def choose(logits: Tensor) -> Tensor:
        return logits.sort(dim=-1, descending=True).indices[..., rank]

    return choose


def _states(numbers: Tensor, size: int) -> Tensor:
    """Mix all numbers up to each place, with their places."""
    places = torch.arange(1, numbers.shape[1] + 1, device=numbers.device)
    return (numbers * places).cumsum(dim=1) % size


@generate.drive
def write(answer: Callable, table: Tensor, ids: Tensor, max_new: int, rank: int) -> Any:
    def model(ids: Tensor) -> Tensor:
        return table[_states(ids, len(table))]

    return answer(model, ids, max_new, _chooser(rank))


class _Reader:
    """A model of some blocks that knows of earlier ids only what its caches give back."""

    def __init__(self, table: Tensor, layers: int) -> None:
        self.table, self.blocks = table, range(layers)
        self.calls: list[list[int]] = []

    def __call__(self, ids: Tensor, caches: Any = None) -> Tensor:
        self.calls.append([ids.shape[1], 0 if caches is None else len(caches)])
        new, mixed = ids[:, None, :, None].float(), torch.zeros_like(ids)
        for layer in self.blocks:
            keys = new if caches is None else caches[layer].extend(new, new + layer)[0]
            states = _states(keys[:, 0, :, 0].long() + layer, len(self.table))
            mixed = mixed + (layer + 1) * states[:, -ids.shape[1] :]
        return self.table[mixed % len(self.table)]


@generate_cached.drive
def write_with_caches(
    answer: Callable, table: Tensor, layers: int, ids: Tensor, max_new: int, rank: int
) -> Any:
    model = _Reader(table, layers)
    written = answer(model, ids, max_new, _chooser(rank))
    return {"ids": written, "ids read and caches in each call": model.calls}


def _writing(
    rng: Rng, batch: int, token: int, max_new: int, rank: int = 0, vocab: int = 7
) -> Inputs:
    table = _normal(rng, 11, vocab)
    ids = _ids(rng, batch, token, vocab=vocab)
    return {"table": table, "ids": ids, "max_new": max_new, "rank": rank}


@generate.case
def two_texts_go_on(rng: Rng) -> Inputs:
    """Two beginnings of three ids; five more are asked for, the likeliest each time."""
    return _writing(rng, 2, 3, 5)


@generate.case
def a_text_of_one_id(rng: Rng) -> Inputs:
    """One id goes on for four more."""
    return _writing(rng, 1, 1, 4)


@generate.case
def another_way_to_choose(rng: Rng) -> Inputs:
    """`choose` takes the second best token. The logits are its business, not yours."""
    return _writing(rng, 3, 4, 6, rank=1)


@generate.case
def nothing_new(rng: Rng) -> Inputs:
    """No new tokens are asked for: the ids come back as they are."""
    return _writing(rng, 2, 5, 0)


@generate_cached.case
def two_texts_and_two_blocks(rng: Rng) -> Inputs:
    """Two beginnings of three ids, a model of two blocks, five more ids."""
    return {**_writing(rng, 2, 3, 5), "layers": 2}


@generate_cached.case
def one_id_and_one_block(rng: Rng) -> Inputs:
    """One id goes on for four more, with one block."""
    return {**_writing(rng, 1, 1, 4), "layers": 1}


@generate_cached.case
def the_second_best_token(rng: Rng) -> Inputs:
    """`choose` takes the second best token, with three blocks."""
    return {**_writing(rng, 3, 4, 6, rank=1), "layers": 3}


@generate_cached.case
def no_new_tokens(rng: Rng) -> Inputs:
    """No new tokens are asked for: the model is not called at all."""
    return {**_writing(rng, 2, 5, 0), "layers": 2}


# --- next_token_loss -----------------------------------------------------------------------------


@next_token_loss.drive
def loss_and_gradient(answer: Callable, logits: Tensor, ids: Tensor, real: Any = None) -> Any:
    held = logits.clone().requires_grad_()
    loss = answer(held, ids) if real is None else answer(held, ids, real)
    gradient = None
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        (gradient,) = torch.autograd.grad(loss.sum(), held)
    return {"loss": loss, "gradient": gradient}


def _guesses(rng: Rng, batch: int, token: int, vocab: int, spread: float = 1.5) -> Inputs:
    return {
        "logits": _normal(rng, batch, token, vocab, spread=spread),
        "ids": _ids(rng, batch, token, vocab=vocab),
    }


@next_token_loss.case
def two_rows(rng: Rng) -> Inputs:
    """Two rows of five ids, seven tokens."""
    return _guesses(rng, 2, 5, 7)


@next_token_loss.case
def one_row(rng: Rng) -> Inputs:
    """One row of six ids, four tokens."""
    return _guesses(rng, 1, 6, 4)


@next_token_loss.case
def two_ids(rng: Rng) -> Inputs:
    """Rows of two ids: one prediction in each."""
    return _guesses(rng, 4, 2, 5)


@next_token_loss.case
def rows_with_padding(rng: Rng) -> Inputs:
    """Rows of six, three or four, and two real ids: padding does not count, every real id does."""
    real = torch.arange(6) < torch.tensor([[6], [int(rng.integers(3, 5))], [2]])
    return {**_guesses(rng, 3, 6, 8), "real": real}


@next_token_loss.case
def everything_is_real(rng: Rng) -> Inputs:
    """A mask that is True everywhere changes nothing."""
    return {**_guesses(rng, 2, 3, 6), "real": torch.ones(2, 3, dtype=torch.bool)}


@next_token_loss.case
def a_model_that_is_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds, in which the model is sure and mostly wrong."""
    return _guesses(rng, 2, 4, 5, spread=200.0)


# --- perplexity ----------------------------------------------------------------------------------


@perplexity.case
def batches_of_different_size(rng: Rng) -> Inputs:
    """Four batches, the last of them small and hard."""
    losses = [*rng.uniform(0.5, 2.0, size=3), rng.uniform(3.0, 4.0)]
    counts = [*rng.integers(50, 90, size=3), rng.integers(3, 9)]
    return {"losses": list(map(float, losses)), "counts": list(map(int, counts))}


@perplexity.case
def one_batch(rng: Rng) -> Inputs:
    """A single batch."""
    return {"losses": [float(rng.uniform(1, 3))], "counts": [int(rng.integers(5, 30))]}


@perplexity.case
def batches_of_the_same_size(rng: Rng) -> Inputs:
    """Three batches with as many tokens in each."""
    return {"losses": list(map(float, rng.uniform(0.5, 4, size=3))), "counts": [12, 12, 12]}


@perplexity.case
def many_tokens(rng: Rng) -> Inputs:
    """Many batches of many tokens: their nats together are far too many for an exponential."""
    losses, counts = rng.uniform(2, 5, size=20), rng.integers(500, 900, size=20)
    return {"losses": list(map(float, losses)), "counts": list(map(int, counts))}


@perplexity.case
def a_perfect_model(rng: Rng) -> Inputs:
    """No surprise at all."""
    return {"losses": [0.0, 0.0], "counts": [int(rng.integers(2, 9)), 5]}


@perplexity.case
def a_count_is_missing(rng: Rng) -> Inputs:
    """Three losses and two counts: a ValueError."""
    return {"losses": list(map(float, rng.uniform(1, 2, size=3))), "counts": [4, 5]}


@perplexity.invariant
def not_below_the_best_batch_and_not_above_the_worst(inputs: Inputs, answer: Any) -> bool:
    """It lies between the perplexities of the best and of the worst batch."""
    low, high = np.exp(min(inputs["losses"])), np.exp(max(inputs["losses"]))
    return bool(low * (1 - 1e-6) <= answer <= high * (1 + 1e-6))


# --- KVCache -------------------------------------------------------------------------------------


def _extend(rng: Rng, *shape: int, d_value: int = 0) -> list[Any]:
    values = _normal(rng, *shape[:-1], d_value or shape[-1])
    return ["extend", {"keys": _normal(rng, *shape), "values": values}]


@KVCache.case
def a_text_that_grows(rng: Rng) -> Inputs:
    """Four tokens, then two more, for two sentences and three heads."""
    first, then = _extend(rng, 2, 3, 4, 5), _extend(rng, 2, 3, 2, 5)
    return {"init": {}, "steps": ["length", first, "length", then, "length"]}


@KVCache.case
def token_by_token(rng: Rng) -> Inputs:
    """Three tokens, then one at a time."""
    ones = [_extend(rng, 1, 2, 1, 4) for _ in range(3)]
    return {"init": {}, "steps": [_extend(rng, 1, 2, 3, 4), *ones, "length"]}


@KVCache.case
def values_of_another_size(rng: Rng) -> Inputs:
    """Keys have four numbers and values six."""
    steps = [_extend(rng, 3, 2, count, 4, d_value=6) for count in (1, 5)]
    return {"init": {}, "steps": [*steps, "length"]}


@KVCache.case
def tokens_for_the_first_time(rng: Rng) -> Inputs:
    """An empty cache gives back what it is handed."""
    return {"init": {}, "steps": [_extend(rng, 2, 4, 3, 5), "length"]}
