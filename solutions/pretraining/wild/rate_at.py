"""Wrong answers to `rate_at` in other words, with the hint due."""

import math


def rate_at__counts_from_one(step, peak, warmup, steps, last):
    """Starts with step + 1 in the warm-up.

    Hint: one_step_ahead
    """
    if step < warmup:
        return peak * (step + 1) / warmup
    if step >= steps:
        return last
    p = (step - warmup) / (steps - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__whole_run(step, peak, warmup, steps, last):
    """Runs the cosine over all steps, from step 0.

    Hint: cosine_from_the_start
    """
    if step < warmup:
        return peak * step / warmup
    if step >= steps:
        return last
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * step / steps))


def rate_at__not_less_the_warmup(step, peak, warmup, steps, last):
    """Divides by all steps, and so does not arrive.

    Hint: cosine_too_long
    """
    if step < warmup:
        return peak * step / warmup
    if step >= steps:
        return last
    p = (step - warmup) / steps
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__linear(step, peak, warmup, steps, last):
    """Falls in a line.

    Hint: a_line
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return peak + (last - peak) * p


def rate_at__goes_up_again(step, peak, warmup, steps, last):
    """Does not stop at the end.

    Hint: up_again
    """
    if step < warmup:
        return peak * step / warmup
    p = (step - warmup) / (steps - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__to_zero(step, peak, warmup, steps, last):
    """Falls to 0.

    Hint: down_to_zero
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return 0.5 * peak * (1 + math.cos(math.pi * p))


def rate_at__not_below_last(step, peak, warmup, steps, last):
    """Falls to 0, and cuts it off at `last`.

    Hint: none
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return max(last, 0.5 * peak * (1 + math.cos(math.pi * p)))


def rate_at__last_on_top(step, peak, warmup, steps, last):
    """Adds `last` to the whole curve, so that it begins above the peak.

    Hint: last_on_top
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return last + 0.5 * peak * (1 + math.cos(math.pi * p))


def rate_at__last_is_a_share(step, peak, warmup, steps, last):
    """Takes `last` for a share of the peak.

    Hint: none
    """
    low = last * peak
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return low + 0.5 * (peak - low) * (1 + math.cos(math.pi * p))


def rate_at__from_last(step, peak, warmup, steps, last):
    """Rises from `last`, not from 0.

    Hint: from_last
    """
    if step < warmup:
        return last + (peak - last) * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__divides_by_no_warmup(step, peak, warmup, steps, last):
    """Takes the smaller of both, and divides by a warm-up of 0.

    Hint: none
    """
    up = peak * step / warmup
    p = min(max(step - warmup, 0) / (steps - warmup), 1)
    down = last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))
    return min(up, down)


def rate_at__quarter(step, peak, warmup, steps, last):
    """Takes a quarter of a wave.

    Hint: quarter
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return last + (peak - last) * math.cos(math.pi / 2 * p)


def rate_at__whole_wave(step, peak, warmup, steps, last):
    """Takes a whole wave: it goes down and up.

    Hint: whole_cosine
    """
    if step < warmup:
        return peak * step / warmup
    if step >= steps:
        return last
    p = (step - warmup) / (steps - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(2 * math.pi * p))


def rate_at__degrees(step, peak, warmup, steps, last):
    """Puts degrees into the cosine.

    Hint: none
    """
    if step < warmup:
        return peak * step / warmup
    if step >= steps:
        return last
    p = (step - warmup) / (steps - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(180 * p))


def rate_at__steps_after_the_warmup(step, peak, warmup, steps, last):
    """Counts `steps` from the end of the warm-up.

    Hint: cosine_too_long
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / steps, 1.0)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__no_warmup(step, peak, warmup, steps, last):
    """Stays at the peak in the warm-up.

    Hint: no_warm_up
    """
    p = min(max(step - warmup, 0) / (steps - warmup), 1)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__last_step_is_steps_minus_one(step, peak, warmup, steps, last):
    """Arrives one step too early.

    Hint: none
    """
    if step < warmup:
        return peak * step / warmup
    if step >= steps - 1:
        return last
    p = (step - warmup) / (steps - 1 - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__zero_after_the_end(step, peak, warmup, steps, last):
    """Gives 0 after the end.

    Hint: zero_after_the_end
    """
    if step > steps:
        return 0.0
    if step < warmup:
        return peak * step / warmup
    p = (step - warmup) / (steps - warmup)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__rises_by_a_cosine(step, peak, warmup, steps, last):
    """Rises along a cosine too.

    Hint: none
    """
    if step < warmup:
        return peak * (1 - math.cos(math.pi * step / warmup)) / 2
    p = min((step - warmup) / (steps - warmup), 1)
    return last + 0.5 * (peak - last) * (1 + math.cos(math.pi * p))


def rate_at__upside_down(step, peak, warmup, steps, last):
    """Subtracts the cosine: it begins at `last` and rises.

    Hint: none
    """
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return last + 0.5 * (peak - last) * (1 - math.cos(math.pi * p))
