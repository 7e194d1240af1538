"""Record the tunings of notebook 10, by the references, with several seeds each.

`python -m tests.bench.tuning` writes `gradelib/topics/sft/recorded_runs.json`: which test
instructions are obeyed by the decoder before tuning, by the checkpoint, and after each tuning; and
what models answer that were taught to guess. What is there already is not done again, so it can be
stopped at any moment. Words after the command record only what begins with one of them. DEVICE
("cuda") says where models live, WORKERS how many tunings run at the same time, MINUTES after how
long no further one begins. It needs torch, transformers, safetensors, numpy and tqdm.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from gradelib.lab import village
from gradelib.topics.sft.assistant import Assistant, Instruction, Message, instructions, taught
from gradelib.topics.sft.questions import lessons, questions, says_so
from gradelib.topics.sft.tuning import COMMAND, RECORDED, Plan, Row, Tuned, tune
from solutions.sft.reference import (
    invented,
    label_batch,
    response_mask,
    sft_loss,
    truncate_left,
)

DEVICE = os.environ.get("DEVICE", "cpu")
WORKERS = int(os.environ.get("WORKERS", "1"))
MINUTES = float(os.environ.get("MINUTES", "inf"))
MODELS = Path(__file__).parents[2] / "data" / "models"
MINUTE = replace(Plan(), limit=float("inf"))  # what the notebook has time for
LONG = Plan(steps=1500, together=32, rate=2e-3, warmup=100, limit=float("inf"))
LESSON = Plan(steps=40, together=16, rate=5e-4, warmup=4, limit=float("inf"))  # the notebook's
TEACHING = Plan(steps=600, together=32, rate=1e-3, warmup=50, limit=float("inf"))
GOOD = (100, 400, 1000, 2000, 4000)  # records with good answers
ALL = 4000  # records
HONEST = {"guesses": 0.0, "one in four says so": 0.25, "half say so": 0.5, "says so": 1.0}
LESSONS, TESTED = 2400, 160  # questions


@dataclass(frozen=True)
class Job:
    """One tuning with one seed, or a model as it is."""

    name: str
    seed: int = 0


def jobs() -> list[Job]:
    """Return all that is recorded, what matters most first."""
    found = [Job("base"), Job("checkpoint"), Job("teach: nothing")]
    for seed in range(5):
        found += [Job("minute: answers", seed), Job("minute: everything", seed)]
        found += [Job("lesson: guesses", seed), Job("lesson: says so", seed)]
    for seed in range(3):
        found += [Job(f"teach: {name}", seed) for name in (*HONEST, "only what it says")]
        found += [Job("long: answers", seed), Job("long: everything", seed)]
        found += [Job(f"alone: {good}", seed) for good in GOOD[:-1]]
        found += [Job(f"filled: {good}", seed) for good in (0, *GOOD[:-1])]
    return found


@cache
def assistant() -> Assistant:
    """Return the models, read straight from their folders."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    loaded: list[Any] = [
        AutoModelForCausalLM.from_pretrained(MODELS / name, dtype=torch.float32)
        for name in ("decoder", "instruct")
    ]
    decoder, checkpoint = (model.to(DEVICE).eval() for model in loaded)
    return Assistant(AutoTokenizer.from_pretrained(MODELS / "instruct"), decoder, checkpoint)


def rows_of(chats: Sequence[list[Message]], everything: bool = False) -> list[Row]:
    """Return chats as they are tuned on: only answers are learned, or everything is."""
    rows = []
    for chat in chats:
        ids, mask = truncate_left(*response_mask(chat, assistant().tokenize), 256)
        rows.append((ids, [True] * len(ids) if everything else mask))
    return rows


def chats_of(good: int, poor: int, seed: int) -> list[list[Message]]:
    """Return chats on drawn instructions: so many with good answers, so many with poor ones."""
    records = instructions("train")
    order = torch.randperm(len(records), generator=torch.Generator().manual_seed(seed)).tolist()
    picked = [records[place] for place in order[: good + poor]]
    return [taught(one) for one in picked[:good]] + [
        taught(one, "poor_answer") for one in picked[good:]
    ]


def plan_of(name: str) -> tuple[Plan, int, int, bool]:
    """Return how an instruction tuning goes: plan, good and poor records, learn everything."""
    way, _, what = name.partition(": ")
    if way in ("minute", "long"):
        return (MINUTE if way == "minute" else LONG), ALL, 0, what == "everything"
    return LONG, int(what), 0 if way == "alone" else ALL - int(what), False


