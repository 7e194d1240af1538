"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

They were written without a look at the solutions. The last line of each docstring names the known
mistake whose hint it must get, or `none` where no known mistake is the same misconception.
"""

import math
from collections import Counter

import torch
import torch.nn.functional as F

from solutions.sampling.reference import (
    beam_score,
    beam_step,
    keep_finished,
    keep_running,
    may_stop,
    min_p,
    residual,
    speculative_step,
    temperature,
    top_k,
    top_p,
)


def greedy__last_of_equals(logits):
    """Takes the last of several equal logits.

    Hint: last_of_a_tie
    """
    return logits.shape[1] - 1 - logits.flip(1).argmax(1)


def greedy__over_rows(logits):
    """Takes the best row for each token.

    Hint: first_axis
    """
    return torch.max(logits, 0).indices


def greedy__values(logits):
    """Returns the largest logits instead of their ids.

    Hint: the_logit
    """
    return logits.amax(-1)


def greedy__whole_tensor(logits):
    """Searches the whole tensor at once.

    Hint: one_for_all
    """
    return logits.argmax()


def greedy__kept_axis(logits):
    """Keeps the axis of the tokens.

    Hint: a_column
    """
    return logits.argmax(dim=-1, keepdim=True)


def greedy__drawn(logits):
    """Draws by chance.

    Hint: none
    """
    return torch.multinomial(logits.softmax(-1), 1).squeeze(1)


def greedy__list(logits):
    """Returns a list.

    Hint: none
    """
    return [row.argmax().item() for row in logits]


def greedy__int32(logits):
    """Makes whole numbers of 32 bits, which cannot be added to ids by every function.

    Hint: none
    """
    return logits.argmax(dim=-1).to(torch.int32)


def greedy__largest_size(logits):
    """Goes by the size of the logit without its sign.

    Hint: by_size
    """
    return logits.abs().argmax(-1)


def generate__stops_at_the_first(next_logits, ids, choose, max_new, end):
    """Stops as soon as one row has finished.

    Hint: stops_with_the_first
    """
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        ids = torch.cat([ids, new.unsqueeze(1)], dim=1)
        if (new == end).any():
            break
    return ids


def generate__never_stops(next_logits, ids, choose, max_new, end):
    """Always takes all rounds.

    Hint: never_stops_early
    """
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        new = torch.where(finished, end, new)
        finished = finished | (new == end)
        ids = torch.cat([ids, new[:, None]], 1)
    return ids


def generate__finished_rows_go_on(next_logits, ids, choose, max_new, end):
    """Lets finished rows go on writing.

    Hint: talks_on
    """
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        finished |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if finished.all():
            return ids
    return ids


def generate__prompt_counts(next_logits, ids, choose, max_new, end):
    """Takes an end in the prompt for one that was written.

    Hint: ends_in_the_prompt
    """
    finished = (ids == end).any(dim=1)
    for _ in range(max_new):
        if finished.all():
            break
        new = choose(next_logits(ids), ids)
        new[finished] = end
        finished = finished | (new == end)
        ids = torch.cat([ids, new[:, None]], 1)
    return ids


def generate__new_only(next_logits, ids, choose, max_new, end):
    """Returns the new ids alone.

    Hint: only_the_new
    """
    start = ids.shape[1]
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids).masked_fill(finished, end)
        finished |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if finished.all():
            break
    return ids[:, start:]


def generate__all_in_one_round(next_logits, ids, choose, max_new, end):
    """Stops only if all rows choose the end in the same round.

    Hint: forgets_who_has_ended
    """
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        ids = torch.cat([ids, new[:, None]], 1)
        if (new == end).all():
            break
    return ids


def generate__prompt_for_choose(next_logits, ids, choose, max_new, end):
    """Hands the first ids to choose in each round, not those so far.

    Hint: chooses_by_the_prompt
    """
    start = ids
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), start).masked_fill(done, end)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def generate__probabilities(next_logits, ids, choose, max_new, end):
    """Hands probabilities to choose.

    Hint: none
    """
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids).softmax(-1), ids).masked_fill(done, end)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def generate__filled_with_zero(next_logits, ids, choose, max_new, end):
    """Fills finished rows with 0.

    Hint: none
    """
    done = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        new = choose(next_logits(ids), ids)
        new = torch.where(done, torch.zeros_like(new), new)
        done |= new == end
        ids = torch.cat([ids, new[:, None]], 1)
        if done.all():
            break
    return ids


def repetition_rate__anywhere_before(ids, window):
    """Looks at everything before, whatever the window is.

    Hint: anywhere
    """
    if not ids:
        return 0.0
    seen, hits = set(), 0
    for token in ids:
        hits += token in seen
        seen.add(token)
    return hits / len(ids)


def repetition_rate__window_one_short(ids, window):
    """Counts the token itself among the window.

    Hint: window_too_short
    """
    if len(ids) == 0:
        return 0.0
    n = 0
    for i, token in enumerate(ids):
        if token in ids[max(0, i - window + 1) : i]:
            n += 1
    return n / len(ids)


def repetition_rate__negative_start(ids, window):
    """Lets the slice begin below zero.

    Hint: negative_start
    """
    if not ids:
        return 0.0
    return sum(ids[i] in ids[i - window : i] for i in range(len(ids))) / len(ids)


def repetition_rate__full_windows_only(ids, window):
    """Begins where the window is full.

    Hint: negative_start
    """
    if not ids:
        return 0.0
    hits = [ids[i] in ids[i - window : i] for i in range(window, len(ids))]
    return sum(hits) / len(ids)


def repetition_rate__first_not_counted(ids, window):
    """Divides by the tokens that can repeat something.

    Hint: without_the_first
    """
    if len(ids) < 2:
        return 0.0
    hits = sum(ids[i] in ids[max(i - window, 0) : i] for i in range(1, len(ids)))
    return hits / (len(ids) - 1)


def repetition_rate__counted(ids, window):
    """Returns the number of repetitions.

    Hint: a_count
    """
    return float(sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids))))


def repetition_rate__zero_division(ids, window):
    """Divides by the length of nothing.

    Hint: no_text
    """
    return sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids))) / len(ids)


def repetition_rate__distinct_tokens(ids, window):
    """Counts each token that repeats once.

    Hint: none
    """
    if not ids:
        return 0.0
    found = {ids[i] for i in range(len(ids)) if ids[i] in ids[max(i - window, 0) : i]}
    return len(found) / len(ids)


def repetition_rate__rounded(ids, window):
    """Rounds to two digits.

    Hint: none
    """
    if not ids:
        return 0.0
    hits = sum(ids[i] in ids[max(i - window, 0) : i] for i in range(len(ids)))
    return round(hits / len(ids), 2)


def sample__likeliest(logits, generator):
    """Takes the likeliest token.

    Hint: greedy
    """
    return logits.max(dim=1).indices


def sample__global_randomness(logits, generator):
    """Draws from the global generator.

    Hint: global_luck
    """
    return torch.distributions.Categorical(logits=logits).sample()


def sample__seeded_anew(logits, generator):
    """Seeds the generator at each call, so that every call gives the same.

    Hint: seed_of_its_own
    """
    generator.manual_seed(0)
    return torch.multinomial(logits.softmax(-1), 1, generator=generator)[:, 0]


def sample__one_draw_for_all(logits, generator):
    """Draws one number for all rows, so that they depend on each other.

    Hint: one_dice_for_all
    """
    u = torch.rand(1, generator=generator)
    steps = logits.softmax(dim=-1).cumsum(dim=-1)
    return (steps < u).sum(dim=-1).clamp(max=logits.shape[1] - 1)


def sample__uniform(logits, generator):
    """Draws every possible token equally often.

    Hint: all_that_can_be
    """
    return torch.multinomial((logits > -torch.inf).float(), 1, generator=generator).squeeze(1)


def sample__logits_as_weights(logits, generator):
    """Takes logits for probabilities, after moving them above zero.

    Hint: all_that_can_be
    """
    weights = logits.clamp(min=-50) + 50
    return torch.multinomial(weights, 1, generator=generator).squeeze(1)


def sample__column(logits, generator):
    """Keeps the axis of the draws.

    Hint: a_column
    """
    return torch.multinomial(logits.softmax(-1), num_samples=1, generator=generator)


def sample__squeezed(logits, generator):
    """Takes away every axis of size one.

    Hint: none
    """
    return torch.multinomial(logits.softmax(-1), 1, generator=generator).squeeze()


def sample__noise_in_place(logits, generator):
    """Adds Gumbel noise to the logits that were handed in.

    Hint: changes_the_logits
    """
    u = torch.rand(logits.shape, generator=generator)
    return logits.add_(-torch.log(-torch.log(u))).argmax(-1)


def sample__softmax_over_rows(logits, generator):
    """Takes the softmax over the rows.

    Hint: none
    """
    return torch.multinomial(logits.softmax(0).nan_to_num() + 1e-9, 1, generator=generator)[:, 0]


def distinct_n__per_text(texts, n):
    """Takes the mean of the texts' shares.

    Hint: mean_of_texts
    """
    shares = []
    for t in texts:
        grams = [tuple(t[i : i + n]) for i in range(len(t) - n + 1)]
        if grams:
            shares.append(len(set(grams)) / len(grams))
    return sum(shares) / len(shares) if shares else 0.0


def distinct_n__joined(texts, n):
    """Joins the texts first, so that n-grams reach from one into the next.

    Hint: across_texts
    """
    t = sum(texts, [])
    grams = list(zip(*(t[i:] for i in range(n))))
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__sets(texts, n):
    """Takes an n-gram for a set, without its order.

    Hint: bags
    """
    grams = [frozenset(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__last_one_lost(texts, n):
    """Stops one n-gram too early.

    Hint: misses_the_last
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n)]
    if not grams:
        return 0.0
    return len(set(grams)) / len(grams)


