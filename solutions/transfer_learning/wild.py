"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""

import torch
import torch.nn.functional as F
from torch import nn

from solutions.transfer_learning.reference import (
    Classifier as OurClassifier,
    depth_of,
    entities_of,
    pool,
)


def freeze__requires_grad_true(model, parts):
    """Gives the named parts gradients and takes them from the others.

    Hint: turned_round
    """
    for name, p in model.named_parameters():
        p.requires_grad = False
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = True


def freeze__never_thaws(model, parts):
    """Freezes what is named and leaves all else as it was.

    Hint: others_stay
    """
    for name, p in model.named_parameters():
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = False


def freeze__prefix_without_dot(model, parts):
    """Compares the beginning of the name as it is.

    Hint: like_another
    """
    for name, p in model.named_parameters():
        p.requires_grad = not name.startswith(tuple(parts))


def freeze__substring(model, parts):
    """Looks for the part in the middle of a name too.

    Hint: anywhere
    """
    for name, p in model.named_parameters():
        p.requires_grad = True
        if any((part + ".") in name for part in parts):
            p.requires_grad = False


def freeze__overwritten(model, parts):
    """Sets the state again for each part, so that the last one decides.

    Hint: last_part_wins
    """
    for name, p in model.named_parameters():
        p.requires_grad = True
        for part in parts:
            if name.startswith(part + "."):
                p.requires_grad = False
            else:
                p.requires_grad = True


def freeze__exact_name(model, parts):
    """Freezes what has exactly the name of a part.

    Hint: whole_name
    """
    for name, p in model.named_parameters():
        p.requires_grad = name not in parts


def freeze__returns_the_model(model, parts):
    """Right, but gives the model back.

    Hint: none
    """
    for name, p in model.named_parameters():
        p.requires_grad = not any(name.startswith(part + ".") for part in parts)
    return model


def freeze__zeroed(model, parts):
    """Sets the weights to zero in place of freezing them.

    Hint: none
    """
    for name, p in model.named_parameters():
        if any(name.startswith(part + ".") for part in parts):
            p.data.fill_(1.0)


def count_weights__how_many_tensors(model):
    """Counts parameters with `len`.

    Hint: tensors
    """
    params = list(model.parameters())
    return len([p for p in params if p.requires_grad]), len(params)


def count_weights__first_axis(model):
    """Takes the length of each tensor.

    Hint: none
    """
    t = a = 0
    for p in model.parameters():
        a += p.shape[0] if p.ndim else 1
        t += (p.shape[0] if p.ndim else 1) if p.requires_grad else 0
    return t, a


def count_weights__swapped(model):
    """Gives the total first.

    Hint: other_way
    """
    total = sum(p.numel() for p in model.parameters())
    return total, sum(p.numel() for p in model.parameters() if p.requires_grad)


def count_weights__with_frozen(model):
    """Returns trained and frozen.

    Hint: the_rest
    """
    t = f = 0
    for p in model.parameters():
        if p.requires_grad:
            t += p.numel()
        else:
            f += p.numel()
    return (t, f)


def count_weights__state(model):
    """Adds up the saved tensors.

    Hint: of_the_state
    """
    total = 0
    for tensor in model.state_dict().values():
        total += tensor.numel()
    return sum(p.numel() for p in model.parameters() if p.requires_grad), total


def count_weights__both_the_same(model):
    """Forgets to ask which ones train.

    Hint: all_twice
    """
    n = sum(p.numel() for p in model.parameters())
    return n, n


def pool__plain_mean(hidden, attention_mask, how):
    """A mean over all places.

    Hint: over_padding
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        return torch.mean(hidden, 1)
    raise ValueError(how)


def pool__mask_times(hidden, attention_mask, how):
    """Multiplies by the mask.

    Hint: times_the_mask
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        m = attention_mask.unsqueeze(-1).float()
        return (hidden * m).sum(1) / m.sum(1)
    raise ValueError(how)


