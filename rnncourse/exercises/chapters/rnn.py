"""Exercises of the chapter on recurrent networks, from easy to hard."""

import itertools

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "One step",
    "x (B, D), h (B, H), W_xh (D, H), W_hh (H, H), b (H) -> h (B, H)",
    "This one line is the whole network; all the rest is what happens "
    "around it.",
)
def elman_step(x, h, W_xh, W_hh, b):
    r"""
    Elman's network in one line. A batch of `B` words `x` arrives, the store
    holds the states `h`, and the step returns the new states:

    $$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b)$$
    """
    return np.tanh(x @ W_xh + h @ W_hh + b)


elman_step.hint(
    "`@` is the matrix product. In this book a vector is a row, so the "
    "weights stand on the right: `x @ W_xh`."
)
elman_step.hint(
    "The bias `b` has one number per unit; `+` adds it to each row."
)
elman_step.hint("`np.tanh` goes around the whole sum, once.")


@elman_step.inputs
def _(rng):
    for B, D, H in (3, 2, 7), (1, 2, 7), (3, 4, 5):
        yield {
            "x": rng.normal(size=(B, D)),
            "h": rng.uniform(-1, 1, size=(B, H)),
            "W_xh": rng.normal(size=(D, H)),
            "W_hh": rng.normal(size=(H, H)) / 2,
            "b": rng.normal(size=H),
        }


@elman_step.mistake(
    "The sum is right, but nothing bends it. Without tanh the network is "
    "linear, and its state can grow without bound."
)
def no_tanh(x, h, W_xh, W_hh, b):
    return x @ W_xh + h @ W_hh + b


@elman_step.mistake(
    "Your step looks at the new word and never into the store. Where does "
    "the old state h come in?"
)
def no_store(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh + b)


@elman_step.mistake("Your step is right up to the bias b, which is missing.")
def no_bias(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh + h @ W_hh)


@elman_step.mistake(
    "W_hh is transposed: h @ W_hh.T sends each unit's value along the "
    "connections that lead into it, not along those that lead out."
)
def transposed(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh + h @ W_hh.T + b)


@elman_step.mistake(
    "You bend the word and the store apart and then add. The sum comes "
    "first: one tanh around everything."
)
def bent_apart(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh + b) + np.tanh(h @ W_hh)


@elman_step.mistake(
    "You bend the word alone. The store and the bias belong inside tanh, "
    "too, or the state can grow without bound."
)
def word_bent(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh) + h @ W_hh + b


@elman_step.mistake(
    "You bend with relu, which cuts off what is below zero. This network "
    "uses tanh."
)
def relu(x, h, W_xh, W_hh, b):
    return np.maximum(x @ W_xh + h @ W_hh + b, 0)


@elman_step.mistake(
    "You bend with the logistic sigmoid, which gives values from 0 to 1. "
    "This network uses tanh, from -1 to 1."
)
def sigmoid(x, h, W_xh, W_hh, b):
    return 1 / (1 + np.exp(-(x @ W_xh + h @ W_hh + b)))


@elman_step.mistake(
    "The matrix stands on the wrong side. In this book a vector is a row, so "
    "x comes first: x @ W_xh, and h @ W_hh in the same way."
)
def columns(x, h, W_xh, W_hh, b):
    return np.tanh(W_xh @ x + W_hh @ h + b)


@elman_step.mistake(
    "The star multiplies entry by entry. The matrix product is written @: "
    "x @ W_xh."
)
def starred(x, h, W_xh, W_hh, b):
    return np.tanh(x * W_xh + h * W_hh + b)


@elman_step.mistake(
    "You add the bias after tanh. It belongs to the sum that tanh bends: "
    "outside, the state can leave the range from -1 to 1."
)
def bias_outside(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh + h @ W_hh) + b


@elman_step.mistake(
    "You bend word and store apart and add the bias outside. The sum comes "
    "first: one tanh around all three."
)
def all_apart(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh) + np.tanh(h @ W_hh) + b


@elman_step.mistake(
    "You add the old state to the new one. In this network the old state "
    "comes in through W_hh alone, inside tanh."
)
def added_to_the_old(x, h, W_xh, W_hh, b):
    return h + elman_step(x, h, W_xh, W_hh, b)


@elman_step.mistake(
    "You bend the two products apart and add what comes out. There is one "
    "tanh, around the whole sum."
)
def two_tanhs(x, h, W_xh, W_hh, b):
    return np.tanh(x @ W_xh) + np.tanh(h @ W_hh + b)


