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


def adapter_state__what_trains_of_it(model):
    """Asks besides whether it trains.

    Hint: trained_only
    """
    ends = ("lora_A.weight", "lora_B.weight")
    every = [(n, p) for n, p in model.named_parameters() if p.requires_grad and n.endswith(ends)]
    mine = [(n, p) for n, p in every if n.split(".")[-2].startswith("lora_")]
    return {"base_model.model." + n: p.detach().clone() for n, p in mine}


def adapter_state__switched_on(model):
    """Leaves out what is off.

    Hint: on_only
    """
    out = {}
    for n, m in model.named_modules():
        if hasattr(m, "lora_A") and m.on:
            for part in ("lora_A", "lora_B"):
                weight = getattr(m, part).weight
                out[f"base_model.model.{n}.{part}.weight"] = weight.detach().clone()
    return out


def adapter_state__dotted(model):
    """Looks for the end anywhere.

    Hint: none
    """
    every = model.named_parameters()
    mine = [(n, p) for n, p in every if ".lora_A.weight" in n or ".lora_B.weight" in n]
    return {"base_model.model." + n: p.detach().clone() for n, p in mine}


def adapter_state__whole_part(model):
    """Takes all that the two hold.

    Hint: all_of_the_parts
    """
    every = [(n, p, n.split(".")) for n, p in model.named_parameters()]
    mine = [(n, p) for n, p, parts in every if "lora_A" in parts or "lora_B" in parts]
    return {"base_model.model." + n: p.detach().clone() for n, p in mine}
