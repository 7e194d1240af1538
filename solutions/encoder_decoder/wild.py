"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""

import math
from collections import Counter, defaultdict

import torch
import torch.nn.functional as F
from torch import nn

from gradelib.lab.masked_attention import merge_heads, split_heads
from solutions.encoder_decoder.reference import (
    Attention as OurAttention,
    DecoderLayer as OurLayer,
    Translator as OurTranslator,
    brevity_penalty,
    clipped_matches,
    ngram_counts,
)


def shift_right__drops_the_first(ids, start):
    """Moves the words forward, and puts the start at the end.

    Hint: to_the_left
    """
    read = ids.clone()
    read[:, :-1] = ids[:, 1:]
    read[:, -1] = start
    return read


def shift_right__puts_it_in_front(ids, start):
    """Puts a column in front and leaves all words in.

    Hint: longer
    """
    column = torch.ones(ids.shape[0], 1, dtype=ids.dtype) * start
    return torch.hstack((column, ids))


def shift_right__overwrites_the_first(ids, start):
    """Writes the start over the first word.

    Hint: not_shifted
    """
    out = ids.clone()
    out[:, 0] = start
    return out


def shift_right__rolls(ids, start):
    """Rolls the row and forgets to write the start.

    Hint: round_the_corner
    """
    return torch.stack([torch.cat([row[-1:], row[:-1]]) for row in ids])


def shift_right__moves_sentences(ids, start):
    """Moves whole rows down.

    Hint: along_the_batch
    """
    out = torch.full_like(ids, start)
    out[1:] = ids[:-1]
    return out


def shift_right__in_floats(ids, start):
    """Fills a tensor of floats.

    Hint: none
    """
    out = torch.zeros(ids.shape)
    out[:, 0] = start
    out[:, 1:] = ids[:, :-1]
    return out


def shift_right__without_the_start(ids, start):
    """Cuts the last id off, and adds nothing.

    Hint: none
    """
    return ids[:, :-1]


class Attention__all_from_x(OurAttention):
    """Looks at itself, as in notebook 3.

    Hint: keys_from_the_target
    """

    def forward(self, x, source, mask):
        q, k, v = (
            split_heads(layer(x), self.heads) for layer in (self.query, self.key, self.value)
        )
        scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / q.shape[-1] ** 0.5
        scores = scores.masked_fill(mask.logical_not(), float("-inf"))
        return self.out(merge_heads(F.softmax(scores, -1) @ v))


class Attention__divides_by_the_width(OurAttention):
    """Divides by the root of d_model and not of a head.

    Hint: scaled_by_the_whole_width
    """

    def forward(self, x, source, mask):
        q, k = split_heads(self.query(x), self.heads), split_heads(self.key(source), self.heads)
        scores = q @ k.transpose(-2, -1) / math.sqrt(x.shape[-1])
        weights = torch.softmax(torch.where(mask, scores, torch.tensor(-1e30)), -1)
        return self.out(merge_heads(weights @ split_heads(self.value(source), self.heads)))


class Attention__never_divides(OurAttention):
    """Takes the dot products as they are.

    Hint: unscaled
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        return self.out(
            merge_heads(F.scaled_dot_product_attention(q, k, v, attn_mask=mask, scale=1.0))
        )


class Attention__sees_everything(OurAttention):
    """Forgets the mask.

    Hint: without_the_mask
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, v)))


class Attention__hides_what_is_real(OurAttention):
    """Takes True for "hidden".

    Hint: mask_turned_round
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        scores = (q @ k.mT) * q.shape[-1] ** -0.5
        scores = torch.where(mask, torch.full_like(scores, -1e30), scores)
        return self.out(merge_heads(scores.softmax(-1) @ v))


class Attention__one_head(OurAttention):
    """Lets one head look with all features.

    Hint: heads_not_split
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        scores = (q @ k.mT / math.sqrt(q.shape[-1] / self.heads)).unsqueeze(1)
        weights = scores.masked_fill(~mask, -torch.inf).softmax(-1)
        return self.out((weights @ v.unsqueeze(1))[:, 0])


