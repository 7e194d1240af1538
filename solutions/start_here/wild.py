"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""

import math

import numpy as np
import torch


def most_likely__the_probability_itself(words, probabilities):
    """Returns the highest probability as a number instead of its word.

    Hint: probability
    """
    best = max(probabilities.tolist())
    return best


def most_likely__the_place(words, probabilities):
    """Returns the place of the word instead of the word.

    Hint: position
    """
    return int(torch.argmax(probabilities))


def most_likely__word_and_probability(words, probabilities):
    """Returns the word together with its probability.

    Hint: none
    """
    i = probabilities.argmax().item()
    return words[i], probabilities[i].item()


def most_likely__printed(words, probabilities):
    """Prints the word and returns nothing.

    Hint: none
    """
    index = torch.argmax(probabilities)
    print(words[index])


def most_likely__ascending(words, probabilities):
    """Sorts by probability but takes the first, which is the least likely.

    Hint: least_likely
    """
    pairs = sorted(zip(probabilities.tolist(), range(len(words))))
    return words[pairs[0][1]]


def most_likely__last_of_equals(words, probabilities):
    """Keeps the last of several equal words, since it compares with >=.

    Hint: last_of_a_tie
    """
    best, best_word = -1.0, None
    for word, p in zip(words, probabilities):
        if p >= best:
            best, best_word = p, word
    return best_word


def most_likely__looked_up_by_probability(words, probabilities):
    """Looks the word up by its probability in a dictionary, where equal probabilities overwrite.

    Hint: last_of_a_tie
    """
    by_probability = dict(zip(probabilities.tolist(), words))
    return by_probability[max(by_probability)]


def most_likely__sorted_to_the_end(words, probabilities):
    """Sorts and takes the last, which of equals is the last one.

    Hint: last_of_a_tie
    """
    order = sorted(range(len(words)), key=lambda i: probabilities[i].item())
    return words[order[-1]]


def most_likely__alphabet_decides(words, probabilities):
    """Lets the alphabet decide between equals, since pairs of number and word are compared.

    Hint: last_of_a_tie
    """
    return max(zip(probabilities.tolist(), words))[1]


def most_likely__alphabet_only(words, probabilities):
    """Takes the largest word instead of the one with the largest probability.

    Hint: by_the_alphabet
    """
    return max(words)


def most_likely__drawn(words, probabilities):
    """Draws a word by chance instead of taking the likeliest.

    Hint: none
    """
    index = torch.multinomial(probabilities, 1)
    return words[index.item()]


def most_likely__more_than_half(words, probabilities):
    """Looks for a word with more than one half, which there need not be.

    Hint: none
    """
    for i in range(len(words)):
        if probabilities[i] > 0.5:
            return words[i]


def most_likely__all_of_the_best(words, probabilities):
    """Returns a list of all words that share the highest probability.

    Hint: none
    """
    top = probabilities.max()
    return [w for w, p in zip(words, probabilities) if p == top]


def most_likely__in_a_list(words, probabilities):
    """Returns a list with the one word in it.

    Hint: none
    """
    values, indices = torch.topk(probabilities, 1)
    return [words[i] for i in indices]


def most_likely__last_word_never_seen(words, probabilities):
    """Stops one word too early and never looks at the last.

    Hint: none
    """
    best = 0
    for i in range(1, len(words) - 1):
        if probabilities[i] > probabilities[best]:
            best = i
    return words[best]


def most_likely__better_than_the_one_before(words, probabilities):
    """Compares each word with its neighbour instead of with the best so far.

    Hint: better_than_its_neighbour
    """
    best = words[0]
    for i in range(1, len(words)):
        if probabilities[i] > probabilities[i - 1]:
            best = words[i]
    return best


def most_likely__returns_in_the_loop(words, probabilities):
    """Returns inside of the loop, after the first word.

    Hint: first_word
    """
    best = 0
    for word, p in zip(words, probabilities.tolist()):
        if p > best:
            best = p
            answer = word
            return answer


def most_likely__first_on_the_list(words, probabilities):
    """Takes the first word, as if the list were always sorted like the one in the picture.

    Hint: first_word
    """
    return words[0]


def most_likely__argmax_not_called(words, probabilities):
    """Forgets the brackets after argmax.

    Hint: none
    """
    return words[probabilities.argmax]


def most_likely__rounded_to_percent(words, probabilities):
    """Compares whole percents, so that close probabilities count as equal.

    Hint: none
    """
    percent = [round(100 * p) for p in probabilities.tolist()]
    return words[percent.index(max(percent))]


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


def surprisal__bits(probabilities, index):
    """Takes the logarithm to base 2, so that the unit is the bit.

    Hint: bits
    """
    rows = torch.arange(probabilities.shape[0])
    return -torch.log2(probabilities[rows, index])


def surprisal__base_ten(probabilities, index):
    """Takes the logarithm to base 10.

    Hint: none
    """
    picked = np.array([float(p[i]) for p, i in zip(probabilities, index)], dtype=np.float32)
    return torch.from_numpy(-np.log10(picked))


def surprisal__no_minus(probabilities, index):
    """Forgets the minus sign.

    Hint: without_minus
    """
    chosen = probabilities.gather(1, index.unsqueeze(1)).squeeze(1)
    return torch.log(chosen)


def surprisal__averaged(probabilities, index):
    """Averages over the rows.

    Hint: averaged
    """
    p = probabilities[range(len(index)), index]
    return (-p.log()).mean()


