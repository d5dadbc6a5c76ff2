"""Exercises on the LSTM, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


def sigmoid(a):
    """Squash to between 0 and 1."""
    return 1 / (1 + np.exp(-a))


@exercise(
    "The bias for a half-life",
    "steps () -> bias ()",
    "Half of it after 100 steps takes a bias of about 5. With the usual 1 "
    "the half-life is a little over two steps: the rest has to be learned.",
)
def half_life(steps):
    r"""
    A fresh LSTM has small weights, so its forget gate is about
    $f = \sigma(b_f)$, and the memory is multiplied by $f$ at every step.
    Which bias $b_f$ leaves exactly *half* of the memory after `steps`
    steps? Here $\sigma(a) = 1/(1 + e^{-a})$.
    """
    f = 0.5 ** (1 / steps)
    return np.log(f / (1 - f))


half_life.hint(
    "First find the gate. After one step a share f is left, after two steps "
    "f times f. So f to the power `steps` has to be 0.5."
)
half_life.hint(
    "Then find the bias. Solve f = 1 / (1 + exp(-b)) for b: take reciprocals, "
    "subtract 1, take the logarithm."
)


@half_life.inputs
def _(rng):
    for steps in 10.0, 1.0, 2.5, 400.0:
        yield {"steps": np.array(steps)}


@half_life.mistake(
    "That is the gate's value, a number between 0 and 1. The bias is what "
    "the sigmoid turns into it."
)
def the_gate(steps):
    return 0.5 ** (1 / steps)


@half_life.mistake(
    "Your sign is turned round: with this bias the gate is as far shut as it "
    "should be open."
)
def other_sign(steps):
    return -half_life(steps)


@half_life.mistake(
    "You let the gate lose 1 / steps at every step. Then about a third is "
    "left at the end, 0.37, and not a half."
)
def time_constant(steps):
    with np.errstate(divide="ignore"):
        f = 1 - 1 / steps
        return np.log(f / (1 - f))


@half_life.mistake(
    "You share the loss of one half equally among the steps. But each step "
    "takes its share of what is left, not of the beginning."
)
def equal_shares(steps):
    f = 1 - 0.5 / steps
    with np.errstate(divide="ignore"):
        return np.log(f / (1 - f))


@half_life.mistake(
    "You take the logarithm of the gate alone. The sigmoid's inverse is the "
    "logarithm of f / (1 - f)."
)
def log_alone(steps):
    return np.log(0.5 ** (1 / steps))


@half_life.mistake(
    "You turned the exponent round: f to the power `steps` is to be 0.5, so "
    "f is 0.5 to the power 1 / steps."
)
def wrong_power(steps):
    with np.errstate(divide="ignore", over="ignore"):
        return np.log(0.5**steps / (1 - 0.5**steps))


@half_life.mistake(
    "Your logarithm has another base. The sigmoid has e in it, so its inverse "
    "is the natural one, np.log."
)
def base_two(steps):
    return half_life(steps) / np.log(2)


@half_life.mistake(
    "Your logarithm has another base. The sigmoid has e in it, so its inverse "
    "is the natural one, np.log."
)
def base_ten(steps):
    return half_life(steps) / np.log(10)


@half_life.mistake(
    "You put the gate through the sigmoid. You have the gate and want the "
    "bias: it goes the other way, through the sigmoid's inverse."
)
def sigmoid_again(steps):
    return sigmoid(0.5 ** (1 / steps))


@half_life.mistake(
    "You divide the half among the steps, f = 0.5 / steps. But shares "
    "multiply: f to the power `steps` is to be 0.5."
)
def divided(steps):
    f = 0.5 / steps
    return np.log(f / (1 - f))


@half_life.mistake(
    "You add 1 where it is subtracted. From f = 1 / (1 + exp(-b)) follows "
    "exp(-b) = 1 / f - 1."
)
def added_one(steps):
    return -np.log(1 / 0.5 ** (1 / steps) + 1)


def bias_of(f):
    """Return the bias of a gate, also where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(f / (1 - f))


@half_life.mistake(
    "With exp(-1 / steps) a share of 1 / e is left in the end, 0.37, and not "
    "a half."
)
def e_for_two(steps):
    return bias_of(np.exp(-1 / steps))


@half_life.mistake(
    "Your gate is 0.5 itself, so the memory halves at every step. After "
    "`steps` steps, f to the power `steps` is left."
)
def half_at_every_step(steps):
    return bias_of(0.5)


@half_life.mistake(
    "np.arctanh turns tanh back. The gate is a sigmoid."
)  # fmt: skip
def inverse_of_tanh(steps):
    with np.errstate(divide="ignore"):
        return np.arctanh(0.5 ** (1 / steps))


COUNTED = (
    "You count one step more or less. The memory is multiplied by f exactly "
    "`steps` times."
)


