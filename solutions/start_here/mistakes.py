"""Known wrong answers to notebook 00. Each docstring is the hint that its answer earns."""

import torch
from torch import Tensor


def most_likely__first_word(words: list[str], probabilities: Tensor) -> str:
    """You have used one of the two arguments. What does the other one tell about each word?"""
    return words[0]


def most_likely__position(words: list[str], probabilities: Tensor) -> str:
    """Your answer is a number, a place in the list. Which word stands at this place?"""
    return probabilities.argmax()


def most_likely__probability(words: list[str], probabilities: Tensor) -> str:
    """Your answer is the highest probability itself. Whose probability is it?"""
    return probabilities.max()


def most_likely__least_likely(words: list[str], probabilities: Tensor) -> str:
    """Compare the word that you return with its probability: is it the highest or the lowest?"""
    return words[int(probabilities.argmin())]


def most_likely__last_of_a_tie(words: list[str], probabilities: Tensor) -> str:
    """Two words can have the same probability. Which of them does the task ask for?"""
    return max(zip(words, probabilities.tolist(), range(len(words))), key=lambda row: row[1:])[0]


def most_likely__by_the_alphabet(words: list[str], probabilities: Tensor) -> str:
    """The largest string is the last in the alphabet. Where do the probabilities come in?"""
    return max(words)


def softmax__overflows(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """What is exp(1000) in your notebook? Adding a constant to all logits changes no
    probability: is there one that keeps every exp small?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = (logits / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__one_maximum_for_all(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Each distribution has a largest logit of its own. Look at a row that lies far below the
    largest logit of the whole tensor: what does exp make of it?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.max()) / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__minus_the_mean(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Any constant can be subtracted, but what is the mean of logits when one of them is -inf?
    And is the mean large enough for the largest exp to stay small?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.mean(dim=-1, keepdim=True)) / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__ignores_temperature(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Try two temperatures on the same logits: do the probabilities change as they should?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = (logits - logits.amax(dim=-1, keepdim=True)).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__temperature_upside_down(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """A high temperature should make the choices more alike. Which way does yours go?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.amax(dim=-1, keepdim=True)) * temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__temperature_after_exp(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Where does the temperature stand in the formula: inside exp or outside? Does a factor that
    all the weights share still do anything after the division by their sum?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = (logits - logits.amax(dim=-1, keepdim=True)).exp()
    return weights / weights.sum(dim=-1, keepdim=True) / temperature


def softmax__first_axis(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Along which axis do your probabilities sum to one? The choices are on the last."""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.amax(dim=0, keepdim=True)) / temperature).exp()
    return weights / weights.sum(dim=0, keepdim=True)


def softmax__one_sum_for_all(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Add up your probabilities: does each distribution sum to one, or only the whole tensor?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.amax(dim=-1, keepdim=True)) / temperature).exp()
    return weights / weights.sum()


def softmax__any_temperature(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """What should happen when the temperature is zero or negative? Look under "Raises"."""
    weights = ((logits - logits.amax(dim=-1, keepdim=True)) / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__zero_is_allowed(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Negative temperatures are refused, as they should be. What about exactly zero?"""
    if temperature < 0:
        raise ValueError("temperature must be positive")
    weights = ((logits - logits.amax(dim=-1, keepdim=True)) / temperature).exp()
    return weights / weights.sum(dim=-1, keepdim=True)


def softmax__logarithm(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Your numbers are below zero: they are logarithms of probabilities. What undoes a log?"""
    if temperature <= 0:
        raise ValueError("temperature must be positive")
    shifted = (logits - logits.amax(dim=-1, keepdim=True)) / temperature
    return shifted - shifted.exp().sum(dim=-1, keepdim=True).log()


def surprisal__bits(probabilities: Tensor, index: Tensor) -> Tensor:
    """All your values are too large by the same factor. In which unit are they?"""
    return -probabilities[torch.arange(len(index)), index].log2()


def surprisal__without_minus(probabilities: Tensor, index: Tensor) -> Tensor:
    """What sign has the logarithm of a number below one, and what sign has a surprise?"""
    return probabilities[torch.arange(len(index)), index].log()


def surprisal__averaged(probabilities: Tensor, index: Tensor) -> Tensor:
    """How many numbers does the task ask for, and how many do you return?"""
    return -probabilities[torch.arange(len(index)), index].log().mean()


def surprisal__picks_rows(probabilities: Tensor, index: Tensor) -> Tensor:
    """What does `probabilities[index]` select, rows or choices? Look at its shape."""
    return -probabilities[index].log()


def surprisal__picks_whole_columns(probabilities: Tensor, index: Tensor) -> Tensor:
    """Your answer has two axes: each row was asked about the outcomes of all rows. How does each
    row get only its own?"""
    return -probabilities[:, index].log()


def surprisal__of_the_most_likely(probabilities: Tensor, index: Tensor) -> Tensor:
    """You measure the surprise of the most likely choice. What did happen in each row?"""
    return -probabilities.amax(dim=-1).log()


def surprisal__entropy(probabilities: Tensor, index: Tensor) -> Tensor:
    """You return the surprise that is to be expected, the entropy. Where does `index` come in?"""
    return -(probabilities * probabilities.clamp(min=1e-12).log()).sum(dim=-1)


def surprisal__never_infinite(probabilities: Tensor, index: Tensor) -> Tensor:
    """What should come out for a choice that had probability 0? Look for a small number that
    keeps your logarithm finite."""
    return -probabilities[torch.arange(len(index)), index].clamp(min=1e-9).log()


def surprisal__takes_them_for_logits(probabilities: Tensor, index: Tensor) -> Tensor:
    """The rows are probabilities already. Does what you call apply a softmax first?"""
    return torch.nn.functional.cross_entropy(probabilities, index, reduction="none")
