"""From logits to text: choose a token, cut the tail, search with beams, draft and verify.

No key-value cache: whatever speaks is called with all the ids so far.
"""

from collections.abc import Callable

import torch
from torch import Tensor

Pool = list[tuple[float, list[int]]]  # finished sequences with their scores, the best one first


def greedy(logits: Tensor) -> Tensor:
    """Return the id of the most likely token in each row.

    If several tokens of a row share the highest logit, it is the one with the smallest id.

    Shapes:
        logits:  (row, token)
        returns: (row,), whole numbers

    >>> greedy(torch.tensor([[0.1, 2.0, 0.3], [1.5, 0.2, 0.1]]))
    tensor([1, 0])
    """
    return logits.argmax(dim=1)


def generate(
    next_logits: Callable[[Tensor], Tensor],
    ids: Tensor,
    choose: Callable[[Tensor, Tensor], Tensor],
    max_new: int,
    end: int,
) -> Tensor:
    """Continue each row of `ids`, token by token, and return all ids: the old and the new ones.

    In every round `next_logits(ids)` gives the logits of the next token for all rows, and
    `choose(logits, ids)` makes one token a row of them. Both get the ids as they are by then.
    A row is finished once it has chosen `end`. The other rows go on, and the finished row is
    filled up with `end`, whatever is chosen for it. It all stops as soon as every row is
    finished, and after `max_new` rounds at the latest. An `end` among the ids at the beginning
    does not count.

    Shapes:
        next_logits: maps ids (row, length) to logits (row, token)
        choose:      maps logits (row, token) and ids (row, length) to tokens (row,)
        ids:         (row, position)
        returns:     (row, position + new), where new is at most max_new

    >>> count_up = lambda ids: torch.nn.functional.one_hot((ids[:, -1] + 1) % 9, 9).float()
    >>> choose = lambda logits, ids: logits.argmax(dim=-1)
    >>> generate(count_up, torch.tensor([[1, 2], [4, 5]]), choose, max_new=4, end=7)
    tensor([[1, 2, 3, 4, 5, 6],
            [4, 5, 6, 7, 7, 7]])
    """
    finished = ids.new_zeros(len(ids), dtype=torch.bool)
    for _ in range(max_new):
        tokens = choose(next_logits(ids), ids).masked_fill(finished, end)  # (row,)
        ids = torch.cat([ids, tokens.unsqueeze(1)], dim=1)  # (row, one position more)
        finished = tokens == end  # a finished row says nothing else
        if finished.all():
            break
    return ids


def repetition_rate(ids: list[int], window: int) -> float:
    """Return the share of tokens that stand among the `window` tokens before them.

    The first tokens have fewer tokens before them; the very first one has none, and so it never
    repeats anything. Every token counts, and for no tokens at all the rate is 0.0.

    Source: the measure rep/l of Welleck et al. (2020), here for the tokens of a text.

    >>> repetition_rate([5, 6, 5, 5, 7, 8, 6], window=3)  # the third and the fourth token
    0.2857142857142857
    """
    repeated = [token in ids[max(0, place - window) : place] for place, token in enumerate(ids)]
    return sum(repeated) / len(ids) if ids else 0.0


def sample(logits: Tensor, generator: torch.Generator) -> Tensor:
    """Draw one token in each row, each token with the probability that softmax gives it.

    The rows are drawn independently of each other. A logit of -inf is never drawn. All
    randomness comes from `generator`: a generator with the same seed gives the same tokens, and
    calling twice with one generator gives new ones.

    Shapes:
        logits:  (row, token)
        returns: (row,), whole numbers

    >>> dice = torch.Generator().manual_seed(1)
    >>> sample(torch.tensor([[0.0, -torch.inf], [-torch.inf, 7.0]]), dice)
    tensor([0, 1])
    """
    return torch.multinomial(logits.softmax(dim=1), 1, generator=generator).squeeze(1)


def distinct_n(texts: list[list[int]], n: int) -> float:
    """Return how many of the n-grams of all texts are different: a number between 0 and 1.

    An n-gram is `n` tokens in a row. None reaches from one text into the next. The result is the
    number of different n-grams, divided by the number of all n-grams, where all texts are counted
    together. If there are no n-grams it is 0.0.

    Source: Li et al. (2016), with n = 1 and n = 2.

    >>> distinct_n([[1, 2, 3, 1, 2], [1, 2, 4]], n=2)  # 12 23 31 12 and 12 24: four of six
    0.6666666666666666
    """
    ngrams = [
        tuple(text[place : place + n]) for text in texts for place in range(len(text) - n + 1)
    ]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def temperature(logits: Tensor, T: float) -> Tensor:
    """Return the logits at temperature `T`: their softmax is e^(logit / T) over the sum of these.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    Raises:
        ValueError: T is zero or negative.

    >>> temperature(torch.tensor([[1.0, 2.0, -torch.inf]]), T=0.5)
    tensor([[2., 4., -inf]])
    """
    if T <= 0:
        raise ValueError(f"T must be positive: got {T}")
    return logits / T


