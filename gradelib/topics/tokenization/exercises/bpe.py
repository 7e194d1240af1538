"""Section 1.4, "Byte-pair encoding", part 2: what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng
from gradelib.topics.tokenization.exercises.inputs import ENGLISH, GERMAN, GREEK, LOOP, some_of

train_bpe = Exercise("tokenization.train_bpe", points=3, difficulty=3, seconds=LOOP)
encode_bpe = Exercise("tokenization.encode_bpe", points=3, difficulty=3, seconds=LOOP)
decode_bpe = Exercise("tokenization.decode_bpe", points=2, difficulty=2)


# --- train_bpe -----------------------------------------------------------------------------------


def _as_bytes(words: dict[str, int]) -> dict[tuple[int, ...], int]:
    return {tuple(word.encode()): times for word, times in words.items()}


@train_bpe.case
def a_small_text(rng: Rng) -> Inputs:
    """Six words and how often each occurs; eight merges."""
    times = (9, 8, 6, 4, 2, 1)
    words = {f" {w}": n for w, n in zip(some_of(rng, ENGLISH, 6), times, strict=True)}
    return {"words": _as_bytes(words), "merges": 8}


@train_bpe.case
def a_frequent_word_against_many(rng: Rng) -> Inputs:
    """One word occurs twenty times; three rare words share a pair that it does not have."""
    often, first, second = some_of(rng, "acegikmoqs", 3)
    words = {f"{second}xy": 1, f"{first}xy": 1, "xy": 1, f"{often}{first}{second}": 20}
    return {"words": _as_bytes(words), "merges": 3}


@train_bpe.case
def many_ties(rng: Rng) -> Inputs:
    """Every pair occurs equally often, so that the ties decide everything."""
    a, b, c, d, e = sorted(some_of(rng, "abcdefghijkl", 5))
    words = {f"{c}{b}": 3, f"{d}{e}{a}": 3, f"{a}{e}": 3, f"{b}{c}{d}": 3}
    return {"words": _as_bytes(words), "merges": 4}


@train_bpe.case
def the_same_letter_in_a_row(rng: Rng) -> Inputs:
    """Words such as "aaaaaaa", where pairs overlap and merged ids merge again; a pair of two other
    letters comes close."""
    letter, first, second = some_of(rng, "abcdefgh", 3)
    words = {letter * 7: 3, f"{first}{second}": 18, letter * 4: 2, letter: 5}
    return {"words": _as_bytes(words), "merges": 3}  # 24 pairs that overlap, 13 that do not


@train_bpe.case
def no_pair_left(rng: Rng) -> Inputs:
    """More merges are asked for than there are: it stops when every word is a single id."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"words": _as_bytes({first: 4, second: 1}), "merges": 40}


@train_bpe.case
def bytes_of_greek_words(rng: Rng) -> Inputs:
    """Greek words: two bytes a letter, and the first byte is nearly always the same."""
    words = {word: n for n, word in enumerate(some_of(rng, GREEK, 4), start=2)}
    return {"words": _as_bytes(words), "merges": 6}


@train_bpe.case
def no_merges_wanted(rng: Rng) -> Inputs:
    """With `merges=0` there is nothing to learn."""
    return {"words": _as_bytes(dict.fromkeys(some_of(rng, ENGLISH, 2), 2)), "merges": 0}


@train_bpe.case
def no_words_to_learn_from(rng: Rng) -> Inputs:
    """Of no words there is nothing to learn."""
    return {"words": {}, "merges": int(rng.integers(2, 9))}


@train_bpe.invariant
def only_ids_that_exist(inputs: Inputs, answer: list[tuple[int, int]]) -> bool:
    """A pair is made of bytes and of ids that earlier merges have made, and is learned once."""
    known = all(max(pair) < 256 + place for place, pair in enumerate(answer))
    return known and len(set(answer)) == len(answer)


@train_bpe.invariant
def no_more_than_asked_for(inputs: Inputs, answer: list[tuple[int, int]]) -> bool:
    """There are at most `merges` pairs."""
    most: int = inputs["merges"]
    return len(answer) <= most


# --- encode_bpe ----------------------------------------------------------------------------------


