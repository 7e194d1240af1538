"""Wrong answers to `embed` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def embed__two_of_three(ids, parts, tokens, positions, types):
    """Knows tokens and parts only.

    Hint: no_positions
    """
    return F.embedding(ids, tokens) + F.embedding(parts, types)


def embed__as_in_gpt2(ids, parts, tokens, positions, types):
    """Does what notebook 3 did.

    Hint: no_types
    """
    places = torch.arange(ids.shape[-1])
    return F.embedding(ids, tokens) + F.embedding(places, positions)


def embed__first_type_always(ids, parts, tokens, positions, types):
    """Adds the vector of the first part to everything.

    Hint: one_type_for_all
    """
    x = tokens[ids]
    for place in range(ids.shape[1]):
        x[:, place] += positions[place] + types[0]
    return x


def embed__counts_from_one(ids, parts, tokens, positions, types):
    """Numbers the positions from 1.

    Hint: positions_from_one
    """
    places = torch.arange(1, ids.shape[1] + 1) % len(positions)
    return tokens[ids] + positions[places] + types[parts]


def embed__row_zero_says_it_for_all(ids, parts, tokens, positions, types):
    """Takes the parts of the first row for every row.

    Hint: types_by_place
    """
    sides = types[parts[0]].expand(len(ids), -1, -1)
    return tokens[ids] + positions[: ids.size(1)] + sides


def embed__averaged(ids, parts, tokens, positions, types):
    """Takes the mean of the three vectors.

    Hint: mean
    """
    places = positions[: ids.size(1)].expand(len(ids), -1, -1)
    return torch.stack([tokens[ids], places, types[parts]]).mean(dim=0)


def embed__types_by_parity(ids, parts, tokens, positions, types):
    """Alternates between the two parts.

    Hint: none
    """
    return tokens[ids] + positions[: ids.size(1)] + types[torch.arange(ids.size(1)) % 2]


def embed__data_of_the_tables(ids, parts, tokens, positions, types):
    """Takes the numbers of the tables, and not the tables.

    Hint: no_learning
    """
    return tokens.data[ids] + positions.data[: ids.size(1)] + types.data[parts]


def embed__tokens_alone_detached(ids, parts, tokens, positions, types):
    """Detaches one of the three tables.

    Hint: none
    """
    return tokens.detach()[ids] + positions[: ids.size(1)] + types[parts]


def embed__types_alone_detached(ids, parts, tokens, positions, types):
    """Detaches another one.

    Hint: none
    """
    return tokens[ids] + positions[: ids.size(1)] + types.detach()[parts]


def embed__positions_alone_detached(ids, parts, tokens, positions, types):
    """Detaches the third one.

    Hint: none
    """
    return tokens[ids] + positions.detach()[: ids.size(1)] + types[parts]
