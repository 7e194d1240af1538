"""Wrong answers to `build_vocab` in other words, with the hint due."""

from collections import Counter


def build_vocab__no_unknown(tokens, size):
    """Forgets "<unk>".

    Hint: without_unknown
    """
    freq = Counter(tokens)
    return sorted(freq, key=lambda w: (-freq[w], w))[:size]


def build_vocab__unknown_on_top(tokens, size):
    """Gives "<unk>" a place of its own beyond `size`.

    Hint: one_too_many
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    return ["<unk>"] + ranked[:size]


def build_vocab__unknown_last(tokens, size):
    """Puts "<unk>" at the end.

    Hint: unknown_at_the_end
    """
    freq = Counter(tokens)
    ranked = sorted(freq.items(), key=lambda item: (-item[1], item[0]))
    vocab = [w for w, _ in ranked[: size - 1]]
    vocab.append("<unk>")
    return vocab


def build_vocab__most_common(tokens, size):
    """Leaves the order of equals to most_common, which goes by first occurrence.

    Hint: ties_as_they_come
    """
    return ["<unk>", *[w for w, n in Counter(tokens).most_common(size - 1)]]


def build_vocab__equals_backwards(tokens, size):
    """Sorts count and token together backwards, so that equals stand from z to a.

    Hint: ties_backwards
    """
    freq = Counter(tokens)
    ranked = sorted(((n, w) for w, n in freq.items()), reverse=True)
    return ["<unk>"] + [w for _, w in ranked][: size - 1]


def build_vocab__alphabet(tokens, size):
    """Goes by the alphabet and not by how frequent the tokens are.

    Hint: by_the_alphabet
    """
    return ["<unk>"] + sorted(set(tokens))[: size - 1]


def build_vocab__rare_first(tokens, size):
    """Takes the rarest tokens, since it sorts upwards.

    Hint: rarest_first
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (freq[w], w))[: size - 1]


def build_vocab__first_seen(tokens, size):
    """Takes the first different tokens of the text, however frequent they are.

    Hint: as_they_come
    """
    vocab = ["<unk>"]
    for token in tokens:
        if token not in vocab and len(vocab) < size:
            vocab.append(token)
    return vocab


def build_vocab__dictionary(tokens, size):
    """Returns a dictionary from token to id instead of a list.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))[: size - 1]
    return {w: i for i, w in enumerate(ranked)}


def build_vocab__with_counts(tokens, size):
    """Leaves the counts beside the tokens.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq.items(), key=lambda item: (-item[1], item[0]))[: size - 1]


def build_vocab__sorted_after_the_cut(tokens, size):
    """Cuts first and sorts afterwards, so that the alphabet decides the order of all.

    Hint: sorted_after_all
    """
    best = [w for w, _ in Counter(tokens).most_common(size - 1)]
    return ["<unk>"] + sorted(best)


def build_vocab__one_too_few(tokens, size):
    """Counts "<unk>" twice and takes one token too few.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    vocab = ["<unk>"]
    for i in range(1, size - 1):
        if i <= len(ranked):
            vocab.append(ranked[i - 1])
    return vocab


def build_vocab__case_ignored_in_order(tokens, size):
    """Orders equals without looking at upper and lower case.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w.lower()))[: size - 1]


def build_vocab__lower_case(tokens, size):
    """Counts everything in lower case.

    Hint: none
    """
    freq = Counter(t.lower() for t in tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))[: size - 1]


def build_vocab__filled_up(tokens, size):
    """Fills a short vocabulary up with "<unk>" to the full size.

    Hint: none
    """
    freq = Counter(tokens)
    vocab = ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))
    while len(vocab) < size:
        vocab.append("<unk>")
    return vocab[:size]


def build_vocab__index_runs_out(tokens, size):
    """Expects that there are as many different tokens as places.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    return ["<unk>"] + [ranked[i] for i in range(size - 1)]


def build_vocab__twice_at_least(tokens, size):
    """Leaves out tokens that occur only once.

    Hint: none
    """
    freq = Counter(tokens)
    often = [w for w in freq if freq[w] > 1]
    return ["<unk>"] + sorted(often, key=lambda w: (-freq[w], w))[: size - 1]


def build_vocab__result_of_extend(tokens, size):
    """Returns what extend returns, which is None.

    Hint: none
    """
    freq = Counter(tokens)
    vocab = ["<unk>"]
    return vocab.extend(sorted(freq, key=lambda w: (-freq[w], w))[: size - 1])


def build_vocab__tail_of_nothing(tokens, size):
    """Takes the last size - 1 of an ascending list, which for size 1 is all of it.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(sorted(freq, reverse=True), key=freq.get)
    return ["<unk>"] + ranked[-(size - 1) :][::-1]


def build_vocab__length_decides(tokens, size):
    """Puts shorter tokens first among equals.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], len(w), w))[: size - 1]


def build_vocab__unknown_sorted_in(tokens, size):
    """Counts "<unk>" among the tokens, so that it stands where its count puts it.

    Hint: unknown_at_the_end
    """
    freq = Counter(["<unk>", *tokens])
    return sorted(freq, key=lambda w: (-freq[w], w))[:size]


def build_vocab__no_marks(tokens, size):
    """Leaves out the punctuation marks.

    Hint: none
    """
    counts = Counter(t for t in tokens if t.isalnum())
    return ["<unk>"] + sorted(counts, key=lambda t: (-counts[t], t))[: size - 1]
