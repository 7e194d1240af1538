"""Steps of a training with a bar that shows them, and that may end early in good order."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["Steps"]


class Steps:
    """The numbers 1, 2, … of the steps of something that takes time.

    >>> steps = Steps(300, "training")
    >>> for number in steps:
    ...     if number == 2:
    ...         steps.stop()  # no further step: the bar says that this was meant
    >>> number
    2
    """

    def __init__(self, count: int, name: str) -> None:
        self.count, self.name = count, name
        self._stopped = False

    def stop(self) -> None:
        """Let the present step be the last one."""
        self._stopped = True

    def __iter__(self) -> Iterator[int]:
        from tqdm.auto import tqdm

        with tqdm(total=self.count, desc=self.name, leave=False) as bar:
            for number in range(1, self.count + 1):
                yield number
                bar.update()
                if self._stopped:
                    bar.total = bar.n  # a bar that is closed before its end turns red
                    return
