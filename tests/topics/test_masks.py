"""Notebook 02's reference answers agree with torch and `transformers`, and its proofs prove."""

import inspect

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional
from transformers import AutoTokenizer

from gradelib.checking.exercise import find
from gradelib.checking.judge import judge
from gradelib.checking.outcome import Drawn
from gradelib.checking.runner import run_cases
from gradelib.lab import data
from gradelib.topics.masks.leaky_decoders import FLOOR, all_suspects, train
from gradelib.topics.masks.tiny_transformers import (
    masks_of,
    tiny_bart,
    tiny_bert,
    tiny_gpt2,
    tiny_mistral,
)
from solutions.masks import reference
from solutions.masks.reference import (
    additive_mask,
    attention,
    attention_mask,
    causal_mask,
    cross_attention_mask,
    decoder_mask,
    encoder_mask,
    leaks,
    masked_softmax,
    pack_documents,
    packed_mask,
    pad_batch,
    position_ids,
    sees,
    sliding_window_mask,
    truncate,
)

SIDES = ("left", "right")
BATCH = [[7, 8, 9, 10], [11, 12], [13, 14, 15, 16, 17], [18]]
LENGTHS = [len(ids) for ids in BATCH]
CLOSE = 1e-4  # for logits of about 10 in float32


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=generator(seed))


@torch.no_grad()
def off_by(model, batch, real, **more) -> float:
    """How far the logits of a batch are, at most, from those of each sequence alone."""
    together = model(input_ids=batch, **more).logits
    worst = 0.0
    for row, here, logits in zip(batch, real, together, strict=True):
        alone = model(input_ids=row[here][None]).logits[0]
        worst = max(worst, (logits[here] - alone).abs().max().item())
    return worst


@pytest.fixture(scope="module")
def bert():
    return AutoTokenizer.from_pretrained(data.path("tokenizers/bert-base-uncased"))


# --- the tokenizers of transformers --------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("longest", [3, 8, 12, 40])
def test_batches_are_those_of_berts_tokenizer(bert, side, longest):
    texts = [*data.lines("languages/english.txt")[:12], "yes", ""]
    theirs = bert(
        texts,
        padding=True,
        truncation=True,
        max_length=longest,
        padding_side=side,
        return_tensors="pt",
    )
    special = {bert.cls_token_id, bert.sep_token_id}
    rows = [truncate(bert(text)["input_ids"], longest, special) for text in texts]
    assert torch.equal(pad_batch(rows, bert.pad_token_id, side), theirs["input_ids"])
    mask = attention_mask([len(row) for row in rows], side)
    assert torch.equal(mask.long(), theirs["attention_mask"])


def test_pairs_are_cut_as_berts_tokenizer_cuts_the_second_text(bert):
    first, second = data.lines("languages/english.txt")[:2]
    special = {bert.cls_token_id, bert.sep_token_id}
    whole = bert(first, second)["input_ids"]
    for length in range(len(whole), whole.index(bert.sep_token_id) + 3, -1):
        theirs = bert(first, second, truncation="only_second", max_length=length)["input_ids"]
        assert truncate(whole, length, special) == theirs


@given(st.lists(st.integers(0, 9)), st.integers(0, 12), st.sets(st.integers(0, 9)))
@settings(deadline=None)
def test_what_is_cut_is_as_long_as_it_may_be(ids, length, special):
    keep = [token for token in ids if token in special]
    if len(keep) > length:
        with pytest.raises(ValueError, match="length"):
            truncate(ids, length, special)
        return
    cut = truncate(ids, length, special)
    assert len(cut) == min(length, len(ids))
    assert [token for token in cut if token in special] == keep
    ordinary = [token for token in ids if token not in special]
    assert [token for token in cut if token not in special] == ordinary[: len(cut) - len(keep)]


