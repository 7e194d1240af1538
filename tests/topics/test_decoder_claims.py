"""What notebook 03 says in words and numbers is so: nobody has to believe it."""

import inspect
import math
import re

import pytest
import torch
from torch import nn
from transformers import GPT2LMHeadModel

from gradelib.lab import data
from gradelib.lab.language_models import language_model
from gradelib.topics.decoder.corpus import new_stories
from gradelib.topics.decoder.hf_adapter import shortened
from gradelib.topics.decoder.looks import show_weights
from gradelib.topics.decoder.pictures import numbered
from gradelib.topics.decoder.training import MuonAndAdamW, recorded_run
from gradelib.topics.decoder.weights import load_weights, sizes_of
from solutions.decoder.reference import MLP, Block, DecoderLM, embed, split_heads, train_step
from tests.author.test_built_notebooks import ROOT
from tests.topics.gpt2s import normal, ours, random_gpt2, some_ids

STORY = (ROOT / "notebooks" / "src" / "03_decoder.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", STORY, flags=re.DOTALL)


def section(number: str) -> str:
    return STORY.split(f"\n## {number} ")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def teller():
    try:
        return language_model("decoder")
    except data.MissingData:
        pytest.skip("the tiny decoder is not in data/models: `make models` trains it")


# --- what the prose may not say ------------------------------------------------------------------


def test_no_loss_of_these_weights_stands_in_the_prose():
    assert not re.search(r"\d\.\d+ nats|perplexity (is|of) \d+\.\d", PROSE)


@pytest.mark.parametrize("number", range(1, 9))
def test_each_section_says_why_first(number):
    assert section(f"3.{number}").split("\n\n")[1].startswith("**Why.**")


@pytest.mark.parametrize(
    ("word", "explained"),
    [
        ("nn.LayerNorm", r"A \*\*LayerNorm\*\* brings"),
        ('exercise="decoder.SelfAttention"', r"is called a \*\*cache\*\*"),
        ("(2, 1): broadcasting again", r"\*\*broadcasting\*\*"),
        ('exercise="decoder.train_step"', r"The \*\*gradient\*\* of the loss"),
        ("(tied|`lm_head)", r"the head is \*\*tied\*\*"),
    ],
)
def test_nothing_is_used_before_it_is_explained(word, explained):
    used = re.search(word if word.startswith("(tied") else re.escape(word), STORY)
    assert re.search(explained, STORY).start() < used.end()


# --- parts ---------------------------------------------------------------------------------------


def test_broadcasting_adds_the_positions_to_each_row():
    tokens, positions = normal(9, 4), normal(6, 4, seed=1)
    ids = some_ids(3, 5, vocab=9)
    rows = [embed(row[None], tokens, positions)[0] for row in ids]
    assert torch.equal(embed(ids, tokens, positions), torch.stack(rows))


def test_a_view_gives_a_head_whole_tokens():
    seen = numbered(4, 12).view(1, 3, 4, 4)[0, 0]
    assert seen[:3].flatten().tolist() == list(range(12))  # the first token, in three rows
    assert (seen[3] >= 100).all()  # and a piece of the second, a later one
    assert (split_heads(numbered(4, 12), 3)[0, 0] % 100 < 4).all()


def test_the_bug_lets_each_token_look_into_the_future():
    queries, keys = normal(5, 8), normal(5, 8, seed=1)
    may_look = torch.ones(5, 5).tril().bool()
    scores = queries @ keys.T / math.sqrt(8)
    ahead = ~may_look
    wrong = scores.masked_fill(ahead, 1e-9).softmax(dim=-1)
    assert wrong[ahead].min() > 0.01
    assert not scores.masked_fill(ahead, -1e9).softmax(dim=-1)[ahead].any()
    weights = scores.masked_fill(ahead, -torch.inf).softmax(dim=-1) / math.sqrt(8)
    assert (weights.sum(dim=-1) < 0.9).all()  # divided after the softmax


def test_a_norm_is_the_formula_and_ten_times_a_vector_is_the_same_to_it():
    x = torch.tensor([[1.0, 2.0, 3.0, 6.0], [10.0, 20.0, 30.0, 60.0]])
    centred = x - x.mean(-1, keepdim=True)
    normed = centred / (x.var(-1, keepdim=True, correction=0) + 1e-5).sqrt()
    torch.testing.assert_close(nn.LayerNorm(4)(x), normed)
    torch.testing.assert_close(normed[0], normed[1], atol=1e-5, rtol=0)


def test_a_gelu_leaves_large_numbers_and_makes_those_far_below_zero_nearly_zero():
    gelu = nn.GELU(approximate="tanh")
    assert gelu(torch.tensor([4.0, 10.0])).tolist() == pytest.approx([4.0, 10.0], abs=1e-3)
    assert gelu(torch.tensor([-4.0, -10.0])).tolist() == pytest.approx([0.0, 0.0], abs=1e-3)
    assert MLP(4).up.out_features == 4 * 4


