"""Sections 12.5 and 12.6: known wrong answers, each with its hint below it."""

from torch import Tensor

from gradelib.author.edits import Edit

chunk__one_more_shared = Edit("size - overlap)", "max(1, size - overlap - 1))")
"""Your chunks share one word more than they should. By how much is the next one further on?"""

chunk__one_less_shared = Edit("size - overlap)", "size - overlap + 1)")
"""Your chunks share one word less than they should. By how much is the next one further on?"""

chunk__no_overlap = Edit("size - overlap)", "size)")
"""Your chunks share nothing: each begins where the last one ends."""

chunk__steps_of_the_overlap = Edit("size - overlap)", "overlap or size)")
"""Your chunks begin `overlap` words apart. They should *share* so many."""

chunk__last_one_lost = Edit("if place == 0 or len(c) > overlap", "if place == 0 or len(c) == size")
"""The end of the text is lost: a last chunk may be shorter than the others."""

chunk__tail_again = Edit(
    "[c for place, c in enumerate(chunks) if place == 0 or len(c) > overlap]", "chunks"
)
"""Your last chunk has only words that the one before it has too."""

chunk__short_text_lost = Edit("if place == 0 or len(c) > overlap", "if len(c) > overlap")
"""A text that is no longer than the overlap is lost. It is a chunk all the same."""

chunk__only_full_ones = Edit("if place == 0 or len(c) > overlap", "if len(c) == size")
"""You keep full chunks only. A text, or an end, that is shorter is a chunk all the same."""

chunk__one_empty_chunk = Edit(
    "range(0, len(words), size - overlap)", "range(0, len(words) or 1, size - overlap)"
)
"""A text without words has no chunks, not one without words."""

chunk__no_error = Edit("    if not 0 <= overlap < size:\n", "    if False:\n")
"""An overlap as large as the chunk, or below 0, makes no sense: say so with a ValueError."""

chunk__negative_overlap = Edit("not 0 <= overlap < size", "overlap >= size")
"""With an overlap below 0 words between the chunks would be lost: that is a ValueError too."""


bm25__robertson_idf = Edit("math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))",
                           "math.log((len(documents) - holding + 0.5) / (holding + 0.5))")  # fmt: skip
"""A word that stands in more than half of the documents makes your scores smaller. What stands inside
the logarithm, so that it never is below 1?"""

bm25__no_half = Edit("math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))",
                     "math.log(1 + len(documents) / max(holding, 1))")  # fmt: skip
"""Look at the idf once more: N *without* the n documents that have the word, and two halves."""

bm25__no_idf = Edit(
    "idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))", "idf = 1"
)
"""All words count the same in your scores. A word that few documents have says more."""

bm25__no_length = Edit("long = 1 - b + b * len(document) / mean", "long = 1")
"""The length of a document changes nothing in your scores. A long one has many words by chance."""

bm25__no_saturation = Edit("often * (k1 + 1) / (often + k1 * long)", "often")
"""Each more of a word adds as much as the first in your scores. That is what k1 is there to stop."""

bm25__each_word_once = Edit("for word in query:", "for word in dict.fromkeys(query):")
"""A word that stands twice in the query counts once in your scores."""

bm25__only_whether = Edit("often = document.count(word)", "often = int(word in document)")
"""You ask whether a word stands in a document. How often?"""

bm25__sum_of_lengths = Edit("sum(len(document) for document in documents) / len(documents)",
                            "sum(len(document) for document in documents)")  # fmt: skip
"""The length of a document is compared with that of the average one, not with all words there are."""

bm25__counts_in_all = Edit("sum(word in document for document in documents)",
                           "sum(document.count(word) for document in documents)")  # fmt: skip
"""For the idf count documents that have a word, not how often it stands there in all."""

bm25__no_k1_plus_one = Edit("often * (k1 + 1) /", "often /")
"""A factor is missing on top: with it, one word in a document of average length counts just its idf."""

bm25__b_the_other_way = Edit(
    "1 - b + b * len(document) / mean", "b + (1 - b) * len(document) / mean"
)
"""With b = 0 the length must not count, with b = 1 fully. Yours has it the other way round."""

bm25__long_ones_win = Edit("len(document) / mean", "mean / max(len(document), 1)")
"""Long documents get more in your scores. It is the other way round: the length stands on top."""

