"""Wrong answers to `every_other` in other words, with the hint due."""

import re


def every_other__keeps_odd(weights):
    """Keeps 1, 3, 5.

    Hint: odd_layers
    """
    student = {}
    for name in weights:
        pieces = name.split(".")
        if pieces[0] != "layers":
            student[name] = weights[name]
        elif int(pieces[1]) % 2:
            student[".".join(["layers", str(int(pieces[1]) // 2), *pieces[2:]])] = weights[name]
    return student


def every_other__old_numbers(weights):
    """Leaves the numbers as they were.

    Hint: not_renamed
    """
    return {
        name: weight
        for name, weight in weights.items()
        if not name.startswith("layers.") or int(name.split(".")[1]) % 2 == 0
    }


def every_other__layers_alone(weights):
    """Leaves out all that is no layer.

    Hint: only_layers
    """
    student = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            number = int(name.split(".")[1])
            if number % 2 == 0:
                student[name.replace(f"layers.{number}.", f"layers.{number // 2}.", 1)] = weight
    return student


def every_other__one_digit(weights):
    """Reads one digit.

    Hint: first_digit
    """
    student = {}
    for name, weight in weights.items():
        if not name.startswith("layers."):
            student[name] = weight
        elif int(name[7]) % 2 == 0:
            student[f"layers.{int(name[7]) // 2}." + name.split(".", 2)[2]] = weight
    return student


def every_other__anywhere(weights):
    """Takes every name with layers in it.

    Hint: layers_anywhere
    """
    student = {}
    for name, weight in weights.items():
        if "layers." in name:
            before, _, after = name.partition("layers.")
            number, _, rest = after.partition(".")
            if int(number) % 2 == 0:
                student[f"layers.{int(number) // 2}.{rest}"] = weight
        else:
            student[name] = weight
    return student


def every_other__number_between_points(weights):
    """Changes the number wherever it stands between two points.

    Hint: every_number
    """
    student = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            number = name.split(".")[1]
            if int(number) % 2:
                continue
            name = name.replace(f".{number}.", f".{int(number) // 2}.")
        student[name] = weight
    return student


def every_other__halves_all_numbers(weights):
    """Halves every number of a name.

    Hint: none
    """
    student = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            if int(name.split(".")[1]) % 2:
                continue
            name = re.sub(r"\b\d+\b", lambda found: str(int(found[0]) // 2), name)
        student[name] = weight
    return student


def every_other__layers_in_layers(weights):
    """Changes the number behind every "layers.".

    Hint: none
    """
    student = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            if int(name.split(".")[1]) % 2:
                continue
            name = re.sub(r"layers\.(\d+)", lambda found: f"layers.{int(found[1]) // 2}", name)
        student[name] = weight
    return student
