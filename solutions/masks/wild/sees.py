"""Wrong answers to `sees` in other words, with the hint due."""

import torch


def sees__sum_of_everything(model, x):
    """Takes one gradient of the sum of all outputs, so that there is one row only.

    Hint: all_outputs_at_once
    """
    x = x.detach().clone().requires_grad_(True)
    model(x).sum().backward()
    return (x.grad != 0).any(-1)


def sees__sum_repeated(model, x):
    """Takes one gradient of everything and repeats it for each query.

    Hint: all_outputs_at_once
    """
    x = x.detach().clone().requires_grad_(True)
    y = model(x)
    (g,) = torch.autograd.grad(y.sum(), x)
    return (g != 0).any(-1).repeat(len(y), 1)


def sees__first_number_of_the_output(model, x):
    """Looks at the first number of each output only.

    Hint: first_number_only
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(y.shape[0]):
        (g,) = torch.autograd.grad(y[q, 0], x, retain_graph=True)
        rows.append((g != 0).any(dim=-1))
    return torch.stack(rows)


def sees__outputs_added(model, x):
    """Adds the numbers of an output up first, where gradients can cancel.

    Hint: sum_of_the_output
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = [torch.autograd.grad(y[q].sum(), x, retain_graph=True)[0] for q in range(len(y))]
    return (torch.stack(rows) != 0).any(-1)


def sees__gradients_added(model, x):
    """Adds gradients up, where they can cancel.

    Hint: sum_of_the_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.sum(dim=(1, 3)) != 0


def sees__first_number_of_the_input(model, x):
    """Looks at the first number of each input only.

    Hint: first_number_only
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian[..., 0] != 0).any(1)


def sees__threshold(model, x):
    """Takes small gradients for none.

    Hint: only_large_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.abs().amax(dim=(1, 3)) > 1e-6


def sees__close_to_zero(model, x):
    """Asks whether gradients are close to zero.

    Hint: only_large_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return ~torch.isclose(jacobian, torch.zeros_like(jacobian)).all(dim=3).all(dim=1)


def sees__positive_only(model, x):
    """Counts positive gradients only.

    Hint: only_positive_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian > 0).any(3).any(1)


def sees__all(model, x):
    """Wants all gradients to be other than zero, and not any.

    Hint: all_of_them
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian != 0).all(3).all(1)


def sees__swapped(model, x):
    """Swaps query and key.

    Hint: key_first
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.abs().sum((1, 3)).T > 0


def sees__wrong_axes(model, x):
    """Takes the wrong axes of the Jacobian together.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.ne(0).any(1).any(1)


def sees__jacobian_itself(model, x):
    """Returns the Jacobian itself.

    Hint: none
    """
    return torch.autograd.functional.jacobian(model, x) != 0


def sees__numbers(model, x):
    """Returns numbers instead of booleans.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian.abs().sum(dim=(1, 3)) > 0).float()


def sees__size_of_the_gradients(model, x):
    """Returns how large the gradients are.

    Hint: sizes
    """
    return torch.autograd.functional.jacobian(model, x).abs().sum(dim=(1, 3))


def sees__argument_wants_gradients(model, x):
    """Makes its argument ask for gradients and leaves them there.

    Hint: leaves_a_mark
    """
    x.requires_grad_(True)
    y = model(x)
    rows = []
    for q in range(len(y)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            x.grad = None
            y[q, i].backward(retain_graph=True)
            row |= (x.grad != 0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__small_change(model, x):
    """Changes an input a little and looks for a change that is not very small.

    Hint: none
    """
    y = model(x)
    out = torch.zeros(len(y), len(x), dtype=torch.bool)
    for k in range(len(x)):
        moved = x.clone()
        moved[k] += 1e-3
        out[:, k] = ((model(moved) - y).abs() > 1e-6).any(1)
    return out


def sees__replaced_by_zero(model, x):
    """Replaces an input by zeros and looks for any change, without gradients.

    Hint: tries_zeros
    """
    y = model(x)
    out = torch.zeros(len(y), len(x), dtype=torch.bool)
    for k in range(len(x)):
        blank = x.clone()
        blank[k] = 0
        out[:, k] = (model(blank) != y).any(1)
    return out


def sees__at_ones(model, x):
    """Takes gradients at ones instead of at x.

    Hint: somewhere_else
    """
    jacobian = torch.autograd.functional.jacobian(model, torch.ones_like(x))
    return jacobian.ne(0).any(3).any(1)


def sees__at_random(model, x):
    """Takes gradients at a random place instead of at x.

    Hint: somewhere_else
    """
    jacobian = torch.autograd.functional.jacobian(model, torch.randn_like(x))
    return jacobian.ne(0).any(3).any(1)


def sees__gradients_pile_up(model, x):
    """Does not empty the gradients between two outputs, so that they pile up.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(y)):
        for i in range(y.shape[1]):
            y[q, i].backward(retain_graph=True)
        rows.append((x.grad != 0).any(1))
    return torch.stack(rows)


