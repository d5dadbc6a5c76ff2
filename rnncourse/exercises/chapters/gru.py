"""Exercises on the gated recurrent unit, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


def sigmoid(a):
    """1 / (1 + exp(-a))."""
    return 1 / (1 + np.exp(-a))


@exercise(
    "One step, as note N4 draws it",
    "x (B, D), h (B, H), W_r (D+H, H), W_z (D+H, H), W (D+H, H) -> h (B, H)",
    "This is the GRU of Chung and others. In PyTorch's, the reset comes "
    "after the matrix and z multiplies the old state.",
)
def n4_step(x, h, W_r, W_z, W):
    r"""
    Note N4's GRU, without biases. Join $x$ and $h$ (in this order) and
    compute the two gates, join $x$ with the *reset* state for $h'$, and mix:

    $$\begin{aligned}
    r &= \sigma([x, h]\,W_r) \\
    z &= \sigma([x, h]\,W_z) \\
    h' &= \tanh([x, h \odot r]\,W) \\
    h_{\text{new}} &= (1-z) \odot h + z \odot h'
    \end{aligned}$$

    Each row is one sequence. Return the new states.
    """
    both = np.concatenate([x, h], axis=1)
    r = 1 / (1 + np.exp(-both @ W_r))
    z = 1 / (1 + np.exp(-both @ W_z))
    new = np.tanh(np.concatenate([x, h * r], axis=1) @ W)
    return (1 - z) * h + z * new


n4_step.hint(
    "`np.concatenate([x, h], axis=1)` joins them row by row: (B, D + H)."
)
n4_step.hint(
    "The sigmoid of `a` is `1 / (1 + np.exp(-a))`. Both gates get the "
    "joined rows with the state as it is."
)
n4_step.hint(
    "For h′ join again, with `h * r` in the place of `h`. The last line of "
    "the formula you can copy as it stands."
)


@n4_step.inputs
def _(rng):
    for B, D, H in (3, 2, 7), (1, 2, 7), (3, 2, 1):
        W = {n: rng.normal(size=(D + H, H)) for n in ("W_r", "W_z", "W")}
        yield {"x": rng.normal(size=(B, D)), "h": rng.normal(size=(B, H)), **W}


def n4(x, h, W_r, W_z, W, reset="before", keeps=False, squash=np.tanh):
    """Return N4's step, or a GRU that differs from it in one thing."""
    both = np.concatenate([x, h], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    D = x.shape[1]
    past = {
        "before": (h * r) @ W[D:],
        "after": (h @ W[D:]) * r,
        "never": h @ W[D:],
    }[reset]
    new = squash(x @ W[:D] + past)
    keep = z if keeps else 1 - z
    return keep * h + (1 - keep) * new


@n4_step.mistake(
    "Your z keeps the past, as PyTorch's does. In N4's formula z multiplies "
    "the new h′, and 1 − z the old state."
)
def other_end(x, h, W_r, W_z, W):
    return n4_step(x, h, W_r, -W_z, W)


@n4_step.mistake(
    "You reset after the matrix: r multiplies h's product. That is "
    "PyTorch's form; in N4 the state is reset first and multiplied then."
)
def reset_after(x, h, W_r, W_z, W):
    return n4(x, h, W_r, W_z, W, reset="after")


@n4_step.mistake(
    "Your reset gate is computed and used nowhere. h′ is made of x and of "
    "the reset state, h times r."
)
def no_reset(x, h, W_r, W_z, W):
    return n4(x, h, W_r, W_z, W, reset="never")


@n4_step.mistake(
    "Your h′ is not squashed by tanh, so states can grow without limit."
)
def no_tanh(x, h, W_r, W_z, W):
    return n4(x, h, W_r, W_z, W, squash=np.asarray)


@n4_step.mistake(
    "Your h′ goes through the sigmoid like a gate. It is content and not a "
    "gate, and may be negative: tanh."
)
def sigmoid_candidate(x, h, W_r, W_z, W):
    return n4(x, h, W_r, W_z, W, squash=sigmoid)


@n4_step.mistake(
    "Your last line mixes in the reset state. The reset is for h′ alone; "
    "what is kept is h as it was."
)
def keeps_reset(x, h, W_r, W_z, W):
    r = sigmoid(np.concatenate([x, h], axis=1) @ W_r)
    z = sigmoid(np.concatenate([x, h], axis=1) @ W_z)
    return n4(x, h, W_r, W_z, W) - (1 - z) * (1 - r) * h


@n4_step.mistake(
    "You return h′ itself. It is a candidate: z says how much of it becomes "
    "state, and 1 − z how much of the old state stays."
)
def candidate(x, h, W_r, W_z, W):
    r = sigmoid(np.concatenate([x, h], axis=1) @ W_r)
    return np.tanh(np.concatenate([x, h * r], axis=1) @ W)


@n4_step.mistake(
    "Your two gates have changed places: W_r makes the reset, W_z the update."
)
def swapped(x, h, W_r, W_z, W):
    return n4_step(x, h, W_z, W_r, W)


@n4_step.mistake(
    "You join h and x. The rows of the weights belong to x first and then to "
    "h, so join them in this order."
)
def joined_the_other_way(x, h, W_r, W_z, W):
    both = np.concatenate([h, x], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    new = np.tanh(np.concatenate([h * r, x], axis=1) @ W)
    return (1 - z) * h + z * new


@n4_step.mistake(
    "Your update gate sees the reset state. Both gates look at h as it is; "
    "the reset is for h′ alone."
)
def update_sees_reset(x, h, W_r, W_z, W):
    r = sigmoid(np.concatenate([x, h], axis=1) @ W_r)
    reset = np.concatenate([x, h * r], axis=1)
    z = sigmoid(reset @ W_z)
    return (1 - z) * h + z * np.tanh(reset @ W)


@n4_step.mistake(
    "You reset with 1 − r. Where r is open, at 1, h′ sees the past: h times r."
)
def reset_turned(x, h, W_r, W_z, W):
    return n4(x, h, -W_r, W_z, W)


@n4_step.mistake("You reset with z. The reset gate is r, the one made by W_r.")
def resets_with_z(x, h, W_r, W_z, W):
    return n4(x, h, W_z, W_z, W)


@n4_step.mistake(
    "The old state stays whole and the new is added. Each takes its share: "
    "(1 − z) of the one, z of the other."
)
def all_kept(x, h, W_r, W_z, W):
    z = sigmoid(np.concatenate([x, h], axis=1) @ W_z)
    return n4(x, h, W_r, W_z, W) + z * h


@n4_step.mistake(
    "Your gates are shut where they should be open: the sigmoid is "
    "1 / (1 + exp(−a)), with a minus."
)
def sigmoid_turned(x, h, W_r, W_z, W):
    return n4(x, h, -W_r, -W_z, W)


@n4_step.mistake(
    "Your gates are bare sums. A valve stands between 0 and 1: r and z go "
    "through the sigmoid."
)
def bare_gates(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    r, z = both @ W_r, both @ W_z
    new = np.tanh(np.concatenate([x, h * r], axis=1) @ W)
    return (1 - z) * h + z * new


@n4_step.mistake(
    "Your gates went through tanh. A valve stands between 0 and 1: r and z "
    "go through the sigmoid."
)
def tanh_gates(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    r, z = np.tanh(both @ W_r), np.tanh(both @ W_z)
    new = np.tanh(np.concatenate([x, h * r], axis=1) @ W)
    return (1 - z) * h + z * new


@n4_step.mistake(
    "Brackets are missing in your sigmoid: 1 / 1 + exp(−a) is 1 plus the "
    "exponential. The whole sum stands below."
)
def brackets_missing(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    r, z = (1 + np.exp(-(both @ V)) for V in (W_r, W_z))
    new = np.tanh(np.concatenate([x, h * r], axis=1) @ W)
    return (1 - z) * h + z * new


@n4_step.mistake(
    "You reset h′ itself, after tanh. What is reset is the old state, before "
    "it is joined with x."
)
def candidate_reset(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    return (1 - z) * h + z * r * np.tanh(both @ W)


@n4_step.mistake(
    "Old and new have the same share in yours, 1 − z. What the one loses, the "
    "other gets: z for h′."
)
def same_share(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    z = sigmoid(both @ W_z)
    return (1 - z) * (h + candidate(x, h, W_r, W_z, W))


@n4_step.mistake(
    "The old state is missing in your last line. z of the new comes in, and "
    "1 − z of the old stays."
)
def nothing_stays(x, h, W_r, W_z, W):
    z = sigmoid(np.concatenate([x, h], axis=1) @ W_z)
    return z * candidate(x, h, W_r, W_z, W)


def n4_gates(x, h, W_r, W_z):
    """The two gates, as they should be."""
    return [sigmoid(np.concatenate([x, h], axis=1) @ W) for W in (W_r, W_z)]


@n4_step.mistake(
    "You reset after the product. In N4's formula r multiplies h first, and "
    "then the joined rows meet W."
)
def reset_after_all(x, h, W_r, W_z, W):
    r, z = n4_gates(x, h, W_r, W_z)
    n = np.tanh(np.concatenate([x, h], axis=1) @ W * r)
    return (1 - z) * h + z * n


@n4_step.mistake(
    "h′ sees the reset gate in the place of the state. What is joined to x "
    "is h times r."
)
def gate_for_state(x, h, W_r, W_z, W):
    r, z = n4_gates(x, h, W_r, W_z)
    n = np.tanh(np.concatenate([x, r], axis=1) @ W)
    return (1 - z) * h + z * n


BENT_GATE = "One of your gates goes through tanh. A gate is a sigmoid."


@n4_step.mistake(BENT_GATE)
def tanh_for_r(x, h, W_r, W_z, W):
    xh = np.concatenate([x, h], axis=1)
    n = np.tanh(np.concatenate([x, h * np.tanh(xh @ W_r)], axis=1) @ W)
    _, z = n4_gates(x, h, W_r, W_z)
    return (1 - z) * h + z * n


@n4_step.mistake(BENT_GATE)
def tanh_for_z(x, h, W_r, W_z, W):
    r, _ = n4_gates(x, h, W_r, W_z)
    z = np.tanh(np.concatenate([x, h], axis=1) @ W_z)
    n = np.tanh(np.concatenate([x, h * r], axis=1) @ W)
    return (1 - z) * h + z * n


@n4_step.mistake(
    "No reset, and z turned round: in N4 r resets h inside h′, and z is the "
    "share of the new."
)
def two_slips(x, h, W_r, W_z, W):
    return n4(x, h, W_r, W_z, W, reset="never", keeps=True)


@n4_step.mistake(
    "Your z and 1 − z are not shares of the old state and of h′: in your "
    "last line h stands beside the wrong one."
)
def mixed_up_mixture(x, h, W_r, W_z, W):
    _, z = n4_gates(x, h, W_r, W_z)
    new = (n4(x, h, W_r, W_z, W) - (1 - z) * h) / z
    return (1 - z) * new + z * new * h


@n4_step.mistake(
    "Your r multiplies what comes from x. It resets the past: h times r, and "
    "x comes in whole."
)
def word_reset(x, h, W_r, W_z, W):
    r, z = n4_gates(x, h, W_r, W_z)
    D = x.shape[1]
    return (1 - z) * h + z * np.tanh(r * (x @ W[:D]) + h @ W[D:])


@n4_step.mistake(
    "You write h * r over h before the update gate has read it. Both gates "
    "read h as it came in, and so does the mixture."
)
def resets_before_the_update_gate(x, h, W_r, W_z, W):
    h = h * sigmoid(np.concatenate([x, h], axis=1) @ W_r)
    both = np.concatenate([x, h], axis=1)
    z = sigmoid(both @ W_z)
    return (1 - z) * h + z * np.tanh(both @ W)


@n4_step.mistake(
    "Your reset gate stands at x. In N4's formula x comes in whole, and r "
    "multiplies h."
)
def resets_x(x, h, W_r, W_z, W):
    both = np.concatenate([x, h], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    x = x * r[:, : x.shape[1]]
    new = np.tanh(np.concatenate([x, h], axis=1) @ W)
    return (1 - z) * h + z * new


@n4_step.mistake(
    "This is PyTorch's GRU: it resets after the product, and its z keeps the "
    "past. N4 resets h before the product, and its z lets the new in."
)
def pytorchs(x, h, W_r, W_z, W):
    D, both = x.shape[1], np.concatenate([x, h], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    new = np.tanh(x @ W[:D] + r * (h @ W[D:]))
    return (1 - z) * new + z * h


@n4_step.mistake(
    "Two things: you join h and x, where x comes first, and your z keeps the "
    "past, where N4's lets the new in."
)
def h_first_and_z_keeps(x, h, W_r, W_z, W):
    both = np.concatenate([h, x], axis=1)
    r, z = sigmoid(both @ W_r), sigmoid(both @ W_z)
    new = np.tanh(np.concatenate([h * r, x], axis=1) @ W)
    return z * h + (1 - z) * new


@exercise(
    "Who wrote this state?",
    "zs (T, H) -> shares (T+1, H)",
    "For every unit they add up to 1: the state is an average of all the "
    "candidates there ever were. An LSTM lets you say that only if its gates "
    "are tied.",
)
def shares(zs):
    r"""
    In PyTorch's GRU, $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$. So the
    last state is an average of the first state and of all candidates.
    Return the weights of that average: `shares[0]` is the share of the
    state before the first step in the last state, `shares[t]` that of the
    candidate of step $t$ = 1 … T. The gates of step $t$ are `zs[t - 1]`.

    $$\begin{aligned}
    \text{share}_0 &= z_1 z_2 \cdots z_T \\
    \text{share}_t &= (1 - z_t)\, z_{t+1} \cdots z_T
    \end{aligned}$$
    """
    later = np.ones_like(zs[0])  # given
    of = []  # given
    for z in zs[::-1]:
        of.append((1 - z) * later)
        later = later * z
    return np.array([later, *of[::-1]])


shares.hint(
    "Walk from the last step to the first and keep the product of the "
    "gates you have passed."
)
shares.hint(
    "At each step, first note `(1 - z) * later`, and then multiply `later` "
    "by `z`. At the end, `later` is the share of the first state."
)
shares.hint("You noted the steps from the last to the first: turn them round.")


@shares.inputs
def _(rng):
    for T, H in (5, 7), (1, 7), (5, 1):
        yield {"zs": rng.uniform(0.05, 0.95, size=(T, H))}
    yield {"zs": np.array([[0.5], [0.0], [0.8]])}  # all is replaced once


def products(zs, after):
    """Return the product of all gates from `after` steps later on."""
    ones = np.ones((after, zs.shape[1]))
    padded = np.concatenate([zs, ones])
    return np.array([np.prod(padded[t + after :], 0) for t in range(len(zs))])


@shares.mistake(
    "You took the other convention: your z lets the new in. Here z keeps "
    "the past, and 1 − z lets the candidate in."
)
def z_takes(zs):
    return shares(1 - zs)


@shares.mistake(
    "A candidate's share is also multiplied by its own z in your answer. "
    "What step t has written meets only the gates that come after it."
)
def own_gate(zs):
    return np.concatenate(
        [np.prod(zs, 0)[None], (1 - zs) * products(zs, after=0)]
    )


@shares.mistake(
    "You note what each step wrote and not what is left of it: the later "
    "gates have not been multiplied in."
)
def never_fades(zs):
    return np.concatenate([np.prod(zs, 0)[None], 1 - zs])


@shares.mistake(
    "You multiply the gates before a step. They have weakened what was "
    "there already; a candidate meets the gates after it."
)
def gates_before(zs):
    upto = np.concatenate([np.ones_like(zs[:1]), np.cumprod(zs, 0)[:-1]])
    return np.concatenate([np.prod(zs, 0)[None], (1 - zs) * upto])


@shares.mistake(
    "The steps are in the wrong order: shares[1] belongs to the first step, "
    "shares[T] to the last."
)
def backwards(zs):
    right = shares(zs)
    return np.concatenate([right[:1], right[:0:-1]])


@shares.mistake(
    "The share of the first state stands at the end. It belongs in shares[0]."
)
def first_last(zs):
    return np.roll(shares(zs), -1, axis=0)


@shares.mistake(
    "The first state has got nothing in your answer. It is kept by all T "
    "gates, so its share is their product."
)
def nothing_of_the_first(zs):
    return np.concatenate([np.zeros_like(zs[:1]), shares(zs)[1:]])


@shares.mistake(
    "You note what is left of a step, and not how much it wrote: its share "
    "is 1 − z, times the gates after it."
)
def wrote_all(zs):
    return np.concatenate([np.prod(zs, 0)[None], products(zs, after=1)])


@shares.mistake("You note z, what the step kept. What it *wrote* is 1 − z.")
def notes_what_was_kept(zs):
    return np.concatenate([np.prod(zs, 0)[None], zs * products(zs, after=1)])


@shares.mistake(
    "You multiply up 1 − z on the way back. What was there is kept by z."
)
def fades_by_the_rest(zs):
    left = products(1 - zs, after=1)
    return np.concatenate([np.prod(1 - zs, 0)[None], (1 - zs) * left])


@shares.mistake(
    "You walk from the first step on. Then the product holds the gates before "
    "a step; what it wrote meets the gates after it."
)
def walks_forward(zs):
    before = np.concatenate([np.ones_like(zs[:1]), np.cumprod(zs, 0)[:-1]])
    return np.concatenate([np.prod(zs, 0)[None], ((1 - zs) * before)[::-1]])


@shares.mistake(
    "The first state has passed all T gates, and not only the first of them."
)
def first_gate_only(zs):
    return np.concatenate([zs[:1], shares(zs)[1:]])


@shares.mistake(
    "You give the first state a share of 1. It is kept by all T gates, so its "
    "share is their product."
)
def all_of_the_first(zs):
    return np.concatenate([np.ones_like(zs[:1]), shares(zs)[1:]])


@shares.mistake(
    "Your product holds one gate only, that of the next step. All gates "
    "after a step weaken what it wrote: multiply them up."
)
def next_gate_alone(zs):
    after = np.concatenate([zs[1:], np.ones_like(zs[:1])])
    return np.concatenate([zs[:1], (1 - zs) * after])


@shares.mistake(
    "np.prod without an axis multiplies the gates of all units. Each unit "
    "has gates of its own: axis=0."
)
def all_units_at_once(zs):
    left = [np.prod(zs[t:]) for t in range(len(zs) + 1)]
    rest = [(1 - z) * p for z, p in zip(zs, left[1:], strict=True)]
    return np.array([left[0] * np.ones(zs.shape[1]), *rest])


@shares.mistake(
    "You add the gates up. What a step wrote passes one gate after the "
    "other: they multiply."
)
def gates_added(zs):
    left = [np.sum(zs[t:], axis=0) for t in range(len(zs) + 1)]
    rest = [(1 - z) * p for z, p in zip(zs, left[1:], strict=True)]
    return np.array([left[0], *rest])


@shares.mistake(
    "The candidates' shares are right. The first state is kept by z at each "
    "step, and you multiply up 1 − z."
)
def first_written_away(zs):
    return np.concatenate([np.prod(1 - zs, axis=0)[None], shares(zs)[1:]])


@shares.mistake(
    "One gate is missing in each product: what step t wrote meets the gate "
    "of step t + 1 first."
)
def one_gate_skipped(zs):
    left = [np.prod(zs[t + 2 :], axis=0) for t in range(len(zs))]
    return np.concatenate([np.prod(zs, 0)[None], (1 - zs) * np.array(left)])


@exercise(
    "An LSTM with tied gates",
    "a_f (B, H), a_g (B, H), a_o (B, H), c (B, H) -> h (B, H), c (B, H)",
    "This is the cell that learned like a GRU: what it writes, it has to "
    "forget, and what it forgets, it has to write.",
)
def tied_step(a_f, a_g, a_o, c):
    r"""
    An LSTM whose input gate is $i = 1 - f$ needs three sums a unit in the
    place of four: `a_f` of the forget gate, `a_g` of the candidate, `a_o` of
    the output gate, all *before* sigmoid or tanh. Make one step from the
    memory `c` and return the new `h` and the new `c`.
    """
    f = 1 / (1 + np.exp(-a_f))
    o = 1 / (1 + np.exp(-a_o))
    c = f * c + (1 - f) * np.tanh(a_g)
    return o * np.tanh(c), c


tied_step.hint(
    "The gates f and o are sigmoids of their sums, the candidate is a tanh."
)
tied_step.hint(
    "The LSTM's memory is f · c + i · g, and its output o · tanh(c) of the "
    "new c. Put 1 − f where i stands."
)


@tied_step.inputs
def _(rng):
    for B, H in (3, 7), (1, 7), (3, 1):
        yield {
            "a_f": rng.normal(size=(B, H)),
            "a_g": rng.normal(size=(B, H)),
            "a_o": rng.normal(size=(B, H)),
            "c": 2 * rng.normal(size=(B, H)),
        }


def tied(
    a_f, a_g, a_o, c, write=lambda f: 1 - f, squash=np.tanh, candidate=np.tanh
):
    """Return the tied step, or one that differs from it in one thing."""
    f, o = sigmoid(a_f), sigmoid(a_o)
    c = f * c + write(f) * candidate(a_g)
    return o * squash(c), c


@tied_step.mistake(
    "You write with f, the gate that keeps. Tied means i = 1 − f: what is "
    "not kept is written."
)
def same_gate(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, write=lambda f: f)


@tied_step.mistake(
    "Your memory writes the whole candidate: the input gate is missing, and "
    "with it the tie."
)
def always_writes(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, write=np.ones_like)


@tied_step.mistake(
    "Your gate works the other way round: f keeps the old memory, 1 − f "
    "lets the candidate in."
)
def turned(a_f, a_g, a_o, c):
    return tied(-a_f, a_g, a_o, c)


@tied_step.mistake(
    "You show c as it is. The LSTM squashes it first: h = o · tanh(c)."
)
def no_squash(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, squash=np.asarray)


@tied_step.mistake(
    "Your candidate is not squashed. g is tanh of its sum, and only then "
    "does the gate let it in."
)
def straight_candidate(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, candidate=np.asarray)


@tied_step.mistake(
    "Your candidate is a sigmoid. It is content, not a gate, and needs its "
    "sign: tanh."
)
def sigmoid_content(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, candidate=sigmoid)


@tied_step.mistake(
    "You show the memory from before this step. h comes from the new c."
)
def old_memory(a_f, a_g, a_o, c):
    _, new = tied(a_f, a_g, a_o, c)
    return sigmoid(a_o) * np.tanh(c), new


@tied_step.mistake("You return c first. The order asked for is h, then c.")
def c_first(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c)[::-1]


@tied_step.mistake(
    "Your forget gate is a bare sum. A valve stands between 0 and 1: sigmoid."
)
def bare_forget_gate(a_f, a_g, a_o, c):
    c = a_f * c + (1 - a_f) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "Your output gate is a bare sum. A valve stands between 0 and 1: sigmoid."
)
def bare_output_gate(a_f, a_g, a_o, c):
    _, c = tied(a_f, a_g, a_o, c)
    return a_o * np.tanh(c), c


@tied_step.mistake(
    "You tied the candidate to the output gate. It is let in by 1 − f."
)
def tied_to_the_output(a_f, a_g, a_o, c):
    c = sigmoid(a_f) * c + (1 - sigmoid(a_o)) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "You took 1 − a_f inside the sigmoid. Tied means 1 − f, outside: "
    "1 − σ(a) = σ(−a), not σ(1 − a)."
)
def one_minus_the_sum(a_f, a_g, a_o, c):
    c = sigmoid(a_f) * c + sigmoid(1 - a_f) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "The old memory goes on whole. What is written must be forgotten first: "
    "f times c."
)
def nothing_forgotten(a_f, a_g, a_o, c):
    c = c + (1 - sigmoid(a_f)) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "You show all of the memory, as a GRU does. The LSTM has an output gate: "
    "o times tanh(c)."
)
def no_output_gate(a_f, a_g, a_o, c):
    _, c = tied(a_f, a_g, a_o, c)
    return np.tanh(c), c


@tied_step.mistake(
    "You squash the memory itself. tanh is for the output: c goes on past it."
)
def squashed_memory(a_f, a_g, a_o, c):
    _, c = tied(a_f, a_g, a_o, c)
    return sigmoid(a_o) * np.tanh(c), np.tanh(c)


@tied_step.mistake(
    "Your forget gate went through tanh. A valve stands between 0 and 1: "
    "sigmoid."
)
def tanh_gate(a_f, a_g, a_o, c):
    f = np.tanh(a_f)
    c = f * c + (1 - f) * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "Brackets are missing: 1 - f * g is 1 minus the product. The input gate "
    "is (1 - f), and it multiplies g."
)
def without_brackets(a_f, a_g, a_o, c):
    f = sigmoid(a_f)
    c = f * c + 1 - f * np.tanh(a_g)
    return sigmoid(a_o) * np.tanh(c), c


@tied_step.mistake(
    "Your gates are shut where they should be open: the sigmoid is "
    "1 / (1 + exp(−a)), with a minus."
)
def sigmoids_turned(a_f, a_g, a_o, c):
    return tied_step(-a_f, a_g, -a_o, c)


BARE = (
    "Your gates are bare sums. A valve stands between 0 and 1: f and o go "
    "through the sigmoid."
)


@tied_step.mistake(BARE)
def bare_gates_and_candidate(a_f, a_g, a_o, c):
    c = a_f * c + (1 - a_f) * a_g
    return a_o * np.tanh(c), c


@tied_step.mistake(BARE)
def both_gates_bare(a_f, a_g, a_o, c):
    c = a_f * c + (1 - a_f) * np.tanh(a_g)
    return a_o * np.tanh(c), c


@tied_step.mistake(
    "The memory is right. Your output gate went through tanh; it is a valve, "
    "between 0 and 1: sigmoid."
)
def output_gate_through_tanh(a_f, a_g, a_o, c):
    _, c = tied_step(a_f, a_g, a_o, c)
    return np.tanh(a_o) * np.tanh(c), c


@tied_step.mistake(
    "On the way out the memory went through the sigmoid. It may be negative, "
    "and so may the output: tanh."
)
def sigmoid_at_the_output(a_f, a_g, a_o, c):
    return tied(a_f, a_g, a_o, c, squash=sigmoid)


@tied_step.mistake(
    "Brackets are missing in your sigmoid: 1 / 1 + exp(−a) is 1 plus the "
    "exponential. The whole sum stands below."
)
def sigmoid_without_brackets(a_f, a_g, a_o, c):
    f, o = 1 + np.exp(-a_f), 1 + np.exp(-a_o)
    c = f * c + (1 - f) * np.tanh(a_g)
    return o * np.tanh(c), c


@tied_step.mistake(
    "You squash the old memory by tanh before it is kept. It goes on as it "
    "is, times f; tanh stands on the way out."
)
def old_memory_squashed(a_f, a_g, a_o, c):
    return tied_step(a_f, a_g, a_o, np.tanh(c))


@tied_step.mistake(
    "Your output gate stands inside tanh. The memory goes through tanh "
    "first; the gate multiplies what comes out."
)
def gate_inside_tanh(a_f, a_g, a_o, c):
    h, c = tied_step(a_f, a_g, a_o, c)
    return np.tanh(h / np.tanh(c) * c), c


@tied_step.mistake(
    "Your input gate is a sigmoid of a sigmoid. Tied means 1 − f itself: f "
    "is between 0 and 1 already, and so is 1 − f."
)
def gate_bent_twice(a_f, a_g, a_o, c):
    f, o = (1 / (1 + np.exp(-a)) for a in (a_f, a_o))
    c = f * c + np.tanh(a_g) / (1 + np.exp(f - 1))
    return o * np.tanh(c), c


@tied_step.mistake(
    "Your memory's last plus should be a product: the input gate (1 − f) "
    "multiplies the candidate."
)
def gate_added(a_f, a_g, a_o, c):
    f, o = (1 / (1 + np.exp(-a)) for a in (a_f, a_o))
    c = f * c + (1 - f) + np.tanh(a_g)
    return o * np.tanh(c), c


@tied_step.mistake(
    "You take tanh of the output gate. It is the memory that goes through "
    "tanh: h is o times tanh(c)."
)
def bent_gate(a_f, a_g, a_o, c):
    _, c = tied_step(a_f, a_g, a_o, c)
    return c * np.tanh(1 / (1 + np.exp(-a_o))), c


@tied_step.mistake(
    "All three of your sums go through tanh. f and o are valves, between 0 "
    "and 1: sigmoid. Only the candidate is a tanh."
)
def all_tanh(a_f, a_g, a_o, c):
    f, g, o = np.tanh(a_f), np.tanh(a_g), np.tanh(a_o)
    c = f * c + (1 - f) * g
    return o * np.tanh(c), c


@tied_step.mistake(
    "Two things: f keeps the old c, and 1 − f lets g in; and h shows tanh of "
    "the new c, not c itself."
)
def exchanged_and_shown_bare(a_f, a_g, a_o, c):
    f, o = (1 / (1 + np.exp(-a)) for a in (a_f, a_o))
    c = (1 - f) * c + f * np.tanh(a_g)
    return o * c, c


@tied_step.mistake(
    "All three of your sums go through the sigmoid, and h shows c as it is. "
    "The candidate is a tanh, and so is what is shown of c."
)
def no_tanh_at_all(a_f, a_g, a_o, c):
    f, g, o = (1 / (1 + np.exp(-a)) for a in (a_f, a_g, a_o))
    c = f * c + (1 - f) * g
    return o * c, c


@exercise(
    "From one library to another",
    "w_i (D, 3H), w_h (H, 3H), b (3H) -> W_xh (D, 3H), W_hh (H, 3H), b_h (3H)",
    "Now the network computes the same states under other names, to the "
    "last digit. Nothing was trained.",
)
def from_haiku(w_i, w_h, b):
    r"""
    haiku stores its GRU's gates in the order $z, r, n$, and its $z$ takes
    the *new*: $h_t = (1-z) \odot h_{t-1} + z \odot n$. This course's
    `GRUCho` has the order $r, z, n$, and its $z$ *keeps*:
    $h_t = z \odot h_{t-1} + (1-z) \odot n$. Both reset before the product.

    Return the three arrays rewritten, so that `GRUCho` computes what haiku
    did. Each has its three gates side by side in the last axis.
    Remember: $1 - \sigma(a) = \sigma(-a)$.
    """
    ours = []
    for theirs in (w_i, w_h, b):  # given
        z, r, n = np.split(theirs, 3, axis=-1)
        ours.append(np.concatenate([r, -z, n], axis=-1))
    return tuple(ours)  # given


from_haiku.hint(
    "`np.split(a, 3, axis=-1)` cuts an array into its three gates, "
    "`np.concatenate([...], axis=-1)` puts them together again."
)
from_haiku.hint("Two changes: r goes to the front, and z is turned round.")
from_haiku.hint(
    "To turn z, change the sign of *everything* that leads to it, in all "
    "three arrays, the bias included."
)


@from_haiku.inputs
def _(rng):
    for D, H in (2, 7), (5, 3), (2, 1):
        yield {
            "w_i": rng.normal(size=(D, 3 * H)),
            "w_h": rng.normal(size=(H, 3 * H)),
            "b": rng.normal(size=3 * H),
        }


def rewrite(arrays, order=(1, 0, 2), signs=((1, -1, 1),) * 3):
    """Return arrays with gates in another order and with other signs."""
    out = []
    for a, sign in zip(arrays, signs, strict=True):
        gates = np.split(a, 3, axis=-1)
        out.append(
            np.concatenate(
                [s * gates[k] for k, s in zip(order, sign, strict=True)], -1
            )
        )
    return tuple(out)


@from_haiku.mistake(
    "The order is right, but z still takes the new: what leads to it needs "
    "the other sign."
)
def not_turned(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, 1, 1),) * 3)


@from_haiku.mistake(
    "z is turned, but the gates still stand in haiku's order. Your first "
    "third will be read as the reset gate."
)
def not_moved(w_i, w_h, b):
    return rewrite((w_i, w_h, b), (0, 1, 2), ((-1, 1, 1),) * 3)


@from_haiku.mistake(
    "You turned the sign of the reset gate. It is z that has two meanings; "
    "r is the same everywhere."
)
def turned_reset(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((-1, 1, 1),) * 3)


@from_haiku.mistake(
    "The bias of z kept its sign. σ(−a) needs the minus on all of a, and "
    "the bias is a part of it."
)
def bias_kept(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, -1, 1), (1, -1, 1), (1, 1, 1)))


