"""Section 5.7: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

summarize__best_first = Edit("sorted(best.tolist())", "best.tolist()")
"""In which order can a summary be read? You return the best one first."""

summarize__dot_product = Edit(
    "nn.functional.cosine_similarity(vectors, vectors.mean(dim=0)[None], dim=1)",
    "vectors @ vectors.mean(dim=0)",
)
"""Does a sentence with a long vector win? What counts is the direction."""

summarize__by_distance = Edit(
    "nn.functional.cosine_similarity(vectors, vectors.mean(dim=0)[None], dim=1)",
    "-(vectors - vectors.mean(dim=0)).norm(dim=1)",
)
"""You take the sentences whose vectors are nearest to the mean. What counts is the direction, not
the distance."""

summarize__least_alike = Edit(
    "count, len(vectors))).indices", "count, len(vectors)), largest=False).indices"
)
"""Which sentences do you take: those that are like the text, or those that are not?"""

summarize__first_ones = Edit("sorted(best.tolist())", "list(range(len(best)))")
"""You take the first sentences. That is a good guess for newspapers, but not what is asked for."""

summarize__like_the_first = Edit("vectors.mean(dim=0)[None]", "vectors[:1]")
"""What is compared with each sentence: the first one, or the mean of all?"""

summarize__too_many = Edit("topk(min(count, len(vectors)))", "topk(count)")
"""What if the text has fewer sentences than that?"""

summarize__normalised_mean = Edit(
    "vectors.mean(dim=0)[None]", "nn.functional.normalize(vectors, dim=1).mean(dim=0)[None]"
)
"""Whose mean is the text's vector: of the vectors as they are, or of vectors of length 1?"""
