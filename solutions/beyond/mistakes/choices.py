"""Sections 12.1 and 12.2: known wrong answers, each with its hint below it."""

from torch import Tensor, nn

from gradelib.author.edits import Edit

answer_log_prob__with_the_prompt = Edit(
    "log_probs.masked_fill(~answers, 0).sum(dim=1)", "log_probs.sum(dim=1)"
)
"""All tokens of the text count in your sum. The prompt and the padding were not written by the
policy: only the tokens of the mask count."""

answer_log_prob__one_late = Edit("mask[:, 1:]", "mask[:, :-1]")
"""Your mask stands one place beside the log-probabilities. In their first column stands that of the
*second* token. Which columns of the mask belong to them?"""

answer_log_prob__not_shifted = Edit("logits[:, :-1].log_softmax", "logits[:, 1:].log_softmax")
"""The logits at a place are about the *next* token. Yours are asked about their own."""

answer_log_prob__always_the_mean = Edit(
    "total / answers.sum(dim=1) if mean else total", "total / answers.sum(dim=1)"
)
"""You return a mean over tokens also where the sum is asked for. DPO needs the log-probability of the
whole answer."""

answer_log_prob__always_the_sum = Edit(
    "return total / answers.sum(dim=1) if mean else total", "return total"
)
"""You return the sum also where a mean is asked for."""

answer_log_prob__mean_of_all_places = Edit("answers.sum(dim=1)", "answers.shape[1]")
"""Your mean divides by the number of all places. By how many tokens has it to be divided?"""

answer_log_prob__other_way_round = Edit("if mean else", "if not mean else")
"""You have sum and mean the other way round."""

answer_log_prob__mean_by_default = Edit("mean: bool = False", "mean: bool = True")
"""If nothing is said of a mean, the sum is meant."""

answer_log_prob__surprise = Edit("return total / answers.sum(dim=1) if mean else total",
                                 "return -(total / answers.sum(dim=1) if mean else total)")  # fmt: skip
"""You return surprisals. A log-probability is never positive."""

answer_log_prob__raw_logits = Edit(".log_softmax(dim=-1)", "")
"""You add up logits. What makes log-probabilities of them?"""

answer_log_prob__probabilities = Edit("log_softmax", "softmax")
"""You add up probabilities. Their logarithms are asked for."""

answer_log_prob__underflow = Edit(".log_softmax(dim=-1)", ".softmax(dim=-1).log()")
"""A probability can be too small to be written down, and the logarithm of 0 is minus infinity. One
function does softmax and logarithm at once."""

answer_log_prob__times_the_mask = Edit(
    "log_probs.masked_fill(~answers, 0)", "(log_probs * answers)"
)
"""0 times minus infinity is not a number. What is hidden must be replaced, not multiplied."""

answer_log_prob__over_places = Edit(".log_softmax(dim=-1)", ".log_softmax(dim=1)")
"""Along which axis do the probabilities sum to 1? Over the vocabulary, not over the places."""

answer_log_prob__detached = Edit("return total / answers.sum(dim=1) if mean else total",
                                 "return (total / answers.sum(dim=1) if mean else total).detach()")  # fmt: skip
"""No gradient flows back from what you return, so that no policy could learn by it."""


implicit_reward__no_beta = Edit(
    "beta * (policy - reference.detach())", "policy - reference.detach()"
)
"""Where is beta? It says how much a nat is worth."""

implicit_reward__swapped = Edit("(policy - reference.detach())", "(reference.detach() - policy)")
"""Your reward is negative where the policy finds an answer likelier than the reference. Which is taken
from which?"""

implicit_reward__divided = Edit("beta * (policy - reference.detach())",
                                "(policy - reference.detach()) / beta")  # fmt: skip
"""A larger beta makes rewards larger. Yours become smaller."""

implicit_reward__ratio = Edit("(policy - reference.detach())", "(policy / reference.detach())")
"""You divide log-probabilities. The logarithm of a ratio is a difference."""

implicit_reward__probability_ratio = Edit(
    "(policy - reference.detach())", "(policy - reference.detach()).exp()"
)
"""Your rewards are never negative: you return a ratio of probabilities. The reward is its logarithm."""

implicit_reward__only_the_policy = Edit("(policy - reference.detach())", "policy")
"""What the reference says changes nothing in your answer. An answer that was likely before is worth
nothing."""

implicit_reward__beta_inside = Edit(
    "beta * (policy - reference.detach())", "policy - beta * reference.detach()"
)
"""Beta stands before the whole difference, not before one side of it."""

implicit_reward__reference_learns = Edit("reference.detach()", "reference")
"""The values are right, but a gradient goes through the reference. It is fixed: `detach` cuts it
off."""

implicit_reward__nothing_learns = Edit(
    "(policy - reference.detach())", "(policy - reference).detach()"
)
"""The values are right, but no gradient goes through the policy, so that it cannot learn."""


dpo_loss__swapped_references = Edit(
    "implicit_reward(chosen, reference_chosen, beta)",
    "implicit_reward(chosen, reference_rejected, beta)",
    "implicit_reward(rejected, reference_rejected, beta)",
    "implicit_reward(rejected, reference_chosen, beta)",
)
"""Each answer is compared with the *same* answer by the reference. Yours are crossed."""

