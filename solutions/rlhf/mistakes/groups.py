"""Section 11.8: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.rlhf.reference import group_advantages, kl_estimates, ppo_loss

grpo_loss__scores_themselves = Edit("group_advantages(scores)", "scores")
"""You use scores as they are. What makes advantages of the scores of a group?"""

grpo_loss__k1 = Edit("kl_estimates(new, reference)[2]", "kl_estimates(new, reference)[0]")
"""You use k1 for the distance. Its gradient, as a loss, does not lead back to the reference: here it is
k3."""

grpo_loss__k2 = Edit("kl_estimates(new, reference)[2]", "kl_estimates(new, reference)[1]")
"""You use k2 for the distance. GRPO has k3."""

grpo_loss__from_the_old = Edit("kl_estimates(new, reference)", "kl_estimates(new, old)")
"""You measure how far the policy is from what it was when the stories were drawn. From whom shall it not
go far?"""

grpo_loss__sides_swapped = Edit("kl_estimates(new, reference)", "kl_estimates(reference, new)")
"""The two sides of your distance are swapped: who has drawn the tokens?"""

grpo_loss__distance_paid = Edit("+ weight * distance", "- weight * distance")
"""Your loss becomes smaller the further the policy goes."""

grpo_loss__no_weight = Edit("+ weight * distance", "+ distance")
"""How much does the distance cost? Use `weight`."""

grpo_loss__no_distance = Edit(" + weight * distance", "")
"""Where is the distance from the reference?"""

grpo_loss__distance_everywhere = Edit("[2][mask].mean()", "[2].mean()")
"""The distance at the beginning and at the padding counts in your loss: the policy did not write
them."""

grpo_loss__summed_distance = Edit("[2][mask].mean()", "[2][mask].sum()")
"""You add up the distance of all tokens. Take its mean."""

grpo_loss__wrong_order = Edit(
    "group_advantages(scores).flatten()", "group_advantages(scores).T.flatten()"
)
"""Whose advantage stands beside whose story? The stories lie group after group."""

grpo_loss__no_learning = Edit(
    "kl_estimates(new, reference)", "kl_estimates(new.detach(), reference)"
)
"""Your distance has no gradient: it costs something, and nothing can be done about it."""

grpo_loss__times_the_mask = Edit(
    "[2][mask].mean()", "[2]\n    distance = (distance * mask).sum() / mask.sum()"
)
"""You multiply the distance by the mask. Where a log-probability outside is minus infinity, that gives
NaN, and NaN times 0 is NaN: choose the tokens that count instead."""
