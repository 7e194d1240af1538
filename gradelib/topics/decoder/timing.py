"""How long writing takes in notebook 3: with a cache, without one, and by the library."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from gradelib.lab import figures
from gradelib.lab.tokens import show_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.decoder.interfaces import Decoder, KeyValueCache

__all__ = ["draw_times", "library_writes", "show_times", "time_per_token", "timed"]

Made = TypeVar("Made")
LENGTHS = (64, 128, 256, 512, 1000)  # tokens


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """Return what `make` makes, and how many seconds that took."""
    start = time.perf_counter()
    return make(), time.perf_counter() - start


def library_writes(teller: LanguageModel, ids: Tensor, count: int) -> Tensor:
    """Let `generate` of `transformers` write exactly `count` tokens, always the likeliest."""
    import torch

    more: dict[str, Any] = {"attention_mask": torch.ones_like(ids), "do_sample": False}
    more |= {"max_new_tokens": count, "min_new_tokens": count, "pad_token_id": teller.end}
    written: Tensor = teller.model.generate(ids, **more)
    return written


def show_times(ways: Mapping[str, Callable[[], Tensor]], count: int) -> Tensor:
    """Show for some ways to write `count` tokens whether they agree with the first, and the time.

    Returns what the first has written.
    """
    import torch
    from tqdm.auto import tqdm

    runs: dict[str, tuple[Tensor, float]] = {}
    for name, way in tqdm(ways.items(), "writing", leave=False):
        runs[name] = timed(way)
    (plain, slow), *others = runs.values()
    fastest = min(seconds for _, seconds in others)
    show_table(
        {
            "who": list(runs),
            "same tokens": [torch.equal(plain, written) for written, _ in runs.values()],
            "ms a token": [f"{1000 * seconds / count:.1f}" for _, seconds in runs.values()],
        },
        f"{count} tokens: the fastest of the others takes {fastest / slow:.0%} of the first's time",
    )
    return plain


def time_per_token(
    model: Decoder,
    lengths: Sequence[int],
    make_cache: Callable[[], KeyValueCache] | None = None,
    runs: int = 3,
) -> list[float]:
    """Return how many milliseconds the next token costs after texts of some lengths.

    Without `make_cache` the model reads the whole text; with it, the caches know the text already,
    and it reads one token. The fastest of some runs counts, since other work only adds to it.
    """
    import torch
    from tqdm.auto import tqdm

    best = []
    with torch.no_grad():
        for length in tqdm(lengths, "with a cache" if make_cache else "without one", leave=False):
            text = torch.ones(1, length, dtype=torch.long)
            caches: tuple[Sequence[KeyValueCache], ...] = ()  # what is handed in beside the ids
            unread = text
            if make_cache is not None:
                caches, unread = ([make_cache() for _ in model.blocks],), text[:, :1]
                model(text, *caches)
            times = [timed(lambda: model(unread, *caches))[1] for _ in range(runs)]  # noqa: B023 (called at once)
            best.append(1000 * min(times))
    return best


def draw_times(
    model: Decoder, make_cache: Callable[[], KeyValueCache], lengths: Sequence[int] = LENGTHS
) -> Axes:
    """Draw what one token costs after texts of some lengths, with caches and without."""
    without = time_per_token(model, lengths)
    cached = time_per_token(model, lengths, make_cache)
    times = without[-1] / cached[-1]
    title = f"After {lengths[-1]} tokens, one more costs {times:.0f} times as much without a cache"
    axes = figures.lines(
        {"without a cache": (lengths, without), "with a cache": (lengths, cached)},
        title if times >= 2 else "Here a cache saves little: is the computer busy with other work?",
        x="tokens before",
        y="time for one token (ms)",
        colours={
            "without a cache": figures.colour("library"),
            "with a cache": figures.colour("yours"),
        },
    )
    axes.set_ylim(bottom=0)
    axes.margins(x=0.16)
    return axes
