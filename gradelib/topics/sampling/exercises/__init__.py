"""What notebook 06 asks: choosing tokens, cutting the tail, beams, speculative decoding."""

SECTIONS = ("best", "draw", "tail", "repeats", "beams", "search", "drafts")
