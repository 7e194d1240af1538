"""Section 1.2, "Words": known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

split_words__only_white_space = Edit(r're.findall(r"\w+|[^\w\s]", text)', "text.split()")
"""Look at the last token of "The end.": is the full stop a token of its own?"""

split_words__loses_punctuation = Edit(r"|[^\w\s]", "")
"""Join your tokens and compare with the text: which characters have gone?"""

split_words__marks_in_runs = Edit(r"[^\w\s]", r"[^\w\s]+")
"""How many tokens should three full stops in a row give, and how many do you get?"""

split_words__keeps_white_space = Edit(r"[^\w\s]", r"\W")
r"""A space is not a word character, and not a token either. What is `\W`, and what is not?"""

split_words__only_english_letters = Edit(r"\w+|[^\w\s]", r"[A-Za-z0-9_]+|[^A-Za-z0-9_\s]")
"""Try a German and a Greek word. Which letters does your pattern know?"""

split_words__small_letters = Edit(", text)", ", text.lower())")
"""Compare the first letter of the text with that of your first token."""

split_words__each_once = Edit(
    r're.findall(r"\w+|[^\w\s]", text)', r'list(dict.fromkeys(re.findall(r"\w+|[^\w\s]", text)))'
)
"""A text is not a vocabulary: what happens to a word that comes a second time?"""

split_words__loses_digits = Edit(r"\w+|", r"[^\W\d_]+|")
"""What becomes of "room_12"? Digits and the underscore are word characters too."""

build_vocab__one_too_many = Edit("[: size - 1]", "[:size]")
"""How long is your vocabulary for `size=1`? Does "<unk>" take a place?"""

build_vocab__unknown_at_the_end = Edit(
    '["<unk>", *by_frequency[: size - 1]]', '[*by_frequency[: size - 1], "<unk>"]'
)
"""Which id does "<unk>" have in your vocabulary, and which should it have?"""

build_vocab__without_unknown = Edit('["<unk>", *by_frequency[: size - 1]]', "by_frequency[:size]")
"""What stands at position 0 of your vocabulary? A place is needed for words not in it."""

build_vocab__ties_as_they_come = Edit("(-counts[token], token)", "-counts[token]")
"""Look at two tokens that are equally frequent: is their order that of the text, or that of
`sorted`?"""

build_vocab__ties_backwards = Edit(
    "(-counts[token], token)", "(counts[token], token), reverse=True"
)
"""The most frequent come first, but look at two tokens that are equally frequent: does turning the
order round turn theirs as well?"""

build_vocab__rarest_first = Edit("-counts[token]", "counts[token]")
"""Does `sorted` begin with the smallest count or with the largest?"""

build_vocab__by_the_alphabet = Edit(", key=lambda token: (-counts[token], token)", "")
"""Does it matter to your vocabulary how often a token occurs?"""

build_vocab__as_they_come = Edit(
    "sorted(counts, key=lambda token: (-counts[token], token))", "list(counts)"
)
"""Your vocabulary holds the tokens that come first. Which ones should it hold?"""

build_vocab__sorted_after_all = Edit("by_frequency[: size - 1]", "sorted(by_frequency[: size - 1])")
"""The right tokens are there. In which order should they stand after "<unk>"?"""

encode_words__leaves_out_unknown = Edit(
    "ids.get(token, 0) for token in tokens", "ids[token] for token in tokens if token in ids"
)
"""Count the tokens and your ids. What should become of a word that is not in `vocab`?"""

encode_words__stops_at_unknown = Edit("ids.get(token, 0)", "ids[token]")
"""An unknown word is no error: it has an id of its own. Which one?"""

encode_words__not_in_list = Edit("ids.get(token, 0)", "vocab.index(token)")
"""`list.index` raises an error for what it does not find. Which id does such a word get?"""

encode_words__minus_one = Edit(", 0)", ", -1)")
"""Which token of `vocab` would your id for unknown words decode to?"""

encode_words__counts_from_one = Edit("enumerate(vocab)", "enumerate(vocab, start=1)")
"""Look up your ids in `vocab`: is each of them the place of its own token, or of the next?"""

encode_words__any_case = Edit(
    "{token:",
    "{token.lower():",
    "get(token,",
    "get(token.lower(),",
)
"""Is "Tea" in a vocabulary that has "tea"? Look at what you do to the letters."""

encode_words__invents_ids = Edit("get(token, 0)", "setdefault(token, len(ids))")
"""Your unknown words get new ids. How many ids does a vocabulary of this size have?"""

decode_words__one_string = Edit(
    "[vocab[position] for position in ids]", '" ".join(vocab[position] for position in ids)'
)
"""Does the task ask for a string or for a list of tokens?"""

decode_words__one_off = Edit("vocab[position]", "vocab[position - 1]")
"""Which token does your answer give for id 0?"""

decode_words__leaves_out_unknown = Edit("in ids]", "in ids if position]")
"""Count the ids and your tokens. What does id 0 stand for?"""

decode_words__each_once = Edit("in ids", "in dict.fromkeys(ids)")
"""What happens to an id that comes a second time?"""

decode_words__in_the_order_of_the_vocabulary = Edit(
    "[vocab[position] for position in ids]",
    "[token for position, token in enumerate(vocab) if position in ids]",
)
"""Which order should the tokens have: that of the ids, or that of `vocab`?"""


def decode_words__looks_up_words(ids: list[int], vocab: list[str]) -> list[str]:
    """Which way does your dictionary go: from tokens to ids, or from ids to tokens?"""
    tokens = {token: position for position, token in enumerate(vocab)}
    return [tokens.get(position, "<unk>") for position in ids]


unknown_rate__known = Edit("ids.count(0)", "(len(ids) - ids.count(0))")
"""What share do you get when no word is unknown? Which words do you count?"""

unknown_rate__per_cent = Edit("ids.count(0)", "100 * ids.count(0)")
"""Between which two numbers does a share lie?"""

unknown_rate__count = Edit("ids.count(0) / len(ids) if ids else 0.0", "float(ids.count(0))")
"""How often does 0 occur, or how large a part of all ids is it?"""

unknown_rate__divides_by_zero = Edit(" if ids else 0.0", "")
"""What does your formula divide by when there are no ids at all?"""

unknown_rate__of_different_ids = Edit("ids.count(0) / len(ids)", "(0 in ids) / len(set(ids))")
"""Do words that come again count again?"""


def unknown_rate__against_the_known(ids: list[int]) -> float:
    """Do you divide by the number of known ids, or by the number of all ids?"""
    known = len(ids) - ids.count(0)
    return ids.count(0) / known if known else 0.0


unknown_rate__whole_numbers = Edit("ids.count(0) / len(ids)", "float(ids.count(0) // len(ids))")
"""What is 3 // 4, and what is 3 / 4?"""

unknown_rate__rounded = Edit("ids.count(0) / len(ids)", "float(round(ids.count(0) / len(ids)))")
"""Your share is always 0 or 1. What makes it a whole number?"""
