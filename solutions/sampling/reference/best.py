"""Section 6.1, "The best token, every time": reference answers."""

from collections.abc import Callable

import torch
from torch import Tensor


def greedy(logits: Tensor) -> Tensor:
    """Return the id of the most likely token in each row.

    If several tokens of a row share the highest logit, it is the one with the least id.

    Shapes:
        logits:  (row, token)
        returns: (row,), whole numbers (int64)

    >>> greedy(torch.tensor([[0.1, 2.0, 0.3], [1.5, 0.2, 0.1]]))
    tensor([1, 0])
    """
    return logits.argmax(dim=1)


def generate(
    next_logits: Callable[[Tensor], Tensor],
    ids: Tensor,
    choose: Callable[[Tensor, Tensor], Tensor],
    max_new: int,
    end: int,
) -> Tensor:
    """Continue each row of `ids`, token by token, and return all ids, old and new.

    In every round `next_logits(ids)` gives the logits of the next token for all rows,
    and `choose(logits, ids)` makes one token a row of them. Both get the ids as they
    are by then. A row is finished once it has chosen `end`. The other rows go on, and
    the finished row is filled up with `end`, whatever is chosen for it. It all stops as
    soon as every row is finished, and after `max_new` rounds at the latest. An `end`
    among the ids at the beginning does not count.

    Shapes:
        next_logits: maps ids (row, length) to logits (row, token)
        choose:      maps logits (row, token) and ids (row, length) to tokens (row,)
        ids:         (row, position)
        returns:     (row, position + new), where new is at most max_new

    >>> count_up = lambda ids: torch.eye(9)[(ids[:, -1] + 1) % 9]
    >>> choose = lambda logits, ids: logits.argmax(dim=-1)
    >>> generate(count_up, torch.tensor([[1, 2], [4, 5]]), choose, max_new=4, end=7)
    tensor([[1, 2, 3, 4, 5, 6],
            [4, 5, 6, 7, 7, 7]])
    """
    finished = ids.new_zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)  # (row,)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)  # (row, one position more)
        finished = tokens == end  # a finished row says nothing else
        if finished.all():
            break
    return ids


def repetition_rate(ids: list[int], window: int) -> float:
    """Return the share of tokens that stand among the `window` tokens before them.

    The first tokens have fewer tokens before them; the very first one has none, and so
    it never repeats anything. Every token counts, and for no tokens at all the rate is
    0.0.

    Source: the measure rep/l of Welleck et al. (2020), here for the tokens of a text.

    >>> repetition_rate([5, 6, 5, 5, 7, 8, 6], window=3)  # the third and the fourth
    0.2857142857142857
    """
    repeated = [token in ids[max(0, place - window) : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0
