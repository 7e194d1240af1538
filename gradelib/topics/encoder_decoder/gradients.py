"""What the loss of a translation does to the source: gradients at its vectors, in notebook 5."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gradelib.lab.tokens import show_table
from gradelib.topics.encoder_decoder.pairs import Pair, Words
from gradelib.topics.encoder_decoder.pictures import draw_pull

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["pull_at_source", "show_pull", "show_reach"]

ROUNDING = 1e-6  # a gradient that is shorter is zero, but for rounding
LossOf = Callable[[Any, "Tensor", "Tensor"], "Tensor"]


def pull_at_source(
    model: Any, source_ids: Tensor, loss_of: Callable[[Any, Tensor], Tensor]
) -> list[float]:
    """Return the length of a loss's gradient at the vector of each word of the source.

    `loss_of` gets the model and what its encoder made of the source.

    Shapes:
        source_ids: (1, source)
    """
    import torch

    kept: list[Tensor] = []

    def keep(module: Any, args: tuple[Any, ...], output: Tensor) -> Tensor:
        if not kept:  # the first words that are looked up are those of the source
            kept.append(output.detach().requires_grad_())
            return kept[0]
        return output

    hook = model.tokens.register_forward_hook(keep)
    try:
        loss = loss_of(model, model.encode(source_ids))
    finally:
        hook.remove()
    (gradient,) = torch.autograd.grad(loss, kept[0], allow_unused=True)
    if gradient is None:
        return [0.0] * source_ids.shape[1]
    return [float(length) for length in gradient[0].norm(dim=-1)]


def show_pull(
    model: Any,
    words: Words,
    pair: Pair,
    shift_right: Callable[[Tensor, int], Tensor],
    sequence_loss: Callable[..., Tensor],
) -> None:
    """Draw at which source words the losses of the second and of the last word pull."""
    source, target = words.batch([pair["en"]]), words.batch([pair["de"]])
    german, pulls = words.decode(target[0]), {}
    for place in (1, len(german) - 2):

        def loss_of(model: Any, read: Tensor, place: int = place) -> Tensor:
            logits = model.decode(shift_right(target, words.start), read, source)
            here = slice(place, place + 1)
            return sequence_loss(logits[:, here], target[:, here], words.pad)

        lengths = pull_at_source(model, source, loss_of)
        pulls[german[place]] = [length / (sum(lengths) or 1.0) for length in lengths]
    english = [*words.decode(source[0]), "the end"]
    word, shares = list(pulls.items())[-1]
    most = english[shares.index(max(shares))]
    title = f"The loss of “{word}” pulls hardest at the vector of “{most}”"
    draw_pull(english, pulls, title)


def show_reach(model: Any, loss: LossOf, source_ids: Tensor, target_ids: Tensor) -> None:
    """Show how long the gradient of one batch's loss is in each part of a translator."""
    model.zero_grad()
    loss(model, source_ids, target_ids).backward()
    parts = {"encoder": ("readers", "read_norm"), "decoder": ("writers", "write_norm")}
    parts["tables, for both"] = ("tokens", "positions")
    rows: dict[str, tuple[str, str]] = {}
    for name, owned in parts.items():
        weights = [w for key, w in model.named_parameters() if key.split(".")[0] in owned]
        moved = [w for w in weights if w.grad is not None and float(w.grad.norm()) > ROUNDING]
        squares = sum(float(w.grad.square().sum()) for w in moved if w.grad is not None)
        rows[name] = (f"{len(moved)} of {len(weights)}", f"{squares**0.5:.3f}")
    model.zero_grad()
    tensors, lengths = zip(*rows.values(), strict=True)
    show_table(
        {"part": list(rows), "tensors with a gradient": tensors, "its length": lengths},
        "One loss, at the decoder's end, and what it reaches",
    )
