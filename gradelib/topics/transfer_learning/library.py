"""The same fine-tuning by `datasets` and the `Trainer` of transformers, step by step."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradelib.lab.models import ModelError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.topics.transfer_learning.texts import Sentences

__all__ = ["NoAccelerate", "as_dataset", "losses_of_trainer", "losses_of_yours"]

RATE = 5e-4
LONGEST = 1.0  # of the gradients


class NoAccelerate(ModelError):
    """The `Trainer` needs a package that is not installed. The message says which."""


def as_dataset(sentences: Sentences) -> Any:
    """Return sentences as a `datasets.Dataset` of ids, with their labels."""
    from datasets import Dataset
    from datasets.utils import disable_progress_bars

    disable_progress_bars()
    rows = Dataset.from_dict({"text": sentences.texts, "labels": sentences.labels.tolist()})

    def cut(batch: dict[str, list[str]]) -> Any:
        return sentences.tokenizer(batch["text"], truncation=True)

    return rows.map(cut, batched=True, remove_columns=["text"])


def losses_of_trainer(
    model: torch.nn.Module, sentences: Sentences, steps: int, size: int = 16
) -> list[float]:
    """Return the loss at each step of a `Trainer` that reads the sentences in their order.

    Raises NoAccelerate where the package that it trains with is missing.
    """
    import torch
    from transformers import DataCollatorWithPadding, Trainer, TrainingArguments
    from transformers.utils.import_utils import is_accelerate_available

    if not is_accelerate_available():
        raise NoAccelerate("the Trainer needs one more package: run `pip install accelerate`")

    class InOrder(Trainer):
        def _get_train_sampler(self, *_: Any) -> Any:
            texts: Any = self.train_dataset
            return torch.utils.data.SequentialSampler(texts)

        def log(self, logs: dict[str, float], *_: Any) -> None:
            seen.extend([logs["loss"]] if "loss" in logs else [])

    seen: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        how = TrainingArguments(
            folder, max_steps=steps, per_device_train_batch_size=size, learning_rate=RATE,
            lr_scheduler_type="constant", max_grad_norm=LONGEST, weight_decay=0.0,
            logging_steps=1, save_strategy="no", report_to="none", disable_tqdm=True,
            use_cpu=True, remove_unused_columns=False,
        )  # fmt: skip
        InOrder(
            model=_with_loss(model), args=how, train_dataset=as_dataset(sentences),
            data_collator=DataCollatorWithPadding(sentences.tokenizer),
        ).train()  # fmt: skip
    return seen


def _with_loss(model: torch.nn.Module) -> torch.nn.Module:
    """Return a model as the `Trainer` calls it: by keywords, and with its loss."""
    import torch

    class WithLoss(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self, input_ids: Tensor, attention_mask: Tensor, labels: Tensor, **_: Any
        ) -> dict[str, Tensor]:
            logits = self.model(input_ids, attention_mask.bool())
            return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}

    return WithLoss()


def losses_of_yours(
    model: torch.nn.Module,
    sentences: Sentences,
    train_step: Callable[..., float],
    steps: int,
    size: int = 16,
) -> list[float]:
    """Return the loss at each step of a student's, with the same optimizer and the same texts."""
    import torch

    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.0)
    losses = []
    for start in range(0, steps * size, size):
        ids, mask = sentences.ids(sentences.texts[start : start + size])
        batch = ids, mask, sentences.labels[start : start + size]
        losses.append(train_step(model, batch, optimizer, LONGEST))
    return losses
