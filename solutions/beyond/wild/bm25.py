"""Wrong answers to `bm25` in other words, with the hint due."""

import math
from collections import Counter


def bm25__query_as_a_set(query, documents, k1=1.2, b=0.75):
    """A word that the query repeats counts once.

    Hint: each_word_once
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        counts = Counter(document)
        score = 0.0
        for word in sorted(set(query)):
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = counts[word]
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__robertson(query, documents, k1=1.2, b=0.75):
    """Takes the idf of the paper, which may be negative.

    Hint: robertson_idf
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log((n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__occurrences(query, documents, k1=1.2, b=0.75):
    """Counts in n each time the word occurs, and not the documents.

    Hint: counts_in_all
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    counts = Counter(word for document in documents for word in document)
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = min(counts[word], n_docs)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__no_length(query, documents, k1=1.2, b=0.75):
    """Forgets the lengths of the documents.

    Hint: no_length
    """
    n_docs = len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1)
        scores.append(score)
    return scores


def bm25__tf_idf(query, documents, k1=1.2, b=0.75):
    """Computes tf-idf: frequency times idf, no saturation.

    Hint: no_saturation
    """
    n_docs = len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(1 for d in documents if word in d)
            score += document.count(word) * math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
        scores.append(score)
    return scores


def bm25__bare_idf(query, documents, k1=1.2, b=0.75):
    """Has ln(N / n) for the idf.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            if n:
                f = document.count(word)
                norm = k1 * (1 - b + b * len(document) / mean)
                score += math.log(n_docs / n) * f * (k1 + 1) / (f + norm)
        scores.append(score)
    return scores


def bm25__frequency_is_a_share(query, documents, k1=1.2, b=0.75):
    """Divides the count by the length of the document.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word) / max(1, len(document))
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__lucene_8(query, documents, k1=1.2, b=0.75):
    """Leaves (k1 + 1) out, as Lucene does today.

    Hint: no_k1_plus_one
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__upside_down(query, documents, k1=1.2, b=0.75):
    """Divides the mean by the length, so long documents gain.

    Hint: long_ones_win
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            ratio = mean / len(document) if document else 1.0
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * ratio))
        scores.append(score)
    return scores


def bm25__b_and_one_minus_b(query, documents, k1=1.2, b=0.75):
    """Swaps b and 1 - b.

    Hint: b_the_other_way
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (b + (1 - b) * len(document) / mean))
        scores.append(score)
    return scores


def bm25__ranking(query, documents, k1=1.2, b=0.75):
    """Returns the documents in order, not their scores.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return sorted(range(n_docs), key=lambda i: -scores[i])


def bm25__sorted(query, documents, k1=1.2, b=0.75):
    """Sorts the scores.

    Hint: any.order
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return sorted(scores, reverse=True)


def bm25__brackets(query, documents, k1=1.2, b=0.75):
    """Forgets the brackets behind k1.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            if f:
                score += idf * f * (k1 + 1) / (f + k1 * 1 - b + b * len(document) / mean)
        scores.append(score)
    return scores


def bm25__whether_it_stands_there(query, documents, k1=1.2, b=0.75):
    """Counts a word at most once in a document.

    Hint: only_whether
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = 1 if word in document else 0
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__different_words(query, documents, k1=1.2, b=0.75):
    """Takes the number of different words for the length.

    Hint: none
    """
    n_docs = len(documents)
    lengths = [len(set(d)) for d in documents]
    mean = sum(lengths) / n_docs
    scores = []
    for document, length in zip(documents, lengths, strict=True):
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean))
        scores.append(score)
    return scores


def bm25__no_idf(query, documents, k1=1.2, b=0.75):
    """Forgets that some words are rare.

    Hint: no_idf
    """
    mean = sum(map(len, documents)) / len(documents)
    return [
        sum(d.count(w) * (k1 + 1) / (d.count(w) + k1 * (1 - b + b * len(d) / mean)) for w in query)
        for d in documents
    ]


def bm25__log10(query, documents, k1=1.2, b=0.75):
    """Takes the logarithm to base 10.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log10(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__mean_of_the_filled(query, documents, k1=1.2, b=0.75):
    """Leaves empty documents out of the mean.

    Hint: none
    """
    n_docs = len(documents)
    filled = [len(d) for d in documents if d]
    mean = sum(filled) / len(filled)
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__only_holding_documents(query, documents, k1=1.2, b=0.75):
    """Returns a score only for documents that have a word of the query.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        if not set(query) & set(document):
            continue
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__substring(query, documents, k1=1.2, b=0.75):
    """Looks for the words in joined texts, so that "a" stands in "boat".

    Hint: letters
    """
    texts = [" ".join(d) for d in documents]
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document, text in zip(documents, texts, strict=True):
        score = 0.0
        for word in query:
            n = sum(word in t for t in texts)
            idf = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            f = text.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__whole_mean(query, documents, k1=1.2, b=0.75):
    """Divides by `//`, and so the mean is a whole number.

    Hint: none
    """
    n_docs = len(documents)
    mean = sum(map(len, documents)) // n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__characters(query, documents, k1=1.2, b=0.75):
    """Measures lengths in characters.

    Hint: none
    """
    n_docs = len(documents)
    lengths = [sum(len(w) for w in d) for d in documents]
    mean = sum(lengths) / n_docs
    scores = []
    for document, length in zip(documents, lengths, strict=True):
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean))
        scores.append(score)
    return scores


def bm25__lower_case(query, documents, k1=1.2, b=0.75):
    """Ignores capital letters.

    Hint: none
    """
    query = [w.lower() for w in query]
    documents = [[w.lower() for w in d] for d in documents]
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def bm25__lower_case(query, documents, k1=1.2, b=0.75):
    """Ignores capital letters.

    Hint: none
    """
    query = [w.lower() for w in query]
    documents = [[w.lower() for w in d] for d in documents]
    n_docs = len(documents)
    mean = sum(map(len, documents)) / n_docs
    scores = []
    for document in documents:
        score = 0.0
        for word in query:
            n = sum(word in d for d in documents)
            idf = math.log(1 + (n_docs - n + 0.5) / (n + 0.5))
            f = document.count(word)
            score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / mean))
        scores.append(score)
    return scores


def _bm25_parts(query, documents, k1, b, has):
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for d in documents:
        s = 0.0
        for w in query:
            n = sum(has(w, e) for e in documents)
            idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
            f = d.count(w)
            s += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(d) / mean))
        scores.append(s)
    return scores


def bm25__letters(query, documents, k1=1.2, b=0.75):
    """Counts documents that have the letters of a word.

    Hint: none
    """
    return _bm25_parts(query, documents, k1, b, lambda w, e: w in " ".join(e))


def bm25__by_document(query, documents, k1=1.2, b=0.75):
    """Keeps a score for each document that is another one.

    Hint: none
    """
    scores = _bm25_parts(query, documents, k1, b, lambda w, e: w in e)
    return list({tuple(d): s for d, s in zip(documents, scores, strict=True)}.values())
