"""Wrong answers to `convert_weights` in other words, with the hint due."""


def convert_weights__nothing_turned(weights, names):
    """Renames and never transposes.

    Hint: nothing_turned
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module in names:
            new[names[module] + "." + kind] = value
    return new


def convert_weights__every_matrix_turned(weights, names):
    """Transposes whatever has two axes, embeddings too.

    Hint: all_tables_turned
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        if module in names:
            new[f"{names[module]}.{kind}"] = value.T if value.dim() == 2 else value
    return new


def convert_weights__unknown_kept(weights, names):
    """Keeps what is not in the names under its old name.

    Hint: keeps_what_has_no_name
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        conv = module.split(".")[-1].startswith("c_") and kind == "weight"
        new[f"{names.get(module, module)}.{kind}"] = value.T if conv else value
    return new


def convert_weights__cut_at_the_first_dot(weights, names):
    """Cuts the name at the first dot.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.partition(".")
        if module in names:
            conv = module.startswith("c_") and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if conv else value
    return new


def convert_weights__c_anywhere(weights, names):
    """Looks for "c_" anywhere in the name.

    Hint: c_anywhere
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module not in names:
            continue
        if "c_" in key and kind == "weight":
            value = value.t()
        new[names[module] + "." + kind] = value
    return new


def convert_weights__key_error(weights, names):
    """Looks every module up, known or not.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        conv = module.split(".")[-1].startswith("c_") and kind == "weight"
        new[names[module] + "." + kind] = value.T if conv else value
    return new


def convert_weights__by_their_new_name(weights, names):
    """Asks our name whether it begins with "c_".

    Hint: nothing_turned
    """
    new = {}
    for key, value in weights.items():
        module, kind = key.rsplit(".", 1)
        if module in names:
            ours = names[module]
            conv = ours.split(".")[-1].startswith("c_") and kind == "weight"
            new[f"{ours}.{kind}"] = value.T if conv else value
    return new


def convert_weights__emptied(weights, names):
    """Takes the weights out of the dictionary that was handed in.

    Hint: none
    """
    new = {}
    for key in list(weights):
        module, kind = key.rsplit(".", 1)
        value = weights.pop(key)
        if module in names:
            conv = module.split(".")[-1].startswith("c_") and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if conv else value
    return new


def convert_weights__replaced(weights, names):
    """Replaces a name wherever it stands, also inside another one.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        for theirs, ours in names.items():
            if theirs in key:
                turned = key.split(".")[-2].startswith("c_") and key.endswith("weight")
                new[key.replace(theirs, ours)] = value.T if turned else value
    return new


def convert_weights__c_after_any_dot(weights, names):
    """Looks for "c_" behind any dot of the module's name.

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        if module in names:
            turned = ".c_" in module and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if turned else value
    return new


def convert_weights__three_names(weights, names):
    """Knows the three names of GPT-2, and no other that begins with "c_".

    Hint: none
    """
    new = {}
    for key, value in weights.items():
        module, _, kind = key.rpartition(".")
        if module in names:
            conv = module.split(".")[-1] in ("c_attn", "c_proj", "c_fc") and kind == "weight"
            new[f"{names[module]}.{kind}"] = value.T if conv else value
    return new
