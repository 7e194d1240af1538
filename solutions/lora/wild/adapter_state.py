"""Wrong answers to `adapter_state` in other words, with the hint due."""


def adapter_state__whole(model):
    """The state of the model.

    Hint: everything
    """
    return {"base_model.model." + k: v.detach().clone() for k, v in model.named_parameters()}


def adapter_state__contains(model):
    """Looks for lora_ anywhere.

    Hint: a_word_in_the_name
    """
    out = {}
    for k, v in model.named_parameters():
        if "lora_" in k:
            out["base_model.model." + k] = v.detach().clone()
    return out


def adapter_state__bare_names(model):
    """The model's own names.

    Hint: no_beginning
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith("lora_A.weight") or k.endswith("lora_B.weight"):
            if "flora" not in k:
                out[k] = v.detach().clone()
    return out


def adapter_state__shared_memory(model):
    """Detached, not copied.

    Hint: the_weights_themselves
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith(".lora_A.weight") or k.endswith(".lora_B.weight"):
            out["base_model.model." + k] = v.data
    return out


def adapter_state__half(model):
    """A without B.

    Hint: without_b
    """
    return {
        "base_model.model." + k: v.detach().clone()
        for k, v in model.named_parameters()
        if k.endswith(".lora_A.weight")
    }


def adapter_state__on_the_graph(model):
    """Copies with their history.

    Hint: with_gradients
    """
    out = {}
    for k, v in model.named_parameters():
        if k.endswith((".lora_A.weight", ".lora_B.weight")):
            out["base_model.model." + k] = v + 0
    return out