def top_k(logits: Tensor, k: int) -> Tensor:
    """Keep the `k` largest logits of each row, and set the others to -inf.

    A logit that is as large as the k-th largest stays too. If the row has no more than `k`
    tokens, all stay. `k` is at least 1.

    Source: Fan, Lewis and Dauphin (2018).

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> top_k(torch.tensor([[0.1, 2.0, 0.7, 1.0]]), k=2)
    tensor([[-inf, 2., -inf, 1.]])
    """
    least = logits.topk(min(k, logits.shape[1])).values[:, -1:]  # (row, 1)
    return logits.masked_fill(logits < least, -torch.inf)


def top_p(logits: Tensor, p: float) -> Tensor:
    """Keep the smallest set of most likely tokens whose probabilities sum to at least `p`.

    The logits of all others become -inf, and those that stay keep their values. Each row has a
    set of its own, and at least one token stays. At p = 1 every token stays that has a
    probability above zero. `p` is above 0 and at most 1. No two tokens are equally likely.

    Source: Holtzman et al. (2020), section 3.1, who call this set the nucleus.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.2, 0.5, 0.05, 0.25]])
    >>> top_p(probabilities.log(), p=0.7).exp()
    tensor([[0.0000, 0.5000, 0.0000, 0.2500]])
    """
    ordered, order = logits.softmax(dim=1).sort()  # (row, token), the least likely first
    tail = ordered.cumsum(dim=1) <= 1 - p  # what can go without taking more than 1 - p along
    tail[:, -1] = False
    return logits.masked_fill(tail.scatter(1, order, tail), -torch.inf)


def min_p(logits: Tensor, m: float) -> Tensor:
    """Keep each token that is at least `m` times as likely as the most likely token of its row.

    The logits of all others become -inf, and those that stay keep their values. `m` is between 0
    and 1.

    Source: Nguyen et al. (2025).

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.6, 0.25, 0.1, 0.05]])
    >>> min_p(probabilities.log(), m=0.2).exp()
    tensor([[0.6000, 0.2500, 0.0000, 0.0000]])
    """
    probabilities = logits.softmax(dim=1)
    least = m * probabilities.amax(dim=1, keepdim=True)  # (row, 1)
    return logits.masked_fill(probabilities < least, -torch.inf)


def warp(
    logits: Tensor,
    T: float = 1.0,
    k: int | None = None,
    p: float | None = None,
    m: float | None = None,
) -> Tensor:
    """Change the logits by temperature, top-k, top-p and min-p, in this order.

    Each step works on what the step before has left. A step whose number is None is left out.
    Use what you have written above.

    Shapes:
        logits:  (row, token)
        returns: (row, token)

    >>> probabilities = torch.tensor([[0.4, 0.3, 0.2, 0.1]])
    >>> warp(probabilities.log(), k=3, p=0.7).exp()
    tensor([[0.4000, 0.3000, 0.0000, 0.0000]])
    """
    logits = temperature(logits, T)
    logits = logits if k is None else top_k(logits, k)
    logits = logits if p is None else top_p(logits, p)
    return logits if m is None else min_p(logits, m)


def repetition_penalty(logits: Tensor, ids: Tensor, penalty: float) -> Tensor:
    """Make every token that stands in its row of `ids` less likely.

    A logit above zero is divided by `penalty`, and one below zero is multiplied by it. This is
    done once for each token, however often it occurs in the row. Tokens that do not occur keep
    their logits. `penalty` is above 1.

    Source: Keskar et al. (2019), section 4.1; the case below zero is from the library transformers.

    Shapes:
        logits:  (row, token)
        ids:     (row, position)
        returns: (row, token)

    >>> logits = torch.tensor([[3.0, -1.0, 2.0, -4.0]])
    >>> repetition_penalty(logits, torch.tensor([[0, 1, 0]]), penalty=2.0)
    tensor([[ 1.5000, -2.0000,  2.0000, -4.0000]])
    """
    seen = torch.zeros_like(logits, dtype=torch.bool).scatter(1, ids, True)  # (row, token)
    weaker = torch.where(logits < 0, logits * penalty, logits / penalty)
    return torch.where(seen, weaker, logits)


