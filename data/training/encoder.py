"""The tiny encoder: BERT's architecture and WordPiece, trained to fill masks.

It reads single sentences and pairs of sentences of village stories, and the hand-written
sentences of the course, so that their words are in its vocabulary too.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertTokenizer,
    DataCollatorForLanguageModeling,
)

from data.training import stories
from data.training.loop import Batch, Plan, Run, mean_loss, train

VOCABULARY = 3000
CONTEXT = 128  # tokens
BATCH = 32  # texts
PLAN = Plan("encoder", steps=3000, learning_rate=1e-3, warmup=300)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def tokenizer(folder: Path) -> BertTokenizer:
    """Train WordPiece on stories and on the hand-written sentences."""
    made = BertWordPieceTokenizer(lowercase=True)
    texts = [*stories.texts("train"), *stories.written("train")]
    made.train_from_iterator(
        texts, vocab_size=VOCABULARY, special_tokens=SPECIAL, show_progress=False
    )
    folder.mkdir(parents=True, exist_ok=True)
    (vocabulary,) = made.save_model(str(folder))
    return BertTokenizer.from_pretrained(
        str(Path(vocabulary).parent), do_lower_case=True, model_max_length=CONTEXT
    )


def model(vocabulary: int) -> BertForMaskedLM:
    torch.manual_seed(PLAN.seed)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=128,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=512,
        max_position_embeddings=CONTEXT,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=0,
        initializer_range=0.06,  # 0.02 is for models that are wider: attention would wake up late
    )
    return BertForMaskedLM(config)


def texts_of(step: int, seed: int = PLAN.seed) -> list[tuple[str, str | None]]:
    """Return what a step reads: one or two neighbouring parts of fresh stories, and sentences."""
    rng = np.random.default_rng([seed, step])
    written = stories.written("train")
    found: list[tuple[str, str | None]] = []
    for story in stories.fresh(rng, BATCH):
        kind = rng.random()
        if kind < 0.15:
            found.append((written[rng.integers(len(written))], None))
        elif kind < 0.6:
            found.append((story, None))
        else:
            cut = story.find(". ", len(story) // 3) + 1
            found.append((story[:cut].strip(), story[cut:].strip()) if cut else (story, None))
    return found


def masked(
    texts: list[tuple[str, str | None]], tokens: BertTokenizer, seed: int, truncate: int = CONTEXT
) -> Batch:
    """Mask 15 % of the tokens: 80 % become [MASK], 10 % another token, 10 % stay."""
    encoded = [tokens(a, b, truncation=True, max_length=truncate) for a, b in texts]
    collate = DataCollatorForLanguageModeling(tokens, mlm_probability=0.15, seed=seed)
    return dict(collate(encoded))


def held_out(tokens: BertTokenizer, split: str, count: int) -> list[Batch]:
    texts: list[tuple[str, str | None]] = [(text, None) for text in stories.texts(split)[:count]]
    return [
        masked(texts[start : start + 50], tokens, seed=start) for start in range(0, len(texts), 50)
    ]


@torch.no_grad()
def report(model: BertForMaskedLM, tokens: BertTokenizer) -> dict[str, float]:
    """Measure the loss on masked tokens of unseen stories, and how many the model fills right."""
    model.eval()
    right = count = 0
    batches = held_out(tokens, "test", 1000)
    for batch in batches:
        hidden = batch["labels"] != -100
        guess = model(**batch).logits.argmax(-1)
        right += int((guess == batch["labels"])[hidden].sum())
        count += int(hidden.sum())
    return {"loss": mean_loss(model, batches), "accuracy": right / count}


def build(folder: Path) -> tuple[Run, BertTokenizer, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = tokenizer(folder / "vocabulary")
    run = Run(PLAN, model(len(tokens)), folder)
    validation = held_out(tokens, "validation", 200)

    def batch(step: int) -> Batch:
        return masked(texts_of(step), tokens, seed=step)

    train(run, batch, functools.partial(mean_loss, run.model, validation))
    return run, tokens, report(run.model, tokens)
