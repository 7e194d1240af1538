"""What notebook 05 says in words and numbers is so: nobody has to believe it."""

import math
import re

import pytest
import torch

from gradelib.topics.encoder_decoder.cross_looks import Looks, cross_weights, true_places
from gradelib.topics.encoder_decoder.gradients import pull_at_source
from gradelib.topics.encoder_decoder.pairs import batches, pairs, text_of, words_of
from gradelib.topics.encoder_decoder.playground import EXAMPLES, LONGEST, Playground
from solutions.encoder_decoder.reference import (
    Translator,
    alignment,
    bleu,
    sequence_loss,
    shift_right,
    translate,
)
from tests.topics.small_translator import NEW, STORY, TEST, lesson


def section(number: str) -> str:
    return STORY.split(f"\n## {number} ")[1].split("\n## ")[0]


# --- the form ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 8))
def test_each_section_says_why_first(number):
    assert section(f"5.{number}").split("\n\n")[1].startswith("**Why.**")


@pytest.mark.parametrize(
    ("word", "explained"),
    [
        ("exposure bias", r"called \*\*exposure bias\*\*"),
        ('exercise="encoder_decoder.Attention"', r"This is \*\*cross-attention\*\*"),
        ('exercise="encoder_decoder.sequence_loss"', r"This is \*\*label smoothing\*\*"),
        ('exercise="encoder_decoder.clipped_matches"', r"the counts are \*\*clipped\*\*"),
        ('exercise="encoder_decoder.summarize"', r"An \*\*extractive\*\* summary"),
    ],
)
def test_nothing_is_used_before_it_is_explained(word, explained):
    assert re.search(explained, STORY).start() < STORY.index(word) + len(word)


# --- the pairs -----------------------------------------------------------------------------------


def test_no_new_sentence_has_a_word_that_the_training_does_not_have(words):
    ids = [number for pair in [*NEW, *TEST] for text in (pair["en"], pair["de"])
           for number in words.encode(text)]  # fmt: skip
    assert words.unknown not in ids


def test_words_become_ids_and_words_again(words):
    for pair in TEST[:50]:
        assert text_of(words.decode(words.encode(pair["de"]))) == pair["de"]
    assert words.id("dragon") == words.unknown
    assert words.id("KEY") == words.id("key") == words.ids["key"]


def test_a_batch_holds_sentences_of_about_one_length(words):
    source, target = next(batches(words, pairs("train"), 64, seed=0))
    assert len(source) == len(target) == 64
    assert (target != words.pad).float().mean() > 0.9


# --- parts ---------------------------------------------------------------------------------------


def test_the_key_biases_get_no_gradient_and_all_else_does(words):
    torch.manual_seed(0)
    model = Translator(len(words), 40, d_model=16, heads=4, layers=2, pad=words.pad)
    lesson(words)(model, *next(batches(words, NEW, 16, seed=0))).backward()
    still = {name for name, w in model.named_parameters() if w.grad.norm() < 1e-6}
    assert still == {name for name, _ in model.named_parameters() if name.endswith("key.bias")}


def test_with_smoothing_the_lowest_loss_is_where_the_softened_truth_is():
    vocab, smoothing = 929, 0.1
    best = 1 - smoothing + smoothing / vocab

    def loss(probability):
        logits = torch.full((1, 1, vocab), math.log((1 - probability) / (vocab - 1)))
        logits[0, 0, 1] = math.log(probability)
        return sequence_loss(logits, torch.tensor([[1]]), 0, smoothing)

    assert loss(best) < min(loss(best - 0.02), loss(best + 0.02))


def test_the_weights_that_are_read_off_are_those_of_the_layers(words, learner):
    """Mixed with the values and put through `out`, they give what the layer gives."""
    source = words.batch([TEST[0]["en"]])
    read = shift_right(words.batch([TEST[0]["de"]]), words.start)
    kept = []
    layer = learner.writers[0].cross_attention
    hook = layer.register_forward_hook(lambda module, args, out: kept.append((args, out)))
    weights = cross_weights(learner, source, read)[0]
    hook.remove()
    (_, vectors, _), expected = kept[0]
    values = layer.value(vectors).view(1, -1, 4, 32).transpose(1, 2)
    mixed = (weights @ values).transpose(1, 2).flatten(2)
    torch.testing.assert_close(layer.out(mixed), expected)
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(weights.shape[:-1]))


# --- looking -------------------------------------------------------------------------------------


def test_the_last_word_looks_where_it_should_far_more_often_than_a_straight_guess(words, learner):
    looks = Looks(learner, words, shift_right, alignment).best(NEW[:200])
    some = TEST[:200]
    _, last = looks.scores(some)[looks.layer]
    straight = sum(
        min(len(words_of(p["de"])) - 2, len(words_of(p["en"])) - 1) in true_places(p)[-2]
        for p in some
    )
    assert last > 0.8 > 2 * straight / len(some)


def test_a_word_of_the_village_is_fetched_from_the_middle_to_the_end(words, learner):
    looks = Looks(learner, words, shift_right, alignment).best(NEW[:200])
    found = looks.pair(TEST[0])
    assert found.german[-2] == "abgeholt"
    assert found.english[found.places[-2]] in {"picked", "up"}


def test_the_loss_of_the_last_word_pulls_at_the_verb_more_than_at_the_object(words, learner):
    source, target = words.batch([TEST[0]["en"]]), words.batch([TEST[0]["de"]])

    def loss_of(model, read):
        logits = model.decode(shift_right(target, words.start), read, source)
        return sequence_loss(logits[:, 5:6], target[:, 5:6], words.pad)

    pulls = dict(
        zip(words.decode(source[0]), pull_at_source(learner, source, loss_of), strict=False)
    )
    assert pulls["picked"] > pulls["girls"] > 0
    cut = pull_at_source(
        learner, source, lambda m, read: loss_of(m, read.detach().requires_grad_())
    )
    assert set(cut) == {0.0}


def test_the_playground_says_what_it_does_with_a_sentence(words, learner):
    looks = Looks(learner, words, shift_right, alignment, 1)
    ground = Playground(looks, translate, TEST)
    found, notes = ground.read("tom lost the dragon")
    assert found.english[-1] == "."
    assert found.truth is None
    assert notes == ["Not in the vocabulary: dragon."]
    assert ground.read(TEST[0]["en"])[0].truth == true_places(TEST[0])
    assert ground.read("")[0].english == words_of(EXAMPLES[0])
    long = " ".join(["Tom"] * 50)
    assert str(LONGEST) in ground.read(long)[1][0]
    assert "<img" in ground.page(EXAMPLES[1])


# --- measures ------------------------------------------------------------------------------------


def test_bleu_sees_runs_and_no_sense():
    right = [
        "Nora",
        "weiß",
        ",",
        "dass",
        "Tom",
        "den",
        "alten",
        "Schlüssel",
        "verloren",
        "hat",
        ".",
    ]
    article = ["die" if word == "den" else word for word in right]
    sense = ["gefunden" if word == "verloren" else word for word in right]
    other = ["Nora", "weiß", ":", "Tom", "hat", "den", "alten", "Schlüssel", "verloren", "."]
    scores = [bleu([said], [right]) for said in (right, article, sense, other)]
    assert scores[0] == pytest.approx(100)
    assert abs(scores[1] - scores[2]) < 10
    assert scores[3] < min(scores[1:3]) - 20
    assert abs(len(other) - len(right)) <= 1
    assert " ".join(right) in STORY
