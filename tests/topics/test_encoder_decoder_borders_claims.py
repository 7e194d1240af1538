"""What notebook 05 says of a decoder alone and of summaries is so."""

import pytest
import torch

from gradelib.topics.encoder_decoder.pairs import words_of
from gradelib.topics.encoder_decoder.prompted import (
    OneText,
    mark_prompted,
    one_text_batches,
    prompted_loss,
    write_prompted,
)
from gradelib.topics.encoder_decoder.summaries import reports, rouge, tokens_of, word_counts
from solutions.encoder_decoder.reference import (
    EncoderLayer,
    clipped_matches,
    sequence_loss,
    summarize,
)
from tests.topics.small_translator import NEW, STORY


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
