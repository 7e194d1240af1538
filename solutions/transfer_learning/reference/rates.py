"""Section 7.5: reference answers."""

import re
from typing import Any

from torch import nn


def depth_of(name: str, layers: int) -> int:
    """Say how many steps below the head a weight is, by its name.

    A weight of the head, whose name begins with "head.", whatever follows, is 0 steps
    below it. Any other weight with "layer.n." in its name, for a number n, is in layer
    n; the last layer, number `layers` - 1, is 1 step below the head, the one before it
    2, and so on. All else is below the first layer: there are the embeddings.

    >>> [depth_of(f"body.encoder.layer.{n}.output.dense.bias", 4) for n in (3, 2, 0)]
    [1, 2, 4]
    >>> depth_of("head.weight", 4), depth_of("body.embeddings.LayerNorm.weight", 4)
    (0, 5)
    """
    if name.startswith("head."):
        return 0
    found = re.search(r"layer\.(\d+)\.", name)
    return layers - int(found[1]) if found else layers + 1


def layer_rates(
    model: nn.Module,
    layers: int,
    rate: float,
    decay: float,
) -> list[dict[str, Any]]:
    """Give each weight a learning rate: the deeper it lies, the lower.

    A weight of the head gets `rate`. With each step below the head, as `depth_of`
    counts them, the rate is multiplied by `decay`. What comes back is what an optimizer
    of PyTorch takes in place of a list of weights: groups, each a dictionary with the
    weights of the group as "params", a list, and their learning rate as "lr". Each
    weight that trains is in one group, once, also where two modules share it. One that
    is frozen is in none.

    Source: Howard and Ruder (2018), section 3.2.

    >>> model = nn.Module()
    >>> model.head = nn.Linear(2, 3, bias=False)
    >>> groups = layer_rates(model, layers=4, rate=0.1, decay=0.5)
    >>> [(len(group["params"]), group["lr"]) for group in groups]
    [(1, 0.1)]
    """
    return [
        {"params": [weight], "lr": rate * decay ** depth_of(name, layers)}
        for name, weight in model.named_parameters()
        if weight.requires_grad
    ]
