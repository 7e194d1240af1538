"""Where a loss lies: at tokens that the stories have, and at those that they lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.lora.methods import Decoder
    from gradelib.topics.lora.texts import Batch
    from gradelib.topics.lora.training import Run

__all__ = ["LOOKED_THROUGH", "apart", "known", "show_gaps"]

LOOKED_THROUGH = 2000  # stories


def known(decoder: Decoder) -> Tensor:
    """Say for each token of the vocabulary whether a story has it, (vocab,), booleans."""
    import torch

    stories = decoder.texts("stories", "train", LOOKED_THROUGH)
    rows = stories.tokenizer(stories.texts)["input_ids"]
    there = torch.zeros(decoder.model.config.vocab_size, dtype=torch.bool)
    there[torch.tensor([stories.end, *{token for row in rows for token in row}])] = True
    return there


def apart(model: Any, batches: Sequence[Batch], there: Tensor) -> tuple[float, float, float]:
    """Return the mean surprisal at tokens that are there, at all others, and the others' share."""
    import torch

    model.eval()
    sums, counts = [0.0, 0.0], [0, 0]
    for ids, real in batches:
        with torch.no_grad():
            logits = model(ids, real)[:, :-1].transpose(1, 2)  # (text, vocab, token)
        targets = ids[:, 1:]
        nats = torch.nn.functional.cross_entropy(logits, targets, reduction="none")
        for place, which in enumerate((there[targets], ~there[targets])):
            counted = which & real[:, 1:]
            sums[place] += float(nats[counted].sum())
            counts[place] += int(counted.sum())
    one, other = (total / max(count, 1) for total, count in zip(sums, counts, strict=True))
    return one, other, counts[1] / sum(counts)


def show_gaps(decoder: Decoder, runs: Sequence[Run], unchanged: Any) -> None:
    """Show for each run the loss at tokens that stories have, and at those that they lack."""
    there, rows, share = known(decoder), [], 0.0
    for name, model in (("nothing", unchanged), *((run.name, run.model) for run in runs)):
        one, other, share = apart(model, decoder.new, there)
        rows.append((name, f"{one:.2f}", f"{other:.2f}"))
    heads = ("what trains", "tokens that stories have", "tokens that they lack")
    title = f"Nats a token. Of the new texts' tokens {share:.0%} are in none of "
    title += f"{LOOKED_THROUGH:,} stories"
    show_table(dict(zip(heads, zip(*rows, strict=True), strict=True)), title)
