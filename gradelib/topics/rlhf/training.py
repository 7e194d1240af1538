"""How notebook 11 trains: rounds of writing, judging and learning, and a reward model's steps.

What is learned by is the student's: the losses and the advantages come in as arguments.
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
from gradelib.lab.storyteller import true_rewards

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.lab.storyteller import Pair, Storyteller, Written

__all__ = ["COMMAND", "RECORDED", "Batch", "Judge", "Plan", "Round", "Run", "Tools", "fit_reward",
           "judge_of", "log_probs", "recorded_parts", "recorded_runs", "run_rounds",
           "scores_of_pairs"]  # fmt: skip

Judge = Callable[[Sequence[str]], "Tensor"]  # whole stories -> (story,)
LogProbs = Callable[["Tensor", "Tensor", float], "Tensor"]  # logits, ids, temperature
STEPS = 24  # of a reward model
PAIRS = 16  # in each of them
TOGETHER = 400  # stories that a judge reads at a time
RECORDED = Path(__file__).with_name("recorded_runs.json")
COMMAND = "python -m tests.bench.preferring"


@dataclass(frozen=True)
class Plan:
    """How long to go on, and with how much at a time."""

    rounds: int = 16
    groups: int = 6  # beginnings in a round
    size: int = 4  # stories of each
    rate: float = 3e-4
    epochs: int = 2  # how often each round's stories are learned from
    parts: int = 2  # steps in each epoch
    limit: float = 90.0  # seconds: then it stops, however far it has come
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """What a round has to learn from: stories, their scores, and log-probabilities of tokens."""

    scores: Tensor  # (group, story of a group)
    old: Tensor  # (story, token), of the policy that wrote them
    reference: Tensor  # (story, token), of the decoder
    mask: Tensor  # (story, token), True where the policy wrote the token


@dataclass(frozen=True)
class Tools:
    """Who judges a round's stories, and the student's functions that learn from that."""

    judge: Judge
    token_log_probs: LogProbs
    advantages: Callable[[Batch], Tensor]
    loss: Callable[..., Tensor]  # of new, old, advantages, mask
    clip_fraction: Callable[..., float]


@dataclass(frozen=True)
class Round:
    """What one round's stories were like, before the policy learned from them."""

    learned: float  # mean of what the reward model says, whoever it learns from
    true: float  # mean of their true rewards
    distance: float  # nats a story from the decoder: the mean of k1, added up over its tokens
    clipped: float  # share of tokens from which the last step took the gradient
    story: str  # one of them


@dataclass
class Run:
    """What became of one way to train."""

    name: str
    planned: int
    rounds: list[Round] = field(default_factory=list)
    seconds: float = 0.0
    policy: Any = None

    @property
    def is_begun(self) -> bool:
        """Say whether it was trained at all: what is not, is shown as it was recorded."""
        return bool(self.rounds)

    @property
    def is_whole(self) -> bool:
        """Say whether all rounds were made that were planned."""
        return len(self.rounds) == self.planned

    def as_dict(self) -> dict[str, Any]:
        """Return what JSON can hold of it, rounded."""
        rows = [asdict(one) for one in self.rounds]
        rows = [{k: round(v, 4) if k != "story" else v for k, v in row.items()} for row in rows]
        return {"planned": self.planned, "seconds": round(self.seconds, 1), "rounds": rows}


def run_rounds(
    run: Run,
    teller: Storyteller,
    prompts: Sequence[str],
    model: Judge,
    tools: Tools,
    plan: Plan,
    watch: Callable[[int, Any], None] = lambda done, policy: None,
) -> Run:
    """Let a copy of the decoder write, be judged, and learn, round by round.

    `model` is the reward model that looks on. The policy learns from what `tools.judge` says.
    `watch` is told after each round how many are done, and the policy.
    """
    import torch
    from tqdm.auto import tqdm

    rng, luck = np.random.default_rng(plan.seed), torch.Generator().manual_seed(plan.seed)
    run.policy = policy = teller.policy()
    optimizer = torch.optim.AdamW(policy.parameters(), lr=plan.rate, weight_decay=0.0, fused=True)
    start = time.perf_counter()
    for number in tqdm(range(plan.rounds), run.name, leave=False):
        some = rng.choice(len(prompts), size=plan.groups, replace=False)
        starts = [prompts[place] for place in some for _ in range(plan.size)]
        wrote = teller.write(policy, starts, seed=1000 * plan.seed + number)
        scores = tools.judge(wrote.texts)
        learned = scores if tools.judge is model else model(wrote.texts)
        with torch.no_grad():
            old = log_probs(policy, wrote, tools.token_log_probs)
            reference = log_probs(teller.model, wrote, tools.token_log_probs)
        batch = Batch(scores.view(plan.groups, plan.size), old, reference, wrote.mask)
        clipped = _learn(policy, optimizer, wrote, batch, tools, _parts(plan, luck))
        apart = ((old - reference) * wrote.mask).sum(dim=1).mean().item()
        true = true_rewards(wrote.texts).mean().item()
        told = wrote.texts[0]
        run.rounds.append(Round(learned.mean().item(), true, apart, clipped, told))
        run.seconds = time.perf_counter() - start
        watch(number + 1, policy)
        if run.seconds > plan.limit:
            break
    return run


