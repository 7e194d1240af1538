"""Section 6.2, "Draw": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit


def sample__greedy(logits: Tensor, generator: torch.Generator) -> Tensor:
    """You always take the most likely token. How often should the others come?"""
    torch.rand(1, generator=generator)
    return logits.argmax(dim=-1)


def sample__all_alike(logits: Tensor, generator: torch.Generator) -> Tensor:
    """In your draws each token comes equally often. Where do the logits come in?"""
    return torch.randint(logits.shape[-1], (len(logits),), generator=generator)


sample__all_that_can_be = Edit("logits.softmax(dim=1)", "logits.isfinite().float()")
"""Nothing impossible comes, but all the rest far too evenly. What makes probabilities of logits?"""


def sample__logits_as_weights(logits: Tensor, generator: torch.Generator) -> Tensor:
    """A logit is no probability, even if it is above zero. What turns one into the other?"""
    low = logits.masked_fill(logits.isinf(), torch.inf).amin(dim=-1, keepdim=True)
    weights = (logits - low + 0.01).clamp(min=0)
    return torch.multinomial(weights, 1, generator=generator).squeeze(1)


sample__softmax_twice = Edit("softmax(dim=1)", "softmax(dim=1).softmax(dim=1)")
"""Your draws are too even, and what cannot be comes too. How often do you take a softmax?"""

sample__overflows = Edit("logits.softmax(dim=1)", "logits.exp()")
"""e to the power of 200 is too large to be stored, and to the power of -200 too small. A softmax takes
care of that: you take `exp` of the logits as they are."""

sample__squared = Edit("logits.softmax", "(2 * logits).softmax")
"""Likely tokens come too often, and unlikely ones too seldom. At which temperature is this?"""

sample__global_luck = Edit(", generator=generator", "")
"""The same seed gives you other tokens each time. Who rolls the dice: your generator?"""

sample__seed_of_its_own = Edit("generator=generator", "generator=torch.Generator().manual_seed(6)")
"""Call your function twice: do new tokens come? Whose generator do you use?"""


def sample__one_dice_for_all(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Each row alone is right, but all rows share one random number. Who rolls for each row?"""
    ends = logits.softmax(dim=-1).cumsum(dim=-1)
    dice = torch.rand(1, generator=generator)
    return (ends < dice).sum(dim=-1).clamp(max=logits.shape[-1] - 1)


sample__a_column = Edit(".squeeze(1)", "")
"""The tokens are right. How many axes should your answer have?"""

distinct_n__a_count = Edit(
    "len(set(ngrams)) / len(ngrams) if ngrams else 0.0", "float(len(set(ngrams)))"
)
"""You count the different n-grams. What share of all n-grams are they?"""


def distinct_n__mean_of_texts(texts: list[list[int]], n: int) -> float:
    """You measure each text alone. Do n-grams that two texts share count as different?"""
    rates = []
    for text in texts:
        ngrams = [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]
        rates.append(len(set(ngrams)) / len(ngrams) if ngrams else 0.0)
    return sum(rates) / len(rates)


distinct_n__across_texts = Edit("for text in texts", "for text in [sum(texts, [])]")
"""Some of your n-grams begin in one text and end in the next. Is there such a thing?"""

distinct_n__divides_by_tokens = Edit(
    "len(ngrams) if ngrams else 0.0", "max(1, sum(map(len, texts)))"
)
"""A text of five tokens has four pairs. By which number do you divide?"""

distinct_n__misses_the_last = Edit("len(text) - n + 1", "len(text) - n")
"""Where does your last n-gram begin? Try a text of exactly n tokens."""

distinct_n__broken_ends = Edit("len(text) - n + 1", "len(text)")
"""Some of your n-grams are shorter than n. Where do they come from?"""

distinct_n__side_by_side = Edit("range(len(text) - n + 1)", "range(0, len(text) - n + 1, n)")
"""Your n-grams never overlap. Is the second token not the beginning of one too?"""

distinct_n__bags = Edit("tuple(text[place : place + n])", "tuple(sorted(text[place : place + n]))")
"""Is "sea blue" the same pair as "blue sea"?"""

distinct_n__repeated = Edit("return len", "return 1 - len")
"""Your number is large where there is much repetition. Which share does the task ask for?"""

distinct_n__nothing_to_divide_by = Edit(" if ngrams else 0.0", "")
"""What does your formula divide by when all texts are too short?"""

temperature__upside_down = Edit("logits / T", "logits * T")
"""Does a high temperature bring your logits closer together, or drive them apart?"""

temperature__probabilities = Edit("logits / T", "(logits / T).softmax(dim=1)")
"""These are probabilities. What does the task ask for, so that other steps can follow?"""

temperature__of_the_probabilities = Edit("logits / T", "(logits.exp() / T).log()")
"""Is it the logits that T divides, or their exponentials? Where does T stand in the formula?"""

temperature__ignored = Edit("logits / T", "logits.clone()")
"""Try two temperatures on the same logits: do you get two answers?"""

temperature__any = Edit(
    """
    if T <= 0:
        raise ValueError(f"T must be positive: got {T}")""",
    "",
)
"""What should happen when T is zero or negative? Look under "Raises"."""

temperature__zero_is_allowed = Edit("<= 0", "< 0")
"""Negative temperatures are refused, as they should be. What about exactly zero?"""

temperature__in_place = Edit("logits / T", "logits.div_(T)")
"""You change the logits that you were given. Who else may need them?"""


def sample__changes_the_logits(logits: Tensor, generator: torch.Generator) -> Tensor:
    """You add something to the logits that you were given, in place. Who else may need them?"""
    times = torch.empty_like(logits).exponential_(generator=generator)
    return logits.sub_(times.log()).argmax(dim=1)
