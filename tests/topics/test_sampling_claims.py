"""What notebook 06 says of numbers, of its toy, of the library and of its quizzes is true."""

import re
from pathlib import Path

import pytest
import torch
import transformers

import solutions.sampling.reference as ours
from gradelib.author.story import read_story
from gradelib.lab import data
from gradelib.topics.sampling.exercises.chance import COPIES
from gradelib.topics.sampling.toy import FOLLOWS, ToyLanguage

ROOT = Path(__file__).parents[2]
STORY = ROOT / "notebooks" / "src" / "06_sampling.md"
TOY = ToyLanguage()


@pytest.fixture(scope="module")
def prose() -> str:
    told = [part for part in read_story(STORY).parts if part.kind != "code"]
    texts = [part.source + " ".join(c.text + c.why for c in part.choices) for part in told]
    return " ".join("\n".join(texts).split())


def kept(logits: torch.Tensor) -> int:
    return int((logits > -torch.inf).sum())


# --- numbers -------------------------------------------------------------------------------------


def test_the_prose_quotes_nothing_that_only_these_weights_give(prose):
    """Weights and tokenizer change; what they give is printed by cells."""
    assert not re.findall(r"2,048|2,497|two (million|thousand) (weights|tokens)", prose)


def test_the_check_draws_as_often_as_is_said(prose):
    assert f"The check draws {COPIES:,} tokens" in prose


def test_one_poor_token_in_fifty_spoils_most_stories(prose):
    assert "hundred tokens is drawn. If one in fifty is poor, most stories have a poor one" in prose
    assert 1 - (1 - 1 / 50) ** 100 > 0.8


def test_a_story_has_about_a_hundred_words(prose):
    assert "a story has about a hundred words" in prose
    lengths = [len(story["text"].split()) for story in data.stories("validation")]
    assert 80 < sum(lengths) / len(lengths) < 120


# --- the dial and the tail -----------------------------------------------------------------------


def test_at_the_ends_of_the_dial_the_best_has_all_or_all_have_the_same():
    logits = torch.tensor([[2.0, 1.0, -3.0, 0.5, -torch.inf]])
    cold, hot = (ours.temperature(logits, T).softmax(dim=1)[0] for T in (1e-3, 1e6))
    assert cold.tolist() == pytest.approx([1, 0, 0, 0, 0])
    assert hot.tolist() == pytest.approx([0.25, 0.25, 0.25, 0.25, 0], abs=1e-4)


def test_the_quiz_on_sure_places_counts_right():
    sure = torch.tensor([[0.97, *[0.03 / 2000] * 2000]]).log()
    unsure = torch.tensor([[0.02] * 50]).log() - 1e-4 * torch.arange(50)  # no two the same
    assert [kept(ours.top_p(place, 0.95)) for place in (sure, unsure)] == [1, 48]
    assert [kept(ours.min_p(place, 0.1)) for place in (sure, unsure)] == [1, 50]
    assert kept(ours.top_k(unsure, 1)) == 1
    ranked = sure - 1e-6 * torch.arange(2001)
    assert kept(ours.top_k(ranked, 50)) - 1 == 49
    assert (ours.temperature(sure, 0.1).double().softmax(dim=1) > 0).all()


def test_what_is_cut_off_has_a_probability_of_exactly_zero():
    cut = ours.top_k(torch.tensor([[1.0, 3.0, 2.0]]), 1).softmax(dim=1)
    assert cut.tolist() == [[0.0, 1.0, 0.0]]


def test_min_p_is_a_distance_from_the_best_logit():
    """The challenge has an answer: what stays is at least log m away from the best."""
    logits = 3 * torch.randn(50, 40, generator=torch.Generator().manual_seed(1))
    near = logits >= logits.amax(dim=1, keepdim=True) + torch.log(torch.tensor(0.1))
    assert near.equal(ours.min_p(logits, 0.1) > -torch.inf)


# --- repetition ----------------------------------------------------------------------------------


def test_a_constant_changes_what_the_penalty_does_and_no_probability():
    logits, ids = torch.tensor([[2.0, 1.0, -1.0]]), torch.tensor([[0]])
    higher = logits + 5
    torch.testing.assert_close(higher.softmax(dim=1), logits.softmax(dim=1))
    one, other = (ours.repetition_penalty(z, ids, 1.3).softmax(dim=1) for z in (logits, higher))
    assert (one - other).abs().max() > 0.1


def test_a_sure_token_of_a_model_that_counts_is_hardly_punished():
    """Its logits are log probabilities."""
    logits = torch.tensor([[0.99, 0.01]]).log()
    weaker = ours.repetition_penalty(logits, torch.tensor([[0]]), 1.3)
    assert weaker.softmax(dim=1)[0, 0] > 0.98


