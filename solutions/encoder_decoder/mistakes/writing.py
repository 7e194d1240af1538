"""Sections 5.4 and 5.5: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

sequence_loss__padding_counts = Edit("losses[ids != pad].mean()", "losses.mean()")
"""Is padding predicted? It should count neither in the sum nor in the number."""

sequence_loss__padding_in_the_number = Edit(
    "losses[ids != pad].mean()", "losses.masked_fill(ids == pad, 0).mean()"
)
"""By how many places do you divide? Padding does not count there either."""

sequence_loss__shifted = Edit(
    "right = log_probs.gather(2, ids.unsqueeze(2)).squeeze(2)  # (batch, target)",
    "right = log_probs.roll(1, 1).gather(2, ids.unsqueeze(2)).squeeze(2)  # (batch, target)",
)
"""Which id belongs to the logits at a place? The shift was made before, in what the decoder read."""

sequence_loss__shifted_as_in_notebook_3 = Edit(
    "    log_probs = logits.log_softmax(dim=-1)",
    "    logits, ids = logits[:, :-1], ids[:, 1:]\n    log_probs = logits.log_softmax(dim=-1)",
)
"""You shift the labels, as in notebook 3. Here the decoder has read one place behind already: the
logits at a place belong to the id at the same place."""

sequence_loss__sum = Edit("losses[ids != pad].mean()", "losses[ids != pad].sum()")
"""You add up the surprisals. What does the task ask for?"""

sequence_loss__mean_of_rows = Edit(
    "return losses[ids != pad].mean()",
    "real = ids != pad\n    rows = losses.masked_fill(~real, 0).sum(1) / real.sum(1)\n    return rows.mean()",
)
"""You take the mean of each row, and then of these. Does a token of a short row count as much as
one of a long row?"""

sequence_loss__no_smoothing = Edit(
    "-(1 - smoothing) * right - smoothing * log_probs.mean(dim=-1)", "-right"
)
"""What becomes of `smoothing`? In some cases it is not 0."""

sequence_loss__smoothing_by_sum = Edit(
    "smoothing * log_probs.mean(dim=-1)", "smoothing * log_probs.sum(dim=-1)"
)
"""How much of the smoothing does each token get? All of them share it."""

sequence_loss__right_one_left_out = Edit(
    "smoothing * log_probs.mean(dim=-1)",
    "smoothing * (log_probs.sum(dim=-1) - right) / (log_probs.shape[-1] - 1)",
)
"""Who shares the smoothing: all tokens but the right one, or all of them?"""

sequence_loss__right_one_whole = Edit("-(1 - smoothing) * right", "-right")
"""Do the probabilities of the softened truth sum to 1? What the others get, the right one loses."""

sequence_loss__log_of_softmax = Edit("logits.log_softmax(dim=-1)", "logits.softmax(dim=-1).log()")
"""What is the logarithm of a probability so small that floating point makes it 0? There is a
function that does both at once."""

translate__encodes_in_each_round = Edit(
    "        logits = model.decode(target, source, source_ids)[:, -1]",
    "        source = model.encode(source_ids)\n        logits = model.decode(target, source, source_ids)[:, -1]",
)
"""How often does your function read the source? It does not change while you write."""

translate__encodes_in_each_round__and_not_before = Edit(
    "    source = model.encode(source_ids)\n",
    "",
    "        logits = model.decode(target, source, source_ids)[:, -1]",
    "        source = model.encode(source_ids)\n"
    "        logits = model.decode(target, source, source_ids)[:, -1]",
)

translate__with_the_start = Edit("return target[:, 1:]", "return target")
"""Was `start` written? It is what the decoder reads first, and no part of the answer."""

translate__first_place = Edit("[:, -1]  # (batch, vocab)", "[:, 0]  # (batch, vocab)")
"""Which of the logits say what comes next?"""

translate__goes_on_after_the_end = Edit(".masked_fill(ended, model.pad)", "")
"""What is written in a row that has said the end, while others go on?"""

translate__filled_with_the_end = Edit("masked_fill(ended, model.pad)", "masked_fill(ended, end)")
"""With which token is a finished row filled up? `model.pad` is for that."""

translate__the_end_is_lost = Edit(
    "logits.argmax(dim=1).masked_fill(ended, model.pad)",
    "logits.argmax(dim=1)",
    "        target = torch.cat([target, token[:, None]], dim=1)\n"
    "        ended = ended | (token == end)",
    "        ended = ended | (token == end)\n"
    "        token = token.masked_fill(ended, model.pad)\n"
    "        target = torch.cat([target, token[:, None]], dim=1)",
)
"""Where is the end itself? It was written, too; only what comes after it is padding."""

translate__stops_at_the_first_end = Edit("if ended.all():", "if ended.any():")
"""When is it over: when one row has said the end, or when all have?"""

translate__never_stops_early = Edit("        if ended.all():\n            break\n", "")
"""How many rounds are needed when all rows have said the end?"""

translate__a_round_too_few = Edit("range(max_new)", "range(max_new - 1)")
"""How many words may be written? `start` is none of them."""

translate__stops_before_the_last_column = Edit(
    "        target = torch.cat([target, token[:, None]], dim=1)\n"
    "        ended = ended | (token == end)\n"
    "        if ended.all():\n"
    "            break\n",
    "        ended = ended | (token == end)\n"
    "        if ended.all():\n"
    "            break\n"
    "        target = torch.cat([target, token[:, None]], dim=1)\n",
)
"""The last row has just said the end. Is that column still added?"""

translate__only_the_last_token = Edit(
    "model.decode(target, source, source_ids)", "model.decode(target[:, -1:], source, source_ids)"
)
"""What does the decoder read in each round? There is no cache here: all that was written so far."""

translate__unlikeliest = Edit("logits.argmax(dim=1)", "logits.argmin(dim=1)")
"""Which token is added: the likeliest?"""

alignment__first_head = Edit("weights.mean(dim=1)", "weights[:, 0]")
"""How many heads are there? Their mean is asked for."""

alignment__largest_head = Edit("weights.mean(dim=1)", "weights.amax(dim=1)")
"""What counts is the mean over the heads. Yours lets the head decide that is the most certain."""

alignment__of_the_source = Edit(
    "means.masked_fill(~source_mask[:, None], -1).argmax(dim=2)",
    "means.masked_fill(~source_mask[:, None], -1).argmax(dim=1)",
)
"""For each word that was written one of the source, or for each of the source one that was written?
Look at the axis."""

alignment__padding_too = Edit(".masked_fill(~source_mask[:, None], -1)", "")
"""Can padding be the word that was looked at?"""

alignment__shifted = Edit("argmax(dim=2)", "argmax(dim=2).roll(-1, 1)")
"""Row t is about to write word t. Your rows are one further."""

alignment__weights = Edit("argmax(dim=2)", "amax(dim=2)")
"""Where did the word look, or how much? A place is asked for."""

alignment__over_the_batch = Edit(
    "weights.mean(dim=1)", "weights.mean(dim=0)[None].mean(dim=1).expand(len(weights), -1, -1)"
)
"""Along which axis do the heads lie? Your sentences have become one."""