def pool__wrong_count(hidden, attention_mask, how):
    """Leaves padding out of the sum and divides by the length of the batch.

    Hint: divided_by_all
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how == "mean":
        clean = torch.where(attention_mask[:, :, None], hidden, 0.0)
        return clean.mean(dim=1)
    raise ValueError(how)


def pool__no_error(hidden, attention_mask, how):
    """Takes the mean whenever it does not know the word.

    Hint: mean_for_all_else
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, 0]
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__none_for_others(hidden, attention_mask, how):
    """Gives None for a word that it does not know.

    Hint: mean_for_all_else
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, 0]
    if how == "mean":
        return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__first_row(hidden, attention_mask, how):
    """Takes the first text for the first token.

    Hint: first_text
    """
    if how == "cls":
        return hidden[0]
    if how == "each":
        return hidden
    if how != "mean":
        raise ValueError
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


def pool__kept_axis(hidden, attention_mask, how):
    """Keeps an axis for the token.

    Hint: any.axis_of_one
    """
    if how == "each":
        return hidden
    if how == "cls":
        return hidden[:, :1]
    if how != "mean":
        raise ValueError
    return torch.stack([h[m].mean(0) for h, m in zip(hidden, attention_mask)])


class Classifier__softmaxed(OurClassifier):
    """Makes probabilities of the logits.

    Hint: probabilities
    """

    def forward(self, ids, attention_mask):
        return F.softmax(super().forward(ids, attention_mask), dim=-1)


class Classifier__cls_only(OurClassifier):
    """Always reads the first token.

    Hint: always_cls
    """

    def forward(self, ids, attention_mask):
        return self.head(self.body(ids, attention_mask)[:, 0])


class Classifier__every_token(OurClassifier):
    """Forgets to pool.

    Hint: no_pooling
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return self.head(h)


class Classifier__features(OurClassifier):
    """Returns the pooled vector.

    Hint: no_head
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return pool(h, attention_mask, self.how)


class Classifier__under_no_grad(OurClassifier):
    """Takes the gradients away from everything.

    Hint: frozen
    """

    @torch.no_grad()
    def forward(self, ids, attention_mask):
        return self.head(pool(self.body(ids, attention_mask), attention_mask, self.how))


class Classifier__relu(OurClassifier):
    """Bends the logits.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        return torch.relu(self.head(pool(self.body(ids, attention_mask), attention_mask, self.how)))


def _loss(model, batch, **more):
    ids, mask, labels = batch
    out = model(ids, mask)
    return F.cross_entropy(out.reshape(-1, out.size(-1)), labels.reshape(-1), **more)


def train_step__no_zero(model, batch, optimizer, longest=1.0):
    """Never clears gradients.

    Hint: gradients_pile_up
    """
    model.train()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=longest)
    optimizer.step()
    return float(loss)


def train_step__usual_recipe(model, batch, optimizer, longest=1.0):
    """Clears by the optimizer, as every tutorial does.

    Hint: only_the_optimizers
    """
    model.train()
    optimizer.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__forgot_clipping(model, batch, optimizer, longest=1.0):
    """The step of notebook 3.

    Hint: not_clipped
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    optimizer.step()
    return loss.item()


def train_step__always_one(model, batch, optimizer, longest=1.0):
    """Clips at 1 whatever is asked for.

    Hint: none
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def train_step__values(model, batch, optimizer, longest=1.0):
    """Clamps each number.

    Hint: each_number_clipped
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    for p in model.parameters():
        if p.grad is not None:
            p.grad.clamp_(-longest, longest)
    optimizer.step()
    return loss.item()


def train_step__left_in_eval(model, batch, optimizer, longest=1.0):
    """Does not care for the mode.

    Hint: evaluation_mode
    """
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__summed(model, batch, optimizer, longest=1.0):
    """Adds the losses up.

    Hint: sum
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch, reduction="sum")
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def train_step__no_step(model, batch, optimizer, longest=1.0):
    """Forgets the step.

    Hint: nothing_changes
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    return loss.item()


def train_step__detached_tensor(model, batch, optimizer, longest=1.0):
    """Returns a tensor without its graph.

    Hint: a_tensor
    """
    model.train()
    model.zero_grad()
    loss = _loss(model, batch)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.detach()


def cache_features__train_mode(body, batches, how):
    """Leaves the body in the mode in which it is.

    Hint: with_dropout
    """
    out = []
    with torch.no_grad():
        for x, m in batches:
            out.append(pool(body(x, m), m, how))
    return torch.cat(out, dim=0)


def cache_features__graph(body, batches, how):
    """Keeps what gradients need.

    Hint: gradients_kept
    """
    body.eval()
    out = []
    for x, m in batches:
        out.append(pool(body(x, m), m, how))
    return torch.cat(out)


def cache_features__graph_cut(body, batches, how):
    """Detaches at the end.

    Hint: detached
    """
    body.eval()
    out = []
    for x, m in batches:
        out.append(pool(body(x, m), m, how))
    return torch.cat(out).detach()


def cache_features__mask_for_all(body, batches, how):
    """Pools without the mask.

    Hint: mean_over_padding
    """
    body.eval()
    out = []
    with torch.no_grad():
        for x, m in batches:
            h = body(x, m)
            out.append(h[:, 0] if how == "cls" else h.mean(1))
    return torch.cat(out)


def cache_features__restored(body, batches, how):
    """Puts the body back into the mode in which it was.

    Hint: back_to_training
    """
    was = body.training
    body.eval()
    with torch.no_grad():
        out = torch.cat([pool(body(x, m), m, how) for x, m in batches])
    body.train(was)
    return out


def cache_features__returns_inside(body, batches, how):
    """Returns in the loop.

    Hint: first_batch
    """
    body.eval()
    with torch.no_grad():
        for x, m in batches:
            return pool(body(x, m), m, how)


def accuracy__all_places(logits, labels):
    """Divides by all labels.

    Hint: unasked_count
    """
    guesses = torch.argmax(logits, -1)
    return (guesses == labels).sum().item() / labels.numel()


def accuracy__count(logits, labels):
    """Counts the right ones.

    Hint: number_of_hits
    """
    return float(((logits.argmax(-1) == labels) & (labels != -100)).sum())


def accuracy__of_each_row(logits, labels):
    """A mean of means.

    Hint: mean_of_rows
    """
    if labels.dim() == 1:
        labels, logits = labels.unsqueeze(0), logits.unsqueeze(0)
    shares = []
    for row, lab in zip(logits, labels):
        keep = lab >= 0
        if keep.any():
            shares.append((row.argmax(-1)[keep] == lab[keep]).float().mean().item())
        else:
            shares.append(0.0)
    return sum(shares) / len(shares)


def accuracy__wrong_share(logits, labels):
    """The error rate.

    Hint: errors
    """
    keep = labels >= 0
    return 1 - (logits.argmax(-1)[keep] == labels[keep]).float().mean().item()


def accuracy__zero_dim_tensor(logits, labels):
    """Returns a tensor.

    Hint: a_tensor
    """
    keep = labels >= 0
    return (logits.argmax(-1)[keep] == labels[keep]).double().mean()


def accuracy__percent(logits, labels):
    """In percent.

    Hint: none
    """
    keep = labels >= 0
    return 100 * (logits.argmax(-1)[keep] == labels[keep]).float().mean().item()


def confusion_matrix__guess_rows(labels, guesses, classes):
    """Rows are guesses.

    Hint: turned
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    for t, g in zip(labels, guesses):
        m[g, t] += 1
    return m