class Attention__stops_before_the_end(OurAttention):
    """Leaves the last layer out.

    Hint: no_out
    """

    def forward(self, x, source, mask):
        q, k, v = self.query(x), self.key(source), self.value(source)
        q, k, v = (split_heads(part, self.heads) for part in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return mixed.transpose(1, 2).reshape(x.shape)


class Attention__weights_hidden(OurAttention):
    """Sets weights to zero in place of scores to minus infinity.

    Hint: masked_after_the_softmax
    """

    def forward(self, x, source, mask):
        q, k, v = (
            split_heads(part, self.heads)
            for part in (self.query(x), self.key(source), self.value(source))
        )
        weights = F.softmax(q @ k.mT / math.sqrt(q.shape[-1]), dim=-1)
        weights = weights.masked_fill(mask.logical_not(), 0.0)
        return self.out(merge_heads(weights @ v))


class Attention__keys_are_the_values(OurAttention):
    """Mixes the keys.

    Hint: none
    """

    def forward(self, x, source, mask):
        q, k = split_heads(self.query(x), self.heads), split_heads(self.key(source), self.heads)
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, k, attn_mask=mask)))


class DecoderLayer__like_gpt2(OurLayer):
    """Is a block of notebook 3.

    Hint: no_cross_attention
    """

    def forward(self, x, source, self_mask, cross_mask):
        y = self.norm_1(x)
        x = self.self_attention(y, y, self_mask) + x
        return x + self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__only_across(OurLayer):
    """Never looks back.

    Hint: no_self_attention
    """

    def forward(self, x, source, self_mask, cross_mask):
        y = self.cross_attention(self.norm_2(x), source, cross_mask)
        x = x + y
        return x + self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__source_first(OurLayer):
    """Looks at the source before it looks back.

    Hint: cross_first
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = self.cross_attention(self.norm_2(x), source, cross_mask) + x
        y = self.norm_1(x)
        x = self.self_attention(y, y, self_mask) + x
        return self.down(F.gelu(self.up(self.norm_3(x)))) + x


class DecoderLayer__as_in_2017(OurLayer):
    """Norms after adding.

    Hint: post_norm
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = self.norm_1(self.self_attention(x, x, self_mask) + x)
        x = self.norm_2(self.cross_attention(x, source, cross_mask) + x)
        return self.norm_3(self.down(F.gelu(self.up(x))) + x)


class DecoderLayer__no_residual(OurLayer):
    """Puts what the source says in the place of what was known.

    Hint: replaced
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        seen = self.cross_attention(self.norm_2(x), source, cross_mask)
        return seen + self.down(F.gelu(self.up(self.norm_3(seen))))


class DecoderLayer__last_not_added(OurLayer):
    """Returns only what the MLP says.

    Hint: mlp_not_added
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return self.down(F.gelu(self.up(self.norm_3(x))))


class DecoderLayer__norms_once(OurLayer):
    """Uses the first norm everywhere.

    Hint: one_norm_for_all
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = self.self_attention(n, n, self_mask) + x
        x = self.cross_attention(self.norm_1(x), source, cross_mask) + x
        return self.down(F.gelu(self.up(self.norm_1(x)))) + x


class DecoderLayer__without_norms(OurLayer):
    """Forgets all three norms.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        x = x + self.self_attention(x, x, self_mask)
        x = x + self.cross_attention(x, source, cross_mask)
        return x + self.down(F.gelu(self.up(x)))


class DecoderLayer__relu(OurLayer):
    """Bends with a ReLU, as the paper did.

    Hint: none
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(torch.relu(self.up(self.norm_3(x))))


class DecoderLayer__fast_gelu(OurLayer):
    """Takes GPT-2's GELU.

    Hint: tanh_gelu
    """

    def forward(self, x, source, self_mask, cross_mask):
        n = self.norm_1(x)
        x = x + self.self_attention(n, n, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(nn.GELU("tanh")(self.up(self.norm_3(x))))


def _back(count):
    return torch.ones(count, count).tril().bool()[None, None]


class Translator__norms_forgotten(OurTranslator):
    """Leaves out the encoder's norm.

    Hint: no_read_norm
    """

    def encode(self, source_ids):
        real = source_ids.ne(self.pad)[:, None, None, :]
        x = self.embed(source_ids)
        for layer in self.readers:
            x = layer(x, real)
        return x


class Translator__logits_without_norm(OurTranslator):
    """Leaves out the decoder's norm.

    Hint: no_write_norm
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        real = (source_ids != self.pad)[:, None, None]
        for layer in self.writers:
            x = layer(x, source, _back(target_ids.shape[1]), real)
        return F.linear(x, self.tokens.weight)


