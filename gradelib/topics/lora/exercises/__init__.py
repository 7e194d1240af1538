"""What notebook 08 asks: low-rank updates, prompts and prefixes, and weights of four bits."""

SECTIONS = ("updates", "files", "prompts", "tables", "bits")
