"""Wrong answers to `causal_mask` in other words, with the hint due."""

import torch


def causal_mask__upper(tokens, past=0):
    """Takes the upper triangle, so that each token looks ahead.

    Hint: looks_forward
    """
    return torch.ones(tokens, past + tokens).triu(past).bool()


def causal_mask__true_is_hidden(tokens, past=0):
    """Says True for what is hidden, as torch.nn.Transformer does.

    Hint: marks_what_is_hidden
    """
    return torch.triu(torch.ones(tokens, past + tokens, dtype=torch.bool), diagonal=past + 1)


def causal_mask__itself_hidden(tokens, past=0):
    """Hides the token itself.

    Hint: not_itself
    """
    k = torch.arange(past + tokens)
    q = torch.arange(past, past + tokens)
    return k[None, :] < q[:, None]


def causal_mask__one_too_far(tokens, past=0):
    """Lets each token look one further.

    Hint: one_too_far
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(past + 1)


def causal_mask__diagonal_at_zero(tokens, past=0):
    """Forgets to move the diagonal by the past.

    Hint: counts_from_the_wrong_end
    """
    return torch.tril(torch.ones(tokens, tokens + past, dtype=torch.bool))


def causal_mask__past_not_used(tokens, past=0):
    """Does not use the past.

    Hint: forgets_the_past
    """
    return torch.tensor([[k <= q for k in range(tokens)] for q in range(tokens)])


def causal_mask__past_behind(tokens, past=0):
    """Puts the columns of the past behind instead of in front.

    Hint: past_behind
    """
    now = torch.ones(tokens, tokens).tril().bool()
    return torch.cat([now, torch.ones(tokens, past, dtype=torch.bool)], dim=1)


def causal_mask__past_hidden(tokens, past=0):
    """Hides the past.

    Hint: hides_the_past
    """
    now = torch.ones(tokens, tokens, dtype=torch.bool).tril()
    return torch.cat([torch.zeros(tokens, past, dtype=torch.bool), now], dim=1)


def causal_mask__past_asks_too(tokens, past=0):
    """Gives the past rows of its own.

    Hint: past_asks_too
    """
    n = past + tokens
    return torch.tril(torch.ones((n, n), dtype=torch.bool))


def causal_mask__first_rows(tokens, past=0):
    """Takes the first rows of the whole triangle instead of the last.

    Hint: counts_from_the_wrong_end
    """
    n = past + tokens
    return torch.tril(torch.ones((n, n), dtype=torch.bool))[:tokens]


def causal_mask__floats(tokens, past=0):
    """Makes ones and zeros instead of booleans.

    Hint: numbers
    """
    return torch.tril(torch.ones(tokens, tokens + past), diagonal=past)


def causal_mask__whole_numbers(tokens, past=0):
    """Makes whole numbers instead of booleans.

    Hint: numbers
    """
    m = torch.zeros(tokens, past + tokens, dtype=torch.long)
    for q in range(tokens):
        m[q, : past + q + 1] = 1
    return m


def causal_mask__lists(tokens, past=0):
    """Returns lists instead of a tensor.

    Hint: none
    """
    return [[k <= q + past for k in range(past + tokens)] for q in range(tokens)]


def causal_mask__additive(tokens, past=0):
    """Makes the additive form.

    Hint: none
    """
    return torch.full((tokens, past + tokens), float("-inf")).triu(past + 1)


def causal_mask__swapped(tokens, past=0):
    """Swaps rows and columns.

    Hint: none
    """
    k = torch.arange(past + tokens)[:, None]
    q = torch.arange(past, past + tokens)[None, :]
    return k <= q


def causal_mask__everything(tokens, past=0):
    """Lets everybody look everywhere.

    Hint: none
    """
    return torch.ones(tokens, past + tokens).bool()


def causal_mask__diagonal_only(tokens, past=0):
    """Lets each token look at itself only, beside the past.

    Hint: none
    """
    return torch.cat([torch.ones(tokens, past), torch.eye(tokens)], dim=1).bool()


def causal_mask__more_axes(tokens, past=0):
    """Adds axes for batch and heads.

    Hint: none
    """
    return torch.ones(1, 1, tokens, past + tokens, dtype=torch.bool).tril(past)


def causal_mask__last_row_missing(tokens, past=0):
    """Forgets the last row.

    Hint: none
    """
    m = torch.zeros(tokens, past + tokens, dtype=torch.bool)
    for q in range(tokens - 1):
        for k in range(past + q + 1):
            m[q, k] = True
    return m


def causal_mask__minus_past(tokens, past=0):
    """Moves the diagonal to the wrong side.

    Hint: counts_from_the_wrong_end
    """
    return torch.ones(tokens, past + tokens, dtype=torch.bool).tril(diagonal=-past)


def causal_mask__shape_in_one(tokens, past=0):
    """Adds instead of writing two sizes, so that the mask has one axis.

    Hint: none
    """
    mask = torch.ones(tokens + past)
    return torch.tril(mask).bool()


def causal_mask__a_short_past(tokens, past=0):
    """Sees no more than ten tokens of the past at its first query.

    Hint: none
    """
    return torch.ones(tokens, past + tokens).tril(min(past, 10)).bool()
