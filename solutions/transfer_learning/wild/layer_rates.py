"""Wrong answers to `layer_rates` in other words, with the hint due."""

from solutions.transfer_learning.reference import (
    depth_of,
)


def layer_rates__all(model, layers, rate, decay):
    """Frozen weights too.

    Hint: frozen_too
    """
    groups = []
    for n, p in model.named_parameters():
        groups.append({"params": [p], "lr": rate * decay ** depth_of(n, layers)})
    return groups


def layer_rates__product(model, layers, rate, decay):
    """Multiplies by the depth.

    Hint: times_the_depth
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [p], "lr": rate * decay * depth_of(n, layers)})
    return groups


def layer_rates__growing(model, layers, rate, decay):
    """The rate grows downwards.

    Hint: higher_below
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [p], "lr": rate * (1 / decay) ** depth_of(n, layers)})
    return groups


def layer_rates__no_decay(model, layers, rate, decay):
    """One group with all that trains.

    Hint: one_rate
    """
    return [{"params": [p for p in model.parameters() if p.requires_grad], "lr": rate}]


def layer_rates__upside_down(model, layers, rate, decay):
    """The embeddings get the whole rate.

    Hint: turned
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            up = layers + 1 - depth_of(n, layers)
            groups.append({"params": [p], "lr": rate * decay**up})
    return groups


def layer_rates__names(model, layers, rate, decay):
    """Names where weights belong.

    Hint: none
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [n], "lr": rate * decay ** depth_of(n, layers)})
    return groups


def layer_rates__each_name(model, layers, rate, decay):
    """Goes through all names, so that a shared weight is in a group twice.

    Hint: shared_twice
    """
    groups = {}
    for name, weight in model.named_parameters(remove_duplicate=False):
        if weight.requires_grad:
            groups.setdefault(depth_of(name, layers), []).append(weight)
    return [{"params": found, "lr": rate * decay**depth} for depth, found in groups.items()]


def layer_rates__bare(model, layers, rate, decay):
    """Hands each weight over by itself.

    Hint: no_list
    """
    found = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            found.append({"params": weight, "lr": rate * decay ** depth_of(name, layers)})
    return found


def layer_rates__a_tuple(model, layers, rate, decay):
    """Hands each weight over in a tuple.

    Hint: none
    """
    found = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            found.append({"params": (weight,), "lr": rate * decay ** depth_of(name, layers)})
    return found


def layer_rates__a_generator(model, layers, rate, decay):
    """Hands the weights of each depth over in a generator.

    Hint: none
    """
    groups = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            groups.setdefault(depth_of(name, layers), []).append(weight)
    return [{"params": (w for w in ws), "lr": rate * decay**d} for d, ws in groups.items()]


def layer_rates__thaws(model, layers, rate, decay):
    """Makes the right groups, and lets everything train.

    Hint: none
    """
    found = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            found.append({"params": [weight], "lr": rate * decay ** depth_of(name, layers)})
        weight.requires_grad_(True)
    return found
