"""Wrong answers to `abstain` in other words, with the hint due."""

import torch


def abstain__strictly(scores, right, threshold):
    """Answers above the threshold, not at it.

    Hint: more_than
    """
    answers = scores > threshold
    if answers.sum() == 0:
        return 0.0, 0.0
    return answers.float().mean().item(), right[answers].float().mean().item()


def abstain__right_of_all(scores, right, threshold):
    """Divides what is right by all questions.

    Hint: right_of_all
    """
    answers = scores >= threshold
    return answers.float().mean().item(), (right & answers).float().mean().item()


def abstain__nan(scores, right, threshold):
    """Forgets who answers nothing.

    Hint: not_a_number
    """
    answers = scores >= threshold
    return answers.float().mean().item(), right[answers].float().mean().item()


def abstain__division(scores, right, threshold):
    """Divides by zero where nothing is answered.

    Hint: not_a_number
    """
    kept = [bool(r) for s, r in zip(scores, right, strict=True) if s >= threshold]
    return len(kept) / len(scores), sum(kept) / len(kept)


def abstain__silence_is_golden(scores, right, threshold):
    """Has a precision of 1 where nothing is answered.

    Hint: perfect_silence
    """
    answers = scores >= threshold
    if not answers.any():
        return 0.0, 1.0
    return answers.float().mean().item(), right[answers].float().mean().item()


def abstain__swapped(scores, right, threshold):
    """Returns the share that is right first.

    Hint: swapped
    """
    answers = scores >= threshold
    if not answers.any():
        return 0.0, 0.0
    return right[answers].float().mean().item(), answers.float().mean().item()


def abstain__silent_share(scores, right, threshold):
    """Returns the share that is not answered.

    Hint: share_not_answered
    """
    answers = scores >= threshold
    if not answers.any():
        return 1.0, 0.0
    return 1 - answers.float().mean().item(), right[answers].float().mean().item()


def abstain__below(scores, right, threshold):
    """Answers where it is unsure.

    Hint: unsure_ones
    """
    answers = scores < threshold
    if not answers.any():
        return 0.0, 0.0
    return answers.float().mean().item(), right[answers].float().mean().item()


def abstain__recall(scores, right, threshold):
    """Returns the share of what could be right that is answered.

    Hint: none
    """
    answers = scores >= threshold
    if not right.any():
        return answers.float().mean().item(), 0.0
    return answers.float().mean().item(), answers[right].float().mean().item()


def abstain__accuracy_of_all(scores, right, threshold):
    """Tells how often it is right in all questions, as if all were answered.

    Hint: all_right_ones
    """
    answers = scores >= threshold
    return answers.float().mean().item(), right.float().mean().item()


def abstain__silence_is_right(scores, right, threshold):
    """Counts as right where silence was: answered and right, or silent and wrong.

    Hint: good_decisions
    """
    answers = scores >= threshold
    return answers.float().mean().item(), (answers == right).float().mean().item()


def abstain__counts(scores, right, threshold):
    """Returns numbers of questions.

    Hint: counts
    """
    answers = scores >= threshold
    return float(answers.sum()), float((right & answers).sum())


def abstain__tensors(scores, right, threshold):
    """Returns tensors.

    Hint: any.form
    """
    answers = scores >= threshold
    if not answers.any():
        return torch.tensor(0.0), torch.tensor(0.0)
    return answers.float().mean(), right[answers].float().mean()


def abstain__half(scores, right, threshold):
    """Has a threshold of a half, always.

    Hint: none
    """
    answers = scores >= 0.5
    if not answers.any():
        return 0.0, 0.0
    return answers.float().mean().item(), right[answers].float().mean().item()


def abstain__mean_of_scores(scores, right, threshold):
    """Averages how sure it is where it answers.

    Hint: none
    """
    answers = scores >= threshold
    if not answers.any():
        return 0.0, 0.0
    return answers.float().mean().item(), scores[answers].mean().item()


def abstain__prefix(scores, right, threshold):
    """Takes the scores for sorted, and stops at the first that is below.

    Hint: none
    """
    n = 0
    for s in scores.tolist():
        if s < threshold:
            break
        n += 1
    if n == 0:
        return 0.0, 0.0
    return n / len(scores), right[:n].float().mean().item()


def abstain__percent(scores, right, threshold):
    """Returns per cent.

    Hint: none
    """
    answers = scores >= threshold
    n = max(1, int(answers.sum()))
    return 100 * int(answers.sum()) / len(scores), 100 * int((right & answers).sum()) / n


def abstain__none_right(scores, right, threshold):
    """Says 0 and 0 where no answer is right.

    Hint: only_if_right
    """
    answered = scores >= threshold
    if not (answered & right).any():
        return 0.0, 0.0
    return answered.double().mean().item(), right[answered].double().mean().item()


def abstain__nearly_enough(scores, right, threshold):
    """Lets a score pass that is hardly below the threshold.

    Hint: none
    """
    answered = scores >= threshold - 1e-3
    if not answered.any():
        return 0.0, 0.0
    return answered.double().mean().item(), right[answered].double().mean().item()
