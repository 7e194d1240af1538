"""Reference answers for notebook 07: their signatures and docstrings become the stubs."""

import re
from typing import Any

import torch
from torch import Tensor, nn


def freeze(model: nn.Module, parts: list[str]) -> None:
    """Freeze some parts of a model, and let all its other weights train.

    A part is named like a module, for instance "body.encoder.layer.1". To it belongs
    each weight whose name is that of the part, a dot, and more. A weight that is frozen
    has `requires_grad` False, one that trains has it True, whatever it was before. No
    number in the model is changed.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    >>> freeze(model, ["0"])
    >>> [name for name, weight in model.named_parameters() if weight.requires_grad]
    ['1.weight', '1.bias']
    """
    for name, weight in model.named_parameters():
        frozen = any(name.startswith(f"{part}.") for part in parts)
        weight.requires_grad_(not frozen)


def count_weights(model: nn.Module) -> tuple[int, int]:
    """Count the numbers in a model's parameters: those that train, and all of them.

    A matrix of 3 rows and 2 columns counts as 6. A parameter that two modules share is
    one parameter. Buffers, which no optimizer changes, do not count.

    >>> model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    >>> freeze(model, ["0"])
    >>> count_weights(model)  # 3 + 1 of the second; 6 + 3 of the first
    (4, 13)
    """
    weights = list(model.parameters())
    trained = sum(weight.numel() for weight in weights if weight.requires_grad)
    return trained, sum(weight.numel() for weight in weights)


def pool(hidden: Tensor, attention_mask: Tensor, how: str) -> Tensor:
    """Choose what a head gets to see of the vectors of a text.

    `how` is "cls" for the vector of the first token of each text, "mean" for the mean
    of the vectors of its real tokens, or "each" for all vectors as they are. Padding
    counts neither in the sum of a mean nor in its number, whatever stands there. Each
    text begins with a real token. Any other `how` is a ValueError.

    Shapes:
        hidden:         (batch, token, d_model)
        attention_mask: (batch, token), booleans, False for padding
        returns:        (..., d_model): one vector a text, or for "each" one a token

    >>> hidden = torch.tensor([[[1.0], [4.0], [9.0]]])
    >>> pool(hidden, torch.tensor([[True, True, False]]), "mean")
    tensor([[2.5000]])
    """
    if how == "cls":
        return hidden[:, 0]
    if how == "each":
        return hidden
    if how != "mean":
        raise ValueError(f'how is "cls", "mean" or "each": got {how!r}')
    real = attention_mask[..., None]  # (batch, token, 1)
    return hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)