def test_found_a_marble_is_not_said_twice():
    found, a, marble, then = range(4)
    said = torch.tensor([[found, a, marble, then, found, a]])
    left = ours.no_repeat_ngram(torch.zeros(1, 4), said, 3)
    assert left.tolist() == [[0, 0, -torch.inf, 0]]


# --- beams ---------------------------------------------------------------------------------------


def test_greedy_search_reaches_less_than_two_beams_in_the_toy():
    ids = ours.generate(TOY.next_logits, TOY.start, lambda z, _: ours.greedy(z), 3, TOY.end)
    assert [TOY.token(i) for i in ids[0]] == ["the", "a", "x", "."]
    [(score, best)] = ours.beam_search(TOY.next_logits, TOY.start, 2, 3, TOY.end, penalty=0.0)
    assert [TOY.token(i) for i in best] == ["the", "b", "x", "."]
    assert score == pytest.approx(torch.tensor(0.4 * 0.9).log().item(), abs=1e-3)
    assert 0.5 * 0.4 < 0.4 * 0.9


def test_every_word_of_the_toy_is_followed_by_something():
    for following in FOLLOWS.values():
        assert sum(following.values()) == pytest.approx(1)


def test_what_is_tried_of_the_bookkeeping_answers_the_questions():
    totals = torch.tensor([[-1.0, -1.5, -2.0, -2.5]])
    ids = torch.tensor([[[7, 3], [7, 0], [8, 4], [8, 0]]])
    assert ours.keep_running(totals, ids, beams=2, end=0)[1].tolist() == [[[7, 3], [8, 4]]]
    candidates = [(-0.5, [7, 3]), (-0.8, [7, 0]), (-1.0, [8, 0])]
    assert ours.keep_finished([], candidates, beams=2, end=0) == [(-0.8, [7, 0])]
    at_last = ours.keep_finished([], candidates, beams=2, end=0, last=True)
    assert at_last == candidates[:2]
    pool = [(-0.5, [7, 0]), (-0.8, [8, 0])]
    assert [ours.may_stop(pool, best, 2) for best in (-0.6, -0.8, -0.9)] == [False, True, True]


def test_the_score_of_a_running_beam_can_rise_again():
    total = torch.tensor(-1.8)
    now, later = (ours.beam_score(total, length, 1.0) for length in (2, 4))  # two sure tokens on
    assert now == pytest.approx(-0.9)
    assert later > -0.8 > now


def test_with_no_penalty_and_enough_beams_the_empty_text_can_win():
    """The quiz: its beginning looks poor, so that few beams lose it."""
    end = 0
    after = torch.tensor([0.1, *[0.2] * 3, *[0.3 / 8] * 8]).log()

    def next_logits(ids):
        return after.expand(len(ids), -1)

    start = torch.tensor([[3]])
    lengths = [
        len(ours.beam_search(next_logits, start, beams, 8, end, penalty=0.0)[0][1]) - 1
        for beams in (1, 2, 6)
    ]
    assert lengths[0] == 8
    assert lengths[-1] == 1


# --- drafts --------------------------------------------------------------------------------------


def test_what_is_rejected_and_what_is_missing_are_of_the_same_size():
    d = torch.tensor([[0.45, 0.25, 0.15, 0.1, 0.05]])
    t = torch.tensor([[0.25, 0.3, 0.15, 0.1, 0.2]])
    assert d.sum() == pytest.approx(1)
    assert t.sum() == pytest.approx(1)
    assert (d - t).clamp(min=0).sum() == pytest.approx((t - d).clamp(min=0).sum())
    assert (d > t).tolist() == [[True, False, False, False, False]]  # silver alone


def test_an_even_draft_over_thousands_of_tokens_wins_next_to_nothing():
    size = 2000
    even = torch.full((size,), 1 / size)
    sure = torch.full((size,), 0.03 / (size - 1))
    sure[7] = 0.97
    assert torch.minimum(even, sure).sum() < 0.05


# --- the library ---------------------------------------------------------------------------------


def test_the_library_has_the_ways_that_the_notebook_does_not_ask_for(prose):
    assert "*typical*" in prose
    for way in ("Typical", "Epsilon", "Eta"):
        assert hasattr(transformers, f"{way}LogitsWarper")
    logits = torch.tensor([[0.6, 0.3, 0.06, 0.04]]).log()
    assert kept(transformers.EpsilonLogitsWarper(0.05)(None, logits)) == 3
    sure = torch.tensor([[0.97, 0.01, 0.01, 0.01]]).log()
    eta = transformers.EtaLogitsWarper(0.05)
    assert kept(eta(None, sure)) == 1
    even = torch.full((1, 100), 0.01).log()
    assert kept(eta(None, even)) == 100  # the border falls where the model is unsure


def test_nothing_says_that_these_are_all_ways_of_choosing(prose):
    assert "Every way of choosing" not in prose
    assert "They are not all" in prose
