"""Wrong answers to `softmax` in other words, with the hint due."""

import math

import numpy as np
import torch


def softmax__exp_at_once(logits, temperature=1.0):
    """Takes exp without first taking a constant away, so that large logits overflow.

    Hint: overflows
    """
    if temperature <= 0:
        raise ValueError("temperature")
    powers = torch.e ** (logits / temperature)
    return powers / powers.sum(dim=-1, keepdim=True)


def softmax__one_maximum_for_all(logits, temperature=1.0):
    """Takes away the largest logit of the whole tensor instead of each row's own.

    Hint: one_maximum_for_all
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = (logits - torch.max(logits)) / temperature
    e = torch.exp(z)
    return e / torch.sum(e, dim=-1, keepdim=True)


def softmax__one_sum_for_all(logits, temperature=1.0):
    """Divides by the sum over the whole tensor, so that not each row sums to one.

    Hint: one_sum_for_all
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    shifted = logits - logits.max(dim=-1, keepdim=True).values
    e = torch.exp(shifted / temperature)
    return e / e.sum()


def softmax__along_the_first_axis(logits, temperature=1.0):
    """Works along axis 0 instead of the last.

    Hint: first_axis
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    z = z - z.max(0, keepdim=True)[0]
    return z.exp() / z.exp().sum(0)


def softmax__keepdim_forgotten_in_the_sum(logits, temperature=1.0):
    """Forgets keepdim in the sum, so that the division pairs the wrong axes.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = torch.exp(z - z.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1)


def softmax__keepdim_forgotten_in_the_maximum(logits, temperature=1.0):
    """Forgets keepdim in the maximum, so that the subtraction pairs the wrong axes.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = torch.exp(z - z.amax(-1))
    return e / e.sum(-1, keepdim=True)


def softmax__times_the_temperature(logits, temperature=1.0):
    """Multiplies by the temperature instead of dividing.

    Hint: temperature_upside_down
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits * temperature
    z -= z.max(-1, True).values
    return torch.exp(z) / torch.exp(z).sum(-1, True)


def softmax__temperature_at_the_end(logits, temperature=1.0):
    """Divides the probabilities by the temperature instead of the logits.

    Hint: temperature_after_exp
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    e = (logits - logits.amax(-1, keepdim=True)).exp()
    p = e / e.sum(-1, keepdim=True)
    return p / temperature


def softmax__temperature_on_the_maximum_only(logits, temperature=1.0):
    """Divides only the maximum by the temperature, since brackets are missing.

    Hint: ignores_temperature
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    m = logits.max(dim=-1, keepdim=True).values
    e = torch.exp(logits - m / temperature)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__temperature_not_used(logits, temperature=1.0):
    """Does not use the temperature.

    Hint: ignores_temperature
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    a = logits.numpy().astype(np.float64)
    a = np.exp(a - a.max(axis=-1, keepdims=True))
    return torch.tensor(a / a.sum(axis=-1, keepdims=True), dtype=torch.float32)


def softmax__mean_taken_away(logits, temperature=1.0):
    """Takes away the mean, which does not keep the largest exponent small.

    Hint: minus_the_mean
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    z = z - z.mean(dim=-1, keepdim=True)
    return torch.exp(z) / torch.exp(z).sum(dim=-1, keepdim=True)


def softmax__minimum_taken_away(logits, temperature=1.0):
    """Takes away the smallest logit, so that the largest exponents still overflow.

    Hint: minus_the_mean
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    z = logits / temperature
    e = torch.exp(z - z.min(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__a_fixed_number_taken_away(logits, temperature=1.0):
    """Takes away 1000 from everything, whatever the logits are.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("the temperature must be positive")
    e = torch.exp((logits - 1000) / temperature)
    return e / e.sum(-1, keepdim=True)


def softmax__any_temperature_goes(logits, temperature=1.0):
    """Never raises the ValueError for a temperature of zero or below.

    Hint: any_temperature
    """
    scaled = logits / temperature
    scaled = scaled - scaled.max(dim=-1, keepdim=True)[0]
    exps = torch.exp(scaled)
    return exps / exps.sum(dim=-1, keepdim=True)


