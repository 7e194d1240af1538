"""Section 7.5: known wrong answers, each with its hint below it."""

import re

from torch import nn

from gradelib.author.edits import Edit
from solutions.transfer_learning.reference import depth_of

depth_of__from_the_bottom = Edit("layers - int(found[1])", "int(found[1]) + 1")
"""You count from the bottom. The last layer is the one just below the head."""

depth_of__last_layer_is_zero = Edit("layers - int(found[1])", "layers - int(found[1]) - 1")
"""The last layer is 1 step below the head, and not 0: the head has a step of its own."""

depth_of__embeddings_like_the_first_layer = Edit("else layers + 1", "else layers")
"""The embeddings lie below the first layer. Yours are as deep as it."""

depth_of__embeddings_at_the_top = Edit("else layers + 1", "else 0")
"""The embeddings are the farthest from the head. Yours have the depth of the head."""

depth_of__one_digit = Edit(r"(\d+)", r"(\d)\d*")
"""A layer may have a number of two digits. Yours reads a single one."""


def depth_of__one_digit__behind_a_word(name: str, layers: int) -> int:
    if name.startswith("head."):
        return 0
    place = name.find("layer.")
    return layers - int(name[place + len("layer.")]) if place >= 0 else layers + 1


depth_of__one_digit__alone = Edit(r"(\d+)", r"(\d)")

depth_of__any_number = Edit(r'r"layer\.(\d+)\."', r'r"(\d+)"')
"""Not every number in a name is that of a layer, or you read a name that has none. What stands before
it?"""

depth_of__head_anywhere = Edit('name.startswith("head.")', '"head" in name')
"""Attention has heads too. Where must "head." stand in the name?"""

depth_of__no_head = Edit('    if name.startswith("head."):\n        return 0\n', "")
"""The head is no layer, and it is not at the bottom either: its depth is 0."""


def depth_of__layers_before_the_head(name, layers):
    """A head may have layers of its own. Which of your questions must come first?"""
    found = re.search(r"layer\.(\d+)\.", name)
    if found:
        return layers - int(found[1])
    return 0 if name.startswith("head.") else layers + 1


def depth_of__a_text(name, layers):
    """A number out of a text is a text. Make a whole number of it before you count."""
    if name.startswith("head."):
        return 0
    found = re.search(r"layer\.(\d+)\.", name)
    return str(layers - int(found[1])) if found else str(layers + 1)


layer_rates__frozen_too = Edit("        if weight.requires_grad\n", "")
"""Frozen weights are in your groups too. Leave them out."""

layer_rates__shared_twice = Edit(
    "model.named_parameters()", "model.named_parameters(remove_duplicate=False)"
)
"""Two modules may share a weight, which then has two names. It stands twice in your groups."""

layer_rates__no_list = Edit('"params": [weight]', '"params": weight')
"""In each group "params" is a list, also where it holds a single weight."""

layer_rates__times_the_depth = Edit(
    "rate * decay ** depth_of(name, layers)", "rate * decay * depth_of(name, layers)"
)
"""With each step the rate is multiplied by `decay` once more. What does that make after three
steps?"""

layer_rates__higher_below = Edit(
    "rate * decay ** depth_of(name, layers)", "rate / decay ** depth_of(name, layers)"
)
"""Your rates grow on the way down. What lies deep is to move least."""

layer_rates__head_decays = Edit("depth_of(name, layers)}", "(depth_of(name, layers) + 1)}")
"""The head gets the whole rate. Yours is a step too low everywhere."""

layer_rates__one_rate = Edit("rate * decay ** depth_of(name, layers)", "rate")
"""All of your rates are the same. Where does `decay` come in?"""

layer_rates__turned = Edit(
    "rate * decay ** depth_of(name, layers)",
    "rate * decay ** (layers + 1 - depth_of(name, layers))",
)
"""The head gets the lowest rate, and the embeddings the highest. Which of them has most to learn?"""

layer_rates__only_layers = Edit(
    "        if weight.requires_grad\n",
    '        if weight.requires_grad and "layer." in name\n',
)
"""Some weights that train are in no group: they never move. Do the head and the embeddings train
too?"""


def layer_rates__a_dictionary(model, layers, rate, decay):
    """An optimizer takes groups with "params" and "lr". You return rates by name."""
    named = model.named_parameters()
    return {n: rate * decay ** depth_of(n, layers) for n, w in named if w.requires_grad}


def layer_rates__linear(model, layers, rate, decay):
    """You take a part of the rate away with each step. Multiply it instead."""
    return [
        {"params": [w], "lr": rate * max(0.0, 1 - (1 - decay) * depth_of(n, layers))}
        for n, w in model.named_parameters()
        if w.requires_grad
    ]
