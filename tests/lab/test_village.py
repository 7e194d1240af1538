"""The village: its probabilities are exact, and its stories are what the grammar tells."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections import Counter
from typing import Any

import numpy as np
import pytest

from data.build.ngrams import NGrams, words
from gradelib.lab import village
from gradelib.lab.village import exact
from gradelib.lab.village.grammar import Entry, Source, Templates, draw, fork
from gradelib.lab.village.masks import masked_posterior
from gradelib.lab.village.stories import grammar
from tests.lab.village_data import read


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
    from gradelib.lab.village.grammar import steps

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


def test_what_is_behind_a_mask_agrees_with_writing_everything_down(small):
    texts = every_text(small)
    for hidden in (" There was a [MASK] here. The cat mewed.", " A [MASK] came. The [MASK] mewed."):
        if hidden.count("[MASK]") > 1:
            with pytest.raises(ValueError, match="exactly once"):
                masked_posterior(small, hidden)
            continue
        before, after = hidden.split("[MASK]")
        fitting = {t: p for t, p in texts.items() if t.startswith(before) and t.endswith(after)}
        expected = {t.removeprefix(before).removesuffix(after): p for t, p in fitting.items()}
        told = masked_posterior(small, hidden)
        assert told == pytest.approx({w: p / sum(fitting.values()) for w, p in expected.items()})
    known = masked_posterior(small, " An owl came. Nobody knew why. The [MASK] hooted.")
    assert known == {"owl": 1.0}
    sounds = masked_posterior(small, " A cat came. The cat [MASK].")
    assert sounds == pytest.approx({"purred": 2 / 3, "mewed": 1 / 3})
    assert masked_posterior(small, " A [MASK] ran.") == {}


def test_behind_a_mask_of_a_story_is_its_own_word():
    rng = np.random.default_rng(8)
    for _ in range(20):
        text = village.draw_story(rng).text
        found = list(re.finditer(r"[^\W_]+(?:-[^\W_]+)*", text))
        place = found[int(rng.random() * len(found))]
        told = village.masked_posterior(f"{text[: place.start()]}[MASK]{text[place.end() :]}")
        others = {w: f"{text[: place.start()]}{w}{text[place.end() :]}" for w in told}
        nats = {w: village.log_probability(other) for w, other in others.items()}
        total = sum(math.exp(value) for value in nats.values())
        assert told[place.group()] > 0
        assert told == pytest.approx({w: math.exp(value) / total for w, value in nats.items()})


def test_the_text_alone_gives_back_the_log_probability():
    rng = np.random.default_rng(1)
    for _ in range(300):
        story = village.draw_story(rng)
        assert math.isclose(village.log_probability(story.text), story.log_probability)


def test_each_story_that_ships_has_one_derivation_and_its_log_probability():
    for record in read("stories", "validation"):
        derivations = exact.derivations(grammar(), " " + record["text"])
        assert len(derivations) == 1
        assert derivations[0][0] == pytest.approx(record["log_probability"], abs=1e-5)


def test_a_story_is_as_likely_as_its_words_one_after_the_other():
    story = village.draw_story(np.random.default_rng(2))
    spoken = story.text.split(" ")
    total = 0.0
    for place, word in enumerate([*spoken, ""]):
        total += math.log(village.next_words(" ".join(spoken[:place]))[word])
    assert total == pytest.approx(story.log_probability)


def test_what_the_grammar_cannot_tell_has_no_probability():
    story = village.draw_story(np.random.default_rng(3)).text
    assert village.log_probability(story + " And so on.") == -math.inf
    assert village.read_story(story.replace(".", "", 1)) is None
    assert village.next_words("The stock market") == {}
    with pytest.raises(ValueError, match="no story begins so"):
        village.continue_story("The stock market", np.random.default_rng(0))


def test_the_entropy_is_what_the_module_says():
    assert village.entropy() == pytest.approx(village.ENTROPY, abs=1e-9)
    assert village.distinct_stories() == village.DISTINCT_STORIES >= 300_000


def test_the_entropy_agrees_with_the_mean_over_twenty_thousand_stories():
    nats = np.array([-record["log_probability"] for record in read("stories", "train")])
    error = nats.std() / math.sqrt(len(nats))
    assert abs(nats.mean() - village.ENTROPY) < 4 * error


def test_the_floor_is_the_mean_surprise_of_a_unit():
    records = read("stories", "test")[:50]
    counted = sum(len(record["text"]) for record in records)
    expected = -sum(record["log_probability"] for record in records) / counted
    assert village.floor(records, len) == pytest.approx(expected)
    assert village.floor([r["text"] for r in records], len) == pytest.approx(expected, abs=1e-6)


def test_a_trigram_model_is_far_from_the_truth():
    train, test = read("stories", "train")[:5000], read("stories", "test")[:200]
    model = NGrams(record["text"] for record in train)
    costs = [model.nats(record["text"]) for record in test]
    trigram = sum(nats for nats, _ in costs) / sum(count for _, count in costs)
    assert trigram > 3 * village.floor(test, lambda text: len(words(text)) + 1)


def test_stories_have_four_to_eight_sentences_and_end_where_they_began():
    records = read("stories", "test")
    lengths = {len(village.sentences(record["text"])) for record in records}
    assert lengths == {4, 5, 6, 7, 8}
    found = [record for record in records if record["plot"] == "storm"]
    returned = [record["thing"] in village.sentences(record["text"])[-1] for record in found]
    assert np.mean(returned) > 0.4  # what was lent in the third sentence


def test_sentences_are_split_as_the_grammar_wrote_them():
    rng = np.random.default_rng(4)
    for _ in range(200):
        text, _, _ = draw(grammar(), rng)
        for sentence in village.sentences(text.strip()):
            assert re.match(r'["A-Z]', sentence), sentence
            assert re.search(r'[.!?]"?$', sentence), sentence


def test_a_continued_story_is_one_that_the_grammar_tells():
    rng = np.random.default_rng(6)
    start = " ".join(village.sentences(village.draw_story(rng).text)[:2])
    endings = [village.continue_story(start, rng) for _ in range(20)]
    assert all(story.text.startswith(start) for story in endings)
    assert len({story.text for story in endings}) > 5
    for story in endings:
        assert village.log_probability(story.text) == pytest.approx(story.log_probability)


def test_the_village_needs_no_torch():
    source = "import gradelib.lab.village, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], check=False).returncode == 0
