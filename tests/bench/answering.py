"""Record what SmolLM2 answers about the course, and MiniLM's vectors: parts of notebook 12.

`python -m tests.bench.answering vectors` writes `gradelib/topics/beyond/vectors.safetensors`, by
MiniLM. `python -m tests.bench.answering` writes the part "answers" of
`gradelib/topics/beyond/recorded_runs.json`, by SmolLM2 and the vectors: which of four answers it
finds likeliest with nothing, with what was found, and with the right passage. It also writes what
SmolLM2 says to a few questions. Every fourth question comes first, in a shuffled order, and the
others after them. Each is kept at once, and none is asked twice, so that it may be stopped at any
time.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import numpy as np
import torch

from gradelib.lab import models
from gradelib.topics.beyond.adapting import LIMIT
from gradelib.topics.beyond.library import VECTORS, Library, words_of
from gradelib.topics.beyond.reading import INSTRUCTION, Reader
from solutions.beyond.reference import answer_log_prob, bm25, build_prompt, chunk, fuse, top_k
from tests.bench.directly import enter, read

DEVICE = os.environ.get("DEVICE", "cpu")
WRITTEN = 8  # questions to which SmolLM2 writes an answer too


class Bench:
    """The library, what is found for each question, and SmolLM2."""

    def __init__(self) -> None:
        self.library = library = Library.of(chunk)
        kept = library.recorded_vectors()
        assert kept is not None, "run `python -m tests.bench.answering vectors` first"
        self.cosines, near = top_k(*kept, 10)
        documents = [words_of(text) for text in library.titled]
        scores = torch.tensor([bm25(words_of(text), documents) for text in library.asked])
        worded = scores.topk(10).indices
        self.found = [fuse([a, b]) for a, b in zip(near.tolist(), worded.tolist(), strict=True)]
        self.asked = [n for n, page in enumerate(library.right.tolist()) if page >= 0]

    def prompts(self, number: int) -> dict[str, str]:
        """Return the three prompts of a question."""
        question, titled = self.library.asked[number], self.library.titled
        passages = {
            "nothing": [],
            "found": [titled[one] for one in self.found[number][:5]],
            "right": [self.library.evidence(number)],
        }
        return {
            way: build_prompt(INSTRUCTION, question, some, LIMIT) for way, some in passages.items()
        }

    def answer(self, reader: Reader, number: int, write: bool) -> dict[str, Any]:
        """Return how likely four answers to a question are, and what is written."""
        prompts = self.prompts(number)
        options, place = self.library.options(number)
        row: dict[str, Any] = {"question": number, "options": options, "place": place}
        for way, prompt in prompts.items():
            total, mean = reader.log_probs(prompt, options, answer_log_prob)
            row[way] = {"sum": rounded(total), "mean": rounded(mean)}
            if write:
                row[way]["said"] = reader.write([prompt])[0]
        return row


def rounded(values: torch.Tensor) -> list[float]:
    """Return numbers that JSON can hold."""
    return [round(value, 3) for value in values.tolist()]


def vectors() -> None:
    """Write MiniLM's vectors of all chunks and questions, in float16."""
    from safetensors.torch import save_file

    library = Library.of(chunk)
    kept = {"questions": library.asked, "chunks": library.titled}
    tensors = {name: models.embed(texts).half() for name, texts in kept.items()}
    save_file(tensors, VECTORS, {"texts": library.fingerprint()})


def main() -> None:
    """Record the vectors, or what of the answers is not there yet."""
    if sys.argv[1:] == ["vectors"]:
        vectors()
        return
    bench, reader = Bench(), Reader.smollm2(DEVICE)
    order = np.random.default_rng(0).permutation(bench.asked).tolist()
    writes, early = order[:WRITTEN], sorted(bench.asked)[::4]
    for number in sorted(order, key=lambda one: (one not in writes, one not in early)):
        if all(row["question"] != number for row in read().get("answers", [])):
            start = time.perf_counter()
            row = bench.answer(reader, number, number in writes)
            enter([*read().get("answers", []), row], "answers")
            print(f"question {number}: {time.perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
