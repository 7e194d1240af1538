"""What the *Look* cells of notebook 3 show of the student's functions, as tables and strips.

Nothing here embeds, attends or measures; the student's own functions do. Sentences that state a
result are made of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradelib.lab.tokens import Strip, show_strips, show_table
from gradelib.topics.decoder.hf_adapter import shortened
from gradelib.topics.decoder.weights import gpt2_names, sizes_of

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from gradelib.lab.language_models import LanguageModel
    from gradelib.topics.decoder.interfaces import CausalAttention

__all__ = [
    "agree",
    "rightly_said",
    "show_built_in",
    "show_english",
    "show_layers",
    "show_losses",
    "show_names",
    "show_parting",
    "show_predictions",
    "show_surprisals",
    "show_tokens",
    "show_weights",
]

CLOSE = 1e-4  # of logits: two models that compute the same in another order are this near
PARTS = {  # what stands in the name of a weight, and what it is
    "tokens": "token vectors, also the head",
    "positions": "positions",
    "attention": "attention",
    "mlp": "MLPs",
    "norm": "norms",
}


def agree(off: float, what: str) -> str:
    """Say how far two models are apart, and whether that is only rounding."""
    said = "They agree." if off < CLOSE else f"They should, to {CLOSE:.0e}: see the next cell."
    return f"largest difference of {what}: {off:.1e}. {said}"


def show_tokens(teller: LanguageModel, ids: Tensor, title: str) -> list[str]:
    """Show one row of ids as tokens with their ids, and return the tokens."""
    row = ids[0].tolist()
    words = [teller.token(number) for number in row]
    show_strips(Strip(words, title, under=row))
    return words


def show_built_in(
    attend: CausalAttention,
    pair: Sequence[Tensor],
    ways: Mapping[str, tuple[Tensor, Mapping[str, Any]]],
) -> list[float]:
    """Show how far the student's attention is from PyTorch's, called in some ways, and return it.

    `pair` are keys and values; a way is its queries, and what PyTorch is told beside them.
    """
    import torch

    built_in, (keys, values) = torch.nn.functional.scaled_dot_product_attention, pair
    far = []
    for queries, told in ways.values():
        theirs = built_in(queries, keys, values, **told)
        far.append((attend(queries, keys, values) - theirs).abs().max().item())
    off = [f"{one:.1e}" for one in far]
    show_table({"PyTorch gets": list(ways), "largest difference to yours": off})
    return far


def show_weights(
    make: Callable[..., torch.nn.Module], sizes: Mapping[str, Sequence[int]]
) -> dict[str, list[float]]:
    """Show how many weights models of some sizes have in which part, and return the millions.

    What is "meta" has a shape and no numbers, so that even a large model takes no time.
    """
    import torch

    found = {}
    for name, wanted in sizes.items():
        with torch.device("meta"):
            model = make(*wanted)
        count = dict.fromkeys(PARTS, 0)
        for weight_name, weight in model.named_parameters():
            count[next(part for part in count if part in weight_name)] += weight.numel()
        found[name] = [n / 1e6 for n in (*count.values(), sum(count.values()))]
    columns = {name: [f"{millions:.2f}" for millions in parts] for name, parts in found.items()}
    show_table({"part": [*PARTS.values(), "all"]} | columns, "Millions of weights")
    return found


def show_names(theirs: Any, ours: torch.nn.Module) -> None:
    """Show the names and shapes of a GPT-2's weights beside ours: those of the first block only."""
    weights, own = theirs.state_dict(), ours.state_dict()
    names = gpt2_names(sizes_of(theirs).layers)
    some = [name for name in weights if ".h." not in name or ".h.0." in name]
    split = [name.rpartition(".") for name in some]
    called = [f"{names.get(module, '–')}.{kind}" for module, _, kind in split]
    shapes = {name: str(tuple(weight.shape)) for name, weight in own.items()}
    show_table(
        {
            "theirs": some,
            "shape of theirs": [str(tuple(weights[name].shape)) for name in some],
            "ours": [name if name in own else "–" for name in called],
            "shape of ours": [shapes.get(name, "–") for name in called],
        },
        "The weights of the tiny decoder, of the first block only",
    )