class Translator__no_triangle(OurTranslator):
    """Hands out a mask of ones for the target.

    Hint: writes_both_ways
    """

    def decode(self, target_ids, source, source_ids):
        x, n = self.embed(target_ids), target_ids.shape[1]
        real = (source_ids != self.pad)[:, None, None]
        for layer in self.writers:
            x = layer(x, source, torch.full((1, 1, n, n), True), real)
        return self.write_norm(x) @ self.tokens.weight.mT


class Translator__everything_of_the_source(OurTranslator):
    """Hides nothing while the source is read.

    Hint: source_sees_padding
    """

    def encode(self, source_ids):
        x, n = self.embed(source_ids), source_ids.shape[1]
        for layer in self.readers:
            x = layer(x, torch.ones(1, 1, n, n, dtype=torch.bool))
        return self.read_norm(x)


class Translator__everything_across(OurTranslator):
    """Hides nothing where the target looks across.

    Hint: target_sees_padding
    """

    def decode(self, target_ids, source, source_ids):
        x, n = self.embed(target_ids), target_ids.shape[1]
        every = torch.ones(1, 1, n, source.shape[1], dtype=torch.bool)
        for layer in self.writers:
            x = layer(x, source, _back(n), every)
        return self.write_norm(x) @ self.tokens.weight.T


class Translator__encoder_looks_back(OurTranslator):
    """Reads the source behind a triangle.

    Hint: reads_from_left_to_right
    """

    def encode(self, source_ids):
        mask = _back(source_ids.shape[1]) & source_ids.ne(self.pad)[:, None, None]
        x = self.embed(source_ids)
        for layer in self.readers:
            x = layer(x, mask)
        return self.read_norm(x)


class Translator__reads_it_twice(OurTranslator):
    """Ignores what the encoder has made.

    Hint: encodes_again
    """

    def decode(self, target_ids, source, source_ids):
        memory, x = self.encode(source_ids), self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, memory, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
        return self.write_norm(x) @ self.tokens.weight.T


