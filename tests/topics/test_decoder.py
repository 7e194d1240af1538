"""Notebook 03's reference answers agree with torch and `transformers`, and its claims are true."""

import inspect
import math

import pytest
import torch
from torch import nn
from transformers import DynamicCache

from gradelib.checking.exercise import find
from gradelib.checking.outcome import Drawn
from gradelib.checking.runner import run_cases
from gradelib.checking.session import judge_answer
from gradelib.topics.decoder.weights import gpt2_names
from solutions.decoder import reference
from solutions.decoder.reference import (
    MLP,
    Block,
    DecoderLM,
    KVCache,
    SelfAttention,
    causal_attention,
    convert_weights,
    embed,
    merge_heads,
    next_token_loss,
    split_heads,
)
from tests.topics.gpt2s import CLOSE, VOCAB, normal, ours, random_gpt2, some_ids

# --- parts ---------------------------------------------------------------------------------------


def test_heads_are_split_and_merged_as_gpt2_does_it():
    x = normal(2, 5, 12)
    theirs = x.view(2, 5, -1, 4).transpose(1, 2)  # as in GPT2Attention.forward
    assert torch.equal(split_heads(x, 3), theirs)
    assert torch.equal(merge_heads(theirs), theirs.transpose(1, 2).reshape(2, 5, -1))


@pytest.mark.parametrize("heads", [1, 2, 3, 4, 6, 12])
def test_merging_undoes_splitting(heads):
    x = normal(2, 5, 12)
    assert torch.equal(merge_heads(split_heads(x, heads)), x)


@pytest.mark.parametrize("past", [0, 1, 7])
def test_causal_attention_agrees_with_torch(past):
    keys, values = normal(2, 3, 6 + past, 8), normal(2, 3, 6 + past, 5, seed=1)
    queries = normal(2, 3, 6, 8, seed=2)
    mask = torch.ones(6, 6 + past, dtype=torch.bool).tril(past)
    theirs = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    torch.testing.assert_close(causal_attention(queries, keys, values), theirs)


def test_causal_of_torch_is_a_trap_where_there_is_a_past_as_the_notebook_says():
    queries, keys = normal(1, 1, 2, 8), normal(1, 1, 5, 8, seed=1)
    theirs = nn.functional.scaled_dot_product_attention(queries, keys, keys, is_causal=True)
    assert (causal_attention(queries, keys, keys) - theirs).abs().max() > 0.1


def test_a_layer_agrees_with_the_attention_of_gpt2_also_with_its_cache():
    theirs = random_gpt2().transformer.h[0].attn
    mine = SelfAttention(32, 4)
    with torch.no_grad():
        for own, other in ((mine.qkv, theirs.c_attn), (mine.out, theirs.c_proj)):
            own.weight.copy_(other.weight.T)
            own.bias.copy_(other.bias)
    x, cache, dynamic = normal(2, 9, 32), KVCache(), DynamicCache()
    for start, end in ((0, 4), (4, 5), (5, 9)):
        hidden = torch.ones(end - start, end, dtype=torch.bool).triu(start + 1)
        mask = torch.zeros(end - start, end).masked_fill(hidden, torch.finfo(torch.float32).min)
        part = x[:, start:end].contiguous()
        wanted, _ = theirs(part, past_key_values=dynamic, attention_mask=mask)
        torch.testing.assert_close(mine(part, cache), wanted, atol=1e-5, rtol=1e-5)
    assert cache.length == dynamic.get_seq_length() == 9
    torch.testing.assert_close(cache.keys, dynamic.layers[0].keys, atol=1e-5, rtol=1e-5)


def test_the_mlp_bends_as_gpt2_does_and_not_as_the_exact_gelu():
    theirs = random_gpt2().transformer.h[0].mlp
    mine = MLP(32)
    with torch.no_grad():
        for own, other in ((mine.up, theirs.c_fc), (mine.down, theirs.c_proj)):
            own.weight.copy_(other.weight.T)
            own.bias.copy_(other.bias)
    x = normal(2, 5, 32)
    torch.testing.assert_close(mine(x), theirs(x))
    z = torch.linspace(-3, 3, 61)
    gelu = nn.functional.gelu
    assert (gelu(z) - gelu(z, approximate="tanh")).abs().max() > 3e-4


@pytest.mark.parametrize("number", [0, 2])
def test_a_block_agrees_with_the_block_of_gpt2(number):
    theirs = random_gpt2()
    block = ours(theirs).blocks[number]
    x = normal(2, 6, 32)
    mask = torch.zeros(6, 6).masked_fill(torch.ones(6, 6).triu(1).bool(), -1e9)
    wanted = theirs.transformer.h[number](x, attention_mask=mask)
    torch.testing.assert_close(block(x), wanted, atol=1e-5, rtol=1e-5)


# --- the whole model -----------------------------------------------------------------------------


