"""Section 11.4: reference answers."""

from torch import Tensor


def token_log_probs(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    """Return the log-probability of each token of a text but the first.

    The logits at a place are about the *next* token. They are divided by the
    temperature at which the text was drawn, so that these are the log-probabilities
    of the distribution from which it came. Of texts of one token nothing is left: what
    is returned has no columns then. Gradients flow through the whole of them to
    `logits`.

    Shapes:
        logits:  (batch, token, vocab)
        ids:     (batch, token)
        returns: (batch, token - 1): in column t that of the token in column t + 1

    >>> logits = torch.tensor([[[0.0, 2.0], [0.0, 0.0], [5.0, 1.0]]])
    >>> token_log_probs(logits, torch.tensor([[0, 1, 0]]), temperature=2.0)
    tensor([[-0.3133, -0.6931]])
    """
    log_probs = (logits[:, :-1] / temperature).log_softmax(dim=-1)
    return log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)


def kl_estimates(policy: Tensor, reference: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Estimate at each token how far the policy is from the reference, in three ways.

    `policy` and `reference` are log-probabilities of the same tokens, which the policy
    has drawn. With d = reference - policy at a token, the estimates are

    - k1 = -d,
    - k2 = d² / 2,
    - k3 = exp(d) - 1 - d.

    They can be part of a loss: gradients flow through all three to `policy`.

    Source: Schulman (2020), *Approximating KL Divergence*.

    Shapes:
        policy:    (...)
        reference: (...)
        returns:   k1 (...), k2 (...) and k3 (...)

    >>> kl_estimates(torch.tensor([0.5]).log(), torch.tensor([0.25]).log())
    (tensor([0.6931]), tensor([0.2402]), tensor([0.1931]))
    """
    apart = reference - policy
    return -apart, apart**2 / 2, apart.exp() - 1 - apart


def shaped_reward(
    scores: Tensor,
    policy: Tensor,
    reference: Tensor,
    mask: Tensor,
    weight: float,
) -> Tensor:
    """Spread the reward of a story over its tokens, less what the distance costs.

    Each token that the policy wrote costs `weight` times its k1 of `kl_estimates`. The
    last of them also gets the score of the whole story. Where `mask` is False stands 0.
    Each story has a token that the policy wrote; those tokens stand side by side.

    Source: Ziegler and others (2019), equation 2.

    Shapes:
        scores:    (batch,)
        policy:    (batch, token), log-probabilities
        reference: (batch, token), log-probabilities of the same tokens
        mask:      (batch, token), booleans, True where the policy wrote the token
        returns:   (batch, token)

    >>> policy = torch.tensor([[-1.0, -2.0, -3.0]])
    >>> reference = torch.tensor([[-2.0, -2.0, -9.0]])
    >>> mask = torch.tensor([[True, True, False]])
    >>> shaped_reward(torch.tensor([5.0]), policy, reference, mask, weight=0.1)
    tensor([[-0.1000,  5.0000,  0.0000]])
    """
    cost = weight * (policy - reference)
    left = mask.flip(1).cumsum(dim=1).flip(1)  # how many are written from here on
    return (scores[:, None] * (left == 1) - cost).masked_fill(~mask, 0)


def returns(rewards: Tensor) -> Tensor:
    """Return at each token the sum of its own reward and of all that come after it.

    Shapes:
        rewards: (batch, token)
        returns: (batch, token)

    >>> returns(torch.tensor([[1.0, 0.0, 5.0]]))
    tensor([[6., 5., 5.]])
    """
    return rewards.flip(1).cumsum(dim=1).flip(1)
