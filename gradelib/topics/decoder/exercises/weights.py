"""Section 3.5, "Somebody else's weights": what is asked."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.decoder.exercises.inputs import normal
from gradelib.topics.decoder.exercises.texts import Chooser, mixed_up, writing

convert_weights = Exercise("decoder.convert_weights", points=0, difficulty=2)
generate = Exercise("decoder.generate", points=2, difficulty=1)


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
        "transformer.wte.weight": normal(rng, vocab, d_model),
        "transformer.wpe.weight": normal(rng, context, d_model),
    }
    names = {"transformer.wte": "tokens", "transformer.wpe": "positions"}
    shapes = [(d_model,), (d_model, 3 * d_model), (d_model, d_model), (d_model,)]
    shapes += [(d_model, 4 * d_model), (4 * d_model, d_model)]
    for number in range(layers):
        for (theirs, ours), shape in zip(PARTS.items(), shapes, strict=True):
            module = f"transformer.h.{number}.{theirs}"
            names[module] = f"blocks.{number}.{ours}"
            weights[f"{module}.weight"] = normal(rng, *shape)
            weights[f"{module}.bias"] = normal(rng, shape[-1])
    for kind in ("weight", "bias"):
        weights[f"transformer.ln_f.{kind}"] = normal(rng, d_model)
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
    """A `Conv1D` has "c_" in front of the last part of its name; only its "weight" is turned."""
    weights = {
        "music_box.weight": normal(rng, 2, 3),
        "cross.weight": normal(rng, 3, 1),
        "c_block.ln.weight": normal(rng, 3, 4),
        "c_block.c_fc.weight": normal(rng, 4, 4),
        "c_block.c_fc.bias": normal(rng, 1, 4),
        "c_block.mlp.c_proj.weight": normal(rng, 4, 2),
        "h.c_block.norm.weight": normal(rng, 2, 3),
        "c_only.weight": normal(rng, 3, 2),
        "h.c_gate.weight": normal(rng, 2, 4),
    }
    modules = dict.fromkeys(name.rpartition(".")[0] for name in weights)
    return {"weights": weights, "names": {name: f"our.{name[-4:]}" for name in modules}}


@convert_weights.case
def names_inside_names(rng: Rng) -> Inputs:
    """Modules with a wanted name inside their own, in front or at the end, are other modules."""
    weights = {
        "ln.weight": normal(rng, 2),
        "ln.bias": normal(rng, 2),
        "ln_f.weight": normal(rng, 3),
        "old.ln.weight": normal(rng, 4),
        "ln.more.bias": normal(rng, 5),
    }
    return {"weights": weights, "names": {"ln": "norm"}}


# --- generate ------------------------------------------------------------------------------------


@generate.drive
def write(answer: Callable[..., Any], table: Tensor, ids: Tensor, max_new: int, rank: int) -> Any:
    def model(ids: Tensor) -> Tensor:
        told = mixed_up(ids, len(table)) + ids.shape[1]  # ids that nobody wrote would be seen
        return table[told % len(table)]

    choose = Chooser(rank)
    written = answer(model, ids, max_new, choose)
    return {"ids": written, "logits handed to choose": choose.handed}


@generate.case
def two_texts_go_on(rng: Rng) -> Inputs:
    """Two beginnings of three ids; five more are asked for, the likeliest each time."""
    return writing(rng, 2, 3, 5)


@generate.case
def a_text_of_one_id(rng: Rng) -> Inputs:
    """One id goes on for four more."""
    return writing(rng, 1, 1, 4)


@generate.case
def another_way_to_choose(rng: Rng) -> Inputs:
    """`choose` takes the second best token. The logits are its business, not yours."""
    return writing(rng, 3, 4, 6, rank=1)


@generate.case
def one_beginning(rng: Rng) -> Inputs:
    """One beginning of four ids, and one new id."""
    return writing(rng, 1, 4, 1)


@generate.case
def nothing_new(rng: Rng) -> Inputs:
    """No new tokens are asked for: the ids come back as they are."""
    return writing(rng, 2, 1, 0)
