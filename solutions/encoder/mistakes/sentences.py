"""Section 4.5: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

mean_pool__over_padding = Edit(
    "hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)", "hidden.mean(dim=1)"
)
"""What do the vectors of padding add to your mean?"""

mean_pool__divided_by_all = Edit("real.sum(dim=1)", "hidden.shape[1]")
"""By how many tokens do you divide? Padding does not count there either."""

mean_pool__sum = Edit(" / real.sum(dim=1)", "")
"""Is a long text larger than a short one? You have the sum, and not the mean."""

mean_pool__cls = Edit("hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)", "hidden[:, 0]")
"""You take the vector of the first token. That is the other way to make one vector of a text. What
is asked for here is the mean."""

mean_pool__times_the_mask = Edit("hidden.masked_fill(~real, 0)", "(hidden * real)")
"""What is 0 times NaN? What stands at the places of padding may be anything."""

mean_pool__over_features = Edit(
    "hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)",
    "(hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)).mean(dim=1, keepdim=True)"
    ".expand(-1, hidden.shape[2])",
)
"""A text has one number for each feature. Do you mix the features?"""

mean_pool__batch_counts = Edit("real.sum(dim=1)", "real.sum() * len(hidden) / len(hidden) ** 2")
"""By how many tokens do you divide? Each text has a number of its own."""

retrieve__dot_product = Edit(
    "    queries = nn.functional.normalize(queries, dim=1)\n",
    "",
    "nn.functional.normalize(pages, dim=1).T",
    "pages.T",
)
"""Does a long vector win over a short one that points better? What counts is the direction."""

retrieve__distance = Edit(
    "    queries = nn.functional.normalize(queries, dim=1)\n"
    "    cosines = queries @ nn.functional.normalize(pages, dim=1).T  # (query, page)\n",
    "    cosines = -torch.cdist(queries, pages)  # (query, page)\n",
)
"""You look for the page that lies nearest. A page that points the same way may be far out: what
counts is the cosine."""

retrieve__farthest = Edit("topk(k, dim=1)", "topk(k, dim=1, largest=False)")
"""Which end of the list do you return? The nearest comes first."""

retrieve__cosines = Edit(".indices", ".values")
"""What is asked for: how near the pages are, or which ones they are?"""

retrieve__queries_of_a_page = Edit(
    "cosines.topk(k, dim=1)", "cosines.T.topk(min(k, len(queries)), dim=1)"
)
"""For each query the best pages, or for each page the best queries? Look at the axis."""

retrieve__normalised_by_feature = Edit(
    "nn.functional.normalize(queries, dim=1)",
    "nn.functional.normalize(queries, dim=0)",
    "nn.functional.normalize(pages, dim=1)",
    "nn.functional.normalize(pages, dim=0)",
)
"""The length of *what* should be 1: of each vector, or of each feature over all vectors?"""

retrieve__angle_without_sign = Edit("cosines.topk", "cosines.abs().topk")
"""A cosine of -1 means that the page points away. Is that as near as one that points the same
way?"""

retrieve__one_too_far = Edit("cosines.topk(k, dim=1).indices", "cosines.argsort(dim=1)[:, -k:]")
"""Your pages are the right ones. In which order do they stand?"""


retrieve__turned = Edit(
    "cosines = queries @ nn.functional.normalize(pages, dim=1).T  # (query, page)",
    "cosines = nn.functional.normalize(pages, dim=1) @ queries.T",
    "cosines.topk(k, dim=1)",
    "cosines.topk(k, dim=0)",
)
"""Does each query have a row of its own in your answer, or a column? The shape in the task says
which comes first."""
