"""The instructions and languages written for the course: counts, fields, scripts, duplicates.

Whether an answer or a sentence is good, no test can say: that takes reading.
"""

import re
import unicodedata
from collections import Counter

import pytest

from tests.lab.written_data import (
    EMOTIONS,
    INSTRUCTIONS,
    JOINED,
    LANGUAGES,
    SPLITS,
    near_duplicates,
    rows,
    words,
)

KINDS = ("advise", "classify", "compare", "compose", "compute")
KINDS += ("correct", "explain", "list", "rewrite", "shorten")
FLAWS = ("evasive", "ignores-format", "off-topic", "rambling", "truncated", "wrong")
HELD_OUT = 3  # instructions a kind


def lines(language: str) -> list[str]:
    return (LANGUAGES / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def test_near_duplicates_are_found_when_there_are_some():
    texts = ["The old man sold his boat.", "The old man sold her boat.", "It rained all night."]
    assert near_duplicates(texts, by_trigrams=0.3, by_words=0.9) == [(texts[0], texts[1])]
    assert near_duplicates(texts, by_trigrams=0.9, by_words=0.6) == [(texts[0], texts[1])]


# Instructions


def test_good_and_poor_answer_the_same_instructions():
    good, poor = rows(INSTRUCTIONS / "good.jsonl"), rows(INSTRUCTIONS / "poor.jsonl")
    assert [(row["instruction"], row["kind"]) for row in good] == [
        (row["instruction"], row["kind"]) for row in poor
    ]
    assert all(one["answer"] != other["answer"] for one, other in zip(good, poor, strict=True))


def test_every_kind_of_instruction_and_every_flaw_is_there_equally_often():
    good, poor = rows(INSTRUCTIONS / "good.jsonl"), rows(INSTRUCTIONS / "poor.jsonl")
    assert len(good) == len(poor) == 120
    assert Counter(row["kind"] for row in good) == dict.fromkeys(KINDS, 12)
    assert Counter((row["kind"], row["flaw"]) for row in poor) == {
        (kind, flaw): 2 for kind in KINDS for flaw in FLAWS
    }
    held_out = Counter(row["kind"] for row in rows(INSTRUCTIONS / "heldout.jsonl"))
    assert held_out == dict.fromkeys(KINDS, HELD_OUT)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("good", ["instruction", "answer", "kind"]),
        ("poor", ["instruction", "answer", "kind", "flaw"]),
        ("heldout", ["instruction", "answer", "kind"]),
    ],
)
def test_instruction_rows_hold_their_fields(name, fields):
    for row in rows(INSTRUCTIONS / f"{name}.jsonl"):
        assert list(row) == fields
        for value in row.values():
            assert value
            assert value == value.strip() == unicodedata.normalize(JOINED, value)


def test_good_answers_are_short():
    for name in ("good", "heldout"):
        for row in rows(INSTRUCTIONS / f"{name}.jsonl"):
            assert len(row["answer"].split()) <= 60, row
            assert len(row["answer"].splitlines()) <= 6, row


def test_a_truncated_answer_stops_in_the_middle():
    for row in rows(INSTRUCTIONS / "poor.jsonl"):
        ends_like_a_sentence = row["answer"].endswith((".", "!", "?", '"'))
        if row["flaw"] == "truncated":
            assert not ends_like_a_sentence, row
        if row["flaw"] == "rambling":
            assert len(row["answer"].split()) >= 40, row


def test_no_two_instructions_are_nearly_the_same():
    texts = [
        row["instruction"]
        for name in ("good", "heldout")
        for row in rows(INSTRUCTIONS / f"{name}.jsonl")
    ]
    assert len(set(texts)) == len(texts)
    assert near_duplicates(texts, by_trigrams=0.5, by_words=0.75) == []


def test_no_two_answers_are_nearly_the_same():
    for name in ("good", "poor"):
        texts = [row["answer"] for row in rows(INSTRUCTIONS / f"{name}.jsonl")]
        assert len(set(texts)) == len(texts)
        assert near_duplicates(texts, by_trigrams=0.4, by_words=0.7) == []


# Languages


def test_the_three_texts_have_the_same_number_of_lines():
    assert [len(lines(name)) for name in ("english", "german", "greek")] == [80, 80, 80]


@pytest.mark.parametrize("language", ["english", "german", "greek"])
def test_each_line_is_one_sentence_of_its_own(language):
    found = lines(language)
    assert len(set(found)) == len(found)
    for line in found:
        assert line == line.strip() == unicodedata.normalize(JOINED, line)
        assert 6 <= len(line.split()) <= 16, line
        assert re.search(r"""[.!?;"“»]$""", line), line
    assert near_duplicates(found, by_trigrams=0.2, by_words=0.5) == []


@pytest.mark.parametrize(
    ("language", "script"), [("english", "LATIN"), ("german", "LATIN"), ("greek", "GREEK")]
)
def test_each_text_is_in_its_own_script(language, script):
    letters = [letter for line in lines(language) for letter in line if letter.isalpha()]
    assert {unicodedata.name(letter).split()[0] for letter in letters} == {script}


def test_german_has_its_umlauts_and_long_words():
    text = "\n".join(lines("german"))
    assert all(letter in text for letter in "äöüßÄÜ")
    assert max(map(len, words(text))) >= 25


def test_every_greek_word_of_two_syllables_or_more_carries_an_accent():
    pairs = "αι|ει|οι|ου|υι|αυ|ευ"
    one_syllable = {"για", "δυο", "μια", "πια", "ποιος", "πιο"}  # spoken so, whatever the letters
    for line in lines("greek"):
        for word in words(line):
            bare = "".join(
                letter
                for letter in unicodedata.normalize("NFD", word)
                if not unicodedata.combining(letter)
            )
            accents = unicodedata.normalize("NFD", word).count("\N{COMBINING ACUTE ACCENT}")
            syllables = len(re.findall(rf"{pairs}|[αεηιουω]|υ", bare))
            if syllables > 1 and word not in one_syllable and not word.isdigit():
                assert accents >= 1, (word, line)
            assert not word.endswith("σ"), (word, line)


def test_numbers_in_figures_agree_across_the_languages():
    for three in zip(lines("english"), lines("german"), lines("greek"), strict=True):
        assert len({tuple(re.findall(r"\d+", line)) for line in three}) == 1, three


# The library that the notebooks read them with


def test_datasets_reads_every_file(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    cache = str(tmp_path)
    splits = {split: str(EMOTIONS / f"{split}.jsonl") for split in SPLITS}
    found = datasets.load_dataset("json", data_files=splits, cache_dir=cache)
    assert {name: len(found[name]) for name in found} == {
        split: 6 * count for split, count in SPLITS.items()
    }
    names = {name: str(INSTRUCTIONS / f"{name}.jsonl") for name in ("good", "heldout")}
    found = datasets.load_dataset("json", data_files=names, cache_dir=cache)
    assert {name: len(found[name]) for name in found} == {"good": 120, "heldout": 30}
    poor = str(INSTRUCTIONS / "poor.jsonl")
    found = datasets.load_dataset("json", data_files=poor, split="train", cache_dir=cache)
    assert found.column_names == ["instruction", "answer", "kind", "flaw"]
    texts = {name: str(LANGUAGES / f"{name}.txt") for name in ("english", "german", "greek")}
    found = datasets.load_dataset("text", data_files=texts, cache_dir=cache)
    assert {len(found[name]) for name in found} == {80}
