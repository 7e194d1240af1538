"""Wrong answers to `build_pair` in other words, with the hint due."""

import torch


def build_pair__no_last_sep(a, b, cls, sep):
    """Forgets [SEP] at the end.

    Hint: no_last_sep
    """
    return {
        "input_ids": [cls, *a, sep, *b],
        "token_type_ids": [0] * (len(a) + 2) + [1] * len(b),
    }


def build_pair__no_cls(a, b, cls, sep):
    """Forgets [CLS].

    Hint: no_cls
    """
    return {
        "input_ids": a + [sep] + b + [sep],
        "token_type_ids": [0] * (len(a) + 1) + [1] * (len(b) + 1),
    }


def build_pair__no_middle_sep(a, b, cls, sep):
    """Forgets [SEP] between the two parts.

    Hint: none
    """
    ids = [cls] + a + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (1 + len(a)) + [1] * (len(b) + 1)}


def build_pair__first_sep_in_the_second_part(a, b, cls, sep):
    """Counts the first [SEP] to the second part.

    Hint: sep_belongs_to_b
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 1) + [1] * (len(b) + 2)
    return dict(input_ids=ids, token_type_ids=types)


def build_pair__last_sep_in_the_first_part(a, b, cls, sep):
    """Counts both [SEP] to the first part.

    Hint: specials_are_zero
    """
    ids, types = [cls], [0]
    for i in a:
        ids.append(i)
        types.append(0)
    ids.append(sep)
    types.append(0)
    for i in b:
        ids.append(i)
        types.append(1)
    ids.append(sep)
    types.append(0)
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__all_zero(a, b, cls, sep):
    """Gives every token type 0.

    Hint: all_zero
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0 for _ in ids]}


def build_pair__types_one_and_two(a, b, cls, sep):
    """Counts the parts from 1.

    Hint: types_from_one
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [1] * (len(a) + 2) + [2] * (len(b) + 1)}


def build_pair__types_turned_round(a, b, cls, sep):
    """Gives the first part 1 and the second 0.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [1] * (len(a) + 2) + [0] * (len(b) + 1)}


def build_pair__cls_twice(a, b, cls, sep):
    """Puts [CLS] before the second part as well.

    Hint: two_cls
    """
    ids = [cls] + a + [sep] + [cls] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 2)}


def build_pair__two_lists(a, b, cls, sep):
    """Returns two lists instead of a dictionary.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return ids, [0] * (len(a) + 2) + [1] * (len(b) + 1)


def build_pair__other_names(a, b, cls, sep):
    """Gives the lists other names.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"ids": ids, "type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}


def build_pair__first_list_changed(a, b, cls, sep):
    """Puts [CLS] and [SEP] into the list that it was given.

    Hint: none
    """
    a.insert(0, cls)
    a.append(sep)
    types = [0] * len(a) + [1] * (len(b) + 1)
    return {"input_ids": a + b + [sep], "token_type_ids": types}


def build_pair__second_list_changed(a, b, cls, sep):
    """Adds [SEP] to the second list that it was given.

    Hint: none
    """
    b += [sep]
    ids = [cls] + a + [sep] + b
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * len(b)}


def build_pair__one_part_if_b_is_empty(a, b, cls, sep):
    """Leaves out the second [SEP] when the second part is empty.

    Hint: none
    """
    ids = [cls] + a + [sep]
    types = [0] * len(ids)
    if b:
        ids += b + [sep]
        types += [1] * (len(b) + 1)
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__tensors(a, b, cls, sep):
    """Returns tensors instead of lists.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 2) + [1] * (len(b) + 1)
    return {"input_ids": torch.tensor(ids), "token_type_ids": torch.tensor(types)}


def build_pair__types_too_short(a, b, cls, sep):
    """Forgets the special tokens in the token type ids.

    Hint: types_of_the_words_only
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * len(a) + [1] * len(b)}


def build_pair__cls_and_sep_swapped(a, b, cls, sep):
    """Swaps [CLS] and [SEP].

    Hint: cls_and_sep_swapped
    """
    ids = [sep] + a + [cls] + b + [cls]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}


def build_pair__lists_in_a_list(a, b, cls, sep):
    """Puts the lists themselves into the list.

    Hint: none
    """
    ids = [cls, a, sep, b, sep]
    return {"input_ids": ids, "token_type_ids": [0, 0, 0, 1, 1]}


def build_pair__type_by_id(a, b, cls, sep):
    """Goes by whether an id is in the second part, where the first may have it too.

    Hint: types_by_content
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [1 if i in b else 0 for i in ids]
    types[-1] = 1
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__type_by_the_first_sep(a, b, cls, sep):
    """Searches for the first [SEP], which the first part may have itself.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    end = ids.index(sep) + 1
    return {"input_ids": ids, "token_type_ids": [0] * end + [1] * (len(ids) - end)}


def build_pair__attention_mask_too(a, b, cls, sep):
    """Adds an attention mask, as the library does.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 2) + [1] * (len(b) + 1)
    return {"input_ids": ids, "token_type_ids": types, "attention_mask": [1] * len(ids)}


def build_pair__b_first(a, b, cls, sep):
    """Puts the second part first.

    Hint: none
    """
    ids = [cls] + b + [sep] + a + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (len(b) + 2) + [1] * (len(a) + 1)}


def build_pair__fixed_numbers(a, b, cls, sep):
    """Writes BERT's numbers 101 and 102 instead of the arguments.

    Hint: none
    """
    ids = [101] + a + [102] + b + [102]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}