def show_parting(ours: Any, theirs: Any, ids: Tensor) -> list[float]:
    """Show how far two models are apart after each block, and return it."""
    import torch

    with torch.no_grad():
        *states, last = theirs.transformer(ids, output_hidden_states=True).hidden_states
        normed = [*map(theirs.transformer.ln_f, states), last]
        off = [
            (shortened(ours, blocks)(ids) - theirs.lm_head(state)).abs().max().item()
            for blocks, state in enumerate(normed)
        ]
    rows = [_blocks(number) for number in range(len(off))]
    show_table({"after": rows, "largest difference of logits": [f"{far:.1e}" for far in off]})
    return off


def rightly_said(said: Sequence[str], right: str) -> str:
    """Say from how many blocks on the likeliest token is the right one.

    >>> rightly_said(["the", "cup", "flute"], "flute")
    'From 2 blocks on, the likeliest is “flute”, which is right.'
    """
    wrong = [blocks for blocks, token in enumerate(said) if token != right]
    first = wrong[-1] + 1 if wrong else 0
    if first == len(said):
        return f"“{right}” would be right. All blocks together say “{said[-1]}”."
    return f"From {_blocks(first)} on, the likeliest is “{right}”, which is right."


def _blocks(count: int) -> str:
    return f"{count} block{'s' * (count != 1)}"


def show_layers(model: Any, teller: LanguageModel, riddle: str, answer: str) -> None:
    """Show what a model would say next after only some of its blocks, and when it is right."""
    import torch

    ids = teller.encode(riddle)
    right = teller.token(int(teller.encode(f"{riddle} {answer}")[0, ids.shape[1]]))
    rows, firsts = {}, []
    with torch.no_grad():
        for blocks in range(len(model.blocks) + 1):
            best = shortened(model, blocks)(ids)[0, -1].softmax(dim=0).topk(4)
            tokens = [teller.token(number) for number in best.indices.tolist()]
            firsts.append(tokens[0])
            said = zip(tokens, best.values.tolist(), strict=True)
            rows[_blocks(blocks)] = ",  ".join(f"{token} {share:.0%}" for token, share in said)
    caption = f"… {' '.join(riddle.split()[-2:])}"
    show_table({"after": list(rows), "what it would say": list(rows.values())}, caption)
    print(rightly_said([token.strip("␣") for token in firsts], right.strip("␣")))


def show_predictions(teller: LanguageModel, ids: Tensor) -> None:
    """Show what a model has read at each position, and what it is to predict there."""
    row = ids[0].tolist()
    places = range(len(row) - 1)
    show_table(
        {
            "position": list(places),
            "has read": [teller.decode(row[: place + 1]) or "–" for place in places],
            "is to predict": [teller.token(number) for number in row[1:]],
        },
        "One reading, many predictions",
    )


def show_surprisals(teller: LanguageModel, ids: Tensor, nats: Sequence[float]) -> None:
    """Show under each token of a row, but for the first, its surprisal."""
    tokens = [teller.token(number) for number in ids[0, 1:].tolist()]
    under = [f"{value:.1f}" if value >= 0.2 else "·" for value in nats]
    show_strips(Strip(tokens, "a new story", under=under, note="a dot: less than 0.2 nats"))


def show_losses(nats: Mapping[str, float], caption: str) -> None:
    """Show losses in nats a token, each with its perplexity."""
    import math

    show_table(
        {
            "who": list(nats),
            "nats a token": [f"{loss:.3f}" for loss in nats.values()],
            "perplexity": [f"{math.exp(loss):.2f}" for loss in nats.values()],
        },
        caption,
    )


def show_english(teller: LanguageModel, rows: Sequence[Tensor], losses: Sequence[float]) -> float:
    """Show the student's losses on some rows beside the library's own, and return the mean."""
    theirs = [teller.model(row, labels=row).loss.item() for row in rows]
    off = max(abs(mine - own) for mine, own in zip(losses, theirs, strict=True))
    print(f"largest difference between your losses and its own: {off:.1e}")
    counts = [row.shape[1] - 1 for row in rows]
    nats = sum(loss * count for loss, count in zip(losses, counts, strict=True)) / sum(counts)
    show_losses({"SmolLM2": nats}, f"{sum(counts)} tokens of English")
    return nats