def distinct_n__short_ones_too(texts, n):
    """Counts what is shorter than n at the end.

    Hint: broken_ends
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t))]
    return len(set(grams)) / len(grams) if grams else 0.0


def distinct_n__over_tokens(texts, n):
    """Divides by the number of tokens.

    Hint: divides_by_tokens
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / sum(map(len, texts)) if grams else 0.0


def distinct_n__zero_division(texts, n):
    """Divides by zero where there are no n-grams.

    Hint: nothing_to_divide_by
    """
    grams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(grams)) / len(grams)


def distinct_n__once_only(texts, n):
    """Counts the n-grams that occur once.

    Hint: none
    """
    counts = Counter(tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1))
    total = sum(counts.values())
    return sum(c == 1 for c in counts.values()) / total if total else 0.0


def distinct_n__per_text_set(texts, n):
    """Counts what is different within a text only.

    Hint: none
    """
    total = different = 0
    for t in texts:
        grams = [tuple(t[i : i + n]) for i in range(len(t) - n + 1)]
        total += len(grams)
        different += len(set(grams))
    return different / total if total else 0.0


def temperature__multiplied(logits, T):
    """Multiplies by T.

    Hint: upside_down
    """
    if T <= 0:
        raise ValueError
    return logits * T


def temperature__probabilities(logits, T):
    """Returns the probabilities at T.

    Hint: probabilities
    """
    if not T > 0:
        raise ValueError
    return F.softmax(logits / T, dim=-1)