bm25__letters = Edit("word in document for", "word in ' '.join(document) for",
                     "document.count(word)", "' '.join(document).count(word)")  # fmt: skip
"""You find words inside other words: `a` stands in `map`. Documents are lists of words."""

bm25__usual_settings = Edit("long = 1 - b", "k1, b = 1.2, 0.75\n            long = 1 - b")
"""k1 and b change nothing in your scores."""


top_k__no_lengths = Edit("(nn.functional.normalize(v, dim=1) for v in (queries, passages))",
                         "(queries, passages)")  # fmt: skip
"""Long vectors win in your ranking. The cosine does not see lengths."""

top_k__only_passages = Edit("(nn.functional.normalize(v, dim=1) for v in (queries, passages))",
                            "(queries, nn.functional.normalize(passages, dim=1))")  # fmt: skip
"""The order is right, but these are no cosines: the length of the query is still in them."""

top_k__only_queries = Edit("(nn.functional.normalize(v, dim=1) for v in (queries, passages))",
                           "(nn.functional.normalize(queries, dim=1), passages)")  # fmt: skip
"""The lengths of the passages are still in your products: long ones win."""

top_k__farthest = Edit("topk(k, dim=1)", "topk(k, dim=1, largest=False)")
"""You return the passages that are farthest away."""

top_k__unsorted = Edit("cosines, numbers = (queries @ passages.T).topk(k, dim=1)",
    "products = queries @ passages.T\n    numbers = products.topk(k, dim=1).indices.sort(dim=1).values\n"
    "    cosines = products.gather(1, numbers)")  # fmt: skip
"""These are the right passages in the order of their numbers. The nearest must come first."""

top_k__nearest_last = Edit("return cosines, numbers", "return cosines.flip(1), numbers.flip(1)")
"""Your nearest passage comes last."""

top_k__swapped = Edit("return cosines, numbers", "return numbers, cosines")
"""First the cosines, then the numbers."""

top_k__by_columns = Edit("dim=1) for v", "dim=0) for v")
"""You make the *columns* of length 1. A vector is a row."""

top_k__absolute = Edit("(queries @ passages.T).topk", "(queries @ passages.T).abs().topk")
"""A passage on the other side of the query has a cosine of -1: that is as far as can be, and yours
counts it as near."""

top_k__all_of_them = Edit("topk(k, dim=1)", "sort(dim=1, descending=True)")
"""You return all passages. Only the nearest k are asked for."""


fuse__rank_from_zero = Edit("start=1", "start=0")
"""The first passage has rank 1. Yours has 0."""

fuse__no_k = Edit("1 / (k + rank)", "1 / rank")
"""k changes nothing in your ranking."""

fuse__usual_k = Edit("1 / (k + rank)", "1 / (60 + rank)")
"""You take 60 whatever k is."""

fuse__worst_first = Edit("(-scores[passage], passage)", "(scores[passage], passage)")
"""Your ranking has the highest sum last."""

fuse__best_rank = Edit("scores[passage] = scores.get(passage, 0.0) + 1 / (k + rank)",
                       "scores[passage] = max(scores.get(passage, 0.0), 1 / (k + rank))")  # fmt: skip
"""You take the best of a passage's ranks. What several rankings say is added up."""

fuse__last_ranking = Edit("scores.get(passage, 0.0) + 1 / (k + rank)", "1 / (k + rank)")
"""What a later ranking says takes the place of what an earlier one said. It has to be added up."""

fuse__ties_by_place = Edit("(-scores[passage], passage)", "-scores[passage]")
"""Of two passages with the same sum the smaller number comes first. Yours come as they were found."""

fuse__larger_number_first = Edit("(-scores[passage], passage)", "(-scores[passage], -passage)")
"""Of two passages with the same sum the *smaller* number comes first."""


