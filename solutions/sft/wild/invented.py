"""Wrong answers to `invented` in other words, with the hint due."""

import re
import string


def _says(text, word):
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def invented__in(answer, story, words):
    """Looks for the letters: "hen" is in "when".

    Hint: inside_words
    """
    a, s = answer.lower(), story.lower()
    return any(w.lower() in a and w.lower() not in s for w in words)


def invented__letters_of_the_story(answer, story, words):
    """Whole words in the answer, letters in the story.

    Hint: story_as_letters
    """
    s = story.lower()
    for w in words:
        found = re.search(rf"(?<!\w){re.escape(w)}(?!\w)", answer, flags=re.I)
        if found and w.lower() not in s:
            return True
    return False


def invented__letters_of_the_answer(answer, story, words):
    """Whole words in the story, letters in the answer.

    Hint: inside_words
    """
    for w in words:
        in_story = re.search(rf"(?<!\w){re.escape(w)}(?!\w)", story, flags=re.I)
        if w.lower() in answer.lower() and not in_story:
            return True
    return False


def invented__split(answer, story, words):
    """Splits at spaces, so that a comma sticks to its word.

    Hint: none
    """
    a, s = answer.lower().split(), story.lower().split()
    return any(w.lower() in a and w.lower() not in s for w in words)


def invented__split_and_stripped(answer, story, words):
    """Takes commas off, but knows single words only.

    Hint: none
    """

    def tokens(text):
        return {t.strip(string.punctuation) for t in text.lower().split()}

    new = tokens(answer) - tokens(story)
    return any(w.lower() in new for w in words)


def invented__findall(answer, story, words):
    """Takes sets of words, where two words are never one.

    Hint: none
    """
    a = set(re.findall(r"\w+", answer.lower()))
    s = set(re.findall(r"\w+", story.lower()))
    return any(w.lower() in a and w.lower() not in s for w in words)


def invented__every_part(answer, story, words):
    """Counts a word of two parts where both parts stand somewhere.

    Hint: none
    """

    def says(text, word):
        have = set(re.findall(r"\w+", text.lower()))
        return all(part in have for part in re.findall(r"\w+", word.lower()))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__padded_with_spaces(answer, story, words):
    """Puts a space on both sides, so that a full stop hides a word.

    Hint: none
    """
    a, s = f" {answer.lower()} ", f" {story.lower()} "
    return any(f" {w.lower()} " in a and f" {w.lower()} " not in s for w in words)


def invented__punctuation_becomes_space(answer, story, words):
    """Turns all signs to spaces, also those that keep two words apart.

    Hint: none
    """

    def clean(text):
        return " " + " ".join(re.sub(r"\W", " ", text.lower()).split()) + " "

    return any(clean(w) in clean(answer) and clean(w) not in clean(story) for w in words)


def invented__case_counts(answer, story, words):
    """Forgets capitals.

    Hint: capitals_matter
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__word_not_lowered(answer, story, words):
    """Writes the texts small, but not the word.

    Hint: capitals_matter
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text.lower()))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__story_not_lowered(answer, story, words):
    """Writes the answer small, but not the story.

    Hint: capitals_matter
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w){re.escape(w.lower())}(?!\w)", text))

    return any(says(answer.lower(), w) and not says(story, w) for w in words)


def invented__answer_not_lowered(answer, story, words):
    """Writes the story small, but not the answer.

    Hint: capitals_matter
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w){re.escape(w.lower())}(?!\w)", text))

    return any(says(answer, w) and not says(story.lower(), w) for w in words)


