"""Wrong answers to `hit_rate` in other words, with the hint due."""

import torch


def hit_rate__all_places(found, right, k):
    """Ignores k.

    Hint: all_places
    """
    counts = right != -1
    return (found == right[:, None]).any(1)[counts].float().mean().item()


def hit_rate__double_hits(found, right, k):
    """Counts each chunk of the right page.

    Hint: every_hit
    """
    counts = right >= 0
    hits = (found[:, :k] == right.unsqueeze(1)).sum().item()
    return hits / counts.sum().item()


def hit_rate__precision(found, right, k):
    """Divides by k: the share of places.

    Hint: precision
    """
    counts = right >= 0
    return (found[counts, :k] == right[counts, None]).float().mean().item()


def hit_rate__unanswerable_missed(found, right, k):
    """Counts a question without a page as a miss.

    Hint: unanswerable_missed
    """
    hits = 0
    for row, page in zip(found.tolist(), right.tolist(), strict=True):
        if page != -1 and page in row[:k]:
            hits += 1
    return hits / len(right)


def hit_rate__unanswerable_hit(found, right, k):
    """Counts a question without a page as right.

    Hint: unanswerable_hit
    """
    hits = 0
    for row, page in zip(found.tolist(), right.tolist(), strict=True):
        if page == -1 or page in row[:k]:
            hits += 1
    return hits / len(right)


def hit_rate__at_k(found, right, k):
    """Looks at the place k only.

    Hint: kth_place
    """
    counts = right >= 0
    place = min(k, found.shape[1]) - 1
    return (found[counts, place] == right[counts]).float().mean().item()


def hit_rate__first_place(found, right, k):
    """Looks at the best one only.

    Hint: first_only
    """
    counts = right >= 0
    return (found[counts, 0] == right[counts]).float().mean().item()


def hit_rate__one_more(found, right, k):
    """Has one place too many.

    Hint: one_more
    """
    counts = right >= 0
    hits = (found[counts, : k + 1] == right[counts, None]).any(dim=1)
    return hits.float().mean().item()


def hit_rate__k_pages(found, right, k):
    """Takes the first k different pages.

    Hint: of_first_pages
    """
    hits = []
    for row, page in zip(found.tolist(), right.tolist(), strict=True):
        if page != -1:
            hits.append(page in list(dict.fromkeys(row))[:k])
    return sum(hits) / len(hits)


def hit_rate__zero_is_no_page(found, right, k):
    """Leaves page 0 out as well.

    Hint: none
    """
    counts = right > 0
    if not counts.any():
        return 0.0
    return (found[:, :k] == right[:, None]).any(1)[counts].float().mean().item()


def hit_rate__any_question(found, right, k):
    """Asks down the columns.

    Hint: none
    """
    counts = right >= 0
    return (found[counts, :k] == right[counts, None]).any(dim=0).float().mean().item()


def hit_rate__count(found, right, k):
    """Returns how many hits.

    Hint: count
    """
    counts = right >= 0
    return float((found[counts, :k] == right[counts, None]).any(dim=1).sum())


def hit_rate__reciprocal(found, right, k):
    """Computes the mean reciprocal rank.

    Hint: reciprocal_rank
    """
    total, n = 0.0, 0
    for row, page in zip(found.tolist(), right.tolist(), strict=True):
        if page == -1:
            continue
        n += 1
        if page in row[:k]:
            total += 1 / (row.index(page) + 1)
    return total / n


def hit_rate__anywhere(found, right, k):
    """Asks whether the page is in any question's results.

    Hint: none
    """
    counts = right >= 0
    hits = torch.isin(right[counts], found[:, :k])
    return hits.float().mean().item()


def hit_rate__stops_at_the_first(found, right, k):
    """Stops at the first question without a page.

    Hint: none
    """
    hits = []
    for row, page in zip(found.tolist(), right.tolist(), strict=True):
        if page == -1:
            break
        hits.append(page in row[:k])
    return sum(hits) / len(hits) if hits else 0.0


def hit_rate__all_of_them(found, right, k):
    """Wants the page in all places.

    Hint: all_of_them
    """
    counts = right >= 0
    return (found[counts, :k] == right[counts, None]).all(dim=1).float().mean().item()


def hit_rate__misses(found, right, k):
    """Returns the share of misses.

    Hint: none
    """
    counts = right >= 0
    return (found[counts, :k] != right[counts, None]).all(dim=1).float().mean().item()


def hit_rate__last_k(found, right, k):
    """Takes the last k.

    Hint: none
    """
    counts = right >= 0
    return (found[counts, -k:] == right[counts, None]).any(dim=1).float().mean().item()


def hit_rate__tensor(found, right, k):
    """Returns a tensor.

    Hint: any.form
    """
    return (found[:, :k] == right[:, None]).any(dim=1)[right != -1].float().mean()


def hit_rate__rows_for_columns(found, right, k):
    """Compares without the axis, so that rows and columns are mixed up.

    Hint: none
    """
    return (found[:, :k] == right).any(dim=1).float().mean().item()
