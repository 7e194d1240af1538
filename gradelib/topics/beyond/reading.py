"""SmolLM2 as a reader: what it finds likely, what it writes, and how it is adapted by QLoRA."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["INSTRUCTION", "Example", "Reader", "adapt"]

INSTRUCTION = (
    "Answer in a few words, from the passages below. If they do not say it, answer: I do not know."
)
NEW_TOKENS = 24  # of an answer that is written


@dataclass(frozen=True)
class Example:
    """A prompt, and the answer that is to follow."""

    prompt: str
    answer: str


class Reader:
    """A chat model and its tokenizer. A prompt is what the user says; the answer follows."""

    def __init__(self, model: Any, tokenizer: Any, device: str = "cpu") -> None:
        self.model, self.tokenizer, self.device = model.to(device), tokenizer, device

    @classmethod
    def smollm2(cls, device: str = "cpu") -> Reader:
        """Load SmolLM2. Raises NotHere where it has not been fetched."""
        from gradelib.lab import models

        loaded: tuple[Any, Any] = models.load("smollm2")
        return cls(*loaded, device)

    def _chat(self, prompt: str) -> str:
        talk = [{"role": "user", "content": prompt}]
        text: str = self.tokenizer.apply_chat_template(
            talk, tokenize=False, add_generation_prompt=True
        )
        return text

    def batch(self, examples: Sequence[Example], end: bool = False) -> tuple[Tensor, ...]:
        """Return ids, attention mask, and which tokens are the answers'; padded on the right.

        With `end` the token that ends an answer is one of them.

        Shapes:
            returns: (example, token), three times
        """
        import torch

        rows, spans = [], []
        for one in examples:
            start, answer = (
                self.tokenizer(text, add_special_tokens=False)["input_ids"]
                for text in (self._chat(one.prompt), one.answer)
            )
            answer = [*answer, self.tokenizer.eos_token_id] if end else answer
            rows.append([*start, *answer])
            spans.append((len(start), len(start) + len(answer)))
        longest = max(map(len, rows))
        filler = self.tokenizer.pad_token_id or 0
        ids = torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])
        places = torch.arange(longest)
        starts, ends = (torch.tensor(side)[:, None] for side in zip(*spans, strict=True))
        real, mask = places < ends, (places >= starts) & (places < ends)
        return tuple(table.to(self.device) for table in (ids, real, mask))

    def log_probs(
        self, prompt: str, answers: Sequence[str], answer_log_prob: Callable[..., Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Return the log-probability of each answer to a prompt: the sum, and the mean.

        The prompt is read once. Of its logits only the last ones stay, which are about the first
        token of an answer.

        Shapes:
            returns: (answer,) and (answer,)
        """
        import torch

        ids, real, mask = self.batch([Example(prompt, answer) for answer in answers])
        begun = int(mask[0].long().argmax())  # all rows begin with the same prompt
        with torch.no_grad():
            read = self.model(ids[:1, : begun - 1], use_cache=True, logits_to_keep=1)
            cache = read.past_key_values
            cache.batch_repeat_interleave(len(answers))
            rest = self.model(
                ids[:, begun - 1 :], attention_mask=real.long(), past_key_values=cache
            ).logits
            asked = rest, ids[:, begun - 1 :], mask[:, begun - 1 :]
            total, mean = (answer_log_prob(*asked, how) for how in (False, True))
        return total.cpu(), mean.cpu()

    def write(self, prompts: Sequence[str], together: int = 16) -> list[str]:
        """Return what the model answers to each prompt, greedily."""
        import torch

        said: list[str] = []
        for first in range(0, len(prompts), together):
            texts = [self._chat(prompt) for prompt in prompts[first : first + together]]
            rows = [self.tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts]
            longest, filler = max(map(len, rows)), self.tokenizer.pad_token_id or 0
            ids = torch.tensor([[filler] * (longest - len(row)) + row for row in rows])
            real = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows])
            with torch.no_grad():
                out = self.model.generate(
                    input_ids=ids.to(self.device),
                    attention_mask=real.to(self.device),
                    max_new_tokens=NEW_TOKENS,
                    do_sample=False,
                    pad_token_id=filler,
                )
            said += [
                self.tokenizer.decode(row[longest:], skip_special_tokens=True).strip()
                for row in out
            ]
        return said


def adapt(
    reader: Reader,
    examples: Sequence[Example],
    learning: Sequence[Any],
    answer_log_prob: Callable[..., Tensor],
    steps: int,
    rate: float = 5e-4,
    together: int = 2,
    seed: int = 0,
    watch: Callable[[int], None] = lambda done: None,
) -> list[float]:
    """Train the weights that learn on answers, and return the loss of each step, a token's.

    `watch` is told after each step how many are done.
    """
    import torch
    from tqdm.auto import tqdm

    rng, losses = np.random.default_rng(seed), []
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.0)
    orders: list[int] = []
    for step in tqdm(range(1, steps + 1), "QLoRA", leave=False):
        reader.model.train()
        if len(orders) < together:
            orders += rng.permutation(len(examples)).tolist()
        some = [examples[orders.pop()] for _ in range(together)]
        ids, real, mask = reader.batch(some, end=True)
        logits = reader.model(ids, attention_mask=real.long()).logits
        loss = -answer_log_prob(logits, ids, mask, True).mean()
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 5) * (1 - (step - 1) / steps)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        losses.append(loss.item())
        watch(step)
    reader.model.eval()
    return losses
