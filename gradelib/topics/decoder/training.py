"""What notebook 3 works with: names of weights, ways to choose, training, and measuring time.

The model, its loss and its caches are the student's: they come in as arguments.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.topics.decoder.interfaces import Decoder, KeyValueCache

__all__ = [
    "Corpus",
    "Plan",
    "Training",
    "dice",
    "gpt2_names",
    "likeliest",
    "padded_stories",
    "time_per_token",
    "train",
    "until_end",
]

Choose = Callable[["Tensor"], "Tensor"]
Encode = Callable[[list[str]], Sequence[Sequence[int]]]
PARTS = {  # in a block: a module of GPT-2 in transformers, and ours
    "ln_1": "norm_1",
    "attn.c_attn": "attention.qkv",
    "attn.c_proj": "attention.out",
    "ln_2": "norm_2",
    "mlp.c_fc": "mlp.up",
    "mlp.c_proj": "mlp.down",
}
CHUNK = 500  # texts to encode at once: a tokenizer keeps much more than ids while it works
ENDS = {"wte": "tokens", "wpe": "positions", "ln_f": "norm"}


def gpt2_names(layers: int) -> dict[str, str]:
    """Return how each module of a GPT-2 of `transformers` is called in our decoder.

    >>> gpt2_names(1)["transformer.h.0.attn.c_attn"]
    'blocks.0.attention.qkv'
    """
    names = {f"transformer.{theirs}": ours for theirs, ours in ENDS.items()}
    for number in range(layers):
        for theirs, ours in PARTS.items():
            names[f"transformer.h.{number}.{theirs}"] = f"blocks.{number}.{ours}"
    return names


def likeliest(logits: Tensor) -> Tensor:
    """Choose the token with the largest logit in each row: (row, token) -> (row,)."""
    return logits.max(dim=-1).indices


def dice(seed: int = 0, temperature: float = 1.0) -> Choose:
    """Return a way to choose by chance, each token as often as its probability says.

    Adding Gumbel noise to logits and taking the largest draws from their softmax.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)

    def choose(logits: Tensor) -> Tensor:
        uniform = torch.rand(logits.shape, generator=generator).clamp(min=1e-12).to(logits.device)
        return likeliest(logits / temperature - (-uniform.log()).log())

    return choose


def until_end(ids: Tensor, end: int, start: int = 1) -> list[int]:
    """Return one row of ids up to the first `end` at or after the place `start`, without it."""
    row: list[int] = ids.reshape(-1).tolist()
    return row[: row.index(end, start)] if end in row[start:] else row


class Corpus:
    """Stories one behind the other, each with the end token after it, and blocks cut out of them.

    Packed documents were in notebook 2. Here nothing is hidden: a block may look back into the
    story before, as in most pretraining, and learns that the end token closes a subject.
    """

    def __init__(self, encode: Encode, texts: Sequence[str], end: int) -> None:
        import torch

        chunks = [list(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
        self.rows = [[*ids, end] for chunk in chunks for ids in encode(chunk)]
        self.ids = torch.tensor([end, *(token for row in self.rows for token in row)])

    def blocks(self, count: int, length: int, seed: int) -> Iterator[Tensor]:
        """Yield batches (count, length) from random places, without end."""
        import torch

        generator = torch.Generator().manual_seed(seed)
        places = torch.arange(length)
        while True:
            starts = torch.randint(len(self.ids) - length, (count, 1), generator=generator)
            yield self.ids[starts + places]


def padded_stories(encode: Encode, texts: Sequence[str], end: int) -> tuple[Tensor, Tensor]:
    """Return stories as one batch, each between two end tokens, and which ids are real.

    Shapes:
        returns: two of (story, token): whole numbers, and booleans
    """
    import torch

    rows = [torch.tensor([end, *ids, end]) for ids in encode(list(texts))]
    ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=end)
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(ids.shape[1]) < lengths.unsqueeze(1)


@dataclass(frozen=True)
class Plan:
    """How long to train, and how often to measure."""

    steps: int
    limit: float  # seconds: then it stops, however far it has come
    every: int = 50  # steps from one measurement to the next


@dataclass
class Training:
    """How a training went: the loss at some steps, on new text, and how long it took."""

    steps: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)  # nats a token
    seconds: float = 0.0


def train(
    model: torch.nn.Module,
    loss_of: Callable[[Tensor, Tensor], Tensor],
    batches: Iterator[Tensor],
    measure: Callable[[], float],
    plan: Plan,
) -> Training:
    """Train a language model on batches of ids, and measure it at the beginning and every so often.

    The learning rate rises for a short while and then falls along a cosine.
    """
    import torch

    optimizers = _optimizers(model)
    groups = [group for optimizer in optimizers for group in optimizer.param_groups]
    highest = [group["lr"] for group in groups]
    done, begun = Training([0], [measure()]), time.perf_counter()
    for step in range(1, plan.steps + 1):
        for group, rate in zip(groups, highest, strict=True):
            group["lr"] = rate * _pace(step / plan.steps)
        ids = next(batches)
        model.zero_grad()
        loss_of(model(ids), ids).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        done.seconds = time.perf_counter() - begun
        late = done.seconds > plan.limit
        if step % plan.every == 0 or step == plan.steps or late:
            done.steps.append(step)
            done.losses.append(measure())
        if late:
            break
    return done


def _optimizers(model: torch.nn.Module) -> list[torch.optim.Optimizer]:
    """Return Muon for the weights of linear layers, and AdamW for all others.

    In 600 steps AdamW alone came to 3.4 nats a token, the two together to 0.95. Muon came with
    torch 2.9; where it is not there, AdamW does everything, and the curve ends higher.
    """
    import torch

    linear = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    hidden = [layer.weight for layer in linear] if hasattr(torch.optim, "Muon") else []
    known = {id(weight) for weight in hidden}
    others = [weight for weight in model.parameters() if id(weight) not in known]
    adamw = torch.optim.AdamW(others, lr=4e-3, betas=(0.9, 0.95), weight_decay=0.0)
    return [adamw, torch.optim.Muon(hidden, lr=0.02, weight_decay=0.01)] if hidden else [adamw]


def _pace(part: float, warm: float = 0.05, least: float = 0.05) -> float:
    """Return the learning rate after a part of all steps, as a share of the highest."""
    if part < warm:
        return part / warm
    fall = 0.5 * (1 + math.cos(math.pi * (part - warm) / (1 - warm)))
    return least + (1 - least) * fall


def time_per_token(
    model: Decoder,
    lengths: Sequence[int],
    make_cache: Callable[[], KeyValueCache] | None = None,
    runs: int = 5,
) -> list[float]:
    """Return how many milliseconds the next token costs after texts of some lengths.

    Without `make_cache` the model reads the whole text; with it, the caches know the text already,
    and it reads one token. The fastest of some runs counts, since other work only adds to it.
    """
    import torch

    best = []
    with torch.no_grad():
        for length in lengths:
            text = torch.ones(1, length, dtype=torch.long)
            caches: tuple[Sequence[KeyValueCache], ...] = ()  # what is handed in beside the ids
            unread = text
            if make_cache is not None:
                caches, unread = ([make_cache() for _ in model.blocks],), text[:, :1]
                model(text, *caches)
            times = []
            for _ in range(runs):
                start = time.perf_counter()
                model(unread, *caches)
                times.append(time.perf_counter() - start)
            best.append(1000 * min(times))
    return best
