"""Section 8.5: reference answers."""

import torch
from torch import Tensor


def normal_table(bits: int, tail: float = 0.9677083) -> Tensor:
    """Return the values of NormalFloat: 2 to the power of `bits` numbers, from -1 to 1.

    Weights are about normally distributed, so the values lie where the quantiles of the
    normal distribution do. Let n be half of 2 to the power of `bits`.

    - Above zero: of n + 1 probabilities at equal distances, from `tail` down to 0.5,
      all but the last, and the quantile of each.
    - Below zero: the same with n probabilities in place of n + 1, and a minus sign.
    - And zero itself, which is exact.

    All are divided by the largest. `torch.special.ndtri` gives the quantile of a
    probability. Compute in float64, and return float32, in rising order.

    Source: Dettmers et al. (2023), section 3; `tail` is that of their code.

    Shapes:
        returns: (2 ** bits,), float32

    >>> normal_table(2)
    tensor([-1.0000,  0.0000,  0.3379,  1.0000])
    """
    half = 2 ** (bits - 1)
    grids = [torch.linspace(tail, 0.5, n, dtype=torch.float64)[:-1] for n in (half + 1, half)]
    above, below = (torch.special.ndtri(grid) for grid in grids)  # the largest first
    table = torch.cat([-below, above.new_zeros(1), above.flip(0)])
    return (table / above[0]).float()


def quantize(weight: Tensor, table: Tensor, block: int) -> tuple[Tensor, Tensor]:
    """Say for each weight which value of a table is nearest, one block at a time.

    The weights are read row by row, `block` of them at a time. How they lie in memory
    makes no difference: who calls may hand over a `weight.T`. The scale of a block is
    the largest absolute value in it. Each weight is divided by the scale of its block,
    and its code is the place in `table` of the value that is nearest then. In a block
    of zeros the scale is 0, and each code that of the value nearest to 0.

    Source: Dettmers et al. (2022), section 2.1.

    Raises:
        ValueError: the number of weights cannot be divided by `block`.

    Shapes:
        weight:  (...)
        table:   (value,), in rising order
        returns: codes (blocks, block), int64, and scales (blocks,)

    >>> quantize(torch.tensor([0.1, -0.5, 4.0, 3.0]), torch.tensor([-1.0, 0.0, 1.0]), 2)
    (tensor([[1, 0],
            [2, 2]]), tensor([0.5000, 4.0000]))
    """
    if weight.numel() % block:
        raise ValueError(f"{weight.numel()} weights cannot be cut into blocks of {block}")
    blocks = weight.reshape(-1, block)
    scales = blocks.abs().amax(dim=1)  # (blocks,)
    shares = blocks / scales.where(scales > 0, 1)[:, None]  # (blocks, block)
    return (shares[..., None] - table).abs().argmin(dim=-1), scales


def dequantize(
    codes: Tensor,
    scales: Tensor,
    table: Tensor,
    shape: tuple[int, ...],
) -> Tensor:
    """Make weights of codes and scales again, as near as they can come.

    A weight is the value that its code stands for in `table`, times the scale of its
    block.

    Shapes:
        codes:   (blocks, block), whole numbers, as `quantize` returns them
        scales:  (blocks,)
        table:   (value,)
        returns: (...), as `shape` says

    >>> codes, scales = torch.tensor([[1, 0], [2, 2]]), torch.tensor([0.5, 4.0])
    >>> dequantize(codes, scales, torch.tensor([-1.0, 0.0, 1.0]), (4,))
    tensor([ 0.0000, -0.5000,  4.0000,  4.0000])
    """
    return (table[codes] * scales[:, None]).reshape(shape)
