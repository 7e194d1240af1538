"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""

import math
import re
import string
from collections import Counter, defaultdict
from itertools import chain, combinations, pairwise

import numpy as np
import torch

from gradelib.lab.text import count_words, pieces
from solutions.tokenization.reference import (
    best_pair,
    count_pairs,
    decode_bpe,
    encode_words,
    merge_pair,
)


def split_words__at_spaces(text):
    """Cuts at white space only, so that punctuation sticks to its word.

    Hint: only_white_space
    """
    return text.split()


def split_words__lower_case(text):
    """Turns everything into lower case.

    Hint: small_letters
    """
    return re.findall(r"\w+|[^\w\s]", text.lower())


def split_words__words_only(text):
    """Leaves punctuation out.

    Hint: loses_punctuation
    """
    words = []
    for match in re.finditer(r"\w+", text):
        words.append(match.group())
    return words


def split_words__signs_in_a_run(text):
    """Takes several punctuation marks in a row as one token.

    Hint: marks_in_runs
    """
    return [a or b for a, b in re.findall(r"(\w+)|([^\w\s]+)", text)]


def split_words__english_letters(text):
    """Knows the English letters only, so that others are cut off or lost.

    Hint: only_english_letters
    """
    return re.findall(r"[A-Za-z0-9_]+|[^A-Za-z0-9_\s]", text)


def split_words__spaces_stay(text):
    """Splits at signs and keeps the white space and empty strings between them.

    Hint: keeps_white_space
    """
    return re.split(r"(\W)", text)


def split_words__empty_strings_stay(text):
    """Splits at each single space, so that there are empty strings between two.

    Hint: none
    """
    for sign in ".,;:!?'\"":
        text = text.replace(sign, " " + sign + " ")
    return text.split(" ")


def split_words__list_of_signs(text):
    """Knows a few punctuation marks only; all others stick to the words.

    Hint: none
    """
    for sign in ".,!?;:'":
        text = text.replace(sign, f" {sign} ")
    return text.split()


def split_words__string_punctuation(text):
    """Goes by string.punctuation, which has the underscore and no sign beyond ASCII.

    Hint: none
    """
    out = ""
    for ch in text:
        out += f" {ch} " if ch in string.punctuation else ch
    return out.split()


def split_words__letters_only_in_words(text):
    """Builds words of letters only, so that digits and underscores fall out of them.

    Hint: loses_digits
    """
    tokens, word = [], ""
    for ch in text + " ":
        if ch.isalpha():
            word += ch
        else:
            if word:
                tokens.append(word)
                word = ""
            if not ch.isspace():
                tokens.append(ch)
    return tokens


def split_words__last_word_lost(text):
    """Forgets the word that the text ends with.

    Hint: none
    """
    tokens, word = [], ""
    for ch in text:
        if ch.isalnum() or ch == "_":
            word += ch
            continue
        if word:
            tokens.append(word)
        word = ""
        if not ch.isspace():
            tokens.append(ch)
    return tokens


def split_words__underscore_is_a_sign(text):
    """Takes the underscore for punctuation.

    Hint: loses_digits
    """
    return re.findall(r"[^\W_]+|_|[^\w\s]", text)


def split_words__apostrophe_stays(text):
    """Keeps an apostrophe inside of its word.

    Hint: none
    """
    return re.findall(r"\w+(?:'\w+)*|[^\w\s]", text)


def split_words__characters(text):
    """Cuts into single characters.

    Hint: none
    """
    return [ch for ch in text if not ch.isspace()]


def split_words__each_once(text):
    """Returns each token once.

    Hint: each_once
    """
    return list(dict.fromkeys(re.findall(r"\w+|[^\w\s]", text)))


def split_words__digits_apart(text):
    """Separates digits from letters.

    Hint: loses_digits
    """
    return re.findall(r"[^\W\d]+|\d+|[^\w\s]", text)


def split_words__word_borders(text):
    """Splits at word borders, where several signs and the spaces between them stay together.

    Hint: marks_in_runs
    """
    return [part.strip() for part in re.split(r"\b", text) if part.strip()]


def split_words__pieces(text):
    """Uses pieces, which keeps runs of signs together and has empty strings for white space.

    Hint: marks_in_runs
    """
    return [piece.strip() for piece in pieces(text)]


def split_words__joined(text):
    """Returns one string with spaces instead of a list.

    Hint: none
    """
    return " ".join(re.findall(r"\w+|[^\w\s]", text))


def split_words__iterator(text):
    """Returns an iterator instead of a list.

    Hint: none
    """
    return (m.group() for m in re.finditer(r"\w+|[^\w\s]", text))


def split_words__counted(text):
    """Returns counts instead of the tokens.

    Hint: none
    """
    return Counter(re.findall(r"\w+|[^\w\s]", text))


def split_words__hyphen_in_words(text):
    """Takes a hyphen for a part of the word.

    Hint: none
    """
    return re.findall(r"[\w-]+|[^\w\s]", text)


def build_vocab__no_unknown(tokens, size):
    """Forgets "<unk>".

    Hint: without_unknown
    """
    freq = Counter(tokens)
    return sorted(freq, key=lambda w: (-freq[w], w))[:size]


def build_vocab__unknown_on_top(tokens, size):
    """Gives "<unk>" a place of its own beyond `size`.

    Hint: one_too_many
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    return ["<unk>"] + ranked[:size]


def build_vocab__unknown_last(tokens, size):
    """Puts "<unk>" at the end.

    Hint: unknown_at_the_end
    """
    freq = Counter(tokens)
    ranked = sorted(freq.items(), key=lambda item: (-item[1], item[0]))
    vocab = [w for w, _ in ranked[: size - 1]]
    vocab.append("<unk>")
    return vocab


def build_vocab__most_common(tokens, size):
    """Leaves the order of equals to most_common, which goes by first occurrence.

    Hint: ties_as_they_come
    """
    return ["<unk>", *[w for w, n in Counter(tokens).most_common(size - 1)]]


def build_vocab__equals_backwards(tokens, size):
    """Sorts count and token together backwards, so that equals stand from z to a.

    Hint: ties_backwards
    """
    freq = Counter(tokens)
    ranked = sorted(((n, w) for w, n in freq.items()), reverse=True)
    return ["<unk>"] + [w for _, w in ranked][: size - 1]


def build_vocab__alphabet(tokens, size):
    """Goes by the alphabet and not by how frequent the tokens are.

    Hint: by_the_alphabet
    """
    return ["<unk>"] + sorted(set(tokens))[: size - 1]


def build_vocab__rare_first(tokens, size):
    """Takes the rarest tokens, since it sorts upwards.

    Hint: rarest_first
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (freq[w], w))[: size - 1]


def build_vocab__first_seen(tokens, size):
    """Takes the first different tokens of the text, however frequent they are.

    Hint: as_they_come
    """
    vocab = ["<unk>"]
    for token in tokens:
        if token not in vocab and len(vocab) < size:
            vocab.append(token)
    return vocab


def build_vocab__dictionary(tokens, size):
    """Returns a dictionary from token to id instead of a list.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))[: size - 1]
    return {w: i for i, w in enumerate(ranked)}


def build_vocab__with_counts(tokens, size):
    """Leaves the counts beside the tokens.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq.items(), key=lambda item: (-item[1], item[0]))[: size - 1]


def build_vocab__sorted_after_the_cut(tokens, size):
    """Cuts first and sorts afterwards, so that the alphabet decides the order of all.

    Hint: sorted_after_all
    """
    best = [w for w, _ in Counter(tokens).most_common(size - 1)]
    return ["<unk>"] + sorted(best)


def build_vocab__one_too_few(tokens, size):
    """Counts "<unk>" twice and takes one token too few.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    vocab = ["<unk>"]
    for i in range(1, size - 1):
        if i <= len(ranked):
            vocab.append(ranked[i - 1])
    return vocab


def build_vocab__case_ignored_in_order(tokens, size):
    """Orders equals without looking at upper and lower case.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w.lower()))[: size - 1]


