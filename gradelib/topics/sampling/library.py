"""The same by the library transformers: its logits processors, its beams, its `generate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab import when_ready

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel

__all__ = ["compare_beams", "compare_processors", "library_says"]

STEPS: dict[str, tuple[str, float, bool]] = {  # function -> its class there, a number, asks for ids
    "temperature": ("TemperatureLogitsWarper", 0.7, False),
    "top_k": ("TopKLogitsWarper", 10, False),
    "top_p": ("TopPLogitsWarper", 0.9, False),
    "min_p": ("MinPLogitsWarper", 0.1, False),
    "repetition_penalty": ("RepetitionPenaltyLogitsProcessor", 1.3, True),
    "no_repeat_ngram": ("NoRepeatNGramLogitsProcessor", 2, True),
}


def library_says(voice: LanguageModel, ids: Tensor, max_new: int, **how: Any) -> Any:
    """Let the library's `generate` continue rows of ids, under its own names of the settings."""
    import torch

    given = {"attention_mask": torch.ones_like(ids), "pad_token_id": voice.end}
    settings = {"do_sample": False} | given | how
    return voice.model.generate(ids, max_new_tokens=max_new, **settings)


def compare_beams(
    mine: Sequence[tuple[float, list[int]]],
    voice: LanguageModel,
    prompts: Tensor,
    max_new: int,
    **how: Any,
) -> None:
    """Say for each prompt whether the library's beams find the same ids, and with which score."""
    report = {"return_dict_in_generate": True, "output_scores": True}
    theirs = library_says(voice, prompts, max_new, **how, **report)
    scores = theirs.sequences_scores.tolist()
    for (score, ids), row, other in zip(mine, theirs.sequences.tolist(), scores, strict=True):
        same = row[: len(ids)] == ids
        print(f"same ids: {same}   your score: {score:.5f}   its score: {other:.5f}")


def compare_processors(logits: Tensor, ids: Tensor, **functions: Callable[..., Tensor]) -> None:
    """Say in how many rows each function leaves the logits that its counterpart there leaves.

    Shapes:
        logits: (row, token)
        ids:    (row, position)
    """
    import torch
    import transformers

    for name, function in functions.items():
        counterpart, number, asks = STEPS[name]
        with when_ready(f"The line for {name}"):
            mine = function(logits, ids, number) if asks else function(logits, number)
            theirs = getattr(transformers, counterpart)(number)(ids, logits)
            same = sum(torch.allclose(a, b) for a, b in zip(mine, theirs, strict=True))
            print(f"{name + ' ' + str(number):24} as in the library: {same} of {len(theirs)} rows")
