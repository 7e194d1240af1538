"""Known wrong answers to notebook 06. Each docstring is the hint that its answer earns."""

from collections.abc import Callable

import torch
from torch import Tensor

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

Pool = list[tuple[float, list[int]]]


def greedy__least_likely(logits: Tensor) -> Tensor:
    """Is the token that you take the most or the least likely of its row?"""
    return logits.argmin(dim=-1)


def greedy__first_axis(logits: Tensor) -> Tensor:
    """How many tokens do you return? There should be one a row: along which axis do you look?"""
    return logits.argmax(dim=0)


def greedy__one_for_all(logits: Tensor) -> Tensor:
    """You have found the largest logit of the whole tensor. What does each row say for itself?"""
    return logits.argmax()


def greedy__the_logit(logits: Tensor) -> Tensor:
    """Your answer has the largest logits themselves. At which places do they stand?"""
    return logits.amax(dim=-1)


def greedy__a_column(logits: Tensor) -> Tensor:
    """The tokens are right. How many axes should your answer have?"""
    return logits.argmax(dim=-1, keepdim=True)


def greedy__last_of_a_tie(logits: Tensor) -> Tensor:
    """Two tokens can have the same logit. Which of them does the task ask for?"""
    return logits.shape[-1] - 1 - logits.flip(-1).argmax(dim=-1)


def greedy__by_size(logits: Tensor) -> Tensor:
    """A logit far below zero is large in size. Is its token likely?"""
    return logits.abs().argmax(dim=-1)


def generate__one_round_more(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """Count the new tokens of a row that never ends: how many may there be?"""
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new + 1):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids


def generate__never_stops_early(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """What is left to do once every row has said the end token? Count your rounds."""
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
    return ids


def generate__stops_with_the_first(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """One row has ended. What about the others?"""
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.any():
            break
    return ids


def generate__talks_on(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """Look at a row that has ended while another goes on: what stands after its end token?"""
    finished = torch.zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids


def generate__forgets_who_has_ended(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """You look only at the newest tokens. Must all rows end in the same round for you to stop?"""
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        if (tokens == end).all():
            break
    return ids


def generate__ends_in_the_prompt(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """The end token may stand in the prompt already. Does that finish a row?"""
    finished = (ids == end).any(dim=1)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids


def generate__only_the_new(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """These are the new ids. Which others should stand in front of them?"""
    finished, prompt = torch.zeros(len(ids), dtype=torch.bool), ids.shape[1]
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids[:, prompt:]


def generate__asks_about_the_prompt(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """Does `next_logits` ever see the tokens that you have added?"""
    finished, prompt = torch.zeros(len(ids), dtype=torch.bool), ids
    for _ in range(max_new):
        tokens = choose(next_logits(prompt), ids).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids


def generate__chooses_by_the_prompt(
    next_logits: Callable, ids: Tensor, choose: Callable, max_new: int, end: int
) -> Tensor:
    """Which ids do you hand to `choose`? It should know what has been said by now."""
    finished, prompt = torch.zeros(len(ids), dtype=torch.bool), ids
    for _ in range(max_new):
        tokens = choose(next_logits(ids), prompt).masked_fill(finished, end)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)
        finished |= tokens == end
        if finished.all():
            break
    return ids


def repetition_rate__anywhere(ids: list[int], window: int) -> float:
    """A token that came long ago: does it stand among the `window` tokens before?"""
    repeated = [token in ids[:place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def repetition_rate__window_too_short(ids: list[int], window: int) -> float:
    """How many tokens does your slice hold? There should be `window` of them."""
    repeated = [token in ids[max(0, place - window + 1) : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def repetition_rate__window_too_long(ids: list[int], window: int) -> float:
    """Your slice reaches one token too far back. How many does it hold?"""
    repeated = [token in ids[max(0, place - window - 1) : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def repetition_rate__negative_start(ids: list[int], window: int) -> float:
    """Where does a slice begin whose start is below zero? Look at the first tokens of the text."""
    repeated = [token in ids[place - window : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def repetition_rate__a_count(ids: list[int], window: int) -> float:
    """You count the repeated tokens. What share of all tokens are they?"""
    return float(sum(token in ids[max(0, i - window) : i] for i, token in enumerate(ids)))


def repetition_rate__without_the_first(ids: list[int], window: int) -> float:
    """By how many tokens do you divide? The very first one counts too."""
    repeated = [token in ids[max(0, place - window) : place] for place, token in enumerate(ids)]
    return sum(repeated) / (len(ids) - 1) if len(ids) > 1 else 0.0


def repetition_rate__no_text(ids: list[int], window: int) -> float:
    """What does your formula divide by when there are no tokens?"""
    repeated = [token in ids[max(0, place - window) : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids)


def repetition_rate__looks_ahead(ids: list[int], window: int) -> float:
    """Do you look at the tokens before a token, or at those after it?"""
    ids = ids[::-1]
    repeated = [token in ids[max(0, place - window) : place + 1] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def sample__greedy(logits: Tensor, generator: torch.Generator) -> Tensor:
    """You always take the most likely token. How often should the others come?"""
    torch.rand(1, generator=generator)
    return logits.argmax(dim=-1)


def sample__all_alike(logits: Tensor, generator: torch.Generator) -> Tensor:
    """In your draws each token comes equally often. Where do the logits come in?"""
    return torch.randint(logits.shape[-1], (len(logits),), generator=generator)


def sample__all_that_can_be(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Nothing impossible comes, but all the rest equally often. Are all finite logits alike?"""
    possible = logits.isfinite().float()
    return torch.multinomial(possible, 1, generator=generator).squeeze(1)


def sample__logits_as_weights(logits: Tensor, generator: torch.Generator) -> Tensor:
    """A logit is no probability, even if it is above zero. What turns one into the other?"""
    low = logits.masked_fill(logits.isinf(), torch.inf).amin(dim=-1, keepdim=True)
    weights = (logits - low + 0.01).clamp(min=0)
    return torch.multinomial(weights, 1, generator=generator).squeeze(1)


def sample__softmax_twice(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Your draws are too even, and what cannot be comes too. How often do you take a softmax?"""
    probabilities = logits.softmax(dim=-1).softmax(dim=-1)
    return torch.multinomial(probabilities, 1, generator=generator).squeeze(1)


def sample__squared(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Likely tokens come too often, and unlikely ones too seldom. At which temperature is this?"""
    return torch.multinomial((2 * logits).softmax(dim=-1), 1, generator=generator).squeeze(1)


def sample__global_luck(logits: Tensor, generator: torch.Generator) -> Tensor:
    """The same seed gives you other tokens each time. Who rolls the dice: your generator?"""
    return torch.multinomial(logits.softmax(dim=-1), 1).squeeze(1)


def sample__seed_of_its_own(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Call your function twice: do new tokens come? Whose generator do you use?"""
    own = torch.Generator().manual_seed(6)
    return torch.multinomial(logits.softmax(dim=-1), 1, generator=own).squeeze(1)


def sample__one_dice_for_all(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Each row alone is right, but all rows share one random number. Who rolls for each row?"""
    ends = logits.softmax(dim=-1).cumsum(dim=-1)
    dice = torch.rand(1, generator=generator)
    return (ends < dice).sum(dim=-1).clamp(max=logits.shape[-1] - 1)


def sample__a_column(logits: Tensor, generator: torch.Generator) -> Tensor:
    """The tokens are right. How many axes should your answer have?"""
    return torch.multinomial(logits.softmax(dim=-1), 1, generator=generator)


def distinct_n__a_count(texts: list[list[int]], n: int) -> float:
    """You count the different n-grams. What share of all n-grams are they?"""
    return float(len({tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)}))


def distinct_n__mean_of_texts(texts: list[list[int]], n: int) -> float:
    """You measure each text alone. Do n-grams that two texts share count as different?"""
    rates = []
    for text in texts:
        ngrams = [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]
        rates.append(len(set(ngrams)) / len(ngrams) if ngrams else 0.0)
    return sum(rates) / len(rates)


def distinct_n__across_texts(texts: list[list[int]], n: int) -> float:
    """Some of your n-grams begin in one text and end in the next. Is there such a thing?"""
    joined = [token for text in texts for token in text]
    ngrams = [tuple(joined[i : i + n]) for i in range(len(joined) - n + 1)]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__divides_by_tokens(texts: list[list[int]], n: int) -> float:
    """A text of five tokens has four pairs. By which number do you divide?"""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(ngrams)) / max(1, sum(map(len, texts)))


def distinct_n__misses_the_last(texts: list[list[int]], n: int) -> float:
    """Where does your last n-gram begin? Try a text of exactly n tokens."""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n)]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__broken_ends(texts: list[list[int]], n: int) -> float:
    """Some of your n-grams are shorter than n. Where do they come from?"""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(len(t))]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__side_by_side(texts: list[list[int]], n: int) -> float:
    """Your n-grams never overlap. Is the second token not the beginning of one too?"""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(0, len(t) - n + 1, n)]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__bags(texts: list[list[int]], n: int) -> float:
    """Is "sea blue" the same pair as "blue sea"?"""
    ngrams = [tuple(sorted(t[i : i + n])) for t in texts for i in range(len(t) - n + 1)]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__repeated(texts: list[list[int]], n: int) -> float:
    """Your number is large where there is much repetition. Which share does the task ask for?"""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return 1 - len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def distinct_n__nothing_to_divide_by(texts: list[list[int]], n: int) -> float:
    """What does your formula divide by when all texts are too short?"""
    ngrams = [tuple(t[i : i + n]) for t in texts for i in range(len(t) - n + 1)]
    return len(set(ngrams)) / len(ngrams)


def temperature__upside_down(logits: Tensor, T: float) -> Tensor:
    """Does a high temperature bring your logits closer together, or drive them apart?"""
    if T <= 0:
        raise ValueError("T must be positive")
    return logits * T


def temperature__probabilities(logits: Tensor, T: float) -> Tensor:
    """These are probabilities. What does the task ask for, so that other steps can follow?"""
    if T <= 0:
        raise ValueError("T must be positive")
    return (logits / T).softmax(dim=-1)


def temperature__of_the_probabilities(logits: Tensor, T: float) -> Tensor:
    """Is it the logits that T divides, or their exponentials? Where does T stand in the formula?"""
    if T <= 0:
        raise ValueError("T must be positive")
    return (logits.exp() / T).log()


def temperature__ignored(logits: Tensor, T: float) -> Tensor:
    """Try two temperatures on the same logits: do you get two answers?"""
    if T <= 0:
        raise ValueError("T must be positive")
    return logits.clone()


def temperature__any(logits: Tensor, T: float) -> Tensor:
    """What should happen when T is zero or negative? Look under "Raises"."""
    return logits / T


def temperature__zero_is_allowed(logits: Tensor, T: float) -> Tensor:
    """Negative temperatures are refused, as they should be. What about exactly zero?"""
    if T < 0:
        raise ValueError("T must be positive")
    return logits / T


def temperature__in_place(logits: Tensor, T: float) -> Tensor:
    """You change the logits that you were given. Who else may need them?"""
    if T <= 0:
        raise ValueError("T must be positive")
    return logits.div_(T)


def top_k__only_the_values(logits: Tensor, k: int) -> Tensor:
    """You return the k largest logits alone. Which token does each of them belong to?"""
    return logits.topk(min(k, logits.shape[-1])).values


def top_k__zeros(logits: Tensor, k: int) -> Tensor:
    """A logit of 0 is not "impossible". Which logit has a probability of zero?"""
    least = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    return logits.masked_fill(logits < least, 0.0)


def top_k__one_too_few(logits: Tensor, k: int) -> Tensor:
    """How many tokens stay in each row? Does the k-th largest stay?"""
    if k >= logits.shape[-1]:
        return logits
    least = logits.topk(k).values[:, -1:]
    return logits.masked_fill(logits <= least, -torch.inf)


def top_k__the_smallest(logits: Tensor, k: int) -> Tensor:
    """Which tokens stay: the likely ones or the unlikely ones?"""
    most = logits.topk(min(k, logits.shape[-1]), largest=False).values[:, -1:]
    return logits.masked_fill(logits > most, -torch.inf)


def top_k__one_border_for_all(logits: Tensor, k: int) -> Tensor:
    """Count what stays in each row. Does every row have a border of its own?"""
    least = logits.topk(min(k, logits.shape[-1])).values[:, -1].min()
    return logits.masked_fill(logits < least, -torch.inf)


def top_k__of_the_whole_tensor(logits: Tensor, k: int) -> Tensor:
    """You keep the k best of all rows together. How many should stay in each row?"""
    least = logits.flatten().topk(min(k, logits.numel())).values[-1]
    return logits.masked_fill(logits < least, -torch.inf)


def top_k__more_than_there_are(logits: Tensor, k: int) -> Tensor:
    """What if k is larger than the number of tokens?"""
    least = logits.topk(k).values[:, -1:]
    return logits.masked_fill(logits < least, -torch.inf)


def top_k__exactly_k(logits: Tensor, k: int) -> Tensor:
    """Two tokens can be equally likely. What does the task say of those that tie with the last?"""
    kept = logits.topk(min(k, logits.shape[-1]))
    return torch.full_like(logits, -torch.inf).scatter(1, kept.indices, kept.values)


def top_k__probabilities(logits: Tensor, k: int) -> Tensor:
    """These are probabilities. What does the task ask for, so that other steps can follow?"""
    least = logits.topk(min(k, logits.shape[-1])).values[:, -1:]
    return logits.masked_fill(logits < least, -torch.inf).softmax(dim=-1)


def top_p__stops_before(logits: Tensor, p: float) -> Tensor:
    """Do the tokens that you keep sum to p? The one with which the sum reaches p stays too."""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1, descending=True)
    gone = ordered.cumsum(dim=-1) > p + 1e-6
    gone[:, 0] = False
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


def top_p__nothing_may_stay(logits: Tensor, p: float) -> Tensor:
    """How many tokens do you keep when p is very small? One must stay."""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1)
    gone = ordered.cumsum(dim=-1) <= 1 - p + 1e-6
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


def top_p__not_put_back(logits: Tensor, p: float) -> Tensor:
    """You have sorted the tokens. Which place in the row does each decision belong to?"""
    ordered = logits.softmax(dim=-1).sort(dim=-1, descending=True).values
    gone = ordered.cumsum(dim=-1) - ordered >= p
    return logits.masked_fill(gone, -torch.inf)


def top_p__wrong_way_back(logits: Tensor, p: float) -> Tensor:
    """`order[i]` is the token that stands at rank i. Do you look up ranks, or put them back?"""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1)
    gone = ordered.cumsum(dim=-1) <= 1 - p
    gone[:, -1] = False
    return logits.masked_fill(gone.gather(-1, order), -torch.inf)


def top_p__sorted(logits: Tensor, p: float) -> Tensor:
    """Your row comes out in another order than it came in. Who knows then which token is which?"""
    ordered = logits.sort(dim=-1, descending=True).values
    probabilities = ordered.softmax(dim=-1)
    return ordered.masked_fill(probabilities.cumsum(-1) - probabilities >= p, -torch.inf)


def top_p__a_threshold(logits: Tensor, p: float) -> Tensor:
    """You compare each probability alone. What is it whose sum should reach p?"""
    probabilities = logits.softmax(dim=-1)
    gone = probabilities < 1 - p
    gone &= probabilities < probabilities.amax(dim=-1, keepdim=True)
    return logits.masked_fill(gone, -torch.inf)


def top_p__unsorted(logits: Tensor, p: float) -> Tensor:
    """You add up from left to right. Which tokens should come first?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities.cumsum(-1) - probabilities >= p, -torch.inf)


def top_p__the_unlikely(logits: Tensor, p: float) -> Tensor:
    """Do you begin to add with the most likely token, or with the least likely one?"""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1)
    gone = ordered.cumsum(dim=-1) - ordered >= p
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


def top_p__one_more(logits: Tensor, p: float) -> Tensor:
    """You keep one token more than needed. Is the sum not at p before it?"""
    ordered, order = logits.softmax(dim=-1).sort(dim=-1, descending=True)
    reached = ordered.cumsum(dim=-1) - ordered >= p
    gone = torch.zeros_like(reached)
    gone[:, 1:] = reached[:, :-1]
    return logits.masked_fill(gone.scatter(-1, order, gone), -torch.inf)


def top_p__one_set_for_all(logits: Tensor, p: float) -> Tensor:
    """Each row keeps the same number of tokens in your answer. May a sure row keep fewer?"""
    ordered = logits.softmax(dim=-1).sort(dim=-1, descending=True).values
    sizes = (ordered.cumsum(dim=-1) - ordered < p).sum(dim=-1)
    least = logits.topk(int(sizes.max())).values[:, -1:]
    return logits.masked_fill(logits < least, -torch.inf)


def min_p__absolute(logits: Tensor, m: float) -> Tensor:
    """You compare with m itself. What is m multiplied by?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities < m, -torch.inf)


def min_p__of_the_logits(logits: Tensor, m: float) -> Tensor:
    """Is it logits or probabilities that are compared? Add a constant to all logits and try again."""
    return logits.masked_fill(logits < m * logits.amax(dim=-1, keepdim=True), -torch.inf)


def min_p__one_best_for_all(logits: Tensor, m: float) -> Tensor:
    """Whose most likely token do you compare with: that of the row, or that of all rows?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities < m * probabilities.max(), -torch.inf)


def min_p__zeros(logits: Tensor, m: float) -> Tensor:
    """A logit of 0 is not "impossible". Which logit has a probability of zero?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities < m * probabilities.amax(-1, keepdim=True), 0.0)


def min_p__without_the_border(logits: Tensor, m: float) -> Tensor:
    """Does a token stay that is exactly m times as likely as the best one? Try m = 1."""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities <= m * probabilities.amax(-1, keepdim=True), -torch.inf)


def min_p__one_minus_m(logits: Tensor, m: float) -> Tensor:
    """Should fewer tokens stay for a larger m, or more?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(
        probabilities < (1 - m) * probabilities.amax(-1, keepdim=True), -torch.inf
    )


def min_p__the_unlikely(logits: Tensor, m: float) -> Tensor:
    """Which tokens do you take away: the likely ones or the unlikely ones?"""
    probabilities = logits.softmax(dim=-1)
    return logits.masked_fill(probabilities > m * probabilities.amax(-1, keepdim=True), -torch.inf)


def warp__temperature_last(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """In which order do the four steps come? Look at the temperature."""
    logits = logits if k is None else top_k(logits, k)
    logits = logits if p is None else top_p(logits, p)
    logits = logits if m is None else min_p(logits, m)
    return temperature(logits, T)


def warp__top_p_before_top_k(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """Which of the two comes first: top-k or top-p? The second one sees what the first has left."""
    logits = temperature(logits, T)
    logits = logits if p is None else top_p(logits, p)
    logits = logits if k is None else top_k(logits, k)
    return logits if m is None else min_p(logits, m)


def warp__from_the_beginning(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """Each of your steps begins with the logits of the beginning. What has the step before done?"""
    warped = temperature(logits, T)
    warped = warped if k is None else top_k(logits / T, k)
    warped = warped if p is None else top_p(logits / T, p)
    return warped if m is None else min_p(logits / T, m)


def warp__without_temperature(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """Three of four steps are there. Which one is missing?"""
    logits = logits if k is None else top_k(logits, k)
    logits = logits if p is None else top_p(logits, p)
    return logits if m is None else min_p(logits, m)


def warp__zero_is_none(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """What does your answer return without any numbers? Then the logits should stay as they are."""
    logits = temperature(logits, T)
    logits = top_k(logits, k or 1)
    logits = top_p(logits, p or 1.0)
    return min_p(logits, m or 0.0)


def warp__min_p_by_itself(
    logits: Tensor, T: float = 1.0, k: int | None = None, p: float | None = None,
    m: float | None = None,
) -> Tensor:  # fmt: skip
    """If there is an m you leave the other two out. Should they not all be done?"""
    logits = temperature(logits, T)
    if m is not None:
        return min_p(logits, m)
    logits = logits if k is None else top_k(logits, k)
    return logits if p is None else top_p(logits, p)


def repetition_penalty__always_divides(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Does -4 become smaller or larger when you divide it by 2? Look at logits below zero."""
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    return torch.where(seen, logits / penalty, logits)


def repetition_penalty__upside_down(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Do your repeated tokens become less likely, or more? Look at both signs."""
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    return torch.where(seen, torch.where(logits < 0, logits / penalty, logits * penalty), logits)


def repetition_penalty__every_time(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """A token that came three times: how often do you weaken it? Once is enough."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for token in text:
            logits[row, token] *= penalty if logits[row, token] < 0 else 1 / penalty
    return logits


def repetition_penalty__in_all_rows(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """You weaken in every row what has come in any row. Has each row a text of its own?"""
    seen = torch.zeros(logits.shape[-1], dtype=torch.bool)
    seen[ids.flatten()] = True
    return torch.where(seen, torch.where(logits < 0, logits * penalty, logits / penalty), logits)


def repetition_penalty__all_tokens(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """You weaken every token. Which ones have not come yet?"""
    return torch.where(logits < 0, logits * penalty, logits / penalty)


def repetition_penalty__only_the_last(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """You weaken only the newest token of each row. What about those before it?"""
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids[:, -1:], True)
    return torch.where(seen, torch.where(logits < 0, logits * penalty, logits / penalty), logits)


def repetition_penalty__subtracts(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """You subtract the penalty. What does the task do with it, above and below zero?"""
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)
    return torch.where(seen, logits - penalty, logits)


def repetition_penalty__forbids(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Your repeated tokens can never come again. Should they be impossible, or only less likely?"""
    return logits.scatter(1, ids, -torch.inf)


def repetition_penalty__in_place(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """You change the logits that you were given. Who else may need them?"""
    chosen = logits.gather(1, ids)
    return logits.scatter_(1, ids, torch.where(chosen < 0, chosen * penalty, chosen / penalty))


def no_repeat_ngram__every_token(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """You forbid all tokens that have come. After which tokens may one not come again?"""
    return logits if ids.shape[1] < n else logits.scatter(1, ids, -torch.inf)


def no_repeat_ngram__longer(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """How many tokens do you compare with the end of the row? The new one belongs to the n too."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n):
            if text[start : start + n] == text[len(text) - n :]:
                logits[row, text[start + n]] = -torch.inf
    return logits


def no_repeat_ngram__misses_the_last(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Where does your last n-gram begin? Try a row in which one token came twice at the end."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n):
            if text[start : start + n - 1] == text[len(text) - n + 1 :]:
                logits[row, text[start + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__first_match_only(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """The same tokens can have been followed by several others. Do you find all of them?"""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == text[len(text) - n + 1 :]:
                logits[row, text[start + n - 1]] = -torch.inf
                break
    return logits


def no_repeat_ngram__in_all_rows(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """You forbid in every row what one row has had. Has each row a text of its own?"""
    logits = logits.clone()
    for text in ids.tolist():
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == text[len(text) - n + 1 :]:
                logits[:, text[start + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__any_order(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Is "sea blue" the same as "blue sea"? Look at the order of the tokens that you compare."""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n + 1):
            if sorted(text[start : start + n - 1]) == sorted(text[len(text) - n + 1 :]):
                logits[row, text[start + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__the_beginning(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """With which tokens does the new n-gram begin: with the first or the last ones of the row?"""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == text[: n - 1]:
                logits[row, text[start + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__in_place(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """You change the logits that you were given. Who else may need them?"""
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == text[len(text) - n + 1 :]:
                logits[row, text[start + n - 1]] = -torch.inf
    return logits


def no_repeat_ngram__zeros(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """A logit of 0 is not "impossible". Which logit has a probability of zero?"""
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == text[len(text) - n + 1 :]:
                logits[row, text[start + n - 1]] = 0.0
    return logits


def sequence_log_probability__not_shifted(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """Which id do the logits at position 0 guess: that at position 0, or the one after it?"""
    guesses = logits.log_softmax(dim=-1)
    return guesses.gather(-1, ids.unsqueeze(-1)).squeeze(-1)[:, start:].sum(dim=-1)


def sequence_log_probability__with_the_prompt(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """You count all ids that are predicted. Which of them are given?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    return guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1).sum(dim=-1)


def sequence_log_probability__one_too_late(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """After your shift the first column belongs to position 1. Where does position `start` stand?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    happened = guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return happened[:, start:].sum(dim=-1)


def sequence_log_probability__mean(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """You return the mean of a token. What is the logarithm of a product?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    happened = guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return happened[:, start - 1 :].mean(dim=-1)


def sequence_log_probability__logits(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """You add up logits. Are these logarithms of probabilities already?"""
    happened = logits[:, :-1].gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return happened[:, start - 1 :].sum(dim=-1)


def sequence_log_probability__probability(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """This is the probability itself. It soon becomes too small to be stored: what is asked for?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    happened = guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return happened[:, start - 1 :].sum(dim=-1).exp()


def sequence_log_probability__minus(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """What sign has the logarithm of a number below one? A surprisal is not asked for here."""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    happened = guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return -happened[:, start - 1 :].sum(dim=-1)


def sequence_log_probability__all_rows(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """You return one number. How many rows are there?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    return guesses.gather(-1, ids[:, 1:].unsqueeze(-1))[:, start - 1 :].sum()


def sequence_log_probability__best_guess(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """You add up the best guesses. Which ids stand in the rows?"""
    guesses = logits[:, :-1].log_softmax(dim=-1)
    return guesses.amax(dim=-1)[:, start - 1 :].sum(dim=-1)


def sequence_log_probability__wrong_axis(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """Along which axis do your probabilities sum to one? The tokens are on the last."""
    guesses = logits[:, :-1].log_softmax(dim=1)
    happened = guesses.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return happened[:, start - 1 :].sum(dim=-1)


def beam_score__multiplies(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """Your long sequences get worse for being long. Is the power multiplied or divided by?"""
    return log_probabilities * length**penalty


def beam_score__without_power(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """How do length and penalty come together: as a product, or as a power?"""
    return log_probabilities / (length * penalty) if penalty else log_probabilities


def beam_score__always_the_mean(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """This is the mean of a token. What does the penalty change?"""
    return log_probabilities / length


def beam_score__penalty_to_the_length(
    log_probabilities: Tensor, length: int, penalty: float
) -> Tensor:
    """Which of the two is the base and which the exponent?"""
    return log_probabilities / penalty**length if penalty else log_probabilities


def beam_score__power_of_all(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """In which order does Python work out a / b ** c, and where are your brackets?"""
    return -((log_probabilities / length).abs() ** penalty)


def beam_score__google(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """This is the formula of Wu et al. (2016), with 5 and 6 in it. The task has the simpler one."""
    return log_probabilities / ((5 + length) / 6) ** penalty


def beam_score__minus(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """Your score is above zero. Is a better sequence one with a larger score, as it should be?"""
    return -log_probabilities / length**penalty


def beam_step__forgets_the_scores(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """What has a beam earned before this step? You only look at the new token."""
    totals, places = log_probs.flatten(1).topk(count)
    vocab = log_probs.shape[-1]
    parents = ids[torch.arange(len(ids)).unsqueeze(1), places // vocab]
    return totals, torch.cat([parents, (places % vocab).unsqueeze(-1)], dim=-1)


def beam_step__multiplies(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """Probabilities are multiplied. What is done with their logarithms?"""
    totals, places = (scores.unsqueeze(-1) * log_probs).neg().flatten(1).topk(count)
    vocab = log_probs.shape[-1]
    parents = ids[torch.arange(len(ids)).unsqueeze(1), places // vocab]
    return totals, torch.cat([parents, (places % vocab).unsqueeze(-1)], dim=-1)


def beam_step__parent_by_remainder(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """You flattened (beam, token). Is it the quotient or the remainder that tells the beam?"""
    totals, places = (scores.unsqueeze(-1) + log_probs).flatten(1).topk(count)
    beams = log_probs.shape[1]
    parents = ids[torch.arange(len(ids)).unsqueeze(1), places % beams]
    return totals, torch.cat([parents, (places // beams).unsqueeze(-1)], dim=-1)


def beam_step__keeps_its_place(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """The tokens are right, but each is glued to the wrong beam. Which beam did it come from?"""
    totals, places = (scores.unsqueeze(-1) + log_probs).flatten(1).topk(count)
    slots = torch.arange(count) % ids.shape[1]
    tokens = (places % log_probs.shape[-1]).unsqueeze(-1)
    return totals, torch.cat([ids[:, slots], tokens], dim=-1)


def beam_step__each_beam_its_share(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """In your answer every beam goes on. What if all the best candidates come from one beam?"""
    beams = ids.shape[1]
    each = -(-count // beams)
    totals, tokens = (scores.unsqueeze(-1) + log_probs).topk(min(each, log_probs.shape[-1]))
    grown = ids.unsqueeze(2).expand(-1, -1, tokens.shape[-1], -1)
    grown = torch.cat([grown, tokens.unsqueeze(-1)], dim=-1).flatten(1, 2)
    totals, places = totals.flatten(1).topk(min(count, totals[0].numel()))
    return totals, grown[torch.arange(len(ids)).unsqueeze(1), places]


def beam_step__across_texts(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """Your texts compete with each other. Which candidates belong to which text?"""
    texts, beams, vocab = log_probs.shape
    every = (scores.unsqueeze(-1) + log_probs).flatten()
    totals, places = every.topk(min(count * texts, every.numel()))
    parents = ids.flatten(0, 1)[places // vocab]
    grown = torch.cat([parents, (places % vocab).unsqueeze(-1)], dim=-1)
    return totals.view(texts, -1), grown.view(texts, len(totals) // texts, -1)


def beam_step__first_texts_beams(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """The second text continues beams of the first one. From which text do you take the parents?"""
    totals, places = (scores.unsqueeze(-1) + log_probs).flatten(1).topk(count)
    vocab = log_probs.shape[-1]
    parents = ids.flatten(0, 1)[places // vocab]
    return totals, torch.cat([parents, (places % vocab).unsqueeze(-1)], dim=-1)


def beam_step__token_in_front(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """At which end of a sequence does the new token stand?"""
    totals, places = (scores.unsqueeze(-1) + log_probs).flatten(1).topk(count)
    vocab = log_probs.shape[-1]
    parents = ids[torch.arange(len(ids)).unsqueeze(1), places // vocab]
    return totals, torch.cat([(places % vocab).unsqueeze(-1), parents], dim=-1)


def beam_step__the_worst(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """Are your candidates the best ones or the worst ones?"""
    every = (scores.unsqueeze(-1) + log_probs).flatten(1)
    totals, places = every.topk(count, largest=False)
    vocab = log_probs.shape[-1]
    parents = ids[torch.arange(len(ids)).unsqueeze(1), places // vocab]
    return totals, torch.cat([parents, (places % vocab).unsqueeze(-1)], dim=-1)


def beam_step__only_the_tokens(
    ids: Tensor, scores: Tensor, log_probs: Tensor, count: int
) -> tuple[Tensor, Tensor]:
    """You return the new tokens alone. What stands before each of them?"""
    totals, places = (scores.unsqueeze(-1) + log_probs).flatten(1).topk(count)
    return totals, (places % log_probs.shape[-1]).unsqueeze(-1)


def keep_running__the_first(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """You take the best candidates, whatever they end with. Can one that has ended go on?"""
    return totals[:, :beams], ids[:, :beams]


def keep_running__the_ended(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """Look at the last tokens of what you keep: who goes on, and who has ended?"""
    running = totals.masked_fill(ids[..., -1] != end, -torch.inf)
    scores, places = running.topk(beams)
    return scores, ids[torch.arange(len(ids)).unsqueeze(1), places]


def keep_running__end_anywhere(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """The end token may stand in the middle, in the prompt for instance. Where does it count?"""
    running = totals.masked_fill((ids == end).any(dim=-1), -torch.inf)
    scores, places = running.topk(beams)
    return scores, ids[torch.arange(len(ids)).unsqueeze(1), places]


def keep_running__same_places_everywhere(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """In each text other candidates have ended. Do you choose for each text by itself?"""
    running = totals.masked_fill(ids[..., -1] == end, -torch.inf)
    places = running[0].topk(beams).indices
    return running[:, places], ids[:, places]


def keep_running__scores_of_the_first(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """The sequences are right. Do the scores still belong to them?"""
    places = totals.masked_fill(ids[..., -1] == end, -torch.inf).topk(beams).indices
    return totals[:, :beams], ids[torch.arange(len(ids)).unsqueeze(1), places]


def keep_running__sequences_of_the_first(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """The scores are right. Do the sequences still belong to them?"""
    scores = totals.masked_fill(ids[..., -1] == end, -torch.inf).topk(beams).values
    return scores, ids[:, :beams]


def keep_running__all_that_go_on(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """How many sequences should go on in each text? You keep all candidates."""
    running = totals.masked_fill(ids[..., -1] == end, -torch.inf)
    scores, places = running.topk(totals.shape[1])
    return scores, ids[torch.arange(len(ids)).unsqueeze(1), places]


def keep_running__the_last(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """Do you keep the best or the worst of those that go on?"""
    running = totals.masked_fill(ids[..., -1] == end, torch.inf)
    scores, places = running.topk(beams, largest=False)
    return scores, ids[torch.arange(len(ids)).unsqueeze(1), places]


def keep_finished__any_candidate(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """You let every candidate in. How many of them may enter the pool, counted from the best?"""
    new = [(score, ids) for score, ids in candidates if last or ids[-1] == end]
    return sorted(pool + new, reverse=True)[:beams]


def keep_finished__ignores_the_last_step(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """What becomes in the last step of sequences that have not ended?"""
    new = [(score, ids) for score, ids in candidates[:beams] if ids[-1] == end]
    return sorted(pool + new, reverse=True)[:beams]


def keep_finished__end_anywhere(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """Where must the end token stand for a candidate to be finished?"""
    new = [(score, ids) for score, ids in candidates[:beams] if last or end in ids]
    return sorted(pool + new, reverse=True)[:beams]


def keep_finished__grows(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """How many pairs does the pool hold at most?"""
    new = [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]
    return sorted(pool + new, reverse=True)


def keep_finished__first_come(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """In your pool the old ones stand first, however good the new ones are. What is its order?"""
    new = [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]
    return (pool + new)[:beams]


def keep_finished__worst_first(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """Which one should come first in the pool: the best or the worst?"""
    new = [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]
    return sorted(pool + new)[:beams]


def keep_finished__forgets_the_pool(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """What was in the pool before has vanished. Should the new ones join it, or replace it?"""
    return [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]


def keep_finished__changes_the_pool(
    pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False
) -> Pool:
    """You change the pool that you were given. Make a new one instead."""
    pool += [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]
    pool.sort(reverse=True)
    return pool[:beams]


def may_stop__as_soon_as_full(pool: Pool, best: float, beams: int) -> bool:
    """A full pool is not enough: what if a running beam is still better?"""
    return len(pool) == beams


def may_stop__although_not_full(pool: Pool, best: float, beams: int) -> bool:
    """May the search stop while there are free places in the pool?"""
    return best <= pool[-1][0]


def may_stop__compares_with_the_best(pool: Pool, best: float, beams: int) -> bool:
    """To enter a full pool, whom must a new sequence beat: its first or its last?"""
    return len(pool) == beams and best <= pool[0][0]


def may_stop__go_on(pool: Pool, best: float, beams: int) -> bool:
    """Does True mean "stop" or "go on"?"""
    return not (len(pool) == beams and best <= pool[-1][0])


def may_stop__waits_for_worse(pool: Pool, best: float, beams: int) -> bool:
    """What if the running beam is exactly as good as the last of the pool? Does it beat it?"""
    return len(pool) == beams and best < pool[-1][0]


def beam_search__too_few_candidates(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """How many candidates do you ask for? If some of them end, enough others must be left."""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__probabilities(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """Are the numbers that you hand to `beam_step` probabilities, or their logarithms?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__logits(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """Logits are no log probabilities. Which function makes the one of the other?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1))
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__never_done(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """When all texts may stop, do you still ask the model? And is a pool that is done left alone?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools = [[] for _ in prompts]
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in range(len(prompts)):
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
    return [pool[0] for pool in pools]


def beam_search__stops_with_the_first(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """One text is done. What about the others?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools = [[] for _ in prompts]
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        stops = []
        for text in range(len(prompts)):
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            stops.append(may_stop(pools[text], best[text], beams))
        if any(stops):
            break
    return [pool[0] if pool else (0.0, []) for pool in pools]


def beam_search__wakes_up_again(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """A text that was done goes on in your search as soon as that looks better. Is done not done?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, stops = [[] for _ in prompts], [False] * len(prompts)
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in range(len(prompts)):
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            stops[text] = may_stop(pools[text], best[text], beams)
        if all(stops):
            break
    return [pool[0] for pool in pools]


def beam_search__drops_the_unfinished(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """What becomes of the beams that are still running in the last round?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] if pool else (0.0, []) for pool in pools]


def beam_search__text_by_text(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """How often do you ask the model in a round? Once is enough for the beams of all texts."""
    best = []
    for prompt in prompts:
        ids, scores, pool = prompt.view(1, 1, -1), torch.zeros(1, 1), []
        for length in range(1, max_new + 1):
            log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
            totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
            scores, ids = keep_running(totals, found, beams, end)
            ranks = beam_score(totals[0], length, penalty).tolist()
            candidates = list(zip(ranks, found[0].tolist()))
            pool = keep_finished(pool, candidates, beams, end, length == max_new)
            if may_stop(pool, beam_score(scores[0, 0], length, penalty).item(), beams):
                break
        best.append(pool[0])
    return best


def beam_search__whole_pools(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """You return all that has finished. How many sequences are asked for, for each text?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pair for pool in pools for pair in pool]


def beam_search__ignores_the_penalty(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """Try two penalties: do your scores change? Look at what you hand on."""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, 1.0).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, 1.0).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__log_probabilities_in_the_pool(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """By what is your pool ordered: by log probability, or by `beam_score`?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = totals.tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__stops_by_log_probability(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """The pool holds scores. Is what you hand to `may_stop` one already?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = scores[:, 0].tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def beam_search__counts_the_prompt(
    next_logits: Callable, prompts: Tensor, beams: int, max_new: int, end: int, penalty: float = 1.0
) -> Pool:
    """By which length do you rank: that of the whole sequence, or that of its new tokens?"""
    ids, scores = prompts.unsqueeze(1), torch.zeros(len(prompts), 1)
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=-1)
        totals, found = beam_step(ids, scores, log_probs.unflatten(0, scores.shape), 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, found.shape[2], penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], ids.shape[2], penalty).tolist()
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text]))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def residual__not_divided(target: Tensor, draft: Tensor) -> Tensor:
    """Do your rows sum to one?"""
    more = (target - draft).clamp(min=0)
    return torch.where(more.sum(dim=-1, keepdim=True) > 0, more, target)


def residual__absolute(target: Tensor, draft: Tensor) -> Tensor:
    """What becomes of tokens that the draft gives too often? They need nothing more."""
    more = (target - draft).abs()
    total = more.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, more / total, target)


def residual__the_other_way(target: Tensor, draft: Tensor) -> Tensor:
    """Which of the two has more where you give probability: the target or the draft?"""
    more = (draft - target).clamp(min=0)
    total = more.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, more / total, target)


def residual__nan(target: Tensor, draft: Tensor) -> Tensor:
    """What is 0 divided by 0? Look at a row in which the two are equal."""
    more = (target - draft).clamp(min=0)
    return more / more.sum(dim=-1, keepdim=True)


def residual__one_sum_for_all(target: Tensor, draft: Tensor) -> Tensor:
    """Does each of your rows sum to one, or only the whole tensor?"""
    more = (target - draft).clamp(min=0)
    total = more.sum()
    return torch.where(more.sum(dim=-1, keepdim=True) > 0, more / total, target)


def residual__softmax(target: Tensor, draft: Tensor) -> Tensor:
    """You take a softmax of what is more. Should tokens that have nothing more get something?"""
    more = (target - draft).clamp(min=0)
    left = more.sum(dim=-1, keepdim=True) > 0
    return torch.where(left, more.softmax(dim=-1), target)


def residual__the_target(target: Tensor, draft: Tensor) -> Tensor:
    """You return the target itself. But what the draft has already given must not come twice."""
    return target.clone()


def residual__minimum(target: Tensor, draft: Tensor) -> Tensor:
    """This is what the two have in common: it is accepted. What is left over?"""
    common = torch.minimum(target, draft)
    total = common.sum(dim=-1, keepdim=True)
    return torch.where(total > 0, common / total, target)


def speculative_step__redraws_from_target(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Accepted tokens come on top of your new draws. From which distribution are these drawn?"""
    rows = torch.arange(len(tokens))
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    instead = torch.multinomial(target, 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__ignores_the_draft(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The distribution is right, but you never accept anything. What was the draft good for?"""
    drawn = torch.multinomial(target, 1, generator=generator).squeeze(1)
    return drawn, torch.zeros(len(tokens), dtype=torch.bool)


def speculative_step__accepts_all(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """You accept whatever was drafted. Whose distribution do your tokens have then?"""
    return tokens + torch.randint(1, (len(tokens),), generator=generator), tokens >= 0


def speculative_step__upside_down(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Which of the two probabilities stands above the line?"""
    rows = torch.arange(len(tokens))
    chance = draft[rows, tokens] / target[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__by_the_target_alone(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """You accept with the probability t. By what is it divided in the task?"""
    rows = torch.arange(len(tokens))
    accepted = torch.rand(len(tokens), generator=generator) < target[rows, tokens]
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__if_likelier(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """You accept if t is at least d, and never otherwise. What if t is only a little smaller?"""
    rows = torch.arange(len(tokens))
    accepted = target[rows, tokens] >= draft[rows, tokens]
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__global_luck(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The same seed gives you other tokens each time. Who rolls the dice: your generator?"""
    rows = torch.arange(len(tokens))
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens)) < chance
    instead = torch.multinomial(residual(target, draft), 1).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_step__swapped(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """You keep the drafted token where it was rejected. Look at the order in your `where`."""
    rows = torch.arange(len(tokens))
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, instead, tokens), accepted


def speculative_step__best_instead(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """In place of a rejected token you take the most likely one. Should it not be drawn?"""
    rows = torch.arange(len(tokens))
    chance = target[rows, tokens] / draft[rows, tokens]
    accepted = torch.rand(len(tokens), generator=generator) < chance
    return torch.where(accepted, tokens, residual(target, draft).argmax(dim=-1)), accepted


def speculative_block__keeps_later_ones(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """What was drafted after a rejected token was meant to follow it. May it stay?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    if not accepted.all():
        return taken
    return torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])


def speculative_block__drops_the_replacement(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """A rejected token has been replaced. Does the one in its place not count?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    if agreed < len(tokens):
        return taken[:agreed]
    return torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])


def speculative_block__no_extra_token(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """When all are accepted, the target has already said what comes next. Do you use it?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    return taken[: agreed + 1]


def speculative_block__always_an_extra(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """After a rejection you add one more token. For which position was that row of `target`?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    extra = torch.multinomial(target[-1], 1, generator=generator)
    return torch.cat([taken[: agreed + 1], extra])


def speculative_block__counts_all_accepted(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """You count how many are accepted in all. How many are accepted before the first rejection?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.sum())
    if agreed < len(tokens):
        return taken[: agreed + 1]
    return torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])


def speculative_block__extra_from_the_wrong_row(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """From which row of `target` do you draw the extra token? It stands after the drafted ones."""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    if agreed < len(tokens):
        return taken[: agreed + 1]
    return torch.cat([taken, torch.multinomial(target[-2], 1, generator=generator)])


def speculative_block__greedy_extra(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """For the extra token you take the most likely one. Should it not be drawn?"""
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    if agreed < len(tokens):
        return taken[: agreed + 1]
    return torch.cat([taken, target[-1].argmax().unsqueeze(0)])


def speculative_block__keeps_the_drafted(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """You return drafted tokens. What has `speculative_step` put in place of the rejected one?"""
    _, accepted = speculative_step(tokens, draft, target[:-1], generator)
    agreed = int(accepted.long().cumprod(dim=0).sum())
    if agreed < len(tokens):
        return tokens[: agreed + 1]
    return torch.cat([tokens, torch.multinomial(target[-1], 1, generator=generator)])
