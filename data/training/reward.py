"""The reward model: the tiny decoder with one number in place of the next word.

It learns which of two endings people chose, by the likelihood of Bradley and Terry (1952). Half of
the pairs are the grammar's, half are the decoder's own. Held against the true reward, which it has
never seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from data.training import stories
from data.training.loop import Batch, Plan, Run, on_device_of, train

BASE = Path(__file__).parents[1] / "models" / "decoder"
KINDS = ("preferences", "preferences/on_policy")  # who wrote the endings: the grammar, the decoder
BATCH = 16  # pairs
PLAN = Plan("reward", steps=800, learning_rate=5e-4, warmup=50, last_rate=0.0)
Pair = dict[str, Any]


def tokenizer(base: Path = BASE) -> PreTrainedTokenizerBase:
    """Return the decoder's tokenizer, which pads on the right: the score stands at the end."""
    tokens = AutoTokenizer.from_pretrained(base)
    tokens.padding_side = "right"
    return tokens


def model(base: Path = BASE) -> PreTrainedModel:
    """Return the decoder's body with a new head that gives one number a story."""
    torch.manual_seed(PLAN.seed)
    return AutoModelForSequenceClassification.from_pretrained(
        base, num_labels=1, dtype=torch.float32
    )


def rows(texts: list[str], tokens: PreTrainedTokenizerBase) -> Batch:
    """Return stories as the model reads them: after <|endoftext|>, padded with the same."""
    whole = [f"{tokens.bos_token}{text}" for text in texts]
    found = tokens(whole, add_special_tokens=False, padding=True, return_tensors="pt")
    return {name: found[name] for name in ("input_ids", "attention_mask")}


def batch_of(pairs: list[Pair], tokens: PreTrainedTokenizerBase) -> Batch:
    """Return the stories with the chosen ending, then those with the other."""
    texts = [f"{pair['prompt']} {pair[kind]}" for kind in ("chosen", "rejected") for pair in pairs]
    return rows(texts, tokens)


def preference_loss(model: nn.Module, batch: Batch) -> Tensor:
    """Return the mean of −log σ(reward of the chosen − reward of the other)."""
    chosen, rejected = model(**batch).logits.squeeze(-1).chunk(2)
    return -nn.functional.logsigmoid(chosen - rejected).mean()


@torch.no_grad()
def margins(
    model: PreTrainedModel, tokens: PreTrainedTokenizerBase, pairs: list[Pair]
) -> np.ndarray:
    """Return how much more the model gives the chosen ending than the other, (pair,)."""
    model.eval()
    found = []
    for start in range(0, len(pairs), 50):
        batch = on_device_of(model, batch_of(pairs[start : start + 50], tokens))
        chosen, rejected = model(**batch).logits.squeeze(-1).cpu().chunk(2)
        found.append((chosen - rejected).numpy())
    return np.concatenate(found)


def agreement(margin: np.ndarray, pairs: list[Pair]) -> dict[str, float]:
    """Return how often the model agrees with the true reward, and with what was chosen."""
    true = np.array([pair["chosen_reward"] - pair["rejected_reward"] for pair in pairs])
    return {
        "accuracy": float(((margin > 0) == (true > 0)).mean()),
        "agrees_with_choices": float((margin > 0).mean()),
    }


def report(model: PreTrainedModel, tokens: PreTrainedTokenizerBase) -> dict[str, float]:
    """Measure on unseen pairs of both kinds."""
    measured = {}
    for kind in KINDS:
        pairs = stories.read("test", kind)
        ending = "_on_policy" if kind != KINDS[0] else ""
        found = agreement(margins(model, tokens, pairs), pairs)
        measured |= {f"{name}{ending}": value for name, value in found.items()}
    return measured


def build(folder: Path) -> tuple[Run, PreTrainedTokenizerBase, dict[str, float]]:
    """Train, or go on training, and measure. `data.training.on_policy` comes before."""
    tokens = tokenizer()
    run = Run(PLAN, model(), folder, preference_loss, "pair")
    known = [stories.read("train", kind) for kind in KINDS]
    checked = [pair for kind in KINDS for pair in stories.read("validation", kind)[:100]]

    def batch(step: int) -> Batch:
        rng = np.random.default_rng([PLAN.seed, step])
        half = BATCH // len(known)
        some = [pairs[i] for pairs in known for i in rng.integers(len(pairs), size=half)]
        return batch_of(some, tokens)

    def validate() -> float:
        return float(np.logaddexp(0, -margins(run.model, tokens, checked)).mean())

    train(run, batch, validate)
    return run, tokens, report(run.model, tokens)