class Translator__stops_after_one(OurTranslator):
    """Returns from inside the loop.

    Hint: one_layer
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, source, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
            return self.write_norm(x) @ self.tokens.weight.T


class Translator__words_without_places(OurTranslator):
    """Looks up the vectors of the tokens by hand.

    Hint: no_positions
    """

    def encode(self, source_ids):
        x = F.embedding(source_ids, self.tokens.weight)
        for layer in self.readers:
            x = layer(x, source_ids.ne(self.pad)[:, None, None])
        return self.read_norm(x)


class Translator__returns_vectors(OurTranslator):
    """Returns vectors in place of logits.

    Hint: none
    """

    def decode(self, target_ids, source, source_ids):
        x = self.embed(target_ids)
        for layer in self.writers:
            x = layer(x, source, _back(x.shape[1]), (source_ids != self.pad)[:, None, None])
        return self.write_norm(x)


def sequence_loss__plain_cross_entropy(logits, ids, pad, smoothing=0.0):
    """Lets PyTorch average over everything.

    Hint: padding_counts
    """
    return F.cross_entropy(logits.permute(0, 2, 1), ids, label_smoothing=smoothing)


def sequence_loss__zero_where_padded(logits, ids, pad, smoothing=0.0):
    """Sets the losses of padding to zero, and takes the mean of all.

    Hint: padding_in_the_number
    """
    every = F.cross_entropy(
        logits.mT, ids, ignore_index=pad, label_smoothing=smoothing, reduction="none"
    )
    return every.sum() / ids.numel()


def sequence_loss__shifts_once_more(logits, ids, pad, smoothing=0.0):
    """Shifts as in notebook 3.

    Hint: shifted_as_in_notebook_3
    """
    guesses, labels = logits[:, :-1], ids[:, 1:]
    return F.cross_entropy(
        guesses.flatten(0, 1), labels.flatten(), ignore_index=pad, label_smoothing=smoothing
    )


def sequence_loss__adds_up(logits, ids, pad, smoothing=0.0):
    """Adds the losses up.

    Hint: sum
    """
    return F.cross_entropy(
        logits.flatten(0, 1),
        ids.flatten(),
        ignore_index=pad,
        label_smoothing=smoothing,
        reduction="sum",
    )


def sequence_loss__row_by_row(logits, ids, pad, smoothing=0.0):
    """Averages over rows.

    Hint: mean_of_rows
    """
    rows = [
        F.cross_entropy(guess, row, ignore_index=pad, label_smoothing=smoothing)
        for guess, row in zip(logits, ids)
    ]
    return torch.stack(rows).mean()


def sequence_loss__forgets_smoothing(logits, ids, pad, smoothing=0.0):
    """Does not use the last argument.

    Hint: no_smoothing
    """
    return F.nll_loss(F.log_softmax(logits, -1).flatten(0, 1), ids.flatten(), ignore_index=pad)


def sequence_loss__smooths_the_others(logits, ids, pad, smoothing=0.0):
    """Gives the smoothing to all tokens but the right one.

    Hint: right_one_left_out
    """
    vocab = logits.shape[-1]
    truth = torch.full_like(logits, smoothing / (vocab - 1)).scatter(
        2, ids[..., None], 1 - smoothing
    )
    losses = -(truth * logits.log_softmax(-1)).sum(-1)
    return losses[ids != pad].mean()


def sequence_loss__clamped(logits, ids, pad, smoothing=0.0):
    """Adds a small number so that the logarithm is finite.

    Hint: none
    """
    probs = logits.softmax(-1) + 1e-9
    right = probs.gather(2, ids[..., None])[..., 0].log()
    losses = -(1 - smoothing) * right - smoothing * probs.log().mean(-1)
    return losses[ids != pad].mean()


def sequence_loss__as_a_number(logits, ids, pad, smoothing=0.0):
    """Returns a float, which has no gradient.

    Hint: none
    """
    return F.cross_entropy(
        logits.flatten(0, 1), ids.flatten(), ignore_index=pad, label_smoothing=smoothing
    ).item()


def translate__encodes_inside(model, source_ids, start, end, max_new):
    """Encodes in the loop.

    Hint: encodes_in_each_round
    """
    target = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(target), dtype=torch.bool)
    for _ in range(max_new):
        logits = model.decode(target, model.encode(source_ids), source_ids)[:, -1]
        best = torch.where(over, model.pad, logits.argmax(-1))
        target = torch.cat((target, best[:, None]), 1)
        over |= best == end
        if over.all():
            break
    return target[:, 1:]


def translate__start_is_kept(model, source_ids, start, end, max_new):
    """Returns the start token as well.

    Hint: with_the_start
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), 1, dtype=torch.bool)
    while rows.shape[1] <= max_new and not over.all():
        best = model.decode(rows, memory, source_ids)[:, -1:].argmax(-1)
        best[over] = model.pad
        over = over | (best == end)
        rows = torch.cat((rows, best), 1)
    return rows


def translate__never_pads(model, source_ids, start, end, max_new):
    """Lets ended rows go on.

    Hint: goes_on_after_the_end
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        rows = torch.cat((rows, best[:, None]), 1)
        over |= best == end
        if over.all():
            break
    return rows[:, 1:]


def translate__ends_too_early(model, source_ids, start, end, max_new):
    """Stops as soon as one row has ended.

    Hint: stops_at_the_first_end
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        rows = torch.cat((rows, best[:, None]), 1)
        if (best == end).any():
            break
    return rows[:, 1:]


def translate__all_rounds(model, source_ids, start, end, max_new):
    """Runs to the last round in any case.

    Hint: never_stops_early
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end)
    return rows[:, 1:]


def translate__asks_again(model, source_ids, start, end, max_new):
    """Reads only the newest token.

    Hint: only_the_last_token
    """
    memory, written = model.encode(source_ids), []
    best = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(best), 1, dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(best, memory, source_ids).argmax(-1)
        best = torch.where(over, torch.full_like(best, model.pad), best)
        written.append(best)
        over = over | (best == end)
        if over.all():
            break
    return torch.cat(written, 1)


def translate__ends_are_pads(model, source_ids, start, end, max_new):
    """Replaces the end itself by padding.

    Hint: the_end_is_lost
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].argmax(-1)
        over = over | (best == end)
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        if over.all():
            break
    return rows[:, 1:]


def translate__samples(model, source_ids, start, end, max_new):
    """Takes the second likeliest.

    Hint: none
    """
    memory = model.encode(source_ids)
    rows = torch.full((source_ids.shape[0], 1), start)
    over = torch.zeros(len(rows), dtype=torch.bool)
    for _ in range(max_new):
        best = model.decode(rows, memory, source_ids)[:, -1].topk(2).indices[:, 1]
        best = torch.where(over, torch.tensor(model.pad), best)
        rows = torch.cat((rows, best[:, None]), 1)
        over = over | (best == end)
        if over.all():
            break
    return rows[:, 1:]


