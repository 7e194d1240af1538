"""Wrong answers to `broken_rules` in other words, with the hint due."""

import re

from gradelib.topics.pretraining.words import ENDS, PUNCTUATION, STOP_WORDS


def broken_rules__blank_lines_too(text, least):
    """Counts all lines, blank ones too.

    Hint: blank_lines
    """
    broken = []
    w = text.split()
    if len(w) < least:
        broken.append("short")
    letters = [x for x in w if any(c.isalpha() for c in x)]
    if len(letters) < 0.8 * len(w):
        broken.append("letters")
    if len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2:
        broken.append("stop words")
    lines = text.splitlines()
    if sum(line.rstrip().endswith(ENDS) for line in lines) <= 0.12 * len(lines):
        broken.append("line ends")
    return broken


def broken_rules__at_most_least(text, least):
    """Takes exactly `least` words for too short.

    Hint: exactly_least
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    broken = []
    if len(w) <= least:
        broken.append("short")
    if len([x for x in w if any(c.isalpha() for c in x)]) < 0.8 * len(w):
        broken.append("letters")
    if len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2:
        broken.append("stop words")
    if len([line for line in lines if line.endswith(ENDS)]) <= 0.12 * len(lines):
        broken.append("line ends")
    return broken


def broken_rules__whole_word_of_letters(text, least):
    """Asks the whole word whether it is of letters.

    Hint: only_letters
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(x.isalpha() for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__the_the(text, least):
    """Counts stop words again each time they come.

    Hint: not_different
    """
    w = text.split()
    stops = 0
    for x in w:
        if x.lower().strip(PUNCTUATION) in STOP_WORDS:
            stops += 1
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", stops < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__as_written(text, least):
    """Looks for stop words in the words as they stand.

    Hint: capitals
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(set(w) & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__lower_only(text, least):
    """Lowers the words, and leaves the commas on.

    Hint: signs
    """
    w = text.split()
    found = set(text.lower().split()).intersection(STOP_WORDS)
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(found) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__no_lower(text, least):
    """Strips the words, and leaves capitals.

    Hint: capitals
    """
    w = text.split()
    found = {x.strip(PUNCTUATION) for x in w} & STOP_WORDS
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(found) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__white_space_behind(text, least):
    """Takes a space behind the full stop for the end of the line.

    Hint: white_space
    """
    w = text.split()
    lines = [line for line in text.splitlines() if line.strip() != ""]
    closed = 0
    for line in lines:
        if line[-1] in ENDS:
            closed += 1
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", closed <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__shares(text, least):
    """Divides, and an empty text has nothing to divide by.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) / len(w) < 0.8),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) / len(lines) <= 0.12),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__first_that_breaks(text, least):
    """Stops at the first rule that is broken.

    Hint: the_first
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(w) < least:
        return ["short"]
    elif sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w):
        return ["letters"]
    elif len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2:
        return ["stop words"]
    elif sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines):
        return ["line ends"]
    return []


def broken_rules__less_than_twelve(text, least):
    """Lets a text with just 12% of closed lines pass.

    Hint: exactly_twelve
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) < 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__eighty_or_less(text, least):
    """Rejects a text of which just 80% are words.

    Hint: exactly_eighty
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) <= 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__letters_of_the_text(text, least):
    """Takes the share of characters that are letters.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    characters = "".join(w)
    checks = [
        ("short", len(w) < least),
        ("letters", sum(c.isalpha() for c in characters) < 0.8 * len(characters)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__sorted_names(text, least):
    """Collects names in a set, and sorts them.

    Hint: any.order
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    broken = set()
    if len(w) < least:
        broken.add("short")
    if sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w):
        broken.add("letters")
    if len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2:
        broken.add("stop words")
    if sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines):
        broken.add("line ends")
    return sorted(broken)


def broken_rules__full_stop_only(text, least):
    """Knows only the full stop.

    Hint: only_full_stops
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(".") for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__line_by_newline(text, least):
    """Knows one sort of line break.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__spaces_only(text, least):
    """Takes spaces off the end of a line, and no tab.

    Hint: white_space
    """
    w = text.split()
    lines = [line.rstrip(" ") for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__words_of_another_kind(text, least):
    """Takes stop words out of the words as `re.findall` finds them.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(set(re.findall(r"\w+", text.lower())) & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__signs_erased(text, least):
    """Erases signs inside of words too.

    Hint: none
    """
    w = text.split()
    clean = text.lower()
    for sign in PUNCTUATION:
        clean = clean.replace(sign, "")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(set(clean.split()) & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__signs_to_spaces(text, least):
    """Makes spaces of all signs, and cuts words by them.

    Hint: none
    """
    w = text.split()
    clean = text.lower()
    for sign in PUNCTUATION:
        clean = clean.replace(sign, " ")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(set(clean.split()) & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__one_sign(text, least):
    """Takes one sign off each end.

    Hint: none
    """
    w = text.split()
    bare = [x.lower() for x in w]
    bare = [x[1:] if x[0] in PUNCTUATION else x for x in bare]
    bare = [x[:-1] if x and x[-1] in PUNCTUATION else x for x in bare]
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < 0.8 * len(w)),
        ("stop words", len(STOP_WORDS.intersection(bare)) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__a_to_z(text, least):
    """Looks for letters from a to z.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(bool(re.search("[a-zA-Z]", x)) for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__begins_with_a_letter(text, least):
    """Asks for a letter at the beginning of the word.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(x.strip(PUNCTUATION)[:1].isalpha() for x in w) < 0.8 * len(w)),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__whole_number_of_words(text, least):
    """Rounds 80% of the words down.

    Hint: none
    """
    w = text.split()
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    checks = [
        ("short", len(w) < least),
        ("letters", sum(any(c.isalpha() for c in x) for x in w) < int(0.8 * len(w))),
        ("stop words", len({x.lower().strip(PUNCTUATION) for x in w} & STOP_WORDS) < 2),
        ("line ends", sum(line.endswith(ENDS) for line in lines) <= 0.12 * len(lines)),
    ]
    return [name for name, bad in checks if bad]


def broken_rules__letters_have_two_cases(text, least):
    """Takes for letters what is another sign in upper case.

    Hint: none
    """
    words, lines = text.split(), [line for line in text.splitlines() if line.strip()]
    known = {word.lower().strip(PUNCTUATION) for word in words} & set(STOP_WORDS)
    out = ["short"] if len(words) < least else []
    if sum(word.upper() != word.lower() for word in words) < 0.8 * len(words):
        out.append("letters")
    if len(known) < 2:
        out.append("stop words")
    if sum(line.rstrip().endswith(tuple(ENDS)) for line in lines) <= 0.12 * len(lines):
        out.append("line ends")
    return out
