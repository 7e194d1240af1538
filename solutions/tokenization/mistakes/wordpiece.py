"""Section 1.6, "WordPiece": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

wordpiece_score__count = Edit("pair_count / (first_count * second_count)", "float(pair_count)")
"""This is what byte-pair encoding looks at. What do the counts of the parts do?"""

wordpiece_score__sum = Edit("*", "+")
"""How are the counts of the two parts combined: added or multiplied?"""

wordpiece_score__brackets = Edit("(first_count * second_count)", "first_count * second_count")
"""In which order does Python work out a / b * c?"""

wordpiece_score__first_part_only = Edit("(first_count * second_count)", "first_count")
"""A pair has two parts. Does a frequent second part lower your score?"""

wordpiece_score__upside_down = Edit(
    "pair_count / (first_count * second_count)", "first_count * second_count / pair_count"
)
"""Should the score rise or fall when the pair occurs more often?"""

wordpiece_score__square_root = Edit(
    "(first_count * second_count)", "(first_count * second_count) ** 0.5"
)
"""There is a square root in your formula. Is there one in the task?"""

wordpiece_score__whole_numbers = Edit(
    "pair_count / (first_count * second_count)", "float(pair_count // (first_count * second_count))"
)
"""What is 3 // 4, and what is 3 / 4?"""

wordpiece_encode__shortest_first = Edit(
    "range(len(word), start, -1)", "range(start + 1, len(word) + 1)"
)
"""Several pieces fit at one place: do you try the long ones or the short ones first?"""

wordpiece_encode__without_marks = Edit('"##" if start else ""', '""')
"""How does `vocab` write a piece that continues a word? Look at what you look up."""

wordpiece_encode__hides_the_marks = Edit("append(mark + word", "append(word")
"""You look up the right pieces. How should those that continue a word look in the result?"""

wordpiece_encode__keeps_what_it_had = Edit('["[UNK]"]', '[*tokens, "[UNK]"]')
"""When no piece fits, what becomes of the pieces that were already found?"""

wordpiece_encode__one_letter_unknown = Edit(
    """return ["[UNK]"]
        tokens.append(mark + word[start:end])
        start = end""",
    """tokens.append("[UNK]")
        else:
            tokens.append(mark + word[start:end])
        start = end or start + 1""",
)
"""When no piece fits, you go on after one letter. Is the rest of the word still asked for?"""


def wordpiece_encode__never_ends(word: str, vocab: set[str]) -> list[str]:
    """When no piece fits, does your loop still go on to the next place? It has to end there."""
    tokens, start = [], 0
    while start < len(word):
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            if mark + word[start:end] in vocab:
                tokens.append(mark + word[start:end])
                start = end
                break
    return tokens


def wordpiece_encode__goes_back(word: str, vocab: set[str]) -> list[str]:
    """Your answer finds a way where the longest match gets stuck. May a choice be taken back?"""

    def split(start: int) -> list[str] | None:
        if start == len(word):
            return []
        for end in range(len(word), start, -1):
            token = ("##" if start else "") + word[start:end]
            if token in vocab and (rest := split(end)) is not None:
                return [token, *rest]
        return None

    tokens = split(0)
    return ["[UNK]"] if tokens is None else tokens


def wordpiece_encode__whole_words(word: str, vocab: set[str]) -> list[str]:
    """What happens to a word that is not in `vocab` as a whole?"""
    return [word] if word in vocab else ["[UNK]"]


wordpiece_encode__small_letters = Edit(
    "tokens, start = [], 0", "tokens, start, word = [], 0, word.lower()"
)
"""Compare the letters of your tokens with those of the word: capital or small?"""

wordpiece_encode__a_string = Edit('["[UNK]"]', '"[UNK]"')
"""Your tokens are right. What do you return for a word that gets stuck: a string or a list?"""