def fuse__only_common(rankings: list[list[int]], k: int = 60) -> list[int]:
    """Passages that one ranking does not have are lost in yours. They get nothing from it, but what
    the others give stays."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            scores[passage] = scores.get(passage, 0.0) + 1 / (k + rank)
    common = [p for p in scores if all(p in ranking for ranking in rankings)]
    return sorted(common, key=lambda passage: (-scores[passage], passage))


def fuse__mean_rank(rankings: list[list[int]], k: int = 60) -> list[int]:
    """You take the mean of the ranks that a passage has. Then a passage that one ranking has first
    and no other has at all beats one that all have second."""
    ranks: dict[int, list[int]] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            ranks.setdefault(passage, []).append(rank)
    return sorted(ranks, key=lambda passage: (sum(ranks[passage]) / len(ranks[passage]), passage))


def fuse__by_votes(rankings: list[list[int]], k: int = 60) -> list[int]:
    """You count in how many rankings a passage stands. Where it stands counts too."""
    votes: dict[int, int] = {}
    for ranking in rankings:
        for passage in ranking:
            votes[passage] = votes.get(passage, 0) + 1
    return sorted(votes, key=lambda passage: (-votes[passage], passage))


hit_rate__first_only = Edit("found[:, :k]", "found[:, :1]")
"""You look at the first place only. The first k count."""

hit_rate__all_places = Edit("found[:, :k]", "found")
"""You look at all places. Only the first k count."""

hit_rate__one_more = Edit("found[:, :k]", "found[:, : k + 1]")
"""You look at one place too many."""

hit_rate__one_less = Edit("found[:, :k]", "found[:, : max(1, k - 1)]")
"""You look at one place too few."""

hit_rate__kth_place = Edit(
    "(found[:, :k] == right[:, None]).any(dim=1)", "(found[:, k - 1] == right)"
)
"""You look at the k-th place only. All of the first k count."""

hit_rate__every_hit = Edit(".any(dim=1)", ".sum(dim=1)")
"""A page that stands in a row twice counts twice in yours. That is one hit."""

hit_rate__precision = Edit(".any(dim=1)", ".float().mean(dim=1)")
"""You return how many of the places are right. A question with one hit among k places is a hit."""

hit_rate__unanswerable_missed = Edit("hits[right != -1]", "hits")
"""A question that no page answers counts as a miss in yours. It does not count at all."""

hit_rate__unanswerable_hit = Edit("hits[right != -1]", "(hits | (right == -1))")
"""A question that no page answers counts as a hit in yours. It does not count at all."""

hit_rate__count = Edit(".mean()", ".sum()")
"""You return how many hits there are. Their share is asked for."""


def hit_rate__of_first_pages(found: Tensor, right: Tensor, k: int) -> float:
    """You count pages, each once. It is *places* that count: a page that stands twice takes two."""
    hits = [
        page in list(dict.fromkeys(row))[:k]
        for row, page in zip(found.tolist(), right.tolist(), strict=True)
        if page != -1
    ]
    return sum(hits) / len(hits)


bm25__counts_in_all__at_most_all = Edit(
    "holding = sum(word in document for document in documents)",
    "holding = min(len(documents), sum(document.count(word) for document in documents))",
)

top_k__absolute__chosen_only = Edit(
    "cosines, numbers = (queries @ passages.T).topk(k, dim=1)",
    "products = queries @ passages.T\n    numbers = products.abs().topk(k, dim=1).indices\n"
    "    cosines = products.gather(1, numbers)",
)

top_k__no_lengths__scaled = Edit(
    "(nn.functional.normalize(v, dim=1) for v in (queries, passages))",
    "(v / v.shape[1] ** 0.25 for v in (queries, passages))",
)


def fuse__mean_rank__of_gains(rankings: list[list[int]], k: int = 60) -> list[int]:
    gains: dict[int, list[float]] = {}
    for ranking in rankings:
        for rank, passage in enumerate(ranking, start=1):
            gains.setdefault(passage, []).append(1 / (k + rank))
    return sorted(gains, key=lambda passage: (-sum(gains[passage]) / len(gains[passage]), passage))


hit_rate__all_of_them = Edit(".any(dim=1)", ".all(dim=1)")
"""You ask whether *all* of the first k places have the right page. One is enough."""


def hit_rate__reciprocal_rank(found: Tensor, right: Tensor, k: int) -> float:
    """You return a mean of 1 / rank. A hit counts 1, at whichever of the first k places it stands."""
    gains = [
        1 / (1 + row[:k].index(page)) if page in row[:k] else 0.0
        for row, page in zip(found.tolist(), right.tolist(), strict=True)
        if page != -1
    ]
    return sum(gains) / len(gains)
