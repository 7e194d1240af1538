"""Pairs of endings that the decoder itself wrote: `python -m data.training.on_policy [FOLDER]`.

Both endings of a beginning are drawn at temperature 1. Which is chosen depends on the true reward,
with the noise of the pairs that the grammar wrote. Written to data/preferences/on_policy.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokens

from data.build.files import write_splits
from data.build.preferences import SHARPNESS
from data.training import behaviour, stories
from data.training.loop import DEVICE
from gradelib.lab import village

SIZES = {"train": 2_000, "validation": 200, "test": 200}
SEED = 2031
TOGETHER = 200  # beginnings that are gone on with before it is counted again
ENDING = 100  # tokens at most; with the longest beginning it fits into the context
CLOSE = 0.25  # pairs whose rewards are nearer are left out, as those of the grammar
OUT = Path(__file__).parents[1] / "preferences" / "on_policy"
Record = dict[str, Any]


def beginnings(rng: np.random.Generator, taken: set[str], count: int = TOGETHER) -> list[str]:
    """Return new beginnings of at least two sentences, of fresh stories; note them in `taken`."""
    found: list[str] = []
    while len(found) < count:
        said = village.sentences(stories.fresh(rng, 1)[0])
        start = " ".join(said[: 2 + int(rng.random() * (len(said) - 3))])
        if start not in taken:
            taken.add(start)
            found.append(start)
    return found


def judged(start: str, endings: tuple[str, str], rng: np.random.Generator) -> Record | None:
    """Return the pair with one chosen, or None if there is nothing to choose."""
    first, second = (village.true_reward(f"{start} {ending}") for ending in endings)
    likes_first = rng.random() < 1 / (1 + math.exp(-SHARPNESS * (first - second)))
    if not all(endings) or abs(first - second) < CLOSE:
        return None
    chosen, rejected = (0, 1) if likes_first else (1, 0)
    return {
        "prompt": start,
        "chosen": endings[chosen],
        "rejected": endings[rejected],
        "chosen_reward": (first, second)[chosen],
        "rejected_reward": (first, second)[rejected],
    }


def pairs(
    model: PreTrainedModel, tokens: Tokens, sizes: dict[str, int] | None = None
) -> dict[str, list[Record]]:
    """Return the records of each split; no beginning is in two, nor among the grammar's pairs."""
    rng = np.random.default_rng(SEED)
    taken = {pair["prompt"] for split in SIZES for pair in stories.read(split, "preferences")}
    splits: dict[str, list[Record]] = {}
    turn = 0
    for split, size in (sizes or SIZES).items():
        records: list[Record] = []
        while len(records) < size:
            starts = beginnings(rng, taken)
            seeds = (SEED + 2 * turn, SEED + 2 * turn + 1)
            told = [behaviour.told(model, tokens, starts, seed, ENDING) for seed in seeds]
            turn += 1
            for start, *texts in zip(starts, *told, strict=True):
                first, second = (text.removeprefix(start).strip() for text in texts)
                record = judged(start, (first, second), rng)
                records += [record] if record else []
        splits[split] = records[:size]
    return splits


def summary(splits: dict[str, list[Record]]) -> dict[str, float]:
    """Return the mean true rewards, and how often the chosen ending has the higher one."""
    every = [record for records in splits.values() for record in records]
    chosen = np.array([record["chosen_reward"] for record in every])
    rejected = np.array([record["rejected_reward"] for record in every])
    return {
        "chosen_reward": float(chosen.mean()),
        "rejected_reward": float(rejected.mean()),
        "agree": float((chosen > rejected).mean()),
    }


def write_pairs(folder: Path = behaviour.FOLDER, out: Path = OUT) -> None:
    """Let the decoder in `folder` write all pairs, unless the same decoder has done so already."""
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    about = out / "about.json"
    if about.exists() and json.loads(about.read_text("utf-8"))["decoder"] == weights:
        return
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).to(DEVICE)
    made = pairs(model, AutoTokenizer.from_pretrained(folder))
    write_splits(out, made)
    facts = {"decoder": weights, **{name: round(v, 4) for name, v in summary(made).items()}}
    about.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    print(f"on-policy pairs: {facts}", flush=True)


def main(folder: str = str(behaviour.FOLDER)) -> None:
    torch.set_num_threads(1)
    write_pairs(Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
