"""Sections 12.1 and 12.2: reference answers."""

from torch import Tensor, nn


def answer_log_prob(
    logits: Tensor,
    ids: Tensor,
    mask: Tensor,
    mean: bool = False,
) -> Tensor:
    """Return the log-probability of the answer in each text, in nats.

    A text is a prompt, an answer behind it, and padding. `mask` says which tokens are
    the answer's. The logits at a place are about the *next* token. The log-probability
    of an answer is the sum of those of its tokens; what the prompt costs, and the
    padding, does not count. With `mean` it is the mean of its tokens instead, so that
    answers of different lengths can be compared.

    Shapes:
        logits:  (batch, token, vocab)
        ids:     (batch, token)
        mask:    (batch, token), booleans; in each row at least one is True, and the
                 first is False, since nothing predicts the first token
        returns: (batch,), with gradients

    >>> logits = torch.tensor([[[0.0, 2.0], [1.0, 1.0], [5.0, 0.0], [0.0, 0.0]]])
    >>> ids = torch.tensor([[0, 1, 0, 0]])
    >>> mask = torch.tensor([[False, False, True, True]])
    >>> answer_log_prob(logits, ids, mask)  # -0.6931 - 0.0067
    tensor([-0.6999])
    >>> answer_log_prob(logits, ids, mask, mean=True)
    tensor([-0.3499])
    """
    log_probs = logits[:, :-1].log_softmax(dim=-1)  # (batch, token - 1, vocab)
    log_probs = log_probs.gather(-1, ids[:, 1:, None]).squeeze(-1)
    answers = mask[:, 1:]
    total = log_probs.masked_fill(~answers, 0).sum(dim=1)
    return total / answers.sum(dim=1) if mean else total


def implicit_reward(policy: Tensor, reference: Tensor, beta: float) -> Tensor:
    """Return the reward under which the policy would be the best there is.

    It is `beta` times how much likelier the policy finds an answer than the reference
    does: beta · (log π - log ρ). `policy` and `reference` are log-probabilities of
    whole answers. The reference is fixed: no gradient goes through it.

    Source: Rafailov and others (2023), equation 5, without the term of the prompt.

    Shapes:
        policy:    (answer,), with gradients
        reference: (answer,)
        returns:   (answer,)

    >>> implicit_reward(torch.tensor([-20.0]), torch.tensor([-26.0]), beta=0.5)
    tensor([3.])
    """
    return beta * (policy - reference.detach())


def dpo_loss(
    chosen: Tensor,
    rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
) -> Tensor:
    """Return the loss of direct preference optimization: a mean over pairs, in nats.

    It is the surprise of the choices, -log σ(r_chosen - r_rejected), where r is the
    `implicit_reward` of an answer. All tensors are log-probabilities of whole answers:
    the policy's, and then the reference's. It must be right, and no infinity, also
    where two rewards lie 200 apart. Its gradients must be right too, also before the
    first step, where all rewards are 0.

    Source: Rafailov and others (2023), equation 7.

    Shapes:
        chosen:             (pair,), by the policy, with gradients
        rejected:           (pair,), by the policy, with gradients
        reference_chosen:   (pair,)
        reference_rejected: (pair,)
        returns:            ()

    >>> one = lambda value: torch.tensor([value])
    >>> dpo_loss(one(-20.0), one(-31.0), one(-22.0), one(-30.0), beta=0.1)
    tensor(0.5544)
    """
    better = implicit_reward(chosen, reference_chosen, beta)
    worse = implicit_reward(rejected, reference_rejected, beta)
    return -nn.functional.logsigmoid(better - worse).mean()


def displaced(chosen: Tensor, rejected: Tensor) -> float:
    """Return the share of pairs that are won although the chosen answer fell.

    `chosen` and `rejected` are implicit rewards. A pair is displaced if the chosen
    answer has the higher reward, and yet a reward below 0: the policy finds it less
    likely than the reference did. Then the rejected one has fallen even further.

    Shapes:
        chosen:   (pair,)
        rejected: (pair,)
        returns:  a float of Python, between 0 and 1

    >>> chosen = torch.tensor([1.0, -1.0, -3.0, -2.0])
    >>> displaced(chosen, rejected=torch.tensor([-1.0, -4.0, -2.0, -2.0]))
    0.25
    """
    return ((chosen > rejected) & (chosen < 0)).float().mean().item()
