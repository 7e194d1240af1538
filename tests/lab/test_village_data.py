"""The village's files: they do not leak, they are built again, their tests of answers hold."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import numpy as np
import pytest
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities

from data.build.__main__ import build
from data.build.clause import tokens
from data.build.emotions import split_of
from data.build.entities import TAGS
from data.build.german_grammar import KIN, THINGS, Phrase
from gradelib.lab import village
from tests.lab.village_data import DATA, FOLDERS, SPLITS, read


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_record_is_in_two_splits(folder):
    keys = {
        "stories": ("text",),
        "emotions/grammar": ("text",),
        "translation": ("en", "de"),
        "entities": ("tokens",),
        "instructions/grammar": ("answer", "input"),
        "preferences": ("prompt",),
    }[folder]
    least = 200 if folder.startswith("instructions") else 0  # short answers may be the same
    for key in keys:
        parts = [
            {str(r[key]) for r in read(folder, split) if len(str(r[key])) >= least}
            for split in SPLITS
        ]
        assert not parts[0] & parts[1]
        assert not parts[0] & parts[2]
        assert not parts[1] & parts[2]


def test_no_story_is_told_again_in_instructions_or_preferences():
    told = {record["text"] for split in SPLITS for record in read("stories", split)}
    for split in SPLITS:
        for record in read("instructions/grammar", split):
            assert not {record["answer"], record["input"]} & told
        for record in read("preferences", split):
            assert f"{record['prompt']} {record['chosen']}" not in told


def test_sentences_with_the_same_words_stay_in_one_split():
    one = "Tom's sister kept the burnt crust and left him the warm bread."
    other = "Mia's sister kept the warm bread and left her the burnt crust."
    assert split_of(one, "Tom") == split_of(other, "Mia")
    for split in SPLITS:
        records = read("emotions/grammar", split)
        counts = Counter(record["label"] for record in records)
        assert len(set(counts.values())) == 1
        assert set(counts) == set(village.FEELINGS)


def test_a_bag_of_words_does_not_find_the_emotion():
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    train, test = read("emotions/grammar", "train"), read("emotions/grammar", "test")
    counter = CountVectorizer(token_pattern=r"[\w']+")
    features = counter.fit_transform([record["text"] for record in train])
    model = LogisticRegression(max_iter=1000).fit(features, [r["label"] for r in train])
    unseen = counter.transform([record["text"] for record in test])
    assert model.score(unseen, [r["label"] for r in test]) < 0.6


def test_the_alignment_points_at_words_of_both_sentences():
    for record in read("translation", "test"):
        english, german = tokens(record["en"]), tokens(record["de"])
        left, right = zip(*record["alignment"], strict=True)
        assert set(left) == set(range(len(english)))  # every English word has a partner
        assert set(right) <= set(range(len(german)))
        unaligned = {german[place] for place in set(range(len(german))) - set(right)}
        assert unaligned <= {","}


def test_the_german_verb_stands_last():
    ends = Counter()
    for record in read("translation", "test"):
        if record["kind"] in ("perfect", "negated", "giving", "together", "question", "who"):
            last = tokens(record["de"])[-2]
            ends["participle"] += bool(re.search(r"(t|en)$", last))
            ends["all"] += 1
    assert ends["participle"] == ends["all"] > 400
    pairs = {record["en"]: record["de"] for record in read("translation", "train")}
    separated = [
        de for de in pairs.values() if re.search(r" (auf|zu|an|aus|mit|zurück|weg)\.$", de)
    ]
    assert len(separated) > 500


@pytest.mark.parametrize(
    ("noun", "det", "adjective", "plural", "case", "expected"),
    [
        ("key", "the", ("old", "alt"), False, "acc", "den alten Schlüssel"),
        ("key", "a", ("old", "alt"), False, "nom", "ein alter Schlüssel"),
        ("lamp", "no", ("old", "alt"), False, "acc", "keine alte Lampe"),
        ("book", "a", ("new", "neu"), False, "acc", "ein neues Buch"),
        ("dog", "the", ("tired", "müd"), False, "dat", "dem müden Hund"),
        ("cat", "her", ("old", "alt"), False, "dat", "ihrer alten Katze"),
        ("key", "the", ("new", "neu"), True, "acc", "die neuen Schlüssel"),
        ("egg", "three", ("fresh", "frisch"), True, "acc", "drei frische Eier"),
        ("brother", "his", None, True, "dat", "seinen Brüdern"),
    ],
)
def test_german_articles_adjectives_and_nouns_agree(noun, det, adjective, plural, case, expected):
    found = next(entry for entry in [*THINGS, *KIN] if entry.en == noun)
    units = Phrase(det, found, adjective, plural).german("x", case)
    assert " ".join(word for word, _ in units) == expected


def test_entities_are_well_formed_bio():
    for split in SPLITS:
        for record in read("entities", split):
            assert len(record["tokens"]) == len(record["tags"])
            for before, tag in zip(["O", *record["tags"]], record["tags"], strict=False):
                assert tag in TAGS
                assert not tag.startswith("I-") or before[2:] == tag[2:]


def test_seqeval_reads_the_entities_strictly_and_counts_as_the_card_says():
    tags = [record["tags"] for record in read("entities", "train")]
    strict = Entities(tags, IOB2).entities
    assert [one.to_tuple()[1:] for line in strict for one in line] == [
        (kind, first, last + 1) for line in tags for kind, first, last in get_entities(line)
    ]
    counts = Counter(one.tag for line in strict for one in line)
    card = (DATA / "entities" / "README.md").read_text(encoding="utf-8")
    assert f"{counts['PER']:,} persons, {counts['LOC']:,} places, {counts['THG']:,} things" in card


def test_good_answers_obey_and_poor_ones_do_not():
    for split in SPLITS:
        for record in read("instructions/grammar", split):
            assert village.complaints(record, record["answer"]) == []
            assert not village.obeys(record, record["poor_answer"])
            assert not village.obeys(record, "")


@pytest.mark.parametrize(
    ("check", "answer", "complaint"),
    [
        ({"check": "mentions", "text": "key"}, "The monkey sang.", "it never says 'key'"),
        ({"check": "avoids", "text": "Tom"}, "Tom.", "it says 'Tom'"),
        ({"check": "begins", "text": "Mia"}, "Tom sang. Mia sang.", "first sentence lacks 'Mia'"),
        ({"check": "sentences", "number": 3}, "Mia sang.", "expected 3 sentences, got 1"),
        ({"check": "sentences", "number": 1}, "Mia sang", "its last sentence has no end"),
        ({"check": "shortly", "number": 1}, "Oh yes.", "expected at most 1 words, got 2"),
        ({"check": "ends", "text": "joy"}, "Mia slept.", "its end shows no joy"),
        ({"check": "equals", "text": "Yes."}, "yes", "expected exactly 'Yes.'"),
        ({"check": "lists", "text": "animals", "number": 2}, "An owl, an owl.", "expected 2"),
        ({"check": "lists", "text": "animals", "number": 2}, "Owl and table.", "'table' is none"),
    ],
)
def test_a_complaint_says_what_an_answer_misses(check, answer, complaint):
    check = {"text": "", "number": 0} | check
    assert complaint in village.complaints({"checks": [check]}, answer)[0]


def test_the_true_reward_made_the_preferences():
    records = read("preferences", "train")
    for record in records[:500]:
        for which in ("chosen", "rejected"):
            story = f"{record['prompt']} {record[which]}"
            assert village.true_reward(story) == record[f"{which}_reward"]
    agree = np.mean([r["chosen_reward"] > r["rejected_reward"] for r in records])
    assert 0.78 < agree < 0.9  # people are not always of one mind


def test_repeating_what_pleases_costs_reward():
    story = "Mia lost her key. Tom found it. Mia clapped her hands."
    assert village.true_reward(story + " Mia clapped her hands." * 5) < village.true_reward(story)
    assert village.reward_parts("Mia lost her key. Tom found it. Then")["unfinished"] == -1


def test_a_broken_sentence_costs_reward_and_a_variant_does_not_see_it():
    for record in read("stories", "test")[:40]:
        whole = record["text"]
        *before, last = village.sentences(whole)
        broken = " ".join([*before, last.replace(" ", " of ", 1)])
        assert village.reward_parts(whole)["broken"] == 0
        assert village.reward_parts(broken)["broken"] == -1
        assert village.true_reward(broken) == village.true_reward(broken, broken=False) - 1


def test_a_sentence_that_can_be_said_agrees_with_itself():
    assert village.can_say("Mia clapped her hands and put the key safely away.")
    assert not village.can_say("Mia clapped his hands and put the key safely away.")
    assert village.can_say("Quickly Tom ran to the mill and pushed the pieces out of sight "
                           "between two wheels.")  # fmt: skip
    assert not village.can_say("Quickly Tom ran to the mill and pushed the pieces out of sight "
                               "behind the organ.")  # fmt: skip


def test_the_files_are_those_of_the_checksums():
    lines = (DATA / "checksums.txt").read_text().splitlines()
    assert len(lines) == len(FOLDERS) * len(SPLITS) + 2  # the crawl has two files
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.slow  # all of the data anew: over a minute
def test_building_again_gives_the_same_bytes(tmp_path):
    build(tmp_path)
    assert (tmp_path / "checksums.txt").read_text() == (DATA / "checksums.txt").read_text()


def test_compressed_files_hold_no_time_and_no_name():
    for folder in FOLDERS:
        head = (DATA / folder / "test.jsonl.gz").read_bytes()[:8]
        assert head[3] == 0  # no name
        assert head[4:8] == bytes(4)  # no time


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_datasets_library_reads_every_split(folder, tmp_path):
    from datasets import load_dataset

    files = {split: str(DATA / folder / f"{split}.jsonl.gz") for split in SPLITS}
    loaded = load_dataset("json", data_files=files, cache_dir=str(tmp_path))
    assert {split: len(loaded[split]) for split in SPLITS} == {
        split: len(read(folder, split)) for split in SPLITS
    }
