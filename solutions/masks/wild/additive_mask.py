"""Wrong answers to `additive_mask` in other words, with the hint due."""

import math
import sys

import numpy as np
import torch


def additive_mask__minus_infinity(mask):
    """Uses minus infinity, which is no finite number.

    Hint: infinity
    """
    return torch.zeros(mask.shape).masked_fill(~mask, -math.inf)


def additive_mask__minus_a_billion(mask):
    """Uses -1e9, which is not the lowest number.

    Hint: minus_a_billion
    """
    return (~mask).float() * -1e9


def additive_mask__minus_ten_thousand(mask):
    """Uses -10000, as old code does.

    Hint: none
    """
    return (1.0 - mask.float()) * -10000.0


def additive_mask__copied_from_the_example(mask):
    """Copies the rounded number from the example.

    Hint: none
    """
    return torch.where(mask, 0.0, -3.4028e38)


def additive_mask__turned_round(mask):
    """Hides what may be looked at.

    Hint: upside_down
    """
    out = torch.zeros(mask.shape, dtype=torch.float32)
    out[mask] = torch.finfo(torch.float32).min
    return out


def additive_mask__one_to_look(mask):
    """Gives 1 instead of 0 where one may look.

    Hint: one_to_look
    """
    return torch.where(mask, 1.0, torch.finfo(torch.float32).min)


def additive_mask__bool_taken_from_one(mask):
    """Takes a boolean tensor away from 1, which PyTorch does not do.

    Hint: none
    """
    return (1 - mask) * torch.finfo(torch.float32).min


def additive_mask__zero_times_infinity(mask):
    """Multiplies by minus infinity, so that 0 becomes nan.

    Hint: infinity
    """
    return (~mask).float() * float("-inf")


def additive_mask__logarithm(mask):
    """Takes the logarithm of 1 and 0, which gives minus infinity.

    Hint: infinity
    """
    return torch.log(mask.float())


def additive_mask__ones_and_zeros(mask):
    """Makes ones and zeros of it and nothing more.

    Hint: ones_and_zeros
    """
    return mask.to(torch.float32)


def additive_mask__double(mask):
    """Uses the lowest number of float64.

    Hint: none
    """
    low = torch.finfo(torch.float64).min
    return torch.zeros(mask.shape, dtype=torch.float64).masked_fill(~mask, low)


def additive_mask__right_numbers_in_double(mask):
    """Returns float64 instead of float32.

    Hint: none
    """
    low = np.finfo(np.float32).min
    return torch.from_numpy(np.where(mask.numpy(), 0.0, float(low)))


def additive_mask__half(mask):
    """Uses the lowest number of float16.

    Hint: none
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float16).min)


def additive_mask__smallest_positive(mask):
    """Uses the smallest positive number instead of the lowest.

    Hint: the_smallest
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).tiny)


def additive_mask__smallest_positive_of_sys(mask):
    """Uses sys.float_info.min, which is positive and tiny.

    Hint: the_smallest
    """
    return torch.where(mask, torch.tensor(0.0), torch.tensor(-sys.float_info.min))


def additive_mask__largest_of_python(mask):
    """Uses the largest number of Python, which is infinite in float32.

    Hint: infinity
    """
    return torch.where(mask, torch.tensor(0.0), torch.tensor(-sys.float_info.max))


def additive_mask__positive(mask):
    """Uses the highest number instead of the lowest.

    Hint: the_highest
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).max)


def additive_mask__written_into_booleans(mask):
    """Writes the numbers into a tensor of booleans, where they become True.

    Hint: none
    """
    out = mask.clone()
    out[mask] = 0
    out[~mask] = torch.finfo(torch.float32).min
    return out


def additive_mask__minus_one(mask):
    """Gives -1 to what is hidden.

    Hint: none
    """
    return mask.float() - 1


def additive_mask__lists(mask):
    """Returns lists instead of a tensor.

    Hint: none
    """
    low = torch.finfo(torch.float32).min
    flat = [0.0 if m else low for m in mask.flatten().tolist()]
    return flat


def additive_mask__more_axes(mask):
    """Adds axes for batch and heads.

    Hint: none
    """
    return torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)[None, None]


def additive_mask__flat(mask):
    """Loses the shape of the mask.

    Hint: none
    """
    low = torch.finfo(torch.float32).min
    return torch.tensor([0.0 if m else low for m in mask.flatten()])
