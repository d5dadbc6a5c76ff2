"""Exercises on attention, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


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
        "q": np.array([900.0, 0]),
        "k": np.array([[1.0, 0], [-1, 0]]),
        "v": np.array([[1.0], [2]]),
    }


@look_up.mistake(
    "Your scores are not divided by the square root of E. With long keys "
    "one of them would win before anything is learned."
)
def unscaled(q, k, v):
    weights = soft(k @ q)
    return weights @ v, weights


@look_up.mistake(
    "You divide by E, not by its square root. The spread of a sum of E "
    "terms grows with the root."
)
def by_e(q, k, v):
    weights = soft(k @ q / len(q))
    return weights @ v, weights


@look_up.mistake(
    "You divide by the square root of the number of keys. It is the number "
    "of entries of a key that makes scores large."
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
    "You return the value of the best key alone. That is a dictionary with "
    "a step in it: the other keys would get no gradient."
)
def hard(q, k, v):
    weights = soft(k @ q / np.sqrt(len(q)))
    return v[weights.argmax()], weights


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
    "You hide the padding from the queries and not from the keys. It does "
    "not matter what a step past the end looks at; it matters that nobody "
    "looks at it."
)
def queries_hidden(lengths):
    step = np.arange(max(lengths))
    causal = step <= step[:, None]
    inside = step[:, None] < np.asarray(lengths)
    return causal[:, None] & inside[:, :, None]


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
    "You divide without subtracting the mean first, so the mean of your "
    "vectors is not 0 before the shift."
)
def not_centred(xs, gain, shift):
    variance = xs.var(axis=-1, keepdims=True)
    return xs / np.sqrt(variance + 1e-5) * gain + shift


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


def stepped(q, keys, values, scale=True):
    """What a query reads, and the cache."""
    size = np.sqrt(len(q)) if scale else 1.0
    return soft(keys @ q / size) @ values, keys, values


def longer(rows, row):
    """The rows, and one behind them."""
    return np.concatenate([rows, row[None]])


@with_cache.mistake(
    "Your query does not look at its own step. Put the new key and value "
    "into the cache first, then look."
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
    "You look at the longer cache and hand the old one back, so the step "
    "after this one will know nothing of it."
)
def not_kept(q, k, v, keys, values):
    read = stepped(q, longer(keys, k), longer(values, v))[0]
    return read, keys, values


@with_cache.mistake(
    "Your scores are not divided by the square root of E, as they are when "
    "all steps are computed at once: the two ways must agree."
)
def cache_unscaled(q, k, v, keys, values):
    return stepped(q, longer(keys, k), longer(values, v), scale=False)


@with_cache.mistake(
    "You store the query where the key belongs. The query is asked once and "
    "never needed again."
)
def query_kept(q, k, v, keys, values):
    return stepped(q, longer(keys, q), longer(values, v))


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
    "that rises takes weight from all others: the sum is missing."
)
def alone(scores, values, dread):
    return came_back(scores, values, dread, mean=0)


@look_back.mistake(
    "You use a (1 − a), the slope of a sigmoid. In a softmax the other "
    "weights move as well."
)
def as_a_sigmoid(scores, values, dread):
    weights = soft(scores)
    dscores = weights * (1 - weights) * (dread @ values.T)
    return dscores, weights.T @ dread


@look_back.mistake(
    "You take away the plain mean of the gradients. In the sum each of them "
    "counts as much as its weight."
)
def plain_mean(scores, values, dread):
    mean = (dread @ values.T).mean(axis=1, keepdims=True)
    return came_back(scores, values, dread, mean=mean)


@look_back.mistake(
    "You sum over the queries. Each query has a softmax of its own, over "
    "the keys."
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
