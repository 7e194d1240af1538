"""Section 9.1: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit
from gradelib.topics.pretraining.words import ENDS, PUNCTUATION, STOP_WORDS

broken_rules__kept = Edit("if is_broken", "if not is_broken")
"""You name the rules that the text keeps. Those that it breaks are asked for."""

broken_rules__the_first = Edit("if is_broken]", "if is_broken][:1]")
"""You name one rule at most. A text can break several: name all of them."""

broken_rules__capitals = Edit("word.lower().strip", "word.strip")
"""A stop word in capitals, as at the beginning of a sentence, is one all the same."""

broken_rules__signs = Edit(".strip(PUNCTUATION)", "")
"""A stop word with a comma or a quotation mark beside it is one all the same."""

broken_rules__signs__only_behind = Edit("lower().strip", "lower().rstrip")

broken_rules__not_different = Edit(
    "known = {word.lower().strip(PUNCTUATION) for word in words} & STOP_WORDS",
    "known = [w for w in words if w.lower().strip(PUNCTUATION) in STOP_WORDS]",
)
"""One stop word that occurs twice is one. Two different ones are needed."""

broken_rules__parts = Edit(
    "known = {word.lower().strip(PUNCTUATION) for word in words} & STOP_WORDS",
    "known = {one for one in STOP_WORDS if one in text.lower()}",
)
"""You find stop words inside of other words: there is a “the” in “there”."""

broken_rules__only_letters = Edit("any(map(str.isalpha, word))", "word.isalpha()")
"""You ask for words of letters alone. One letter is enough: “end.” and “x2” have one."""

broken_rules__blank_lines = Edit("if line.strip()]", "]")
"""You count blank lines too. They have no end that could be right."""

broken_rules__white_space = Edit("line.rstrip().endswith", "line.endswith")
"""White space behind the full stop hides it from you."""

broken_rules__only_full_stops = Edit("endswith(ENDS)", "endswith('.')")
"""You look for full stops alone. See what is in `ENDS`."""

broken_rules__exactly_twelve = Edit("closed <= 0.12", "closed < 0.12")
"""What of a text of which exactly 12% of the lines end well? “At most” includes that."""

broken_rules__exactly_eighty = Edit("with_letters < 0.8", "with_letters <= 0.8")
"""What of a text in which exactly 80% of the words have a letter? “Fewer” does not include that."""

broken_rules__exactly_least = Edit("len(words) < least", "len(words) <= least")
"""`least` words are enough. You call a text short that has just as many."""

broken_rules__one_is_enough = Edit("len(known) < 2", "len(known) < 1")
"""You are content with one stop word. Two different ones are needed."""

broken_rules__characters = Edit("len(words) < least", "len(text) < least")
"""You count characters. `least` is a number of words."""


def broken_rules__twenty(text: str, least: int) -> list[str]:
    """How many words there must be is an argument: `least`."""
    words, lines = text.split(), [line for line in text.splitlines() if line.strip()]
    known = {word.lower().strip(PUNCTUATION) for word in words} & STOP_WORDS
    found = ["short"] if len(words) < 20 else []
    if sum(any(map(str.isalpha, word)) for word in words) < 0.8 * len(words):
        found.append("letters")
    if len(known) < 2:
        found.append("stop words")
    if sum(line.rstrip().endswith(ENDS) for line in lines) <= 0.12 * len(lines):
        found.append("line ends")
    return found
