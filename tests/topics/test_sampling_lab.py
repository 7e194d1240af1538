"""What notebook 06 is looked at with: models, pictures, the tree of beams, the playground."""

import types
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel

import solutions.sampling.reference as ours
from gradelib.author.sources import variants
from gradelib.lab import data, when_ready
from gradelib.lab.language_models import LanguageModel, Speculation, Trigram
from gradelib.topics.sampling.beams import BeamTree
from gradelib.topics.sampling.pictures import balance, next_tokens, overlap, share_told
from gradelib.topics.sampling.playground import Playground, _Widget
from solutions.sampling.alternatives import search as others

ROOT = Path(__file__).parents[2]
VOCAB = 40


class Letters:
    """A tokenizer whose tokens are letters; 0 ends a text."""

    eos_token_id = 0

    def __call__(self, text, add_special_tokens=False):
        return {"input_ids": [1 + ord(letter) % (VOCAB - 1) for letter in text]}

    def decode(self, ids, skip_special_tokens=False):
        return "".join(chr(64 + number) for number in ids if number)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(3)
    sizes = {"n_positions": 300, "n_embd": 24, "n_layer": 2, "n_head": 3}
    config = GPT2Config(
        vocab_size=VOCAB, initializer_range=0.4, bos_token_id=0, eos_token_id=0, **sizes
    )
    return GPT2LMHeadModel(config).eval()


@pytest.fixture
def voice(model):
    return LanguageModel(model, Letters(), [0])


def test_a_text_begins_with_what_stands_before_every_text(voice):
    assert voice.encode("ab").tolist() == [[0, 1 + ord("a") % 39, 1 + ord("b") % 39]]
    assert voice.token(0) == "the end"


def test_what_is_remembered_changes_no_logits(voice, model):
    torch.manual_seed(1)
    ids = torch.randint(VOCAB, (3, 5))
    voice.next_logits(ids)
    for rows in ([0, 1, 2], [2, 2, 0, 1], [1], [0, 0]):  # as beams come and go
        ids = torch.cat([ids[rows], torch.randint(VOCAB, (len(rows), 1))], dim=1)
        plain = model(ids, use_cache=False).logits[:, -1]
        torch.testing.assert_close(voice.next_logits(ids), plain, rtol=1e-4, atol=1e-4)
    other = torch.randint(VOCAB, (2, 4))  # something new altogether
    torch.testing.assert_close(
        voice.next_logits(other), model(other).logits[:, -1], rtol=1e-4, atol=1e-4
    )
    torch.testing.assert_close(voice.all_logits(other), model(other).logits, rtol=1e-4, atol=1e-4)


def test_a_trigram_knows_what_followed():
    counter = Trigram([[1, 2, 3, 1, 2, 3], [1, 2, 4]], size=6)
    guess = counter.next_logits(torch.tensor([[5, 1, 2], [3, 3, 3]])).exp()
    assert guess.sum(dim=1).tolist() == pytest.approx([1, 1], abs=1e-5)
    assert guess[0].argmax() == 3
    assert (guess > 0).all()


def test_drafting_with_the_target_itself_never_wastes_a_token(voice):
    alone = Speculation(voice.next_logits, voice.all_logits, ours.speculative_block, length=3)
    blocks = alone.generate(voice.encode("a"), seed=0, max_new=12, end=-1)
    assert {len(block) for block in blocks} == {4}


def test_a_drafted_text_ends_with_the_end(voice):
    def ending(ids):
        logits = voice.all_logits(ids)
        logits[..., 0] += 8
        return logits

    pair = Speculation(voice.next_logits, ending, ours.speculative_block, length=4)
    blocks = pair.generate(voice.encode("ab"), seed=0, max_new=60, end=0)
    flat = [number for block in blocks for number in block]
    assert flat.index(0) == len(flat) - 1


def test_a_story_of_the_village_is_right_to_its_end_and_a_spoilt_one_up_to_the_fault():
    told = data.stories("validation")[0]["text"]
    words = told.split(" ")
    assert share_told(told) == 1.0
    assert share_told(" ".join([*words[:9], "octopus", *words[9:]])) == pytest.approx(
        9 / (len(words) + 1), abs=1e-9
    )


def toy(ids):
    table = torch.full((8, 8), 1e-6)
    table[0, [1, 2, 3]] = torch.tensor([0.5, 0.4, 0.1])
    table[1, [4, 5, 6]] = torch.tensor([0.4, 0.3, 0.3])
    table[2, [4, 6]] = torch.tensor([0.9, 0.1])
    table[[3, 4, 5, 6], 7] = 1.0
    return table[ids[:, -1]].log()


def watched(search):
    return BeamTree.watch(search, toy, torch.tensor([[0]]), beams=2, max_new=3, end=7)


def test_the_tree_knows_what_became_of_every_candidate():
    tree = watched(ours.beam_search)
    assert tree.best == (2, 4, 7)
    assert [leaf.fate for leaf in tree.levels[0]] == ["runs", "runs", "dropped", "dropped"]
    assert [leaf.fate for leaf in tree.levels[2]][:2] == ["ended", "ended"]
    score, ids = ours.beam_search(toy, torch.tensor([[0]]), beams=2, max_new=3, end=7)[0]
    assert tree.scores[tree.best] == score
    assert ids == [0, *tree.best]
    axes = tree.draw(str, "start", "A title")
    assert len(axes.texts) == 1 + 3 + 12