@from_haiku.mistake(
    "Only the input's weights are turned. z is also driven by h, through "
    "the recurrent matrix."
)
def input_only(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, -1, 1), (1, 1, 1), (1, -1, 1)))


@from_haiku.mistake(
    "You replaced z's weights by one minus them. It is the gate that "
    "becomes 1 − z; its weights change their sign."
)
def one_minus_weights(w_i, w_h, b):
    out = []
    for a in (w_i, w_h, b):
        z, r, n = np.split(a, 3, axis=-1)
        out.append(np.concatenate([r, 1 - z, n], axis=-1))
    return tuple(out)


@from_haiku.mistake(
    "You turned all signs. That turns every gate, and the candidate with "
    "it; only z is read the other way round."
)
def all_turned(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((-1, -1, -1),) * 3)


@from_haiku.mistake(
    "You hand haiku's arrays on as they are. GRUCho takes the first third for "
    "r, and its z keeps."
)
def as_they_are(w_i, w_h, b):
    return w_i, w_h, b


@from_haiku.mistake(
    "You turned the candidate. The sign belongs to z: only its gate is read "
    "the other way round."
)
def turned_candidate(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, 1, -1),) * 3)


@from_haiku.mistake(
    "You turned the candidate together with z. n is content, and the same "
    "everywhere."
)
def turned_candidate_too(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, -1, -1),) * 3)


