"""Wrong answers to `by_kind` in other words, with the hint due."""

import itertools
import math
from collections import Counter, defaultdict

from solutions.sft.reference import obey_rate


def by_kind__alphabet(kinds, obeyed):
    """Sorts the kinds.

    Hint: sorted
    """
    return {
        k: obey_rate([o for kk, o in zip(kinds, obeyed) if kk == k]) for k in sorted(set(kinds))
    }


def by_kind__most_frequent_first(kinds, obeyed):
    """Begins with the kind that has most instructions.

    Hint: sorted
    """
    out = {}
    for kind, _ in Counter(kinds).most_common():
        out[kind] = obey_rate([obeyed[i] for i in range(len(kinds)) if kinds[i] == kind])
    return out


def by_kind__order_of_the_last(kinds, obeyed):
    """Moves a kind to the end each time that it comes.

    Hint: sorted
    """
    groups = {}
    for k, o in zip(kinds, obeyed):
        groups[k] = groups.pop(k, []) + [o]
    return {k: obey_rate(g) for k, g in groups.items()}


def by_kind__best_first(kinds, obeyed):
    """Ranks the kinds by their rate.

    Hint: sorted
    """
    groups = defaultdict(list)
    for k, o in zip(kinds, obeyed):
        groups[k].append(o)
    rates = {k: obey_rate(g) for k, g in groups.items()}
    return dict(sorted(rates.items(), key=lambda item: -item[1][0]))


def by_kind__groupby(kinds, obeyed):
    """Groups neighbours: a kind that comes again overwrites itself.

    Hint: neighbours
    """
    pairs = list(zip(kinds, obeyed))
    return {
        k: obey_rate([o for _, o in g]) for k, g in itertools.groupby(pairs, key=lambda x: x[0])
    }


def by_kind__last_one(kinds, obeyed):
    """Keeps of each kind the last answer.

    Hint: last_answer
    """
    return {k: obey_rate([o]) for k, o in zip(kinds, obeyed)}


def by_kind__first_one(kinds, obeyed):
    """Keeps of each kind the first answer.

    Hint: none
    """
    out = {}
    for k, o in zip(kinds, obeyed):
        if k not in out:
            out[k] = obey_rate([o])
    return out


def by_kind__of_all_instructions(kinds, obeyed):
    """Divides by the number of all instructions.

    Hint: none
    """
    n = len(obeyed)
    out = {}
    for k in dict.fromkeys(kinds):
        p = sum(o for kk, o in zip(kinds, obeyed) if kk == k) / n
        out[k] = (p, math.sqrt(p * (1 - p) / n))
    return out


def by_kind__error_of_all(kinds, obeyed):
    """The share is that of the kind, the error's n that of all.

    Hint: none
    """
    groups = {}
    for k, o in zip(kinds, obeyed):
        groups.setdefault(k, []).append(o)
    out = {}
    for k, g in groups.items():
        p = sum(g) / len(g)
        out[k] = p, math.sqrt(p * (1 - p) / len(obeyed))
    return out


def by_kind__only_rates(kinds, obeyed):
    """Leaves the error out.

    Hint: only_rates
    """
    return {
        k: obey_rate([o for a, o in zip(kinds, obeyed) if a == k])[0] for k in dict.fromkeys(kinds)
    }


def by_kind__counts(kinds, obeyed):
    """Counts obeyed and asked.

    Hint: none
    """
    out = {}
    for k, o in zip(kinds, obeyed):
        yes, n = out.get(k, (0, 0))
        out[k] = (yes + o, n + 1)
    return out


def by_kind__obeyed_kinds_only(kinds, obeyed):
    """Knows only kinds that were obeyed at least once.

    Hint: none
    """
    out = {}
    for k, o in zip(kinds, obeyed):
        if o and k not in out:
            out[k] = obey_rate([b for a, b in zip(kinds, obeyed) if a == k])
    return out


def by_kind__same_for_all(kinds, obeyed):
    """Gives each kind the rate of all.

    Hint: over_all
    """
    return dict.fromkeys(kinds, obey_rate(obeyed))


def by_kind__lists(kinds, obeyed):
    """Stops at the groups.

    Hint: answers
    """
    groups = {}
    for k, o in zip(kinds, obeyed):
        groups.setdefault(k, []).append(o)
    return groups


def by_kind__first_forgotten(kinds, obeyed):
    """Opens a list for a new kind, and forgets to put its first answer in.

    Hint: none
    """
    groups = {}
    for k, o in zip(kinds, obeyed):
        if k in groups:
            groups[k].append(o)
        else:
            groups[k] = []
    return {k: obey_rate(g) for k, g in groups.items() if g}


def by_kind__pairs(kinds, obeyed):
    """Gives a list of pairs, no dict.

    Hint: none
    """
    groups = {}
    for k, o in zip(kinds, obeyed):
        groups.setdefault(k, []).append(o)
    return [(k, obey_rate(g)) for k, g in groups.items()]