# --- attention -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 5), (2, 4, 3, 5)])
def test_attention_agrees_with_torch_also_where_nothing_may_be_seen(shape):
    *lead, query, key = shape
    queries, keys, values = normal(*lead, query, 8), normal(*lead, key, 8), normal(*lead, key, 6)
    mask = torch.rand(shape, generator=generator(4)) < 0.4
    mask[..., 1, :] = False
    theirs = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    mine = attention(queries, keys, values, mask)
    torch.testing.assert_close(mine, theirs)
    assert not mine[..., 1, :].any()


def test_attention_agrees_with_the_one_that_transformers_writes_out():
    from types import SimpleNamespace

    from transformers.models.bert.modeling_bert import eager_attention_forward

    queries, keys, values = normal(2, 3, 4, 8), normal(2, 3, 5, 8), normal(2, 3, 5, 8)
    mask = cross_attention_mask(attention_mask([5, 2]), 4)
    layer = SimpleNamespace(training=False)
    mixed, weights = eager_attention_forward(
        layer, queries, keys, values, additive_mask(mask), scaling=8**-0.5
    )
    torch.testing.assert_close(attention(queries, keys, values, mask), mixed.transpose(1, 2))
    scores = queries @ keys.mT * 8**-0.5
    torch.testing.assert_close(masked_softmax(scores, mask), weights)


def test_torch_layers_speak_the_other_dialect_as_the_notebook_says():
    layer = nn.MultiheadAttention(8, 1, bias=False, batch_first=True)
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.eye(8).repeat(3, 1))
        layer.out_proj.weight.copy_(torch.eye(8))
    x, real = normal(3, 5, 8), attention_mask([5, 2, 4])
    theirs, _ = layer(x, x, x, key_padding_mask=~real)  # True is "may not look"
    torch.testing.assert_close(attention(x, x, x, encoder_mask(real)[:, 0]), theirs)


@pytest.mark.parametrize("hidden", [1e30, torch.inf, -torch.inf, torch.nan])
def test_a_hidden_score_makes_no_difference(hidden):
    scores, mask = normal(4, 6), torch.rand((4, 6), generator=generator(1)) < 0.5
    expected = masked_softmax(scores, mask)
    assert torch.equal(masked_softmax(scores.masked_fill(~mask, hidden), mask), expected)
    assert not expected[~mask].any()


def test_a_row_with_nothing_to_look_at_has_gradients_that_are_numbers():
    scores = normal(2, 3).requires_grad_()
    mask = torch.tensor([[False] * 3, [True, False, True]])
    masked_softmax(scores, mask).square().sum().backward()
    assert scores.grad.isfinite().all()
    assert not scores.grad[0].any()


@pytest.mark.parametrize("made", ["function", "layer"])
def test_attention_that_torch_has_written_does_not_pass(made):
    def by_function(queries, keys, values, mask):
        return functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)

    def by_layer(queries, keys, values, mask):
        return torch.nn.MultiheadAttention(queries.shape[-1], 1)(queries, keys, values)[0]

    exercise = find("masks.attention")
    inputs = [exercise.draw(case, 3) for case in exercise.cases]
    expected = run_cases(exercise, attention, inputs)
    drawn = [Drawn(*one) for one in zip(exercise.cases, inputs, expected, strict=True)]
    answer = {"function": by_function, "layer": by_layer}[made]
    verdict = judge(exercise, drawn, run_cases(exercise, answer, inputs))
    assert not verdict.passed
    assert "without" in verdict.findings[0].message


# --- the masks that transformers builds ----------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
def test_masks_are_those_that_models_of_transformers_build(side):
    ids, real = pad_batch(BATCH, 0, side), attention_mask(LENGTHS, side)
    given_ = {"input_ids": ids, "attention_mask": real.long()}
    window = sliding_window_mask(5, 2)
    pairs = {
        "BERT": (masks_of(tiny_bert(), **given_)["encoder"], encoder_mask(real)),
        "GPT-2": (masks_of(tiny_gpt2(), **given_)["decoder"], decoder_mask(real)),
        "Mistral": (masks_of(tiny_mistral(2), **given_)["decoder"], decoder_mask(real) & window),
    }
    for name, (theirs, mine) in pairs.items():
        assert torch.equal(theirs, additive_mask(mine)), name