@exercise(
    "All the states",
    "xs (T, B, D), W_xh (D, H), W_hh (H, H), b (H) -> hs (T, B, H)",
    "You have unrolled a network: the same three arrays at every step, and "
    "no T in any of their shapes.",
)
def all_states(xs, W_xh, W_hh, b):
    r"""
    Now let time run. Start from a store of zeros, read `xs` word by word
    with the step of the exercise above, and return the state after *every*
    word, in one array `hs`: `hs[0]` is the state after the first word.
    """
    h = np.zeros((xs.shape[1], W_hh.shape[0]))
    hs = []
    for x in xs:  # given
        h = np.tanh(x @ W_xh + h @ W_hh + b)
        hs.append(h)
    return np.array(hs)


all_states.hint(
    "Before the loop you need two things: the store, zeros of shape "
    "`(B, H)`, and an empty list for what comes out."
)
all_states.hint(
    "The name on the left of the step is the name on the right of the next "
    "one: `h = np.tanh(… h …)`."
)
all_states.hint("`np.array` makes one array of a list of `T` arrays.")


@all_states.inputs
def _(rng):
    for T, B, D, H in (5, 3, 2, 7), (1, 3, 2, 7), (5, 1, 2, 7), (4, 3, 6, 5):
        yield {
            "xs": rng.normal(size=(T, B, D)),
            "W_xh": rng.normal(size=(D, H)),
            "W_hh": rng.normal(size=(H, H)) / 2,
            "b": rng.normal(size=H),
        }


@all_states.mistake(
    "You return the state after the last word. The states on the way are "
    "wanted, too: put each one aside as it comes."
)
def last_only(xs, W_xh, W_hh, b):
    return all_states(xs, W_xh, W_hh, b)[-1]


@all_states.mistake(
    "Every word meets an empty store. The first state is right, and then "
    "nothing is handed on: the new state has to become h, before the next "
    "word comes."
)
def nothing_handed_on(xs, W_xh, W_hh, b):
    return np.tanh(xs @ W_xh + b)


@all_states.mistake(
    "Your states come one step late: you put h aside before the word is "
    "read, so hs begins with the zeros and lacks the last state."
)
def late(xs, W_xh, W_hh, b):
    hs = all_states(xs, W_xh, W_hh, b)
    return np.concatenate([np.zeros_like(hs[:1]), hs[:-1]])


@all_states.mistake(
    "You return T + 1 states: the zeros from before the first word are "
    "among them. hs starts with the state after the first word."
)
def zeros_first(xs, W_xh, W_hh, b):
    hs = all_states(xs, W_xh, W_hh, b)
    return np.concatenate([np.zeros_like(hs[:1]), hs])


@all_states.mistake(
    "All your states are the last one. The list holds the same array T "
    "times, and h[:] = … changes it each time; h = … makes a new one."
)
def one_array(xs, W_xh, W_hh, b):
    h, hs = np.zeros((xs.shape[1], W_hh.shape[0])), []
    for x in xs:
        h[:] = np.tanh(x @ W_xh + h @ W_hh + b)
        hs.append(h)
    return np.array(hs)


@all_states.mistake(
    "You read the sentence from its end. Time runs from xs[0] to xs[-1]."
)
def backwards(xs, W_xh, W_hh, b):
    return all_states(xs[::-1], W_xh, W_hh, b)


@all_states.mistake(
    "Every step of yours reads the first word. The loop's own word is x, or "
    "xs[t]."
)
def first_word_alone(xs, W_xh, W_hh, b):
    return all_states(np.repeat(xs[:1], len(xs), axis=0), W_xh, W_hh, b)


@all_states.mistake(
    "You add the old state to the new one. The new state takes its place: "
    "what is old in it came through W_hh."
)
def piled_up(xs, W_xh, W_hh, b):
    h, hs = np.zeros((xs.shape[1], W_hh.shape[0])), []
    for x in xs:
        h = h + np.tanh(x @ W_xh + h @ W_hh + b)
        hs.append(h)
    return np.array(hs)


@all_states.mistake(
    "You bend the word alone and add the store after it. The store belongs "
    "inside tanh, too, or the state can grow without bound."
)
def words_bent_alone(xs, W_xh, W_hh, b):
    h, hs = np.zeros((xs.shape[1], W_hh.shape[0])), []
    for x in xs:
        h = np.tanh(x @ W_xh + b) + h @ W_hh
        hs.append(h)
    return np.array(hs)


