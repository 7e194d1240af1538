"""Pictures of what goes on inside the student's model: vectors, blocks, and where heads look.

A title that states a result is made of the numbers that are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gradelib.lab import figures
from gradelib.topics.decoder.hf_adapter import head_weights
from gradelib.topics.decoder.pictures import draw_attention

if TYPE_CHECKING:
    import torch
    from matplotlib.axes import Axes
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.decoder.interfaces import CausalAttention, Decoder, SplitHeads

__all__ = ["Look", "draw_alike", "draw_cosines", "draw_looks", "strongest_look"]

Through = Callable[["torch.nn.Module", "Tensor"], "Tensor"]
NEAR = 10  # tokens back: a look further than this is far
SAME = 0.95  # a cosine above this: for all that follows, two vectors are one
EQUAL = 1e-4  # a cosine as near to 1 as rounding


def draw_cosines(vectors: Tensor, names: Sequence[str]) -> Axes:
    """Draw how much the vectors (1, token, d_model) of a text are alike, each with each.

    The title tells of the first token that stands there twice.
    """
    from gradelib.lab.mask_pictures import MaskPicture, draw_masks

    unit = vectors[0] / vectors[0].norm(dim=-1, keepdim=True)
    cosines = (unit @ unit.T).clamp(min=0)
    twice = next(name for name in names if list(names).count(name) > 1)
    first, second = [place for place, name in enumerate(names) if name == twice][:2]
    near = cosines[first, second].item()
    how = "the same vector" if near > 1 - EQUAL else "alike, but not equal"
    title = f"“{twice.strip('␣')}” at two positions: {how} ({near:.2f})"
    (axes,) = draw_masks(
        [MaskPicture(cosines, names, names, "cosine, from 0 to 1")], title, cell=0.46
    )
    axes.set(xlabel="", ylabel="")
    return axes


def _alike(step: Through, make_block: Callable[[], torch.nn.Module], blocks: int) -> list[float]:
    """Return the mean cosine between two tokens of a text, after each number of blocks."""
    import torch

    torch.manual_seed(3)
    x, means = torch.randn(8, 12, 64), []  # (batch, token, d_model)
    with torch.no_grad():
        for _ in range(blocks + 1):
            unit = torch.nn.functional.normalize(x, dim=-1)
            cosines = unit @ unit.mT  # (batch, token, token)
            means.append((cosines.sum(dim=(1, 2)) - 12).mean().item() / (12 * 11))
            x = step(make_block(), x)
    return means


def draw_alike(
    ways: Mapping[str, Through], make_block: Callable[[], torch.nn.Module], blocks: int = 12
) -> Axes:
    """Draw how much tokens are alike after some blocks, with the line first and then without it."""
    found = {name: _alike(way, make_block, blocks) for name, way in ways.items()}
    (kept, lost), count = found.values(), list(range(blocks + 1))
    same = next((number for number, mean in enumerate(lost) if mean > SAME), None)
    title = f"After {blocks} blocks: cosine {kept[-1]:.2f} with the line, {lost[-1]:.2f} without"
    if same is not None and kept[-1] < SAME:
        title = f"Without the line, all tokens are nearly the same after {same} blocks"
    shades = dict(zip(found, map(figures.colour, ("yours", "library")), strict=True))
    curves = {name: (count, means) for name, means in found.items()}
    axes = figures.lines(curves, title, x="blocks", y="cosine between tokens", colours=shades)
    axes.set_xticks(range(0, blocks + 1, 2))
    axes.margins(x=0.18)
    return axes


class Look(NamedTuple):
    """Where one head looks."""

    block: int  # from 1
    head: int  # from 1
    place: int  # of the token that is looked at
    back: int  # tokens
    weight: float


def strongest_look(weights: Tensor, nearest: int = NEAR) -> Look:
    """Return the strongest look from the last token that goes back at least so many tokens.

    The first token does not count: many heads look there that have found nothing.

    Shapes:
        weights: (block, head, key)
    """
    keys = weights.shape[-1]
    far = weights[..., 1 : keys - nearest]
    block, head, place = (int(i) for i in (far == far.max()).nonzero()[0])
    return Look(block + 1, head + 1, place + 1, keys - 2 - place, far.max().item())


def draw_looks(
    model: Decoder,
    teller: LanguageModel,
    text: str,
    split_heads: SplitHeads,
    causal_attention: CausalAttention,
) -> Look:
    """Draw where each head looks from the last token of a text, and say which looks far back."""
    import torch

    ids = teller.encode(text)
    row = ids[0].tolist()
    each = [
        head_weights(model, ids, number, split_heads, causal_attention)[:, -1]
        for number in range(len(model.blocks))
    ]
    weights = torch.stack(each)  # (block, head, key)
    look = strongest_look(weights)
    near = (weights.argmax(dim=-1) >= len(row) - NEAR).sum().item()
    blocks, heads, _ = weights.shape
    labels = [f"block {b + 1}, head {h + 1}" for b in range(blocks) for h in range(heads)]
    title = (
        f"{near} of {len(labels)} heads look mainly at the last {NEAR} tokens; one looks far back"
    )
    tokens = [teller.token(number).strip("␣") for number in row]
    axes = draw_attention(weights.flatten(0, 1), labels, tokens, title)
    axes.figure.set_label(_said(labels, weights.flatten(0, 1), tokens))
    around = teller.decode(row[look.place - 2 : look.place + 2]).strip()
    print(f"The strongest look far back is that of block {look.block}, head {look.head}: it goes")
    print(f"{look.back} tokens back, to “{tokens[look.place]}” in “{around}”, and has the ", end="")
    print(f"weight {look.weight:.2f}.")
    return look


def _said(heads: Sequence[str], weights: Tensor, tokens: Sequence[str]) -> str:
    most: Any = weights.max(dim=-1)
    said = zip(heads, most.indices.tolist(), most.values.tolist(), strict=True)
    each = [f"{head}: “{tokens[place]}” {weight:.2f}" for head, place, weight in said]
    return "A row a head, a column a token; darker is more. Each looks most at " + ", ".join(each)
