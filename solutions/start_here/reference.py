"""From scores to a prediction: choose a word, make probabilities, measure the surprise."""

import torch  # noqa: F401 - the examples use it
from torch import Tensor


def most_likely(words: list[str], probabilities: Tensor) -> str:
    """Return the word that has the highest probability.

    If several words share the highest probability, the first of them is returned.

    Shapes:
        words:         a list with one string a word
        probabilities: (word,)

    >>> most_likely(["tea", "milk", "honey"], torch.tensor([0.2, 0.5, 0.3]))
    'milk'
    """
    return words[int(probabilities.argmax())]


def softmax(logits: Tensor, temperature: float = 1.0) -> Tensor:
    """Turn the logits along the last axis into probabilities that sum to one.

    The probability of choice i is exp(logits[i] / temperature), divided by the sum of the same
    expression over all choices. A low temperature favours the largest logit, a high one evens
    the choices out. All other axes are only places: each holds a distribution of its own.

    It works for logits of any size, such as 1000 or -1000, where exp gives infinity or zero: a
    constant that is added to all the logits of a distribution changes no probability. A logit of
    -inf gets probability 0; at least one logit of each distribution is finite.

    Write it with exp, sums and the like, without PyTorch's own softmax.
    Source of the name: Bridle (1990); of the temperature: Ackley, Hinton and Sejnowski (1985).

    Shapes:
        logits:  (..., choice), any number of leading axes, also none
        returns: (..., choice), the same shape

    Raises:
        ValueError: the temperature is zero or negative.

    >>> softmax(torch.tensor([1.0, 2.0, 3.0]))
    tensor([0.0900, 0.2447, 0.6652])
    >>> softmax(torch.tensor([1.0, 2.0, 3.0]), temperature=0.5)
    tensor([0.0159, 0.1173, 0.8668])
    """
    if temperature <= 0:
        raise ValueError(f"temperature must be positive: got {temperature}")
    largest = logits.amax(dim=-1, keepdim=True)  # (..., 1)
    weights = ((logits - largest) / temperature).exp()  # at most 1, so that nothing overflows
    return weights / weights.sum(dim=-1, keepdim=True)


def surprisal(probabilities: Tensor, index: Tensor) -> Tensor:
    """Return how surprising each outcome is: minus the natural logarithm of its probability.

    Each row of `probabilities` is a distribution over choices, and `index` says which choice
    happened in that row. The unit is the nat. What was certain has surprisal 0; what had
    probability 0 has infinite surprisal. Nothing is averaged.

    Its expected value is the entropy of Shannon (1948), section 6.

    Shapes:
        probabilities: (row, choice), each row sums to one
        index:         (row,), integers from 0 to choice - 1
        returns:       (row,), in nats

    >>> surprisal(torch.tensor([[0.5, 0.5], [0.1, 0.9]]), torch.tensor([0, 0]))
    tensor([0.6931, 2.3026])
    """
    happened = probabilities.gather(1, index.unsqueeze(1)).squeeze(1)  # (row,)
    return -happened.log()
