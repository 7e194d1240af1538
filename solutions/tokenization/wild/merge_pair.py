"""Wrong answers to `merge_pair` in other words, with the hint due."""


def merge_pair__list(ids, pair, new_id):
    """Returns a list instead of a tuple.

    Hint: list
    """
    out, i = [], 0
    while i < len(ids):
        if ids[i : i + 2] == pair:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def merge_pair__first_only(ids, pair, new_id):
    """Replaces the first occurrence only.

    Hint: only_the_first
    """
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == pair:
            return ids[:i] + (new_id,) + ids[i + 2 :]
    return ids


def merge_pair__from_the_right(ids, pair, new_id):
    """Goes from right to left.

    Hint: from_the_right
    """
    out = list(ids)
    for i in range(len(ids) - 2, -1, -1):
        if tuple(out[i : i + 2]) == pair:
            out[i : i + 2] = [new_id]
    return tuple(out)


def merge_pair__used_twice(ids, pair, new_id):
    """Uses an id twice, so that overlapping occurrences all merge.

    Hint: uses_an_id_twice
    """
    out, skip = [], False
    for i, a in enumerate(ids):
        if i + 1 < len(ids) and (a, ids[i + 1]) == pair:
            out.append(new_id)
            skip = True
        elif skip:
            skip = False
        else:
            out.append(a)
    return tuple(out)


def merge_pair__second_id_stays(ids, pair, new_id):
    """Writes the new id for the first of the pair and leaves the second.

    Hint: keeps_the_second
    """
    out = []
    for i in range(len(ids)):
        if i < len(ids) - 1 and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
        else:
            out.append(ids[i])
    return tuple(out)


def merge_pair__counter_in_a_for_loop(ids, pair, new_id):
    """Adds to the counter of a for loop, which does not skip anything.

    Hint: keeps_the_second
    """
    out = []
    for i in range(len(ids)):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair:
            out.append(new_id)
            i += 1
        else:
            out.append(ids[i])
    return tuple(out)


def merge_pair__last_id_lost(ids, pair, new_id):
    """Stops before the last id and loses it.

    Hint: loses_the_last
    """
    out, i = [], 0
    while i < len(ids) - 1:
        if ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__beyond_the_end(ids, pair, new_id):
    """Looks one id beyond the end.

    Hint: past_the_end
    """
    out, i = [], 0
    while i < len(ids):
        if (ids[i], ids[i + 1]) == pair:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__each_id_by_itself(ids, pair, new_id):
    """Replaces each id that is in the pair, also by itself.

    Hint: each_of_the_two
    """
    return tuple(new_id if i in pair else i for i in ids)


def merge_pair__either_order(ids, pair, new_id):
    """Merges the pair in either order.

    Hint: either_way_round
    """
    out, i = [], 0
    while i < len(ids):
        if set(ids[i : i + 2]) == set(pair) and len(ids[i : i + 2]) == 2:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__digits_in_a_text(ids, pair, new_id):
    """Replaces in a text of digits, where 1 2 is also found in 11 25.

    Hint: none
    """
    text = ",".join(str(i) for i in ids)
    text = text.replace(f"{pair[0]},{pair[1]}", str(new_id))
    return tuple(int(part) for part in text.split(",") if part)


def merge_pair__set_of_ids(ids, pair, new_id):
    """Takes both ids out wherever they stand and puts the new one at the end.

    Hint: none
    """
    rest = tuple(i for i in ids if i not in pair)
    found = pair in list(zip(ids, ids[1:]))
    return rest + (new_id,) if found else ids


def merge_pair__pair_dropped(ids, pair, new_id):
    """Takes the pair out and forgets the new id.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            i += 2
            continue
        out.append(ids[i])
        i += 1
    return tuple(out)


def merge_pair__always_256(ids, pair, new_id):
    """Writes 256 whatever the new id is.

    Hint: none
    """
    out = []
    for i in ids:
        out.append(i)
        if tuple(out[-2:]) == pair:
            out[-2:] = [256]
    return tuple(out)


def merge_pair__jumps_too_far(ids, pair, new_id):
    """Jumps one id too far after a merge.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 3
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__nothing_when_nothing_merged(ids, pair, new_id):
    """Returns nothing when the pair is not there.

    Hint: none
    """
    out, i, found = [], 0, False
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 2
            found = True
        else:
            out.append(ids[i])
            i += 1
    if found:
        return tuple(out)


def merge_pair__changes_a_tuple(ids, pair, new_id):
    """Tries to change a tuple in place.

    Hint: none
    """
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == pair:
            ids[i] = new_id
            del ids[i + 1]
    return ids


def merge_pair__no_step(ids, pair, new_id):
    """Never moves on where nothing merges, so that the loop does not end.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 2
        elif i < len(ids) - 1:
            continue
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__pairs_at_even_places(ids, pair, new_id):
    """Looks at every second place only.

    Hint: none
    """
    out = []
    for i in range(0, len(ids), 2):
        two = tuple(ids[i : i + 2])
        out.extend([new_id] if two == pair else two)
    return tuple(out)


def merge_pair__last_pair_looked_at(ids, pair, new_id):
    """Drops the last id where the last two are the pair, also if the first of them is used up.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids) - 1:
        if ids[i : i + 2] == pair:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    if ids and ids[-2:] != pair:
        out.append(ids[-1])
    return tuple(out)
