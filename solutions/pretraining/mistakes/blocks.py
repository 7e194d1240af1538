"""Section 9.4: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

pack__no_end = Edit("[*document, end]", "document")
"""Where does one document end and the next begin? Nothing in your blocks says so."""

pack__end_in_front = Edit("[*document, end]", "[end, *document]")
"""The end stands behind each document, not in front of it."""

pack__no_last_end = Edit(
    "for document in documents for token in [*document, end]]",
    "for document in documents for token in [*document, end]][:-1]",
)
"""If the tokens fill the last block exactly, it stays. Is the end behind the last document there?"""

pack__padded = Edit(
    "blocks = len(row) // length",
    "row += [end] * (-len(row) % length)\n    blocks = len(row) // length",
)
"""You fill the last block up. What does not fill a block is dropped."""

pack__block_too_few = Edit("len(row) // length", "max(0, len(row) // length - 1)")
"""You drop a block that is full."""

pack__a_block_for_each = Edit(
    "row = [token for document in documents for token in [*document, end]]",
    "rows = [[*document, end] for document in documents]\n"
    "    row = [token for one in rows for token in one[: len(one) // length * length]]",
)
"""You cut each document by itself and drop what is left of it. Put all of them in one row first."""

pack__one_document_a_block = Edit(
    "row = [token for document in documents for token in [*document, end]]",
    "rows = [([*document, end] + [end] * length)[:length] for document in documents]\n"
    "    row = [token for one in rows for token in one]",
)
"""You give each document a block of its own, cut or filled up. Put all of them in one row first: a
block may hold several, and a part of one."""

pack__end_is_zero = Edit("[*document, end]", "[*document, 0]")
"""Which token is the end? It is an argument."""

pack__without_the_empty = Edit(
    "for document in documents for", "for document in documents if document for"
)
"""An empty document has an end too."""

pack__columns = Edit("view(blocks, length)", "view(length, blocks).T")
"""Your tokens run down the columns. A block is a row, and what stands side by side stays so."""

pack__32_bits = Edit("dtype=torch.int64", "dtype=torch.int32")
"""The ids have 32 bits. int64 is asked for."""

pack__floats = Edit("dtype=torch.int64", "dtype=torch.float32")
"""You return floats. Ids are whole numbers."""
