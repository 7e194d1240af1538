"""A translator: an encoder that reads, a decoder that writes and looks into it.

It leaves out beams, which are in notebook 6, and a cache, which is in notebook 3.
"""

import math
from collections import Counter

import torch
from torch import Tensor, nn

from gradelib.lab.masked_attention import merge_heads, split_heads


def shift_right(ids: Tensor, start: int) -> Tensor:
    """Return what the decoder reads while it learns to write `ids`: one place behind.

    Place 0 of each row gets `start`, and every other place the id that stood before it.
    The last id of a row is read by nobody: it is only predicted. `ids` is not changed.

    Shapes:
        ids:     (batch, target), int64
        returns: (batch, target), int64

    >>> shift_right(torch.tensor([[5, 6, 7]]), start=2)
    tensor([[2, 5, 6]])
    """
    first = torch.full_like(ids[:, :1], start)
    return torch.cat([first, ids[:, :-1]], dim=1)


class Attention(nn.Module):
    """Let one text look at another, or at itself, with several heads.

    Source: Vaswani et al. (2017), sections 3.2.2 and 3.2.3.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(d_model, d_model)
        self.key = nn.Linear(d_model, d_model)
        self.value = nn.Linear(d_model, d_model)
        self.out = nn.Linear(d_model, d_model)

    def forward(self, x: Tensor, source: Tensor, mask: Tensor) -> Tensor:
        """Return what the tokens of `x` collect from those of `source`.

        The queries are made of `x`, the keys and values of `source`. `split_heads` cuts
        each into `self.heads` heads. A score is the dot product of a query and a key,
        divided by the square root of `d_head`, and what the mask hides gets no weight
        in the softmax. The values are mixed by the weights, `merge_heads` puts the
        heads together, and `self.out` has the last word. For a text that looks at
        itself, `source` is `x`. Each query may look at something.

        Shapes:
            x:       (batch, query, d_model)
            source:  (batch, key, d_model)
            mask:    booleans, True for "may look"; broadcasts to (batch, 1, query, key)
            returns: (batch, query, d_model)
        """
        queries = split_heads(self.query(x), self.heads)
        keys = split_heads(self.key(source), self.heads)
        values = split_heads(self.value(source), self.heads)
        scores = queries @ keys.mT / math.sqrt(queries.shape[-1])
        weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)
        return self.out(merge_heads(weights @ values))


class EncoderLayer(nn.Module):
    """One layer of the part that reads: attention to itself, and an MLP. It is
    given."""

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.attention = Attention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return `x` with what attention and the MLP add: (batch, source, d_model)."""
        before = self.norm_1(x)
        x = x + self.attention(before, before, mask)
        wide = self.up(self.norm_2(x))
        return x + self.down(nn.functional.gelu(wide))


class DecoderLayer(nn.Module):
    """One layer of the part that writes: it looks back, then into the source.

    Source: Vaswani et al. (2017), section 3.1; the norms stand first, as in GPT-2.
    """

    def __init__(self, d_model: int, heads: int) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(d_model)
        self.self_attention = Attention(d_model, heads)
        self.norm_2 = nn.LayerNorm(d_model)
        self.cross_attention = Attention(d_model, heads)
        self.norm_3 = nn.LayerNorm(d_model)
        self.up = nn.Linear(d_model, 4 * d_model)
        self.down = nn.Linear(4 * d_model, d_model)

    def forward(
        self,
        x: Tensor,
        source: Tensor,
        self_mask: Tensor,
        cross_mask: Tensor,
    ) -> Tensor:
        """Return `x`, with what three parts have to add.

        First the target looks at itself: `self.self_attention` reads `x` through
        `self.norm_1`, as queries and as source, behind `self_mask`. Then it looks into
        the source: `self.cross_attention` reads the sum through `self.norm_2` for its
        queries, and `source` as it is, behind `cross_mask`. Then the MLP reads the sum
        through `self.norm_3`: up, the exact GELU, down. What each of the three says is
        added.

        Shapes:
            x:          (batch, target, d_model)
            source:     (batch, source, d_model), what the encoder made of the source
            self_mask:  (1, 1, target, target), booleans, True for "may look"
            cross_mask: (batch, 1, 1, source), booleans
            returns:    (batch, target, d_model)
        """
        normed = self.norm_1(x)
        x = x + self.self_attention(normed, normed, self_mask)
        x = x + self.cross_attention(self.norm_2(x), source, cross_mask)
        return x + self.down(nn.functional.gelu(self.up(self.norm_3(x))))


