"""Wrong answers to `retrieve` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def retrieve__plain_products(queries, pages, k):
    """Forgets the lengths.

    Hint: dot_product
    """
    return torch.topk(torch.matmul(queries, pages.mT), k, dim=-1)[1]


def retrieve__nearest_point(queries, pages, k):
    """Takes the smallest distance.

    Hint: distance
    """
    apart = ((queries[:, None] - pages[None]) ** 2).sum(-1)
    return apart.topk(k, largest=False).indices


def retrieve__backwards(queries, pages, k):
    """Sorts the wrong way.

    Hint: farthest
    """
    cosines = torch.cosine_similarity(queries[:, None], pages[None], dim=2)
    return cosines.argsort(dim=1)[:, :k]


def retrieve__how_near(queries, pages, k):
    """Returns the cosines.

    Hint: cosines
    """
    cosines = torch.cosine_similarity(queries[:, None], pages[None], dim=2)
    return cosines.sort(dim=1, descending=True).values[:, :k]


def retrieve__turned_order(queries, pages, k):
    """Has the right ones, the nearest last.

    Hint: one_too_far
    """
    cosines = F.normalize(queries) @ F.normalize(pages).T
    return cosines.topk(k).indices.flip(1)


def retrieve__a_millionth_is_added(queries, pages, k):
    """Adds a small number to the lengths, so that nothing is divided by zero.

    Hint: none
    """
    lengths = queries.norm(dim=1)[:, None] * pages.norm(dim=1)
    return (queries @ pages.T / (lengths + 1e-6)).topk(k).indices


def retrieve__a_row_for_each_place(queries, pages, k):
    """Returns a column for each query.

    Hint: turned
    """
    return (F.normalize(pages) @ F.normalize(queries).T).topk(k, dim=0).indices