def alignment__a_single_head(weights, source_mask):
    """Takes the first head.

    Hint: first_head
    """
    return torch.where(source_mask[:, None], weights[:, 0], -1.0).argmax(-1)


def alignment__most_certain(weights, source_mask):
    """Takes the head with the largest weight.

    Hint: largest_head
    """
    hidden = weights * source_mask[:, None, None]
    return hidden.max(1).values.max(-1).indices


def alignment__padding_may_win(weights, source_mask):
    """Does not use the mask.

    Hint: padding_too
    """
    return weights.sum(1).max(-1).indices


def alignment__other_axis(weights, source_mask):
    """Asks of each source word where it was used.

    Hint: of_the_source
    """
    means = weights.mean(1) * source_mask[:, None]
    return means.max(1).indices


def alignment__how_much(weights, source_mask):
    """Returns the weight.

    Hint: weights
    """
    return (weights.mean(1) * source_mask[:, None]).max(-1).values


def alignment__each_head(weights, source_mask):
    """Answers for each head apart.

    Hint: none
    """
    return (weights * source_mask[:, None, None]).argmax(-1)


def alignment__one_behind(weights, source_mask):
    """Believes that a row says where the word that was read came from.

    Hint: shifted
    """
    places = (weights.mean(1) * source_mask[:, None]).argmax(-1)
    return torch.cat([places[:, 1:], places[:, :1]], dim=1)


def ngram_counts__stops_short(tokens, n):
    """Leaves out the last n-gram.

    Hint: one_too_few
    """
    counts = Counter()
    for end in range(n, len(tokens)):
        counts[tuple(tokens[end - n : end])] += 1
    return dict(counts)


def ngram_counts__tails(tokens, n):
    """Counts the shorter tails too.

    Hint: to_the_end
    """
    counts = defaultdict(int)
    for place, _ in enumerate(tokens):
        counts[tuple(tokens[place : place + n])] += 1
    return dict(counts)


def ngram_counts__blocks(tokens, n):
    """Cuts the sentence into blocks.

    Hint: side_by_side
    """
    whole = len(tokens) // n
    return dict(Counter(tuple(tokens[i * n : (i + 1) * n]) for i in range(whole)))


def ngram_counts__a_set(tokens, n):
    """Counts each n-gram once.

    Hint: once_each
    """
    return dict.fromkeys(zip(*(tokens[i:] for i in range(n))), 1)


def ngram_counts__strings(tokens, n):
    """Makes a text of each n-gram.

    Hint: joined
    """
    return dict(Counter(" ".join(part) for part in zip(*(tokens[i:] for i in range(n)))))


def ngram_counts__up_to_n(tokens, n):
    """Counts all lengths up to n.

    Hint: shorter_ones_too
    """
    counts = Counter()
    for size in range(1, n + 1):
        counts.update(zip(*(tokens[i:] for i in range(size))))
    return dict(counts)


def ngram_counts__a_list(tokens, n):
    """Returns pairs and no dictionary.

    Hint: none
    """
    return list(Counter(zip(*(tokens[i:] for i in range(n)))).items())


def clipped_matches__every_match(translation, reference, n):
    """Counts every n-gram that the reference has at all.

    Hint: not_clipped
    """
    known = set(zip(*(reference[i:] for i in range(n))))
    said = list(zip(*(translation[i:] for i in range(n))))
    return sum(one in known for one in said), len(said)


def clipped_matches__sets(translation, reference, n):
    """Intersects two sets.

    Hint: kinds
    """
    said = list(zip(*(translation[i:] for i in range(n))))
    wanted = set(zip(*(reference[i:] for i in range(n))))
    return len(set(said) & wanted), len(said)


def clipped_matches__recall(translation, reference, n):
    """Divides by the reference, as recall does.

    Hint: out_of_the_reference
    """
    said, wanted = Counter(ngram_counts(translation, n)), Counter(ngram_counts(reference, n))
    return (said & wanted).total(), wanted.total()


def clipped_matches__keys(translation, reference, n):
    """Counts the kinds of n-grams that there are.

    Hint: kinds_in_all
    """
    said, wanted = ngram_counts(translation, n), ngram_counts(reference, n)
    return sum(min(said[key], wanted[key]) for key in said if key in wanted), len(said.keys())


