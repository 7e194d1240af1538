"""Section 4.6: reference answers."""

from torch import Tensor, nn


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
