"""Section 12.7: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

build_prompt__skips_long_ones = Edit(
    "        left -= len(passage.split())\n        if left < 0:\n            break\n",
    "        if len(passage.split()) > left:\n            continue\n        left -= len(passage.split())\n",
)
"""You leave out a passage that does not fit and go on with the next. The first that does not fit ends
it."""

build_prompt__no_limit = Edit("if left < 0:", "if False:")
"""All passages stand in your prompt. How many words may they have together?"""

build_prompt__limit_of_each = Edit(
    "left -= len(passage.split())", "left = limit - len(passage.split())"
)
"""The limit holds for all passages together, not for each."""

build_prompt__less_than_the_limit = Edit("if left < 0:", "if left <= 0:")
"""Passages that have just as many words as there is room for fit."""

build_prompt__one_too_many = Edit(
    "        left -= len(passage.split())\n        if left < 0:\n            break\n",
    "        if left < 0:\n            break\n        left -= len(passage.split())\n",
)
"""You take a passage that does not fit any more, and stop then."""

build_prompt__letters = Edit("len(passage.split())", "len(passage)")
"""You count letters. The limit is one of words."""

build_prompt__blanks = Edit("len(passage.split())", "len(passage.split(' '))")
"""Two blanks make no word between them: `split` without an argument knows that."""

build_prompt__from_zero = Edit("start=1", "start=0")
"""The first passage has the number 1."""

build_prompt__no_numbers = Edit('f"[{number}] {passage}"', "passage")
"""Your passages have no numbers."""

build_prompt__no_empty_lines = Edit('"\\n\\n".join(part', '"\\n".join(part')
"""Between the parts stands an empty line. How many line ends make one?"""

build_prompt__apart = Edit('"\\n".join(lines)', '"\\n\\n".join(lines)')
"""Between two passages stands no empty line, only between the parts."""

build_prompt__worst_first = Edit('"\\n".join(lines)', '"\\n".join(lines[::-1])')
"""Your passages come the worst first."""

build_prompt__an_empty_part = Edit("for part in parts if part", "for part in parts")
"""Where no passage is taken, nothing is left of its part, no empty line either."""

build_prompt__a_blank_at_the_end = Edit("\\nAnswer:", "\\nAnswer: ")
"""A blank stands behind your last colon. The answer brings its own: with yours the model would see
tokens that it has seldom seen."""

build_prompt__question_first = Edit(
    'parts = [instruction, "\\n".join(lines), f"Question: {question}\\nAnswer:"]',
    'parts = [instruction, f"Question: {question}", "\\n".join(lines), "Answer:"]',
)
"""The question stands behind the passages, side by side with the answer."""


abstain__more_than = Edit("scores >= threshold", "scores > threshold")
"""A score that is just the threshold is high enough."""

abstain__unsure_ones = Edit("scores >= threshold", "scores < threshold")
"""You answer where the score is *low*."""

abstain__right_of_all = Edit("right[answered].float().mean()", "(right & answered).float().mean()")
"""Your second share is one of all questions. It is one of those that are answered."""

abstain__all_right_ones = Edit("right[answered].float().mean()", "right.float().mean()")
"""Your second share counts questions too that are not answered."""

abstain__swapped = Edit(
    "answered.float().mean().item(), right[answered].float().mean().item()",
    "right[answered].float().mean().item(), answered.float().mean().item()",
)
"""First how many are answered, then how many of these are right."""

abstain__not_a_number = Edit("    if not answered.any():\n        return 0.0, 0.0\n", "")
"""The mean of nothing is not a number. What has who answers nothing?"""

abstain__perfect_silence = Edit("return 0.0, 0.0", "return 0.0, 1.0")
"""Who answers nothing has 0 and 0."""

abstain__counts = Edit(
    "answered.float().mean().item(), right[answered].float().mean().item()",
    "float(answered.sum()), float(right[answered].sum())",
)
"""You return how many there are. Shares are asked for."""

abstain__good_decisions = Edit(
    "right[answered].float().mean()", "(right == answered).float().mean()"
)
"""You count silence as right where an answer would be wrong. Your second share is only about what is
answered."""

abstain__share_not_answered = Edit(
    "answered.float().mean().item(), right", "(~answered).float().mean().item(), right"
)
"""Your first share is that of the questions which are *not* answered."""


abstain__share_not_answered__nothing_said = Edit(
    "answered.float().mean().item(), right", "(~answered).float().mean().item(), right",
    "return 0.0, 0.0", "return 1.0, 0.0",
)  # fmt: skip

abstain__all_right_ones__nothing_said = Edit(
    "    if not answered.any():\n        return 0.0, 0.0\n", "",
    "right[answered].float().mean()", "right.float().mean()",
)  # fmt: skip

abstain__good_decisions__nothing_said = Edit(
    "    if not answered.any():\n        return 0.0, 0.0\n", "",
    "right[answered].float().mean()", "(right == answered).float().mean()",
)  # fmt: skip

build_prompt__worst_first__numbered_again = Edit(
    "    parts = [instruction",
    "    lines = [\n        f'[{place}] {line.partition(\"] \")[2]}'\n"
    "        for place, line in enumerate(lines[::-1], start=1)\n    ]\n    parts = [instruction",
)


def build_prompt__skips_long_ones__numbered_again(
    instruction: str, question: str, passages: list[str], limit: int
) -> str:
    taken: list[str] = []
    for passage in passages:
        if sum(len(one.split()) for one in [*taken, passage]) <= limit:
            taken.append(passage)
    lines = [f"[{number}] {passage}" for number, passage in enumerate(taken, start=1)]
    parts = [instruction, "\n".join(lines), f"Question: {question}\nAnswer:"]
    return "\n\n".join(part for part in parts if part)


abstain__only_if_right = Edit("not answered.any()", "not right[answered].any()")
"""Where all that is answered is wrong, it has been answered all the same: your first share is 0."""

build_prompt__stripped = Edit("{passage}", "{passage.strip()}")
"""You take white space away at the ends of passages. They are taken whole, letter by letter."""
