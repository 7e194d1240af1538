"""Wrong answers to `most_likely` in other words, with the hint due."""

import torch


def most_likely__the_probability_itself(words, probabilities):
    """Returns the highest probability as a number instead of its word.

    Hint: probability
    """
    best = max(probabilities.tolist())
    return best


def most_likely__the_place(words, probabilities):
    """Returns the place of the word instead of the word.

    Hint: position
    """
    return int(torch.argmax(probabilities))


def most_likely__word_and_probability(words, probabilities):
    """Returns the word together with its probability.

    Hint: none
    """
    i = probabilities.argmax().item()
    return words[i], probabilities[i].item()


def most_likely__printed(words, probabilities):
    """Prints the word and returns nothing.

    Hint: none
    """
    index = torch.argmax(probabilities)
    print(words[index])


def most_likely__ascending(words, probabilities):
    """Sorts by probability but takes the first, which is the least likely.

    Hint: least_likely
    """
    pairs = sorted(zip(probabilities.tolist(), range(len(words))))
    return words[pairs[0][1]]


def most_likely__last_of_equals(words, probabilities):
    """Keeps the last of several equal words, since it compares with >=.

    Hint: last_of_a_tie
    """
    best, best_word = -1.0, None
    for word, p in zip(words, probabilities):
        if p >= best:
            best, best_word = p, word
    return best_word


def most_likely__looked_up_by_probability(words, probabilities):
    """Looks the word up by its probability in a dictionary, where equal probabilities overwrite.

    Hint: last_of_a_tie
    """
    by_probability = dict(zip(probabilities.tolist(), words))
    return by_probability[max(by_probability)]


def most_likely__sorted_to_the_end(words, probabilities):
    """Sorts and takes the last, which of equals is the last one.

    Hint: last_of_a_tie
    """
    order = sorted(range(len(words)), key=lambda i: probabilities[i].item())
    return words[order[-1]]


def most_likely__alphabet_decides(words, probabilities):
    """Lets the alphabet decide between equals, since pairs of number and word are compared.

    Hint: last_of_a_tie
    """
    return max(zip(probabilities.tolist(), words))[1]


def most_likely__alphabet_only(words, probabilities):
    """Takes the largest word instead of the one with the largest probability.

    Hint: by_the_alphabet
    """
    return max(words)


def most_likely__drawn(words, probabilities):
    """Draws a word by chance instead of taking the likeliest.

    Hint: none
    """
    index = torch.multinomial(probabilities, 1)
    return words[index.item()]


def most_likely__more_than_half(words, probabilities):
    """Looks for a word with more than one half, which there need not be.

    Hint: none
    """
    for i in range(len(words)):
        if probabilities[i] > 0.5:
            return words[i]


def most_likely__all_of_the_best(words, probabilities):
    """Returns a list of all words that share the highest probability.

    Hint: none
    """
    top = probabilities.max()
    return [w for w, p in zip(words, probabilities) if p == top]


def most_likely__in_a_list(words, probabilities):
    """Returns a list with the one word in it.

    Hint: none
    """
    values, indices = torch.topk(probabilities, 1)
    return [words[i] for i in indices]


def most_likely__last_word_never_seen(words, probabilities):
    """Stops one word too early and never looks at the last.

    Hint: none
    """
    best = 0
    for i in range(1, len(words) - 1):
        if probabilities[i] > probabilities[best]:
            best = i
    return words[best]


def most_likely__better_than_the_one_before(words, probabilities):
    """Compares each word with its neighbour instead of with the best so far.

    Hint: better_than_its_neighbour
    """
    best = words[0]
    for i in range(1, len(words)):
        if probabilities[i] > probabilities[i - 1]:
            best = words[i]
    return best


def most_likely__returns_in_the_loop(words, probabilities):
    """Returns inside of the loop, after the first word.

    Hint: first_word
    """
    best = 0
    for word, p in zip(words, probabilities.tolist()):
        if p > best:
            best = p
            answer = word
            return answer


def most_likely__first_on_the_list(words, probabilities):
    """Takes the first word, as if the list were always sorted like the one in the picture.

    Hint: first_word
    """
    return words[0]


def most_likely__argmax_not_called(words, probabilities):
    """Forgets the brackets after argmax.

    Hint: none
    """
    return words[probabilities.argmax]


def most_likely__rounded_to_percent(words, probabilities):
    """Compares whole percents, so that close probabilities count as equal.

    Hint: none
    """
    percent = [round(100 * p) for p in probabilities.tolist()]
    return words[percent.index(max(percent))]


def most_likely__close_to_the_best(words, probabilities):
    """Takes the first word that is as good as equal to the best.

    Hint: none
    """
    for word, p in zip(words, probabilities):
        if torch.isclose(p, probabilities.max()):
            return word
