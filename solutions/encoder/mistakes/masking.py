"""Sections 4.3 and 4.4: known wrong answers, each with its hint below it."""

import torch
from torch import Tensor, nn

from gradelib.author.edits import Edit

choose_masked__special_too = Edit("ordinary & (dice < rate)", "dice < rate")
"""What if the dice fall on [CLS] or on padding? What is special is never chosen."""

choose_masked__only_special = Edit("~torch.isin", "torch.isin")
"""Which ids may be chosen: those that are special, or those that are not?"""

choose_masked__above_the_rate = Edit("dice < rate", "dice >= rate")
"""With a rate of 0.15, how many tokens does your rule choose? A small number in `dice` means yes."""

choose_masked__on_the_border = Edit("dice < rate", "dice <= rate")
"""What is *below* the rate is chosen. What about a number that is exactly the rate, such as 0?"""

choose_masked__ids_below_five = Edit(
    "~torch.isin(ids, ids.new_tensor(sorted(special)))", "ids > max(special)"
)
"""Are the special ids always the smallest? `special` says which they are."""

choose_masked__positions_of_the_ends = Edit(
    "ordinary = ~torch.isin(ids, ids.new_tensor(sorted(special)))",
    "ordinary = torch.ones_like(ids, dtype=torch.bool)\n    ordinary[:, 0] = ordinary[:, -1] = False",
)
"""Does each row end at the same place, and is the end the only special token? Look at the ids, and
not at the places."""

choose_masked__a_fixed_number = Edit(
    "(dice < rate)",
    "(dice.flatten().argsort().argsort() < int(rate * dice.numel())).view(dice.shape)",
)
"""Is it always the same number of tokens? Each one has its own number in `dice`, and this number
alone decides."""

choose_masked__ids_kept = Edit(
    "return ordinary & (dice < rate)", "return ids * (ordinary & (dice < rate))"
)
"""The answer is yes or no for each token, and not the token itself."""

corrupt__always_mask = Edit("chosen & (dice < 0.8)", "chosen")
"""Does every chosen token become the mask? If it did, the model would never see a real token where
it has to guess."""

corrupt__mask_what_is_not_chosen = Edit("masked = chosen & (dice < 0.8)", "masked = dice < 0.8")
"""Which tokens may change at all? Look at one that was not chosen."""

corrupt__swaps_what_is_not_chosen = Edit("swapped = chosen & ", "swapped = ")
"""Which tokens may change at all? A token that was not chosen has become another one."""

corrupt__never_stays = Edit(" & (dice < 0.9)", "")
"""One in ten of the chosen tokens stays as it is. Which dice say so?"""

corrupt__never_swapped = Edit(
    "(dice >= 0.8) & (dice < 0.9)",
    "(dice >= 0.9)",
    "masked = chosen & (dice < 0.8)",
    "masked = chosen & (dice < 0.9)",
)
"""How are the dice shared out: 80 in a hundred for the mask, then 10, then 10?"""

corrupt__swapped_after_all = Edit("(dice >= 0.8) & ", "")
"""What becomes of a token whose number is below 0.8? First it becomes the mask, and then? The
second change undoes the first."""

corrupt__swapped_by_low_numbers = Edit("(dice >= 0.8) & (dice < 0.9)", "(dice < 0.1)")
"""Which numbers of `dice` stand for another token? Those below 0.1 stand for the mask already."""

corrupt__labels_first = Edit(
    "return inputs, ids.masked_fill(~chosen, -100)", "return ids.masked_fill(~chosen, -100), inputs"
)
"""In which order do the two come: what the model reads, and what it is to say?"""

corrupt__no_place_chosen_in_random_ids = Edit(
    "inputs = torch.where(swapped, random_ids, ids.masked_fill(masked, mask_id))",
    "inputs = ids.masked_fill(masked, mask_id)\n    inputs[swapped] = random_ids",
)
"""On the left are some places, on the right all ids of `random_ids`. Which of them belong to these
places?"""

