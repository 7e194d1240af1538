"""What notebook 05 says of its training is so, and so is what it says of the recorded one."""

import math

import pytest
import torch
from torch import nn

from gradelib.lab.compute import Quickest
from gradelib.topics.encoder_decoder.learning import lend
from gradelib.topics.encoder_decoder.library import translate_all
from gradelib.topics.encoder_decoder.pairs import batches, pairs, words_of
from gradelib.topics.encoder_decoder.training import (
    Exam,
    Mark,
    Plan,
    Training,
    pace,
    recorded_runs,
    train,
)
from solutions.encoder_decoder.reference import (
    Translator,
    bleu,
    sequence_loss,
    shift_right,
    translate,
)
from tests.topics.small_translator import NEW, STORY, TEST, lesson


def test_the_recorded_runs_are_those_that_the_notebook_makes():
    """If it fails: `python -m tests.bench.translating`, since pairs or plans have changed."""
    runs = recorded_runs()
    for name in ("translator", "prompted"):
        assert runs[name]["training"].is_whole
        assert f"Plan(steps={runs[name]['planned']}, limit=" in STORY
    assert "After 85 seconds it stops" in STORY
    assert "limit=85" in STORY


def test_the_recorded_translator_is_as_good_as_it_is_to_be(words, learner):
    some = TEST[:200]
    said = translate_all(learner, words, some, translate)
    assert bleu(said, [words_of(pair["de"]) for pair in some]) >= 90
    assert recorded_runs()["translator"]["bleu"] >= 90
    assert recorded_runs()["prompted"]["bleu"] >= 80  # "So it can."


def test_most_words_are_right_before_most_sentences_are():
    run = recorded_runs()["translator"]["training"]
    ahead = [mark for mark in run.marks if mark.words > 0.5 > mark.sentences]
    assert ahead


def test_after_a_mistake_reading_itself_costs_more_than_reading_the_truth():
    marks = [m for m in recorded_runs()["translator"]["training"].marks[1:] if m.sentences < 1]
    assert len(marks) >= 4
    assert all(mark.after_free + 0.1 < mark.after_forced for mark in marks)


@torch.no_grad()
def test_a_sentence_is_right_in_both_ways_or_in_none(words, learner):
    exam = Exam.on(words, NEW[:120])
    read = shift_right(exam.target, words.start)
    logits = learner.decode(read, learner.encode(exam.source), exam.source)
    guesses = logits.argmax(dim=2).masked_fill(exam.target == words.pad, words.pad)
    written = translate(learner, exam.source, words.start, words.end, 24)
    free = [words.decode(row) for row in written]
    forced = [words.decode(row) for row in guesses]
    right = [words_of(pair["de"]) for pair in NEW[:120]]
    first = [a == b for a, b in zip(forced, right, strict=True)]
    assert first == [a == b for a, b in zip(free, right, strict=True)]
    assert 0 < sum(first) / len(first) == pytest.approx(exam.mark(0.0, guesses, written).sentences)


def test_an_exam_looks_behind_the_first_mistake():
    exam = Exam(torch.zeros(2, 1), torch.tensor([[5, 6, 7, 3], [5, 6, 3, 0]]), pad=0)
    guesses = torch.tensor([[5, 9, 7, 3], [5, 6, 3, 4]])
    written = torch.tensor([[5, 9, 9], [5, 6, 3]])
    mark = exam.mark(1.0, guesses, written)
    assert mark == Mark(1.0, pytest.approx(6 / 7), 0.5, 1.0, 0.0)


class Slow(nn.Linear):
    """A model whose steps take longer than there is time."""


def test_a_training_that_runs_out_of_time_stops_and_says_so():
    model = Slow(2, 2)
    data = iter(lambda: (torch.ones(1, 2), torch.ones(1, 2)), None)
    loss = lambda model, source, target: (model(source) - target).square().mean()  # noqa: E731
    done = train(model, loss, data, lambda: Mark(0, 0, 0, 0, 0), Plan(steps=50, limit=1e-9))
    assert done.steps == [0, 1]
    assert not done.is_whole
    whole = train(model, loss, data, lambda: Mark(0, 0, 0, 0, 0), Plan(steps=3, limit=60.0))
    assert whole.is_whole


def test_who_runs_out_of_time_is_lent_the_recorded_weights(words, learner, capsys):
    model = Translator(len(words), 40, d_model=128, heads=4, layers=2, pad=words.pad)
    before = model.tokens.weight.detach().clone()
    lend(model, Training(300, [0, 300]))
    assert torch.equal(model.tokens.weight, before)
    lend(model, Training(300, [0, 17]))
    assert torch.equal(model.tokens.weight, learner.tokens.weight)
    assert "the weights of the recorded run" in capsys.readouterr().out.replace("\n", " ")


def test_the_count_of_threads_is_the_quicker_one():
    for slow, expected in ((1, 2), (2, 1)):
        quickest = Quickest(2)
        for _ in range(12):
            quickest.took(5.0 if quickest.count == slow else 1.0)
        assert quickest.count == expected
    assert Quickest(1).count == 1


def test_the_learning_rate_rises_and_falls():
    assert pace(0.0) == 0
    assert pace(0.05) == pytest.approx(1.0)
    assert pace(1.0) == pace(2.0) == pytest.approx(0.02)


def test_a_short_training_of_the_students_own_modules_learns(words):
    torch.manual_seed(0)
    model = Translator(len(words), 40, d_model=32, heads=2, layers=1, pad=words.pad)
    exam = Exam.on(words, NEW[:20])
    measure = lambda: exam.read(model, shift_right, sequence_loss, translate)  # noqa: E731
    halves = batches(words, pairs("train"), 32, seed=0)
    done = train(model, lesson(words), halves, measure, Plan(steps=12, limit=60, every=12))
    assert done.marks[0].loss == pytest.approx(math.log(len(words)), abs=0.2)
    assert done.marks[-1].loss < done.marks[0].loss - 0.3