@pytest.mark.parametrize("side", SIDES)
def test_the_three_masks_of_an_encoder_decoder_are_those_of_bart(side):
    ids, real = pad_batch(BATCH, 0, side), attention_mask(LENGTHS, side)
    target, target_real = (
        pad_batch([[5], [6, 7, 8], [9, 9], [4, 4]], 0),
        attention_mask([1, 3, 2, 2]),
    )
    theirs = masks_of(
        tiny_bart(),
        input_ids=ids,
        attention_mask=real.long(),
        decoder_input_ids=target,
        decoder_attention_mask=target_real.long(),
    )
    mine = {
        "encoder": encoder_mask(real),
        "decoder": decoder_mask(target_real),
        "cross": cross_attention_mask(real, 3),
    }
    assert set(theirs) == set(mine)
    for name, mask in mine.items():
        assert torch.equal(theirs[name], additive_mask(mask)), name


def test_a_packed_mask_is_what_gpt2_makes_of_positions_that_begin_anew():
    packed = pack_documents(BATCH)
    ids, places = torch.tensor([packed["input_ids"]]), torch.tensor([packed["position_ids"]])
    theirs = masks_of(tiny_gpt2(), input_ids=ids, position_ids=places, use_cache=False)
    mine = packed_mask(torch.tensor([packed["document_ids"]]))
    assert torch.equal(theirs["decoder"], additive_mask(mine))


def test_a_causal_mask_with_a_past_is_what_gpt2_makes_with_a_cache():
    model, ids = tiny_gpt2(), torch.tensor([[5, 6, 7, 8, 9]])
    cache = model(input_ids=ids[:, :3]).past_key_values
    theirs = masks_of(model, input_ids=ids[:, 3:], past_key_values=cache)["decoder"]
    assert torch.equal(theirs[0, 0], additive_mask(causal_mask(2, past=3)))


@pytest.mark.parametrize("side", SIDES)
def test_positions_are_those_of_generate(side):
    from types import SimpleNamespace

    from transformers import GenerationMixin

    real = attention_mask([*LENGTHS, 0], side)
    asked = SimpleNamespace(config=SimpleNamespace(is_encoder_decoder=False))
    prepare = GenerationMixin._prepare_position_ids_for_generation
    theirs = prepare(asked, real, {"attention_mask": real.long()})
    assert torch.equal(position_ids(real), theirs)


# --- the proofs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("make", "mask"), [(tiny_gpt2, decoder_mask), (tiny_bert, encoder_mask)], ids=["GPT-2", "BERT"]
)
def test_a_sentence_in_a_batch_gets_the_logits_that_it_gets_alone(make, mask, side):
    model, ids, real = make(), pad_batch(BATCH, 0, side), attention_mask(LENGTHS, side)
    both = {"attention_mask": additive_mask(mask(real)), "position_ids": position_ids(real)}
    assert off_by(model, ids, real, **both) < CLOSE
    if side == "left":
        assert off_by(model, ids, real, attention_mask=both["attention_mask"]) > 1
        assert off_by(model, ids, real, position_ids=both["position_ids"]) > 1


@pytest.mark.parametrize("side", SIDES)
def test_the_mask_that_is_true_for_may_look_works_in_torchs_attention_inside_a_model(side):
    model, ids, real = tiny_gpt2(), pad_batch(BATCH, 0, side), attention_mask(LENGTHS, side)
    model.config._attn_implementation = "sdpa"  # takes booleans
    both = {"attention_mask": decoder_mask(real), "position_ids": position_ids(real)}
    assert off_by(model, ids, real, **both) < CLOSE


