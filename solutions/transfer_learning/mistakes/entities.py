"""Section 7.6: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit
from solutions.transfer_learning.reference import entities_of

align_labels__on_each_token = Edit(
    "first = word is not None and word != last", "first = word is not None"
)
"""All tokens of a word get its tag. A word of three tokens would count three times, and a "B-" begin
three entities: only the first token gets the tag."""

align_labels__on_the_last = Edit(
    "labels, last = [], None\n    for word in words:",
    "labels, last = [], None\n    for word in reversed(words):",
    "return labels",
    "return labels[::-1]",
)
"""The tag stands on the last token of each word. The first one gets it."""

align_labels__zero_for_the_rest = Edit("else -100)", "else 0)")
"""A tag of 0 is a tag too, and would be learned. Which number says that a token is not asked?"""

align_labels__left_out = Edit(
    "        labels.append(tags[word] if first else -100)\n",
    "        if first:\n            labels.append(tags[word])\n",
)
"""There is a label for each token. Yours has only those of first tokens."""

align_labels__one_after_the_other = Edit(
    "        labels.append(tags[word] if first else -100)\n",
    "        labels.append(tags[sum(one != -100 for one in labels)] if first else -100)\n",
)
"""You hand out the tags one after the other. A word may have no token: its tag goes to nobody. What is
the number in `words` for?"""

align_labels__by_tag = Edit(
    "word != last",
    "(last is None or tags[word] != tags[last])",
)
"""Two words can have the same tag. Compare the numbers of the words."""

align_labels__no_word_zero = Edit(
    "word is not None and word != last", "bool(word) and word != last"
)
"""The first word has the number 0, which counts as False. Ask whether it is None."""

align_labels__looks_round = Edit(
    "labels, last = [], None\n    for word",
    "labels, last = [], (words or [None])[-1]\n    for word",
)
"""Before the first token there is none. `words[-1]` is the last one."""

entities_of__i_begins = Edit(
    '        if sign == "B":\n',
    '        if sign == "B" or (sign == "I" and not (\n'
    "            found and found[-1][::2] == (kind, place)\n        )):\n",
)
"""An "I-" that goes on with nothing begins no entity: it counts as "O"."""

entities_of__other_kind_goes_on = Edit(
    "found[-1][::2] == (kind, place)",
    "found[-1][2] == place",
    "found[-1] = (kind, found[-1][1], place + 1)",
    "found[-1] = (*found[-1][:2], place + 1)",
)
"""Behind "B-PER" an "I-LOC" does not go on: the kinds must be the same."""

entities_of__goes_on_after_a_gap = Edit("found[-1][::2] == (kind, place)", "found[-1][0] == kind")
"""Your entity goes on behind an "O". What must the word just before belong to?"""

entities_of__end_included = Edit(
    "found.append((kind, place, place + 1))",
    "found.append((kind, place, place))",
    "found[-1][::2] == (kind, place)",
    "found[-1][::2] == (kind, place - 1)",
    "found[-1] = (kind, found[-1][1], place + 1)",
    "found[-1] = (kind, found[-1][1], place)",
)
"""Your ends are the last word of an entity. Asked for is the place after it, as in a slice."""

entities_of__single_words = Edit(
    '        elif sign == "I" and found and found[-1][::2] == (kind, place):\n'
    "            found[-1] = (kind, found[-1][1], place + 1)\n",
    "",
)
"""Each of your entities has one word. What does an "I-" do?"""

entities_of__a_list = Edit("return set(found)", "return found")
"""You return a list. A set is asked for, so that two of them can be compared in any order."""


def entities_of__side_by_side_are_one(tags):
    """Two entities of the same kind side by side become one of yours. What does a "B-" say?"""
    found, before = [], "O"
    for place, tag in enumerate(tags):
        kind = tag.partition("-")[2]
        goes_on = before != "O" and before.partition("-")[2] == kind and found
        goes_on = goes_on and found[-1][::2] == (kind, place)
        if tag != "O" and goes_on:
            found[-1] = (kind, found[-1][1], place + 1)
        elif tag.startswith("B"):
            found.append((kind, place, place + 1))
        before = tag
    return set(found)


def entities_of__last_one_lost(tags):
    """An entity at the end of the sentence is missing. Who closes it, if no tag comes after it?"""
    found, start, kind = set(), None, ""
    for place, tag in enumerate(tags):
        if start is not None and tag != f"I-{kind}":
            found.add((kind, start, place))
            start = None
        if tag.startswith("B-"):
            start, kind = place, tag[2:]
    return found


entities_of__kind_cut = Edit(
    '_, kind = tag.partition("-")', '*kind = tag.split("-")\n        kind = kind[0] if kind else ""'
)
"""A kind may have a hyphen of its own. Cut the tag at the first one only."""


def entity_f1__by_word(true, guessed):
    """You count words. An entity of two words is one entity, and half of it is none."""
    pairs = [p for t, g in zip(true, guessed, strict=True) for p in zip(t, g, strict=True)]
    hits = sum(t == g != "O" for t, g in pairs)
    total = sum((t != "O") + (g != "O") for t, g in pairs)
    return 2 * hits / total if total else 0.0


def entity_f1__token_accuracy(true, guessed):
    """You have the share of words whose tag is right. Most words are "O", so that is easy: count
    entities."""
    pairs = [p for t, g in zip(true, guessed, strict=True) for p in zip(t, g, strict=True)]
    return sum(t == g for t, g in pairs) / len(pairs) if pairs else 0.0


def entity_f1__mean_of_sentences(true, guessed):
    """You take an F1 for each sentence, and their mean. Count over all sentences first."""
    each = []
    for t, g in zip(true, guessed, strict=True):
        here, there = entities_of(t), entities_of(g)
        total = len(here) + len(there)
        each.append(2 * len(here & there) / total if total else 0.0)
    return sum(each) / len(each) if each else 0.0


def entity_f1__one_long_sentence(true, guessed):
    """You throw the entities of all sentences into one set. The place 3 of one sentence is not the place
    3 of another."""
    here = {one for tags in true for one in entities_of(tags)}
    there = {one for tags in guessed for one in entities_of(tags)}
    total = len(here) + len(there)
    return 2 * len(here & there) / total if total else 0.0


entity_f1__recall = Edit(
    "total += len(here) + len(there)", "total += len(here)", "2 * hits / total", "hits / total"
)
"""You have the recall: how many of the true entities are found. Who guesses everywhere is not
punished."""

entity_f1__precision = Edit(
    "total += len(here) + len(there)", "total += len(there)", "2 * hits / total", "hits / total"
)
"""You have the precision: how many of the guesses are right. Who guesses next to nothing is not
punished."""

entity_f1__of_all = Edit(
    "total += len(here) + len(there)",
    "total += len(here | there)",
    "2 * hits / total",
    "hits / total",
)
"""You divide the hits by all entities of both together, each once. That is the Jaccard index, and F1
is another number: twice the hits, divided by the sum of the two counts."""

entity_f1__joined = Edit("zip(true, guessed, strict=True)", "[(sum(true, []), sum(guessed, []))]")
"""You put all sentences one behind the other. An "I-" at the beginning of a sentence then goes on with
the sentence before."""

entity_f1__half = Edit("2 * hits / total", "hits / total")
"""Look at the factor in the formula: if all is right, is your F1 1?"""

entity_f1__nothing_is_perfect = Edit("else 0.0", "else 1.0")
"""Without any entity F1 is 0, as the task says."""


def entity_f1__zero_division(true, guessed):
    """What do you divide by, if there is no entity, or none was guessed?"""
    hits = total = 0
    for t, g in zip(true, guessed, strict=True):
        here, there = entities_of(t), entities_of(g)
        hits += len(here & there)
        total += len(here) + len(there)
    return 2 * hits / total


def entity_f1__zero_division__of_each_share(true, guessed):
    pairs = [(entities_of(t), entities_of(g)) for t, g in zip(true, guessed, strict=True)]
    hits = sum(len(t & g) for t, g in pairs)
    precision = hits / sum(len(g) for _, g in pairs)
    recall = hits / sum(len(t) for t, _ in pairs)
    return 2 * precision * recall / (precision + recall)


def entity_f1__start_ignored(true, guessed):
    """You compare kinds and ends. An entity that begins at another word is no hit."""
    hits = total = 0
    for t, g in zip(true, guessed, strict=True):
        here, there = ({one[::2] for one in entities_of(tags)} for tags in (t, g))
        hits += len(here & there)
        total += len(here) + len(there)
    return 2 * hits / total if total else 0.0


def entity_f1__kind_ignored(true, guessed):
    """You compare places only. A person that is taken for a place is no hit."""
    hits = total = 0
    for t, g in zip(true, guessed, strict=True):
        here, there = ({one[1:] for one in entities_of(tags)} for tags in (t, g))
        hits += len(here & there)
        total += len(here) + len(there)
    return 2 * hits / total if total else 0.0
