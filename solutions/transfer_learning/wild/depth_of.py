"""Wrong answers to `depth_of` in other words, with the hint due."""

import re


def depth_of__bottom_up(name, layers):
    """Counts layers from below.

    Hint: from_the_bottom
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return int(name.split(".layer.")[1].split(".")[0]) + 1
    return layers + 1


def depth_of__off_by_one(name, layers):
    """The last layer is at depth 0.

    Hint: last_layer_is_zero
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - 1 - int(name.split(".layer.")[1].split(".")[0])
    return layers + 1


def depth_of__embeddings_with_layer_zero(name, layers):
    """Embeddings as deep as layer 0.

    Hint: embeddings_like_the_first_layer
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - int(name.split(".layer.")[1].split(".")[0])
    return layers


def depth_of__first_digit(name, layers):
    """Reads one character.

    Hint: one_digit
    """
    if name.startswith("head."):
        return 0
    at = name.find("layer.")
    if at >= 0:
        return layers - int(name[at + 6])
    return layers + 1


def depth_of__string(name, layers):
    """Subtracts a text.

    Hint: none
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - name.split(".layer.")[1].split(".")[0]
    return layers + 1


def depth_of__heads_of_attention(name, layers):
    """Takes every head for the head.

    Hint: head_anywhere
    """
    if "head" in name:
        return 0
    if ".layer." in name:
        return layers - int(name.split(".layer.")[1].split(".")[0])
    return layers + 1


def depth_of__layer_first(name, layers):
    """Looks for a layer first.

    Hint: layers_before_the_head
    """
    m = re.search(r"layer\.(\d+)\.", name)
    if m:
        return layers - int(m[1])
    if name.startswith("head."):
        return 0
    return layers + 1


def depth_of__behind_layer(name, layers):
    """Reads whatever stands behind "layer.".

    Hint: none
    """
    if name.startswith("head."):
        return 0
    if "layer." in name:
        return layers - int(name.split("layer.")[1].split(".")[0])
    return layers + 1


def depth_of__one_digit_between_dots(name, layers):
    """Knows layers of one digit only.

    Hint: one_digit
    """
    if name.startswith("head."):
        return 0
    found = re.findall(r"layer\.([0-9])\.", name)
    return layers - int(found[0]) if found else layers + 1
