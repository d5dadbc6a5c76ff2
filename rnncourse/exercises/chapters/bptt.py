"""Exercises on backpropagation through time, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


@exercise(
    "Two roads back",
    "dh_own (B, H), da_next (B, H), W_hh (H, H), h (B, H) -> da (B, H)",
    "Call this for every step, from the last to the first, and you have "
    "backpropagation through time.",
)
def two_roads(dh_own, da_next, W_hh, h):
    r"""
    One step of the walk back. A state `h` reached the loss by two roads.
    What comes back through its own output is `dh_own`. The other road led
    through the sum inside the *next* step's tanh, whose gradient is
    `da_next`. Return `da`, the gradient of the sum inside *this* step's
    tanh, where $h = \tanh(a)$:

    $$\begin{aligned}
      \frac{\partial L}{\partial h} &= dh_\text{own} +
      \frac{\partial L}{\partial a_\text{next}} W_{hh}^\top \\
      \frac{\partial L}{\partial a} &=
      \frac{\partial L}{\partial h} \odot (1 - h^2)
      \end{aligned}$$
    """
    dh = dh_own + da_next @ W_hh.T
    return dh * (1 - h**2)


two_roads.hint(
    "Two lines: first `dh`, which adds up what comes back along the two "
    "roads, then `da`."
)
two_roads.hint("What went forward as `h @ W_hh` goes back as `… @ W_hh.T`.")
two_roads.hint(
    "The slope of tanh at `a` is `1 - np.tanh(a) ** 2`, and `np.tanh(a)` is "
    "`h`. It multiplies the *sum* of the two roads, entry by entry."
)


@two_roads.inputs
def _(rng):
    for B in 3, 1:
        yield {
            "dh_own": rng.normal(size=(B, 7)),
            "da_next": rng.normal(size=(B, 7)),
            "W_hh": rng.normal(size=(7, 7)) / 2,
            "h": rng.uniform(-0.9, 0.9, size=(B, 7)),
        }


@two_roads.mistake(
    "You divide by the slope of tanh. What came to h is passed on to a "
    "*times* the slope: where tanh is flat, little of it arrives."
)
def divided_by_the_slope(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh.T) / (1 - h**2)


@two_roads.mistake(
    "You send the gradient back through W_hh as if it went forward. "
    "Nothing complains, because the matrix is square."
)
def not_transposed(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh) * (1 - h**2)


@two_roads.mistake(
    "You take the road through the state's own output only. The next step "
    "has read this state as well."
)
def own_output_only(dh_own, da_next, W_hh, h):
    return dh_own * (1 - h**2)


@two_roads.mistake(
    "You take the road through the next step only. This state had an output "
    "of its own."
)
def next_step_only(dh_own, da_next, W_hh, h):
    return da_next @ W_hh.T * (1 - h**2)


@two_roads.mistake(
    "This is the gradient of h, with both roads in it. One thing is left on "
    "the way to the sum inside: tanh."
)
def no_slope(dh_own, da_next, W_hh, h):
    return dh_own + da_next @ W_hh.T


@two_roads.mistake(
    "The slope of tanh multiplies one of the two roads only. Both come back "
    "through the same tanh, so the sum stands in brackets."
)
def slope_on_one_road(dh_own, da_next, W_hh, h):
    return dh_own + da_next @ W_hh.T * (1 - h**2)


@two_roads.mistake(
    "The slope of tanh multiplies one of the two roads only. Both come back "
    "through the same tanh, so the sum stands in brackets."
)
def slope_on_own_road(dh_own, da_next, W_hh, h):
    return dh_own * (1 - h**2) + da_next @ W_hh.T


@two_roads.mistake(
    "You multiply what the next step sends by this step's slope before it "
    "has crossed W_hh. On the way back the matrix comes first, and the slope "
    "of this step last."
)
def slope_before_matrix(dh_own, da_next, W_hh, h):
    slope = 1 - h**2
    return dh_own * slope + (da_next * slope) @ W_hh.T


@two_roads.mistake(
    "You send both roads through W_hh. It lies on the road through the next "
    "step alone; the state's own output does not see it."
)
def both_through_the_matrix(dh_own, da_next, W_hh, h):
    return (dh_own + da_next) @ W_hh.T * (1 - h**2)


@two_roads.mistake(
    "The square is missing in your slope: that of tanh is 1 minus h squared."
)
def slope_without_square(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh.T) * (1 - h)


@two_roads.mistake(
    "You add the next step's gradient as it is. Between this state and that "
    "sum stands W_hh."
)
def past_the_matrix(dh_own, da_next, W_hh, h):
    return (dh_own + da_next) * (1 - h**2)


@two_roads.mistake(
    "You take the tanh of h, which is a tanh already. Its slope needs h alone."
)
def bent_twice(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh.T) * (1 - np.tanh(h) ** 2)


@two_roads.mistake(
    "h * (1 - h) is the slope of the logistic sigmoid. This network bends "
    "with tanh."
)
def slope_of_sigmoid(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh.T) * h * (1 - h)


@two_roads.mistake(
    "You multiply da_next by a slope of tanh again. It is the gradient of a "
    "sum, so its own tanh is behind it; the slope of h comes after the two "
    "roads have met."
)
def slope_for_the_next_too(dh_own, da_next, W_hh, h):
    slope = 1 - h**2
    return (dh_own + (da_next * slope) @ W_hh.T) * slope


@two_roads.mistake(
    "Two things: W_hh has to be transposed on the way back, and the slope of "
    "tanh needs h alone, which is a tanh already."
)
def two_slips(dh_own, da_next, W_hh, h):
    return (dh_own + da_next @ W_hh) * (1 - np.tanh(h) ** 2)


@exercise(
    "Sums over time",
    "hs (T + 1, B, H), das (T, B, H) -> dW_hh (H, H), db (H)",
    "Neither sum needs the loop over time: that is why bptt.py takes each as "
    "one product, after the walk.",
)
def sums_over_time(hs, das):
    r"""
    The walk back is done, and `das` holds $\partial L / \partial a_t$ for
    every step. Return the gradients of two things that all steps share,
    `dW_hh` and `db`, for

    $$a_t = x_t W_{xh} + h_{t-1} W_{hh} + b$$

    `hs` has one row more than there are steps: `hs[0]` is the state before
    the first step.
    """
    dW_hh = sum(h.T @ da for h, da in zip(hs[:-1], das, strict=True))
    db = das.sum(axis=(0, 1))
    return dW_hh, db


sums_over_time.hint(
    "Each step's share in `dW_hh` is *what went in*, transposed, times *what "
    "comes back*, `das[t]`. The shares are added."
)
sums_over_time.hint(
    "What went into step `t` beside the input? With the extra row at the "
    "start, it is `hs[t]`."
)
sums_over_time.hint(
    "The bias was added to every sequence at every step, so its gradient is "
    "summed over both: axes 0 and 1."
)


@sums_over_time.inputs
def _(rng):
    for T, B in (5, 3), (1, 3), (5, 1):
        yield {
            "hs": rng.uniform(-1, 1, size=(T + 1, B, 7)),
            "das": rng.normal(size=(T, B, 7)),
        }


@sums_over_time.mistake(
    "For dW_hh you take the states after each step, hs[1:]. W_hh was "
    "multiplied by the states before."
)
def states_after(hs, das):
    dW_hh = sum(h.T @ da for h, da in zip(hs[1:], das, strict=True))
    return dW_hh, das.sum(axis=(0, 1))


@sums_over_time.mistake(
    "These are the shares of the last step alone. All steps used these "
    "weights, and what they ask for adds up."
)
def last_step_only(hs, das):
    return sums_over_time(hs[-2:], das[-1:])


@sums_over_time.mistake(
    "These are the shares of the first step alone. Does each step overwrite "
    "the share of the one after it? They add up."
)
def first_step_only(hs, das):
    return hs[0].T @ das[0], das[0].sum(axis=0)


@sums_over_time.mistake(
    "You leave out the first step. The state before it is there, in hs[0], "
    "and the step counts like the others."
)
def first_step_missing(hs, das):
    _, _, H = hs.shape
    steps = range(1, len(das))
    dW_hh = sum((hs[t].T @ das[t] for t in steps), np.zeros((H, H)))
    return dW_hh, das[1:].sum(axis=(0, 1))


@sums_over_time.mistake(
    "You leave out the first step. The state before it is there, in hs[0], "
    "and the step counts like the others."
)
def first_step_missing_in_sum(hs, das):
    dW_hh = sum(hs[t].T @ das[t] for t in range(1, len(das)))
    return dW_hh, das[1:].sum(axis=(0, 1))


@sums_over_time.mistake(
    "You average over the steps. If the loss is a mean, its 1/T is in das "
    "already; here the shares are added."
)
def mean_over_time(hs, das):
    return tuple(g / len(das) for g in sums_over_time(hs, das))


@sums_over_time.mistake(
    "You average over the batch. If the loss is a mean, its 1/B is in das "
    "already; here the shares are added."
)
def mean_over_batch(hs, das):
    return tuple(g / das.shape[1] for g in sums_over_time(hs, das))


@sums_over_time.mistake(
    "Your dW_hh is right. In db you take the mean over steps and sequences; "
    "what they ask of the bias is added up, too."
)
def bias_averaged(hs, das):
    dW_hh, _ = sums_over_time(hs, das)
    return dW_hh, das.mean(axis=(0, 1))


@sums_over_time.mistake(
    "Your db still has a row for each sequence. There is one bias for the "
    "whole batch, so sum over the batch as well."
)
def bias_of_each_sequence(hs, das):
    dW_hh, _ = sums_over_time(hs, das)
    return dW_hh, das.sum(axis=0)


@sums_over_time.mistake(
    "Your dW_hh is turned around: das stands on the left. What went in "
    "stands on the left, as the rows of W_hh are the units it comes from."
)
def turned_around(hs, das):
    dW_hh, db = sums_over_time(hs, das)
    return dW_hh.T, db


def matched(hs, das):
    """Return dW_hh and db of states and gradients, step for step."""
    dW_hh = sum(h.T @ da for h, da in zip(hs, das, strict=True))
    return dW_hh + np.zeros((7, 7)), das.sum(axis=(0, 1))


@sums_over_time.mistake(
    "At step t you take hs[t - 1]. hs has a row more than there are steps, "
    "so the state before step t is hs[t] here; and hs[-1] is the last state."
)
def one_row_back(hs, das):
    return matched(np.roll(hs, 1, axis=0)[:-1], das)


@sums_over_time.mistake(
    "Your dW_hh is right; your db is the share of the last step alone. All "
    "steps used the bias, so its shares are added, too."
)
def last_share_of_the_bias(hs, das):
    return sums_over_time(hs, das)[0], das[-1].sum(axis=0)


@sums_over_time.mistake(
    "The last step is missing. There are as many shares as das has steps, "
    "and range(n) already ends at n - 1."
)
def last_step_missing(hs, das):
    return matched(hs[:-2], das[:-1])


@sums_over_time.mistake(
    "You multiply das by the slope of tanh. It is in das already: they are "
    "the gradients of the sums inside tanh."
)
def slope_once_more(hs, das):
    return matched(hs[:-1], das * (1 - hs[1:] ** 2))[0], das.sum(axis=(0, 1))


@sums_over_time.mistake(
    "You add up over time first and multiply the two sums. Each step "
    "multiplies its own state and its own gradient; then the products are "
    "added."
)
def sums_multiplied(hs, das):
    db = das.sum(axis=(0, 1))
    return np.outer(hs[:-1].sum(axis=(0, 1)), db), db


@sums_over_time.mistake(
    "You add up over time first and multiply the two sums. Each step "
    "multiplies its own state and its own gradient; then the products are "
    "added."
)
def sums_over_steps_multiplied(hs, das):
    dW_hh = hs[:-1].sum(axis=0).T @ das.sum(axis=0)
    return dW_hh, das.sum(axis=(0, 1))


@exercise(
    "Bits per character",
    "logits (T, B, V), targets (T, B) -> bits ()",
    "A network that knows nothing of V characters scores log2(V). Whatever "
    "is below that, it has learned.",
)
def bits_per_character(logits, targets):
    r"""
    A network has given scores, `logits`, to all `V` characters at each
    step; `targets` are the numbers of those that really came. Return how
    many bits one character cost, on average over all steps and columns:

    $$-\operatorname{mean} \log_2 \operatorname{softmax}(
      \text{logits})_\text{came}$$

    The scores are small enough for `np.exp`.
    """
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)  # (T, B, V)
    T, B = targets.shape
    came = [p[t, b, targets[t, b]] for t in range(T) for b in range(B)]
    return -np.log2(came).mean()


bits_per_character.hint(
    "First turn scores into probabilities: `np.exp`, divided by its sum over "
    "the last axis. `keepdims=True` lets the division line up."
)
bits_per_character.hint(
    "Then pick, at every step of every column, the probability of the "
    "character that came, `p[t, b, targets[t, b]]`."
)
bits_per_character.hint("`np.log2`, the mean, and the sign.")


@bits_per_character.inputs
def _(rng):
    for T, B in (5, 3), (1, 3), (5, 1):
        yield {
            "logits": 2 * rng.normal(size=(T, B, 7)),
            "targets": rng.integers(7, size=(T, B)),
        }


@bits_per_character.mistake(
    "This is the cross-entropy in nats, the natural logarithm. A bit is a "
    "choice between two: use the logarithm to base 2."
)
def nats(logits, targets):
    return bits_per_character(logits, targets) * np.log(2)


@bits_per_character.mistake(
    "You use the logarithm to base 10. A bit is a choice between two."
)
def decimal(logits, targets):
    return bits_per_character(logits, targets) * np.log10(2)


@bits_per_character.mistake(
    "You turn nats into bits the wrong way round. A bit is about 0.69 nats, "
    "so the same cost is more bits than nats: divide."
)
def nats_turned_wrong(logits, targets):
    return bits_per_character(logits, targets) * np.log(2) ** 2


@bits_per_character.mistake(
    "This is the cost of the whole text, all bits added up. Return the "
    "cost of one character, the mean."
)
def whole_text(logits, targets):
    return bits_per_character(logits, targets) * targets.size


@bits_per_character.mistake(
    "You add up over the columns and average over the steps only. Every "
    "character of every column counts alike."
)
def sum_over_columns(logits, targets):
    return bits_per_character(logits, targets) * targets.shape[1]


@bits_per_character.mistake(
    "You add up over the steps and average over the columns only. Every "
    "character of every column counts alike."
)
def sum_over_steps(logits, targets):
    return bits_per_character(logits, targets) * len(targets)


@bits_per_character.mistake(
    "Your mean is V times too small: it divides by the number of "
    "characters, too. It runs over steps and columns alone."
)
def mean_over_vocabulary(logits, targets):
    return bits_per_character(logits, targets) / logits.shape[-1]


@bits_per_character.mistake(
    "You divide by the sum over everything. Each step of each column makes "
    "a guess of its own, whose probabilities sum to 1 over the last axis."
)
def one_softmax_for_all(logits, targets):
    e = np.exp(logits)
    p = np.take_along_axis(e / e.sum(), targets[:, :, None], axis=-1)
    return -np.log2(p).mean()


@bits_per_character.mistake(
    "This is the entropy of the guesses, the cost that the network expects. "
    "Return what it pays for the characters that came."
)
def expected(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -(p * np.log2(p)).sum(axis=-1).mean()


@bits_per_character.mistake(
    "p[:, :, targets] takes, at every step of every column, the targets of "
    "all steps and columns. Each place has one target, its own."
)
def all_targets_everywhere(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    return -np.log2(p[:, :, targets]).mean()


@bits_per_character.mistake(
    "You take the mean of the probabilities and then its logarithm. The "
    "other way round: each character has its own cost, and the costs are "
    "averaged. A character that was thought impossible then costs a lot."
)
def mean_first(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    p = np.take_along_axis(p, targets[:, :, None], axis=-1)
    return -np.log2(p.mean())


@bits_per_character.mistake(
    "This is the cost of the likeliest character. The network pays for the "
    "one that came, whether it thought of it or not."
)
def likeliest(logits, targets):
    return bits_per_character(logits, logits.argmax(axis=-1))


@bits_per_character.mistake(
    "You average 1 / p, the perplexities, and take the logarithm last. One "
    "bad guess outweighs all others then: the logarithm comes first, the "
    "mean after it."
)
def mean_of_perplexities(logits, targets):
    e = np.exp(logits)
    p = e / e.sum(axis=-1, keepdims=True)
    came = np.take_along_axis(p, targets[..., None], axis=-1)
    return np.log2(np.mean(1 / came))


@bits_per_character.mistake(
    "This is the perplexity, 2 to the power of the bits: among how many "
    "equally likely characters it felt it had to choose."
)
def perplexity(logits, targets):
    return 2 ** bits_per_character(logits, targets)


@bits_per_character.mistake(
    "You take the scores for logarithms of probabilities. They are, once the "
    "logarithm of the sum of their exponentials has been subtracted."
)
def not_normalised(logits, targets):
    picked = np.take_along_axis(logits, targets[:, :, None], axis=-1)
    return -picked.mean() / np.log(2)


def by_softmax(logits, targets, axis=-1, base=np.e):
    """Return bits per character, of another softmax."""
    grown = base**logits
    p = grown / grown.sum(axis=axis, keepdims=True)
    came = np.take_along_axis(p, targets[..., None], axis=-1)
    return -np.mean(np.log2(came))


ANOTHER_AXIS = (
    "Your softmax runs along another axis. The probabilities of the V "
    "characters, in the last axis, add up to 1."
)


@bits_per_character.mistake(ANOTHER_AXIS)
def softmax_over_time(logits, targets):
    return by_softmax(logits, targets, axis=0)


@bits_per_character.mistake(ANOTHER_AXIS)
def softmax_over_the_batch(logits, targets):
    return by_softmax(logits, targets, axis=1)


@bits_per_character.mistake(
    "In your softmax, 2 is raised to the scores. The network's scores are "
    "powers of e; only the logarithm at the end is to base 2."
)
def powers_of_two(logits, targets):
    return by_softmax(logits, targets, base=2.0)


@bits_per_character.mistake(
    "You average over all V characters. Only the one that came costs "
    "something: where do the targets come in?"
)
def all_characters(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    return -np.mean(np.log2(p))


@bits_per_character.mistake(
    "You weigh each cost with the probability that was given to it. The "
    "character has come: its cost counts in full."
)
def weighed(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    came = np.take_along_axis(p, targets[..., None], -1)
    return -np.mean(came * np.log2(came))


@bits_per_character.mistake(
    "p[targets] takes whole steps of p: an index alone belongs to the first "
    "axis. A target is a place in the last one, at its own step and column."
)
def steps_for_characters(logits, targets):
    return logits[targets].mean()


@bits_per_character.mistake(
    "You put each score through a sigmoid by itself. The characters compete: "
    "softmax divides by the sum over all V, and the shares add up to 1."
)
def each_by_itself(logits, targets):
    T, B = targets.shape
    shares = 1 / (1 + np.exp(-logits))
    came = shares[np.arange(T)[:, None], np.arange(B), targets]
    return -np.log2(came).mean()


@exercise(
    "What a window keeps",
    "T, every -> kept (t, s)",
    "Every cell that you set to False is a lesson the network is not taught.",
)
def kept_pairs(T, every):
    r"""
    The triangle of blame has a cell for each pair of a loss at step `t` and
    a use at step `s`. Truncated backpropagation cuts the `T` steps into
    windows of `every` steps, the first one starting at step 0 and the last
    one perhaps shorter. Return an array of `T` rows (`t`) and `T` columns
    (`s`) that is true where the pair's gradient is kept, else false.
    """
    window = np.arange(T) // every
    together = window[:, None] == window  # (T, T)
    return np.tril(together)


kept_pairs.hint(
    "Two conditions. The use must not be later than the loss, and both must "
    "lie in the same window."
)
kept_pairs.hint("Step `t` lies in window number `t // every`.")
kept_pairs.hint(
    "Two loops over `t` and `s` will do. Without loops: "
    "`window[:, None] == window` compares all with all, and `np.tril` keeps "
    "the lower triangle."
)


@kept_pairs.inputs
def _(rng):
    for T, every in (7, 3), (6, 2), (5, 1), (4, 9):
        yield {"T": T, "every": every}


@kept_pairs.mistake(
    "You let every loss look back the same number of steps. Windows stand "
    "still: the first loss of a window reaches no further than its own step, "
    "and the last one reaches the window's start."
)
def sliding(T, every):
    back = np.arange(T)[:, None] - np.arange(T)
    return (back >= 0) & (back < every)


@kept_pairs.mistake(
    "You keep whole squares. A use that comes after a loss cannot be to "
    "blame for it."
)
def squares(T, every):
    return kept_pairs(T, every) | kept_pairs(T, every).T


@kept_pairs.mistake(
    "Your triangles are the upper ones, where the use is later than the "
    "loss. Rows are losses, columns are uses."
)
def upper(T, every):
    return kept_pairs(T, every).T


@kept_pairs.mistake(
    "The diagonal is missing. A step's own loss blames the use at that very "
    "step, too."
)
def no_diagonal(T, every):
    return kept_pairs(T, every) & ~np.eye(T, dtype=bool)


@kept_pairs.mistake(
    "Your first window is one step short: it looks as if steps were counted "
    "from 1. Step 0 is the first of its window."
)
def counted_from_one(T, every):
    window = (np.arange(T) + 1) // every
    return np.tril(window[:, None] == window)


@kept_pairs.mistake(
    "You compare places within a window, the remainder t % every. What two "
    "steps of one window share is the window's number."
)
def same_place(T, every):
    place = np.arange(T) % every
    return np.tril(place[:, None] == place)


@kept_pairs.mistake(
    "You mark the pairs that are lost. Mark those that are kept."
)
def lost(T, every):
    window = np.arange(T) // every
    return np.tril(window[:, None] != window)


@kept_pairs.mistake(
    "You cut the windows from the end of the text. They start at step 0, and "
    "a shorter one, if any, comes last."
)
def from_the_end(T, every):
    return kept_pairs(T, every)[::-1, ::-1].T


@kept_pairs.mistake(
    "Nothing is cut: this is the whole triangle. What has become of every?"
)
def uncut(T, every):
    return np.tril(np.ones((T, T), bool))


@kept_pairs.mistake(
    "You let every loss look back `every` steps, which makes a band. Windows "
    "stand still: within one, a loss reaches back to the window's start."
)
def sliding_by_one_more(T, every):
    back = np.arange(T)[:, None] - np.arange(T)
    return (back >= 0) & (back <= every)


@kept_pairs.mistake(
    "Only the diagonal is kept. With / two steps never have the same "
    "quotient; // counts the whole windows before a step."
)
def diagonal_alone(T, every):
    return np.eye(T, dtype=bool)


@kept_pairs.mistake(
    "The last window is missing: it is shorter than the others, and T // "
    "every counts whole ones."
)
def whole_windows_alone(T, every):
    kept = kept_pairs(T, every)
    kept[T // every * every :] = False
    return kept


@kept_pairs.mistake(
    "You list the pairs that are kept. Asked is a table with a cell for each "
    "pair, true where it is kept."
)
def listed(T, every):
    return np.argwhere(kept_pairs(T, every))


@exercise(
    "The walk that stops",
    "hs (T + 1, B, H), W_hh (H, H), dhs (T, B, H), every -> dW_hh (H, H)",
    "One line makes the difference between the exact gradient and the one "
    "that nearly everybody uses.",
)
def truncated_gradient(hs, W_hh, dhs, every):
    r"""
    Write truncated backpropagation through time, for the recurrent matrix.
    The forward pass is done, and the state was handed on from window to
    window: `hs[t]` went into step `t`, `hs[t + 1]` came out. `dhs[t]` is
    what the output of step `t` sends back to `hs[t + 1]`.

    Walk back from the last step to the first and add up `dW_hh`, but let
    no gradient pass from one window of `every` steps into the window before
    it. Windows start at the steps 0, `every`, `2 * every` and so on; the
    last one may be shorter.
    """
    dW_hh = np.zeros_like(W_hh)  # given
    from_next = np.zeros_like(hs[0])  # given
    for t in reversed(range(len(dhs))):  # given
        if (t + 1) % every == 0:  # the last step of a window
            from_next = np.zeros_like(hs[0])
        da = (dhs[t] + from_next) * (1 - hs[t + 1] ** 2)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh  # given


truncated_gradient.hint(
    "Leave `every` aside at first. Three lines are the full walk: `da` from "
    "`dhs[t]` and `from_next`; the share `hs[t].T @ da`; the next "
    "`from_next`."
)
truncated_gradient.hint(
    "Then ask at which steps nothing may come from the step after: at the "
    "last step of each window."
)
truncated_gradient.hint(
    "With windows of 3 the last steps are t = 2, 5, 8, …: those where "
    "`(t + 1) % every == 0`. There `from_next` is zero before it is used."
)


@truncated_gradient.inputs
def _(rng):
    for T, B, every in (8, 2, 3), (6, 3, 2), (5, 1, 1), (4, 3, 9):
        yield {
            "hs": rng.uniform(-0.9, 0.9, size=(T + 1, B, 5)),
            "W_hh": rng.normal(size=(5, 5)),
            "dhs": rng.normal(size=(T, B, 5)),
            "every": every,
        }


def walk(hs, W_hh, dhs, cut):
    """Yield t and da from the last step on; no gradient enters cut steps."""
    from_next = np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        da = (dhs[t] + from_next * (not cut(t))) * (1 - hs[t + 1] ** 2)
        yield t, da
        from_next = da @ W_hh.T


def summed(hs, W_hh, dhs, cut):
    """Add up the shares of a walk that is cut at some steps."""
    return sum(hs[t].T @ da for t, da in walk(hs, W_hh, dhs, cut))


@truncated_gradient.mistake(
    "This is the full gradient: your walk never stops. Where does every "
    "come in?"
)
def never_stops(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: False)


@truncated_gradient.mistake(
    "You cut one step too early on the way back: the first step of each "
    "window gets nothing from the second, though both are in one window."
)
def cut_inside(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: t % every == 0)


@truncated_gradient.mistake(
    "At a window's last step you empty from_next when it is full again. That "
    "cuts inside the window, and lets the next window's gradient in. Empty "
    "it before it is used."
)
def emptied_too_late(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: (t + 2) % every == 0)


@truncated_gradient.mistake(
    "You count the windows from the end of the text. They start at step 0, "
    "and the last one may be shorter."
)
def from_the_last_step(hs, W_hh, dhs, every):
    T = len(dhs)
    return summed(hs, W_hh, dhs, lambda t: (T - 1 - t) % every == 0)


@truncated_gradient.mistake(
    "Nothing ever walks back in yours: each step blames itself alone, as if "
    "every window had one step."
)
def every_step(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: True)


@truncated_gradient.mistake(
    "You cut the state as well: the first step of each window adds no share. "
    "The state was handed on, and W_hh multiplied it there, too."
)
def state_cut(hs, W_hh, dhs, every):
    steps = walk(hs, W_hh, dhs, lambda t: (t + 1) % every == 0)
    shares = (hs[t].T @ da for t, da in steps if t % every)
    return sum(shares, np.zeros_like(W_hh))


@truncated_gradient.mistake(
    "Your shares take hs[t + 1], the state after the step. W_hh was "
    "multiplied by the one before, hs[t]."
)
def with_state_after(hs, W_hh, dhs, every):
    steps = walk(hs, W_hh, dhs, lambda t: (t + 1) % every == 0)
    return sum(hs[t + 1].T @ da for t, da in steps)


@truncated_gradient.mistake(
    "The windows are right, but tanh's slope is missing: each da is what "
    "came back to the state, times 1 minus its square."
)
def no_slope_on_the_walk(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        da = dhs[t] + from_next * ((t + 1) % every != 0)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "You take tanh's slope at hs[t], the state that goes into the step. It "
    "is the slope of what comes out, hs[t + 1]."
)
def slope_before(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        dh = dhs[t] + from_next * ((t + 1) % every != 0)
        da = dh * (1 - hs[t] ** 2)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "You walk on with the gradient of the state. What crosses W_hh is the "
    "gradient of the sum inside tanh, da, slope and all."
)
def walks_on_with_dh(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        dh = dhs[t] + from_next * ((t + 1) % every != 0)
        dW_hh += hs[t].T @ (dh * (1 - hs[t + 1] ** 2))
        from_next = dh @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "These are the shares of the first step alone: each step overwrites "
    "dW_hh. The shares are added."
)
def overwritten(hs, W_hh, dhs, every):
    steps = list(walk(hs, W_hh, dhs, lambda t: (t + 1) % every == 0))
    return hs[0].T @ steps[-1][1]


@truncated_gradient.mistake(
    "You add to from_next and never empty it within a window. What comes "
    "from the step after is in da already; each step hands on its own."
)
def piled_up(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        from_next = from_next * ((t + 1) % every != 0)
        da = (dhs[t] + from_next) * (1 - hs[t + 1] ** 2)
        dW_hh += hs[t].T @ da
        from_next = from_next + da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "The windows are right, but you walk back through W_hh without "
    "transposing it."
)
def walks_through_W_hh(hs, W_hh, dhs, every):
    return truncated_gradient(hs, W_hh.T, dhs, every)


@truncated_gradient.mistake(
    "You let every loss reach back the same number of steps. Windows stand "
    "still: the walk stops where one begins, from wherever it came."
)
def sliding_window(hs, W_hh, dhs, every):
    dW_hh = np.zeros_like(W_hh)
    for t in range(len(dhs)):
        d = dhs[t]
        for s in range(t, max(t - every, -1), -1):
            da = d * (1 - hs[s + 1] ** 2)
            dW_hh += hs[s].T @ da
            d = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "tanh's slope multiplies dhs[t] alone. What comes from the next step "
    "goes through the same tanh, so the sum stands in brackets."
)
def slope_on_one_road_only(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in reversed(range(len(dhs))):
        da = dhs[t] * (1 - hs[t + 1] ** 2) + from_next
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T * (t % every != 0)
    return dW_hh


@truncated_gradient.mistake(
    "Your walk ends at the first cut, so the last window alone is counted. "
    "At a cut the gradient stops; the walk goes on with the window before."
)
def last_window_alone(hs, W_hh, dhs, every):
    start = (len(dhs) - 1) // every * every
    return truncated_gradient(hs[start:], W_hh, dhs[start:], every)


def with_slope(hs, W_hh, dhs, every, slope):
    """Walk with another idea of tanh's slope."""
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in reversed(range(len(dhs))):
        da = (dhs[t] + from_next) * slope(hs[t + 1])
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T * (t % every != 0)
    return dW_hh


