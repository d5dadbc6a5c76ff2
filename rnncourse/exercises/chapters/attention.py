"""Exercises on attention, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


def soft(scores, axis=-1):
    """The softmax, safe for large scores."""
    a = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return a / a.sum(axis=axis, keepdims=True)


@exercise(
    "Look it up",
    "q (E), k (T, E), v (T, V) -> read (V), weights (T)",
    "Three lines. All of a large language model that mixes words is these "
    "three lines, many times over.",
)
def look_up(q, k, v):
    r"""
    Scaled dot-product attention for one query: compare the query `q` with
    each of the T keys, divide the scores by the square root of the size of
    a key, and make weights of them with a softmax. Return the weighted mean
    of the values, and the weights.

    $$\text{weights} = \mathrm{softmax}\big(k_t \cdot q / \sqrt{E}\big)$$
    """
    scores = k @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    weights = weights / weights.sum()
    return weights @ v, weights


look_up.hint("`k @ q` is one score for each key: (T,).")
look_up.hint(
    "Take the largest score away before `np.exp`: the weights stay the "
    "same, and nothing overflows."
)
look_up.hint("`weights @ v` adds up the values, each times its weight.")


@look_up.inputs
def _(rng):
    for T, E, V in (5, 3, 2), (1, 4, 3), (4, 7, 1):
        yield {
            "q": rng.normal(size=E),
            "k": rng.normal(size=(T, E)),
            "v": rng.normal(size=(T, V)),
        }
    yield {
        "q": np.array([3000.0, 0]),
        "k": np.array([[1.0, 0], [0.9997, 0]]),  # two that np.exp cannot take
        "v": np.array([[1.0], [2]]),
    }


@look_up.mistake(
    "Your scores are not divided by the square root of E. With long keys "
    "one of them would win before anything is learned.",
    of="weights",
)
def unscaled(q, k, v):
    weights = soft(k @ q)
    return weights @ v, weights


@look_up.mistake(
    "You divide by E, not by its square root. The spread of a sum of E "
    "terms grows with the root.",
    of="weights",
)
def by_e(q, k, v):
    weights = soft(k @ q / len(q))
    return weights @ v, weights


@look_up.mistake(
    "You divide by the square root of the number of keys. It is the number "
    "of entries of a key that makes scores large.",
    of="weights",
)
def by_keys(q, k, v):
    weights = soft(k @ q / np.sqrt(len(k)))
    return weights @ v, weights


@look_up.mistake(
    "Your weights are not divided by their sum, so they do not add up to 1 "
    "and what is read is no mean."
)
def no_sum(q, k, v):
    scores = k @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    return weights @ v, weights


@look_up.mistake(
    "Right, as long as the scores are small. `np.exp` of a thousand is "
    "infinite, and then the weights are no numbers: take the largest score "
    "off first. The weights stay as they are."
)
def overflows(q, k, v):
    with np.errstate(over="ignore", invalid="ignore"):
        weights = np.exp(k @ q / np.sqrt(len(q)))
        weights = weights / weights.sum()
        return weights @ v, weights


@look_up.mistake(
    "You return the value of the best key alone. That is a dictionary with "
    "a step in it: the other keys would get no gradient."
)
def hard(q, k, v):
    weights = soft(k @ q / np.sqrt(len(q)))
    return v[weights.argmax()], weights


@look_up.mistake(
    "Your weights are 1 for the best key and 0 for the others. A softmax "
    "gives every key a share.",
    of="weights",
)
def all_or_nothing(q, k, v):
    scores = k @ q
    weights = 1.0 * (np.arange(len(k)) == scores.argmax())
    return weights @ v, weights


@look_up.mistake(
    "You divide by the square root of a value's size. It is the size of a key "
    "that makes scores large.",
    of="weights",
)
def by_value_size(q, k, v):
    weights = soft(k @ q / np.sqrt(v.shape[1]))
    return weights @ v, weights


@look_up.mistake(
    "You multiply by the square root of E. The scores should become smaller: "
    "divide.",
    of="weights",
)
def times_root(q, k, v):
    weights = soft(k @ q * np.sqrt(len(q)))
    return weights @ v, weights


@look_up.mistake(
    "You divide the weights by the square root of E. The scores are divided, "
    "before the softmax; the weights add up to 1.",
    of="weights",
)
def scaled_too_late(q, k, v):
    weights = soft(k @ q) / np.sqrt(len(q))
    return weights @ v, weights


@look_up.mistake(
    "Your softmax is missing: the scores are used as weights. They may be "
    "negative and need not add up to 1."
)
def no_softmax(q, k, v):
    scores = k @ q / np.sqrt(len(q))
    return scores @ v, scores


@look_up.mistake(
    "You divide the scores by their sum. Negative scores then give negative "
    "weights; take `np.exp` first.",
    of="weights",
)
def no_exponential(q, k, v):
    scores = k @ q / np.sqrt(len(q))
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = scores / scores.sum()
    return weights @ v, weights


@look_up.mistake(
    "What is read is right. In place of the weights you return the scores."
)
def scores_returned(q, k, v):
    scores = k @ q / np.sqrt(len(q))
    return soft(scores) @ v, scores


@look_up.mistake(
    "Your weights are right, and you return the plain mean of the values. "
    "Each value counts as much as its weight."
)
def unweighted(q, k, v):
    return v.mean(axis=0), soft(k @ q / np.sqrt(len(q)))


@look_up.mistake(
    "You read the keys. They say where to look; what is read are the values."
)
def keys_read(q, k, v):
    weights = soft(k @ q / np.sqrt(len(q)))
    return weights @ k, weights


@look_up.mistake(
    "You divide by the lengths of query and keys as vectors, which makes "
    "cosines of the scores. Divide by √E, the size of a key.",
    of="weights",
)
def cosines(q, k, v):
    sizes = np.linalg.norm(k, axis=1) * np.linalg.norm(q)
    weights = soft(k @ q / sizes)
    return weights @ v, weights


@look_up.mistake(
    "Your scores are distances. Compared is by the product of query and key, "
    "`k @ q`.",
    of="weights",
)
def distances(q, k, v):
    weights = soft(-np.sum((k - q) ** 2, axis=1) / np.sqrt(len(q)))
    return weights @ v, weights


@exercise(
    "Who may look",
    "lengths (B) -> mask (U, B, K)",
    "Where it is False the score becomes minus infinity, before the softmax. "
    "A weight of 0 after it would leave the others too small.",
)
def who_may_look(lengths):
    r"""
    Make the mask of a causal network for a padded batch. `mask[u, b, k]` is
    True where query `u` of sequence `b` may look at key `k`: not at a later
    step than its own, and not past the end of its sequence. A step may look
    at itself. There are as many queries as keys, T, the longest of the
    lengths.
    """
    T = max(lengths)  # given
    step = np.arange(T)
    causal = step <= step[:, None]
    inside = step < np.asarray(lengths)[:, None]
    return causal[:, None] & inside[None]


who_may_look.hint(
    "Two masks, joined by `&`. The causal one is (U, T) and the same for "
    "all sequences; the other is (B, T) and the same for all queries."
)
who_may_look.hint(
    "`step <= step[:, None]` compares every key with every query: row u, "
    "column k."
)
who_may_look.hint(
    "`causal[:, None]` is (T, 1, T) and `inside[None]` is (1, B, T): joined "
    "they are (T, B, T)."
)


@who_may_look.inputs
def _(rng):
    yield {"lengths": np.array([5, 1, 3])}
    yield {"lengths": np.array([4, 4])}
    yield {"lengths": np.array([2])}


def masked(lengths, causal=np.less_equal, inside=np.less):
    """The mask, with one comparison or another."""
    step = np.arange(max(lengths))
    one = causal(step, step[:, None])
    two = inside(step, np.asarray(lengths)[:, None])
    return one[:, None] & two[None]


@who_may_look.mistake(
    "A step may not look at itself in your mask, and the first one may look "
    "at nothing at all: its softmax would divide by zero."
)
def not_itself(lengths):
    return masked(lengths, causal=np.less)


@who_may_look.mistake(
    "Your queries look at what comes after them and at nothing before: "
    "query and key are exchanged."
)
def ahead(lengths):
    return masked(lengths, causal=np.greater_equal)


@who_may_look.mistake(
    "Your mask looks past the end of short sequences: it is causal and no "
    "more."
)
def causal_alone(lengths):
    return masked(lengths, inside=lambda t, n: t < n.max() + 0 * n)


@who_may_look.mistake(
    "Your mask hides the padding and lets every step look ahead."
)
def padding_alone(lengths):
    return masked(lengths, causal=lambda t, u: t + 0 * u < len(t))


@who_may_look.mistake(
    "You let a sequence see one step past its end: a sequence of length n "
    "has the steps 0 to n − 1."
)
def one_more(lengths):
    return masked(lengths, inside=np.less_equal)


@who_may_look.mistake(
    "In your mask, steps past the end may not look at anything. It does not "
    "matter what they look at; it matters that nobody looks at them: hide "
    "the keys past the end, not the queries."
)
def queries_hidden(lengths):
    step = np.arange(max(lengths))
    causal = step <= step[:, None]
    inside = step[:, None] < np.asarray(lengths)
    return causal[:, None] & inside[:, :, None]


@who_may_look.mistake(
    "Yours is the other way round: True where a query may *not* look. PyTorch "
    "reads some masks so; here True means it may."
)
def forbidden(lengths):
    return ~masked(lengths)


@who_may_look.mistake(
    "You join the two masks by *or*. Both have to hold: not later, and not "
    "past the end."
)
def either(lengths):
    step = np.arange(max(lengths))
    causal = step <= step[:, None]
    inside = step < np.asarray(lengths)[:, None]
    return causal[:, None] | inside[None]


@who_may_look.mistake(
    "You return what is to be added to the scores, 0 or minus infinity. Asked "
    "for is the mask, True or False."
)
def to_be_added(lengths):
    return np.where(masked(lengths), 0.0, -np.inf)


@who_may_look.mistake(
    "The last step of each sequence is hidden. A sequence of length n has the "
    "steps 0 to n − 1, and all of them may be looked at."
)
def one_less(lengths):
    return masked(lengths, inside=lambda t, n: t < n - 1)


@who_may_look.mistake(
    "A query sees one step ahead of itself. It may look at itself and at what "
    "came before."
)
def one_ahead(lengths):
    return masked(lengths, causal=lambda t, u: t <= u + 1)


@who_may_look.mistake(
    "Your sequences stand first. Here the axes are query, sequence, key: time "
    "comes first, as everywhere in this book."
)
def batch_first(lengths):
    return masked(lengths).transpose(1, 0, 2).copy()


@who_may_look.explain
def _(yours, right, lengths):
    u, b, k = np.argwhere(~agree(yours, right))[0].tolist()
    place = f"mask[{u}, {b}, {k}] should be {bool(right[u, b, k])}"
    if right[u, b, k]:
        return (
            f"{place}: sequence {b} has {lengths[b]} steps, and query {u} may "
            f"look at step {k}."
        )
    why = f"{k} is later than {u}"
    if k >= lengths[b]:
        why = f"sequence {b} ends before step {k}"
    return f"{place}: query {u} may not look at key {k}, because {why}."


@exercise(
    "A place, in waves",
    "places (T), speeds (I) -> table (T, H)",
    "Now a step of k places turns every pair of entries by the same angle, "
    "wherever it starts.",
)
def waves(places, speeds):
    r"""
    Make the positions of T places: one row for each, with a sine and a
    cosine of each of the I waves, side by side, so H = 2 I entries:

    $$\begin{aligned}
    \text{table}_{t,\,2i} &= \sin(\text{place}_t \cdot \text{speed}_i) \\
    \text{table}_{t,\,2i+1} &= \cos(\text{place}_t \cdot \text{speed}_i)
    \end{aligned}$$

    (In the chapter the speeds are $10000^{-2i/H}$.)
    """
    table = np.zeros((len(places), 2 * len(speeds)))  # given
    angles = places[:, None] * speeds
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles)
    return table


waves.hint(
    "The angles are a table of places by waves, (T, I): `places[:, None]` "
    "times a row."
)
waves.hint("`table[:, 0::2]` are the even columns, `table[:, 1::2]` the odd.")


@waves.inputs
def _(rng):
    for T, n in (5, 3), (1, 1), (30, 4):
        yield {
            "places": rng.permutation(T) + 2.0,
            "speeds": 10_000 ** -(np.arange(n) / n) * 0.9,
        }


def side_by_side(first, second):
    """Two tables (T, I), column by column in turn."""
    return np.stack([first, second], axis=2).reshape(len(first), -1)


@waves.mistake(
    "Sine and cosine are exchanged: the even entries are the sines, so the "
    "row of place 0 would begin with 0."
)
def exchanged(places, speeds):
    angles = places[:, None] * speeds
    return side_by_side(np.cos(angles), np.sin(angles))


@waves.mistake(
    "All your sines stand first and all your cosines behind them. Here each "
    "wave's sine and cosine are neighbours. Some libraries do it your way; "
    "stored weights would notice."
)
def in_halves(places, speeds):
    angles = places[:, None] * speeds
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


@waves.mistake(
    "You number the places yourself, from 0. The places are given, and they "
    "may come in any order."
)
def numbered(places, speeds):
    angles = np.arange(len(places))[:, None] * speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You divide by the speed. A faster wave has turned further by the same "
    "place."
)
def divided(places, speeds):
    angles = places[:, None] / speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You have only sines. With one number a wave, two places can look alike "
    "though they are far apart; the cosine tells them from each other."
)
def sines_alone(places, speeds):
    angles = places[:, None] * speeds
    return side_by_side(np.sin(angles), np.sin(angles))


@waves.mistake(
    "The speeds are given, and you use your own. Where they agree with the "
    "chapter's you may not notice; here they differ."
)
def own_speeds(places, speeds):
    n = len(speeds)
    angles = places[:, None] * 10_000 ** -(np.arange(n) / n)
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You multiply the angles by 2π. In the formula they are place times speed "
    "as it is."
)
def full_turns(places, speeds):
    angles = 2 * np.pi * places[:, None] * speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You turn the angles into radians, as if they were degrees. They are "
    "radians already."
)
def degrees(places, speeds):
    angles = np.deg2rad(places[:, None] * speeds)
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You add place and speed. An angle is their product: how far a wave has "
    "turned when it gets there."
)
def added(places, speeds):
    angles = places[:, None] + speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "You add 1 to every place. The places are given as they should be used."
)
def one_further(places, speeds):
    angles = (places[:, None] + 1) * speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "The cosines are missing: every second column of your table is still zero."
)
def cosines_missing(places, speeds):
    angles = places[:, None] * speeds
    return side_by_side(np.sin(angles), 0 * angles)


@waves.mistake(
    "You sort the places. The rows belong to the places in the order that is "
    "given."
)
def sorted_places(places, speeds):
    angles = np.sort(places)[:, None] * speeds
    return side_by_side(np.sin(angles), np.cos(angles))


@waves.mistake(
    "The wave changes with every column in yours. Columns 2i and 2i + 1 are "
    "sine and cosine of the same wave, i."
)
def next_wave(places, speeds):
    columns = np.arange(2 * len(speeds))
    angles = places[:, None] * speeds[columns % len(speeds)]
    return np.where(columns % 2, np.cos(angles), np.sin(angles))


@waves.mistake(
    "Your first half are sines and your second half cosines, each wave in two "
    "columns. Sine and cosine of a wave are neighbours, in columns 2i and "
    "2i + 1."
)
def half_and_half(places, speeds):
    columns = np.arange(2 * len(speeds))
    angles = places[:, None] * speeds[columns // 2]
    late = columns >= len(speeds)
    return np.where(late, np.cos(angles), np.sin(angles))


@exercise(
    "Every vector for itself",
    "xs (T, B, H), gain (H), shift (H) -> ys (T, B, H)",
    "A batch of one is as good as a batch of a thousand, and a step needs no "
    "other step. That is why this norm can live inside a recurrence.",
)
def normed(xs, gain, shift):
    r"""
    Layer norm. For each vector of `xs`, subtract the mean of its H entries
    and divide by $\sqrt{\text{variance} + 10^{-5}}$, the variance being the
    mean of the squared differences. Then multiply by `gain` and add `shift`.
    """
    away = xs - xs.mean(axis=-1, keepdims=True)
    variance = (away * away).mean(axis=-1, keepdims=True)
    return away / np.sqrt(variance + 1e-5) * gain + shift


normed.hint(
    "The mean over the last axis: `xs.mean(axis=-1, keepdims=True)` stays "
    "(T, B, 1), so it can be subtracted."
)
normed.hint("`np.var` divides by H, as is wanted here.")


@normed.inputs
def _(rng):
    for T, B, H in (5, 3, 7), (1, 1, 4), (2, 3, 2):
        yield {
            "xs": rng.normal(1, 2, size=(T, B, H)),
            "gain": rng.normal(size=H),
            "shift": rng.normal(size=H),
        }
    yield {"xs": np.ones((1, 2, 3)), "gain": np.ones(3), "shift": np.ones(3)}


def standard(xs, gain, shift, axis=-1, eps=1e-5, ddof=0):
    """The norm, over one axis or another."""
    away = xs - xs.mean(axis=axis, keepdims=True)
    variance = xs.var(axis=axis, keepdims=True, ddof=ddof)
    return away / np.sqrt(variance + eps) * gain + shift


@normed.mistake(
    "You take mean and variance over the sequences of the batch: that is "
    "batch norm. Here every vector is for itself."
)
def over_the_batch(xs, gain, shift):
    return standard(xs, gain, shift, axis=1)


@normed.mistake(
    "You take mean and variance over time. A step would change when a later "
    "one does: that is a look into the future."
)
def over_time(xs, gain, shift):
    return standard(xs, gain, shift, axis=0)


@normed.mistake(
    "Your variance divides by H − 1. Layer norm takes the plain mean of the "
    "squares."
)
def less_one(xs, gain, shift):
    return standard(xs, gain, shift, ddof=1)


@normed.mistake(
    "You divide by the variance, not by its square root, so the spread does "
    "not become 1."
)
def no_root(xs, gain, shift):
    away = xs - xs.mean(axis=-1, keepdims=True)
    return away / (xs.var(axis=-1, keepdims=True) + 1e-5) * gain + shift


@normed.mistake(
    "You multiply by 1 + `gain`, as some libraries store it. Here the gain is "
    "the factor itself."
)
def gain_and_one(xs, gain, shift):
    return standard(xs, 1 + gain, shift)


@normed.mistake(
    "You divide by the mean size of the differences. The root of the mean of "
    "their squares is asked for."
)
def mean_size(xs, gain, shift):
    away = xs - xs.mean(axis=-1, keepdims=True)
    return away / (abs(away).mean(-1, keepdims=True) + 1e-5) * gain + shift


@normed.mistake(
    "You divide without subtracting the mean first, so the mean of your "
    "vectors is not 0 before the shift."
)
def not_centred(xs, gain, shift):
    variance = xs.var(axis=-1, keepdims=True)
    return xs / np.sqrt(variance + 1e-5) * gain + shift


@normed.mistake(
    "You take one mean and one variance of all numbers. Here every vector is "
    "for itself: over its own H entries."
)
def over_everything(xs, gain, shift):
    return standard(xs, gain, shift, axis=None)


@normed.mistake(
    "You take mean and variance over time and the batch, unit by unit. Here "
    "every vector is for itself: over its own H entries."
)
def over_both(xs, gain, shift):
    return standard(xs, gain, shift, axis=(0, 1))


@normed.mistake(
    "You take mean and variance over time as well, sequence by sequence. Here "
    "every vector is for itself: over its own H entries."
)
def over_the_sequence(xs, gain, shift):
    return standard(xs, gain, shift, axis=(0, 2))


@normed.mistake(
    "The small number 1e-5 is missing. A vector of equal entries has a "
    "variance of 0, and would be divided by it."
)
def nothing_added(xs, gain, shift):
    with np.errstate(invalid="ignore"):
        return standard(xs, gain, shift, eps=0.0)


@normed.mistake(
    "You add 1e-5 to the root. In the formula it is added to the variance, "
    "inside of the root."
)
def outside_the_root(xs, gain, shift):
    away = xs - xs.mean(axis=-1, keepdims=True)
    return away / (xs.std(axis=-1, keepdims=True) + 1e-5) * gain + shift


@normed.mistake(
    "You add another small number to the variance. Here it is 1e-5, as in the "
    "formula."
)
def another_eps(xs, gain, shift):
    return standard(xs, gain, shift, eps=1e-6)


@normed.mistake(
    "The vectors are as they should be, and `gain` is left out. It multiplies "
    "each unit before the shift."
)
def no_gain(xs, gain, shift):
    return standard(xs, np.ones_like(gain), shift)


@normed.mistake(
    "Everything is there but `shift`, which is added at the end."
)  # fmt: skip
def no_shift(xs, gain, shift):
    return standard(xs, gain, np.zeros_like(shift))


@normed.mistake(
    "Your vectors have mean 0 and spread 1. Then each unit is multiplied by "
    "its `gain` and gets its `shift`: both are missing."
)
def neither(xs, gain, shift):
    return standard(xs, np.ones_like(gain), np.zeros_like(shift))


@normed.mistake(
    "You multiply by `gain` after the shift. The shift is added last, as it "
    "is."
)
def gain_last(xs, gain, shift):
    return (standard(xs, np.ones_like(gain), shift)) * gain


@normed.mistake(
    "`gain` and `shift` are exchanged: the first multiplies, the second is "
    "added."
)
def gain_for_shift(xs, gain, shift):
    return standard(xs, shift, gain)


@normed.mistake(
    "You take no mean away, from the vector or in its variance. That is "
    "another norm, by the root of the mean square."
)
def root_mean_square(xs, gain, shift):
    squares = (xs**2).mean(axis=-1, keepdims=True)
    return xs / np.sqrt(squares + 1e-5) * gain + shift


@normed.mistake(
    "Your variance is the mean square of the entries. Their mean has to be "
    "taken away before squaring, too."
)
def squares_not_centred(xs, gain, shift):
    away = xs - xs.mean(axis=-1, keepdims=True)
    squares = (xs**2).mean(axis=-1, keepdims=True)
    return away / np.sqrt(squares + 1e-5) * gain + shift


@normed.mistake(
    "You divide by the root of the *sum* of squares. The variance is their "
    "mean."
)
def sum_of_squares(xs, gain, shift):
    away = xs - xs.mean(axis=-1, keepdims=True)
    squares = (away * away).sum(axis=-1, keepdims=True)
    return away / np.sqrt(squares + 1e-5) * gain + shift


@normed.mistake(
    "You divide each vector by its length. Layer norm takes the mean off, and "
    "divides by the root of the variance."
)
def unit_length(xs, gain, shift):
    return xs / np.linalg.norm(xs, axis=-1, keepdims=True) * gain + shift


@exercise(
    "One step with a cache",
    "q (E), k (E), v (E), keys (S, E), values (S, E) -> "
    "read (E), keys (S+1, E), values (S+1, E)",
    "This is how a large model writes: every new word costs one query, and "
    "one row more to keep.",
)
def with_cache(q, k, v, keys, values):
    r"""
    A causal network reads one step more. `keys` and `values` hold the rows
    of the S steps before; `q`, `k` and `v` are the query, key and value of
    the new one. Put the new rows *behind* the old ones, let the query look
    at all S + 1 (it sees itself, too), scaled by $\sqrt{E}$, and return what
    it reads, the longer keys and the longer values.
    """
    keys = np.concatenate([keys, k[None]])
    values = np.concatenate([values, v[None]])
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    return weights @ values / weights.sum(), keys, values


with_cache.hint("`k[None]` is one row, (1, E); `np.concatenate` puts it on.")
with_cache.hint(
    "First make the cache longer. Then it is the first exercise, on S + 1 "
    "rows."
)


@with_cache.inputs
def _(rng):
    for S, E in (4, 3), (1, 2), (0, 5):
        q, k, v = rng.normal(size=(3, E))
        keys, values = rng.normal(size=(2, S, E))
        yield {"q": q, "k": k, "v": v, "keys": keys, "values": values}
    yield {
        "q": np.array([3000.0, 0]),  # scores that np.exp cannot take
        "k": np.array([1.0, 0]),
        "v": np.array([1.0, 2]),
        "keys": np.array([[0.9997, 0]]),
        "values": np.array([[3.0, 5]]),
    }


def stepped(q, keys, values, scale=True):
    """What a query reads, and the cache."""
    size = np.sqrt(len(q)) if scale else 1.0
    return soft(keys @ q / size) @ values, keys, values


def longer(rows, row):
    """The rows, and one behind them."""
    return np.concatenate([rows, row[None]])


@with_cache.mistake(
    "Your query does not look at its own step. Put the new key and value "
    "into the cache first, then look.",
    of="read",
)
def not_at_itself(q, k, v, keys, values):
    after = longer(keys, k), longer(values, v)
    if not len(keys):
        return np.zeros_like(v), *after
    return stepped(q, keys, values)[0], *after


@with_cache.mistake(
    "What is read is right, but your cache has the new rows in front of the "
    "old ones. Keep the steps in their order."
)
def in_front(q, k, v, keys, values):
    keys = np.concatenate([k[None], keys])
    return stepped(q, keys, np.concatenate([v[None], values]))


@with_cache.mistake(
    "Your weights know the new step, and what is read leaves its value out. "
    "The query sees itself, too.",
    of="read",
)
def own_value_left_out(q, k, v, keys, values):
    return with_cache(q, k, 0 * v, keys, values)[0], *with_cache(
        q, k, v, keys, values
    )[1:]


@with_cache.mistake(
    "You look at the longer cache and hand the old one back, so the step "
    "after this one will know nothing of it."
)
def not_kept(q, k, v, keys, values):
    read = stepped(q, longer(keys, k), longer(values, v))[0]
    return read, keys, values


@with_cache.mistake(
    "Your scores are not divided by the square root of E, as they are when "
    "all steps are computed at once: the two ways must agree.",
    of="read",
)
def cache_unscaled(q, k, v, keys, values):
    return stepped(q, longer(keys, k), longer(values, v), scale=False)


@with_cache.mistake(
    "You store the query where the key belongs. The query is asked once and "
    "never needed again.",
    of="keys",
)
def query_kept(q, k, v, keys, values):
    return stepped(q, longer(keys, q), longer(values, v))


@with_cache.mistake(
    "Key and value are exchanged: you put v among the keys and k among the "
    "values."
)
def exchanged_rows(q, k, v, keys, values):
    return stepped(q, longer(keys, v), longer(values, k))


@with_cache.mistake(
    "You divide by the square root of the number of steps. As always, it is "
    "the size E of a key.",
    of="read",
)
def by_steps(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    return soft(keys @ q / np.sqrt(len(keys))) @ values, keys, values


@with_cache.mistake(
    "You divide the scores by E, not by its square root, as when all steps "
    "are computed at once.",
    of="read",
)
def by_e_itself(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    return soft(keys @ q / len(q)) @ values, keys, values


@with_cache.mistake(
    "What you read is a mean of the keys. They say where to look; the values "
    "are what is read.",
    of="read",
)
def reads_keys(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    return soft(keys @ q / np.sqrt(len(q))) @ keys, keys, values


@with_cache.mistake(
    "Your weights do not add up to 1: after `np.exp` they have to be divided "
    "by their sum.",
    of="read",
)
def not_normalised(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    scores = keys @ q / np.sqrt(len(q))
    return np.exp(scores - scores.max()) @ values, keys, values


@with_cache.mistake(
    "Right, as long as the scores are small. `np.exp` of a thousand is "
    "infinite, and then the weights are no numbers: take the largest score "
    "off first. The weights stay as they are."
)
def cache_overflows(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    with np.errstate(over="ignore", invalid="ignore"):
        weights = np.exp(keys @ q / np.sqrt(len(q)))
        return weights / weights.sum() @ values, keys, values


@with_cache.mistake(
    "Your weights sum to more than 1: the sum by which you divide leaves the "
    "new step out, and what you read has its value in it.",
    of="read",
)
def divided_by_the_old(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    with np.errstate(divide="ignore", invalid="ignore"):
        return weights @ values / weights[:-1].sum(), keys, values


@with_cache.mistake(
    "You drop the oldest row, so the cache stays as long as it was. A causal "
    "network looks at all steps: the cache grows."
)
def oldest_dropped(q, k, v, keys, values):
    return stepped(q, longer(keys, k)[1:], longer(values, v)[1:])


@with_cache.mistake(
    "You drop the oldest row before the new one is put on. A causal network "
    "looks at all steps: the cache grows by one."
)
def oldest_dropped_first(q, k, v, keys, values):
    return stepped(q, longer(keys[1:], k), longer(values[1:], v))


@with_cache.mistake(
    "You return the weights. Asked for first is what the query reads: the "
    "weighted mean of the values."
)
def weights_returned(q, k, v, keys, values):
    keys, values = longer(keys, k), longer(values, v)
    return soft(keys @ q / np.sqrt(len(q))), keys, values


@with_cache.mistake(
    "You compare the keys with the new key. It is the query that asks.",
    of="read",
)
def key_asks(q, k, v, keys, values):
    return stepped(k, longer(keys, k), longer(values, v))


@with_cache.mistake(
    "You write the new rows over the last ones of the cache. They come behind "
    "them: S + 1 rows."
)
def last_overwritten(q, k, v, keys, values):
    keys, values = np.vstack([keys[:-1], k]), np.vstack([values[:-1], v])
    scores = keys @ q / np.sqrt(len(q))
    weights = np.exp(scores - scores.max())
    return weights @ values / weights.sum(), keys, values


@with_cache.mistake(
    "You divide the scores by their sum. A softmax takes the exponential of "
    "each first: scores may be negative, weights may not.",
    of="read",
)
def scores_over_sum(q, k, v, keys, values):
    keys, values = np.vstack([keys, k]), np.vstack([values, v])
    scores = keys @ q
    return scores / scores.sum() @ values, keys, values


@exercise(
    "Back through the softmax",
    "scores (U, T), values (T, V), dread (U, V) -> "
    "dscores (U, T), dvalues (T, V)",
    "Two queries asked, one gradient comes back for each score. The rest of "
    "the way to queries and keys is two matrix products.",
)
def look_back(scores, values, dread):
    r"""
    U queries have read `read = weights @ values`, where each row of
    `weights` is the softmax of a row of `scores`. Given `dread`, the loss's
    gradient at what was read, return its gradients at the scores and at the
    values.

    $$d\text{score}_{ut} = a_{ut}\Big(da_{ut} -
    \sum_{t'} a_{ut'}\, da_{ut'}\Big)$$

    where $a$ are the weights and $da$ the gradient at them.
    """
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))  # given
    weights = weights / weights.sum(axis=1, keepdims=True)  # given
    dweights = dread @ values.T
    mean = (weights * dweights).sum(axis=1, keepdims=True)
    return weights * (dweights - mean), weights.T @ dread


look_back.hint(
    "From `read = weights @ values`: the gradient at the weights is `dread @ "
    "values.T`, the one at the values `weights.T @ dread`."
)
look_back.hint(
    "The sum runs over the keys of one query: `axis=1, keepdims=True`."
)


@look_back.inputs
def _(rng):
    for U, T, V in (4, 5, 3), (1, 2, 1), (3, 3, 2):
        yield {
            "scores": rng.normal(size=(U, T)),
            "values": rng.normal(size=(T, V)),
            "dread": rng.normal(size=(U, V)),
        }


def came_back(scores, values, dread, mean):
    """Both gradients, with this in the place of the weighted mean."""
    weights, dweights = soft(scores), dread @ values.T
    return weights * (dweights - mean), weights.T @ dread


@look_back.mistake(
    "You treat each weight as if it depended on its own score alone. A score "
    "that rises takes weight from all others: the sum is missing.",
    of="dscores",
)
def alone(scores, values, dread):
    return came_back(scores, values, dread, mean=0)


@look_back.mistake(
    "You use a (1 − a), the slope of a sigmoid. In a softmax the other "
    "weights move as well.",
    of="dscores",
)
def as_a_sigmoid(scores, values, dread):
    weights = soft(scores)
    dscores = weights * (1 - weights) * (dread @ values.T)
    return dscores, weights.T @ dread


@look_back.mistake(
    "You take away the plain mean of the gradients. In the sum each of them "
    "counts as much as its weight.",
    of="dscores",
)
def plain_mean(scores, values, dread):
    mean = (dread @ values.T).mean(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "You take the mean over the keys of weight times gradient. The formula "
    "has their sum; the weights make a mean of it already.",
    of="dscores",
)
def divided_once_more(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).mean(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "You sum over the queries. Each query has a softmax of its own, over "
    "the keys.",
    of="dscores",
)
def over_queries(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).sum(axis=0, keepdims=True)
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "What you return is the gradient at the weights. One step is missing, "
    "from the weights to their scores."
)
def at_the_weights(scores, values, dread):
    return dread @ values.T, soft(scores).T @ dread


@look_back.mistake(
    "Your sum runs over all queries and all keys. Each query has a softmax of "
    "its own: sum along axis 1.",
    of="dscores",
)
def over_all_pairs(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).sum()
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "Before the bracket a factor is missing: the weight a_ut itself.",
    of="dscores",
)
def no_factor(scores, values, dread):
    weights, dweights = soft(scores), dread @ values.T
    mean = (weights * dweights).sum(axis=1, keepdims=True)
    return dweights - mean, weights.T @ dread


@look_back.mistake(
    "You take away the plain sum of the gradients. In it, each of them counts "
    "as much as its weight.",
    of="dscores",
)
def plain_sum(scores, values, dread):
    mean = (dread @ values.T).sum(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "You add the weighted sum. It is taken away: a score that rises takes "
    "weight from the others.",
    of="dscores",
)
def plus(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).sum(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean=-mean)


@look_back.mistake(
    "Your dscores are right. `dvalues` is made with the scores; what the "
    "values were multiplied by are the weights."
)
def by_scores(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).sum(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean)[0], scores.T @ dread


@look_back.mistake(
    "Your dscores are right. `dvalues` is made with them; what the values "
    "were multiplied by are the weights."
)
def by_dscores(scores, values, dread):
    mean = (soft(scores) * (dread @ values.T)).sum(axis=1, keepdims=True)
    dscores, _ = came_back(scores, values, dread, mean)
    return dscores, dscores.T @ dread


@look_back.mistake(
    "You subtract from the weights, as cross-entropy's short formula does. "
    "Here the gradient comes from anywhere: use the formula of the statement.",
    of="dscores",
)
def as_cross_entropy(scores, values, dread):
    weights = soft(scores)
    return weights - dread @ values.T, weights.T @ dread


@look_back.mistake(
    "You weigh by the scores themselves. The weights are their softmax, as in "
    "the first two lines.",
    of="dscores",
)
def scores_for_weights(scores, values, dread):
    da = dread @ values.T
    total = (scores * da).sum(axis=1, keepdims=True)
    return scores * (da - total), scores.T @ dread


@look_back.mistake(
    "In your sum each gradient is multiplied by the weight outside, a_ut. "
    "Inside of the sum it is the weight of its own key.",
    of="dscores",
)
def weight_from_outside(scores, values, dread):
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    da = dread @ values.T
    total = weights * da.sum(axis=1, keepdims=True)
    return weights * (da - total), weights.T @ dread
