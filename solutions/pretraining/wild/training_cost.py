"""Wrong answers to `training_cost` in other words, with the hint due."""


def training_cost__forward_only(parameters, tokens, devices, peak, utilization, price):
    """Counts the forward pass alone.

    Hint: forward_only
    """
    flops = 2.0 * parameters * tokens
    seconds = flops / (peak * utilization * devices)
    return {
        "flops": flops,
        "days": seconds / 86400,
        "dollars": seconds / 3600 * devices * price,
    }


def training_cost__one_device_is_paid(parameters, tokens, devices, peak, utilization, price):
    """Pays for one device.

    Hint: price_of_one
    """
    flops = 6.0 * parameters * tokens
    seconds = flops / (peak * utilization * devices)
    return {"flops": flops, "days": seconds / 86400, "dollars": seconds / 3600 * price}


def training_cost__one_device_works(parameters, tokens, devices, peak, utilization, price):
    """Lets one device do it all.

    Hint: one_device
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * utilization) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * price * devices}


def training_cost__as_if_one(parameters, tokens, devices, peak, utilization, price):
    """Leaves the number of devices out: the dollars are right, the days are not.

    Hint: device_days
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * utilization) / 60 / 60
    return {"flops": flops, "days": hours / 24, "dollars": hours * price}


def training_cost__at_its_peak(parameters, tokens, devices, peak, utilization, price):
    """Forgets the utilization.

    Hint: peak
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * price * devices}


def training_cost__faster_when_idle(parameters, tokens, devices, peak, utilization, price):
    """Multiplies the time by the utilization.

    Hint: utilization_on_top
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices) * utilization / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * price * devices}


def training_cost__useful_flops(parameters, tokens, devices, peak, utilization, price):
    """Counts the operations that a device could have done, too.

    Hint: none
    """
    flops = 6.0 * parameters * tokens / utilization
    hours = flops / (peak * devices) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * price * devices}


def training_cost__price_a_day(parameters, tokens, devices, peak, utilization, price):
    """Takes the price for that of a day.

    Hint: price_a_day
    """
    flops = 6.0 * parameters * tokens
    days = flops / (peak * devices * utilization) / (24 * 3600)
    return {"flops": flops, "days": days, "dollars": days * devices * price}


def training_cost__hours_for_days(parameters, tokens, devices, peak, utilization, price):
    """Gives hours as days.

    Hint: hours
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 3600
    return {"flops": flops, "days": hours, "dollars": hours * devices * price}


def training_cost__seconds(parameters, tokens, devices, peak, utilization, price):
    """Gives seconds as days, and pays by the second.

    Hint: none
    """
    flops = 6.0 * parameters * tokens
    seconds = flops / (peak * devices * utilization)
    return {"flops": flops, "days": seconds, "dollars": seconds * devices * price}


def training_cost__minutes(parameters, tokens, devices, peak, utilization, price):
    """Takes 60 seconds for an hour.

    Hint: minutes
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 60
    return {"flops": flops, "days": hours / 24, "dollars": hours * devices * price}


def training_cost__whole_days(parameters, tokens, devices, peak, utilization, price):
    """Rounds the days up, and pays for all of them.

    Hint: none
    """
    import math

    flops = 6.0 * parameters * tokens
    days = math.ceil(flops / (peak * devices * utilization) / 86400)
    return {"flops": flops, "days": float(days), "dollars": days * 24 * devices * price}


def training_cost__tuple(parameters, tokens, devices, peak, utilization, price):
    """Returns a tuple.

    Hint: none
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 3600
    return flops, hours / 24, hours * devices * price


def training_cost__eight(parameters, tokens, devices, peak, utilization, price):
    """Computes the forward pass twice, as with checkpointing.

    Hint: none
    """
    flops = 8.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * devices * price}


def training_cost__backward_only(parameters, tokens, devices, peak, utilization, price):
    """Counts the backward pass alone.

    Hint: no_backward_of_weights
    """
    flops = 4.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * devices * price}


def training_cost__devices_in_a_row(parameters, tokens, devices, peak, utilization, price):
    """Multiplies the time by the devices.

    Hint: none
    """
    flops = 6.0 * parameters * tokens
    hours = flops * devices / (peak * utilization) / 3600
    return {"flops": flops, "days": hours / 24, "dollars": hours * price}


def training_cost__two_digits(parameters, tokens, devices, peak, utilization, price):
    """Rounds what it shows.

    Hint: none
    """
    flops = 6.0 * parameters * tokens
    hours = flops / (peak * devices * utilization) / 3600
    return {
        "flops": flops,
        "days": round(hours / 24, 2),
        "dollars": round(hours * devices * price, 2),
    }
