"""Section 5.6: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

ngram_counts__one_too_few = Edit("len(tokens) - n + 1", "len(tokens) - n")
"""At how many places can an n-gram begin? Count them for a sentence of n tokens."""

ngram_counts__to_the_end = Edit("range(len(tokens) - n + 1)", "range(len(tokens))")
"""How long is an n-gram that begins at the last token? None is shorter than n."""

ngram_counts__shorter_ones_too = Edit(
    "dict(Counter(tuple(tokens[place : place + n]) for place in places))",
    "dict(Counter(tuple(tokens[i : i + m]) for m in range(1, n + 1)"
    " for i in range(len(tokens) - m + 1)))",
)
"""How long is each n-gram? You count shorter ones, too."""

ngram_counts__side_by_side = Edit("range(len(tokens) - n + 1)", "range(0, len(tokens) - n + 1, n)")
"""Do n-grams overlap? The next one begins one token further on."""

ngram_counts__once_each = Edit(
    "dict(Counter(tuple(tokens[place : place + n]) for place in places))",
    "{tuple(tokens[place : place + n]): 1 for place in places}",
)
"""How often does an n-gram occur? Some come again."""

ngram_counts__joined = Edit(
    "tuple(tokens[place : place + n])", '" ".join(tokens[place : place + n])'
)
"""What is an n-gram here: a text, or a tuple of tokens?"""

ngram_counts__sorted = Edit(
    "tuple(tokens[place : place + n])", "tuple(sorted(tokens[place : place + n]))"
)
"""Does it matter in which order the tokens of an n-gram stand?"""

clipped_matches__not_clipped = Edit(
    "sum(min(count, wanted.get(ngram, 0)) for ngram, count in said.items())",
    "sum(count for ngram, count in said.items() if ngram in wanted)",
)
"""A translation says one word six times, and the reference has it twice. How many matches are
that?"""

clipped_matches__kinds = Edit(
    "sum(min(count, wanted.get(ngram, 0)) for ngram, count in said.items())",
    "len(said.keys() & wanted.keys())",
)
"""An n-gram that both have twice is two matches. You count kinds."""

clipped_matches__same_place = Edit(
    "sum(min(count, wanted.get(ngram, 0)) for ngram, count in said.items())",
    "sum(translation[i : i + n] == reference[i : i + n]"
    " for i in range(min(len(translation), len(reference)) - n + 1))",
)
"""Must an n-gram stand at the same place in both? It may stand anywhere."""

clipped_matches__out_of_the_reference = Edit("sum(said.values())", "sum(wanted.values())")
"""The second number counts the n-grams of whom?"""

clipped_matches__kinds_in_all = Edit("sum(said.values())", "len(said)")
"""How many n-grams does the translation have? One that comes twice is two."""

clipped_matches__most = Edit("min(count, wanted.get(ngram, 0))", "wanted.get(ngram, 0)")
"""How often does a match count: as often as the reference has it, or as often as both do?"""

clipped_matches__single_words = Edit(
    "ngram_counts(translation, n), ngram_counts(reference, n)",
    "ngram_counts(translation, 1), ngram_counts(reference, 1)",
)
"""How long are the n-grams that you compare?"""

brevity_penalty__rewards_length = Edit(
    "min(0.0, 1 - wanted / translated)", "1 - wanted / translated"
)
"""Is a long translation rewarded? The factor is never above 1."""

brevity_penalty__turned_round = Edit("wanted / translated", "translated / wanted")
"""What is divided by what? A translation of half the length is e to the power of -1."""

brevity_penalty__turned_round__for_short_ones = Edit(
    "math.exp(min(0.0, 1 - wanted / translated))",
    "1.0 if translated >= wanted else math.exp(1 - translated / wanted)",
)

brevity_penalty__plain_share = Edit(
    "math.exp(min(0.0, 1 - wanted / translated))", "min(1.0, translated / wanted)"
)
"""The factor is no plain share: there is an exponential in it."""

brevity_penalty__nothing_is_perfect = Edit("return 0.0", "return 1.0")
"""How good is a translation without a word?"""

brevity_penalty__punishes_length = Edit(
    "math.exp(min(0.0, 1 - wanted / translated))", "math.exp(-abs(1 - wanted / translated))"
)
"""Is a translation that is too long marked down? Only those that are too short are."""

brevity_penalty__negative = Edit(
    "min(0.0, 1 - wanted / translated)", "max(0.0, 1 - wanted / translated)"
)
"""For which of the two is the factor 1: for those that are too short, or for the others?"""

brevity_penalty__divides_by_zero = Edit("    if translated == 0:\n        return 0.0\n", "")
"""By what do you divide if nothing was translated? That case has an answer of its own."""

bleu__mean_of_sentences = Edit(
    "matches, total = (sum(column) for column in zip(*counts, strict=True))",
    "matches = sum(m / t for m, t in counts if t) / len(counts)\n        total = 1",
)
"""You take the precision of each sentence, and then their mean. The counts of all sentences are
added up first."""

bleu__arithmetic_mean = Edit(
    "        logs += math.log(matches / total) / 4",
    "        logs += matches / total / 4",
    "math.exp(logs)",
    "logs",
)
"""Which mean of the four precisions is asked for? The geometric one is zero as soon as one of them
is."""

bleu__only_words = Edit("for n in (1, 2, 3, 4):", "for n in (1, 1, 1, 1):")
"""BLEU looks at runs of 1, 2, 3 and 4 words. Yours does not care for the order of words."""

bleu__no_penalty = Edit("100 * brevity_penalty(*lengths) * math.exp(logs)", "100 * math.exp(logs)")
"""What happens to a translation of one word that is right? One factor is missing."""

bleu__share = Edit("100 * brevity_penalty", "brevity_penalty")
"""BLEU goes from 0 to 100 here."""

bleu__not_divided = Edit("math.log(matches / total) / 4", "math.log(matches / total)")
"""A product of four precisions is no mean of them yet."""

bleu__penalty_turned_round = Edit("brevity_penalty(*lengths)", "brevity_penalty(*lengths[::-1])")
"""Which of the two is marked down: a translation that is too short, or one that is too long?"""

bleu__up_to_three = Edit("for n in (1, 2, 3, 4):", "for n in (1, 2, 3):", "/ 4", "/ 3")
"""How long are the longest runs that count?"""

bleu__penalty_of_each_sentence = Edit(
    "    return 100 * brevity_penalty(*lengths) * math.exp(logs)",
    "    both = zip(translations, references, strict=True)\n"
    "    penalties = [brevity_penalty(len(said), len(wanted)) for said, wanted in both]\n"
    "    return 100 * sum(penalties) / len(penalties) * math.exp(logs)",
)
"""There is one brevity penalty, for the lengths of all sentences added up."""

bleu__log_of_zero = Edit("        if matches == 0:\n            return 0.0\n", "")
"""What is the logarithm of 0? If one of the four has no match, the answer is known."""

bleu__one_more_each = Edit(
    "math.log(matches / total) / 4", "math.log((matches + 1) / (total + 1)) / 4"
)
"""You add one to matches and totals. That is a way to avoid zeros, and not asked for here."""

chrf__with_spaces = Edit('list(text.replace(" ", ""))', "list(text)")
"""Do spaces count? Take them away first."""

chrf__balanced = Edit("100 * 5 * p * r / (4 * p + r)", "100 * 2 * p * r / (p + r)")
"""Recall counts twice as much as precision. In your mean both count the same."""

chrf__precision_twice = Edit("(4 * p + r)", "(p + 4 * r)")
"""Which of the two counts more: precision or recall?"""

chrf__missing_runs_are_zero = Edit(
    "        if said and wanted:\n            matches, _ = clipped_matches(*texts, n)\n            precisions.append(matches / said)\n            recalls.append(matches / wanted)\n",
    "        matches, _ = clipped_matches(*texts, n)\n        precisions.append(matches / said if said else 0.0)\n        recalls.append(matches / wanted if wanted else 0.0)\n",
)
"""A text of three letters has no run of four. Is it wrong for that? Such an n is left out."""

chrf__up_to_four = Edit("range(1, 7)", "range(1, 5)")
"""How long are the longest runs of letters? chrF looks at six lengths."""

chrf__words = Edit('list(text.replace(" ", ""))', "text.split()")
"""What are the n-grams made of here: words or letters?"""
