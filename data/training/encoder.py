"""The tiny encoder: BERT's architecture and WordPiece, trained to fill masks.

It reads village stories, whole and cut in two, and the hand-written sentences of the course, so
that their words are in its vocabulary too. Then, in a second stage, mostly single sentences.
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

from data.training import emotions, stories
from data.training.loop import Batch, Plan, Run, mean_loss, on_device_of, train
from gradelib.lab import village

VOCABULARY = 3000
CONTEXT = 128  # tokens
BATCH = 32  # texts
PLAN = Plan("encoder", steps=6000, learning_rate=1e-3, warmup=300)
SHORT = Plan("encoder-short", steps=2000, learning_rate=5e-4, warmup=100)  # the second stage
MASKED = 0.15  # of the tokens, as in BERT
MASKED_FIRST = 0.4  # for the first three quarters of the steps: each of them teaches more
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
        initializer_range=0.06,  # larger than BERT's 0.02, since the model is narrower
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


def short_texts_of(step: int, seed: int = SHORT.seed + 1) -> list[tuple[str, str | None]]:
    """Return what a step of the second stage reads: mostly one to three sentences."""
    rng = np.random.default_rng([seed, step])
    found: list[tuple[str, str | None]] = []
    for text, other in texts_of(step, seed):
        if other or rng.random() < 0.7:
            sentences = village.sentences(text if other is None else f"{text} {other}")
            start, count = rng.integers(len(sentences)), rng.integers(1, 4)
            found.append((" ".join(sentences[start : start + count]), None))
        else:
            found.append((text, other))
    return found


def masked(
    texts: list[tuple[str, str | None]], tokens: BertTokenizer, seed: int, share: float = MASKED
) -> Batch:
    """Choose a share of the tokens: 80 % become [MASK], 10 % another token, 10 % stay."""
    encoded = [tokens(a, b, truncation=True, max_length=CONTEXT) for a, b in texts]
    collate = DataCollatorForLanguageModeling(tokens, mlm_probability=share, seed=seed)
    return dict(collate(encoded))


def held_out(tokens: BertTokenizer, split: str, count: int, sentences: bool = False) -> list[Batch]:
    """Mask tokens of unseen stories, whole or sentence by sentence."""
    texts = stories.texts(split)[:count]
    if sentences:
        texts = [sentence for text in texts for sentence in village.sentences(text)]
    alone: list[tuple[str, str | None]] = [(text, None) for text in texts]
    return [
        masked(alone[start : start + 50], tokens, seed=start) for start in range(0, len(alone), 50)
    ]


@torch.no_grad()
def accuracy(model: BertForMaskedLM, batches: list[Batch]) -> float:
    """Return the share of masked tokens that the model fills right."""
    model.eval()
    right = count = 0
    for batch in batches:
        hidden = batch["labels"] != -100
        guess = model(**on_device_of(model, batch)).logits.argmax(-1).cpu()
        right += int((guess == batch["labels"])[hidden].sum())
        count += int(hidden.sum())
    return right / count


def report(model: BertForMaskedLM, tokens: BertTokenizer) -> dict[str, float]:
    """Measure on unseen stories: the loss, and how many masked tokens the model fills right.

    `emotions` is the accuracy of a copy that was fine-tuned on sentences with an emotion.
    """
    whole = held_out(tokens, "test", 1000)
    alone = held_out(tokens, "test", 300, sentences=True)
    return {
        "loss": mean_loss(model, whole),
        "accuracy": accuracy(model, whole),
        "accuracy_in_single_sentences": accuracy(model, alone),
        "emotions": emotions.fine_tune(model, tokens),
    }


def build(folder: Path) -> tuple[Run, BertTokenizer, dict[str, float]]:
    """Train, or go on training, in two stages, and measure."""
    tokens = tokenizer(folder / "vocabulary")
    run = Run(PLAN, model(len(tokens)), folder)
    validation = held_out(tokens, "validation", 200)
    validate = functools.partial(mean_loss, run.model, validation)

    def batch(step: int) -> Batch:
        share = MASKED_FIRST if step < 0.75 * PLAN.steps else MASKED
        return masked(texts_of(step), tokens, step, share)

    def short_batch(step: int) -> Batch:
        return masked(short_texts_of(step), tokens, step)

    train(run, batch, validate)
    short = Run(SHORT, run.model, folder / "short")
    train(short, short_batch, validate)
    run.rows += [{**row, "step": PLAN.steps + row["step"]} for row in short.rows]
    run.write_log()
    return run, tokens, report(run.model, tokens)
