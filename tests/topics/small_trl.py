"""A tiny GPT-2, a tokenizer for it, and settings under which a trainer of trl computes here."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

__all__ = ["SIZE", "settings", "tiny_gpt2", "tiny_tokenizer"]

SIZE = 30  # of the vocabulary: the end, the filler, and the words w2 to w29


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """Return a tokenizer in which each of a few words is a token."""
    words = {"<end>": 0, "<pad>": 1} | {f"w{number}": number for number in range(2, SIZE)}
    made = Tokenizer(WordLevel(words, unk_token="<end>"))
    made.pre_tokenizer = WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=made, eos_token="<end>", pad_token="<pad>", bos_token="<end>"
    )


def tiny_gpt2(seed: int, kind: Any = GPT2LMHeadModel, **more: Any) -> Any:
    """Return a model with random weights that are large enough for it to have opinions."""
    config = GPT2Config(
        vocab_size=SIZE, n_embd=16, n_layer=2, n_head=2, n_positions=40, resid_pdrop=0.0,
        embd_pdrop=0.0, attn_pdrop=0.0, pad_token_id=1, eos_token_id=0, bos_token_id=0, **more,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = kind(config)
        for weight in model.parameters():
            torch.nn.init.normal_(weight, std=0.3)
    return model


def settings(folder: Path, together: int) -> dict[str, Any]:
    """Return what a trainer is told: where to write, and to compute on the processor."""
    return {
        "output_dir": str(folder),
        "per_device_train_batch_size": together,
        "report_to": "none",
        "use_cpu": True,
        "bf16": False,
        "save_strategy": "no",
        "disable_tqdm": True,
    }
