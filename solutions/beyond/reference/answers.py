"""Section 12.7: reference answers."""

from torch import Tensor


def build_prompt(
    instruction: str,
    question: str,
    passages: list[str],
    limit: int,
) -> str:
    """Write the prompt from which a model answers a question by passages.

    `passages` come the best first. They are taken whole, in this order, as long as all
    that are taken have at most `limit` words together; the first that does not fit ends
    it. The prompt has the instruction, an empty line, the passages that were taken,
    numbered from 1, one a line, an empty line, and two lines for question and answer.
    Nothing follows the last colon. Where no passage is taken, its lines and the empty
    line behind them are left out. A word is what `split()` makes of a text. Passages,
    instruction and question stand there letter by letter.

    >>> passages = ["The sun is a star.", "A star is hot.", "Io is a moon."]
    >>> print(build_prompt("Answer briefly.", "What is Io?", passages, limit=9))
    Answer briefly.
    <BLANKLINE>
    [1] The sun is a star.
    [2] A star is hot.
    <BLANKLINE>
    Question: What is Io?
    Answer:
    """
    lines, left = [], limit
    for number, passage in enumerate(passages, start=1):
        left -= len(passage.split())
        if left < 0:
            break
        lines.append(f"[{number}] {passage}")
    parts = [instruction, "\n".join(lines), f"Question: {question}\nAnswer:"]
    return "\n\n".join(part for part in parts if part)


def abstain(scores: Tensor, right: Tensor, threshold: float) -> tuple[float, float]:
    """Answer only where the score is at least `threshold`, and say how well that goes.

    Returned are the share of all questions that are answered, and of those that are
    answered the share that is right. Who answers nothing has 0 and 0.

    Shapes:
        scores:  (question,), how sure the search was
        right:   (question,), booleans: whether the answer would be right
        returns: two floats of Python, between 0 and 1

    >>> scores = torch.tensor([0.75, 0.25, 0.5, 0.125])
    >>> right = torch.tensor([True, True, False, False])
    >>> abstain(scores, right, threshold=0.5)
    (0.5, 0.5)
    """
    answered = scores >= threshold
    if not answered.any():
        return 0.0, 0.0
    return answered.float().mean().item(), right[answered].float().mean().item()