@exercise(
    "What Jordan stores",
    "xs (T, B, D), W_xh (D, H), W_yh (K, H), W_hy (H, K), b (H) "
    "-> ys (T, B, K)",
    "With K = 3 and H = 50, three numbers are all that is handed on. What "
    "the other 47 directions of the hidden layer knew is gone at each step.",
)
def jordan_outputs(xs, W_xh, W_yh, W_hy, b):
    r"""
    *Second reading.* Elman's network stores its hidden layer. Jordan's
    stores its *output*, here the scores, without a softmax:

    $$h_t = \tanh(x_t W_{xh} + y_{t-1} W_{yh} + b), \qquad
      y_t = h_t W_{hy}$$

    It starts with an output of zeros. Return all outputs.
    """
    T, B, D = xs.shape  # given
    y, ys = np.zeros((B, W_hy.shape[1])), []  # given
    for x in xs:  # given
        h = np.tanh(x @ W_xh + y @ W_yh + b)
        y = h @ W_hy
        ys.append(y)
    return np.array(ys)  # given


jordan_outputs.hint(
    "Two lines per step, one for each formula. Which of the two results does "
    "the next step need?"
)
jordan_outputs.hint(
    "The name `y` is the store: `y = h @ W_hy` fills it. `ys` collects what "
    "was said."
)


@jordan_outputs.inputs
def _(rng):
    for T, B, D, H, K in (5, 3, 2, 7, 4), (1, 3, 2, 7, 4), (6, 1, 4, 5, 3):
        yield {
            "xs": rng.normal(size=(T, B, D)),
            "W_xh": rng.normal(size=(D, H)),
            "W_yh": rng.normal(size=(K, H)),
            "W_hy": rng.normal(size=(H, K)),
            "b": rng.normal(size=H),
        }


def elsewhere(xs, W_xh, W_yh, W_hy, b, store):
    """Outputs of a network with another idea of what to store."""
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    kept = y
    for x in xs:
        y = np.tanh(x @ W_xh + kept @ W_yh + b) @ W_hy
        kept = store(y, kept, ys)
        ys.append(y)
    return np.array(ys)


@jordan_outputs.mistake(
    "The first output is right, and the next one meets an empty store "
    "again: nothing is handed on. Does y change in your loop?"
)
def nothing_stored(xs, W_xh, W_yh, W_hy, b):
    return np.tanh(xs @ W_xh + b) @ W_hy


@jordan_outputs.mistake(
    "You store the output bent by a tanh. Jordan's network stores what it "
    "says, as it says it; only the hidden layer bends."
)
def bent(xs, W_xh, W_yh, W_hy, b):
    return elsewhere(xs, W_xh, W_yh, W_hy, b, lambda y, *_: np.tanh(y))


@jordan_outputs.mistake(
    "Your store is one step late: each step hears the output of two steps "
    "ago. The store is filled at the end of every step."
)
def two_steps_ago(xs, W_xh, W_yh, W_hy, b):
    def store(y, kept, ys):
        return ys[-1] if ys else np.zeros_like(y)

    return elsewhere(xs, W_xh, W_yh, W_hy, b, store)


@jordan_outputs.mistake(
    "Your store adds up all the outputs so far. It holds the last one and "
    "nothing else; that is Jordan's weakness."
)
def added_up(xs, W_xh, W_yh, W_hy, b):
    return elsewhere(xs, W_xh, W_yh, W_hy, b, lambda y, kept, _: kept + y)


@jordan_outputs.mistake(
    "Your hidden layer does not bend: the tanh is missing. Without it "
    "nothing keeps the numbers small."
)
def straight(xs, W_xh, W_yh, W_hy, b):
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    for x in xs:
        y = (x @ W_xh + y @ W_yh + b) @ W_hy
        ys.append(y)
    return np.array(ys)


@jordan_outputs.mistake(
    "You store probabilities, as the first Jordan network of the chapter "
    "did. Here the output is the plain product h @ W_hy, without a softmax."
)
def probabilities(xs, W_xh, W_yh, W_hy, b):
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    for x in xs:
        scores = np.exp(np.tanh(x @ W_xh + y @ W_yh + b) @ W_hy)
        y = scores / scores.sum(axis=-1, keepdims=True)
        ys.append(y)
    return np.array(ys)


@jordan_outputs.mistake(
    "You return the hidden layer. It is on the way; what the network says, "
    "and stores, is h @ W_hy."
)
def hidden_layer(xs, W_xh, W_yh, W_hy, b):
    ys = jordan_outputs(xs, W_xh, W_yh, W_hy, b)
    stored = np.concatenate([np.zeros_like(ys[:1]), ys[:-1]])
    return np.tanh(xs @ W_xh + stored @ W_yh + b)


