"""Wrong answers to `embed` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def embed__always_from_zero(ids, tokens, positions, past=0):
    """Numbers the positions from zero, whatever came before.

    Hint: positions_begin_anew
    """
    n = ids.shape[-1]
    if past + n > len(positions):
        raise ValueError("too long")
    where = torch.arange(n)
    return F.embedding(ids, tokens) + F.embedding(where, positions)


def embed__no_positions(ids, tokens, positions, past=0):
    """Looks up the tokens and forgets the positions.

    Hint: no_positions
    """
    if ids.size(1) + past > positions.size(0):
        raise ValueError
    return F.embedding(ids, tokens)


def embed__last_position_refused(ids, tokens, positions, past=0):
    """Refuses the last position, for which there is a vector.

    Hint: no_room_for_the_last_position
    """
    end = past + ids.shape[1]
    if end >= positions.shape[0]:
        raise ValueError(f"{end} positions")
    return tokens[ids] + positions[past:end]


def embed__past_not_counted_in_the_check(ids, tokens, positions, past=0):
    """Checks only the length of the ids, and cuts positions modulo the table.

    Hint: past_does_not_count
    """
    if ids.shape[1] > len(positions):
        raise ValueError("too many ids")
    places = (torch.arange(ids.shape[1]) + past) % len(positions)
    return tokens[ids] + positions[places]


def embed__clamped(ids, tokens, positions, past=0):
    """Lets all ids beyond the table share its last position.

    Hint: the_last_position_again
    """
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


def embed__index_error(ids, tokens, positions, past=0):
    """Leaves the error to the indexing.

    Hint: none
    """
    return tokens[ids] + positions[torch.arange(past, past + ids.shape[1])]


def embed__positions_of_the_ids(ids, tokens, positions, past=0):
    """Takes the vector of a position by the id that stands there.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return tokens[ids] + positions[ids % len(positions)]


def embed__multiplied(ids, tokens, positions, past=0):
    """Multiplies the two vectors.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return tokens[ids] * positions[past : past + ids.shape[1]]


def embed__concatenated(ids, tokens, positions, past=0):
    """Puts the two vectors one behind the other.

    Hint: side_by_side
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    place = positions[past : past + ids.shape[1]].expand(len(ids), -1, -1)
    return torch.cat([tokens[ids], place], dim=-1)


def embed__squeezed(ids, tokens, positions, past=0):
    """Takes away all axes of size one at the end.

    Hint: none
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError
    return (tokens[ids] + positions[past : past + ids.shape[1]]).squeeze()


def embed__data_of_the_tables(ids, tokens, positions, past=0):
    """Takes the numbers of the tables, and not the tables.

    Hint: no_learning
    """
    if past + ids.shape[1] > len(positions):
        raise ValueError("too long")
    return tokens.data[ids] + positions.data[past : past + ids.shape[1]]


def embed__first_token_is_padding(ids, tokens, positions, past=0):
    """Takes id 0 for padding, whose vector then never learns.

    Hint: none
    """
    end = past + ids.shape[1]
    if end > len(positions):
        raise ValueError("too long")
    return F.embedding(ids, tokens, padding_idx=0) + positions[past:end]