class Translator(nn.Module):
    """An encoder and a decoder with one table of tokens for both languages."""

    def __init__(
        self, vocab: int, context: int, d_model: int, heads: int, layers: int, pad: int
    ) -> None:
        super().__init__()
        self.pad = pad
        self.tokens = nn.Embedding(vocab, d_model)
        self.positions = nn.Embedding(context, d_model)
        readers = (EncoderLayer(d_model, heads) for _ in range(layers))
        self.readers = nn.ModuleList(readers)
        self.read_norm = nn.LayerNorm(d_model)
        writers = (DecoderLayer(d_model, heads) for _ in range(layers))
        self.writers = nn.ModuleList(writers)
        self.write_norm = nn.LayerNorm(d_model)
        for table in (self.tokens, self.positions):
            nn.init.normal_(table.weight, std=0.02)

    def embed(self, ids: Tensor) -> Tensor:
        """Return the sum of the vectors for token and place.

        Shapes:
            ids:     (batch, token)
            returns: (batch, token, d_model)
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        return self.tokens(ids) + self.positions(places)

    def encode(self, source_ids: Tensor) -> Tensor:
        """Read the source: make one vector of each of its tokens.

        The ids go through `self.embed`, then through all of `self.readers` in turn, and
        then through `self.read_norm`. Each token may look at every token of its row
        that is not `self.pad`, before it and after it.

        Shapes:
            source_ids: (batch, source), padded with `self.pad`
            returns:    (batch, source, d_model)
        """
        mask = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)
        x = self.embed(source_ids)
        for reader in self.readers:
            x = reader(x, mask)
        return self.read_norm(x)

    def decode(self, target_ids: Tensor, source: Tensor, source_ids: Tensor) -> Tensor:
        """Return, at each place of the target, the logits of the token that comes next.

        `target_ids` are what the decoder has read so far. They go through `self.embed`,
        then through all of `self.writers` in turn, then through `self.write_norm`. A
        token of the target may look at itself and back, and at every token of the
        source that is not `self.pad`. The logit of a token is the dot product with its
        vector in `self.tokens.weight`.

        Padding of the target stands on the right, so that no real token sees it.

        Shapes:
            target_ids: (batch, target)
            source:     (batch, source, d_model), from `encode`
            source_ids: (batch, source), padded with `self.pad`
            returns:    (batch, target, vocab)
        """
        target = target_ids.shape[1]
        back = source.new_ones(target, target, dtype=torch.bool).tril()
        across = (source_ids != self.pad)[:, None, None]  # (batch, 1, 1, source)
        x = self.embed(target_ids)
        for writer in self.writers:
            x = writer(x, source, back[None, None], across)
        return self.write_norm(x) @ self.tokens.weight.T  # (batch, target, vocab)


def sequence_loss(
    logits: Tensor,
    ids: Tensor,
    pad: int,
    smoothing: float = 0.0,
) -> Tensor:
    """Return how surprised a translator is on average by the target, without padding.

    The logits at a place are held against the id at the same place: the shift was made
    before, in what the decoder has read. With `smoothing` the truth is softened: the
    right token gets the probability 1 - smoothing, and smoothing is shared equally by
    *all* tokens, the right one among them. The loss of a place is then the mean
    surprisal under these probabilities: minus their sum, each times the log probability
    of the model. The mean is over all places that are not `pad`, of all rows together.

    Source: Szegedy et al. (2016), section 7, for the smoothing.

    Shapes:
        logits:  (batch, target, vocab)
        ids:     (batch, target)
        returns: (), in nats; one can take its gradient

    >>> logits = torch.tensor([[[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]]).log()
    >>> sequence_loss(logits, torch.tensor([[0, 1]]), pad=1).exp()  # 1 / 0.5
    tensor(2.)
    """
    log_probs = logits.log_softmax(dim=-1)  # (batch, target, vocab)
    right = log_probs.gather(2, ids.unsqueeze(2)).squeeze(2)  # (batch, target)
    losses = -(1 - smoothing) * right - smoothing * log_probs.mean(dim=-1)
    return losses[ids != pad].mean()


@torch.no_grad()
def translate(
    model: Translator,
    source_ids: Tensor,
    start: int,
    end: int,
    max_new: int,
) -> Tensor:
    """Write a translation of each row, always the likeliest token, and read once.

    The source is encoded a single time. The target begins with `start`. In each round
    the model decodes what there is of the target, and its likeliest token at the last
    place is added to each row. A row that has said `end` is filled up with `model.pad`.
    It ends when all rows have said `end`, and after `max_new` rounds at the latest.

    Shapes:
        source_ids: (batch, source), padded with `model.pad`
        returns:    (batch, new), int64: what was written, without `start`; new is at
                    most max_new
    """
    source = model.encode(source_ids)
    target = source_ids.new_full((len(source_ids), 1), start)
    ended = torch.zeros_like(target[:, 0], dtype=torch.bool)
    for _ in range(max_new):
        logits = model.decode(target, source, source_ids)[:, -1]  # (batch, vocab)
        token = logits.argmax(dim=1).masked_fill(ended, model.pad)
        target = torch.cat([target, token[:, None]], dim=1)
        ended = ended | (token == end)
        if ended.all():
            break
    return target[:, 1:]


def alignment(weights: Tensor, source_mask: Tensor) -> Tensor:
    """Say for each word that was written at which word of the source it looked most.

    `weights` are those of the cross-attention in one layer. Take their mean over the
    heads. Row t of them belongs to the decoder when it has read t words, and is about
    to write word t: so row t says where word t looked. The answer for each row is the
    place in the source with the largest mean weight. Padding of the source is never it.

    Shapes:
        weights:     (batch, heads, target, source)
        source_mask: (batch, source), booleans, False for padding
        returns:     (batch, target), places in the source, int64

    >>> weights = torch.tensor([[[[0.9, 0.1], [0.4, 0.6]], [[0.1, 0.9], [0.7, 0.3]]]])
    >>> alignment(weights, torch.tensor([[True, True]]))
    tensor([[0, 0]])
    """
    means = weights.mean(dim=1)  # (batch, target, source)
    return means.masked_fill(~source_mask[:, None], -1).argmax(dim=2)


def ngram_counts(tokens: list[str], n: int) -> dict[tuple[str, ...], int]:
    """Count the n-grams of a sentence: all sequences of `n` tokens in a row.

    Only those that occur are in the result. A sentence of fewer than `n` tokens has
    none.

    >>> ngram_counts(["the", "cat", "the", "cat"], n=2)
    {('the', 'cat'): 2, ('cat', 'the'): 1}
    """
    places = range(len(tokens) - n + 1)
    return dict(Counter(tuple(tokens[place : place + n]) for place in places))


def clipped_matches(
    translation: list[str],
    reference: list[str],
    n: int,
) -> tuple[int, int]:
    """Return how many n-grams of a translation the reference has too, and how many
    there are.

    An n-gram counts at most as often as it occurs in the reference: who says it more
    often gains nothing. The second number counts all n-grams of the translation.

    Source: Papineni et al. (2002), section 2.1.1, who call this the modified precision.

    >>> clipped_matches(["the", "the", "the", "cat"], ["the", "cat", "the"], n=1)
    (3, 4)
    """
    said, wanted = ngram_counts(translation, n), ngram_counts(reference, n)
    matches = sum(min(count, wanted.get(ngram, 0)) for ngram, count in said.items())
    return matches, sum(said.values())


def brevity_penalty(translated: int, wanted: int) -> float:
    """Return the factor by which translations that are too short are marked down.

    Where there are at least as many tokens as in the references it is 1. Else it is e
    to the power of 1 - wanted / translated. For no tokens at all it is 0.

    Source: Papineni et al. (2002), section 2.2.2.

    >>> round(brevity_penalty(translated=8, wanted=10), 4)
    0.7788
    """
    if translated == 0:
        return 0.0
    return math.exp(min(0.0, 1 - wanted / translated))


def bleu(translations: list[list[str]], references: list[list[str]]) -> float:
    """Return BLEU for a whole test set: from 0 to 100, one reference a sentence.

    For each n from 1 to 4 the matches of all sentences are added up, and so are the
    n-grams of all translations: one divided by the other is the precision. BLEU is the
    geometric mean of the four, times `brevity_penalty` of all lengths added up, times
    100. If one of the four has no match, BLEU is 0.

    Source: Papineni et al. (2002), section 2.3.

    >>> text = "the old lamp was in the box".split()
    >>> round(bleu([text], [text]), 1)
    100.0
    """
    logs = 0.0
    for n in (1, 2, 3, 4):
        pairs = zip(translations, references, strict=True)
        counts = [clipped_matches(said, wanted, n) for said, wanted in pairs]
        matches, total = (sum(column) for column in zip(*counts, strict=True))
        if matches == 0:
            return 0.0
        logs += math.log(matches / total) / 4
    lengths = sum(map(len, translations)), sum(map(len, references))
    return 100 * brevity_penalty(*lengths) * math.exp(logs)


def chrf(translation: str, reference: str) -> float:
    """Return chrF of one sentence: how many runs of letters two texts share, 0 to 100.

    Take away all spaces. For each n from 1 to 6, the runs of n characters are counted,
    and matches are clipped as in BLEU. Precision is matches by the runs of the
    translation, recall matches by those of the reference. An n for which one of the two
    texts has no run is left out. Precision and recall are each averaged over n, and
    chrF is 100 times 5 P R / (4 P + R): recall counts twice as much. It is 0 if both
    are 0, or if no n is left.

    Source: Popović (2015), section 2, with β = 2.

    >>> round(chrf("the cat", "the cats"), 2)
    77.57
    """
    precisions, recalls = [], []
    texts = [list(text.replace(" ", "")) for text in (translation, reference)]
    for n in range(1, 7):
        said, wanted = (sum(ngram_counts(text, n).values()) for text in texts)
        if said and wanted:
            matches, _ = clipped_matches(*texts, n)
            precisions.append(matches / said)
            recalls.append(matches / wanted)
    if not precisions:
        return 0.0
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 100 * 5 * p * r / (4 * p + r) if p + r else 0.0


def summarize(vectors: Tensor, count: int) -> list[int]:
    """Choose the `count` sentences that are most like the whole text, in their order.

    The text's vector is the mean of its sentences' vectors. The sentences with the
    largest cosine to it are chosen. Their numbers come back in the order of the text,
    so that the summary can be read. If there are fewer sentences, all are chosen.

    Source: Radev, Jing and Budzikowska (2000), for the centroid.

    Shapes:
        vectors: (sentence, d_model)

    >>> summarize(torch.tensor([[1.0, 1.0], [-1.0, 0.5], [1.0, 0.0]]), count=2)
    [0, 2]
    """
    cosines = nn.functional.cosine_similarity(vectors, vectors.mean(dim=0)[None], dim=1)
    best = cosines.topk(min(count, len(vectors))).indices
    return sorted(best.tolist())
