"""Sections 9.5 and 9.6: known wrong answers, each with its hint below it."""

from gradelib.author.edits import Edit

count_parameters__tied_twice = Edit('(1 if config["tie_word_embeddings"] else 2)', "2")
"""Where the LM head *is* the embedding, its weights are there once."""

count_parameters__head_forgotten = Edit('(1 if config["tie_word_embeddings"] else 2)', "1")
"""A head that is not tied has weights of its own: as many as the embedding."""

count_parameters__tied_turned_round = Edit("1 if config", "2 if config", "else 2", "else 1")
"""You count the embedding twice where it is tied, and once where it is not."""

count_parameters__all_keys = Edit('2 * d * config["num_key_value_heads"] * head', "2 * d * d")
"""Keys and values have fewer heads than queries here, so their matrices are narrower."""

count_parameters__keys_or_values = Edit(
    '2 * d * config["num_key_value_heads"] * head', 'd * config["num_key_value_heads"] * head'
)
"""Keys have a matrix, and values have one."""

count_parameters__no_output = Edit("2 * d * d +", "d * d +")
"""You count one square matrix of the attention. Queries have one, and so has the output."""

count_parameters__two_matrices = Edit("3 * d", "2 * d")
"""The MLP has three matrices: it is gated."""

count_parameters__one_norm = Edit("+ 2 * d\n", "+ d\n")
"""A layer has two norms."""

count_parameters__no_last_norm = Edit("* layer + d", "* layer")
"""After the last layer stands one more norm."""

count_parameters__no_norms = Edit("+ 2 * d\n", "\n", "* layer + d", "* layer")
"""Norms have weights too: two in each layer, and one at the end."""

count_parameters__biases = Edit("+ 2 * d\n", "+ 2 * d + 4 * d\n")
"""You count biases. No layer has one here."""

count_parameters__norms_with_bias = Edit("+ 2 * d\n", "+ 4 * d\n", "* layer + d", "* layer + 2 * d")
"""You give the norms a bias. They have d numbers, and no more."""

count_parameters__one_layer = Edit('config["num_hidden_layers"] * layer', "layer")
"""You count one layer. How many are there?"""

count_parameters__no_embedding = Edit("return embeddings + ", "return ")
"""You leave out embedding and LM head."""

count_parameters__heads_of_one = Edit(
    '2 * d * config["num_key_value_heads"] * head', '2 * d * config["num_key_value_heads"]'
)
"""How wide are the keys of all heads together? You have taken each head for one number."""

training_cost__forward_only = Edit("6.0 *", "2.0 *")
"""You count the way forward alone. The way back costs twice as much again."""

training_cost__no_backward_of_weights = Edit("6.0 *", "4.0 *")
"""You count 4 operations for each weight and token. There are 2 forward and 4 backward."""

training_cost__peak = Edit("devices * peak * utilization", "devices * peak")
"""No device does all that it could. Which share of it does it do?"""

training_cost__utilization_on_top = Edit(
    "/ (devices * peak * utilization)", "* utilization / (devices * peak)"
)
"""If a device does *less* than it could, the run takes longer. Yours takes less time."""

training_cost__one_device = Edit("devices * peak * utilization", "peak * utilization")
"""Your run does not become shorter with more devices. All of them work at the same time."""

training_cost__price_of_one = Edit("hours * devices * price", "hours * price")
"""You pay for one device. All of them are paid for, hour by hour."""

training_cost__price_a_day = Edit("hours * devices * price", "hours / 24 * devices * price")
"""You pay by the day. The price is that of an hour."""

training_cost__minutes = Edit("/ 3600", "/ 60")
"""An hour has 3600 seconds."""

training_cost__hours = Edit("hours / 24", "hours")
"""You give hours. Days are asked for."""

training_cost__device_days = Edit("hours / 24", "hours * devices / 24")
"""You add up the days of all devices. They work at the same time: how long does the run last?"""

training_memory__one_moment = Edit("8 * parameters", "4 * parameters")
"""AdamW keeps two numbers for each weight: a mean of gradients, and one of their squares."""

training_memory__no_optimizer = Edit("8 * parameters", "0 * parameters")
"""The optimizer keeps something too: two numbers for each weight."""

training_memory__optimizer_with_weights = Edit("8 * parameters", "12 * parameters")
"""In float32 the optimizer needs no copy of the weights. It keeps two numbers for each of them."""

training_memory__numbers = Edit(
    '"weights": 4 * parameters',
    '"weights": parameters',
    '"gradients": 4 * parameters',
    '"gradients": parameters',
    '"optimizer": 8 * parameters',
    '"optimizer": 2 * parameters',
    "4 * numbers",
    "numbers",
)
"""You count numbers. Each has 4 bytes."""

training_memory__half = Edit(
    '"weights": 4 * parameters',
    '"weights": 2 * parameters',
    '"gradients": 4 * parameters',
    '"gradients": 2 * parameters',
)
"""Two bytes a number is what bfloat16 has. In float32 it is four."""

training_memory__no_attention = Edit("(16 * d_model + heads * length)", "16 * d_model")
"""Attention keeps its weights too: in each head a row for each token."""

training_memory__one_head = Edit("heads * length)", "length)")
"""Each head keeps a row of attention weights of its own."""

training_memory__one_text = Edit("layers * batch * length *", "layers * length *")
"""You count one text. How many are in the batch?"""

training_memory__one_token = Edit("layers * batch * length *", "layers * batch *")
"""You count one token of each text."""

training_memory__one_layer = Edit("layers * batch * length *", "batch * length *")
"""You count one layer. Each keeps what it needs for the way back."""

training_memory__one_vector = Edit("16 * d_model", "d_model")
"""A layer keeps more than its input: 16 vectors for each token."""

training_memory__activation_numbers = Edit("4 * numbers", "numbers")
"""Your activations are numbers. Each has 4 bytes."""

training_memory__half__of_all = Edit(
    '"weights": 4 * parameters',
    '"weights": 2 * parameters',
    '"gradients": 4 * parameters',
    '"gradients": 2 * parameters',
    "8 * parameters",
    "4 * parameters",
    "4 * numbers",
    "2 * numbers",
)

count_parameters__biases__of_each_matrix = Edit(
    "layer = attention + 3 * d * config",
    'keys = config["num_key_value_heads"] * head\n'
    '    biases = 3 * d + 2 * keys + 2 * config["intermediate_size"]\n'
    "    layer = attention + biases + 3 * d * config",
)
