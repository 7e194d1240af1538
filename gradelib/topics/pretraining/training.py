"""How notebook 09 pretrains: stories as ids, a small model, steps, and what it has learned.

How ids become blocks and how the rate goes is the student's: both come in as arguments.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab import data
from gradelib.lab.counted import Steps

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["COMMAND", "PROMPT", "RECORDED", "Curve", "Recipe", "Stories", "new_model", "pretrain",
           "recorded", "run_lengths", "unseen_loss"]  # fmt: skip

RECORDED = Path(__file__).with_name("recorded_runs.json")
COMMAND = "python -m tests.bench.pretraining"
PROMPT = 12  # tokens of a story that are given; the shortest story has 57
TOGETHER = 50  # stories that are looked at at a time
RateAt = Callable[[int, float, int, int, float], float]


@dataclass(frozen=True)
class Recipe:
    """A small model, and how it is trained."""

    layers: int = 4
    d_model: int = 96
    heads: int = 4
    length: int = 256  # tokens of a block
    blocks: int = 4  # in a step
    steps: int = 300
    peak: float = 6e-3
    warmup: int = 30  # steps
    last: float = 6e-4
    limit: float = 55.0  # seconds: then it stops, however far it has come
    seed: int = 0


@dataclass
class Curve:
    """How a run went: the loss of each step, and what unseen stories cost at its end."""

    planned: int
    tokens_a_step: int
    losses: list[float] = field(default_factory=list)  # nats a token, of the step's own blocks
    seconds: float = 0.0
    unseen: float = float("nan")  # nats a token

    @property
    def is_whole(self) -> bool:
        """Say whether all steps were made that were planned."""
        return len(self.losses) == self.planned

    def as_dict(self) -> dict[str, Any]:
        """Return what JSON can hold of it, rounded."""
        rounded = [round(loss, 4) for loss in self.losses]
        return {**asdict(self), "losses": rounded, "seconds": round(self.seconds, 1)}


class Stories:
    """The village's stories as ids of the decoder's tokenizer, and their entropy."""

    def __init__(self) -> None:
        from transformers import AutoTokenizer

        folder = data.path("models/decoder")
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.end: int = self.tokenizer.eos_token_id
        self.size: int = len(self.tokenizer)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of texts, without an end."""
        found: list[list[int]] = self.tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return found

    def texts(self, split: str, count: int | None = None) -> list[str]:
        """Return the different stories of a split, or the first of them."""
        return list(dict.fromkeys(story["text"] for story in data.stories(split)))[:count]

    @cache  # noqa: B019 (there is one, for as long as the notebook runs)
    def unseen(self, count: int = 200) -> tuple[list[list[int]], float]:
        """Return test stories as ids, and what they cost whoever knows the grammar: nats a token.

        The end of a story counts as a token.
        """
        some = data.stories("test")[:count]
        rows = self.ids([story["text"] for story in some])
        known = -sum(story["log_probability"] for story in some)
        return rows, known / sum(len(row) + 1 for row in rows)


def new_model(recipe: Recipe, size: int) -> Any:
    """Return GPT-2's architecture in small, with weights that have learned nothing."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(recipe.seed)
    config = GPT2Config(
        vocab_size=size,
        n_positions=recipe.length,
        n_embd=recipe.d_model,
        n_layer=recipe.layers,
        n_head=recipe.heads,
        activation_function="gelu_pytorch_tanh",
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
    )
    return GPT2LMHeadModel(config)


def pretrain(model: Any, blocks: Tensor, recipe: Recipe, rate_at: RateAt) -> Curve:
    """Train a model on blocks in a drawn order, and again in another one if they run out.

    Shapes:
        blocks: (block, token)
    """
    import torch

    device = next(model.parameters()).device
    blocks, curve = blocks.to(device), Curve(recipe.steps, recipe.blocks * recipe.length)
    rows = _order(len(blocks), recipe)
    optimizer = torch.optim.AdamW(
        model.parameters(), betas=(0.9, 0.95), weight_decay=0.05, fused=True
    )
    # Made at once: a small tensor that is kept from each step would lie in the place of large ones
    # that were freed, and 300 steps would take 2 GB more.
    losses, start = torch.zeros(recipe.steps, device=device), time.perf_counter()
    model.train()
    steps = Steps(recipe.steps, "pretraining")
    for step in steps:
        seen = blocks[rows[step - 1].to(device)]
        logits = model(input_ids=seen).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), seen[:, 1:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        rate = rate_at(step, recipe.peak, recipe.warmup, recipe.steps, recipe.last)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses[step - 1] = loss.detach()
        curve.seconds = time.perf_counter() - start
        if curve.seconds > recipe.limit:
            steps.stop()
    curve.losses = losses[:step].tolist()
    model.eval()
    return curve


def _order(blocks: int, recipe: Recipe) -> Tensor:
    """Return which blocks each step sees: (step, block of a step)."""
    import torch

    rng = np.random.default_rng([recipe.seed, 9])
    needed = recipe.steps * recipe.blocks
    rounds = [rng.permutation(blocks) for _ in range(-(-needed // blocks))]
    return torch.from_numpy(np.concatenate(rounds)[:needed]).view(recipe.steps, recipe.blocks)


def unseen_loss(model: Any, rows: Sequence[Sequence[int]], end: int) -> float:
    """Return the mean loss of stories, each between two ends, in nats a token."""
    import torch

    total, count = 0.0, 0
    with torch.no_grad():
        for logits, ids, real in _looked_at(model, rows, end):
            found = logits[:, :-1].log_softmax(dim=-1).gather(2, ids[:, 1:, None]).squeeze(2)
            total -= float(found[real[:, 1:]].sum())
            count += int(real[:, 1:].sum())
    return total / count


def run_lengths(model: Any, rows: Sequence[Sequence[int]], end: int) -> list[int]:
    """Return how many tokens of each story a model goes on word for word.

    It gets the first PROMPT tokens and always takes the likeliest next one. As long as that is
    the story's own, the text before it is the story's: so one look at the story says it.
    """
    import torch

    found: list[int] = []
    with torch.no_grad():
        for logits, ids, real in _looked_at(model, rows, end):
            right = (logits[:, :-1].argmax(dim=-1) == ids[:, 1:]) & real[:, 1:]
            found += right[:, PROMPT:].long().cumprod(dim=1).sum(dim=1).tolist()
    return found


def _looked_at(model: Any, rows: Sequence[Sequence[int]], end: int) -> Any:
    """Give logits, ids and what is no padding, for some stories at a time."""
    import torch

    device = next(model.parameters()).device
    for first in range(0, len(rows), TOGETHER):
        whole = [[end, *row, end] for row in rows[first : first + TOGETHER]]
        longest = max(map(len, whole))
        ids = torch.tensor([row + [end] * (longest - len(row)) for row in whole], device=device)
        lengths = torch.tensor([len(row) for row in whole], device=device)
        real = torch.arange(longest, device=device) < lengths[:, None]
        yield model(input_ids=ids, attention_mask=real.long()).logits.float(), ids, real


def recorded() -> dict[str, Any]:
    """Return the runs that ship with the course; those of one model as a Curve."""
    kept: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    curves = {name: Curve(**one) for name, one in kept["curves"].items()}
    return {**kept, "curves": curves}


def recipe_for(seed: int, **changes: Any) -> Recipe:
    """Return the recipe with another seed, and no limit of time."""
    return replace(Recipe(), seed=seed, limit=float("inf"), **changes)
