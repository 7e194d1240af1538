"""Section 6.6, "Draft and verify": reference answers."""

import torch
from torch import Tensor


def residual(target: Tensor, draft: Tensor) -> Tensor:
    """Return, row by row, the distribution from which a rejected token is drawn again.

    Where `target` has more than `draft` it is the difference of the two, and elsewhere
    it is zero. Then each row is divided by its sum. If a row of `target` has more
    nowhere, the two are equal, and the row that is returned is that of `target`.

    Source: Leviathan, Kalman and Matias (2023), section 2.3.

    Shapes:
        target, draft: (row, token), probabilities
        returns:       (row, token), each row sums to one

    >>> residual(torch.tensor([[0.5, 0.3, 0.2]]), torch.tensor([[0.2, 0.2, 0.6]]))
    tensor([[0.7500, 0.2500, 0.0000]])
    """
    more = (target - draft).clamp(min=0)
    total = more.sum(dim=1, keepdim=True)  # (row, 1)
    return torch.where(total > 0, more / total, target)


def speculative_step(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Accept or replace one drafted token a row; the result is drawn from `target`.

    The token of each row was drawn from that row of `draft`. It is accepted with
    probability min(1, t / d), where t is its probability in `target` and d its
    probability in `draft`. If it is not accepted, another token takes its place, drawn
    from `residual`. The rows are independent, and all randomness comes from
    `generator`.

    Source: Leviathan, Kalman and Matias (2023), section 2.3; Chen et al. (2023).

    Shapes:
        tokens:        (row,)
        draft, target: (row, token), probabilities
        returns:       (row,), the tokens (int64); and (row,), bool: was it accepted

    >>> draft, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1.0, 0.0]])
    >>> speculative_step(torch.tensor([1]), draft, target, torch.Generator())
    (tensor([0]), tensor([False]))
    """
    drafted = tokens.unsqueeze(1)  # (row, 1)
    chance = (target.gather(1, drafted) / draft.gather(1, drafted)).squeeze(1)  # (row,)
    accepted = torch.bernoulli(chance.clamp(max=1), generator=generator).bool()
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_block(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """Return the new tokens that several drafted tokens in a row lead to: at least one.

    The tokens are taken by `speculative_step`, from the first position on, as long as
    the drafted ones are accepted. The first one that is not accepted is replaced, and
    what was drafted after it is thrown away, since it was meant to follow another
    token. If all are accepted, one more token is drawn from the last row of `target`:
    it is for the position after the drafted ones.

    Source: Leviathan, Kalman and Matias (2023), algorithm 1.

    Shapes:
        tokens:  (position,)
        draft:   (position, token), probabilities
        target:  (position + 1, token), probabilities
        returns: (new,), whole numbers (int64); new is at least 1 and at most
                 position + 1

    >>> sure = torch.eye(4)  # row i is sure of token i
    >>> dice = torch.Generator().manual_seed(0)
    >>> speculative_block(torch.tensor([2, 3]), sure[[2, 3]], sure[[2, 3, 1]], dice)
    tensor([2, 3, 1])
    >>> speculative_block(torch.tensor([2, 3]), sure[[2, 3]], sure[[0, 3, 1]], dice)
    tensor([0])
    """
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)  # (position,)
    agreed = [*accepted.tolist(), False].index(False)  # how many before the first rejection
    if agreed < len(accepted):
        return taken[: agreed + 1]
    return torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])