def invented__word_boundary(answer, story, words):
    r"""Uses \b, which wants a letter at the edge of the word itself.

    Hint: edge_of_a_word
    """

    def says(text, w):
        return bool(re.search(rf"\b{re.escape(w)}\b", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__pattern(answer, story, words):
    """Takes the word for a pattern, in which a dot is any letter.

    Hint: pattern
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w)(?:{w})(?!\w)", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__letters_only_beside(answer, story, words):
    """Only letters may not stand beside it: digits and underscores may.

    Hint: none
    """

    def says(text, w):
        return bool(re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__no_underscore_beside(answer, story, words):
    """Letters and digits may not stand beside it; an underscore may.

    Hint: none
    """

    def says(text, w):
        return bool(re.search(rf"(?<![^\W_]){re.escape(w)}(?![^\W_])", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__english_letters(answer, story, words):
    """Takes only English letters for letters.

    Hint: none
    """

    def says(text, w):
        pattern = rf"(?<![a-zA-Z0-9_]){re.escape(w)}(?![a-zA-Z0-9_])"
        return bool(re.search(pattern, text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__left_side_only(answer, story, words):
    """Looks only at what stands before: "hen" in "hens".

    Hint: inside_words
    """

    def says(text, w):
        return bool(re.search(rf"(?<!\w){re.escape(w)}", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__right_side_only(answer, story, words):
    """Looks only at what stands behind.

    Hint: inside_words
    """

    def says(text, w):
        return bool(re.search(rf"{re.escape(w)}(?!\w)", text, re.I))

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__first_place_only(answer, story, words):
    """Looks at the first place where the letters stand, and no further.

    Hint: none
    """

    def says(text, w):
        text, w = text.lower(), w.lower()
        i = text.find(w)
        if i < 0:
            return False
        before, after = text[max(0, i - 1) : i], text[i + len(w) : i + len(w) + 1]
        return not re.match(r"\w", before) and not re.match(r"\w", after)

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__all(answer, story, words):
    """All words that are named must be invented, and none may be true.

    Hint: one_right_is_enough
    """
    named = [w for w in words if _says(answer, w)]
    return bool(named) and all(not _says(story, w) for w in named)


def invented__first_named(answer, story, words):
    """Looks at the first word that the answer names.

    Hint: one_right_is_enough
    """
    for w in words:
        if _says(answer, w):
            return not _says(story, w)
    return False


def invented__story_ignored(answer, story, words):
    """Any of the words in the answer is invented.

    Hint: story_not_read
    """
    return any(_says(answer, w) for w in words)


def invented__other_way(answer, story, words):
    """Asks what the story says and the answer leaves out.

    Hint: left_out
    """
    return any(_says(story, w) and not _says(answer, w) for w in words)


def invented__opposite(answer, story, words):
    """Says whether all is true.

    Hint: none
    """
    return not any(_says(answer, w) and not _says(story, w) for w in words)


def invented__any_new_word(answer, story, words):
    """Any word that the story lacks is invented, in the list or not.

    Hint: none
    """
    return any(not _says(story, w) for w in re.findall(r"\w+", answer))


def invented__every_word(answer, story, words):
    """Asks whether the answer names every one of the words.

    Hint: all_of_them
    """
    return all(_says(answer, w) and not _says(story, w) for w in words)


def invented__the_words(answer, story, words):
    """Returns the words themselves.

    Hint: none
    """
    return [w for w in words if _says(answer, w) and not _says(story, w)]


def invented__counts(answer, story, words):
    """More often in the answer than in the story.

    Hint: none
    """

    def count(text, w):
        return len(re.findall(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.I))

    return any(count(answer, w) > count(story, w) for w in words)


def invented__boundaries(answer, story, words):
    """Wants a boundary of a word at both ends, whatever stands there.

    Hint: edge_of_a_word
    """
    for word in words:
        whole = re.compile(r"\b" + re.escape(word.lower()) + r"\b")
        if whole.search(answer.lower()) and not whole.search(story.lower()):
            return True
    return False


def invented__one_pattern(answer, story, words):
    """Looks for all words by one pattern, in the order of the list.

    Hint: one_pattern
    """
    if not words:
        return False
    pattern = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, words)) + r")(?!\w)", re.I)
    named, told = ({one.lower() for one in pattern.findall(text)} for text in (answer, story))
    return bool(named - told)


def invented__longest_first(answer, story, words):
    """Looks for all words by one pattern, the longest first.

    Hint: one_pattern
    """
    if not words:
        return False
    ordered = map(re.escape, sorted(words, key=len, reverse=True))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(ordered) + r")(?!\w)", re.I)
    named, told = ({one.lower() for one in pattern.findall(text)} for text in (answer, story))
    return not named <= told


def invented__apostrophe_is_a_letter(answer, story, words):
    """Takes an apostrophe for a letter.

    Hint: none
    """

    def says(text, word):
        return re.search(rf"(?<![\w']){re.escape(word)}(?![\w'])", text, re.I) is not None

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__hyphen_is_a_letter(answer, story, words):
    """Takes a hyphen for a letter.

    Hint: none
    """

    def says(text, word):
        return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.I) is not None

    return any(says(answer, w) and not says(story, w) for w in words)


def invented__signs_to_blanks(answer, story, words):
    """Makes blanks of all signs in both texts, and not in the words.

    Hint: signs_taken_away
    """
    a, s = (" " + re.sub(r"[^\w]", " ", text.lower()) + " " for text in (answer, story))
    return any(f" {w.lower()} " in a and f" {w.lower()} " not in s for w in words)