def no_repeat_ngram(logits: Tensor, ids: Tensor, n: int) -> Tensor:
    """Set to -inf each token that would complete an n-gram that its row of `ids` already has.

    The new n-gram would be the last n - 1 ids of the row and the token. With n = 1 no token of the
    row may come again. A row with fewer than `n` ids has no n-gram, so nothing changes there.

    Source: Paulus, Xiong and Socher (2018), section 2.5.

    Shapes:
        logits:  (row, token)
        ids:     (row, position)
        returns: (row, token)

    >>> ids = torch.tensor([[0, 1, 2, 0, 1]])  # so far 0 1 has been followed by 2
    >>> no_repeat_ngram(torch.zeros(1, 4), ids, n=3)
    tensor([[0., 0., -inf, 0.]])
    """
    logits = logits.clone()
    for row, text in enumerate(ids.tolist()):
        last = text[len(text) - n + 1 :]
        for start in range(len(text) - n + 1):
            if text[start : start + n - 1] == last:
                logits[row, text[start + n - 1]] = -torch.inf
    return logits


def sequence_log_probability(logits: Tensor, ids: Tensor, start: int) -> Tensor:
    """Return the logarithm of the probability that a model gives to the end of each row.

    The logits at a position are the model's guess of the id at the next position. Added up are the
    log probabilities of all ids from position `start` on. What stands before them is the prompt: it
    is given, and does not count. `start` is at least 1, since nothing predicts the first id.

    Shapes:
        logits:  (row, position, token)
        ids:     (row, position)
        returns: (row,), in nats, none above 0

    >>> logits = torch.tensor([[[0.5, 0.5], [0.9, 0.1], [0.8, 0.2]]]).log()
    >>> sequence_log_probability(logits, torch.tensor([[0, 1, 0]]), start=1).exp()  # 0.5 * 0.9
    tensor([0.4500])
    """
    guesses = logits[:, start - 1 : -1].log_softmax(dim=2)  # (row, position - start, token)
    happened = guesses.take_along_dim(ids[:, start:].unsqueeze(2), dim=2)  # (…, 1)
    return happened.squeeze(2).sum(dim=1)