def _grow(word: str, base: int = 256) -> list[tuple[int, int]]:
    """Return merges that build up the bytes of `word` from its left end."""
    first, *rest = word.encode()
    return [(first if place == 0 else base + place - 1, byte) for place, byte in enumerate(rest)]


@encode_bpe.case
def a_word_that_grows(rng: Rng) -> Inputs:
    """Merges that build a word letter by letter; the text has it whole, in part and twice."""
    word, other = some_of(rng, ("harbour", "garden", "school", "bridge"), 2)
    return {"text": f"{word}s {other} {word[:-2]} {word}{word}", "merges": _grow(word)}


@encode_bpe.case
def the_order_of_the_merges(rng: Rng) -> Inputs:
    """An earlier merge takes the letter that a later, longer one would need."""
    a, b, c, d = sorted(some_of(rng, "abcdefghijkl", 4))
    merges = [(ord(b), ord(c)), (ord(a), ord(b)), (257, ord(d)), (ord(d), 256)]
    return {"text": f"{a}{b}{c}{d} {a}{b}{d}{b}{c} {d}{b}{c}{d}{a}{b}{d}", "merges": merges}


@encode_bpe.case
def a_token_that_grows_to_the_left(rng: Rng) -> Inputs:
    """The last two letters merge before the first two do, so that all three become one id."""
    a, b, c = some_of(rng, "abcdefghijkl", 3)
    merges = [(ord(b), ord(c)), (ord(a), 256), (ord(a), ord(b))]
    return {"text": f"{a}{b}{c} {c}{a}{b} {b}{a}{b}{c}{a}{b}", "merges": merges}


@encode_bpe.case
def never_across_pieces(rng: Rng) -> Inputs:
    """A merge of a letter with the space after it: no piece has it, so it never applies."""
    first, second = some_of(rng, ENGLISH, 2)
    merges = [(ord(first[-1]), 32), (32, ord(second[0])), (ord(second[-1]), ord("."))]
    return {"text": f"{first} {second}.", "merges": merges}


@encode_bpe.case
def the_same_letter_over_and_over(rng: Rng) -> Inputs:
    """Seven equal letters under merges that double: pairs are taken from the left."""
    (letter,) = some_of(rng, "abcdefgh", 1)
    merges = [(ord(letter), ord(letter)), (256, 256)]
    return {"text": f"{letter * 7} {letter * 3}", "merges": merges}


@encode_bpe.case
def letters_of_two_bytes(rng: Rng) -> Inputs:
    """German and Greek letters, an emoji and an accent that is a sign of its own are several
    bytes; some of them have merged."""
    german, greek = some_of(rng, GERMAN, 2), some_of(rng, GREEK, 1)
    merges = [(195, 188), (195, 182), (206, 172), (206, 185), (32, 195), (195, 159)]
    return {"text": f"{german[0]} {german[1]} {greek[0]} für Ärzte 🐈 cafe\u0301", "merges": merges}


@encode_bpe.case
def capitals_and_white_space(rng: Rng) -> Inputs:
    """Capital letters, two spaces, a tab and line ends are all kept."""
    first, second = some_of(rng, ENGLISH, 2)
    merges = [(32, 32), (10, 10), (ord(first[0]), ord(first[1]))]
    return {"text": f" {first.upper()}  {first}\t{second}\n\n", "merges": merges}


@encode_bpe.case
def pieces_that_come_again(rng: Rng) -> Inputs:
    """The same pieces come several times, in turns: each time they have their ids."""
    first, second = some_of(rng, ("harbour", "garden", "school", "bridge"), 2)
    text = f" {first} {second} {first} {first}  {second} {first}"
    return {"text": text, "merges": _grow(first)}


@encode_bpe.case
def no_merges(rng: Rng) -> Inputs:
    """Without merges the ids are the bytes."""
    return {"text": " ".join(some_of(rng, GERMAN, 2)), "merges": []}


@encode_bpe.case
def no_text_to_encode(rng: Rng) -> Inputs:
    """An empty text has no ids."""
    return {"text": "", "merges": _grow(some_of(rng, ENGLISH, 1)[0])}