def build_vocab__lower_case(tokens, size):
    """Counts everything in lower case.

    Hint: none
    """
    freq = Counter(t.lower() for t in tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))[: size - 1]


def build_vocab__filled_up(tokens, size):
    """Fills a short vocabulary up with "<unk>" to the full size.

    Hint: none
    """
    freq = Counter(tokens)
    vocab = ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], w))
    while len(vocab) < size:
        vocab.append("<unk>")
    return vocab[:size]


def build_vocab__index_runs_out(tokens, size):
    """Expects that there are as many different tokens as places.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(freq, key=lambda w: (-freq[w], w))
    return ["<unk>"] + [ranked[i] for i in range(size - 1)]


def build_vocab__twice_at_least(tokens, size):
    """Leaves out tokens that occur only once.

    Hint: none
    """
    freq = Counter(tokens)
    often = [w for w in freq if freq[w] > 1]
    return ["<unk>"] + sorted(often, key=lambda w: (-freq[w], w))[: size - 1]


def build_vocab__result_of_extend(tokens, size):
    """Returns what extend returns, which is None.

    Hint: none
    """
    freq = Counter(tokens)
    vocab = ["<unk>"]
    return vocab.extend(sorted(freq, key=lambda w: (-freq[w], w))[: size - 1])


def build_vocab__tail_of_nothing(tokens, size):
    """Takes the last size - 1 of an ascending list, which for size 1 is all of it.

    Hint: none
    """
    freq = Counter(tokens)
    ranked = sorted(sorted(freq, reverse=True), key=freq.get)
    return ["<unk>"] + ranked[-(size - 1) :][::-1]


def build_vocab__length_decides(tokens, size):
    """Puts shorter tokens first among equals.

    Hint: none
    """
    freq = Counter(tokens)
    return ["<unk>"] + sorted(freq, key=lambda w: (-freq[w], len(w), w))[: size - 1]


def build_vocab__unknown_sorted_in(tokens, size):
    """Counts "<unk>" among the tokens, so that it stands where its count puts it.

    Hint: unknown_at_the_end
    """
    freq = Counter(["<unk>", *tokens])
    return sorted(freq, key=lambda w: (-freq[w], w))[:size]


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

    Hint: none
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


def unknown_rate__nothing_divided(ids):
    """Divides by zero for an empty list.

    Hint: divides_by_zero
    """
    unknown = 0
    for i in ids:
        if i == 0:
            unknown += 1
    return unknown / len(ids)


def unknown_rate__percent(ids):
    """Gives percent.

    Hint: per_cent
    """
    if not ids:
        return 0.0
    return 100 * ids.count(0) / len(ids)


def unknown_rate__count(ids):
    """Counts and does not divide.

    Hint: count
    """
    return float(sum(1 for i in ids if i == 0))


def unknown_rate__known(ids):
    """Gives the share of known tokens.

    Hint: known
    """
    if len(ids) == 0:
        return 0.0
    return sum(i != 0 for i in ids) / len(ids)


def unknown_rate__whole_numbers(ids):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return ids.count(0) // len(ids) if ids else 0.0


def unknown_rate__rounded(ids):
    """Rounds to two digits.

    Hint: none
    """
    return round(ids.count(0) / len(ids), 2) if ids else 0.0


def unknown_rate__of_different_ids(ids):
    """Divides by the number of different ids.

    Hint: of_different_ids
    """
    if not ids:
        return 0.0
    return ids.count(0) / len(set(ids))


def unknown_rate__to_the_known(ids):
    """Divides the unknown by the known.

    Hint: against_the_known
    """
    if not ids:
        return 0.0
    u = ids.count(0)
    return u / (len(ids) - u)


def unknown_rate__searches_the_word(ids):
    """Counts the word "<unk>" among the ids.

    Hint: none
    """
    return ids.count("<unk>") / len(ids) if ids else 0.0


def unknown_rate__none_for_empty(ids):
    """Returns nothing for an empty list.

    Hint: none
    """
    if len(ids) > 0:
        return ids.count(0) / len(ids)


def unknown_rate__all_for_empty(ids):
    """Returns 1 for an empty list.

    Hint: none
    """
    return 1.0 if not ids else ids.count(0) / len(ids)


def unknown_rate__numpy_mean(ids):
    """Takes a mean in numpy, which is nan for an empty list.

    Hint: divides_by_zero
    """
    return float(np.mean(np.array(ids) == 0))


def unknown_rate__small_number_below(ids):
    """Adds a small number below the line against division by zero.

    Hint: none
    """
    return ids.count(0) / (len(ids) + 1e-6)


def unknown_rate__one_more_below(ids):
    """Adds one below the line against division by zero.

    Hint: none
    """
    return ids.count(0) / (len(ids) + 1)


def unknown_rate__any(ids):
    """Says only whether there is any unknown token.

    Hint: none
    """
    return float(0 in ids)


def unknown_rate__text(ids):
    """Returns a text with a percent sign.

    Hint: none
    """
    return f"{ids.count(0) / len(ids):.0%}" if ids else "0%"


def unknown_rate__first_only(ids):
    """Returns inside of the loop.

    Hint: none
    """
    if not ids:
        return 0.0
    n = 0
    for i in ids:
        if i == 0:
            n += 1
        return n / len(ids)


def unknown_rate__sum_of_ids(ids):
    """Adds the ids up instead of counting zeros.

    Hint: none
    """
    return 1 - sum(ids) / len(ids) if ids else 0.0


def unknown_rate__one_taken_for_unknown(ids):
    """Takes id 1 for unknown.

    Hint: none
    """
    return sum(i == 1 for i in ids) / max(len(ids), 1)


def count_pairs__words_count_once(words):
    """Counts each distinct word once, however often the text has it.

    Hint: each_word_once
    """
    counts = Counter()
    for word in words:
        counts.update(zip(word, word[1:]))
    return dict(counts)


def count_pairs__order_ignored(words):
    """Takes (1, 2) and (2, 1) for the same pair.

    Hint: without_order
    """
    counts = {}
    for word, n in words.items():
        for a, b in pairwise(word):
            pair = (min(a, b), max(a, b))
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__once_a_word(words):
    """Counts a pair once in a word, also where the word has it twice.

    Hint: once_in_a_word
    """
    counts = defaultdict(int)
    for word, n in words.items():
        for pair in set(zip(word[:-1], word[1:])):
            counts[pair] += n
    return dict(counts)


def count_pairs__no_overlap(words):
    """Jumps over a pair that it has counted, so that pairs never overlap.

    Hint: every_second
    """
    counts = {}
    for word, n in words.items():
        i = 0
        while i < len(word) - 1:
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
            i += 2
    return counts


def count_pairs__only_equal_ids_jump(words):
    """Counts overlapping pairs of equal ids once, as merging would use them up.

    Hint: without_overlaps
    """
    counts = {}
    for word, n in words.items():
        i = 0
        while i + 1 < len(word):
            pair = word[i], word[i + 1]
            counts[pair] = counts.get(pair, 0) + n
            if pair[0] == pair[1] and word[i + 1 : i + 3] == pair:
                i += 1
            i += 1
    return counts


def count_pairs__across_words(words):
    """Writes all the words in one row and counts across their borders.

    Hint: across_words
    """
    text = []
    for word, n in words.items():
        text.extend(list(word) * n)
    return dict(Counter(zip(text, text[1:])))


def count_pairs__last_pair_missing(words):
    """Stops one pair too early.

    Hint: loses_the_last
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 2):
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__beyond_the_end(words):
    """Looks one id beyond the end of the word.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word)):
            pair = (word[i], word[i + 1])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__no_neighbours(words):
    """Counts all pairs of a word, also those that are no neighbours.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for pair in combinations(word, 2):
            counts[pair] += n
    return dict(counts)


