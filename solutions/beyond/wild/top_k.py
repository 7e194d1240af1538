"""Wrong answers to `top_k` in other words, with the hint due."""

import torch
from torch.nn import functional


def top_k__inner_products(queries, passages, k):
    """Takes inner products for cosines.

    Hint: no_lengths
    """
    return tuple(torch.topk(torch.matmul(queries, passages.t()), k, dim=-1))


def top_k__passages_only(queries, passages, k):
    """Makes the passages short, and forgets the queries.

    Hint: only_passages
    """
    unit = passages / torch.linalg.norm(passages, dim=1, keepdim=True)
    values, indices = torch.topk(queries @ unit.T, k)
    return values, indices


def top_k__queries_only(queries, passages, k):
    """Makes the queries short, and forgets the passages.

    Hint: only_queries
    """
    unit = queries / queries.norm(dim=1, keepdim=True)
    values, indices = torch.topk(unit @ passages.T, k)
    return values, indices


def top_k__down(queries, passages, k):
    """Makes the columns one long.

    Hint: by_columns
    """
    q = functional.normalize(queries, dim=0)
    p = functional.normalize(passages, dim=0)
    values, indices = torch.topk(q @ p.T, k)
    return values, indices


def top_k__farthest(queries, passages, k):
    """Sorts upwards, and so has the farthest.

    Hint: farthest
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    order = cosines.argsort(dim=1, stable=True)[:, :k]
    return cosines.gather(1, order), order


def top_k__nearest_last(queries, passages, k):
    """Has the right ones with the nearest last.

    Hint: nearest_last
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    order = cosines.argsort(dim=1)[:, -k:]
    return cosines.gather(1, order), order


def top_k__distance(queries, passages, k):
    """Takes the nearest by Euclid.

    Hint: none
    """
    distances = torch.cdist(queries, passages)
    values, indices = distances.topk(k, dim=1, largest=False)
    return values, indices


def top_k__distance_then_cosine(queries, passages, k):
    """Chooses by Euclid, and tells their cosines.

    Hint: none
    """
    _, indices = torch.cdist(queries, passages).topk(k, dim=1, largest=False)
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    return cosines.gather(1, indices), indices


def top_k__numbers_first(queries, passages, k):
    """Returns the numbers first.

    Hint: swapped
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    values, indices = cosines.topk(k, dim=1)
    return indices, values


def top_k__queries_for_a_passage(queries, passages, k):
    """Looks for queries along the first axis.

    Hint: none
    """
    q = functional.normalize(queries, dim=1)
    p = functional.normalize(passages, dim=1)
    values, indices = (q @ p.T).topk(min(k, len(queries)), dim=0)
    return values, indices


def top_k__one_only(queries, passages, k):
    """Returns the nearest only.

    Hint: none
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    return cosines.max(dim=1)


def top_k__no_keepdim(queries, passages, k):
    """Forgets keepdim in the lengths.

    Hint: any.keepdim
    """
    q = queries / queries.norm(dim=1)
    p = passages / passages.norm(dim=1)
    return (q @ p.T).topk(k, dim=1)


def top_k__by_size(queries, passages, k):
    """Chooses by the size of the cosine, so that opposites are near.

    Hint: absolute
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    indices = cosines.abs().topk(k, dim=1).indices
    return cosines.gather(1, indices), indices


def top_k__softmax(queries, passages, k):
    """Returns weights, as attention would.

    Hint: none
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    values, indices = cosines.topk(k, dim=1)
    return values.softmax(dim=-1), indices


def top_k__squared_length(queries, passages, k):
    """Forgets the root of the length.

    Hint: none
    """
    q = queries / queries.pow(2).sum(dim=1, keepdim=True)
    p = passages / passages.pow(2).sum(dim=1, keepdim=True)
    values, indices = (q @ p.T).topk(k, dim=1)
    return values, indices


def top_k__one_length(queries, passages, k):
    """Divides by the length of the whole tensor.

    Hint: none
    """
    q = queries / queries.norm()
    p = passages / passages.norm()
    values, indices = (q @ p.T).topk(k, dim=1)
    return values, indices


def top_k__scaled(queries, passages, k):
    """Divides by the root of d_model, as attention does.

    Hint: no_lengths
    """
    scores = queries @ passages.T / queries.shape[1] ** 0.5
    values, indices = scores.topk(k, dim=1)
    return values, indices


def top_k__unsorted(queries, passages, k):
    """Returns the nearest in the order of their numbers.

    Hint: unsorted
    """
    cosines = functional.cosine_similarity(queries[:, None], passages[None], dim=-1)
    indices = cosines.topk(k, dim=1).indices.sort(dim=1).values
    return cosines.gather(1, indices), indices


def top_k__taxi(queries, passages, k):
    """Makes vectors one long in L1.

    Hint: none
    """
    q = functional.normalize(queries, p=1, dim=1)
    p = functional.normalize(passages, p=1, dim=1)
    values, indices = (q @ p.T).topk(k, dim=1)
    return values, indices


def top_k__centred(queries, passages, k):
    """Takes the mean away first: the correlation.

    Hint: none
    """
    q = functional.normalize(queries - queries.mean(1, keepdim=True), dim=1)
    p = functional.normalize(passages - passages.mean(1, keepdim=True), dim=1)
    values, indices = (q @ p.T).topk(k, dim=1)
    return values, indices


def top_k__never_by_zero(queries, passages, k):
    """Adds something to each length.

    Hint: none
    """
    q = queries / (queries.norm(dim=1, keepdim=True) + 1e-6)
    p = passages / (passages.norm(dim=1, keepdim=True) + 1e-6)
    found = (q @ p.T).topk(k, dim=1)
    return found.values, found.indices