def clipped_matches__unigrams(translation, reference, n):
    """Looks at words only.

    Hint: single_words
    """
    said, wanted = Counter(translation), Counter(reference)
    shared = {(word,): min(said[word], wanted[word]) for word in said}
    return sum(shared.values()), len(translation)


def clipped_matches__a_share(translation, reference, n):
    """Divides already.

    Hint: none
    """
    said, wanted = Counter(ngram_counts(translation, n)), Counter(ngram_counts(reference, n))
    return (said & wanted).total() / max(1, said.total())


def clipped_matches__same_places(translation, reference, n):
    """Compares place by place.

    Hint: same_place
    """
    said = list(zip(*(translation[i:] for i in range(n))))
    wanted = list(zip(*(reference[i:] for i in range(n))))
    return sum(a == b for a, b in zip(said, wanted)), len(said)


def brevity_penalty__no_cap(translated, wanted):
    """Gives more than 1 for long ones.

    Hint: rewards_length
    """
    return math.exp(1 - wanted / translated) if translated > 0 else 0.0


def brevity_penalty__wrong_way(translated, wanted):
    """Divides the wrong number.

    Hint: turned_round
    """
    if translated == 0:
        return 0.0
    return 1.0 if translated >= wanted else math.exp(1 - translated / wanted)


def brevity_penalty__a_share(translated, wanted):
    """Returns the share of words that are there.

    Hint: plain_share
    """
    return 1.0 if translated > wanted else translated / wanted


def brevity_penalty__nothing(translated, wanted):
    """Forgets that one cannot divide by zero.

    Hint: divides_by_zero
    """
    return min(1.0, math.exp(1 - wanted / translated))


def brevity_penalty__both_sides(translated, wanted):
    """Marks down what is too long as well.

    Hint: punishes_length
    """
    return math.exp(-abs(translated - wanted) / translated) if translated else 0.0


def brevity_penalty__long_ones(translated, wanted):
    """Marks down the long ones.

    Hint: negative
    """
    if translated == 0:
        return 0.0
    return 1.0 if translated < wanted else math.exp(1 - wanted / translated)


def bleu__averages_sentences(translations, references):
    """Averages the BLEU of single sentences.

    Hint: none
    """

    def one(said, wanted):
        product = 1.0
        for n in range(1, 5):
            right, every = clipped_matches(said, wanted, n)
            product *= right / every if every else 0.0
        return 100 * product**0.25 * brevity_penalty(len(said), len(wanted))

    scores = [one(*pair) for pair in zip(translations, references)]
    return sum(scores) / len(scores)


def bleu__precisions_averaged(translations, references):
    """Averages the precision of each sentence, for each n.

    Hint: mean_of_sentences
    """
    product = 1.0
    for n in range(1, 5):
        found = [clipped_matches(a, b, n) for a, b in zip(translations, references)]
        product *= sum(right / every for right, every in found if every) / len(found)
    lengths = sum(map(len, translations)), sum(map(len, references))
    return 100 * product**0.25 * brevity_penalty(*lengths)


def _sums(translations, references, sizes=(1, 2, 3, 4)):
    for n in sizes:
        found = [clipped_matches(a, b, n) for a, b in zip(translations, references)]
        yield sum(right for right, _ in found) / max(1, sum(every for _, every in found))


def _lengths(translations, references):
    return sum(len(one) for one in translations), sum(len(one) for one in references)


def bleu__plain_mean(translations, references):
    """Takes the plain mean of the precisions.

    Hint: arithmetic_mean
    """
    mean = sum(_sums(translations, references)) / 4
    return 100 * mean * brevity_penalty(*_lengths(translations, references))


def bleu__unigrams(translations, references):
    """Looks at single words only.

    Hint: only_words
    """
    (share,) = _sums(translations, references, (1,))
    return 100 * share * brevity_penalty(*_lengths(translations, references))


def bleu__forgets_length(translations, references):
    """Has no brevity penalty.

    Hint: no_penalty
    """
    return 100 * math.prod(_sums(translations, references)) ** (1 / 4)


def bleu__between_0_and_1(translations, references):
    """Returns a share.

    Hint: share
    """
    penalty = brevity_penalty(*_lengths(translations, references))
    return penalty * math.prod(_sums(translations, references)) ** 0.25


