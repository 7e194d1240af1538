"""Wrong answers to `build_prompt` in other words, with the hint due."""

import re


def build_prompt__from_zero(instruction, question, passages, limit):
    """Numbers from 0.

    Hint: from_zero
    """
    taken, used = [], 0
    for p in passages:
        if used + len(p.split()) > limit:
            break
        used += len(p.split())
        taken.append(p)
    block = "".join(f"[{i}] {p}\n" for i, p in enumerate(taken))
    return f"{instruction}\n\n{block}{chr(10) if block else ''}Question: {question}\nAnswer:"


def build_prompt__goes_on(instruction, question, passages, limit):
    """Leaves out what does not fit, and takes shorter ones behind it.

    Hint: skips_long_ones
    """
    taken, used = [], 0
    for p in passages:
        n = len(p.split())
        if used + n <= limit:
            used += n
            taken.append(f"[{len(taken) + 1}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__goes_on_old_numbers(instruction, question, passages, limit):
    """Leaves out what does not fit, and keeps the numbers of the rest.

    Hint: skips_long_ones
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        n = len(p.split())
        if used + n > limit:
            continue
        used += n
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__cut(instruction, question, passages, limit):
    """Cuts the passage which does not fit.

    Hint: none
    """
    taken, left = [], limit
    for i, p in enumerate(passages, 1):
        words = p.split()[:left]
        if not words:
            break
        taken.append(f"[{i}] {' '.join(words)}")
        left -= len(words)
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__characters(instruction, question, passages, limit):
    """Counts characters.

    Hint: letters
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p)
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__number_of_passages(instruction, question, passages, limit):
    """Takes the limit for a number of passages.

    Hint: no_limit
    """
    taken = [f"[{i}] {p}" for i, p in enumerate(passages[:limit], 1)]
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__limit_each(instruction, question, passages, limit):
    """Holds each passage to the limit, not all together.

    Hint: limit_of_each
    """
    taken = []
    for i, p in enumerate(passages, 1):
        if len(p.split()) > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__below_the_limit(instruction, question, passages, limit):
    """Stops when the limit is just reached.

    Hint: less_than_the_limit
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used >= limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__one_too_many(instruction, question, passages, limit):
    """Takes the one with which the limit is passed.

    Hint: one_too_many
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        if used >= limit:
            break
        used += len(p.split())
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__space_at_the_end(instruction, question, passages, limit):
    """Puts a space behind the last colon.

    Hint: a_blank_at_the_end
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer: "])


def build_prompt__newline_at_the_end(instruction, question, passages, limit):
    """Ends each line by a newline, the last one too.

    Hint: none
    """
    prompt, used = f"{instruction}\n\n", 0
    numbered = 0
    for p in passages:
        used += len(p.split())
        if used > limit:
            break
        numbered += 1
        prompt += f"[{numbered}] {p}\n"
    if numbered:
        prompt += "\n"
    return prompt + f"Question: {question}\nAnswer:\n"


def build_prompt__empty_block(instruction, question, passages, limit):
    """Leaves the empty lines where no passage is.

    Hint: an_empty_part
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    block = "\n".join(taken)
    return f"{instruction}\n\n{block}\n\nQuestion: {question}\nAnswer:"


def build_prompt__no_empty_lines(instruction, question, passages, limit):
    """Has no empty lines.

    Hint: no_empty_lines
    """
    lines, used = [instruction], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        lines.append(f"[{i}] {p}")
    return "\n".join([*lines, f"Question: {question}", "Answer:"])


def build_prompt__blank_between(instruction, question, passages, limit):
    """Puts an empty line between passages.

    Hint: apart
    """
    parts, used = [instruction], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        parts.append(f"[{i}] {p}")
    return "\n\n".join([*parts, f"Question: {question}\nAnswer:"])


def build_prompt__answer_apart(instruction, question, passages, limit):
    """Puts an empty line before the answer.

    Hint: none
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}", "Answer:"])


def build_prompt__all(instruction, question, passages, limit):
    """Takes all, whatever the limit.

    Hint: no_limit
    """
    taken = [f"[{i + 1}] {p}" for i, p in enumerate(passages)]
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__best_last(instruction, question, passages, limit):
    """Puts the best nearest to the question.

    Hint: worst_first
    """
    kept, used = [], 0
    for p in passages:
        used += len(p.split())
        if used > limit:
            break
        kept.append(p)
    taken = [f"[{i}] {p}" for i, p in enumerate(reversed(kept), 1)]
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__counts_the_numbers(instruction, question, passages, limit):
    """Counts [1] as a word too.

    Hint: none
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        line = f"[{i}] {p}"
        used += len(line.split())
        if used > limit:
            break
        taken.append(line)
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__counts_the_prompt(instruction, question, passages, limit):
    """Counts the words of instruction and question too.

    Hint: none
    """
    taken, used = [], len(instruction.split()) + len(question.split())
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__split_at_spaces(instruction, question, passages, limit):
    """Counts spaces: `split(" ")`, which finds empty words between two of them.

    Hint: blanks
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split(" "))
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__spaces_tidied(instruction, question, passages, limit):
    """Splits the passages and joins them again, so that white space changes.

    Hint: none
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        words = p.split()
        used += len(words)
        if used > limit:
            break
        taken.append(f"[{i}] {' '.join(words)}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__dots(instruction, question, passages, limit):
    """Numbers by 1. and not by [1].

    Hint: none
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"{i}. {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__printed(instruction, question, passages, limit):
    """Prints the prompt.

    Hint: any.printed
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    print("\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"]))


