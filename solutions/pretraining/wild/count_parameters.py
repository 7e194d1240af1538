"""Wrong answers to `count_parameters` in other words, with the hint due."""


def count_parameters__all_heads_alike(config):
    """Keys and values as wide as queries.

    Hint: all_keys
    """
    d, v = config["hidden_size"], config["vocab_size"]
    layer = 4 * d**2 + 3 * d * config["intermediate_size"] + 2 * d
    total = v * d + config["num_hidden_layers"] * layer + d
    if not config["tie_word_embeddings"]:
        total += v * d
    return total


def count_parameters__two_matrices(config):
    """An MLP of two matrices, as in GPT-2.

    Hint: two_matrices
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + d * f + f * d + 2 * d
    total = v * d + config["num_hidden_layers"] * layer + d
    return total if config["tie_word_embeddings"] else total + v * d


def count_parameters__always_a_head(config):
    """Always counts the head.

    Hint: tied_twice
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d
    return 2 * v * d + config["num_hidden_layers"] * layer + d


def count_parameters__never_a_head(config):
    """Never counts the head.

    Hint: head_forgotten
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    total = v * d
    for _ in range(config["num_hidden_layers"]):
        total += d * d + d * kv + d * kv + d * d
        total += 3 * d * f
        total += 2 * d
    return total + d


def count_parameters__the_other_way(config):
    """Counts the head where it is tied.

    Hint: tied_turned_round
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d
    total = v * d + config["num_hidden_layers"] * layer + d
    if config["tie_word_embeddings"]:
        total += v * d
    return total


def count_parameters__no_last_norm(config):
    """Forgets the norm behind the layers.

    Hint: no_last_norm
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer


def count_parameters__one_norm(config):
    """One norm in a layer.

    Hint: one_norm
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__no_norms(config):
    """No norms at all: they are small.

    Hint: no_norms
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer


def count_parameters__layer_norm(config):
    """Norms with a weight and a bias.

    Hint: norms_with_bias
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    norm = 2 * d
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * norm
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + norm


def count_parameters__biases(config):
    """Adds the biases of nn.Linear.

    Hint: biases
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]

    def linear(inputs, outputs):
        return inputs * outputs + outputs

    layer = 2 * linear(d, d) + 2 * linear(d, kv) + 2 * linear(d, f) + linear(f, d) + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__one_head_wide(config):
    """Keys and values of one head.

    Hint: none
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    head = d // config["num_attention_heads"]
    layer = 2 * d * d + 2 * d * head + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__head_by_key_heads(config):
    """Takes d by the number of key heads for the width of a head.

    Hint: none
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    head = d // config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * config["num_attention_heads"] * head + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__each_head(config):
    """Multiplies the attention by its heads.

    Hint: none
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    h, kv = config["num_attention_heads"], config["num_key_value_heads"]
    layer = 2 * d * d * h + 2 * d * d * kv + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__norm_in_each_layer(config):
    """Counts the last norm in each layer.

    Hint: none
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * (
        2 * d * d + 2 * d * kv + 3 * d * f + 2 * d + d
    )


def count_parameters__one_layer(config):
    """Forgets to multiply by the layers.

    Hint: one_layer
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d + d


def count_parameters__no_output(config):
    """Queries, keys and values, and no output matrix.

    Hint: no_output
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d // config["num_attention_heads"] * config["num_key_value_heads"]
    layer = d * d + 2 * d * kv + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d


def count_parameters__true_division(config):
    """Divides to a float.

    Hint: none
    """
    d, v, f = config["hidden_size"], config["vocab_size"], config["intermediate_size"]
    kv = d / config["num_attention_heads"] * config["num_key_value_heads"]
    layer = 2 * d * d + 2 * d * kv + 3 * d * f + 2 * d
    embedding = v * d if config["tie_word_embeddings"] else 2 * v * d
    return embedding + config["num_hidden_layers"] * layer + d
