"""Notebook 11: the reference agrees with closed forms and with `transformers`."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
import torch
from torch import nn
from torch.distributions import Categorical, kl_divergence
from transformers import AutoModelForSequenceClassification, GPT2Config, GPT2LMHeadModel

from solutions.rlhf.reference import (
    RewardModel,
    best_of_n_kl,
    clip_fraction,
    grpo_loss,
    kl_estimates,
    ppo_loss,
    preference_loss,
    reinforce_loss,
    token_log_probs,
    whiten,
)


def luck(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def two_policies(size: int = 5, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    logits = torch.randn(2, size, generator=luck(seed), dtype=torch.float64)
    return logits[0].log_softmax(0), logits[1].log_softmax(0)


# --- closed forms --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_k1_and_k3_are_unbiased_over_a_whole_vocabulary_and_k2_is_not(seed):
    policy, other = two_policies(seed=seed)
    true = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    means = [(policy.exp() * k).sum().item() for k in kl_estimates(policy, other)]
    assert means[0] == pytest.approx(true)
    assert means[2] == pytest.approx(true)
    assert means[1] != pytest.approx(true, rel=1e-3)
    assert all((k >= 0).all() for k in kl_estimates(policy, other)[1:])


def test_k2_is_nearly_right_for_policies_that_are_near():
    policy, _ = two_policies()
    step = 1e-3 * torch.randn(5, generator=luck(1), dtype=torch.float64)
    other = (policy + step).log_softmax(0)
    true = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    assert (policy.exp() * kl_estimates(policy, other)[1]).sum().item() == pytest.approx(true, 1e-2)


def test_over_all_texts_of_three_tokens_the_sum_of_k1_is_the_distance_of_the_texts():
    policy, other = two_policies(3)
    mean = total = 0.0
    for text in itertools.product(range(3), repeat=3):
        ids = torch.tensor(text)
        share = policy[ids].sum().exp().item()
        mean += share * kl_estimates(policy[ids], other[ids])[0].sum().item()
        total += share
    assert total == pytest.approx(1)
    one = kl_divergence(Categorical(logits=policy), Categorical(logits=other)).item()
    assert mean == pytest.approx(3 * one)


def test_log_probabilities_without_their_temperature_give_a_negative_distance():
    """What quiz_negative says: drawn at 0.7 and asked about at 1."""
    logits = torch.tensor([3.0, 1.0, 0.0, -1.0], dtype=torch.float64)
    cold = (logits / 0.7).softmax(0)
    moved = logits * 1.02  # a policy that has hardly gone anywhere
    wrong = (cold * (moved.log_softmax(0) - (1.05 * logits).log_softmax(0))).sum()
    assert wrong < 0


def test_the_gradient_of_reinforce_is_that_of_the_expected_advantage():
    """By enumeration: the mean over all tokens of its gradient is the exact gradient."""
    better = torch.randn(5, generator=luck(2), dtype=torch.float64)
    logits = torch.randn(5, generator=luck(3), dtype=torch.float64).requires_grad_()
    exact = torch.autograd.grad((logits.softmax(0) * better).sum(), logits)[0]
    mean = torch.zeros(5, dtype=torch.float64)
    mask = torch.ones(1, 1, dtype=torch.bool)
    for token in range(5):
        log_probs = logits.log_softmax(0)[token].view(1, 1)
        loss = reinforce_loss(log_probs, better[token].view(1, 1), mask)
        (gradient,) = torch.autograd.grad(loss, logits)
        mean -= logits.softmax(0)[token].detach() * gradient
    assert torch.allclose(mean, exact)


def test_at_the_first_step_ppo_and_reinforce_have_the_same_gradient_and_whitened_loss_is_zero():
    old, mask = -torch.rand(3, 7, generator=luck()), torch.ones(3, 7, dtype=torch.bool)
    better = whiten(torch.randn(3, 7, generator=luck(1)), mask)
    found = []
    for loss_of in (lambda new: ppo_loss(new, old, better, mask),
                    lambda new: reinforce_loss(new, better, mask)):  # fmt: skip
        new = old.clone().requires_grad_()
        loss = loss_of(new)
        found.append((loss.item(), torch.autograd.grad(loss, new)[0]))
    assert found[0][0] == pytest.approx(0, abs=1e-6)
    assert torch.allclose(found[0][1], found[1][1])
    assert found[0][1].norm() > 0.1


def test_the_clip_fraction_is_the_share_of_tokens_without_a_gradient():
    old = -torch.rand(4, 50, generator=luck()) - 0.5
    new = (old + 0.4 * torch.randn(4, 50, generator=luck(1))).requires_grad_()
    better, mask = torch.randn(4, 50, generator=luck(2)), torch.ones(4, 50, dtype=torch.bool)
    (gradient,) = torch.autograd.grad(ppo_loss(new, old, better, mask), new)
    share = clip_fraction(new.detach(), old, better, mask)
    assert 0.1 < share < 0.9
    assert (gradient == 0).float().mean().item() == pytest.approx(share)


def test_a_group_of_equal_scores_teaches_nothing_but_to_stay_near():
    old, mask = -torch.rand(4, 6, generator=luck()), torch.ones(4, 6, dtype=torch.bool)
    new = old.clone().requires_grad_()
    loss = grpo_loss(new, old, old, torch.full((1, 4), 2.0), mask, weight=0.5)
    (gradient,) = torch.autograd.grad(loss, new)
    assert loss.item() == 0
    assert gradient.abs().max() < 1e-6


@pytest.mark.parametrize("n", [2, 3, 8])
def test_the_distance_of_the_best_of_n_by_enumeration(n):
    """Many stories of equal chance, no two with the same score: the formula, nearly."""
    count = 2000
    ranks = np.arange(1, count + 1)
    best = (ranks / count) ** n - ((ranks - 1) / count) ** n
    exact = float((best * np.log(best * count)).sum())
    assert best_of_n_kl(n) == pytest.approx(exact, abs=2e-3)


def test_where_scores_are_equal_the_formula_is_an_upper_bound():
    """Two stories of chance a half and the best of four: worked out over all sixteen draws."""
    draws = Counter(max(four) for four in itertools.product((0, 1), repeat=4))
    best = [draws[score] / 16 for score in (0, 1)]
    assert sum(p * math.log(p / 0.5) for p in best) < best_of_n_kl(4)


def test_log_probs_are_those_of_transformers_loss():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = GPT2Config(vocab_size=30, n_embd=16, n_layer=2, n_head=2, n_positions=20)
        model = GPT2LMHeadModel(config).eval()
    ids = torch.randint(30, (3, 9), generator=luck())
    with torch.no_grad():
        told = model(ids, labels=ids)
    found = token_log_probs(told.logits, ids, 1.0)
    assert -found.mean().item() == pytest.approx(told.loss.item(), rel=1e-5)


def test_a_reward_model_reads_where_that_of_transformers_reads():
    with torch.random.fork_rng():
        torch.manual_seed(1)
        config = GPT2Config(
            vocab_size=30, n_embd=16, n_layer=2, n_head=2, n_positions=20, num_labels=1,
            pad_token_id=0,
        )  # fmt: skip
        theirs = AutoModelForSequenceClassification.from_config(config).eval()

    class Body(nn.Module):
        def forward(self, ids, mask):
            return theirs.transformer(ids, attention_mask=mask.long())[0]

    ours = RewardModel(Body(), 16)
    with torch.no_grad():
        ours.head.weight.copy_(theirs.score.weight)
        ours.head.bias.zero_()
    ids = torch.randint(1, 30, (3, 8), generator=luck())
    mask = torch.arange(8) < torch.tensor([8, 3, 5])[:, None]
    ids = ids.masked_fill(~mask, 0)
    with torch.no_grad():
        expected = theirs(ids, attention_mask=mask.long()).logits[:, 0]
        assert torch.allclose(ours(ids, mask), expected, atol=1e-5)


def test_a_reward_has_no_zero():
    chosen, rejected = torch.randn(2, 8, generator=luck())
    assert torch.allclose(
        preference_loss(chosen + 5, rejected + 5), preference_loss(chosen, rejected), atol=1e-6
    )
