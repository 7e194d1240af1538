"""Wrong answers to `packed_mask` in other words, with the hint due."""

import torch
from solutions.masks.reference import (
    additive_mask,
    causal_mask,
)


def packed_mask__future_not_hidden(document_ids):
    """Keeps documents apart and forgets the future.

    Hint: looks_ahead
    """
    return (document_ids[:, :, None] == document_ids[:, None, :])[:, None]


def packed_mask__causal_only(document_ids):
    """Does not keep documents apart.

    Hint: causal_only
    """
    b, n = document_ids.shape
    return causal_mask(n).repeat(b, 1, 1, 1)


def packed_mask__earlier_documents_too(document_ids):
    """Lets a token look at earlier documents too.

    Hint: earlier_documents_too
    """
    n = document_ids.shape[1]
    apart = document_ids[:, :, None] >= document_ids[:, None, :]
    return (apart & causal_mask(n)).unsqueeze(1)


def packed_mask__no_heads(document_ids):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = document_ids.shape[1]
    return document_ids.unsqueeze(2).eq(document_ids.unsqueeze(1)) & causal_mask(n)


def packed_mask__runs(document_ids):
    """Goes by borders, so that a number that comes back is a new document.

    Hint: neighbours
    """
    n = document_ids.shape[1]
    change = torch.zeros_like(document_ids)
    change[:, 1:] = document_ids[:, 1:] != document_ids[:, :-1]
    run = change.cumsum(1)
    return (run[:, None, :, None] == run[:, None, None, :]) & causal_mask(n)


def packed_mask__itself_hidden(document_ids):
    """Hides the token itself.

    Hint: not_itself
    """
    n = document_ids.shape[1]
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same & torch.ones(n, n, dtype=torch.bool).tril(-1)


def packed_mask__upper(document_ids):
    """Takes the upper triangle.

    Hint: looks_ahead
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.triu()


def packed_mask__numbers(document_ids):
    """Makes numbers instead of booleans.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.int().tril()


def packed_mask__first_row_for_all(document_ids):
    """Uses the first row's documents for all.

    Hint: first_row_for_all
    """
    b, n = document_ids.shape
    row = document_ids[0]
    return ((row[:, None] == row) & causal_mask(n)).expand(b, 1, n, n)


def packed_mask__batch_compared(document_ids):
    """Compares the rows of the batch with each other.

    Hint: none
    """
    n = document_ids.shape[1]
    same = document_ids[:, None, :] == document_ids[None, :, :]
    return same[:, None] & causal_mask(n)


def packed_mask__t_of_a_batch(document_ids):
    """Uses .T on a batch.

    Hint: none
    """
    same = document_ids == document_ids.T
    return (same & causal_mask(document_ids.shape[1]))[:, None]


def packed_mask__either(document_ids):
    """Lets look where one of the two masks lets it.

    Hint: none
    """
    n = document_ids.shape[1]
    return (document_ids[:, None, :, None] == document_ids[:, None, None, :]) | causal_mask(n)


def packed_mask__turned_round(document_ids):
    """Says True for what is hidden.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return ~same.tril()


def packed_mask__documents_differ(document_ids):
    """Lets look at the other documents only.

    Hint: other_documents
    """
    same = document_ids[:, None, :, None] != document_ids[:, None, None, :]
    return same.tril()


def packed_mask__zero_is_padding(document_ids):
    """Takes document 0 for padding.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.tril() & (document_ids != 0)[:, None, None, :]


def packed_mask__blocks_by_size(document_ids):
    """Builds blocks from the sizes of the documents, as if they stood in order.

    Hint: none
    """
    rows = []
    for row in document_ids:
        sizes = [int((row == d).sum()) for d in sorted(set(row.tolist()))]
        rows.append(torch.block_diag(*[torch.ones(s, s).tril() for s in sizes]))
    return torch.stack(rows)[:, None].bool()


def packed_mask__neighbour_only(document_ids):
    """Looks at itself and the one before, if it is of the same document.

    Hint: none
    """
    b, n = document_ids.shape
    mask = torch.eye(n, dtype=torch.bool).repeat(b, 1, 1, 1)
    for i in range(b):
        for q in range(1, n):
            if document_ids[i, q] == document_ids[i, q - 1]:
                mask[i, 0, q, q - 1] = True
    return mask


def packed_mask__squeezed(document_ids):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return same.tril().squeeze()


def packed_mask__stops_at_a_border(document_ids):
    """Goes back until another document comes, so that what stands before it is not seen.

    Hint: neighbours
    """
    b, n = document_ids.shape
    mask = torch.zeros(b, 1, n, n, dtype=torch.bool)
    for i in range(b):
        for q in range(n):
            k = q
            while k >= 0 and document_ids[i, k] == document_ids[i, q]:
                mask[i, 0, q, k] = True
                k -= 1
    return mask


def packed_mask__additive(document_ids):
    """Makes the additive form.

    Hint: none
    """
    same = document_ids[:, None, :, None] == document_ids[:, None, None, :]
    return additive_mask(same.tril())


def packed_mask__bytes(document_ids):
    """Keeps the numbers in bytes, where 300 and 44 are the same.

    Hint: none
    """
    numbers = document_ids.to(torch.uint8)
    same = numbers[:, :, None] == numbers[:, None, :]
    return same.tril()[:, None]
