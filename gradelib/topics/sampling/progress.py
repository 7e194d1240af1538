"""A bar for what takes seconds: it moves at each call of a model, and vanishes in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["DELAY", "counted"]

DELAY = 1.0  # seconds after which a bar appears: what is done before needs none
NextLogits = Callable[["Tensor"], "Tensor"]


@contextmanager
def counted(next_logits: NextLogits, doing: str, calls: int | None = None) -> Iterator[NextLogits]:
    """Lend `next_logits` with a bar that says how often it was called, of at most `calls` times.

    >>> with counted(teller.next_logits, "telling", 150) as next_logits:
    ...     generate(next_logits, start, best, 150, teller.end)
    """
    from tqdm.auto import tqdm

    with tqdm(total=calls, desc=doing, leave=False, delay=DELAY) as bar:

        def called(ids: Tensor) -> Tensor:
            bar.update()
            return next_logits(ids)

        try:
            yield called
        finally:
            bar.total = bar.n  # fewer calls were enough, or one failed: no red bar is left