corrupt__no_label_where_it_stays = Edit(
    "ids.masked_fill(~chosen, -100)", "ids.masked_fill(inputs == ids, -100)"
)
"""A chosen token that stays as it is must be guessed too: the model cannot know that it is right.
Does it have a label?"""

corrupt__labels_only_for_masks = Edit(
    "ids.masked_fill(~chosen, -100)", "ids.masked_fill(~masked, -100)"
)
"""What is to be guessed: the places that hold the mask now, or all that were chosen?"""

corrupt__labels_everywhere = Edit("ids.masked_fill(~chosen, -100)", "ids.clone()")
"""Is every token guessed? Where nothing was chosen, the label is -100."""

corrupt__labels_of_the_input = Edit(
    "ids.masked_fill(~chosen, -100)", "inputs.masked_fill(~chosen, -100)"
)
"""What is the right answer at a masked place: the mask, or the token that stood there?"""

corrupt__zero_for_no_label = Edit("-100", "0")
"""0 is the id of a token. Which label says that nothing is guessed here?"""

corrupt__changes_the_ids = Edit(
    "inputs = torch.where(swapped, random_ids, ids.masked_fill(masked, mask_id))\n"
    "    return inputs, ids.masked_fill(~chosen, -100)",
    "labels = ids.masked_fill(~chosen, -100)\n    ids[masked] = mask_id\n"
    "    ids[swapped] = random_ids[swapped]\n    return ids, labels",
)
"""Whose tensor did you write into? `ids` stays as it was."""

mlm_loss__shifted = Edit(
    "nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)",
    "(nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), "
    "reduction='sum') / (labels != -100).sum() if labels.shape[1] > 1 else logits.sum() * 0)",
)
"""Is the next token predicted here, as in notebook 3? The logits at a place are the guess for this
very place."""

mlm_loss__sum = Edit("ignore_index=-100", "ignore_index=-100, reduction='sum'")
"""You add up the surprisals. What does the task ask for?"""

mlm_loss__not_flattened = Edit("logits.flatten(0, 1), labels.flatten()", "logits, labels")
"""`cross_entropy` takes the choices along axis 1: rows of logits, (row, vocab), and one label for
each row. Where do yours have the vocabulary?"""

mlm_loss__divided_by_all = Edit(
    "ignore_index=-100)", "ignore_index=-100, reduction='sum') / labels.numel()"
)
"""Over how many tokens is the mean: over all of them, or over those that are guessed?"""

mlm_loss__zero_is_ignored = Edit(
    "nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)",
    "nn.functional.cross_entropy(logits.flatten(0, 1), labels.clamp(min=0).flatten())",
)
"""What does your loss make of a label of -100? It does not count, rather than being token 0."""


def mlm_loss__mean_of_rows(logits: Tensor, labels: Tensor) -> Tensor:
    """You take the mean of each row, and then of these. Does a token count as much in a row with
    many guesses as in one with few?"""
    rows = zip(logits, labels, strict=True)
    means = [nn.functional.cross_entropy(a, b) for a, b in rows if (b != -100).any()]
    return torch.stack(means).mean()


def mlm_loss__probabilities(logits: Tensor, labels: Tensor) -> Tensor:
    """PyTorch's `cross_entropy` takes logits and makes the softmax itself. You have made it
    before."""
    return nn.functional.cross_entropy(logits.softmax(-1).flatten(0, 1), labels.flatten())


fill_mask__logits = Edit(".softmax(dim=-1).topk(k)", ".topk(k)")
"""What comes with each token: a probability, or a logit? The probabilities of a place sum to 1."""

fill_mask__all_places = Edit("logits[ids == mask_id]", "logits")
"""For how many places do you answer? Only the masks are asked for."""

