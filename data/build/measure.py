"""Print the numbers that the data cards quote: `python -m data.build.measure`. Takes minutes."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from data.build.ngrams import NGrams, words
from gradelib.lab import village

ROOT = Path(__file__).parents[1]


def read(name: str, split: str) -> list[dict[str, Any]]:
    """Read the records of a split."""
    content = gzip.decompress((ROOT / name / f"{split}.jsonl.gz").read_bytes()).decode()
    return [json.loads(line) for line in content.splitlines()]


def stories() -> None:
    """Print entropies, words and what n-gram models reach."""
    train, test = read("stories", "train"), read("stories", "test")
    texts = [story["text"] for story in train]
    seen = Counter(word for text in texts for word in words(text))
    nats = np.array([-story["log_probability"] for story in train])
    length = np.mean([len(words(text)) + 1 for text in texts])
    print(
        f"distinct stories {village.distinct_stories():.3g}; entropy {village.entropy():.4f} nats"
    )
    print(f"mean of -log p over train {nats.mean():.4f} ± {nats.std() / len(nats) ** 0.5:.4f}")
    print(f"tokens a story {length:.2f}: {village.entropy() / length:.4f} nats a token")
    spaced = np.mean([len(text.split()) + 1 for text in texts])
    print(
        f"words between spaces a story {spaced:.2f}: {village.entropy() / spaced:.4f} nats a word"
    )
    print(f"word types {len({w.lower() for w in seen if w[0].isalpha()})} without capitals")
    print("sentences a story", sorted(Counter(len(village.sentences(t)) for t in texts).items()))
    print("feelings", Counter(story["feeling"] for story in train).most_common())
    floor = village.floor(test, lambda text: len(words(text)) + 1)
    print(f"test: truth {floor:.4f} nats a token")
    for order in (1, 2, 3, 4, 5):
        model = NGrams(texts, order)
        costs = [model.nats(story["text"]) for story in test]
        mean = sum(cost for cost, _ in costs) / sum(count for _, count in costs)
        print(f"test: {order}-gram {mean:.4f} nats a token")


def emotions() -> None:
    """Print what a bag of words, pairs and triples of words reach."""
    train, test = read("emotions/grammar", "train"), read("emotions/grammar", "test")
    for longest in (1, 2, 3):
        counter = CountVectorizer(ngram_range=(1, longest), token_pattern=r"[\w']+")
        features = counter.fit_transform([record["text"] for record in train])
        model = LogisticRegression(max_iter=1000)
        model.fit(features, [record["label"] for record in train])
        unseen = counter.transform([record["text"] for record in test])
        score = model.score(unseen, [record["label"] for record in test])
        print(f"emotions: bag of 1- to {longest}-grams, accuracy {score:.3f}")
    print("families", sorted(Counter(record["family"] for record in train).items()))


def others() -> None:
    """Print how noisy the preferences are and how the instructions are spread."""
    pairs = read("preferences", "train")
    agree = np.mean([pair["chosen_reward"] > pair["rejected_reward"] for pair in pairs])
    print(f"preferences: the chosen ending has the higher true reward in {agree:.3f}")
    records = read("instructions/grammar", "train")
    obeyed = np.mean([village.obeys(record, record["answer"]) for record in records])
    poor = np.mean([village.obeys(record, record["poor_answer"]) for record in records])
    print(f"instructions: answers obey {obeyed:.3f}, poor answers {poor:.3f}")
    print("kinds", Counter(record["kind"] for record in records).most_common())
    tags = Counter(tag for record in read("entities", "train") for tag in record["tags"])
    print("tags", tags.most_common())
    print(
        "new names",
        {s: sum(r["new_name"] for r in read("entities", s)) for s in ("validation", "test")},
    )
    kinds = Counter(record["kind"] for record in read("translation", "train"))
    print("translation", kinds.most_common())


if __name__ == "__main__":
    stories()
    emotions()
    others()