def confusion_matrix__fancy(labels, guesses, classes):
    """Adds by index, where equal pairs add once.

    Hint: counted_once
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    m[labels, guesses] = m[labels, guesses] + 1
    return m


def confusion_matrix__only_right(labels, guesses, classes):
    """Fills the diagonal alone.

    Hint: hits_only
    """
    m = torch.zeros((classes, classes), dtype=torch.long)
    for c in range(classes):
        m[c, c] = ((labels == c) & (guesses == c)).sum()
    return m


def confusion_matrix__float(labels, guesses, classes):
    """Counts in floats.

    Hint: floats
    """
    m = torch.zeros(classes, classes)
    for t, g in zip(labels, guesses):
        m[t, g] += 1.0
    return m


def confusion_matrix__normalised(labels, guesses, classes):
    """Divides rows by their sums.

    Hint: shares_of_rows
    """
    m = torch.zeros(classes, classes)
    for t, g in zip(labels, guesses):
        m[t, g] += 1.0
    total = m.sum(1, keepdim=True)
    total[total == 0] = 1
    return m / total


def confusion_matrix__int32(labels, guesses, classes):
    """Counts in int32.

    Hint: none
    """
    m = torch.zeros((classes, classes), dtype=torch.int32)
    for t, g in zip(labels, guesses):
        m[t, g] += 1
    return m


def macro_f1__micro(confusion):
    """All classes in one.

    Hint: accuracy
    """
    return (confusion.trace() / confusion.sum()).item()


def macro_f1__by_support(confusion):
    """Weighted by how many texts a class has.

    Hint: weighted
    """
    total, score = confusion.sum().item(), 0.0
    for c in range(len(confusion)):
        tp = confusion[c, c].item()
        p, r = tp / max(1, confusion[:, c].sum().item()), tp / max(1, confusion[c].sum().item())
        f = 2 * p * r / (p + r) if p + r > 0 else 0.0
        score += f * confusion[c].sum().item() / total
    return score


def macro_f1__f1_of_averages(confusion):
    """The harmonic mean of macro precision and macro recall.

    Hint: of_means
    """
    n = len(confusion)
    p = sum(confusion[c, c].item() / max(1, confusion[:, c].sum().item()) for c in range(n)) / n
    r = sum(confusion[c, c].item() / max(1, confusion[c].sum().item()) for c in range(n)) / n
    return 2 * p * r / (p + r) if p + r else 0.0


def macro_f1__balanced_accuracy(confusion):
    """Mean recall.

    Hint: recall
    """
    n = len(confusion)
    return sum(confusion[c, c].item() / max(1, confusion[c].sum().item()) for c in range(n)) / n


def macro_f1__nan(confusion):
    """Divides by zero.

    Hint: not_a_number
    """
    tp = torch.diagonal(confusion).float()
    p, r = tp / confusion.sum(0), tp / confusion.sum(1)
    f = 2 * p * r / (p + r)
    return f.mean().item()


def macro_f1__skips_absent(confusion):
    """Leaves out classes that have no hit.

    Hint: only_those_that_occur
    """
    scores = []
    for c in range(len(confusion)):
        tp = confusion[c, c].item()
        if tp > 0:
            p, r = tp / confusion[:, c].sum().item(), tp / confusion[c].sum().item()
            scores.append(2 * p * r / (p + r))
    return sum(scores) / len(scores) if scores else 0.0


def depth_of__bottom_up(name, layers):
    """Counts layers from below.

    Hint: from_the_bottom
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return int(name.split(".layer.")[1].split(".")[0]) + 1
    return layers + 1


