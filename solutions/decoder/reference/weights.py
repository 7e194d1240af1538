"""Section 3.5, "Somebody else's weights": reference answers."""

from collections.abc import Callable

import torch
from torch import Tensor


def convert_weights(
    weights: dict[str, Tensor],
    names: dict[str, str],
) -> dict[str, Tensor]:
    """Rename the weights of a GPT-2 of `transformers` so that ours can load them.

    The name of a weight is the name of its module, a dot, and what it is:
    "h.0.ln_1.bias" is the "bias" of the module "h.0.ln_1". `names` says for a module of
    theirs how ours is called. What belongs to a module that is not in `names` is left
    out.

    Where the last part of their module's name begins with "c_", the module is a
    `Conv1D`. That is a linear layer, but its "weight" has the shape (in, out), and ours
    has (out, in).

    >>> weight, bias = torch.tensor([[1, 2, 3]]), torch.tensor([4, 5, 6])
    >>> theirs = {"h.c_fc.weight": weight, "h.c_fc.bias": bias}
    >>> convert_weights(theirs, {"h.c_fc": "mlp.up"})
    {'mlp.up.weight': tensor([[1],
            [2],
            [3]]), 'mlp.up.bias': tensor([4, 5, 6])}
    """
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        if module in names:
            turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
            converted[f"{names[module]}.{kind}"] = weight.T if turned else weight
    return converted


@torch.no_grad()
def generate(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """Write `max_new` more tokens for each row of `ids`, and return old and new ids.

    In each round the model reads all ids so far. Its logits at the last position go to
    `choose`, which makes one token a row of them, and that is added at the end.

    Shapes:
        model:   maps ids (batch, length) to logits (batch, length, vocab)
        choose:  maps logits (batch, vocab) to ids (batch,)
        ids:     (batch, token)
        returns: (batch, token + max_new)

    >>> count_up = lambda ids: nn.functional.one_hot(ids + 1, 9).float()
    >>> likeliest = lambda logits: logits.argmax(-1)
    >>> generate(count_up, torch.tensor([[1, 2], [5, 3]]), 3, likeliest)
    tensor([[1, 2, 3, 4, 5],
            [5, 3, 4, 5, 6]])
    """
    for _ in range(max_new):
        chosen = choose(model(ids)[:, -1])  # (batch,)
        ids = torch.cat([ids, chosen.unsqueeze(1)], dim=1)  # (batch, token + 1)
    return ids