def count_pairs__written_over(words):
    """Writes the count of the last word over those before.

    Hint: the_last_word_counts
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = n
    return counts


def count_pairs__key_error(words):
    """Adds to an entry that is not there yet.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += n
    return counts


def count_pairs__lists_as_keys(words):
    """Uses lists as keys, which Python does not allow.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word) - 1):
            pair = [word[i], word[i + 1]]
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__single_ids(words):
    """Counts single ids instead of pairs.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for i in word:
            counts[i] += n
    return dict(counts)


def count_pairs__items_forgotten(words):
    """Forgets .items() and takes the words apart instead.

    Hint: none
    """
    counts = {}
    for word, n in words:
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__round_the_corner(words):
    """Counts a pair of the last and the first id as well.

    Hint: round_the_end
    """
    counts = {}
    for word, n in words.items():
        for i in range(len(word)):
            pair = (word[i - 1], word[i])
            counts[pair] = counts.get(pair, 0) + n
    return counts


def count_pairs__sorted_list(words):
    """Returns a list, the most frequent pair first, instead of a dictionary.

    Hint: none
    """
    counts = Counter()
    for word, n in words.items():
        for pair in pairwise(word):
            counts[pair] += n
    return counts.most_common()


def count_pairs__with_zeros(words):
    """Has a zero for pairs that do not occur.

    Hint: none
    """
    ids = {i for word in words for i in word}
    counts = {(a, b): 0 for a in ids for b in ids}
    for word, n in words.items():
        for pair in pairwise(word):
            counts[pair] += n
    return counts


def count_pairs__equal_ids_left_out(words):
    """Leaves out pairs of two equal ids.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for a, b in zip(word, word[1:]):
            if a != b:
                counts[a, b] = counts.get((a, b), 0) + n
    return counts


def count_pairs__first_word_only(words):
    """Returns inside of the loop, after the first word.

    Hint: none
    """
    counts = {}
    for word, n in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + n
        return counts
    return counts


def best_pair__first_in_the_dictionary(counts):
    """Takes the first of several equal pairs in the order of the dictionary.

    Hint: first_of_a_tie
    """
    return sorted(counts, key=lambda pair: counts[pair], reverse=True)[0]


def best_pair__largest_of_equals(counts):
    """Takes the largest of several equal pairs.

    Hint: largest_of_a_tie
    """
    return max((n, pair) for pair, n in counts.items())[1]


def best_pair__largest_pair(counts):
    """Takes the largest pair and does not look at counts.

    Hint: none
    """
    return max(counts)


def best_pair__smallest_pair(counts):
    """Takes the smallest pair and does not look at counts.

    Hint: smallest
    """
    return sorted(counts)[0]


def best_pair__rarest(counts):
    """Takes the rarest pair.

    Hint: rarest
    """
    return min(counts, key=lambda p: (counts[p], p))


def best_pair__pair_and_count(counts):
    """Returns the count beside the pair.

    Hint: with_its_count
    """
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0]


def best_pair__the_count(counts):
    """Returns the count instead of the pair.

    Hint: count
    """
    return max(counts.values())


def best_pair__second_id_first(counts):
    """Compares the second ids of equal pairs before the first ones.

    Hint: tie_by_the_second_id
    """
    best = max(counts.values())
    ties = [p for p in counts if counts[p] == best]
    return min(ties, key=lambda p: (p[1], p[0]))


def best_pair__sum_of_ids(counts):
    """Takes the one of equal pairs whose ids have the smallest sum.

    Hint: none
    """
    return min(counts, key=lambda p: (-counts[p], sum(p)))


def best_pair__first_id_only(counts):
    """Compares only the first ids of equal pairs, so that the order of the dictionary decides.

    Hint: only_the_first_id
    """
    best = None
    for pair, n in counts.items():
        if best is None or n > counts[best]:
            best = pair
        elif n == counts[best] and pair[0] < best[0]:
            best = pair
    return best


def best_pair__last_in_the_dictionary(counts):
    """Takes the last of several equal pairs in the order of the dictionary.

    Hint: last_of_a_tie
    """
    best, most = None, 0
    for pair in counts:
        if counts[pair] >= most:
            best, most = pair, counts[pair]
    return best


def best_pair__all_of_them(counts):
    """Returns a list of all equally frequent pairs.

    Hint: none
    """
    most = max(counts.values())
    return sorted(pair for pair, n in counts.items() if n == most)


def best_pair__more_than_once(counts):
    """Wants a pair that occurs more than once.

    Hint: none
    """
    best, most = None, 1
    for pair in sorted(counts):
        if counts[pair] > most:
            best, most = pair, counts[pair]
    return best


def best_pair__sorted_inside(counts):
    """Returns the ids of the pair in rising order.

    Hint: none
    """
    most = max(counts.values())
    return min(tuple(sorted(p)) for p, n in counts.items() if n == most)


def best_pair__as_text(counts):
    """Compares equal pairs as texts, where 10 comes before 9.

    Hint: none
    """
    return min(counts, key=lambda p: (-counts[p], str(p)))


def best_pair__most_common(counts):
    """Leaves equal pairs to most_common and returns what it returns, a list.

    Hint: with_its_count
    """
    return Counter(counts).most_common(1)


def best_pair__list(counts):
    """Returns the pair as a list.

    Hint: none
    """
    return list(min(counts, key=lambda p: (-counts[p], p)))


def best_pair__larger_second_id(counts):
    """Takes the larger second id where the first ids are the same too.

    Hint: none
    """
    return max(counts, key=lambda p: (counts[p], -p[0], p[1]))


def best_pair__counts_taken_out(counts):
    """Takes pairs out of the counts while it searches.

    Hint: none
    """
    best = counts.popitem()
    while counts:
        other = counts.popitem()
        if (-other[1], other[0]) < (-best[1], best[0]):
            best = other
    return best[0]


def merge_pair__list(ids, pair, new_id):
    """Returns a list instead of a tuple.

    Hint: list
    """
    out, i = [], 0
    while i < len(ids):
        if ids[i : i + 2] == pair:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return out


def merge_pair__first_only(ids, pair, new_id):
    """Replaces the first occurrence only.

    Hint: only_the_first
    """
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == pair:
            return ids[:i] + (new_id,) + ids[i + 2 :]
    return ids


def merge_pair__from_the_right(ids, pair, new_id):
    """Goes from right to left.

    Hint: from_the_right
    """
    out = list(ids)
    for i in range(len(ids) - 2, -1, -1):
        if tuple(out[i : i + 2]) == pair:
            out[i : i + 2] = [new_id]
    return tuple(out)


def merge_pair__used_twice(ids, pair, new_id):
    """Uses an id twice, so that overlapping occurrences all merge.

    Hint: uses_an_id_twice
    """
    out, skip = [], False
    for i, a in enumerate(ids):
        if i + 1 < len(ids) and (a, ids[i + 1]) == pair:
            out.append(new_id)
            skip = True
        elif skip:
            skip = False
        else:
            out.append(a)
    return tuple(out)


def merge_pair__second_id_stays(ids, pair, new_id):
    """Writes the new id for the first of the pair and leaves the second.

    Hint: keeps_the_second
    """
    out = []
    for i in range(len(ids)):
        if i < len(ids) - 1 and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
        else:
            out.append(ids[i])
    return tuple(out)


def merge_pair__counter_in_a_for_loop(ids, pair, new_id):
    """Adds to the counter of a for loop, which does not skip anything.

    Hint: keeps_the_second
    """
    out = []
    for i in range(len(ids)):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair:
            out.append(new_id)
            i += 1
        else:
            out.append(ids[i])
    return tuple(out)


def merge_pair__last_id_lost(ids, pair, new_id):
    """Stops before the last id and loses it.

    Hint: loses_the_last
    """
    out, i = [], 0
    while i < len(ids) - 1:
        if ids[i] == pair[0] and ids[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__beyond_the_end(ids, pair, new_id):
    """Looks one id beyond the end.

    Hint: past_the_end
    """
    out, i = [], 0
    while i < len(ids):
        if (ids[i], ids[i + 1]) == pair:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__each_id_by_itself(ids, pair, new_id):
    """Replaces each id that is in the pair, also by itself.

    Hint: each_of_the_two
    """
    return tuple(new_id if i in pair else i for i in ids)


def merge_pair__either_order(ids, pair, new_id):
    """Merges the pair in either order.

    Hint: either_way_round
    """
    out, i = [], 0
    while i < len(ids):
        if set(ids[i : i + 2]) == set(pair) and len(ids[i : i + 2]) == 2:
            out.append(new_id)
            i += 2
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__digits_in_a_text(ids, pair, new_id):
    """Replaces in a text of digits, where 1 2 is also found in 11 25.

    Hint: none
    """
    text = ",".join(str(i) for i in ids)
    text = text.replace(f"{pair[0]},{pair[1]}", str(new_id))
    return tuple(int(part) for part in text.split(",") if part)


def merge_pair__set_of_ids(ids, pair, new_id):
    """Takes both ids out wherever they stand and puts the new one at the end.

    Hint: none
    """
    rest = tuple(i for i in ids if i not in pair)
    found = pair in list(zip(ids, ids[1:]))
    return rest + (new_id,) if found else ids


def merge_pair__pair_dropped(ids, pair, new_id):
    """Takes the pair out and forgets the new id.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            i += 2
            continue
        out.append(ids[i])
        i += 1
    return tuple(out)