def surprisal__summed(probabilities, index):
    """Adds the rows up to one number.

    Hint: averaged
    """
    total = 0
    for row, i in zip(probabilities, index):
        total += -torch.log(row[i])
    return total


def surprisal__one_minus_p(probabilities, index):
    """Takes one minus the probability instead of a logarithm.

    Hint: none
    """
    return 1 - probabilities[torch.arange(len(index)), index]


def surprisal__one_over_p(probabilities, index):
    """Takes one over the probability and forgets the logarithm.

    Hint: none
    """
    return 1 / probabilities[torch.arange(len(index)), index]


def surprisal__index_picks_rows(probabilities, index):
    """Uses the index to pick rows.

    Hint: picks_rows
    """
    return -torch.log(probabilities[index])


def surprisal__index_for_every_row(probabilities, index):
    """Picks all indices in all rows and gets a square.

    Hint: picks_whole_columns
    """
    return -probabilities[:, index].log()


def surprisal__gathered_as_a_column(probabilities, index):
    """Leaves the axis that gather needs, so that a column comes back.

    Hint: none
    """
    return -torch.log(torch.gather(probabilities, 1, index[:, None]))


def surprisal__entropy_of_the_row(probabilities, index):
    """Computes the entropy of each row and does not use the index.

    Hint: entropy
    """
    return -(probabilities * torch.log(probabilities)).sum(dim=1)


def surprisal__weighted_by_p(probabilities, index):
    """Multiplies the logarithm by the probability, as in the formula of entropy.

    Hint: none
    """
    p = probabilities[torch.arange(len(index)), index]
    return -p * torch.log(p)


def surprisal__cross_entropy_of_probabilities(probabilities, index):
    """Gives probabilities to cross_entropy, which takes softmax of them once more.

    Hint: takes_them_for_logits
    """
    import torch.nn.functional as F

    return F.cross_entropy(probabilities, index, reduction="none")


def surprisal__nll_with_its_mean(probabilities, index):
    """Uses nll_loss, which averages unless told not to.

    Hint: averaged
    """
    return torch.nn.functional.nll_loss(torch.log(probabilities), index)


def surprisal__nll_without_log(probabilities, index):
    """Gives probabilities to nll_loss, which takes no logarithm itself.

    Hint: none
    """
    return torch.nn.functional.nll_loss(probabilities, index, reduction="none")


def surprisal__clamped(probabilities, index):
    """Keeps the probability above a tiny number, so that nothing is infinite.

    Hint: never_infinite
    """
    p = probabilities[torch.arange(len(index)), index]
    return -torch.log(torch.clamp(p, min=1e-12))


def surprisal__small_number_added(probabilities, index):
    """Adds a small number before the logarithm, so that nothing is infinite.

    Hint: never_infinite
    """
    p = probabilities[torch.arange(len(index)), index]
    return -torch.log(p + 1e-8)


def surprisal__infinity_swept_away(probabilities, index):
    """Replaces what is infinite by 0.

    Hint: none
    """
    s = -torch.log(probabilities[torch.arange(len(index)), index])
    s[torch.isinf(s)] = 0
    return s


def surprisal__of_the_best(probabilities, index):
    """Takes the surprisal of the likeliest choice instead of the one that happened.

    Hint: of_the_most_likely
    """
    best = probabilities.max(dim=1).values
    return -best.log()


def surprisal__math_log(probabilities, index):
    """Uses math.log, which raises an error at 0.

    Hint: none
    """
    return torch.tensor([-math.log(row[i]) for row, i in zip(probabilities, index)])


def surprisal__list(probabilities, index):
    """Returns a list of numbers instead of a tensor.

    Hint: none
    """
    out = []
    for r in range(len(index)):
        out.append(-torch.log(probabilities[r, index[r]]).item())
    return out


def surprisal__last_row_only(probabilities, index):
    """Writes over the result in each turn of the loop, so that one row is left.

    Hint: none
    """
    for row in range(len(index)):
        result = -torch.log(probabilities[row][index[row]])
    return result


def surprisal__flat_index(probabilities, index):
    """Uses take, which counts through the whole tensor as if it were flat.

    Hint: none
    """
    return -torch.take(probabilities, index).log()


def surprisal__gathered_down(probabilities, index):
    """Gathers along the rows instead of the choices.

    Hint: none
    """
    return -probabilities.gather(0, index[None, :])[0].log()


def surprisal__counted_from_one(probabilities, index):
    """Counts the choices from 1.

    Hint: none
    """
    return -torch.log(probabilities[torch.arange(len(index)), index - 1])


def surprisal__all_choices(probabilities, index):
    """Returns the surprisal of every choice and does not use the index.

    Hint: none
    """
    return -torch.log(probabilities)


def surprisal__printed(probabilities, index):
    """Prints the result and returns nothing.

    Hint: none
    """
    print(-torch.log(probabilities[torch.arange(len(index)), index]))


def surprisal__softmax_first(probabilities, index):
    """Takes the probabilities for logits and makes a softmax of them.

    Hint: takes_them_for_logits
    """
    p = torch.softmax(probabilities, dim=-1)
    return -torch.log(p[torch.arange(len(p)), index])


def surprisal__rounded(probabilities, index):
    """Rounds to four digits, as the example prints them.

    Hint: none
    """
    s = -torch.log(probabilities[torch.arange(len(index)), index])
    return (s * 10000).round() / 10000
