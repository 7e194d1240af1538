"""Sections 11.2 and 11.3: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit

preference_loss__other_way = Edit("chosen - rejected", "rejected - chosen")
"""Your loss falls when the *other* story gets the higher reward. Which minus which?"""

preference_loss__not_negative = Edit("-nn.functional", "nn.functional")
"""A logarithm of a probability is negative, and a loss that falls would make the choices less likely.
Which sign has a surprise?"""

preference_loss__sum = Edit(".mean()", ".sum()")
"""You return a sum over the pairs. A mean is asked for, so that large batches weigh no more."""

preference_loss__no_mean = Edit(".mean()", "")
"""You return a number for each pair. One number for all is asked for: their mean."""

preference_loss__probability = Edit(
    "nn.functional.logsigmoid(chosen - rejected)", "(chosen - rejected).sigmoid()"
)
"""You have the probability of each choice. Where is its logarithm?"""

preference_loss__infinite = Edit(
    "nn.functional.logsigmoid(chosen - rejected)", "(chosen - rejected).sigmoid().log()"
)
"""Where the rewards lie 200 apart, σ is 0 in a computer, and its logarithm minus infinity. There is
one function that does both at once."""

preference_loss__difference = Edit(
    "nn.functional.logsigmoid(chosen - rejected)", "(chosen - rejected)"
)
"""Your loss is a difference of rewards: it can be made as low as one likes by making all rewards
larger. Where is σ, and where the logarithm?"""

preference_loss__hinge = Edit(
    "-nn.functional.logsigmoid(chosen - rejected)", "(1 - (chosen - rejected)).clamp(min=0)"
)
"""That is a hinge: a pair that is 1 apart teaches it nothing any more. Here the loss is the surprise
of a probability, and that is never 0."""

preference_loss__corner = Edit(
    "-nn.functional.logsigmoid(chosen - rejected)",
    "((rejected - chosen).relu() + (-(chosen - rejected).abs()).exp().log1p())",
)
"""The number is right, and the gradient is not where both rewards are the same. `abs`, `relu`, `clamp`
have a corner there, and your loss takes a slope from it; the surprise itself has no corner."""

preference_loss__corner__clamped = Edit(
    "-nn.functional.logsigmoid(chosen - rejected)",
    "((rejected - chosen).clamp(min=0) + (-(chosen - rejected).abs()).exp().log1p())",
)


def preference_loss__each_alone(chosen: Tensor, rejected: Tensor) -> Tensor:
    """You take σ of each reward by itself. Only their *difference* says which one is preferred."""
    log = nn.functional.logsigmoid
    return -(log(chosen) + log(-rejected)).mean()


RewardModel__last_place = Edit("hidden[rows, last]", "hidden[:, -1]")
"""In the last column stands padding, where a text is shorter than the longest. Which token is the last
*real* one?"""

RewardModel__first_token = Edit("hidden[rows, last]", "hidden[:, 0]")
"""The first token has seen nothing of the text: in a decoder a vector knows only what stands before
it. Which one knows all?"""

RewardModel__one_too_far = Edit(
    "attention_mask.sum(dim=1) - 1", "attention_mask.sum(dim=1).clamp(max=ids.shape[1] - 1)"
)
"""You read one place too far. The tokens are counted from 0: where is the last of n?"""

RewardModel__mean = Edit(
    "self.head(hidden[rows, last])",
    "self.head((hidden * attention_mask[..., None]).sum(1) / attention_mask.sum(1, keepdim=True))",
)
"""You read the mean of all real tokens. The vector of the last real one is asked for."""

RewardModel__all_tokens_real = Edit(
    "self.body(ids, attention_mask)", "self.body(ids, torch.ones_like(attention_mask))"
)
"""Which tokens are real? You tell the body that all of them are."""

RewardModel__a_column = Edit(".squeeze(-1)", "")
"""The head gives a column. One number for each text is asked for, (batch,)."""

RewardModel__no_batch = Edit(".squeeze(-1)", ".squeeze()")
"""`squeeze` takes away each axis of size 1, that of the batch too if there is one text. Name the
axis."""

RewardModel__squashed = Edit(
    "return self.head(hidden[rows, last]).squeeze(-1)",
    "return self.head(hidden[rows, last]).squeeze(-1).sigmoid()",
)
"""You squash the rewards to between 0 and 1. The loss does that with their difference."""

RewardModel__no_graph = Edit(
    "hidden = self.body(ids, attention_mask)",
    "hidden = self.body(ids, attention_mask).detach()\n        self.head.requires_grad_(False)",
)
"""Nothing can be learned from these rewards: gradients must flow through head and body."""

RewardModel__body_does_not_learn = Edit(
    "hidden = self.body(ids, attention_mask)",
    "hidden = self.body(ids, attention_mask).detach()",
)
"""Only your head can learn: what comes from the body is cut off from its weights. `detach` and `no_grad`
do that. Who wants the body to rest freezes it outside."""

pair_accuracy__ties_count_whole = Edit(
    "(chosen > rejected) + 0.5 * (chosen == rejected)", "(chosen >= rejected).float()"
)
"""You count a pair whose rewards are the same as right. The model has no opinion there."""

pair_accuracy__ties_count_nothing = Edit(
    "(chosen > rejected) + 0.5 * (chosen == rejected)", "(chosen > rejected).float()"
)
"""You count a pair whose rewards are the same as wrong. The model has no opinion there."""

pair_accuracy__other_way = Edit("chosen > rejected", "rejected > chosen")
"""You return the share of pairs that are wrong."""

pair_accuracy__number_of_pairs = Edit("right.mean()", "right.sum()")
"""You return how many pairs are right. The share of them is asked for."""

pair_accuracy__a_tensor = Edit(".item()", "")
"""You return a tensor. A float of Python is asked for."""

pair_accuracy__probability = Edit(
    "(chosen > rejected) + 0.5 * (chosen == rejected)",
    "(chosen - rejected).sigmoid()",
)
"""You return how sure the model is of the choices. How often it is right is asked for: for this only
the order of the two rewards counts."""


def pair_accuracy__above_zero(chosen: Tensor, rejected: Tensor) -> float:
    """You ask whether a reward is above 0. The zero of a reward has no meaning: compare the two of a
    pair."""
    return ((chosen > 0) & (rejected <= 0)).float().mean().item()


def pair_accuracy__ties_left_out(chosen: Tensor, rejected: Tensor) -> float:
    """You leave out pairs whose rewards are the same. They count as half."""
    other = chosen != rejected
    return (chosen > rejected)[other].float().mean().item() if other.any() else 0.5
