"""What notebook 02 asks: batches, masks, attention, and who sees what. Masks: True = may look."""

SECTIONS = ("batches", "encoder", "attention", "causal", "pairs", "packed", "leaky")
