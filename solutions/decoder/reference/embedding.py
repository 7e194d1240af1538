"""Section 3.1, "Ids become vectors": reference answers."""

from torch import Tensor


def embed(ids: Tensor, tokens: Tensor, positions: Tensor, past: int = 0) -> Tensor:
    """Give each id the sum of two vectors: one for the token, one for its position.

    Row `i` of `tokens` is the vector of token `i`, and row `p` of `positions` that of
    position `p`. The ids stand at the positions `past`, `past + 1`, and so on, in each
    row of the batch: `past` tokens came before them.

    Shapes:
        ids:       (batch, token)
        tokens:    (vocab, d_model)
        positions: (context, d_model)
        returns:   (batch, token, d_model)

    Raises:
        ValueError: an id would stand at a position for which there is no vector.

    >>> tokens = torch.tensor([[0.0], [10.0], [20.0]])
    >>> positions = torch.tensor([[1.0], [2.0], [3.0]])
    >>> embed(torch.tensor([[2, 1]]), tokens, positions, past=1)
    tensor([[[22.],
             [13.]]])
    """
    end = past + ids.shape[1]
    if end > len(positions):
        raise ValueError(f"there are vectors for {len(positions)} positions, not for {end}")
    return tokens[ids] + positions[past:end]  # (batch, token, d_model)
