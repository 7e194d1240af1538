"""Sections 1.2 to 1.6: other spellings of known mistakes of notebook 01: they earn the hints of those."""

from collections import Counter
from itertools import pairwise

from gradelib.author.edits import Edit

split_words__loses_digits__letters_only = Edit(r'r"\w+|[^\w\s]"', r'r"[^\W\d_]+|[^\s]"')
split_words__loses_digits__underscore_apart = Edit(r'r"\w+|[^\w\s]"', r'r"[^\W_]+|[^\w\s]|_"')
split_words__loses_digits__digits_apart = Edit(r'r"\w+|[^\w\s]"', r'r"[^\W\d]+|\d+|[^\w\s]"')
split_words__marks_in_runs__word_borders = Edit(
    r're.findall(r"\w+|[^\w\s]", text)', r're.findall(r"\w+|[^\w\s](?:\s*[^\w\s])*", text)'
)
split_words__keeps_white_space__split = Edit(
    r're.findall(r"\w+|[^\w\s]", text)', r're.split(r"(\W)", text)'
)
encode_words__any_case__small = Edit("ids.get(token, 0)", "ids.get(token.lower(), 0)")
encode_words__invents_ids__one_for_all = Edit("ids.get(token, 0)", "ids.get(token, len(vocab))")


def count_pairs__across_words__as_one_text(
    words: dict[tuple[int, ...], int],
) -> dict[tuple[int, int], int]:
    text = [one for ids, times in words.items() for one in ids * times]
    return dict(Counter(pairwise(text)))


best_pair__with_its_count__in_a_list = Edit(
    "min(counts, key=lambda pair: (-counts[pair], pair))",
    "[min((-times, pair) for pair, times in counts.items())]",
)
train_bpe__new_ids_too__in_pairs = Edit("learned.append(pair)", "learned.append((pair, new_id))")
encode_bpe__ids_from_257__from_zero = Edit("256 + place", "place")
unknown_rate__of_different_ids__below = Edit("len(ids)", "len(set(ids))")


def tokens_per_word__median__of_statistics(tokenized: list[list[str]]) -> float:
    from statistics import median

    return float(median(map(len, tokenized))) if tokenized else 0.0


tokens_per_word__characters__of_a_token = Edit(
    "sum(map(len, tokenized)) / len(tokenized) if tokenized else 0.0",
    "sum(len(t) for one in tokenized for t in one) / max(1, sum(map(len, tokenized)))",
)
tokens_per_word__without_unknown__tokens = Edit(
    "sum(map(len, tokenized))", 'sum(token != "[UNK]" for one in tokenized for token in one)'
)
wordpiece_score__first_part_only__squared = Edit("first_count * second_count", "first_count**2")
wordpiece_encode__without_marks__in_the_result = Edit(
    "if mark + word[start:end] in vocab", "if word[start:end] in vocab"
)
wordpiece_encode__keeps_what_it_had__and_ends = Edit('return ["[UNK]"]', "break")