def bleu__product(translations, references):
    """Forgets the root.

    Hint: not_divided
    """
    penalty = brevity_penalty(*_lengths(translations, references))
    return 100 * penalty * math.prod(_sums(translations, references))


def bleu__lengths_swapped(translations, references):
    """Hands the lengths over in the wrong order.

    Hint: penalty_turned_round
    """
    wanted, said = _lengths(references, translations)[::-1], None
    penalty = brevity_penalty(*_lengths(references, translations))
    return 100 * penalty * math.prod(_sums(translations, references)) ** 0.25


def chrf__keeps_spaces(translation, reference):
    """Counts spaces as letters.

    Hint: with_spaces
    """
    return _chrf(list(translation), list(reference))


def chrf__of_words(translation, reference):
    """Counts runs of words.

    Hint: words
    """
    return _chrf(translation.split(), reference.split())


def chrf__f1(translation, reference):
    """Takes the harmonic mean.

    Hint: balanced
    """
    return _chrf(*map(_letters, (translation, reference)), beta=1)


def chrf__f_half(translation, reference):
    """Weighs precision twice.

    Hint: precision_twice
    """
    return _chrf(*map(_letters, (translation, reference)), beta=0.5)


def chrf__four_lengths(translation, reference):
    """Stops at runs of four.

    Hint: up_to_four
    """
    return _chrf(*map(_letters, (translation, reference)), most=4)


def chrf__all_runs_together(translation, reference):
    """Adds up the matches of all lengths before it divides.

    Hint: none
    """
    said, wanted = map(_letters, (translation, reference))
    pairs = [clipped_matches(said, wanted, n) for n in range(1, 7)]
    right = sum(r for r, _ in pairs)
    if not right:
        return 0.0
    p = right / sum(e for _, e in pairs)
    r = right / sum(max(0, len(wanted) - n + 1) for n in range(1, 7))
    return 100 * 5 * p * r / (4 * p + r)


def _letters(text):
    return list(text.replace(" ", ""))


def _chrf(said, wanted, beta=2.0, most=6):
    shares = []
    for n in range(1, most + 1):
        a, b = len(said) - n + 1, len(wanted) - n + 1
        if a > 0 and b > 0:
            right, _ = clipped_matches(said, wanted, n)
            shares.append((right / a, right / b))
    if not shares:
        return 0.0
    p, r = (sum(column) / len(shares) for column in zip(*shares))
    return 100 * (1 + beta**2) * p * r / (beta**2 * p + r) if p + r else 0.0


def summarize__by_rank(vectors, count):
    """Returns them from the best to the worst.

    Hint: best_first
    """
    unit = F.normalize(vectors, dim=1)
    likeness = unit @ F.normalize(vectors.mean(0), dim=0)
    return likeness.argsort(descending=True)[:count].tolist()


def summarize__by_product(vectors, count):
    """Takes the dot product with the mean.

    Hint: dot_product
    """
    scores = (vectors * vectors.mean(0, keepdim=True)).sum(1).tolist()
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return sorted(order[:count])


def summarize__the_odd_ones(vectors, count):
    """Takes those that are least like the text.

    Hint: least_alike
    """
    cosines = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True))
    return sorted(cosines.argsort()[:count].tolist())


def summarize__the_beginning(vectors, count):
    """Takes the first sentences.

    Hint: first_ones
    """
    return list(range(len(vectors)))[:count]


def summarize__topk_of_count(vectors, count):
    """Asks for more than there are.

    Hint: too_many
    """
    cosines = torch.cosine_similarity(vectors, vectors.mean(0, keepdim=True), dim=-1)
    _, places = torch.topk(cosines, count)
    return places.sort().values.tolist()


def summarize__like_the_beginning(vectors, count):
    """Compares with the first sentence.

    Hint: like_the_first
    """
    unit = F.normalize(vectors, dim=-1)
    places = (unit @ unit[0]).argsort(descending=True)[:count]
    return sorted(places.tolist())


def summarize__as_a_tensor(vectors, count):
    """Returns a tensor.

    Hint: none
    """
    cosines = F.cosine_similarity(vectors, vectors.mean(0, keepdim=True))
    return cosines.topk(min(count, len(vectors))).indices.sort().values


def summarize__by_distance(vectors, count):
    """Takes those that are nearest to the mean.

    Hint: by_distance
    """
    far = (vectors - vectors.mean(0)).norm(dim=1)
    return sorted(far.argsort()[:count].tolist())
