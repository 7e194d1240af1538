"""The tiny decoder: GPT-2's architecture, about 2M parameters, trained on village stories.

Text is split by byte-level BPE. A story stands between two <|endoftext|>, and blocks of one
length are cut from the stream, as in pretraining.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from data.training import stories
from data.training.loop import Batch, Plan, Run, mean_loss, train

END = "<|endoftext|>"
VOCABULARY = 2048
CONTEXT = 256  # tokens
BATCH = 16  # blocks
PLAN = Plan("decoder", steps=3500, learning_rate=2.5e-3)


def tokenizer() -> PreTrainedTokenizerFast:
    """Train the byte-level BPE on the training stories."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(stories.texts("train"), trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        bos_token=END,
        eos_token=END,
        unk_token=END,
        pad_token=END,
        model_max_length=CONTEXT,
        padding_side="left",
    )


def model() -> GPT2LMHeadModel:
    torch.manual_seed(PLAN.seed)
    config = GPT2Config(
        vocab_size=VOCABULARY,
        n_positions=CONTEXT,
        n_embd=160,
        n_layer=5,
        n_head=5,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    return GPT2LMHeadModel(config)


def blocks(step: int, tokens: PreTrainedTokenizerFast, seed: int = PLAN.seed) -> Batch:
    """Return the blocks of a step: fresh stories from the grammar, packed one after another."""
    rng = np.random.default_rng([seed, step])
    needed, stream = BATCH * CONTEXT, [0]
    while len(stream) < needed:
        texts = stories.fresh(rng, 64)
        for ids in tokens(texts, add_special_tokens=False)["input_ids"]:
            stream += [*ids, 0]
    ids = torch.tensor(stream[:needed]).view(BATCH, CONTEXT)
    return {"input_ids": ids, "labels": ids}


def held_out(tokens: PreTrainedTokenizerFast, split: str, count: int) -> list[Batch]:
    """Return stories of a split, each between two ends, padded; the padding has no label."""
    texts = [f"{END}{text}{END}" for text in stories.texts(split)[:count]]
    batches = []
    for start in range(0, len(texts), 32):
        some = tokens(texts[start : start + 32], add_special_tokens=False)["input_ids"]
        longest = max(map(len, some))
        ids = torch.tensor([[*one, *[0] * (longest - len(one))] for one in some])
        labels = torch.tensor([[*one, *[-100] * (longest - len(one))] for one in some])
        batches.append({"input_ids": ids, "labels": labels})
    return batches


def report(model: GPT2LMHeadModel, tokens: PreTrainedTokenizerFast) -> dict[str, float]:
    """Measure the loss on unseen stories, and the entropy below it, in nats a token."""
    batches = held_out(tokens, "test", 1000)
    count = sum(int((batch["labels"][:, 1:] != -100).sum()) for batch in batches)
    surprise = -sum(story["log_probability"] for story in stories.read("test")[:1000])
    loss = per_token(model, batches)
    return {"loss": loss, "floor": surprise / count, "gap": loss - surprise / count}


def per_token(model: GPT2LMHeadModel, batches: list[Batch]) -> float:
    """Return the mean loss over all predicted tokens."""
    total = count = 0.0
    model.eval()
    with torch.no_grad():
        for batch in batches:
            predicted = int((batch["labels"][:, 1:] != -100).sum())
            total += float(model(**batch).loss) * predicted
            count += predicted
    return total / count


def build(folder: Path) -> tuple[Run, PreTrainedTokenizerFast, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = tokenizer()
    run = Run(PLAN, model(), folder)
    validation = held_out(tokens, "validation", 200)
    draw = functools.partial(blocks, tokens=tokens)
    train(run, draw, lambda: mean_loss(run.model, validation))
    return run, tokens, report(run.model, tokens)
