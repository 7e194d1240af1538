"""Section 12.7: other right answers. They must pass."""

from torch import Tensor


def build_prompt__accumulated(
    instruction: str, question: str, passages: list[str], limit: int
) -> str:
    import itertools

    totals = itertools.accumulate(len(passage.split()) for passage in passages)
    taken = list(
        itertools.takewhile(lambda one: one[1] <= limit, zip(passages, totals, strict=True))
    )
    text = instruction + "\n\n"
    for number, (passage, _) in enumerate(taken):
        text += f"[{number + 1}] {passage}\n"
    text += "\n" if taken else ""
    return text + "Question: " + question + "\nAnswer:"


def build_prompt__counted(instruction: str, question: str, passages: list[str], limit: int) -> str:
    lengths = [len(passage.split()) for passage in passages]
    fit = [n for n in range(len(passages) + 1) if sum(lengths[:n]) <= limit]
    lines = [f"[{n + 1}] {passages[n]}" for n in range(max(fit))]
    lines = [instruction, "", *lines, *([""] if lines else [])]
    return "\n".join([*lines, f"Question: {question}", "Answer:"])


def abstain__lists(scores: Tensor, right: Tensor, threshold: float) -> tuple[float, float]:
    answered = [
        good for score, good in zip(scores.tolist(), right.tolist(), strict=True)
        if score >= threshold
    ]  # fmt: skip
    share = len(answered) / len(scores)
    return share, sum(answered) / len(answered) if answered else 0.0


def abstain__counts(scores: Tensor, right: Tensor, threshold: float) -> tuple[float, float]:
    answered = ~(scores < threshold)
    count = int(answered.sum())
    return count / len(scores), int((answered & right).sum()) / max(count, 1)
