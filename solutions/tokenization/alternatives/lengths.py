"""Section 1.5, "How long should the list be?": right answers in other forms."""


def tokens_per_word__mean(tokenized: list[list[str]]) -> float:
    from statistics import fmean

    return fmean(len(tokens) for tokens in tokenized) if tokenized else 0.0


def tokens_per_word__numpy(tokenized: list[list[str]]) -> float:
    import numpy as np

    return np.mean([len(tokens) for tokens in tokenized]) if len(tokenized) else 0.0