def test_in_a_block_nothing_replaces_x():
    block, x = Block(8, 2), normal(1, 3, 8)
    for layer in (block.attention.out, block.mlp.down):
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    assert torch.equal(block(x), x)


def test_the_shares_of_the_weights_are_as_told():
    gpt2 = (50_257, 1024, 768, 12, 12)
    tokens, _, attention, mlp, _, every = show_weights(DecoderLM, {"GPT-2": gpt2})["GPT-2"]
    assert mlp / (attention + mlp) == pytest.approx(2 / 3, abs=0.01)
    assert 0.28 < tokens / every < 1 / 3  # nearly a third
    assert f"{round(every)}" == "124"


# --- writing -------------------------------------------------------------------------------------


def test_generate_of_transformers_applies_its_head_to_the_last_vector_only():
    model, seen = random_gpt2(), []
    model.lm_head.register_forward_hook(lambda head, inputs, out: seen.append(inputs[0].shape[1]))
    ids = some_ids(2, 7)
    model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=3, min_new_tokens=3)
    assert seen == [1, 1, 1]
    assert "logits_to_keep" in inspect.signature(GPT2LMHeadModel.forward).parameters


@torch.no_grad()
def test_the_riddle_is_one_that_the_whole_decoder_solves(teller):
    code = re.search(r'riddle = \((.*?)\n\).*?answer="(\w+)"', STORY, flags=re.DOTALL)
    riddle = "".join(re.findall(r'"(.*)"', code[1]))
    model = load_weights(DecoderLM(*sizes_of(teller.model)), teller.model)
    ids = teller.encode(riddle)
    right = teller.encode(f"{riddle} {code[2]}")[0, ids.shape[1]]
    assert model(ids)[0, -1].argmax() == right
    assert shortened(model, 1)(ids)[0, -1].argmax() != right


def test_a_story_begins_with_the_token_that_ends_one(teller):
    assert teller.encode("").tolist() == [[teller.end]]


# --- learning ------------------------------------------------------------------------------------


def test_backward_adds_to_the_gradients_that_are_there():
    weight = torch.ones(1, requires_grad=True)
    for _ in range(2):
        (3 * weight).sum().backward()
    assert weight.grad.item() == 6


def test_a_step_of_plain_gradient_descent_is_the_formula():
    model, ids = ours(random_gpt2()), some_ids(2, 6)
    before = model.norm.weight.detach().clone()
    train_step(model, ids, torch.optim.SGD(model.parameters(), lr=0.5))
    torch.testing.assert_close(model.norm.weight, before - 0.5 * model.norm.weight.grad)


def test_muon_has_the_linear_layers_and_adamw_all_others():
    model = DecoderLM(vocab=9, context=4, d_model=8, heads=2, layers=2)
    linear = [m.weight for m in model.modules() if isinstance(m, nn.Linear)]
    kinds = {
        id(weight): type(one).__name__
        for one in MuonAndAdamW(model).optimizers
        for group in one.param_groups
        for weight in group["params"]
    }
    assert {kinds[id(weight)] for weight in linear} == {"Muon"}
    others = {id(weight) for weight in model.parameters()} - {id(weight) for weight in linear}
    assert {kinds[other] for other in others} == {"AdamW"}


def test_the_recorded_run_is_the_one_that_the_notebook_makes(teller):
    """If it fails: `python -m tests.bench.learning`, since stories or tokens have changed."""
    run, sizes = recorded_run(), sizes_of(teller.model)
    assert f"Plan(steps={run.steps[-1]}, limit=85)" in section("3.8")
    assert "After 85 seconds it stops" in section("3.8")
    assert run.losses[0] == pytest.approx(math.log(sizes.vocab), abs=0.2)
    assert run.floor == pytest.approx(new_stories(teller, 60).floor, abs=1e-3)


def test_the_recorded_run_learns_more_than_a_count_of_pairs():
    run = recorded_run()
    assert run.floor < run.losses[-1] < run.counted < run.losses[0]
    assert len(run.steps) == len(run.losses)


# --- the marking guides --------------------------------------------------------------------------


def test_the_memory_of_a_cache_is_as_the_guide_says():
    a_token = 2 * 32 * 32 * 128 * 2
    assert f"{a_token:,} bytes" in section("3.10")
    assert f"{a_token * 4000 / 1e9:.1f} GB a conversation" in section("3.10")
    assert f"about {a_token * 4000 * 20 / 1e9:.0f} GB: three times the weights" in section("3.10")
    assert round(a_token * 4000 * 20 / 14e9) == 3
