"""Section 1.6, "WordPiece": what is asked."""

from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.topics.tokenization.exercises.inputs import ENGLISH, LOOP, some_of

wordpiece_score = Exercise(  # few steps, also in float32; a number added below is too much
    "tokenization.wordpiece_score", points=0, difficulty=1, tolerance=Tolerance(plain=3e-7)
)
wordpiece_encode = Exercise("tokenization.wordpiece_encode", points=3, difficulty=3, seconds=LOOP)


# --- wordpiece_score -----------------------------------------------------------------------------


@wordpiece_score.case
def three_counts(rng: Rng) -> Inputs:
    """A pair that occurs ten to twenty times, in parts that occur more often."""
    pair, first, second = rng.integers((10, 30, 60), (20, 50, 90))
    return {"pair_count": int(pair), "first_count": int(first), "second_count": int(second)}


@wordpiece_score.case
def a_rare_first_part(rng: Rng) -> Inputs:
    """The first part hardly occurs without the second, which is frequent."""
    pair = int(rng.integers(5, 15))
    return {"pair_count": pair, "first_count": pair + 1, "second_count": 1000 + pair}


@wordpiece_score.case
def two_frequent_parts(rng: Rng) -> Inputs:
    """The pair is frequent only because its parts are."""
    pair, first, second = rng.integers((500, 20_000, 50_000), (900, 40_000, 90_000))
    return {"pair_count": int(pair), "first_count": int(first), "second_count": int(second)}


@wordpiece_score.case
def two_parts_equally_frequent(rng: Rng) -> Inputs:
    """Both parts occur equally often."""
    pair, both = (int(count) for count in rng.integers((3, 20), (9, 70)))
    return {"pair_count": pair, "first_count": both, "second_count": both}


@wordpiece_score.case
def all_counts_are_one(rng: Rng) -> Inputs:
    """Everything occurs once."""
    return {"pair_count": 1, "first_count": 1, "second_count": 1}


# --- wordpiece_encode ----------------------------------------------------------------------------


@wordpiece_encode.case
def a_whole_word(rng: Rng) -> Inputs:
    """The vocabulary has the whole word, and pieces of it too."""
    word, other = some_of(rng, ENGLISH, 2)
    return {"word": word, "vocab": {word, other, word[:2], f"##{word[2:]}", *word}}


@wordpiece_encode.case
def the_longest_piece_first(rng: Rng) -> Inputs:
    """Several pieces fit at the beginning and in the middle: the longest is taken."""
    (word,) = some_of(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    vocab = {word[:1], word[:3], word[:2], f"##{word[3:5]}", f"##{word[3:4]}", f"##{word[4:]}"}
    return {"word": word, "vocab": vocab | {f"##{letter}" for letter in word}}


@wordpiece_encode.case
def a_choice_is_never_taken_back(rng: Rng) -> Inputs:
    """After the longest first piece nothing fits, though after a shorter one it would."""
    (word,) = some_of(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    vocab = {word[:3], word[:4], f"##{word[3:]}", f"##{word[5:]}"}
    return {"word": word, "vocab": vocab}


@wordpiece_encode.case
def stuck_in_the_middle(rng: Rng) -> Inputs:
    """A beginning and an end fit, but one letter between them does not: all is "[UNK]"."""
    (word,) = some_of(rng, ("harbour", "lantern", "custard", "blanket"), 1)
    return {"word": word, "vocab": {word[:3], f"##{word[4:]}", word[4:]}}


@wordpiece_encode.case
def the_marks_matter(rng: Rng) -> Inputs:
    """The rest of the word is in the vocabulary only as a word of its own, without "##"."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"word": first + second, "vocab": {first, second, f"##{first}"}}


@wordpiece_encode.case
def marked_at_the_beginning(rng: Rng) -> Inputs:
    """The beginning of the word is in the vocabulary only with "##", so nothing begins it."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"word": first + second, "vocab": {f"##{first}", f"##{second}", second}}


@wordpiece_encode.case
def the_same_piece_again(rng: Rng) -> Inputs:
    """A word that repeats itself: the first time without "##", then with it."""
    (part,) = some_of(rng, ("bon", "cha", "ta", "cous"), 1)
    return {"word": part * 3, "vocab": {part, f"##{part}", part[0], f"##{part[0]}"}}


@wordpiece_encode.case
def a_very_long_word(rng: Rng) -> Inputs:
    """A word of nearly a hundred letters is split like any other."""
    (part,) = some_of(rng, ("bon", "cha", "tea"), 1)
    return {"word": part * (2 * int(rng.integers(12, 16)) + 1), "vocab": {part, f"##{part}{part}"}}


@wordpiece_encode.case
def a_sign_like_the_mark(rng: Rng) -> Inputs:
    """The word has a "#" itself. Where it continues the word, it is written "###"."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"word": f"{first}#{second}", "vocab": {first, "#", "###", f"##{second}", second}}


@wordpiece_encode.case
def no_mark_for_a_token(rng: Rng) -> Inputs:
    """Nothing fits the rest of the word. The vocabulary has a "#", but the word has none."""
    first, second = some_of(rng, ENGLISH, 2)
    return {"word": first + second, "vocab": {first, "#", second}}


@wordpiece_encode.case
def capital_letters(rng: Rng) -> Inputs:
    """The vocabulary has the word only in small letters."""
    (word,) = some_of(rng, ENGLISH, 1)
    return {"word": word.capitalize(), "vocab": {word, word[:2], f"##{word[2:]}"}}


@wordpiece_encode.case
def greek_letters(rng: Rng) -> Inputs:
    """Pieces are made of letters, not of bytes."""
    (word,) = some_of(rng, ("θάλασσα", "γέφυρα", "λιμάνι", "ποτάμι"), 1)
    return {"word": word, "vocab": {word[:3], f"##{word[3:4]}", f"##{word[4:]}"}}


@wordpiece_encode.case
def no_word(rng: Rng) -> Inputs:
    """An empty word has no tokens."""
    return {"word": "", "vocab": {*some_of(rng, ENGLISH, 2), "##s"}}


@wordpiece_encode.invariant
def the_word_or_unknown(inputs: Inputs, answer: list[str]) -> bool:
    """The tokens, joined without their "##", are the word; or there is only "[UNK]"."""
    joined = "".join(token.removeprefix("##") for token in answer)
    return answer == ["[UNK]"] or joined == inputs["word"]
