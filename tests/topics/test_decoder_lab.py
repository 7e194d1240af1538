"""What notebook 03 is looked at with: training, choosing, pictures, models behind `Library`."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from gradelib.lab.language_models import LanguageModel
from gradelib.topics.decoder import inside, learning, looks, training
from gradelib.topics.decoder.choosing import dice, likeliest, likeliest_but, until_end
from gradelib.topics.decoder.corpus import Corpus, NewStories, counting_model, padded_stories
from gradelib.topics.decoder.hf_adapter import Library, head_weights, shortened
from gradelib.topics.decoder.pictures import draw_attention, draw_heads, draw_model, numbered
from gradelib.topics.decoder.timing import (
    draw_times,
    library_writes,
    show_times,
    threads,
    time_per_token,
)
from gradelib.topics.decoder.training import MuonAndAdamW, Plan, Training, train
from gradelib.topics.decoder.weights import gpt2_names, load_weights, sizes_of, tables_of
from solutions.decoder.reference import (
    Block,
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

mpl.use("Agg")
END = 0


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture
def model():
    with torch.random.fork_rng():
        torch.manual_seed(2)
        made = DecoderLM(vocab=20, context=64, d_model=16, heads=2, layers=3)
        for weight in made.parameters():  # large enough for the model to have opinions
            torch.nn.init.normal_(weight, std=0.4)
    return made.eval()


def letters(texts: list[str]) -> list[list[int]]:
    return [[1 + ord(letter) % 19 for letter in text] for text in texts]


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
    assert all((weight != old).any() for weight, old in zip(model.parameters(), before))
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
    from tests.topics.test_decoder import ours, random_gpt2

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


# --- what the Look cells say ---------------------------------------------------------------------


class Letters:
    """A tokenizer of letters, whose end is 0."""

    eos_token_id = END

    def __call__(self, text, **options):
        return {"input_ids": letters([text])[0] if isinstance(text, str) else letters(text)}

    def decode(self, ids, **options):
        return "".join("·" if number == END else chr(96 + int(number)) for number in ids)


@pytest.fixture
def teller():
    """A random GPT-2 that reads letters."""
    with torch.random.fork_rng():
        torch.manual_seed(3)
        config = GPT2Config(
            vocab_size=20,
            n_positions=64,
            n_embd=16,
            n_layer=3,
            n_head=2,
            initializer_range=0.4,
            bos_token_id=END,
            eos_token_id=END,
            pad_token_id=END,
        )
        return LanguageModel(GPT2LMHeadModel(config).eval(), Letters(), [END])


@pytest.fixture
def reader(teller):
    return load_weights(DecoderLM(*sizes_of(teller.model)), teller.model).eval()


def test_loaded_weights_compute_the_same(teller, reader):
    ids = teller.encode("the boat is late")
    with torch.no_grad():
        off = (reader(ids) - teller.model(ids).logits).abs().max().item()
    assert looks.agree(off, "logits").endswith("They agree.")
    assert "see the next cell" in looks.agree(0.5, "logits")
    assert tables_of(teller.model)[0].equal(reader.tokens.weight)


def test_the_block_in_which_two_models_part_is_shown(teller, reader, capsys):
    ids = teller.encode("the boat is late")
    assert max(looks.show_parting(reader, teller.model, ids)) < 1e-4
    with torch.no_grad():
        reader.blocks[1].mlp.up.bias += 1
    off = looks.show_parting(reader, teller.model, ids)
    assert max(off[:2]) < 1e-4 < min(off[2:])


def test_weights_are_counted_in_their_parts():
    found = looks.show_weights(DecoderLM, {"small": (20, 8, 4, 2, 1)})["small"]
    tokens, positions, attention, mlp, norms, every = (round(n * 1e6) for n in found)
    assert (tokens, positions) == (80, 32)
    assert (attention, mlp) == (4 * 12 + 12 + 16 + 4, 2 * 64 + 16 + 4)
    assert every == tokens + positions + attention + mlp + norms


def test_the_trap_of_the_built_in_attention_is_shown():
    queries, *pair = torch.randn(3, 2, 3, 5, 8, generator=torch.Generator().manual_seed(0))
    two, mask = queries[:, :, 3:], torch.ones(2, 5).tril(3).bool()
    ways = {"all": (queries, {"is_causal": True}), "trap": (two, {"is_causal": True})}
    ways["mask"] = two, {"attn_mask": mask}
    every, trap, masked = looks.show_built_in(causal_attention, pair, ways)
    assert max(every, masked) < 1e-5 < 0.1 < trap


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["a", "b", "c"], "From 2 blocks on, the likeliest is “c”, which is right."),
        (["c", "b", "c", "c"], "From 2 blocks on, the likeliest is “c”, which is right."),
        (["c", "c"], "From 0 blocks on, the likeliest is “c”, which is right."),
        (["a", "c", "b"], "“c” would be right. All blocks together say “b”."),
    ],
)
def test_it_is_said_from_where_on_a_model_is_right(said, told):
    assert looks.rightly_said(said, "c") == told


def test_what_a_model_says_after_each_block_is_shown(teller, reader, capsys):
    looks.show_layers(reader, teller, "the boat is", "late")
    assert "right" in capsys.readouterr().out


def test_the_strongest_look_far_back_is_found():
    weights = torch.full((2, 3, 30), 0.01)
    weights[1, 0, 0] = 0.9  # the first token does not count
    weights[0, 1, 25] = 0.8  # this is near
    weights[1, 2, 7] = 0.7
    look = inside.strongest_look(weights)
    assert look[:4] == (2, 3, 7, 22)
    assert look.weight == pytest.approx(0.7)


def test_a_text_is_said_to_be_looked_at_where_it_is(teller, reader, capsys):
    text = "nobody knows where the boat is today"
    look = inside.draw_looks(reader, teller, text, split_heads, causal_attention)
    said = capsys.readouterr().out
    assert f"block {look.block}, head {look.head}" in said
    assert f"{look.back} tokens back" in " ".join(said.split())
    row = teller.encode(text)[0].tolist()
    assert look.place + look.back == len(row) - 1
    assert 0 < look.place < len(row) - inside.NEAR


def test_a_title_says_whether_two_places_have_one_vector():
    names = ["Tom", "saw", "Tom"]
    same = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]])
    assert "the same vector (1.00)" in title_of(inside.draw_cosines(same, names))
    other = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])
    assert "alike, but not equal (0.71)" in title_of(inside.draw_cosines(other, names))


def test_a_title_says_after_how_many_blocks_all_tokens_are_the_same():
    def without(block, x):
        return block.mlp(block.norm_2(block.attention(block.norm_1(x))))

    ways = {"yours": lambda block, x: block(x), "without the line": without}
    axes = inside.draw_alike(ways, lambda: Block(64, 4))
    assert re.search(r"nearly the same after \d+ blocks", title_of(axes))
    axes = inside.draw_alike({"yours": without, "without the line": without}, lambda: Block(64, 4))
    assert title_of(axes).startswith("After 12 blocks: cosine")


def title_of(axes):
    return axes.figure.get_suptitle()


def test_writing_is_compared_and_timed(teller, reader, capsys):
    ids, count, choose = teller.encode("the boat"), 5, likeliest_but(END)
    ways = {"plain": lambda: generate(reader, ids, count, choose)}
    ways["cached"] = lambda: generate_cached(reader, ids, count, choose)
    ways["library"] = lambda: library_writes(teller, ids, count)
    written = show_times(ways, count)
    assert written.shape[1] == ids.shape[1] + count
    assert not (written[0, 1:] == END).any()


def test_the_time_of_a_token_is_drawn_with_a_title_that_it_bears_out(model):
    axes = draw_times(model, KVCache, lengths=(2, 30))
    assert "cache" in title_of(axes)
    assert len(axes.lines) == 2


def test_threads_are_given_back():
    before = torch.get_num_threads()
    with pytest.raises(KeyError), threads(before + 1):
        assert torch.get_num_threads() == before + 1
        raise KeyError
    assert torch.get_num_threads() == before


# --- how a training went -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "losses", "said"),
    [
        ([0, 600], [7.0, 0.9], "After 600 steps it knows more than a count of pairs can tell"),
        ([0, 600], [7.0, 3.0], "After 600 steps it knows less than a count of pairs"),
        ([0, 9], [7.0, 6.0], "Slow computer: 9 of 600 steps here, and a recorded run"),
    ],
)
def test_a_title_claims_what_the_training_has_shown(steps, losses, said, capsys):
    done = Training(600, steps, losses, seconds=3.0)
    axes = learning.draw_training(done, vocab=20, floor=0.4, counted=1.2)
    assert title_of(axes) == said
    curves = [line for line in axes.lines if len(line.get_xdata()) > 1]
    recorded = [text for text in axes.texts if text.get_text().startswith("recorded")]
    assert bool(recorded) == (not done.is_whole)
    assert len(curves) >= 1
    assert "ln 20 = 3.00" in capsys.readouterr().out


def test_a_slow_computer_shows_what_the_recorded_run_told(teller, capsys):
    before = after = torch.tensor([[0, 1, 2, 0]])
    learning.tell(teller, before, after, Training(600, [0, 600], [7.0, 1.0]))
    assert "Slow computer" not in capsys.readouterr().out
    learning.tell(teller, before, after, Training(600, [0, 9], [7.0, 6.0]))
    said = capsys.readouterr().out
    assert "Slow computer: this model has made 9 of 600 steps" in said
    assert " ".join(training.recorded_run().text.split()) in " ".join(said.split())


def test_a_loss_over_batches_counts_each_token_the_same(model):
    ids, real = padded_stories(letters, ["the boat is late", "no", "today"] * 9, END)
    new = NewStories(ids, real, floor=0.0)
    with torch.no_grad():
        whole = next_token_loss(model(ids), ids, real).item()
    assert new.loss(model, next_token_loss) == pytest.approx(whole, rel=1e-5)


def test_a_model_that_counts_knows_the_pairs_that_it_has_counted():
    corpus = Corpus(letters, ["abcabc"] * 5, END)
    counted = counting_model(corpus, 20)
    ids = corpus.ids[None, :6]
    assert counted(ids).shape == (1, 6, 20)
    assert counted(ids)[0, 2:5].argmax(dim=-1).tolist() == ids[0, 3:6].tolist()
