"""Record what SmolLM2 answers about the course, and MiniLM's vectors: parts of notebook 12.

`python -m tests.bench.answering vectors` writes `gradelib/topics/beyond/vectors.safetensors`, by
MiniLM. `python -m tests.bench.answering` writes the parts "answers" and "adapted" of
`gradelib/topics/beyond/recorded_runs.json`, by SmolLM2 and the vectors: which of four
answers it finds likeliest with nothing, with what was found, and with the right passage; what it
writes; and how a run of QLoRA changes that on pages which it did not learn from. With `DEVICE=cuda`
it computes there. `answers` or `adapted` after the command records only that part.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import numpy as np
import torch

from gradelib.lab import models
from gradelib.topics.beyond.library import VECTORS, Library, words_of
from gradelib.topics.beyond.qlora import inject, merged, size_of
from gradelib.topics.beyond.reading import INSTRUCTION, UNKNOWN, Example, Reader, adapt, holds
from solutions.beyond.reference import answer_log_prob, bm25, build_prompt, chunk, fuse, top_k
from tests.bench.directly import keep, read

DEVICE = os.environ.get("DEVICE", "cpu")
LIMIT = 190  # words of passages in a prompt
HELD_OUT = 18  # pages that QLoRA does not learn from
STEPS = 60
SEEDS = (0, 1, 2)
RANK, ALPHA = 8, 16.0


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

    def answers(self) -> list[dict[str, Any]]:
        """Return of each question how likely four answers are, and what is written."""
        reader, rows = Reader.smollm2(DEVICE), []
        for number in self.asked:
            prompts = self.prompts(number)
            options, place = self.library.options(number)
            row: dict[str, Any] = {"question": number, "options": options, "right": place}
            for way, prompt in prompts.items():
                total, mean = reader.log_probs(prompt, options, answer_log_prob)
                row[way] = {"sum": rounded(total), "mean": rounded(mean)}
            rows.append(row)
        for way in ("nothing", "found", "right"):
            texts = [self.prompts(number)[way] for number in self.asked]
            for row, said in zip(rows, reader.write(texts, 32), strict=True):
                row[way] |= {"said": said}
        return rows

    def examples(self, numbers: list[int], seed: int) -> tuple[list[Example], list[Example]]:
        """Return questions beside the right passage, and beside one of another page."""
        rng, library = np.random.default_rng(seed), self.library
        right, wrong = [], []
        for number in numbers:
            away = [n for n, page in enumerate(library.owners.tolist())
                    if page != library.right[number]]  # fmt: skip
            other = library.chunks[away[int(rng.integers(len(away)))]]
            for passage, answer, kept in (
                (library.evidence(number), str(library.questions[number]["answer"]), right),
                (other, UNKNOWN, wrong),
            ):
                prompt = build_prompt(INSTRUCTION, library.asked[number], [passage], LIMIT)
                kept.append(Example(prompt, answer))
        return right, wrong

    def adapted(self, seed: int) -> dict[str, Any]:
        """Return what QLoRA makes of SmolLM2, on pages that it did not learn from."""
        held = set(np.random.default_rng(100 + seed).permutation(58)[:HELD_OUT].tolist())
        pages = self.library.right.tolist()
        known = self.examples([n for n in self.asked if pages[n] not in held], seed)
        tests = [n for n in self.asked if pages[n] in held]
        right, wrong = self.examples(tests, seed + 50)
        torch.manual_seed(seed)
        reader, start = Reader.smollm2(DEVICE), time.perf_counter()
        bytes_before = size_of(reader.model)[0]
        told: dict[str, Any] = {"questions": len(tests), "of pages": len(held)}
        told["as it is"] = self.measure(reader, tests, right, wrong)
        learning = inject(reader.model, RANK, ALPHA)
        told["in four bits"] = self.measure(reader, tests, right, wrong)
        size, learns = size_of(reader.model)
        examples = [*known[0], *known[1][::3]]
        losses = adapt(reader, examples, learning, answer_log_prob, STEPS, seed=seed)
        told["adapted"] = self.measure(reader, tests, right, wrong)
        merged(reader.model)
        told["merged"] = self.measure(reader, tests, right, wrong)
        return told | {
            "examples": len(examples),
            "losses": [round(loss, 4) for loss in losses],
            "bytes": [bytes_before, size],
            "learning": learns,
            "seconds": round(time.perf_counter() - start, 1),
        }

    def measure(
        self, reader: Reader, tests: list[int], right: list[Example], wrong: list[Example]
    ) -> dict[str, Any]:
        """Return loss and answers of a model on questions beside right and wrong passages."""
        losses = []
        with torch.no_grad():
            for first in range(0, len(right), 8):
                ids, real, mask = reader.batch(right[first : first + 8], end=True)
                logits = reader.model(ids, attention_mask=real.long()).logits
                losses.append(-answer_log_prob(logits, ids, mask, True))
        said = reader.write([one.prompt for one in right], 32)
        elsewhere = reader.write([one.prompt for one in wrong], 32)
        hits = [holds(text, one.answer) for text, one in zip(said, right, strict=True)]
        return {
            "loss": round(torch.cat(losses).mean().item(), 4),
            "right": sum(hits),
            "unknown beside the right passage": sum(holds(text, UNKNOWN) for text in said),
            "unknown beside another": sum(holds(text, UNKNOWN) for text in elsewhere),
            "said": [
                {"question": number, "right": text, "another": other}
                for number, text, other in list(zip(tests, said, elsewhere, strict=True))[:8]
            ],
        }


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
    """Record what is named, or all of SmolLM2's."""
    named = sys.argv[1:] or ["answers", "adapted"]
    if "vectors" in named:
        vectors()
    if "answers" in named:
        found = Bench().answers()
        keep(read() | {"answers": found})
    if "adapted" in named:
        bench = Bench()
        for seed in SEEDS:
            one = bench.adapted(seed)
            kept = read()
            kept["adapted"] = kept.get("adapted", {}) | {str(seed): one}
            keep(kept)
            print(f"adapted, seed {seed}: {one['seconds']:.0f} s", flush=True)


if __name__ == "__main__":
    main()
