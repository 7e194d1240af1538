"""Stories that begin alike, read together: what they share is computed once.

Endings of one beginning stand behind it in one row, each blind to the others, so that every vector
is the one that it would be if each story were read alone. It does not train and does not write.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from torch import Tensor

__all__ = ["Branches"]

ALIKE = 16  # tokens that stories must share to stand in one row
MOST = 4  # endings in a row
TOGETHER = 1000  # tokens that are computed at a time, about


@dataclass(frozen=True)
class Part:
    """Rows of about the same length, padded on the right."""

    ids: Tensor  # (row, token)
    positions: Tensor  # (row, token), in the story to which the token belongs
    visible: Tensor  # (row, 1, token, token), True where the first may look at the second


class Branches:
    """Rows for stories, and the place where each of their tokens is computed.

    Shapes:
        where: (story, token), 0 behind a story's end
        last:  (story,), the place of each story's last token
    """

    where: Tensor
    last: Tensor

    def __init__(
        self, stories: Sequence[Sequence[int]], device: torch.device | str, width: int = 0
    ) -> None:
        import torch

        width = width or max(map(len, stories))
        shared = {tuple(family): _shared(stories, family) for family in _families(stories)}

        def length(family: tuple[int, ...]) -> int:
            return sum(len(stories[one]) - shared[family] for one in family) + shared[family]

        self.parts: list[Part] = []
        self.where = torch.zeros(len(stories), width, dtype=torch.long)
        place = 0
        for some in _bundles(sorted(shared, key=length), length):
            wide = max(map(length, some))
            rows = []
            for family in some:
                rows.append(_row([stories[one] for one in family], shared[family], wide))
                for one, places in zip(family, rows[-1][3], strict=True):
                    self.where[one, : len(places)] = torch.tensor(places) + place
                place += wide
            ids, positions, owners = (
                torch.tensor([row[at] for row in rows], device=device) for at in range(3)
            )
            self.parts.append(Part(ids, positions, _visible(owners)))
        lengths = torch.tensor([len(story) for story in stories])
        self.last = self.where[torch.arange(len(stories)), lengths - 1].to(device)
        self.where = self.where.to(device)

    @classmethod
    def of(cls, ids: Tensor, attention_mask: Tensor) -> Branches:
        """Read rows that are padded on the right; `where` is as wide as they are.

        Shapes:
            ids:            (story, token)
            attention_mask: (story, token), True for real tokens
        """
        lengths = attention_mask.sum(dim=1).tolist()
        rows = [row[:length] for row, length in zip(ids.tolist(), lengths, strict=True)]
        return cls(rows, ids.device, ids.shape[1])

    def hidden(self, body: Any) -> Tensor:
        """Return what a body of transformers makes of each token that is computed.

        `where` says which of them belong to a story.

        Shapes:
            returns: (place, d_model)
        """
        import torch

        made = [
            body(
                part.ids,
                attention_mask=part.visible,
                position_ids=part.positions,
                use_cache=False,
            )[0].flatten(0, 1)
            for part in self.parts
        ]
        return made[0] if len(made) == 1 else torch.cat(made)


def _families(stories: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the numbers of stories that stand in one row."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for number, story in enumerate(stories):
        alike.setdefault(tuple(story[:ALIKE]), []).append(number)
    for family in alike.values():
        family.sort(key=lambda number: list(stories[number]))
        for first in range(0, len(family), MOST):
            yield family[first : first + MOST]


def _shared(stories: Sequence[Sequence[int]], family: Sequence[int]) -> int:
    columns = zip(*(stories[one] for one in family), strict=False)
    same = itertools.takewhile(lambda column: len(set(column)) == 1, columns)
    return sum(1 for _ in same)


def _bundles(families: Sequence[tuple[int, ...]], length: Any) -> Iterator[list[tuple[int, ...]]]:
    """Yield families, the shortest first, as many as are computed at a time."""
    some: list[tuple[int, ...]] = []
    for family in families:
        if some and (len(some) + 1) * length(family) > TOGETHER:
            yield some
            some = []
        some.append(family)
    yield some


def _row(
    family: Sequence[Sequence[int]], shared: int, wide: int
) -> tuple[list[int], list[int], list[int], list[list[int]]]:
    """Return ids, positions, owners and the places of each story in a row of a family.

    The owner of a token is 0 in the beginning, the number of its ending, or -1 in the padding.
    """
    start = list(range(shared))
    ids, positions, owners, places = [*family[0][:shared]], [*start], [0] * shared, []
    for number, story in enumerate(family, start=1):
        own = len(story) - shared
        places.append(start + list(range(len(ids), len(ids) + own)))
        ids += story[shared:]
        positions += range(shared, len(story))
        owners += [number] * own
    left = wide - len(ids)
    return ids + [0] * left, positions + [0] * left, owners + [-1] * left, places


def _visible(owners: Tensor) -> Tensor:
    """Return which token may look at which: (row, 1, token, token)."""
    import torch

    one, other = owners[:, :, None], owners[:, None, :]
    back = torch.ones(owners.shape[1:] * 2, dtype=torch.bool, device=owners.device).tril()
    return (((one == other) | (other == 0)) & back)[:, None]