def beam_score(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """Return by what sequences are ranked: log probability over length to the `penalty`.

    With a penalty of 0 the length plays no role. With 1 it is the mean log probability of a token.
    The larger the penalty, the better do long sequences fare. `length` counts the new tokens; it is
    the same for all the sequences.

    Source: Wu et al. (2016), section 7, in the simpler form that the library transformers uses.

    Shapes:
        log_probabilities: (...)
        returns:           (...)

    >>> beam_score(torch.tensor([-6.0, -10.0]), length=4, penalty=1.0)
    tensor([-1.5000, -2.5000])
    """
    return log_probabilities / length**penalty


def beam_step(ids: Tensor, scores: Tensor, log_probs: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Return the `count` best ways to make the beams of each text one token longer.

    A text has several beams: sequences that compete, and their `scores`, which are log
    probabilities. Any of its beams may be continued by any token, and the score of that is the
    score of the beam plus the log probability of the token. The best `count` of all these
    candidates are returned, the best one first: their scores, and their ids with the new token at
    the end. One beam may have several candidates, and another none. Texts never mix.

    Shapes:
        ids:       (text, beam, position)
        scores:    (text, beam)
        log_probs: (text, beam, token)
        returns:   (text, count) and (text, count, position + 1)

    >>> ids, scores = torch.tensor([[[7], [8]]]), torch.tensor([[-1.0, -2.0]])
    >>> log_probs = torch.tensor([[[-5.0, -1.0], [-0.5, -3.0]]])
    >>> beam_step(ids, scores, log_probs, count=3)
    (tensor([[-2.0000, -2.5000, -5.0000]]), tensor([[[7, 1],
             [8, 0],
             [8, 1]]]))
    """
    vocab = log_probs.shape[2]
    totals, places = (scores.unsqueeze(2) + log_probs).flatten(1).topk(count)  # (text, count)
    parents = (places // vocab).unsqueeze(2)  # (text, count, 1), each the number of a beam
    grown = ids.take_along_dim(parents, dim=1), (places % vocab).unsqueeze(2)
    return totals, torch.cat(grown, dim=2)  # (text, count, position + 1)


def keep_running(totals: Tensor, ids: Tensor, beams: int, end: int) -> tuple[Tensor, Tensor]:
    """Return the best `beams` candidates of each text that do not end with the token `end`.

    They are the beams of the next step, with their scores and in the same order as they came. The
    candidates come with the best one first, and each text has at least `beams` that go on. An
    `end` before the last position means nothing here.

    Shapes:
        totals:  (text, candidate)
        ids:     (text, candidate, position)
        returns: (text, beams) and (text, beams, position)

    >>> totals, ids = torch.tensor([[-1.0, -2.0, -3.0]]), torch.tensor([[[4, 5], [4, 0], [6, 5]]])
    >>> keep_running(totals, ids, beams=2, end=0)
    (tensor([[-1., -3.]]), tensor([[[4, 5],
             [6, 5]]]))
    """
    running = totals.masked_fill(ids[..., -1] == end, -torch.inf)
    scores, places = running.topk(beams)  # (text, beam)
    return scores, ids.take_along_dim(places.unsqueeze(2), dim=1)


def keep_finished(pool: Pool, candidates: Pool, beams: int, end: int, last: bool = False) -> Pool:
    """Add the candidates of one text that are finished to its pool, and return the best of it.

    Pool and candidates are pairs of a score and the ids, the best one first. A candidate is
    finished if it ends with the token `end`; in the `last` step every candidate is. Only the first
    `beams` candidates can enter the pool. Of the old and the new pairs together the best `beams`
    are returned, the best one first. `pool` itself stays as it is.

    >>> candidates = [(-1.0, [4, 0]), (-1.2, [4, 5]), (-1.3, [6, 0])]
    >>> keep_finished([(-1.5, [0])], candidates, beams=2, end=0)
    [(-1.0, [4, 0]), (-1.5, [0])]
    """
    finished = [(score, ids) for score, ids in candidates[:beams] if last or ids[-1] == end]
    return sorted(pool + finished, reverse=True)[:beams]


def may_stop(pool: Pool, best: float, beams: int) -> bool:
    """Say whether the search for one text may stop: whether waiting is not worth while.

    It may stop if the pool has `beams` finished sequences, and the best running beam does not beat
    the last of them. `best` is the score that this beam would have if it were finished now. The
    pool holds pairs of score and ids, the best one first.

    >>> may_stop([(-0.5, [4, 0]), (-0.7, [6, 0])], best=-0.9, beams=2)
    True
    """
    return len(pool) == beams and best <= pool[-1][0]


def beam_search(
    next_logits: Callable[[Tensor], Tensor],
    prompts: Tensor,
    beams: int,
    max_new: int,
    end: int,
    penalty: float = 1.0,
) -> Pool:
    """Continue each prompt by beam search; return the best finished sequence and score of each.

    At first a text has one beam, its prompt, with log probability 0. In every round `next_logits`,
    called once for all beams of all texts, gives logits, and their log softmax goes into
    `beam_step`, which is asked for 2 * `beams` candidates. `keep_running` makes the new beams of
    them, and `keep_finished` adds to the pool of each text, where candidates are ranked by
    `beam_score`; round number `max_new` is the last one. Once `may_stop` says so, with the score of
    the best of the new beams, the pool of this text is not touched any more. When it has said so
    for all texts, no further round begins.

    Source: Wu et al. (2016), section 7; when to stop is as in the library transformers.

    Shapes:
        next_logits: maps ids (text * beam, length) to logits (text * beam, token)
        prompts:     (text, position)
        returns:     a list with a pair for each text: score, and all its ids as a list

    >>> table = torch.tensor([[0, 5, 4, 1], [2, 2, 3, 3], [8, 1, 1, 0], [4, 3, 2, 1]]) / 10
    >>> start, speak = torch.tensor([[0]]), lambda ids: table[ids[:, -1]].log()
    >>> best = beam_search(speak, start, beams=2, max_new=3, end=0, penalty=0.0)
    >>> best[0][1]  # 0.4 * 0.8, although 1 is the likeliest token at first
    [0, 2, 0]
    """
    ids, scores = prompts.unsqueeze(1), prompts.new_zeros(len(prompts), 1)  # one beam a text
    pools, done = [[] for _ in prompts], set()
    for length in range(1, max_new + 1):
        log_probs = next_logits(ids.flatten(0, 1)).log_softmax(dim=1)  # (text * beam, token)
        log_probs = log_probs.unflatten(0, scores.shape)  # (text, beam, token)
        totals, found = beam_step(ids, scores, log_probs, 2 * beams)
        scores, ids = keep_running(totals, found, beams, end)
        ranks, rows = beam_score(totals, length, penalty).tolist(), found.tolist()
        best = beam_score(scores[:, 0], length, penalty).tolist()  # of those that run
        for text in set(range(len(prompts))) - done:
            candidates = list(zip(ranks[text], rows[text], strict=True))
            pools[text] = keep_finished(pools[text], candidates, beams, end, length == max_new)
            if may_stop(pools[text], best[text], beams):
                done.add(text)
        if len(done) == len(prompts):
            break
    return [pool[0] for pool in pools]


def residual(target: Tensor, draft: Tensor) -> Tensor:
    """Return, for each row, the distribution from which a rejected token is drawn again.

    Where `target` has more than `draft` it is the difference of the two, and elsewhere it is zero.
    Then each row is divided by its sum. If a row of `target` has more nowhere, the two are equal,
    and the row that is returned is that of `target`.

    Source: Leviathan, Kalman and Matias (2023), section 2.3.

    Shapes:
        target, draft: (row, token), probabilities
        returns:       (row, token), each row sums to one

    >>> residual(torch.tensor([[0.5, 0.3, 0.2]]), torch.tensor([[0.2, 0.2, 0.6]]))
    tensor([[0.7500, 0.2500, 0.0000]])
    """
    more = (target - draft).clamp(min=0)
    total = more.sum(dim=1, keepdim=True)  # (row, 1)
    return torch.where(total > 0, more / total, target)


def speculative_step(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Accept or replace one drafted token in each row, such that the result is drawn from `target`.

    The token of each row was drawn from that row of `draft`. It is accepted with probability
    min(1, t / d), where t is its probability in `target` and d its probability in `draft`. If it
    is not accepted, another token takes its place, drawn from `residual`. The rows are independent,
    and all randomness comes from `generator`.

    Source: Leviathan, Kalman and Matias (2023), section 2.3; Chen et al. (2023).

    Shapes:
        tokens:        (row,)
        draft, target: (row, token), probabilities
        returns:       (row,), the tokens; and (row,), bool: whether the drafted one was accepted

    >>> draft, target = torch.tensor([[0.5, 0.5]]), torch.tensor([[1.0, 0.0]])
    >>> speculative_step(torch.tensor([1]), draft, target, torch.Generator())
    (tensor([0]), tensor([False]))
    """
    drafted = tokens.unsqueeze(1)  # (row, 1)
    chance = (target.gather(1, drafted) / draft.gather(1, drafted)).squeeze(1)  # (row,)
    accepted = torch.bernoulli(chance.clamp(max=1), generator=generator).bool()
    instead = torch.multinomial(residual(target, draft), 1, generator=generator).squeeze(1)
    return torch.where(accepted, tokens, instead), accepted


def speculative_block(
    tokens: Tensor, draft: Tensor, target: Tensor, generator: torch.Generator
) -> Tensor:
    """Return the new tokens that several drafted tokens in a row lead to: at least one.

    The tokens are taken by `speculative_step`, from the first position on, as long as the drafted
    ones are accepted. The first one that is not accepted is replaced, and what was drafted after it
    is thrown away, since it was meant to follow another token. If all are accepted, one more token
    is drawn from the last row of `target`: it is for the position after the drafted ones.

    Source: Leviathan, Kalman and Matias (2023), algorithm 1.

    Shapes:
        tokens:  (position,)
        draft:   (position, token), probabilities
        target:  (position + 1, token), probabilities
        returns: (new,), where new is at least 1 and at most position + 1

    >>> sure = torch.eye(4)  # row i is sure of token i
    >>> dice = torch.Generator().manual_seed(0)
    >>> speculative_block(torch.tensor([2, 3]), sure[[2, 3]], sure[[2, 3, 1]], dice)
    tensor([2, 3, 1])
    >>> speculative_block(torch.tensor([2, 3]), sure[[2, 3]], sure[[0, 3, 1]], dice)
    tensor([0])
    """
    taken, accepted = speculative_step(tokens, draft, target[:-1], generator)  # (position,)
    agreed = [*accepted.tolist(), False].index(False)  # how many before the first rejection
    if agreed < len(accepted):
        return taken[: agreed + 1]
    return torch.cat([taken, torch.multinomial(target[-1], 1, generator=generator)])
