"""Wrong answers to `packed_mask` in other words, with the hint due."""

import torch


def packed_mask__causal_only(conversation):
    """Looks at all that came before, in other conversations too.

    Hint: only_causal
    """
    B, T = conversation.shape
    return torch.ones(T, T, dtype=torch.bool).tril().repeat(B, 1, 1)


def packed_mask__same_only(conversation):
    """Looks at its whole conversation, the future too.

    Hint: not_causal
    """
    return conversation.unsqueeze(1) == conversation.unsqueeze(2)


def packed_mask__not_itself(conversation):
    """Looks only at what came before it.

    Hint: not_itself
    """
    same = conversation[:, :, None] == conversation[:, None, :]
    return same & torch.ones_like(same).tril(-1)


def packed_mask__future(conversation):
    """Takes the upper triangle.

    Hint: the_later
    """
    return torch.triu(conversation[:, :, None] == conversation[:, None, :])


def packed_mask__padding_sees_nothing(conversation):
    """Leaves the rows of padding empty.

    Hint: padding_blind
    """
    T = conversation.size(1)
    same = conversation[:, :, None] == conversation[:, None, :]
    causal = torch.tril(torch.ones(T, T)).bool()
    return same & causal & (conversation >= 0)[:, :, None]


def packed_mask__padding_sees_itself(conversation):
    """Lets padding see itself, and nothing else.

    Hint: none
    """
    T = conversation.size(1)
    same = conversation[:, :, None] == conversation[:, None, :]
    real = (conversation >= 0)[:, None, :]
    return (same & real).tril() | torch.eye(T).bool()


def packed_mask__padding_sees_all(conversation):
    """Lets padding see all that came before.

    Hint: none
    """
    same = conversation[:, :, None] == conversation[:, None, :]
    return (same | (conversation < 0)[:, :, None]).tril()


def packed_mask__padding_may_be_seen(conversation):
    """Lets all look at padding, which stands behind them anyway, and padding at all.

    Hint: none
    """
    c = conversation
    pad = c == -1
    same = c[:, :, None] == c[:, None, :]
    return (same | pad[:, :, None] | pad[:, None, :]).tril()


def packed_mask__earlier_ones_too(conversation):
    """Looks at earlier conversations, not at later ones.

    Hint: earlier_too
    """
    T = conversation.shape[1]
    earlier = conversation[:, :, None] >= conversation[:, None, :]
    return earlier & torch.ones(T, T, dtype=torch.bool).tril()


def packed_mask__hides(conversation):
    """True where one may not look, as in `nn.MultiheadAttention`.

    Hint: hidden
    """
    return ~(conversation[:, :, None] == conversation[:, None, :]).tril()


def packed_mask__to_be_added(conversation):
    """Gives 0 and minus infinity, to be added to the scores.

    Hint: none
    """
    same = (conversation[:, :, None] == conversation[:, None, :]).tril()
    return torch.zeros(same.shape).masked_fill(~same, float("-inf"))


def packed_mask__ones(conversation):
    """Gives whole numbers.

    Hint: numbers
    """
    return (conversation[:, :, None] == conversation[:, None, :]).long().tril()


def packed_mask__with_heads(conversation):
    """Has an axis for the heads.

    Hint: heads
    """
    return (conversation[:, :, None] == conversation[:, None, :]).tril().unsqueeze(1)


def packed_mask__first_row(conversation):
    """Makes the mask of the first row, for all.

    Hint: none
    """
    row = conversation[0]
    return (row[:, None] == row[None, :]).tril().expand(len(conversation), -1, -1)


def packed_mask__first_row_only(conversation):
    """Makes the mask of the first row alone.

    Hint: none
    """
    row = conversation[0]
    return torch.tril(row[:, None] == row)


def packed_mask__begin_for_all(conversation):
    """Lets each look at the very first token too, since every text begins with it.

    Hint: none
    """
    same = conversation[:, :, None] == conversation[:, None, :]
    same[:, :, 0] = True
    return same.tril()


def packed_mask__broadcast_over_the_batch(conversation):
    """Turns with `.T`, so that rows of the batch are compared.

    Hint: none
    """
    same = conversation[:, :, None] == conversation.T[None]
    return same.tril()


def packed_mask__neighbour(conversation):
    """Looks at itself and at the one before it.

    Hint: none
    """
    same = (conversation[:, :, None] == conversation[:, None, :]).tril()
    return same & ~same.tril(-2)


def packed_mask__whole_prefix_of_others(conversation):
    """Leaves the first token of a conversation blind to itself.

    Hint: none
    """
    B, T = conversation.shape
    out = torch.zeros(B, T, T, dtype=torch.bool)
    for b in range(B):
        start = 0
        for t in range(1, T):
            if conversation[b, t] != conversation[b, t - 1]:
                start = t
            else:
                out[b, t, start : t + 1] = True
    return out


def packed_mask__end_left_out(conversation):
    """A slice up to t, without t.

    Hint: not_itself
    """
    B, T = conversation.shape
    out = torch.zeros(B, T, T, dtype=torch.bool)
    for b in range(B):
        for t in range(T):
            for s in range(t):
                out[b, t, s] = conversation[b, s] == conversation[b, t]
    return out
