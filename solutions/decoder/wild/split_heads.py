"""Wrong answers to `split_heads` in other words, with the hint due."""

import torch


def split_heads__viewed_at_once(x, heads):
    """Views into the shape wanted, which mixes tokens and heads.

    Hint: view_alone
    """
    b, t, d = x.shape
    if d % heads != 0:
        raise ValueError
    return x.reshape(b, heads, t, d // heads)


def split_heads__not_swapped(x, heads):
    """Leaves the heads behind the tokens.

    Hint: heads_behind_tokens
    """
    b, t, d = x.size()
    if d % heads:
        raise ValueError
    return x.reshape(b, t, heads, -1)


def split_heads__every_nth(x, heads):
    """Gives a head every n-th number instead of a slice.

    Hint: in_turns
    """
    if x.shape[-1] % heads:
        raise ValueError
    return torch.stack([x[..., h::heads] for h in range(heads)], dim=1)


def split_heads__rest_dropped(x, heads):
    """Drops the numbers that are left over instead of refusing.

    Hint: drops_the_rest
    """
    size = x.shape[-1] // heads
    return torch.stack([x[..., h * size : (h + 1) * size] for h in range(heads)], dim=1)


def split_heads__chunked(x, heads):
    """Lets chunk make slices of unequal size.

    Hint: none
    """
    return torch.stack(x.chunk(heads, dim=-1), dim=1)


def split_heads__heads_first(x, heads):
    """Puts the heads before the batch.

    Hint: none
    """
    if x.shape[2] % heads:
        raise ValueError
    return torch.stack(x.chunk(heads, -1))


def split_heads__slices_of_size_heads(x, heads):
    """Takes the number of heads for the size of a slice.

    Hint: number_and_size_swapped
    """
    b, t, d = x.shape
    if d % heads:
        raise ValueError
    return x.view(b, t, d // heads, heads).transpose(1, 2)


def split_heads__asserts(x, heads):
    """Asserts instead of raising what was asked for.

    Hint: another_error
    """
    assert x.shape[-1] % heads == 0
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)
