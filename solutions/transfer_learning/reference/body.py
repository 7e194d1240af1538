"""Section 7.1: reference answers."""

from torch import nn


def freeze(model: nn.Module, parts: list[str]) -> None:
    """Freeze some parts of a model, and let all its other weights train.

    A part is named like a module, for instance "body.encoder.layer.1". To it belongs
    each weight whose name is that of the part, a dot, and more. A weight that is frozen
    has `requires_grad` False, one that trains has it True, whatever it was before. No
    number in the model is changed.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    >>> freeze(model, ["0"])
    >>> [name for name, weight in model.named_parameters() if weight.requires_grad]
    ['1.weight', '1.bias']
    """
    for name, weight in model.named_parameters():
        frozen = any(name.startswith(f"{part}.") for part in parts)
        weight.requires_grad_(not frozen)


def count_weights(model: nn.Module) -> tuple[int, int]:
    """Count the numbers in a model's parameters: those that train, and all of them.

    A matrix of 3 rows and 2 columns counts as 6. A parameter that two modules share is
    one parameter. Buffers, which no optimizer changes, do not count. The model stays as
    it is.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    >>> freeze(model, ["0"])
    >>> count_weights(model)  # 3 + 1 of the second; 6 + 3 of the first
    (4, 13)
    """
    weights = list(model.parameters())
    trained = sum(weight.numel() for weight in weights if weight.requires_grad)
    return trained, sum(weight.numel() for weight in weights)
