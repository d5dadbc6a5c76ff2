"""Exercises on recurrence that is linear in its state, easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "Two steps in one",
    "a_1 (B, H), b_1 (B, H), a_2 (B, H), b_2 (B, H) -> a (B, H), b (B, H)",
    "This one line is all that a scan is made of.",
)
def join(a_1, b_1, a_2, b_2):
    r"""
    A linear step turns a state $h$ into $a \odot h + b$. First comes the
    step with $a_1$ and $b_1$, then the one with $a_2$ and $b_2$. Return the
    `a` and the `b` of the single step that does the same as both.
    """
    return a_2 * a_1, a_2 * b_1 + b_2


join.hint("Write the second step, and put the first one in the place of h.")
join.hint("a_2 (a_1 h + b_1) + b_2: multiply out, then sort by h.")


@join.inputs
def _(rng):
    for B, H in (3, 7), (1, 2), (2, 1):
        names = "a_1", "b_1", "a_2", "b_2"
        yield {name: rng.normal(size=(B, H)) for name in names}


@join.mistake(
    "Your b is that of the two steps in the other order: there b_2 went "
    "through a_1. The later step acts on what the earlier one has made."
)
def other_order(a_1, b_1, a_2, b_2):
    return a_1 * a_2, a_1 * b_2 + b_1


@join.mistake(
    "You add b_1 and b_2. But b_1 was there when the second step came, and "
    "was multiplied like all the rest of the state."
)
def b_untouched(a_1, b_1, a_2, b_2):
    return a_1 * a_2, b_1 + b_2


@join.mistake(
    "You add the two a. A state that is multiplied twice is multiplied by "
    "the product."
)
def a_added(a_1, b_1, a_2, b_2):
    return a_1 + a_2, join(a_1, b_1, a_2, b_2)[1]


@join.mistake(
    "Your b ends with a_2 * b_1: what the second step adds is missing."
)
def b_2_missing(a_1, b_1, a_2, b_2):
    return join(a_1, b_1, a_2, 0 * b_2)


@join.mistake(
    "Your b_1 is multiplied by the first step's own a. It was added after "
    "that; what multiplies it is the second step's a_2."
)
def own_a(a_1, b_1, a_2, b_2):
    return a_1 * a_2, a_1 * b_1 + b_2


@join.mistake(
    "Your b_2 is multiplied by a_2. It is added after that multiplication, as "
    "the last thing of all."
)
def b_2_multiplied(a_1, b_1, a_2, b_2):
    return a_1 * a_2, a_2 * (b_1 + b_2)


@join.mistake(
    "Your b_1 goes through both a. It was added when the first multiplication "
    "was over: only the second one reaches it."
)
def through_both(a_1, b_1, a_2, b_2):
    return a_1 * a_2, a_1 * a_2 * b_1 + b_2


@join.mistake(
    "You multiply both b, too. They are added to the state, one before and "
    "one after a_2."
)
def b_multiplied(a_1, b_1, a_2, b_2):
    return a_1 * a_2, b_1 * b_2


@join.mistake(
    "Your b is right, and your a is that of the second step alone. The old "
    "state is multiplied in both steps."
)
def second_a_alone(a_1, b_1, a_2, b_2):
    return a_2, a_2 * b_1 + b_2


@join.mistake(
    "Each of your b is multiplied by the a of its own step. In a step, a "
    "multiplies the state, and b is added to that as it is."
)
def own_a_each(a_1, b_1, a_2, b_2):
    return a_1 * a_2, a_1 * b_1 + a_2 * b_2


@exercise(
    "A gate that reads the input alone",
    "xs (T, B, D), W_z (D, H), W_n (D, H) -> a (T, B, H), b (T, B, H)",
    "No state was needed: this is why all steps can be joined in a tree.",
)
def min_gru(xs, W_z, W_n):
    r"""
    A minGRU, without biases, in the paper's convention:

    $$\begin{aligned}
    z_t &= \sigma(x_t W_z) \\
    n_t &= x_t W_n \\
    h_t &= (1 - z_t) \odot h_{t-1} + z_t \odot n_t
    \end{aligned}$$

    Return the coefficients of *all* steps, `a` and `b`, with which
    $h_t = a_t \odot h_{t-1} + b_t$. No loop is needed.
    """
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    return 1 - z, z * (xs @ W_n)


min_gru.hint("`xs @ W_z` multiplies all steps of all sequences at once.")
min_gru.hint("a is what $h_{t-1}$ is multiplied by, b is all the rest.")


@min_gru.inputs
def _(rng):
    for T, B, D, H in (5, 3, 2, 7), (1, 1, 2, 3), (4, 2, 1, 1):
        W = {name: rng.normal(size=(D, H)) for name in ("W_z", "W_n")}
        yield {"xs": rng.normal(size=(T, B, D)), **W}


@min_gru.mistake(
    "Your z keeps the past, as in PyTorch's GRU, or the minus inside of σ is "
    "missing, which does the same. Here z lets the new in, and 1 − z keeps."
)
def z_keeps(xs, W_z, W_n):
    return min_gru(xs, -W_z, W_n)


@min_gru.mistake(
    "Your candidate goes through tanh, as a GRU's does. Here it stays as it "
    "is: n = x W_n."
)
def with_tanh(xs, W_z, W_n):
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    return 1 - z, z * np.tanh(xs @ W_n)


@min_gru.mistake(
    "Your b is the candidate, whole. Only the part z of it is let in."
)
def not_let_in(xs, W_z, W_n):
    a, b = min_gru(xs, W_z, W_n)
    return a, b / (1 - a)


@min_gru.mistake(
    "Your gate is not squashed: without σ, z is any number, and 1 − z too."
)
def no_sigmoid(xs, W_z, W_n):
    z = xs @ W_z
    return 1 - z, z * (xs @ W_n)


@min_gru.mistake("You return z and n. Asked for are a = 1 − z and b = z ⊙ n.")
def gates_themselves(xs, W_z, W_n):
    return 1 / (1 + np.exp(-(xs @ W_z))), xs @ W_n


@min_gru.mistake(
    "Your b is right, and your a is z. What keeps the old state is 1 − z."
)
def a_is_z(xs, W_z, W_n):
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    return z, z * (xs @ W_n)


@min_gru.mistake(
    "Your a is right, and b takes the part 1 − z of the candidate. What is "
    "kept of the old makes room for the part z of the new."
)
def b_takes_the_rest(xs, W_z, W_n):
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    return 1 - z, (1 - z) * (xs @ W_n)


@min_gru.mistake(
    "The matrices are exchanged: your gate is made with W_n, your candidate "
    "with W_z."
)
def matrices_exchanged(xs, W_z, W_n):
    return min_gru(xs, W_n, W_z)


@min_gru.mistake(
    "Your gate goes through tanh, so it lies between −1 and 1. A gate is a "
    "share, from 0 to 1: σ."
)
def tanh_gate(xs, W_z, W_n):
    z = np.tanh(xs @ W_z)
    return 1 - z, z * (xs @ W_n)


@min_gru.mistake(
    "Your candidate goes through σ. Only the gate does; here the candidate "
    "stays as it is: n = x W_n."
)
def sigmoid_candidate(xs, W_z, W_n):
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    return 1 - z, z / (1 + np.exp(-(xs @ W_n)))


@min_gru.mistake(
    "Your second result is the states. Asked for is b, what a step adds: no "
    "step needs another one, and no loop is needed."
)
def ran_it(xs, W_z, W_n):
    z = 1 / (1 + np.exp(-(xs @ W_z)))
    hs, h = z * (xs @ W_n), 0
    for t in range(len(xs)):
        hs[t] = h = (1 - z[t]) * h + hs[t]
    return 1 - z, hs


@min_gru.mistake(
    "In your σ the 1 is missing below the line: 1 / (1 + exp(−a)) lies "
    "between 0 and 1, and 1 / exp(−a) does not."
)
def a_bare_exponential(xs, W_z, W_n):
    z = np.exp(xs @ W_z)
    return 1 - z, z * (xs @ W_n)


@exercise(
    "How long a turning number lasts",
    "nu (H), theta (H) -> steps (H)",
    "The angle says how fast a unit turns, and nothing about how long it "
    "remembers.",
)
def half_life(nu, theta):
    r"""
    A linear recurrent unit multiplies its state at every step by

    $$\lambda = \exp(-e^{\nu} + i\theta)$$

    After how many steps is half of its *size* left? Return a number for
    each unit; it need not be whole.
    """
    return np.log(2) / np.exp(nu)


half_life.hint("The size of a complex number $e^{u + iv}$ is $e^u$.")
half_life.hint(
    r"So $|\lambda| = \exp(-e^\nu)$, and $|\lambda|^n = 1/2$ is to be solved "
    "for n."
)


@half_life.inputs
def _(rng):
    for H in 7, 1:
        yield {"nu": rng.uniform(-5, 0, H), "theta": rng.uniform(0, 6, H)}


@half_life.mistake(
    "You return |λ|, the share that is left after one step. Asked is after "
    "how many steps the share is a half."
)
def size_itself(nu, theta):
    return np.exp(-np.exp(nu))


@half_life.mistake(
    "Your number is 1 / e^ν, and after so many steps 1/e is left. Half of it "
    "is gone earlier, by the factor ln 2; np.log2 of 2 is 1."
)
def time_constant(nu, theta):
    return half_life(nu, theta) / np.log(2)


@half_life.mistake(
    "You take e^ν for |λ|. It stands in an exponent once more: |λ| is "
    "exp(−e^ν)."
)
def one_exponential(nu, theta):
    return np.log(0.5) / nu


@half_life.mistake(
    "Your number is negative: log ½ and log |λ| are both below zero, and so "
    "their quotient is not."
)
def wrong_sign(nu, theta):
    return -half_life(nu, theta)


@half_life.mistake(
    "You take the real part of λ. A number that turns has a small real part "
    "now and then and is as large as before: its size is |λ|."
)
def real_part(nu, theta):
    lam = np.exp(-np.exp(nu) + 1j * theta).real
    return np.log(0.5) / np.log(np.abs(lam))


@half_life.mistake(
    "You divide one half by |λ|. The size is multiplied at every step, so "
    "what is asked stands in an exponent: |λ|^n = ½."
)
def divided_once(nu, theta):
    return 0.5 / np.exp(-np.exp(nu))


@half_life.mistake(
    "You return half of |λ|. It is the number of steps that is asked for, "
    "after which |λ|^n is one half."
)
def half_of_the_size(nu, theta):
    return np.exp(-np.exp(nu)) / 2


@half_life.mistake(
    "One logarithm has base 2 and the other base e. Both sides of |λ|^n = ½ "
    "take the same one."
)
def two_bases(nu, theta):
    return -np.log(2) / np.log2(np.exp(-np.exp(nu)))


@half_life.mistake(
    "You divide by |λ| itself. Of |λ|^n = ½ take the logarithm on both sides: "
    "ln ½ is divided by ln |λ|."
)
def by_the_size(nu, theta):
    return np.log(2) / np.exp(-np.exp(nu))


@half_life.mistake(
    "You divide a logarithm by |λ|, which is none. On both sides of "
    "|λ|^n = ½ a logarithm is taken."
)
def one_side_alone(nu, theta):
    return np.log2(0.5) / np.exp(-np.exp(nu))


@half_life.mistake(
    "You round up to whole steps. The number that solves |λ|^n = ½ need not "
    "be whole; return it as it is."
)
def rounded_up(nu, theta):
    return np.ceil(half_life(nu, theta))


@half_life.mistake(
    "It is upside down: a unit that loses much in a step should have a short "
    "half-life."
)
def upside_down(nu, theta):
    return 1 / half_life(nu, theta)


@half_life.mistake(
    "You multiply by e^ν. A larger e^ν forgets faster, so the number of steps "
    "should be smaller."
)
def multiplied(nu, theta):
    return np.log(2) * np.exp(nu)


@half_life.mistake(
    "You divide ln 2 by ν. The exponent of |λ| is −e^ν, not ν."
)  # fmt: skip
def by_nu(nu, theta):
    return np.log(2) / nu


@half_life.mistake(
    "You take one half for its logarithm. Of |λ|^n = ½, take the logarithm on "
    "both sides: the right one becomes ln ½."
)
def half_for_its_log(nu, theta):
    return 0.5 / np.exp(nu)


@half_life.mistake(
    "Your logarithm has base 10, and on the other side stands a power of e. "
    "Both have to be the same: np.log."
)
def base_ten(nu, theta):
    return np.log10(2) / np.exp(nu)


@half_life.mistake(
    "Your number depends on the angle θ. A step turns the number by θ and "
    "leaves its size alone."
)
def by_the_angle(nu, theta):
    return np.log(2) / np.exp(nu) / theta


@exercise(
    "Back, from the other end",
    "a (T, B, H), hs (T, B, H), dhs (T, B, H) -> da (T, B, H), db (T, B, H)",
    "A scan's backward pass is a scan: the loop you wrote could be a tree.",
)
def scan_back(a, hs, dhs):
    r"""
    The way forward was $h_t = a_t \odot h_{t-1} + b_t$, from zeros, and
    `hs` holds its states. `dhs[t]` is what the loss sends to $h_t$ itself.
    Return the gradients of all `a` and all `b`.

    Mind that a state is used twice: by the loss, and by the next step.
    """
    db = np.zeros_like(dhs)
    after = np.zeros_like(dhs[0])
    for t in reversed(range(len(dhs))):
        db[t] = dhs[t] + after
        after = a[t] * db[t]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


scan_back.hint(
    "Step t adds b to its state, so db[t] is the whole gradient at h_t: from "
    "the loss, and from step t + 1."
)
scan_back.hint("What comes back through step t + 1 is a[t + 1] * db[t + 1].")
scan_back.hint("`a[t]` multiplied $h_{t-1}$, so `da[t] = db[t] * hs[t - 1]`.")


@scan_back.inputs
def _(rng):
    for T, B, H in (5, 3, 7), (1, 2, 3), (2, 1, 1):
        names = "a", "hs", "dhs"
        yield {name: rng.normal(size=(T, B, H)) for name in names}


def back(a, hs, dhs, coefficient="next", state="before", road=True):
    """Return the gradients, or such as differ in one thing."""
    db, T = np.zeros_like(dhs), len(dhs)
    for t in reversed(range(T)):
        db[t] = dhs[t]
        if t + 1 < T and road:
            db[t] += a[t + (coefficient == "next")] * db[t + 1]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * (before if state == "before" else hs), db


@scan_back.mistake(
    "Between steps t and t + 1 you multiply by a[t]. It was a[t + 1] that "
    "multiplied h_t on the way forward."
)
def coefficient_too_early(a, hs, dhs):
    return back(a, hs, dhs, coefficient="here")


@scan_back.mistake(
    "Your db is right. For da you multiply by hs[t], and a[t] multiplied the "
    "state before it, hs[t - 1]."
)
def state_too_late(a, hs, dhs):
    _, db = scan_back(a, hs, dhs)
    return db * hs, db


@scan_back.mistake(
    "Nothing walks back in your gradients: each state gets what the loss "
    "sends to it, and not what comes through the next step."
)
def no_road(a, hs, dhs):
    return back(a, hs, dhs, road=False)


@scan_back.mistake(
    "Your loop runs forward in time. What comes back to a state comes from "
    "the steps after it, so the last step is the first to be known."
)
def hands_it_forward(a, hs, dhs):
    db = dhs.copy()
    for t in range(1, len(dhs)):
        db[t] += a[t - 1] * db[t - 1]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


@scan_back.mistake(
    "The last state gets the gradient of the loss twice. Nothing comes after "
    "it, so begin with zeros."
)
def last_twice(a, hs, dhs):
    twice = dhs.copy()
    twice[-1] *= 2
    return scan_back(a, hs, twice)


@scan_back.mistake(
    "You walk forward in time. A gradient comes from later steps: start at "
    "the last one."
)
def forward(a, hs, dhs):
    db = np.zeros_like(dhs)
    for t in range(len(dhs)):
        db[t] = dhs[t] + (a[t] * db[t - 1] if t else 0)
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


@scan_back.mistake(
    "Your da is wrong at t = 0 alone. There `hs[t - 1]` is `hs[-1]`, the last "
    "state; before the first step the state was zero."
)
def wrapped_round(a, hs, dhs):
    before = np.roll(hs, 1, axis=0)
    return back(a, hs, dhs)[1] * before, back(a, hs, dhs)[1]


@scan_back.mistake(
    "What you hand to the step before is what the loss sends to this state. "
    "It is the whole gradient, `db[t]`, that goes on: else it ends one step "
    "away."
)
def one_step_only(a, hs, dhs):
    db = dhs.copy()
    db[:-1] += a[1:] * dhs[1:]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


@scan_back.mistake(
    "Your db is right. For da you multiply what the loss sends to the state; "
    "it is the whole gradient at it, `db[t]`, that counts."
)
def from_the_loss_alone(a, hs, dhs):
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return dhs * before, back(a, hs, dhs)[1]


@scan_back.mistake(
    "What comes back is added up and never multiplied. On its way from step "
    "t + 1 to step t it goes through a[t + 1]."
)
def never_multiplied(a, hs, dhs):
    return scan_back(np.ones_like(a), hs, dhs)


@scan_back.mistake(
    "The numbers are there, and time runs backwards: what was found first "
    "belongs to the last step."
)
def not_turned_again(a, hs, dhs):
    db = back(a, hs, dhs)[1][::-1]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


@scan_back.mistake(
    "Your db is right. For da you multiply by the next state; a[t] multiplied "
    "the state before it."
)
def next_state(a, hs, dhs):
    _, db = scan_back(a, hs, dhs)
    return db * np.concatenate([hs[1:], np.zeros_like(hs[:1])]), db


@scan_back.mistake(
    "Your db is right. For da you multiply by a itself; what a[t] multiplied "
    "is the state before it."
)
def by_a_itself(a, hs, dhs):
    _, db = scan_back(a, hs, dhs)
    return db * a, db


@scan_back.mistake(
    "You multiply by 1 − h², the slope of a tanh. There is none here: a "
    "linear step passes the gradient on as it is."
)
def slope_of_tanh(a, hs, dhs):
    db, after = np.zeros_like(dhs), np.zeros_like(dhs[0])
    for t in reversed(range(len(dhs))):
        db[t] = (dhs[t] + after) * (1 - hs[t] ** 2)
        after = a[t] * db[t]
    before = np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])
    return db * before, db


@scan_back.mistake(
    "Your da is wrong at t = 0 alone. Before the first step the state was "
    "zero; you have the first state in its place."
)
def first_state_twice(a, hs, dhs):
    db = back(a, hs, dhs)[1]
    return db * np.concatenate([hs[:1], hs[:-1]]), db


@exercise(
    "In ten rounds",
    "a (T, B, H), b (T, B, H) -> hs (T, B, H)",
    "A thousand steps in ten rounds, as long as every line of a round works "
    "on all steps at once and no loop over the steps is left.",
)
def doubling(a, b):
    r"""
    Return all states of $h_t = a_t \odot h_{t-1} + b_t$, from zeros, in
    $\log_2 T$ rounds, rounded up, ten for a thousand steps. At first, place
    $t$ holds the pair of step $t$ alone.
    In every round each place joins its pair with the one that lies `reach`
    places *before* it, for all places at once; those without such a place
    stay. `reach` is 1, then 2, 4, …, as long as it is less than `T`. After
    that, place $t$ has joined all steps up to its own.

    Mind that `a` and `b` belong to the caller.
    """
    pairs_a, hs, reach = a.copy(), b.copy(), 1
    while reach < len(b):
        hs[reach:] = pairs_a[reach:] * hs[:-reach] + hs[reach:]
        pairs_a[reach:] = pairs_a[reach:] * pairs_a[:-reach]
        reach = 2 * reach
    return hs


doubling.hint(
    "The pair of place t is the later one of the two: its a multiplies the b "
    "of the other."
)
doubling.hint(
    "`hs[reach:]` are the places that have a partner, `hs[:-reach]` are "
    "their partners, in the same order."
)
doubling.hint(
    "In each round the b first, with the a of before the round; then the a."
)


@doubling.inputs
def _(rng):
    for T, B, H in (8, 3, 2), (5, 1, 2), (1, 2, 3), (2, 1, 1), (11, 2, 1):
        a = rng.uniform(-1, 1, size=(T, B, H))
        a[T // 2, 0] = 0  # a step that forgets all
        yield {"a": a, "b": rng.normal(size=(T, B, H))}


def rounds(a, b, swap=False, pairs=True, first="b", grow=2, most=None):
    """Return the states, or those after rounds with one mistake."""
    p, hs, reach = a.copy(), b.copy(), 1
    while reach < (most or len(b)):
        joined = p[reach:] * p[:-reach]
        if first == "a":
            p[reach:] = joined
        if swap:
            hs[reach:] = p[:-reach] * hs[reach:] + hs[:-reach]
        else:
            hs[reach:] = p[reach:] * hs[:-reach] + hs[reach:]
        if first == "b" and pairs:
            p[reach:] = joined
        reach = reach * grow if grow > 1 else reach + 1
    return hs


@doubling.mistake(
    "Your pairs are joined in the wrong order: the earlier b goes through "
    "the later a, not the other way round."
)
def joined_backwards(a, b):
    return rounds(a, b, swap=True)


@doubling.mistake(
    "You join the b in every round, and leave the a as they were. From the "
    "second round on a place stands for several steps, and its a is their "
    "product."
)
def a_of_one_step(a, b):
    return rounds(a, b, pairs=False)


@doubling.mistake(
    "You join the a of a round first, and then take the new ones to join the "
    "b. The b need those from before the round."
)
def a_first(a, b):
    return rounds(a, b, first="a")


@doubling.mistake(
    "Your reach grows by one in each round. After a round every place stands "
    "for twice as many steps, so the next partner is twice as far away."
)
def reach_plus_one(a, b):
    return rounds(a, b, grow=1)


@doubling.mistake(
    "You stop after one round: every state has heard of the step before it, "
    "and of no earlier one."
)
def one_round(a, b):
    return rounds(a, b, most=min(2, len(b)))


@doubling.mistake(
    "You divide by the product of all a so far, and a step may have an a of "
    "0. Join pairs: that only multiplies and adds."
)
def by_quotients(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        product = np.cumprod(a, axis=0)
        return product * np.cumsum(b / product, axis=0)


@doubling.mistake(
    "Inside of a round you go from place to place and use what this round "
    "has already changed. All places join what was there before the round."
)
def place_by_place(a, b):
    p, hs, reach = a.copy(), b.copy(), 1
    while reach < len(b):
        for t in range(reach, len(b)):
            hs[t] = p[t] * hs[t - reach] + hs[t]
            p[t] = p[t] * p[t - reach]
        reach = 2 * reach
    return hs


@doubling.mistake(
    "You stop too early: with 5 steps a reach of 4 is needed still. Go on as "
    "long as `reach` is less than T."
)
def a_round_too_few(a, b):
    return rounds(a, b, most=len(b) // 2 + 1)


@doubling.mistake(
    "You leave a out: your states are sums of all b. Each step multiplies "
    "what was there before it adds."
)
def sums(a, b):
    return np.cumsum(b, axis=0)


@doubling.mistake(
    "You add the a of two pairs. A state that is multiplied twice is "
    "multiplied by the product."
)
def products_added(a, b):
    p, hs, reach = a.copy(), b.copy(), 1
    while reach < len(b):
        hs[reach:] = p[reach:] * hs[:-reach] + hs[reach:]
        p[reach:] = p[reach:] + p[:-reach]
        reach = 2 * reach
    return hs


@doubling.mistake(
    "In every round you join the a and b of single steps again. From the "
    "second round on, a place's own pair is what the rounds before have made."
)
def single_steps_again(a, b):
    hs, reach = b.copy(), 1
    while reach < len(b):
        hs[reach:] = a[reach:] * hs[:-reach] + b[reach:]
        reach = 2 * reach
    return hs


@doubling.mistake(
    "Your places go round: np.roll gives the first places a partner from the "
    "end. Places without one before them stay as they are."
)
def rolled_round(a, b):
    p, hs, reach = a.copy(), b.copy(), 1
    while reach < len(b):
        hs = p * np.roll(hs, reach, axis=0) + hs
        p, reach = p * np.roll(p, reach, axis=0), 2 * reach
    return hs


@doubling.mistake(
    "Your first partner is two places away. The reach begins with 1."
)
def from_two(a, b):
    p, hs, reach = a.copy(), b.copy(), 2
    while reach < len(b):
        hs[reach:] = p[reach:] * hs[:-reach] + hs[reach:]
        p[reach:] = p[reach:] * p[:-reach]
        reach = 2 * reach
    return hs


@doubling.mistake(
    "Your last round is missing. Go on as long as `reach` itself is less than "
    "T, not twice of it."
)
def one_round_less(a, b):
    a, b, reach = a.copy(), b.copy(), 1
    while 2 * reach < len(a):
        b[reach:] = a[reach:] * b[:-reach] + b[reach:]
        a[reach:] = a[reach:] * a[:-reach]
        reach *= 2
    return b


@doubling.mistake(
    "Your `reach` is the number of the round: 0, 1, 2, … It doubles: 1, 2, 4, "
    "…"
)
def numbers_of_rounds(a, b):
    for reach in range(int(np.log2(len(a))) + 1):
        T = len(a) - reach
        b = np.concatenate([b[:reach], a[reach:] * b[:T] + b[reach:]])
        a = np.concatenate([a[:reach], a[reach:] * a[:T]])
    return b


@exercise(
    "A state that changes its mind",
    "bits (T, B) -> a (T, B), b (T, B)",
    "Linear, and it tracks a state: all it needed was an a below zero.",
)
def parity(bits):
    r"""
    `bits` are 0 or 1. Choose the coefficients of a linear recurrence
    $h_t = a_t h_{t-1} + b_t$ that starts from $h_0 = 1$ and says after every
    bit whether the ones so far are even, $h_t = 1$, or odd, $h_t = -1$. The
    coefficients of a step may depend on that step's bit alone.

    Return floats, `a` and `b`.
    """
    return 1.0 - 2.0 * bits, np.zeros(bits.shape)


parity.hint("What should a 0 do to the state? And a 1?")
parity.hint("Nothing has to be added. A one turns 1 into −1 and −1 into 1.")


@parity.inputs
def _(rng):
    for T, B in (7, 3), (1, 2), (4, 1):
        bits = rng.integers(2, size=(T, B))
        bits[0] = np.arange(B) % 2
        yield {"bits": bits}


@parity.observe
def _(result, bits):
    """The coefficients, and whether they are floats, as is asked for."""
    a, b = result
    return a, b, all(np.asarray(x).dtype.kind == "f" for x in (a, b))


@parity.explain
def _(yours, right, bits):
    for name, mine, true in zip("ab", yours, right[:2], strict=False):
        if (wrong := ~agree(mine, true)).any():
            t, n = np.argwhere(wrong)[0]
            return (
                f"bits[{t}, {n}] is {bits[t, n]}, and there {name} should be "
                f"{true[t, n]:.0f}; yours is {mine[t, n]:.7g}."
            )
    return (
        "The numbers are right, and they are integers. Return floats: what is "
        "multiplied by an a and added to a b later need not be whole."
    )


@parity.mistake(
    "Your zeros turn the state round, and your ones leave it. It is the other "
    "way."
)
def zeros_turn(bits):
    return 2.0 * bits - 1, np.zeros(bits.shape)


@parity.mistake(
    "Your a is 0 everywhere and your b is 1 or −1: a step forgets the state "
    "and says its own bit. Or have a and b changed places?"
)
def own_bit_alone(bits):
    return parity(bits)[::-1]


@parity.mistake(
    "Your ones wipe the state out, with a = 0. From then on it is 0, and "
    "knows nothing."
)
def wiped(bits):
    return 1.0 - bits, np.zeros(bits.shape)


@parity.mistake(
    "You turn the state round at every step, whatever the bit. That counts "
    "steps, not ones."
)
def always(bits):
    return -np.ones(bits.shape), np.zeros(bits.shape)


@parity.mistake(
    "You count: your state grows with the ones. It is to be 1 or −1, and a "
    "count would have to be asked whether it is odd."
)
def counted(bits):
    return np.ones(bits.shape), 1.0 * bits


@parity.mistake(
    "A one sets your state to −1, whatever it was. The second one has to "
    "bring it back: the state must be turned, not set."
)
def set_to_odd(bits):
    return 1.0 - bits, -1.0 * bits


@parity.mistake(
    "Your zeros wipe the state out, with a = 0. A 0 should leave it as it is."
)
def zeros_wipe(bits):
    return -1.0 * bits, np.zeros(bits.shape)


@parity.mistake(
    "Your a holds the states themselves: it counts all ones so far. A step's "
    "a may depend on that step's bit alone."
)
def states_in_a(bits):
    return 1 - 2.0 * (np.cumsum(bits, axis=0) % 2), np.zeros(bits.shape)


@parity.mistake(
    "Your b holds the states themselves, and a forgets the old ones. A step's "
    "b may depend on that step's bit alone."
)
def states_in_b(bits):
    return np.zeros(bits.shape), 1 - 2.0 * (np.cumsum(bits, axis=0) % 2)


@parity.mistake(
    "Your ones take something away from the state, and it goes on and on "
    "below −1. The second one has to bring it back: turn, do not add."
)
def taken_away(bits):
    return np.ones(bits.shape), -2.0 * bits


@parity.mistake(
    "You add 1 for a zero and −1 for a one. That is how many more zeros there "
    "were, not whether the ones are even."
)
def added_up(bits):
    return np.ones(bits.shape), 1 - 2.0 * bits


@parity.mistake(
    "Your ones forget the state and write a 1: it then says what the last bit "
    "was. The old state has to be turned round."
)
def last_bit(bits):
    return 1.0 - bits, 1.0 * bits
