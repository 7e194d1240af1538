"""Numbers on which two right ways to compute cannot part, whatever the processor does with them.

Two right sums of the same numbers differ in their last bits. Where a choice hangs on such a sum
(the likeliest token, the border of a nucleus) it is compared only where it is clear, or both sides
get the very same numbers from a table.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import GenerationMixin, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import CausalLMOutput

ROUNDING = 1e-4  # relative: float32 sums of 2,000 probabilities are closer than this


def clear_rows(name: str, logits: Tensor, number: float) -> Tensor:
    """Say in which rows no token lies at the border of a warper: (row, token) -> (row,).

    Temperature and top-k compute nothing that could be rounded in two ways before they cut.
    """
    probabilities = logits.double().softmax(dim=1)
    if name == "top-p":
        measured = probabilities.sort().values.cumsum(dim=1)[:, :-1]  # the likeliest stays anyway
        border = torch.full((len(logits), 1), 1 - number)
    elif name == "min-p":
        measured = probabilities.sort().values[:, :-1]
        border = number * probabilities.amax(dim=1, keepdim=True)
    else:
        return torch.ones(len(logits), dtype=torch.bool)
    near = (measured - border).abs() <= ROUNDING * border
    return ~(near & (border > 0)).any(dim=1)


def clearly_likeliest(logits: Tensor, least: float = 1e-3) -> Tensor:
    """Return the likeliest token of each row, and make sure that no other one is as good as it."""
    first, second = logits.topk(2, dim=-1).values.unbind(dim=-1)
    assert (first - second).min() > least, "two tokens are as good as equal: take other inputs"
    return logits.argmax(dim=-1)


class TableModel(PreTrainedModel, GenerationMixin):
    """A language model of `transformers` that looks its logits up: by the last two ids.

    Whoever asks, and for however many rows at once, gets the same bits.
    """

    config_class = PretrainedConfig

    def __init__(self, table: Tensor, end: int) -> None:
        ends = {"bos_token_id": end, "eos_token_id": end, "pad_token_id": end}
        super().__init__(PretrainedConfig(vocab_size=len(table), use_cache=False, **ends))
        self.table = nn.Parameter(table, requires_grad=False)  # (before, last, token)

    def forward(self, input_ids: Tensor, **_: Any) -> CausalLMOutput:
        before = torch.cat([input_ids[:, :1], input_ids[:, :-1]], dim=1)
        return CausalLMOutput(logits=self.table[before, input_ids])
