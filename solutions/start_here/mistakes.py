"""Known wrong answers to notebook 00. What stands below each is the hint that its answer earns."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

most_likely__first_word = Edit("int(probabilities.argmax())", "0")
"""You have used one of the two arguments. What does the other one tell about each word?"""

most_likely__position = Edit("words[int(probabilities.argmax())]", "probabilities.argmax()")
"""Your answer is a number, a place in the list. Which word stands at this place?"""

most_likely__probability = Edit("words[int(probabilities.argmax())]", "probabilities.max()")
"""Your answer is the highest probability itself. Whose probability is it?"""

most_likely__least_likely = Edit("argmax", "argmin")
"""Compare the word that you return with its probability: is it the highest or the lowest?"""


def most_likely__last_of_a_tie(words: list[str], probabilities: Tensor) -> str:
    """Two words can have the same probability. Which of them does the task ask for?"""
    return max(zip(words, probabilities.tolist(), range(len(words))), key=lambda row: row[1:])[0]


most_likely__by_the_alphabet = Edit("words[int(probabilities.argmax())]", "max(words)")
"""The largest string is the last in the alphabet. Where do the probabilities come in?"""

softmax__overflows = Edit("(logits - largest)", "logits")
"""What is exp(1000) in your notebook? Adding a constant to all logits changes no probability: is
there one that keeps every exp small?"""

softmax__one_maximum_for_all = Edit("amax(dim=-1, keepdim=True)", "max()")
"""Each distribution has a largest logit of its own. Look at a row that lies far below the largest
logit of the whole tensor: what does exp make of it?"""

softmax__minus_the_mean = Edit("amax", "mean")
"""Any constant can be subtracted, but what is the mean of logits when one of them is -inf? And is
the mean large enough for the largest exp to stay small?"""

softmax__ignores_temperature = Edit("((logits - largest) / temperature)", "(logits - largest)")
"""Try two temperatures on the same logits: do the probabilities change as they should?"""

softmax__temperature_upside_down = Edit("/ temperature", "* temperature")
"""A high temperature should make the choices more alike. Which way does yours go?"""

softmax__temperature_after_exp = Edit(
    "((logits - largest) / temperature)",
    "(logits - largest)",
    "weights.sum(dim=-1, keepdim=True)",
    "weights.sum(dim=-1, keepdim=True) / temperature",
)
"""Where does the temperature stand in the formula: inside exp or outside? Does a factor that all
the weights share still do anything after the division by their sum?"""

softmax__first_axis = Edit(
    "amax(dim=-1",
    "amax(dim=0",
    "sum(dim=-1",
    "sum(dim=0",
)
"""Along which axis do your probabilities sum to one? The choices are on the last."""

softmax__one_sum_for_all = Edit("sum(dim=-1, keepdim=True)", "sum()")
"""Add up your probabilities: does each distribution sum to one, or only the whole tensor?"""

softmax__any_temperature = Edit(
    """
    if temperature <= 0:
        raise ValueError(f"temperature must be positive: got {temperature}")""",
    "",
)
"""What should happen when the temperature is zero or negative? Look under "Raises"."""

softmax__zero_is_allowed = Edit("<= 0", "< 0")
"""Negative temperatures are refused, as they should be. What about exactly zero?"""

softmax__logarithm = Edit(
    "return weights / weights.sum(dim=-1, keepdim=True)",
    "return (weights / weights.sum(dim=-1, keepdim=True)).log()",
)
"""Your numbers are below zero: they are logarithms of probabilities. What undoes a log?"""

surprisal__bits = Edit("log()", "log2()")
"""All your values are too large by the same factor. In which unit are they?"""

surprisal__without_minus = Edit("-happened", "happened")
"""What sign has the logarithm of a number below one, and what sign has a surprise?"""

surprisal__averaged = Edit("log()", "log().mean()")
"""How many numbers does the task ask for, and how many do you return?"""

surprisal__picks_rows = Edit(
    "probabilities.gather(1, index.unsqueeze(1)).squeeze(1)", "probabilities[index]"
)
"""What does `probabilities[index]` select, rows or choices? Look at its shape."""

surprisal__picks_whole_columns = Edit(
    "probabilities.gather(1, index.unsqueeze(1)).squeeze(1)", "probabilities[:, index]"
)
"""Your answer has two axes: each row was asked about the outcomes of all rows. How does each row
get only its own?"""

surprisal__of_the_most_likely = Edit(
    "probabilities.gather(1, index.unsqueeze(1)).squeeze(1)", "probabilities.amax(dim=1)"
)
"""You measure the surprise of the most likely choice. What did happen in each row?"""


def surprisal__entropy(probabilities: Tensor, index: Tensor) -> Tensor:
    """You return the surprise that is to be expected, the entropy. Where does `index` come in?"""
    return -(probabilities * probabilities.clamp(min=1e-12).log()).sum(dim=-1)


surprisal__never_infinite = Edit("happened.log()", "happened.clamp(min=1e-9).log()")
"""What should come out for a choice that had probability 0? Look for a small number that keeps your
logarithm finite."""


def surprisal__takes_them_for_logits(probabilities: Tensor, index: Tensor) -> Tensor:
    """The rows are probabilities already. Does what you call apply a softmax first?"""
    return torch.nn.functional.cross_entropy(probabilities, index, reduction="none")
