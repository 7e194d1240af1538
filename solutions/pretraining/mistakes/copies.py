"""Section 9.2: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

shingles__a_list = Edit('{" ".join(words[start : start + n]) for start in range(count)}',
                        '[" ".join(words[start : start + n]) for start in range(count)]')  # fmt: skip
"""You return a list, in which a run stands as often as it occurs. A set has each run once."""

shingles__the_last_is_missing = Edit("len(words) - n + 1", "len(words) - n")
"""How many runs of two are there in a text of three words? You leave out the last one."""

shingles__one_too_many = Edit("len(words) - n + 1", "len(words) - n + 2")
"""Your last run has fewer than n words, as if the text were longer."""

shingles__to_the_end = Edit("range(count)", "range(len(words))")
"""At the end of the text your runs become shorter and shorter. All have n words, but where the
whole text is shorter."""

shingles__capitals = Edit("text.lower()", "text")
"""“The” and “the” are the same word here."""

shingles__signs = Edit('re.findall(r"\\w+", text.lower())', "text.lower().split()")
"""Signs stick to your words: “cat,” and “cat” are the same word. See what `re.findall` finds."""

shingles__nothing_when_short = Edit("max(1, len(words) - n + 1)", "max(0, len(words) - n + 1)")
"""A text of fewer than n words is one shingle, of all its words. You return an empty set."""

shingles__side_by_side = Edit("range(count)", "range(0, count, n)")
"""You cut the text into pieces that do not overlap. A run begins at every word."""

shingles__of_letters = Edit('re.findall(r"\\w+", text.lower())', "list(text.lower())")
"""You take runs of letters. Runs of words are asked for."""

shingles__glued = Edit('" ".join', '"".join')
"""Between the words of a run stands a space."""

shingles__tuples = Edit('" ".join(words[start : start + n])', "tuple(words[start : start + n])")
"""You return runs as tuples. Join the words of each by spaces."""

jaccard__of_the_first = Edit(
    "len(first & second) / len(either)", "len(first & second) / max(1, len(first))"
)
"""You ask which share of the *first* set is in the second. What either has is the whole."""

jaccard__of_the_second = Edit(
    "len(first & second) / len(either)", "len(first & second) / max(1, len(second))"
)
"""You ask which share of the *second* set is in the first. What either has is the whole."""

jaccard__of_the_smaller = Edit(
    "len(first & second) / len(either)",
    "len(first & second) / max(1, min(len(first), len(second)))",
)
"""A part of the other set looks to you like the same set. What either has is the whole."""

jaccard__of_both_sizes = Edit(
    "len(first & second) / len(either)", "len(first & second) / (len(first) + len(second))"
)
"""You count twice what is in both sets: a set and itself are not half alike."""

jaccard__dice = Edit(
    "len(first & second) / len(either)", "2 * len(first & second) / (len(first) + len(second))"
)
"""Yours is Dice's coefficient: it divides by the mean of the two sizes. Jaccard divides by what
either has."""

jaccard__distance = Edit(
    "len(first & second) / len(either)", "1 - len(first & second) / len(either)"
)
"""You return how *different* they are."""

jaccard__two_empty_sets = Edit("else 1.0", "else 0.0")
"""Two empty sets are the same."""

jaccard__only_common = Edit("len(first & second) / len(either)", "float(len(first & second))")
"""You count what they share. As a share of what?"""

minhash__the_largest = Edit("amin", "amax")
"""You take the largest value of each function. The smallest is asked for."""

minhash__of_a_shingle = Edit(
    "for shingle in shingles]",
    "for shingle in sorted(shingles)]",
    "values.amin(dim=1)",
    "values.amin(dim=0)",
)
"""You take the smallest value of each shingle. Of each *function* it is asked for: which axis must
go?"""

minhash__one_permutation = Edit(
    "return values.amin(dim=1)", "return values[0].sort().values[: len(a)]"
)
"""You use the first function alone, and take its smallest values. Each function gives one number."""

minhash__no_prime = Edit("(a[:, None] * x + b[:, None]) % PRIME", "(a[:, None] * x + b[:, None])")
"""Your numbers are larger than the prime: the last remainder is missing."""

minhash__b_before = Edit(
    "(a[:, None] * x + b[:, None]) % PRIME", "(a[:, None] * (x + b[:, None])) % PRIME"
)
"""First times a, then plus b."""

minhash__no_shift = Edit(" + b[:, None]) % PRIME", ") % PRIME")
"""You leave out b."""

minhash__of_the_numbers = Edit("values.amin(dim=1)", "(a * x.min() + b) % PRIME")
"""You take the smallest shingle first, and hash that. Each function puts the shingles in an order of
its own: hash all, then take the smallest."""

minhash__floats = Edit("% PRIME  # (hash, shingle)", "% PRIME + 0.0")
"""You return floats. The numbers are whole, int64."""

minhash__32_bits = Edit("a[:, None] * x", "(a[:, None] * x).int()")
"""The product of two numbers of 31 bits needs 62: yours overflows."""

minhash__which_one = Edit(
    "for shingle in shingles]",
    "for shingle in sorted(shingles)]",
    "values.amin(dim=1)",
    "values.argmin(dim=1)",
)
"""You say *which* shingle has the smallest value. The value itself is asked for."""

minhash__adler = Edit("zlib.crc32", "zlib.adler32")
"""Yours is Adler-32. The number of a shingle is its CRC-32."""

shingles__of_letters__in_words = Edit(
    're.findall(r"\\w+", text.lower())',
    '" ".join(re.findall(r"\\w+", text.lower()))',
    '" ".join(words[',
    '"".join(words[',
)

shingles__to_the_end__with_the_empty = Edit("range(count)", "range(len(words) or 1)")

jaccard__only_common__of_nothing = Edit(
    "len(first & second) / len(either) if either else 1.0", "float(len(first & second))"
)