@from_haiku.mistake(
    "Only the bias of z is turned. σ(−a) needs the minus on all of a, and the "
    "two products are in it."
)
def bias_only(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, 1, 1), (1, 1, 1), (1, -1, 1)))


@from_haiku.mistake(
    "Only the recurrent weights of z are turned. z is also driven by x and by "
    "its bias."
)
def recurrent_only(w_i, w_h, b):
    return rewrite((w_i, w_h, b), signs=((1, 1, 1), (1, -1, 1), (1, 1, 1)))


@from_haiku.mistake(
    "You put z's weights through a sigmoid. Weights stay weights: change "
    "their sign, and the gate will be 1 − z."
)
def weights_squashed(w_i, w_h, b):
    out = []
    for a in (w_i, w_h, b):
        z, r, n = np.split(a, 3, axis=-1)
        out.append(np.concatenate([r, 1 - sigmoid(z), n], axis=-1))
    return tuple(out)


@from_haiku.mistake(
    "You took haiku's order for r, z, n, so you have turned its reset gate. "
    "Its first third is z."
)
def read_as_ours(w_i, w_h, b):
    return rewrite((w_i, w_h, b), (0, 1, 2))


@from_haiku.mistake(
    "The candidate stands first in your answer. GRUCho's order is r, z, n."
)
def candidate_first(w_i, w_h, b):
    return rewrite((w_i, w_h, b), (2, 0, 1), ((1, -1, 1),) * 3)


