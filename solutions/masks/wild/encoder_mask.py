"""Wrong answers to `encoder_mask` in other words, with the hint due."""

import torch


def encoder_mask__no_queries(attention_mask):
    """Adds axes but has one row instead of one for each query.

    Hint: one_row_for_all
    """
    return attention_mask[:, None, None, :]


def encoder_mask__queries_hidden(attention_mask):
    """Hides the rows of padding instead of the columns.

    Hint: hides_the_wrong_side
    """
    batch, n = attention_mask.shape
    return attention_mask.view(batch, 1, n, 1).expand(batch, 1, n, n)


def encoder_mask__both_hidden(attention_mask):
    """Hides rows of padding as well as columns.

    Hint: blindfolds_padding
    """
    m = attention_mask.unsqueeze(1).unsqueeze(2)
    return m & m.transpose(-1, -2)


def encoder_mask__product(attention_mask):
    """Multiplies the mask with itself, which hides rows too and makes numbers.

    Hint: blindfolds_padding
    """
    m = attention_mask.float()
    return torch.einsum("bq,bk->bqk", m, m).unsqueeze(1)


def encoder_mask__either(attention_mask):
    """Lets look where the query or the key is real.

    Hint: none
    """
    return attention_mask[:, None, :, None] | attention_mask[:, None, None, :]


def encoder_mask__numbers(attention_mask):
    """Makes whole numbers instead of booleans.

    Hint: none
    """
    b, n = attention_mask.shape
    return attention_mask.int()[:, None, None, :].repeat(1, 1, n, 1)


def encoder_mask__turned_round(attention_mask):
    """Says True for what is hidden.

    Hint: marks_the_padding
    """
    n = attention_mask.size(1)
    return (~attention_mask)[:, None, None, :].expand(-1, 1, n, -1)


def encoder_mask__causal(attention_mask):
    """Hides the future as well, as in a decoder.

    Hint: looks_back_only
    """
    n = attention_mask.shape[-1]
    return attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n, dtype=torch.bool))


def encoder_mask__no_heads(attention_mask):
    """Forgets the axis for the heads.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return torch.stack([row.repeat(n, 1) for row in attention_mask])


def encoder_mask__heads_in_front(attention_mask):
    """Puts the axis for the heads in front of the batch.

    Hint: heads_first
    """
    n = attention_mask.shape[1]
    return attention_mask[None, :, None, :].expand(1, -1, n, -1)


def encoder_mask__additive(attention_mask):
    """Makes the additive form.

    Hint: none
    """
    n = attention_mask.shape[1]
    m = attention_mask[:, None, None, :].expand(-1, -1, n, -1)
    return torch.zeros(m.shape).masked_fill(~m, float("-inf"))


def encoder_mask__transposed_batch(attention_mask):
    """Uses .T, which swaps the batch and the tokens.

    Hint: none
    """
    return (attention_mask.unsqueeze(0) & attention_mask.T.unsqueeze(1)).unsqueeze(1)


def encoder_mask__as_many_rows_as_sentences(attention_mask):
    """Repeats the row for each sentence instead of for each token.

    Hint: none
    """
    batch = len(attention_mask)
    return attention_mask[:, None, None, :].repeat(1, 1, batch, 1)


def encoder_mask__everything(attention_mask):
    """Lets everybody look everywhere, at padding too.

    Hint: none
    """
    b, n = attention_mask.shape
    return torch.ones(b, 1, n, n, dtype=torch.bool)


def encoder_mask__itself_only(attention_mask):
    """Lets each token look at itself only.

    Hint: none
    """
    return torch.diag_embed(attention_mask)[:, None]


def encoder_mask__squeezed(attention_mask):
    """Takes away all axes of size one, also the batch of one.

    Hint: no_axis_for_heads
    """
    n = attention_mask.shape[1]
    return attention_mask[:, None, None, :].expand(-1, -1, n, -1).squeeze()


def encoder_mask__same_data_other_axes(attention_mask):
    """Repeats and reshapes, so that the rows of different sentences mix.

    Hint: none
    """
    b, n = attention_mask.shape
    return attention_mask.repeat(n, 1).reshape(b, 1, n, n)


def encoder_mask__lists(attention_mask):
    """Returns nested lists instead of a tensor.

    Hint: none
    """
    out = []
    for row in attention_mask.tolist():
        out.append([[row for _ in row]])
    return out
