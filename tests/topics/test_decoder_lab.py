"""What notebook 03 is looked at with: training, choosing, pictures, models behind `Library`."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from gradelib.topics.decoder import training
from gradelib.topics.decoder.choosing import dice, likeliest, until_end
from gradelib.topics.decoder.corpus import Corpus, padded_stories
from gradelib.topics.decoder.hf_adapter import Library, head_weights, shortened
from gradelib.topics.decoder.pictures import draw_attention, draw_heads, draw_model, numbered
from gradelib.topics.decoder.timing import time_per_token
from gradelib.topics.decoder.training import MuonAndAdamW, Plan, train
from gradelib.topics.decoder.weights import gpt2_names
from solutions.decoder.reference import (
    DecoderLM,
    KVCache,
    causal_attention,
    generate,
    generate_cached,
    next_token_loss,
    split_heads,
    train_step,
)
from tests.topics.clear import clearly_likeliest
from tests.topics.small_decoder import letters, small_decoder

mpl.use("Agg")
END = 0


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture
def model():
    return small_decoder()


# --- choosing ------------------------------------------------------------------------------------


def test_dice_fall_as_the_probabilities_say_and_the_same_for_one_seed():
    shares = torch.tensor([0.5, 0.3, 0.2])
    drawn = dice(seed=3)(shares.log().repeat(20_000, 1))
    counted = torch.bincount(drawn, minlength=3) / 20_000
    torch.testing.assert_close(counted, shares, atol=0.02, rtol=0)  # more than five deviations
    assert torch.equal(drawn, dice(seed=3)(shares.log().repeat(20_000, 1)))


def test_cold_dice_take_the_likeliest_and_what_is_impossible_never_falls():
    logits = torch.tensor([[1.0, 2.0, -torch.inf]]).repeat(1000, 1)
    assert torch.equal(dice(1, temperature=0.02)(logits), likeliest(logits))
    assert (dice(1)(logits) != 2).all()


def test_a_text_is_cut_at_its_end_and_not_at_its_beginning():
    assert until_end(torch.tensor([[0, 5, 6, 0, 7]]), END) == [0, 5, 6]
    assert until_end(torch.tensor([[0, 5, 6]]), END) == [0, 5, 6]


# --- stories as tensors --------------------------------------------------------------------------


def test_a_corpus_is_stories_with_an_end_after_each():
    corpus = Corpus(letters, ["ab", "c"], END)
    (a, b), (c,) = letters(["ab", "c"])
    assert corpus.ids.tolist() == [END, a, b, END, c, END]
    assert corpus.rows == [[a, b, END], [c, END]]


def test_blocks_are_pieces_of_the_corpus_the_same_for_one_seed():
    corpus = Corpus(letters, ["the boat is late", "nobody waits"], END)
    stream = corpus.ids.tolist()
    pieces = [stream[start : start + 5] for start in range(len(stream) - 4)]
    first = next(corpus.blocks(40, 5, seed=1))
    assert first.shape == (40, 5)
    assert all(row in pieces for row in first.tolist())
    assert torch.equal(first, next(corpus.blocks(40, 5, seed=1)))


def test_padded_stories_begin_and_end_with_the_end():
    ids, real = padded_stories(letters, ["abc", "d"], END)
    assert ids.shape == real.shape == (2, 5)
    assert real.sum(dim=1).tolist() == [5, 3]
    assert ids[:, 0].tolist() == [END, END]
    assert ids[real].tolist() == [END, *letters(["abc"])[0], END, END, *letters(["d"])[0], END]


# --- training ------------------------------------------------------------------------------------


def trained(**how):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        made = DecoderLM(vocab=20, context=16, d_model=32, heads=2, layers=1)
    corpus = Corpus(letters, ["the boat is late today"] * 20, END)
    row = corpus.ids[None, :16]

    def measure():
        with torch.no_grad():
            return next_token_loss(made(row), row).item()

    plan = Plan(**({"steps": 100, "limit": 120.0, "every": 25} | how))
    return train(made, train_step, corpus.blocks(8, 16, seed=0), measure, plan)


def test_training_learns_and_says_how_it_went():
    done = trained()
    assert done.steps == [0, 25, 50, 75, 100]
    assert done.losses[0] > 2.5
    assert done.losses[-1] < 0.6
    assert done.seconds > 0


def test_training_stops_when_time_is_up():
    done = trained(limit=0.0)
    assert done.steps == [0, 1]
    assert not done.is_whole
    assert trained(steps=25).is_whole


def test_the_two_optimizers_are_one_for_a_step(model):
    optimizer, ids = MuonAndAdamW(model), torch.randint(20, (4, 9))
    optimizer.pace(1.0)
    before = [weight.detach().clone() for weight in model.parameters()]
    losses = [train_step(model, ids, optimizer) for _ in range(8)]
    assert losses[-1] < losses[0]
    assert all(
        (weight != old).any() for weight, old in zip(model.parameters(), before, strict=True)
    )
    optimizer.zero_grad()
    assert all(weight.grad is None for weight in model.parameters())


def test_a_closure_is_asked_once(model):
    optimizer, ids = MuonAndAdamW(model), torch.randint(20, (2, 5))

    def closure():
        optimizer.zero_grad()
        loss = next_token_loss(model(ids), ids)
        loss.backward()
        return loss

    assert optimizer.step(closure).item() > 0


def test_training_works_where_torch_has_no_muon(monkeypatch):
    monkeypatch.delattr(torch.optim, "Muon", raising=False)
    assert trained().losses[-1] < 1.0


def test_every_weight_has_one_optimizer(model):
    ids = [id(p) for group in MuonAndAdamW(model).param_groups for p in group["params"]]
    assert sorted(ids) == sorted(id(p) for p in model.parameters())


def test_the_pace_rises_and_falls():
    paces = [training._pace(part / 100) for part in range(101)]
    assert max(paces) == pytest.approx(1.0)
    assert paces[1] < 0.3
    assert paces[-1] == pytest.approx(0.05)
    assert paces[6:] == sorted(paces[6:], reverse=True)


def test_time_is_measured_with_and_without_caches(model):
    for caches in ((), (KVCache,)):
        times = time_per_token(model, [2, 30], *caches, runs=2)
        assert len(times) == 2
        assert min(times) > 0


def test_names_fit_the_model():
    names = set(gpt2_names(3).values())
    own = DecoderLM(vocab=5, context=4, d_model=4, heads=1, layers=3).state_dict()
    assert {name.rpartition(".")[0] for name in own} == names


# --- models, seen from inside --------------------------------------------------------------------


@torch.no_grad()
def test_a_shortened_model_ends_earlier_and_leaves_the_model_as_it_is(model):
    ids = torch.tensor([[1, 2, 3, 4]])
    before = model(ids)
    short = shortened(model, 1)(ids)
    x = model.tokens.weight[ids] + model.positions.weight[:4]
    wanted = model.norm(model.blocks[0](x)) @ model.tokens.weight.T
    torch.testing.assert_close(short, wanted)
    assert torch.equal(model(ids), before)
    assert len(model.blocks) == 3


def test_head_weights_are_causal_and_sum_to_one(model):
    ids = torch.randint(20, (1, 6), generator=torch.Generator().manual_seed(0))
    weights = head_weights(model, ids, 1, split_heads, causal_attention)
    assert weights.shape == (2, 6, 6)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(2, 6))
    assert not weights.triu(1).any()


def test_head_weights_are_those_that_gpt2_tells_itself():
    from tests.topics.gpt2s import ours, random_gpt2

    theirs = random_gpt2()
    theirs.set_attn_implementation("eager")
    ids = torch.randint(50, (1, 7), generator=torch.Generator().manual_seed(1))
    told = theirs(ids, output_attentions=True).attentions
    for number, wanted in enumerate(told):
        mine = head_weights(ours(theirs), ids, number, split_heads, causal_attention)
        torch.testing.assert_close(mine, wanted[0], atol=1e-5, rtol=1e-4)


@pytest.fixture
def llama():
    """A model like SmolLM2, whose keys and values are shared by several heads."""
    with torch.random.fork_rng():
        torch.manual_seed(4)
        config = LlamaConfig(
            vocab_size=30,
            hidden_size=24,
            intermediate_size=32,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=64,
            initializer_range=0.4,
            bos_token_id=0,
            eos_token_id=0,
            pad_token_id=0,
        )
        return LlamaForCausalLM(config).eval()


@pytest.mark.parametrize("batch", [1, 2])
def test_a_model_of_the_library_writes_the_same_with_our_cache_and_loop(llama, batch):
    ids = torch.randint(1, 30, (batch, 5), generator=torch.Generator().manual_seed(2))
    wanted = llama.generate(
        ids,
        attention_mask=torch.ones_like(ids),
        do_sample=False,
        max_new_tokens=12,
        min_new_tokens=12,
        pad_token_id=0,
    )
    forbidden = torch.tensor([0])

    def choose(logits):
        return clearly_likeliest(logits.index_fill(1, forbidden, -torch.inf))

    library = Library(llama)
    assert torch.equal(generate(library, ids, 12, choose), wanted)
    assert torch.equal(generate_cached(library, ids, 12, choose), wanted)


def test_a_library_model_hands_everything_to_the_cache_that_it_is_given(llama):
    caches = [KVCache() for _ in Library(llama).blocks]
    with torch.no_grad():
        Library(llama)(torch.tensor([[3, 4, 5]]), caches)
    assert [tuple(cache.keys.shape) for cache in caches] == [(1, 2, 3, 6)] * 2


# --- pictures ------------------------------------------------------------------------------------


def test_numbered_vectors_say_where_they_stand():
    assert numbered(2, 3).tolist() == [[[0, 1, 2], [100, 101, 102]]]


def test_heads_are_drawn_with_a_colour_a_token():
    cut = split_heads(numbered(4, 12), 3)[0]
    panels = [(f"head {place}", part) for place, part in enumerate(cut)]
    axes = draw_heads(panels, ["the", "boat", "is", "late"], "Heads")
    assert [len(panel.patches) for panel in axes] == [16] * 3
    texts = [text.get_text() for text in axes[1].texts]
    assert texts[:5] == ["4", "5", "6", "7", "4"]
    papers = [patch.get_facecolor() for patch in axes[1].patches]
    assert len(set(papers)) == 4
    assert len(set(papers[:4])) == 1


def test_the_model_is_drawn_with_as_many_blocks_as_asked():
    left, right = draw_model("A model", layers=4)
    said = [text.get_text() for text in left.texts]
    assert "block 4" in said
    assert "tied" in said
    assert "MLP" in [text.get_text() for text in right.texts]


def test_looks_are_drawn_with_a_row_a_head():
    axes = draw_attention(torch.eye(3), ["one", "two", "three"], ["a", "b", "c"], "Looks")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["one", "two", "three"]
    assert axes.images[0].get_array().shape == (3, 3)
