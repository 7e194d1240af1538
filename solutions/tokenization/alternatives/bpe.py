"""Section 1.4, "Byte-pair encoding", part 2: right answers in other forms."""

from collections import Counter
from itertools import pairwise

from gradelib.lab.text import pieces
from solutions.tokenization.reference import best_pair, count_pairs, merge_pair


def train_bpe__only_what_changed(
    words: dict[tuple[int, ...], int], merges: int
) -> list[tuple[int, int]]:
    learned, counts = [], Counter(count_pairs(words))
    while counts and len(learned) < merges:
        pair, new_id = best_pair(counts), 256 + len(learned)
        old = {ids: times for ids, times in words.items() if pair in pairwise(ids)}
        new = {merge_pair(ids, pair, new_id): times for ids, times in old.items()}
        words = {ids: times for ids, times in words.items() if ids not in old} | new
        counts.update(count_pairs(new))
        counts.subtract(count_pairs(old))  # only the words that changed are counted again
        counts = +counts  # drops the pairs that are gone
        learned.append(pair)
    return learned


def train_bpe__tokenizers(words: dict[tuple[int, ...], int], merges: int) -> list[tuple[int, int]]:
    import json

    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from tokenizers.trainers import BpeTrainer

    letters = [chr(256 + byte) for byte in range(256)]  # in the order of the bytes, none is a space
    trainer = BpeTrainer(
        vocab_size=256 + merges, initial_alphabet=letters, show_progress=False, min_frequency=0
    )
    tokenizer = Tokenizer(BPE())
    corpus = ("".join(letters[byte] for byte in ids) for ids, n in words.items() for _ in range(n))
    tokenizer.train_from_iterator(corpus, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return [tuple(model["vocab"][part] for part in pair) for pair in model["merges"]]


def encode_bpe__merge_after_merge(text: str, merges: list[tuple[int, int]]) -> list[int]:
    encoded = []
    for piece in pieces(text):
        ids = tuple(piece.encode("utf-8"))
        for new_id, pair in enumerate(merges, start=256):
            ids = merge_pair(ids, pair, new_id)
        encoded += ids
    return encoded


def encode_bpe__tokenizers(text: str, merges: list[tuple[int, int]]) -> list[int]:
    from tokenizers import Tokenizer
    from tokenizers.models import BPE

    table = [chr(256 + byte) for byte in range(256)]
    pairs = []
    for left, right in merges:
        pairs.append((table[left], table[right]))
        table.append(table[left] + table[right])
    vocab = {token: place for place, token in enumerate(table)}
    tokenizer = Tokenizer(BPE(vocab, pairs))
    parts = ["".join(chr(256 + byte) for byte in piece.encode()) for piece in pieces(text)]
    return [number for part in parts for number in tokenizer.encode(part).ids]


def decode_bpe__recursive(ids: list[int], merges: list[tuple[int, int]]) -> str:
    def expand(number: int) -> bytes:
        if number < 256:
            return bytes([number])
        left, right = merges[number - 256]
        return expand(left) + expand(right)

    return b"".join(map(expand, ids)).decode("utf-8", errors="replace")


def decode_bpe__stack(ids: list[int], merges: list[tuple[int, int]]) -> str:
    waiting, data = list(reversed(ids)), bytearray()
    while waiting:
        number = waiting.pop()
        if number < 256:
            data.append(number)
        else:
            waiting.extend(reversed(merges[number - 256]))
    return str(data, "utf-8", "replace")


def encode_bpe__ranks_of_bytes(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """Merge the neighbours whose bytes together have the lowest id, as byte-level libraries do."""
    spelled = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        spelled.append(spelled[left] + spelled[right])
    ranks = {token: place for place, token in enumerate(spelled)}
    encoded = []
    for piece in pieces(text):
        parts = [bytes([byte]) for byte in piece.encode()]
        while len(parts) > 1:
            joined = [ranks.get(parts[i] + parts[i + 1], len(ranks)) for i in range(len(parts) - 1)]
            place = min(range(len(joined)), key=joined.__getitem__)
            if joined[place] == len(ranks):
                break
            parts[place : place + 2] = [parts[place] + parts[place + 1]]
        encoded += [ranks[part] for part in parts]
    return encoded
