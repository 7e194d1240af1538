"""Wrong answers to `decode_words` in other words, with the hint due."""

from solutions.tokenization.reference import (
    encode_words,
)


def decode_words__joined(ids, vocab):
    """Joins the tokens to one string.

    Hint: one_string
    """
    return " ".join([vocab[i] for i in ids])


def decode_words__zero_left_out(ids, vocab):
    """Leaves out id 0.

    Hint: leaves_out_unknown
    """
    return [vocab[i] for i in ids if i]


def decode_words__one_off(ids, vocab):
    """Counts ids from 1.

    Hint: one_off
    """
    words = []
    for i in ids:
        words.append(vocab[i - 1])
    return words


def decode_words__unknown_not_counted(ids, vocab):
    """Takes "<unk>" off the list first, so that everything moves by one.

    Hint: none
    """
    words = [w for w in vocab if w != "<unk>"]
    return ["<unk>" if i == 0 else words[i % len(words)] for i in ids]


def decode_words__searched_as_a_word(ids, vocab):
    """Searches for the number among the words.

    Hint: none
    """
    return [vocab.index(i) for i in ids]


def decode_words__other_sign(ids, vocab):
    """Writes another sign for unknown than "<unk>".

    Hint: none
    """
    return [vocab[i] if i > 0 else "[UNK]" for i in ids]


def decode_words__empty_for_unknown(ids, vocab):
    """Gives an empty string for an unknown word.

    Hint: none
    """
    lookup = {i: w for i, w in enumerate(vocab) if i != 0}
    return [lookup.get(i, "") for i in ids]


def decode_words__order_of_the_vocabulary(ids, vocab):
    """Goes through the vocabulary instead of the ids, so that order and repetition are lost.

    Hint: in_the_order_of_the_vocabulary
    """
    return [word for i, word in enumerate(vocab) if i in ids]


def decode_words__lazy(ids, vocab):
    """Returns a map object instead of a list.

    Hint: none
    """
    return map(lambda i: vocab[i], ids)


def decode_words__printed(ids, vocab):
    """Prints the words and returns nothing.

    Hint: none
    """
    for i in ids:
        print(vocab[i])


def decode_words__wrong_way(ids, vocab):
    """Encodes instead of decoding.

    Hint: none
    """
    return encode_words(ids, vocab)


def decode_words__places_for_ids(ids, vocab):
    """Uses the places in the list instead of the ids at those places.

    Hint: none
    """
    return [vocab[i] for i in range(len(ids))]


def decode_words__first_only(ids, vocab):
    """Returns in the first turn of the loop.

    Hint: none
    """
    for i in ids:
        return [vocab[i]]
    return []


def decode_words__ids_taken_out(ids, vocab):
    """Empties the list of ids while reading it.

    Hint: none
    """
    words = []
    while ids:
        words.append(vocab[ids.pop(0)])
    return words


def decode_words__each_once(ids, vocab):
    """Returns each word once.

    Hint: each_once
    """
    words = []
    for i in ids:
        if vocab[i] not in words:
            words.append(vocab[i])
    return words


def decode_words__backwards(ids, vocab):
    """Puts each word in front and so turns the order round.

    Hint: none
    """
    words = []
    for i in ids:
        words.insert(0, vocab[i])
    return words


def decode_words__dictionary(ids, vocab):
    """Returns a dictionary from id to word.

    Hint: none
    """
    return {i: vocab[i] for i in ids}