class Classifier(nn.Module):
    """A body that somebody else has trained, and a new head: one linear layer."""

    def __init__(self, body: nn.Module, d_model: int, classes: int, how: str) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(d_model, classes)
        self.how = how

    def forward(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return a logit for each class.

        `self.body(ids, attention_mask)` makes a vector of each token. What the head
        reads of them is chosen by `pool`, as `self.how` says.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (..., choice): a text's, or for "each" a token's
        """
        hidden = self.body(ids, attention_mask)  # (batch, token, d_model)
        return self.head(pool(hidden, attention_mask, self.how))


def train_step(
    model: nn.Module,
    batch: tuple[Tensor, Tensor, Tensor],
    optimizer: torch.optim.Optimizer,
    longest: float = 1.0,
) -> float:
    """Let a model learn from one batch, and return its loss before the step.

    The model is put into training mode, and makes logits of ids and attention mask. The
    loss is the mean cross-entropy over all labels of the batch but those that are -100:
    they do not count. All old gradients of the model go, also those that the optimizer
    does not know of. The new ones are clipped before the step: where all of them
    together, as one vector, are longer than `longest`, they are made that long.

    Shapes:
        batch:   ids (batch, token), attention mask (batch, token), booleans, and labels
                 (batch,), or (batch, token) where each token has one
        returns: a float of Python, in nats
    """
    ids, attention_mask, labels = batch
    model.train()
    logits = model(ids, attention_mask)  # (..., class)
    loss = nn.functional.cross_entropy(logits.flatten(0, -2), labels.flatten())
    model.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), longest)
    optimizer.step()
    return loss.item()


def cache_features(
    body: nn.Module,
    batches: list[tuple[Tensor, Tensor]],
    how: str,
) -> Tensor:
    """Let a frozen body read each text once, and return what `pool` takes of it.

    The body is put into evaluation mode, so that its dropout does nothing, and it
    stays there. No gradients are kept. The batches, of ids and attention mask, are
    padded to different lengths; the texts come back in their order. `how` is "cls" or
    "mean".

    Shapes:
        batches: pairs of (batch, token); each pair has sizes of its own
        returns: (text, d_model), of all batches together
    """
    body.eval()
    with torch.no_grad():
        read = [pool(body(ids, mask), mask, how) for ids, mask in batches]
    return torch.cat(read)


def accuracy(logits: Tensor, labels: Tensor) -> float:
    """Return the share of labels that have the highest of their logits.

    A label of -100 is no question: it does not count. At least one label does.

    Shapes:
        logits:  (..., choice)
        labels:  (...), numbers of classes, or -100
        returns: a float of Python, between 0 and 1

    >>> logits = torch.tensor([[0.2, 0.9], [0.7, 0.1], [0.5, 0.4]])
    >>> accuracy(logits, torch.tensor([1, 1, -100]))
    0.5
    """
    asked = labels != -100
    right = logits.argmax(dim=-1)[asked] == labels[asked]
    return right.float().mean().item()


def confusion_matrix(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """Count how often each class was taken for each.

    In row i and column j stands how many texts have the label i and the guess j. There
    is a row and a column for each of the `classes`, also for one that does not occur.

    Shapes:
        labels:  (text,), numbers from 0 to classes - 1
        guesses: (text,), numbers from 0 to classes - 1
        returns: (classes, classes), int64

    >>> confusion_matrix(torch.tensor([0, 1, 1]), torch.tensor([0, 0, 1]), classes=2)
    tensor([[1, 0],
            [1, 1]])
    """
    pairs = classes * labels + guesses
    return pairs.bincount(minlength=classes**2).view(classes, classes)


def macro_f1(confusion: Tensor) -> float:
    """Return the mean of the F1 of all classes: each counts the same, however rare.

    A row of `confusion` is a true class, a column a guess. The precision of a class is
    the share of its guesses that are right, its recall the share of its texts that are
    found, and its F1 is 2 · precision · recall / (precision + recall). That is the same
    as twice its hits, divided by its texts and its guesses together. A class without
    any hit has an F1 of 0.

    Shapes:
        confusion: (choice, choice), whole numbers
        returns:   a float of Python, between 0 and 1

    >>> round(macro_f1(torch.tensor([[1, 0], [1, 1]])), 4)
    0.6667
    """
    hits = confusion.diagonal()
    texts, guesses = confusion.sum(dim=1), confusion.sum(dim=0)
    return (2 * hits / (texts + guesses).clamp(min=1)).mean().item()


def depth_of(name: str, layers: int) -> int:
    """Say how many steps below the head a weight is, by its name.

    A weight of the head, whose name begins with "head.", is 0 steps below it. A weight
    with "layer.n." in its name is in layer n; the last layer, number `layers` - 1, is
    1 step below the head, the one before it 2, and so on. All else is below the first
    layer: there are the embeddings.

    >>> [depth_of(f"body.encoder.layer.{n}.output.dense.bias", 4) for n in (3, 2, 0)]
    [1, 2, 4]
    >>> depth_of("head.weight", 4), depth_of("body.embeddings.LayerNorm.weight", 4)
    (0, 5)
    """
    if name.startswith("head."):
        return 0
    found = re.search(r"layer\.(\d+)\.", name)
    return layers - int(found[1]) if found else layers + 1


def layer_rates(
    model: nn.Module,
    layers: int,
    rate: float,
    decay: float,
) -> list[dict[str, Any]]:
    """Give each weight a learning rate: the deeper it lies, the lower.

    A weight of the head gets `rate`. With each step below the head, as `depth_of`
    counts them, the rate is multiplied by `decay`. What comes back is what an optimizer
    of PyTorch takes in place of a list of weights: groups, each a dictionary with the
    weights of the group as "params", a list, and their learning rate as "lr". Each
    weight that trains is in one group. One that is frozen is in none.

    Source: Howard and Ruder (2018), section 3.2.

    >>> model = nn.Module()
    >>> model.head = nn.Linear(2, 3, bias=False)
    >>> groups = layer_rates(model, layers=4, rate=0.1, decay=0.5)
    >>> [(len(group["params"]), group["lr"]) for group in groups]
    [(1, 0.1)]
    """
    return [
        {"params": [weight], "lr": rate * decay ** depth_of(name, layers)}
        for name, weight in model.named_parameters()
        if weight.requires_grad
    ]


def align_labels(words: list[int | None], tags: list[int]) -> list[int]:
    """Hand the tags of words on to the tokens that the words were cut into.

    `words` has a number for each token, that of its word, or None for a token that
    belongs to no word, such as [CLS]. The tokens of a word stand side by side. The
    first token of a word gets the word's tag, all its other tokens and those of no word
    get -100. A word may have no token.

    >>> align_labels([None, 0, 1, 1, None], [6, 2])
    [-100, 6, 2, -100, -100]
    """
    labels, last = [], None
    for word in words:
        first = word is not None and word != last
        labels.append(tags[word] if first else -100)
        last = word
    return labels


def entities_of(tags: list[str]) -> set[tuple[str, int, int]]:
    """Return the entities that the tags of a sentence mark: kind, start and end.

    "B-X" begins an entity of the kind X. "I-X" goes on with it if the word just before
    belongs to an entity of the kind X; else it is a fault and counts as "O", which is
    no entity. `start` is the place of an entity's first word, `end` the place after its
    last.

    Source: the scheme IOB2 (Tjong Kim Sang and Veenstra, 1999), read strictly.

    >>> sorted(entities_of(["B-PER", "I-PER", "O", "I-LOC", "B-LOC"]))
    [('LOC', 4, 5), ('PER', 0, 2)]
    """
    found: list[tuple[str, int, int]] = []
    for place, tag in enumerate(tags):
        sign, _, kind = tag.partition("-")
        if sign == "B":
            found.append((kind, place, place + 1))
        elif sign == "I" and found and found[-1][::2] == (kind, place):
            found[-1] = (kind, found[-1][1], place + 1)
    return set(found)


def entity_f1(true: list[list[str]], guessed: list[list[str]]) -> float:
    """Return the F1 of whole entities, over all sentences together.

    An entity that was guessed is a hit if one of the same kind, with the same start and
    end, is true in the same sentence. F1 is twice the number of hits, divided by the
    number of true entities and of guessed ones together. Without any entity it is 0.
    Both lists hold the tags of each sentence.

    >>> entity_f1([["B-PER", "I-PER", "O"]], [["B-PER", "O", "O"]])
    0.0
    """
    hits = total = 0
    for truth, guess in zip(true, guessed, strict=True):
        here, there = entities_of(truth), entities_of(guess)
        hits += len(here & there)
        total += len(here) + len(there)
    return 2 * hits / total if total else 0.0
