"""Wrong answers to `reinforce_loss` in other words, with the hint due."""

import torch


def reinforce_loss__ascent(log_probs, advantages, mask):
    """Forgets the minus.

    Hint: other_sign
    """
    return (log_probs * advantages.detach())[mask].mean()


def reinforce_loss__mean_of_all(log_probs, advantages, mask):
    """Divides by all places.

    Hint: whole_batch
    """
    return -torch.where(mask, log_probs * advantages.detach(), 0.0).mean()


def reinforce_loss__added(log_probs, advantages, mask):
    """Adds up.

    Hint: sum
    """
    return -torch.where(mask, log_probs * advantages.detach(), 0.0).sum()


def reinforce_loss__not_detached(log_probs, advantages, mask):
    """Lets gradients into the advantages.

    Hint: through_the_past
    """
    return -(log_probs[mask] * advantages[mask]).mean()


def reinforce_loss__by_story(log_probs, advantages, mask):
    """A mean for each story first.

    Hint: mean_of_stories
    """
    x = torch.where(mask, log_probs * advantages.detach(), 0.0)
    return -torch.stack([row.sum() / m.sum() for row, m in zip(x, mask)]).mean()


def reinforce_loss__likelihood(log_probs, advantages, mask):
    """Clones all tokens.

    Hint: no_advantage
    """
    return -log_probs[mask].mean()


def reinforce_loss__probs(log_probs, advantages, mask):
    """Uses probabilities.

    Hint: probabilities
    """
    return -(advantages.detach()[mask] * torch.exp(log_probs[mask])).mean()


def reinforce_loss__log_limited(log_probs, advantages, mask):
    """Lets no log-probability go below -20.

    Hint: none
    """
    return -(advantages.detach() * log_probs.clamp(min=-20))[mask].mean()


def reinforce_loss__advantages_limited(log_probs, advantages, mask):
    """Lets no advantage go beyond 10.

    Hint: none
    """
    return -(advantages.detach().clamp(-10, 10) * log_probs)[mask].mean()