def sees__as_many_outputs_as_inputs(model, x):
    """Goes through as many outputs as there are inputs.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(x)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            (g,) = torch.autograd.grad(y[q, i], x, retain_graph=True)
            row |= g.ne(0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__graph_not_kept(model, x):
    """Goes backwards twice through a graph that is gone after the first time.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(y)):
        row = torch.zeros(len(x), dtype=torch.bool)
        for i in range(y.shape[1]):
            (g,) = torch.autograd.grad(y[q, i], x)
            row |= g.ne(0).any(1)
        rows.append(row)
    return torch.stack(rows)


def sees__no_graph(model, x):
    """Switches gradients off.

    Hint: none
    """
    with torch.no_grad():
        y = model(x)
    rows = []
    for q in range(len(y)):
        y[q].sum().backward(retain_graph=True)
        rows.append((x.grad != 0).any(1))
    return torch.stack(rows)


def sees__values(model, x):
    """Asks whether the outputs are other than zero.

    Hint: none
    """
    return model(x) != 0


def sees__products_of_vectors(model, x):
    """Guesses from how well output and input fit each other.

    Hint: all_outputs_at_once
    """
    return (model(x)[:, : x.shape[1]] @ x[:, : model(x).shape[1]].T) != 0


def sees__triangle(model, x):
    """Takes it for granted that the model keeps to the triangle.

    Hint: none
    """
    return torch.ones(len(model(x)), len(x), dtype=torch.bool).tril()


def sees__lists(model, x):
    """Returns lists instead of a tensor.

    Hint: none
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.ne(0).any(3).any(1).tolist()


def sees__mean_over_numbers(model, x):
    """Takes the mean of the gradients, where they can cancel.

    Hint: sum_of_the_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return jacobian.mean(dim=3).mean(dim=1).bool()


def sees__squares(model, x):
    """Adds up squares, whose gradient is 0 where an output is 0.

    Hint: none
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    rows = []
    for q in range(len(y)):
        (g,) = torch.autograd.grad((y[q] ** 2).sum(), x, retain_graph=True)
        rows.append((g != 0).any(1))
    return torch.stack(rows)


def sees__added_with_weights(model, x):
    """Adds up the numbers of an output with the weights 1, 2, 3, so that they can cancel still.

    Hint: sum_of_the_output
    """
    x = x.detach().clone().requires_grad_()
    y = model(x)
    weights = torch.arange(1.0, y.shape[1] + 1)
    rows = []
    for q in range(len(y)):
        (g,) = torch.autograd.grad((weights * y[q]).sum(), x, retain_graph=True)
        rows.append((g != 0).any(1))
    return torch.stack(rows)


def sees__squared_gradients(model, x):
    """Squares the gradients, so that very small ones become 0.

    Hint: only_large_gradients
    """
    jacobian = torch.autograd.functional.jacobian(model, x)
    return (jacobian**2).sum(dim=(1, 3)) > 0


def sees__at_zeros(model, x):
    """Takes the gradients at zeros instead of at x.

    Hint: somewhere_else
    """
    jacobian = torch.autograd.functional.jacobian(model, torch.zeros(x.shape))
    return jacobian.ne(0).any(3).any(1)
