"""Sections 9.8 and 9.9: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

fit_power_law__no_floor = Edit("np.array(losses) - floor", "np.array(losses)")
"""You fit the losses themselves. What falls by a power law is the gap to the floor."""

fit_power_law__not_in_logarithms = Edit(
    "np.polyfit(np.log(sizes), np.log(gaps), 1)", "np.polyfit(np.array(sizes), gaps, 1)"
)
"""You draw a line through sizes and gaps as they are. A power law is a line in their logarithms."""

fit_power_law__sizes_not_in_logarithms = Edit(
    "np.polyfit(np.log(sizes)", "np.polyfit(np.array(sizes)"
)
"""You take the logarithm of the gaps, but not of the sizes. Take that of both."""

fit_power_law__gaps_not_in_logarithms = Edit("np.log(gaps), 1)", "gaps, 1)")
"""You take the logarithm of the sizes, but not of the gaps. Take that of both."""

fit_power_law__sign = Edit("float(-slope)", "float(slope)")
"""The law has size ** -exponent. So where the gap falls the exponent is above 0."""

fit_power_law__logarithm_of_the_factor = Edit("float(np.exp(start))", "float(start)")
"""The line gives you the *logarithm* of the factor. Undo it."""

fit_power_law__base_ten = Edit(
    "np.polyfit(np.log(sizes), np.log(gaps), 1)", "np.polyfit(np.log10(sizes), np.log10(gaps), 1)"
)
"""You took logarithms to base 10, and undo them to base e."""

fit_power_law__turned_round = Edit("np.polyfit(np.log(sizes), np.log(gaps), 1)", "np.polyfit(np.log(gaps), np.log(sizes), 1)")  # fmt: skip
"""You fit the sizes by the gaps. Which of the two is given, and which is to be predicted?"""

fit_power_law__the_ends = Edit(
    "np.polyfit(np.log(sizes), np.log(gaps), 1)",
    "np.polyfit(np.log([sizes[0], sizes[-1]]), np.log(gaps[[0, -1]]), 1)",
)
"""You draw the line through the first and the last run. All of them count, by least squares."""

fit_power_law__floor_added = Edit("- floor", "+ floor")
"""You add the floor. The gap is what a loss is *above* it."""

fit_power_law__exponent_first = Edit(
    "float(np.exp(start)), float(-slope)", "float(-slope), float(np.exp(start))"
)
"""First comes the factor, then the exponent."""

predict_loss__gaps = Edit("(floor + math.exp(y) for y", "(math.exp(y) for y")
"""You return gaps. A loss is a gap above the floor."""

predict_loss__logarithms = Edit("(floor + math.exp(y) for y", "(float(y) for y")
"""You return logarithms of gaps. Undo the logarithm, and add the floor."""

predict_loss__no_floor = Edit(
    "fit_power_law(sizes, losses, floor)",
    "fit_power_law(sizes, losses, 0.0)",
    "np.array(losses) - floor",
    "np.array(losses)",
    "(floor + math.exp(y) for y",
    "(math.exp(y) for y",
)
"""You fit the losses themselves. What falls by a power law is the gap to the floor."""

predict_loss__of_the_line_alone = Edit("np.sqrt(1 + 1 / len(x) +", "np.sqrt(1 / len(x) +")
"""Your interval is about where the *line* is. A new run lies beside it, as the others do: what stands
first under the root?"""

predict_loss__not_wider_far_away = Edit(" + (new - x.mean()) ** 2 / spread)", ")")
"""Far from the runs the slope matters more, so that the interval is wider there. See the last term
under the root."""

predict_loss__no_root = Edit("np.sqrt(1 + 1 / len(x) + (new - x.mean()) ** 2 / spread)", "(1 + 1 / len(x) + (new - x.mean()) ** 2 / spread)")  # fmt: skip
"""The root over the three terms is missing."""

predict_loss__variance = Edit("s = np.sqrt((r**2).sum() / (len(x) - 2))", "s = (r**2).sum() / (len(x) - 2)")  # fmt: skip
"""You use s². The root of it is asked for."""

predict_loss__divided_by_n = Edit("/ (len(x) - 2)", "/ len(x)")
"""A line takes two of the n runs to be fixed: divide by n - 2."""

predict_loss__divided_by_n_less_one = Edit("/ (len(x) - 2)", "/ (len(x) - 1)")
"""A line has two numbers, slope and start, and not one: divide by n - 2."""

predict_loss__no_t = Edit("off = t * s", "off = s")
"""You leave out t."""

predict_loss__around_the_gap = Edit(
    "(floor + math.exp(y) for y in (middle - off, middle, middle + off))",
    "(floor + math.exp(middle) + y for y in (-off, 0.0, off))",
)
"""The interval is one of the logarithm. Undo the logarithm of its ends, not of the middle alone."""

predict_loss__sizes_in_the_spread = Edit(
    "new, spread = np.log(size), ((x - x.mean()) ** 2).sum()",
    "new, spread = np.log(size), ((x - x.mean()) ** 2).mean()",
)
"""The last term has the sum of the squares below it, not their mean."""

predict_loss__highest_first = Edit(
    "(middle - off, middle, middle + off)", "(middle + off, middle, middle - off)"
)
"""The lowest loss comes first."""

compute_optimal__six_forgotten = Edit(
    "base * (flops / 6) **", "base * flops **", "flops / 6 / parameters", "flops / parameters"
)
"""A run costs 6 operations for each weight and token. You have forgotten the 6."""

compute_optimal__six_of_the_tokens = Edit("flops / 6 / parameters", "flops / parameters")
"""Multiply your two numbers with each other and by 6: that is more than the budget."""

compute_optimal__other_exponent = Edit("(beta / (alpha + beta))", "(alpha / (alpha + beta))")
"""The steeper the gap falls with *tokens*, the more goes into weights: see the exponent again."""

compute_optimal__turned_round = Edit("alpha * a / (beta * b)", "beta * b / (alpha * a)")
"""Your G is turned upside down."""

compute_optimal__no_base = Edit("base * (flops", "(flops")
"""You leave out G."""

compute_optimal__base_without_exponents = Edit("alpha * a / (beta * b)", "a / b")
"""In G stand alpha a and beta b, not a and b alone."""

compute_optimal__no_root = Edit(" ** (1 / (alpha + beta))", "")
"""G is a power: its exponent is missing."""

compute_optimal__half = Edit("(beta / (alpha + beta))", "0.5")
"""You give weights and tokens the same power of the budget. That is so if alpha and beta are the
same."""

compute_optimal__tokens_first = Edit(
    "return parameters, flops / 6 / parameters", "return flops / 6 / parameters, parameters"
)
"""First the parameters, then the tokens."""

compute_optimal__twenty = Edit("flops / 6 / parameters", "20 * parameters")
"""Twenty tokens for each weight is a rule of thumb for one law. Here the budget says how many there
are."""

compute_optimal__twenty__of_the_budget = Edit(
    "base * (flops / 6) ** (beta / (alpha + beta))", "(flops / 6 / 20) ** 0.5"
)

fit_power_law__turned_round__and_back = Edit(
    "slope, start = np.polyfit(np.log(sizes), np.log(gaps), 1)",
    "back, other = np.polyfit(np.log(gaps), np.log(sizes), 1)\n"
    "    slope, start = 1 / back, -other / back",
)

predict_loss__no_floor__but_at_the_end = Edit(
    "fit_power_law(sizes, losses, floor)",
    "fit_power_law(sizes, losses, 0.0)",
    "np.array(losses) - floor",
    "np.array(losses)",
)
