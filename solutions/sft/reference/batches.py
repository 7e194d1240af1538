"""Section 10.3: reference answers."""

import torch
from torch import Tensor


def label_batch(
    rows: list[list[int]], masks: list[list[bool]], pad_id: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Make one batch of conversations: ids, labels, and the attention mask.

    Rows are filled up on the right to the longest, with `pad_id`. The label of a token
    is its own id where its mask says True, and -100 where it says False: this token is
    not to be learned. The label of padding is -100 too. `pad_id` may be a token that
    also stands in the rows, such as the one that ends an answer. There it is a real
    token and has its label. Each row has a token.

    Shapes:
        rows:    of each conversation its ids
        masks:   of each conversation as many booleans, True for what is learned
        returns: input_ids (batch, token), int64; labels (batch, token), int64;
                 attention_mask (batch, token), booleans, False for padding

    >>> rows, masks = [[5, 7, 0], [6]], [[False, True, True], [True]]
    >>> input_ids, labels, attention_mask = label_batch(rows, masks, pad_id=0)
    >>> labels
    tensor([[-100,    7,    0],
            [   6, -100, -100]])
    """
    shape = len(rows), max(len(row) for row in rows)
    input_ids, labels = torch.full(shape, pad_id), torch.full(shape, -100)
    attention_mask = torch.zeros(shape, dtype=torch.bool)
    for number, row in enumerate(rows):
        ids, learned = torch.tensor(row), torch.tensor(masks[number])
        input_ids[number, : len(row)] = ids
        labels[number, : len(row)] = ids.masked_fill(~learned, -100)
        attention_mask[number, : len(row)] = True
    return input_ids, labels, attention_mask


def truncate_left(
    ids: list[int],
    mask: list[bool],
    most: int,
) -> tuple[list[int], list[bool]]:
    """Cut a conversation to at most `most` tokens, so that its answer is kept.

    The answer stands at the end. So what goes is what stands at the beginning, but for
    the very first token, <|endoftext|>: each text that the decoder has read began with
    it. The mask is cut in the same places. What is short enough comes back as it is.

    Shapes:
        ids:     at least one
        mask:    as many booleans
        most:    at least 1
        returns: ids and mask, both of the same length

    >>> truncate_left([0, 5, 6, 7, 8], [False, False, False, True, True], most=3)
    ([0, 7, 8], [False, True, True])
    """
    gone = max(0, len(ids) - most)
    return ids[:1] + ids[1 + gone :], mask[:1] + mask[1 + gone :]