def temperature__only_zero_refused(logits, T):
    """Refuses zero and takes negative ones.

    Hint: none
    """
    if T == 0:
        raise ValueError
    return logits / T


def temperature__never_refused(logits, T):
    """Refuses nothing.

    Hint: any
    """
    return logits.div(T)


def temperature__softmax_first(logits, T):
    """Divides the probabilities.

    Hint: of_the_probabilities
    """
    if T <= 0:
        raise ValueError
    return logits.softmax(dim=1) / T


def temperature__in_place(logits, T):
    """Divides the logits that were handed in.

    Hint: in_place
    """
    if T <= 0:
        raise ValueError
    logits /= T
    return logits


def temperature__whole_numbers(logits, T):
    """Divides without a rest.

    Hint: none
    """
    if T <= 0:
        raise ValueError
    return logits // T


def temperature__below_one_refused(logits, T):
    """Refuses what is below one.

    Hint: none
    """
    if T < 1:
        raise ValueError
    return logits / T


def top_k__exactly_k(logits, k):
    """Keeps exactly k, whatever is equal.

    Hint: exactly_k
    """
    k = min(k, logits.shape[-1])
    best = logits.topk(k, dim=-1)
    return torch.full_like(logits, -torch.inf).scatter(-1, best.indices, best.values)


def top_k__too_many_refused(logits, k):
    """Asks for more than there are.

    Hint: more_than_there_are
    """
    border = logits.topk(k, dim=-1).values[:, -1:]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__border_dropped(logits, k):
    """Drops what is as large as the k-th.

    Hint: one_too_few
    """
    k = min(k, logits.shape[-1])
    border = logits.sort(dim=-1, descending=True).values[:, k - 1 : k]
    return torch.where(logits > border, logits, -torch.inf)


def top_k__zeros(logits, k):
    """Sets the others to zero.

    Hint: zeros
    """
    border = torch.sort(logits, -1)[0][:, -min(k, logits.size(-1))].unsqueeze(-1)
    return torch.where(logits >= border, logits, 0.0)


def top_k__smallest(logits, k):
    """Keeps the smallest.

    Hint: the_smallest
    """
    k = min(k, logits.shape[-1])
    border = logits.topk(k, largest=False).values[:, -1:]
    return logits.masked_fill(logits > border, -torch.inf)


def top_k__first_border_for_all(logits, k):
    """Holds all rows against the border of the first.

    Hint: one_border_for_all
    """
    k = min(k, logits.shape[-1])
    border = logits[0].topk(k).values[-1]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__values_only(logits, k):
    """Returns the k values.

    Hint: only_the_values
    """
    return logits.topk(min(k, logits.shape[-1])).values


def top_k__over_the_whole(logits, k):
    """Keeps the largest of the whole tensor.

    Hint: of_the_whole_tensor
    """
    flat = logits.flatten()
    border = flat.topk(min(k, len(flat))).values[-1]
    return logits.masked_fill(logits < border, -torch.inf)


def top_k__in_place(logits, k):
    """Writes into the logits.

    Hint: none
    """
    border = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    logits[logits < border] = -torch.inf
    return logits


def top_p__one_too_few(logits, p):
    """Drops the token that reaches p.

    Hint: stops_before
    """
    values, order = logits.sort(dim=-1, descending=True)
    before = values.softmax(-1).cumsum(-1)
    keep = before <= p
    keep[:, 0] = True
    return torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )


def top_p__not_sorted(logits, p):
    """Sums the probabilities in the order of the ids.

    Hint: unsorted
    """
    probs = logits.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return logits.masked_fill(~keep, -torch.inf)


def top_p__not_put_back(logits, p):
    """Leaves the logits in the order of their size.

    Hint: sorted
    """
    values, _ = logits.sort(dim=-1, descending=True)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return torch.where(keep, values, -torch.inf)


