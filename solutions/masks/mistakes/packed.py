"""Section 2.6, "Long texts and packed texts": known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

sliding_window_mask__one_too_many = Edit("< window", "<= window")
"""Count the True in a row: is the token itself one of the `window`?"""

sliding_window_mask__both_ways = Edit(
    "(distance >= 0) & (distance < window)", "distance.abs() < window"
)
"""Your window reaches to both sides. Who may look at what comes later?"""

sliding_window_mask__no_end_in_the_future = Edit(
    "(distance >= 0) & (distance < window)", "distance < window"
)
"""The far past is hidden. Is the future, too?"""

sliding_window_mask__in_blocks = Edit(
    "(distance < window)", "(places[:, None] // window == places // window)"
)
"""Your windows stand still, like blocks. Each token should have one that ends at itself."""

sliding_window_mask__looks_forward = Edit("places[:, None] - places", "places - places[:, None]")
"""Your window begins at the token and goes forward. Which way should it go?"""

sliding_window_mask__not_itself = Edit(
    ">= 0",
    "> 0",
    "< window",
    "<= window",
)
"""May a token look at itself? Look at the diagonal."""

sliding_window_mask__the_rest = Edit("(distance >= 0) & (distance < window)", "distance >= window")
"""You keep what lies before the window, and hide what is in it."""

sliding_window_mask__no_window = Edit("(distance >= 0) & (distance < window)", "distance >= 0")
"""The future is hidden. But a token at the end can still see the very first one."""

sliding_window_mask__numbers = Edit(
    "(distance >= 0) & (distance < window)", "((distance >= 0) & (distance < window)).float()"
)
"""The right places, but as numbers. The task asks for booleans."""

pack_documents__positions_go_on = Edit(
    "range(len(document))", 'range(len(packed["position_ids"]), len(packed["input_ids"]))'
)
"""Which position has the first token of the second document? Each document counts anew."""

pack_documents__documents_from_one = Edit("enumerate(documents)", "enumerate(documents, 1)")
"""Which number has the first document?"""

pack_documents__positions_from_one = Edit("range(len(document))", "range(1, len(document) + 1)")
"""Which position has the first token of a document?"""

pack_documents__lists_of_lists = Edit(
    '["input_ids"].extend',
    '["input_ids"].append',
    '["document_ids"].extend',
    '["document_ids"].append',
    '["position_ids"].extend(range(len(document)))',
    '["position_ids"].append(list(range(len(document))))',
)
"""Your lists have lists in them. It should be one single sequence."""

pack_documents__one_number_a_document = Edit("extend([number] * len(document))", "append(number)")
"""How many document numbers do you return? There is one for each token."""

pack_documents__equal_documents_are_one = Edit("[number]", "[documents.index(document)]")
"""Two documents can have the same content. Do both have the same number with you?"""

pack_documents__empty_ones_do_not_count = Edit(
    "enumerate(documents)", "enumerate(filter(None, documents))"
)
"""What number has the document that comes after an empty one? The number is its place in
`documents`."""

pack_documents__numbers_swapped = Edit(
    '"document_ids": [], "position_ids": []',
    '"position_ids": [], "document_ids": []',
    "[number] * len(document)",
    "range(len(document))",
    "range(len(document))",
    "[number] * len(document)",
)
"""Look at what stands under "document_ids" and what under "position_ids"."""

packed_mask__looks_ahead = Edit(".tril()", "")
"""Documents are kept apart. But inside one, may a token look at what comes after it?"""

packed_mask__causal_only = Edit("same.tril()", "torch.ones_like(same).tril()")
"""The first token of a document sees the one before it. From which document is that?"""

packed_mask__no_axis_for_heads = Edit(
    "document_ids[:, None, :, None] == document_ids[:, None, None]",
    "document_ids[:, :, None] == document_ids[:, None]",
)
"""How many axes does your mask have? One of size 1 is for the heads."""

packed_mask__other_documents = Edit("==", "!=")
"""Your tokens look at other documents, and not at their own."""

packed_mask__not_itself = Edit("tril()", "tril(-1)")
"""May a token look at itself? Look at the diagonal."""

packed_mask__first_row_for_all = Edit(
    "same.tril()", "same[:1].expand(len(same), -1, -1, -1).tril()"
)
"""Is your mask the same for all rows of the batch? Each has documents of its own."""

packed_mask__earlier_documents_too = Edit("==", ">=")
"""Look at how you compare the numbers: a smaller number is another document."""


def packed_mask__neighbours(document_ids: Tensor) -> Tensor:
    """You look for the borders between documents. What if a number comes back further to the
    right?"""
    changes = torch.diff(document_ids, dim=-1, prepend=document_ids[:, :1]) != 0
    runs = changes.cumsum(dim=-1)
    return (runs[:, None, :, None] == runs[:, None, None, :]).tril()
