"""Section 2.1, "A rectangle": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

truncate__cuts_the_end_off = Edit(
    """kept = []
    for token in ids:
        room -= token not in special
        if token in special or room >= 0:
            kept.append(token)
    return kept""",
    "return ids[:length]",
)
"""Look at the end of your answer: what has become of the last special id?"""


def truncate__drops_the_first(ids: list[int], length: int, special: set[int]) -> list[int]:
    """You drop ordinary ids from the beginning. From which end are they to go?"""
    surplus = len(ids) - length
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    kept = []
    for token in ids:
        if token in special or surplus <= 0:
            kept.append(token)
        else:
            surplus -= 1
    return kept


def truncate__forgets_to_count_special_ids(
    ids: list[int], length: int, special: set[int]
) -> list[int]:
    """Count all ids of your answer, special ones too. Are there at most `length`?"""
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    ordinary = [place for place, token in enumerate(ids) if token not in special][:length]
    return [token for place, token in enumerate(ids) if token in special or place in ordinary]


truncate__room_for_one_less = Edit("room >= 0", "room > 0")
"""Your answer is one id shorter than it could be. Where does the count begin?"""


def truncate__special_ids_to_the_end(ids: list[int], length: int, special: set[int]) -> list[int]:
    """All the right ids are there, but where do the special ones stand? Nothing may move."""
    keep = [token for token in ids if token in special]
    if len(keep) > length:
        raise ValueError("length")
    ordinary = [token for token in ids if token not in special]
    return ordinary[: length - len(keep)] + keep


def truncate__keeps_only_the_last_special_id(
    ids: list[int], length: int, special: set[int]
) -> list[int]:
    """You keep the last id. But a special id can stand in the middle as well."""
    if sum(token in special for token in ids) > length:
        raise ValueError("length")
    if len(ids) <= length:
        return list(ids)
    return ids[: length - 1] + ids[-1:] if special else ids[:length]


def truncate__takes_equal_ids_for_one(ids: list[int], length: int, special: set[int]) -> list[int]:
    """The same id can come several times. Do you choose ids by their value, or by their place?"""
    room = length - sum(token in special for token in ids)
    if room < 0:
        raise ValueError("length")
    dropped = [token for token in ids if token not in special][room:]
    return [token for token in ids if token not in dropped]


truncate__never_refuses = Edit(
    """
    if room < 0:
        raise ValueError(f"length must be enough for all special ids: got {length}")""",
    "",
)
"""What if there are more special ids than `length`? Look under "Raises"."""

truncate__refuses_too_early = Edit("room < 0", "room <= 0")
"""If there is room for the special ids and for nothing else, is that an error?"""

truncate__drops_special_ids_too = Edit(
    "if token in special or room >= 0", "if token not in special and room >= 0"
)
"""Your answer has only ordinary ids. Which ids are never dropped?"""

pad_batch__with_zeros = Edit("[pad]", "[0]")
"""The id of the padding is not always 0. What is the argument `pad` for?"""

pad_batch__always_right = Edit(
    'filling + ids if side == "left" else ids + filling', "ids + filling"
)
"""Try it with side="left". Where does your filling go?"""

pad_batch__sides_swapped = Edit(
    "filling + ids if",
    "ids + filling if",
    "else ids + filling",
    "else filling + ids",
)
"""Left and right have changed places: does the side name the filling, or the sequence?"""

pad_batch__cut_to_the_shortest = Edit(
    "longest = max(",
    "shortest = min(",
    """filling = [pad] * (longest - len(ids))
        rows.append(filling + ids if side == "left" else ids + filling)""",
    "rows.append(ids[:shortest])",
)
"""All your rows are as long as the shortest sequence, and ids are lost."""

pad_batch__always_one_more = Edit("for ids in batch)", "for ids in batch) + 1")
"""Look at the longest sequence: does it need any filling?"""

pad_batch__a_list = Edit("torch.tensor(rows)", "rows")
"""You return a list of lists. What type does the task ask for?"""

pad_batch__backwards = Edit(
    'rows.append(filling + ids if side == "left" else ids + filling)',
    'rows.append((ids + filling)[::-1] if side == "left" else ids + filling)',
)
"""With side="left" your sequences come out backwards. What else does turning a row round do?"""

pad_batch__any_side = Edit(
    """
    if side not in {"left", "right"}:
        raise ValueError(f'side must be "left" or "right": got {side!r}')""",
    "",
)
"""What should happen when the side is "middle"? Look under "Raises"."""

pad_batch__floats = Edit("torch.tensor(rows)", "torch.tensor(rows).float()")
"""An id is a whole number. Of which type are the numbers of your tensor?"""

attention_mask__marks_the_padding = Edit("<", ">=")
"""Your mask is True where the padding is. In this course, what does True stand for?"""

attention_mask__ones_and_zeros = Edit(
    "places < torch.tensor(lengths)[:, None]", "(places < torch.tensor(lengths)[:, None]).long()"
)
"""The right places, but as numbers. The task asks for booleans."""

attention_mask__always_right = Edit('mask if side == "right" else mask.flip(1)', "mask")
"""Try it with side="left". On which side are the real tokens then?"""

attention_mask__sides_swapped = Edit('side == "right"', 'side == "left"')
"""With padding on the right, the real tokens stand on the left. Which way is yours?"""

attention_mask__one_too_many = Edit("<", "<=")
"""Count the True in a row: are there as many as the sequence has tokens? Places count from 0."""

attention_mask__one_too_few = Edit("[:, None]", "[:, None] - 1")
"""Each row lacks its last real token. Should the comparison be with one less?"""

attention_mask__turns_everything_round = Edit("flip(1)", "flip(0, 1)")
"""With side="left" your rows have changed places too. Along which axis do you turn?"""

attention_mask__token_first = Edit(
    "places < torch.tensor(lengths)[:, None]",
    "places[:, None] < torch.tensor(lengths)",
    "flip(1)",
    "flip(0)",
)
"""Which axis comes first, that of the batch or that of the tokens?"""
