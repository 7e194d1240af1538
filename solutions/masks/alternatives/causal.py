"""Section 2.4, "Not looking ahead": right answers in other forms."""

import torch
from torch import Tensor

from solutions.masks.reference import causal_mask


def causal_mask__distances(tokens: int, past: int = 0) -> Tensor:
    return torch.arange(past + tokens) <= torch.arange(past, past + tokens).unsqueeze(1)


def causal_mask__torch(tokens: int, past: int = 0) -> Tensor:
    whole = torch.nn.Transformer.generate_square_subsequent_mask(past + tokens)
    return (whole == 0)[past:]


def causal_mask__transformers(tokens: int, past: int = 0) -> Tensor:
    from transformers.masking_utils import sdpa_mask

    return sdpa_mask(1, tokens, past + tokens, q_offset=past, allow_is_causal_skip=False)[0, 0]


def causal_mask__two_blocks(tokens: int, past: int = 0) -> Tensor:
    own = ~torch.ones(tokens, tokens, dtype=torch.bool).triu(1)
    return torch.cat([torch.ones(tokens, past, dtype=torch.bool), own], dim=1)


def decoder_mask__transformers(attention_mask: Tensor) -> Tensor:
    from transformers.masking_utils import sdpa_mask

    batch, tokens = attention_mask.shape
    return sdpa_mask(
        batch, tokens, tokens, attention_mask=attention_mask, allow_is_causal_skip=False
    )


def decoder_mask__both(attention_mask: Tensor) -> Tensor:
    return attention_mask[:, None, None] & causal_mask(attention_mask.shape[1])


def position_ids__row_by_row(attention_mask: Tensor) -> Tensor:
    numbers = torch.zeros(attention_mask.shape, dtype=torch.long)
    for row, real in zip(numbers, attention_mask, strict=True):
        row[real] = torch.arange(int(real.sum()))
    return numbers


def position_ids__transformers(attention_mask: Tensor) -> Tensor:
    from types import SimpleNamespace

    from transformers import GenerationMixin

    config = SimpleNamespace(is_encoder_decoder=False)
    asked = SimpleNamespace(config=config)
    prepare = GenerationMixin._prepare_position_ids_for_generation
    return prepare(asked, attention_mask, {"attention_mask": attention_mask.long()})


def position_ids__roberta(attention_mask: Tensor) -> Tensor:
    from transformers.models.roberta.modeling_roberta import RobertaEmbeddings

    create = RobertaEmbeddings.create_position_ids_from_input_ids
    return (create(attention_mask.long(), 0) - 1).clamp(min=0)
