"""Two merges of byte-level BPE, and an encoder that applies merges."""

BEAD = [(98, 101), (32, 256)]  # "be", " be"


def encode(piece: str, merges: list[tuple[int, int]]) -> list[int]:
    """Encode as notebook 1 does, one merge after the other."""
    ids = list(piece.encode("utf-8"))
    for number, pair in enumerate(merges):
        place = 0
        while place < len(ids) - 1:
            if (ids[place], ids[place + 1]) == pair:
                ids[place : place + 2] = [256 + number]
            place += 1
    return ids