@jordan_outputs.mistake(
    "Your outputs are bent by a tanh. The output is the plain product "
    "h @ W_hy; only the hidden layer bends."
)
def outputs_bent(xs, W_xh, W_yh, W_hy, b):
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    for x in xs:
        y = np.tanh(np.tanh(x @ W_xh + y @ W_yh + b) @ W_hy)
        ys.append(y)
    return np.array(ys)


@jordan_outputs.mistake(
    "You add the bias outside of a tanh. It belongs to the sum that tanh "
    "bends."
)
def bias_added_last(xs, W_xh, W_yh, W_hy, b):
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    for x in xs:
        y = (np.tanh(x @ W_xh + y @ W_yh) + b) @ W_hy
        ys.append(y)
    return np.array(ys)


@jordan_outputs.mistake(
    "Your outputs add up: each one takes the one before it along. An output "
    "is h @ W_hy and nothing else; what came before it is in h."
)
def outputs_pile_up(xs, W_xh, W_yh, W_hy, b):
    y, ys = np.zeros((xs.shape[1], W_hy.shape[1])), []
    for x in xs:
        y = y + np.tanh(x @ W_xh + y @ W_yh + b) @ W_hy
        ys.append(y)
    return np.array(ys)


@exercise(
    "When is it decided?",
    "right (T, B), lengths (B) -> first (B)",
    "In a notebook, put it to the trained network of this chapter, with the "
    "readout on every state: by which word is half of all requests decided? "
    "Which intents are decided late, and what do they wait for?",
)
def decided_at(right, lengths):
    r"""
    Put the readout on every state, and the network answers after each word.
    `right[t, b]` is True where that answer was right, for sentence `b`. Some
    answers are right by luck and change again.

    For each sentence, return the number of the word from which on the
    answer is right and stays right to the sentence's end: 1 for the first
    word, 0 if the last answer is wrong. What stands past a sentence's end is
    filler and means nothing.
    """
    first = np.zeros(len(lengths), dtype=int)
    for b, n in enumerate(lengths):  # given
        for t in reversed(range(n)):
            if not right[t, b]:
                break
            first[b] = t + 1
    return first


decided_at.hint(
    "“Right and stays right” is easier to see from the end: start at the "
    "last word of the sentence and walk back."
)
decided_at.hint(
    "Walk back while the answer is right, and stop at the first that is "
    "not. The last word you have seen by then is the one."
)
decided_at.hint(
    "Words are counted from 1, steps from 0: the word of step `t` is "
    "number `t + 1`. A sentence that stops you at once keeps its 0."
)


@decided_at.inputs
def _(rng):
    rows = ["01110", "10111", "01101", "11111", "10010"]  # time runs down
    yield {
        "right": np.array([[bit == "1" for bit in row] for row in rows]),
        "lengths": np.array([5, 3, 5, 2, 4]),
    }
    yield {"right": np.ones((1, 3), bool), "lengths": np.ones(3, int)}
    for _ in range(8):
        right = rng.random((6, 5)) < 0.7
        yield {"right": right, "lengths": rng.integers(1, 7, 5)}


FIRST = (
    "This is the first word after which the answer is right. It may turn "
    "wrong again: you want the word from which on it stays right."
)


@decided_at.mistake(FIRST)
def first_luck_of_all(right, lengths):
    return right.argmax(axis=0) + 1


@decided_at.mistake(FIRST)
def first_luck(right, lengths):
    first = np.zeros(len(lengths), dtype=int)
    for b, n in enumerate(lengths):
        for t in reversed(range(n)):
            if right[t, b]:
                first[b] = t + 1
    return first


@decided_at.mistake(
    "Your walk starts at the end of the array and meets filler. A sentence "
    "ends at its own length."
)
def from_the_filler(right, lengths):
    return decided_at(right, np.full_like(lengths, len(right)))


@decided_at.mistake(
    "You return the step, counted from 0. The word is one more, and so 0 "
    "is free to say “never”."
)
def step_for_word(right, lengths):
    return np.maximum(decided_at(right, lengths) - 1, 0)


@decided_at.mistake(
    "You count the right answers. A right one before the last wrong one "
    "does not help."
)
def how_many(right, lengths):
    return np.array([right[:n, b].sum() for b, n in enumerate(lengths)])


@decided_at.mistake(
    "You return how many answers at the end are right, one after the other. "
    "The exercise asks for the number of the word where that run begins."
)
def length_of_the_run(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 0, lengths - first + 1, 0)