def top_p__above_p(logits, p):
    """Keeps every token that is more likely than p.

    Hint: a_threshold
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < p, -torch.inf)


def top_p__least_likely(logits, p):
    """Collects the least likely first.

    Hint: the_unlikely
    """
    values, order = logits.sort(dim=-1)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    return torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )


def top_p__first_row_only(logits, p):
    """Treats the first row and leaves the others as they are.

    Hint: none
    """
    values, order = logits[0].sort(descending=True)
    probs = values.softmax(-1)
    drop = probs.cumsum(-1) - probs >= p
    result = logits.clone()
    result[0, order[drop]] = -torch.inf
    return result


def top_p__one_set_for_all(logits, p):
    """Finds the set in the first row and uses it for all.

    Hint: none
    """
    values, order = logits[0].sort(descending=True)
    probs = values.softmax(-1)
    drop = probs.cumsum(-1) - probs >= p
    result = logits.clone()
    result[:, order[drop]] = -torch.inf
    return result


def top_p__normed(logits, p):
    """Returns log probabilities of those that stay.

    Hint: none
    """
    values, order = logits.sort(dim=-1, descending=True)
    probs = values.softmax(-1)
    keep = probs.cumsum(-1) - probs < p
    kept = torch.full_like(logits, -torch.inf).scatter(
        -1, order, values.masked_fill(~keep, -torch.inf)
    )
    return kept.log_softmax(-1)


def min_p__absolute(logits, m):
    """Keeps what is at least m likely.

    Hint: absolute
    """
    probs = torch.softmax(logits, dim=-1)
    return torch.where(probs >= m, logits, -torch.inf)


def min_p__of_the_logits(logits, m):
    """Holds logits against a part of the largest logit.

    Hint: of_the_logits
    """
    return torch.where(logits >= m * logits.amax(-1, keepdim=True), logits, -torch.inf)


def min_p__largest_of_all(logits, m):
    """Takes the most likely token of all rows.

    Hint: one_best_for_all
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < m * probs.max(), -torch.inf)


def min_p__border_excluded(logits, m):
    """Drops what is exactly m times as likely.

    Hint: without_the_border
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(~(probs > m * probs.amax(-1, keepdim=True)), -torch.inf)


def min_p__zeros(logits, m):
    """Sets the others to zero.

    Hint: zeros
    """
    probs = logits.softmax(-1)
    return logits * (probs >= m * probs.amax(-1, keepdim=True))


def min_p__upside_down(logits, m):
    """Keeps the unlikely ones.

    Hint: the_unlikely
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs >= m * probs.amax(-1, keepdim=True), -torch.inf)


def min_p__added(logits, m):
    """Keeps what is at most m below the most likely.

    Hint: none
    """
    probs = logits.softmax(-1)
    return logits.masked_fill(probs < probs.amax(-1, keepdim=True) - m, -torch.inf)


def min_p__probabilities(logits, m):
    """Returns probabilities.

    Hint: none
    """
    probs = logits.softmax(-1)
    return probs.masked_fill(probs < m * probs.amax(-1, keepdim=True), 0.0)


def warp__temperature_last(logits, T=1.0, k=None, p=None, m=None):
    """Applies the temperature at the end.

    Hint: temperature_last
    """
    out = logits
    if k is not None:
        out = top_k(out, k)
    if p is not None:
        out = top_p(out, p)
    if m is not None:
        out = min_p(out, m)
    return temperature(out, T)


def warp__p_before_k(logits, T=1.0, k=None, p=None, m=None):
    """Takes top-p before top-k.

    Hint: top_p_before_top_k
    """
    out = temperature(logits, T)
    out = out if p is None else top_p(out, p)
    out = out if k is None else top_k(out, k)
    return out if m is None else min_p(out, m)


def warp__all_on_the_first(logits, T=1.0, k=None, p=None, m=None):
    """Lets each step work on the logits as they came.

    Hint: top_p_before_top_k
    """
    warm = temperature(logits, T)
    out = warm.clone()
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            out[step(warm, number) == -torch.inf] = -torch.inf
    return out


def warp__only_one(logits, T=1.0, k=None, p=None, m=None):
    """Takes the first step whose number is there, and no further one.

    Hint: none
    """
    out = temperature(logits, T)
    if k is not None:
        return top_k(out, k)
    elif p is not None:
        return top_p(out, p)
    elif m is not None:
        return min_p(out, m)
    return out


def warp__temperature_forgotten(logits, T=1.0, k=None, p=None, m=None):
    """Forgets the temperature.

    Hint: without_temperature
    """
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            logits = step(logits, number)
    return logits


def warp__first_row_only(logits, T=1.0, k=None, p=None, m=None):
    """Cuts in the first row only.

    Hint: none
    """
    out = temperature(logits, T).clone()
    for step, number in ((top_k, k), (top_p, p), (min_p, m)):
        if number is not None:
            out[:1] = step(out[:1], number)
    return out


def warp__truth_of_numbers(logits, T=1.0, k=None, p=None, m=None):
    """Never uses min-p.

    Hint: none
    """
    out = temperature(logits, T)
    if k:
        out = top_k(out, k)
    if p:
        out = top_p(out, p)
    return out


