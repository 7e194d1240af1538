"""Section 3.6, "What it was trained for": reference answers."""

import math

from torch import Tensor, nn


def next_token_loss(logits: Tensor, ids: Tensor, real: Tensor | None = None) -> Tensor:
    """Return how surprised a model is by the next token: the mean over all positions.

    The logits at a position are the model's guess of the id at the *next* position. The
    surprisal of that id is minus the natural logarithm of its probability, and the loss
    is the mean over all ids that are predicted. Nothing predicts the first id of a row,
    and the guess at the last position has nothing to be held against: both do not
    count.

    `real` says which ids are real, as an attention mask does. An id that is padding is
    not predicted: its surprisal does not count. Without `real` all are.

    Shapes:
        logits:  (batch, token, vocab)
        ids:     (batch, token)
        real:    (batch, token), booleans, False for padding, which stands on the right
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.5], [0.25, 0.75], [0.1, 0.9]]]).log()
    >>> next_token_loss(logits, torch.tensor([[1, 0, 0]])).exp()  # 1 / sqrt(0.5 * 0.25)
    tensor(2.8284)
    """
    labels = ids if real is None else ids.masked_fill(~real, -100)  # cross_entropy skips -100
    guesses = logits[:, :-1].flatten(0, 1)  # (batch * (token - 1), vocab)
    return nn.functional.cross_entropy(guesses, labels[:, 1:].flatten())


def perplexity(losses: list[float], counts: list[int]) -> float:
    """Return the perplexity of a whole text that was read in several batches.

    It is e to the power of the mean surprisal of a token, where every token of all
    batches counts the same. `losses` has the mean surprisal in each batch, in nats, and
    `counts` how many tokens were predicted there.

    Raises:
        ValueError: there are more losses than counts, or fewer.

    >>> losses = [math.log(2), math.log(8)]
    >>> round(perplexity(losses, [2, 1]), 4)  # the third root of 2 * 2 * 8
    3.1748
    """
    nats = sum(loss * count for loss, count in zip(losses, counts, strict=True))
    return math.exp(nats / sum(counts))