def merge_pair__always_256(ids, pair, new_id):
    """Writes 256 whatever the new id is.

    Hint: none
    """
    out = []
    for i in ids:
        out.append(i)
        if tuple(out[-2:]) == pair:
            out[-2:] = [256]
    return tuple(out)


def merge_pair__jumps_too_far(ids, pair, new_id):
    """Jumps one id too far after a merge.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 3
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__nothing_when_nothing_merged(ids, pair, new_id):
    """Returns nothing when the pair is not there.

    Hint: none
    """
    out, i, found = [], 0, False
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 2
            found = True
        else:
            out.append(ids[i])
            i += 1
    if found:
        return tuple(out)


def merge_pair__changes_a_tuple(ids, pair, new_id):
    """Tries to change a tuple in place.

    Hint: none
    """
    for i in range(len(ids) - 1):
        if (ids[i], ids[i + 1]) == pair:
            ids[i] = new_id
            del ids[i + 1]
    return ids


def merge_pair__no_step(ids, pair, new_id):
    """Never moves on where nothing merges, so that the loop does not end.

    Hint: none
    """
    out, i = [], 0
    while i < len(ids):
        if tuple(ids[i : i + 2]) == pair:
            out.append(new_id)
            i += 2
        elif i < len(ids) - 1:
            continue
        else:
            out.append(ids[i])
            i += 1
    return tuple(out)


def merge_pair__pairs_at_even_places(ids, pair, new_id):
    """Looks at every second place only.

    Hint: none
    """
    out = []
    for i in range(0, len(ids), 2):
        two = tuple(ids[i : i + 2])
        out.extend([new_id] if two == pair else two)
    return tuple(out)


def train_bpe__counted_once(words, merges):
    """Counts once in the beginning and takes the most frequent pairs of that.

    Hint: counts_only_once
    """
    counts = count_pairs(words)
    return sorted(counts, key=lambda p: (-counts[p], p))[:merges]


def train_bpe__words_stay(words, merges):
    """Never puts the merged words in place of the old ones, so that the same pair comes back.

    Hint: counts_only_once
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        for word in words:
            word = merge_pair(word, pair, 256 + step)
        learned.append(pair)
    return learned


def train_bpe__no_end(words, merges):
    """Does not stop when no pair is left.

    Hint: no_end
    """
    learned = []
    for step in range(merges):
        pair = best_pair(count_pairs(words))
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__waits_for_ever(words, merges):
    """Waits for more merges although no pair is left, and never ends.

    Hint: none
    """
    learned = []
    while len(learned) < merges:
        counts = count_pairs(words)
        if counts:
            pair = best_pair(counts)
            words = {merge_pair(w, pair, 256 + len(learned)): n for w, n in words.items()}
            learned.append(pair)
    return learned


def train_bpe__same_id_for_all(words, merges):
    """Gives every merge the id 256.

    Hint: always_256
    """
    learned, new_id = [], 256
    for _ in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, new_id): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__begins_at_255(words, merges):
    """Begins with id 255, which is a byte.

    Hint: ids_from_257
    """
    learned = []
    new_id = 255
    while len(learned) < merges and count_pairs(words):
        pair = best_pair(count_pairs(words))
        learned.append(pair)
        words = {merge_pair(w, pair, new_id): n for w, n in words.items()}
        new_id += 1
    return learned


def train_bpe__begins_at_257(words, merges):
    """Begins with id 257, since it counts up before it uses the id.

    Hint: ids_from_257
    """
    learned = []
    new_id = 256
    while len(learned) < merges and count_pairs(words):
        pair = best_pair(count_pairs(words))
        learned.append(pair)
        new_id += 1
        words = {merge_pair(w, pair, new_id): n for w, n in words.items()}
    return learned


def train_bpe__next_free_id(words, merges):
    """Takes the next id above those in the words instead of 256.

    Hint: ids_from_257
    """
    learned = []
    new_id = max((i for w in words for i in w), default=0) + 1
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, new_id + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__twice_at_least(words, merges):
    """Stops when no pair occurs twice any more.

    Hint: wants_two
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts or max(counts.values()) < 2:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__argument_changed(words, merges):
    """Merges in the dictionary that it was given.

    Hint: none
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        for word in list(words):
            n = words.pop(word)
            words[merge_pair(word, pair, 256 + step)] = n
        learned.append(pair)
    return learned


def train_bpe__changed_while_read(words, merges):
    """Changes a dictionary while going through it.

    Hint: none
    """
    words = dict(words)
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        for word, n in words.items():
            del words[word]
            words[merge_pair(word, pair, 256 + step)] = n
        learned.append(pair)
    return learned


def train_bpe__name_used_twice(words, merges):
    """Uses the name `merges` for the list as well as for the number.

    Hint: none
    """
    merges = []
    for step in range(merges):
        pair = best_pair(count_pairs(words))
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        merges.append(pair)
    return merges


def train_bpe__dictionary(words, merges):
    """Returns a dictionary from pair to id instead of a list.

    Hint: new_ids_too
    """
    learned = {}
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned[pair] = 256 + step
    return learned


def train_bpe__with_ids(words, merges):
    """Returns each pair together with its new id.

    Hint: new_ids_too
    """
    learned = []
    for new_id in range(256, 256 + merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, new_id): n for w, n in words.items()}
        learned.append((pair, new_id))
    return learned


def train_bpe__the_words(words, merges):
    """Returns the merged words instead of the merges.

    Hint: none
    """
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
    return words


def train_bpe__equals_by_order(words, merges):
    """Chooses among equal pairs by the order of the dictionary, with a max of its own.

    Hint: ties_as_they_come
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = max(counts, key=counts.get)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__one_too_many(words, merges):
    """Does one merge too many.

    Hint: one_too_many
    """
    learned = []
    for step in range(merges + 1):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def train_bpe__spelled_in_bytes(words, merges):
    """Spells a merged token out in bytes instead of giving the pair of ids.

    Hint: none
    """
    learned, spelled = [], {i: (i,) for i in range(256)}
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        a, b = best_pair(counts)
        words = {merge_pair(w, (a, b), 256 + step): n for w, n in words.items()}
        spelled[256 + step] = spelled[a] + spelled[b]
        learned.append(spelled[256 + step])
    return learned


def train_bpe__words_weigh_one(words, merges):
    """Forgets how often each word occurs.

    Hint: each_word_once
    """
    learned = []
    todo = {w: 1 for w in words}
    for step in range(merges):
        counts = count_pairs(todo)
        if not counts:
            break
        pair = best_pair(counts)
        todo = {merge_pair(w, pair, 256 + step): 1 for w in todo}
        learned.append(pair)
    return learned


def train_bpe__backwards(words, merges):
    """Puts each new merge in front, so that the list stands backwards.

    Hint: none
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.insert(0, pair)
    return learned