@from_haiku.mistake(
    "Your second third is the reset gate again. A slice is a view: by the "
    "time you read z from it, r has been written there."
)
def read_after_writing(w_i, w_h, b):
    def one(a):
        _, r, n = np.split(a, 3, axis=-1)
        return np.concatenate([r, -r, n], axis=-1)

    return one(w_i), one(w_h), one(b)


@from_haiku.mistake(
    "You take every third column for a gate. The gates lie side by side: the "
    "first third of the columns is z."
)
def every_third_column(w_i, w_h, b):
    def one(a):
        z, r, n = (a[..., k::3] for k in range(3))
        return np.concatenate([r, -z, n], axis=-1)

    return one(w_i), one(w_h), one(b)


@from_haiku.mistake(
    "In w_i and w_h you cut rows. The gates stand side by side in the last "
    "axis, theirs[..., :H]; only b has no other."
)
def rows_cut(w_i, w_h, b):
    H, ours = len(b) // 3, []
    for theirs in (w_i, w_h, b):
        z, r, n = theirs[:H], theirs[H : 2 * H], theirs[2 * H :]
        ours.append(np.concatenate([r, -z, n]))
    return tuple(ours)


@exercise(
    "One step back",
    "h (B, H), gates (3, B, H), ah_n (B, H), dh (B, H) -> "
    "da_r (B, H), da_z (B, H), da_n (B, H)",
    "From these three, everything else is products: the weights' gradients, "
    "those of x, and those of the state before.",
)
def step_back(h, gates, ah_n, dh):
    r"""
    PyTorch's GRU has made the step

    $$\begin{aligned}
    n &= \tanh(\dots + r \odot a^h_n) \\
    h_{\text{new}} &= (1 - z) \odot n + z \odot h,
    \end{aligned}$$

    with $r$ and $z$ the sigmoids of their sums, $h$ the state before, and
    $a^h_n$ what that state says to the candidate (`ah_n` in code). `gates`
    holds the values of $r$, $z$ and $n$. Given `dh`, the loss's gradient at
    $h_{\text{new}}$, return the gradients at the three *sums*, before the
    sigmoid or tanh: of $r$, of $z$ and of $n$.
    """
    r, z, n = gates  # given
    da_n = dh * (1 - z) * (1 - n**2)
    da_z = dh * (h - n) * z * (1 - z)
    da_r = da_n * ah_n * r * (1 - r)
    return da_r, da_z, da_n


