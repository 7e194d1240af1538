"""Section 2.2, "Who may look at whom": right answers in other forms."""

import torch
from torch import Tensor


def encoder_mask__repeat(attention_mask: Tensor) -> Tensor:
    return attention_mask[:, None, None].repeat(1, 1, attention_mask.shape[1], 1)


def encoder_mask__transformers(attention_mask: Tensor) -> Tensor:
    from transformers.masking_utils import bidirectional_mask_function, sdpa_mask

    batch, tokens = attention_mask.shape
    return sdpa_mask(
        batch, tokens, tokens, mask_function=bidirectional_mask_function,
        attention_mask=attention_mask, allow_is_causal_skip=False,
    )  # fmt: skip


def additive_mask__where(mask: Tensor) -> Tensor:
    return torch.where(mask, 0.0, torch.finfo(torch.float32).min)


def additive_mask__times(mask: Tensor) -> Tensor:
    return (~mask).float() * torch.finfo(torch.float32).min
