"""Sections 11.6 and 11.7: reference answers."""

import torch
from torch import Tensor


def reinforce_loss(log_probs: Tensor, advantages: Tensor, mask: Tensor) -> Tensor:
    """Return a loss whose gradient makes good tokens likelier, bad ones less likely.

    It is the mean of -advantage · log-probability over all tokens of the batch where
    `mask` is True. An advantage is a fact about the past: no gradient goes through it.

    Source: Williams (1992).

    Shapes:
        log_probs:  (batch, token), with gradients
        advantages: (batch, token)
        mask:       (batch, token), booleans; at least one is True
        returns:    ()

    >>> log_probs = torch.tensor([[-1.0, -2.0]])
    >>> advantages = torch.tensor([[3.0, -1.0]])
    >>> reinforce_loss(log_probs, advantages, torch.tensor([[True, True]]))
    tensor(0.5000)
    """
    return -(advantages.detach() * log_probs)[mask].mean()


def ppo_loss(
    new: Tensor,
    old: Tensor,
    advantages: Tensor,
    mask: Tensor,
    clip: float = 0.2,
) -> Tensor:
    """Return PPO's clipped loss: no token is paid for going further than `clip`.

    The ratio of a token is its probability now, divided by its probability when it was
    drawn. The objective of a token is the smaller of two products: advantage times
    ratio, and advantage times the ratio clipped to between 1 - clip and 1 + clip. The
    loss is the negative mean of this over all tokens of the batch where `mask` is True;
    what stands elsewhere does not count, be it minus infinity. Gradients go only
    through `new`.

    Source: Schulman and others (2017), equation 7.

    Shapes:
        new:        (batch, token), log-probabilities now, with gradients
        old:        (batch, token), log-probabilities when the tokens were drawn
        advantages: (batch, token)
        mask:       (batch, token), booleans; at least one is True
        returns:    ()

    >>> new, old = torch.tensor([[0.6, 0.1]]).log(), torch.tensor([[0.3, 0.2]]).log()
    >>> mask = torch.tensor([[True, True]])
    >>> ppo_loss(new, old, torch.tensor([[1.0, -1.0]]), mask)  # -(1.2 - 0.8) / 2
    tensor(-0.2000)
    """
    old, advantages = old.detach(), advantages.detach()
    ratio = (new - old).exp()
    clipped = ratio.clamp(1 - clip, 1 + clip)
    return -torch.minimum(advantages * ratio, advantages * clipped)[mask].mean()


def clip_fraction(
    new: Tensor,
    old: Tensor,
    advantages: Tensor,
    mask: Tensor,
    clip: float = 0.2,
) -> float:
    """Return the share of tokens from which PPO's clipping takes the gradient.

    These are the tokens whose ratio is above 1 + clip where the advantage is positive,
    or below 1 - clip where it is negative. Only tokens where `mask` is True count.

    Shapes:
        new, old, advantages, mask: (batch, token), as in `ppo_loss`
        returns: a float of Python, between 0 and 1

    >>> new, old = torch.tensor([[0.6, 0.1]]).log(), torch.tensor([[0.3, 0.2]]).log()
    >>> mask = torch.tensor([[True, True]])
    >>> clip_fraction(new, old, torch.tensor([[1.0, 1.0]]), mask)
    0.5
    """
    ratio = (new - old).exp()
    above = (ratio > 1 + clip) & (advantages > 0)
    below = (ratio < 1 - clip) & (advantages < 0)
    return (above | below)[mask].float().mean().item()
