"""Section 10.4: reference answers."""

from torch import Tensor, nn


def sft_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean surprise of the tokens that are learned, in nats.

    The logits at a place are about the *next* token. A label of -100 says that the
    token is not learned: it adds nothing to the sum and nothing to the number that the
    sum is divided by. All learned tokens of the batch count the same, whatever the
    length of their answer. If no token is learned, the loss is 0.

    Shapes:
        logits:  (batch, token, vocab)
        labels:  (batch, token), whole numbers, -100 for what is not learned
        returns: (), a number with gradients

    >>> logits = torch.zeros(1, 3, 2)
    >>> sft_loss(logits, torch.tensor([[-100, -100, 1]]))
    tensor(0.6931)
    """
    targets = labels[:, 1:]  # (batch, token - 1)
    lost = nn.functional.cross_entropy(
        logits[:, :-1].transpose(1, 2), targets, ignore_index=-100, reduction="sum"
    )
    return lost / (targets != -100).sum().clamp(min=1)
