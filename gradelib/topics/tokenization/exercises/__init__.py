"""What notebook 01 asks: words, byte-pair encoding, WordPiece, special tokens."""

SECTIONS = ("words", "pairs", "bpe", "lengths", "wordpiece", "special")
