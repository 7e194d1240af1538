"""A decoder of transformers goes on from beginnings, token by token: GPT-2 alone.

It calls the model's own layers. What they have said of earlier tokens is kept in one place, to
which each step adds a column. Beginnings that are asked for several times are read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["go_on"]

FULL = 0.8  # where fewer of the rows still go on, the others are thrown out


class Memory:
    """Keys and values of all layers. Beginnings stand on the right of their first columns."""

    def __init__(self, model: Any, starts: Sequence[Sequence[int]], columns: int) -> None:
        import torch

        self.model, config = model, model.config
        self.wide = max(map(len, starts))
        size = (config.n_layer, len(starts), config.n_head, columns, config.n_embd // config.n_head)
        device = model.device
        self.keys, self.values = (torch.empty(size, device=device) for _ in range(2))
        lengths = torch.tensor([len(start) for start in starts], device=device)
        self.real = torch.arange(columns, device=device) >= self.wide - lengths[:, None]
        self.done = 0  # columns that are filled

    def read(self, ids: Tensor) -> Tensor:
        """Return the logits of the next token of each row, (row, vocab), of some tokens more."""
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        body, (rows, count) = self.model.transformer, ids.shape
        last = self.done + count
        positions = (self.real[:, :last].cumsum(1) - 1).clamp(min=0)[:, self.done :]
        back = torch.ones(last, last, dtype=torch.bool, device=ids.device).tril()[self.done :]
        itself = torch.eye(last, dtype=torch.bool, device=ids.device)[self.done :]
        visible = (self.real[:, None, :last] & back | itself)[:, None]  # (row, 1, token, column)
        x = body.wte(ids) + body.wpe(positions)
        for layer, block in enumerate(body.h):
            made = block.attn.c_attn(block.ln_1(x)).view(rows, count, 3, -1, self.keys.shape[-1])
            asked, *new = made.permute(2, 0, 3, 1, 4)  # each (row, head, token, d_head)
            for side, some in zip((self.keys, self.values), new, strict=True):
                side[layer, :, :, self.done : last] = some
            seen, said = (side[layer, :, :, :last] for side in (self.keys, self.values))
            mixed = scaled_dot_product_attention(asked, seen, said, attn_mask=visible)
            x = x + block.attn.c_proj(mixed.transpose(1, 2).flatten(2))
            x = x + block.mlp(block.ln_2(x))
        self.done = last
        logits: Tensor = self.model.lm_head(body.ln_f(x[:, -1]))
        return logits

    def choose(self, rows: Tensor) -> None:
        """Keep some rows, in this order; one may come several times."""
        import torch

        whole, self.real = (self.keys, self.values), self.real[rows]
        size = (len(whole[0]), len(rows), *whole[0].shape[2:])
        self.keys, self.values = (torch.empty(size, device=rows.device) for _ in whole)
        for new, old in zip((self.keys, self.values), whole, strict=True):
            new[:, :, :, : self.done] = old[:, rows, :, : self.done]


def go_on(
    model: Any,
    starts: Sequence[Sequence[int]],
    end: int,
    longest: int,
    temperature: float,
    luck: torch.Generator,
) -> list[list[int]]:
    """Return rows of ids: each beginning, and what is drawn after it, to `end` or to `longest`."""
    import torch

    rows = [list(start) for start in starts]
    once = list(dict.fromkeys(map(tuple, rows)))
    places = torch.tensor([once.index(tuple(row)) for row in rows], device=model.device)
    wide, alive = max(map(len, once)), torch.arange(len(rows))
    with torch.inference_mode():
        memory = Memory(model, once, wide + longest - min(map(len, once)))
        padded = torch.tensor([[end] * (wide - len(start)) + list(start) for start in once])
        logits = memory.read(padded.to(model.device))[places]
        memory.choose(places)
        held = alive  # the stories whose rows are computed
        while len(alive) and max(len(rows[one]) for one in alive.tolist()) < longest:
            chances = (logits[torch.isin(held, alive)] / temperature).softmax(1)
            drawn = torch.multinomial(chances, 1, generator=luck)[:, 0].tolist()
            for one, number in zip(alive.tolist(), drawn, strict=True):
                rows[one].append(number)
            alive = torch.tensor([one for one in alive.tolist() if rows[one][-1] != end]).long()
            if len(alive) < FULL * len(held):
                memory.choose(torch.isin(held, alive).nonzero()[:, 0].to(model.device))
                held = alive
            if len(alive):
                last = [[rows[one][-1]] for one in held.tolist()]
                logits = memory.read(torch.tensor(last, device=model.device))
    return rows