def made(job: Job) -> dict[str, Any]:
    """Do a job and return what came of it."""
    torch.set_num_threads(1)
    torch.manual_seed(job.seed)
    if job.name.startswith(("teach", "lesson")):
        return _teach(job)
    if job.name in ("base", "checkpoint"):
        talker = assistant()
        return _obeyed(talker.base() if job.name == "base" else talker.checkpoint)
    plan, good, poor, everything = plan_of(job.name)
    rows = rows_of(chats_of(good, poor, job.seed), everything)
    run = Tuned(job.name, plan.steps)
    plan = replace(plan, seed=job.seed)
    tune(run, assistant().base(job.seed), rows, label_batch, sft_loss, plan)
    return {**_of(run), **_obeyed(run.model)}


def _of(run: Tuned) -> dict[str, Any]:
    every = max(1, len(run.losses) // 30)
    means = [
        sum(run.losses[at : at + every]) / len(run.losses[at : at + every])
        for at in range(0, len(run.losses), every)
    ]
    return {
        "planned": run.planned,
        "seconds": round(run.seconds, 1),
        "every": every,  # steps that each of the losses is a mean of
        "losses": [round(mean, 3) for mean in means],
    }


def _obeyed(model: Any) -> dict[str, Any]:
    records: list[Instruction] = instructions("test")
    said = assistant().answers(model, [taught(one)[:-1] for one in records])
    signs = [str(int(village.obeys(r, text))) for r, text in zip(records, said, strict=True)]
    return {"obeyed": "".join(signs), "answers": said[:22]}  # two of each kind to read


def _teach(job: Job) -> dict[str, Any]:
    """Teach the checkpoint by answers to questions, and ask it others."""
    way, _, name = job.name.partition(": ")
    tested = questions("test", TESTED)
    known = questions("train", 2 * LESSONS)
    if name == "only what it says":
        chats = lessons([one for one in known if one.right][:LESSONS], 1.0, job.seed)
    else:
        chats = lessons(known[:LESSONS], HONEST.get(name, 1.0), job.seed)
    plan = replace(LESSON if way == "lesson" else TEACHING, seed=job.seed)
    run = Tuned(job.name, plan.steps, model=assistant().tuned())
    if name != "nothing":
        tune(run, run.model, rows_of(chats), label_batch, sft_loss, plan)
    said = assistant().answers(run.model, [one.chat for one in tested], longest=30)
    pairs = list(zip(tested, said, strict=True))
    makes_up = [invented(text, one.story, one.words) for one, text in pairs]
    names = [
        any(village.instructions.contains(text, word) for word in one.right) for one, text in pairs
    ]
    return {
        **(_of(run) if run.losses else {}),
        "invented": "".join(str(int(yes)) for yes in makes_up),
        "right": "".join(
            str(int(there and not false)) for there, false in zip(names, makes_up, strict=True)
        ),
        "says so": "".join(str(int(says_so(text))) for text in said),
        "answers": said[:16],
    }


def kept() -> dict[str, Any]:
    """Return what is recorded already."""
    if not RECORDED.exists():
        return {"command": COMMAND, "runs": {}}
    found: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def keep(job: Job, found: dict[str, Any]) -> None:
    """Write a run beside those that are kept already."""
    everything = kept()
    everything["runs"].setdefault(job.name, {})[str(job.seed)] = found
    partial = RECORDED.with_suffix(".part")
    partial.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
    partial.replace(RECORDED)


def main() -> None:
    """Record what is named, or everything."""
    done, start = kept()["runs"], time.monotonic()
    waiting = [
        job
        for job in jobs()
        if str(job.seed) not in done.get(job.name, {})
        and job.name.startswith(tuple(sys.argv[1:]) or "")
    ]
    print(f"{len(waiting)} tunings to record, {WORKERS} at a time", flush=True)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        running: dict[Future[dict[str, Any]], Job] = {}
        while waiting or running:
            while waiting and len(running) < WORKERS and time.monotonic() - start < 60 * MINUTES:
                job = waiting.pop(0)
                running[pool.submit(made, job)] = job
            if not running:
                break
            ready = next(as_completed(running))
            job = running.pop(ready)
            keep(job, ready.result())
            spent = (time.monotonic() - start) / 60
            print(f"{spent:5.1f} minutes: {job.name}, seed {job.seed}", flush=True)
    print(f"{len(waiting)} are left", flush=True)


if __name__ == "__main__":
    main()
