"""The village: stories with known probabilities, and exact tests of what was asked of a model.

Needs only NumPy. `data/build` writes the course's files with it.
"""

from gradelib.lab.village.feelings import shows
from gradelib.lab.village.instructions import complaints, obeys
from gradelib.lab.village.rewards import known_words, reward_parts, true_reward
from gradelib.lab.village.stories import (
    DISTINCT_STORIES,
    ENTROPY,
    FEELINGS,
    Story,
    continue_story,
    distinct_stories,
    draw_story,
    entropy,
    floor,
    log_probability,
    masked_posterior,
    next_words,
    read_story,
    sentences,
)
from gradelib.lab.village.telling import can_say

VERSION = 1  # of the grammar: data, models and figures belong to one

__all__ = [
    "DISTINCT_STORIES",
    "ENTROPY",
    "FEELINGS",
    "VERSION",
    "Story",
    "can_say",
    "complaints",
    "continue_story",
    "distinct_stories",
    "draw_story",
    "entropy",
    "floor",
    "known_words",
    "log_probability",
    "masked_posterior",
    "next_words",
    "obeys",
    "read_story",
    "reward_parts",
    "sentences",
    "shows",
    "true_reward",
]