step_back.hint(
    "Start at the end: how does h_new change with n? With z? Each answer "
    "times `dh` is the gradient at the gate."
)
step_back.hint(
    "From a gate to its sum: times g (1 − g) for a sigmoid's value g, times "
    "1 − n² for tanh's value n."
)
step_back.hint(
    "r acts through n alone: take the gradient at n's sum, times ∂/∂r of "
    "r · ah_n, times the sigmoid's slope."
)


@step_back.inputs
def _(rng):
    for B, H in (3, 7), (1, 7), (3, 1):
        gates = rng.uniform(0.1, 0.9, size=(3, B, H))
        gates[2] = 2 * gates[2] - 1  # n is a tanh
        yield {
            "h": rng.uniform(-1, 1, size=(B, H)),
            "gates": gates,
            "ah_n": rng.normal(size=(B, H)),
            "dh": rng.normal(size=(B, H)),
        }


@step_back.mistake(
    "The sign of z's gradient is wrong. A larger z means more of h and less "
    "of n: the factor is h − n."
)
def z_sign(h, gates, ah_n, dh):
    da_r, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_r, -da_z, da_n


@step_back.mistake(
    "For z you took what it keeps, h, and not what it takes away: with z, "
    "the share of n falls. The factor is h − n."
)
def z_keeps_only(h, gates, ah_n, dh):
    r, z, n = gates
    da_r, _, da_n = step_back(h, gates, ah_n, dh)
    return da_r, dh * h * z * (1 - z), da_n


