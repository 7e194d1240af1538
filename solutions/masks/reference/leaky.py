"""Section 2.7, "Does it leak?": reference answers."""

from collections.abc import Callable

import torch
from torch import Tensor


def sees(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Find out which inputs each output of a model depends on, by gradients.

    Output `q` depends on input `k` if any number of the output at `q` has a gradient
    that is not exactly 0 with respect to any number of the input at `k`. However small
    it is, it counts.

    Shapes:
        model:   maps (key, d_in) to (query, d_out)
        x:       (key, d_in), where to take the gradients; it stays as it is, and asks
                 for none
        returns: (query, key), booleans, True where the output depends on the input

    >>> sees(lambda x: x.cumsum(dim=0), torch.ones(3, 2))
    tensor([[ True, False, False],
            [ True,  True, False],
            [ True,  True,  True]])
    """
    jacobian = torch.autograd.functional.jacobian(model, x)  # (query, d_out, key, d_in)
    return (jacobian != 0).any(dim=3).any(dim=1)


def leaks(
    model: Callable[[Tensor], Tensor],
    x: Tensor,
    mask: Tensor,
) -> list[tuple[int, int]]:
    """List what a model sees though its mask forbids it, as pairs (query, key).

    The pairs are sorted, by query and then by key. A model that keeps to its mask has
    none. That it does not look at something that it may look at is no leak. Use `sees`.

    Shapes:
        model: maps (key, d_in) to (query, d_out)
        x:     (key, d_in)
        mask:  (query, key), booleans, True for "may look"

    >>> leaks(lambda x: x.flip(0), torch.ones(3, 2), torch.ones(3, 3).tril().bool())
    [(0, 2)]
    """
    found = (sees(model, x) & ~mask).nonzero()
    return [(query, key) for query, key in found.tolist()]
