"""Section 4.3: reference answers."""

import torch
from torch import Tensor, nn


def choose_masked(ids: Tensor, special: set[int], dice: Tensor, rate: float) -> Tensor:
    """Say which tokens the model is to guess: each ordinary one with probability
    `rate`.

    A token is chosen where its number in `dice` is below `rate`. What is special is
    never chosen, whatever the dice say: `special` holds the ids of [PAD], [CLS], [SEP]
    and the like.

    Shapes:
        ids:     (batch, token)
        dice:    (batch, token), random numbers between 0 and 1
        returns: (batch, token), booleans

    >>> ids = torch.tensor([[101, 7, 8, 102]])
    >>> dice = torch.tensor([[0.0, 0.1, 0.9, 0.1]])
    >>> choose_masked(ids, {101, 102}, dice, rate=0.15)
    tensor([[False,  True, False, False]])
    """
    ordinary = ~torch.isin(ids, ids.new_tensor(sorted(special)))
    return ordinary & (dice < rate)


def corrupt(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    """Make the input and the labels of masked language modeling.

    Each chosen token is changed as its number in `dice` says: below 0.8 it becomes
    `mask_id`, from 0.8 to below 0.9 it becomes the token of `random_ids` at this place,
    and from 0.9 on it stays as it is. What is not chosen stays as it is. The labels are
    the true ids where a token was chosen, also where it stays, and -100 everywhere
    else. `ids` is not changed.

    Source: Devlin et al. (2018), section 3.1 and appendix A.1.

    Shapes:
        ids, random_ids: (batch, token)
        chosen:          (batch, token), booleans
        dice:            (batch, token), random numbers between 0 and 1
        returns:         (batch, token) and (batch, token), the inputs and the labels

    >>> ids, others = torch.tensor([[5, 6, 7, 8]]), torch.tensor([[1, 2, 3, 4]])
    >>> chosen = torch.tensor([[True, True, True, False]])
    >>> dice = torch.tensor([[0.5, 0.85, 0.95, 0.1]])
    >>> corrupt(ids, chosen, dice, others, mask_id=9)
    (tensor([[9, 2, 7, 8]]), tensor([[   5,    6,    7, -100]]))
    """
    masked = chosen & (dice < 0.8)
    swapped = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs = torch.where(swapped, random_ids, ids.masked_fill(masked, mask_id))
    return inputs, ids.masked_fill(~chosen, -100)


def mlm_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Return how surprised a model is on average by the tokens that it had to guess.

    The surprisal of a token is minus the natural logarithm of the probability that the
    softmax of the logits *at its own place* gives it. The mean is over all places of
    the batch whose label is not -100, and every one of them counts the same. There is
    at least one.

    Shapes:
        logits:  (batch, token, vocab)
        labels:  (batch, token), -100 where nothing is guessed
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.5], [0.25, 0.75]]]).log()
    >>> mlm_loss(logits, torch.tensor([[-100, 0]])).exp()  # 1 / 0.25
    tensor(4.)
    """
    return nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)


def fill_mask(
    logits: Tensor,
    ids: Tensor,
    mask_id: int,
    k: int,
) -> list[list[tuple[int, float]]]:
    """Return, for each mask of one text, the `k` likeliest tokens with their
    probabilities.

    The masks are the places at which `ids` holds `mask_id`, from left to right. For
    each there is a list of pairs, the likeliest first: a token and the probability that
    softmax gives it.

    Shapes:
        logits: (token, vocab)
        ids:    (token,)

    >>> logits = torch.tensor([[9.0, 0.0, 0.0], [0.1, 0.2, 0.7]])
    >>> logits[1] = logits[1].log()
    >>> [[(token, round(p, 2)) for token, p in row]
    ...  for row in fill_mask(logits, torch.tensor([0, 5]), mask_id=5, k=2)]
    [[(2, 0.7), (1, 0.2)]]
    """
    best = logits[ids == mask_id].softmax(dim=-1).topk(k)  # (mask, k)
    pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return [list(zip(tokens, probabilities, strict=True)) for tokens, probabilities in pairs]
