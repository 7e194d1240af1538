"""What a model says of conversations alone, and in packed blocks: the test for a leak."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

    from gradelib.topics.sft.assistant import Assistant

__all__ = ["WAYS", "losses_packed"]

WAYS = {  # name -> whether the positions, and whether the mask, are those of the conversations
    "alone": None,
    "packed, mask and positions": (True, True),
    "packed, positions only": (True, False),
    "packed, mask only": (False, True),
    "packed, neither": (False, False),
}
OfNumbers = Callable[["Tensor"], "Tensor"]


def losses_packed(
    assistant: Assistant,
    blocks: Sequence[dict[str, Any]],
    packed_positions: OfNumbers,
    packed_mask: OfNumbers,
    sft_loss: Callable[[Tensor, Tensor], Tensor],
) -> dict[str, float]:
    """Return the checkpoint's loss of the answers in blocks, by the way in which it reads them."""
    import torch

    found = {}
    for name, way in WAYS.items():
        total = count = 0.0
        for block in blocks:
            whose = torch.tensor([block["conversation"]])
            ids, learned = torch.tensor([block["ids"]]), torch.tensor([block["mask"]])
            if way is None:
                own = [whose[0] == number for number in whose.unique()]
                each = [assistant.logits(assistant.checkpoint, ids[:, one]) for one in own]
                logits = torch.cat(each, dim=1)
            else:
                positions = packed_positions(whose) if way[0] else None
                mask = packed_mask(whose) if way[1] else None
                logits = assistant.logits(assistant.checkpoint, ids, positions, mask)
            labels = ids.masked_fill(~learned, -100)
            number = int(learned.sum())
            total += number * sft_loss(logits, labels).item()
            count += number
        found[name] = total / count
    return found
