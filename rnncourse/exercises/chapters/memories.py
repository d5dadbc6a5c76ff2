"""Exercises on clocks, slow units and stacks, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "Who hears whom",
    "periods (H) -> mask (H, H)",
    "Multiply W_hh by your mask and a plain network becomes the body of a "
    "Clockwork one. All it lacks is the clock.",
)
def who_hears_whom(periods):
    r"""
    In a Clockwork network every unit has a period. A unit hears itself and
    all units of the same or a *longer* period, never a faster one. Return
    the mask of the recurrent matrix: `mask[i, j]` is 1.0 if unit `j` hears
    unit `i`, else 0.0. (As in `h @ W_hh`, the row sends and the column
    receives.)
    """
    return (periods[:, None] >= periods[None, :]).astype(float)


who_hears_whom.hint(
    "Entry [i, j] needs one comparison: the period of the sender i with the "
    "period of the receiver j."
)
who_hears_whom.hint(
    "`periods[:, None]` is a column, `periods[None, :]` a row. Compared, "
    "they make the whole matrix at once."
)


@who_hears_whom.inputs
def _(rng):
    yield {"periods": np.array([1, 1, 2, 4, 4])}
    yield {"periods": np.array([8, 1, 2])}
    yield {"periods": np.array([3])}
    yield {"periods": np.array([2, 2])}
    yield {"periods": np.array([100, 101])}


@who_hears_whom.mistake(
    "Your mask is transposed: in it slow units hear fast ones. In h @ W_hh "
    "the row i sends and the column j hears."
)
def slow_hears_fast(periods):
    return who_hears_whom(periods).T


@who_hears_whom.mistake(
    "Units of one period do not hear each other in your mask, and a unit "
    "does not hear itself. A longer *or equal* period is enough."
)
def strictly_slower(periods):
    return (periods[:, None] > periods[None, :]).astype(float)


@who_hears_whom.mistake(
    "You compare places in the row and not periods. Units of one module "
    "hear each other both ways, and nobody said that the fast come first."
)
def by_place(periods):
    return np.triu(np.ones((len(periods), len(periods)))).T


@who_hears_whom.mistake(
    "In your mask a unit hears its own module alone. Then the modules "
    "are so many separate networks."
)
def own_module_alone(periods):
    return (periods[:, None] == periods[None, :]).astype(float)


@who_hears_whom.mistake(
    "In your mask everybody hears everybody. That is the matrix of a plain "
    "network."
)
def everybody(periods):
    return np.ones((len(periods), len(periods)))


@who_hears_whom.mistake(
    "You ask whether one period divides the other. It need not: a longer or "
    "equal one is enough."
)
def divides(periods):
    return (periods[:, None] % periods[None, :] == 0).astype(float)


@who_hears_whom.mistake(
    "A unit of yours hears itself, but not the others of its own period. "
    "They are one module, and hear each other."
)
def itself_and_slower(periods):
    slower = periods[:, None] > periods[None, :]
    return (slower | np.eye(len(periods), dtype=bool)).astype(float)


@who_hears_whom.mistake(
    "Your mask is right but for its diagonal: a unit hears itself, too."
)
def deaf_to_itself(periods):
    return who_hears_whom(periods) - np.eye(len(periods))


@who_hears_whom.explain
def _(yours, right, periods):
    i, j = np.argwhere(~agree(yours, right))[0]
    return (
        f"mask[{i}, {j}] should be {right[i, j]:g}, and yours is "
        f"{yours[i, j]:.3g}: unit {i} sends and has the period {periods[i]}, "
        f"unit {j} receives and has the period {periods[j]}."
    )


@who_hears_whom.mistake(
    "You compare each period with itself. Every sender is compared with "
    "every receiver: periods[:, None] beside periods makes the table."
)
def each_with_itself(periods):
    return np.where(periods >= periods, 1.0, 0.0)


@exercise(
    "One tick of the clock",
    "t, ax (H), h (H), W_hh (H, H), periods (H) -> h (H)",
    "Two lines, and most units have nothing to do at most steps. That is "
    "the whole idea.",
)
def clockwork_step(t, ax, h, W_hh, periods):
    r"""
    At step `t` (the first step is 0) the units whose period divides `t`
    compute their new state, $\tanh(ax + h\,W_{hh})$, where `ax` is what
    comes from the input and `W_hh` is masked already. All others keep the
    state they have. Return the new state; leave `h` itself as it was.
    """
    active = t % periods == 0
    return np.where(active, np.tanh(ax + h @ W_hh), h)


clockwork_step.hint("Which units work? Those with `t % periods == 0`.")
clockwork_step.hint(
    "`np.where(active, new, old)` takes from `new` where `active` is true "
    "and from `old` elsewhere."
)


@clockwork_step.inputs
def _(rng):
    for t, periods in (
        (2, [1, 1, 2, 4]),
        (0, [1, 2, 4]),
        (4, [1, 2, 4, 8]),
        (3, [2, 4]),
        (6, [2, 3, 4, 5]),
    ):
        H = len(periods)
        yield {
            "t": t,
            "ax": rng.normal(size=H),
            "h": rng.uniform(-1, 1, size=H),
            "W_hh": rng.normal(size=(H, H)),
            "periods": np.array(periods),
        }


@clockwork_step.mistake(
    "t & (period - 1) asks whether a period divides t only if the period is a "
    "power of two. A period of 3 is one, too."
)
def powers_of_two_alone(t, ax, h, W_hh, periods):
    active = (t & (periods - 1)) == 0
    return np.where(active, np.tanh(ax + h @ W_hh), h)


@clockwork_step.mistake(
    "All your units work at every step. That is a plain network; where is "
    "the clock?"
)
def no_clock(t, ax, h, W_hh, periods):
    return np.tanh(ax + h @ W_hh)


@clockwork_step.mistake(
    "Your resting units fall to zero. Resting means keeping: the old state "
    "stays until the unit's next tick."
)
def resting_is_zero(t, ax, h, W_hh, periods):
    return np.where(t % periods == 0, np.tanh(ax + h @ W_hh), 0.0)


@clockwork_step.mistake(
    "You count steps from 1. The first step is 0, and 0 is divisible by "
    "every period: at the start all units work."
)
def from_one(t, ax, h, W_hh, periods):
    return clockwork_step(t + 1, ax, h, W_hh, periods)


@clockwork_step.mistake(
    "You ask whether t divides the period. It is the period that must "
    "divide t: `t % periods`, not `periods % t`."
)
def turned_round(t, ax, h, W_hh, periods):
    with np.errstate(divide="ignore"):
        return np.where(periods % t == 0, np.tanh(ax + h @ W_hh), h)


@clockwork_step.mistake(
    "Yours works at the wrong steps: the units whose period divides t rest, "
    "and the others work."
)
def rests_on_the_tick(t, ax, h, W_hh, periods):
    return np.where(t % periods == 0, h, np.tanh(ax + h @ W_hh))


@clockwork_step.mistake(
    "You silence the resting units before the product, so nobody hears "
    "them. They rest, but they can still be heard."
)
def resting_unheard(t, ax, h, W_hh, periods):
    active = t % periods == 0
    return np.where(active, np.tanh(ax + (h * active) @ W_hh), h)


@clockwork_step.mistake("The working units are not bent: the tanh is missing.")
def without_tanh(t, ax, h, W_hh, periods):
    return np.where(t % periods == 0, ax + h @ W_hh, h)


@clockwork_step.mistake(
    "Your product is the other way round: h stands on the left, h @ W_hh, so "
    "that a row of the matrix sends and a column hears."
)
def product_turned(t, ax, h, W_hh, periods):
    return clockwork_step(t, ax, h, W_hh.T, periods)


@clockwork_step.mistake(
    "You bend the resting units once more. Resting means keeping: h as it "
    "is, without another tanh."
)
def resting_bent(t, ax, h, W_hh, periods):
    return np.where(t % periods == 0, np.tanh(ax + h @ W_hh), np.tanh(h))


@clockwork_step.mistake(
    "Your resting units go on computing and only leave the input out. A "
    "resting unit keeps its state."
)
def resting_deaf(t, ax, h, W_hh, periods):
    return np.tanh((t % periods == 0) * ax + h @ W_hh) * (
        t % periods == 0
    ) + np.tanh(h @ W_hh) * (t % periods != 0)


@clockwork_step.mistake(
    "You mask W_hh once more. The one you get is masked already: use it as "
    "it is."
)
def masked_again(t, ax, h, W_hh, periods):
    W_hh = W_hh * who_hears_whom(periods)
    return clockwork_step(t, ax, h, W_hh, periods)


@clockwork_step.mistake(
    "You add what comes from the input after the tanh. It goes in with the "
    "rest."
)
def input_unbent(t, ax, h, W_hh, periods):
    return np.where(t % periods == 0, ax + np.tanh(h @ W_hh), h)


@clockwork_step.mistake(
    "You add the new state to the old one. A unit that works replaces what "
    "it had."
)
def added_on(t, ax, h, W_hh, periods):
    return h + (t % periods == 0) * np.tanh(ax + h @ W_hh)


@clockwork_step.mistake(
    "Your units change one after the other, and the later ones hear what the "
    "earlier ones have become. All hear the state before the step."
)
def one_after_the_other(t, ax, h, W_hh, periods):
    h = h.copy()
    for i in np.flatnonzero(t % periods == 0):
        h[i] = np.tanh(ax[i] + h @ W_hh[:, i])
    return h


@clockwork_step.mistake(
    "Your units hear nobody but themselves: the diagonal of W_hh alone. All "
    "of h goes through the whole matrix."
)
def diagonal_alone(t, ax, h, W_hh, periods):
    own = np.diag(np.diag(W_hh))
    return clockwork_step(t, ax, h, own, periods)


@clockwork_step.explain
def _(yours, right, t, ax, h, W_hh, periods):
    i = int((~agree(yours, right)).argmax())
    does = "computes a new state" if t % periods[i] == 0 else "keeps its state"
    return (
        f"At t = {t} unit {i}, of period {periods[i]}, {does}. It was "
        f"{h[i]:.3g} and should be {right[i]:.3g}; yours is {yours[i]:.3g}."
    )


@clockwork_step.mistake(
    "You use a period as the number of a unit. The units are numbered 0, 1, "
    "2 and so on; periods[i] is the period of unit i."
)
def periods_for_units(t, ax, h, W_hh, periods):
    new, old = np.tanh(ax + h @ W_hh), np.array(h)
    for period in periods:
        if t % period == 0:
            old[period] = new[period]
    return old


@exercise(
    "What a slow unit holds",
    "T, alpha () -> weights (T)",
    "A slow unit is a weighted bag of words: these are its weights, the "
    "same for every sentence.",
)
def slow_weights(T, alpha):
    r"""
    A slow unit starts at 0 and takes one number at each step,

    $$s_t = (1 - \alpha)\, x_t + \alpha\, s_{t-1}.$$

    After `T` steps it is a weighted sum of all its inputs. Return the
    weights: `weights[t]` belongs to the input of step `t`, the first of
    which is step 0.
    """
    return (1 - alpha) * alpha ** np.arange(T - 1, -1, -1)


slow_weights.hint(
    "The last input came in a moment ago: its weight is 1 - alpha. The one "
    "before has been multiplied by alpha once since."
)
slow_weights.hint(
    "Input t has been multiplied by alpha T - 1 - t times. "
    "`np.arange(T)` gives all t at once."
)


@slow_weights.inputs
def _(rng):
    yield {"T": 5, "alpha": np.array(0.8)}
    yield {"T": 1, "alpha": np.array(0.95)}
    yield {"T": 7, "alpha": np.array(0.3)}


@slow_weights.mistake(
    "Your weights run backwards: the first input has the largest. The one "
    "that came last has faded least."
)
def oldest_first(T, alpha):
    return slow_weights(T, alpha)[::-1]


@slow_weights.mistake(
    "The factor 1 - alpha is missing. Every input is multiplied by it once, "
    "when it comes in."
)
def without_entry(T, alpha):
    return slow_weights(T, alpha) / (1 - alpha)


@slow_weights.mistake(
    "Each of your weights has one alpha too many. The input of the last "
    "step has not faded yet."
)
def faded_once_more(T, alpha):
    return slow_weights(T, alpha) * alpha


@slow_weights.mistake(
    "Your weights are scaled to add up to 1. Theirs add up to "
    "1 - alpha^T: what is missing is the share of the zero it began with."
)
def sums_to_one(T, alpha):
    weights = slow_weights(T, alpha)
    return weights / weights.sum()


@slow_weights.mistake(
    "You have swapped alpha and 1 - alpha. Alpha is what is *kept* at each "
    "step, and near 1 in a slow unit."
)
def swapped(T, alpha):
    return slow_weights(T, 1 - alpha)


@slow_weights.mistake(
    "You multiply by alpha and a number of steps. Fading is a power: alpha "
    "times alpha, once for each step."
)
def product_for_power(T, alpha):
    return (1 - alpha) * alpha * np.arange(T - 1, -1, -1)


@slow_weights.mistake(
    "You fade by 1 - alpha. At each step the unit keeps the share alpha, "
    "and takes in 1 - alpha of the input, once."
)
def faded_by_the_rest(T, alpha):
    return (1 - alpha) ** np.arange(T - 1, -1, -1)


@slow_weights.mistake(
    "Your entry fee is raised to a power, too. The factor 1 - alpha meets an "
    "input once, when it comes in; only alpha comes again at each step."
)
def both_in_the_power(T, alpha):
    return ((1 - alpha) * alpha) ** np.arange(T - 1, -1, -1)


@slow_weights.mistake(
    "You take the first input whole, as if the unit began with it. It begins "
    "at 0, and the first input comes in like all others."
)
def began_with_the_first(T, alpha):
    weights = slow_weights(T, alpha)
    weights[0] = alpha ** (T - 1)
    return weights


@slow_weights.mistake(
    "You return the states of a unit that reads 1 at each step. Weights say "
    "how much of each input the *last* state holds."
)
def states_of_ones(T, alpha):
    return 1 - alpha ** np.arange(1, T + 1)


@slow_weights.explain
def _(yours, right, T, alpha):
    return (
        f"For T = {T} and alpha = {alpha:g}, weights should be "
        f"{right.round(3).tolist()}; yours is {yours.round(3).tolist()}."
    )


@slow_weights.mistake(
    "You return what an input has lost by the end, 1 minus a power of alpha. "
    "What is left of it is the power, times the 1 - alpha it came in with."
)
def what_is_lost(T, alpha):
    return 1 - alpha ** np.arange(T)[::-1]


@exercise(
    "One step of an SCRN",
    "x (B, D), h (B, H), s (B, S), W_xh (D, H), W_hh (H, H), W_xs (D, S), "
    "W_sh (S, H), alpha () -> h (B, H), s (B, S)",
    "Fast units beside slow ones, and not a gate in sight.",
)
def scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    r"""
    The slow units drift, and the fast ones hear them:

    $$s_t = (1 - \alpha)\, x_t W_{xs} + \alpha\, s_{t-1},$$

    $$h_t = \sigma(s_t W_{sh} + x_t W_{xh} + h_{t-1} W_{hh}),$$

    with $\sigma(a) = 1 / (1 + e^{-a})$. Return the new `h` and the new `s`.
    """
    s = (1 - alpha) * x @ W_xs + alpha * s
    a = s @ W_sh + x @ W_xh + h @ W_hh
    return 1 / (1 + np.exp(-a)), s


scrn_step.hint("The slow units come first: the fast ones hear the new s.")
scrn_step.hint(
    "The slow units have no σ and no matrix of their own: "
    "`(1 - alpha) * x @ W_xs + alpha * s`."
)


@scrn_step.inputs
def _(rng):
    for B, alpha in (3, 0.95), (1, 0.5):
        D, H, S = 2, 7, 4
        yield {
            "x": rng.normal(size=(B, D)),
            "h": rng.uniform(size=(B, H)),
            "s": rng.normal(size=(B, S)),
            "W_xh": rng.normal(size=(D, H)),
            "W_hh": rng.normal(size=(H, H)) / 2,
            "W_xs": 3 * rng.normal(size=(D, S)),
            "W_sh": rng.normal(size=(S, H)),
            "alpha": np.array(alpha),
        }


def scrn(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha, squash=None, old=False):
    """One step; the fast units may hear the old s, or bend otherwise."""
    new = (1 - alpha) * x @ W_xs + alpha * s
    a = (s if old else new) @ W_sh + x @ W_xh + h @ W_hh
    return squash(a) if squash else 1 / (1 + np.exp(-a)), new


@scrn_step.mistake(
    "Your fast units hear the slow ones of the step before. The formula has "
    "s_t: first s, then h."
)
def hears_old_s(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha, old=True)


@scrn_step.mistake(
    "Your fast units go through tanh. Here they are σ's, between 0 and 1."
)
def with_tanh(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha, squash=np.tanh)


@scrn_step.mistake(
    "Your slow units take in the whole input. Without the factor 1 - alpha "
    "they add up, to twenty times the size at alpha = 0.95."
)
def whole_input(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    W_xs = W_xs / (1 - alpha)
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)


@scrn_step.mistake(
    "You return s first. The answer is asked for as h, s; but computing s "
    "first is right."
)
def other_order(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)[::-1]


@scrn_step.mistake(
    "You bend the slow units, too. They are the one part of the network "
    "that goes through no function, so that nothing of them is squashed."
)
def bent_slow(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = np.tanh((1 - alpha) * x @ W_xs + alpha * s)
    a = s @ W_sh + x @ W_xh + h @ W_hh
    return 1 / (1 + np.exp(-a)), s


@scrn_step.mistake(
    "The slow units never reach the fast ones: s @ W_sh is missing in h."
)
def deaf_to_s(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, 0 * W_sh, alpha)


@scrn_step.mistake(
    "You have swapped alpha and 1 - alpha: your slow units keep a little of "
    "themselves and take in most of the input, so they are fast."
)
def alphas_swapped(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, 1 - alpha)


@scrn_step.mistake(
    "Your bracket is too wide: 1 - alpha multiplies the input alone, and "
    "alpha alone the old s."
)
def bracket_too_wide(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = (1 - alpha) * s
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)


@scrn_step.mistake("Your fast units are not bent: the σ is missing.")
def without_sigma(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha, squash=np.positive)


@scrn_step.mistake(
    "Your σ is turned round: it has e to the *minus* a below the line."
)
def sigma_turned(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    h, s = scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)
    return 1 - h, s


@scrn_step.mistake(
    "Your slow units never fade: the old s is taken over whole, without the "
    "factor alpha."
)
def never_fades(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    return scrn_step(x, h, s / alpha, W_xh, W_hh, W_xs, W_sh, alpha)


@scrn_step.mistake(
    "1 / 1 + e is (1 / 1) + e. Below the line stands all of 1 + exp(-a): "
    "brackets."
)
def sigma_without_brackets(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    def squash(a):
        return 1 + np.exp(-a)

    return scrn(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha, squash=squash)


@scrn_step.mistake(
    "The minus of exp(-a) reaches only the first part of your a. Brackets "
    "around the sum."
)
def minus_in_part(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = (1 - alpha) * x @ W_xs + alpha * s
    a = s @ W_sh - x @ W_xh - h @ W_hh
    return 1 / (1 + np.exp(-a)), s


@scrn_step.mistake(
    "1 - alpha shrinks what your fast units read, too. It stands in the "
    "formula of s alone."
)
def shrunk_for_all(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    W_xh = (1 - alpha) * W_xh
    return scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)


@scrn_step.mistake(
    "You take alpha times the input from 1. In the formula 1 - alpha "
    "multiplies the input: brackets."
)
def one_minus_the_input(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = 1 - alpha * x @ W_xs + alpha * s
    a = s @ W_sh + x @ W_xh + h @ W_hh
    return 1 / (1 + np.exp(-a)), s


@scrn_step.mistake(
    "You send the slow units through σ, too. They are the one part of the "
    "network that goes through no function."
)
def slow_through_sigma(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = 1 / (1 + np.exp(-((1 - alpha) * x @ W_xs + alpha * s)))
    a = s @ W_sh + x @ W_xh + h @ W_hh
    return 1 / (1 + np.exp(-a)), s


@scrn_step.mistake(
    "You let the fast units drift, too, and they keep a share of their old "
    "state. alpha is for the slow ones alone."
)
def fast_ones_drift(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    new, s = scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)
    return alpha * h + (1 - alpha) * new, s


@scrn_step.mistake(
    "Your fast units hear the slow ones before the input has come in: alpha "
    "times the old s. The formula has the whole new s."
)
def half_made_s(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    _, new = scrn_step(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha)
    a = alpha * s @ W_sh + x @ W_xh + h @ W_hh
    return 1 / (1 + np.exp(-a)), new


@scrn_step.explain
def _(yours, right, x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    if yours.shape != s.shape:
        return ""  # h: it hears s, which comes first
    b, k = np.argwhere(~agree(yours, right))[0]
    return (
        f"s[{b}, {k}] was {s[b, k]:.3g}, and x @ W_xs is "
        f"{(x @ W_xs)[b, k]:.3g} there. With alpha = {alpha:g} it should "
        f"become {right[b, k]:.3g}; yours is {yours[b, k]:.3g}."
    )


@scrn_step.mistake(
    "Your bracket closes too early: σ bends what comes from the slow units "
    "alone. All three products stand in its sum."
)
def bends_the_slow_part_alone(x, h, s, W_xh, W_hh, W_xs, W_sh, alpha):
    s = (1 - alpha) * x @ W_xs + alpha * s
    return 1 / (1 + np.exp(-s @ W_sh)) + x @ W_xh + h @ W_hh, s


@exercise(
    "Push, pop and leave alone",
    "stack (depth), new (), push (), pop (), no_op () -> stack (depth)",
    "A pile of plates with a gradient: each of the three weights can be "
    "learned.",
)
def stack_move(stack, new, push, pop, no_op):
    r"""
    `stack[0]` is the top. Make three stacks of it: one where `new` has been
    pushed on top (all others sink one place, the lowest is lost), one where
    the top has been popped (all others rise one place, and -1, which means
    *empty*, comes in at the bottom), and one as it was. Return their mixture
    with the weights `push`, `pop` and `no_op`.
    """
    pushed = np.concatenate([[new], stack[:-1]])
    popped = np.concatenate([stack[1:], [-1.0]])
    return push * pushed + pop * popped + no_op * stack


stack_move.hint(
    "Pushed: `new`, then the stack without its last cell. "
    "`np.concatenate` joins a list of arrays."
)
stack_move.hint("Popped: the stack without its first cell, then -1.")
stack_move.hint(
    "All three are made of the stack as it came, never one of the other."
)


@stack_move.inputs
def _(rng):
    def case(depth, weights):
        return {
            "stack": rng.uniform(size=depth),
            "new": rng.uniform(),
            "push": np.array(weights[0]),
            "pop": np.array(weights[1]),
            "no_op": np.array(weights[2]),
        }

    yield case(5, (0.5, 0.3, 0.2)) | {
        "stack": np.array([0.9, 0.4, 0.6, 0.2, -1.0]),
        "new": 0.7,
    }
    yield case(4, (1.0, 0.0, 0.0))
    yield case(4, (0.0, 1.0, 0.0))
    yield case(2, (0.1, 0.1, 0.8))
    yield case(1, (0.6, 0.4, 0.0))


@stack_move.mistake(
    "A pop lets 0 come in at the bottom. Empty is -1 here: a 0 would look "
    "like something that was pushed."
)
def zero_at_bottom(stack, new, push, pop, no_op):
    return stack_move(stack, new, push, pop, no_op) + pop * (
        np.arange(len(stack)) == len(stack) - 1
    )


@stack_move.mistake(
    "Your cells run in a ring: what is popped comes back in at the bottom. "
    "np.roll does that; here -1 comes in."
)
def ring(stack, new, push, pop, no_op):
    pushed = np.concatenate([[new], stack[:-1]])
    return push * pushed + pop * np.roll(stack, -1) + no_op * stack


@stack_move.mistake(
    "Your new number is laid upon the top cell and replaces it. After a "
    "push, what was on top is the second cell."
)
def replaces_top(stack, new, push, pop, no_op):
    pushed = np.concatenate([[new], stack[1:]])
    popped = np.concatenate([stack[1:], [-1.0]])
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "You leave no_op out. Whatever weight it has is missing in every cell."
)
def no_no_op(stack, new, push, pop, no_op):
    return stack_move(stack, new, push, pop, 0 * no_op)


@stack_move.mistake(
    "Your push and your pop are swapped: the weight of the one moves the "
    "stack as the other."
)
def swapped_actions(stack, new, push, pop, no_op):
    return stack_move(stack, new, pop, push, no_op)


@stack_move.mistake(
    "Your top is the last cell. Here it is stack[0]: a push comes in at "
    "the front."
)
def top_is_last(stack, new, push, pop, no_op):
    return stack_move(stack[::-1], new, push, pop, no_op)[::-1]


@stack_move.mistake(
    "After your pop, all cells but the lowest are where they were. They rise "
    "by one place, and all three stacks are made of the stack as it came."
)
def popped_after_push(stack, new, push, pop, no_op):
    pushed = np.concatenate([[new], stack[:-1]])
    popped = np.concatenate([pushed[1:], [-1.0]])
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "Your cells change while you walk through them: the next one reads a "
    "neighbour that is new already. All three stacks are made of the old one."
)
def in_place(stack, new, push, pop, no_op):
    s = np.append(stack, -1.0)
    above = new
    for k in range(len(stack)):
        s[k] = above = push * above + pop * s[k + 1] + no_op * s[k]
    return s[:-1]


@stack_move.mistake(
    "You do what has the largest weight, in full. Asked is the mixture: a "
    "little of each."
)
def the_likeliest(stack, new, push, pop, no_op):
    weights = np.array([push, pop, no_op])
    return stack_move(stack, new, *(weights == weights.max()).astype(float))


@stack_move.mistake(
    "A pop only empties your top cell. The others have to rise by one place."
)
def top_emptied(stack, new, push, pop, no_op):
    pushed = np.concatenate([[new], stack[:-1]])
    popped = np.concatenate([[-1.0], stack[1:]])
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "After a pop your lowest cell is still there, twice. At the bottom -1 "
    "comes in."
)
def bottom_doubled(stack, new, push, pop, no_op):
    pushed = np.concatenate([[new], stack[:-1]])
    popped = np.append(stack[1:], stack[-1])
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "Your push brings the lowest cell to the top, as np.roll does. On top "
    "comes `new`."
)
def lowest_on_top(stack, new, push, pop, no_op):
    return stack_move(stack, stack[-1], push, pop, no_op)


@stack_move.mistake(
    "You push at the bottom: the new number stands in the last cell, and the "
    "top is lost. The top is stack[0]."
)
def pushed_below(stack, new, push, pop, no_op):
    pushed = np.append(stack[1:], new)
    popped = np.append(stack[1:], -1.0)
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "Your pop pushes -1: it comes in on top and all cells sink. A pop lets "
    "them rise, and -1 comes in at the bottom."
)
def popped_downwards(stack, new, push, pop, no_op):
    pushed = np.append(new, stack[:-1])
    popped = np.append(-1.0, stack[:-1])
    return push * pushed + pop * popped + no_op * stack


@stack_move.mistake(
    "+ adds two arrays, number by number. np.concatenate joins them."
)
def added_for_joined(stack, new, push, pop, no_op):
    pushed = [new] + stack[:-1]
    popped = stack[1:] + [-1]
    return push * pushed + pop * popped + no_op * stack


@stack_move.explain
def _(yours, right, stack, new, push, pop, no_op):
    return (
        f"For stack = {stack.round(3).tolist()}, new = {new:.3g} and the "
        f"weights {push:g}, {pop:g} and {no_op:g} it should be "
        f"{right.round(3).tolist()}; yours is {yours.round(3).tolist()}."
    )


@exercise(
    "Rounded actions",
    "p (A, N) -> hard (A, N)",
    "At test it makes a soft stack a real one. In training it would be the "
    "end of learning: a choice has no slope.",
)
def rounded(p):
    r"""
    Column `n` of `p` holds the probabilities of the `A` actions of stack
    `n`. Return an array of the same shape with a 1.0 at the most probable
    action of each stack and 0.0 elsewhere. (No two are equally probable.)
    """
    return (p == p.max(axis=0)).astype(float)


rounded.hint("Which axis holds the actions of one stack? The first.")
rounded.hint(
    "`p.max(axis=0)` is the best probability of each stack. Where is `p` "
    "equal to it?"
)


@rounded.inputs
def _(rng):
    yield {"p": np.array([[0.4, 0.1, 0.3, 0.2], [0.35, 0.2, 0.6, 0.5],
                          [0.25, 0.7, 0.1, 0.3]])}  # fmt: skip
    yield {"p": np.array([[0.3, 0.502], [0.7, 0.498]])}
    yield {"p": np.array([[0.9, 0.2], [0.1, 0.8]])}
    yield {"p": np.array([[0.35, 0.45], [0.33, 0.15], [0.32, 0.4]])}


@rounded.mistake(
    "You round each probability by itself. With three actions the best one "
    "may be below one half, and then your stack does nothing at all."
)
def each_by_itself(p):
    return np.round(p)


@rounded.mistake(
    "You look for the best along the row: the stack that wants an action "
    "most. Each stack, a column, chooses for itself."
)
def along_the_row(p):
    return rounded(p.T).T


@rounded.mistake(
    "You choose one action in all. Every stack has one of its own."
)
def one_in_all(p):
    return (p == p.max()).astype(float)


@rounded.mistake(
    "You return the numbers of the actions. Asked for is an array like p, "
    "with a 1 at the place of each."
)
def numbers(p):
    return p.argmax(axis=0).astype(float)


@rounded.mistake(
    "You keep the best probability itself. Then the stack shrinks a little "
    "at every step; the chosen action counts in full, with 1.0."
)
def not_full(p):
    return np.where(p == p.max(axis=0), p, 0.0)


@rounded.mistake(
    "Your ones fill whole rows: an action that one stack has chosen counts "
    "for all of them. Each column gets a single 1.0."
)
def whole_rows(p):
    hard = np.zeros_like(p)
    hard[p.argmax(axis=0)] = 1
    return hard


@rounded.mistake(
    "You choose the *least* probable action of each stack, not the most."
)
def the_least(p):
    return (p == p.min(axis=0)).astype(float)


@rounded.mistake(
    "You divide by the best: it becomes 1.0, and the others stay, smaller. "
    "They have to be 0.0."
)
def scaled(p):
    return p / p.max(axis=0)


@rounded.explain
def _(yours, right, p):
    n = int((~agree(yours, right)).any(axis=0).argmax())
    return (
        f"Column {n} of p is {p[:, n].tolist()}. Its column should be "
        f"{right[:, n].tolist()}; yours is {yours[:, n].round(3).tolist()}."
    )
