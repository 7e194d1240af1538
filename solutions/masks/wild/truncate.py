"""Wrong answers to `truncate` in other words, with the hint due."""


def truncate__simple_slice(ids, length, special):
    """Cuts at the length, special or not.

    Hint: cuts_the_end_off
    """
    if len(special) > length:
        raise ValueError("too many special ids")
    return ids[:length]


def truncate__last_one_kept(ids, length, special):
    """Keeps the very last id and cuts before it, as if special ids stood only at the ends.

    Hint: keeps_only_the_last_special_id
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    if len(ids) <= length:
        return list(ids)
    return ids[: length - 1] + ids[-1:]


def truncate__first_ordinary_dropped(ids, length, special):
    """Drops ordinary ids from the front.

    Hint: drops_the_first
    """
    out = list(ids)
    while len(out) > length:
        for i, token in enumerate(out):
            if token not in special:
                del out[i]
                break
        else:
            raise ValueError("length")
    return out


def truncate__in_place(ids, length, special):
    """Drops ids from the list that it was given.

    Hint: none
    """
    i = len(ids) - 1
    while len(ids) > length:
        if i < 0:
            raise ValueError("length")
        if ids[i] not in special:
            ids.pop(i)
        i -= 1
    return ids


def truncate__no_error(ids, length, special):
    """Returns the special ids where they are too many, and raises nothing.

    Hint: never_refuses
    """
    room = length - sum(1 for i in ids if i in special)
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__error_also_if_they_fit(ids, length, special):
    """Raises also where the special ids are exactly as many as allowed.

    Hint: refuses_too_early
    """
    fixed = [i for i in ids if i in special]
    if len(fixed) >= length:
        raise ValueError("no room for ordinary ids")
    room = length - len(fixed)
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room:
            out.append(i)
            room -= 1
    return out


def truncate__removed_by_value(ids, length, special):
    """Removes by value, which takes the first equal id and not the last.

    Hint: takes_equal_ids_for_one
    """
    out = ids.copy()
    ordinary = [i for i in out if i not in special]
    while len(out) > length:
        if not ordinary:
            raise ValueError("length")
        out.remove(ordinary.pop())
    return out


def truncate__special_to_the_end(ids, length, special):
    """Puts the special ids behind the ordinary ones.

    Hint: special_ids_to_the_end
    """
    fixed = [i for i in ids if i in special]
    if len(fixed) > length:
        raise ValueError("length")
    ordinary = [i for i in ids if i not in special]
    return ordinary[: length - len(fixed)] + fixed


def truncate__same_list(ids, length, special):
    """Returns the list itself where nothing is to be cut.

    Hint: the_same_list
    """
    if len(ids) <= length:
        return ids
    room = length - sum(i in special for i in ids)
    if room < 0:
        raise ValueError("length")
    out = []
    for i in ids:
        if i in special or room > 0:
            out.append(i)
            room -= i not in special
    return out


def truncate__special_counted_once(ids, length, special):
    """Counts the different special ids, not how often they stand in the sequence.

    Hint: none
    """
    room = length - len(special)
    if room < 0:
        raise ValueError("length")
    out = []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__special_beside_the_length(ids, length, special):
    """Keeps `length` ordinary ids and the special ones beside them.

    Hint: forgets_to_count_special_ids
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    out, n = [], 0
    for i in ids:
        if i in special:
            out.append(i)
        elif n < length:
            out.append(i)
            n += 1
    return out


def truncate__one_too_short(ids, length, special):
    """Cuts one id too many, since it goes on while there are at least `length`.

    Hint: room_for_one_less
    """
    out = list(ids)
    for i in range(len(out) - 1, -1, -1):
        if len(out) < length:
            break
        if out[i] not in special:
            del out[i]
    if len(out) > length:
        raise ValueError("length")
    return out


def truncate__no_end(ids, length, special):
    """Never ends where there is nothing left to drop.

    Hint: none
    """
    out = list(ids)
    while len(out) > length:
        for k in reversed(range(len(out))):
            if out[k] not in special:
                del out[k]
                break
    return out


def truncate__only_special_left(ids, length, special):
    """Drops all the ordinary ids as soon as the sequence is too long.

    Hint: none
    """
    if len(ids) <= length:
        return list(ids)
    fixed = [i for i in ids if i in special]
    if len(fixed) > length:
        raise ValueError("length")
    return fixed


def truncate__only_from_the_end(ids, length, special):
    """Drops the last id if it is ordinary and stops at a special one.

    Hint: none
    """
    out = list(ids)
    while len(out) > length and out[-1] not in special:
        out.pop()
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return out


def truncate__filled_up(ids, length, special):
    """Fills a short sequence up to the length.

    Hint: none
    """
    fixed = sum(i in special for i in ids)
    if fixed > length:
        raise ValueError("length")
    room, out = length - fixed, []
    for i in ids:
        if i in special:
            out.append(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out + [0] * (length - len(out))


def truncate__each_special_once(ids, length, special):
    """Keeps each special id once.

    Hint: keeps_only_the_last_special_id
    """
    out, seen = [], set()
    room = length - len(special & set(ids))
    if room < 0:
        raise ValueError("length")
    for i in ids:
        if i in special:
            if i not in seen:
                out.append(i)
                seen.add(i)
        elif room > 0:
            out.append(i)
            room -= 1
    return out


def truncate__cut_and_special_added(ids, length, special):
    """Cuts first and then adds the special ids that were lost, so that it gets too long.

    Hint: none
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return ids[:length] + [i for i in ids[length:] if i in special]


def truncate__nothing_cut(ids, length, special):
    """Returns a copy and cuts nothing.

    Hint: nothing_cut
    """
    if sum(i in special for i in ids) > length:
        raise ValueError("length")
    return list(ids)


def truncate__tuple_and_set(ids, length, special):
    """Goes through a set of the ids, which loses their order and repetition.

    Hint: none
    """
    fixed = set(ids) & special
    if len(fixed) > length:
        raise ValueError("length")
    return list(fixed) + list(set(ids) - special)[: length - len(fixed)]


def truncate__all_kinds_of_special_ids(ids, length, special):
    """Raises where there are more kinds of special ids than places, though few of them occur.

    Hint: none
    """
    room = length - sum(i in special for i in ids)
    if len(special) > length or room < 0:
        raise ValueError("too many special ids")
    out = []
    for i in ids:
        if i in special or room > 0:
            out.append(i)
            room -= i not in special
    return out


def truncate__two_at_least(ids, length, special):
    """Raises where there is no room for two ids, as if there were always a [CLS] and a [SEP].

    Hint: none
    """
    room = length - sum(i in special for i in ids)
    if length < 2 or room < 0:
        raise ValueError("too many special ids")
    out = []
    for i in ids:
        if i in special or room > 0:
            out.append(i)
            room -= i not in special
    return out


def truncate__something_stands_first(ids, length, special):
    """Looks at the first id before it knows that there is one.

    Hint: none
    """
    room = length - sum(i in special for i in ids)
    if room < 0:
        raise ValueError("too many special ids")
    out = [ids[0]]
    room -= ids[0] not in special
    for i in ids[1:]:
        if i in special or room > 0:
            out.append(i)
            room -= i not in special
    return out
