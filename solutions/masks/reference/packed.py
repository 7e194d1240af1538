"""Section 2.6, "Long texts and packed texts": reference answers."""

import torch
from torch import Tensor


def sliding_window_mask(tokens: int, window: int) -> Tensor:
    """Let each token look at the last `window` tokens, itself included, and at none
    after it.

    `window` is at least 1. Near the beginning there are fewer tokens to look at.

    Source: Beltagy, Peters and Cohan (2020), section 3.1; one-sided as in Jiang et al.
    (2023).

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
    "document_ids" says for each of them from which document it is: its place in
    `documents`. "position_ids" says which place it has in its document. Both count from
    0. A document may be empty: it adds nothing, but has its number.

    >>> for name, numbers in pack_documents([[7, 8, 9], [5, 6]]).items():
    ...     print(name, numbers)
    input_ids [7, 8, 9, 5, 6]
    document_ids [0, 0, 0, 1, 1]
    position_ids [0, 1, 2, 0, 1]
    """
    packed = {"input_ids": [], "document_ids": [], "position_ids": []}
    for number, document in enumerate(documents):
        packed["input_ids"].extend(document)
        packed["document_ids"].extend([number] * len(document))
        packed["position_ids"].extend(range(len(document)))
    return packed


def packed_mask(document_ids: Tensor) -> Tensor:
    """Let each token look at itself and at what stands before it in its own document.

    Two tokens of a row are from one document where their numbers are equal. The numbers
    need not rise from left to right.

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
