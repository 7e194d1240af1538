"""An encoder like BERT: from ids to vectors that know their neighbours, and what they
are for.

It leaves out dropout, training BERT from nothing, and everything that makes attention
fast.
"""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

from gradelib.lab.masked_attention import merge_heads, split_heads


def embed(
    ids: Tensor,
    parts: Tensor,
    tokens: Tensor,
    positions: Tensor,
    types: Tensor,
) -> Tensor:
    """Give each id the sum of three vectors: for its token, its position, and its part.

    Row `i` of `tokens` is the vector of token `i`. The first id of each row of the
    batch stands at position 0, the next at position 1, and so on. `parts` holds the
    token type ids: 0 for the first text of a pair and 1 for the second; row 0 and row 1
    of `types` are their vectors.

    Source: Devlin et al. (2018), section 3, figure 2.

    Shapes:
        ids:       (batch, token)
        parts:     (batch, token)
        tokens:    (vocab, d_model)
        positions: (context, d_model), with context at least token
        types:     (2, d_model)
        returns:   (batch, token, d_model)

    >>> tokens = torch.tensor([[0.0], [10.0], [20.0]])
    >>> positions, types = torch.tensor([[1.0], [2.0]]), torch.tensor([[0.0], [0.5]])
    >>> embed(torch.tensor([[2, 1]]), torch.tensor([[0, 1]]), tokens, positions, types)
    tensor([[[21.0000],
             [12.5000]]])
    """
    return tokens[ids] + positions[: ids.shape[1]] + types[parts]  # (batch, token, d_model)


