"""Wrong answers to `packed_positions` in other words, with the hint due."""

import torch


def packed_positions__through(conversation):
    """Counts through the whole block.

    Hint: run_on
    """
    B, T = conversation.shape
    return torch.arange(T).repeat(B, 1)


def packed_positions__from_one(conversation):
    """Counts from 1.

    Hint: from_one
    """
    out = torch.zeros_like(conversation)
    for b, row in enumerate(conversation.tolist()):
        for t, c in enumerate(row):
            out[b, t] = out[b, t - 1] + 1 if t and row[t - 1] == c else 1
    return out


def packed_positions__zero_for_padding(conversation):
    """Gives all padding position 0.

    Hint: padding_zero
    """
    out = torch.zeros_like(conversation)
    for b, row in enumerate(conversation.tolist()):
        for t in range(1, len(row)):
            if row[t] == row[t - 1] and row[t] != -1:
                out[b, t] = out[b, t - 1] + 1
    return out


def packed_positions__padding_goes_on(conversation):
    """Counts on through the padding.

    Hint: padding_runs_on
    """
    out = torch.zeros_like(conversation)
    for b, row in enumerate(conversation.tolist()):
        for t in range(1, len(row)):
            if row[t] == row[t - 1] or row[t] == -1:
                out[b, t] = out[b, t - 1] + 1
    return out


def packed_positions__where_it_rises(conversation):
    """A conversation begins where the number rises; before padding it falls.

    Hint: padding_runs_on
    """
    t = torch.arange(conversation.size(1)).expand_as(conversation)
    new = torch.zeros_like(conversation)
    new[:, 1:] = (conversation.diff(dim=1) > 0) * t[:, 1:]
    return t - torch.cummax(new, dim=1)[0]


def packed_positions__one_row_after_the_other(conversation):
    """Does not begin again with a new row.

    Hint: none
    """
    out, n, last = [], 0, None
    for c in conversation.flatten().tolist():
        n = n + 1 if c == last else 0
        last = c
        out.append(n)
    return torch.tensor(out).reshape(conversation.shape)


def packed_positions__of_the_whole_batch(conversation):
    """Counts how often a number has come in the batch.

    Hint: none
    """
    seen = {}
    out = []
    for row in conversation.tolist():
        line = []
        for c in row:
            line.append(seen.get(c, 0))
            seen[c] = line[-1] + 1
        out.append(line)
    return torch.tensor(out)


def packed_positions__as_in_the_first_row(conversation):
    """Works out the first row, and uses it for all.

    Hint: within_row_zero
    """
    row = conversation[0].tolist()
    pos = [0]
    for a, b in zip(row, row[1:]):
        pos.append(pos[-1] + 1 if a == b else 0)
    return torch.tensor(pos).expand_as(conversation)


def packed_positions__down_the_batch(conversation):
    """Counts down the wrong axis.

    Hint: none
    """
    out = torch.zeros_like(conversation)
    for b in range(1, conversation.size(0)):
        same = conversation[b] == conversation[b - 1]
        out[b] = torch.where(same, out[b - 1] + 1, 0)
    return out


def packed_positions__from_the_end(conversation):
    """Counts how many are still to come.

    Hint: none
    """
    same = conversation.unsqueeze(2) == conversation.unsqueeze(1)
    return same.triu(1).sum(-1)


def packed_positions__length(conversation):
    """Counts the whole conversation for each token.

    Hint: none
    """
    return (conversation[:, :, None] == conversation[:, None, :]).sum(-1)


def packed_positions__itself_counted(conversation):
    """Counts itself too.

    Hint: from_one
    """
    return (conversation[:, :, None] == conversation[:, None, :]).tril().sum(2)


def packed_positions__difference_to_the_last_start(conversation):
    """Subtracts the last start of the block from all.

    Hint: none
    """
    T = conversation.size(1)
    pos = torch.arange(T).expand_as(conversation).clone()
    for b in range(len(conversation)):
        for t in range(1, T):
            if conversation[b, t] != conversation[b, t - 1]:
                pos[b, t:] -= t
    return pos


def packed_positions__starts_one_early(conversation):
    """Compares with the token behind, so each conversation begins a place early.

    Hint: none
    """
    out = torch.zeros_like(conversation)
    for b in range(conversation.shape[0]):
        n = 0
        for t in range(conversation.shape[1]):
            if t + 1 < conversation.shape[1] and conversation[b, t] != conversation[b, t + 1]:
                n = 0
            out[b, t] = n
            n += 1
    return out


def packed_positions__only_real_ones(conversation):
    """Returns the padding's number where padding stands.

    Hint: none
    """
    pos = (conversation[:, :, None] == conversation[:, None, :]).tril(-1).sum(2)
    return torch.where(conversation == -1, conversation, pos)


def packed_positions__floats(conversation):
    """Counts in floats.

    Hint: floats
    """
    same = (conversation[:, :, None] == conversation[:, None, :]).float()
    return same.tril(-1).sum(2)


def packed_positions__as_an_int32(conversation):
    """Counts in int32.

    Hint: none
    """
    out = torch.zeros(conversation.shape, dtype=torch.int32)
    for t in range(1, conversation.shape[1]):
        same = conversation[:, t] == conversation[:, t - 1]
        out[:, t] = (out[:, t - 1] + 1) * same
    return out


def packed_positions__list(conversation):
    """Returns lists.

    Hint: any.form
    """
    return [[row[:t].count(c) for t, c in enumerate(row)] for row in conversation.tolist()]


def packed_positions__two_conversations(conversation):
    """Thinks that there are two conversations at most in a block.

    Hint: none
    """
    T = conversation.size(1)
    pos = torch.arange(T).expand_as(conversation)
    start = (conversation == 0).sum(1, keepdim=True)
    pos = torch.where(conversation > 0, pos - start, pos)
    filled = (conversation >= 0).sum(1, keepdim=True)
    return torch.where(conversation < 0, torch.arange(T) - filled, pos)


def packed_positions__within_the_number(conversation):
    """Subtracts the number of the conversation from the place.

    Hint: none
    """
    return torch.arange(conversation.size(1)) - conversation
