"""Wrong answers to `normal_table` in other words, with the hint due."""

import torch


def normal_table__unscaled(bits, tail=0.9677083):
    """The quantiles as they are.

    Hint: not_scaled
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    return torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values.float()


def normal_table__uniform(bits, tail=0.9677083):
    """Equal steps in the probabilities themselves.

    Hint: equal_distances
    """
    n = 2 ** (bits - 1)
    up = torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1] - 0.5
    dn = 0.5 - torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1]
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return (t / t.max()).float()


def normal_table__mirrored(bits, tail=0.9677083):
    """The negative side has the extra value.

    Hint: more_below
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return (t / t.abs().max()).float()


def normal_table__descending(bits, tail=0.9677083):
    """From high to low.

    Hint: falling
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()]), descending=True).values
    return (t / t.max()).float()


def normal_table__double(bits, tail=0.9677083):
    """Leaves float64.

    Hint: float64
    """
    n = 2 ** (bits - 1)
    up = torch.special.ndtri(torch.linspace(tail, 0.5, n + 1, dtype=torch.double)[:-1])
    dn = -torch.special.ndtri(torch.linspace(tail, 0.5, n, dtype=torch.double)[:-1])
    t = torch.sort(torch.cat([up, dn, torch.zeros(1).double()])).values
    return t / t.max()


def normal_table__plain_quantiles(bits, tail=0.9677083):
    """Quantiles of one grid for all values.

    Hint: none
    """
    p = torch.linspace(1 - tail, tail, 2**bits, dtype=torch.double)
    q = torch.special.ndtri(p)
    return (q / q.max()).float()
