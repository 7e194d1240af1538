"""Wrong answers to `merge_heads` in other words, with the hint due."""


def merge_heads__viewed_at_once(x):
    """Forgets to swap tokens and heads first.

    Hint: no_way_back
    """
    b, h, t, d = x.shape
    return x.reshape(b, t, h * d)


def merge_heads__added(x):
    """Adds the heads up.

    Hint: sum
    """
    return x.sum(1)


def merge_heads__mean(x):
    """Takes the mean of the heads.

    Hint: mean
    """
    return x.mean(dim=1)


def merge_heads__interleaved(x):
    """Takes a number of each head in turn.

    Hint: in_turns
    """
    return x.permute(0, 2, 3, 1).flatten(2)


def merge_heads__view_of_a_transpose(x):
    """Views a transposed tensor, whose numbers do not lie one behind the other.

    Hint: none
    """
    b, h, t, d = x.size()
    return x.transpose(1, 2).view(b, t, h * d)


def merge_heads__not_merged(x):
    """Swaps the axes and merges nothing.

    Hint: still_four_axes
    """
    return x.transpose(1, 2)


def merge_heads__heads_backwards(x):
    """Puts the last head first.

    Hint: last_head_first
    """
    return x.flip(1).transpose(1, 2).flatten(2)


def merge_heads__only_the_first(x):
    """Returns the first head only.

    Hint: first_head_only
    """
    return x[:, 0]