def warp__none_handed_on(logits, T=1.0, k=None, p=None, m=None):
    """Hands None on to each step.

    Hint: none
    """
    return min_p(top_p(top_k(temperature(logits, T), k), p), m)


def repetition_penalty__always_divided(logits, ids, penalty):
    """Divides negative logits too.

    Hint: always_divides
    """
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    return torch.where(seen, logits / penalty, logits)


def repetition_penalty__every_time(logits, ids, penalty):
    """Punishes once for each occurrence.

    Hint: every_time
    """
    result = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for token in row:
            result[r, token] *= penalty if result[r, token] < 0 else 1 / penalty
    return result


def repetition_penalty__all_rows(logits, ids, penalty):
    """Punishes a token in every row if any row has it.

    Hint: in_all_rows
    """
    result = logits.clone()
    for token in ids.unique():
        column = logits[:, token]
        result[:, token] = torch.where(column > 0, column / penalty, column * penalty)
    return result


def repetition_penalty__subtracted(logits, ids, penalty):
    """Subtracts the penalty.

    Hint: subtracts
    """
    seen = torch.zeros_like(logits).scatter(1, ids, 1.0)
    return logits - penalty * seen


def repetition_penalty__the_others(logits, ids, penalty):
    """Punishes those that did not occur.

    Hint: none
    """
    fresh = torch.ones_like(logits, dtype=torch.bool).scatter(1, ids, False)
    punished = torch.where(logits > 0, logits / penalty, logits * penalty)
    return torch.where(fresh, punished, logits)


def repetition_penalty__in_place(logits, ids, penalty):
    """Scatters into the logits that were handed in.

    Hint: in_place
    """
    chosen = logits.gather(1, ids)
    chosen = torch.where(chosen < 0, chosen * penalty, chosen / penalty)
    return logits.scatter_(1, ids, chosen)


def repetition_penalty__last_only(logits, ids, penalty):
    """Looks at the last id only.

    Hint: only_the_last
    """
    last = ids[:, -1:]
    chosen = logits.gather(1, last)
    chosen = torch.where(chosen < 0, chosen * penalty, chosen / penalty)
    return logits.scatter(1, last, chosen)


def repetition_penalty__signs_swapped(logits, ids, penalty):
    """Swaps the two cases, so that repetition is rewarded.

    Hint: upside_down
    """
    chosen = logits.gather(1, ids)
    chosen = torch.where(chosen < 0, chosen / penalty, chosen * penalty)
    return logits.scatter(1, ids, chosen)


def repetition_penalty__forbidden(logits, ids, penalty):
    """Forbids what occurred.

    Hint: forbids
    """
    return logits.scatter(1, ids, -torch.inf)


def no_repeat_ngram__last_n(logits, ids, n):
    """Compares with the last n ids instead of n - 1.

    Hint: longer
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        if len(row) < n:
            continue
        tail = row[-n:]
        for i in range(len(row) - n):
            if row[i : i + n] == tail:
                out[r, row[i + n]] = -torch.inf
    return out


def no_repeat_ngram__every_token(logits, ids, n):
    """Forbids every token of the row.

    Hint: every_token
    """
    if ids.shape[1] < n:
        return logits
    return logits.scatter(1, ids, -torch.inf)


def no_repeat_ngram__all_rows(logits, ids, n):
    """Searches the n-grams of all rows.

    Hint: in_all_rows
    """
    out = logits.clone()
    rows = ids.tolist()
    grams = {tuple(row[i : i + n]) for row in rows for i in range(len(row) - n + 1)}
    for r, row in enumerate(rows):
        if len(row) < n:
            continue
        tail = tuple(row[len(row) - n + 1 :])
        for gram in grams:
            if gram[:-1] == tail:
                out[r, gram[-1]] = -torch.inf
    return out


def no_repeat_ngram__first_match(logits, ids, n):
    """Forbids only what followed at the first place.

    Hint: first_match_only
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                out[r, row[i + n - 1]] = -torch.inf
                break
    return out


def no_repeat_ngram__tail_of_nothing(logits, ids, n):
    """Takes ids[-0:] for nothing when n is 1.

    Hint: none
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        tail = row[-(n - 1) :]
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == tail:
                out[r, row[i + n - 1]] = -torch.inf
    return out


def no_repeat_ngram__in_any_order(logits, ids, n):
    """Compares n-grams without their order.

    Hint: any_order
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        tail = sorted(row[len(row) - n + 1 :]) if len(row) >= n else None
        for i in range(len(row) - n + 1):
            if sorted(row[i : i + n - 1]) == tail:
                out[r, row[i + n - 1]] = -torch.inf
    return out


def no_repeat_ngram__zeros(logits, ids, n):
    """Sets the logit to zero.

    Hint: zeros
    """
    out = logits.clone()
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                out[r, row[i + n - 1]] = 0.0
    return out


def no_repeat_ngram__in_place(logits, ids, n):
    """Writes into the logits.

    Hint: in_place
    """
    for r, row in enumerate(ids.tolist()):
        for i in range(len(row) - n + 1):
            if row[i : i + n - 1] == row[len(row) - n + 1 :]:
                logits[r, row[i + n - 1]] = -torch.inf
    return logits


