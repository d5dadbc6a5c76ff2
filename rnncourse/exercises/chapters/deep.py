"""Exercises on stacks, dropout and pyramids, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "One step of a stack",
    "x (B, H), hs (L, B, H), W_x (L, H, H), W_h (L, H, H) -> new (L, B, H)",
    "The order of the loop is the whole point: a layer reads the state that "
    "the layer below has made in this very step.",
)
def deep_step(x, hs, W_x, W_h):
    r"""
    A stack of `L` tanh layers, all of width `H`, without biases. `hs[l]` is
    the state of layer `l` before this step, layer 0 being the lowest. Take
    one step,

    $$h^l_t = \tanh(h^{l-1}_t W^l_x + h^l_{t-1} W^l_h),$$

    where the lowest layer reads `x` in place of a layer below, and return
    all new states.
    """
    new = np.zeros_like(hs)  # given
    below = x
    for layer in range(len(hs)):
        below = np.tanh(below @ W_x[layer] + hs[layer] @ W_h[layer])
        new[layer] = below
    return new  # given


deep_step.hint(
    "Walk up through the layers and carry along what the next one reads: "
    "at first that is x."
)
deep_step.hint(
    "What a layer has computed goes into `new[layer]`, and it is what the "
    "layer above reads, in the same step."
)


@deep_step.inputs
def _(rng):
    for L, B in (3, 2), (1, 2), (2, 1):
        yield {
            "x": rng.normal(size=(B, 4)),
            "hs": rng.uniform(-1, 1, size=(L, B, 4)),
            "W_x": rng.normal(size=(L, 4, 4)) / 2,
            "W_h": rng.normal(size=(L, 4, 4)) / 2,
        }


@deep_step.mistake(
    "A layer of yours reads the old state of the layer below, one step "
    "late. It has to read the one that was made in this step."
)
def one_step_late(x, hs, W_x, W_h):
    below = np.concatenate([x[None], hs[:-1]])
    return np.tanh(below @ W_x + hs @ W_h)


@deep_step.mistake(
    "All of your layers read x. They stand side by side then, and not on "
    "top of each other."
)
def side_by_side(x, hs, W_x, W_h):
    return np.tanh(x @ W_x + hs @ W_h)


@deep_step.mistake(
    "Your layers use the new state of the layer below as their own past. "
    "Each has a store of its own: hs[layer]."
)
def one_store(x, hs, W_x, W_h):
    new, below, past = [], x, hs[0]
    for layer in range(len(hs)):
        past = below = np.tanh(below @ W_x[layer] + past @ W_h[layer])
        new.append(below)
    return np.array(new)


@deep_step.mistake(
    "You use the lowest layer's weights in every layer. The steps of one "
    "layer share theirs; the layers do not."
)
def shared(x, hs, W_x, W_h):
    L = len(hs)
    return deep_step(x, hs, np.array([W_x[0]] * L), np.array([W_h[0]] * L))


@deep_step.mistake(
    "Your layers all have the lowest one's past, hs[0]. Each has a store of "
    "its own."
)
def past_of_the_lowest(x, hs, W_x, W_h):
    return deep_step(x, np.array([hs[0]] * len(hs)), W_x, W_h)


@deep_step.mistake(
    "You forget the past: no layer of yours looks at its own state before "
    "this step. Without it this is a feed-forward network."
)
def without_past(x, hs, W_x, W_h):
    return deep_step(x, np.zeros_like(hs), W_x, W_h)


@deep_step.mistake(
    "You add what the layer below hands up, as a residual connection does. "
    "Here each layer replaces what it has read."
)
def with_residual(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        own = np.tanh(below @ W_x[layer] + hs[layer] @ W_h[layer])
        below = below + own if layer else own
        new.append(below)
    return np.array(new)


@deep_step.mistake(
    "You add what each layer has read, x too, as a residual connection does. "
    "Here each layer replaces what it has read."
)
def with_residual_from_x(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        below = below + np.tanh(below @ W_x[layer] + hs[layer] @ W_h[layer])
        new.append(below)
    return np.array(new)


@deep_step.mistake("Your states are never bent: the tanh is missing.")
def without_tanh(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        below = below @ W_x[layer] + hs[layer] @ W_h[layer]
        new.append(below)
    return np.array(new)


@deep_step.mistake(
    "Your matrices are exchanged: W_x belongs to what comes from below, W_h "
    "to the layer's own past."
)
def matrices_exchanged(x, hs, W_x, W_h):
    return deep_step(x, hs, W_h, W_x)


@deep_step.mistake(
    "Your matrices are transposed. Here a row vector stands on the left: "
    "below @ W_x[l], without the T."
)
def transposed(x, hs, W_x, W_h):
    return deep_step(x, hs, W_x.swapaxes(1, 2), W_h.swapaxes(1, 2))


@deep_step.mistake(
    "Your layers take the past of the layer below for their own, and the "
    "lowest that of the highest: hs[l - 1] is not hs[l]."
)
def past_of_the_layer_below(x, hs, W_x, W_h):
    return deep_step(x, np.roll(hs, 1, axis=0), W_x, W_h)


@deep_step.mistake(
    "You walk from the top down: the highest layer reads x. Layer 0 is the "
    "lowest, and it is the first."
)
def from_the_top(x, hs, W_x, W_h):
    return deep_step(x, hs[::-1], W_x[::-1], W_h[::-1])[::-1]


@deep_step.mistake(
    "Each of your two parts has a tanh of its own. One tanh goes around "
    "their sum."
)
def two_tanhs(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        below = np.tanh(below @ W_x[layer]) + np.tanh(hs[layer] @ W_h[layer])
        new.append(below)
    return np.array(new)


@deep_step.mistake(
    "Your states lie between 0 and 1: they go through σ. The layers are tanh "
    "layers."
)
def through_sigma(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        a = below @ W_x[layer] + hs[layer] @ W_h[layer]
        below = 1 / (1 + np.exp(-a))
        new.append(below)
    return np.array(new)


@deep_step.mistake(
    "Your layers hand up what they had before the tanh. The layer above reads "
    "the state."
)
def handed_up_straight(x, hs, W_x, W_h):
    new, below = [], x
    for layer in range(len(hs)):
        below = below @ W_x[layer] + hs[layer] @ W_h[layer]
        new.append(np.tanh(below))
    return np.array(new)


@deep_step.mistake(
    "All layers above the lowest read its state. Each reads the layer right "
    "below it."
)
def all_on_the_lowest(x, hs, W_x, W_h):
    first = np.tanh(x @ W_x[0] + hs[0] @ W_h[0])
    return np.concatenate([first[None], np.tanh(first @ W_x + hs @ W_h)[1:]])


@deep_step.explain
def _(yours, right, x, hs, W_x, W_h):
    for layer, state in enumerate(yours):
        if not state.any():
            return f"new[{layer}] is zero: nothing is written there."
    return ""


@exercise(
    "Drop, and make up for it",
    "hs (T, B, H), draws (T, B, H), share () -> dropped (T, B, H)",
    "The mean of what the next layer reads stays as it was, so nothing has "
    "to be changed when dropout is switched off.",
)
def drop(hs, draws, share):
    r"""
    Dropout as it is used in training. `draws` holds a random number between
    0 and 1 for every entry of `hs`, all equally likely. Set those entries of
    `hs` to 0 whose draw is **below** `share`, and divide the others by what
    is left, $1 - p$ for the share $p$, so that the mean stays the same.
    """
    return hs * (draws >= share) / (1 - share)


drop.hint("`draws >= share` is True for the entries that stay.")
drop.hint(
    "If a fifth is dropped, four fifths stay. By what must they be divided "
    "for the mean to be as before?"
)


@drop.inputs
def _(rng):
    for share in 0.2, 0.75, 0.0:
        yield {
            "hs": rng.normal(size=(4, 3, 5)),
            "draws": rng.random(size=(4, 3, 5)),
            "share": np.array(share),
        }
    close = np.array([[[0.5, 0.503, 0.497, 0.2]]])
    yield {"hs": 1 + close, "draws": close, "share": np.array(0.5)}


@drop.mistake(
    "You drop and do not make up for it. With the share 0.2 the next layer "
    "reads a fifth too little in training, and the whole when it is used."
)
def not_scaled(hs, draws, share):
    return drop(hs, draws, share) * (1 - share)


@drop.mistake(
    "You keep what should go and drop what should stay: of the share 0.2 "
    "only a fifth is left."
)
def inverted(hs, draws, share):
    return hs * (draws < share) / (1 - share)


@drop.mistake(
    "You keep what should go and drop what should stay: of the share 0.2 "
    "only a fifth is left."
)
def inverted_up_to_the_share(hs, draws, share):
    return hs * (draws <= share) / (1 - share)


@drop.mistake(
    "You divide by the share that is dropped, and should by the one that is "
    "left."
)
def by_the_dropped(hs, draws, share):
    with np.errstate(divide="ignore", invalid="ignore"):
        return drop(hs, draws, share) * (1 - share) / share


@drop.mistake(
    "You multiply by what is left, and should divide by it: the numbers that "
    "stay have to become larger."
)
def multiplied(hs, draws, share):
    return drop(hs, draws, share) * (1 - share) ** 2


@drop.mistake(
    "You drop the same units at every step: your mask is that of the first "
    "step. Here each entry has a draw of its own."
)
def one_mask(hs, draws, share):
    return drop(hs, np.repeat(draws[:1], len(draws), axis=0), share)


@drop.mistake(
    "You divide by the share that happened to stay. Asked is 1 - p, "
    "whatever the draws were."
)
def by_what_stayed(hs, draws, share):
    kept = draws >= share
    return hs * kept / np.mean(kept)


@drop.mistake(
    "You drop small numbers: it is the draw that is compared with the share, "
    "not the entry itself."
)
def small_ones(hs, draws, share):
    return drop(hs, hs, share)


@drop.mistake(
    "You drop the right share of the entries, and other ones than asked: "
    "those with the largest draws. Dropped is what is below `share`."
)
def the_largest(hs, draws, share):
    return hs * (draws < 1 - share) / (1 - share)


@drop.mistake(
    "You took the share for what stays. It is the share that is dropped: "
    "with 0.2, four fifths are left."
)
def share_that_stays(hs, draws, share):
    with np.errstate(divide="ignore", invalid="ignore"):
        return hs * (draws >= 1 - share) / share


@drop.mistake(
    "You multiply by the draws. They are only compared with the share; what "
    "stays is not weighted by chance."
)
def weighted(hs, draws, share):
    return hs * draws / (1 - share)


@drop.mistake("You divide by 1 plus the share. What is left is 1 minus it.")
def one_plus(hs, draws, share):
    return drop(hs, draws, share) * (1 - share) / (1 + share)


@drop.explain
def _(yours, right, hs, draws, share):
    kept = yours != 0
    other = kept != (draws >= share)
    if other.any():
        place = tuple(np.argwhere(other)[0])
        stays = draws[place] >= share
        return (
            f"The draw {draws[place]:.3g} is {'not ' if stays else ''}below "
            f"the share {share:.3g}, so its entry should "
            f"{'stay' if stays else 'be 0'}; yours is {yours[place]:.3g}."
        )
    place = tuple(np.argwhere(~agree(yours, right))[0])
    return (
        "You drop the right entries. What stays should be divided by "
        f"{1 - share:.3g}: {hs[place]:.3g} becomes {right[place]:.3g}, and "
        f"yours is {yours[place]:.3g}."
    )


@exercise(
    "Two steps become one",
    "xs (T, B, D) -> pairs (half, B, 2 D)",
    "This line between two layers is all that makes a stack a pyramid.",
)
def in_pairs(xs):
    r"""
    A layer of a pyramid reads the steps below in pairs. Return
    `pairs[t]` $= [x_{2t}, x_{2t+1}]$, counted from 0: the two vectors of
    each sequence side by side. If `T` is odd, the last step has no partner;
    pair it with zeros.
    """
    T, B, D = xs.shape  # given
    even = np.zeros((T + T % 2, B, D))
    even[:T] = xs
    return np.concatenate([even[0::2], even[1::2]], axis=-1)


in_pairs.hint("`xs[0::2]` are the steps 0, 2, 4 …; and the others?")
in_pairs.hint("Side by side means: along the last axis.")
in_pairs.hint(
    "For an odd T, make an array of zeros that is one step longer and copy "
    "xs into it first."
)


@in_pairs.inputs
def _(rng):
    for T, B, D in (10, 3, 2), (5, 2, 3), (1, 2, 4), (4, 1, 1):
        yield {"xs": rng.normal(size=(T, B, D))}


def evened(xs):
    """Add a step of zeros to an odd number of steps."""
    none = np.zeros((len(xs) % 2, *xs.shape[1:]))
    return np.concatenate([xs, none])


@in_pairs.mistake(
    "You changed the shape and did not move anything: reshaping runs through "
    "the batch before it runs through time, so your pairs are of two "
    "sequences and not of two steps."
)
def only_reshaped(xs):
    even = evened(xs)
    T, B, D = even.shape
    return even.reshape(T // 2, B, 2 * D)


@in_pairs.mistake(
    "You join the first half of the sequence with the second. Partners are "
    "neighbours in time: 0 and 1, 2 and 3."
)
def halves(xs):
    even = evened(xs)
    half = len(even) // 2
    return np.concatenate([even[:half], even[half:]], axis=-1)


@in_pairs.mistake(
    "The later step of each pair comes first. The layer's weights for the "
    "left half expect the earlier one."
)
def swapped(xs):
    D = xs.shape[-1]
    pairs = in_pairs(xs)
    return np.concatenate([pairs[..., D:], pairs[..., :D]], axis=-1)


@in_pairs.mistake(
    "You drop the last step if T is odd. It may be the one that matters; "
    "pair it with zeros."
)
def last_dropped(xs):
    return in_pairs(xs[: len(xs) - len(xs) % 2])


@in_pairs.mistake(
    "If T is odd you pair the last step with itself. Nothing was said "
    "twice; pair it with zeros."
)
def last_doubled(xs):
    return in_pairs(np.concatenate([xs, xs[-1:]]) if len(xs) % 2 else xs)


@in_pairs.mistake(
    "You have put the zeros at the start. The steps then have other "
    "partners: the first one none, and all the rest a wrong one."
)
def zeros_first(xs):
    return in_pairs(np.concatenate([np.zeros_like(xs[: len(xs) % 2]), xs]))


@in_pairs.mistake(
    "Your two vectors are shuffled into each other, number by number. Side "
    "by side means: first all of the earlier one, then all of the later."
)
def shuffled(xs):
    T, B, D = xs.shape
    pairs = in_pairs(xs).reshape(-1, B, 2, D).swapaxes(2, 3)
    return pairs.reshape(-1, B, 2 * D)


@in_pairs.mistake(
    "You add the two steps of a pair. Side by side, they keep apart, and the "
    "layer above can tell which came first."
)
def added(xs):
    even = evened(xs)
    return even[0::2] + even[1::2]


@in_pairs.mistake(
    "Your pairs overlap: 0 and 1, 1 and 2. A step belongs to one pair only, "
    "so that half as many are left."
)
def overlapping(xs):
    return np.concatenate([xs[:-1], xs[1:]], axis=-1)


@in_pairs.explain
def _(yours, right, xs):
    D = xs.shape[-1]
    t, b, d = np.argwhere(~agree(yours, right))[0]
    half, place = ("left", 2 * t) if d < D else ("right", 2 * t + 1)
    here = slice(0, D) if d < D else slice(D, None)
    wanted = f"xs[{place}, {b}]" if place < len(xs) else "zeros"
    found = named(yours[t, b, here], zeros=np.zeros((1, D)), xs=xs)
    return (
        f"The {half} half of pairs[{t}, {b}] should be {wanted}; yours is "
        f"{found}."
    )


def named(vector, **arrays):
    """Say where in some arrays a vector stands: "xs[3, 0]"."""
    for name, array in arrays.items():
        found = np.argwhere(agree(array, vector).all(axis=-1))
        if len(found):
            place = ", ".join(map(str, found[0]))
            return name if name == "zeros" else f"{name}[{place}]"
    return "no vector of " + " or ".join(n for n in arrays if n != "zeros")


@exercise(
    "And the pairs come back",
    "dleft (half, B, D), dright (half, B, D), T -> dxs (T, B, D)",
    "Forward two steps were put side by side, backward they are parted. "
    "Nothing was multiplied, so no gradient changes its size here.",
)
def parted(dleft, dright, T):
    r"""
    The way back through the exercise above. The layer above hands you the
    loss's gradient at the pairs, already cut in two: `dleft[t]` at the
    earlier step of pair `t`, `dright[t]` at the later one. There were `T`
    steps; if that is odd, the later step of the last pair was the zeros that
    were added, and nobody wants its gradient. Return the gradient at the
    steps, in the order of time.
    """
    half, B, D = dleft.shape  # given
    dxs = np.zeros((2 * half, B, D))  # given
    dxs[0::2] = dleft
    dxs[1::2] = dright
    return dxs[:T]


parted.hint("`dxs[0::2]` are the steps 0, 2, 4 … of the result.")
parted.hint("At the end there may be one step too many.")


@parted.inputs
def _(rng):
    for half, B, T in (3, 3, 6), (3, 2, 5), (1, 2, 1), (2, 1, 4):
        yield {
            "dleft": rng.normal(size=(half, B, 2)),
            "dright": rng.normal(size=(half, B, 2)),
            "T": T,
        }


@parted.mistake(
    "Your halves stand one after the other: first all earlier steps, then "
    "all later ones. They were neighbours in time."
)
def one_after_the_other(dleft, dright, T):
    return np.concatenate([dleft, dright])[:T]


@parted.mistake(
    "Earlier and later have changed places: each step gets the gradient of "
    "its neighbour."
)
def exchanged(dleft, dright, T):
    return parted(dright, dleft, T)


@parted.mistake(
    "Both steps of a pair get the sum of the two gradients. Each was one "
    "half of the pair, and only that half's gradient is its own."
)
def summed(dleft, dright, T):
    return np.repeat(dleft + dright, 2, axis=0)[:T]


@parted.mistake(
    "Only the earlier step of each pair gets its gradient; the later ones "
    "stay at zero."
)
def one_of_two(dleft, dright, T):
    return parted(dleft, np.zeros_like(dright), T)


@parted.mistake(
    "If T is odd you leave out the first step. The zeros were added at the "
    "end: it is the last that nobody wants."
)
def cut_in_front(dleft, dright, T):
    return parted(dleft, dright, 2 * len(dleft))[-T:]


@parted.explain
def _(yours, right, dleft, dright, T):
    t, b, _ = np.argwhere(~agree(yours, right))[0]
    whose = "dright" if t % 2 else "dleft"
    zeros = np.zeros((1, dleft.shape[-1]))
    found = named(yours[t, b], zeros=zeros, dleft=dleft, dright=dright)
    return f"dxs[{t}, {b}] should be {whose}[{t // 2}, {b}]; yours is {found}."


@parted.mistake(
    "You add the two gradients of a pair. Its steps were two: each gets its "
    "own."
)
def both_at_the_earlier(dleft, dright, T):
    dxs = np.zeros((2 * len(dleft), *dleft.shape[1:]))
    dxs[::2] = dleft + dright
    return dxs[:T]


@exercise(
    "When is it ready?",
    "below (T), joins -> ready (steps)",
    "Apply it to layer after layer and you have the tick at which any "
    "forward network is done, with as many processors as you like.",
)
def ticks(below, joins):
    r"""
    A layer of a network, reading forward. `below[t]` is the tick at which
    what stands below at step $t$ is ready. The layer reads `joins` steps at
    a time: with 1 it is a layer of a stack, with 2 one of a pyramid (`joins`
    always divides `T`). A state can be computed one tick after *all* that it
    reads is ready: the steps below, and the layer's own state before it.
    The state before the first is ready at tick 0. Return the tick at which
    each of the layer's states is ready.
    """
    now, ready = 0, []
    for t in range(0, len(below), joins):
        now = max(now, *below[t : t + joins]) + 1
        ready.append(now)
    return np.array(ready)


ticks.hint(
    "Walk along and keep the tick of the state before. What is the latest of "
    "all that the next state waits for?"
)
ticks.hint("State number k reads `below[k * joins : (k + 1) * joins]`.")


@ticks.inputs
def _(rng):
    yield {"below": np.zeros(6, int), "joins": 1}
    yield {"below": np.arange(1, 9), "joins": 2}
    yield {"below": np.array([5, 1, 1, 9, 2, 2]), "joins": 1}
    yield {"below": np.array([3, 8, 8, 9, 9, 20]), "joins": 2}
    yield {"below": np.array([4, 3, 9, 1]), "joins": 2}
    yield {"below": np.array([7]), "joins": 1}
    yield {"below": np.array([2, 3, 9, 1, 1, 4]), "joins": 3}
    yield {"below": np.array([-5, -3, 2]), "joins": 1}  # ready long ago


@ticks.requires
def _(below, joins):
    return len(below) % joins == 0


def walked(below, joins, latest=max, both=max, tick=1):
    """Return ticks for some idea of what has to be waited for."""
    now, ready = 0, []
    for t in range(0, len(below), joins):
        now = both(now, latest(below[t : t + joins])) + tick
        ready.append(now)
    return np.array(ready)


@ticks.mistake(
    "Your states wait for what is below and not for their own past. They "
    "would all be computed at once, which is what recurrence forbids."
)
def no_past(below, joins):
    return walked(below, joins, both=lambda now, waits: waits)


@ticks.mistake(
    "Your states start when the first of their steps is ready. They read "
    "both, so they wait for the last."
)
def the_first_to_come(below, joins):
    return walked(below, joins, latest=min)


@ticks.mistake(
    "You wait for the last step of each group. Mostly that is the latest, "
    "and not always: take the largest tick."
)
def the_last_in_line(below, joins):
    return walked(below, joins, latest=lambda group: group[-1])


@ticks.mistake(
    "You add up the ticks of what is waited for. Waiting for two things "
    "takes as long as the later one, not as both."
)
def added_up(below, joins):
    return walked(below, joins, latest=sum)


@ticks.mistake(
    "You count only the layer's own steps: nothing below is waited for."
)
def own_steps(below, joins):
    return np.arange(1, len(below) // joins + 1)


@ticks.mistake(
    "You return when what a state reads from below is ready. The layer's own "
    "past has to be ready as well, and the work takes a tick."
)
def what_is_below(below, joins):
    return below.reshape(-1, joins).max(axis=1)


@ticks.mistake(
    "Your states are ready at the tick at which all they read is ready. The "
    "work itself takes a tick, too."
)
def takes_no_time(below, joins):
    return walked(below, joins, tick=0)


@ticks.mistake(
    "You add the tick to the layer's own past alone: a state that waits for "
    "what is below needs a tick for itself after that, too."
)
def tick_for_the_past_only(below, joins):
    now, ready = 0, []
    for t in range(0, len(below), joins):
        now = max(now + 1, *below[t : t + joins])
        ready.append(now)
    return np.array(ready)


@ticks.mistake(
    "Your states take as many ticks as they read steps. One state is one "
    "tick, whatever it reads."
)
def a_tick_for_each_step(below, joins):
    return walked(below, joins, tick=joins)


@ticks.mistake(
    "Your groups overlap: state k reads from below[k] on. It should start "
    "at below[k * joins]."
)
def overlapping_groups(below, joins):
    now, ready = 0, []
    for t in range(len(below) // joins):
        now = max(now, *below[t : t + joins]) + 1
        ready.append(now)
    return np.array(ready)


@ticks.mistake(
    "You wait for the first step of each group only. All that is read has "
    "to be ready."
)
def the_first_in_line(below, joins):
    return walked(below, joins, latest=lambda group: group[0])


@ticks.mistake(
    "You wait below only after the layer's own past is ready: the two ticks "
    "add up. Both run at the same time; what counts is the later one."
)
def one_wait_after_the_other(below, joins):
    return walked(below, joins, both=lambda now, waits: now + waits)


@ticks.mistake(
    "One state comes out for every step below. With joins = 2 the layer has "
    "half as many."
)
def every_step(below, joins):
    return ticks(below, 1)
