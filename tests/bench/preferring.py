"""Record the three runs of notebook 11 from their first round to their last, by the references.

`python -m tests.bench.preferring` writes `gradelib/topics/rlhf/recorded_runs.json`: the runs that
the notebook shows where a slow computer has stopped its own, and what becomes of stories of unseen
beginnings. Names after the command record only these runs. Run it again when the decoder, the
reward model, or the plan has changed.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

from gradelib.lab.storyteller import Storyteller, preferences, true_rewards
from gradelib.lab.village import reward_parts
from gradelib.topics.rlhf.training import COMMAND, RECORDED, Batch, Plan, Run, Tools, run_rounds
from solutions.rlhf.reference import (
    clip_fraction,
    group_advantages,
    ppo_loss,
    returns,
    shaped_reward,
    token_log_probs,
    whiten,
)

PLAN = replace(Plan(), limit=float("inf"))
GENTLE = replace(PLAN, rate=2e-4)
PRICE = 0.1  # as in the notebook, which a test holds to it
HELD_OUT = 48  # beginnings


def tools(weight: float, judge: Any) -> Tools:
    """Return what a round needs, as the notebook has it."""

    def advantages(batch: Batch) -> Any:
        scores = group_advantages(batch.scores).flatten()
        shaped = shaped_reward(scores, batch.old, batch.reference, batch.mask, weight)
        return whiten(returns(shaped), batch.mask)

    return Tools(judge, token_log_probs, advantages, ppo_loss, clip_fraction)


def parts_of(teller: Storyteller, writer: Any) -> dict[str, float]:
    """Return the parts of the true reward of unseen beginnings that a writer goes on from."""
    fresh = [one["prompt"] for one in preferences("validation")[:HELD_OUT]]
    rows = [reward_parts(text) for text in teller.write(writer, fresh, seed=1).texts]
    return {name: round(sum(row[name] for row in rows) / len(rows), 4) for name in rows[0]}


def main() -> None:
    """Record the runs that are named, or all of them."""
    teller = Storyteller()
    shipped = teller.judge("reward")
    starts = [one["prompt"] for one in preferences("train")]
    plans = {
        "PPO without KL": (tools(0.0, shipped), PLAN),
        "PPO with KL": (tools(PRICE, shipped), GENTLE),
        "PPO on the truth": (tools(PRICE / 2, true_rewards), GENTLE),
    }
    for name in sys.argv[1:] or plans:
        run = run_rounds(Run(name, PLAN.rounds), teller, starts, shipped, *plans[name])
        keep(run, {name: parts_of(teller, run.policy)})
        keep(run, {"the decoder": parts_of(teller, teller.model)})


def keep(run: Run, parts: dict[str, dict[str, float]]) -> None:
    """Write a run beside those that are kept already."""
    kept: dict[str, Any] = {"command": COMMAND, "runs": {}, "held out": {}}
    if RECORDED.exists():
        kept |= json.loads(RECORDED.read_text(encoding="utf-8"))
    kept["runs"][run.name] = run.as_dict()
    kept["held out"] |= parts
    RECORDED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