def softmax__only_zero_is_refused(logits, temperature=1.0):
    """Raises for temperature zero, but not for a negative one.

    Hint: any_temperature
    """
    if temperature == 0:
        raise ValueError("division by zero")
    z = logits / temperature
    e = torch.exp(z - z.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__only_negative_is_refused(logits, temperature=1.0):
    """Raises for a negative temperature, but not for zero.

    Hint: zero_is_allowed
    """
    if temperature < 0:
        raise ValueError("negative temperature")
    z = logits / temperature
    e = torch.exp(z - z.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__asserts(logits, temperature=1.0):
    """Asserts instead of raising a ValueError.

    Hint: any_temperature
    """
    assert temperature > 0, "temperature must be positive"
    z = logits / temperature
    e = torch.exp(z - z.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__error_returned(logits, temperature=1.0):
    """Returns or prints the error instead of raising it.

    Hint: any_temperature
    """
    if temperature <= 0:
        print("ValueError: temperature must be positive")
        return None
    z = logits / temperature
    e = torch.exp(z - z.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)


def softmax__zero_is_greedy(logits, temperature=1.0):
    """Takes temperature zero as the choice of the best, as sampling libraries do.

    Hint: zero_is_allowed
    """
    if temperature == 0:
        return torch.nn.functional.one_hot(logits.argmax(-1), logits.shape[-1]).float()
    if temperature < 0:
        raise ValueError("temperature")
    z = logits / temperature
    e = torch.exp(z - z.amax(-1, keepdim=True))
    return e / e.sum(-1, keepdim=True)


def softmax__clamped(logits, temperature=1.0):
    """Cuts off large logits, so that those beyond the limit all count the same.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = (logits / temperature).clamp(-80, 80)
    e = torch.exp(z)
    return e / e.sum(-1, keepdim=True)


def softmax__logarithms(logits, temperature=1.0):
    """Returns logarithms of the probabilities: the last exp is missing.

    Hint: logarithm
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    return z - torch.logsumexp(z, dim=-1, keepdim=True)


def softmax__built_in(logits, temperature=1.0):
    """Uses the softmax of PyTorch.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    return torch.nn.Softmax(dim=-1)(logits / temperature)


def softmax__nan_swept_away(logits, temperature=1.0):
    """Lets exp overflow and then replaces nan by zero, so that rows sum to zero.

    Hint: overflows
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    e = torch.exp(logits / temperature)
    p = e / e.sum(dim=-1, keepdim=True)
    return torch.nan_to_num(p)


def softmax__two_axes_only(logits, temperature=1.0):
    """Goes through rows, as if the logits always had exactly two axes.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    rows = []
    for row in logits:
        e = [math.exp((z - max(row)) / temperature) for z in row]
        rows.append([x / sum(e) for x in e])
    return torch.tensor(rows)


def softmax__one_axis_only(logits, temperature=1.0):
    """Treats the logits as one flat list, as if there were no leading axes.

    Hint: one_sum_for_all
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    values = logits.flatten().tolist()
    top = max(values)
    e = [math.exp((v - top) / temperature) for v in values]
    return torch.tensor([x / sum(e) for x in e]).reshape(logits.shape)


def softmax__in_place(logits, temperature=1.0):
    """Works on the argument itself and changes it.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    logits /= temperature
    logits -= logits.max(dim=-1, keepdim=True).values
    e = logits.exp()
    return e / e.sum(dim=-1, keepdim=True)


def softmax__powers_of_two(logits, temperature=1.0):
    """Takes powers of 2 instead of e.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    z = z - z.amax(-1, keepdim=True)
    return 2**z / (2**z).sum(-1, keepdim=True)


def softmax__no_exp(logits, temperature=1.0):
    """Divides the logits by their sum, without exp.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    return z / z.sum(dim=-1, keepdim=True)


def softmax__sigmoid(logits, temperature=1.0):
    """Takes the sigmoid of each logit by itself, so that rows do not sum to one.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    return 1 / (1 + torch.exp(-logits / temperature))


def softmax__rounded(logits, temperature=1.0):
    """Rounds to four digits, as the example prints them.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    e = torch.exp(z - z.amax(-1, keepdim=True))
    return torch.round(e / e.sum(-1, keepdim=True), decimals=4)


def softmax__values_forgotten(logits, temperature=1.0):
    """Forgets that max along an axis returns values and places.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    z = z - torch.max(z, dim=-1, keepdim=True)
    return torch.exp(z) / torch.exp(z).sum(-1, keepdim=True)


def softmax__squeezed(logits, temperature=1.0):
    """Takes away all axes of size one at the end.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    e = torch.exp(z - z.amax(-1, keepdim=True))
    return (e / e.sum(-1, keepdim=True)).squeeze()


def softmax__minus_infinity_becomes_zero(logits, temperature=1.0):
    """Replaces a logit of minus infinity by 0, which gives it a probability.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = torch.where(torch.isinf(logits), torch.zeros_like(logits), logits) / temperature
    e = torch.exp(z - z.amax(-1, keepdim=True))
    return e / e.sum(-1, keepdim=True)


def softmax__sign_turned(logits, temperature=1.0):
    """Takes the logits away from the maximum, so that the best one gets the least.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    e = torch.exp(z.max(-1, keepdim=True).values - z)
    return e / e.sum(-1, keepdim=True)


def softmax__lists(logits, temperature=1.0):
    """Returns nested lists instead of a tensor.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    e = torch.exp(z - z.amax(-1, keepdim=True))
    return (e / e.sum(-1, keepdim=True)).tolist()


def softmax__maximum_not_divided(logits, temperature=1.0):
    """Divides the logits by the temperature, but takes away their maximum as it was.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    e = torch.exp(logits / temperature - logits.amax(-1, keepdim=True))
    return e / e.sum(-1, keepdim=True)


def softmax__maximum_only_where_large(logits, temperature=1.0):
    """Takes the maximum away only where exp would give infinity, not where it gives zero.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = logits / temperature
    if z.max() > 88:
        z = z - z.amax(-1, keepdim=True)
    return z.exp() / z.exp().sum(-1, keepdim=True)


def softmax__mean_of_the_finite(logits, temperature=1.0):
    """Takes the mean of the finite logits away, which does not keep the largest exponent small.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    finite = logits.isfinite()
    mean = (logits.nan_to_num(neginf=0.0) * finite).sum(-1, True) / finite.sum(-1, True)
    e = torch.exp((logits - mean) / temperature)
    return e / e.sum(-1, keepdim=True)


def softmax__largest_size(logits, temperature=1.0):
    """Takes away the largest size of a logit, with the sign of the largest logit.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    top = logits.amax(-1, keepdim=True)
    size = logits.nan_to_num(neginf=0.0).abs().amax(-1, keepdim=True)
    e = torch.exp((logits - top.sign() * size) / temperature)
    return e / e.sum(-1, keepdim=True)


def softmax__low_enough(logits, temperature=1.0):
    """Puts a logit that is low enough in place of -inf, so that its probability is not quite 0.

    Hint: none
    """
    if temperature <= 0:
        raise ValueError("temperature must be > 0")
    z = (logits - logits.amax(-1, keepdim=True)) / temperature
    e = torch.exp(z.clamp(min=-20))
    return e / e.sum(-1, keepdim=True)
