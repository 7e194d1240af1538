"""From lists of ids to a batch, and who may look at whom in it. A mask is True for "may look".

It leaves out dropout, attention that is not softmax, and how masks are made fast on a GPU.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor


def truncate(ids: list[int], length: int, special: set[int]) -> list[int]:
    """Shorten a sequence to at most `length` ids, and keep all the special ones.

    Ordinary ids are dropped, the last one first, until no more than `length` ids are left. An id
    that is in `special` is never dropped, wherever it stands. What is left stays in its order.
    Returns a new list; `ids` stays unchanged.

    Raises:
        ValueError: the special ids alone are more than `length`.

    >>> truncate([101, 7, 8, 9, 102], length=4, special={101, 102})
    [101, 7, 8, 102]
    """
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError(f"length must be enough for all special ids: got {length}")
    kept = []
    for token in ids:
        room -= token not in special
        if token in special or room >= 0:
            kept.append(token)
    return kept


def pad_batch(batch: list[list[int]], pad: int, side: str = "right") -> Tensor:
    """Fill up short sequences with `pad`, so that all of them fit into one tensor.

    Each row gets as long as the longest sequence of `batch`. With side "right" the filling comes
    after the sequence, with side "left" before it. There is at least one sequence that is not
    empty, and the sequences stay unchanged.

    Shapes:
        returns: (batch, token), whole numbers (int64)

    Raises:
        ValueError: `side` is neither "left" nor "right".

    >>> pad_batch([[7, 8, 9], [5]], pad=0, side="left")
    tensor([[7, 8, 9],
            [0, 0, 5]])
    """
    if side not in {"left", "right"}:
        raise ValueError(f'side must be "left" or "right": got {side!r}')
    longest = max(len(ids) for ids in batch)
    rows = []
    for ids in batch:
        filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)
    return torch.tensor(rows)


def attention_mask(lengths: list[int], side: str = "right") -> Tensor:
    """Say which tokens of a padded batch are real: True for a token, False for padding.

    `lengths` has the number of tokens of each sequence before padding. All are padded to the
    longest, on `side`, which is "left" or "right", as `pad_batch` does it. At least one length
    is not 0.

    Shapes:
        returns: (batch, token), booleans

    >>> attention_mask([3, 1], side="left")
    tensor([[ True,  True,  True],
            [False, False,  True]])
    """
    places = torch.arange(max(lengths))
    mask = places < torch.tensor(lengths)[:, None]  # (batch, token)
    return mask if side == "right" else mask.flip(1)


def masked_softmax(scores: Tensor, mask: Tensor) -> Tensor:
    """Turn scores into weights, where what is hidden gets none.

    Where `mask` is False, the weight is 0. The others are the softmax of their scores along the
    last axis, as if the hidden ones were not there, and sum to 1. Where a whole row is hidden,
    all its weights are 0. What a hidden score is makes no difference, be it huge or infinite.
    You may use `torch.softmax`.

    Shapes:
        scores:  (..., query, key)
        mask:    booleans, True for "may look"; broadcasts to (..., query, key)
        returns: (..., query, key)

    >>> masked_softmax(torch.tensor([[1.0, 1.0, 9.0]]), torch.tensor([[True, True, False]]))
    tensor([[0.5000, 0.5000, 0.0000]])
    """
    hidden = ~mask
    weights = torch.softmax(scores.masked_fill(hidden, -torch.inf), dim=-1)
    return weights.masked_fill(hidden, 0.0)  # a row with nothing to see is NaN before


def attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Mix the values for each query, by how well it fits the keys that it may look at.

    A score is the dot product of a query and a key, divided by the square root of `d_head`.
    `masked_softmax` makes weights of the scores, and the answer for a query is the sum of the
    values, each times its weight. A query that may look at nothing gets zeros.

    Source: Vaswani et al. (2017), section 3.2.1.

    Shapes:
        queries: (..., query, d_head)
        keys:    (..., key, d_head)
        values:  (..., key, d_value)
        mask:    booleans, True for "may look"; broadcasts to (..., query, key)
        returns: (..., query, d_value)

    >>> one, two = torch.ones(1, 4), torch.tensor([[3.0], [5.0]])
    >>> attention(one, torch.ones(2, 4), two, torch.tensor([[True, True]]))
    tensor([[4.]])
    """
    scores = queries @ keys.mT / math.sqrt(keys.shape[-1])  # (..., query, key)
    return masked_softmax(scores, mask) @ values  # (..., query, d_value)


