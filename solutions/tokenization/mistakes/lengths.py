"""Section 1.5, "How long should the list be?": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

tokens_per_word__words_per_token = Edit(
    "sum(map(len, tokenized)) / len(tokenized)", "len(tokenized) / sum(map(len, tokenized))"
)
"""Can a word have fewer tokens than one? Which number do you divide by which?"""

tokens_per_word__characters = Edit(
    "map(len, tokenized)", 'len("".join(tokens)) for tokens in tokenized'
)
"""Do you count the tokens of a word, or the characters of its tokens?"""

tokens_per_word__divides_by_zero = Edit(" if tokenized else 0.0", "")
"""What does your formula divide by when there are no words?"""

tokens_per_word__total = Edit(
    "sum(map(len, tokenized)) / len(tokenized) if tokenized else 0.0",
    "float(sum(map(len, tokenized)))",
)
"""How many tokens are there in all, or how many has one word?"""


def tokens_per_word__only_split_words(tokenized: list[list[str]]) -> float:
    """Do words that stay whole count as words too?"""
    split = [tokens for tokens in tokenized if len(tokens) > 1]
    return sum(map(len, split)) / len(split) if split else 0.0


def tokens_per_word__without_unknown(tokenized: list[list[str]]) -> float:
    """Is a word that became "[UNK]" a word? How many tokens has it?"""
    known = [tokens for tokens in tokenized if tokens != ["[UNK]"]]
    return sum(map(len, known)) / len(known) if known else 0.0


def tokens_per_word__different_words(tokenized: list[list[str]]) -> float:
    """Do words that come again count again?"""
    words = {tuple(tokens) for tokens in tokenized}
    return sum(map(len, words)) / len(words) if words else 0.0


tokens_per_word__whole_numbers = Edit(
    "sum(map(len, tokenized)) / len(tokenized)", "float(sum(map(len, tokenized)) // len(tokenized))"
)
"""What is 7 // 4, and what is 7 / 4?"""

tokens_per_word__median = Edit(
    "sum(map(len, tokenized)) / len(tokenized)",
    "float(sorted(map(len, tokenized))[len(tokenized) // 2])",
)
"""Is your number the average, or what stands in the middle?"""
