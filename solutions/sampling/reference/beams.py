"""Section 6.5, "Look ahead", part 1: reference answers."""

import torch
from torch import Tensor


def sequence_log_probability(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """Return the log probability that a model gives to the end of each row.

    The logits at a position are the model's guess of the id at the next position. Added
    up are the log probabilities of all ids from position `start` on. What stands before
    them is the prompt: it is given, and does not count. `start` is at least 1, since
    nothing predicts the first id.

    Shapes:
        logits:  (row, position, token)
        ids:     (row, position)
        returns: (row,), in nats, none above 0

    >>> logits = torch.tensor([[[0.5, 0.5], [0.9, 0.1], [0.8, 0.2]]]).log()
    >>> ids = torch.tensor([[0, 1, 0]])
    >>> sequence_log_probability(logits, ids, start=1).exp()  # 0.5 * 0.9
    tensor([0.4500])
    """
    guesses = logits[:, start - 1 : -1].log_softmax(dim=2)  # (row, position - start, token)
    happened = guesses.take_along_dim(ids[:, start:].unsqueeze(2), dim=2)  # (…, 1)
    return happened.squeeze(2).sum(dim=1)


def beam_score(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """Return what ranks sequences: log probability over length to the `penalty`.

    With a penalty of 0 the length plays no role. With 1 it is the mean log probability
    of a token. The larger the penalty, the better do long sequences fare. `length`
    counts the new tokens; it is the same for all the sequences.

    Source: Wu et al. (2016), section 7, in the simpler form that the library
    transformers uses.

    Shapes:
        log_probabilities: (...)
        returns:           (...)

    >>> beam_score(torch.tensor([-6.0, -10.0]), length=4, penalty=1.0)
    tensor([-1.5000, -2.5000])
    """
    return log_probabilities / length**penalty


def beam_step(
    ids: Tensor,
    scores: Tensor,
    log_probs: Tensor,
    count: int,
) -> tuple[Tensor, Tensor]:
    """Return the `count` best ways to make the beams of each text one token longer.

    A text has several beams: sequences that compete, and their `scores`, which are log
    probabilities. Any of its beams may be continued by any token, and the score of that
    is the score of the beam plus the log probability of the token. The best `count` of
    all these candidates are returned, the best one first: their scores, and their ids
    with the new token at the end. One beam may have several candidates, and another
    none. Texts never mix.

    Shapes:
        ids:       (text, beam, position)
        scores:    (text, beam)
        log_probs: (text, beam, token)
        returns:   (text, count) and (text, count, position + 1)

    >>> ids, scores = torch.tensor([[[7], [8]]]), torch.tensor([[-1.0, -2.0]])
    >>> log_probs = torch.tensor([[[-5.0, -1.0], [-0.5, -3.0]]])
    >>> beam_step(ids, scores, log_probs, count=3)
    (tensor([[-2.0000, -2.5000, -5.0000]]), tensor([[[7, 1],
             [8, 0],
             [8, 1]]]))
    """
    vocab = log_probs.shape[2]
    totals, places = (scores.unsqueeze(2) + log_probs).flatten(1).topk(count)  # (text, count)
    parents = (places // vocab).unsqueeze(2)  # (text, count, 1), each the number of a beam
    grown = ids.take_along_dim(parents, dim=1), (places % vocab).unsqueeze(2)
    return totals, torch.cat(grown, dim=2)  # (text, count, position + 1)