@truncated_gradient.mistake(
    "The square is missing in your slope: that of tanh is 1 minus h squared."
)
def slope_without_its_square(hs, W_hh, dhs, every):
    return with_slope(hs, W_hh, dhs, every, lambda h: 1 - h)


@truncated_gradient.mistake(
    "You take the tanh of a state, which is a tanh already. Its slope needs "
    "the state alone."
)
def states_bent_twice(hs, W_hh, dhs, every):
    return with_slope(hs, W_hh, dhs, every, lambda h: 1 - np.tanh(h) ** 2)


@truncated_gradient.mistake(
    "Your shares use the gradient at the state. W_hh stands inside tanh, so "
    "a share needs the slope, too."
)
def shares_without_slope(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in reversed(range(len(dhs))):
        dh = dhs[t] + from_next
        dW_hh += hs[t].T @ dh
        from_next = (dh * (1 - hs[t + 1] ** 2)) @ W_hh.T * (t % every != 0)
    return dW_hh


@truncated_gradient.mistake(
    "You walk from the first step to the last. The gradient comes from the "
    "end: from_next is what the step *after* sends back."
)
def walks_forward(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in range(len(dhs)):
        if (t + 1) % every == 0:
            from_next = 0
        da = (dhs[t] + from_next) * (1 - hs[t + 1] ** 2)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "You cut once only, where the second window begins. A gradient stops at "
    "the end of every window."
)
def cut_once(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: t == every - 1)


@truncated_gradient.mistake(
    "You cut at one step only, and not at the last step of a window. A "
    "gradient stops at the end of every window, t = every - 1 and so on."
)
def cut_once_late(hs, W_hh, dhs, every):
    return summed(hs, W_hh, dhs, lambda t: t == every)


@truncated_gradient.mistake(
    "At the last step of a window you do nothing at all. Nothing comes from "
    "the step after it, but its own dhs counts."
)
def last_steps_left_out(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), np.zeros_like(hs[0])
    for t in reversed(range(len(dhs))):
        if (t + 1) % every:
            da = (dhs[t] + from_next) * (1 - hs[t + 1] ** 2)
            dW_hh += hs[t].T @ da
            from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "You walk from the first step to the last, and cut where a window begins. "
    "The gradient comes from the end: from_next is what the step after sends."
)
def walks_forward_and_cuts(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in range(len(dhs)):
        if t % every == 0:
            from_next = 0
        da = (dhs[t] + from_next) * (1 - hs[t + 1] ** 2)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "Only the last step of each window takes in its own dhs[t] in yours. "
    "Every step has an output, and what it sends back is added."
)
def own_loss_at_the_end_alone(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in reversed(range(len(dhs))):
        dh = dhs[t] if t % every == every - 1 else from_next
        da = dh * (1 - hs[t + 1] ** 2)
        dW_hh += hs[t].T @ da
        from_next = da @ W_hh.T
    return dW_hh


@truncated_gradient.mistake(
    "Your walk takes hs[t] for what comes out of step t. Here hs has a row "
    "more: hs[t] goes into step t, and hs[t + 1] comes out."
)
def one_row_early(hs, W_hh, dhs, every):
    dW_hh, from_next = np.zeros_like(W_hh), 0
    for t in reversed(range(1, len(dhs))):
        da = (dhs[t] + from_next) * (1 - hs[t] ** 2)
        dW_hh += hs[t - 1].T @ da
        from_next = da @ W_hh.T if t % every else 0
    return dW_hh


@truncated_gradient.mistake(
    "The steps after the last whole window add nothing in yours. The last "
    "window may be shorter, and it counts like the others."
)
def last_shorter_window_left_out(hs, W_hh, dhs, every):
    whole = len(dhs) - len(dhs) % every if every <= len(dhs) else 0
    cut = [t for t in range(whole) if t % every == every - 1]
    return summed(hs[: whole + 1], W_hh, dhs[:whole], cut.__contains__)
