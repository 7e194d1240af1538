"""What a decoder does, and not only what it loses: `python -m data.training.behaviour [FOLDER]`.

It reads the first sentence of held-out stories and tells the rest at temperature 1. Then the
grammar says whether it could have told the story, and the true reward what is wrong with it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokens

from data.training import decoder, stories
from data.training.loop import DEVICE, on_device_of
from gradelib.lab import village
from gradelib.lab.village import exact
from gradelib.lab.village.masks import MASK, WORD
from gradelib.lab.village.stories import grammar

FOLDER = Path(__file__).parents[1] / "models" / "decoder"
COUNT = 500  # stories
LONGEST = 220  # tokens
TOGETHER = 250  # stories that are told at a time


def beginnings(count: int = COUNT) -> list[str]:
    """Return the first sentences of held-out stories."""
    return [village.sentences(text)[0] for text in stories.texts("test")[:count]]


@torch.no_grad()
def told(
    model: PreTrainedModel,
    tokens: Tokens,
    starts: list[str],
    seed: int = 1,
    longest: int = LONGEST,
    **how: Any,
) -> list[str]:
    """Go on from each beginning at temperature 1; a story without an end gets no full stop.

    `how` changes how it is sampled, in the words of transformers: top_p=0.9, temperature=0.7.
    """
    torch.manual_seed(seed)
    model.eval()
    found: list[str] = []
    for first in range(0, len(starts), TOGETHER):
        some = [f"{decoder.END}{start}" for start in starts[first : first + TOGETHER]]
        batch = tokens(some, add_special_tokens=False, padding=True, return_tensors="pt")
        batch = on_device_of(model, batch)
        ids = model.generate(**batch, max_new_tokens=longest, do_sample=True, **{"top_k": 0, **how})
        found += tokens.batch_decode(ids, skip_special_tokens=True)
    return found


def one_word_away(text: str) -> bool:
    """Say whether one other word, somewhere, would make it a story of the village."""
    low, high = 0, len(text)  # the longest beginning that some story has
    while low < high:
        middle = (low + high + 1) // 2
        known = bool(exact.beginnings(grammar(), " " + text[:middle]))
        low, high = (middle, high) if known else (low, middle - 1)
    words = [word.span() for word in WORD.finditer(text) if word.start() <= low]
    masked = (f"{text[:start]}{MASK}{text[end:]}" for start, end in reversed(words))
    return any(village.masked_posterior(candidate) for candidate in masked)


def share_told(texts: list[str]) -> float:
    """Return the share of texts that the grammar can tell, from the first word to the last."""
    return float(np.mean([_could_be_told(text) for text in texts]))


def _could_be_told(text: str) -> bool:
    return village.read_story(text) is not None


def behaviour(texts: Iterable[str]) -> dict[str, float]:
    """Return what whole stories are like, as shares and means.

    told: the grammar can tell it. one_word: it cannot, but could with one other word.
    sentences: of all sentences, those that some story can hold. kept: of the names and things in
    the last sentence, those heard before. comes_back: the last names something from the first.
    """
    texts = list(texts)
    parts = [village.reward_parts(text) for text in texts]
    right = [_could_be_told(text) for text in texts]
    wrong = [text for text, ok in zip(texts, right, strict=True) if not ok]
    said = [sentence for text in texts for sentence in village.sentences(text)]
    known = [village.known_words(village.sentences(text)[-1]) for text in texts]
    strangers = -sum(part["stranger"] for part in parts)
    return {
        "told": float(np.mean(right)),
        "one_word": sum(map(one_word_away, wrong)) / len(texts),
        "sentences": float(np.mean([village.can_say(sentence) for sentence in said])),
        "stranger": float(np.mean([part["stranger"] for part in parts])),
        "kept": 1 - strangers / max(1, sum(map(len, known))),
        "comes_back": float(np.mean([part["comes_back"] for part in parts])),
        "reward": float(np.mean([sum(part.values()) for part in parts])),
    }


def report(model: PreTrainedModel, tokens: Tokens, count: int = COUNT) -> dict[str, float]:
    """Return the behaviour of a decoder."""
    return behaviour(told(model, tokens, beginnings(count)))


def of_the_grammar(count: int = COUNT, seed: int = 1) -> dict[str, float]:
    """Return the same of stories that the grammar itself goes on to tell."""
    rng = np.random.default_rng(seed)
    return behaviour(village.continue_story(start, rng).text for start in beginnings(count))


def main(folder: str = str(FOLDER), count: str = str(COUNT)) -> None:
    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).to(DEVICE)
    tokens = AutoTokenizer.from_pretrained(folder)
    print(json.dumps({"the model": report(model, tokens, int(count))}, indent=1), flush=True)
    print(json.dumps({"the grammar": of_the_grammar(int(count))}, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
