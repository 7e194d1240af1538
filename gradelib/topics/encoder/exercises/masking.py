"""Section 4.3, what BERT was trained for: what is asked."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gradelib.checking.codec import Absent
from gradelib.checking.exercise import Exercise, Inputs, Rng, Tolerance
from gradelib.lab.draws import dice, normal, random_ids

choose_masked = Exercise("encoder.choose_masked", points=2, difficulty=1)
corrupt = Exercise("encoder.corrupt", points=3, difficulty=2)
mlm_loss = Exercise("encoder.mlm_loss", points=1, difficulty=1)
fill_mask = Exercise(
    "encoder.fill_mask",
    points=2,
    difficulty=1,
    tolerance=Tolerance(1e-4, 1e-6, plain=1e-4),  # what was a float32 a moment ago
)

PAD, CLS, SEP = 0, 2, 3


# --- choose_masked -------------------------------------------------------------------------------


def _texts(rng: Rng, lengths: list[int], vocab: int = 40) -> Tensor:
    """Rows [CLS] … [SEP], padded on the right. Ids below 5 are special."""
    rows = torch.full((len(lengths), max(lengths)), PAD)
    for row, length in zip(rows, lengths, strict=True):
        row[:length] = random_ids(rng, length, vocab=vocab, first=5)
        row[0], row[length - 1] = CLS, SEP
    return rows


def _choice(rng: Rng, lengths: list[int], rate: float) -> Inputs:
    ids = _texts(rng, lengths)
    return {"ids": ids, "special": {PAD, CLS, SEP}, "dice": dice(rng, *ids.shape), "rate": rate}


@choose_masked.case
def some_of_many(rng: Rng) -> Inputs:
    """Three texts of different length, three tokens in ten."""
    return _choice(rng, [9, 20, 14], 0.3)


@choose_masked.case
def all_that_may_be_chosen(rng: Rng) -> Inputs:
    """The rate is 1: every ordinary token is chosen, and no other."""
    return _choice(rng, [5, 8], 1.0)


@choose_masked.case
def none_at_all(rng: Rng) -> Inputs:
    """The rate is 0."""
    return _choice(rng, [6], 0.0)


@choose_masked.case
def none_by_chance(rng: Rng) -> Inputs:
    """All dice are above the rate, so that no token is chosen, in no row."""
    ids = random_ids(rng, 2, 8, vocab=40, first=5)
    return {"ids": ids, "special": {PAD}, "dice": 0.25 + 0.75 * dice(rng, 2, 8), "rate": 0.2}


@choose_masked.case
def dice_that_fall_on_special_ones(rng: Rng) -> Inputs:
    """The dice would choose each special token, and half of the others."""
    drawn = _choice(rng, [7, 12], 0.5)
    special = torch.isin(drawn["ids"], torch.tensor([PAD, CLS, SEP]))
    return {**drawn, "dice": drawn["dice"].masked_fill(special, 0.01)}


@choose_masked.case
def other_special_ids(rng: Rng) -> Inputs:
    """Other ids are special here, also large ones, and they stand inside of the text."""
    ids = random_ids(rng, 2, 11, vocab=12)
    special = {int(number) for number in rng.choice(12, size=4, replace=False)}
    return {"ids": ids, "special": special, "dice": dice(rng, 2, 11), "rate": 0.7}


@choose_masked.case
def one_token(rng: Rng) -> Inputs:
    """A row of one ordinary token, and a row of one special token."""
    ids = torch.tensor([[int(rng.integers(5, 40))], [SEP]])
    return {"ids": ids, "special": {SEP}, "dice": torch.tensor([[0.1], [0.1]]), "rate": 0.15}


@choose_masked.case
def exactly_on_the_border(rng: Rng) -> Inputs:
    """Some dice are exactly the rate: not below it."""
    numbers = torch.from_numpy(rng.choice([0.125, 0.25, 0.5], size=(2, 9)).astype(np.float32))
    ids = random_ids(rng, 2, 9, vocab=40, first=5)
    return {"ids": ids, "special": {PAD}, "dice": numbers, "rate": 0.25}


# --- corrupt -------------------------------------------------------------------------------------


def _corruption(rng: Rng, *shape: int) -> Inputs:
    return {
        "ids": random_ids(rng, *shape, vocab=30),
        "chosen": torch.from_numpy(rng.random(size=shape) < 0.6),
        "dice": dice(rng, *shape),
        "random_ids": random_ids(rng, *shape, vocab=60, first=30),
        "mask_id": int(rng.integers(70, 90)),
    }


@corrupt.case
def two_long_texts(rng: Rng) -> Inputs:
    """Two rows of forty tokens, six in ten chosen."""
    return _corruption(rng, 2, 40)


@corrupt.case
def three_short_texts(rng: Rng) -> Inputs:
    """Three rows of five tokens."""
    return _corruption(rng, 3, 5)


@corrupt.case
def one_of_each_kind(rng: Rng) -> Inputs:
    """Four tokens: one becomes the mask, one another token, one stays, one is not chosen."""
    drawn = _corruption(rng, 1, 4)
    order = torch.from_numpy(rng.permutation(4))
    numbers = torch.tensor([[0.3, 0.84, 0.96, 0.5]])[:, order]
    return {**drawn, "dice": numbers, "chosen": numbers != 0.5}


@corrupt.case
def nothing_is_chosen(rng: Rng) -> Inputs:
    """Nothing changes, and there is no label."""
    return {**_corruption(rng, 2, 6), "chosen": torch.zeros(2, 6, dtype=torch.bool)}


@corrupt.case
def everything_is_chosen(rng: Rng) -> Inputs:
    """All tokens are chosen, also those that stay: each has a label."""
    return {**_corruption(rng, 2, 30), "chosen": torch.ones(2, 30, dtype=torch.bool)}


@corrupt.case
def a_mask_that_was_there_before(rng: Rng) -> Inputs:
    """The mask itself stands in the text at places that are not chosen: no label is there."""
    drawn = _corruption(rng, 3, 8)
    mine = torch.from_numpy(rng.random(size=(3, 8)) < 0.6) & ~drawn["chosen"]
    return {**drawn, "ids": drawn["ids"].masked_fill(mine, drawn["mask_id"])}


@corrupt.case
def dice_on_the_borders(rng: Rng) -> Inputs:
    """Dice a millionth below and above 0.8 and 0.9; some are 0.8."""
    near = [border + side for border in (0.8, 0.9) for side in (-1e-6, 1e-6)]
    numbers = rng.choice(np.array([0.8, *near], np.float32), size=(4, 9))  # 0.9 is no float32
    return {**_corruption(rng, 4, 9), "dice": torch.from_numpy(numbers)}


@corrupt.case
def one_column(rng: Rng) -> Inputs:
    """Rows of one token."""
    return _corruption(rng, 7, 1)


# --- mlm_loss ------------------------------------------------------------------------------------


@mlm_loss.drive
def loss_and_gradient(answer: Callable[..., Any], logits: Tensor, labels: Tensor) -> Any:
    held = logits.clone().requires_grad_()
    loss = answer(held, labels)
    gradient: Any = Absent("your loss has no graph: nothing can be learned from it")
    if isinstance(loss, Tensor) and loss.requires_grad and loss.numel() == 1:
        (gradient,) = torch.autograd.grad(loss.sum(), held)
    return {"loss": loss, "gradient": gradient}


def _guesses(rng: Rng, batch: int, token: int, vocab: int, spread: float = 1.5) -> Inputs:
    labels = random_ids(rng, batch, token, vocab=vocab)
    hidden = torch.from_numpy(rng.random(size=(batch, token)) < 0.6)
    hidden[int(rng.integers(batch)), int(rng.integers(token))] = False  # at least one is guessed
    return {
        "logits": normal(rng, batch, token, vocab, spread=spread),
        "labels": labels.masked_fill(hidden, -100),
    }


@mlm_loss.case
def two_texts(rng: Rng) -> Inputs:
    """Two rows of nine tokens, seven in the vocabulary."""
    return _guesses(rng, 2, 9, 7)


@mlm_loss.case
def many_in_one_row_and_few_in_another(rng: Rng) -> Inputs:
    """Six guesses in one row, one in the other: each guess counts the same."""
    drawn = _guesses(rng, 2, 6, 5)
    labels = random_ids(rng, 2, 6, vocab=5)
    labels[1, 1:] = -100
    return {**drawn, "labels": labels}


@mlm_loss.case
def one_guess(rng: Rng) -> Inputs:
    """A single token is guessed."""
    drawn = _guesses(rng, 3, 4, 8)
    labels = torch.full((3, 4), -100)
    labels[int(rng.integers(1, 3)), int(rng.integers(4))] = int(rng.integers(8))
    return {**drawn, "labels": labels}


@mlm_loss.case
def one_text_of_one_token(rng: Rng) -> Inputs:
    """One row, one token."""
    return {"logits": normal(rng, 1, 1, 4), "labels": torch.tensor([[int(rng.integers(4))]])}


@mlm_loss.case
def one_token_there_is(rng: Rng) -> Inputs:
    """A vocabulary of one token: nothing is a surprise."""
    return {"logits": normal(rng, 2, 3, 1), "labels": torch.tensor([[-100, 0, 0], [0, -100, 0]])}


@mlm_loss.case
def a_model_that_is_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds, in which the model is sure and mostly wrong."""
    return _guesses(rng, 2, 5, 6, spread=200.0)