def log_probs(model: Any, wrote: Written, token_log_probs: LogProbs) -> Tensor:
    """Return the log-probabilities of the tokens that a policy wrote, (story, token - 1).

    Elsewhere stands 0. Logits are computed only where they are about such a token, and handed over
    as those of one long text: each is about the token in the next column.
    """
    import torch

    read = Branches.of(wrote.ids, wrote.attention_mask)
    before, drawn = read.where[:, :-1][wrote.mask], wrote.ids[:, 1:][wrote.mask]
    places = torch.cat([before, before[:1]])  # about the last token nothing is asked
    logits = model.lm_head(torch.nn.functional.embedding(places, read.hidden(model.transformer)))
    found = token_log_probs(logits[None], torch.cat([drawn[:1], drawn])[None], 1.0)
    empty = torch.zeros(wrote.mask.shape, dtype=found.dtype, device=found.device)
    return empty.masked_scatter(wrote.mask, found)


def _parts(plan: Plan, luck: torch.Generator) -> list[Tensor]:
    """Return which stories each step learns from."""
    import torch

    count = plan.groups * plan.size
    orders = [torch.randperm(count, generator=luck) for _ in range(plan.epochs)]
    return [part for order in orders for part in order.chunk(plan.parts)]


def recorded_runs() -> dict[str, Run]:
    """Return whole runs that ship with the course, by name, for computers without time for one."""
    kept: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))["runs"]
    return {
        name: Run(name, one["planned"], [Round(**row) for row in one["rounds"]], one["seconds"])
        for name, one in kept.items()
    }


def recorded_parts(writer: str) -> dict[str, float]:
    """Return the parts of the true reward, means over stories of unseen beginnings.

    They are those of the decoder, or of the policy that came of a recorded run.
    """
    kept: dict[str, dict[str, float]] = json.loads(RECORDED.read_text(encoding="utf-8"))["held out"]
    return kept[writer]


def _learn(
    policy: Any,
    optimizer: Any,
    wrote: Written,
    batch: Batch,
    tools: Tools,
    parts: Sequence[Tensor],
) -> float:
    """Make the steps of a round, and return the share that was clipped in the last of them."""
    import torch

    advantages, clipped = tools.advantages(batch), 0.0
    policy.train()
    for part in parts:
        new = log_probs(policy, wrote.some(part), tools.token_log_probs)
        given = batch.old[part], advantages[part], batch.mask[part]
        loss = tools.loss(new, *given)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        optimizer.step()
        clipped = tools.clip_fraction(new.detach(), *given)
    return clipped


def fit_reward(
    model: torch.nn.Module,
    teller: Storyteller,
    pairs: Sequence[Pair],
    loss_of: Callable[[Tensor, Tensor], Tensor],
    steps: int = STEPS,
    together: int = PAIRS,
) -> list[float]:
    """Train a reward model on pairs, and return its loss at each step.

    `together` pairs make a step. If there are no more than that, each step has all of them.
    """
    import torch
    from tqdm.auto import tqdm

    if not pairs:
        raise ValueError("there are no pairs to learn from: rank some endings first")
    rng, rate = np.random.default_rng(0), 1e-3
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, fused=True)
    losses = []
    for step in tqdm(range(steps), "reward model", leave=False):
        drawn = rng.integers(len(pairs), size=together)
        some = pairs if len(pairs) <= together else [pairs[place] for place in drawn]
        optimizer.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / 10) * (1 - step / steps)
        scores = model(*teller.read(_sides(some)))
        loss = loss_of(*scores.chunk(2))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def _sides(pairs: Sequence[Pair]) -> list[str]:
    chosen = [f"{pair['prompt']} {pair['chosen']}" for pair in pairs]
    return chosen + [f"{pair['prompt']} {pair['rejected']}" for pair in pairs]


def judge_of(model: torch.nn.Module, teller: Storyteller) -> Judge:
    """Return a judge of whole stories: a student's reward model, which learns no more."""
    import torch

    def judge(texts: Sequence[str]) -> Tensor:
        model.eval()
        with torch.no_grad():
            firsts = range(0, len(texts), TOGETHER)
            rows = [texts[first : first + TOGETHER] for first in firsts]
            return torch.cat([model(*teller.read(some)) for some in rows])

    return judge


def scores_of_pairs(judge: Judge, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the scores of what was chosen and of the others, and which pairs chose the better.

    Shapes:
        returns: (pair,) three times, the last one booleans
    """
    import torch

    chosen, rejected = judge(_sides(pairs)).chunk(2)
    better = torch.tensor([pair["chosen_reward"] > pair["rejected_reward"] for pair in pairs])
    return chosen, rejected, better
