"""What notebook 03 asks: a decoder's parts, its weights, its loss, its loop and its cache."""

SECTIONS = ("embedding", "attention", "block", "model", "weights", "loss", "cache")
