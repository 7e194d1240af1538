"""Wrong answers to `train_bpe` in other words, with the hint due."""

from solutions.tokenization.reference import (
    best_pair,
    count_pairs,
    merge_pair,
)


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


def train_bpe__pairs_that_do_not_overlap(words, merges):
    """Counts only pairs that could merge at once, so that "aaa" has one.

    Hint: none
    """
    learned = []
    while len(learned) < merges:
        counts = {}
        for word, times in words.items():
            i = 0
            while i < len(word) - 1:
                pair = word[i : i + 2]
                counts[pair] = counts.get(pair, 0) + times
                i += 2 if word[i : i + 3] == (word[i],) * 3 else 1
        if not counts:
            break
        best = best_pair(counts)
        new = 256 + len(learned)
        learned.append(best)
        words = {merge_pair(word, best, new): times for word, times in words.items()}
    return learned
