"""Section 9.7: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

rate_at__cosine_from_the_start = Edit("(step - warmup) / (steps - warmup)", "step / steps")
"""Your cosine begins at step 0, so that it has already fallen when the warm-up ends. Where must it
begin?"""

rate_at__cosine_too_long = Edit("(step - warmup) / (steps - warmup)", "(step - warmup) / steps")
"""How many steps has the cosine? Yours has not come down at the end."""

rate_at__one_step_ahead = Edit("peak * step / warmup", "peak * (step + 1) / warmup")
"""Your warm-up is a step ahead. At step 0 the rate is 0."""

rate_at__never_at_the_peak = Edit("peak * step / warmup", "peak * step / (warmup + 1)")
"""Your warm-up does not come up to the peak: there is a leap at its end."""

rate_at__from_last = Edit("peak * step / warmup", "last + (peak - last) * step / warmup")
"""Your warm-up begins at `last`. It begins at 0."""

rate_at__down_to_zero = Edit(
    "last + (peak - last) * (1 + math.cos(math.pi * progress)) / 2",
    "peak * (1 + math.cos(math.pi * progress)) / 2",
)
"""Your rate falls to 0. It falls to `last`."""

rate_at__last_on_top = Edit("last + (peak - last) * (1", "last + peak * (1")
"""At the end of the warm-up your rate is above the peak."""

rate_at__a_line = Edit("(1 + math.cos(math.pi * progress)) / 2", "(1 - progress)")
"""You go down in a line. Half a cosine is slow at first, fast in the middle, and slow at the end."""

rate_at__quarter = Edit(
    "(1 + math.cos(math.pi * progress)) / 2", "math.cos(math.pi * progress / 2)"
)
"""You take a quarter of a cosine, from 1 to 0. Half a one goes from 1 to -1, and must be shifted."""

rate_at__whole_cosine = Edit("math.pi * progress", "2 * math.pi * progress")
"""Your cosine comes up again. Half of it is enough: from 0 to π."""

rate_at__not_shifted = Edit(
    "(1 + math.cos(math.pi * progress)) / 2", "math.cos(math.pi * progress)"
)
"""A cosine goes down to -1. Shift it and halve it, so that it goes from 1 to 0."""

rate_at__up_again = Edit(
    "min(1.0, (step - warmup) / (steps - warmup))", "(step - warmup) / (steps - warmup)"
)
"""After the last step your rate rises again. There it stays at `last`."""

rate_at__zero_after_the_end = Edit(
    "    progress =",
    "    if step > steps:\n        return 0.0\n    progress =",
)
"""After the last step your rate is 0. There it stays at `last`."""

rate_at__no_warm_up = Edit(
    "if step < warmup:", "if step < 0:", "(step - warmup) /", "max(0, step - warmup) /"
)
"""Your rate begins at the peak, whatever `warmup` is. First it rises."""

rate_at__leaves_one = Edit(
    "step < warmup", "step <= warmup", "peak * step / warmup", "peak * step / max(1, warmup + 1)"
)
"""At step `warmup` the rate has its peak."""

rate_at__a_factor = Edit("return peak * step / warmup", "return step / warmup", "last + (peak - last) *", "last / peak + (1 - last / peak) *")  # fmt: skip
"""You return a share of the peak. The rate itself is asked for."""

rate_at__cosine_too_long__cut_off = Edit(
    "min(1.0, (step - warmup) / (steps - warmup))",
    "(step - warmup) / steps if step < steps else 1.0",
)

rate_at__whole_cosine__cut_off = Edit(
    "math.pi * progress", "(2 if progress < 1 else 1) * math.pi * progress"
)
