"""The village: its probabilities are exact, its files do not leak, its tests of answers hold."""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.build.__main__ import build
from data.build.clause import tokens
from data.build.emotions import split_of
from data.build.entities import TAGS
from data.build.german_grammar import KIN, THINGS, Phrase
from data.build.ngrams import NGrams, words
from gradelib.lab import world
from gradelib.lab.world import exact
from gradelib.lab.world.grammar import Entry, Source, Templates, draw, fork
from gradelib.lab.world.stories import grammar

DATA = Path(__file__).parents[1] / "data"
FOLDERS = (
    "stories",
    "emotions/grammar",
    "translation",
    "entities",
    "instructions/grammar",
    "preferences",
)
SPLITS = ("train", "validation", "test")


def read(folder: str, split: str) -> list[dict[str, Any]]:
    content = gzip.decompress((DATA / folder / f"{split}.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in content.splitlines()]


@pytest.fixture(scope="module")
def small() -> tuple[Any, ...]:
    """A grammar whose texts can all be written down: a choice depends on one far back."""
    animals = [(Entry("cat", {"a": "a cat"}), 3.0), (Entry("owl", {"a": "an owl"}), 1.0)]
    sounds = {"cat": [("mewed", 1.0), ("purred", 2.0)], "owl": [("hooted", 1.0)]}
    templates = Templates(
        [
            Source("animals", (), lambda: animals),
            Source(
                "sounds", ("who",), lambda who: [(Entry(text), w) for text, w in sounds[who.text]]
            ),
        ]
    )
    return (
        fork(
            (0.7, (templates.one_of("There was {who:animals.a}[.| here.]"),)),
            (0.3, (templates.one_of("{Who:animals.a} came."),)),
        ),
        templates.maybe(0.5, "Nobody knew why."),
        templates.one_of("The {who} {:sounds}."),
    )


def every_text(nodes: tuple[Any, ...]) -> dict[str, float]:
    """Write down all texts of a grammar with their probabilities, the slow way."""
    from gradelib.lab.world.grammar import steps

    found: Counter[str] = Counter()
    todo: list[Any] = [(1.0, "", nodes, {})]
    while todo:
        weight, text, rest, state = todo.pop()
        if not rest:
            found[text] += weight
            continue
        todo += [
            (weight * p, text + said, after, new) for p, said, after, new in steps(rest, state)
        ]
    return dict(found)


def test_the_probabilities_of_a_small_grammar_sum_to_one(small):
    assert math.isclose(sum(every_text(small).values()), 1.0)


def test_log_probability_entropy_and_count_agree_with_writing_everything_down(small):
    texts = every_text(small)
    for text, probability in texts.items():
        assert math.isclose(exact.log_probability(small, text), math.log(probability))
    surprise = -sum(p * math.log(p) for p in texts.values())
    assert math.isclose(exact.entropy(small), surprise)
    assert exact.count(small) == len(texts)


def test_next_words_of_a_small_grammar_agree_with_writing_everything_down(small):
    texts = every_text(small)
    begun = {text: p for text, p in texts.items() if text.startswith(" There was a cat")}
    expected: Counter[str] = Counter()
    for text, probability in begun.items():
        if text.startswith(" There was a "):
            expected[(text + " ").removeprefix(" There was a ").split(" ")[0]] += probability
    told = exact.next_words(small, " There was a")
    assert told == pytest.approx({w: p / sum(expected.values()) for w, p in expected.items()})


def test_the_text_alone_gives_back_the_log_probability():
    rng = np.random.default_rng(1)
    for _ in range(300):
        story = world.draw_story(rng)
        assert math.isclose(world.log_probability(story.text), story.log_probability)


def test_each_story_that_ships_has_one_derivation_and_its_log_probability():
    for record in read("stories", "validation"):
        derivations = exact.derivations(grammar(), " " + record["text"])
        assert len(derivations) == 1
        assert derivations[0][0] == pytest.approx(record["log_probability"], abs=1e-5)


def test_a_story_is_as_likely_as_its_words_one_after_the_other():
    story = world.draw_story(np.random.default_rng(2))
    spoken = story.text.split(" ")
    total = 0.0
    for place, word in enumerate([*spoken, ""]):
        total += math.log(world.next_words(" ".join(spoken[:place]))[word])
    assert total == pytest.approx(story.log_probability)


def test_what_the_grammar_cannot_tell_has_no_probability():
    story = world.draw_story(np.random.default_rng(3)).text
    assert world.log_probability(story + " And so on.") == -math.inf
    assert world.read_story(story.replace(".", "", 1)) is None
    assert world.next_words("The stock market") == {}
    with pytest.raises(ValueError, match="no story begins so"):
        world.continue_story("The stock market", np.random.default_rng(0))


def test_the_entropy_is_what_the_module_says():
    assert world.entropy() == pytest.approx(world.ENTROPY, abs=1e-9)
    assert world.distinct_stories() == world.DISTINCT_STORIES >= 300_000


def test_the_entropy_agrees_with_the_mean_over_twenty_thousand_stories():
    nats = np.array([-record["log_probability"] for record in read("stories", "train")])
    error = nats.std() / math.sqrt(len(nats))
    assert abs(nats.mean() - world.ENTROPY) < 4 * error


def test_the_floor_is_the_mean_surprise_of_a_unit():
    records = read("stories", "test")[:50]
    counted = sum(len(record["text"]) for record in records)
    expected = -sum(record["log_probability"] for record in records) / counted
    assert world.floor(records, len) == pytest.approx(expected)
    assert world.floor([r["text"] for r in records], len) == pytest.approx(expected, abs=1e-6)


def test_a_trigram_model_is_far_from_the_truth():
    train, test = read("stories", "train")[:5000], read("stories", "test")[:200]
    model = NGrams(record["text"] for record in train)
    costs = [model.nats(record["text"]) for record in test]
    trigram = sum(nats for nats, _ in costs) / sum(count for _, count in costs)
    assert trigram > 3 * world.floor(test, lambda text: len(words(text)) + 1)


def test_stories_have_four_to_eight_sentences_and_end_where_they_began():
    records = read("stories", "test")
    lengths = {len(world.sentences(record["text"])) for record in records}
    assert lengths == {4, 5, 6, 7, 8}
    found = [record for record in records if record["plot"] == "storm"]
    returned = [record["thing"] in world.sentences(record["text"])[-1] for record in found]
    assert np.mean(returned) > 0.4  # what was lent in the third sentence


def test_sentences_are_split_as_the_grammar_wrote_them():
    rng = np.random.default_rng(4)
    for _ in range(200):
        text, _, _ = draw(grammar(), rng)
        for sentence in world.sentences(text.strip()):
            assert re.match(r'["A-Z]', sentence), sentence
            assert re.search(r'[.!?]"?$', sentence), sentence


def test_a_continued_story_is_one_that_the_grammar_tells():
    rng = np.random.default_rng(6)
    start = " ".join(world.sentences(world.draw_story(rng).text)[:2])
    endings = [world.continue_story(start, rng) for _ in range(20)]
    assert all(story.text.startswith(start) for story in endings)
    assert len({story.text for story in endings}) > 5
    for story in endings:
        assert world.log_probability(story.text) == pytest.approx(story.log_probability)


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
        assert set(counts) == set(world.FEELINGS)


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


def test_good_answers_obey_and_poor_ones_do_not():
    for split in SPLITS:
        for record in read("instructions/grammar", split):
            assert world.complaints(record, record["answer"]) == []
            assert not world.obeys(record, record["poor_answer"])
            assert not world.obeys(record, "")


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
    assert complaint in world.complaints({"checks": [check]}, answer)[0]


def test_the_true_reward_made_the_preferences():
    records = read("preferences", "train")
    for record in records[:500]:
        for which in ("chosen", "rejected"):
            story = f"{record['prompt']} {record[which]}"
            assert world.true_reward(story) == record[f"{which}_reward"]
    agree = np.mean([r["chosen_reward"] > r["rejected_reward"] for r in records])
    assert 0.78 < agree < 0.9  # people are not always of one mind


def test_repeating_what_pleases_costs_reward():
    story = "Mia lost her key. Tom found it. Mia clapped her hands."
    assert world.true_reward(story + " Mia clapped her hands." * 5) < world.true_reward(story)
    assert world.reward_parts("Mia lost her key. Tom found it. Then")["unfinished"] == -1


def test_the_files_are_those_of_the_checksums():
    lines = (DATA / "checksums.txt").read_text().splitlines()
    assert len(lines) == len(FOLDERS) * len(SPLITS)
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, name


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


def test_the_village_needs_no_torch():
    source = "import gradelib.lab.world, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0
