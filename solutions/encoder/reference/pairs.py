"""Section 4.4: reference answers."""

from itertools import pairwise


def nsp_pairs(
    documents: list[list[str]], dice: list[float], others: list[str]
) -> list[tuple[str, str, int]]:
    """Make pairs of sentences for next sentence prediction: does the second follow the
    first?

    For each two neighbours in a document there is one pair, in the order of the
    documents and of the sentences in them. Pair number `i` is true where `dice[i]` is
    below 0.5: then it is the two neighbours, with the label 0, for "it follows". Else
    the second sentence is `others[i]`, which comes from elsewhere, and the label is 1.
    No pair reaches from one document into the next.

    Source: Devlin et al. (2018), section 3.1; the labels as in the code published with
    BERT.

    >>> documents = [["a", "b", "c"], ["d"], ["e", "f"]]
    >>> nsp_pairs(documents, [0.1, 0.7, 0.2], ["x", "y", "z"])
    [('a', 'b', 0), ('b', 'y', 1), ('e', 'f', 0)]
    """
    neighbours = [pair for sentences in documents for pair in pairwise(sentences)]
    return [
        (first, second, 0) if number < 0.5 else (first, other, 1)
        for (first, second), number, other in zip(neighbours, dice, others, strict=True)
    ]
