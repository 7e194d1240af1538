"""Section 12.3: reference answers."""

import math

from torch import Tensor


def win_rate(first: Tensor, second: Tensor, margin: float = 0.0) -> float:
    """Return how often the first of two writers wins, story by story.

    Column by column, both have gone on from the same beginning. Whose reward is higher
    by *more* than `margin` wins; else it is a tie. A win counts 1, a tie a half.

    Shapes:
        first:   (story,), the rewards of the first writer's stories
        second:  (story,), those of the second writer's
        returns: a float of Python, between 0 and 1

    >>> first = torch.tensor([2.0, 1.0, 0.5, 3.0])
    >>> win_rate(first, torch.tensor([0.0, 1.0, 0.75, 4.0]), margin=0.5)
    0.5
    """
    apart = first - second
    wins, losses = (apart > margin).float(), (apart < -margin).float()
    return ((1 + wins - losses) / 2).mean().item()


def wilson(wins: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval for a share: its lower and its upper end.

    With p = wins / count and n = count, the ends are

        (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n).

    Ties make half wins, so `wins` need not be whole. With z = 1.96 it is an interval of
    95%. It has a width also where p is 0 or 1, and never leaves 0 to 1.

    Source: Wilson (1927).

    >>> low, high = wilson(8, 10)
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    """
    share = wins / count
    centre = share + z**2 / (2 * count)
    half = z * math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    whole = 1 + z**2 / count
    return (centre - half) / whole, (centre + half) / whole


def bootstrap(
    values: Tensor,
    drawn: Tensor,
    level: float = 0.95,
) -> tuple[float, float]:
    """Return the percentile interval of a mean by the bootstrap.

    Each row of `drawn` is a sample of stories, drawn from all of them with replacement:
    the numbers of their places in `values`. Take the mean of each sample. The interval
    holds the middle `level` of these means: as much is left out below as above. Between
    two means it is interpolated in a straight line, as `torch.quantile` does.

    Source: Efron (1979).

    Shapes:
        values:  (story,)
        drawn:   (sample, place), whole numbers
        returns: lower and upper end, floats of Python

    >>> values = torch.tensor([0.0, 1.0, 2.0])
    >>> drawn = torch.tensor([[0, 0, 1], [1, 1, 1], [2, 2, 2], [0, 1, 2], [2, 1, 2]])
    >>> bootstrap(values, drawn, level=0.5)
    (1.0, 1.6666666269302368)
    """
    means = values[drawn].mean(dim=1)
    outside = (1 - level) / 2
    return means.quantile(outside).item(), means.quantile(1 - outside).item()
