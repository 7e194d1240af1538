"""Models of GPT-2's kind with random weights, and the course's decoder with the same ones."""

import torch
from transformers import GPT2Config, GPT2LMHeadModel

from gradelib.topics.decoder.weights import gpt2_names
from solutions.decoder.reference import DecoderLM, convert_weights

CLOSE = {"atol": 1e-4, "rtol": 0}
VOCAB = 50


def random_gpt2(layers: int = 3, heads: int = 4, width: int = 32) -> GPT2LMHeadModel:
    """A GPT-2 with random weights that are large enough for it to have opinions."""
    with torch.random.fork_rng():
        torch.manual_seed(layers)
        config = GPT2Config(
            vocab_size=VOCAB,
            n_positions=40,
            n_embd=width,
            n_layer=layers,
            n_head=heads,
            initializer_range=0.3,
            bos_token_id=0,
            eos_token_id=0,
            pad_token_id=0,
        )
        return GPT2LMHeadModel(config).eval()


def ours(theirs: GPT2LMHeadModel) -> DecoderLM:
    config = theirs.config
    sizes = config.vocab_size, config.n_positions, config.n_embd, config.n_head, config.n_layer
    model = DecoderLM(*sizes)
    model.load_state_dict(convert_weights(theirs.state_dict(), gpt2_names(config.n_layer)))
    return model.eval()


def some_ids(*shape: int, seed: int = 0, vocab: int = VOCAB) -> torch.Tensor:
    return torch.randint(vocab, shape, generator=torch.Generator().manual_seed(seed))


def normal(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))
