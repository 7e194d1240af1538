"""Section 2.7, "Does it leak?": known wrong answers, each with its hint below it."""

from collections.abc import Callable

import torch
from torch import Tensor

from gradelib.author.edits import Edit

sees__sum_of_the_output = Edit(
    "jacobian(model, x)",
    "jacobian(lambda x: model(x).sum(dim=1), x)",
    ".any(dim=3).any(dim=1)",
    ".any(dim=2)",
)
"""You add up the numbers of an output and take the gradient of the sum. Can they cancel each
other?"""

sees__sum_of_the_gradients = Edit("(jacobian != 0).any(dim=3)", "(jacobian.sum(dim=3) != 0)")
"""You add up the gradients with respect to one input. Can they cancel each other?"""

sees__only_positive_gradients = Edit("jacobian != 0", "jacobian > 0")
"""What does a negative gradient say: that the output does not depend on the input?"""

sees__only_large_gradients = Edit("jacobian != 0", "jacobian.abs() > 1e-5")
"""Very small gradients do not count with you. A faint leak is a leak: what is hidden has a gradient
of exactly 0."""

sees__all_of_them = Edit("any(dim=3).any(dim=1)", "all(dim=3).all(dim=1)")
"""Does every number of the output have to depend on every number of the input, or is one enough?"""

sees__first_number_only = Edit("(jacobian != 0).any(dim=3).any(dim=1)", "jacobian[:, 0, :, 0] != 0")
"""You look at the first number of an output and of an input only. What about the others?"""

sees__sizes = Edit(
    "(jacobian != 0).any(dim=3).any(dim=1)", "jacobian.abs().amax(dim=3).amax(dim=1)"
)
"""You return how strongly each output depends on each input. Asked is only whether it does."""

sees__key_first = Edit(".any(dim=1)", ".any(dim=1).mT")
"""Which axis comes first, that of the outputs (query) or that of the inputs (key)?"""

sees__what_is_hidden = Edit(
    "(jacobian != 0).any(dim=3).any(dim=1)", "(jacobian == 0).all(dim=3).all(dim=1)"
)
"""True should stand for what is seen. What does a gradient of 0 say?"""


def sees__all_outputs_at_once(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """All your rows are the same. Take the outputs one by one: on which inputs does each depend?"""
    jacobian = torch.autograd.functional.jacobian(model, x)
    seen = (jacobian != 0).any(dim=3).any(dim=1)
    return seen.any(dim=0).expand(seen.shape)


leaks__all_that_is_seen = Edit("(sees(model, x) & ~mask)", "sees(model, x)")
"""You list everything that the model sees. What of it may it see?"""

leaks__what_it_misses = Edit("sees(model, x) & ~mask", "~sees(model, x) & mask")
"""You list what the model may see and does not. That is no leak."""

leaks__every_difference = Edit("sees(model, x) & ~mask", "sees(model, x) != mask")
"""Model and mask may differ in two ways. Only one of them is a leak."""

leaks__key_first = Edit(
    "[(query, key) for query, key in found.tolist()]",
    "sorted((key, query) for query, key in found.tolist())",
)
"""Which number comes first in a pair, that of the query or that of the key?"""

leaks__sorted_by_key = Edit(
    "for query, key in found.tolist()]",
    "for key, query in sorted(pair[::-1] for pair in found.tolist())]",
)
"""The right pairs, but in which order?"""

leaks__lists_for_pairs = Edit("[(query, key) for query, key in found.tolist()]", "found.tolist()")
"""Each of your pairs is a list. Which type should it be?"""

leaks__a_tensor = Edit("[(query, key) for query, key in found.tolist()]", "found")
"""You return a tensor. Which type does the task ask for?"""

leaks__the_future_only = Edit("(sees(model, x) & ~mask)", "(sees(model, x) & ~mask).triu(1)")
"""You look for keys that come after the query. A mask can forbid other things as well."""

sees__somewhere_else = Edit("jacobian(model, x)", "jacobian(model, torch.ones_like(x))")
"""A model can look at other things elsewhere. At which input do you take the gradients?"""

sees__somewhere_else__at_zeros = Edit("jacobian(model, x)", "jacobian(model, torch.zeros_like(x))")


def sees__leaves_a_mark(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """What you return is right, but `x` asks for gradients afterwards. Work on a copy of it."""
    jacobian = torch.autograd.functional.jacobian(model, x.requires_grad_())
    return (jacobian != 0).any(dim=3).any(dim=1)


def sees__tries_zeros(model: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """You put zeros in place of an input and look for a change. What does a gradient at `x` ask?"""
    before, columns = model(x), []
    for key in range(len(x)):
        without = x.clone()
        without[key] = 0
        columns.append((model(without) != before).any(dim=1))
    return torch.stack(columns, dim=1)


leaks__last_row_missing = Edit(
    "(sees(model, x) & ~mask).nonzero()", "(sees(model, x) & ~mask)[:-1].nonzero()"
)
"""Do you look at all rows? The last one can leak, too."""