@decided_at.mistake(
    "You return the last word after which the answer is wrong. It is "
    "decided one word later."
)
def last_wrong(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 0, first - 1, lengths)


@decided_at.mistake(
    "Where the last answer is wrong, your count runs past the end of the "
    "sentence. Such a sentence is never decided: 0."
)
def past_the_end(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 0, first, lengths + 1)


NEVER = (
    "Right, but for the sentences whose last answer is wrong. For those, "
    "return 0: they are never decided."
)


@decided_at.mistake(NEVER)
def never_is_infinite(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 0, first, np.inf)


@decided_at.mistake(NEVER)
def never_is_minus_one(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 0, first, -1)


def by_end(right, lengths, begins):
    """Ask a function of one sentence's own answers where it is decided."""
    return np.array(
        [begins(list(right[:n, b])) for b, n in enumerate(lengths)]
    )


@decided_at.mistake(FIRST)
def first_luck_or_word_1(right, lengths):
    return by_end(right, lengths, lambda own: int(np.argmax(own)) + 1)


@decided_at.mistake(
    "You look at what stands past a sentence's end. It is filler; the "
    "answers of sentence b are right[:lengths[b], b]."
)
def filler_has_to_be_right(right, lengths):
    first = decided_at(right, np.full_like(lengths, len(right)))
    return np.where(first > lengths, 0, first)


@decided_at.mistake(
    "Your walk leaves out the last word of a sentence: of n words, the last "
    "is right[n - 1]."
)
def last_word_left_out(right, lengths):
    first = [
        decided_at(right[:, b : b + 1], np.array([max(n - 1, 0)]))[0]
        for b, n in enumerate(lengths)
    ]
    return np.array(first)


@decided_at.mistake(
    "Your axes are exchanged: you take row b for sentence b. Time comes "
    "first, so its answers are right[:, b]."
)
def rows_for_columns(right, lengths):
    own = [right[b, :n, None] for b, n in enumerate(lengths)]
    return np.array(
        [decided_at(r, [n])[0] for r, n in zip(own, lengths, strict=True)]
    )


@decided_at.mistake(
    "Whenever the last answer is right, you return the last word. The "
    "first word from which on all are right is asked for: where the loop "
    "finds it, it may stop."
)
def the_last_possible(right, lengths):
    return by_end(right, lengths, lambda own: len(own) if own[-1] else 0)


@decided_at.mistake(
    "You return the last word after which the answer is wrong, or 0. It is "
    "decided one word later."
)
def wrong_for_the_last_time(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first > 1, first - 1, first)


@decided_at.mistake(
    "A sentence whose answers are all right gets a 0 from you. It is decided "
    "at its first word: 1."
)
def all_right_is_never(right, lengths):
    first = decided_at(right, lengths)
    return np.where(first == 1, 0, first)


@decided_at.mistake(
    "You look for the longest run of right answers. It is the run at the "
    "sentence's end that counts."
)
def longest_run(right, lengths):
    def begins(own):
        best = start = run = 0
        for t, ok in enumerate(own):
            run = (run + 1) * ok
            if run > best:
                best, start = run, t - run + 2
        return start * own[-1]

    return by_end(right, lengths, begins)


@decided_at.mistake(
    "You count how many answers are right. A right one before the last "
    "wrong one does not help."
)
def counted_from_the_end(right, lengths):
    return by_end(
        right, lengths, lambda own: (len(own) - sum(own) + 1) * own[-1]
    )


@decided_at.explain
def _(yours, decided, /, right, lengths):
    b = int((~agree(yours, decided)).argmax())
    own = "".join("NY"[int(ok)] for ok in right[: lengths[b], b])
    return (
        f"The answers of sentence {b} are {own} (Y is right, N is wrong): it "
        f"should be {decided[b]}, and yours is {yours[b]:g}."
    )


@exercise(
    "A memory, written by hand",
    "-> w_xh (), w_hh (), b ()",
    "You have built a switch that stays: two stable states, and an input "
    "strong enough to push from one to the other. Training has to find such "
    "weights by itself whenever one word must be remembered.",
)
def latch():
    r"""
    No training this time: you set the weights. The network has one unit and
    one input, a bit that is 0 or 1, and starts from $h = 0$:

    $$h_t = \tanh(w_{xh} x_t + w_{hh} h_{t-1} + b)$$

    Its state is to say whether there has *ever* been a 1. As long as all
    bits were 0, the state is below $-0.5$; from the first 1 on it is above
    $0.5$ and stays there, whatever follows. Return three numbers that do
    this, `w_xh, w_hh, b`. Many answers are right.
    """
    return 6.0, 3.0, -1.0