def depth_of__off_by_one(name, layers):
    """The last layer is at depth 0.

    Hint: last_layer_is_zero
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - 1 - int(name.split(".layer.")[1].split(".")[0])
    return layers + 1


def depth_of__embeddings_with_layer_zero(name, layers):
    """Embeddings as deep as layer 0.

    Hint: embeddings_like_the_first_layer
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - int(name.split(".layer.")[1].split(".")[0])
    return layers


def depth_of__first_digit(name, layers):
    """Reads one character.

    Hint: one_digit
    """
    if name.startswith("head."):
        return 0
    at = name.find("layer.")
    if at >= 0:
        return layers - int(name[at + 6])
    return layers + 1


def depth_of__string(name, layers):
    """Subtracts a text.

    Hint: none
    """
    if name.startswith("head."):
        return 0
    if ".layer." in name:
        return layers - name.split(".layer.")[1].split(".")[0]
    return layers + 1


def depth_of__heads_of_attention(name, layers):
    """Takes every head for the head.

    Hint: head_anywhere
    """
    if "head" in name:
        return 0
    if ".layer." in name:
        return layers - int(name.split(".layer.")[1].split(".")[0])
    return layers + 1


def layer_rates__all(model, layers, rate, decay):
    """Frozen weights too.

    Hint: frozen_too
    """
    groups = []
    for n, p in model.named_parameters():
        groups.append({"params": [p], "lr": rate * decay ** depth_of(n, layers)})
    return groups


def layer_rates__product(model, layers, rate, decay):
    """Multiplies by the depth.

    Hint: times_the_depth
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [p], "lr": rate * decay * depth_of(n, layers)})
    return groups


def layer_rates__growing(model, layers, rate, decay):
    """The rate grows downwards.

    Hint: higher_below
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [p], "lr": rate * (1 / decay) ** depth_of(n, layers)})
    return groups


def layer_rates__no_decay(model, layers, rate, decay):
    """One group with all that trains.

    Hint: one_rate
    """
    return [{"params": [p for p in model.parameters() if p.requires_grad], "lr": rate}]