def build_prompt__best_always(instruction, question, passages, limit):
    """Takes the best one even where it does not fit.

    Hint: none
    """
    taken, used = [], 0
    for i, p in enumerate(passages, 1):
        used += len(p.split())
        if used > limit and taken:
            break
        taken.append(f"[{i}] {p}")
    middle = ["\n".join(taken)] if taken else []
    return "\n\n".join([instruction, *middle, f"Question: {question}\nAnswer:"])


def build_prompt__formatted_again(instruction, question, passages, limit):
    """Formats passages, too.

    Hint: none
    """
    taken, n = [], 0
    for p in passages:
        n += len(p.split())
        if n > limit:
            break
        taken.append(f"[{len(taken) + 1}] {p}")
    lines = [instruction, "", *taken, *[""] * bool(taken), "Question: {q}", "Answer:"]
    return "\n".join(lines).format(q=question)


def build_prompt__percent(instruction, question, passages, limit):
    """Formats passages, too, in the old way.

    Hint: none
    """
    taken, n = [], 0
    for p in passages:
        n += len(p.split())
        if n > limit:
            break
        taken.append(f"[{len(taken) + 1}] {p}")
    lines = [instruction, "", *taken, *[""] * bool(taken), "Question: %s", "Answer:"]
    return "\n".join(lines) % question


def build_prompt__tidy(instruction, question, passages, limit):
    """Strips passages.

    Hint: stripped
    """
    taken, n = [], 0
    for p in passages:
        n += len(p.split())
        if n > limit:
            break
        taken.append(f"[{len(taken) + 1}] {p.strip()}")
    lines = [instruction, "", *taken, *[""] * bool(taken), f"Question: {question}", "Answer:"]
    return "\n".join(lines)


def build_prompt__letters_make_words(instruction, question, passages, limit):
    """Counts what stands between signs as words.

    Hint: none
    """
    taken, n = [], 0
    for p in passages:
        n += len(re.findall(r"\w+", p))
        if n > limit:
            break
        taken.append(f"[{len(taken) + 1}] {p}")
    lines = [instruction, "", *taken, *[""] * bool(taken), f"Question: {question}", "Answer:"]
    return "\n".join(lines)


def _block(passages, limit):
    lines = []
    for place, text in enumerate(passages, start=1):
        limit -= len(text.split())
        if limit < 0:
            break
        lines.append(f"[{place}] {text}")
    return "\n".join(lines)


def build_prompt__replaced_one_after_the_other(instruction, question, passages, limit):
    """Fills a template in one part after the other: a part may name one that comes later.

    Hint: none
    """
    block = _block(passages, limit)
    text = "{instruction}\n\n" + "{passages}\n\n" * bool(block) + "Question: {question}\nAnswer:"
    for name, part in [("instruction", instruction), ("passages", block), ("question", question)]:
        text = text.replace(f"{{{name}}}", part)
    return text


def build_prompt__replaced_from_the_end(instruction, question, passages, limit):
    """The same from the end.

    Hint: none
    """
    block = _block(passages, limit)
    text = "{instruction}\n\n" + "{passages}\n\n" * bool(block) + "Question: {question}\nAnswer:"
    for name, part in [("question", question), ("passages", block), ("instruction", instruction)]:
        text = text.replace(f"{{{name}}}", part)
    return text


def build_prompt__instruction_in_the_template(instruction, question, passages, limit):
    """Makes the instruction a part of the template.

    Hint: none
    """
    block = _block(passages, limit)
    form = instruction + "\n\n" + "{passages}\n\n" * bool(block) + "Question: {question}\nAnswer:"
    return form.format(passages=block, question=question)


def build_prompt__percent_in_the_instruction(instruction, question, passages, limit):
    """Does the same with per cent signs.

    Hint: none
    """
    block = _block(passages, limit)
    middle = block + "\n\n" if block else ""
    return (instruction + "\n\n%sQuestion: %s\nAnswer:") % (middle, question)


def build_prompt__instruction_stripped(instruction, question, passages, limit):
    """Strips the instruction.

    Hint: none
    """
    block = _block(passages, limit)
    parts = [instruction.strip(), *[block] * bool(block), f"Question: {question}\nAnswer:"]
    return "\n\n".join(parts)


def build_prompt__question_stripped(instruction, question, passages, limit):
    """Strips the question.

    Hint: none
    """
    block = _block(passages, limit)
    parts = [instruction, *[block] * bool(block), f"Question: {question.strip()}\nAnswer:"]
    return "\n\n".join(parts)
