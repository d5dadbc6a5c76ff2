"""Exercises on practice: losses that are fair, states, and a diagnosis."""

import numpy as np

from rnncourse.exercises.block import exercise


@exercise(
    "The perplexity of a long text",
    "losses (N), counts (N) -> perplexity ()",
    "One number for one text, however it was cut.",
)
def perplexity(losses, counts):
    r"""
    A long text was read in `N` windows. `losses[n]` is the **mean** loss of
    window `n` in nats, and `counts[n]` says how many tokens it has. Return
    the perplexity of the whole text, per token:

    $$\exp\left(\frac{\text{nats of all tokens}}{\text{how many
    tokens}}\right)$$
    """
    return np.exp(np.sum(losses * counts) / np.sum(counts))


perplexity.hint("A window's nats are its mean times its count.")
perplexity.hint("Add up first, then divide, and take `np.exp` at the end.")


@perplexity.inputs
def _(rng):
    for N in 5, 3, 2:
        counts = rng.integers(2, 50, N)
        counts[-1] = 1
        yield {"losses": rng.uniform(0.5, 3, N), "counts": counts}


@perplexity.mistake(
    "You give each window the same weight. The last one is short, and its "
    "few tokens count too much: weigh each mean by its count."
)
def mean_of_means(losses, counts):
    return np.exp(np.mean(losses))


@perplexity.mistake(
    "You average perplexities. The exponential comes last, after the sum of "
    "all nats has been divided by the number of tokens."
)
def mean_of_perplexities(losses, counts):
    return np.mean(np.exp(losses))


@perplexity.mistake(
    "You weigh the windows rightly, but you average perplexities. Average "
    "the nats, and take the exponential once, at the end."
)
def weighted_perplexities(losses, counts):
    return np.sum(np.exp(losses) * counts) / np.sum(counts)


@perplexity.mistake(
    "That is the mean loss per token, in nats. Its exponential is asked for."
)
def still_nats(losses, counts):
    return np.sum(losses * counts) / np.sum(counts)


@perplexity.mistake(
    "You raise 2 to a loss in nats. Two goes with bits, e with nats."
)
def two_to_nats(losses, counts):
    return 2 ** (np.sum(losses * counts) / np.sum(counts))


@exercise(
    "A text in columns",
    "ids (N), B -> rows (T, B)",
    "Now a state that is handed to the next row goes on in its own column.",
)
def to_columns(ids, B):
    r"""
    To train with a state that is carried, cut a text into `B` columns of
    equal length `T`, as long as can be. **Column 0 is the beginning of the
    text, read downwards; column 1 goes on where column 0 ended**, and so on.
    What is left over at the end is dropped.
    """
    T = len(ids) // B
    stretches = [ids[b * T : (b + 1) * T] for b in range(B)]
    return np.stack(stretches, axis=1)


to_columns.hint("`T = len(ids) // B`; column b begins at token `b * T`.")
to_columns.hint("`np.stack(stretches, axis=1)` puts arrays side by side.")


@to_columns.inputs
def _(rng):
    for N, B in (14, 3), (13, 5), (9, 2):
        yield {"ids": rng.permutation(N), "B": B}


@to_columns.mistake(
    "You deal the tokens out like cards: neighbours of the text lie beside "
    "each other, and a column reads every B-th token. Down a column should "
    "stand the text."
)
def dealt(ids, B):
    T = len(ids) // B
    return ids[: T * B].reshape(T, B)


@to_columns.mistake(
    "You keep the end of the text and drop its beginning. Column 0 should "
    "start with the first token."
)
def beginning_dropped(ids, B):
    T = len(ids) // B
    return ids[len(ids) - T * B :].reshape(B, T).T


@to_columns.mistake(
    "Your columns are rows. Time runs downwards: the shape is (T, B)."
)
def not_turned(ids, B):
    T = len(ids) // B
    return ids[: T * B].reshape(B, T)


@to_columns.mistake(
    "Your columns run backwards: the last token of each stretch is read first."
)
def backwards(ids, B):
    T = len(ids) // B
    return ids[: T * B].reshape(B, T).T[::-1]


@exercise(
    "Weights for rare classes",
    "targets (N), K -> weights (K)",
    "Weighted so, a network that always says the most frequent class gets no "
    "better a loss than one that always says another.",
)
def class_weights(targets, K):
    r"""
    One class is rare, and the network does well without ever naming it. One
    remedy gives each class a weight in the loss, so that **all classes have
    the same say in total**, and the weights of all `N` targets add up to `N`:

    $$w_k = \frac{N}{K \, n_k}$$

    with $n_k$ of the targets in class $k$. A class that does not occur gets
    the weight 0. Return the `K` weights.
    """
    counts = np.bincount(targets, minlength=K)
    return len(targets) / (K * np.maximum(counts, 1)) * (counts > 0)


class_weights.hint("`np.bincount(targets, minlength=K)` counts each class.")
class_weights.hint(
    "Divide by `np.maximum(counts, 1)`, so that no division is by 0, and "
    "put a 0 where the count was."
)


@class_weights.inputs
def _(rng):
    for N, K, most in (11, 3, 3), (9, 4, 3), (7, 5, 5):
        targets = rng.integers(0, most, (2, N)).min(axis=0)
        yield {"targets": targets, "K": K}


@class_weights.mistake(
    "Your weights are the shares of the classes: the frequent ones get even "
    "more to say. Turn it round."
)
def shares(targets, K):
    return np.bincount(targets, minlength=K) / len(targets)


