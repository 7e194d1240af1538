"""What notebook 03 shows of answers: tables, titles and sentences, which state what is so."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel

from gradelib.lab.compute import threads
from gradelib.lab.language_models import LanguageModel
from gradelib.topics.decoder import inside, learning, looks, training
from gradelib.topics.decoder.choosing import likeliest_but
from gradelib.topics.decoder.corpus import Corpus, NewStories, counting_model, padded_stories
from gradelib.topics.decoder.timing import (
    draw_times,
    library_writes,
    show_times,
)
from gradelib.topics.decoder.training import Training
from gradelib.topics.decoder.weights import load_weights, sizes_of, tables_of
from solutions.decoder.reference import (
    Block,
    DecoderLM,
    KVCache,
    causal_attention,
    generate,
    generate_cached,
    next_token_loss,
    split_heads,
)
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
    return axes.figure.get_suptitle() or axes.figure.texts[0].get_text()


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
    with threads(before + 1):
        assert torch.get_num_threads() == before + 1
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
