"""What notebook 09 asks: filters, copies, blocks, what a run costs, a schedule, scaling laws."""

SECTIONS = ("corpus", "copies", "groups", "blocks", "costs", "schedule", "laws")
