"""Record the training of notebook 03 from its first step to its last, with the references.

`python -m tests.bench.learning` writes `gradelib/topics/decoder/recorded_run.json`, which the
notebook shows where a slow computer has stopped its own training. Run it again when the stories,
the tokenizer, or what the notebook trains have changed.
"""

from __future__ import annotations

import json
from dataclasses import asdict

import torch

from gradelib.lab.language_models import language_model
from gradelib.topics.decoder.choosing import dice, until_end
from gradelib.topics.decoder.corpus import Corpus, counting_model, new_stories
from gradelib.topics.decoder.training import RECORDED, Plan, Run, train
from gradelib.topics.decoder.weights import sizes_of
from solutions.decoder.reference import DecoderLM, generate_cached, next_token_loss, train_step

STEPS = 350


def record() -> Run:
    """Train as the notebook does, without a limit of time."""
    teller = language_model("decoder")
    sizes, corpus, new = (
        sizes_of(teller.model),
        Corpus.told_to(teller, 10_000),
        new_stories(teller, 60),
    )
    torch.manual_seed(0)
    learner = DecoderLM(sizes.vocab, sizes.context, d_model=128, heads=4, layers=2)
    done = train(
        learner,
        train_step,
        corpus.blocks(8, 128, seed=0),
        lambda: new.loss(learner, next_token_loss),
        Plan(STEPS, limit=float("inf")),
    )
    told = generate_cached(learner, teller.encode(""), 150, dice(seed=2, temperature=0.7))
    return Run(
        command="python -m tests.bench.learning",
        steps=done.steps,
        losses=[round(loss, 4) for loss in done.losses],
        floor=round(new.floor, 4),
        counted=round(new.loss(counting_model(corpus, sizes.vocab), next_token_loss), 4),
        text=teller.decode(until_end(told, teller.end)),
    )


def main() -> None:
    run = record()
    RECORDED.write_text(json.dumps(asdict(run), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{RECORDED}: {run.losses[-1]:.2f} nats a token after {run.steps[-1]} steps")


if __name__ == "__main__":
    main()