# --- fill_mask -----------------------------------------------------------------------------------


def _masked(rng: Rng, token: int, vocab: int, masks: list[int], k: int, spread: float) -> Inputs:
    mask_id = int(rng.integers(vocab))
    ids = (mask_id + random_ids(rng, token, vocab=vocab, first=1)) % vocab  # no mask by chance
    ids[masks] = mask_id
    logits = normal(rng, token, vocab, spread=spread)
    return {"logits": logits, "ids": ids, "mask_id": mask_id, "k": k}


@fill_mask.case
def one_mask(rng: Rng) -> Inputs:
    """One mask among seven tokens; the three best of nine."""
    return _masked(rng, 7, 9, [4], 3, 2.0)


@fill_mask.case
def two_masks(rng: Rng) -> Inputs:
    """Two masks, from left to right."""
    return _masked(rng, 6, 8, [1, 4], 2, 1.5)


@fill_mask.case
def a_model_that_is_very_sure(rng: Rng) -> Inputs:
    """Logits of some hundreds: no number can hold their exponentials."""
    drawn = _masked(rng, 6, 7, [2, 5], 2, 1.0)
    return {**drawn, "logits": drawn["logits"] + 300.0 * normal(rng, 6, 1).sign()}


@fill_mask.case
def no_mask(rng: Rng) -> Inputs:
    """No mask, and nothing to fill."""
    return _masked(rng, 5, 6, [], 2, 1.0)


@fill_mask.case
def the_best_alone(rng: Rng) -> Inputs:
    """Only the best token for each of three masks, which stand side by side."""
    return _masked(rng, 5, 10, [0, 1, 2], 1, 3.0)


@fill_mask.case
def the_whole_list(rng: Rng) -> Inputs:
    """All tokens of a small list, the likeliest first."""
    return _masked(rng, 3, 4, [2], 4, 1.0)


@fill_mask.case
def one_token_there_is_to_fill_in(rng: Rng) -> Inputs:
    """A vocabulary of one token, which is the mask itself."""
    ids = torch.zeros(3, dtype=torch.int64)
    return {"logits": normal(rng, 3, 1), "ids": ids, "mask_id": 0, "k": 1}


@fill_mask.case
def one_place(rng: Rng) -> Inputs:
    """The text is one mask."""
    return _masked(rng, 1, 5, [0], 2, 1.0)