def layer_rates__upside_down(model, layers, rate, decay):
    """The embeddings get the whole rate.

    Hint: turned
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            up = layers + 1 - depth_of(n, layers)
            groups.append({"params": [p], "lr": rate * decay**up})
    return groups


def layer_rates__names(model, layers, rate, decay):
    """Names where weights belong.

    Hint: none
    """
    groups = []
    for n, p in model.named_parameters():
        if p.requires_grad:
            groups.append({"params": [n], "lr": rate * decay ** depth_of(n, layers)})
    return groups


def align_labels__all_pieces(words, tags):
    """Every piece gets the tag.

    Hint: on_each_token
    """
    return [-100 if w is None else tags[w] for w in words]


def align_labels__zeros(words, tags):
    """0 where nothing is asked.

    Hint: zero_for_the_rest
    """
    out = []
    for i, w in enumerate(words):
        if w is None or (i and words[i - 1] == w):
            out.append(0)
        else:
            out.append(tags[w])
    return out


def align_labels__iterator(words, tags):
    """Takes the next tag at each new word.

    Hint: one_after_the_other
    """
    it, out, prev = iter(tags), [], None
    for w in words:
        if w is None or w == prev:
            out.append(-100)
        else:
            out.append(next(it))
        prev = w
    return out


def align_labels__falsy_zero(words, tags):
    """Word 0 counts as none.

    Hint: no_word_zero
    """
    out, prev = [], None
    for w in words:
        out.append(tags[w] if w and w != prev else -100)
        prev = w
    return out


def align_labels__last_piece(words, tags):
    """The tag on the last piece.

    Hint: on_the_last
    """
    out = []
    for i, w in enumerate(words):
        nxt = words[i + 1] if i + 1 < len(words) else None
        out.append(tags[w] if w is not None and nxt != w else -100)
    return out


def align_labels__skips(words, tags):
    """Only labels of first pieces.

    Hint: left_out
    """
    out, prev = [], None
    for w in words:
        if w is not None and w != prev:
            out.append(tags[w])
        prev = w
    return out


def entities_of__lenient(tags):
    """An I- without a B- begins.

    Hint: i_begins
    """
    out, start, kind = set(), None, None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and t != f"I-{kind}":
            out.add((kind, start, i))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return out


def entities_of__any_i(tags):
    """Any I- goes on.

    Hint: other_kind_goes_on
    """
    out, i = set(), 0
    while i < len(tags):
        if tags[i].startswith("B-"):
            j = i + 1
            while j < len(tags) and tags[j].startswith("I-"):
                j += 1
            out.add((tags[i][2:], i, j))
            i = j
        else:
            i += 1
    return out


def entities_of__inclusive(tags):
    """The end is the last word.

    Hint: end_included
    """
    out = set()
    for i, t in enumerate(tags):
        if t[0] == "B":
            j = i
            while j + 1 < len(tags) and tags[j + 1] == "I" + t[1:]:
                j += 1
            out.add((t[2:], i, j))
    return out


def entities_of__open_end(tags):
    """Closes only at a next tag.

    Hint: last_one_lost
    """
    out, cur = set(), None
    for i, t in enumerate(tags):
        if cur and t == "I-" + cur[0]:
            continue
        if cur:
            out.add((cur[0], cur[1], i))
            cur = None
        if t.startswith("B-"):
            cur = (t[2:], i)
    return out


def entities_of__listed(tags):
    """A list.

    Hint: a_list
    """
    out = []
    for i, t in enumerate(tags):
        if t[0] == "B":
            j = i + 1
            while j < len(tags) and tags[j] == "I" + t[1:]:
                j += 1
            out.append((t[2:], i, j))
    return out


def entities_of__beginnings(tags):
    """Every B- is an entity of one word.

    Hint: single_words
    """
    return {(t[2:], i, i + 1) for i, t in enumerate(tags) if t.startswith("B-")}


def entities_of__start_first(tags):
    """Start, end, kind.

    Hint: none
    """
    return {(start, end, kind) for kind, start, end in entities_of(tags)}


def entity_f1__words(true, guessed):
    """F1 of words.

    Hint: by_word
    """
    tp = fp = fn = 0
    for t, g in zip(true, guessed):
        for a, b in zip(t, g):
            if a != "O" and a == b:
                tp += 1
            else:
                fp += b != "O"
                fn += a != "O"
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0.0


def entity_f1__tags_right(true, guessed):
    """Accuracy of tags.

    Hint: token_accuracy
    """
    a = [t for s in true for t in s]
    b = [t for s in guessed for t in s]
    return sum(x == y for x, y in zip(a, b)) / len(a)


def entity_f1__averaged(true, guessed):
    """A mean over sentences.

    Hint: mean_of_sentences
    """
    out = 0.0
    for t, g in zip(true, guessed):
        a, b = entities_of(t), entities_of(g)
        if a or b:
            out += 2 * len(a & b) / (len(a) + len(b))
    return out / len(true)


def entity_f1__flattened(true, guessed):
    """All sentences in one set.

    Hint: one_long_sentence
    """
    a, b = set(), set()
    for t, g in zip(true, guessed):
        a |= entities_of(t)
        b |= entities_of(g)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def entity_f1__found_share(true, guessed):
    """Recall.

    Hint: recall
    """
    hits = sum(len(entities_of(t) & entities_of(g)) for t, g in zip(true, guessed))
    n = sum(len(entities_of(t)) for t in true)
    return hits / n if n else 0.0


def entity_f1__crashes_on_none(true, guessed):
    """Divides by zero where there is nothing.

    Hint: zero_division
    """
    hits = sum(len(entities_of(t) & entities_of(g)) for t, g in zip(true, guessed))
    p = hits / sum(len(entities_of(g)) for g in guessed)
    r = hits / sum(len(entities_of(t)) for t in true)
    return 2 * p * r / (p + r)