def sequence_log_probability__not_shifted(logits, ids, start):
    """Takes the logits at the id's own place.

    Hint: not_shifted
    """
    log_probs = logits.log_softmax(dim=-1)
    return log_probs.gather(-1, ids.unsqueeze(-1)).squeeze(-1)[:, start:].sum(1)


def sequence_log_probability__prompt_too(logits, ids, start):
    """Counts the prompt.

    Hint: with_the_prompt
    """
    return -F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none").sum(dim=-1)


def sequence_log_probability__mean(logits, ids, start):
    """Takes the mean.

    Hint: mean
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return -losses[:, start - 1 :].mean(dim=1)


def sequence_log_probability__probability(logits, ids, start):
    """Multiplies probabilities and forgets the logarithm.

    Hint: probability
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return p[:, start - 1 :].prod(dim=1)


def sequence_log_probability__log_of_softmax(logits, ids, start):
    """Takes the logarithm of the softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return p[:, start - 1 :].log().sum(dim=1)


def sequence_log_probability__log_of_a_product(logits, ids, start):
    """Takes the logarithm of a product, which may be zero.

    Hint: logarithm_of_a_product
    """
    p = logits[:, :-1].softmax(-1).gather(-1, ids[:, 1:, None])[..., 0]
    return torch.log(p[:, start - 1 :].prod(dim=1))


def sequence_log_probability__one_late(logits, ids, start):
    """Begins one position too late.

    Hint: one_too_late
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return -losses[:, start:].sum(dim=1)


def sequence_log_probability__raw_logits(logits, ids, start):
    """Adds logits up, without the softmax.

    Hint: logits
    """
    chosen = logits[:, :-1].gather(2, ids[:, 1:, None]).squeeze(2)
    return chosen[:, start - 1 :].sum(-1)


def sequence_log_probability__sign(logits, ids, start):
    """Forgets the sign.

    Hint: minus
    """
    losses = F.cross_entropy(logits[:, :-1].mT, ids[:, 1:], reduction="none")
    return losses[:, start - 1 :].sum(dim=1)


def beam_step__best_of_each_beam(ids, scores, log_probs, count):
    """Takes the best token of each beam only.

    Hint: each_beam_its_share
    """
    best, token = log_probs.max(dim=-1)
    longer = torch.cat([ids, token[..., None]], dim=-1)
    total, order = (scores + best).sort(dim=1, descending=True)
    rows = torch.arange(len(ids))[:, None]
    return total[:, :count], longer[rows, order[:, :count]]


