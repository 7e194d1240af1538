"""What notebook 05 says in words and numbers is so: nobody has to believe it."""

import math
import re

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from gradelib.topics.encoder_decoder.cross_looks import Looks, cross_weights, true_places
from gradelib.topics.encoder_decoder.gradients import pull_at_source
from gradelib.topics.encoder_decoder.learning import lend
from gradelib.topics.encoder_decoder.library import translate_all
from gradelib.topics.encoder_decoder.pairs import Words, batches, pairs, text_of, words_of
from gradelib.topics.encoder_decoder.playground import EXAMPLES, LONGEST, Playground
from gradelib.topics.encoder_decoder.prompted import (
    OneText,
    mark_prompted,
    one_text_batches,
    prompted_loss,
    write_prompted,
)
from gradelib.topics.encoder_decoder.summaries import reports, rouge, tokens_of, word_counts
from gradelib.topics.encoder_decoder.training import (
    WEIGHTS,
    Exam,
    Mark,
    Plan,
    Quickest,
    Training,
    pace,
    recorded_runs,
    train,
)
from solutions.encoder_decoder.reference import (
    EncoderLayer,
    Translator,
    alignment,
    bleu,
    clipped_matches,
    sequence_loss,
    shift_right,
    summarize,
    translate,
)
from tests.author.test_built_notebooks import ROOT

STORY = (ROOT / "notebooks" / "src" / "05_encoder_decoder.md").read_text(encoding="utf-8")
NEW = pairs("validation")
TEST = pairs("test")


def section(number: str) -> str:
    return STORY.split(f"\n## {number} ")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def words():
    return Words.of(pairs("train"))


@pytest.fixture(scope="module")
def learner(words):
    """The translator of the recorded run."""
    model = Translator(len(words), 40, d_model=128, heads=4, layers=2, pad=words.pad)
    model.load_state_dict({name: weight.float() for name, weight in load_file(WEIGHTS).items()})
    return model.eval()


def lesson(words):
    def loss(model, source_ids, target_ids):
        read, source = shift_right(target_ids, words.start), model.encode(source_ids)
        return sequence_loss(model.decode(read, source, source_ids), target_ids, words.pad)

    return loss


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


# --- training ------------------------------------------------------------------------------------


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


# --- borders -------------------------------------------------------------------------------------


def test_a_decoder_alone_has_about_as_many_weights(words, learner):
    alone = OneText(EncoderLayer, len(words), 64, d_model=128, heads=4, layers=4)
    count = [sum(w.numel() for w in model.parameters()) for model in (alone, learner)]
    assert 0.8 < count[0] / count[1] < 1.0


@torch.no_grad()
def test_a_decoder_alone_looks_back_only_and_answers_only_behind_the_arrow(words):
    torch.manual_seed(0)
    model = OneText(EncoderLayer, len(words), 64, d_model=16, heads=2, layers=2)
    halves = words.batch([p["en"] for p in NEW[:3]]), words.batch([p["de"] for p in NEW[:3]])
    ids, labels = next(one_text_batches(words, iter([halves])))
    changed = ids.clone()
    changed[:, -1] = words.unknown
    assert torch.allclose(model(ids)[:, :-1], model(changed)[:, :-1], atol=1e-6)
    for row, answers, pair in zip(ids, labels, NEW, strict=False):
        arrow = row.tolist().index(words.start)
        assert (answers[:arrow] == words.pad).all()
        assert words.decode(answers[arrow:]) == words_of(pair["de"])
    assert mark_prompted(model, words, NEW[:3], sequence_loss).loss == pytest.approx(
        float(prompted_loss(sequence_loss, words.pad)(model, ids, labels))
    )
    assert len(write_prompted(model, words, NEW[:5], most=3)) == 5


def test_rouge_agrees_with_googles():
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"])
    for page in reports():
        text = " ".join(page.sentences[1:4])
        theirs = scorer.score(page.written, text)
        for n in (1, 2):
            mine = rouge(text, page.written, n, clipped_matches)
            assert mine == pytest.approx(theirs[f"rouge{n}"].fmeasure, rel=1e-9)
    assert rouge("", "a text", 1, clipped_matches) == 0.0


def test_there_are_nine_summaries_and_none_is_made_of_sentences_of_its_page():
    assert len(reports()) == 9
    assert "For nine pages" in STORY
    for page in reports():
        assert not any(sentence in page.written for sentence in page.sentences)


def test_chosen_sentences_share_a_little_more_than_those_by_chance():
    chosen = chance = 0.0
    for page in reports():
        best = summarize(word_counts(page.sentences), 2)
        chosen += rouge(" ".join(page.sentences[i] for i in best), page.written, 1, clipped_matches)
        every = [
            rouge(f"{a} {b}", page.written, 1, clipped_matches)
            for i, a in enumerate(page.sentences)
            for b in page.sentences[i + 1 :]
        ]
        chance += sum(every) / len(every)
    assert chance < chosen < 1.3 * chance


def test_word_counts_have_a_column_for_each_word():
    vectors = word_counts(["The cache of keys.", "The cache!"])
    assert vectors.shape == (2, len({*tokens_of("the cache of keys")}))
