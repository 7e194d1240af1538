"""QLoRA from end to end on SmolLM2: it learns to answer beside the right passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gradelib.topics.beyond.qlora import inject, merged, size_of
from gradelib.topics.beyond.reading import INSTRUCTION, Example, adapt

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.beyond.library import Library
    from gradelib.topics.beyond.reading import Reader

__all__ = ["ALPHA", "LIMIT", "RANK", "held_out", "in_four_bits", "lessons", "loss_on"]

LIMIT = 190  # words of passages in a prompt
RANK, ALPHA = 8, 16
EVERY = 8  # of so many questions one is held out
FEW = 6  # questions that are held out, of which the notebook's own run is told the loss


def held_out(library: Library) -> list[int]:
    """Return every eighth of the questions that a page answers: these are not learned from."""
    return _asked(library)[::EVERY]


def lessons(
    library: Library, build_prompt: Callable[..., str], numbers: Sequence[int] | None = None
) -> list[Example]:
    """Return questions beside the right passage, and their answers: all but those held out."""
    if numbers is None:
        numbers = [n for place, n in enumerate(_asked(library)) if place % EVERY]
    return [
        Example(
            build_prompt(INSTRUCTION, library.asked[number], [library.evidence(number)], LIMIT),
            str(library.questions[number]["answer"]),
        )
        for number in numbers
    ]


def loss_on(
    reader: Reader,
    examples: Sequence[Example],
    answer_log_prob: Callable[..., Tensor],
    together: int = 2,
) -> float:
    """Return the loss of a token of an answer, in nats: each answer's mean, and the mean of these.

    The token that ends an answer is one of its tokens.
    """
    import torch

    means: list[float] = []
    reader.model.eval()
    for first in range(0, len(examples), together):
        ids, real, mask = reader.batch(examples[first : first + together], end=True)
        with torch.no_grad():
            logits = reader.model(ids, attention_mask=real.long()).logits
            means += answer_log_prob(logits, ids, mask, True).tolist()
    return -sum(means) / len(means)


def in_four_bits(
    reader: Reader,
    library: Library,
    answer_log_prob: Callable[..., Tensor],
    build_prompt: Callable[..., str],
    steps: int,
) -> dict[str, list[object]]:
    """Quantize SmolLM2, adapt it for some steps to questions beside the right passage, and merge.

    The loss is that of six questions that are held out. Returns a table.
    """
    import torch

    tests = lessons(library, build_prompt, held_out(library)[:FEW])
    columns: dict[str, list[object]] = {"SmolLM2": [], "loss a token": [], "megabytes": []}

    def note(name: str) -> None:
        columns["SmolLM2"].append(name)
        columns["loss a token"].append(f"{loss_on(reader, tests, answer_log_prob):.3f}")
        columns["megabytes"].append(f"{size_of(reader.model)[0] / 1e6:.0f}")

    note("as it is, in float32")
    torch.manual_seed(0)
    learning = inject(reader.model, RANK, ALPHA)
    note("four bits in its blocks")
    if steps:
        adapt(reader, lessons(library, build_prompt), learning, answer_log_prob, steps)
        note(f"after {steps} steps")
    merged(reader.model)
    note("merged")
    return columns


def _asked(library: Library) -> list[int]:
    return [number for number, page in enumerate(library.right.tolist()) if page >= 0]
