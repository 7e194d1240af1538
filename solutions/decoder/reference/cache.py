"""Section 3.7, "Do not compute twice": reference answers."""

from collections.abc import Callable

import torch
from torch import Tensor

from solutions.decoder.reference.model import DecoderLM


class KVCache:
    """Keep keys and values of the tokens that a layer has seen, to make none twice.

    Source: Shazeer (2019), section 2.4.

    >>> cache = KVCache()
    >>> keys, values = cache.extend(torch.ones(1, 2, 3, 4), torch.ones(1, 2, 3, 4))
    >>> keys, values = cache.extend(torch.ones(1, 2, 1, 4), torch.ones(1, 2, 1, 4))
    >>> keys.shape, cache.length
    (torch.Size([1, 2, 4, 4]), 4)
    """

    def __init__(self) -> None:
        self.keys: Tensor | None = None  # later (batch, heads, token, d_head)
        self.values: Tensor | None = None

    @property
    def length(self) -> int:
        """How many tokens are kept: 0 at first."""
        return 0 if self.keys is None else self.keys.shape[2]

    def extend(self, keys: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        """Keep keys and values of new tokens, and return those of all tokens so far.

        The new tokens come after those that are kept already. What is handed in stays
        unchanged.

        Shapes:
            keys:    (batch, heads, token, d_head)
            values:  (batch, heads, token, d_value)
            returns: (batch, heads, length, d_head) and (batch, heads, length, d_value)
        """
        if self.keys is not None:
            keys = torch.cat([self.keys, keys], dim=2)  # (batch, heads, length, d_head)
            values = torch.cat([self.values, values], dim=2)
        self.keys, self.values = keys, values
        return keys, values


@torch.no_grad()
def generate_cached(
    model: DecoderLM, ids: Tensor, max_new: int, choose: Callable[[Tensor], Tensor]
) -> Tensor:
    """Write `max_new` more tokens for each row of `ids`, and read each id only once.

    It returns what `generate` returns. But there is a new `KVCache` for each of
    `model.blocks`, and the model is called with ids *and* caches: `model(unread,
    caches)`. In the first round it reads all of `ids`, and in each later round only the
    tokens that were chosen in the round before. It is called `max_new` times.

    Shapes:
        model:   maps ids (batch, length) and caches to logits (batch, length, vocab)
        choose:  maps logits (batch, vocab) to ids (batch,)
        ids:     (batch, token)
        returns: (batch, token + max_new)
    """
    caches, unread = [KVCache() for _ in model.blocks], ids
    for _ in range(max_new):
        unread = choose(model(unread, caches)[:, -1]).unsqueeze(1)  # (batch, 1)
        ids = torch.cat([ids, unread], dim=1)
    return ids
