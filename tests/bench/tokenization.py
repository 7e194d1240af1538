"""How long byte-pair encoding takes: the reference, a plain answer, and `tokenizers` in Rust.

`python -m tests.bench.tokenization` prints a table. Nothing here is a test: how fast a machine
is says nothing about an answer.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from gradelib.lab.text import count_words, pieces
from solutions.tokenization.alternatives import (
    encode_bpe__merge_after_merge,
    train_bpe__only_what_changed,
)
from solutions.tokenization.reference import encode_bpe, train_bpe
from tests.topics.test_tokenization import PYTHON, as_letters, merges_of, trained_by_tokenizers

MERGES = 244  # 500 tokens
ROUNDS = 5


def seconds(action: Callable[[], Any]) -> float:
    """Return the median of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def measure() -> dict[str, dict[str, float]]:
    """Return the seconds of each way to do each task."""
    words, merges = count_words(PYTHON), merges_of(trained_by_tokenizers(PYTHON, MERGES))
    library = trained_by_tokenizers(PYTHON, MERGES)
    parts = list(map(as_letters, pieces(PYTHON)))
    ways: dict[str, dict[str, Callable[[], Any]]] = {
        f"train {MERGES} merges": {
            "tokenizers": lambda: trained_by_tokenizers(PYTHON, MERGES),
            "reference": lambda: train_bpe(count_words(PYTHON), MERGES),
            "counting only what changed": lambda: train_bpe__only_what_changed(words, MERGES),
        },
        "encode the text": {
            "tokenizers": lambda: [library.encode(part).ids for part in parts],
            "reference": lambda: encode_bpe(PYTHON, merges),
            "merge after merge": lambda: encode_bpe__merge_after_merge(PYTHON, merges),
        },
    }
    return {task: {how: seconds(way) for how, way in hows.items()} for task, hows in ways.items()}


def main() -> None:
    print(f"{len(PYTHON.encode()) / 1000:.0f} kB of English; median of {ROUNDS} rounds")
    report = measure()
    for task, times in report.items():
        for how, taken in times.items():
            ratio = taken / times["tokenizers"]
            print(f"{task:18} {how:27} {taken:7.3f} s {ratio:7.1f} x tokenizers")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
