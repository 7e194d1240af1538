"""Section 6.6, "Draft and verify": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

residual__not_divided = Edit("more / total", "more")
"""Do your rows sum to one?"""

residual__absolute = Edit("clamp(min=0)", "abs()")
"""What becomes of tokens that the draft gives too often? They need nothing more."""

residual__the_other_way = Edit("target - draft", "draft - target")
"""Which of the two has more where you give probability: the target or the draft?"""

residual__nan = Edit("torch.where(total > 0, more / total, target)", "more / total")
"""What is 0 divided by 0? Look at a row in which the two are equal."""

residual__one_sum_for_all = Edit("more / total", "more / more.sum()")
"""Does each of your rows sum to one, or only the whole tensor?"""

residual__softmax = Edit("more / total", "more.softmax(dim=1)")
"""You take a softmax of what is more. Should tokens that have nothing more get something?"""

residual__the_target = Edit("torch.where(total > 0, more / total, target)", "target")
"""You return the target itself. But what the draft has already given must not come twice."""

residual__minimum = Edit("(target - draft).clamp(min=0)", "torch.minimum(target, draft)")
"""This is what the two have in common: it is accepted. What is left over?"""

speculative_step__redraws_from_target = Edit("residual(target, draft)", "target")
"""Accepted tokens come on top of your new draws. From which distribution are these drawn?"""


def speculative_step__ignores_the_draft(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The distribution is right, but you never accept anything. What was the draft good for?"""
    drawn = torch.multinomial(target, 1, generator=generator).squeeze(1)
    return drawn, torch.zeros(len(tokens), dtype=torch.bool)


def speculative_step__accepts_all(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """You accept whatever was drafted. Whose distribution do your tokens have then?"""
    return tokens + torch.randint(1, (len(tokens),), generator=generator), tokens >= 0


speculative_step__upside_down = Edit(
    "target.gather(1, drafted) / draft.gather(1, drafted)",
    "draft.gather(1, drafted) / target.gather(1, drafted)",
)
"""Which of the two probabilities stands above the line?"""

speculative_step__by_the_target_alone = Edit(" / draft.gather(1, drafted)", "")
"""You accept with the probability t. By what is it divided in the task?"""

speculative_step__if_likelier = Edit(
    "torch.bernoulli(chance.clamp(max=1), generator=generator).bool()", "chance >= 1"
)
"""You accept if t is at least d, and never otherwise. What if t is only a little smaller?"""

speculative_step__global_luck = Edit(
    "max=1), generator=generator",
    "max=1)",
    "1, generator=generator",
    "1",
)
"""The same seed gives you other tokens each time. Who rolls the dice: your generator?"""

speculative_step__swapped = Edit("tokens, instead)", "instead, tokens)")
"""You keep the drafted token where it was rejected. Look at the order in your `where`."""

speculative_step__best_instead = Edit(
    "torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)",
    "residual(target, draft).argmax(dim=1)",
)
"""In place of a rejected token you take the most likely one. Should it not be drawn?"""

speculative_block__keeps_later_ones = Edit("taken[: agreed + 1]", "taken")
"""What was drafted after a rejected token was meant to follow it. May it stay?"""

speculative_block__drops_the_replacement = Edit("[: agreed + 1]", "[:agreed]")
"""A rejected token has been replaced. Does the one in its place not count?"""

speculative_block__no_extra_token = Edit(
    "torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])", "taken"
)
"""When all are accepted, the target has already said what comes next. Do you use it?"""

speculative_block__always_an_extra = Edit(
    """
    if agreed < len(accepted):
        return taken[: agreed + 1]""",
    "",
    "cat([taken,",
    "cat([taken[: agreed + 1],",
)
"""After a rejection you add one more token. For which position was that row of `target`?"""

speculative_block__counts_all_accepted = Edit(
    "[*accepted.tolist(), False].index(False)", "int(accepted.sum())"
)
"""You count how many are accepted in all. How many are accepted before the first rejection?"""

speculative_block__extra_from_the_wrong_row = Edit("target[-1]", "target[-2]")
"""From which row of `target` do you draw the extra token? It stands after the drafted ones."""

speculative_block__greedy_extra = Edit(
    "torch.multinomial(target[-1], 1, generator=generator)", "target[-1].argmax().unsqueeze(0)"
)
"""For the extra token you take the most likely one. Should it not be drawn?"""

speculative_block__keeps_the_drafted = Edit(
    "taken[: agreed",
    "tokens[: agreed",
    "cat([taken",
    "cat([tokens",
)
"""You return drafted tokens. What has `speculative_step` put in place of the rejected one?"""
