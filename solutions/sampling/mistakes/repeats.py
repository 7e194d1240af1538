"""Section 6.4, "Do not repeat yourself": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

repetition_penalty__always_divides = Edit(
    "torch.where(logits < 0, logits * penalty, logits / penalty)", "logits / penalty"
)
"""Does -4 become smaller or larger when you divide it by 2? Look at logits below zero."""

repetition_penalty__upside_down = Edit(
    "logits * penalty, logits / penalty", "logits / penalty, logits * penalty"
)
"""Do your repeated tokens become less likely, or more? Look at both signs."""


def repetition_penalty__every_time(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """A token that came three times: how often do you weaken it? Once is enough."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for token in text:
            logits[row, token] *= penalty if logits[row, token] < 0 else 1 / penalty
    return logits


repetition_penalty__in_all_rows = Edit("scatter(1, ids, True)", "scatter(1, ids, True).any(dim=0)")
"""You weaken in every row what has come in any row. Has each row a text of its own?"""

repetition_penalty__all_tokens = Edit("torch.where(seen, weaker, logits)", "weaker")
"""You weaken every token. Which ones have not come yet?"""

repetition_penalty__only_the_last = Edit("scatter(1, ids,", "scatter(1, ids[:, -1:],")
"""You weaken only the newest token of each row. What about those before it?"""

repetition_penalty__subtracts = Edit(
    "torch.where(logits < 0, logits * penalty, logits / penalty)", "logits - penalty"
)
"""You subtract the penalty. What does the task do with it, above and below zero?"""

repetition_penalty__forbids = Edit("seen, weaker", "seen, -torch.inf")
"""Your repeated tokens can never come again. Should they be impossible, or only less likely?"""

repetition_penalty__in_place = Edit(
    "torch.where(seen, weaker, logits)", "logits.copy_(torch.where(seen, weaker, logits))"
)
"""You change the logits that you were given. Who else may need them?"""


def no_repeat_ngram__every_token(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """You forbid all tokens that have come. After which tokens may one not come again?"""
    return logits if ids.shape[1] < n else logits.scatter(1, ids, -torch.inf)


def no_repeat_ngram__longer(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """How many tokens do you compare with the end of the row? The new one belongs to the n too."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n):
            if text[start : start + n] == text[len(text) - n :]:
                logits[row, text[start + n]] = -torch.inf
    return logits


no_repeat_ngram__misses_the_last = Edit("range(len(text) - n + 1)", "range(len(text) - n)")
"""Where does your last n-gram begin? Try a row in which one token came twice at the end."""

no_repeat_ngram__first_match_only = Edit(
    "= -torch.inf",
    """= -torch.inf
                break""",
)
"""The same tokens can have been followed by several others. Do you find all of them?"""

no_repeat_ngram__in_all_rows = Edit("logits[row,", "logits[:,")
"""You forbid in every row what one row has had. Has each row a text of its own?"""

no_repeat_ngram__any_order = Edit(
    "text[start : start + n - 1] == last", "sorted(text[start : start + n - 1]) == sorted(last)"
)
"""Is "sea blue" the same as "blue sea"? Look at the order of the tokens that you compare."""

no_repeat_ngram__the_beginning = Edit("text[len(text) - n + 1 :]", "text[: n - 1]")
"""With which tokens does the new n-gram begin: with the first or the last ones of the row?"""

no_repeat_ngram__in_place = Edit(
    """
    logits = logits.clone()""",
    "",
)
"""You change the logits that you were given. Who else may need them?"""

no_repeat_ngram__zeros = Edit("-torch.inf", "0.0")
"""A logit of 0 is not "impossible". Which logit has a probability of zero?"""
