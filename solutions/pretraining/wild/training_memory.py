"""Wrong answers to `training_memory` in other words, with the hint due."""


def training_memory__numbers(parameters, layers, d_model, heads, batch, length):
    """Counts numbers, not bytes.

    Hint: numbers
    """
    tokens = batch * length
    return {
        "weights": parameters,
        "gradients": parameters,
        "optimizer": 2 * parameters,
        "activations": layers * tokens * (16 * d_model + heads * length),
    }


def training_memory__half(parameters, layers, d_model, heads, batch, length):
    """Two bytes for a number.

    Hint: half
    """
    tokens = batch * length
    return {
        "weights": 2 * parameters,
        "gradients": 2 * parameters,
        "optimizer": 4 * parameters,
        "activations": 2 * layers * tokens * (16 * d_model + heads * length),
    }


def training_memory__bits(parameters, layers, d_model, heads, batch, length):
    """Counts bits.

    Hint: none
    """
    tokens = batch * length
    return {
        "weights": 32 * parameters,
        "gradients": 32 * parameters,
        "optimizer": 64 * parameters,
        "activations": 32 * layers * tokens * (16 * d_model + heads * length),
    }


def training_memory__momentum(parameters, layers, d_model, heads, batch, length):
    """An optimizer with one number for each weight.

    Hint: one_moment
    """
    tokens = batch * length
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 4 * parameters,
        "activations": 4 * layers * tokens * (16 * d_model + heads * length),
    }


def training_memory__copy_of_weights(parameters, layers, d_model, heads, batch, length):
    """An optimizer that keeps a copy of the weights too.

    Hint: optimizer_with_weights
    """
    tokens = batch * length
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 12 * parameters,
        "activations": 4 * layers * tokens * (16 * d_model + heads * length),
    }


def training_memory__one_text(parameters, layers, d_model, heads, batch, length):
    """Forgets the batch.

    Hint: one_text
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * length * (16 * d_model + heads * length),
    }


def training_memory__one_layer(parameters, layers, d_model, heads, batch, length):
    """Forgets the layers.

    Hint: one_layer
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * batch * length * (16 * d_model + heads * length),
    }


def training_memory__no_attention(parameters, layers, d_model, heads, batch, length):
    """Leaves the attention weights out.

    Hint: no_attention
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * batch * length * 16 * d_model,
    }


def training_memory__linear_attention(parameters, layers, d_model, heads, batch, length):
    """One attention weight for each token and head.

    Hint: none
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * batch * length * (16 * d_model + heads),
    }


def training_memory__one_head(parameters, layers, d_model, heads, batch, length):
    """Attention weights of one head.

    Hint: one_head
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * batch * length * (16 * d_model + length),
    }


def training_memory__square_once_more(parameters, layers, d_model, heads, batch, length):
    """Squares the length for each token.

    Hint: none
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * batch * length * (16 * d_model + heads * length**2),
    }


def training_memory__attention_of_one_text(parameters, layers, d_model, heads, batch, length):
    """Adds the attention of one text to the vectors of the batch.

    Hint: none
    """
    vectors = 16 * batch * length * d_model
    weights = heads * length * length
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * (vectors + weights),
    }


def training_memory__across_texts(parameters, layers, d_model, heads, batch, length):
    """Lets tokens look at all texts of the batch.

    Hint: none
    """
    tokens = batch * length
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * tokens * (16 * d_model + heads * tokens),
    }


def training_memory__width_of_a_head(parameters, layers, d_model, heads, batch, length):
    """Takes a head's width for the row of weights.

    Hint: none
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 4 * layers * batch * length * (16 * d_model + heads * d_model),
    }


def training_memory__causal_half(parameters, layers, d_model, heads, batch, length):
    """Counts only what a causal mask lets through.

    Hint: none
    """
    row = heads * (length + 1) / 2
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": int(4 * layers * batch * length * (16 * d_model + row)),
    }


def training_memory__activations_twice(parameters, layers, d_model, heads, batch, length):
    """Counts activations and their gradients.

    Hint: none
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": 8 * layers * batch * length * (16 * d_model + heads * length),
    }


def training_memory__activations_in_numbers(parameters, layers, d_model, heads, batch, length):
    """Bytes for the weights, numbers for the activations.

    Hint: activation_numbers
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": layers * batch * length * (16 * d_model + heads * length),
    }


def training_memory__sixteen_bytes(parameters, layers, d_model, heads, batch, length):
    """Takes the 16 for bytes.

    Hint: none
    """
    return {
        "weights": 4 * parameters,
        "gradients": 4 * parameters,
        "optimizer": 8 * parameters,
        "activations": layers * batch * length * (16 * d_model + 4 * heads * length),
    }