@step_back.mistake(
    "You give n the whole of dh. Only the share 1 − z of it goes into the "
    "new state, so only that share comes back."
)
def all_to_n(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - n**2)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z * (1 - z), da_n


@step_back.mistake(
    "n's share is the other one: z multiplies the old state and 1 − z the "
    "candidate."
)
def other_share(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * z * (1 - n**2)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z * (1 - z), da_n


@step_back.mistake(
    "Your gradients of r and z are at the gates' values. They are asked for "
    "at the sums: the slope of the sigmoid is missing from both."
)
def no_slope_of_sigmoid(h, gates, ah_n, dh):
    da_n = step_back(h, gates, ah_n, dh)[2]
    return da_n * ah_n, dh * (h - gates[2]), da_n


@step_back.mistake(
    "Your gradients are at the gates' values. They are asked for at the "
    "sums: the slopes of sigmoid and tanh are missing."
)
def no_slopes(h, gates, ah_n, dh):
    r, z, n = gates
    dn = dh * (1 - z)
    return dn * ah_n, dh * (h - n), dn


@step_back.mistake(
    "r's gradient has h where ah_n belongs. That is the GRU with the reset "
    "before the product; here r multiplies what comes out of the matrix."
)
def reset_before(h, gates, ah_n, dh):
    r, z, n = gates
    _, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_n * h * r * (1 - r), da_z, da_n


@step_back.mistake(
    "On the way to r you forgot tanh's slope: r acts through n, so its "
    "gradient comes from n's sum."
)
def past_tanh(h, gates, ah_n, dh):
    r, z, n = gates
    _, da_z, da_n = step_back(h, gates, ah_n, dh)
    return dh * (1 - z) * ah_n * r * (1 - r), da_z, da_n


@step_back.mistake(
    "You used tanh's slope, 1 minus the square, for the two gates. A "
    "sigmoid of value g has the slope g (1 − g)."
)
def tanh_everywhere(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z) * (1 - n**2)
    return da_n * ah_n * (1 - r**2), dh * (h - n) * (1 - z**2), da_n


@step_back.mistake(
    "For z you took what it takes away, n, and not what it keeps: with z, the "
    "share of h grows. The factor is h − n."
)
def z_takes_only(h, gates, ah_n, dh):
    r, z, n = gates
    da_r, _, da_n = step_back(h, gates, ah_n, dh)
    return da_r, -dh * n * z * (1 - z), da_n


@step_back.mistake(
    "You multiplied n's gradient by r. Inside the sum r meets ah_n alone; the "
    "gradient at the sum itself knows nothing of it."
)
def reset_at_the_sum(h, gates, ah_n, dh):
    da_r, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_r, da_z, gates[0] * da_n


@step_back.mistake("Your order is n, z, r. It should be r, z, n.")
def other_order(h, gates, ah_n, dh):
    return step_back(h, gates, ah_n, dh)[::-1]


@step_back.mistake(
    "z's slope is missing: that is the gradient at the gate's value. Its sum "
    "went through a sigmoid, so times z (1 − z)."
)
def no_slope_for_z(h, gates, ah_n, dh):
    da_r, _, da_n = step_back(h, gates, ah_n, dh)
    return da_r, dh * (h - gates[2]), da_n


@step_back.mistake(
    "r's slope is missing: that is the gradient at the gate's value. Its sum "
    "went through a sigmoid, so times r (1 − r)."
)
def no_slope_for_r(h, gates, ah_n, dh):
    _, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_n * ah_n, da_z, da_n


@step_back.mistake(
    "n's slope is missing: its sum went through tanh, so times 1 − n²."
)
def no_slope_for_n(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z * (1 - z), da_n


@step_back.mistake(
    "You squash n once more: n is tanh's value already, so the slope is "
    "1 − n²."
)
def squashed_twice(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z) * (1 - np.tanh(n) ** 2)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z * (1 - z), da_n


@step_back.mistake(
    "You gave n the slope of a sigmoid, n (1 − n). It went through tanh: its "
    "slope is 1 − n²."
)
def sigmoid_for_n(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z) * n * (1 - n)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z * (1 - z), da_n


@step_back.mistake(
    "You add h and n. A larger z means more of h and *less* of n: the factor "
    "is h − n."
)
def added(h, gates, ah_n, dh):
    r, z, n = gates
    da_r, _, da_n = step_back(h, gates, ah_n, dh)
    return da_r, dh * (h + n) * z * (1 - z), da_n


@step_back.mistake(
    "r's gradient lacks ah_n. r multiplies ah_n, so ah_n is its factor."
)
def without_the_factor(h, gates, ah_n, dh):
    r, _, _ = gates
    _, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_n * r * (1 - r), da_z, da_n


@step_back.mistake(
    "Your gradients are at the gates' values, though r's has passed tanh. "
    "They are asked for at the sums: more slopes are missing."
)
def slopes_for_r_alone(h, gates, ah_n, dh):
    r, z, n = gates
    dn = dh * (1 - z)
    return dn * (1 - n**2) * ah_n, dh * (h - n), dn


@step_back.mistake(
    "You put the gates through the sigmoid once more. `gates` holds their "
    "values, so the slopes are r (1 − r) and z (1 − z)."
)
def gates_squashed_again(h, gates, ah_n, dh):
    r, z, n = gates
    r, z_slope = sigmoid(r), sigmoid(z) * (1 - sigmoid(z))
    da_n = dh * (1 - z) * (1 - n**2)
    return da_n * ah_n * r * (1 - r), dh * (h - n) * z_slope, da_n


@step_back.mistake(
    "You unpack the gates in the order z, r, n. In `gates` they come as r, "
    "z, n."
)
def unpacked_in_another_order(h, gates, ah_n, dh):
    return step_back(h, gates[[1, 0, 2]], ah_n, dh)


@step_back.mistake(
    "The square is missing in n's slope: that of tanh is 1 − n²."
)  # fmt: skip
def no_square(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z) * (1 - n)
    return da_n * ah_n * r * (1 - r), step_back(h, gates, ah_n, dh)[1], da_n


@step_back.mistake(
    "You gave z the slope of tanh, 1 − z². It is a sigmoid: its slope is "
    "z (1 − z)."
)
def slope_of_tanh_for_z(h, gates, ah_n, dh):
    da_r, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_r, da_z * (1 + gates[1]) / gates[1], da_n


@step_back.mistake(
    "You gave r the slope of tanh, 1 − r². It is a sigmoid: its slope is "
    "r (1 − r)."
)
def slope_of_tanh_for_r(h, gates, ah_n, dh):
    da_r, da_z, da_n = step_back(h, gates, ah_n, dh)
    return da_r * (1 + gates[0]) / gates[0], da_z, da_n


@step_back.mistake(
    "Half of the sigmoid's slope is missing for r and z: it is the gate "
    "times what the gate leaves of 1."
)
def half_a_slope(h, gates, ah_n, dh):
    r, z, n = gates
    da_n = dh * (1 - z) * (1 - n**2)
    return da_n * ah_n * r, dh * (h - n) * z, da_n
