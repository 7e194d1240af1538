"""What notebook 06 is looked at with: models, pictures, the tree of beams, the playground."""

import types
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import torch
from IPython.core.pylabtools import retina_figure

import solutions.sampling.reference as ours
from gradelib.author.sources import variants
from gradelib.lab import alt_text, data, when_ready
from gradelib.lab.language_models import LanguageModel, Speculation, Trigram
from gradelib.topics.sampling.beams import BeamTree
from gradelib.topics.sampling.pictures import balance, next_tokens, overlap
from gradelib.topics.sampling.playground import LONGEST, TYPED, Playground, _Widget
from gradelib.topics.sampling.stories import share_told
from gradelib.topics.sampling.toy import ToyLanguage
from solutions.sampling.alternatives import search as others
from tests.topics.small_voice import VOCAB, Letters, small_model

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def model():
    return small_model()


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


TOY = ToyLanguage()


def watched(search):
    return BeamTree.watch(search, TOY.next_logits, TOY.start, beams=2, max_new=3, end=TOY.end)


def test_the_tree_knows_what_became_of_every_candidate():
    tree = watched(ours.beam_search)
    assert tree.best == (2, 4, 7)
    assert [leaf.fate for leaf in tree.levels[0]] == ["runs", "runs", "dropped", "dropped"]
    assert [leaf.fate for leaf in tree.levels[2]][:2] == ["ended", "ended"]
    score, ids = ours.beam_search(TOY.next_logits, TOY.start, beams=2, max_new=3, end=7)[0]
    assert tree.scores[tree.best] == score
    assert ids == [0, *tree.best]
    axes = tree.draw(str, "start", "A title")
    assert len(axes.texts) == 1 + 3 + 12


def test_the_title_of_a_tree_says_who_won_and_who_was_ahead():
    tree = watched(ours.beam_search)
    assert tree.claim(TOY.token) == "“b x .” wins, although it was behind in step 1"
    alone = BeamTree.watch(ours.beam_search, TOY.next_logits, TOY.start, beams=1, max_new=3, end=7)
    assert alone.claim(TOY.token) == "“a x .” wins, and was ahead from the first step on"
    assert alone.claim(lambda number: "␣" + TOY.token(number)).startswith("“a x .” wins")


def test_a_tree_of_seven_steps_fits_a_page_and_no_box_covers_its_neighbour(voice):
    """Each step has its column; a long token is cut, and the numbers stand below it."""
    how = {"beams": 3, "max_new": 7, "end": voice.end}
    tree = BeamTree.watch(ours.beam_search, voice.next_logits, voice.encode("ab"), **how)
    axes = tree.draw(lambda number: f"␣quarrelsomeness{number}", "… found a")
    axes.figure.canvas.draw()
    boxes = [
        text.get_bbox_patch().get_window_extent() for text in axes.texts if text.get_bbox_patch()
    ]
    assert len(boxes) == 42
    for one in boxes:
        assert not [other for other in boxes if other is not one and other.overlaps(one)]
    _, size = retina_figure(axes.figure)
    assert size["width"] <= 1000


def test_a_tree_is_described_step_by_step():
    axes = watched(ours.beam_search).draw(TOY.token, "the")
    said = alt_text.describe(axes.figure)
    assert said.startswith("“b x .” wins")
    assert "step 1: 2 on, 2 out, the bold way has b -0.9" in said
    assert "step 3: 2 into the pool" in said


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
    if function in ("beam_search", "beam_step")
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


def test_the_playground_opens_on_something_to_see(voice):
    bars = _Widget(Playground(voice, ours.warp, ours.sample), "ab", seed=0).bars.value
    assert "cut off" in bars
    assert f"<b>{VOCAB}</b>" not in bars


def test_a_long_text_in_the_playground_is_cut_and_that_is_said(voice):
    stage = _Widget(Playground(voice, ours.warp, ours.sample), "a", seed=0)
    stage.box.value = "a" * 600
    assert stage.ids.shape[1] == TYPED
    assert "601 tokens: it is cut after the first 120" in stage.story.value
    assert "overflow-wrap:anywhere" in stage.story.value
    assert "The end" not in stage.story.value
    stage.advance(10)
    assert TYPED < stage.ids.shape[1] <= TYPED + 10
    stage.box.value = "short"
    assert "cut after" not in stage.story.value


def test_a_story_that_grows_too_long_is_not_said_to_end(voice):
    def never(logits, **how):
        logits = logits.clone()
        logits[:, voice.end] = -torch.inf
        return logits

    stage = _Widget(Playground(voice, never, ours.sample), "ab", seed=0)
    stage.advance(LONGEST)
    assert stage.ids.shape[1] == LONGEST
    assert f"cut after {LONGEST} tokens" in stage.story.value
    assert "The end" not in stage.story.value


@pytest.mark.parametrize("before", [[0], []])
def test_an_empty_text_in_the_playground_begins_with_the_end_token(model, before):
    stage = _Widget(
        Playground(LanguageModel(model, Letters(), before), ours.warp, ours.sample), "", 0
    )
    assert stage.ids.tolist() == [[0]]
    assert "begins with the end token" in stage.story.value
    assert "The end." not in stage.story.value
    stage.advance(1)
    assert stage.ids.shape == (1, 2)


def test_the_playground_draws_what_the_sliders_say(voice):
    ground = Playground(voice, ours.warp, ours.sample)
    ground.draw("ab", {"all": {}, "few": {"k": 2}}, "Bars")
    stage = _Widget(ground, "ab", seed=0)
    stage.sliders["p"].value = 1.0
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
