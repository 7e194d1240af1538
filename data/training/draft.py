"""The draft: a decoder a third as large, which saw a tenth of the stories, and makes mistakes.

It is what a small model trained on text alone is like: each token is likely, and a whole story
goes wrong somewhere. So it has something to gain from how one samples, and it is quick enough to
draft tokens for the decoder, whose tokenizer it has.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerBase

from data.training import behaviour, decoder, stories
from data.training.loop import Batch, Plan, Run, mean_loss, train

BASE = Path(__file__).parents[1] / "models" / "decoder"
BATCH = 32  # stories
COUNT = 300  # stories that it tells to be judged
WAYS = {"told": {}, "told_at_0.7": {"temperature": 0.7}, "told_top_p_0.9": {"top_p": 0.9}}
PLAN = Plan(
    "draft", steps=2500, learning_rate=3e-3, warmup=100, save_every=500, beta2=0.95, last_rate=0.0
)


def model(vocabulary: int) -> GPT2LMHeadModel:
    torch.manual_seed(PLAN.seed)
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=decoder.CONTEXT,
        n_embd=128,
        n_layer=3,
        n_head=4,
        activation_function="gelu_pytorch_tanh",
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    return GPT2LMHeadModel(config)


def batch_of(texts: list[str], tokens: PreTrainedTokenizerBase) -> Batch:
    """Pad stories on the right, each between two ends; the padding has no label."""
    whole = [f"{decoder.END}{text}{decoder.END}" for text in texts]
    rows = tokens(whole, add_special_tokens=False)["input_ids"]
    longest = max(map(len, rows))
    gaps = [longest - len(row) for row in rows]
    pairs = list(zip(rows, gaps, strict=True))
    return {
        "input_ids": torch.tensor([[*row, *[0] * gap] for row, gap in pairs]),
        "labels": torch.tensor([[*row, *[-100] * gap] for row, gap in pairs]),
        "attention_mask": torch.tensor([[*[1] * len(row), *[0] * gap] for row, gap in pairs]),
    }


def report(model: GPT2LMHeadModel, tokens: PreTrainedTokenizerBase) -> dict[str, float]:
    """Measure the loss on unseen stories, and how many of its own the grammar could have told."""
    starts = behaviour.beginnings(COUNT)
    told = {
        name: behaviour.share_told(behaviour.told(model, tokens, starts, **how))
        for name, how in WAYS.items()
    }
    return {**decoder.report(model, tokens), **told}


def build(folder: Path) -> tuple[Run, PreTrainedTokenizerBase, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = AutoTokenizer.from_pretrained(BASE)
    made = model(len(tokens))
    run = Run(PLAN, made, folder)
    validation = decoder.held_out(tokens, "validation", 200)

    def batch(step: int) -> Batch:
        rng = np.random.default_rng([PLAN.seed, step])
        return batch_of(stories.fresh(rng, BATCH), tokens)

    train(run, batch, lambda: mean_loss(run.model, validation))
    return run, tokens, report(made, tokens)
