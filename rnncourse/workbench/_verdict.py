"""One sentence: who is better, by how much, and if nobody, what then?"""

import numpy as np

ENOUGH = 4  #: Looks that are needed before a curve is drawn onward.


def verdict(curve, yardsticks):
    """Say in a sentence how the network stands to the best table.

    Where it is behind, the line through the later half of its curve, bits
    against the logarithm of the updates, is drawn onward.

    Parameters
    ----------
    curve : list of dicts with ``updates`` and ``bits``
    yardsticks : list of dicts with ``name`` and ``bits``

    Returns
    -------
    str

    >>> verdict([{"updates": 50, "bits": 1.5}],
    ...         [{"name": "table of 2 characters in a row", "bits": 2.0}])
    ... # doctest: +NORMALIZE_WHITESPACE
    'After 50 updates the network needs 1.50 bits per character, 0.50 fewer
    than the best table.'
    """
    table = next(y["bits"] for y in yardsticks if "in a row" in y["name"])
    if not curve:
        return "Nothing has been learned yet."
    now = curve[-1]
    said = (
        f"After {now['updates']:,} updates the network needs "
        f"{now['bits']:.2f} bits per character, {abs(now['bits'] - table):.2f}"
    )
    if now["bits"] < table:
        return f"{said} fewer than the best table."
    said += " more than the best table."
    later = [p for p in curve if p["updates"] >= max(now["updates"] / 2, 1)]
    if len(later) < ENOUGH:
        return f"{said} It is too early to say where the curve leads."
    x = np.log([p["updates"] for p in later])
    slope, level = np.polyfit(x, [p["bits"] for p in later], 1)
    lowest = min(p["bits"] for p in curve)
    if slope > -0.02 or lowest < now["bits"] - 0.05:
        return (
            f"{said} The curve no longer falls: more training does not help. "
            "More text would, or fewer units if the loss in training is "
            "much lower."
        )
    needed = np.exp(min((table - level) / slope, 50.0))
    if needed > 1000 * now["updates"]:
        return f"{said} At this pace it never gets there: take more units."
    digits = max(int(np.log10(max(needed, 10))) - 1, 0)
    needed = round(needed / 10**digits) * 10**digits
    return (
        f"{said} If the curve goes on as it does, it gets there after about "
        f"{needed:,} updates."
    )


def grade(error, name, rival):
    """Say in a sentence how a forecast stands to the best rival.

    Parameters
    ----------
    error, rival : floats, the mean absolute errors of the two on the test
    name : str, what the rival is called

    Returns
    -------
    str

    >>> grade(1.5, "as it is", 2.0)  # doctest: +NORMALIZE_WHITESPACE
    'On the test the network errs 1.5, 25% less than the best rival (as it
    is, 2).'
    """
    gain = 1 - error / rival if rival else 0.0
    than = "no less and no more than"
    if abs(gain) > 0.01:
        than = f"{abs(gain):.0%} {'less' if gain > 0 else 'more'} than"
    return (
        f"On the test the network errs {error:.4g}, {than} the best rival "
        f"({name}, {rival:.4g})."
    )


def race(names, learned, updates):
    """Say in a sentence which network has learned a problem, and when.

    Parameters
    ----------
    names : list of what the one or two networks are called
    learned : list of ints, the updates after which each had, or None
    updates : int, the updates that each has made

    Returns
    -------
    str

    >>> race(["tanh, 8 units", "LSTM, 8 units"], [None, 350], 1000)
    ... # doctest: +NORMALIZE_WHITESPACE
    'Learned at update 350: LSTM, 8 units. Not by update 1,000: tanh, 8
    units. This is one seed, and one rate for each: try others.'
    """
    if not updates:
        return "Nothing has been learned yet."
    both = list(zip(names, learned, strict=True))
    done = sorted((when, name) for name, when in both if when is not None)
    said = [f"Learned at update {when:,}: {name}." for when, name in done]
    said += [
        f"Not by update {updates:,}: {name}."
        for name, when in both
        if when is None
    ]
    rates = ", and one rate for each" if len(both) > 1 else ""
    return f"{' '.join(said)} This is one seed{rates}: try others."
