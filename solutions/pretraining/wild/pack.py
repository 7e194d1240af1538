"""Wrong answers to `pack` in other words, with the hint due."""

import torch


def pack__no_last_end(documents, length, end):
    """Puts `end` between documents, not behind the last one.

    Hint: no_last_end
    """
    row = []
    for i, document in enumerate(documents):
        if i > 0:
            row.append(end)
        row += document
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).reshape(n, length)


def pack__no_end(documents, length, end):
    """Forgets the token between documents.

    Hint: no_end
    """
    row = torch.tensor(sum(documents, []), dtype=torch.long)
    n = len(row) // length
    return row[: n * length].view(n, length)


def pack__end_before(documents, length, end):
    """Puts `end` before each document.

    Hint: end_in_front
    """
    row = []
    for document in documents:
        row += [end] + document
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__padded_rest(documents, length, end):
    """Fills the last block up with `end`.

    Hint: padded
    """
    row = []
    for document in documents:
        row += document + [end]
    while len(row) % length:
        row.append(end)
    return torch.tensor(row, dtype=torch.long).view(-1, length)


def pack__one_each(documents, length, end):
    """Makes a block of each document.

    Hint: one_document_a_block
    """
    rows = [(document + [end] * length)[:length] for document in documents]
    return torch.tensor(rows, dtype=torch.long).view(-1, length)


def pack__whole_documents(documents, length, end):
    """Never cuts a document between blocks: starts each anew.

    Hint: a_block_for_each
    """
    rows = []
    for document in documents:
        row = document + [end]
        for start in range(0, len(row) - length + 1, length):
            rows.append(row[start : start + length])
    return torch.tensor(rows, dtype=torch.long).view(-1, length)


def pack__one_for_the_target(documents, length, end):
    """Takes a token more for each block, for its targets.

    Hint: no_last_end
    """
    row = [t for document in documents for t in document + [end]]
    n = (len(row) - 1) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__sliding(documents, length, end):
    """Lets blocks overlap.

    Hint: none
    """
    row = torch.tensor([t for document in documents for t in document + [end]])
    if len(row) < length:
        return torch.empty(0, length, dtype=torch.long)
    return row.unfold(0, length, 1)


def pack__columns(documents, length, end):
    """Fills the blocks column by column.

    Hint: columns
    """
    row = torch.tensor([t for document in documents for t in document + [end]])
    n = len(row) // length
    return row[: n * length].view(length, n).T


def pack__other_axis(documents, length, end):
    """Makes `length` rows.

    Hint: none
    """
    row = torch.tensor([t for document in documents for t in document + [end]])
    n = len(row) // length
    return row[: n * length].view(length, n)


def pack__appends_to_the_documents(documents, length, end):
    """Appends to the documents that came in.

    Hint: none
    """
    row = []
    for document in documents:
        document.append(end)
        row.extend(document)
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__no_block(documents, length, end):
    """Has no shape where no block is full.

    Hint: none
    """
    row = [t for document in documents for t in document + [end]]
    rows = [row[i : i + length] for i in range(0, len(row) - length + 1, length)]
    return torch.tensor(rows, dtype=torch.long)


def pack__floats(documents, length, end):
    """Makes floats.

    Hint: floats
    """
    row = torch.Tensor([t for document in documents for t in document + [end]])
    n = len(row) // length
    return row[: n * length].view(n, length)


def pack__loses_a_full_block(documents, length, end):
    """Drops the last block even where it is full.

    Hint: no_last_end
    """
    row = [t for document in documents for t in document + [end]]
    starts = range(0, len(row) - length, length)
    rows = [row[i : i + length] for i in starts]
    return torch.tensor(rows, dtype=torch.long).view(-1, length)


def pack__skips_empty(documents, length, end):
    """Leaves empty documents out.

    Hint: without_the_empty
    """
    row = [t for document in documents if document for t in document + [end]]
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__end_unless_there(documents, length, end):
    """Adds no `end` where the document has one already.

    Hint: none
    """
    row = []
    for document in documents:
        row += document
        if not row or row[-1] != end:
            row.append(end)
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__lists(documents, length, end):
    """Returns lists.

    Hint: none
    """
    row = [t for document in documents for t in document + [end]]
    return [row[i : i + length] for i in range(0, len(row) - length + 1, length)]


def pack__one_end_is_enough(documents, length, end):
    """Adds no `end` to a document that has one as its last token.

    Hint: none
    """
    row = []
    for document in documents:
        row += document if document and document[-1] == end else document + [end]
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__no_end_inside(documents, length, end):
    """Takes `end` out of the documents first.

    Hint: none
    """
    row = []
    for document in documents:
        row += [t for t in document if t != end] + [end]
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__zero_is_padding(documents, length, end):
    """Takes 0 for padding, and leaves it out.

    Hint: none
    """
    row = []
    for document in documents:
        row += [t for t in document if t] + [end]
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__no_copies(documents, length, end):
    """Drops a document that came before.

    Hint: none
    """
    row = []
    for document in dict.fromkeys(map(tuple, documents)):
        row += [*document, end]
    n = len(row) // length
    return torch.tensor(row[: n * length], dtype=torch.long).view(n, length)


def pack__through_floats(documents, length, end):
    """Makes a tensor of floats first, in which large ids are rounded.

    Hint: none
    """
    row = torch.tensor([float(token) for document in documents for token in (*document, end)])
    blocks = len(row) // length
    return row[: blocks * length].view(blocks, length).long()
