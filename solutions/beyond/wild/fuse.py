"""Wrong answers to `fuse` in other words, with the hint due."""

from collections import Counter, defaultdict


def fuse__rank_from_zero(rankings, k=60):
    """Begins to count at 0.

    Hint: rank_from_zero
    """
    scores = defaultdict(float)
    for ranking in rankings:
        for i, p in enumerate(ranking):
            scores[p] += 1.0 / (k + i)
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__sixty(rankings, k=60):
    """Writes 60 in.

    Hint: usual_k
    """
    scores = defaultdict(float)
    for ranking in rankings:
        for i, p in enumerate(ranking):
            scores[p] += 1.0 / (61 + i)
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__no_k(rankings, k=60):
    """Adds up 1 / rank.

    Hint: no_k
    """
    scores = Counter()
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] += 1 / i
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__first_seen(rankings, k=60):
    """Leaves ties in the order in which the passages were seen.

    Hint: ties_by_place
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return [p for p, _ in sorted(scores.items(), key=lambda item: item[1], reverse=True)]


def fuse__larger_number(rankings, k=60):
    """Sorts pairs downwards, so of equals the larger number is first.

    Hint: larger_number_first
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return [p for _, p in sorted(((s, p) for p, s in scores.items()), reverse=True)]


def fuse__upwards(rankings, k=60):
    """Has the worst first.

    Hint: worst_first
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return sorted(scores, key=lambda p: (scores[p], p))


def fuse__mean(rankings, k=60):
    """Averages over the rankings that have a passage.

    Hint: mean_rank
    """
    gains = defaultdict(list)
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            gains[p].append(1 / (k + i))
    return sorted(gains, key=lambda p: (-sum(gains[p]) / len(gains[p]), p))


def fuse__best_rank(rankings, k=60):
    """Keeps the best of a passage's gains, and does not add.

    Hint: best_rank
    """
    best = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            best[p] = max(best.get(p, 0), 1 / (k + i))
    return sorted(best, key=lambda p: (-best[p], p))


def fuse__the_last_one_counts(rankings, k=60):
    """Overwrites, in place of adding.

    Hint: last_ranking
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = 1 / (k + i)
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__votes(rankings, k=60):
    """Counts the rankings that have a passage.

    Hint: by_votes
    """
    votes = Counter(p for ranking in rankings for p in ranking)
    return sorted(votes, key=lambda p: (-votes[p], p))


def fuse__in_all(rankings, k=60):
    """Keeps only what all rankings have.

    Hint: only_common
    """
    if not rankings:
        return []
    common = set(rankings[0]).intersection(*rankings[1:])
    score = {p: sum(1 / (k + r.index(p) + 1) for r in rankings) for p in common}
    return sorted(common, key=lambda p: (-score[p], p))


def fuse__absent_has_the_next_rank(rankings, k=60):
    """Gives what is absent the rank behind the last.

    Hint: none
    """
    every = {p for ranking in rankings for p in ranking}
    score = {}
    for p in every:
        score[p] = sum(1 / (k + (r.index(p) + 1 if p in r else len(r) + 1)) for r in rankings)
    return sorted(every, key=lambda p: (-score[p], p))


def fuse__sum_of_ranks(rankings, k=60):
    """Adds ranks, the smallest sum first.

    Hint: none
    """
    ranks = Counter()
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            ranks[p] += i + k
    return sorted(ranks, key=lambda p: (ranks[p], p))


def fuse__turn_by_turn(rankings, k=60):
    """Takes one of each ranking in turn.

    Hint: none
    """
    out = []
    for place in range(max(map(len, rankings), default=0)):
        for ranking in rankings:
            if place < len(ranking) and ranking[place] not in out:
                out.append(ranking[place])
    return out


def fuse__twice(rankings, k=60):
    """Returns a passage for each time it is found.

    Hint: none
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return sorted((p for r in rankings for p in r), key=lambda p: (-scores[p], p))


def fuse__pairs(rankings, k=60):
    """Returns passages with their scores.

    Hint: none
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def fuse__borda(rankings, k=60):
    """Gives points by what stands behind a passage, as Borda did.

    Hint: none
    """
    points = Counter()
    for ranking in rankings:
        for i, p in enumerate(ranking):
            points[p] += len(ranking) - i
    return sorted(points, key=lambda p: (-points[p], p))


def fuse__two_rankings(rankings, k=60):
    """Fuses the first two.

    Hint: none
    """
    scores = {}
    for ranking in rankings[:2]:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__of_range(rankings, k=60):
    """Believes that passages are numbered without gaps, and lists all of them.

    Hint: none
    """
    last = max((p for r in rankings for p in r), default=-1)
    scores = [0.0] * (last + 1)
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] += 1 / (k + i)
    return sorted(range(last + 1), key=lambda p: (-scores[p], p))


def fuse__k_over_the_sum(rankings, k=60):
    """Sets the brackets wrong: 1 / k + rank.

    Hint: none
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / max(k, 1) + i
    return sorted(scores, key=lambda p: (-scores[p], p))


def fuse__rounded(rankings, k=60):
    """Rounds the sums, so that near ones are equal.

    Hint: none
    """
    scores = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            scores[p] = scores.get(p, 0) + 1 / (k + i)
    return sorted(scores, key=lambda p: (-round(scores[p], 3), p))


def fuse__rounded(rankings, k=60):
    """Compares sums of six digits.

    Hint: none
    """
    sums = {}
    for ranking in rankings:
        for i, p in enumerate(ranking, 1):
            sums[p] = sums.get(p, 0) + 1 / (k + i)
    return sorted(sums, key=lambda p: (-round(sums[p], 6), p))
