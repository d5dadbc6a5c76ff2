"""Exercises on intents and on language models, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "Warmer, colder",
    "logits (B, V), tau () -> p (B, V)",
    "At tau = 1 this is the softmax you know. No tau changes which character "
    "is the likeliest.",
)
def at_temperature(logits, tau):
    r"""
    The next character is to be drawn at temperature `tau`. Return the
    probabilities of the `V` characters, for each of the `B` rows:

    $$p = \mathrm{softmax}(\text{logits} / \tau)$$
    """
    scores = logits / tau
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


at_temperature.hint("Divide the logits first, then take the softmax.")
at_temperature.hint(
    "`np.exp`, divided by its sum over `axis=1`; `keepdims=True` lets the "
    "division line up. If you take the largest score off first, nothing "
    "overflows, and nothing changes."
)


@at_temperature.inputs
def _(rng):
    for B, tau in (3, 0.5), (1, 2.0), (5, 1.0):
        logits = 2 * rng.normal(size=(B, 7))
        yield {"logits": logits, "tau": np.array(tau)}
    cold = np.array([[60.0, 50.0, -10.0], [-25.0, -21.0, -20.0]])
    yield {"logits": cold, "tau": np.array(0.05)}


@at_temperature.mistake(
    "With you the scores are multiplied by tau, as a power `p ** tau` does, "
    "too. A high temperature is to even the probabilities out, so the scores "
    "get smaller: divide."
)
def multiplied(logits, tau):
    return at_temperature(logits, 1 / tau)


@at_temperature.mistake(
    "You divide by one sum for the whole batch. Each row has a softmax of "
    "its own: the sum runs over the characters of a row alone."
)
def one_softmax_for_all(logits, tau):
    e = np.exp((logits - logits.max()) / tau)
    return e / e.sum()


@at_temperature.mistake(
    "You take the softmax first and divide the probabilities by tau. Then "
    "they add up to 1 / tau, and their ratios are as before."
)
def probabilities_divided(logits, tau):
    return at_temperature(logits, 1.0) / tau


@at_temperature.mistake(
    "You raise the probabilities to the power 1 / tau, which is right, but "
    "then they no longer add up to 1."
)
def power_alone(logits, tau):
    return at_temperature(logits, 1.0) ** (1 / tau)


@at_temperature.mistake(
    "Your sum runs down the batch. Each row is a distribution of its own: "
    "axis 1."
)
def over_the_batch(logits, tau):
    scores = logits / tau
    e = np.exp(scores - scores.max(axis=0))
    return e / e.sum(axis=0)


@at_temperature.mistake(
    "This is the softmax at temperature 1: you left tau out, or it divides "
    "after the exponential, and the sum takes it away again."
)
def no_temperature(logits, tau):
    return at_temperature(logits, 1.0)


@at_temperature.mistake(
    "Cold scores are large: with a tau of 0.05 a score of 60 becomes 1200, "
    "and its exponential is too large for a float. Take the largest score "
    "of the row off first."
)
def overflows(logits, tau):
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(logits / tau)
        return e / e.sum(axis=1, keepdims=True)


@at_temperature.mistake(
    "You take the largest score of the whole batch off. A row that lies far "
    "below has only zeros then, and 0 / 0 is NaN: take each row's own."
)
def largest_of_all(logits, tau):
    with np.errstate(invalid="ignore"):
        e = np.exp((logits - logits.max()) / tau)
        return e / e.sum(axis=1, keepdims=True)


@at_temperature.mistake(
    "You take the softmax twice, the second time of probabilities. tau "
    "divides the logits."
)
def softmax_twice(logits, tau):
    return at_temperature(at_temperature(logits, 1.0), tau)


@at_temperature.explain
def _(yours, right, logits, tau):
    if why := not_1(yours):
        return why
    with np.errstate(divide="ignore", invalid="ignore"):
        log_p = np.log(yours)
        warm = np.diff(logits) / np.diff(log_p)
    if np.isfinite(warm).all() and np.ptp(warm) < 1e-6 * np.abs(warm).max():
        return (
            f"Yours is the softmax at temperature {warm.mean():.3g}, and tau "
            f"is {tau:.3g}."
        )
    return ""


def not_1(p):
    """Say which row of probabilities cannot be one, or ""."""
    if p.min() < 0:
        return (
            f"A probability lies between 0 and 1, and yours has {p.min():.3g}."
        )
    b = int(np.abs(p.sum(axis=1) - 1).argmax())
    if abs(p[b].sum() - 1) > 5e-3:  # less is a number that was rounded
        return (
            f"The probabilities of a row add up to 1. Your row b = {b} adds "
            f"up to {p[b].sum():.3g}."
        )
    return ""


@exercise(
    "The gradient of a table",
    "ids (T, B), dxs (T, B, D), E (V, D) -> dE (V, D)",
    "Compare with the one-hot way: `one_hot.T @ dxs`. It is the same sum, "
    "with very many zeros in it.",
)
def table_gradient(ids, dxs, E):
    r"""
    Each word took its row of the table, `xs = E[ids]`. The walk back has
    brought the gradient `dxs` of every one of these inputs. Return `dE`,
    the gradient of the table, of the shape of `E`. A word that occurs three
    times has three gradients; one that does not occur has none.
    """
    dE = np.zeros_like(E)
    np.add.at(dE, ids, dxs)
    return dE


table_gradient.hint("Row `v` of `dE` is the sum of `dxs` where `ids == v`.")
table_gradient.hint(
    "A loop over `t` and `b` does it: `dE[ids[t, b]] += dxs[t, b]`."
)
table_gradient.hint("NumPy has a name for that loop: `np.add.at`.")


@table_gradient.inputs
def _(rng):
    for T, B, V in (5, 3, 7), (1, 3, 4), (5, 1, 2):
        yield {
            "ids": rng.integers(V, size=(T, B)),
            "dxs": rng.normal(size=(T, B, 2)),
            "E": rng.normal(size=(V, 2)),
        }
    yield {  # the last words of the table do not occur
        "ids": rng.integers(3, size=(4, 2)),
        "dxs": rng.normal(size=(4, 2, 3)),
        "E": rng.normal(size=(6, 3)),
    }


@table_gradient.mistake(
    "You write to each row once: dE[ids] = … and dE[ids] += … both do, so of "
    "a word that occurs twice only the last gradient is left."
)
def overwritten(ids, dxs, E):
    dE = np.zeros_like(E)
    dE[ids] = dxs
    return dE


@table_gradient.mistake(
    "Two sequences may have the same word at the same step. dE[ids[t]] += … "
    "adds the gradient of only one of them."
)
def lost_within_a_step(ids, dxs, E):
    dE = np.zeros_like(E)
    for row, dx in zip(ids, dxs, strict=True):
        dE[row] += dx
    return dE


@table_gradient.mistake(
    "Your dE ends with the last word that occurs. It has a row for every "
    "word of the table, of the shape of E."
)
def as_many_as_occur(ids, dxs, E):
    dE = np.zeros((ids.max() + 1, E.shape[1]))
    np.add.at(dE, ids, dxs)
    return dE


@table_gradient.mistake(
    "You average over a word's occurrences. Shares of a gradient add up."
)
def averaged(ids, dxs, E):
    times = np.bincount(ids.ravel(), minlength=len(E))
    return table_gradient(ids, dxs, E) / np.maximum(times, 1)[:, None]


@table_gradient.mistake(
    "You have multiplied by the rows themselves. Picking a row is a "
    "product with 1, so its gradient is what comes back, as it is."
)
def times_the_rows(ids, dxs, E):
    return table_gradient(ids, dxs * E[ids], E)


@table_gradient.mistake(
    "You start from E and add to it. Only the gradient is asked for, so start "
    "from zeros."
)
def from_the_table(ids, dxs, E):
    return E + table_gradient(ids, dxs, E)


@table_gradient.mistake(
    "You pick rows of E; that is the way forward. On the way back the "
    "gradients are put *into* rows."
)
def forwards(ids, dxs, E):
    dE = np.zeros_like(E)
    np.add.at(dE, ids, E[ids])
    return dE


@table_gradient.mistake(
    "One sequence may have the same word at two steps. dE[ids[:, b]] += … "
    "adds the gradient of only one of them."
)
def lost_within_a_sequence(ids, dxs, E):
    return lost_within_a_step(ids.T, dxs.swapaxes(0, 1), E)


@table_gradient.mistake(
    "Only the last step reaches your table. The words of all steps have "
    "gradients."
)
def last_step_alone(ids, dxs, E):
    return table_gradient(ids[-1:], dxs[-1:], E)


@table_gradient.mistake(
    "You walk through `ids` sequence by sequence and through `dxs` step by "
    "step, so a word gets the gradient of another one."
)
def two_orders(ids, dxs, E):
    return table_gradient(ids.T.reshape(ids.shape), dxs, E)


@table_gradient.explain
def _(yours, right, ids, dxs, E):
    wrong = ~agree(yours, right).all(axis=1)
    times = np.bincount(ids.ravel(), minlength=len(E))
    if (wrong & (times == 0)).any():
        v = int((wrong & (times == 0)).argmax())
        return f"Word {v} does not occur; its row should be zero."
    v = int(wrong.argmax())
    if wrong.sum() == 1:
        often = "once" if times[v] == 1 else f"{times[v]} times"
        return f"Row {v} alone is wrong, that of a word which occurs {often}."
    if (times[wrong] > 1).all() and (times == 1).any():
        return (
            "Your rows of words that occur once are right. Word "
            f"{v} occurs {times[v]} times, and its row is wrong."
        )
    v = int(np.where(wrong & (times > 0), times, ids.size + 1).argmin())
    places = ", ".join(f"ids[{t}, {b}]" for t, b in np.argwhere(ids == v))
    told = (
        f"Word {v} stands at {places}. Its row should be "
        f"{right[v].round(3).tolist()}; yours is {yours[v].round(3).tolist()}."
    )
    ratio = yours[v][0] / right[v][0] if right[v][0] else 0.0
    if ratio and agree(yours[v], ratio * right[v]).all():
        told += f" That is {ratio:.3g} times as much."
    return told


@exercise(
    "Cut the tail",
    "logits (B, V), keep -> p (B, V)",
    "With keep = 1 nothing is left to chance, with keep = V nothing is cut.",
)
def top_k(logits, keep):
    r"""
    Top-k: only the `keep` likeliest characters of each row may be drawn.
    Return their probabilities, in the ratios the softmax gave them and so
    that each row adds up to 1, and 0.0 for all others. Where there are
    fewer than `keep` characters, all may be drawn. (No two logits are
    equal, and all are small enough for `np.exp`.)
    """
    best_first = (-logits).argsort(axis=1)
    place = best_first.argsort(axis=1)  # 0 for the largest logit
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    e = np.where(place < keep, e, 0.0)
    return e / e.sum(axis=1, keepdims=True)


top_k.hint(
    "Which characters stay? Sort each row; `np.argsort` sorts upwards, so "
    "sort `-logits`. A loop over the rows is fine."
)
top_k.hint(
    "Set the exponentials of the others to 0 *before* you divide by the "
    "sum: then the sum is that of the kept ones."
)


@top_k.inputs
def _(rng):
    for B, V, keep in (3, 7, 2), (1, 5, 1), (5, 3, 3), (2, 3, 8):
        yield {"logits": 2 * rng.normal(size=(B, V)), "keep": keep}


@top_k.mistake(
    "The kept ones do not add up to 1: you took the softmax over all "
    "characters and then cut."
)
def not_renormalised(logits, keep):
    whole = top_k(logits, logits.shape[1])
    return np.where(top_k(logits, keep) > 0, whole, 0.0)


@top_k.mistake(
    "You divide by one sum for the whole batch. The kept characters of each "
    "row are to add up to 1 by themselves."
)
def one_sum_for_all(logits, keep):
    kept = top_k(logits, keep) > 0
    e = np.where(kept, np.exp(logits), 0.0)
    return e / e.sum()


@top_k.mistake(
    "You cut all rows at one threshold, that of the whole batch, so a row may "
    "keep nothing and divide 0 by 0. Each row has its own."
)
def one_threshold(logits, keep):
    ranked = np.sort(logits, axis=None)[::-1]
    e = np.where(logits >= ranked[:keep].min(), np.exp(logits), 0.0)
    return e / e.sum(axis=1, keepdims=True)


@top_k.mistake(
    "You set the *logits* of the others to 0. The exponential of 0 is 1, so "
    "they are still in the draw. Set their exponentials to 0, or their "
    "logits to minus infinity."
)
def zero_logits(logits, keep):
    kept = np.where(top_k(logits, keep) > 0, logits, 0.0)
    return top_k(kept, logits.shape[1])


@top_k.mistake(
    "You keep the least likely ones: argsort and sort go upwards, so the "
    "largest stand last."
)
def the_smallest(logits, keep):
    upside_down = top_k(-logits, keep)
    e = np.where(upside_down > 0, np.exp(logits - logits.max()), 0.0)
    return e / e.sum(axis=1, keepdims=True)


@top_k.mistake(
    "You give the kept ones equal chances. Among themselves they keep the "
    "ratios of the softmax."
)
def equal_chances(logits, keep):
    kept = top_k(logits, keep) > 0
    return kept / kept.sum(axis=1, keepdims=True)


@top_k.mistake("You keep the likeliest one alone, whatever `keep` is.")
def greedy(logits, keep):
    return top_k(logits, 1)


@top_k.explain
def _(yours, right, logits, keep):
    for b, (mine, true) in enumerate(zip(yours, right, strict=True)):
        kept, wanted = np.flatnonzero(mine), np.flatnonzero(true)
        if len(kept) != len(wanted):
            return (
                f"keep is {keep}. In row b = {b} the number of your "
                f"characters above 0 is {len(kept)}, not {len(wanted)}."
            )
        if (kept != wanted).any():
            return (
                f"In row b = {b} you keep the characters {kept.tolist()}; the "
                f"likeliest are {wanted.tolist()}, counted from 0."
            )
    return not_1(yours) or (
        "You keep the right characters, and each row adds up to 1. Their "
        "ratios are not those of the softmax."
    )


@exercise(
    "Back off",
    "counts (V), below (V) -> p (V)",
    "Apply it to its own result, from short rows to long ones, and you have "
    "a model that few networks of this size can beat.",
)
def backed_off(counts, below):
    r"""
    A table has seen what followed a row of characters: character `x` came
    `counts[x]` times. `below` is what the table for the shorter row
    believes. Return what this one believes, with $D = 0.75$: of each count
    above 0 take $D$, and hand out all that was taken as `below` would,

    $$p_x = \frac{\max(\text{counts}_x - D,\, 0) + D\,k\;\text{below}_x}
      {\sum_v \text{counts}_v}$$

    where $k$ is how many characters have a count above 0. If the row was
    never seen, return `below`, as it is.
    """
    D = 0.75  # given
    total = counts.sum()
    if total == 0:
        return below.copy()
    k = (counts > 0).sum()
    return (np.maximum(counts - D, 0) + D * k * below) / total


backed_off.hint("First the row that was never seen: `counts.sum() == 0`.")
backed_off.hint(
    "`np.maximum(counts - D, 0)` takes D from each count that is there and "
    "leaves no count below 0."
)
backed_off.hint("`k` is `(counts > 0).sum()`: kinds of characters, not times.")


@backed_off.inputs
def _(rng):
    below = np.array([0.1, 0.3, 0.2, 0.1, 0.3])
    yield {"counts": np.array([5, 0, 1, 0, 2]), "below": below}
    for counts in [0, 0, 0, 0], [1, 1, 1], [0, 40, 0, 0], [1, 0]:
        below = rng.uniform(0.1, 1, size=len(counts))
        yield {"counts": np.array(counts), "below": below / below.sum()}


@backed_off.mistake(
    "Your p does not add up to 1: you take D from every count and hand out "
    "one D alone. Taken was D for each of the k characters."
)
def one_discount(counts, below):
    if counts.sum() == 0:
        return below.copy()
    return (np.maximum(counts - 0.75, 0) + 0.75 * below) / counts.sum()


@backed_off.mistake(
    "You take D and keep it: what was taken is to be handed out as `below` "
    "would."
)
def kept_it(counts, below):
    if counts.sum() == 0:
        return below.copy()
    return np.maximum(counts - 0.75, 0) / counts.sum()


@backed_off.mistake(
    "A row that was never seen has no counts, and you divide by their sum, "
    "0. Such a row believes what `below` believes."
)
def divided_by_zero(counts, below):
    k = (counts > 0).sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        p = np.maximum(counts - 0.75, 0) + 0.75 * k * below
        return p / counts.sum()


@backed_off.mistake(
    "You take D from the characters that never came, too, and their counts "
    "fall below 0. Only what is there can be taken."
)
def below_zero(counts, below):
    if counts.sum() == 0:
        return below.copy()
    k = (counts > 0).sum()
    return (counts - 0.75 + 0.75 * k * below) / counts.sum()


@backed_off.mistake(
    "Your k counts how often something followed. It is how many *different* "
    "characters did."
)
def times_for_kinds(counts, below):
    if counts.sum() == 0:
        return below.copy()
    total = counts.sum()
    return (np.maximum(counts - 0.75, 0) + 0.75 * total * below) / total


@backed_off.mistake(
    "You ask `below` only where nothing was seen. It has a share in every "
    "character, also in those that were."
)
def only_for_unseen(counts, below):
    if counts.sum() == 0:
        return below.copy()
    taken = 0.75 * (counts > 0).sum() * below
    p = np.where(counts > 0, np.maximum(counts - 0.75, 0), taken)
    return p / counts.sum()


@backed_off.mistake(
    "Your k counts all characters. It is how many have a count above 0: from "
    "the others nothing was taken."
)
def all_for_k(counts, below):
    if counts.sum() == 0:
        return below.copy()
    taken = 0.75 * len(counts) * below
    return (np.maximum(counts - 0.75, 0) + taken) / counts.sum()


@backed_off.mistake(
    "Your k leaves out what came once. From that, too, D was taken."
)
def once_is_nothing(counts, below):
    if counts.sum() == 0:
        return below.copy()
    taken = 0.75 * (counts > 1).sum() * below
    return (np.maximum(counts - 0.75, 0) + taken) / counts.sum()


@backed_off.mistake(
    "You divide one part of the sum by the total. Both parts stand above the "
    "line: brackets."
)
def divided_in_part(counts, below):
    if counts.sum() == 0:
        return below.copy()
    taken = 0.75 * (counts > 0).sum() * below
    return np.maximum(counts - 0.75, 0) + taken / counts.sum()


@backed_off.explain
def _(yours, right, counts, below):
    if counts.sum() == 0:
        return "A row that was never seen should return `below`, as it is."
    if agree(yours, below).all():
        return f"You return `below`, though the row was seen: {counts}."
    if abs(yours.sum() - 1) > 1e-6:
        return (
            f"For the counts {counts} your p adds up to {yours.sum():.3g}. As "
            "much has to be handed out as was taken; then it is 1."
        )
    p, wanted = yours.round(3).tolist(), right.round(3).tolist()
    x, k = int((~agree(yours, right)).argmax()), np.sum(counts > 0)
    left = max(counts[x] - 0.75, 0)
    return (
        f"For the counts {counts} and below {below.round(3)}, p should be "
        f"{wanted}; yours is {p}. Of character {x}, which came {counts[x]} "
        f"times, {left:.3g} is left and {k * below[x]:.3g} D is handed out."
    )


@backed_off.mistake(
    "You add D of `below` to the counts as they are. Here what is handed out "
    "is taken from the counts first, D from each that is above 0."
)
def added_on_top(counts, below):
    return (counts + 0.75 * below) / (counts.sum() + 0.75)


@backed_off.mistake(
    "You take a whole count from each character that came, a D of 1. Here D "
    "is 0.75."
)
def a_whole_one(counts, below):
    if not counts.any():
        return below
    k = np.count_nonzero(counts)
    return (np.maximum(counts - 1, 0) + k * below) / counts.sum()


@backed_off.mistake(
    "You mix the shares and `below` in fixed parts, D and 1 − D. What is "
    "handed out is D for each character that came: the more of them, the "
    "more."
)
def fixed_parts(counts, below):
    if not counts.any():
        return below
    return 0.25 * counts / counts.sum() + 0.75 * below


@exercise(
    "A text is an interval",
    "p (T, V), targets (T) -> low (), width ()",
    "Any number from low up to low + width is this text, and no other. That "
    "is arithmetic coding; the rest is about having enough digits.",
)
def interval(p, targets):
    r"""
    Start with the interval that begins at `low` = 0 and is `width` = 1
    wide. At step `t` cut it into `V` pieces, in the order of the
    characters, with the shares `p[t]`, and go on with the piece of the
    character that came, `targets[t]`. Return where the last interval
    begins, and how wide it is.
    """
    low, width = 0.0, 1.0  # given
    for q, x in zip(p, targets, strict=True):
        low = low + width * q[:x].sum()
        width = width * q[x]
    return low, width


interval.hint(
    "Before the piece of character `x` lie those of the characters before "
    "it: together they are `p[t][:x].sum()` of the whole."
)
interval.hint(
    "The whole is not 1 wide any more, it is `width`. So the piece begins "
    "at `low + width * p[t][:x].sum()`; and then the width shrinks."
)


@interval.inputs
def _(rng):
    p = np.array([[0.5, 0.3, 0.2], [0.2, 0.2, 0.6]])
    yield {"p": p, "targets": np.array([1, 2])}
    for T, V in (5, 7), (1, 3), (3, 2):
        p = rng.uniform(0.1, 1, size=(T, V))
        p = p / p.sum(axis=1, keepdims=True)
        yield {"p": p, "targets": rng.integers(V, size=T)}


@interval.mistake(
    "Your piece begins where it ought to end: the sum before character x "
    "does not contain x itself.",
    of="low",
)
def its_own_share(p, targets):
    low, width = 0.0, 1.0
    for q, x in zip(p, targets, strict=True):
        low, width = low + width * q[: x + 1].sum(), width * q[x]
    return low, width


@interval.mistake(
    "You cut the whole from 0 to 1 at every step. After the first one it is "
    "`width` that is cut, so the shares are of that.",
    of="low",
)
def always_from_one(p, targets):
    low, width = 0.0, 1.0
    for q, x in zip(p, targets, strict=True):
        low, width = low + q[:x].sum(), width * q[x]
    return low, width


@interval.mistake(
    "You make the interval narrower first and then look for its beginning "
    "with the new width. The pieces lie in the old one.",
    of="low",
)
def narrowed_first(p, targets):
    low, width = 0.0, 1.0
    for q, x in zip(p, targets, strict=True):
        width = width * q[x]
        low = low + width * q[:x].sum()
    return low, width


@interval.mistake(
    "Your width is the share of the last character. It is the product of "
    "all of them.",
    of="width",
)
def last_share(p, targets):
    low, _ = interval(p, targets)
    return low, p[-1, targets[-1]]


@interval.mistake(
    "You return where the interval ends in place of how wide it is.",
    of="width",
)
def its_end(p, targets):
    low, width = interval(p, targets)
    return low, low + width


@interval.mistake(
    "You go from the last character to the first. The reader will have to "
    "find the first one first, so it makes the widest cut."
)
def backwards(p, targets):
    return interval(p[::-1], targets[::-1])


@interval.mistake(
    "Your interval is that of the first character alone. Does return stand "
    "inside the loop?"
)
def first_character_alone(p, targets):
    return interval(p[:1], targets[:1])


@interval.mistake(
    "You cut every step with the shares of the first. At step t the shares "
    "are p[t]."
)
def always_the_first_shares(p, targets):
    return interval(np.broadcast_to(p[0], p.shape), targets)


@interval.mistake(
    "Your low forgets where the interval began before. The new piece lies "
    "inside of it: what you have is to be added.",
    of="low",
)
def begins_anew(p, targets):
    low, width = 0.0, 1.0
    for q, x in zip(p, targets, strict=True):
        low, width = width * q[:x].sum(), width * q[x]
    return low, width


@interval.mistake(
    "You go up by the share of the one character before. All pieces before "
    "that of x lie below it.",
    of="low",
)
def one_piece_up(p, targets):
    low, width = 0.0, 1.0
    for q, x in zip(p, targets, strict=True):
        low, width = low + width * q[:x][-1:].sum(), width * q[x]
    return low, width


@interval.mistake(
    "Your pieces lie in the opposite order: the last character has the lowest "
    "one."
)
def last_is_lowest(p, targets):
    return interval(p[:, ::-1], p.shape[1] - 1 - targets)


@interval.mistake(
    "You follow the likeliest characters. Follow those that came, `targets`."
)
def followed_the_likeliest(p, targets):
    return interval(p, p.argmax(axis=1))


@interval.explain
def _(yours, right, p, targets):
    what = "low" if right == interval(p, targets)[0] else "width"
    if any(targets[t] == 0 for t in range(len(p))) and what == "low":
        wrapped = sum(
            interval(p[:t], targets[:t])[1] * (q.cumsum()[x - 1])
            for t, (q, x) in enumerate(zip(p, targets, strict=True))
        )
        if agree(yours, np.asarray(wrapped)):
            return (
                "Before character 0 there is no piece. The entry [x - 1] of "
                "a running sum is the last one then, which is 1."
            )
    if p.size > 6:
        return ""
    return (
        f"For p = {p.tolist()} and targets = {targets.tolist()}, {what} "
        f"should be {right:.4g}; yours is {yours:.4g}."
    )


@interval.mistake(
    "You return how many bits the interval takes. Asked for is its width "
    "itself.",
    of="width",
)
def bits_for_width(p, targets):
    low, width = interval(p, targets)
    return low, -np.log2(width)