@class_weights.mistake(
    "Your weights are in the right proportions, and too small or too large "
    "together: K is missing. The weights of all targets should add up to N."
)
def without_K(targets, K):
    counts = np.bincount(targets, minlength=K)
    return len(targets) / np.maximum(counts, 1) * (counts > 0)


@class_weights.mistake(
    "That is 1 / n for each class. With it, the learning rate that was right "
    "before is too small: scale by N / K."
)
def only_inverse(targets, K):
    counts = np.bincount(targets, minlength=K)
    return 1 / np.maximum(counts, 1) * (counts > 0)


@class_weights.mistake(
    "A class that does not occur has a weight. Nothing can be said of it: 0."
)
def weight_for_none(targets, K):
    counts = np.bincount(targets, minlength=K)
    return len(targets) / (K * np.maximum(counts, 1))


@class_weights.mistake(
    "Your weights add up to 1. It is the weights of the N targets that should "
    "add up, to N."
)
def add_up_to_one(targets, K):
    counts = np.bincount(targets, minlength=K)
    weights = 1 / np.maximum(counts, 1) * (counts > 0)
    return weights / weights.sum()


@exercise(
    "Diagnose",
    "first (N), one_batch (N), norms (N, T), too_good (N), K "
    "-> bugs (N)",
    "Four questions, and their order matters.",
)
def diagnose(first, one_batch, norms, too_good, K):
    r"""
    `N` training runs, each described by its measures: the `first` loss; the
    loss on `one_batch` at the end of training on this batch alone; the
    gradient's `norms` in the course of training; and by how many nats its own
    score on unread text is `too_good`, against an honest script with the same
    weights. There are `K` classes. For each run return the number of **the
    first sentence that is true**:

    - 1, *gradients are not zeroed*: the last norm is more than 10 times the
      first norm
    - 2, *softmax twice*: on one batch, the loss stays above half of $\ln K$
    - 3, *padding is counted*: the first loss is below 0.95 of $\ln K$
    - 4, *a leak*: the score is too good by 1 nat or more
    - 0: none of these
    """
    tests = [
        norms[:, -1] > 10 * norms[:, 0],
        one_batch > 0.5 * np.log(K),
        first < 0.95 * np.log(K),
        too_good >= 1,
    ]
    return np.select(tests, [1, 2, 3, 4], 0)


diagnose.hint("Each sentence is one comparison of arrays, with N answers.")
diagnose.hint("`np.select(tests, numbers, 0)` takes the first that is True.")


@diagnose.inputs
def _(rng):
    for K in 57, 20:
        chance = np.log(K)
        kinds = rng.permutation([0, 1, 2, 3, 4, 5, 6, 7])
        N = len(kinds)
        first = chance * rng.uniform(0.98, 1.03, N)
        one_batch = rng.uniform(0.02, 0.2, N) * chance
        norms = rng.uniform(0.4, 0.6, (N, 6))
        too_good = rng.uniform(-0.1, 0.1, N)
        norms[(kinds == 1) | (kinds == 5), -1] *= 300
        norms[kinds == 7, 2] *= 300  # one spike, and no growth
        one_batch[np.isin(kinds, [1, 2])] = 0.9 * chance
        first[(kinds == 3) | (kinds == 6)] *= 0.7
        too_good[kinds == 3] += 0.3
        too_good[np.isin(kinds, [4, 5, 6])] += 2
        yield {"first": first, "one_batch": one_batch, "norms": norms,
               "too_good": too_good, "K": K}  # fmt: skip


def told(first, one_batch, norms, too_good, chance, order=(1, 2, 3, 4)):
    """The four sentences, asked in an order."""
    tests = {
        1: norms[:, -1] > 10 * norms[:, 0],
        2: one_batch > 0.5 * chance,
        3: first < 0.95 * chance,
        4: too_good >= 1,
    }
    return np.select([tests[n] for n in order], order, 0)


@diagnose.mistake(
    "You compare with K. A network that knows nothing gives each class 1 / K, "
    "and its loss is the logarithm of K."
)
def without_log(first, one_batch, norms, too_good, K):
    return told(first, one_batch, norms, too_good, K)


@diagnose.mistake(
    "You ask for softmax twice before you ask for the norms. A run whose "
    "gradients pile up cannot learn one batch either, and is blamed for the "
    "wrong thing."
)
def softmax_first(first, one_batch, norms, too_good, K):
    order = (2, 1, 3, 4)
    return told(first, one_batch, norms, too_good, np.log(K), order)


@diagnose.mistake(
    "You ask for the leak first. Where padding is counted, or gradients pile "
    "up, a script may say too little as well: the leak is asked for last."
)
def leak_first(first, one_batch, norms, too_good, K):
    order = (4, 1, 2, 3)
    return told(first, one_batch, norms, too_good, np.log(K), order)


@diagnose.mistake(
    "You take the largest norm. One spike is no growth: compare the last "
    "norm with the first."
)
def by_the_spike(first, one_batch, norms, too_good, K):
    spiked = np.stack([norms[:, 0], norms.max(axis=1)], axis=1)
    return told(first, one_batch, spiked, too_good, np.log(K))


@diagnose.mistake(
    "Your leak is the wrong way round: a leak makes the script's own score "
    "too good, so `too_good` is above 0."
)
def leak_reversed(first, one_batch, norms, too_good, K):
    return told(first, one_batch, norms, -too_good, np.log(K))


@diagnose.mistake(
    "You use a logarithm of base 2. The losses here are in nats."
)
def in_bits(first, one_batch, norms, too_good, K):
    return told(first, one_batch, norms, too_good, np.log2(K))
