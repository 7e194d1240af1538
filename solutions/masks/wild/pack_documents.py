"""Wrong answers to `pack_documents` in other words, with the hint due."""

import torch


def pack_documents__positions_go_on(documents):
    """Lets positions go on over all documents.

    Hint: positions_go_on
    """
    ids, docs = [], []
    for n, document in enumerate(documents):
        ids += document
        docs += [n] * len(document)
    return {"input_ids": ids, "document_ids": docs, "position_ids": list(range(len(ids)))}


def pack_documents__empty_not_counted(documents):
    """Gives an empty document no number.

    Hint: empty_ones_do_not_count
    """
    packed = {"input_ids": [], "document_ids": [], "position_ids": []}
    number = 0
    for document in documents:
        if not document:
            continue
        for place, token in enumerate(document):
            packed["input_ids"].append(token)
            packed["document_ids"].append(number)
            packed["position_ids"].append(place)
        number += 1
    return packed


def pack_documents__documents_from_one(documents):
    """Counts documents from 1.

    Hint: documents_from_one
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents, 1) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__positions_from_one(documents):
    """Counts positions from 1.

    Hint: positions_from_one
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p + 1 for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__nested(documents):
    """Keeps the documents as lists in the list.

    Hint: lists_of_lists
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        ids.append(document)
        docs.append([n] * len(document))
        places.append(list(range(len(document))))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__one_number_a_document(documents):
    """Gives one number for each document instead of for each token.

    Hint: one_number_a_document
    """
    ids, places = [], []
    for document in documents:
        ids.extend(document)
        places.extend(range(len(document)))
    return {"input_ids": ids, "document_ids": list(range(len(documents))), "position_ids": places}


def pack_documents__found_by_content(documents):
    """Looks documents up by their content, so that equal ones get the same number.

    Hint: equal_documents_are_one
    """
    ids, docs, places = [], [], []
    for document in documents:
        for place, token in enumerate(document):
            ids.append(token)
            docs.append(documents.index(document))
            places.append(place)
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__places_by_content(documents):
    """Looks places up by the id, so that a repeated id gets the place of the first.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        for token in document:
            ids.append(token)
            docs.append(n)
            places.append(document.index(token))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__first_document_grows(documents):
    """Adds the others to the first document and so changes it.

    Hint: none
    """
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    ids = documents[0]
    for document in documents[1:]:
        ids += document
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__documents_used_up(documents):
    """Takes the documents out of the list that it was given.

    Hint: none
    """
    out = {"input_ids": [], "document_ids": [], "position_ids": []}
    n = 0
    while documents:
        document = documents.pop(0)
        out["input_ids"] += document
        out["document_ids"] += [n] * len(document)
        out["position_ids"] += range(len(document))
        n += 1
    return out


def pack_documents__three_lists(documents):
    """Returns three lists instead of a dictionary.

    Hint: none
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return ids, docs, places


def pack_documents__tensors(documents):
    """Returns tensors instead of lists.

    Hint: none
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {
        "input_ids": torch.tensor(ids),
        "document_ids": torch.tensor(docs),
        "position_ids": torch.tensor(places),
    }


def pack_documents__sum_of_lists(documents):
    """Adds lists up with sum, which begins with the number 0.

    Hint: none
    """
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": sum(documents), "document_ids": docs, "position_ids": places}


def pack_documents__zero_between(documents):
    """Puts a 0 between two documents.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n, document in enumerate(documents):
        if n:
            document = [0] + document
        ids += document
        docs += [n] * len(document)
        places += range(len(document))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__names_swapped(documents):
    """Swaps document_ids and position_ids.

    Hint: numbers_swapped
    """
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": places, "position_ids": docs}


def pack_documents__longest_first(documents):
    """Sorts the documents by length first.

    Hint: none
    """
    documents = sorted(documents, key=len, reverse=True)
    ids = [t for d in documents for t in d]
    docs = [n for n, d in enumerate(documents) for _ in d]
    places = [p for d in documents for p in range(len(d))]
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__number_of_tokens_as_range(documents):
    """Gives positions as a range object instead of a list.

    Hint: none
    """
    out = {"input_ids": [], "document_ids": [], "position_ids": []}
    for n, document in enumerate(documents):
        out["input_ids"].extend(document)
        out["document_ids"].extend([n] * len(document))
        out["position_ids"].append(range(len(document)))
    return out


def pack_documents__last_document_missing(documents):
    """Forgets the last document.

    Hint: none
    """
    ids, docs, places = [], [], []
    for n in range(len(documents) - 1):
        ids += documents[n]
        docs += [n] * len(documents[n])
        places += list(range(len(documents[n])))
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__padded(documents):
    """Fills all documents up to the longest.

    Hint: none
    """
    longest = max(map(len, documents), default=0)
    ids, docs, places = [], [], []
    for n, d in enumerate(documents):
        ids += d + [0] * (longest - len(d))
        docs += [n] * longest
        places += range(longest)
    return {"input_ids": ids, "document_ids": docs, "position_ids": places}


def pack_documents__dict_fromkeys(documents):
    """Has the same list under all three names.

    Hint: none
    """
    out = dict.fromkeys(["input_ids", "document_ids", "position_ids"], [])
    for n, document in enumerate(documents):
        for place, token in enumerate(document):
            out["input_ids"].append(token)
            out["document_ids"].append(n)
            out["position_ids"].append(place)
    return out
