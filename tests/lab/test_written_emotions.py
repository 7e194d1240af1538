"""The sentences written for the emotions: counts, balance, words that must not occur, duplicates.

Whether a sentence is good, and whether its label is right, no test can say: that takes reading.
"""

import math
import re
import unicodedata
from collections import Counter

import pytest

from tests.lab.written_data import EMOTIONS, JOINED, SPLITS, near_duplicates, rows, words

LABELS = ("anger", "fear", "joy", "love", "sadness", "surprise")

# The labels' own words and their direct synonyms, under whatever label they stand.
BANNED = {
    "joy": r"""(un)?happ(y|ier|iest|ily|iness) joy\w* enjoy\w* overjoy\w* glad\w* delight\w*
        cheerful\w* merr(y|ily|iment) elat\w+ ecsta\w+ bliss\w* pleas(ed|ure|ures) thrill\w*
        jubila\w* content(ed|edly|ment) jolly glee\w* euphor\w* rejoic\w*""",
    "sadness": r"""sad(der|dest|ly|ness|den|dened)? sorrow\w* grie(f|ve|ved|ves|ving) mourn\w*
        gloom\w* miser(able|ably|y) depress\w* heartbr\w+ melanchol\w* heartache\w* despair\w*
        despond\w* woe\w* dejected downcast""",
    "anger": r"""ang(er|ers|ered|ry|rier|rily) furi(ous|ously) fury rag(e|es|ed|ing) enrag\w*
        mad madd\w+ irate outrag\w* livid annoy\w* irritat\w* wrath\w* resent\w* indignan\w*
        infuriat\w* exasperat\w*""",
    "fear": r"""fear\w* afraid scar(e|ed|es|y|ing) terror\w* terrif\w* terribly frighten\w*
        fright dread(ed|s|ing|ful|fully)? panic\w* horr(or|ors|ified|ifying|ible|ibly) anxi\w+
        worr(y|ied|ies|ying) alarmed petrif\w* nervous\w*""",
    "love": r"""lov(e|es|ed|ing|ingly|ely|er|ers) beloved ador(e|es|ed|ing|able|ation)
        affection\w* darling\w* fond(ly|ness|er)? dear(est|ly)? cherish\w* romanc\w* romantic\w*
        sweetheart\w* tender(ly|ness)? passion\w* devot\w* infatuat\w* enamou?red""",
    "surprise": r"""surpris\w* astonish\w* amaz\w* astound\w* startl\w* stunn\w* shock\w*
        unexpected\w* dumbfounded flabbergasted speechless stagger(ed|ing) bewilder\w*
        incredibl\w* unbelievabl\w*""",
}


def emotions(split: str) -> list[dict[str, str]]:
    return rows(EMOTIONS / f"{split}.jsonl")


def every_emotion() -> list[dict[str, str]]:
    return [row for split in SPLITS for row in emotions(split)]


@pytest.mark.parametrize("split", SPLITS)
def test_every_emotion_has_the_same_share_of_a_split(split):
    assert Counter(row["label"] for row in emotions(split)) == dict.fromkeys(LABELS, SPLITS[split])


def test_there_are_enough_emotion_sentences():
    counts = Counter(row["label"] for row in every_emotion())
    assert all(count >= 200 for count in counts.values())
    assert counts.total() >= 1200


@pytest.mark.parametrize("split", SPLITS)
def test_labels_are_shuffled(split):
    labels = [row["label"] for row in emotions(split)]
    assert set(labels[:30]) == set(LABELS)


def test_emotion_rows_hold_a_text_and_a_label():
    for row in every_emotion():
        assert list(row) == ["text", "label"]
        assert row["text"] == row["text"].strip() == unicodedata.normalize(JOINED, row["text"])
        assert re.search(r"""[.!?]"?$""", row["text"]), row["text"]
        assert 4 <= len(row["text"].split()) <= 30, row["text"]
        assert "  " not in row["text"]
        assert re.fullmatch(r"[\w\s.,;:!?'\"’%-]+", row["text"]), row["text"]


@pytest.mark.parametrize("label", BANNED)
def test_no_sentence_says_what_it_should_show(label):
    banned = re.compile(rf"\b({'|'.join(BANNED[label].split())})\b", re.IGNORECASE)
    assert [row["text"] for row in every_emotion() if banned.search(row["text"])] == []


def test_the_banned_words_would_be_found():
    for label in LABELS:
        assert re.search(rf"\b({'|'.join(BANNED[label].split())})\b", f"It was {label}.")


def test_no_two_emotion_sentences_are_nearly_the_same_inside_or_across_splits():
    texts = [row["text"] for row in every_emotion()]
    assert len({" ".join(words(text)) for text in texts}) == len(texts)
    assert near_duplicates(texts, by_trigrams=0.2, by_words=0.45) == []


def test_openings_are_not_repeated():
    texts = [words(row["text"]) for row in every_emotion()]
    assert max(Counter(tuple(text[:4]) for text in texts).values()) <= 2
    assert max(Counter(tuple(text[:3]) for text in texts).values()) <= 4
    assert max(Counter(tuple(text[:2]) for text in texts).values()) <= 15


def test_emotion_sentences_are_of_many_lengths():
    for label in LABELS:
        lengths = [len(row["text"].split()) for row in every_emotion() if row["label"] == label]
        assert min(lengths) <= 6
        assert max(lengths) >= 23
        assert 13 < sum(lengths) / len(lengths) < 18  # so that length does not give a label away


def naive_bayes(train: list[dict[str, str]], test: list[dict[str, str]]) -> float:
    """Return the accuracy on `test` of word counts alone: multinomial, add-one smoothing."""
    counts = {label: Counter() for label in LABELS}
    for row in train:
        counts[row["label"]].update(words(row["text"]))
    known = set().union(*counts.values())

    def score(label: str, text: str) -> float:
        total = counts[label].total() + len(known)
        found = [word for word in words(text) if word in known]
        return sum(math.log((counts[label][word] + 1) / total) for word in found)

    right = sum(
        max(LABELS, key=lambda label: score(label, row["text"])) == row["label"] for row in test
    )
    return right / len(test)


def test_single_words_say_little_about_the_emotion():
    """The card gives the figure of logistic regression. A guess is right once in six."""
    train, test = emotions("train"), emotions("test") + emotions("validation")
    assert 0.25 < naive_bayes(train, test) < 0.45
