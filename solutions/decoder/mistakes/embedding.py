"""Section 3.1, "Ids become vectors": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

embed__no_positions = Edit(" + positions[past:end]", "")
"""The same token has the same vector everywhere with you. How would a model know where it
stands?"""

embed__positions_begin_anew = Edit("positions[past:end]", "positions[: ids.shape[1]]")
"""The ids come after `past` others. At which position does the first of them stand?"""


def embed__positions_from_one(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """Which position does the very first token of a text have?"""
    end = past + ids.shape[1]
    if end > len(positions):
        raise ValueError("too long")
    return tokens[ids] + torch.cat([positions, positions[:1]])[past + 1 : end + 1]


embed__no_room_for_the_last_position = Edit("end > len", "end >= len")
"""There are as many positions as `positions` has rows. May the last of them be used?"""


def embed__past_does_not_count(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """How far does the text reach? Count the tokens that came before, too."""
    if ids.shape[1] > len(positions):
        raise ValueError("too long")
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


def embed__the_last_position_again(
    ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0
) -> Tensor:
    """Behind the last position you use its vector again and again. What does the task ask for
    there?"""
    places = torch.arange(past, past + ids.shape[1]).clamp(max=len(positions) - 1)
    return tokens[ids] + positions[places]


embed__side_by_side = Edit(
    "tokens[ids] + positions[past:end]",
    "torch.cat([tokens[ids], positions[past:end].expand(*ids.shape, -1)], dim=2)",
)
"""How many numbers has each of your vectors? The two are to be added, not put side by side."""

embed__scaled = Edit("return tokens[ids]", "return math.sqrt(tokens.shape[1]) * tokens[ids]")
"""The vectors of the tokens are too long. Some models multiply them by the square root of d_model;
GPT-2 does not."""

embed__mean = Edit("tokens[ids] + positions[past:end]", "(tokens[ids] + positions[past:end]) / 2")
"""Your vectors are half as long as they should be. Add the two, and leave it at that."""

embed__no_learning = Edit(
    "return tokens[ids] + positions[past:end]",
    "return (tokens[ids] + positions[past:end]).detach()",
)
"""Your numbers are right, but no gradient comes to the tables, so they never learn. What cuts it off:
`detach`, `no_grad`, `data`?"""