def beam_step__scores_forgotten(ids, scores, log_probs, count):
    """Goes by the last token alone.

    Hint: forgets_the_scores
    """
    text, beam, vocab = log_probs.shape
    total, index = log_probs.reshape(text, -1).topk(count)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__own_beam(ids, scores, log_probs, count):
    """Leaves the tokens with the wrong beams.

    Hint: keeps_its_place
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    token = index.remainder(vocab)
    kept = ids[:, torch.arange(count) % beam]
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__divided_by_beams(ids, scores, log_probs, count):
    """Divides by the number of beams instead of tokens.

    Hint: none
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    parent, token = (index // beam) % beam, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__multiplied(ids, scores, log_probs, count):
    """Multiplies log probabilities.

    Hint: multiplies
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] * log_probs).flatten(1).topk(count)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__texts_mixed(ids, scores, log_probs, count):
    """Lets all texts compete.

    Hint: across_texts
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten().topk(count * text)
    parent, token = index // vocab, index % vocab
    kept = ids.flatten(0, 1)[parent]
    longer = torch.cat([kept, token[:, None]], -1)
    return total.view(text, count), longer.view(text, count, -1)


def beam_step__not_sorted(ids, scores, log_probs, count):
    """Does not sort what is returned.

    Hint: none
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    index = index.sort(dim=1).values
    total = (scores[..., None] + log_probs).flatten(1).gather(1, index)
    parent, token = index // vocab, index % vocab
    kept = ids.gather(1, parent[..., None].expand(-1, -1, ids.shape[-1]))
    return total, torch.cat([kept, token[..., None]], -1)


def beam_step__tokens_only(ids, scores, log_probs, count):
    """Returns the new tokens without the ids before.

    Hint: only_the_tokens
    """
    text, beam, vocab = log_probs.shape
    total, index = (scores[..., None] + log_probs).flatten(1).topk(count)
    return total, (index % vocab)[..., None]


def beam_score__multiplied(log_probabilities, length, penalty):
    """Multiplies by the length to the penalty.

    Hint: multiplies
    """
    return log_probabilities * pow(length, penalty)


def beam_score__length_times_penalty(log_probabilities, length, penalty):
    """Divides by length times penalty.

    Hint: without_power
    """
    return log_probabilities / (length * penalty)


def beam_score__mean(log_probabilities, length, penalty):
    """Ignores the penalty.

    Hint: always_the_mean
    """
    return torch.div(log_probabilities, length)


def beam_score__powers_swapped(log_probabilities, length, penalty):
    """Takes the penalty to the power of the length.

    Hint: penalty_to_the_length
    """
    return log_probabilities / penalty**length


def beam_score__whole_numbers(log_probabilities, length, penalty):
    """Takes a whole number of the penalty.

    Hint: none
    """
    return log_probabilities / length ** int(penalty)


def beam_score__of_google(log_probabilities, length, penalty):
    """Uses the longer form of the paper.

    Hint: google
    """
    return log_probabilities / ((5 + length) / 6) ** penalty


def beam_score__no_length(log_probabilities, length, penalty):
    """Returns what came.

    Hint: none
    """
    return log_probabilities


def beam_score__subtracted(log_probabilities, length, penalty):
    """Subtracts the penalty for each token.

    Hint: none
    """
    return log_probabilities - penalty * length


def _search(
    next_logits,
    prompts,
    beams,
    max_new,
    end,
    penalty,
    logs=torch.log_softmax,
    score=beam_score,
    ranked=True,
    stop=True,
    ask=2,
    new=lambda step: step,
):
    """The search, with a place for each slip."""
    texts = len(prompts)
    ids, scores = prompts[:, None], torch.zeros(texts, 1)
    pools, done = [[] for _ in range(texts)], [False] * texts
    for step in range(1, max_new + 1):
        text, beam, length = ids.shape
        log_probs = logs(next_logits(ids.reshape(text * beam, length)), -1).view(text, beam, -1)
        totals, longer = beam_step(ids, scores, log_probs, ask * beams)
        scores, ids = keep_running(totals, longer, beams, end)
        ranks = score(totals, new(step), penalty) if ranked else totals
        best = score(scores[:, 0], new(step), penalty).tolist()
        for t in range(texts):
            if done[t]:
                continue
            pairs = list(zip(ranks[t].tolist(), longer[t].tolist()))
            pools[t] = keep_finished(pools[t], pairs, beams, end, step == max_new)
            done[t] = stop and may_stop(pools[t], best[t], beams)
        if all(done):
            break
    return [pool[0] for pool in pools]


def beam_search__log_of_softmax(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Takes the logarithm of the softmax, which may be zero.

    Hint: logarithm_of_a_softmax
    """
    return _search(
        next_logits,
        prompts,
        beams,
        max_new,
        end,
        penalty,
        logs=lambda logits, dim: torch.log(torch.softmax(logits, dim)),
    )


def beam_search__raw_logits(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Forgets the softmax.

    Hint: logits
    """
    return _search(
        next_logits, prompts, beams, max_new, end, penalty, logs=lambda logits, dim: logits
    )


def beam_search__probabilities(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Adds probabilities up.

    Hint: probabilities
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, logs=torch.softmax)


def beam_search__penalty_ignored(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Ranks by log probabilities, whatever the penalty is.

    Hint: ignores_the_penalty
    """
    return _search(next_logits, prompts, beams, max_new, end, 0.0)


def beam_search__whole_length(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Counts the prompt into the length.

    Hint: counts_the_prompt
    """
    n = prompts.shape[1]
    return _search(next_logits, prompts, beams, max_new, end, penalty, new=lambda step: step + n)


def beam_search__never_stops(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Never stops early.

    Hint: never_done
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, stop=False)


def beam_search__length_times_penalty(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Divides by length times penalty.

    Hint: none
    """
    return _search(
        next_logits,
        prompts,
        beams,
        max_new,
        end,
        penalty,
        score=lambda totals, length, penalty: totals / max(length * penalty, 1),
    )


def beam_search__as_many_candidates_as_beams(
    next_logits, prompts, beams, max_new, end, penalty=1.0
):
    """Asks for as many candidates as beams, of which some have finished.

    Hint: too_few_candidates
    """
    return _search(next_logits, prompts, beams, max_new, end, penalty, ask=1)


def beam_search__greedy(next_logits, prompts, beams, max_new, end, penalty=1.0):
    """Searches with one beam.

    Hint: none
    """
    return _search(next_logits, prompts, 1, max_new, end, penalty)


def residual__not_shared_anew(target, draft):
    """Does not divide by the sum.

    Hint: not_divided
    """
    return torch.relu(target - draft)


def residual__absolute(target, draft):
    """Takes the difference without its sign.

    Hint: absolute
    """
    rest = torch.abs(target - draft)
    total = rest.sum(-1, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__swapped(target, draft):
    """Takes the target away from the draft.

    Hint: the_other_way
    """
    rest = (draft - target).clamp_min(0)
    total = rest.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__nan(target, draft):
    """Divides zero by zero where the two are equal.

    Hint: nan
    """
    rest = (target - draft).clamp(min=0)
    return rest / rest.sum(-1, keepdim=True)


def residual__zeros_for_equal(target, draft):
    """Returns zeros where the two are equal.

    Hint: none
    """
    rest = (target - draft).clamp(min=0)
    return (rest / rest.sum(-1, keepdim=True)).nan_to_num(0.0)


def residual__over_rows(target, draft):
    """Divides by the sum of a column.

    Hint: none
    """
    rest = (target - draft).clamp(min=0)
    total = rest.sum(0, keepdim=True)
    return torch.where(total > 0, rest / total, target)


def residual__one_sum(target, draft):
    """Divides by the sum of everything.

    Hint: one_sum_for_all
    """
    rest = torch.clamp(target - draft, min=0)
    return rest / rest.sum() if rest.sum() > 0 else target


def residual__softmax(target, draft):
    """Takes a softmax of the difference.

    Hint: softmax
    """
    return torch.softmax(target - draft, dim=-1)


def residual__small_number(target, draft):
    """Adds a small number below, which gives zeros where the two are equal.

    Hint: none
    """
    rest = torch.relu(target - draft)
    return rest / (rest.sum(-1, keepdim=True) + 1e-9)


def speculative_step__always_accepted(tokens, draft, target, generator):
    """Accepts everything.

    Hint: accepts_all
    """
    return tokens, torch.ones(len(tokens), dtype=torch.bool)


def speculative_step__ratio_upside_down(tokens, draft, target, generator):
    """Divides draft by target.

    Hint: upside_down
    """
    rows = torch.arange(len(tokens))
    ratio = draft[rows, tokens] / target[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < ratio
    other = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__drawn_from_target(tokens, draft, target, generator):
    """Draws again from target instead of the rest.

    Hint: redraws_from_target
    """
    rows = torch.arange(len(tokens))
    ratio = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < ratio
    other = torch.multinomial(target, 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__accepted_if_likelier(tokens, draft, target, generator):
    """Accepts if and only if the target is at least as likely, without chance.

    Hint: if_likelier
    """
    rows = torch.arange(len(tokens))
    accepted = target[rows, tokens] >= draft[rows, tokens]
    other = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, other), accepted


def speculative_step__one_number_for_all(tokens, draft, target, generator):
    """Draws one number for all rows.

    Hint: if_likelier
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(1, generator=generator) < t / d
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__global_randomness(tokens, draft, target, generator):
    """Draws from the global generator.

    Hint: global_luck
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand_like(t) < t / d
    other = torch.multinomial(residual(target, draft), 1)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__likeliest_instead(tokens, draft, target, generator):
    """Replaces by the likeliest of the rest.

    Hint: best_instead
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < t / d
    return torch.where(accepted, tokens, residual(target, draft).argmax(-1)), accepted


def speculative_step__target_alone(tokens, draft, target, generator):
    """Accepts with the probability of the target.

    Hint: by_the_target_alone
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < t
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_step__half_or_half(tokens, draft, target, generator):
    """Accepts half of what is likely enough.

    Hint: none
    """
    t = target.gather(1, tokens[:, None])[:, 0]
    d = draft.gather(1, tokens[:, None])[:, 0]
    accepted = torch.rand(len(t), generator=generator) < 0.5 * t / d
    other = torch.multinomial(residual(target, draft), 1, generator=generator)[:, 0]
    return torch.where(accepted, tokens, other), accepted


def speculative_block__goes_on(tokens, draft, target, generator):
    """Keeps what was drafted after a rejected token.

    Hint: keeps_later_ones
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        more = torch.multinomial(target[-1], 1, generator=generator)
        new = torch.cat([new, more])
    return new


def speculative_block__nothing_in_place(tokens, draft, target, generator):
    """Stops before the replacement.

    Hint: drops_the_replacement
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-1], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0])]


def speculative_block__nothing_more(tokens, draft, target, generator):
    """Draws no token after the last one.

    Hint: no_extra_token
    """
    out = []
    for i in range(len(tokens)):
        new, ok = speculative_step(
            tokens[i : i + 1], draft[i : i + 1], target[i : i + 1], generator
        )
        out.append(new)
        if not ok:
            break
    return torch.cat(out)


def speculative_block__always_one_more(tokens, draft, target, generator):
    """Draws one more even after a replacement.

    Hint: always_an_extra
    """
    out = []
    for i in range(len(tokens)):
        new, ok = speculative_step(
            tokens[i : i + 1], draft[i : i + 1], target[i : i + 1], generator
        )
        out.append(new)
        if not ok:
            break
    out.append(torch.multinomial(target[-1], 1, generator=generator))
    return torch.cat(out)


def speculative_block__likeliest_at_the_end(tokens, draft, target, generator):
    """Takes the likeliest token at the end.

    Hint: greedy_extra
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, target[-1:].argmax(-1)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__row_before(tokens, draft, target, generator):
    """Draws the last token from the row before.

    Hint: extra_from_the_wrong_row
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-2], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__rows_of_the_next(tokens, draft, target, generator):
    """Holds each draft against the target of the next position.

    Hint: none
    """
    new, ok = speculative_step(tokens, draft, target[1:], generator)
    if ok.all():
        return torch.cat([new, torch.multinomial(target[-1], 1, generator=generator)])
    return new[: int((~ok).nonzero()[0]) + 1]


def speculative_block__list(tokens, draft, target, generator):
    """Returns a list.

    Hint: none
    """
    new, ok = speculative_step(tokens, draft, target[:-1], generator)
    if ok.all():
        return [*new.tolist(), torch.multinomial(target[-1], 1, generator=generator).item()]
    return new[: int((~ok).nonzero()[0]) + 1].tolist()
