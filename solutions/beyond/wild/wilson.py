"""Wrong answers to `wilson` in other words, with the hint due."""

import math


def wilson__wald(wins, count, z=1.96):
    """Writes the interval of the textbook, Wald's.

    Hint: normal
    """
    p = wins / count
    half = z * math.sqrt(p * (1 - p) / count)
    return p - half, p + half


def wilson__not_divided(wins, count, z=1.96):
    """Leaves out the division by 1 + z²/n.

    Hint: not_divided
    """
    p, n = wins / count, count
    root = math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p + z * z / (2 * n) - z * root, p + z * z / (2 * n) + z * root


def wilson__precedence(wins, count, z=1.96):
    """Reads z²/2n as (z²/2) · n, as Python does.

    Hint: none
    """
    p, n = wins / count, count
    mid = p + z**2 / 2 * n
    root = z * math.sqrt(p * (1 - p) / n + z**2 / 4 * n**2)
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__only_half_divided(wins, count, z=1.96):
    """Forgets the brackets: only the root is divided.

    Hint: none
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return mid - root / (1 + z**2 / n), mid + root / (1 + z**2 / n)


def wilson__n_not_squared(wins, count, z=1.96):
    """Has 4n under the root.

    Hint: none
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__z_is_1_96(wins, count, z=1.96):
    """Writes the number in, and never looks at z.

    Hint: always_95
    """
    p, n = wins / count, count
    mid = p + 1.96**2 / (2 * n)
    root = 1.96 * math.sqrt(p * (1 - p) / n + 1.96**2 / (4 * n**2))
    return (mid - root) / (1 + 1.96**2 / n), (mid + root) / (1 + 1.96**2 / n)


def wilson__centre_is_p(wins, count, z=1.96):
    """Keeps p in the middle.

    Hint: none
    """
    p, n = wins / count, count
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return max(0.0, p - root), min(1.0, p + root)


def wilson__no_root(wins, count, z=1.96):
    """Forgets the root.

    Hint: no_root
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    half = z * (p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid - half) / (1 + z**2 / n), (mid + half) / (1 + z**2 / n)


def wilson__whole_wins(wins, count, z=1.96):
    """Rounds wins down to a whole number.

    Hint: whole_wins
    """
    p, n = int(wins) / count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__floor_division(wins, count, z=1.96):
    """Divides by `//`.

    Hint: none
    """
    p, n = wins // count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__upper_first(wins, count, z=1.96):
    """Returns the upper end first.

    Hint: swapped
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid + root) / (1 + z**2 / n), (mid - root) / (1 + z**2 / n)


def wilson__wald_at_the_ends(wins, count, z=1.96):
    """Says that nothing is unsure where all or none are won.

    Hint: none
    """
    p, n = wins / count, count
    if p in (0, 1):
        return float(p), float(p)
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__rounded(wins, count, z=1.96):
    """Rounds to three digits, as the example does.

    Hint: any.rounded
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return round((mid - root) / (1 + z**2 / n), 3), round((mid + root) / (1 + z**2 / n), 3)


def wilson__agresti_coull(wins, count, z=1.96):
    """Adds two wins and two losses, and takes the textbook's interval.

    Hint: none
    """
    n = count + z**2
    p = (wins + z**2 / 2) / n
    half = z * math.sqrt(p * (1 - p) / n)
    return max(0.0, p - half), min(1.0, p + half)


def wilson__z_inside_only(wins, count, z=1.96):
    """Forgets the z before the root.

    Hint: root_not_times_z
    """
    p, n = wins / count, count
    mid = p + z**2 / (2 * n)
    root = math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)


def wilson__counts(wins, count, z=1.96):
    """Puts the number of wins where the share should be.

    Hint: none
    """
    p, n = wins, count
    mid = p + z**2 / (2 * n)
    root = z * math.sqrt(abs(p * (1 - p)) / n + z**2 / (4 * n**2))
    return (mid - root) / (1 + z**2 / n), (mid + root) / (1 + z**2 / n)
