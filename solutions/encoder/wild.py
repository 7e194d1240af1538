"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from gradelib.lab.masked_attention import merge_heads, split_heads
from solutions.encoder.reference import (
    EncoderLayer as OurLayer,
    SelfAttention as OurAttention,
    embed,
    soft_loss,
)


def embed__two_of_three(ids, parts, tokens, positions, types):
    """Knows tokens and parts only.

    Hint: no_positions
    """
    return F.embedding(ids, tokens) + F.embedding(parts, types)


def embed__as_in_gpt2(ids, parts, tokens, positions, types):
    """Does what notebook 3 did.

    Hint: no_types
    """
    places = torch.arange(ids.shape[-1])
    return F.embedding(ids, tokens) + F.embedding(places, positions)


def embed__first_type_always(ids, parts, tokens, positions, types):
    """Adds the vector of the first part to everything.

    Hint: one_type_for_all
    """
    x = tokens[ids]
    for place in range(ids.shape[1]):
        x[:, place] += positions[place] + types[0]
    return x


def embed__counts_from_one(ids, parts, tokens, positions, types):
    """Numbers the positions from 1.

    Hint: positions_from_one
    """
    places = torch.arange(1, ids.shape[1] + 1) % len(positions)
    return tokens[ids] + positions[places] + types[parts]


def embed__row_zero_says_it_for_all(ids, parts, tokens, positions, types):
    """Takes the parts of the first row for every row.

    Hint: types_by_place
    """
    sides = types[parts[0]].expand(len(ids), -1, -1)
    return tokens[ids] + positions[: ids.size(1)] + sides


def embed__averaged(ids, parts, tokens, positions, types):
    """Takes the mean of the three vectors.

    Hint: mean
    """
    places = positions[: ids.size(1)].expand(len(ids), -1, -1)
    return torch.stack([tokens[ids], places, types[parts]]).mean(dim=0)


def embed__types_by_parity(ids, parts, tokens, positions, types):
    """Alternates between the two parts.

    Hint: none
    """
    return tokens[ids] + positions[: ids.size(1)] + types[torch.arange(ids.size(1)) % 2]


class _Attention(OurAttention):
    """The constructor, for the wrong answers below."""

    def parts(self, x):
        return [split_heads(f(x), self.heads) for f in (self.query, self.key, self.value)]


class SelfAttention__looks_back(_Attention):
    """Hides the future as well.

    Hint: causal
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        n = x.shape[1]
        may = attention_mask[:, None, None, :] & torch.tril(torch.ones(n, n)).bool()
        scores = (q @ k.transpose(2, 3)) / math.sqrt(q.size(-1))
        weights = torch.softmax(scores.masked_fill(~may, -1e30), dim=-1)
        return self.out(merge_heads(weights @ v))


class SelfAttention__no_mask(_Attention):
    """Never uses the mask.

    Hint: sees_padding
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        return self.out(merge_heads(F.scaled_dot_product_attention(q, k, v)))


class SelfAttention__mask_multiplies(_Attention):
    """Multiplies the scores by the mask.

    Hint: hidden_with_zero
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        scores = (q @ k.mT) / q.shape[-1] ** 0.5 * attention_mask[:, None, None].float()
        return self.out(merge_heads(scores.softmax(-1) @ v))


class SelfAttention__root_forgotten(_Attention):
    """Divides by the size of a head, not by its root.

    Hint: scaled_by_d_head
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        size = x.shape[-1] // self.heads
        scores = torch.einsum("bhqd,bhkd->bhqk", q, k) / size
        scores = scores.masked_fill(attention_mask[:, None, None, :] == 0, float("-inf"))
        return self.out(merge_heads(scores.softmax(dim=3) @ v))


class SelfAttention__whole_width(_Attention):
    """Divides by the root of all features.

    Hint: scaled_by_d_model
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        added = torch.zeros(attention_mask.shape).masked_fill(~attention_mask, -1e9)
        scores = q @ k.mT * x.shape[2] ** -0.5 + added[:, None, None]
        return self.out(merge_heads(scores.softmax(-1) @ v))


class SelfAttention__never_mixed_again(_Attention):
    """Forgets the last layer.

    Hint: no_out
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=attention_mask[:, None, None])
        return merge_heads(mixed)


