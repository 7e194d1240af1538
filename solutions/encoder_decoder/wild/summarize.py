"""Wrong answers to `summarize` in other words, with the hint due."""

import torch
import torch.nn.functional as F


def summarize__by_rank(vectors, count):
    """Returns them from the best to the worst.

    Hint: best_first
    """
    unit = F.normalize(vectors, dim=1)
    likeness = unit @ F.normalize(vectors.mean(0), dim=0)
    return likeness.argsort(descending=True)[:count].tolist()


def summarize__by_product(vectors, count):
    """Takes the dot product with the mean.

    Hint: dot_product
    """
    scores = (vectors * vectors.mean(0, keepdim=True)).sum(1).tolist()
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return sorted(order[:count])


def summarize__the_odd_ones(vectors, count):
    """Takes those that are least like the text.

    Hint: least_alike
    """
    cosines = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True))
    return sorted(cosines.argsort()[:count].tolist())


def summarize__the_beginning(vectors, count):
    """Takes the first sentences.

    Hint: first_ones
    """
    return list(range(len(vectors)))[:count]


def summarize__topk_of_count(vectors, count):
    """Asks for more than there are.

    Hint: too_many
    """
    cosines = torch.cosine_similarity(vectors, vectors.mean(0, keepdim=True), dim=-1)
    _, places = torch.topk(cosines, count)
    return places.sort().values.tolist()


def summarize__like_the_beginning(vectors, count):
    """Compares with the first sentence.

    Hint: like_the_first
    """
    unit = F.normalize(vectors, dim=-1)
    places = (unit @ unit[0]).argsort(descending=True)[:count]
    return sorted(places.tolist())


def summarize__as_a_tensor(vectors, count):
    """Returns a tensor.

    Hint: none
    """
    cosines = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True))
    return cosines.topk(min(count, len(vectors))).indices.sort().values


def summarize__by_distance(vectors, count):
    """Takes those that are nearest to the mean.

    Hint: by_distance
    """
    far = (vectors - vectors.mean(0)).norm(dim=1)
    return sorted(far.argsort()[:count].tolist())


def summarize__by_value(vectors, count):
    """Looks up where each cosine stands; one may stand there twice.

    Hint: none
    """
    scores = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True)).tolist()
    return sorted(scores.index(one) for one in sorted(scores, reverse=True)[:count])


def summarize__all_that_are_as_good(vectors, count):
    """Takes all whose cosine is not below that of the last one.

    Hint: none
    """
    scores = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True))
    last = scores.sort(descending=True).values[min(count, len(scores)) - 1]
    return [place for place, one in enumerate(scores) if one >= last]


def summarize__opposites_are_alike(vectors, count):
    """Takes the size of the cosine.

    Hint: none
    """
    scores = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True)).abs()
    return sorted(scores.topk(min(count, len(scores))).indices.tolist())


def summarize__none_below_zero(vectors, count):
    """Takes a cosine below 0 for 0.

    Hint: none
    """
    likeness = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True)).relu()
    return sorted(likeness.topk(min(count, len(vectors))).indices.tolist())


def summarize__never_by_zero(vectors, count):
    """Adds something to the lengths by which it divides.

    Hint: none
    """
    middle = vectors.mean(dim=0)
    likeness = vectors @ middle / (vectors.norm(dim=1) * middle.norm() + 1e-3)
    return sorted(likeness.topk(min(count, len(vectors))).indices.tolist())
