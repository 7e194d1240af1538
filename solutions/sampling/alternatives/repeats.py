"""Section 6.4, "Do not repeat yourself": other right answers. They must pass."""

import torch
import transformers.generation.logits_process  # here, since a case has two seconds only
from torch import Tensor


def repetition_penalty__transformers(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    from transformers import RepetitionPenaltyLogitsProcessor

    return RepetitionPenaltyLogitsProcessor(penalty)(ids, logits)


def repetition_penalty__loop(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    weaker = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for token in set(text):
            factor = 1 / penalty if logits[row, token] > 0 else penalty
            weaker[row, token] = logits[row, token] * factor
    return weaker


def no_repeat_ngram__transformers(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    from transformers import NoRepeatNGramLogitsProcessor

    return NoRepeatNGramLogitsProcessor(n)(ids, logits)


def no_repeat_ngram__by_ngrams(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    rows, position = ids.shape
    allowed = logits.tolist()
    for row in range(rows if position >= n else 0):
        text = tuple(ids[row].tolist())
        had = {text[i : i + n] for i in range(position - n + 1)}
        for token in range(logits.shape[1]):
            if (*text[position - n + 1 :], token) in had:
                allowed[row][token] = float("-inf")
    return torch.tensor(allowed)
