"""Record the runs of notebook 12: DPO on two sorts of pairs, PPO, and the best of n, side by side.

`python -m tests.bench.directly` writes the part "policies" of
`gradelib/topics/beyond/recorded_runs.json`. All are judged on the same beginnings, from which none
of them has learned: true and learned reward, the distance from the decoder, and how often the story
is better than the decoder's. With `DEVICE=cuda` it computes there. What is recorded is not done
again; names after the command record only these, and again: `PPO` all seeds, `"PPO, seed 1"` one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import torch

from gradelib.lab.storyteller import Storyteller, preferences, true_rewards
from gradelib.lab.village import reward_parts
from gradelib.topics.beyond.training import (
    COMMAND,
    RECORDED,
    Functions,
    Plan,
    Run,
    answers_of,
    train,
    unseen_prompts,
)
from gradelib.topics.rlhf import training as rounds
from solutions.beyond.reference import answer_log_prob, dpo_loss, win_rate
from solutions.rlhf import reference as rlhf

DEVICE = os.environ.get("DEVICE", "cpu")
STORIES = 400  # beginnings on which each way is judged
LOOKS = (12, 36, 72, 126, 252)  # steps after which stories are written
STEPS = 252
SEEDS = (0, 1, 2)
ROUNDS = (2, 4, 6, 8, 12, 16)
BEST = (1, 2, 4, 8, 16)
WAYS: dict[str, tuple[str, float, float]] = {  # pairs, rate, beta
    "the grammar's pairs, 5e-4": ("preferences", 5e-4, 0.1),
    "the grammar's pairs, 1e-4": ("preferences", 1e-4, 0.1),
    "its own pairs, 5e-4": ("preferences/on_policy", 5e-4, 0.1),
    "its own pairs, 1e-4": ("preferences/on_policy", 1e-4, 0.1),
    "its own pairs, 2e-4": ("preferences/on_policy", 2e-4, 0.1),
    "its own pairs, 2e-4, beta 0.02": ("preferences/on_policy", 2e-4, 0.02),
    "its own pairs, 2e-4, beta 0.5": ("preferences/on_policy", 2e-4, 0.5),
}
PPO: dict[str, tuple[float, float, bool]] = {  # price, rate, judged by the truth
    "PPO": (0.1, 2e-4, False),
    "PPO without a price": (0.0, 3e-4, False),
}


class Bench:
    """The decoder, the reward model, the beginnings, and what the decoder makes of them."""

    def __init__(self) -> None:
        self.teller = Storyteller(DEVICE, together=1024 if DEVICE == "cuda" else 128)
        self.judge = self.teller.judge("reward")
        self.prompts = unseen_prompts(STORIES)
        told = self.teller.write(self.teller.model, self.prompts, seed=100)
        self.base = true_rewards(told.texts)

    def row(self, done: int, policy: Any) -> dict[str, Any]:
        """Return what a policy's stories of unseen beginnings are worth."""
        wrote = self.teller.write(policy, self.prompts, seed=1)
        true = true_rewards(wrote.texts)
        with torch.no_grad():
            far = [self._far(policy, wrote.some(part))
                   for part in torch.arange(len(self.prompts)).split(200)]  # fmt: skip
        parts = [reward_parts(text) for text in wrote.texts]
        return {
            "done": done,
            "true": round(true.mean().item(), 4),
            "learned": round(self.judge(wrote.texts).mean().item(), 4),
            "distance": round(torch.cat(far).mean().item(), 3),
            "wins": round(len(true) * win_rate(true, self.base, 1e-6), 1),
            "of": len(true),
            "points": points(true, self.base),
            "length": round(wrote.mask.sum(1).float().mean().item(), 1),
            "parts": {n: round(sum(p[n] for p in parts) / len(parts), 4) for n in parts[0]},
            "story": wrote.texts[0],
        }

    def _far(self, policy: Any, wrote: Any) -> torch.Tensor:
        now, before = (answers_of(m, wrote, answer_log_prob) for m in (policy, self.teller.model))
        return now - before

    def directly(self, way: str, seed: int) -> dict[str, Any]:
        """Return a run of DPO."""
        kind, rate, beta = WAYS[way]
        plan = Plan(rate, beta, STEPS, every=6, limit=float("inf"), seed=seed)
        stories = [self.row(0, self.teller.model)]
        run = Run(way, STEPS)

        def watch(done: int, policy: Any) -> None:
            if done in LOOKS:
                stories.append(self.row(done, policy))

        known, others = preferences("train", kind), preferences("validation", kind)[:96]
        train(run, self.teller, known, others, Functions(answer_log_prob, dpo_loss), plan, watch)
        return {"steps": run.as_rows(), "stories": stories, "seconds": round(run.seconds, 1)}

    def by_rounds(self, way: str, seed: int) -> dict[str, Any]:
        """Return a run of PPO, as notebook 11 has it."""
        price, rate, truth = PPO[way]
        judge = true_rewards if truth else self.judge

        def advantages(batch: rounds.Batch) -> Any:
            scores = rlhf.group_advantages(batch.scores).flatten().to(DEVICE)
            shaped = rlhf.shaped_reward(scores, batch.old, batch.reference, batch.mask, price)
            return rlhf.whiten(rlhf.returns(shaped), batch.mask)

        tools = rounds.Tools(judge, rlhf.token_log_probs, advantages, rlhf.ppo_loss,
                             rlhf.clip_fraction)  # fmt: skip
        plan = rounds.Plan(rate=rate, limit=float("inf"), seed=seed)
        stories = [self.row(0, self.teller.model)]

        def watch(done: int, policy: Any) -> None:
            if done in ROUNDS:
                stories.append(self.row(done, policy))

        run = rounds.Run(way, plan.rounds)
        starts = [one["prompt"] for one in preferences("train")]
        rounds.run_rounds(run, self.teller, starts, self.judge, tools, plan, watch)
        return {"stories": stories, "seconds": round(run.seconds, 1)}

    def chosen(self, seed: int) -> dict[str, Any]:
        """Return what the best of n stories is worth, by the learned reward."""
        start, many = time.perf_counter(), max(BEST)
        starts = [prompt for prompt in self.prompts for _ in range(many)]
        texts = self.teller.write(self.teller.model, starts, seed=10 + seed).texts
        learned, true = (judge(texts).view(-1, many) for judge in (self.judge, true_rewards))
        stories = []
        for n in BEST:
            best = rlhf.best_of_n(learned, n)[:, None]
            found, liked = (table.gather(1, best)[:, 0] for table in (true, learned))
            stories.append({
                "done": n,
                "true": round(found.mean().item(), 4),
                "learned": round(liked.mean().item(), 4),
                "distance": round(rlhf.best_of_n_kl(n), 3),
                "wins": round(len(found) * win_rate(found, self.base, 1e-6), 1),
                "of": len(found),
                "points": points(found, self.base),
            })  # fmt: skip
        return {"stories": stories, "seconds": round(time.perf_counter() - start, 1)}


