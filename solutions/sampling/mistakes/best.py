"""Section 6.1, "The best token, every time": known wrong answers, each with its hint below it."""

from torch import Tensor

from gradelib.author.edits import Edit

greedy__least_likely = Edit("argmax", "argmin")
"""Is the token that you take the most or the least likely of its row?"""

greedy__first_axis = Edit("dim=1", "dim=0")
"""How many tokens do you return? There should be one a row: along which axis do you look?"""

greedy__one_for_all = Edit("dim=1", "")
"""You have found the largest logit of the whole tensor. What does each row say for itself?"""

greedy__the_logit = Edit("argmax", "amax")
"""Your answer has the largest logits themselves. At which places do they stand?"""

greedy__a_column = Edit("dim=1", "dim=1, keepdim=True")
"""The tokens are right. How many axes should your answer have?"""


def greedy__last_of_a_tie(logits: Tensor) -> Tensor:
    """Two tokens can have the same logit. Which of them does the task ask for?"""
    return logits.shape[-1] - 1 - logits.flip(-1).argmax(dim=-1)


greedy__by_size = Edit("logits.argmax", "logits.abs().argmax")
"""A logit far below zero is large in size. Is its token likely?"""

generate__one_round_more = Edit("range(max_new)", "range(max_new + 1)")
"""Count the new tokens of a row that never ends: how many may there be?"""

generate__never_stops_early = Edit(
    """
        if finished.all():
            break""",
    "",
)
"""What is left to do once every row has said the end token? Count your rounds."""

generate__stops_with_the_first = Edit("finished.all()", "finished.any()")
"""One row has ended. What about the others?"""

generate__talks_on = Edit(
    ".masked_fill(finished, end)",
    "",
    "finished = tokens",
    "finished |= tokens",
)
"""Look at a row that has ended while another goes on: what stands after its end token?"""

generate__forgets_who_has_ended = Edit(".masked_fill(finished, end)", "")
"""You look only at the newest tokens. Must all rows end in the same round for you to stop?"""

generate__ends_in_the_prompt = Edit(
    "ids.new_zeros(len(ids), dtype=torch.bool)", "(ids == end).any(dim=1)"
)
"""The end token may stand in the prompt already. Does that finish a row?"""

generate__asks_once_more = Edit(
    "        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)",
    "        if finished.all():\n            break\n"
    "        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)",
    "        if finished.all():\n            break\n    return",
    "    return",
)
"""When all rows have ended, your loop still asks the model and `choose` once more, and throws the answer
away. Each call of a model costs time."""

generate__ends_in_the_prompt__at_its_end = Edit(
    "ids.new_zeros(len(ids), dtype=torch.bool)", "ids[:, -1] == end"
)

generate__only_the_new = Edit(
    "for _ in",
    """start = ids.shape[1]
    for _ in""",
    "return ids",
    "return ids[:, start:]",
)
"""These are the new ids. Which others should stand in front of them?"""

generate__asks_about_the_prompt = Edit(
    "for _ in",
    """prompt = ids
    for _ in""",
    "next_logits(ids)",
    "next_logits(prompt)",
)
"""Does `next_logits` ever see the tokens that you have added?"""

generate__chooses_by_the_prompt = Edit(
    "for _ in",
    """prompt = ids
    for _ in""",
    "(ids), ids)",
    "(ids), prompt)",
)
"""Which ids do you hand to `choose`? It should know what has been said by now."""

repetition_rate__anywhere = Edit("max(0, place - window) : place", ":place")
"""A token that came long ago: does it stand among the `window` tokens before?"""

repetition_rate__window_too_short = Edit("place - window", "place - window + 1")
"""How many tokens does your slice hold? There should be `window` of them."""

repetition_rate__window_too_long = Edit("place - window", "place - window - 1")
"""Your slice reaches one token too far back. How many does it hold?"""

repetition_rate__negative_start = Edit("max(0, place - window)", "place - window")
"""Look at the first tokens of the text, which have fewer than `window` tokens before them. Do they
count, and where does a slice begin whose start is below zero?"""

repetition_rate__a_count = Edit("sum(repeated) / len(ids) if ids else 0.0", "float(sum(repeated))")
"""You count the repeated tokens. What share of all tokens are they?"""

repetition_rate__without_the_first = Edit("len(ids) if ids", "(len(ids) - 1) if len(ids) > 1")
"""By how many tokens do you divide? The very first one counts too."""

repetition_rate__no_text = Edit(" if ids else 0.0", "")
"""What does your formula divide by when there are no tokens?"""

repetition_rate__looks_ahead = Edit(
    "repeated =",
    """ids = ids[::-1]
    repeated =""",
    ": place]",
    ": place + 1]",
)
"""Do you look at the tokens before a token, or at those after it?"""
