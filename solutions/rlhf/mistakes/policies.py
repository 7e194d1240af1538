"""Sections 11.6 and 11.7: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit
from solutions.rlhf.reference import group_advantages, kl_estimates, ppo_loss

reinforce_loss__other_sign = Edit("-(advantages.detach()", "(advantages.detach()")
"""An optimizer makes a loss smaller. With yours it would make good tokens *less* likely."""

reinforce_loss__whole_batch = Edit("[mask].mean()", ".masked_fill(~mask, 0).mean()")
"""By how many do you divide? Only tokens that the policy wrote count."""

reinforce_loss__no_mask = Edit("[mask].mean()", ".nan_to_num().mean()")
"""The beginning and the padding count in your loss: the policy did not write them."""

reinforce_loss__sum = Edit(".mean()", ".sum()")
"""You return a sum. The mean over tokens is asked for."""

reinforce_loss__through_the_past = Edit("advantages.detach()", "advantages")
"""A gradient goes through your advantages. They are a fact about the past, and a number."""

reinforce_loss__no_advantage = Edit("advantages.detach() * log_probs", "log_probs")
"""Your loss makes each token likelier, good or bad. That is cloning: where is the advantage?"""

reinforce_loss__no_learning = Edit("log_probs)[mask]", "log_probs.detach())[mask]")
"""Nothing can be learned from your loss: through what must the gradient go?"""

reinforce_loss__probabilities = Edit("* log_probs)", "* log_probs.exp())")
"""You weigh probabilities. The *logarithm* of the probability is asked for: its gradient makes up for
rare tokens being drawn rarely."""


def reinforce_loss__mean_of_stories(log_probs: Tensor, advantages: Tensor, mask: Tensor) -> Tensor:
    """You take a mean for each story, and then the mean of those. Here each token counts the same,
    whatever the length of its story."""
    each = -(advantages.detach() * log_probs).masked_fill(~mask, 0).sum(1) / mask.sum(1)
    return each.mean()


def reinforce_loss__sum_of_stories(log_probs: Tensor, advantages: Tensor, mask: Tensor) -> Tensor:
    """You add up each story and take the mean over stories. Divide by the number of tokens."""
    return -(advantages.detach() * log_probs).masked_fill(~mask, 0).sum(1).mean()


ppo_loss__other_sign = Edit("return -torch.minimum", "return torch.minimum")
"""An optimizer makes a loss smaller, and the objective is to become larger."""

ppo_loss__maximum = Edit("torch.minimum", "torch.maximum")
"""You take the larger of the two products. Then clipping never takes a gain away, and there is always
a reason to go further."""

ppo_loss__not_clipped = Edit("ratio.clamp(1 - clip, 1 + clip)", "ratio")
"""Where is the limit? A policy that went far is paid on."""

ppo_loss__clipped_only = Edit(
    "torch.minimum(advantages * ratio, advantages * clipped)", "(advantages * clipped)"
)
"""You use the clipped product alone. A bad token that became much likelier would then have no gradient
either, and nobody would call it back."""

ppo_loss__ratio_upside_down = Edit("(new - old).exp()", "(old - new).exp()")
"""Your ratio is the old probability divided by the new one."""

ppo_loss__difference = Edit("(new - old).exp()", "(1 + new - old)")
"""The ratio of two probabilities is asked for, and you have their logarithms. What undoes a logarithm?"""

ppo_loss__ratio_of_logs = Edit("(new - old).exp()", "new / old")
"""You divide logarithms. The ratio is one of *probabilities*."""

ppo_loss__logs_clipped = Edit(
    "ratio.clamp(1 - clip, 1 + clip)", "(new - old).clamp(-clip, clip).exp()"
)
"""You clip the logarithm of the ratio. The ratio itself is clipped: exp(0.2) is not 1.2."""

ppo_loss__upper_side_only = Edit("ratio.clamp(1 - clip, 1 + clip)", "ratio.clamp(max=1 + clip)")
"""You clip above. A bad token is not to be pushed down without a limit either."""

ppo_loss__clip_ignored = Edit("ratio.clamp(1 - clip, 1 + clip)", "ratio.clamp(0.8, 1.2)")
"""How wide is the clip? It comes in as an argument."""

ppo_loss__whole_batch = Edit("[mask].mean()", ".masked_fill(~mask, 0).mean()")
"""By how many do you divide? Only tokens that the policy wrote count."""

ppo_loss__sum = Edit(".mean()", ".sum()")
"""You return a sum. The mean over tokens is asked for."""

ppo_loss__old_learns = Edit("old, advantages = old.detach(), advantages.detach()\n    ", "")
"""Gradients go through what was known when the tokens were drawn. Only the policy of *now* learns."""

ppo_loss__no_learning = Edit("(new - old).exp()", "(new.detach() - old).exp()")
"""Nothing can be learned from your loss: through what must the gradient go?"""


def ppo_loss__mean_of_stories(new, old, advantages, mask, clip=0.2):
    """You take a mean for each story, and then the mean of those. Here each token counts the same,
    whatever the length of its story."""
    old, advantages = old.detach(), advantages.detach()
    ratio = (new - old).exp()
    better = torch.minimum(advantages * ratio, advantages * ratio.clamp(1 - clip, 1 + clip))
    return -(better.masked_fill(~mask, 0).sum(1) / mask.sum(1)).mean()


clip_fraction__both_signs = Edit(" & (advantages > 0)", "", " & (advantages < 0)", "")
"""You count each ratio beyond the clip. Where the advantage has the other sign, clipping takes nothing
away: see the minimum."""

clip_fraction__signs_swapped = Edit(
    "advantages > 0", "advantages < 0", "(advantages < 0)", "(advantages > 0)"
)
"""Your signs are swapped: a good token is clipped when it has become *likelier*."""

clip_fraction__above_only = Edit("(above | below)", "above")
"""You count good tokens that became likelier. What about bad ones that became less likely?"""

clip_fraction__below_only = Edit("(above | below)", "below")
"""You count bad tokens that became less likely. What about good ones that became likelier?"""

clip_fraction__not_clipped = Edit("(above | below)", "~(above | below)")
"""You return the share that is *not* clipped."""

clip_fraction__whole_batch = Edit("[mask]", ".logical_and(mask)")
"""By how many do you divide? Only tokens that the policy wrote count."""

clip_fraction__no_mask = Edit("[mask]", "")
"""The beginning and the padding count in your share: the policy did not write them."""

clip_fraction__count = Edit(".mean()", ".sum()")
"""You return how many are clipped. The share is asked for."""

clip_fraction__of_the_logs = Edit("ratio = (new - old).exp()", "ratio = 1 + new - old")
"""You compare the logarithm of the ratio with the clip. The ratio itself is what counts."""

clip_fraction__ratio_upside_down = Edit("(new - old)", "(old - new)")
"""Your ratio is the old probability divided by the new one."""

clip_fraction__usual_clip = Edit("1 + clip", "1.2", "1 - clip", "0.8")
"""How wide is the clip? It comes in as an argument."""

ppo_loss__times_the_mask = Edit(
    "return -torch.minimum(advantages * ratio, advantages * clipped)[mask].mean()",
    "better = torch.minimum(advantages * ratio, advantages * clipped)\n"
    "    return -(better * mask).sum() / mask.sum()",
)
"""You multiply by the mask. Where a log-probability outside is minus infinity, that gives NaN, and NaN
times 0 is NaN: choose the tokens that count instead."""