def train_bpe__one_word_merged(words, merges):
    """Merges in the first word that has the pair, and not in the others.

    Hint: none
    """
    learned = []
    for step in range(merges):
        counts = count_pairs(words)
        if not counts:
            break
        pair = best_pair(counts)
        new = dict(words)
        for word in words:
            merged = merge_pair(word, pair, 256 + step)
            if merged != word:
                new[merged] = new.pop(word)
                break
        words = new
        learned.append(pair)
    return learned


def train_bpe__stops_at_a_short_word(words, merges):
    """Stops as soon as any word has become one token.

    Hint: none
    """
    learned = []
    for step in range(merges):
        if any(len(w) < 2 for w in words):
            break
        pair = best_pair(count_pairs(words))
        words = {merge_pair(w, pair, 256 + step): n for w, n in words.items()}
        learned.append(pair)
    return learned


def decode_bpe__one_level(ids, merges):
    """Takes a merge apart once, but not the merges inside of it.

    Hint: one_level
    """
    data = []
    for i in ids:
        if i < 256:
            data.append(i)
        else:
            data.extend(merges[i - 256])
    return bytes(data).decode("utf-8", errors="replace")


def decode_bpe__each_token_by_itself(ids, merges):
    """Decodes each token by itself, so that a character in two tokens breaks.

    Hint: token_by_token
    """
    table = {i: bytes([i]) for i in range(256)}
    for k, (a, b) in enumerate(merges):
        table[256 + k] = table[a] + table[b]
    return "".join(table[i].decode("utf-8", errors="replace") for i in ids)


def decode_bpe__strict(ids, merges):
    """Raises an error for bytes that are no valid UTF-8.

    Hint: stops_at_bad_bytes
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join([table[i] for i in ids]).decode("utf-8")


def decode_bpe__invalid_left_out(ids, merges):
    """Leaves out bytes that are no valid UTF-8.

    Hint: drops_bad_bytes
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode(errors="ignore")


def decode_bpe__one_off(ids, merges):
    """Looks for id 256 at place 1 of the merges.

    Hint: none
    """

    def spell(i):
        if i < 256:
            return bytes([i])
        a, b = merges[i - 255]
        return spell(a) + spell(b)

    return b"".join(spell(i) for i in ids).decode("utf-8", errors="replace")


def decode_bpe__a_character_each_byte(ids, merges):
    """Takes each byte for a character of its own.

    Hint: bytes_as_letters
    """

    def spell(i):
        if i < 256:
            return chr(i)
        a, b = merges[i - 256]
        return spell(a) + spell(b)

    return "".join(map(spell, ids))


def decode_bpe__bytes(ids, merges):
    """Returns bytes instead of a text.

    Hint: bytes
    """
    out = b""
    for i in ids:
        stack = [i]
        while stack:
            top = stack.pop()
            if top < 256:
                out += bytes([top])
            else:
                a, b = merges[top - 256]
                stack += [b, a]
    return out


def decode_bpe__list_of_texts(ids, merges):
    """Returns a list with a text for each token.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return [table[i].decode("utf-8", errors="replace") for i in ids]


def decode_bpe__merges_left_out(ids, merges):
    """Leaves out all merged tokens.

    Hint: none
    """
    return bytes([i for i in ids if i < 256]).decode("utf-8", errors="replace")


def decode_bpe__not_taken_apart(ids, merges):
    """Gives all the ids to bytes, which stop at 255.

    Hint: none
    """
    return bytes(ids).decode("utf-8", errors="replace")


def decode_bpe__spaces_cut_off(ids, merges):
    """Cuts off white space at both ends.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="replace").strip()


def decode_bpe__second_before_first(ids, merges):
    """Spells the second part before the first.

    Hint: right_before_left
    """
    out, stack = [], list(reversed(ids))
    while stack:
        i = stack.pop()
        if i < 256:
            out.append(i)
        else:
            stack.extend(merges[i - 256])
    return bytes(out).decode("utf-8", errors="replace")


def decode_bpe__sorted_merges(ids, merges):
    """Sorts the merges first, so that ids stand for others.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in sorted(merges):
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="replace")


def decode_bpe__256_is_a_byte(ids, merges):
    """Takes 256 for a byte.

    Hint: none
    """

    def spell(i):
        if i > 256:
            a, b = merges[i - 256]
            return spell(a) + spell(b)
        return bytes([i])

    return b"".join(spell(i) for i in ids).decode("utf-8", errors="replace")


def decode_bpe__spaces_between(ids, merges):
    """Puts spaces between the tokens.

    Hint: with_spaces
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b" ".join(table[i] for i in ids).decode("utf-8", errors="replace")


def decode_bpe__ascii(ids, merges):
    """Reads the bytes as ASCII.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("ascii", errors="replace")


def decode_bpe__backslashes(ids, merges):
    """Shows invalid bytes as numbers with a backslash.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-8", errors="backslashreplace")


def decode_bpe__question_marks(ids, merges):
    """Writes a question mark for invalid bytes.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    text = b"".join(table[i] for i in ids).decode("utf-8", errors="replace")
    return text.replace("\ufffd", "?")


def decode_bpe__ids_used_up(ids, merges):
    """Takes merges apart in the list that it was given.

    Hint: none
    """
    i = 0
    while i < len(ids):
        if ids[i] >= 256:
            ids[i : i + 1] = merges[ids[i] - 256]
        else:
            i += 1
    return bytes(ids).decode("utf-8", errors="replace")


def decode_bpe__zero_byte_left_out(ids, merges):
    """Leaves out id 0, as if it were unknown or padding.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids if i).decode("utf-8", errors="replace")


def decode_bpe__utf16(ids, merges):
    """Reads the bytes as UTF-16.

    Hint: none
    """
    table = [bytes([i]) for i in range(256)]
    for a, b in merges:
        table.append(table[a] + table[b])
    return b"".join(table[i] for i in ids).decode("utf-16", errors="replace")


def encode_bpe__whole_text(text, merges):
    """Does not cut into pieces, so that merges reach across words.

    Hint: across_pieces
    """
    ids = tuple(text.encode("utf-8"))
    for k, pair in enumerate(merges):
        ids = merge_pair(ids, pair, 256 + k)
    return list(ids)


def encode_bpe__longest_first(text, merges):
    """Takes the longest token that fits, from left to right, instead of replaying the merges.

    Hint: longest_match
    """
    table = {bytes([i]): i for i in range(256)}
    spelled = [bytes([i]) for i in range(256)]
    for k, (a, b) in enumerate(merges):
        spelled.append(spelled[a] + spelled[b])
        table[spelled[-1]] = 256 + k
    ids = []
    for piece in pieces(text):
        data = piece.encode("utf-8")
        while data:
            n = max(n for n in range(1, len(data) + 1) if data[:n] in table)
            ids.append(table[data[:n]])
            data = data[n:]
    return ids