dpo_loss__policy_and_reference_swapped = Edit(
    "implicit_reward(chosen, reference_chosen, beta)",
    "implicit_reward(reference_chosen, chosen, beta)",
    "implicit_reward(rejected, reference_rejected, beta)",
    "implicit_reward(reference_rejected, rejected, beta)",
)
"""Policy and reference are swapped: `implicit_reward` takes the policy first, and only the policy may
learn."""

dpo_loss__wrong_way = Edit("(better - worse)", "(worse - better)")
"""With your loss the rejected answer becomes likelier. Whose reward stands first in the difference?"""

dpo_loss__sum = Edit(".mean()", ".sum()")
"""You add up the surprises of all pairs. The loss is their mean."""

dpo_loss__no_minus = Edit("return -nn", "return nn")
"""An optimizer makes a loss smaller. With which sign?"""

dpo_loss__underflow = Edit(
    "nn.functional.logsigmoid(better - worse)", "(better - worse).sigmoid().log()"
)
"""σ of -200 is 0 in a computer, and its logarithm minus infinity. One function of `torch` has both at
once."""

dpo_loss__corner = Edit(
    "-nn.functional.logsigmoid(better - worse)",
    "((worse - better).relu() + (-(better - worse).abs()).exp().log1p())",
)
"""The number is right, and the gradient is not where both rewards are the same, as before the first
step. `abs`, `relu`, `clamp` have a corner there, and your loss takes a slope from it."""

dpo_loss__corner__clamped = Edit(
    "-nn.functional.logsigmoid(better - worse)",
    "((worse - better).clamp(min=0) + (-(better - worse).abs()).exp().log1p())",
)

dpo_loss__no_logarithm = Edit(
    "nn.functional.logsigmoid(better - worse)", "(better - worse).sigmoid()"
)
"""You return probabilities. The surprise of a choice is the negative *logarithm* of its probability."""

dpo_loss__no_sigmoid = Edit("nn.functional.logsigmoid(better - worse)", "(better - worse)")
"""You return the margin itself. Then there is no end to what can be gained with one pair. What makes
a probability of a difference?"""

dpo_loss__mean_first = Edit(
    "logsigmoid(better - worse).mean()", "logsigmoid((better - worse).mean())"
)
"""You take the mean of the margins first. Each pair has a surprise of its own, and the mean is that of
the surprises."""


def dpo_loss__no_beta(
    chosen: Tensor, rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor,
    beta: float,
) -> Tensor:  # fmt: skip
    """Beta changes nothing in your loss."""
    better, worse = chosen - reference_chosen.detach(), rejected - reference_rejected.detach()
    return -nn.functional.logsigmoid(better - worse).mean()


def dpo_loss__no_reference(
    chosen: Tensor, rejected: Tensor, reference_chosen: Tensor, reference_rejected: Tensor,
    beta: float,
) -> Tensor:  # fmt: skip
    """The reference changes nothing in your loss. What counts is how much likelier an answer has
    become, not how likely it is."""
    return -nn.functional.logsigmoid(beta * (chosen - rejected)).mean()


displaced__rejected_fell = Edit("(chosen < 0)", "(rejected < 0)")
"""You ask whether the *rejected* answer fell. A pair is displaced if it is won although the chosen one
fell."""

displaced__lost_too = Edit("(chosen > rejected) & (chosen < 0)", "(chosen < 0)")
"""Pairs that are lost count in your share. Only those that are won can be displaced."""

displaced__of_the_won = Edit(
    "return ((chosen > rejected) & (chosen < 0)).float().mean().item()",
    "return ((chosen > rejected) & (chosen < 0)).float().sum().item()"
    " / max(1, int((chosen > rejected).sum()))",
)
"""Your share is one of the pairs that are won. The share of *all* pairs is asked for."""

displaced__both_alone = Edit("(chosen > rejected) & (chosen < 0)", "(chosen < 0) & (rejected < 0)")
"""You count pairs of which both answers fell, won or lost. The chosen one must have the higher
reward."""

displaced__ties_too = Edit("chosen > rejected", "chosen >= rejected")
"""A pair with the same reward on both sides is not won."""

displaced__zero_too = Edit("chosen < 0", "chosen <= 0")
"""A reward of exactly 0 has not fallen."""

displaced__either = Edit("(chosen > rejected) & (chosen < 0)", "(chosen > rejected) | (chosen < 0)")
"""Both must be so: the pair is won, *and* the chosen answer fell."""

displaced__won = Edit("(chosen > rejected) & (chosen < 0)", "(chosen > rejected)")
"""You return how many pairs are won. How many of them although the chosen answer fell?"""

displaced__count = Edit(".mean()", ".sum()")
"""You return how many there are. Their share is asked for."""


dpo_loss__underflow__with_a_little = Edit(
    "nn.functional.logsigmoid(better - worse)", "((better - worse).sigmoid() + 1e-8).log()"
)
