"""Wrong answers to `count_weights` in other words, with the hint due."""


def count_weights__how_many_tensors(model):
    """Counts parameters with `len`.

    Hint: tensors
    """
    params = list(model.parameters())
    return len([p for p in params if p.requires_grad]), len(params)


def count_weights__first_axis(model):
    """Takes the length of each tensor.

    Hint: none
    """
    t = a = 0
    for p in model.parameters():
        a += p.shape[0] if p.ndim else 1
        t += (p.shape[0] if p.ndim else 1) if p.requires_grad else 0
    return t, a


def count_weights__swapped(model):
    """Gives the total first.

    Hint: other_way
    """
    total = sum(p.numel() for p in model.parameters())
    return total, sum(p.numel() for p in model.parameters() if p.requires_grad)


def count_weights__with_frozen(model):
    """Returns trained and frozen.

    Hint: the_rest
    """
    t = f = 0
    for p in model.parameters():
        if p.requires_grad:
            t += p.numel()
        else:
            f += p.numel()
    return (t, f)


def count_weights__state(model):
    """Adds up the saved tensors.

    Hint: of_the_state
    """
    total = 0
    for tensor in model.state_dict().values():
        total += tensor.numel()
    return sum(p.numel() for p in model.parameters() if p.requires_grad), total


def count_weights__both_the_same(model):
    """Forgets to ask which ones train.

    Hint: all_twice
    """
    n = sum(p.numel() for p in model.parameters())
    return n, n


def count_weights__thaws(model):
    """Counts right, and lets everything train to count the rest.

    Hint: none
    """
    trained = sum(p.numel() for p in model.parameters() if p.requires_grad)
    model.requires_grad_(True)
    return trained, sum(p.numel() for p in model.parameters() if p.requires_grad)
