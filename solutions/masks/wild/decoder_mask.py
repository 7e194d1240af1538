"""Wrong answers to `decoder_mask` in other words, with the hint due."""

import torch
from solutions.masks.reference import (
    additive_mask,
    causal_mask,
    encoder_mask,
)


def decoder_mask__causal_only(attention_mask):
    """Forgets the padding.

    Hint: causal_only
    """
    b, n = attention_mask.shape
    return torch.ones(b, 1, n, n, dtype=torch.bool).tril()


def decoder_mask__padding_only(attention_mask):
    """Forgets the future.

    Hint: padding_only
    """
    return encoder_mask(attention_mask)


def decoder_mask__either(attention_mask):
    """Lets look where one of the two masks lets it.

    Hint: one_of_the_two
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] | causal_mask(n)


def decoder_mask__no_heads(attention_mask):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, :] & causal_mask(n)


def decoder_mask__always_itself(attention_mask):
    """Lets each token look at itself, padding too, so that no row is empty.

    Hint: none
    """
    n = attention_mask.shape[1]
    mask = encoder_mask(attention_mask) & causal_mask(n)
    return mask | torch.eye(n, dtype=torch.bool)


def decoder_mask__queries_hidden_too(attention_mask):
    """Hides rows of padding as well as columns.

    Hint: blindfolds_padding
    """
    n = attention_mask.shape[1]
    keys, queries = attention_mask[:, None, None, :], attention_mask[:, None, :, None]
    return keys & queries & causal_mask(n)


def decoder_mask__queries_hidden(attention_mask):
    """Hides the rows of padding instead of the columns.

    Hint: hides_the_wrong_side
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, :, None] & causal_mask(n)[None, None]


def decoder_mask__itself_hidden(attention_mask):
    """Hides the token itself.

    Hint: not_itself
    """
    n = attention_mask.shape[1]
    strict = torch.ones(n, n, dtype=torch.bool).tril(-1)
    return attention_mask[:, None, None, :] & strict


def decoder_mask__upper(attention_mask):
    """Takes the upper triangle.

    Hint: looks_forward
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] & torch.ones(n, n, dtype=torch.bool).triu()


def decoder_mask__numbers(attention_mask):
    """Multiplies numbers instead of combining booleans.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :].int() * torch.tril(torch.ones(n, n, dtype=torch.int))


def decoder_mask__no_new_axes(attention_mask):
    """Combines the masks as they are, without new axes.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask & causal_mask(n)


def decoder_mask__bool_and_float(attention_mask):
    """Combines booleans with a triangle of floats by &.

    Hint: none
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n))


def decoder_mask__and(attention_mask):
    """Writes `and` between two tensors.

    Hint: none
    """
    n = attention_mask.shape[1]
    return encoder_mask(attention_mask) and causal_mask(n)


def decoder_mask__turned_round(attention_mask):
    """Says True for what is hidden.

    Hint: none
    """
    n = attention_mask.shape[1]
    return ~(attention_mask[:, None, None, :] & causal_mask(n))


def decoder_mask__additive(attention_mask):
    """Makes the additive form.

    Hint: none
    """
    n = attention_mask.shape[1]
    return additive_mask(attention_mask[:, None, None, :] & causal_mask(n))


def decoder_mask__as_many_as_sentences(attention_mask):
    """Makes a triangle as large as the batch.

    Hint: none
    """
    n = len(attention_mask)
    return attention_mask[:, None, None, :] & causal_mask(n)


def decoder_mask__first_sentence_for_all(attention_mask):
    """Uses the first sentence's padding for all.

    Hint: none
    """
    b, n = attention_mask.shape
    return (attention_mask[0] & causal_mask(n)).expand(b, 1, n, n)


def decoder_mask__squeezed(attention_mask):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return (encoder_mask(attention_mask) & causal_mask(n)).squeeze()


def decoder_mask__running_product(attention_mask):
    """Stops at the first padding, so that on the left nothing is seen.

    Hint: none
    """
    b, n = attention_mask.shape
    seen = torch.cumprod(attention_mask.int(), dim=1).bool()
    return seen[:, None, None, :] & causal_mask(n)


def decoder_mask__t_of_a_batch(attention_mask):
    """Uses .T on a batch.

    Hint: none
    """
    n = attention_mask.shape[1]
    return (attention_mask.T[:, None] & causal_mask(n)).unsqueeze(1)


def decoder_mask__padding_sees_the_first(attention_mask):
    """Lets a row without anything to see look at the first place.

    Hint: none
    """
    n = attention_mask.shape[1]
    mask = encoder_mask(attention_mask) & causal_mask(n)
    mask[..., 0] |= ~mask.any(-1)
    return mask