@half_life.mistake(COUNTED)
def one_step_less(steps):
    with np.errstate(divide="ignore"):
        return bias_of(0.5 ** (1 / (steps - 1)))


@half_life.mistake(COUNTED)
def one_step_more(steps):
    return bias_of(0.5 ** (1 / (steps + 1)))


@half_life.explain
def _(yours, right, steps):
    """Say what the bias leaves of the memory."""
    left = sigmoid(float(yours)) ** float(steps)
    return (
        f"half_life({steps:g}) gives {yours:.4g}. With that bias, {left:.4g} "
        f"of the memory is left after {steps:g} steps, and not 0.5."
    )


@half_life.mistake(
    "Your bracket closes too early: you divide the logarithm of f by 1 - f. "
    "The sigmoid's inverse is the logarithm of the whole f / (1 - f)."
)
def logarithm_of_f_alone_divided(steps):
    f = 0.5 ** (1 / steps)
    return np.log(f) / (1 - f)


@exercise(
    "One step",
    "x (B, D), h (B, H), c (B, H), W_xh (D, 4H), W_hh (H, 4H), "
    "b_x (4H), b_h (4H) -> "
    "h_new (B, H), c_new (B, H)",
    "That is the whole LSTM. The rest is the loop you know, with two states "
    "handed on in the place of one.",
)
def lstm_step(x, h, c, W_xh, W_hh, b_x, b_h):
    r"""
    Write one step of an LSTM. The four parts of `a` belong to `i`, `f`,
    `g` and `o`, in this order. Return the new `h` and the new `c`.

    $$\begin{aligned} a &= x W_{xh} + b_x + h W_{hh} + b_h\\
      i, f, o &= \sigma(a_i), \sigma(a_f), \sigma(a_o)\\
      g &= \tanh(a_g)\\
      c_{new} &= f \odot c + i \odot g\\
      h_{new} &= o \odot \tanh(c_{new}) \end{aligned}$$
    """
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(a, 4, axis=1)  # given
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c_new = f * c + i * np.tanh(g)
    h_new = o * np.tanh(c_new)
    return h_new, c_new  # given


lstm_step.hint("The sigmoid of an array is `1 / (1 + np.exp(-a))`.")
lstm_step.hint(
    "Three of the parts are gates and go through the sigmoid. The fourth, g, "
    "is what comes in, and goes through tanh."
)
lstm_step.hint(
    "First the memory, from the *old* c; then the output, from the *new* c."
)


@lstm_step.inputs
def _(rng):
    for B, D, H in (3, 2, 7), (1, 2, 7), (3, 1, 1):
        yield {
            "x": rng.normal(size=(B, D)),
            "h": rng.uniform(-1, 1, size=(B, H)),
            "c": 2 * rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, 4 * H)),
            "W_hh": rng.normal(size=(H, 4 * H)),
            "b_x": rng.normal(size=4 * H),
            "b_h": rng.normal(size=4 * H),
        }


def gates(x, h, W_xh, W_hh, b_x, b_h):
    """Return i, f, g and o."""
    i, f, g, o = np.split(x @ W_xh + b_x + h @ W_hh + b_h, 4, axis=1)
    return sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)