def test_a_search_that_does_without_beam_step_shows_the_beams_that_went_on():
    tree = watched(others.beam_search__from_scratch)
    assert tree.best == (2, 4, 7)
    assert [leaf.ids for leaf in tree.levels[0]] == [(1,), (2,)]
    axes = tree.draw(str, "start", "A title")
    assert "does not call beam_step" in axes.texts[-1].get_text()


def test_watching_leaves_the_notebook_as_it_was_also_after_an_error():
    before = ours.beam_step, ours.keep_finished

    def broken(ids):
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        BeamTree.watch(ours.beam_search, broken, torch.tensor([[0]]), beams=2, max_new=3, end=7)
    assert (ours.beam_step, ours.keep_finished) == before


def unwritten(*given, **how):
    raise NotImplementedError


@pytest.mark.parametrize(
    ("search", "error", "said"),
    [
        (unwritten, NotImplementedError, None),
        (lambda *given, **how: None, ValueError, "a list with one pair"),
        (lambda *given, **how: [(-1.0, [0])], ValueError, "the prompt and new ids"),
        (lambda *given, **how: [(-1.0, [5, 6])], ValueError, "the prompt and new ids"),
        (lambda *given, **how: [(-1.0, [0, 3])], ValueError, "asked next_logits"),
    ],
)
def test_a_search_that_is_odd_is_named(search, error, said):
    with pytest.raises(error, match=said):
        watched(search)


MISTAKEN = [
    pytest.param(function, source, id=source.name)
    for function, mistakes in variants(ROOT, "mistakes", "sampling").items()
    if function in ("beam_search", "beam_step", "keep_running", "keep_finished")
    for source in mistakes.values()
]


@pytest.mark.parametrize(("function", "mistake"), MISTAKEN)
def test_with_a_mistake_there_is_a_tree_or_one_line_that_says_why_not(
    function, mistake, monkeypatch, capsys
):
    monkeypatch.setattr(ours, function, mistake.object)
    with when_ready():
        watched(ours.beam_search).draw(str, "start", "A title")
    told = capsys.readouterr().out
    assert plt.get_fignums() or told.startswith("This picture cannot be shown yet")


def test_pictures_are_labelled():
    first, *_ = next_tokens({"a": torch.tensor([0.5, 0.3, 0.2])}, str, "Bars", shown=2)
    assert [text.get_text() for text in first.get_yticklabels()] == ["0", "1", "all others"]
    assert overlap([0.5, 0.5], [0.2, 0.8], ["x", "y"], "Two").get_ylabel() == "probability"
    axes = balance({"T": [("T = 1", 1.0, 2.0)]}, "Points", x="across", y="up")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("across", "up")


def test_the_playground_draws_what_the_sliders_say(voice):
    ground = Playground(voice, ours.warp, ours.sample)
    ground.draw("ab", {"all": {}, "few": {"k": 2}}, "Bars")
    stage = _Widget(ground, "ab", seed=0)
    assert f"{VOCAB} of {VOCAB}" in stage.bars.value.replace("<b>", "").replace("</b>", "")
    stage.sliders["k"].value = 1
    assert "<b>1</b> of" in stage.bars.value
    assert "cut off" in stage.bars.value
    before = stage.ids.shape[1]
    stage.advance(10)
    assert before < stage.ids.shape[1] <= before + 10
    assert stage.story.value.count("<mark") == 1
    stage.restart()
    assert stage.ids.shape[1] == before
    assert "<mark" not in stage.story.value


def test_a_bar_of_all_others_never_makes_those_of_the_tokens_short():
    row = torch.tensor([0.04, 0.03, *[0.93 / 98] * 98])
    [panel] = next_tokens({"flat": row}, str, "Bars", shown=2)
    first, _, others = (bar.get_width() for bar in panel.patches)
    assert first / panel.get_xlim()[1] > 0.7
    assert others == pytest.approx(panel.get_xlim()[1])
    assert "0.93, cut short" in [text.get_text() for text in panel.texts]
    flat = types.SimpleNamespace(next_logits=lambda ids: row.log()[None], token=str)
    bars = Playground(flat, lambda logits: logits, ours.sample).bars(torch.tensor([[0]]))
    assert bars.count("the bar is cut short") == 1


def test_the_playground_says_what_is_not_written_yet(voice):
    def unwritten(logits, **how):
        raise NotImplementedError("write warp here")

    stage = _Widget(Playground(voice, unwritten, ours.sample), "ab", seed=0)
    assert "write warp here" in stage.bars.value
    stage.advance(1)
    assert stage.ids.shape[1] == 3


def test_the_playground_says_when_nothing_is_left(voice):
    stage = _Widget(
        Playground(voice, lambda logits, **how: logits - torch.inf, ours.sample), "a", 0
    )
    assert "warp left no token" in stage.bars.value