class SelfAttention__weights_cut_afterwards(_Attention):
    """Sets the weights of padding to zero after softmax, so that rows do not sum to one.

    Hint: mask_after_softmax
    """

    def forward(self, x, attention_mask):
        q, k, v = self.parts(x)
        weights = (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-1)
        return self.out(merge_heads(weights * attention_mask[:, None, None] @ v))


class EncoderLayer__as_in_gpt2(OurLayer):
    """Norms before each part.

    Hint: pre_norm
    """

    def forward(self, x, attention_mask):
        x = x + self.attention(self.norm_1(x), attention_mask)
        y = self.down(F.gelu(self.up(self.norm_2(x))))
        return x + y


class EncoderLayer__replaced(OurLayer):
    """Takes what attention says in place of x.

    Hint: no_bypass
    """

    def forward(self, x, attention_mask):
        collected = self.norm_1(self.attention(x, attention_mask))
        return self.norm_2(collected + self.down(F.gelu(self.up(collected))))


class EncoderLayer__mlp_replaced(OurLayer):
    """Takes what the MLP says in place of what it read.

    Hint: no_bypass_of_the_mlp
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(self.attention(x, attention_mask) + x)
        x = self.up(x)
        x = self.down(F.gelu(x))
        return self.norm_2(x)


class EncoderLayer__gelu_of_gpt2(OurLayer):
    """Writes the formula of notebook 3.

    Hint: tanh_gelu
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(x + self.attention(x, attention_mask))
        z = self.up(x)
        bent = z / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
        return self.norm_2(x + self.down(bent))


class EncoderLayer__cut_at_zero(OurLayer):
    """Cuts off what is below zero.

    Hint: relu
    """

    def forward(self, x, attention_mask):
        x = self.norm_1(x + self.attention(x, attention_mask))
        return self.norm_2(x + self.down(self.up(x).clamp(min=0)))


class EncoderLayer__ends_with_a_sum(OurLayer):
    """Forgets the second norm.

    Hint: last_norm_missing
    """

    def forward(self, x, attention_mask):
        h = self.norm_1(self.attention(x, attention_mask) + x)
        return self.down(F.gelu(self.up(h))) + h


class EncoderLayer__no_mlp(OurLayer):
    """Forgets the MLP.

    Hint: no_mlp
    """

    def forward(self, x, attention_mask):
        return self.norm_2(self.norm_1(x + self.attention(x, attention_mask)))


