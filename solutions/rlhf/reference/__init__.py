"""Reference answers for notebook 11: their signatures and docstrings become the stubs."""

from solutions.rlhf.reference.advantages import group_advantages, whiten
from solutions.rlhf.reference.choice import best_of_n, best_of_n_kl
from solutions.rlhf.reference.distance import kl_estimates, returns, shaped_reward, token_log_probs
from solutions.rlhf.reference.groups import grpo_loss
from solutions.rlhf.reference.policies import clip_fraction, ppo_loss, reinforce_loss
from solutions.rlhf.reference.rewards import RewardModel, pair_accuracy, preference_loss

__all__ = [
    "RewardModel",
    "best_of_n",
    "best_of_n_kl",
    "clip_fraction",
    "group_advantages",
    "grpo_loss",
    "kl_estimates",
    "pair_accuracy",
    "ppo_loss",
    "preference_loss",
    "reinforce_loss",
    "returns",
    "shaped_reward",
    "token_log_probs",
    "whiten",
]
