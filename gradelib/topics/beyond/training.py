"""How notebook 12 moves the decoder by pairs: steps of DPO, and what is measured beside them.

What is learned by is the student's: log-probabilities of answers and the loss come in as arguments.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gradelib.lab.branches import Branches
from gradelib.lab.counted import Steps

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.storyteller import Pair, Storyteller, Written

__all__ = ["COMMAND", "RECORDED", "Functions", "Plan", "Run", "Step", "answers_of", "mask_of",
           "recorded", "train", "unseen_prompts"]  # fmt: skip

RECORDED = Path(__file__).with_name("recorded_runs.json")
COMMAND = "python -m tests.bench.directly"


@dataclass(frozen=True)
class Plan:
    """How long to go on, and with how much at a time."""

    rate: float = 1e-4
    beta: float = 0.1
    steps: int = 36
    together: int = 16  # pairs in a step
    every: int = 6  # steps between two looks at pairs that are not learned from
    limit: float = 75.0  # seconds: then it stops, however far it has come
    seed: int = 0


@dataclass(frozen=True)
class Functions:
    """The student's functions that a policy learns by."""

    answer_log_prob: Callable[..., Tensor]  # logits, ids, mask
    dpo_loss: Callable[..., Tensor]  # chosen, rejected, both by the reference, beta


@dataclass(frozen=True)
class Step:
    """What pairs that are not learned from are like to the policy, in nats: means over pairs."""

    step: int
    loss: float
    chosen: float  # how much likelier than before the chosen ending is
    rejected: float  # the same of the rejected one
    won: float  # share of pairs whose chosen ending gained more
    displaced: float  # share of pairs that are won although the chosen ending fell


@dataclass
class Run:
    """What became of one way to train."""

    name: str
    planned: int
    steps: list[Step] = field(default_factory=list)
    seconds: float = 0.0
    policy: Any = None

    @property
    def is_whole(self) -> bool:
        """Say whether all steps were made that were planned."""
        return bool(self.steps) and self.steps[-1].step == self.planned

    def as_rows(self) -> list[dict[str, float]]:
        """Return what JSON can hold of its steps, rounded."""
        return [{k: round(v, 4) for k, v in asdict(step).items()} for step in self.steps]


def mask_of(wrote: Written) -> Tensor:
    """Return which tokens are the ending's, (story, token)."""
    import torch

    return torch.nn.functional.pad(wrote.mask, (1, 0))


def answers_of(model: Any, wrote: Written, answer_log_prob: Callable[..., Tensor]) -> Tensor:
    """Return the log-probabilities of endings, (story,).

    What is handed over begins with the last token of each beginning: logits of earlier ones say
    nothing of the ending.
    """
    import torch

    read = Branches.of(wrote.ids, wrote.attention_mask)
    starts, counts = wrote.mask.long().argmax(dim=1), wrote.mask.sum(dim=1)
    steps = torch.arange(int(counts.max()) + 1, device=starts.device)
    columns = (starts[:, None] + steps).clamp(max=wrote.ids.shape[1] - 1)  # (story, token)
    places, ids = (table.gather(1, columns) for table in (read.where, wrote.ids))
    logits = model.lm_head(torch.nn.functional.embedding(places, read.hidden(model.transformer)))
    return answer_log_prob(logits, ids, (steps > 0) & (steps <= counts[:, None]))


def train(
    run: Run,
    teller: Storyteller,
    pairs: Sequence[Pair],
    others: Sequence[Pair],
    functions: Functions,
    plan: Plan,
    watch: Callable[[int, Any], None] = lambda done, policy: None,
) -> Run:
    """Let a copy of the decoder learn from pairs, step by step.

    `others` are pairs that it does not learn from: what becomes of them is noted. `watch` is told
    after each look how many steps are done, and the policy.
    """
    import torch

    rng, start = np.random.default_rng(plan.seed), time.perf_counter()
    run.policy = policy = teller.policy()
    optimizer = torch.optim.AdamW(policy.parameters(), lr=plan.rate, weight_decay=0.0, fused=True)
    held = _Others(teller, others, functions, plan.beta)
    run.steps.append(held.look(0, policy))
    orders: list[int] = []
    steps = Steps(plan.steps, run.name)
    for step in steps:
        if len(orders) < plan.together:
            orders += rng.permutation(len(pairs)).tolist()
        some = [pairs[orders.pop()] for _ in range(plan.together)]
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * min(1.0, step / 8)
        _step(policy, optimizer, teller, some, functions, plan.beta)
        if step % plan.every == 0 or step == plan.steps:
            run.steps.append(held.look(step, policy))
            watch(step, policy)
        run.seconds = time.perf_counter() - start
        if run.seconds > plan.limit:
            steps.stop()
    return run


def _both(teller: Storyteller, pairs: Sequence[Pair]) -> Written:
    prompts = [pair["prompt"] for pair in pairs]
    endings = [pair["chosen"] for pair in pairs] + [pair["rejected"] for pair in pairs]
    return teller.endings(prompts * 2, endings)


def _step(
    policy: Any,
    optimizer: Any,
    teller: Storyteller,
    pairs: Sequence[Pair],
    functions: Functions,
    beta: float,
) -> None:
    import torch

    wrote = _both(teller, pairs)
    with torch.no_grad():
        before = answers_of(teller.model, wrote, functions.answer_log_prob).chunk(2)
    policy.train()
    now = answers_of(policy, wrote, functions.answer_log_prob).chunk(2)
    loss = functions.dpo_loss(*now, *before, beta)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
    optimizer.step()


class _Others:
    """Pairs that are not learned from, and what the reference says of them."""

    def __init__(
        self, teller: Storyteller, pairs: Sequence[Pair], functions: Functions, beta: float
    ) -> None:
        parts = [pairs[first : first + 32] for first in range(0, len(pairs), 32)]
        self.parts = [_both(teller, part) for part in parts]
        self.functions, self.beta = functions, beta
        self.before = self._of(teller.model)

    def _of(self, model: Any) -> tuple[Tensor, Tensor]:
        import torch

        with torch.no_grad():
            rows = [
                answers_of(model.eval(), part, self.functions.answer_log_prob).chunk(2)
                for part in self.parts
            ]
        chosen, rejected = (torch.cat(side) for side in zip(*rows, strict=True))
        return chosen, rejected

    def look(self, step: int, policy: Any) -> Step:
        now = self._of(policy)
        chosen, rejected = (n - b for n, b in zip(now, self.before, strict=True))
        won = chosen > rejected
        return Step(
            step,
            self.functions.dpo_loss(*now, *self.before, self.beta).item(),
            chosen.mean().item(),
            rejected.mean().item(),
            won.float().mean().item(),
            (won & (chosen < 0)).float().mean().item(),
        )


def unseen_prompts(count: int) -> list[str]:
    """Return beginnings that neither the decoder's pairs nor its policies have learned from."""
    from gradelib.lab.storyteller import preferences

    splits = [(split, kind) for kind in ("preferences/on_policy", "preferences")
              for split in ("test", "validation")]  # fmt: skip
    found = [pair["prompt"] for split, kind in splits for pair in preferences(split, kind)]
    return found[:count]


def recorded() -> dict[str, Any]:
    """Return what was recorded: runs of the whole length, and answers of models that are large."""
    kept: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return kept
