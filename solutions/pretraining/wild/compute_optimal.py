"""Wrong answers to `compute_optimal` in other words, with the hint due."""

import math


def compute_optimal__own_exponent(flops, a, alpha, b, beta):
    """Takes alpha where beta belongs.

    Hint: other_exponent
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (alpha / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__tokens_by_alpha_without_g(flops, a, alpha, b, beta):
    """Computes D by the other exponent, and forgets 1 / G.

    Hint: none
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    D = (flops / 6) ** (alpha / (alpha + beta))
    return N, D


def compute_optimal__g_in_both(flops, a, alpha, b, beta):
    """Multiplies D by G too.

    Hint: none
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    D = G * (flops / 6) ** (alpha / (alpha + beta))
    return N, D


def compute_optimal__six_forgotten(flops, a, alpha, b, beta):
    """Takes N D for the budget.

    Hint: six_forgotten
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * flops ** (beta / (alpha + beta))
    return N, flops / N


def compute_optimal__six_in_the_first_only(flops, a, alpha, b, beta):
    """Forgets the 6 when D is worked out.

    Hint: six_of_the_tokens
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / N


def compute_optimal__six_times(flops, a, alpha, b, beta):
    """Python reads flops / 6 * N from the left.

    Hint: none
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    D = flops / 6 * N
    return N, D


def compute_optimal__g_upside_down(flops, a, alpha, b, beta):
    """Turns the fraction of G round.

    Hint: turned_round
    """
    G = (beta * b / (alpha * a)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__brackets_of_g(flops, a, alpha, b, beta):
    """Divides by beta and multiplies by b.

    Hint: none
    """
    G = (alpha * a / beta * b) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__half_each(flops, a, alpha, b, beta):
    """Takes the root of the budget for both.

    Hint: none
    """
    N = math.sqrt(flops / 6)
    return N, N


def compute_optimal__twenty(flops, a, alpha, b, beta):
    """Takes 20 tokens for each parameter.

    Hint: twenty
    """
    N = math.sqrt(flops / 120)
    return N, 20 * N


def compute_optimal__swapped(flops, a, alpha, b, beta):
    """Gives tokens first.

    Hint: tokens_first
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return flops / (6 * N), N


def compute_optimal__g_without_exponents(flops, a, alpha, b, beta):
    """Leaves alpha and beta out of G.

    Hint: base_without_exponents
    """
    G = (a / b) ** (1 / (alpha + beta))
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__g_without_its_power(flops, a, alpha, b, beta):
    """Takes no root of G.

    Hint: no_root
    """
    G = alpha * a / (beta * b)
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__power_of_all(flops, a, alpha, b, beta):
    """Python takes powers first: 1 / alpha + beta.

    Hint: none
    """
    G = (alpha * a / (beta * b)) ** (1 / alpha + beta)
    N = G * (flops / 6) ** (beta / (alpha + beta))
    return N, flops / (6 * N)


def compute_optimal__equal_gaps(flops, a, alpha, b, beta):
    """Makes both gaps the same, which is not the smallest sum.

    Hint: base_without_exponents
    """
    C = flops / 6
    N = (a / b * C**beta) ** (1 / (alpha + beta))
    return N, C / N


def compute_optimal__coarse_grid(flops, a, alpha, b, beta):
    """Tries sizes on a grid, and takes the best of them.

    Hint: none
    """
    C = flops / 6
    top = math.log10(C)
    sizes = [10 ** (i * top / 200) for i in range(201)]
    N = min(sizes, key=lambda n: a / n**alpha + b / (C / n) ** beta)
    return N, C / N


def compute_optimal__whole(flops, a, alpha, b, beta):
    """Rounds to whole numbers.

    Hint: none
    """
    G = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    N = round(G * (flops / 6) ** (beta / (alpha + beta)))
    return float(N), float(round(flops / 6 / N))
