"""Sections 10.6 and 10.9: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

obey_rate__percent = Edit("return rate,", "return 100 * rate,")
"""You return percent. A share between 0 and 1 is asked for."""

obey_rate__count = Edit("return rate,", "return sum(obeyed),")
"""You return how many instructions were obeyed. The share of them is asked for."""

obey_rate__no_root = Edit(
    "math.sqrt(rate * (1 - rate) / len(obeyed))", "rate * (1 - rate) / len(obeyed)"
)
"""You return the square of the standard error. Where is the root?"""

obey_rate__one_less = Edit(
    "math.sqrt(rate * (1 - rate) / len(obeyed))",
    "math.sqrt(rate * (1 - rate) / max(1, len(obeyed) - 1))",
)
"""You divide by one less than the number of instructions. The formula divides by n."""

obey_rate__of_one_answer = Edit(
    "math.sqrt(rate * (1 - rate) / len(obeyed))", "math.sqrt(rate * (1 - rate))"
)
"""That is the spread of a single answer. The error of a mean becomes smaller with more of them: divide
by n."""

obey_rate__by_n = Edit(
    "math.sqrt(rate * (1 - rate) / len(obeyed))", "math.sqrt(rate * (1 - rate)) / len(obeyed)"
)
"""You divide by n outside the root. Inside it stands p (1 - p) / n."""

obey_rate__without_what_failed = Edit("rate * (1 - rate)", "rate")
"""Under the root stands p (1 - p), and not p alone."""

obey_rate__two_errors = Edit("math.sqrt(rate", "2 * math.sqrt(rate")
"""You return two standard errors. One is asked for."""

obey_rate__failed = Edit("rate = sum(obeyed) / len(obeyed)", "rate = 1 - sum(obeyed) / len(obeyed)")
"""You return the share that was *not* obeyed."""

by_kind__sorted = Edit(
    "for kind, group in groups.items()", "for kind, group in sorted(groups.items())"
)
"""Your kinds stand in another order. They stand in the order in which each of them comes first."""

by_kind__over_all = Edit("obey_rate(group)", "obey_rate(obeyed)")
"""Each kind gets the rate of all instructions. Of which ones is its own?"""

by_kind__only_rates = Edit("obey_rate(group)", "obey_rate(group)[0]")
"""The standard errors are missing: `obey_rate` gives both."""

by_kind__lists = Edit("obey_rate(group)", "list(obey_rate(group))")
"""You return lists. What `obey_rate` says is a tuple."""

by_kind__answers = Edit("obey_rate(group)", "group")
"""You return the answers of each kind. What does `obey_rate` say of them?"""

by_kind__only_obeyed = Edit(
    "groups.setdefault(kind, []).append(yes)",
    "groups.setdefault(kind, []).extend([yes] if yes or kind not in groups else [])",
)
"""You leave out what was not obeyed. Then each rate is too high."""

by_kind__last_answer = Edit("groups.setdefault(kind, []).append(yes)", "groups[kind] = [yes]")
"""You keep only the last answer of each kind."""

by_kind__neighbours = Edit(
    "groups.setdefault(kind, []).append(yes)",
    "groups[kind] = ([*groups[kind], yes] if list(groups)[-1:] == [kind] else [yes])",
)
"""You begin anew where a kind comes again. All answers of a kind belong together."""

rate_difference__other_way = Edit("after - before", "before - after")
"""You subtract the second from the first. By how much does the *second* obey more often?"""

rate_difference__as_if_apart = Edit(
    "variance = sum(d * d for d in apart) / len(apart) - mean**2",
    "p, q = sum(first) / len(first), sum(second) / len(second)\n"
    "    variance = p * (1 - p) + q * (1 - q)",
)
"""You add the errors of both, as if each had answered other instructions. They have answered the same
ones: where both agree, nothing is uncertain. Take the variance of d."""

rate_difference__mean_not_taken_away = Edit(" - mean**2", "")
"""You take the mean of the squares. The square of the mean is to be taken away from it."""

rate_difference__one_less = Edit(
    "math.sqrt(variance / len(apart))", "math.sqrt(variance / max(1, len(apart) - 1))"
)
"""You divide by one less than the number of instructions. The formula divides by n."""

rate_difference__no_root = Edit("math.sqrt(variance / len(apart))", "variance / len(apart)")
"""You return the square of the standard error. Where is the root?"""

rate_difference__spread = Edit("math.sqrt(variance / len(apart))", "math.sqrt(variance)")
"""That is the spread of d. The error of its mean becomes smaller with more instructions."""

rate_difference__without_a_sign = Edit("after - before", "abs(after - before)")
"""You count how often they differ. It has a sign: -1 where only the first obeyed."""

rate_difference__only_where_they_differ = Edit(
    "return mean, math",
    "apart = [d for d in apart if d] or [0]\n    mean = sum(apart) / len(apart)\n    return mean, math",
)
"""You leave out where both agree. There d is 0, and it counts."""

rate_difference__of_one_model = Edit(
    "variance = sum(d * d for d in apart) / len(apart) - mean**2",
    "variance = abs(mean) * (1 - abs(mean))",
)
"""You use p (1 - p) for a difference. d has three values: take the mean of its squares less the square
of its mean."""

invented__inside_words = Edit(r'rf"(?<!\w){re.escape(word)}(?!\w)"', "re.escape(word)")
"""You find words inside others: “hen” in “when”. A word counts where it stands as a whole."""

invented__capitals_matter = Edit(", re.IGNORECASE", "")
"""A word with a capital is the same word. You find only one of the two."""

invented__story_not_read = Edit(" and not says(story, word)", "")
"""What the story says is not invented. You do not look into the story."""

invented__all_of_them = Edit("return any(", "return bool(words) and all(")
"""You want all words to be invented. One is enough."""

invented__in_the_story = Edit("and not says(story, word)", "and says(story, word)")
"""You say whether the answer names what the story *does* say."""

invented__one_right_is_enough = Edit(
    "return any(says(answer, word) and not says(story, word) for word in words)",
    "named = [word for word in words if says(answer, word)]\n"
    "    return bool(named) and not any(says(story, word) for word in named)",
)
"""An answer that names something right may name something invented beside it. Look at each word by
itself."""

invented__pattern = Edit("re.escape(word)", "word")
"""A full stop in a word stands for itself. In a pattern it stands for any character: `re.escape`
helps."""

invented__story_as_letters = Edit("not says(story, word)", "word.lower() not in story.lower()")
"""In the story you find words inside others: “hen” in “then”. So what was invented passes for told."""

invented__left_out = Edit(
    "says(answer, word) and not says(story, word)", "says(story, word) and not says(answer, word)"
)
"""You ask what the story says and the answer does not. It is the other way round."""

invented__says_nothing = Edit(
    "return any(says(answer, word)",
    'return any(answer != "The story does not say." and bool(answer)',
)
"""You take each answer that names nothing of the story for an invention. Does it name one of the words
at all?"""

obey_rate__percent__both = Edit("return rate, math.sqrt(", "return 100 * rate, 100 * math.sqrt(")

obey_rate__two_errors__exactly = Edit("math.sqrt(rate", "1.96 * math.sqrt(rate")

obey_rate__one_less__statistics = Edit(
    "return rate, math.sqrt(rate * (1 - rate) / len(obeyed))",
    "import statistics\n\n"
    "    return rate, statistics.stdev(map(float, obeyed)) / math.sqrt(len(obeyed))",
)

by_kind__neighbours__alone = Edit(
    "for kind, yes in zip(kinds, obeyed, strict=True):",
    "for place, (kind, yes) in enumerate(zip(kinds, obeyed, strict=True)):",
    "groups.setdefault(kind, []).append(yes)",
    "groups[kind] = [*groups[kind], yes] if place and kinds[place - 1] == kind else [yes]",
)

rate_difference__by_n = Edit("math.sqrt(variance / len(apart))", "math.sqrt(variance) / len(apart)")
"""You divide by n outside the root. Inside it stands the variance of d / n."""

rate_difference__two_n = Edit(
    "math.sqrt(variance / len(apart))", "math.sqrt(variance / len(apart) / 2)"
)
"""You divide by the number of answers of both models. n is the number of instructions: each has one d."""

rate_difference__one_less__of_one = Edit(
    "math.sqrt(variance / len(apart))", "math.sqrt(variance / (len(apart) - 1))"
)

rate_difference__only_where_they_differ__throughout = Edit(
    "zip(first, second, strict=True)]", "zip(first, second, strict=True) if before != after] or [0]"
)

invented__inside_words__of_the_answer = Edit(
    "says(answer, word) and", "word.lower() in answer.lower() and"
)

invented__inside_words__at_the_end = Edit(r"(?<!\w){", "{")

invented__inside_words__at_the_front = Edit(r"}(?!\w)", "}")

invented__capitals_matter__in_the_story = Edit(
    "not says(story, word)", r'not re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", story)'
)

invented__capitals_matter__in_the_answer = Edit(
    "says(answer, word) and", r're.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", answer) and'
)

invented__capitals_matter__in_the_word = Edit("text, re.IGNORECASE", "text.lower()")

invented__all_of_them__even_none = Edit("return any(", "return all(")

rate_difference__as_if_apart__added = Edit(
    "math.sqrt(variance / len(apart))", "obey_rate(first)[1] + obey_rate(second)[1]"
)

invented__edge_of_a_word = Edit(r'rf"(?<!\w){re.escape(word)}(?!\w)"', r'rf"\b{re.escape(word)}\b"')
"""Your search misses a word that begins or ends with a sign. `\\b` wants a letter on one side and none
on the other. What is asked: no letter *beside* the word, whatever its own ends are."""

invented__one_pattern = Edit(
    "return any(says(answer, word) and not says(story, word) for word in words)",
    "pattern = rf\"(?<!\\w)({'|'.join(map(re.escape, words)) or '(?!)'})(?!\\w)\"\n"
    "    named, told = (re.findall(pattern, text.lower(), re.I) for text in (answer, story))\n"
    "    return not set(named) <= set(told)",
)
"""You look for all words at once. Where one has been found, no other is found at that place, and who
says “apple strudel” says “apple” too: look for each word by itself."""

invented__one_pattern__longest_first = Edit(
    "return any(says(answer, word) and not says(story, word) for word in words)",
    "longest = sorted(words, key=len, reverse=True)\n"
    "    pattern = rf\"(?<!\\w)({'|'.join(map(re.escape, longest)) or '(?!)'})(?!\\w)\"\n"
    "    named, told = (re.findall(pattern, text.lower(), re.I) for text in (answer, story))\n"
    "    return not set(named) <= set(told)",
)

invented__signs_taken_away = Edit(
    'pattern = rf"(?<!\\w){re.escape(word)}(?!\\w)"',
    'text = re.sub(r"[^\\w]", " ", text)\n        pattern = rf"(?<!\\w){re.escape(word)}(?!\\w)"',
)
"""You take signs such as full stops out of the texts, and not out of the words: “St. Anna” is found
nowhere. Look for the word in the text as it is."""