class SelfAttention(nn.Module):
    """Let each token collect something from all real tokens, before it and after it.

    Source: Vaswani et al. (2017), section 3.2.2; three layers for three parts as in
    BERT.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, attention_mask: Tensor) -> Tensor:
        """Return what the tokens of `x` collect.

        `self.query`, `self.key` and `self.value` give each token its three vectors, and
        `split_heads` cuts each of these into `self.heads` heads. A score is the dot
        product of a query and a key, divided by the square root of `d_head`. Each query
        may look at every real token of its row, and none at padding: what is hidden
        gets no weight in the softmax. The values are mixed by these weights,
        `merge_heads` puts the heads together, and `self.out` has the last word. Each
        row has at least one real token.

        Shapes:
            x:              (batch, token, d_model)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch, token, d_model)
        """
        layers = self.query, self.key, self.value
        queries, keys, values = (split_heads(layer(x), self.heads) for layer in layers)
        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])  # (batch, heads, query, key)
        scores = scores.masked_fill(~attention_mask[:, None, None], -torch.inf)
        return self.out(merge_heads(scores.softmax(dim=-1) @ values))


class EncoderLayer(nn.Module):
    """One layer of the encoder: attention and an MLP, each followed by a norm.

    Source: Vaswani et al. (2017), section 3.1; the bend is BERT's, Hendrycks and Gimpel
    (2016).
    """

    def __init__(self, d_model: int, heads: int, d_mlp: int) -> None:
        super().__init__()
        self.attention = SelfAttention(d_model, heads)
        self.norm_1 = nn.LayerNorm(d_model, eps=1e-12)
        self.up = nn.Linear(d_model, d_mlp)
        self.down = nn.Linear(d_mlp, d_model)
        self.norm_2 = nn.LayerNorm(d_model, eps=1e-12)

    def forward(self, x: Tensor, attention_mask: Tensor) -> Tensor:
        """Return `x` after attention and after the MLP, each added and then normed.

        What attention says of `x` is added to `x`, and the sum goes through
        `self.norm_1`. The MLP reads *that*: up, the exact GELU (BERT does not use the
        one with the hyperbolic tangent), and down. What it says is added to what it
        read, and the sum goes through `self.norm_2`. So the norms stand after adding:
        this is called post-norm.

        Shapes:
            x:              (batch, token, d_model)
            attention_mask: (batch, token), booleans, False for padding
            returns:        (batch, token, d_model)
        """
        x = self.norm_1(x + self.attention(x, attention_mask))
        return self.norm_2(x + self.down(nn.functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """The body of BERT: ids in, and a vector for each token that knows the others."""

    def __init__(
        self,
        vocab: int,
        context: int,
        d_model: int,
        heads: int,
        d_mlp: int,
        layers: int,
    ) -> None:
        super().__init__()
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        self.types = nn.Embedding(2, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        each = (EncoderLayer(d_model, heads, d_mlp) for _ in range(layers))
        self.layers = nn.ModuleList(each)

    def forward(
        self,
        ids: Tensor,
        attention_mask: Tensor,
        parts: Tensor | None = None,
    ) -> Tensor:
        """Return the vector of each token after the last layer.

        The ids become vectors by `embed`, with `self.tokens.weight`,
        `self.positions.weight` and `self.types.weight`, and these go through
        `self.norm` once. Then they go through all `self.layers`, one after the other.
        Without `parts` all tokens belong to the first part.

        Shapes:
            ids:            (batch, token)
            attention_mask: (batch, token), booleans, False for padding
            parts:          (batch, token), 0 or 1
            returns:        (batch, token, d_model)
        """
        parts = torch.zeros_like(ids) if parts is None else parts
        tables = self.tokens.weight, self.positions.weight, self.types.weight
        x = self.norm(embed(ids, parts, *tables))  # (batch, token, d_model)
        for layer in self.layers:
            x = layer(x, attention_mask)
        return x


def choose_masked(ids: Tensor, special: set[int], dice: Tensor, rate: float) -> Tensor:
    """Say which tokens the model is to guess: each ordinary one with probability
    `rate`.

    A token is chosen where its number in `dice` is below `rate`. What is special is
    never chosen, whatever the dice say: `special` holds the ids of [PAD], [CLS], [SEP]
    and the like.

    Shapes:
        ids:     (batch, token)
        dice:    (batch, token), random numbers between 0 and 1
        returns: (batch, token), booleans

    >>> ids = torch.tensor([[101, 7, 8, 102]])
    >>> dice = torch.tensor([[0.0, 0.1, 0.9, 0.1]])
    >>> choose_masked(ids, {101, 102}, dice, rate=0.15)
    tensor([[False,  True, False, False]])
    """
    ordinary = ~torch.isin(ids, ids.new_tensor(sorted(special)))
    return ordinary & (dice < rate)


def corrupt(
    ids: Tensor, chosen: Tensor, dice: Tensor, random_ids: Tensor, mask_id: int
) -> tuple[Tensor, Tensor]:
    """Make the input and the labels of masked language modeling.

    Each chosen token is changed as its number in `dice` says: below 0.8 it becomes
    `mask_id`, from 0.8 to below 0.9 it becomes the token of `random_ids` at this place,
    and from 0.9 on it stays as it is. What is not chosen stays as it is. The labels are
    the true ids where a token was chosen, also where it stays, and -100 everywhere
    else. `ids` is not changed.

    Source: Devlin et al. (2018), section 3.1 and appendix A.1.

    Shapes:
        ids, random_ids: (batch, token)
        chosen:          (batch, token), booleans
        dice:            (batch, token), random numbers between 0 and 1
        returns:         (batch, token) and (batch, token), the inputs and the labels

    >>> ids, others = torch.tensor([[5, 6, 7, 8]]), torch.tensor([[1, 2, 3, 4]])
    >>> chosen = torch.tensor([[True, True, True, False]])
    >>> dice = torch.tensor([[0.5, 0.85, 0.95, 0.1]])
    >>> corrupt(ids, chosen, dice, others, mask_id=9)
    (tensor([[9, 2, 7, 8]]), tensor([[   5,    6,    7, -100]]))
    """
    masked = chosen & (dice < 0.8)
    swapped = chosen & (dice >= 0.8) & (dice < 0.9)
    inputs = torch.where(swapped, random_ids, ids.masked_fill(masked, mask_id))
    return inputs, ids.masked_fill(~chosen, -100)


def mlm_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Return how surprised a model is on average by the tokens that it had to guess.

    The surprisal of a token is minus the natural logarithm of the probability that the
    softmax of the logits *at its own place* gives it. The mean is over all places of
    the batch whose label is not -100, and every one of them counts the same. There is
    at least one.

    Shapes:
        logits:  (batch, token, vocab)
        labels:  (batch, token), -100 where nothing is guessed
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.5], [0.25, 0.75]]]).log()
    >>> mlm_loss(logits, torch.tensor([[-100, 0]])).exp()  # 1 / 0.25
    tensor(4.)
    """
    return nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)


