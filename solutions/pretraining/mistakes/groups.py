"""Section 9.3: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

lsh_pairs__the_last_band_is_missing = Edit(
    "for band in signatures.split(rows, dim=1):", "for band in signatures.split(rows, dim=1)[:-1]:"
)
"""You leave out the last band."""

lsh_pairs__the_first_band_is_missing = Edit(
    "for band in signatures.split(rows, dim=1):", "for band in signatures.split(rows, dim=1)[1:]:"
)
"""You leave out the first band."""

lsh_pairs__rows_for_bands = Edit("signatures.shape[1] // bands", "bands")
"""`bands` says how many bands there are, not how many numbers a band has."""

lsh_pairs__every_band = Edit(
    "pairs.update(combinations(bucket, 2))",
    "pairs.update(p for p in combinations(bucket, 2) if (signatures[p[0]] == signatures[p[1]]).all())",
)
"""You ask for the same numbers in *all* bands. One band is enough."""

lsh_pairs__at_any_place = Edit(
    "    for band in signatures.split(rows, dim=1):  # (document, row)\n"
    "        buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)\n",
    "    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)\n"
    "    for band in signatures.split(rows, dim=1):\n",
)
"""You compare the band of one document with *another* band of the other. Each band has buckets of its
own."""

lsh_pairs__part_of_a_band = Edit("buckets[tuple(numbers)]", "buckets[tuple(numbers[:1])]")
"""A part of a band is enough for you. All of its numbers must be the same."""

lsh_pairs__any_order = Edit("buckets[tuple(numbers)]", "buckets[tuple(sorted(numbers))]")
"""The same numbers in another order are not the same band: each stands for another function."""

lsh_pairs__sums = Edit("buckets[tuple(numbers)]", "buckets[(sum(numbers),)]")
"""Bands with the same sum look the same to you. Compare the numbers themselves."""

lsh_pairs__scattered = Edit(
    "signatures.split(rows, dim=1)", "[signatures[:, k::bands] for k in range(bands)]"
)
"""Your bands are made of numbers that stand far apart. They stand side by side."""

lsh_pairs__as_found = Edit("sorted(pairs)", "sorted(pairs, key=lambda p: (p[1], p[0]))")
"""The pairs come in ascending order, by the first number and then by the second."""

lsh_pairs__larger_first = Edit("sorted(pairs)", "sorted((j, i) for i, j in pairs)")
"""In a pair the smaller number comes first."""

lsh_pairs__itself = Edit(
    "pairs.update(combinations(bucket, 2))",
    "pairs.update((i, j) for i in bucket for j in bucket if i <= j)",
)
"""You pair a document with itself."""

lsh_pairs__both_ways = Edit(
    "pairs.update(combinations(bucket, 2))",
    "pairs.update((i, j) for i in bucket for j in bucket if i != j)",
)
"""Each of your pairs comes twice, the second time turned round."""

lsh_pairs__only_the_first = Edit(
    "pairs.update(combinations(bucket, 2))", "pairs.update((bucket[0], j) for j in bucket[1:])"
)
"""Where three documents share a band there are three pairs. You pair each with the first alone."""

lsh_pairs__neighbours = Edit(
    "pairs.update(combinations(bucket, 2))", "pairs.update(zip(bucket, bucket[1:]))"
)
"""Where three documents share a band there are three pairs. You pair each with the next alone."""

lsh_pairs__again = Edit(
    "pairs: set[tuple[int, int]] = set()",
    "pairs: list[tuple[int, int]] = []",
    "pairs.update",
    "pairs.extend",
)
"""A pair that shares several bands comes several times. It comes once."""

clusters__no_chains = Edit(
    "sorted((first[one], first[other]))",
    "sorted((one, other))",
    "[low if number == high else number for number in first]",
    "[min(low, number) if place == high else number for place, number in enumerate(first)]",
)
"""If A is like B and B is like C, all three are in one cluster. You follow a pair, but no chain."""

clusters__only_its_own_label = Edit(
    "[low if number == high else number for number in first]",
    "[low if place in (one, other) else number for place, number in enumerate(first)]",
)
"""Where two clusters meet, *all* documents of the one get the label of the other. You change the two
of the pair alone."""


def clusters__calls_itself(pairs, count):
    """A chain may have more than a thousand documents. A function that calls itself for each of them
    goes deeper than Python allows: go on in a loop."""
    near: dict[int, list[int]] = {number: [] for number in range(count)}
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    first: list[int] = [-1] * count

    def visit(number, name):
        if first[number] == -1:
            first[number] = name
            for other in near[number]:
                visit(other, name)

    for number in range(count):
        visit(number, number)
    return first


def clusters__calls_itself__on_a_set(pairs, count):
    near: dict[int, set[int]] = {number: set() for number in range(count)}
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)

    def dfs(number, seen):
        seen.add(number)
        for other in near[number] - seen:
            dfs(other, seen)
        return seen

    return [min(dfs(number, set())) for number in range(count)]


clusters__the_last = Edit("low if number == high", "high if number == low")
"""You name each cluster by its last document. The first one is asked for."""

clusters__larger_first = Edit(
    "low, high = sorted((first[one], first[other]))", "low, high = first[one], first[other]"
)
"""Your clusters are named by whatever document came first in the pair. The smallest number names
them."""

clusters__from_one = Edit(
    "return first",
    "names = sorted(set(first))\n    return [names.index(number) for number in first]",
)
"""You number the clusters 0, 1, 2, … A cluster is named by its first document."""

clusters__without_the_single = Edit(
    "return first", "return [number for number in first if first.count(number) > 1]"
)
"""A document without a pair is a cluster of its own: each of `count` documents has a place in the
list."""

clusters__groups = Edit(
    "return first",
    "return [[k for k, n in enumerate(first) if n == one] for one in sorted(set(first))]",
)
"""You return the clusters. For each document the first one of its cluster is asked for."""

clusters__copies = Edit("return first", "return [k for k, n in enumerate(first) if k != n]")
"""You list the documents that are to go. For each document the first one of its cluster is asked
for."""

clusters__only_its_own_label__pairs_in_order = Edit(
    "for one, other in pairs:",
    "for one, other in sorted(map(sorted, pairs)):",
    "[low if number == high else number for number in first]",
    "[low if place in (one, other) else number for place, number in enumerate(first)]",
)

clusters__without_the_single__minus_one = Edit(
    "return first", "return [n if first.count(n) > 1 else -1 for n in first]"
)

lsh_pairs__at_any_place__once = Edit(
    "    for band in signatures.split(rows, dim=1):  # (document, row)\n"
    "        buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)\n",
    "    buckets: dict[tuple[int, ...], set[int]] = defaultdict(set)\n"
    "    for band in signatures.split(rows, dim=1):\n",
    ".append(document)",
    ".add(document)",
    "combinations(bucket, 2)",
    "combinations(sorted(bucket), 2)",
)

lsh_pairs__as_found__band_by_band = Edit(
    "pairs: set[tuple[int, int]] = set()",
    "pairs: dict[tuple[int, int], None] = {}",
    "        for bucket in buckets.values():\n            pairs.update(combinations(bucket, 2))",
    "        found = [pair for bucket in buckets.values() for pair in combinations(bucket, 2)]\n"
    "        pairs.update(dict.fromkeys(sorted(found)))",
    "sorted(pairs)",
    "list(pairs)",
)
