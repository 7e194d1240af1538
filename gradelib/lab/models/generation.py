"""Say something with SmolLM2, and turn sentences into vectors with MiniLM. One line each."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab.models.interfaces import Conversation, PretrainedModel, Tokenizer
from gradelib.lab.models.loading import load

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["chat", "embed", "generate_text", "shared"]

LONGEST = 256  # tokens that MiniLM was trained to read


def chat(messages: str | Conversation, **options: Any) -> str:
    """Return SmolLM2's answer to a prompt, or to a conversation, greedily unless told otherwise.

    `options` are those of `generate_text`.

    >>> chat([{"role": "user", "content": "Hello!"}], max_new_tokens=20)
    'Hello! How can I help you today?'
    """
    _, tokenizer = shared("smollm2")
    talk = [{"role": "user", "content": messages}] if isinstance(messages, str) else list(messages)
    prompt = tokenizer.apply_chat_template(talk, tokenize=False, add_generation_prompt=True)
    return generate_text(prompt, **options).strip()


def generate_text(
    prompt: str,
    *,
    name: str = "smollm2",
    max_new_tokens: int = 100,
    temperature: float = 0.0,
    top_p: float = 1.0,
    seed: int = 0,
) -> str:
    """Return what a decoder writes after `prompt`, without it; greedily at temperature 0.

    The global random state of torch stays as it is.
    """
    import torch

    model, tokenizer = shared(name)
    inputs = tokenizer(prompt, return_tensors="pt", add_special_tokens=False)
    options: dict[str, Any] = {"do_sample": False}
    if temperature > 0:
        options = {"do_sample": True, "temperature": temperature, "top_p": top_p, "top_k": 0}
    with torch.no_grad(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        ids = model.generate(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            max_new_tokens=max_new_tokens,
            pad_token_id=tokenizer.pad_token_id,
            **options,
        )  # (1, token)
    return tokenizer.decode(ids[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)


def embed(texts: str | Sequence[str], *, name: str = "minilm", batch: int = 32) -> Tensor:
    """Return a vector of length 1 for each text: the mean over its real tokens, normalised.

    The cosine of two texts is then the product of their vectors. Tokens after the 256th are not
    read. Reimers and Gurevych (2019), section 3.

    Shapes:
        returns: (text, 384)
    """
    import torch

    model, tokenizer = shared(name)
    rows = [texts] if isinstance(texts, str) else list(texts)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))  # little padding
    vectors = torch.empty(len(rows), model.config.hidden_size)
    for start in range(0, len(rows), batch):
        places = order[start : start + batch]
        inputs = tokenizer(
            [rows[i] for i in places],
            padding=True,
            truncation=True,
            max_length=LONGEST,
            return_tensors="pt",
        )
        with torch.no_grad():
            states = model(**inputs).last_hidden_state  # (text, token, feature)
        real = inputs["attention_mask"].unsqueeze(-1)  # (text, token, 1)
        means = (states * real).sum(1) / real.sum(1)  # (text, feature)
        vectors[places] = torch.nn.functional.normalize(means, dim=-1)
    return vectors


@functools.lru_cache(maxsize=2)
def shared(name: str) -> tuple[PretrainedModel, Tokenizer]:
    """Return a model and its tokenizer, loaded once for all who ask: read it, do not change it.

    Raises what `load` raises.
    """
    return load(name)
