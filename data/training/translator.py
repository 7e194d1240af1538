"""The tiny encoder–decoder: mBART's architecture, trained to translate English into German.

mBART is BART with the normalization before each sublayer, as notebooks 03 to 05 have it; with the
normalization behind it, a model of this size stays for long where it ignores the source. One
byte-level BPE serves both languages. A text is `<s> … </s>`, and the decoder begins with `</s>`.
"""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import sacrebleu
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import (
    GenerationConfig,
    MBartConfig,
    MBartForConditionalGeneration,
    PreTrainedTokenizerFast,
)

from data.training import stories
from data.training.loop import Batch, Plan, Run, mean_loss, train

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
VOCABULARY = 2500
CONTEXT = 64  # tokens
BATCH = 64  # pairs
PLAN = Plan("translator", steps=3200, learning_rate=2e-3, warmup=200)
Pairs = list[tuple[str, str]]


@functools.cache
def pairs(split: str) -> Pairs:
    """Return (English, German) of a split."""
    return [(one["en"], one["de"]) for one in stories.read(split, "translation")]


def tokenizer() -> PreTrainedTokenizerFast:
    """Train one byte-level BPE on both languages."""
    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator((text for pair in pairs("train") for text in pair), trainer)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        bos_token="<s>",
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        cls_token="<s>",
        sep_token="</s>",
        model_max_length=CONTEXT,
    )


def model(vocabulary: int) -> MBartForConditionalGeneration:
    torch.manual_seed(PLAN.seed)
    config = MBartConfig(
        vocab_size=vocabulary,
        max_position_embeddings=CONTEXT,
        d_model=128,
        encoder_layers=3,
        decoder_layers=3,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=512,
        decoder_ffn_dim=512,
        dropout=0.1,
        attention_dropout=0.0,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        scale_embedding=True,
        forced_eos_token_id=None,
    )
    made = MBartForConditionalGeneration(config)
    made.generation_config = GenerationConfig.from_model_config(config)
    made.generation_config.update(max_length=CONTEXT, _from_model_config=False)
    return made


def batch_of(some: Pairs, tokens: PreTrainedTokenizerFast) -> Batch:
    """Pad a few pairs; where the German is padded there is no label."""
    source = tokens([english for english, _ in some], padding=True, return_tensors="pt")
    target = tokens([german for _, german in some], padding=True, return_tensors="pt")
    labels = target["input_ids"].masked_fill(target["attention_mask"] == 0, -100)
    return {
        "input_ids": source["input_ids"],
        "attention_mask": source["attention_mask"],
        "labels": labels,
    }


@torch.no_grad()
def translate(
    model: MBartForConditionalGeneration, tokens: PreTrainedTokenizerFast, texts: list[str]
) -> list[str]:
    """Translate greedily."""
    model.eval()
    said = []
    for start in range(0, len(texts), 100):
        batch = tokens(texts[start : start + 100], padding=True, return_tensors="pt")
        ids = model.generate(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            max_new_tokens=CONTEXT - 2,
            do_sample=False,
            num_beams=1,
        )
        said += tokens.batch_decode(ids, skip_special_tokens=True)
    return [text.strip() for text in said]


def report(
    model: MBartForConditionalGeneration, tokens: PreTrainedTokenizerFast
) -> dict[str, float]:
    """Measure BLEU, and the share of translations that are right to the letter."""
    english, german = zip(*pairs("test"), strict=True)
    said = translate(model, tokens, list(english))
    exact = sum(a == b for a, b in zip(said, german, strict=True)) / len(said)
    bleu = sacrebleu.corpus_bleu(said, [list(german)]).score
    return {"bleu": bleu, "exact": exact}


def build(folder: Path) -> tuple[Run, PreTrainedTokenizerFast, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = tokenizer()
    run = Run(PLAN, model(len(tokens)), folder)
    known = pairs("train")
    checked = pairs("validation")[:300]
    validation = [batch_of(checked[i : i + 100], tokens) for i in range(0, 300, 100)]

    def batch(step: int) -> Batch:
        rng = np.random.default_rng([PLAN.seed, step])
        return batch_of([known[i] for i in rng.integers(len(known), size=BATCH)], tokens)

    train(run, batch, functools.partial(mean_loss, run.model, validation))
    return run, tokens, report(run.model, tokens)
