"""Section 2.5, "Two sentences": right answers in other forms."""

from torch import Tensor


def cross_attention_mask__repeat(source_mask: Tensor, target_tokens: int) -> Tensor:
    return source_mask[:, None, None].repeat(1, 1, target_tokens, 1)


def cross_attention_mask__transformers(source_mask: Tensor, target_tokens: int) -> Tensor:
    from transformers.masking_utils import bidirectional_mask_function, sdpa_mask

    batch, source = source_mask.shape
    return sdpa_mask(
        batch, target_tokens, source, mask_function=bidirectional_mask_function,
        attention_mask=source_mask, allow_is_causal_skip=False,
    )  # fmt: skip
