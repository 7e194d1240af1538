"""What a pretrained encoder is worth: fine-tune it on the sentences with an emotion."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path

import numpy as np
import torch
from transformers import BertForMaskedLM, BertForSequenceClassification, BertTokenizer

FOLDER = Path(__file__).parents[1] / "emotions" / "grammar"
EPOCHS = 3
BATCH = 32  # sentences
RATE = 3e-4

Sentences = tuple[list[str], torch.Tensor]  # texts, and labels of shape (sentence,)


def read(split: str) -> tuple[Sentences, list[str]]:
    """Return a split of the sentences, and the names of the labels."""
    lines = gzip.decompress((FOLDER / f"{split}.jsonl.gz").read_bytes()).decode().splitlines()
    records = [json.loads(line) for line in lines]
    names = sorted({record["label"] for record in records})
    labels = torch.tensor([names.index(record["label"]) for record in records])
    return ([record["text"] for record in records], labels), names


def fine_tune(
    pretrained: BertForMaskedLM, tokens: BertTokenizer, epochs: int = EPOCHS, limit: int = 10**6
) -> float:
    """Train all weights on `limit` sentences, and return the accuracy on the test split."""
    (texts, labels), names = read("train")
    texts, labels = texts[:limit], labels[:limit]
    torch.manual_seed(1)
    config = copy.deepcopy(pretrained.config)
    config.num_labels = len(names)
    model = BertForSequenceClassification(config)
    missing, unexpected = model.load_state_dict(pretrained.state_dict(), strict=False)
    assert all(name.startswith(("classifier.", "bert.pooler.")) for name in missing)
    assert all(name.startswith("cls.") for name in unexpected)
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.01)
    steps = epochs * -(-len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.1)
    rng = np.random.default_rng(1)
    model.train()
    for _ in range(epochs):
        order = rng.permutation(len(texts))
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            batch = tokens([texts[i] for i in some], padding=True, return_tensors="pt")
            model(**batch, labels=labels[some]).loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
    return accuracy(model, tokens, *read("test")[0])


@torch.no_grad()
def accuracy(
    model: BertForSequenceClassification,
    tokens: BertTokenizer,
    texts: list[str],
    labels: torch.Tensor,
) -> float:
    """Return the share of sentences whose emotion is found."""
    model.eval()
    right = 0
    for start in range(0, len(texts), 100):
        batch = tokens(texts[start : start + 100], padding=True, return_tensors="pt")
        found = model(**batch).logits.argmax(-1)
        right += int((found == labels[start : start + 100]).sum())
    return right / len(texts)