@pytest.mark.parametrize(("layers", "heads", "width"), [(1, 1, 8), (3, 4, 32), (4, 5, 20)])
@torch.no_grad()
def test_logits_agree_with_a_random_gpt2(layers, heads, width):
    theirs = random_gpt2(layers, heads, width)
    ids = some_ids(3, 40)
    torch.testing.assert_close(ours(theirs)(ids), theirs(ids).logits, **CLOSE)


@torch.no_grad()
def test_logits_agree_with_the_shipped_decoder(shipped):
    theirs, ids = shipped
    assert (ours(theirs)(ids) - theirs(ids).logits).abs().max() < 1e-4


@torch.no_grad()
def test_without_transposing_square_weights_nothing_complains_and_all_is_different(shipped):
    theirs, ids = shipped
    model, weights = ours(theirs), theirs.state_dict()
    states = convert_weights(weights, gpt2_names(theirs.config.n_layer))
    for name in states:
        if name.endswith("attention.out.weight"):
            states[name] = states[name].T
    model.load_state_dict(states)
    assert (model(ids) - theirs(ids).logits).abs().max() > 1


def test_the_head_is_the_table_of_the_tokens():
    model = ours(random_gpt2())
    assert not [name for name, _ in model.named_parameters() if "head" in name]
    with torch.no_grad():
        before = model(some_ids(1, 5))
        model.tokens.weight[7] = 0
    assert before[0, :, 7].abs().max() > 0
    assert not model(torch.tensor([[3, 4]]))[..., 7].any()


def test_no_logits_depend_on_a_later_id():
    model, ids = ours(random_gpt2()), some_ids(1, 10)
    with torch.no_grad():
        before = model(ids)
        changed = ids.clone()
        changed[0, 6] = (changed[0, 6] + 1) % VOCAB
        after = model(changed)
    torch.testing.assert_close(before[:, :6], after[:, :6])
    assert (before[:, 6:] - after[:, 6:]).abs().amax(dim=-1).gt(1e-3).all()


@torch.no_grad()
def test_one_position_at_a_time_gives_the_logits_of_all_at_once(shipped):
    theirs, ids = shipped
    model = ours(theirs)
    at_once = model(ids[:1])
    steps = [model(ids[:1, : end + 1])[:, -1] for end in range(ids.shape[1])]
    torch.testing.assert_close(torch.stack(steps, dim=1), at_once, **CLOSE)


def test_a_fresh_model_knows_nothing():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = DecoderLM(vocab=500, context=32, d_model=64, heads=4, layers=3)
    ids = some_ids(8, 32, vocab=500)
    assert next_token_loss(model(ids), ids).item() == pytest.approx(math.log(500), abs=0.1)


def test_a_text_that_is_too_long_is_refused_by_a_model_and_says_how_long_it_may_be():
    with pytest.raises(ValueError, match="40 positions, not for 41"):
        ours(random_gpt2())(some_ids(1, 41))
    with pytest.raises(ValueError, match="positions"):
        embed(some_ids(1, 3), normal(VOCAB, 4), normal(5, 4), past=3)


# --- the checks ----------------------------------------------------------------------------------


def test_a_block_whose_attention_is_missing_is_told_so_and_is_not_unwritten():
    class Unwritten(nn.Module):
        def forward(self, x, cache=None):
            raise NotImplementedError("write SelfAttention.forward here")

    class MyBlock(Block):
        def __init__(self, d_model, heads):
            super().__init__(d_model, heads)
            self.attention.forward = Unwritten().forward

    exercise = find("decoder.Block")
    inputs = [exercise.draw(exercise.cases[0], 0)]
    (outcome,) = run_cases(exercise, MyBlock, inputs)
    assert outcome.status == "error"
    assert "Unwritten.forward, which is not written yet" in outcome.message


@pytest.mark.parametrize("name", ["Block", "DecoderLM"])
def test_a_layer_with_other_names_is_told_which_are_missing(name):
    class Renamed(getattr(reference, name)):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.my_norm = nn.LayerNorm(4)

    exercise = find(f"decoder.{name}")
    inputs = [exercise.draw(case, 0) for case in exercise.cases]
    expected = run_cases(exercise, getattr(reference, name), inputs)
    drawn = [Drawn(*one) for one in zip(exercise.cases, inputs, expected, strict=True)]
    verdict = judge_answer(exercise, drawn, run_cases(exercise, Renamed, inputs), (), "")
    assert verdict.status == "error"
    assert "my_norm" in verdict.findings[0].message


def test_answers_stay_short():
    for name in (
        "embed",
        "causal_attention",
        "convert_weights",
        "generate_cached",
        "SelfAttention",
        "train_step",
    ):
        function = getattr(reference, name)
        function = getattr(function, "forward", inspect.unwrap(function))
        lines = inspect.getsource(function).replace(function.__doc__, "").splitlines()
        assert len(lines) <= 14, name
