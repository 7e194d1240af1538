"""Section 2.5, "Two sentences": what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.masks.exercises.inputs import real_tokens

cross_attention_mask = Exercise("masks.cross_attention_mask", points=1, difficulty=1)


@cross_attention_mask.case
def a_longer_source(rng: Rng) -> Inputs:
    """Two sources of up to five tokens, and three or four tokens in the target."""
    mask = real_tokens(int(rng.integers(2, 4)), 5)
    return {"source_mask": mask, "target_tokens": int(rng.integers(3, 5))}


@cross_attention_mask.case
def a_longer_target(rng: Rng) -> Inputs:
    """Two sources of up to four tokens, padded on the left, and a target of six."""
    return {"source_mask": real_tokens(4, int(rng.integers(1, 4)), left=True), "target_tokens": 6}


@cross_attention_mask.case
def one_target_token(rng: Rng) -> Inputs:
    """The target has one token so far."""
    return {"source_mask": real_tokens(3, 5, int(rng.integers(1, 3)), 4), "target_tokens": 1}


@cross_attention_mask.case
def a_source_without_padding(rng: Rng) -> Inputs:
    """One source, all of which may be looked at, also by the first token of the target."""
    return {"source_mask": real_tokens(int(rng.integers(3, 6))), "target_tokens": 2}
