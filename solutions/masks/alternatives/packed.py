"""Section 2.6, "Long texts and packed texts": right answers in other forms."""

from torch import Tensor

from solutions.masks.reference import causal_mask


def sliding_window_mask__triangles(tokens: int, window: int) -> Tensor:
    return causal_mask(tokens).triu(1 - window)


def sliding_window_mask__transformers(tokens: int, window: int) -> Tensor:
    from transformers.masking_utils import (
        sdpa_mask,
        sliding_window_causal_mask_function,
    )

    function = sliding_window_causal_mask_function(window)
    mask = sdpa_mask(1, tokens, tokens, mask_function=function, allow_is_causal_skip=False)
    return mask[0, 0]


def pack_documents__comprehensions(documents: list[list[int]]) -> dict[str, list[int]]:
    every = [
        (token, number, place)
        for number, document in enumerate(documents)
        for place, token in enumerate(document)
    ]
    names = ("input_ids", "document_ids", "position_ids")
    return {name: [row[column] for row in every] for column, name in enumerate(names)}


def pack_documents__transformers(documents: list[list[int]]) -> dict[str, list[int]]:

    from transformers import DataCollatorWithFlattening

    if not documents:
        return {"input_ids": [], "document_ids": [], "position_ids": []}
    collate = DataCollatorWithFlattening(return_seq_idx=True, return_tensors="pt")
    made = collate([{"input_ids": document} for document in documents])
    names = {"input_ids": "input_ids", "document_ids": "seq_idx", "position_ids": "position_ids"}
    return {ours: made[theirs][0].tolist() for ours, theirs in names.items()}


def packed_mask__transformers(document_ids: Tensor) -> Tensor:
    from transformers.masking_utils import (
        and_masks,
        causal_mask_function,
        packed_sequence_mask_function,
        sdpa_mask,
    )

    batch, tokens = document_ids.shape
    both = and_masks(packed_sequence_mask_function(document_ids), causal_mask_function)
    return sdpa_mask(batch, tokens, tokens, mask_function=both, allow_is_causal_skip=False)


def packed_mask__both(document_ids: Tensor) -> Tensor:
    differs = document_ids.unsqueeze(2) - document_ids.unsqueeze(1)
    return (differs == 0).unsqueeze(1) & causal_mask(document_ids.shape[1])