def encode_bpe__leftmost_pair_first(text, merges):
    """Merges the leftmost pair that is on the list, however late it was learned.

    Hint: leftmost_pair_first
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        ids = list(piece.encode("utf-8"))
        i = 0
        while i < len(ids) - 1:
            if (ids[i], ids[i + 1]) in ranks:
                ids[i : i + 2] = [ranks[ids[i], ids[i + 1]]]
                i = 0
            else:
                i += 1
        out += ids
    return out


def encode_bpe__each_merge_once(text, merges):
    """Applies each merge at its first place only.

    Hint: each_merge_once
    """
    out = []
    for piece in pieces(text):
        ids = list(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            for i in range(len(ids) - 1):
                if (ids[i], ids[i + 1]) == pair:
                    ids[i : i + 2] = [256 + k]
                    break
        out.extend(ids)
    return out


def encode_bpe__characters(text, merges):
    """Begins with the numbers of characters instead of bytes.

    Hint: code_points
    """
    out = []
    for piece in pieces(text):
        ids = tuple(ord(ch) for ch in piece)
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__list_for_each_piece(text, merges):
    """Returns a list of lists, one for each piece.

    Hint: a_list_of_pieces
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode())
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.append(list(ids))
    return out


def encode_bpe__spaces_lost(text, merges):
    """Cuts at white space, which is lost.

    Hint: loses_spaces
    """
    out = []
    for word in text.split():
        ids = tuple(word.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__pieces_stripped(text, merges):
    """Takes the space off each piece.

    Hint: loses_spaces
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.strip().encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__ids_from_257(text, merges):
    """Gives the first merge the id 257.

    Hint: ids_from_257
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=257):
            ids = merge_pair(ids, pair, new_id)
        out.extend(ids)
    return out


def encode_bpe__ids_from_zero(text, merges):
    """Gives the first merge the id 0.

    Hint: ids_from_257
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges):
            ids = merge_pair(ids, pair, new_id)
        out.extend(ids)
    return out


def encode_bpe__last_merge_first(text, merges):
    """Applies the merges from the last to the first.

    Hint: last_merge_first
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k in reversed(range(len(merges))):
            ids = merge_pair(ids, merges[k], 256 + k)
        out.extend(ids)
    return out


def encode_bpe__each_piece_once(text, merges):
    """Goes through the different pieces, so that repetition is lost.

    Hint: none
    """
    out = []
    for word in count_words(text):
        for k, pair in enumerate(merges):
            word = merge_pair(word, pair, 256 + k)
        out.extend(word)
    return out


