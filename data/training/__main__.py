"""Train the tiny models and write them to data/models: `python -m data.training [NAME ...]`.

A run that is interrupted goes on from its last checkpoint, which lies in build/training, or in the
folder that the environment variable TRAINING names.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import torch
from transformers.utils import logging

from data.training import decoder, draft, encoder, instruct, on_policy, reward, translator
from data.training.cards import CARDS
from data.training.export import export

ROOT = Path(__file__).parents[2]
MODELS = {  # the second, third and fourth stand on the first
    "decoder": decoder,
    "draft": draft,
    "instruct": instruct,
    "reward": reward,
    "encoder": encoder,
    "translator": translator,
}


def main(names: list[str]) -> None:
    unknown = set(names) - MODELS.keys()
    if unknown:
        raise SystemExit(f"no model is called {', '.join(unknown)}; there are {', '.join(MODELS)}")
    torch.set_num_threads(int(os.environ.get("THREADS", "2")))  # 1 on a machine that is shared
    logging.set_verbosity_error()
    folder = Path(os.environ.get("TRAINING", ROOT / "build" / "training"))
    for name in names or MODELS:
        if name == "reward":
            on_policy.write_pairs()
        run, tokens, measured = MODELS[name].build(folder / name)
        export(run, tokens, measured, ROOT / "data" / "models" / name)
        if name in CARDS:
            card = ROOT / "data" / "models" / name / "README.md"
            card.write_text(CARDS[name](run, measured), encoding="utf-8")
        print(f"{name}: {measured}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