def nsp_pairs(
    documents: list[list[str]], dice: list[float], others: list[str]
) -> list[tuple[str, str, int]]:
    """Make pairs of sentences for next sentence prediction: does the second follow the
    first?

    For each two neighbours in a document there is one pair, in the order of the
    documents and of the sentences in them. Pair number `i` is true where `dice[i]` is
    below 0.5: then it is the two neighbours, with the label 0, for "it follows". Else
    the second sentence is `others[i]`, which comes from elsewhere, and the label is 1.
    No pair reaches from one document into the next.

    Source: Devlin et al. (2018), section 3.1; the labels as in the code published with
    BERT.

    >>> documents = [["a", "b", "c"], ["d"], ["e", "f"]]
    >>> nsp_pairs(documents, [0.1, 0.7, 0.2], ["x", "y", "z"])
    [('a', 'b', 0), ('b', 'y', 1), ('e', 'f', 0)]
    """
    neighbours = [pair for sentences in documents for pair in pairwise(sentences)]
    return [
        (first, second, 0) if number < 0.5 else (first, other, 1)
        for (first, second), number, other in zip(neighbours, dice, others, strict=True)
    ]


def fill_mask(
    logits: Tensor,
    ids: Tensor,
    mask_id: int,
    k: int,
) -> list[list[tuple[int, float]]]:
    """Return, for each mask of one text, the `k` likeliest tokens with their
    probabilities.

    The masks are the places at which `ids` holds `mask_id`, from left to right. For
    each there is a list of pairs, the likeliest first: a token and the probability that
    softmax gives it.

    Shapes:
        logits: (token, vocab)
        ids:    (token,)

    >>> logits = torch.tensor([[9.0, 0.0, 0.0], [0.1, 0.2, 0.7]])
    >>> logits[1] = logits[1].log()
    >>> [[(token, round(p, 2)) for token, p in row]
    ...  for row in fill_mask(logits, torch.tensor([0, 5]), mask_id=5, k=2)]
    [[(2, 0.7), (1, 0.2)]]
    """
    best = logits[ids == mask_id].softmax(dim=-1).topk(k)  # (mask, k)
    pairs = zip(best.indices.tolist(), best.values.tolist(), strict=True)
    return [list(zip(tokens, probabilities, strict=True)) for tokens, probabilities in pairs]


def mean_pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """Make one vector of a text: the mean of the vectors of its real tokens.

    Padding does not count, neither in the sum nor in the number. Each row has at least
    one real token.

    Source: Reimers and Gurevych (2019), section 3.

    Shapes:
        hidden:         (batch, token, d_model)
        attention_mask: (batch, token), booleans, False for padding
        returns:        (batch, d_model)

    >>> hidden = torch.tensor([[[1.0], [3.0], [100.0]]])
    >>> mean_pool(hidden, torch.tensor([[True, True, False]]))
    tensor([[2.]])
    """
    real = attention_mask[..., None]  # (batch, token, 1)
    return hidden.masked_fill(~real, 0).sum(dim=1) / real.sum(dim=1)


def retrieve(queries: Tensor, pages: Tensor, k: int) -> Tensor:
    """Find, for each query, the `k` pages that point most in its direction, the nearest
    first.

    What counts is the cosine between the vector of the query and that of the page:
    their dot product, divided by the length of each. How long a vector is makes no
    difference. None has length 0, and there are at least `k` pages.

    Shapes:
        queries: (query, d_model)
        pages:   (page, d_model)
        returns: (query, k), the numbers of the pages (int64)

    >>> pages = torch.tensor([[9.0, 9.0], [0.0, 1.0], [1.0, 0.1]])
    >>> retrieve(torch.tensor([[5.0, 0.0]]), pages, k=2)
    tensor([[2, 0]])
    """
    queries = nn.functional.normalize(queries, dim=1)
    cosines = queries @ nn.functional.normalize(pages, dim=1).T  # (query, page)
    return cosines.topk(k, dim=1).indices