def encode_bpe__frequent_pair_first(text, merges):
    """Counts in the new text and merges the most frequent pair of the list first.

    Hint: none
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        while True:
            counts = {p: n for p, n in count_pairs({ids: 1}).items() if p in ranks}
            if not counts:
                break
            pair = best_pair(counts)
            ids = merge_pair(ids, pair, ranks[pair])
        out.extend(ids)
    return out


def encode_bpe__stops_at_a_missing_pair(text, merges):
    """Stops at the first merge whose pair is not there.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            if pair not in set(zip(ids, ids[1:])):
                break
            ids = merge_pair(ids, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__begins_anew_each_time(text, merges):
    """Begins anew with the bytes for each merge, so that only the last one stays.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        data = tuple(piece.encode("utf-8"))
        ids = data
        for k, pair in enumerate(merges):
            ids = merge_pair(data, pair, 256 + k)
        out.extend(ids)
    return out


def encode_bpe__nothing_merged(text, merges):
    """Returns the bytes and merges nothing.

    Hint: none
    """
    return list(text.encode("utf-8"))


def encode_bpe__result_not_kept(text, merges):
    """Calls merge_pair and does not keep what it returns.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__latin_letters(text, merges):
    """Encodes as Latin-1, which has no Greek and no emoji.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("latin-1", errors="replace"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__lower_case(text, merges):
    """Turns the text into lower case.

    Hint: none
    """
    out = []
    for piece in pieces(text.lower()):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__last_piece_only(text, merges):
    """Returns the last piece only, since each turn writes over the one before.

    Hint: none
    """
    ids = ()
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
    return list(ids)


def encode_bpe__tuple(text, merges):
    """Returns a tuple instead of a list.

    Hint: none
    """
    out = ()
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += ids
    return out


def encode_bpe__texts(text, merges):
    """Returns the tokens as texts instead of ids.

    Hint: none
    """
    out = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for k, pair in enumerate(merges):
            ids = merge_pair(ids, pair, 256 + k)
        out += [decode_bpe([i], merges) for i in ids]
    return out


def encode_bpe__single_pass(text, merges):
    """Goes over each piece once, from left to right, and never merges what has been merged.

    Hint: none
    """
    ranks = {pair: 256 + k for k, pair in enumerate(merges)}
    out = []
    for piece in pieces(text):
        data = piece.encode("utf-8")
        i = 0
        while i < len(data):
            pair = tuple(data[i : i + 2])
            if pair in ranks:
                out.append(ranks[pair])
                i += 2
            else:
                out.append(data[i])
                i += 1
    return out


def tokens_per_word__nothing_divided(tokenized):
    """Divides by zero for no words.

    Hint: divides_by_zero
    """
    total = 0
    for tokens in tokenized:
        total += len(tokens)
    return total / len(tokenized)


def tokens_per_word__upside_down(tokenized):
    """Divides words by tokens.

    Hint: words_per_token
    """
    n = sum(map(len, tokenized))
    return len(tokenized) / n if n else 0.0


def tokens_per_word__different_tokens(tokenized):
    """Counts different tokens only.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return len(set(chain.from_iterable(tokenized))) / len(tokenized)


def tokens_per_word__characters(tokenized):
    """Counts characters instead of tokens.

    Hint: characters
    """
    if not tokenized:
        return 0.0
    return sum(len("".join(tokens)) for tokens in tokenized) / len(tokenized)


def tokens_per_word__rounded(tokenized):
    """Rounds to two digits.

    Hint: none
    """
    return round(sum(len(t) for t in tokenized) / len(tokenized), 2) if tokenized else 0.0


def tokens_per_word__middle(tokenized):
    """Takes the median instead of the mean.

    Hint: median
    """
    import statistics

    return float(statistics.median(len(t) for t in tokenized)) if tokenized else 0.0


def tokens_per_word__whole_number(tokenized):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return sum(len(t) for t in tokenized) // len(tokenized) if tokenized else 0.0


def tokens_per_word__split_words_only(tokenized):
    """Averages over the words that were cut, and leaves the whole ones out.

    Hint: only_split_words
    """
    cut = [t for t in tokenized if len(t) > 1]
    return sum(len(t) for t in cut) / len(cut) if cut else 0.0


def tokens_per_word__no_empty_words(tokenized):
    """Does not count words that have no token.

    Hint: none
    """
    full = [t for t in tokenized if t]
    return sum(len(t) for t in full) / len(full) if full else 0.0


def tokens_per_word__continuations(tokenized):
    """Counts the tokens with ## only.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return sum(t.startswith("##") for tokens in tokenized for t in tokens) / len(tokenized)


def tokens_per_word__without_continuations(tokenized):
    """Does not count tokens that continue a word.

    Hint: none
    """
    if not tokenized:
        return 0.0
    return sum(not t.startswith("##") for word in tokenized for t in word) / len(tokenized)


def tokens_per_word__total(tokenized):
    """Counts all the tokens and does not divide.

    Hint: total
    """
    return float(sum(len(t) for t in tokenized))


def tokens_per_word__first_word(tokenized):
    """Looks at the first word only.

    Hint: none
    """
    return float(len(tokenized[0])) if tokenized else 0.0


def tokens_per_word__sample(tokenized):
    """Divides by one less than the number of words.

    Hint: none
    """
    if len(tokenized) < 2:
        return 0.0
    return sum(len(t) for t in tokenized) / (len(tokenized) - 1)


def tokens_per_word__most(tokenized):
    """Takes the largest number of tokens instead of the mean.

    Hint: none
    """
    return float(max((len(t) for t in tokenized), default=0))


def tokens_per_word__mean_of_means(tokenized):
    """Averages two at a time, so that the last word weighs one half.

    Hint: none
    """
    average = None
    for tokens in tokenized:
        average = len(tokens) if average is None else (average + len(tokens)) / 2
    return float(average or 0.0)


def tokens_per_word__different_words(tokenized):
    """Counts a word that comes back only once.

    Hint: different_words
    """
    words = {tuple(t) for t in tokenized}
    return sum(len(w) for w in words) / len(words) if words else 0.0


def tokens_per_word__nan(tokenized):
    """Takes a mean in numpy, which is nan for no words.

    Hint: divides_by_zero
    """
    return float(np.mean([len(t) for t in tokenized]))


def tokens_per_word__letters_of_tokens(tokenized):
    """Gives the mean length of a token.

    Hint: characters
    """
    tokens = [t for word in tokenized for t in word]
    return sum(len(t) for t in tokens) / len(tokens) if tokens else 0.0


def tokens_per_word__unknown_left_out(tokenized):
    """Does not count [UNK] as a token.

    Hint: without_unknown
    """
    if not tokenized:
        return 0.0
    return sum(t != "[UNK]" for word in tokenized for t in word) / len(tokenized)


def tokens_per_word__none(tokenized):
    """Returns nothing for no words.

    Hint: none
    """
    if tokenized:
        return sum(len(t) for t in tokenized) / len(tokenized)


def wordpiece_score__brackets_forgotten(pair_count, first_count, second_count):
    """Forgets the brackets below the line, so that the second count multiplies.

    Hint: brackets
    """
    return pair_count / first_count * second_count


def wordpiece_score__sum_below(pair_count, first_count, second_count):
    """Divides by the sum of the counts.

    Hint: sum
    """
    return pair_count / (first_count + second_count)


def wordpiece_score__logarithm(pair_count, first_count, second_count):
    """Takes the logarithm.

    Hint: none
    """
    return math.log(pair_count / (first_count * second_count))


def wordpiece_score__log_difference(pair_count, first_count, second_count):
    """Takes logarithms apart and forgets to go back.

    Hint: none
    """
    return math.log(pair_count) - math.log(first_count) - math.log(second_count)


def wordpiece_score__upside_down(pair_count, first_count, second_count):
    """Divides the wrong way round.

    Hint: upside_down
    """
    expected = first_count * second_count
    return expected / pair_count


def wordpiece_score__whole_number(pair_count, first_count, second_count):
    """Divides as whole numbers.

    Hint: whole_numbers
    """
    return pair_count // (first_count * second_count)


def wordpiece_score__difference(pair_count, first_count, second_count):
    """Takes the difference instead of the ratio.

    Hint: none
    """
    return float(pair_count - first_count * second_count)


def wordpiece_score__rounded(pair_count, first_count, second_count):
    """Rounds to four digits, as the table shows them.

    Hint: none
    """
    return round(pair_count / (first_count * second_count), 4)


def wordpiece_score__given_the_first(pair_count, first_count, second_count):
    """Divides by the count of the first part only.

    Hint: first_part_only
    """
    return pair_count / first_count


def wordpiece_score__root_below(pair_count, first_count, second_count):
    """Divides by the root of the product.

    Hint: square_root
    """
    return pair_count / (first_count * second_count) ** 0.5


def wordpiece_score__smaller_part_below(pair_count, first_count, second_count):
    """Divides by the smaller of the two counts.

    Hint: none
    """
    return pair_count / min(first_count, second_count)


def wordpiece_score__small_number_below(pair_count, first_count, second_count):
    """Adds a small number below the line, which cannot be zero.

    Hint: none
    """
    return pair_count / (first_count * second_count + 1e-6)


def wordpiece_score__one_added(pair_count, first_count, second_count):
    """Smooths by adding one.

    Hint: none
    """
    return (pair_count + 1) / ((first_count + 1) * (second_count + 1))


def wordpiece_score__first_squared(pair_count, first_count, second_count):
    """Multiplies the first count by itself.

    Hint: first_part_only
    """
    return pair_count / (first_count * first_count)


def wordpiece_score__the_count(pair_count, first_count, second_count):
    """Returns the count of the pair, as byte-pair encoding goes by it.

    Hint: count
    """
    return float(pair_count)


def wordpiece_score__printed(pair_count, first_count, second_count):
    """Prints the score and returns nothing.

    Hint: none
    """
    score = pair_count / (first_count * second_count)
    print(score)


def wordpiece_score__shares_below(pair_count, first_count, second_count):
    """Divides by shares of the total instead of counts.

    Hint: none
    """
    total = first_count + second_count
    return pair_count / ((first_count / total) * (second_count / total))


def wordpiece_score__text(pair_count, first_count, second_count):
    """Returns a text.

    Hint: none
    """
    return f"{pair_count / (first_count * second_count):.2f}"


def wordpiece_score__tensor(pair_count, first_count, second_count):
    """Returns a tensor of one number.

    Hint: none
    """
    return torch.tensor(pair_count) / (first_count * second_count)


def wordpiece_encode__no_signs(word, vocab):
    """Searches for continuing tokens without ##.

    Hint: without_marks
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if word[start:end] in vocab:
                tokens.append(word[start:end])
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__signs_only_in_the_result(word, vocab):
    """Searches without ## and writes it in the result only.

    Hint: without_marks
    """
    tokens, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and word[start:end] not in vocab:
            end -= 1
        if end == start:
            return ["[UNK]"]
        tokens.append(("##" if start else "") + word[start:end])
        start = end
    return tokens


def wordpiece_encode__signs_taken_off(word, vocab):
    """Takes the ## off in the result.

    Hint: hides_the_marks
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            candidate = ("##" if start > 0 else "") + word[start:end]
            if candidate in vocab:
                tokens.append(candidate.removeprefix("##"))
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__shortest(word, vocab):
    """Takes the shortest token that fits.

    Hint: shortest_first
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(start + 1, len(word) + 1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__unknown_rest(word, vocab):
    """Keeps the tokens before the place where nothing fits, and writes [UNK] for the rest.

    Hint: keeps_what_it_had
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            tokens.append("[UNK]")
            break
    return tokens


def wordpiece_encode__unknown_left_off(word, vocab):
    """Stops where nothing fits and returns what it has.

    Hint: keeps_what_it_had
    """
    tokens = []
    rest = word
    while rest:
        for n in range(len(rest), 0, -1):
            piece = rest[:n] if not tokens else "##" + rest[:n]
            if piece in vocab:
                tokens.append(piece)
                rest = rest[n:]
                break
        else:
            break
    return tokens


def wordpiece_encode__unknown_character(word, vocab):
    """Writes [UNK] for the character that does not fit and goes on.

    Hint: one_letter_unknown
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            tokens.append("[UNK]")
            start += 1
    return tokens


def wordpiece_encode__text_for_unknown(word, vocab):
    """Returns the text "[UNK]" instead of a list with it.

    Hint: a_string
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return "[UNK]"
    return tokens


def wordpiece_encode__empty_is_unknown(word, vocab):
    """Takes an empty word for an unknown one.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            break
    return tokens if tokens and start == len(word) else ["[UNK]"]


def wordpiece_encode__takes_back(word, vocab):
    """Takes a choice back where it leads nowhere.

    Hint: goes_back
    """

    def cut(start):
        if start == len(word):
            return []
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocab:
                rest = cut(end)
                if rest is not None:
                    return [piece, *rest]
        return None

    found = cut(0)
    return ["[UNK]"] if found is None else found


def wordpiece_encode__no_end(word, vocab):
    """Never leaves the loop where nothing fits.

    Hint: never_ends
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
    return tokens


def wordpiece_encode__lower_case(word, vocab):
    """Turns the word into lower case.

    Hint: small_letters
    """
    word = word.lower()
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__either_spelling(word, vocab):
    """Takes a token without ## in the middle of a word where the one with ## is missing.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            part = word[start:end]
            if start and "##" + part in vocab:
                tokens.append("##" + part)
            elif part in vocab:
                tokens.append(part)
            else:
                continue
            start = end
            break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__never_the_whole(word, vocab):
    """Never tries all that is left, since the range ends one too early.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word) - 1, start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__never_one_character(word, vocab):
    """Never tries a single character, since the range ends one too early.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start + 1, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__alphabet(word, vocab):
    """Takes the first token in the alphabet that fits instead of the longest.

    Hint: none
    """
    tokens, rest = [], word
    while rest:
        mark = "##" if tokens else ""
        for token in sorted(vocab):
            if token.startswith(mark) and rest.startswith(token[len(mark) :]) and token != mark:
                tokens.append(token)
                rest = rest[len(token) - len(mark) :]
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__signs_counted(word, vocab):
    """Counts the two signs as letters when it moves on.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start += len(piece)
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__all_taken_out(word, vocab):
    """Takes a token out of the word wherever it stands, not only at the beginning.

    Hint: none
    """
    tokens, rest = [], word
    while rest:
        for n in range(len(rest), 0, -1):
            piece = ("##" if tokens else "") + rest[:n]
            if piece in vocab:
                tokens.append(piece)
                rest = rest.replace(rest[:n], "")
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__first_with_signs(word, vocab):
    """Writes ## before the first token as well.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if "##" + word[start:end] in vocab:
                tokens.append("##" + word[start:end])
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__whole_words(word, vocab):
    """Looks for the whole word only.

    Hint: whole_words
    """
    return [word] if word in vocab else ["[UNK]"]


def wordpiece_encode__from_the_end(word, vocab):
    """Takes the longest token at the end of the word first.

    Hint: none
    """
    tokens, end = [], len(word)
    while end > 0:
        for start in range(end):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.insert(0, piece)
                end = start
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__long_words_unknown(word, vocab):
    """Takes long words for unknown, as the code of BERT does.

    Hint: none
    """
    if len(word) > 100:
        return ["[UNK]"]
    tokens, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocab:
                tokens.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return tokens


def wordpiece_encode__vocabulary_as_a_list(word, vocab):
    """Reads the set by place, as if it were a list.

    Hint: none
    """
    tokens, start = [], 0
    while start < len(word):
        best = ""
        for i in range(len(vocab)):
            token = vocab[i]
            if word[start:].startswith(token) and len(token) > len(best):
                best = token
        if not best:
            return ["[UNK]"]
        tokens.append(best)
        start += len(best)
    return tokens


def build_pair__no_last_sep(a, b, cls, sep):
    """Forgets [SEP] at the end.

    Hint: no_last_sep
    """
    return {
        "input_ids": [cls, *a, sep, *b],
        "token_type_ids": [0] * (len(a) + 2) + [1] * len(b),
    }


def build_pair__no_cls(a, b, cls, sep):
    """Forgets [CLS].

    Hint: no_cls
    """
    return {
        "input_ids": a + [sep] + b + [sep],
        "token_type_ids": [0] * (len(a) + 1) + [1] * (len(b) + 1),
    }


def build_pair__no_middle_sep(a, b, cls, sep):
    """Forgets [SEP] between the two parts.

    Hint: none
    """
    ids = [cls] + a + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (1 + len(a)) + [1] * (len(b) + 1)}


def build_pair__first_sep_in_the_second_part(a, b, cls, sep):
    """Counts the first [SEP] to the second part.

    Hint: sep_belongs_to_b
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 1) + [1] * (len(b) + 2)
    return dict(input_ids=ids, token_type_ids=types)


def build_pair__last_sep_in_the_first_part(a, b, cls, sep):
    """Counts both [SEP] to the first part.

    Hint: specials_are_zero
    """
    ids, types = [cls], [0]
    for i in a:
        ids.append(i)
        types.append(0)
    ids.append(sep)
    types.append(0)
    for i in b:
        ids.append(i)
        types.append(1)
    ids.append(sep)
    types.append(0)
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__all_zero(a, b, cls, sep):
    """Gives every token type 0.

    Hint: all_zero
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0 for _ in ids]}


