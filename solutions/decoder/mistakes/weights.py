"""Section 3.5, "Somebody else's weights": known wrong answers, each with its hint below it."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.author.edits import Edit

convert_weights__nothing_turned = Edit("weight.T if turned else weight", "weight")
"""The names are right. But a weight of a `Conv1D` is written the other way round. Mind the square
ones: there no shape gives you away."""

convert_weights__all_tables_turned = Edit(
    'module.rpartition(".")[2].startswith("c_")', "weight.ndim == 2"
)
"""You transpose every weight with two axes. Are embeddings `Conv1D`s?"""

convert_weights__square_ones_left = Edit(
    'startswith("c_")', 'startswith("c_") and weight.shape[0] != weight.shape[1]'
)
"""Square weights of a `Conv1D` are to be transposed as well, though their shape stays the same."""

convert_weights__reshaped = Edit(
    "weight.T if turned", "weight.reshape(weight.shape[::-1]) if turned"
)
"""You give the weights the right shape, but by a view: the numbers do not move to their places.
Transpose them."""

convert_weights__c_anywhere = Edit('module.rpartition(".")[2].startswith("c_")', '"c_" in name')
"""You look for "c_" anywhere in the name. Only the last part of a module's name says that it is a
`Conv1D`."""

convert_weights__biases_turned_too = Edit('kind == "weight"', "weight.ndim == 2")
"""Which of the tensors of a `Conv1D` has two axes that are swapped? A bias stays as it is."""


def convert_weights__keeps_what_has_no_name(
    weights: dict[str, Tensor], names: dict[str, str]
) -> dict[str, Tensor]:
    """What is to become of weights whose module has no name with us?"""
    converted = {}
    for name, weight in weights.items():
        module, _, kind = name.rpartition(".")
        turned = kind == "weight" and module.rpartition(".")[2].startswith("c_")
        converted[f"{names.get(module, module)}.{kind}"] = weight.T if turned else weight
    return converted


convert_weights__names_of_modules = Edit('f"{names[module]}.{kind}"', "names[module]")
"""Look at the names in your answer. A module has a weight and a bias: what tells them apart?"""

convert_weights__old_names = Edit('f"{names[module]}.{kind}"', "name")
"""The weights are right, but they still have their old names."""

generate__guess_of_the_first_position = Edit("[:, -1]", "[:, 0]")
"""At which position does the guess about the next token stand? You take the first."""

generate__reads_the_last_token_only = Edit("model(ids)", "model(ids[:, -1:])")
"""The model reads only the last token in each round. What does it know of the others?"""

generate__one_too_many = Edit("range(max_new)", "range(max_new + 1)")
"""How many tokens are new? You go round once too often."""

generate__new_ones_only = Edit(
    "for _ in",
    """start = ids.shape[1]
    for _ in""",
    "return ids",
    "return ids[:, start:]",
)
"""You return the new ids. The old ones belong to the answer, too."""

generate__forgets_the_beginning = Edit("cat([ids,", "cat([ids[:, 1:],")
"""Your text stays as long as it was: each new token pushes the first one out."""


@torch.no_grad()
def generate__all_from_one_reading(
    model: Callable[[Tensor], Tensor],
    ids: Tensor,
    max_new: int,
    choose: Callable[[Tensor], Tensor],
) -> Tensor:
    """The model reads once, and you take all tokens from the same guess. After each token it has
    to read again."""
    chosen = choose(model(ids)[:, -1]).unsqueeze(1)
    return torch.cat([ids, chosen.expand(-1, max_new)], dim=1)


generate__at_the_front = Edit("[ids, chosen.unsqueeze(1)]", "[chosen.unsqueeze(1), ids]")
"""On which side of the text do your new tokens come?"""

generate__always_the_likeliest = Edit(
    "choose(model(ids)[:, -1])", "model(ids)[:, -1].argmax(dim=1)"
)
"""You take the likeliest token yourself. It is `choose` that has to say."""

generate__every_position_chooses = Edit(
    "model(ids)[:, -1]",
    "model(ids)",
    "[ids, chosen.unsqueeze(1)]",
    "[ids[:, :1], chosen]",
)
"""You let every position choose. New is only the token after the last one."""
