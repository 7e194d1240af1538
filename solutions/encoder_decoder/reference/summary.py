"""Section 5.7: reference answers."""

from torch import Tensor, nn


def summarize(vectors: Tensor, count: int) -> list[int]:
    """Choose the `count` sentences that are most like the whole text, in their order.

    The text's vector is the mean of its sentences' vectors. The sentences with the
    largest cosine to it are chosen. Their numbers come back in the order of the text,
    so that the summary can be read. If there are fewer sentences, all are chosen.

    Source: Radev, Jing and Budzikowska (2000), for the centroid.

    Shapes:
        vectors: (sentence, d_model)

    >>> summarize(torch.tensor([[1.0, 1.0], [-1.0, 0.5], [1.0, 0.0]]), count=2)
    [0, 2]
    """
    cosines = nn.functional.cosine_similarity(vectors, vectors.mean(dim=0)[None], dim=1)
    best = cosines.topk(min(count, len(vectors))).indices
    return sorted(best.tolist())
