"""The tiny decoder after supervised fine-tuning: it does what an instruction asks.

A conversation is <|endoftext|><|user|>instruction<|assistant|>answer<|endoftext|>; a story that is
asked about stands below the instruction. Instructions are drawn fresh, none of them held out, and
only answers are learned. What it obeys is decided by `village.obeys`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import AddedToken
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel
from transformers import PreTrainedTokenizerBase as Tokens

from data.build.german_grammar import Chance
from data.build.instructions import KINDS, draw
from data.training import stories
from data.training.loop import Batch, Plan, Run, mean_loss, on_device_of, train
from gradelib.lab import village

BASE = Path(__file__).parents[1] / "models" / "decoder"
USER, ASSISTANT = "<|user|>", "<|assistant|>"
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|' + message['role'] + '|>' + message['content'] }}"
    "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
BATCH = 32  # conversations
LONGEST = 180  # tokens of an answer
TOGETHER = 50  # answers that are written at a time
PLAN = Plan(
    "instruct",
    steps=6000,
    learning_rate=1e-3,
    warmup=100,
    weight_decay=0.01,
    save_every=1000,
    matrix_rate=0.004,
    last_rate=0.0,
)
Record = dict[str, Any]
Encoded = tuple[list[int], list[int]]  # the prompt's tokens, the answer's


def tokenizer(base: Path = BASE) -> Tokens:
    """Return the decoder's tokenizer with a token for each role, and the chat template."""
    tokens = AutoTokenizer.from_pretrained(base)
    roles = [AddedToken(role, special=True, normalized=False) for role in (USER, ASSISTANT)]
    tokens.add_tokens(roles, special_tokens=True)
    tokens.chat_template = TEMPLATE
    return tokens


def model(tokens: Tokens, base: Path = BASE) -> PreTrainedModel:
    """Return the decoder in float32, with an embedding for each role."""
    torch.manual_seed(PLAN.seed)
    made = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    made.resize_token_embeddings(len(tokens))  # new rows are drawn like the old ones
    return made


def asked(record: Record) -> str:
    """Return what the user says: the instruction, and below it the story it is asked about."""
    story = record["input"]
    return f"{record['instruction']}\n\n{story}" if story else record["instruction"]


def prompt(record: Record, tokens: Tokens) -> str:
    """Return all of a conversation that stands before the answer."""
    said = [{"role": "user", "content": asked(record)}]
    return tokens.apply_chat_template(said, tokenize=False, add_generation_prompt=True)


def encoded(record: Record, tokens: Tokens) -> Encoded:
    """Return the tokens of prompt and answer; the answer ends with the end of text.

    A role is a token of its own, so that no token spans prompt and answer.
    """
    before = tokens(prompt(record, tokens), add_special_tokens=False)["input_ids"]
    after = tokens(record["answer"], add_special_tokens=False)["input_ids"]
    return before, [*after, tokens.eos_token_id]


def packed(rows: list[Encoded]) -> Batch:
    """Pad rows on the right; only the answer, with its end, has labels."""
    longest = max(len(before) + len(after) for before, after in rows)
    batch = defaultdict(list)
    for before, after in rows:
        gap = longest - len(before) - len(after)
        batch["input_ids"].append([*before, *after, *[0] * gap])
        batch["labels"].append([*[-100] * len(before), *after, *[-100] * gap])
        batch["attention_mask"].append([*[1] * (longest - gap), *[0] * gap])
    return {name: torch.tensor(values) for name, values in batch.items()}


def answer_loss(model: nn.Module, batch: Batch) -> Tensor:
    """Return the mean loss of answers, of which one of n tokens weighs as much as √n.

    Over tokens alone, *Yes.* would drown beside a story: it has one fiftieth of its tokens.
    """
    logits = model(batch["input_ids"], attention_mask=batch["attention_mask"]).logits[:, :-1]
    labels = batch["labels"][:, 1:]
    lost = nn.functional.cross_entropy(logits.transpose(1, 2), labels, reduction="none")
    counts = (labels != -100).sum(1)  # (conversation,)
    return (lost.sum(1) / counts.sqrt()).sum() / counts.sqrt().sum()


@functools.cache
def held_out() -> frozenset[str]:
    """Return what no step may see: held-out stories and instructions."""
    records = [
        record
        for split in ("validation", "test")
        for record in stories.read(split, "instructions/grammar")
    ]
    keys = {r["instruction"] + r["input"] + r["answer"] for r in records}
    texts = {text for r in records for text in (r["input"], r["answer"]) if text.count(".") > 2}
    return stories.held_out() | keys | texts


def records_of(step: int, seed: int = PLAN.seed) -> list[Record]:
    """Return the instructions of a step: kinds in turn, stories drawn fresh."""
    chance, taken = Chance(np.random.default_rng([seed, step])), set(held_out())
    kinds = (KINDS[(step * BATCH + place) % len(KINDS)] for place in range(BATCH))
    return [draw(chance, kind, taken) for kind in kinds]


def answers(model: PreTrainedModel, tokens: Tokens, records: list[Record]) -> list[str]:
    """Answer instructions greedily, in the order given.

    Those with a story are answered apart: beside their prompts there is no room for a story.
    """
    model.eval()
    said: dict[int, str] = {}
    for long in (False, True):
        places = [i for i, record in enumerate(records) if bool(record["input"]) == long]
        for start in range(0, len(places), TOGETHER):
            some = places[start : start + TOGETHER]
            texts = [prompt(records[i], tokens) for i in some]
            said.update(zip(some, _answered(model, tokens, texts), strict=True))
    return [said[i].strip() for i in range(len(records))]


@torch.no_grad()
def _answered(model: PreTrainedModel, tokens: Tokens, texts: list[str]) -> list[str]:
    batch = tokens(
        texts, add_special_tokens=False, padding=True, padding_side="left", return_tensors="pt"
    )
    batch, width = on_device_of(model, batch), batch["input_ids"].shape[1]
    ids = model.generate(
        batch["input_ids"],
        attention_mask=batch["attention_mask"],
        max_new_tokens=min(LONGEST, model.config.n_positions - width),
        do_sample=False,
        pad_token_id=tokens.eos_token_id,
    )
    return tokens.batch_decode(ids[:, width:], skip_special_tokens=True)


def obeyed(records: list[Record], said: list[str]) -> dict[str, float]:
    """Return the share of instructions that were obeyed: of all, and of each kind."""
    right = defaultdict(list)
    for record, answer in zip(records, said, strict=True):
        for name in ("obeyed", record["kind"]):
            right[name].append(village.obeys(record, answer))
    return {name: float(np.mean(values)) for name, values in right.items()}


def report(model: PreTrainedModel, tokens: Tokens, count: int = 400) -> dict[str, float]:
    """Measure on held-out instructions how many are obeyed."""
    records = stories.read("test", "instructions/grammar")[:count]
    return obeyed(records, answers(model, tokens, records))


def build(folder: Path) -> tuple[Run, Tokens, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = tokenizer()
    run = Run(PLAN, model(tokens), folder, answer_loss)
    checked = stories.read("validation", "instructions/grammar")[:200]
    rows = [encoded(record, tokens) for record in checked]
    validation = [packed(rows[start : start + 50]) for start in range(0, len(rows), 50)]

    def batch(step: int) -> Batch:
        return packed([encoded(record, tokens) for record in records_of(step)])

    train(run, batch, lambda: mean_loss(run.model, validation))
    return run, tokens, report(run.model, tokens)
