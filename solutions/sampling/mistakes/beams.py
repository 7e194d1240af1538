"""Section 6.5, "Look ahead", part 1: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor

from gradelib.author.edits import Edit

sequence_log_probability__not_shifted = Edit("start - 1 : -1", "start:")
"""Which id do the logits at position 0 guess: that at position 0, or the one after it?"""

sequence_log_probability__with_the_prompt = Edit(
    "start - 1 : -1",
    ":-1",
    "start:]",
    "1:]",
)
"""You count all ids that are predicted. Which of them are given?"""

sequence_log_probability__one_too_late = Edit(
    "start - 1 : -1",
    "start:-1",
    "start:]",
    "start + 1 :]",
)
"""After your shift the first column belongs to position 1. Where does position `start` stand?"""

sequence_log_probability__mean = Edit("sum(dim=1)", "mean(dim=1)")
"""You return the mean of a token. What is the logarithm of a product?"""

sequence_log_probability__logits = Edit(".log_softmax(dim=2)", "")
"""You add up logits. Are these logarithms of probabilities already?"""

sequence_log_probability__probability = Edit("sum(dim=1)", "sum(dim=1).exp()")
"""This is the probability itself. It soon becomes too small to be stored: what is asked for?"""

sequence_log_probability__minus = Edit("return happened", "return -happened")
"""What sign has the logarithm of a number below one? A surprisal is not asked for here."""

sequence_log_probability__all_rows = Edit("sum(dim=1)", "sum()")
"""You return one number. How many rows are there?"""

sequence_log_probability__best_guess = Edit("happened.squeeze(2)", "guesses.amax(dim=2)")
"""You add up the best guesses. Which ids stand in the rows?"""

sequence_log_probability__wrong_axis = Edit(
    "logits[:, start - 1 : -1].log_softmax(dim=2)",
    "logits[:, :-1].log_softmax(dim=1)[:, start - 1 :]",
)
"""Along which axis do your probabilities sum to one? The tokens are on the last."""

beam_score__multiplies = Edit("/", "*")
"""Your long sequences get worse for being long. Is the power multiplied or divided by?"""

beam_score__without_power = Edit(
    "length**penalty", "(length * penalty) if penalty else log_probabilities"
)
"""How do length and penalty come together: as a product, or as a power?"""

beam_score__always_the_mean = Edit("length**penalty", "length")
"""This is the mean of a token. What does the penalty change?"""

beam_score__penalty_to_the_length = Edit(
    "length**penalty", "penalty**length if penalty else log_probabilities"
)
"""Which of the two is the base and which the exponent?"""


def beam_score__power_of_all(log_probabilities: Tensor, length: int, penalty: float) -> Tensor:
    """In which order does Python work out a / b ** c, and where are your brackets?"""
    return -((log_probabilities / length).abs() ** penalty)


beam_score__google = Edit("length**penalty", "((5 + length) / 6) ** penalty")
"""This is the formula of Wu et al. (2016), with 5 and 6 in it. The task has the simpler one."""

beam_score__minus = Edit("return log", "return -log")
"""Your score is above zero. Is a better sequence one with a larger score, as it should be?"""

beam_step__forgets_the_scores = Edit("(scores.unsqueeze(2) + log_probs)", "log_probs")
"""What has a beam earned before this step? You only look at the new token."""

beam_step__multiplies = Edit("+ log_probs)", "* log_probs).neg()")
"""Probabilities are multiplied. What is done with their logarithms?"""

beam_step__parent_by_remainder = Edit(
    "log_probs.shape[2]",
    "log_probs.shape[1]",
    "places // vocab",
    "places % vocab",
    "places % vocab",
    "places // vocab",
)
"""You flattened (beam, token). Is it the quotient or the remainder that tells the beam?"""


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


beam_step__first_texts_beams = Edit(
    "ids.take_along_dim(parents, dim=1)", "ids.flatten(0, 1)[places // vocab]"
)
"""The second text continues beams of the first one. From which text do you take the parents?"""

beam_step__token_in_front = Edit("cat(grown,", "cat(grown[::-1],")
"""At which end of a sequence does the new token stand?"""

beam_step__the_worst = Edit("topk(count)", "topk(count, largest=False)")
"""Are your candidates the best ones or the worst ones?"""

beam_step__only_the_tokens = Edit("torch.cat(grown, dim=2)", "grown[1]")
"""You return the new tokens alone. What stands before each of them?"""

keep_running__the_first = Edit("totals.masked_fill(ids[..., -1] == end, -torch.inf)", "totals")
"""You take the best candidates, whatever they end with. Can one that has ended go on?"""

keep_running__the_ended = Edit("==", "!=")
"""Look at the last tokens of what you keep: who goes on, and who has ended?"""

keep_running__end_anywhere = Edit("ids[..., -1] == end", "(ids == end).any(dim=2)")
"""The end token may stand in the middle, in the prompt for instance. Where does it count?"""


def keep_running__same_places_everywhere(
    totals: Tensor, ids: Tensor, beams: int, end: int
) -> tuple[Tensor, Tensor]:
    """In each text other candidates have ended. Do you choose for each text by itself?"""
    running = totals.masked_fill(ids[..., -1] == end, -torch.inf)
    places = running[0].topk(beams).indices
    return running[:, places], ids[:, places]


keep_running__scores_of_the_first = Edit("return scores", "return totals[:, :beams]")
"""The sequences are right. Do the scores still belong to them?"""

keep_running__sequences_of_the_first = Edit(
    "ids.take_along_dim(places.unsqueeze(2), dim=1)", "ids[:, :beams]"
)
"""The scores are right. Do the sequences still belong to them?"""

keep_running__all_that_go_on = Edit("topk(beams)", "topk(totals.shape[1])")
"""How many sequences should go on in each text? You keep all candidates."""

keep_running__the_last = Edit(
    "-torch.inf",
    "torch.inf",
    "topk(beams)",
    "topk(beams, largest=False)",
)
"""Do you keep the best or the worst of those that go on?"""

keep_finished__any_candidate = Edit("candidates[:beams]", "candidates")
"""You let every candidate in. How many of them may enter the pool, counted from the best?"""

keep_finished__ignores_the_last_step = Edit("if last or ids", "if ids")
"""What becomes in the last step of sequences that have not ended?"""

keep_finished__end_anywhere = Edit("ids[-1] == end", "end in ids")
"""Where must the end token stand for a candidate to be finished?"""

keep_finished__grows = Edit("reverse=True)[:beams]", "reverse=True)")
"""How many pairs does the pool hold at most?"""

keep_finished__first_come = Edit("sorted(pool + finished, reverse=True)", "(pool + finished)")
"""In your pool the old ones stand first, however good the new ones are. What is its order?"""

keep_finished__worst_first = Edit(", reverse=True", "")
"""Which one should come first in the pool: the best or the worst?"""

keep_finished__forgets_the_pool = Edit("sorted(pool + finished, reverse=True)[:beams]", "finished")
"""What was in the pool before has vanished. Should the new ones join it, or replace it?"""

keep_finished__changes_the_pool = Edit(
    "finished = [",
    "pool += [",
    "pool + finished",
    "pool",
)
"""You change the pool that you were given. Make a new one instead."""
