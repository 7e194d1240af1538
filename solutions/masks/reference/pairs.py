"""Section 2.5, "Two sentences": reference answers."""

from torch import Tensor


def cross_attention_mask(source_mask: Tensor, target_tokens: int) -> Tensor:
    """Say which tokens of the source each token of the target may look at: all that are
    real.

    The queries come from the target, the keys from the source. There is no order
    between the two, so nothing is hidden but the padding of the source.

    Shapes:
        source_mask: (batch, source), booleans, False for padding
        returns:     (batch, 1, target, source), booleans; the second axis is for the
                     heads

    >>> cross_attention_mask(torch.tensor([[True, True, False]]), target_tokens=2)
    tensor([[[[ True,  True, False],
              [ True,  True, False]]]])
    """
    batch, source = source_mask.shape
    return source_mask[:, None, None].expand(batch, 1, target_tokens, source)
