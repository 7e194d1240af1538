"""Wrong answers to `encode_words` in other words, with the hint due."""

import torch


def encode_words__unknown_left_out(tokens, vocab):
    """Leaves unknown tokens out.

    Hint: leaves_out_unknown
    """
    ids = []
    for token in tokens:
        if token in vocab:
            ids.append(vocab.index(token))
    return ids


def encode_words__unknown_minus_one(tokens, vocab):
    """Gives unknown tokens -1.

    Hint: minus_one
    """
    lookup = {w: i for i, w in enumerate(vocab)}
    return [lookup.get(t, -1) for t in tokens]


def encode_words__index_fails(tokens, vocab):
    """Asks for the place of every token, which is an error for an unknown one.

    Hint: not_in_list
    """
    return list(map(vocab.index, tokens))


def encode_words__lower_case(tokens, vocab):
    """Looks tokens up in lower case.

    Hint: any_case
    """
    lookup = dict(zip(vocab, range(len(vocab))))
    return [lookup.get(t.lower(), 0) for t in tokens]


def encode_words__unknown_at_the_end(tokens, vocab):
    """Gives unknown tokens the first id after the vocabulary.

    Hint: invents_ids
    """
    return [vocab.index(t) if t in vocab else len(vocab) for t in tokens]


def encode_words__counted_from_one(tokens, vocab):
    """Counts places from 1.

    Hint: counts_from_one
    """
    lookup = {}
    for i, word in enumerate(vocab, start=1):
        lookup[word] = i
    return [lookup[t] if t in lookup else 0 for t in tokens]


def encode_words__unknown_not_counted(tokens, vocab):
    """Counts places without "<unk>", so that all ids are one too low.

    Hint: none
    """
    lookup = {w: i for i, w in enumerate(vocab[1:])}
    return [lookup.get(t, 0) for t in tokens]


def encode_words__stops_at_the_first_unknown(tokens, vocab):
    """Has the try around the whole loop, which ends at the first unknown token.

    Hint: none
    """
    ids = []
    try:
        for token in tokens:
            ids.append(vocab.index(token))
    except ValueError:
        ids.append(0)
    return ids


def encode_words__list_has_no_get(tokens, vocab):
    """Takes the vocabulary for a dictionary.

    Hint: none
    """
    return [vocab.get(token, 0) for token in tokens]


def encode_words__order_of_the_vocabulary(tokens, vocab):
    """Goes through the vocabulary instead of the tokens, so that order and repetition are lost.

    Hint: none
    """
    return [i for i, word in enumerate(vocab) if word in tokens]


def encode_words__zero_for_each_miss(tokens, vocab):
    """Adds a 0 for each entry that does not fit, instead of one for the token.

    Hint: none
    """
    ids = []
    for token in tokens:
        for i, word in enumerate(vocab):
            if word == token:
                ids.append(i)
                break
            else:
                ids.append(0)
    return ids


def encode_words__word_for_unknown(tokens, vocab):
    """Puts the word "<unk>" into the list instead of its id.

    Hint: none
    """
    return [vocab.index(t) if t in vocab else "<unk>" for t in tokens]


def encode_words__none_for_unknown(tokens, vocab):
    """Leaves None where a token is unknown.

    Hint: none
    """
    lookup = {w: i for i, w in enumerate(vocab)}
    return [lookup.get(t) for t in tokens]


def encode_words__part_of_an_entry(tokens, vocab):
    """Takes the first entry that contains the token.

    Hint: part_of_an_entry
    """
    ids = []
    for token in tokens:
        found = 0
        for i, word in enumerate(vocab):
            if token in word:
                found = i
                break
        ids.append(found)
    return ids


def encode_words__vocabulary_grows(tokens, vocab):
    """Adds unknown tokens to the vocabulary and so changes it.

    Hint: invents_ids
    """
    ids = []
    for token in tokens:
        if token not in vocab:
            vocab.append(token)
        ids.append(vocab.index(token))
    return ids


def encode_words__place_in_the_text(tokens, vocab):
    """Gives the place in the text instead of the place in the vocabulary.

    Hint: none
    """
    return [i if token in vocab else 0 for i, token in enumerate(tokens)]


def encode_words__dictionary(tokens, vocab):
    """Returns a dictionary, which has each token once.

    Hint: none
    """
    return {t: (vocab.index(t) if t in vocab else 0) for t in tokens}


def encode_words__tensor(tokens, vocab):
    """Returns a tensor instead of a list.

    Hint: none
    """
    return torch.tensor([vocab.index(t) if t in vocab else 0 for t in tokens])


def encode_words__each_token_once(tokens, vocab):
    """Encodes each different token once.

    Hint: none
    """
    return [vocab.index(t) if t in vocab else 0 for t in dict.fromkeys(tokens)]


def encode_words__marks_stripped(tokens, vocab):
    """Strips punctuation marks, also where they are the token.

    Hint: none
    """
    ids = {token: i for i, token in enumerate(vocab)}
    return [ids.get(token.strip(".,!"), 0) for token in tokens]