latch.hint(
    r"Four moments matter: silence at the start ($h = 0$), silence that goes "
    r"on ($h$ near $-1$), the first 1 ($h$ near $-1$), and silence after a "
    r"1 ($h$ near $1$). What sign must the sum inside tanh have in each?"
)
latch.hint(
    r"Silence at the start leaves the bias alone: $\tanh(b) < -0.5$, so "
    r"$b < -0.55$. In silence after a 1, $w_{hh}$ has to hold the state up "
    r"against that bias."
)
latch.hint(
    r"If $w_{hh}$ is 1 or less, a state without input slides away. Take "
    r"it well above 1, and then $w_{xh}$ large enough to win against "
    r"$w_{hh}$ and $b$ together."
)


def _bits():
    """All beginnings of six bits, then long silence; a late 1: (T, B)."""
    bits = np.zeros((200, 65))
    bits[:6, :64] = ((np.arange(64)[:, None] >> np.arange(5, -1, -1)) & 1).T
    bits[19, 64] = 1
    return bits


def _told(bits):
    """Say a row of bits; of a long run of equal ones, how many."""
    words = []
    for bit, run in itertools.groupby(bits):
        many = len(list(run))
        words += [f"{bit:.0f}"] * many if many < 7 else [f"{many} × {bit:.0f}"]
    return " ".join(words)


@latch.observe
def _(result):
    """The state's side at every step: -1, 0 (in between) or 1."""
    w_xh, w_hh, b = (float(number) for number in result)
    h, sides = np.zeros(65), []
    for x in _bits():
        with np.errstate(invalid="ignore"):
            h = np.tanh(w_xh * x + w_hh * h + b)
        sides.append((h > 0.5) * 1 - (h < -0.5) * 1)
    return np.array(sides)  # (T, B)


@latch.explain
def _(yours, right):
    t = int((yours != right).any(axis=1).argmax())
    b = int((yours != right)[t].argmax())
    bits = _told(_bits()[: t + 1, b])
    words = {-1: "below -0.5", 0: "between -0.5 and 0.5", 1: "above 0.5"}
    start = f"It reads {bits}"
    if right[t, b] < 0:
        start += ", and there has been no 1"
    elif _bits()[t, b]:
        start += ", so there is a 1 now"
    else:
        start += ", so there has been a 1, and it must not be forgotten"
    return (
        f"{start}: the state should be {words[right[t, b]]} at t = {t + 1}. "
        f"Yours is {words[yours[t, b]]}."
    )


@latch.mistake(
    "Your network sees a 1 when it comes and has lost it one step later. In "
    "the silence after it, w_hh has to hold the state up against b."
)
def forgets_at_once():
    return 6.0, 0.0, -1.0


@latch.mistake(
    "Without a bias, silence at the start leaves the state at exactly 0. "
    "Something has to pull it below -0.5."
)
def undecided():
    return 6.0, 3.0, 0.0


@latch.mistake(
    "In silence the state goes up by itself, as if there had been a 1. The "
    "bias pulls the wrong way."
)
def always_on():
    return 6.0, 3.0, 1.0


@latch.mistake(
    "The 1 does not get in: w_xh is too small to win against w_hh and b, "
    "which together hold the state down."
)
def deaf():
    return 1.0, 3.0, -1.0


@latch.mistake(
    "A 1 gets in at the first step only. Later the state has settled near "
    "-1, and w_hh and b together pull harder than w_xh pushes."
)
def swapped():
    return 3.0, 6.0, -1.0


@latch.mistake(
    "The 1 is seen, held for a moment, and let go: w_hh is too small to "
    "hold the state up against the bias."
)
def fades():
    return 6.0, 1.0, -0.6


@exercise(
    "The gradient of a shared weight",
    "hs (T, B, H), W_hh (H, H), dh_T (B, H) -> dW_hh (H, H)",
    "That is backpropagation through time, for the one matrix that makes it "
    "interesting. The next chapter does it for all of them, and checks.",
)
def recurrent_gradient(hs, W_hh, dh_T):
    r"""
    A network started from zeros; `hs` holds its states. A loss looked at
    the last one, and `dh_T` is its gradient there. Return `dW_hh`, the
    gradient of the one matrix that all steps share.

    At step $t$, with $a_t$ for the sum inside tanh, walk back, where
    $1 - h_t^2$ is the slope of tanh:

    $$da_t = dh_t \odot (1 - h_t^2), \qquad
      dh_{t-1} = da_t\, W_{hh}^\top$$

    and let each step add its share, $h_{t-1}^\top\, da_t$. ($\odot$
    multiplies entry by entry.)
    """
    dh, dW_hh = dh_T, np.zeros_like(W_hh)  # given
    for t in reversed(range(len(hs))):  # given
        da = dh * (1 - hs[t] ** 2)
        if t > 0:
            dW_hh += hs[t - 1].T @ da
        dh = da @ W_hh.T
    return dW_hh  # given