def recall_at_k(found: Tensor, right: Tensor, k: int) -> float:
    """Return the share of queries whose right page is among the first `k` that were
    found.

    Each query has one right page.

    Shapes:
        found: (query, place), the numbers of pages, the best first; place is at least k
        right: (query,), the number of the right page

    >>> recall_at_k(torch.tensor([[4, 2, 1], [3, 0, 2]]), torch.tensor([2, 2]), k=2)
    0.5
    """
    return (found[:, :k] == right[:, None]).any(dim=1).float().mean().item()


def soft_loss(student: Tensor, teacher: Tensor, T: float) -> Tensor:
    """Return how far a student's soft guess is from its teacher's: the KL divergence,
    times T².

    Both logits are divided by the temperature `T` before the softmax. With p for the
    teacher's probabilities and q for the student's, the divergence of a row is the sum
    of p (ln p - ln q) over all choices. The mean is over all rows. It is multiplied by
    T², so that the gradient has the same size at every temperature. The teacher is only
    listened to: no gradient goes to it.

    Source: Hinton, Vinyals and Dean (2015), section 2.

    Shapes:
        student, teacher: (..., choice)
        returns:          (), in nats; one can take its gradient

    >>> soft_loss(torch.tensor([[0.0, 0.0]]), torch.tensor([[0.0, 4.0]]), T=2.0)
    tensor(1.3113)
    """
    target = (teacher.detach() / T).log_softmax(dim=-1)
    guess = (student / T).log_softmax(dim=-1)
    divergence = (target.exp() * (target - guess)).sum(dim=-1)  # (...)
    return T**2 * divergence.mean()


def distillation_loss(
    student: Tensor, teacher: Tensor, labels: Tensor, T: float, alpha: float
) -> Tensor:
    """Mix what the teacher says with what the label says: alpha · soft + (1 − alpha) ·
    hard.

    `soft` is `soft_loss` at temperature `T`. `hard` is the mean surprisal of the
    labels, from the student's logits at temperature 1. A row whose label is -100 has no
    label: it counts for the soft loss only. If no row has a label, the hard loss is 0.

    Source: Hinton, Vinyals and Dean (2015), section 2; Sanh et al. (2019), section 3.

    Shapes:
        student, teacher: (row, choice)
        labels:           (row,), -100 where there is none
        returns:          (), in nats; one can take its gradient

    >>> same = torch.tensor([[0.0, 0.0]])
    >>> distillation_loss(same, same, torch.tensor([1]), T=2.0, alpha=0.25)  # 0.75 ln 2
    tensor(0.5199)
    """
    soft = soft_loss(student, teacher, T)
    known = labels != -100
    hard = soft.new_zeros(())
    if known.any():
        hard = nn.functional.cross_entropy(student[known], labels[known])
    return alpha * soft + (1 - alpha) * hard


def every_other(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Make the weights of a student of those of its teacher, by leaving out every other
    layer.

    A weight of layer `n` has a name that begins with "layers.n.". The layers 0, 2, 4,
    ... stay and become the layers 0, 1, 2, ... of the student, the others are left out.
    A weight whose name begins otherwise belongs to no layer and stays as it is.
    `weights` is not changed.

    Source: Sanh et al. (2019), section 3.

    >>> teacher = {"norm.bias": 1, "layers.0.up.bias": 2, "layers.1.up.bias": 3,
    ...            "layers.2.up.bias": 4}
    >>> every_other(teacher)
    {'norm.bias': 1, 'layers.0.up.bias': 2, 'layers.1.up.bias': 4}
    """
    kept = {}
    for name, weight in weights.items():
        if not name.startswith("layers."):
            kept[name] = weight
            continue
        _, number, rest = name.split(".", 2)
        if int(number) % 2 == 0:
            kept[f"layers.{int(number) // 2}.{rest}"] = weight
    return kept