fill_mask__first_mask_only = Edit("logits[ids == mask_id]", "logits[ids == mask_id][:1]")
"""How many masks does the text have? There may be more than one, or none."""

fill_mask__shifted = Edit("logits[ids == mask_id]", "logits.roll(1, 0)[ids == mask_id]")
"""Which logits say what stands at a place: its own, or those of the place before? This model is
no decoder."""

fill_mask__over_the_text = Edit("softmax(dim=-1)", "softmax(dim=0)")
"""Over what do the probabilities sum to 1: over the tokens that could stand there, or over the
masks?"""

fill_mask__least_likely = Edit("topk(k)", "topk(k, largest=False)")
"""Which end of the list do you return? The likeliest comes first."""

fill_mask__pairs_turned_round = Edit(
    "zip(tokens, probabilities, strict=True)", "zip(probabilities, tokens, strict=True)"
)
"""What comes first in each pair: the token or its probability?"""

fill_mask__probability_among_the_best = Edit(
    ".softmax(dim=-1).topk(k)",
    ".topk(k)",
    "best.values.tolist()",
    "best.values.softmax(dim=-1).tolist()",
)
"""Do your `k` probabilities sum to 1? All other tokens have something too."""

fill_mask__a_list_for_nothing = Edit(
    "    return [list(zip(tokens, probabilities, strict=True)) for tokens, probabilities in pairs]",
    "    every = [list(zip(tokens, probabilities, strict=True))"
    " for tokens, probabilities in pairs]\n    return every or [[]]",
)
"""There is a list for each mask. How many are there in a text without a mask?"""

nsp_pairs__across_documents = Edit(
    "[pair for sentences in documents for pair in pairwise(sentences)]",
    "list(pairwise(sentence for sentences in documents for sentence in sentences))[: len(dice)]",
)
"""Does a pair reach from the end of one document to the beginning of the next?"""

nsp_pairs__numbers_begin_anew = Edit(
    "    neighbours = [pair for sentences in documents for pair in pairwise(sentences)]\n",
    "",
    "        for (first, second), number, other in zip(neighbours, dice, others, strict=True)\n",
    "        for sentences in documents\n"
    "        for (first, second), number, other in zip(pairwise(sentences), dice, others)\n",
)
"""Which number and which other sentence belong to the first pair of the second document? The pairs
are counted through all documents."""

nsp_pairs__labels_turned_round = Edit(
    "(first, second, 0)", "(first, second, 1)", "(first, other, 1)", "(first, other, 0)"
)
"""Which label stands for "it follows"? BERT's may not be the one that you would choose."""

nsp_pairs__false_below_half = Edit("number < 0.5", "number >= 0.5")
"""Do low dice mean that the second sentence follows, or that it does not?"""

nsp_pairs__half_is_true = Edit("number < 0.5", "number <= 0.5")
"""Is 0.5 below 0.5?"""

nsp_pairs__first_is_replaced = Edit("(first, other, 1)", "(other, second, 1)")
"""Which of the two sentences comes from elsewhere?"""

nsp_pairs__others_used_up_in_turn = Edit(
    "    return [\n        (first, second, 0) if number < 0.5 else (first, other, 1)\n"
    "        for (first, second), number, other in zip(neighbours, dice, others, strict=True)\n"
    "    ]",
    "    rest = iter(others)\n    return [\n"
    "        (first, second, 0) if number < 0.5 else (first, next(rest), 1)\n"
    "        for (first, second), number in zip(neighbours, dice, strict=True)\n    ]",
)
"""Which sentence of `others` belongs to pair number i? Not the next one that is left."""

nsp_pairs__every_second_sentence = Edit(
    "for pair in pairwise(sentences)]",
    "for pair in zip(sentences[::2], sentences[1::2])]",
    "zip(neighbours, dice, others, strict=True)",
    "zip(neighbours, dice, others)",
)
"""A sentence in the middle has a neighbour before it and one after it. In how many pairs is it?"""
