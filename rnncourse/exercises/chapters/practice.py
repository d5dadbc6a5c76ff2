"""Exercises on practice: curves, fair losses, states, and a diagnosis."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree

BUGS = (
    "healthy, or a bug that no curve shows",
    "softmax twice",
    "gradients that are not zeroed",
    "ten times the rate",
    "padding that is counted",
)
LOOKS = (
    "Something in its curves is not as in a healthy run. Compare the dot with "
    "ln K, then see where the loss goes, and the norm.",
    "There the loss would stay right below ln K, and the norm would die away.",
    "There the norm would grow and grow, until the picture ends.",
    "There the loss would fall a little at once and then stay high, and the "
    "norm would neither grow nor die away.",
    "There the dot would lie below ln K: better than chance before anything "
    "is learned.",
)


@exercise(
    "Which bug is it?",
    "-> bugs (R)",
    "Four of the six have a signature in their curves. The other two are a "
    "leak and targets that are off by one: only a healthy script beside them "
    "would tell.",
)
def read_curves():
    r"""
    Six runs of the museum are drawn above, A to F. Their names are missing.
    What is wrong with each? Return an array of six numbers, for A to F in
    this order:

    - 1, softmax twice
    - 2, gradients are not zeroed
    - 3, ten times the rate
    - 4, padding is counted in the loss
    - 0, nothing that these curves show
    """
    return np.array([0, 4, 1, 3, 0, 2])


read_curves.hint(
    "Begin with the dots. A network that knows nothing cannot be better than "
    "chance."
)
read_curves.hint(
    "Then the norms: in one run it climbs all the way, in one it dies away."
)
read_curves.hint(
    "Of those that are left, which one stops learning far above the others?"
)


@read_curves.explain
def _(yours, right):
    n = int((~agree(yours, right)).argmax())
    run = "ABCDEF"[n]
    if yours[n] not in range(len(BUGS)):
        return f"Run {run} has the number {yours[n]:.4g}; there are 0 to 4."
    said = int(yours[n])
    return f"Run {run} is not “{BUGS[said]}”. {LOOKS[said]}"


@read_curves.mistake(
    "You call all six healthy. Two of them may pass, as no curve shows their "
    "bug; four have something that no healthy run has."
)
def all_healthy():
    return np.zeros(6)


@read_curves.mistake(
    "You have exchanged softmax twice and the high rate. Both stop high; but "
    "behind two softmaxes the gradient dies away, and at a high rate it does "
    "not."
)
def both_stop_high():
    return np.array([0, 4, 3, 1, 0, 2])


@read_curves.mistake(
    "You have exchanged softmax twice and gradients that are not zeroed. A "
    "sum of all gradients so far grows; the gradient of a squeezed softmax "
    "dies away."
)
def dies_and_grows():
    return np.array([0, 4, 2, 3, 0, 1])


@read_curves.mistake(
    "You have exchanged the high rate and gradients that are not zeroed. At a "
    "high rate the norm is steady; a sum of gradients grows on and on."
)
def steady_and_growing():
    return np.array([0, 4, 1, 2, 0, 3])


@read_curves.mistake(
    "The healthiest-looking run is not the one whose padding is counted. Look "
    "at the dots, before anything is learned: one lies far below ln K."
)
def padding_elsewhere():
    return np.array([4, 0, 1, 3, 0, 2])


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
    return perplexity(losses, np.ones(len(counts)))


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
    return np.log(perplexity(losses, counts))


@perplexity.mistake(
    "You raise 2 to a loss in nats. Two goes with bits, e with nats."
)
def two_to_nats(losses, counts):
    return 2 ** np.log(perplexity(losses, counts))


@perplexity.mistake(
    "You take the exponential of all the nats together. Divide by the number "
    "of tokens first."
)
def not_divided(losses, counts):
    return perplexity(losses, counts) ** np.sum(counts)


@perplexity.mistake(
    "You divide by the number of windows. Per token means: by all tokens, the "
    "sum of the counts."
)
def per_window(losses, counts):
    return perplexity(losses, counts) ** np.mean(counts)


@perplexity.mistake(
    "You add up the means as they are and divide by the tokens. A window's "
    "nats are its mean times its count."
)
def means_added(losses, counts):
    return np.exp(np.sum(losses) / np.sum(counts))


@perplexity.mistake(
    "You divide each mean by its count. It is a mean already, so it has to be "
    "multiplied to give the window's nats."
)
def divided_again(losses, counts):
    return np.exp(np.mean(losses / counts))


@perplexity.mistake(
    "Your exponent has a minus, which makes a probability. A loss is -log p "
    "already, so the perplexity is exp of it as it is."
)
def a_probability(losses, counts):
    return 1 / perplexity(losses, counts)


@perplexity.mistake(
    "You leave the last window out. It is short, and its tokens belong to the "
    "text."
)
def last_left_out(losses, counts):
    return perplexity(losses[:-1], counts[:-1])


@perplexity.mistake(
    "You change nats to bits, and then take e to a number of bits. With nats, "
    "e is right as it is."
)
def e_to_bits(losses, counts):
    return perplexity(losses, counts) ** (1 / np.log(2))


@perplexity.mistake(
    "You divide each mean by its count. A mean is divided already; times its "
    "count it is the nats of its window."
)
def divided_twice(losses, counts):
    return np.exp(np.sum(losses / counts))


@perplexity.mistake(
    "You average the probabilities of the windows and turn the mean round. "
    "Average the nats, and take the exponential once, at the end."
)
def probabilities_averaged(losses, counts):
    return counts.sum() / np.sum(counts * np.exp(-losses))


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
    for N, B in (14, 3), (13, 5), (9, 2), (12, 3):
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
    return to_columns(ids[len(ids) % B :], B)


@to_columns.mistake(
    "Your columns are rows. Time runs downwards: the shape is (T, B)."
)
def not_turned(ids, B):
    return to_columns(ids, B).T


@to_columns.mistake(
    "Your columns run backwards: the last token of each stretch is read first."
)
def backwards(ids, B):
    return to_columns(ids, B)[::-1]


@to_columns.mistake(
    "Your columns are right, and they stand in the wrong order: column 0 is "
    "the beginning of the text."
)
def last_column_first(ids, B):
    return to_columns(ids, B)[:, ::-1]


@to_columns.mistake(
    "Each of your columns begins one token after its neighbour, so they read "
    "the same text. Column 1 begins where column 0 has ended."
)
def overlapping(ids, B):
    T = len(ids) // B
    return np.stack([ids[b : b + T] for b in range(B)], axis=1)


@to_columns.mistake(
    "You fill up the last column, so that nothing is dropped. Asked for are "
    "columns of text alone; what is left over goes."
)
def filled_up(ids, B):
    T = -(-len(ids) // B)
    longer = np.concatenate([ids, np.zeros(T * B - len(ids), ids.dtype)])
    return longer.reshape(B, T).T


@to_columns.mistake(
    "You drop the last token before you cut, even when the text fills the "
    "columns. Columns are to be as long as can be."
)
def one_too_few(ids, B):
    return to_columns(ids[:-1], B)


@to_columns.mistake(
    "Your columns are laid end to end, which is the text again. Put them side "
    "by side: (T, B)."
)
def end_to_end(ids, B):
    return ids[: len(ids) // B * B]


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
    for N, K, most in (11, 3, 3), (9, 4, 3), (7, 5, 5), (4, 1, 1):
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
    return class_weights(targets, K) * K


@class_weights.mistake(
    "That is 1 / n for each class. With it, the learning rate that was right "
    "before is too small: scale by N / K."
)
def only_inverse(targets, K):
    return class_weights(targets, K) * K / len(targets)


@class_weights.mistake(
    "You add 1 to every count, so that none is 0. The others are wrong then: "
    "leave them as they are, and give a class that does not occur a 0."
)
def one_more_of_each(targets, K):
    counts = np.bincount(targets, minlength=K) + 1
    return len(targets) / (K * counts)


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
    weights = class_weights(targets, K)
    return weights / weights.sum()


@class_weights.mistake(
    "You divide by the number of classes that occur. The formula has K, all "
    "classes that there are."
)
def classes_present(targets, K):
    weights = class_weights(targets, K)
    return weights * K / np.count_nonzero(weights)


@class_weights.mistake(
    "You multiply by K, and the formula divides by it. With all classes "
    "equally frequent, every weight should be 1."
)
def times_K(targets, K):
    return class_weights(targets, K) * K**2


@class_weights.mistake(
    "Your weights add up to K. It is the weights of the N targets, each with "
    "its class's weight, that add up to N."
)
def add_up_to_K(targets, K):
    weights = class_weights(targets, K)
    return weights / weights.sum() * K


@class_weights.mistake(
    "You take 1 minus the share of a class. Of two rare classes, one half as "
    "frequent as the other, both would weigh almost the same."
)
def one_minus_share(targets, K):
    counts = np.bincount(targets, minlength=K)
    return (1 - counts / len(targets)) * (counts > 0)


@class_weights.mistake(
    "It is upside down: your weight grows with the number of targets in the "
    "class. The rare ones should weigh more."
)
def upside_down(targets, K):
    return K * np.bincount(targets, minlength=K) / len(targets)


@class_weights.mistake(
    "You give the most frequent class the weight 1. The proportions are "
    "right; scale them so that the weights of all targets add up to N."
)
def frequent_is_one(targets, K):
    counts = np.bincount(targets, minlength=K)
    return counts.max() / np.maximum(counts, 1) * (counts > 0)


@class_weights.mistake(
    "You return a weight for each target. Asked for is one for each of the K "
    "classes."
)
def for_each_target(targets, K):
    return class_weights(targets, K)[targets]


@class_weights.mistake(
    "You divide by the count of a class that does not occur, which is 0. Such "
    "a class gets the weight 0."
)
def divides_by_zero(targets, K):
    with np.errstate(divide="ignore"):
        return len(targets) / (K * np.bincount(targets, minlength=K))


@class_weights.mistake(
    "A class that does not occur gets a huge weight, as dividing by nearly 0 "
    "does. It should be 0."
)
def nearly_infinite(targets, K):
    with np.errstate(divide="ignore"):
        counts = np.bincount(targets, minlength=K)
        return np.nan_to_num(len(targets) / (K * counts))


@class_weights.mistake(
    "You count only the classes that occur, so there are too few weights. "
    "`minlength=K` counts the others as 0."
)
def absent_not_counted(targets, K):
    _, counts = np.unique(targets, return_counts=True)
    return len(targets) / (K * counts)


@exercise(
    "Diagnose",
    "first (N), one_batch (N), norms (N, S), too_good (N), K -> bugs (N)",
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
        kinds = rng.permutation(13)
        N = len(kinds)
        first = chance * rng.uniform(0.98, 1.03, N)
        one_batch = rng.uniform(0.02, 0.2, N) * chance
        norms = rng.uniform(0.4, 0.6, (N, 6))
        too_good = rng.uniform(-0.1, 0.1, N)
        norms[(kinds == 1) | (kinds == 5), -1] *= 300
        norms[kinds == 7, 2] *= 300  # one spike, and no growth
        norms[(kinds == 0) | (kinds == 8)] *= 50  # large, and no growth
        norms[kinds == 8, -1] = norms[kinds == 8, 0] + 12  # less than twice
        norms[kinds == 6, 3] = norms[kinds == 12, 1] = 0.01  # low for once
        norms[kinds == 9] = 0.01, 0.03, 0.07, 0.1, 0.2, 0.4  # small, growing
        norms[kinds == 10] = 0.5, 0.5, 0.5, 0.5, 0.5, 5  # 10 times, not more
        one_batch[np.isin(kinds, [1, 12])] = 0.9 * chance
        one_batch[kinds == 2] = 0.6 * chance
        one_batch[kinds == 10] = chance / 2  # half of it, not above
        one_batch[kinds == 11] = 0.499 * chance  # nearly half of it
        one_batch[kinds == 3] = 0.4 * chance  # half of `first`, not of ln K
        first[np.isin(kinds, [3, 6, 12])] *= 0.7
        first[kinds == 7] = 1.3 * chance  # unlucky, and no padding
        too_good[kinds == 3] += 0.3
        too_good[np.isin(kinds, [4, 5, 6])] += 2
        too_good[kinds == 11] = 1  # one nat: or more
        too_good[kinds == 8] = -2  # too bad is no leak
        yield {"first": first, "one_batch": one_batch, "norms": norms,
               "too_good": too_good, "K": K}  # fmt: skip


@diagnose.explain
def _(yours, right, first, one_batch, norms, too_good, K):
    """Say of a run which sentence is not true, or which one is."""
    n = int((~agree(yours, right)).argmax())
    half, low = 0.5 * np.log(K), 0.95 * np.log(K)
    tests = {
        1: (norms[n, -1], "last norm", 10 * norms[n, 0], "10 times the first"),
        2: (one_batch[n], "one_batch", half, "half of ln K"),
        3: (first[n], "first loss", low, "0.95 of ln K"),
        4: (too_good[n], "too_good", 1, "1 nat"),
    }
    words = {
        number: f"its {name} is {value:.4g}, and {other} is {most:.4g}"
        for number, (value, name, most, other) in tests.items()
    }
    words[4] = f"its too_good is {too_good[n]:.3g}, and a leak begins at 1 nat"
    should = f"Its number should be {right[n]}; yours is {yours[n]:.4g}"
    run = f"Run {n}, counted from 0:"
    if 0 < right[n] and not 0 < yours[n] < right[n]:
        return f"{run} {words[right[n]]}. {should}."
    if yours[n] in words:
        return f"{run} {words[int(yours[n])]}. {should}."
    return f"{run} no sentence is true. {should}."


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
    return diagnose(first, one_batch, spiked, too_good, K)


@diagnose.mistake(
    "Your leak is the wrong way round: a leak makes the script's own score "
    "too good, so `too_good` is above 0."
)
def leak_reversed(first, one_batch, norms, too_good, K):
    return diagnose(first, one_batch, norms, -too_good, K)


@diagnose.mistake(
    "You use a logarithm of base 2. The losses here are in nats."
)
def in_bits(first, one_batch, norms, too_good, K):
    return told(first, one_batch, norms, too_good, np.log2(K))


@diagnose.mistake(
    "A run that is too good by exactly 1 nat is a leak, too: 1 nat *or more*."
)
def more_than_one(first, one_batch, norms, too_good, K):
    above = np.where(too_good == 1, 0, too_good)
    return diagnose(first, one_batch, norms, above, K)


@diagnose.mistake(
    "A last norm of exactly 10 times the first is not *more* than 10 times."
)
def ten_times(first, one_batch, norms, too_good, K):
    grown = norms[:, -1] >= 10 * norms[:, 0]
    rest = diagnose(first, one_batch, norms, too_good, K)
    return np.where(grown, 1, rest)


@diagnose.mistake(
    "A loss of exactly half of ln K is not *above* half of it."
)  # fmt: skip
def half_at_least(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    stuck = np.where(one_batch == chance / 2, chance, one_batch)
    return diagnose(first, stuck, norms, too_good, K)


@diagnose.mistake(
    "You let the last true sentence win. If several are true, the number of "
    "the first one is asked for."
)
def last_wins(first, one_batch, norms, too_good, K):
    order = (4, 3, 2, 1)
    return told(first, one_batch, norms, too_good, np.log(K), order)


@diagnose.mistake(
    "You ask for the padding before you ask for softmax twice. A run for "
    "which both are true gets the number of the first sentence, 2."
)
def padding_first(first, one_batch, norms, too_good, K):
    order = (1, 3, 2, 4)
    return told(first, one_batch, norms, too_good, np.log(K), order)


@diagnose.mistake(
    "You ask whether the last norm is above 10. Networks differ in what is "
    "large: compare it with 10 times the run's own first norm."
)
def above_ten(first, one_batch, norms, too_good, K):
    grown = np.stack([np.ones(len(norms)), norms[:, -1]], axis=1)
    return diagnose(first, one_batch, grown, too_good, K)


@diagnose.mistake(
    "You ask whether the norm has grown *by* 10. Asked is whether it has "
    "grown to more than 10 *times* the first."
)
def by_ten(first, one_batch, norms, too_good, K):
    grown = np.stack([np.ones(len(norms)), norms[:, -1] - norms[:, 0]], axis=1)
    return diagnose(first, one_batch, grown, too_good, K)


@diagnose.mistake(
    "You never find gradients that are not zeroed. Ask whether the last norm "
    "is more than 10 times the first one; the mean of all, for instance, has "
    "the last one's growth in it."
)
def above_the_mean(first, one_batch, norms, too_good, K):
    grown = np.stack([norms.mean(axis=1), norms[:, -1]], axis=1)
    return diagnose(first, one_batch, grown, too_good, K)


@diagnose.mistake(
    "You call every score a leak that is a little too good. Seeds differ by "
    "that much: it takes 1 nat."
)
def any_leak(first, one_batch, norms, too_good, K):
    return diagnose(first, one_batch, norms, 1.0 * (too_good > 0), K)


@diagnose.mistake(
    "A score that is too good or too bad by 1 nat counts as a leak in yours. "
    "Too bad is none: leave the absolute value out."
)
def either_way(first, one_batch, norms, too_good, K):
    return diagnose(first, one_batch, norms, np.abs(too_good), K)


@diagnose.mistake(
    "A first loss that is too high counts as padding in yours. Padding makes "
    "it too low: only below 0.95 of ln K."
)
def too_high_as_well(first, one_batch, norms, too_good, K):
    ratio = first / np.log(K)
    low = np.where(np.abs(ratio - 1) > 0.05, 0, first)
    return diagnose(low, one_batch, norms, too_good, K)


@diagnose.mistake(
    "You call a first loss too low that is a little below ln K. A network "
    "that knows nothing often lands there; 0.95 of ln K leaves room."
)
def below_chance(first, one_batch, norms, too_good, K):
    return diagnose(0.95 * first, one_batch, norms, too_good, K)


@diagnose.mistake(
    "Your first loss is compared the wrong way round: above 0.95 of ln K is "
    "as it should be, and below is padding."
)
def above_chance(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    low = np.where(first > 0.95 * chance, 0, chance)
    return diagnose(low, one_batch, norms, too_good, K)


@diagnose.mistake(
    "You take the half of K, and then its logarithm. Half of ln K is asked "
    "for, which is less."
)
def half_of_K(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    stuck = np.where(one_batch > np.log(K / 2), chance, 0)
    return diagnose(first, stuck, norms, too_good, K)


@diagnose.mistake(
    "You compare the loss on one batch with one half. It is half of ln K, "
    "which depends on how many classes there are."
)
def one_half(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    stuck = np.where(one_batch > 0.5, chance, 0)
    return diagnose(first, stuck, norms, too_good, K)


@diagnose.mistake(
    "The leak is never found: the fourth sentence is missing, or nothing "
    "makes it true."
)
def no_leak(first, one_batch, norms, too_good, K):
    return diagnose(first, one_batch, norms, 0 * too_good, K)


@diagnose.mistake(
    "You add up the numbers of all sentences that are true. The first one "
    "alone is asked for."
)
def added_up(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    one = told(first, one_batch, norms, too_good, chance, (1,))
    two = told(first, one_batch, norms, too_good, chance, (2,))
    three = told(first, one_batch, norms, too_good, chance, (3,))
    return one + two + three + told(first, one_batch, norms, too_good,
                                    chance, (4,))  # fmt: skip


@diagnose.mistake(
    "A run for which no sentence is true gets a 1 from you, the place of the "
    "largest of four False. It should get 0."
)
def never_none(first, one_batch, norms, too_good, K):
    return np.maximum(diagnose(first, one_batch, norms, too_good, K), 1)


@diagnose.mistake(
    "Your numbers begin with 0. The sentences are numbered 1 to 4, and 0 "
    "means that none of them is true."
)
def numbered_from_zero(first, one_batch, norms, too_good, K):
    return (diagnose(first, one_batch, norms, too_good, K) - 1) % 5


@diagnose.mistake(
    "You measure ln K with a logarithm of base 10, which is less than half of "
    "it. The losses here are in nats."
)
def base_ten(first, one_batch, norms, too_good, K):
    return told(first, one_batch, norms, too_good, np.log10(K))


@diagnose.mistake(
    "You compare the last norm with the smallest. It may be low for once: "
    "compare with the first norm."
)
def above_the_smallest(first, one_batch, norms, too_good, K):
    grown = np.stack([norms.min(axis=1), norms[:, -1]], axis=1)
    return diagnose(first, one_batch, grown, too_good, K)


@diagnose.mistake(
    "You compare the last norm with the median of all. Its own growth is in "
    "there; compare with the first norm."
)
def above_the_median(first, one_batch, norms, too_good, K):
    grown = np.stack([np.median(norms, axis=1), norms[:, -1]], axis=1)
    return diagnose(first, one_batch, grown, too_good, K)


@diagnose.mistake(
    "You compare the loss on one batch with the run's own first loss. If "
    "padding is counted, that one is too low; compare with ln K."
)
def half_of_the_first(first, one_batch, norms, too_good, K):
    chance = np.log(K)
    stuck = np.where(one_batch > 0.5 * first, chance, 0)
    return diagnose(first, stuck, norms, too_good, K)


@diagnose.mistake(
    "You ask for the leak too early. A run for which several sentences are "
    "true gets the number of the first of them, and the leak is the last."
)
def leak_second(first, one_batch, norms, too_good, K):
    order = (1, 4, 2, 3)
    return told(first, one_batch, norms, too_good, np.log(K), order)


@diagnose.mistake(
    "A run for which no sentence is true gets a −1 from you. It should get 0."
)
def minus_one(first, one_batch, norms, too_good, K):
    bugs = diagnose(first, one_batch, norms, too_good, K)
    return np.where(bugs == 0, -1, bugs)


@diagnose.mistake(
    "You call it softmax twice only above ln K itself. Half of ln K is the "
    "limit: a batch that is learned by heart has a loss near 0."
)
def above_all_of_it(first, one_batch, norms, too_good, K):
    return diagnose(first, one_batch / 2, norms, too_good, K)


@diagnose.mistake(
    "Your factor stands inside the logarithm. Half of ln K is np.log(K) / 2, "
    "and ln(K / 2) is another number; so with 0.95."
)
def factors_inside(first, one_batch, norms, too_good, K):
    half, most = np.log(K / 2), np.log(0.95 * K)
    chance = np.log(K)
    return told(
        first / most * 0.95 * chance,
        one_batch / half * 0.5 * chance,
        norms,
        too_good,
        chance,
    )


@diagnose.mistake(
    "Runs of which no sentence is true are missing from your list. Theirs is "
    "a 0, in its place."
)
def healthy_left_out(first, one_batch, norms, too_good, K):
    bugs = diagnose(first, one_batch, norms, too_good, K)
    return bugs[bugs > 0]


@diagnose.mistake(
    "You compare each norm with the one before it. It is the last norm and "
    "the first that are compared."
)
def step_by_step(first, one_batch, norms, too_good, K):
    grows = (norms[:, 1:] > 10 * norms[:, :-1]).any(axis=1)
    ends = np.stack([np.ones(len(norms)), 20.0 * grows], axis=1)
    return diagnose(first, one_batch, ends, too_good, K)
