"""Section 8.3: reference answers."""

import torch
from torch import Tensor, nn


class Adapter(nn.Module):
    """A bottleneck behind a layer: a few numbers, bend, up again, and a bypass.

    Source: Houlsby et al. (2019), section 2.1.
    """

    def __init__(self, d_model: int, bottleneck: int) -> None:
        """Make `self.down`, to `bottleneck` numbers, and `self.up`, back to `d_model`.

        Both are linear layers with a bias. `self.up` begins with zeros, its bias too.
        """
        super().__init__()
        self.down = nn.Linear(d_model, bottleneck)
        self.up = nn.Linear(bottleneck, d_model)
        nn.init.zeros_(self.up.weight)
        nn.init.zeros_(self.up.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`, and to it added: `self.up` of the GELU of `self.down` of `x`.

        The GELU is the exact one, which `nn.functional.gelu` is by itself. What was
        handed in, `x` itself, stays as it is.

        Shapes:
            x:       (..., d_model)
            returns: (..., d_model)
        """
        return x + self.up(nn.functional.gelu(self.down(x)))


def prepend_prompt(
    prompt: Tensor, vectors: Tensor, attention_mask: Tensor
) -> tuple[Tensor, Tensor]:
    """Put the vectors of a soft prompt before those of each text.

    Each text of the batch gets the same prompt. The prompt is no padding, so the mask
    gets longer too.

    Source: Lester et al. (2021), section 2.

    Shapes:
        prompt:         (length, d_model)
        vectors:        (batch, token, d_model), of the tokens of each text
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, length + token, d_model) and (batch, length + token)
    """
    batch, length = len(vectors), len(prompt)
    repeated = prompt.expand(batch, -1, -1)  # (batch, length, d_model)
    real = attention_mask.new_ones(batch, length)
    return torch.cat([repeated, vectors], dim=1), torch.cat([real, attention_mask], dim=1)


class PromptEncoder(nn.Module):
    """A soft prompt that comes out of a small network, and can be kept without it.

    Source: Liu et al. (2021), section 3.2, with an MLP for its LSTM.
    """

    def __init__(self, length: int, d_model: int, d_hidden: int) -> None:
        super().__init__()
        self.table = nn.Embedding(length, d_model)
        self.up = nn.Linear(d_model, d_hidden)
        self.middle = nn.Linear(d_hidden, d_hidden)
        self.down = nn.Linear(d_hidden, d_model)

    def forward(self) -> Tensor:
        """Return the prompt: all rows of the table, each changed by the network.

        A row goes through `self.up`, `self.middle` and `self.down`, with a ReLU behind
        each of the first two. While it trains, the prompt is another after each step.

        Shapes:
            returns: (length, d_model)
        """
        hidden = self.up(self.table.weight).relu()  # (length, d_hidden)
        return self.down(self.middle(hidden).relu())


def prefix_pairs(prefix: Tensor, heads: int, batch: int) -> list[tuple[Tensor, Tensor]]:
    """Return keys and values of a prefix for the cache: a pair for each layer.

    `prefix` has for each layer the keys of all its places, and then the values. Each of
    these vectors is cut into `heads` equal slices, the first for the first head, as in
    `split_heads` of notebook 3. Each text of the batch gets the same. Gradients flow
    back to `prefix`.

    Source: Li and Liang (2021), section 4.2.

    Shapes:
        prefix:  (layer, 2, length, d_model)
        returns: a list of pairs, keys and values, each
                 (batch, heads, length, d_model / heads)

    >>> pairs = prefix_pairs(torch.zeros(5, 2, 3, 8), heads=4, batch=6)
    >>> len(pairs), pairs[0][0].shape
    (5, torch.Size([6, 4, 3, 2]))
    """
    length = prefix.shape[2]
    split = prefix.unflatten(-1, (heads, -1)).transpose(2, 3)  # (layer, 2, heads, length, d_head)
    shape = batch, heads, length, split.shape[-1]
    return [(keys.expand(shape), values.expand(shape)) for keys, values in split]
