"""Reference answers for notebook 11: their signatures and docstrings become the stubs."""

import math

import torch
from torch import Tensor, nn


def preference_loss(chosen: Tensor, rejected: Tensor) -> Tensor:
    """Return how surprising choices are to a reward model: a mean over pairs, in nats.

    The model believes that somebody prefers the first of two stories with probability
    σ(reward of the first - reward of the second), where σ is the logistic function. The
    surprise of a choice is the negative logarithm of the probability of what was
    chosen. It must be right, and no infinity, also where two rewards lie 200 apart.

    Source: Bradley and Terry (1952).

    Shapes:
        chosen:   (pair,), the rewards of what was chosen
        rejected: (pair,), the rewards of the others
        returns:  (), a number with gradients

    >>> preference_loss(torch.tensor([2.0, 0.0]), torch.tensor([0.0, 0.0]))
    tensor(0.4100)
    """
    return -nn.functional.logsigmoid(chosen - rejected).mean()


class RewardModel(nn.Module):
    """A body that was trained to predict words, and a head that rates each text."""

    def __init__(self, body: nn.Module, d_model: int) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, 1)

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the reward of each text.

        `self.body(ids, attention_mask)` makes a vector of each token. Each of them
        knows only the tokens up to its own, so the head reads the vector of the last
        real token. Padding stands on the right, and each text has a real token.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch,)
        """
        hidden = self.body(ids, attention_mask)  # (batch, token, d_model)
        last = attention_mask.sum(dim=1) - 1  # (batch,)
        rows = torch.arange(len(ids), device=ids.device)
        return self.head(hidden[rows, last]).squeeze(-1)


def pair_accuracy(chosen: Tensor, rejected: Tensor) -> float:
    """Return the share of pairs in which the one that was chosen has the higher reward.

    Where both have the same reward, the model has no opinion: that counts as half.

    Shapes:
        chosen:   (pair,)
        rejected: (pair,)
        returns:  a float of Python, between 0 and 1

    >>> chosen = torch.tensor([2.0, 1.0, 0.0, 0.5])
    >>> pair_accuracy(chosen, rejected=torch.tensor([1.0, 1.0, 3.0, 0.0]))
    0.625
    """
    right = (chosen > rejected) + 0.5 * (chosen == rejected)
    return right.mean().item()


def token_log_probs(logits: Tensor, ids: Tensor, temperature: float) -> Tensor:
    """Return the log-probability of each token of a text but the first.

    The logits at a place are about the *next* token. They are divided by the
    temperature at which the text was drawn, so that these are the log-probabilities
    of the distribution from which it came.

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


def whiten(values: Tensor, mask: Tensor) -> Tensor:
    """Shift and stretch values so that their mean is 0 and their variance 1.

    Mean and variance are those of all values of the batch together where `mask` is
    True; the variance is the mean of the squared distances from the mean. Each value
    less the mean is divided by the square root of the variance plus 1e-8. Where `mask`
    is False stands 0, whatever stood there.

    Shapes:
        values:  (batch, token)
        mask:    (batch, token), booleans; at least one is True
        returns: (batch, token)

    >>> whiten(torch.tensor([[1.0, 3.0, 9.0]]), torch.tensor([[True, True, False]]))
    tensor([[-1.,  1.,  0.]])
    """
    real = values[mask]
    spread = (real.var(correction=0) + 1e-8).sqrt()
    return ((values - real.mean()) / spread).masked_fill(~mask, 0)


def group_advantages(scores: Tensor) -> Tensor:
    """Say of each story how much better it is than the others of the same beginning.

    That is its score less the mean of its group, divided by the standard deviation of
    the group plus 1e-4. The variance of a group is the mean of its squared distances
    from the mean. A group whose stories all have the same score teaches nothing: 0.

    Source: Shao and others (2024), *DeepSeekMath*, section 4.1.

    Shapes:
        scores:  (group, story): each row has the stories of one beginning
        returns: (group, story)

    >>> group_advantages(torch.tensor([[1.0, 3.0], [2.0, 2.0]]))
    tensor([[-0.9999,  0.9999],
            [ 0.0000,  0.0000]])
    """
    apart = scores - scores.mean(dim=1, keepdim=True)
    return apart / (scores.std(dim=1, correction=0, keepdim=True) + 1e-4)


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
    loss is the negative mean of this over all tokens of the batch where `mask` is True.
    Gradients go only through `new`.

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


def grpo_loss(
    new: Tensor,
    old: Tensor,
    reference: Tensor,
    scores: Tensor,
    mask: Tensor,
    weight: float,
) -> Tensor:
    """Return GRPO's loss: PPO's with the advantages of groups, and the distance.

    Each token of a story has the story's advantage in its group, as `group_advantages`
    says it. To `ppo_loss` with its usual clip comes `weight` times the mean k3 of
    `kl_estimates`, between `new` and `reference`, over all tokens where `mask` is True.

    Source: Shao and others (2024), equation 3, with one mean over all tokens.

    Shapes:
        new:       (story, token), log-probabilities now, with gradients
        old:       (story, token), log-probabilities when the tokens were drawn
        reference: (story, token), log-probabilities of the reference
        scores:    (group, member); row by row in the order of the stories
        mask:      (story, token), booleans; at least one is True
        returns:   ()
    """
    advantages = group_advantages(scores).flatten()[:, None].expand_as(new)
    distance = kl_estimates(new, reference)[2][mask].mean()
    return ppo_loss(new, old, advantages, mask) + weight * distance


def best_of_n(scores: Tensor, n: int) -> Tensor:
    """Choose the best of the first n stories of each beginning, and say which it is.

    If several have the highest score, the first of them is taken.

    Shapes:
        scores:  (beginning, story), with at least n stories
        returns: (beginning,), int64: the numbers of the columns

    >>> best_of_n(torch.tensor([[0.0, 2.0, 1.0, 9.0], [3.0, 3.0, 1.0, 0.0]]), n=3)
    tensor([1, 0])
    """
    return scores[:, :n].argmax(dim=1)


def best_of_n_kl(n: int) -> float:
    """Return how far the best of n stories is from a single one: their KL, in nats.

    It is log n - (n - 1) / n, if no two stories have the same score.

    >>> round(best_of_n_kl(4), 4)
    0.6363
    """
    return math.log(n) - (n - 1) / n