@pytest.mark.parametrize("side", SIDES)
def test_a_model_made_of_our_own_attention_takes_no_notice_of_padding(side):
    table, places = normal(20, 16), normal(8, 16, seed=1)
    weights = normal(3, 16, 16, seed=2) / 4

    def model(ids, real):
        x = table[ids] + places[position_ids(real)]
        for _ in range(2):
            queries, keys, values = (x @ weight for weight in weights)
            x = x + attention(queries, keys, values, decoder_mask(real)[:, 0])
        return x

    real = attention_mask(LENGTHS, side)
    together = model(pad_batch(BATCH, 0, side), real)
    assert together.isfinite().all()  # also where there is nothing to look at
    for ids, here, row in zip(BATCH, real, together, strict=True):
        alone = model(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.bool))[0]
        torch.testing.assert_close(row[here], alone, atol=1e-5, rtol=1e-5)


def test_a_packed_document_gets_the_logits_that_it_gets_alone():
    model, packed = tiny_gpt2(), pack_documents(BATCH)
    mask = additive_mask(packed_mask(torch.tensor([packed["document_ids"]])))
    ids, places = torch.tensor([packed["input_ids"]]), torch.tensor([packed["position_ids"]])
    with torch.no_grad():
        together = model(input_ids=ids, attention_mask=mask, position_ids=places).logits[0]
        alone = torch.cat([model(input_ids=torch.tensor([row])).logits[0] for row in BATCH])
    torch.testing.assert_close(together, alone, atol=CLOSE, rtol=0)


# --- who sees what -------------------------------------------------------------------------------


def hidden_states(model):
    return lambda x: model.base_model(inputs_embeds=x[None]).last_hidden_state[0]


def test_gradients_find_that_real_models_see_what_their_masks_let_them_see():
    x = normal(6, 32)
    assert leaks(hidden_states(tiny_gpt2()), x, causal_mask(6)) == []
    assert torch.equal(sees(hidden_states(tiny_gpt2()), x), causal_mask(6))
    assert sees(hidden_states(tiny_bert()), x).all()


@pytest.mark.trained  # one model more of transformers, which takes seconds to import
@pytest.mark.parametrize("window", [2, 3])
def test_two_layers_reach_twice_as_far_back(window):
    seen = sees(hidden_states(tiny_mistral(window)), normal(8, 32))
    assert torch.equal(seen, sliding_window_mask(8, 2 * (window - 1) + 1))


@pytest.mark.parametrize(
    "mask",
    [
        causal_mask(5),
        sliding_window_mask(5, 2),
        packed_mask(torch.tensor([[0, 0, 1, 1, 1]]))[0, 0],
        encoder_mask(attention_mask([3, 5]))[0, 0],
    ],
)
def test_attention_sees_just_what_its_mask_lets_it_see(mask):
    seen = sees(lambda x: attention(x[:, :4], x[:, 4:8], x[:, 8:], mask), normal(5, 12))
    own = torch.eye(5, dtype=torch.bool)  # the query itself, which makes the scores
    assert torch.equal(seen | own, mask | own)


def test_leaking_models_are_found_out_and_honest_ones_are_not():
    places = torch.tensor([3, 1, 4, 1, 5, 2, 6, 5, 3, 0])
    suspects = all_suspects()
    found = {
        name: leaks(one, one.vectors(places), causal_mask(10)) for name, one in suspects.items()
    }
    assert found["A"] == found["D"] == []
    assert found["B"] == [(place, place + 1) for place in range(9)]
    assert len(found["C"]) == 45


@pytest.mark.trained
def test_only_those_that_leak_do_better_than_chance():
    losses = {name: train(one) for name, one in all_suspects().items()}
    assert losses["B"] < 0.5
    assert losses["C"] < FLOOR - 0.1
    assert min(losses["A"], losses["D"]) > FLOOR - 0.03


def test_answers_stay_short():
    for name in ("truncate", "pad_batch", "masked_softmax", "attention", "sees", "packed_mask"):
        function = getattr(reference, name)
        lines = inspect.getsource(function).replace(function.__doc__, "").splitlines()
        assert len(lines) <= 16, name
