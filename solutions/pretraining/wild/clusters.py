"""Wrong answers to `clusters` in other words, with the hint due."""


def clusters__one_step(pairs, count):
    """Looks at each pair once, without chains.

    Hint: no_chains
    """
    out = list(range(count))
    for i, j in pairs:
        low, high = min(i, j), max(i, j)
        out[high] = min(out[high], low)
    return out


def clusters__one_pass(pairs, count):
    """Gives both the smaller label, and tells nobody else.

    Hint: only_its_own_label
    """
    out = list(range(count))
    for i, j in pairs:
        m = min(out[i], out[j])
        out[i] = m
        out[j] = m
    return out


def clusters__two_passes(pairs, count):
    """Goes over the pairs twice, which is not always enough.

    Hint: none
    """
    out = list(range(count))
    for _ in range(2):
        for i, j in pairs:
            out[i] = out[j] = min(out[i], out[j])
    return out


def clusters__sorted_pairs(pairs, count):
    """Sorts the pairs, and goes over them once.

    Hint: only_its_own_label
    """
    out = list(range(count))
    for i, j in sorted((min(p), max(p)) for p in pairs):
        out[i] = out[j] = min(out[i], out[j])
    return out


def clusters__last_one(pairs, count):
    """Names a cluster by its last document.

    Hint: the_last
    """
    label = list(range(count))
    for i, j in pairs:
        one, two = label[i], label[j]
        label = [max(one, two) if x in (one, two) else x for x in label]
    return label


def clusters__numbered(pairs, count):
    """Numbers the clusters 0, 1, 2.

    Hint: from_one
    """
    label = list(range(count))
    for i, j in pairs:
        one, two = sorted((label[i], label[j]))
        label = [one if x == two else x for x in label]
    names = {}
    return [names.setdefault(x, len(names)) for x in label]


def clusters__groups(pairs, count):
    """Returns the groups.

    Hint: groups
    """
    label = list(range(count))
    for i, j in pairs:
        one, two = sorted((label[i], label[j]))
        label = [one if x == two else x for x in label]
    groups = {}
    for document, x in enumerate(label):
        groups.setdefault(x, []).append(document)
    return list(groups.values())


def clusters__only_firsts(pairs, count):
    """Returns the first documents, once each.

    Hint: none
    """
    label = list(range(count))
    for i, j in pairs:
        one, two = sorted((label[i], label[j]))
        label = [one if x == two else x for x in label]
    return sorted(set(label))


def clusters__lonely_ones_minus_one(pairs, count):
    """Gives -1 to a document without a pair.

    Hint: without_the_single
    """
    label = list(range(count))
    for i, j in pairs:
        one, two = sorted((label[i], label[j]))
        label = [one if x == two else x for x in label]
    paired = {x for pair in pairs for x in pair}
    return [x if d in paired else -1 for d, x in enumerate(label)]


def clusters__root_by_the_pair(pairs, count):
    """Union-find that hangs the second root below the first, whichever is smaller.

    Hint: larger_first
    """
    parent = list(range(count))

    def find(x):
        while parent[x] != x:
            x = parent[x]
        return x

    for i, j in pairs:
        parent[find(j)] = find(i)
    return [find(x) for x in range(count)]


def clusters__parents(pairs, count):
    """Union-find that returns parents, not roots.

    Hint: none
    """
    parent = list(range(count))

    def find(x):
        while parent[x] != x:
            x = parent[x]
        return x

    for i, j in pairs:
        one, two = sorted((find(i), find(j)))
        parent[two] = one
    return parent


def clusters__no_root(pairs, count):
    """Union-find without looking for roots.

    Hint: none
    """
    parent = list(range(count))
    for i, j in pairs:
        parent[max(i, j)] = min(i, j)
    out = []
    for x in range(count):
        while parent[x] != x:
            x = parent[x]
        out.append(x)
    return out


def clusters__first_of_the_pairs(pairs, count):
    """Names a cluster by the document that came first in the pairs.

    Hint: larger_first
    """
    groups = []
    for i, j in pairs:
        near = [g for g in groups if i in g or j in g]
        merged = []
        for g in near:
            groups.remove(g)
            merged += g
        groups.append(list(dict.fromkeys([*merged, i, j])))
    out = list(range(count))
    for g in groups:
        for x in g:
            out[x] = g[0]
    return out


def clusters__first_group_found(pairs, count):
    """Puts a pair into the first group that has one of both, and joins no groups.

    Hint: none
    """
    groups = []
    for i, j in pairs:
        for g in groups:
            if i in g or j in g:
                g.update((i, j))
                break
        else:
            groups.append({i, j})
    out = list(range(count))
    for g in groups:
        for x in g:
            out[x] = min(g)
    return out


def clusters__directed(pairs, count):
    """Walks from a document only to those that stand second in its pairs.

    Hint: none
    """
    out = [-1] * count
    for start in range(count):
        if out[start] != -1:
            continue
        todo = [start]
        while todo:
            x = todo.pop()
            if out[x] == -1:
                out[x] = start
                todo += [j for i, j in pairs if i == x]
    return out


def clusters__ten_passes(pairs, count):
    """Goes over the pairs ten times, which is enough for short chains.

    Hint: none
    """
    out = list(range(count))
    for _ in range(10):
        for i, j in pairs:
            out[i] = out[j] = min(out[i], out[j])
    return out


def clusters__hundred_passes(pairs, count):
    """Goes over the pairs a hundred times.

    Hint: none
    """
    out = list(range(count))
    for _ in range(100):
        for i, j in pairs:
            out[i] = out[j] = min(out[i], out[j])
    return out


def clusters__goes_into_each(pairs, count):
    """Calls itself for each neighbour, deeper than Python allows.

    Hint: calls_itself
    """
    near = {number: [] for number in range(count)}
    for i, j in pairs:
        near[i].append(j)
        near[j].append(i)
    out = [None] * count

    def visit(number, first):
        if out[number] is None:
            out[number] = first
            for other in near[number]:
                visit(other, first)

    for number in range(count):
        visit(number, number)
    return out
