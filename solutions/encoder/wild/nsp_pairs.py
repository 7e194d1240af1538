"""Wrong answers to `nsp_pairs` in other words, with the hint due."""


def nsp_pairs__one_long_text(documents, dice, others):
    """Joins all documents first.

    Hint: across_documents
    """
    text = [sentence for document in documents for sentence in document]
    pairs = []
    for number in range(min(len(dice), len(text) - 1)):
        if dice[number] < 0.5:
            pairs.append((text[number], text[number + 1], 0))
        else:
            pairs.append((text[number], others[number], 1))
    return pairs


def nsp_pairs__one_is_true(documents, dice, others):
    """Says 1 for "it follows".

    Hint: labels_turned_round
    """
    pairs = []
    for document in documents:
        for place in range(1, len(document)):
            number = len(pairs)
            follows = dice[number] < 0.5
            second = document[place] if follows else others[number]
            pairs.append((document[place - 1], second, int(follows)))
    return pairs


def nsp_pairs__high_is_true(documents, dice, others):
    """Takes high dice for "it follows".

    Hint: false_below_half
    """
    pairs = []
    for document in documents:
        for first, second in zip(document, document[1:]):
            number = len(pairs)
            if dice[number] >= 0.5:
                pairs.append((first, second, 0))
            else:
                pairs.append((first, others[number], 1))
    return pairs


def nsp_pairs__by_twos(documents, dice, others):
    """Goes on by two sentences.

    Hint: every_second_sentence
    """
    pairs = []
    for document in documents:
        for place in range(0, len(document) - 1, 2):
            number = len(pairs)
            true = dice[number] < 0.5
            second = document[place + 1] if true else others[number]
            pairs.append((document[place], second, 0 if true else 1))
    return pairs


def nsp_pairs__next_of_the_others(documents, dice, others):
    """Takes the others one after the other.

    Hint: others_used_up_in_turn
    """
    pairs, used = [], 0
    for document in documents:
        for first, second in zip(document, document[1:]):
            if dice[len(pairs)] < 0.5:
                pairs.append((first, second, 0))
            else:
                pairs.append((first, others[used], 1))
                used += 1
    return pairs


def nsp_pairs__looked_up(documents, dice, others):
    """Looks up where the first sentence stands; it may stand at several places.

    Hint: none
    """
    pairs = []
    for document in documents:
        for first in document[:-1]:
            second, number = document[document.index(first) + 1], len(pairs)
            true = dice[number] < 0.5
            pairs.append((first, second, 0) if true else (first, others[number], 1))
    return pairs


def nsp_pairs__label_by_equality(documents, dice, others):
    """Says 1 only where the second sentence differs from the one that follows.

    Hint: none
    """
    pairs = []
    for document in documents:
        for first, follows in zip(document, document[1:], strict=False):
            number = len(pairs)
            second = follows if dice[number] < 0.5 else others[number]
            pairs.append((first, second, int(second != follows)))
    return pairs
