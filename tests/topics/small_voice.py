"""A language model that takes no time: random weights, and letters for tokens."""

import torch
from transformers import GPT2Config, GPT2LMHeadModel

from gradelib.lab.language_models import LanguageModel

VOCAB = 40


class Letters:
    """A tokenizer whose tokens are letters; 0 ends a text."""

    eos_token_id = 0

    def __call__(self, text, add_special_tokens=False):
        return {"input_ids": [1 + ord(letter) % (VOCAB - 1) for letter in text]}

    def decode(self, ids, skip_special_tokens=False):
        return "".join(chr(64 + number) for number in ids if number)


def small_model() -> GPT2LMHeadModel:
    torch.manual_seed(3)
    sizes = {"n_positions": 300, "n_embd": 24, "n_layer": 2, "n_head": 3}
    config = GPT2Config(
        vocab_size=VOCAB, initializer_range=0.4, bos_token_id=0, eos_token_id=0, **sizes
    )
    return GPT2LMHeadModel(config).eval()


def small_voice() -> LanguageModel:
    """Return the model with its tokenizer; a text begins with the end token."""
    return LanguageModel(small_model(), Letters(), [0])