recurrent_gradient.hint(
    "Three lines in the loop: `da`, the share, and the `dh` that the step "
    "before receives. The order matters."
)
recurrent_gradient.hint(
    "The share multiplies what went *into* the step, the state before it, "
    "with what comes back *out* of it: `hs[t - 1].T @ da`. It is added to "
    "the others with `+=`."
)
recurrent_gradient.hint(
    "Before the first word there is nothing in the store, so step 0 adds "
    "nothing. Beware: `hs[t - 1]` with `t = 0` is `hs[-1]`, the last state."
)


@recurrent_gradient.inputs
def _(rng):
    for T, B, H in (5, 3, 7), (1, 3, 7), (5, 1, 7), (4, 3, 5):
        W_hh = rng.normal(size=(H, H)) / 2
        xs = rng.normal(size=(T, B, 2))
        hs = all_states(xs, rng.normal(size=(2, H)), W_hh, np.zeros(H))
        dh_T = rng.normal(size=(B, H))
        yield {"hs": hs, "W_hh": W_hh, "dh_T": dh_T}


def walk_back(hs, W_hh, dh_T):
    """Yield t, the state before step t, and da, from the last step on."""
    dh = dh_T
    for t in reversed(range(len(hs))):
        da = dh * (1 - hs[t] ** 2)
        yield t, (hs[t - 1] if t else np.zeros_like(dh)), da
        dh = da @ W_hh.T


