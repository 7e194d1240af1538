"""What notebook 12 asks: DPO, intervals, retrieval, answers from what was found."""

SECTIONS = ("choices", "displacement", "intervals", "retrieval", "ranking", "answers")