def main() -> None:
    """Record the runs that are named, or all that are not there yet."""
    named, bench = sys.argv[1:], Bench()
    jobs: list[tuple[str, int, Any]] = []
    for seed in SEEDS:
        jobs += [(way, seed, bench.directly) for way in WAYS]
        jobs += [(way, seed, bench.by_rounds) for way in PPO]
        jobs.append(("best of n", seed, lambda way, seed: bench.chosen(seed)))
    known = {name for way, seed, _ in jobs for name in (way, f"{way}, seed {seed}")}
    if set(named) - known:
        sys.exit(f"no run is called {sorted(set(named) - known)}; there are: {sorted(known)}")
    for way, seed, record in jobs:
        is_named = way in named or f"{way}, seed {seed}" in named
        is_kept = str(seed) in read()["policies"].get(way, {})
        if is_named or not (named or is_kept):
            start = time.perf_counter()
            enter(record(way, seed), "policies", way, str(seed))
            print(f"{way}, seed {seed}: {time.perf_counter() - start:.0f} s", flush=True)


def points(first: torch.Tensor, second: torch.Tensor) -> str:
    """Return a letter for each story: w for a win of the first, t for a tie, l for a loss."""
    apart = (first - second).tolist()
    return "".join("w" if one > 1e-6 else "l" if one < -1e-6 else "t" for one in apart)


def read() -> dict[str, Any]:
    """Return what is recorded."""
    kept: dict[str, Any] = {"command": COMMAND, "policies": {}}
    return kept | json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else kept


def enter(value: Any, *place: str) -> None:
    """Enter a value at its place in the record as it stands now: another may have written too."""
    kept = there = read()
    for name in place[:-1]:
        there = there.setdefault(name, {})
    there[place[-1]] = value
    text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
    part = RECORDED.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(RECORDED)


if __name__ == "__main__":
    main()