@lstm_step.mistake(
    "You take the parts as i, f, o, g. Here the third quarter is g and the "
    "fourth is o, as in torch; other libraries differ, so always look."
)
def other_order(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, o, g = np.split(x @ W_xh + b_x + h @ W_hh + b_h, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


@lstm_step.mistake(
    "Your output shows the memory of the step before. tanh and the output "
    "gate read the c that this step has written."
)
def old_memory_shown(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    return o * np.tanh(c), f * c + i * g


@lstm_step.mistake(
    "The memory leaves your cell as it is. On the way to the output it goes "
    "through tanh first, so that h stays between -1 and 1."
)
def no_tanh_at_the_output(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * c + i * g
    return o * c_new, c_new


@lstm_step.mistake(
    "You put the memory itself through tanh. Then it is squashed again at "
    "every step, and the carousel stands still: no tanh may lie on its way."
)
def squashed_memory(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = np.tanh(f * c + i * g)
    return o * c_new, c_new


@lstm_step.mistake(
    "Nothing is ever forgotten: the old memory goes on whole. That is the "
    "LSTM of 1997; since 2000 it is multiplied by f."
)
def no_forget_gate(x, h, c, W_xh, W_hh, b_x, b_h):
    i, _, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = c + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "You let f decide what is forgotten: f * c is what is *kept*. The forget "
    "gate is a gate that remembers; open means keep."
)
def forgets_when_open(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = (1 - f) * c + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "All four went through the sigmoid, g too. Then the memory can only be "
    "increased and never decreased by what comes in."
)
def g_a_gate(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(sigmoid(a), 4, axis=1)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "You return the memory first. The output h comes first here, as in all "
    "of this course; some libraries have it the other way round."
)
def memory_first(x, h, c, W_xh, W_hh, b_x, b_h):
    h_new, c_new = lstm_step(x, h, c, W_xh, W_hh, b_x, b_h)
    return c_new, h_new


@lstm_step.mistake(
    "Nothing guards the way in: g is added whole. The input gate says how "
    "much of it, i * g."
)
def no_input_gate(x, h, c, W_xh, W_hh, b_x, b_h):
    _, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * c + g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "You show all of the memory. The output gate says how much: o * tanh(c)."
)
def no_output_gate(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, _ = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * c + i * g
    return np.tanh(c_new), c_new


@lstm_step.mistake(
    "i and f have changed places: the first quarter lets in, the second keeps."
)
def in_and_forget_swapped(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = i * c + f * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "What comes in is not squashed: g is the tanh of its sum, and only then "
    "does it meet the input gate."
)
def straight_input(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(a, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * g
    return sigmoid(o) * np.tanh(c_new), c_new


@lstm_step.mistake(
    "Your gates are shut where they should be open: the sigmoid is "
    "1 / (1 + exp(-a)), with a minus."
)
def sigmoid_turned(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = (1 - f) * c + (1 - i) * g
    return (1 - o) * np.tanh(c_new), c_new


@lstm_step.mistake(
    "Your gates are bare sums. A valve stands between 0 and 1: i, f and o go "
    "through the sigmoid."
)
def bare_gates(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(a, 4, axis=1)
    c_new = f * c + i * np.tanh(g)
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "All four went through tanh. A valve stands between 0 and 1: i, f and o "
    "go through the sigmoid, g alone through tanh."
)
def tanh_gates(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(np.tanh(a), 4, axis=1)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "You keep f times h, the output. What is kept is the memory: f * c."
)
def keeps_the_output(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * h + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "You let in what f leaves free, 1 - f. That is the tied gate of the next "
    "chapter; here i has weights of its own."
)
def tied_gates(x, h, c, W_xh, W_hh, b_x, b_h):
    _, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * c + (1 - f) * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "On the way out the memory went through the sigmoid. It may be negative, "
    "and so may the output: tanh."
)
def sigmoid_at_the_output(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c_new = f * c + i * g
    return o * sigmoid(c_new), c_new


def cell(c, i, f, g, o):
    """Return h and c of values that are gates already."""
    c = f * c + i * g
    return o * np.tanh(c), c


def sums(x, h, W_xh, W_hh, b_x, b_h):
    """Return the sums inside the gates, (B, 4H)."""
    return x @ W_xh + b_x + h @ W_hh + b_h


@lstm_step.mistake(
    "You take every fourth column for a gate. The parts lie side by side: "
    "the first H columns belong to i, the next H to f."
)
def every_fourth_column(x, h, c, W_xh, W_hh, b_x, b_h):
    a = sums(x, h, W_xh, W_hh, b_x, b_h)
    i, f, g, o = (a[:, k::4] for k in range(4))
    return cell(c, sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o))


@lstm_step.mistake(
    "The memory is right. Your output gate went through tanh; it is a valve, "
    "between 0 and 1: sigmoid."
)
def output_gate_through_tanh(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    o = np.split(sums(x, h, W_xh, W_hh, b_x, b_h), 4, axis=1)[3]
    return cell(c, i, f, g, np.tanh(o))


SQUASHED = (
    "You squash all of a first, and the gates once more. Each part goes "
    "through its own sigmoid or tanh, once."
)


@lstm_step.mistake(SQUASHED)
def squashed_by_tanh_first(x, h, c, W_xh, W_hh, b_x, b_h):
    a = np.tanh(sums(x, h, W_xh, W_hh, b_x, b_h))
    i, f, g, o = np.split(a, 4, axis=1)
    return cell(c, sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o))


@lstm_step.mistake(SQUASHED)
def squashed_by_sigmoid_first(x, h, c, W_xh, W_hh, b_x, b_h):
    a = sigmoid(sums(x, h, W_xh, W_hh, b_x, b_h))
    i, f, g, o = np.split(a, 4, axis=1)
    return cell(c, sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o))


@lstm_step.mistake(
    "You add the input gate to g. A gate multiplies: it says how much of g "
    "comes in."
)
def gate_added(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = gates(x, h, W_xh, W_hh, b_x, b_h)
    c = f * c + i + g
    return o * np.tanh(c), c


@lstm_step.mistake(
    "Brackets are missing in your sigmoid: 1 / 1 + exp(-a) is 1 plus the "
    "exponential. The whole sum stands below."
)
def sigmoid_without_brackets(x, h, c, W_xh, W_hh, b_x, b_h):
    a = sums(x, h, W_xh, W_hh, b_x, b_h)
    i, f, g, o = np.split(a, 4, axis=1)
    i, f, o = (1 + np.exp(-part) for part in (i, f, o))
    return cell(c, i, f, np.tanh(g), o)


@lstm_step.mistake(
    "Your output gate stands inside tanh. The memory goes through tanh "
    "first; the gate multiplies what comes out."
)
def gate_inside_tanh(x, h, c, W_xh, W_hh, b_x, b_h):
    h_new, c_new = lstm_step(x, h, c, W_xh, W_hh, b_x, b_h)
    o = h_new / np.tanh(c_new)
    return np.tanh(o * c_new), c_new


@lstm_step.mistake(
    "Your g goes through the sigmoid and through tanh. It is no gate: tanh "
    "of its own sum, and nothing else."
)
def g_bent_twice(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(1 / (1 + np.exp(-a)), 4, axis=1)
    c_new = f * c + i * np.tanh(g)
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "Your four parts are bare sums. i, f and o go through the sigmoid, g "
    "through tanh, before they are used."
)
def bare_sums(x, h, c, W_xh, W_hh, b_x, b_h):
    i, f, g, o = np.split(x @ W_xh + b_x + h @ W_hh + b_h, 4, axis=1)
    c_new = f * c + i * g
    return o * np.tanh(c_new), c_new


@lstm_step.mistake(
    "There is no tanh in your step. g is tanh of its sum, no gate; and h_new "
    "shows tanh of the new c."
)
def no_tanh_at_all(x, h, c, W_xh, W_hh, b_x, b_h):
    a = x @ W_xh + b_x + h @ W_hh + b_h
    i, f, g, o = np.split(1 / (1 + np.exp(-a)), 4, axis=1)
    c_new = f * c + i * g
    return o * c_new, c_new


@exercise(
    "The carousel's share",
    "fs (T, H) -> left (T, H)",
    "For a fresh LSTM these numbers fall like 0.73 to the power k. Training "
    "is what holds some of them near 1.",
)
def carousel(fs):
    r"""
    Along the carousel, one step back multiplies the gradient of each unit
    by its forget gate: $dc_{t-1} = dc_t \odot f_t$. `fs[t]` holds the
    forget gates of step `t`. A gradient of 1 starts at the memory *after*
    the last step. Return what arrives at the memory **before** each step:
    `left[t]` belongs to the memory that step `t` started from, so `left[-1]`
    has passed one gate and `left[0]` all of them.
    """
    return np.cumprod(fs[::-1], axis=0)[::-1]


carousel.hint(
    "`left[-1]` is `fs[-1]`. `left[-2]` is `fs[-1] * fs[-2]`. And so on."
)
carousel.hint(
    "A loop from the last step to the first does it, or `np.cumprod`, which "
    "multiplies up along an axis, on the gates turned round in time."
)


@carousel.inputs
def _(rng):
    for T, H in (5, 3), (1, 3), (6, 1):
        yield {"fs": rng.uniform(0.1, 1, size=(T, H))}
    yield {"fs": np.array([[0.5], [0.0], [0.8]])}  # all is forgotten once


@carousel.mistake(
    "You multiply from the first step on. The gradient starts at the end: "
    "the first gate it passes is that of the last step."
)
def from_the_start(fs):
    return np.cumprod(fs, axis=0)


@carousel.mistake(
    "Your numbers come in the order of the walk, the last step first. "
    "left[0] is asked for before the first step, behind all the gates."
)
def order_of_the_walk(fs):
    return np.cumprod(fs[::-1], axis=0)


@carousel.mistake(
    "You are one gate short: that is what arrives *after* each step. Going "
    "back through step t also passes the gate of step t."
)
def one_gate_short(fs):
    ones = np.ones_like(fs[:1])
    return np.cumprod(np.vstack([ones, fs[:0:-1]]), axis=0)[::-1]


@carousel.mistake(
    "You multiply up the gates before each step, as if the gradient began at "
    "the start. It comes from the end: the gates from step t on are behind "
    "it."
)
def gates_before(fs):
    ones = np.ones_like(fs[:1])
    return np.cumprod(np.vstack([ones, fs[:-1]]), axis=0)


@carousel.mistake(
    "You add the gates up. Steps that follow each other multiply, as the "
    "chain rule says; your gradient would grow."
)
def added(fs):
    return np.cumsum(fs[::-1], axis=0)[::-1]


@carousel.mistake(
    "You multiply all units together. The carousel of each unit turns alone: "
    "there is no matrix on this way."
)
def all_units(fs):
    left = np.cumprod(fs[::-1], axis=0)[::-1]
    return np.repeat(left.prod(axis=1, keepdims=True), fs.shape[1], axis=1)


@carousel.mistake(
    "You multiply by what is forgotten, 1 - f. What is kept of the gradient "
    "is what is kept of the memory: f."
)
def what_is_lost(fs):
    return np.cumprod(1 - fs[::-1], axis=0)[::-1]


@carousel.mistake(
    "You return the gates themselves. Going back, a gradient passes all the "
    "gates from the last step to this one: multiply them up."
)
def gates_alone(fs):
    return fs


@carousel.mistake(
    "You multiply up along the units. Time is axis 0; each unit's carousel "
    "turns alone."
)
def along_the_units(fs):
    return np.cumprod(fs, axis=1)


@carousel.mistake(
    "Without an axis np.cumprod runs through all units one after the other. "
    "Along time alone it is axis=0."
)
def no_axis(fs):
    return np.cumprod(fs[::-1]).reshape(fs.shape)[::-1]


@carousel.mistake(
    "Each step sees its own gate and the next one only. The gradient has "
    "passed all the later gates: use what has already arrived."
)
def next_gate_only(fs):
    return np.concatenate([fs[:-1] * fs[1:], fs[-1:]])


@carousel.mistake(
    "You take one gate for all steps, to a power. Each step has a gate of its "
    "own."
)
def own_gate_to_a_power(fs):
    return fs ** np.arange(len(fs), 0, -1)[:, None]


@carousel.mistake(
    "You average the gates over time first. Each step has a gate of its own, "
    "and a single shut one stops everything."
)
def mean_gate(fs):
    return fs.mean(axis=0) ** np.arange(len(fs), 0, -1)[:, None]


@carousel.mistake(
    "You multiply by the slope of a sigmoid, too. The carousel does not pass "
    "through the gate's own sum: its factor is f alone."
)
def with_the_gates_slope(fs):
    return carousel(fs * (1 - fs))


@carousel.mistake(
    "The last gate is in your product twice. The gradient starts at 1, "
    "before it has passed any."
)
def last_gate_twice(fs):
    return carousel(fs) * fs[-1]


@carousel.mistake(
    "Your last number is 1, as if no gate lay between the memory before the "
    "last step and the one after it. The last gate is passed by all."
)
def last_gate_never_passed(fs):
    left = np.ones_like(fs)
    for t in reversed(range(len(fs) - 1)):
        left[t] = left[t + 1] * fs[t]
    return left


@exercise(
    "A counter, set by hand",
    "-> W_xh (2, 4), b (4)",
    "Recurrent networks that count in a memory cell like this one can learn "
    "to close as many brackets as they have seen opened.",
)
def counter():
    r"""
    No training: you set the weights of an LSTM with one unit. It has two
    inputs, each 0 or 1: *mark* and *reset*. Its memory `c` has to count the
    marks since the last reset, and each mark counts a half: after three
    marks, $c = 1.5$, give or take 0.1. A reset takes the count to 0; if a
    mark comes in the same step, it counts as the first. The count must
    still be right after 8 marks and some silence.

    Return `W_xh`, one row for *mark* and one for *reset*, and `b`; the
    columns belong to `i`, `f`, `g`, `o`. The unit does not hear its own
    output ($W_{hh} = 0$), it starts from $c = 0$, and the output gate does
    not matter. There are many right answers.
    """
    W_xh, b = np.zeros((2, 4)), np.zeros(4)  # given
    W_xh[0, 0], b[0] = 20, -10  # a mark opens i
    W_xh[1, 1], b[1] = -20, 10  # a reset shuts f
    b[2] = 0.5493  # and tanh of that is a half
    return W_xh, b  # given


counter.hint(
    "A gate that obeys one input needs a bias of, say, -10 (shut) and a "
    "weight of 20 (open if the input is 1), or the other way round."
)
counter.hint(
    "What is let in when the input gate is open is g = tanh(a_g). It has to "
    "be a half: `np.arctanh(0.5)` is about 0.549."
)
counter.hint(
    "In silence the forget gate must be as good as 1. A gate of 0.9 would "
    "lose a tenth of the count at every step."
)


def _story():
    """Marks and resets, some at once, with silences: (T, 2)."""
    marks = "11010000100111111100000001000101000001110100"
    reset = "00000010100000000000000010010000000100010000"
    return np.array(
        [[int(m), int(r)] for m, r in zip(marks, reset, strict=True)], float
    )


@counter.observe
def _(result):
    """The count at every step; NaN-free: 99 where it is no half."""
    W_xh, b = (np.asarray(part, float) for part in result)
    c, counts = 0.0, []
    for x in _story():
        i, f, g, _ = x @ W_xh + b
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        near = np.round(2 * c)
        counts.append(near if abs(2 * c - near) < 0.2 else 99)
    return np.array(counts)


@counter.explain
def _(yours, right):
    t = int((yours != right).argmax())
    mark, reset = _story()[t]
    what = {(0, 0): "silence", (1, 0): "a mark", (0, 1): "a reset"}.get(
        (mark, reset), "a mark and a reset at once"
    )
    said = f"{yours[t] / 2:g}" if yours[t] != 99 else "no multiple of a half"
    return (
        f"At t = {t} there is {what}: c should be {right[t] / 2:g}, and "
        f"yours is {said}."
    )


def by_hand(mark, reset, b):
    """Return the weights, with an output gate that does not matter."""
    return np.array([[*mark, 0.0], [*reset, 0.0]]), np.array([*b, 0.0])


@counter.mistake(
    "Your memory leaks: in silence the count shrinks. With a bias of 1 the "
    "forget gate keeps 0.73 at each step; take a much larger one."
)
def leaks():
    return by_hand((20, 0, 0), (0, -20, 0), (-10, 1, np.arctanh(0.5)))


@counter.mistake(
    "Your counter never goes back: on a reset your forget gate stays open."
)
def never_reset():
    return by_hand((20, 0, 0), (0, 0, 0), (-10, 10, np.arctanh(0.5)))


@counter.mistake(
    "Your forget gate opens on a reset and is shut otherwise, so nothing is "
    "kept from one step to the next. Open means keep."
)
def opens_on_reset():
    return by_hand((20, 0, 0), (0, 20, 0), (-10, -10, np.arctanh(0.5)))


@counter.mistake(
    "Your input gate is open in silence, too, and so time itself is counted. "
    "Without a mark nothing may come in."
)
def counts_time():
    return by_hand((0, 0, 0), (0, -20, 0), (10, 10, np.arctanh(0.5)))


@counter.mistake(
    "Each mark counts 1 in the place of a half: g is tanh of a large number. "
    "You want the number whose tanh is a half."
)
def whole_numbers():
    return by_hand((20, 0, 0), (0, -20, 0), (-10, 10, 10.0))


@counter.mistake(
    "You set g's sum to a half. The number that comes in is its tanh, 0.46; "
    "after a few marks the count is off."
)
def not_inverted():
    return by_hand((20, 0, 0), (0, -20, 0), (-10, 10, 0.5))


@counter.mistake(
    "A reset shuts the input gate as well, so a mark in the same step is "
    "lost. It is to count as the first."
)
def reset_shuts_both():
    return by_hand((20, 0, 0), (-30, -20, 0), (-10, 10, np.arctanh(0.5)))


@counter.mistake(
    "mark and reset have changed places: the first row of W_xh is the mark's."
)
def rows_swapped():
    return by_hand((0, -20, 0), (20, 0, 0), (-10, 10, np.arctanh(0.5)))


@counter.mistake(
    "The columns of i and f have changed places: i comes first, and a mark "
    "has to open it."
)
def columns_swapped():
    return by_hand((0, 20, 0), (-20, 0, 0), (10, -10, np.arctanh(0.5)))


@counter.mistake(
    "Without a mark your input gate stands half open, at sigmoid(0): silence "
    "is counted, too. It needs a large negative bias."
)
def half_open():
    return by_hand((20, 0, 0), (0, -20, 0), (0, 10, np.arctanh(0.5)))


@counter.mistake(
    "On a reset the sum of your forget gate is 0, and a sigmoid of 0 is half "
    "open. The reset's weight has to outweigh the bias."
)
def half_reset():
    return by_hand((20, 0, 0), (0, -10, 0), (-10, 10, np.arctanh(0.5)))


@counter.mistake(
    "Without a bias your forget gate stands at sigmoid(0), and half of the "
    "count is gone after each step. It needs a large positive one."
)
def forgets_half():
    return by_hand((20, 0, 0), (0, -20, 0), (-10, 0, np.arctanh(0.5)))


@counter.mistake(
    "A reset turns the sign of what comes in, so a mark in the same step "
    "counts backwards. Let the reset reach the forget gate alone."
)
def reset_turns_g():
    return by_hand((20, 0, 0), (0, -20, -20), (-10, 10, np.arctanh(0.5)))


@exercise(
    "The way back",
    "i (B, H), f (B, H), g (B, H), o (B, H), c_before (B, H), c (B, H), "
    "dh (B, H), dc (B, H) -> da (B, 4H), dc_before (B, H)",
    "Two products and a loop more, and you have the backward pass of the "
    "whole LSTM, which the chapter has checked against torch.",
)
def way_back(i, f, g, o, c_before, c, dh, dc):
    r"""
    One step of an LSTM has been run; here are its gates, the memory before
    and after it, and the gradients `dh` and `dc` of the loss at its two
    results. (`dc` is what comes back along the memory from the *next* step;
    what reaches `c` through this step's `h` is not in it yet.) Return the
    gradient of the sums inside the gates, `da`, in the order i, f, g, o,
    side by side, and the gradient of the memory before.

    $$\begin{aligned} c &= f \odot c_{before} + i \odot g\\
      h &= o \odot \tanh(c) \end{aligned}$$
    """
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_i = dc * g * i * (1 - i)
    da_f = dc * c_before * f * (1 - f)
    da_g = dc * i * (1 - g**2)
    da_o = dh * np.tanh(c) * o * (1 - o)
    da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
    return da, dc * f


way_back.hint(
    "Walk from the last formula to the first. h was made of o and tanh(c). "
    "So c gets a second gradient, `dh * o * (1 - np.tanh(c)**2)`. Added to dc "
    "it gives the whole gradient at c; use that from here on."
)
way_back.hint(
    "c was made of two products. In each, a factor's gradient is the whole "
    "gradient at c, times the other factor."
)
way_back.hint(
    "From a gate to the sum inside it: a sigmoid of value s has the slope "
    "s * (1 - s), and g's tanh has 1 - g**2."
)


@way_back.inputs
def _(rng):
    for B, H in (3, 7), (1, 7), (5, 1):
        i, f, o = rng.uniform(0.05, 0.95, size=(3, B, H))
        g = rng.uniform(-0.9, 0.9, size=(B, H))
        c_before, dh, dc = rng.normal(size=(3, B, H))
        yield {
            "i": i,
            "f": f,
            "g": g,
            "o": o,
            "c_before": c_before,
            "c": f * c_before + i * g,
            "dh": dh,
            "dc": dc,
        }


def back(i, f, g, o, c_before, c, dh, dc, **changes):
    """Walk back; a change replaces one of the lines by what it gives."""
    tanh_c = np.tanh(c)
    whole = dc + dh * o * (1 - tanh_c**2)
    whole = changes.get("whole", whole)
    da_o = changes.get("da_o", dh * tanh_c * o * (1 - o))
    da_g = changes.get("da_g", whole * i * (1 - g**2))
    da_f = whole * changes.get("seen", c_before) * f * (1 - f)
    da = np.concatenate([whole * g * i * (1 - i), da_f, da_g, da_o], axis=1)
    return da, changes.get("before", whole * f)


@way_back.mistake(
    "What reaches c through h is missing: h = o * tanh(c), so c also gets "
    "dh * o * (1 - tanh(c)²), on top of dc."
)
def memory_alone(i, f, g, o, c_before, c, dh, dc):
    return back(i, f, g, o, c_before, c, dh, dc, whole=dc)


@way_back.mistake(
    "You replace dc by what comes through h. Two gradients meet at c, one "
    "from h and one along the memory, and they add."
)
def output_alone(i, f, g, o, c_before, c, dh, dc):
    through_h = dh * o * (1 - np.tanh(c) ** 2)
    return back(i, f, g, o, c_before, c, dh, dc, whole=through_h)


@way_back.mistake(
    "Your gradient reaches the memory before without passing the forget "
    "gate. c was f * c_before + ..., so the factor is f."
)
def past_the_gate(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    return back(i, f, g, o, c_before, c, dh, dc, before=whole)


@way_back.mistake(
    "At the memory before arrives your dc * f, without the part that came "
    "through h. Both parts go on along the memory."
)
def half_goes_on(i, f, g, o, c_before, c, dh, dc):
    return back(i, f, g, o, c_before, c, dh, dc, before=dc * f)


@way_back.mistake(
    "The forget gate multiplied the memory *before* the step, so its "
    "gradient is dc times c_before, not times c."
)
def new_memory(i, f, g, o, c_before, c, dh, dc):
    return back(i, f, g, o, c_before, c, dh, dc, seen=c)


@way_back.mistake(
    "You gave g the slope of a sigmoid, g * (1 - g). It went through tanh: "
    "its slope is 1 - g²."
)
def sigmoid_for_g(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_g = whole * i * g * (1 - g)
    return back(i, f, g, o, c_before, c, dh, dc, da_g=da_g)


@way_back.mistake(
    "Your output gate looks at c itself. What it multiplied was tanh(c)."
)
def gate_on_raw_memory(i, f, g, o, c_before, c, dh, dc):
    da_o = dh * c * o * (1 - o)
    return back(i, f, g, o, c_before, c, dh, dc, da_o=da_o)


@way_back.mistake(
    "These are the gradients of the gates, not of the sums inside them: the "
    "slopes of the sigmoids and of tanh are missing."
)
def no_slopes(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    parts = [whole * g, whole * c_before, whole * i, dh * np.tanh(c)]
    return np.concatenate(parts, axis=1), whole * f


@way_back.mistake(
    "On the way from h to c you forgot tanh's slope: h = o * tanh(c), so it "
    "is dh * o * (1 - tanh(c)²)."
)
def no_slope_at_the_output(i, f, g, o, c_before, c, dh, dc):
    return back(i, f, g, o, c_before, c, dh, dc, whole=dc + dh * o)


@way_back.mistake(
    "On the way from h to c you went past the output gate. h = o * tanh(c): "
    "tanh(c) gets dh times o."
)
def past_the_output_gate(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * (1 - np.tanh(c) ** 2)
    return back(i, f, g, o, c_before, c, dh, dc, whole=whole)


@way_back.mistake(
    "Your slope of tanh is 1 - c². It is 1 minus the square of tanh's "
    "*value*, and c goes in: 1 - tanh(c)²."
)
def slope_of_raw_memory(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - c**2)
    return back(i, f, g, o, c_before, c, dh, dc, whole=whole)


@way_back.mistake(
    "You squash g once more: g is tanh's value already, so the slope is "
    "1 - g²."
)
def squashed_twice(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_g = whole * i * (1 - np.tanh(g) ** 2)
    return back(i, f, g, o, c_before, c, dh, dc, da_g=da_g)


@way_back.mistake(
    "g's gradient has g itself as its factor. In the product i * g each gets "
    "the other one: dc times i."
)
def g_gets_itself(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_g = whole * g * (1 - g**2)
    return back(i, f, g, o, c_before, c, dh, dc, da_g=da_g)


@way_back.mistake(
    "Your output gate gets dc. It made h and not c: it gets dh times tanh(c)."
)
def output_gate_from_memory(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_o = whole * np.tanh(c) * o * (1 - o)
    return back(i, f, g, o, c_before, c, dh, dc, da_o=da_o)


@way_back.mistake(
    "The last two quarters have changed places. The order is i, f, g, o."
)
def g_last(i, f, g, o, c_before, c, dh, dc):
    da, before = back(i, f, g, o, c_before, c, dh, dc)
    da_i, da_f, da_g, da_o = np.split(da, 4, axis=1)
    return np.concatenate([da_i, da_f, da_o, da_g], axis=1), before


@way_back.mistake(
    "You used tanh's slope, 1 minus the square, for the three gates. A "
    "sigmoid of value s has the slope s * (1 - s)."
)
def tanh_slopes(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    da_i, da_f = whole * g * (1 - i**2), whole * c_before * (1 - f**2)
    da_g, da_o = whole * i * (1 - g**2), dh * np.tanh(c) * (1 - o**2)
    return np.concatenate([da_i, da_f, da_g, da_o], axis=1), whole * f


@way_back.mistake(
    "The memory before gets dc times itself. In the product f * c_before each "
    "gets the other one: dc times f."
)
def before_gets_itself(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    before = whole * c_before
    return back(i, f, g, o, c_before, c, dh, dc, before=before)


def sums_of(parts, c_before, i, f, g, o):
    """Join four gradients of gates with the slopes of i, f, g and o."""
    slopes = i * (1 - i), f * (1 - f), 1 - g**2, o * (1 - o)
    pairs = zip(parts, slopes, strict=True)
    return np.concatenate([part * slope for part, slope in pairs], axis=1)


@way_back.mistake(
    "The gradients of i and f have changed places: i let in g, f kept "
    "c_before, and they stand in the order i, f, g, o."
)
def in_and_forget_exchanged(i, f, g, o, c_before, c, dh, dc):
    da, before = way_back(i, f, g, o, c_before, c, dh, dc)
    first, second, *rest = np.split(da, 4, axis=1)
    return np.concatenate([second, first, *rest], axis=1), before


@way_back.mistake(
    "You put the gates through sigmoid and tanh once more. i, f, g and o are "
    "their values already; the slopes need nothing else."
)
def gates_squashed_again(i, f, g, o, c_before, c, dh, dc):
    whole = dc + dh * o * (1 - np.tanh(c) ** 2)
    parts = whole * g, whole * c_before, whole * i, dh * np.tanh(c)
    again = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
    return sums_of(parts, c_before, *again), whole * f


@way_back.mistake(
    "A factor's gradient is dc times the *other* factor: i's has g in it, "
    "and g's has i."
)
def own_factors(i, f, g, o, c_before, c, dh, dc):
    da, dc_before = way_back(i, f, g, o, c_before, c, dh, dc)
    di, df, dg, do = np.split(da, 4, axis=1)
    return np.concatenate([di / g * i, df, dg / i * g, do], 1), dc_before


@way_back.mistake(
    "On the way from h to c you took tanh(c) itself. What comes back through "
    "tanh is multiplied by its slope, 1 - tanh(c)²."
)
def tanh_for_its_slope(i, f, g, o, c_before, c, dh, dc):
    t = np.tanh(c)
    more = dh * o * (t - (1 - t**2))
    return way_back(i, f, g, o, c_before, c, dh, dc + more)