def encoder_mask(attention_mask: Tensor) -> Tensor:
    """Say who may look at whom in an encoder: everybody at each real token, at no padding.

    Padding may look too. What it sees is of no use, but does no harm either: nobody looks at it.
    The second axis is for the heads, which all have the same mask, so that its size is 1.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, 1, query, key), booleans; query and key are both the tokens

    >>> encoder_mask(torch.tensor([[True, False]]))
    tensor([[[[ True, False],
              [ True, False]]]])
    """
    batch, tokens = attention_mask.shape
    return attention_mask[:, None, None].expand(batch, 1, tokens, tokens)


def causal_mask(tokens: int, past: int = 0) -> Tensor:
    """Say who may look at whom in a decoder: each token at itself and at all before it.

    `past` tokens come before these `tokens`. They are keys and no queries, and every query may
    look at them.

    Shapes:
        returns: (query, key), booleans; there are `tokens` queries and `past + tokens` keys

    >>> causal_mask(2)
    tensor([[ True, False],
            [ True,  True]])
    >>> causal_mask(2, past=1)
    tensor([[ True,  True, False],
            [ True,  True,  True]])
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past)


def decoder_mask(attention_mask: Tensor) -> Tensor:
    """Say who may look at whom in a padded decoder: at itself and before, but at no padding.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding, on either side
        returns:        (batch, 1, query, key), booleans; the second axis is for the heads

    >>> decoder_mask(torch.tensor([[False, True, True]]))
    tensor([[[[False, False, False],
              [False,  True, False],
              [False,  True,  True]]]])
    """
    return encoder_mask(attention_mask).tril()


def position_ids(attention_mask: Tensor) -> Tensor:
    """Number the real tokens of each row 0, 1, 2, ..., wherever the padding stands.

    Padding takes no number away from a token; it gets number 0 itself, which nobody will use.

    Shapes:
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, token), whole numbers (int64)

    >>> position_ids(torch.tensor([[False, False, True, True, True]]))
    tensor([[0, 0, 0, 1, 2]])
    """
    positions = attention_mask.cumsum(dim=1) - 1
    return positions.masked_fill(~attention_mask, 0)


def cross_attention_mask(source_mask: Tensor, target_tokens: int) -> Tensor:
    """Say which tokens of the source each token of the target may look at: all that are real.

    The queries come from the target, the keys from the source. There is no order between the
    two, so nothing is hidden but the padding of the source.

    Shapes:
        source_mask: (batch, source), booleans, False for padding
        returns:     (batch, 1, target, source), booleans; the second axis is for the heads

    >>> cross_attention_mask(torch.tensor([[True, True, False]]), target_tokens=2)
    tensor([[[[ True,  True, False],
              [ True,  True, False]]]])
    """
    batch, source = source_mask.shape
    return source_mask[:, None, None].expand(batch, 1, target_tokens, source)


def sliding_window_mask(tokens: int, window: int) -> Tensor:
    """Let each token look at the last `window` tokens, itself included, and at none after it.

    `window` is at least 1. Near the beginning there are fewer tokens to look at.

    Source: Beltagy, Peters and Cohan (2020), section 3.1; one-sided as in Jiang et al. (2023).

    Shapes:
        returns: (query, key), booleans; query and key are both the tokens

    >>> sliding_window_mask(4, window=2)
    tensor([[ True, False, False, False],
            [ True,  True, False, False],
            [False,  True,  True, False],
            [False, False,  True,  True]])
    """
    places = torch.arange(tokens)
    distance = places[:, None] - places  # (query, key): how far back the key stands
    return (distance >= 0) & (distance < window)


def pack_documents(documents: list[list[int]]) -> dict[str, list[int]]:
    """Put documents one behind the other into a single sequence, and number its tokens.

    Returns three lists of the same length. "input_ids" has the ids of all documents.
    "document_ids" says for each of them from which document it is: its place in `documents`.
    "position_ids" says which place it has in its document. Both count from 0. A document may be
    empty: it adds nothing, but has its number.

    >>> pack_documents([[7, 8, 9], [5, 6]])
    {'input_ids': [7, 8, 9, 5, 6], 'document_ids': [0, 0, 0, 1, 1], 'position_ids': [0, 1, 2, 0, 1]}
    """
    packed = {"input_ids": [], "document_ids": [], "position_ids": []}
    for number, document in enumerate(documents):
        packed["input_ids"].extend(document)
        packed["document_ids"].extend([number] * len(document))
        packed["position_ids"].extend(range(len(document)))
    return packed


def packed_mask(document_ids: Tensor) -> Tensor:
    """Let each token look at itself and at what stands before it in its own document.

    Two tokens of a row are from one document where their numbers are equal. The numbers need not
    rise from left to right.

    Shapes:
        document_ids: (batch, token), whole numbers
        returns:      (batch, 1, query, key), booleans; the second axis is for the heads

    >>> packed_mask(torch.tensor([[0, 0, 1]]))
    tensor([[[[ True, False, False],
              [ True,  True, False],
              [False, False,  True]]]])
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None]  # (batch, 1, query, key)
    return same.tril()


