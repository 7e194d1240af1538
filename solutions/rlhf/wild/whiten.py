"""Wrong answers to `whiten` in other words, with the hint due."""

import torch


def whiten__everything(values, mask):
    """Whitens the whole table.

    Hint: over_everything
    """
    v = torch.nan_to_num(values)
    return ((v - v.mean()) / (v.var(unbiased=False) + 1e-8) ** 0.5).masked_fill(~mask, 0)


def whiten__bessel(values, mask):
    """Uses `std` as it comes.

    Hint: one_less
    """
    v = values[mask]
    s = v.std() if v.numel() > 1 else torch.tensor(1.0)
    return torch.where(mask, (values - v.mean()) / (s**2 + 1e-8).sqrt(), torch.tensor(0.0))


def whiten__centred(values, mask):
    """Only centres.

    Hint: only_shifted
    """
    return torch.where(mask, values - values[mask].mean(), 0.0)


def whiten__no_eps(values, mask):
    """Divides by zero.

    Hint: nothing_added
    """
    v = values[mask]
    return torch.where(mask, (values - v.mean()) / v.std(unbiased=False), 0.0)


def whiten__var(values, mask):
    """Divides by the variance.

    Hint: by_the_variance
    """
    v = values[mask]
    return torch.where(mask, (values - v.mean()) / (v.var(unbiased=False) + 1e-8), 0.0)


def whiten__flat(values, mask):
    """Returns a flat list of numbers.

    Hint: only_the_real
    """
    v = values.masked_select(mask)
    return (v - v.mean()) / torch.sqrt(((v - v.mean()) ** 2).mean() + 1e-8)


def whiten__scaled_to_one(values, mask):
    """Scales to between 0 and 1.

    Hint: none
    """
    v = values[mask]
    width = (v.max() - v.min()).clamp(min=1e-8)
    return torch.where(mask, (values - v.min()) / width, 0.0)


def whiten__mean_of_squares(values, mask):
    """Takes the variance from the mean of squares, which loses its digits far from 0.

    Hint: none
    """
    v = values[mask]
    var = ((v * v).mean() - v.mean() ** 2).clamp(min=0)
    return torch.where(mask, (values - v.mean()) / (var + 1e-8).sqrt(), 0.0)


def whiten__within_five(values, mask):
    """Lets nothing go beyond 5.

    Hint: none
    """
    real = values[mask]
    white = (values - real.mean()) / (real.var(correction=0) + 1e-8).sqrt()
    return white.clamp(-5, 5).masked_fill(~mask, 0)