@recurrent_gradient.mistake(
    "You divide by the slope of tanh. On its way back a gradient is "
    "multiplied by it: where tanh is flat, little comes through."
)
def divided_by_the_slope(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in reversed(range(len(hs))):
        da = dh / (1 - hs[t] ** 2)
        if t > 0:
            dW_hh += hs[t - 1].T @ da
        dh = da @ W_hh.T
    return dW_hh


@recurrent_gradient.mistake(
    "This is the share of the last step alone. The matrix was used at every "
    "step, so the shares of all of them add up."
)
def last_share(hs, W_hh, dh_T):
    _, before, da = next(walk_back(hs, W_hh, dh_T))
    return before.T @ da


REPLACED = (
    "This is the share of one step alone: each share replaces the one that "
    "came before it. They add up, with +=."
)


@recurrent_gradient.mistake(REPLACED)
def replaced_to_the_corner(hs, W_hh, dh_T):
    *_, (t, _, da) = walk_back(hs, W_hh, dh_T)
    return hs[t - 1].T @ da


@recurrent_gradient.mistake(REPLACED)
def replaced(hs, W_hh, dh_T):
    dW_hh = np.zeros_like(W_hh)
    for t, before, da in walk_back(hs, W_hh, dh_T):
        if t > 0:
            dW_hh = before.T @ da
    return dW_hh


@recurrent_gradient.mistake(
    "At step 0 you take hs[-1] for the state before it, which is the last "
    "state: index -1 counts from the end. Before the first word the store "
    "held zeros."
)
def around_the_corner(hs, W_hh, dh_T):
    return sum(hs[t - 1].T @ da for t, _, da in walk_back(hs, W_hh, dh_T))


@recurrent_gradient.mistake(
    "Your shares take the state after the step, hs[t]. W_hh was "
    "multiplied by the state before it, hs[t - 1]."
)
def state_after(hs, W_hh, dh_T):
    return sum(hs[t].T @ da for t, _, da in walk_back(hs, W_hh, dh_T))


@recurrent_gradient.mistake(
    "You walk back through W_hh as you would walk forward. On the way back "
    "it is transposed: each unit hears from those it once sent to."
)
def not_transposed(hs, W_hh, dh_T):
    return recurrent_gradient(hs, W_hh.T, dh_T)


@recurrent_gradient.mistake(
    "You take tanh of hs to find the slope. hs is what came out of tanh, so "
    "one tanh is in it already."
)
def tanh_once_more(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in reversed(range(1, len(hs))):
        da = dh * (1 - np.tanh(hs[t]) ** 2)
        dW_hh += hs[t - 1].T @ da
        dh = da @ W_hh.T
    return dW_hh


@recurrent_gradient.mistake(
    "Your shares use dh where they need da: by then it has walked on, "
    "through W_hh, to the step before."
)
def walked_on(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in reversed(range(1, len(hs))):
        dh = dh * (1 - hs[t] ** 2) @ W_hh.T
        dW_hh += hs[t - 1].T @ dh
    return dW_hh


@recurrent_gradient.mistake(
    "You walk past tanh without its slope. Each dh is multiplied by "
    "tanh's derivative at its step before it goes on."
)
def no_slope(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in reversed(range(1, len(hs))):
        dW_hh += hs[t - 1].T @ dh
        dh = dh @ W_hh.T
    return dW_hh


@recurrent_gradient.mistake(
    "Your gradient is transposed. Row i of W_hh belongs to unit i of the "
    "state before, so in each share the state before stands on the left."
)
def gradient_transposed(hs, W_hh, dh_T):
    return recurrent_gradient(hs, W_hh, dh_T).T


def walked(hs, W_hh, dh_T, da=None, on=None, share=None):
    """A walk back in which one line is another."""
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in reversed(range(len(hs))):
        before = hs[t - 1] if t else np.zeros_like(dh)
        slope = 1 - hs[t] ** 2
        here = da(dh, hs[t], before) if da else dh * slope
        dW_hh += before.T @ (share(dh) if share else here)
        dh = on(dh, here) if on else here @ W_hh.T
    return dW_hh


@recurrent_gradient.mistake(
    "You walk on with dh, so the slope of tanh is lost on the way. What "
    "goes through W_hh is da."
)
def slope_lost(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, on=lambda dh, da: dh @ W_hh.T)


@recurrent_gradient.mistake(
    "Your slope is that of the state before the step. tanh made hs[t], so "
    "its slope is 1 - hs[t]²."
)
def slope_of_the_state_before(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, lambda dh, h, old: dh * (1 - old**2))


@recurrent_gradient.mistake(
    "The square is missing in your slope: that of tanh is 1 minus h squared."
)
def no_square(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, lambda dh, h, _: dh * (1 - h))


@recurrent_gradient.mistake(
    "h * (1 - h) is the slope of the logistic sigmoid. This network bends "
    "with tanh."
)
def sigmoids_slope(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, lambda dh, h, _: dh * h * (1 - h))


@recurrent_gradient.mistake(
    "Your shares use dh, the gradient at the state. W_hh stands inside tanh, "
    "so a share needs da."
)
def shares_of_dh(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, share=lambda dh: dh)


@recurrent_gradient.mistake(
    "You add dh_T at every step. The loss looked at the last state alone; "
    "further back, only what comes through W_hh arrives."
)
def loss_at_every_step(hs, W_hh, dh_T):
    return walked(hs, W_hh, dh_T, on=lambda dh, da: dh_T + da @ W_hh.T)


@recurrent_gradient.mistake(
    "You walk from the first step to the last. The gradient comes from the "
    "end: the first slope it meets is that of hs[-1]."
)
def forwards(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in range(len(hs)):
        da = dh * (1 - hs[t] ** 2)
        if t > 0:
            dW_hh += hs[t - 1].T @ da
        dh = da @ W_hh.T
    return dW_hh


@recurrent_gradient.mistake(
    "At step 0 you take hs[0] for the state before it, which is the state "
    "after. Before the first word the store held zeros."
)
def first_state_twice(hs, W_hh, dh_T):
    steps = walk_back(hs, W_hh, dh_T)
    return sum(hs[max(t - 1, 0)].T @ da for t, _, da in steps)


@recurrent_gradient.mistake(
    "You walk through W_hh first, and take tanh's slope nowhere or too late. "
    "At each step the slope of its own state comes first."
)
def matrix_first(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in range(len(hs) - 1, 0, -1):
        dh = dh @ W_hh.T * (1 - hs[t] ** 2)
        dW_hh += hs[t - 1].T @ dh
    return dW_hh


@recurrent_gradient.mistake(
    "You send dh_T through W_hh before the last step, and the slopes are lost "
    "on the way. First da, then its share, then the dh of the step before."
)
def matrix_first_and_no_slope(hs, W_hh, dh_T):
    dh, dW_hh = dh_T, np.zeros_like(W_hh)
    for t in range(len(hs) - 1, 0, -1):
        dh = dh @ W_hh.T
        dW_hh += hs[t - 1].T @ (dh * (1 - hs[t] ** 2))
    return dW_hh