def sees(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Find out which inputs each output of a model depends on, by gradients.

    Output `q` depends on input `k` if any number of the output at `q` has a gradient that is not
    exactly 0 with respect to any number of the input at `k`. However small it is, it counts.

    Shapes:
        model:   maps (key, d_in) to (query, d_out)
        x:       (key, d_in), the input at which to take the gradients; it stays unchanged
        returns: (query, key), booleans, True where the output depends on the input

    >>> sees(lambda x: x.cumsum(dim=0), torch.ones(3, 2))
    tensor([[ True, False, False],
            [ True,  True, False],
            [ True,  True,  True]])
    """
    jacobian = torch.autograd.functional.jacobian(model, x)  # (query, d_out, key, d_in)
    return (jacobian != 0).any(dim=3).any(dim=1)


def leaks(model: Callable[[Tensor], Tensor], x: Tensor, mask: Tensor) -> list[tuple[int, int]]:
    """List what a model sees though its mask forbids it, as pairs (query, key).

    The pairs are sorted, by query and then by key. A model that keeps to its mask has none. That
    it does not look at something that it may look at is no leak. Use `sees`.

    Shapes:
        model: maps (key, d_in) to (query, d_out)
        x:     (key, d_in)
        mask:  (query, key), booleans, True for "may look"

    >>> leaks(lambda x: x.flip(0), torch.ones(3, 2), torch.ones(3, 3).tril().bool())
    [(0, 2)]
    """
    found = (sees(model, x) & ~mask).nonzero()
    return [(query, key) for query, key in found.tolist()]


def additive_mask(mask: Tensor) -> Tensor:
    """Turn a mask into numbers that are added to the scores: 0 to look, the lowest not to.

    The lowest is the lowest finite number that the type `float32` has.

    Shapes:
        mask:    (...), booleans, True for "may look"
        returns: (...), float32

    >>> additive_mask(torch.tensor([True, False]))
    tensor([ 0.0000e+00, -3.4028e+38])
    """
    zeros = torch.zeros_like(mask, dtype=torch.float32)
    return zeros.masked_fill(~mask, torch.finfo(torch.float32).min)
