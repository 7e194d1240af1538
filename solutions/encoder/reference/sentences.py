"""Section 4.5: reference answers."""

from torch import Tensor, nn


def mean_pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """Make one vector of a text: the mean of the vectors of its real tokens.

    Padding counts neither in the sum nor in the number, whatever stands there: it may
    be NaN or infinite. Each row has at least one real token, and every one of them
    counts, also one whose vector is zero.

    Source: Reimers and Gurevych (2019), section 3.

    Shapes:
        hidden:         (batch, token, d_model)
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, d_model)

    >>> hidden = torch.tensor([[[1.0], [3.0], [100.0]]])
    >>> mean_pool(hidden, torch.tensor([[True, True, False]]))
    tensor([[2.]])
    """
    real = attention_mask[..., None]  # (batch, token, 1)
    return hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)


def retrieve(queries: Tensor, pages: Tensor, k: int) -> Tensor:
    """Find, for each query, the `k` pages that point most in its direction, the nearest
    first.

    What counts is the cosine between the vector of the query and that of the page:
    their dot product, divided by the length of each. How long a vector is makes no
    difference. None has length 0, and there are at least `k` pages.

    Shapes:
        queries: (query, d_model)
        pages:   (page, d_model)
        returns: (query, k), the numbers of the pages (int64)

    >>> pages = torch.tensor([[9.0, 9.0], [0.0, 1.0], [1.0, 0.1]])
    >>> retrieve(torch.tensor([[5.0, 0.0]]), pages, k=2)
    tensor([[2, 0]])
    """
    queries = nn.functional.normalize(queries, dim=1)
    cosines = queries @ nn.functional.normalize(pages, dim=1).T  # (query, page)
    return cosines.topk(k, dim=1).indices


def recall_at_k(found: Tensor, right: Tensor, k: int) -> float:
    """Return the share of queries whose right page is among the first `k` that were
    found.

    Each query has one right page.

    Shapes:
        found: (query, place), the numbers of pages, the best first; place is at least k
        right: (query,), the number of the right page

    >>> recall_at_k(torch.tensor([[4, 2, 1], [3, 0, 2]]), torch.tensor([2, 2]), k=2)
    0.5
    """
    return (found[:, :k] == right[:, None]).any(dim=1).float().mean().item()
