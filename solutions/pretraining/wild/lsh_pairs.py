"""Wrong answers to `lsh_pairs` in other words, with the hint due."""

from itertools import combinations


def lsh_pairs__all_bands(signatures, bands):
    """Asks for all bands to be the same.

    Hint: every_band
    """
    parts = signatures.view(len(signatures), bands, -1)
    pairs = []
    for i in range(len(parts)):
        for j in range(i + 1, len(parts)):
            if (parts[i] == parts[j]).all(-1).all():
                pairs.append((i, j))
    return pairs


def lsh_pairs__one_number(signatures, bands):
    """Asks for one number of a band to be the same.

    Hint: part_of_a_band
    """
    parts = signatures.view(len(signatures), bands, -1)
    return [
        (i, j)
        for i, j in combinations(range(len(parts)), 2)
        if (parts[i] == parts[j]).any(-1).any()
    ]


def lsh_pairs__bands_is_rows(signatures, bands):
    """Takes `bands` for the length of a band.

    Hint: rows_for_bands
    """
    n, h = signatures.shape
    pairs = set()
    for start in range(0, h, bands):
        part = signatures[:, start : start + bands].tolist()
        for i, j in combinations(range(n), 2):
            if part[i] == part[j]:
                pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__combed(signatures, bands):
    """Takes each `bands`-th number for a band, not those side by side.

    Hint: scattered
    """
    n = len(signatures)
    pairs = set()
    for k in range(bands):
        part = signatures[:, k::bands].tolist()
        for i, j in combinations(range(n), 2):
            if part[i] == part[j]:
                pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__any_place(signatures, bands):
    """Puts all bands into the same buckets.

    Hint: at_any_place
    """
    rows = signatures.size(1) // bands
    buckets = {}
    for document, signature in enumerate(signatures.tolist()):
        for k in range(bands):
            key = tuple(signature[k * rows : (k + 1) * rows])
            buckets.setdefault(key, set()).add(document)
    pairs = set()
    for bucket in buckets.values():
        pairs.update(combinations(sorted(bucket), 2))
    return sorted(pairs)


def lsh_pairs__twice(signatures, bands):
    """Gives a pair once for each band that agrees.

    Hint: again
    """
    rows = signatures.size(1) // bands
    pairs = []
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows]
        for i in range(len(part)):
            for j in range(i + 1, len(part)):
                if bool((part[i] == part[j]).all()):
                    pairs.append((i, j))
    return sorted(pairs)


def lsh_pairs__unsorted(signatures, bands):
    """Gives the pairs in the order in which they are found.

    Hint: as_found
    """
    rows = signatures.size(1) // bands
    pairs = []
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows].tolist()
        for i, j in combinations(range(len(part)), 2):
            if part[i] == part[j] and (i, j) not in pairs:
                pairs.append((i, j))
    return pairs


def lsh_pairs__neighbours(signatures, bands):
    """Pairs the documents of a bucket with the next one only.

    Hint: neighbours
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        buckets = {}
        for i, key in enumerate(signatures[:, k * rows : (k + 1) * rows].tolist()):
            buckets.setdefault(tuple(key), []).append(i)
        for bucket in buckets.values():
            pairs.update(zip(bucket, bucket[1:]))
    return sorted(pairs)


def lsh_pairs__with_the_first(signatures, bands):
    """Pairs each document with the first one of its bucket.

    Hint: only_the_first
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        seen = {}
        for i, key in enumerate(map(tuple, signatures[:, k * rows : (k + 1) * rows].tolist())):
            if key in seen:
                pairs.add((seen[key], i))
            else:
                seen[key] = i
    return sorted(pairs)


def lsh_pairs__both_ways(signatures, bands):
    """Gives (j, i) too.

    Hint: both_ways
    """
    n, rows = len(signatures), signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows].tolist()
        for i in range(n):
            for j in range(n):
                if i != j and part[i] == part[j]:
                    pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__with_itself(signatures, bands):
    """Pairs a document with itself.

    Hint: itself
    """
    n, rows = len(signatures), signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows].tolist()
        for i in range(n):
            for j in range(i, n):
                if part[i] == part[j]:
                    pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__sums(signatures, bands):
    """Compares the sums of the bands.

    Hint: sums
    """
    sums = signatures.view(len(signatures), bands, -1).sum(-1)
    return [(i, j) for i, j in combinations(range(len(sums)), 2) if (sums[i] == sums[j]).any()]


def lsh_pairs__last_band_left_out(signatures, bands):
    """Ends one band too early.

    Hint: the_last_band_is_missing
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for start in range(0, signatures.size(1) - rows, rows):
        part = signatures[:, start : start + rows].tolist()
        for i, j in combinations(range(len(part)), 2):
            if part[i] == part[j]:
                pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__first_band(signatures, bands):
    """Returns inside the loop.

    Hint: none
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows].tolist()
        for i, j in combinations(range(len(part)), 2):
            if part[i] == part[j]:
                pairs.add((i, j))
        return sorted(pairs)


def lsh_pairs__share_of_numbers(signatures, bands):
    """Asks for as many equal numbers as a band has, wherever they stand.

    Hint: none
    """
    rows = signatures.size(1) // bands
    return [
        (i, j)
        for i, j in combinations(range(len(signatures)), 2)
        if int((signatures[i] == signatures[j]).sum()) >= rows
    ]


def lsh_pairs__order_does_not_matter(signatures, bands):
    """Compares the bands as sets.

    Hint: any_order
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        part = [set(row) for row in signatures[:, k * rows : (k + 1) * rows].tolist()]
        for i, j in combinations(range(len(part)), 2):
            if part[i] == part[j]:
                pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__glued(signatures, bands):
    """Makes a text of a band, in which 1, 23 and 12, 3 are the same.

    Hint: none
    """
    rows = signatures.size(1) // bands
    pairs = set()
    for k in range(bands):
        part = signatures[:, k * rows : (k + 1) * rows].tolist()
        keys = ["".join(str(number) for number in row) for row in part]
        for i, j in combinations(range(len(keys)), 2):
            if keys[i] == keys[j]:
                pairs.add((i, j))
    return sorted(pairs)


def lsh_pairs__any_run(signatures, bands):
    """Slides a window of a band's length over all numbers.

    Hint: none
    """
    rows = signatures.size(1) // bands
    windows = signatures.unfold(1, rows, 1)
    return [
        (i, j)
        for i, j in combinations(range(len(windows)), 2)
        if (windows[i] == windows[j]).all(-1).any()
    ]


def lsh_pairs__floats(signatures, bands):
    """Compares numbers of 32 bits, in which large ones are rounded.

    Hint: none
    """
    parts = signatures.float().unflatten(1, (bands, -1))
    same = (parts[:, None] == parts[None]).all(-1).any(-1).triu(1)
    return [tuple(pair) for pair in same.nonzero().tolist()]
