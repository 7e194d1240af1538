"""Record the runs of notebook 09, by the references: `python -m tests.bench.pretraining`.

It writes `gradelib/topics/pretraining/recorded_runs.json`: the minute of pretraining that the
notebook shows where a computer is slow, the same recipe for much longer, and what copies in the
text do to the loss on unseen stories and to verbatim continuation. DEVICE says where it runs, as in
`data.training.loop`. It may be stopped at any time: what is recorded is not made again. Delete the
file when the recipe has changed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import torch

from gradelib.topics.pretraining.training import (
    COMMAND,
    PROMPT,
    RECORDED,
    Recipe,
    Stories,
    new_model,
    pretrain,
    recipe_for,
    run_lengths,
    unseen_loss,
)
from solutions.pretraining.reference import pack, rate_at

DEVICE = torch.device(os.environ.get("DEVICE", "cpu"))
SEEDS = int(os.environ.get("SEEDS", "4"))
LONG = int(os.environ.get("LONG", "6000"))  # steps of the long run
ROWS = int(os.environ.get("ROWS", "19000"))  # stories that stand in a text, copies counted
TIMES = (1, 4, 16, 64, 256)  # how often a watched story stands in the text
WATCHED = 24  # stories of each
ARMS = ("with copies", "copies removed", "others in their place")
LARGER = replace(
    recipe_for(0), layers=5, d_model=192, heads=6, blocks=8, peak=4e-3, last=4e-4, warmup=60
)  # of the decoder's shape
CONTINUED = 40  # tokens that count as verbatim
UNSEEN = 500  # stories


def minute(stories: Stories) -> tuple[Any, Recipe]:
    """Return the blocks and the recipe of the notebook's own minute."""
    return pack(stories.ids(stories.texts("train")), Recipe().length, stories.end), recipe_for(0)


def longer(stories: Stories) -> tuple[Any, Recipe]:
    """Return the same for much longer: several times through the stories."""
    blocks, recipe = minute(stories)
    return blocks, replace(recipe, steps=LONG, warmup=100)


def corpus(arm: str, rows: Sequence[list[int]], seed: int) -> tuple[list[list[int]], Any]:
    """Return the documents of an arm in a drawn order, and the watched stories by their times."""
    rng = np.random.default_rng([seed, 109])
    order = [rows[place] for place in rng.permutation(len(rows))]
    groups = {n: order[i * WATCHED : (i + 1) * WATCHED] for i, n in enumerate(TIMES)}
    copies = [row for n, group in groups.items() for row in group for _ in range(n - 1)]
    single = order[: ROWS - len(copies)]  # with the watched ones, once each
    others = order[len(single) : ROWS]
    more = {ARMS[0]: copies, ARMS[1]: [], ARMS[2]: others}[arm]
    documents = [*single, *more]
    return [documents[place] for place in rng.permutation(len(documents))], groups


def arm_of(arm: str, stories: Stories, seed: int) -> dict[str, Any]:
    """Train one epoch on an arm's text, and return what came of it."""
    documents, groups = corpus(arm, stories.ids(stories.texts("train")), seed)
    blocks = pack(documents, LARGER.length, stories.end)
    recipe = replace(LARGER, seed=seed, steps=len(blocks) // LARGER.blocks)
    model = new_model(recipe, stories.size).to(DEVICE)
    curve = pretrain(model, blocks, recipe, rate_at)
    unseen, floor = stories.unseen(UNSEEN)
    runs = {n: run_lengths(model, group, stories.end) for n, group in groups.items()}
    return {
        "arm": arm,
        "seed": seed,
        "documents": len(documents),
        "steps": recipe.steps,
        "seconds": round(curve.seconds, 1),
        "last losses": round(sum(curve.losses[-50:]) / 50, 4),
        "unseen": round(unseen_loss(model, unseen, stories.end), 4),
        "floor": round(floor, 4),
        "runs": {str(n): found for n, found in runs.items()},
    }


def curve_of(stories: Stories, blocks: torch.Tensor, recipe: Recipe) -> dict[str, Any]:
    """Train a model by a recipe, and return its curve."""
    model = new_model(recipe, stories.size).to(DEVICE)
    curve = pretrain(model, blocks, recipe, rate_at)
    unseen, _ = stories.unseen(UNSEEN)
    curve.unseen = round(unseen_loss(model, unseen, stories.end), 4)
    return curve.as_dict()


def main() -> None:
    """Record what is not recorded yet."""
    stories, start = Stories(), time.time()
    kept: dict[str, Any] = {"command": COMMAND, "curves": {}, "copies": []}
    if RECORDED.exists():
        kept |= json.loads(RECORDED.read_text(encoding="utf-8"))
    kept |= {"recipe": {**asdict(Recipe()), "limit": None}, "prompt": PROMPT}
    kept |= {"larger": {**asdict(LARGER), "limit": None}, "watched": WATCHED, "device": str(DEVICE)}
    kept |= {"continued": CONTINUED, "floor": round(stories.unseen(UNSEEN)[1], 4)}
    for name, made in (("a minute", minute), ("longer", longer)):
        if name not in kept["curves"]:
            kept["curves"][name] = curve_of(stories, *made(stories))
            note(kept, f"{name}: unseen {kept['curves'][name]['unseen']}", start)
    done = {(one["arm"], one["seed"]) for one in kept["copies"]}
    for seed in range(SEEDS):
        for arm in ARMS:
            if (arm, seed) not in done:
                kept["copies"].append(arm_of(arm, stories, seed))
                said = kept["copies"][-1]
                note(kept, f"{arm}, seed {seed}: unseen {said['unseen']}", start)


def note(kept: dict[str, Any], said: str, start: float) -> None:
    """Write down what is known, and say what came last."""
    RECORDED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s: {said}", flush=True)


if __name__ == "__main__":
    main()