class _Body(nn.Module):
    """The constructor, for the wrong answers below."""

    def __init__(self, vocab, context, d_model, heads, d_mlp, layers):
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.types = nn.Embedding(2, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        self.layers = nn.ModuleList(OurLayer(d_model, heads, d_mlp) for _ in range(layers))

    def begin(self, ids, parts):
        parts = torch.zeros_like(ids) if parts is None else parts
        tables = self.tokens.weight, self.positions.weight, self.types.weight
        return embed(ids, parts, *tables)


class Encoder__straight_in(_Body):
    """Hands the sum of the vectors to the layers as it is.

    Hint: no_first_norm
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.begin(ids, parts)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__like_gpt2(_Body):
    """Norms after the last layer.

    Hint: norm_at_the_end
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.begin(ids, parts)
        for number in range(len(self.layers)):
            x = self.layers[number](x, attention_mask)
        return self.norm(x)


class Encoder__only_the_last(_Body):
    """Lets every layer read the embeddings, and keeps the last answer.

    Hint: each_layer_reads_the_input
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        outputs = [layer(x, attention_mask) for layer in self.layers]
        return outputs[-1]


class Encoder__one_layer(_Body):
    """Returns inside of the loop.

    Hint: first_layer_only
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        for layer in self.layers:
            return layer(x, attention_mask)
        return x


class Encoder__parts_are_zero(_Body):
    """Never looks at the parts.

    Hint: forgets_the_parts
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, None))
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


class Encoder__all_is_real(_Body):
    """Makes a mask of its own that is True everywhere.

    Hint: without_the_mask
    """

    def forward(self, ids, attention_mask, parts=None):
        x = self.norm(self.begin(ids, parts))
        everything = torch.full(ids.shape, True)
        for layer in self.layers:
            x = layer(x, everything)
        return x


def choose_masked__dice_alone(ids, special, dice, rate):
    """Lets the dice decide alone.

    Hint: special_too
    """
    return torch.lt(dice, rate)


def choose_masked__or_equal(ids, special, dice, rate):
    """Counts the border in.

    Hint: on_the_border
    """
    chosen = dice <= rate
    for number in special:
        chosen = chosen & (ids != number)
    return chosen


def choose_masked__large_dice(ids, special, dice, rate):
    """Chooses where the dice are large.

    Hint: above_the_rate
    """
    ordinary = torch.tensor([[token not in special for token in row] for row in ids.tolist()])
    return ordinary & ~(dice < rate)


def choose_masked__exactly_the_special(ids, special, dice, rate):
    """Chooses among the special ones.

    Hint: only_special
    """
    among = sum((ids == number) for number in special).bool()
    return among & (dice < rate)


def choose_masked__ends_of_the_row(ids, special, dice, rate):
    """Thinks that the first and the last place are the special ones.

    Hint: positions_of_the_ends
    """
    chosen = dice < rate
    chosen[:, 0] = False
    chosen[:, -1] = False
    return chosen


def choose_masked__padding_only(ids, special, dice, rate):
    """Leaves out only the smallest special id.

    Hint: none
    """
    return (ids != min(special)) & (dice < rate)


def corrupt__eighty_is_all(ids, chosen, dice, random_ids, mask_id):
    """Masks all that was chosen.

    Hint: always_mask
    """
    inputs = ids.clone()
    inputs[chosen] = mask_id
    labels = torch.full_like(ids, -100)
    labels[chosen] = ids[chosen]
    return inputs, labels


def corrupt__no_third_way(ids, chosen, dice, random_ids, mask_id):
    """Swaps all that is not masked.

    Hint: never_stays
    """
    changed = torch.where(dice < 0.8, torch.full_like(ids, mask_id), random_ids)
    return torch.where(chosen, changed, ids), torch.where(chosen, ids, -100)


def corrupt__only_masks_are_asked(ids, chosen, dice, random_ids, mask_id):
    """Gives a label where the mask stands.

    Hint: labels_only_for_masks
    """
    inputs = ids.clone()
    inputs[chosen & (dice < 0.8)] = mask_id
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = random_ids[swap]
    labels = torch.where(inputs == mask_id, ids, -100)
    return inputs, labels


def corrupt__changed_are_asked(ids, chosen, dice, random_ids, mask_id):
    """Gives a label where something has changed.

    Hint: no_label_where_it_stays
    """
    inputs = ids.clone()
    inputs[chosen & (dice < 0.8)] = mask_id
    swap = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs[swap] = random_ids[swap]
    labels = ids.clone()
    labels[inputs == ids] = -100
    return inputs, labels


def corrupt__everything_is_asked(ids, chosen, dice, random_ids, mask_id):
    """Has a label for each token.

    Hint: labels_everywhere
    """
    inputs = torch.where(chosen & (dice < 0.8), mask_id, ids)
    inputs = torch.where(chosen & (dice >= 0.8) & (dice < 0.9), random_ids, inputs)
    return inputs, ids


def corrupt__ninety_ten(ids, chosen, dice, random_ids, mask_id):
    """Masks nine in ten and swaps the rest.

    Hint: never_swapped
    """
    inputs = torch.where(chosen & (dice < 0.9), mask_id, ids)
    inputs = torch.where(chosen & (dice >= 0.9), random_ids, inputs)
    return inputs, torch.where(chosen, ids, -100)


def corrupt__written_into_the_text(ids, chosen, dice, random_ids, mask_id):
    """Writes the masks into the ids that it was handed.

    Hint: changes_the_ids
    """
    labels = torch.where(chosen, ids, -100)
    for row in range(ids.shape[0]):
        for place in range(ids.shape[1]):
            if chosen[row, place] and dice[row, place] < 0.8:
                ids[row, place] = mask_id
            elif chosen[row, place] and dice[row, place] < 0.9:
                ids[row, place] = random_ids[row, place]
    return ids, labels


def mlm_loss__everything_counts(logits, labels):
    """Divides by all tokens.

    Hint: divided_by_all
    """
    asked = labels != -100
    nats = F.cross_entropy(logits[asked], labels[asked], reduction="sum")
    return nats / (labels.shape[0] * labels.shape[1])


def mlm_loss__row_by_row(logits, labels):
    """Takes the mean of the rows' means.

    Hint: mean_of_rows
    """
    means = []
    for guesses, wanted in zip(logits, labels):
        known = wanted >= 0
        if known.sum() > 0:
            means.append(F.nll_loss(guesses[known].log_softmax(-1), wanted[known]))
    return sum(means) / len(means)


def mlm_loss__all_nats(logits, labels):
    """Adds up.

    Hint: sum
    """
    asked = labels.ne(-100)
    return -logits.log_softmax(2)[asked].gather(1, labels[asked][:, None]).sum()


def mlm_loss__softmax_twice(logits, labels):
    """Makes probabilities first.

    Hint: probabilities
    """
    asked = labels != -100
    return F.cross_entropy(torch.softmax(logits[asked], dim=1), labels[asked])


def mlm_loss__missing_is_zero(logits, labels):
    """Takes the missing labels for token 0.

    Hint: zero_is_ignored
    """
    known = torch.where(labels == -100, 0, labels)
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), known.reshape(-1))


def fill_mask__raw(logits, ids, mask_id, k):
    """Returns logits.

    Hint: logits
    """
    found = []
    for place in (ids == mask_id).nonzero().flatten().tolist():
        best = logits[place].topk(k)
        found.append(list(zip(best.indices.tolist(), best.values.tolist())))
    return found


def fill_mask__only_one(logits, ids, mask_id, k):
    """Looks for the first mask alone.

    Hint: first_mask_only
    """
    if mask_id not in ids.tolist():
        return []
    place = ids.tolist().index(mask_id)
    best = logits[place].softmax(0).topk(k)
    return [list(zip(best.indices.tolist(), best.values.tolist()))]


def fill_mask__every_place(logits, ids, mask_id, k):
    """Answers for each token.

    Hint: all_places
    """
    best = torch.softmax(logits, dim=1).topk(k, dim=1)
    return [
        list(zip(tokens, chances))
        for tokens, chances in zip(best.indices.tolist(), best.values.tolist())
    ]


def fill_mask__among_themselves(logits, ids, mask_id, k):
    """Lets the best share the whole probability.

    Hint: probability_among_the_best
    """
    found = []
    for place, token in enumerate(ids.tolist()):
        if token == mask_id:
            values, which = logits[place].topk(k)
            found.append(list(zip(which.tolist(), values.softmax(0).tolist())))
    return found


def fill_mask__unlikely_first(logits, ids, mask_id, k):
    """Sorts the wrong way.

    Hint: least_likely
    """
    found = []
    for place, token in enumerate(ids.tolist()):
        if token == mask_id:
            p = logits[place].softmax(0)
            order = p.argsort()[:k].tolist()
            found.append([(number, p[number].item()) for number in order])
    return found


def nsp_pairs__one_long_text(documents, dice, others):
    """Joins all documents first.

    Hint: across_documents
    """
    text = [sentence for document in documents for sentence in document]
    pairs = []
    for number in range(min(len(dice), len(text) - 1)):
        if dice[number] < 0.5:
            pairs.append((text[number], text[number + 1], 0))
        else:
            pairs.append((text[number], others[number], 1))
    return pairs


def nsp_pairs__one_is_true(documents, dice, others):
    """Says 1 for "it follows".

    Hint: labels_turned_round
    """
    pairs = []
    for document in documents:
        for place in range(1, len(document)):
            number = len(pairs)
            follows = dice[number] < 0.5
            second = document[place] if follows else others[number]
            pairs.append((document[place - 1], second, int(follows)))
    return pairs


def nsp_pairs__high_is_true(documents, dice, others):
    """Takes high dice for "it follows".

    Hint: false_below_half
    """
    pairs = []
    for document in documents:
        for first, second in zip(document, document[1:]):
            number = len(pairs)
            if dice[number] >= 0.5:
                pairs.append((first, second, 0))
            else:
                pairs.append((first, others[number], 1))
    return pairs


def nsp_pairs__by_twos(documents, dice, others):
    """Goes on by two sentences.

    Hint: every_second_sentence
    """
    pairs = []
    for document in documents:
        for place in range(0, len(document) - 1, 2):
            number = len(pairs)
            true = dice[number] < 0.5
            second = document[place + 1] if true else others[number]
            pairs.append((document[place], second, 0 if true else 1))
    return pairs


def nsp_pairs__next_of_the_others(documents, dice, others):
    """Takes the others one after the other.

    Hint: others_used_up_in_turn
    """
    pairs, used = [], 0
    for document in documents:
        for first, second in zip(document, document[1:]):
            if dice[len(pairs)] < 0.5:
                pairs.append((first, second, 0))
            else:
                pairs.append((first, others[used], 1))
                used += 1
    return pairs


def mean_pool__all_places(hidden, attention_mask):
    """Takes the mean of all.

    Hint: over_padding
    """
    return hidden.sum(dim=1) / hidden.size(1)


def mean_pool__length_of_the_batch(hidden, attention_mask):
    """Divides by the longest.

    Hint: divided_by_all
    """
    kept = torch.where(attention_mask[:, :, None], hidden, 0.0)
    return kept.mean(dim=1)


def mean_pool__first_token(hidden, attention_mask):
    """Takes [CLS].

    Hint: cls
    """
    return hidden[:, 0, :]


def mean_pool__weighted(hidden, attention_mask):
    """Multiplies by the mask.

    Hint: times_the_mask
    """
    weights = attention_mask.float()[:, :, None]
    return (weights * hidden).sum(1) / weights.sum(1)


def mean_pool__not_divided(hidden, attention_mask):
    """Only adds up.

    Hint: sum
    """
    return torch.stack([row[mask].sum(0) for row, mask in zip(hidden, attention_mask)])


def retrieve__plain_products(queries, pages, k):
    """Forgets the lengths.

    Hint: dot_product
    """
    return torch.topk(torch.matmul(queries, pages.mT), k, dim=-1)[1]


def retrieve__nearest_point(queries, pages, k):
    """Takes the smallest distance.

    Hint: distance
    """
    apart = ((queries[:, None] - pages[None]) ** 2).sum(-1)
    return apart.topk(k, largest=False).indices


def retrieve__backwards(queries, pages, k):
    """Sorts the wrong way.

    Hint: farthest
    """
    cosines = torch.cosine_similarity(queries[:, None], pages[None], dim=2)
    return cosines.argsort(dim=1)[:, :k]


def retrieve__how_near(queries, pages, k):
    """Returns the cosines.

    Hint: cosines
    """
    cosines = torch.cosine_similarity(queries[:, None], pages[None], dim=2)
    return cosines.sort(dim=1, descending=True).values[:, :k]


def retrieve__turned_order(queries, pages, k):
    """Has the right ones, the nearest last.

    Hint: one_too_far
    """
    cosines = F.normalize(queries) @ F.normalize(pages).T
    return cosines.topk(k).indices.flip(1)


def soft_loss__factor_forgotten(student, teacher, T):
    """Never multiplies.

    Hint: no_square
    """
    p = F.softmax(teacher.detach() / T, -1).flatten(0, -2)
    q = F.log_softmax(student / T, -1).flatten(0, -2)
    return F.kl_div(q, p, reduction="batchmean")


def soft_loss__wrong_mean(student, teacher, T):
    """Falls into the trap of kl_div.

    Hint: mean_of_everything
    """
    p = F.softmax(teacher.detach() / T, -1)
    q = F.log_softmax(student / T, -1)
    return F.kl_div(q, p, reduction="mean") * T**2


def soft_loss__arguments_swapped(student, teacher, T):
    """Has the two in the wrong order.

    Hint: turned_round
    """
    p = F.log_softmax(teacher.detach() / T, -1).flatten(0, -2)
    q = F.softmax(student / T, -1).flatten(0, -2)
    return F.kl_div(p, q, reduction="batchmean") * T**2


def soft_loss__hot_teacher_only(student, teacher, T):
    """Softens the teacher alone.

    Hint: only_the_teacher_is_soft
    """
    p = torch.log_softmax(teacher.detach() / T, dim=-1)
    q = torch.log_softmax(student, dim=-1)
    return T * T * (p.exp() * (p - q)).sum(-1).mean()


def soft_loss__both_learn(student, teacher, T):
    """Lets a gradient go to the teacher.

    Hint: teacher_learns
    """
    p = torch.log_softmax(teacher / T, dim=-1).flatten(0, -2)
    q = torch.log_softmax(student / T, dim=-1).flatten(0, -2)
    return F.kl_div(q, p, log_target=True, reduction="batchmean") * T**2


def soft_loss__surprise(student, teacher, T):
    """Takes the cross-entropy.

    Hint: cross_entropy
    """
    p = (teacher.detach() / T).softmax(-1)
    return T**2 * -(p * (student / T).log_softmax(-1)).sum(-1).mean()


def distillation_loss__weights_swapped(student, teacher, labels, T, alpha):
    """Weighs the labels by alpha.

    Hint: turned_round
    """
    known = labels >= 0
    hard = F.cross_entropy(student[known], labels[known]) if known.any() else student.sum() * 0
    return (1 - alpha) * soft_loss(student, teacher, T) + alpha * hard


def distillation_loss__added(student, teacher, labels, T, alpha):
    """Forgets alpha.

    Hint: sum
    """
    known = labels >= 0
    hard = F.cross_entropy(student[known], labels[known]) if known.any() else 0.0
    return soft_loss(student, teacher, T) + hard


def distillation_loss__hot_labels(student, teacher, labels, T, alpha):
    """Predicts the labels at the temperature, too.

    Hint: hard_is_soft_too
    """
    known = labels >= 0
    hard = F.cross_entropy((student / T)[known], labels[known]) if known.any() else 0.0
    return alpha * soft_loss(student, teacher, T) + (1 - alpha) * hard


def distillation_loss__plain_cross_entropy(student, teacher, labels, T, alpha):
    """Does not think of a batch without labels.

    Hint: nan_without_labels
    """
    hard = F.cross_entropy(student, labels)
    return soft_loss(student, teacher, T) * alpha + hard * (1 - alpha)


def distillation_loss__labelled_rows_only(student, teacher, labels, T, alpha):
    """Leaves out rows without a label altogether.

    Hint: only_labelled_rows_are_soft
    """
    known = labels >= 0
    if not known.any():
        return student.sum() * 0
    s, t = student[known], teacher[known]
    return alpha * soft_loss(s, t, T) + (1 - alpha) * F.cross_entropy(s, labels[known])


def every_other__keeps_odd(weights):
    """Keeps 1, 3, 5.

    Hint: odd_layers
    """
    student = {}
    for name in weights:
        pieces = name.split(".")
        if pieces[0] != "layers":
            student[name] = weights[name]
        elif int(pieces[1]) % 2:
            student[".".join(["layers", str(int(pieces[1]) // 2), *pieces[2:]])] = weights[name]
    return student


def every_other__old_numbers(weights):
    """Leaves the numbers as they were.

    Hint: not_renamed
    """
    return {
        name: weight
        for name, weight in weights.items()
        if not name.startswith("layers.") or int(name.split(".")[1]) % 2 == 0
    }


def every_other__layers_alone(weights):
    """Leaves out all that is no layer.

    Hint: only_layers
    """
    student = {}
    for name, weight in weights.items():
        if name.startswith("layers."):
            number = int(name.split(".")[1])
            if number % 2 == 0:
                student[name.replace(f"layers.{number}.", f"layers.{number // 2}.", 1)] = weight
    return student


def every_other__one_digit(weights):
    """Reads one digit.

    Hint: first_digit
    """
    student = {}
    for name, weight in weights.items():
        if not name.startswith("layers."):
            student[name] = weight
        elif int(name[7]) % 2 == 0:
            student[f"layers.{int(name[7]) // 2}." + name.split(".", 2)[2]] = weight
    return student


def every_other__anywhere(weights):
    """Takes every name with layers in it.

    Hint: layers_anywhere
    """
    student = {}
    for name, weight in weights.items():
        if "layers." in name:
            before, _, after = name.partition("layers.")
            number, _, rest = after.partition(".")
            if int(number) % 2 == 0:
                student[f"layers.{int(number) // 2}.{rest}"] = weight
        else:
            student[name] = weight
    return student
