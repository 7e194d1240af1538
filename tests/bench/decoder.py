"""How long a token takes: the reference with and without its cache, and `generate` with its own.

`python -m tests.bench.decoder` prints a table. Nothing here is a test: how fast a machine is says
nothing about an answer. All ways write the same tokens, with the same weights, in one run; rounds
of all ways take turns, so that other work on the machine slows all of them down alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import torch
from torch import Tensor
from transformers import GPT2LMHeadModel

from gradelib.lab import models
from gradelib.topics.decoder.weights import gpt2_names
from solutions.decoder.reference import DecoderLM, convert_weights, generate, generate_cached

PROMPT = "A week before Christmas, Emil and Clara found a"
TOKENS = 200
ROUNDS = 7


def reference(theirs: GPT2LMHeadModel) -> DecoderLM:
    """Return our decoder with the weights of theirs."""
    config = theirs.config
    sizes = config.vocab_size, config.n_positions, config.n_embd, config.n_head, config.n_layer
    ours = DecoderLM(*sizes)
    ours.load_state_dict(convert_weights(theirs.state_dict(), gpt2_names(config.n_layer)))
    return ours.eval()


def ways() -> dict[str, Callable[[], Tensor]]:
    """Return each way to write `TOKENS` tokens after the prompt, greedily and without an end."""
    theirs, tokenizer = models.load("decoder")
    ours, end = reference(theirs), tokenizer.eos_token_id
    ids = torch.tensor([[end, *tokenizer(PROMPT, add_special_tokens=False)["input_ids"]]])
    forbidden = torch.tensor([end])

    def choose(logits: Tensor) -> Tensor:
        return logits.index_fill(1, forbidden, -torch.inf).argmax(dim=-1)

    def library() -> Tensor:
        return theirs.generate(
            ids, attention_mask=torch.ones_like(ids), do_sample=False, use_cache=True,
            max_new_tokens=TOKENS, min_new_tokens=TOKENS, pad_token_id=end,
        )  # fmt: skip

    return {
        "`generate` of `transformers`, with its cache": library,
        "reference, with its cache": lambda: generate_cached(ours, ids, TOKENS, choose),
        "reference, without a cache": lambda: generate(ours, ids, TOKENS, choose),
    }


def measure() -> dict[str, float]:
    """Return the milliseconds a token of each way: the median of some rounds."""
    every = ways()
    written = [way() for way in every.values()]  # not counted: the first time everything is slow
    if not all(torch.equal(written[0], other) for other in written):
        raise RuntimeError("the ways write different tokens, so their times cannot be compared")
    taken: dict[str, list[float]] = {name: [] for name in every}
    for _ in range(ROUNDS):
        for name, way in every.items():
            start = time.perf_counter()
            way()
            taken[name].append(1000 * (time.perf_counter() - start) / TOKENS)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    report = measure()
    library = next(iter(report.values()))
    print(f"{TOKENS} tokens of the tiny decoder; median of {ROUNDS} rounds")
    for name, taken in report.items():
        print(f"{name:46} {taken:7.2f} ms a token {taken / library:7.2f} x generate")


if __name__ == "__main__":
    main()
