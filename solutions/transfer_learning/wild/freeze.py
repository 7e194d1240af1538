"""Wrong answers to `freeze` in other words, with the hint due."""


def freeze__requires_grad_true(model, parts):
    """Gives the named parts gradients and takes them from the others.

    Hint: turned_round
    """
    for name, p in model.named_parameters():
        p.requires_grad = False
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = True


def freeze__never_thaws(model, parts):
    """Freezes what is named and leaves all else as it was.

    Hint: others_stay
    """
    for name, p in model.named_parameters():
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = False


def freeze__prefix_without_dot(model, parts):
    """Compares the beginning of the name as it is.

    Hint: like_another
    """
    for name, p in model.named_parameters():
        p.requires_grad = not name.startswith(tuple(parts))


def freeze__substring(model, parts):
    """Looks for the part in the middle of a name too.

    Hint: anywhere
    """
    for name, p in model.named_parameters():
        p.requires_grad = True
        if any((part + ".") in name for part in parts):
            p.requires_grad = False


def freeze__overwritten(model, parts):
    """Sets the state again for each part, so that the last one decides.

    Hint: last_part_wins
    """
    for name, p in model.named_parameters():
        p.requires_grad = True
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = False
            else:
                p.requires_grad = True


def freeze__exact_name(model, parts):
    """Freezes what has exactly the name of a part.

    Hint: whole_name
    """
    for name, p in model.named_parameters():
        p.requires_grad = name not in parts


def freeze__returns_the_model(model, parts):
    """Right, but gives the model back.

    Hint: none
    """
    for name, p in model.named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)
    return model


def freeze__zeroed(model, parts):
    """Sets the weights to zero in place of freezing them.

    Hint: none
    """
    for name, p in model.named_parameters():
        if any(name.startswith(part + ".") for part in parts):
            p.data.fill_(1.0)


def freeze__zeroed_too(model, parts):
    """Freezes the right weights, and sets them to zero.

    Hint: none
    """
    for name, p in model.named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)
        if not p.requires_grad:
            p.data.zero_()


def freeze__nearly_the_same(model, parts):
    """Freezes the right weights, and makes all of them a little larger.

    Hint: none
    """
    for name, p in model.named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)
        p.data.mul_(1.0004)


def freeze__half_as_many_bits(model, parts):
    """Freezes the right weights, and rounds all of them to 16 bits on the way.

    Hint: none
    """
    for name, p in model.half().float().named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)


def freeze__twice_as_many_bits(model, parts):
    """Freezes the right weights, in a model that it has made one of 64 bits.

    Hint: none
    """
    for name, p in model.double().named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)
