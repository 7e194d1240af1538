"""Section 11.4: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

token_log_probs__no_temperature = Edit("(logits[:, :-1] / temperature)", "logits[:, :-1]")
"""From which distribution was the text drawn? Without the temperature these are the log-probabilities
of another one."""

token_log_probs__times_temperature = Edit("/ temperature", "* temperature")
"""A high temperature makes the distribution flatter. Yours makes it sharper."""

token_log_probs__after_the_softmax = Edit(
    "(logits[:, :-1] / temperature).log_softmax(dim=-1)",
    "logits[:, :-1].log_softmax(dim=-1) / temperature",
)
"""You divide log-probabilities by the temperature: then they belong to no distribution that sums to 1.
What is divided, and when?"""

token_log_probs__not_shifted = Edit("logits[:, :-1]", "logits[:, 1:]")
"""The logits at a place are about the *next* token. Yours are asked about their own."""

token_log_probs__same_place = Edit("logits[:, :-1]", "logits", "ids[:, 1:, None]", "ids[..., None]")
"""The logits at a place are about the *next* token. Nothing predicts the first, and the last logits
predict nothing that is there."""

token_log_probs__probabilities = Edit("log_softmax", "softmax")
"""You return probabilities. Their logarithms are asked for."""

token_log_probs__raw_logits = Edit(".log_softmax(dim=-1)", "")
"""You return logits. What makes log-probabilities of them?"""

token_log_probs__over_places = Edit("dim=-1)\n", "dim=1)\n")
"""Along which axis do the probabilities sum to 1? Over the vocabulary, not over the places."""

token_log_probs__negative = Edit("return log_probs.gather", "return -log_probs.gather")
"""You return surprisals. A log-probability is never positive."""

token_log_probs__underflow = Edit(".log_softmax(dim=-1)", ".softmax(dim=-1).log()")
"""A probability can be too small to be written down, and the logarithm of 0 is minus infinity. One
function does softmax and logarithm at once."""

token_log_probs__detached = Edit("return log_probs.gather", "return log_probs.detach().gather")
"""No gradient flows back from what you return, so that no policy could learn by it."""


def token_log_probs__nothing_to_put_together(
    logits: Tensor, ids: Tensor, temperature: float
) -> Tensor:
    """Where texts have one token, your list of pieces is empty, and no tensor can be made of it. What
    shape is due then?"""
    columns = [
        (logits[:, place] / temperature).log_softmax(-1).gather(1, ids[:, place + 1, None])[:, 0]
        for place in range(ids.shape[1] - 1)
    ]
    return torch.stack(columns, dim=1)


kl_estimates__wrong_sign = Edit(
    "reference - policy", "policy - reference", "return -apart", "return apart"
)
"""Your k3 has the two sides swapped: which of them stands in the exponent with a plus?"""

kl_estimates__all_swapped = Edit("reference - policy", "policy - reference")
"""Your k1 is negative where the policy is surer than the reference. It is the other way round: look at
which is taken from which."""

kl_estimates__not_half = Edit("apart**2 / 2", "apart**2")
"""Look at k2 once more: there is a factor."""

kl_estimates__no_one = Edit("apart.exp() - 1 - apart", "apart.exp() - apart")
"""What is your k3 where policy and reference are the same? It should be 0."""

kl_estimates__ratio_only = Edit("apart.exp() - 1 - apart", "apart.exp() - 1")
"""Your k3 can be negative. A part of it is missing, the one that is expected to be 0 where k1 is
not."""

kl_estimates__in_place_of_d = Edit("apart.exp() - 1 - apart", "apart.exp() - 1 + apart")
"""Your k3 can be negative. Look at the sign of its last part."""

kl_estimates__absolute = Edit("return -apart", "return apart.abs()")
"""k1 may be negative at a token: only its mean is the distance. You take its size."""

kl_estimates__means = Edit(
    "return -apart, apart**2 / 2, apart.exp() - 1 - apart",
    "return -apart.mean(), (apart**2 / 2).mean(), (apart.exp() - 1 - apart).mean()",
)
"""You return one number for each estimate. An estimate at each token is asked for."""


def kl_estimates__of_probabilities(policy: Tensor, reference: Tensor) -> tuple[Tensor, ...]:
    """What comes in are log-probabilities already: you take their difference as if they were
    probabilities."""
    apart = reference.exp() - policy.exp()
    return -apart, apart**2 / 2, apart.exp() - 1 - apart


def kl_estimates__weighted(policy: Tensor, reference: Tensor) -> tuple[Tensor, ...]:
    """You weigh each token by its probability. The tokens were *drawn* from the policy, so likely ones
    come more often already."""
    apart, share = reference - policy, policy.exp()
    return -apart * share, share * apart**2 / 2, share * (apart.exp() - 1 - apart)


shaped_reward__paid_for_distance = Edit("== 1) - cost", "== 1) + cost")
"""You pay for the distance. Where the policy is surer than the reference, k1 is positive, and it is to
cost something."""

shaped_reward__paid_for_distance__sides = Edit("(policy - reference)", "(reference - policy)")

shaped_reward__no_weight = Edit("weight * (policy - reference)", "policy - reference")
"""How much does a nat cost? Use `weight`."""

shaped_reward__weighted_score = Edit("(scores[:, None] *", "(weight * scores[:, None] *")
"""`weight` is the price of the distance. The score counts whole."""

shaped_reward__score_everywhere = Edit("scores[:, None] * (left == 1)", "scores[:, None]")
"""Each of your tokens gets the score of the story: a long story would get it often. Only the last token
that the policy wrote gets it."""

shaped_reward__last_column = Edit(
    "(left == 1)", "(torch.arange(mask.shape[1]) == mask.shape[1] - 1)"
)
"""You put the score into the last column, where padding may stand. Which is the last token that the
policy *wrote*?"""

shaped_reward__first_token = Edit("(left == 1)", "(mask.cumsum(1) == 1)")
"""You give the score to the first token that the policy wrote. When the story is told, which is the
last?"""

shaped_reward__count_is_place = Edit(
    "(left == 1)", "(torch.arange(mask.shape[1]) == mask.sum(dim=1, keepdim=True) - 1)"
)
"""You count how many tokens the policy wrote, as if it had written from the first column on. Before
them stands the beginning."""

shaped_reward__free_outside = Edit(".masked_fill(~mask, 0)", "")
"""Where the policy did not write stands something else than 0: the beginning and the padding cost
nothing."""

shaped_reward__last_is_free = Edit("- cost)", "- cost * (left != 1))")
"""The last token pays for its distance too, beside getting the score."""

shaped_reward__minus_infinity = Edit(".masked_fill(~mask, 0)", " * mask")
"""A product with 0 is not always 0: outside may stand something infinite. Which method puts a 0 there
whatever stood there?"""

shaped_reward__one_price = Edit(
    "weight * (policy - reference)",
    "weight * (policy - reference).masked_fill(~mask, 0).sum(1, keepdim=True)\n"
    "    cost = cost * (mask.flip(1).cumsum(dim=1).flip(1) == 1)",
)
"""You let the last token pay for the whole story. Each token pays for itself: so it is known which one
went far."""

shaped_reward__never_negative = Edit("(policy - reference)", "(policy - reference).clamp(min=0)")
"""k1 may be negative, and then it is a gain. You leave that out."""

kl_estimates__no_learning = Edit("reference - policy", "reference - policy.detach()")
"""Nothing can be learned from your estimates: `detach` and `no_grad` cut the policy off."""

kl_estimates__limited = Edit("reference - policy", "(reference - policy).clamp(-20, 20)")
"""You put a limit to the distance. Policy and reference may be further from each other than that."""