def build_pair__types_one_and_two(a, b, cls, sep):
    """Counts the parts from 1.

    Hint: types_from_one
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [1] * (len(a) + 2) + [2] * (len(b) + 1)}


def build_pair__types_turned_round(a, b, cls, sep):
    """Gives the first part 1 and the second 0.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [1] * (len(a) + 2) + [0] * (len(b) + 1)}


def build_pair__cls_twice(a, b, cls, sep):
    """Puts [CLS] before the second part as well.

    Hint: two_cls
    """
    ids = [cls] + a + [sep] + [cls] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 2)}


def build_pair__two_lists(a, b, cls, sep):
    """Returns two lists instead of a dictionary.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return ids, [0] * (len(a) + 2) + [1] * (len(b) + 1)


def build_pair__other_names(a, b, cls, sep):
    """Gives the lists other names.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"ids": ids, "type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}


def build_pair__first_list_changed(a, b, cls, sep):
    """Puts [CLS] and [SEP] into the list that it was given.

    Hint: none
    """
    a.insert(0, cls)
    a.append(sep)
    types = [0] * len(a) + [1] * (len(b) + 1)
    return {"input_ids": a + b + [sep], "token_type_ids": types}


def build_pair__second_list_changed(a, b, cls, sep):
    """Adds [SEP] to the second list that it was given.

    Hint: none
    """
    b += [sep]
    ids = [cls] + a + [sep] + b
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * len(b)}


def build_pair__one_part_if_b_is_empty(a, b, cls, sep):
    """Leaves out the second [SEP] when the second part is empty.

    Hint: none
    """
    ids = [cls] + a + [sep]
    types = [0] * len(ids)
    if b:
        ids += b + [sep]
        types += [1] * (len(b) + 1)
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__tensors(a, b, cls, sep):
    """Returns tensors instead of lists.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 2) + [1] * (len(b) + 1)
    return {"input_ids": torch.tensor(ids), "token_type_ids": torch.tensor(types)}


def build_pair__types_too_short(a, b, cls, sep):
    """Forgets the special tokens in the token type ids.

    Hint: types_of_the_words_only
    """
    ids = [cls] + a + [sep] + b + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * len(a) + [1] * len(b)}


def build_pair__cls_and_sep_swapped(a, b, cls, sep):
    """Swaps [CLS] and [SEP].

    Hint: cls_and_sep_swapped
    """
    ids = [sep] + a + [cls] + b + [cls]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}


def build_pair__lists_in_a_list(a, b, cls, sep):
    """Puts the lists themselves into the list.

    Hint: none
    """
    ids = [cls, a, sep, b, sep]
    return {"input_ids": ids, "token_type_ids": [0, 0, 0, 1, 1]}


def build_pair__type_by_id(a, b, cls, sep):
    """Goes by whether an id is in the second part, where the first may have it too.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [1 if i in b else 0 for i in ids]
    types[-1] = 1
    return {"input_ids": ids, "token_type_ids": types}


def build_pair__type_by_the_first_sep(a, b, cls, sep):
    """Searches for the first [SEP], which the first part may have itself.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    end = ids.index(sep) + 1
    return {"input_ids": ids, "token_type_ids": [0] * end + [1] * (len(ids) - end)}


def build_pair__attention_mask_too(a, b, cls, sep):
    """Adds an attention mask, as the library does.

    Hint: none
    """
    ids = [cls] + a + [sep] + b + [sep]
    types = [0] * (len(a) + 2) + [1] * (len(b) + 1)
    return {"input_ids": ids, "token_type_ids": types, "attention_mask": [1] * len(ids)}


def build_pair__b_first(a, b, cls, sep):
    """Puts the second part first.

    Hint: none
    """
    ids = [cls] + b + [sep] + a + [sep]
    return {"input_ids": ids, "token_type_ids": [0] * (len(b) + 2) + [1] * (len(a) + 1)}


def build_pair__fixed_numbers(a, b, cls, sep):
    """Writes BERT's numbers 101 and 102 instead of the arguments.

    Hint: none
    """
    ids = [101] + a + [102] + b + [102]
    return {"input_ids": ids, "token_type_ids": [0] * (len(a) + 2) + [1] * (len(b) + 1)}
