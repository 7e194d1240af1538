"""Section 1.7, "Tokens that are no words": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

build_pair__no_last_sep = Edit("[*b, sep]", "[*b]")
"""How many [SEP] are there in [CLS] a [SEP] b [SEP]? Look at the end of your ids."""

build_pair__no_cls = Edit("[cls, *a", "[*a")
"""With which token should your ids begin?"""

build_pair__two_cls = Edit("[*b, sep]", "[cls, *b, sep]")
"""How many [CLS] are there in [CLS] a [SEP] b [SEP]?"""

build_pair__two_sep = Edit("[*b, sep]", "[sep, *b, sep]")
"""How many [SEP] stand between `a` and `b`? RoBERTa has two; what has BERT?"""

build_pair__sep_belongs_to_b = Edit("[cls, *a, sep], [*b, sep]", "[cls, *a], [sep, *b, sep]")
"""The ids are right. To which part does the first [SEP] belong?"""

build_pair__specials_are_zero = Edit("[1] * len(second)", "[1] * len(b) + [0]")
"""The ids are right. To which part does the last [SEP] belong?"""

build_pair__all_zero = Edit("[1]", "[0]")
"""How does the model know which tokens are of the second part? Look at the types."""

build_pair__types_from_one = Edit(
    "[0]",
    "[1]",
    "[1]",
    "[2]",
)
"""The two parts are told apart, but with which two numbers?"""

build_pair__types_of_the_words_only = Edit(
    "len(first)",
    "len(a)",
    "len(second)",
    "len(b)",
)
"""Compare the lengths of your two lists. Do special tokens have a type?"""

build_pair__cls_and_sep_swapped = Edit("[cls, *a, sep], [*b, sep]", "[sep, *a, cls], [*b, cls]")
"""Which of the two special ids stands at the beginning?"""