@encode_bpe.invariant
def no_more_ids_than_bytes(inputs: Inputs, answer: list[int]) -> bool:
    """Merging makes a text shorter: there are never more ids than bytes."""
    return len(answer) <= len(inputs["text"].encode())


@encode_bpe.invariant
def only_ids_of_the_table(inputs: Inputs, answer: list[int]) -> bool:
    """Every id is a byte or the id of a merge."""
    return all(0 <= token < 256 + len(inputs["merges"]) for token in answer)


# --- decode_bpe ----------------------------------------------------------------------------------


@decode_bpe.case
def ids_of_merges_of_merges(rng: Rng) -> Inputs:
    """Ids that stand for ids that stand for ids, and for bytes in the end."""
    (word,) = some_of(rng, ("harbour", "garden", "school", "bridge"), 1)
    merges = _grow(word)
    last = 255 + len(merges)
    return {"ids": [last, 32, last - 1, ord("y"), 256, last], "merges": merges}


@decode_bpe.case
def a_letter_in_two_ids(rng: Rng) -> Inputs:
    """The two bytes of a letter come as two ids: the text has the letter."""
    text = f"{some_of(rng, GERMAN, 1)[0]} {some_of(rng, GREEK, 1)[0]}"
    return {"ids": list(text.encode()), "merges": []}


@decode_bpe.case
def an_emoji_cut_by_a_merge(rng: Rng) -> Inputs:
    """A merge holds the end of one character and the beginning of the next."""
    first, second = some_of(rng, ("🐈", "🌊", "🍞", "🌿"), 2)
    left, right = list(first.encode()), list(second.encode())
    return {"ids": [*left[:3], 256, *right[1:], 33], "merges": [(left[3], right[0])]}


@decode_bpe.case
def bytes_that_are_no_text(rng: Rng) -> Inputs:
    """Half of a letter, at the end and in the middle, becomes the replacement character."""
    half, start = int(rng.integers(0xC3, 0xC9)), list(some_of(rng, ENGLISH, 1)[0].encode())
    return {"ids": [*start, half, *start, 257, half], "merges": [(97, 98), (256, 99)]}


@decode_bpe.case
def half_an_emoji(rng: Rng) -> Inputs:
    """The first three bytes of an emoji: too few to be read."""
    (emoji,) = some_of(rng, ("🐈", "🌊", "🍞", "🌿"), 1)
    return {"ids": [104, 105, *emoji.encode()[:3]], "merges": []}


@decode_bpe.case
def white_space_at_the_ends(rng: Rng) -> Inputs:
    """Spaces and line ends stand at both ends, some of them in merges: all are kept."""
    word = list(some_of(rng, ENGLISH, 1)[0].encode())
    return {"ids": [32, 10, 257, *word, 256, 9, 32], "merges": [(32, 32), (10, 256)]}


@decode_bpe.case
def signs_without_a_shape(rng: Rng) -> Inputs:
    """What nobody sees is kept too: a byte order mark, a line end as on Windows, a zero."""
    text = f"\ufeff{some_of(rng, ENGLISH, 1)[0]}\r\n\0"
    return {"ids": list(text.encode()), "merges": []}


@decode_bpe.case
def merges_in_the_order_of_learning(rng: Rng) -> Inputs:
    """The pairs are not sorted: a later one may be smaller than an earlier one."""
    a, b, c, d = sorted(some_of(rng, "abcdefghijkl", 4))
    merges = [(ord(d), ord(c)), (ord(b), ord(a)), (256, ord(a)), (ord(a), 257)]
    return {"ids": [259, 258, ord(c), 257, 256], "merges": merges}


@decode_bpe.case
def the_byte_zero(rng: Rng) -> Inputs:
    """Id 0 is a byte like all others, alone and in a merge."""
    a, b = (ord(letter) for letter in some_of(rng, "abcdefghijkl", 2))
    return {"ids": [a, 0, 256, 0, b], "merges": [(0, b)]}


@decode_bpe.case
def nothing_to_decode(rng: Rng) -> Inputs:
    """No ids are an empty text."""
    return {"ids": [], "merges": _grow(some_of(rng, ENGLISH, 1)[0])}
