"""Exercises on a library's layouts, in NumPy: rows, ends, axes, columns."""

import numpy as np

from rnncourse.exercises.block import exercise


@exercise(
    "Which row of h_n?",
    "layer, direction, directions -> row ()",
    "Layers outside, directions inside. With two directions, `h_n[-1]` is "
    "the way back of the top layer, and `h_n[-2]` its way forward.",
)
def row_of(layer, direction, directions):
    """
    A library stacks the last states of all layers and directions into one
    array `h_n` of shape `(layers * directions, B, H)`: first all directions
    of layer 0, then all of layer 1, and so on. `direction` is 0 for forward
    and 1 for backward; `directions` is how many there are, 1 or 2.

    Return the row of `h_n` that belongs to a layer and a direction.
    """
    return layer * directions + direction


row_of.hint(
    "Write down the rows for 3 layers and 2 directions: 0f 0b 1f 1b 2f 2b. "
    "Where is 2f?"
)
row_of.hint("How many rows do the layers below take up?")


@row_of.inputs
def _(rng):
    names = "layer", "direction", "directions"
    cases = [2, 1, 2], [1, 0, 2], [0, 1, 2], [3, 0, 1], [0, 0, 1], [1, 1, 2]
    for case in cases:
        yield dict(zip(names, np.array(case), strict=True))


@row_of.mistake(
    "You add layer and direction as if each layer had one row. With two "
    "directions, a layer takes up two."
)
def one_row_a_layer(layer, direction, directions):
    return layer + direction


@row_of.mistake(
    "You always count two rows a layer. A network that reads forward only "
    "has one."
)
def always_two(layer, direction, directions):
    return 2 * layer + direction


@row_of.mistake("You count from 1. The first row is row 0: layer 0, forward.")
def from_one(layer, direction, directions):
    return layer * directions + direction + 1


@exercise(
    "The last word of each sentence",
    "output (B, T, H), lengths (B) -> last (B, H)",
    "For a network that reads forward, this is what `h_n[-1]` would have "
    "held, had the batch been packed.",
)
def last_valid(output, lengths):
    """
    A batch was padded to `T` steps and run without packing, `batch_first`.
    Sentence `b` has `lengths[b]` words. Return the output at each
    sentence's own last word.
    """
    return output[np.arange(len(output)), lengths - 1]


last_valid.hint("The last word of a sentence of 3 stands at index 2.")
last_valid.hint(
    "Two arrays of indices side by side pick one entry each: "
    "`a[[0, 1], [4, 2]]` is `a[0, 4]` and `a[1, 2]`."
)


@last_valid.inputs
def _(rng):
    for T, lengths in (6, [5, 1, 3]), (4, [2, 4]), (1, [1]), (5, [3, 3, 2]):
        yield {
            "output": rng.normal(size=(len(lengths), T, 7)),
            "lengths": np.array(lengths),
        }


@last_valid.mistake(
    "You take the last column for all. That is the end of the padding for "
    "every sentence but the longest."
)
def last_column(output, lengths):
    return output[:, -1]


@last_valid.mistake(
    "You look one step too far: a sentence of n words ends at index n - 1."
)
def one_too_far(output, lengths):
    at = np.minimum(lengths, output.shape[1] - 1)
    return output[np.arange(len(output)), at]


@last_valid.mistake(
    "You take the longest sentence's end for all of them. Each has its own."
)
def end_of_the_longest(output, lengths):
    return output[:, lengths.max() - 1]


@last_valid.mistake(
    "You average over the words of a sentence. Asked for is the last one."
)
def mean_over_words(output, lengths):
    inside = np.arange(output.shape[1]) < lengths[:, None]
    return (output * inside[..., None]).sum(axis=1) / lengths[:, None]


@exercise(
    "The axes of the loss",
    "logits (T, B, K), targets (T, B) -> logits (B, K, T), targets (B, T)",
    "`nn.CrossEntropyLoss` finds the classes on axis 1, whatever they mean.",
)
def for_the_loss(logits, targets):
    """
    A network gives scores with time first, `(T, B, K)`. A library's
    cross-entropy wants the sentences first, the **classes on axis 1** and
    time last: `(B, K, T)`, with targets `(B, T)`.

    Return both as it wants them.
    """
    return logits.transpose(1, 2, 0).copy(), targets.T.copy()


for_the_loss.hint(
    "Turn the axes, do not reshape: the score of class k for sentence b at "
    "step t must go from `[t, b, k]` to `[b, k, t]`."
)
for_the_loss.hint(
    "`a.transpose(…)` takes the old axes in their new order. Which old axis "
    "comes first?"
)


@for_the_loss.inputs
def _(rng):
    for T, B, K in (5, 3, 4), (3, 3, 3), (1, 2, 6), (4, 1, 2):
        logits = rng.normal(size=(T, B, K))
        yield {"logits": logits, "targets": rng.integers(K, size=(T, B))}


@for_the_loss.mistake(
    "The sizes are right, and the scores are mixed: a reshape cuts the same "
    "row of numbers elsewhere. Turn the axes."
)
def reshaped(logits, targets):
    T, B, K = logits.shape
    return logits.reshape(B, K, T), targets.reshape(B, T)


@for_the_loss.mistake(
    "Your classes are still on the last axis. The library would take the "
    "steps for classes."
)
def classes_last(logits, targets):
    return logits.transpose(1, 0, 2), targets.T


@for_the_loss.mistake(
    "Your scores are right. The targets still have time first: turn them, too."
)
def targets_as_they_were(logits, targets):
    return logits.transpose(1, 2, 0), targets


@for_the_loss.mistake(
    "Your classes are on axis 1, and time is still first. Asked for is "
    "(B, K, T): the sentences come first."
)
def time_first(logits, targets):
    return logits.transpose(0, 2, 1), targets


@exercise(
    "The mean over words that count",
    "logits (B, T, V), targets (B, T), ignore -> loss ()",
    "`ignore_index` does exactly this, and divides by what is left.",
)
def masked_loss(logits, targets, ignore):
    r"""
    Where a target is `ignore` there is padding, and nothing is asked. At
    each other place the loss is the cross-entropy of the scores,

    $$\log \sum_k e^{\text{logits}_k} - \text{logits}_{\text{target}}.$$

    Return its mean over the places that count, each counting once.
    """
    top = logits.max(axis=-1, keepdims=True)
    logs = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
    counts = targets != ignore
    picked = np.where(counts, targets, 0)[..., None]
    scores = np.take_along_axis(logits, picked, axis=-1)[..., 0]
    return np.sum((logs - scores) * counts) / np.sum(counts)


masked_loss.hint(
    "`ignore` may be -100, which is no index that you want to look up. Put a "
    "0 there first, and take the place out of the sum afterwards."
)
masked_loss.hint(
    "`np.take_along_axis(logits, targets[..., None], axis=-1)` picks the "
    "target's score at every place."
)
masked_loss.hint("Divide by the number of places that count, not by B · T.")


@masked_loss.inputs
def _(rng):
    for B, T, V, ignore in (3, 5, 4, -100), (2, 4, 6, 0), (1, 1, 3, -100):
        targets = rng.integers(1, V, size=(B, T))
        targets[0, T // 2 + 1 :] = ignore
        if B > 1:
            targets[1, 1:] = ignore
        logits = rng.normal(size=(B, T, V))
        yield {"logits": logits, "targets": targets, "ignore": ignore}
    yield {
        "logits": 800 + rng.normal(size=(2, 3, 4)),
        "targets": np.array([[1, 2, -100], [3, 0, 1]]),
        "ignore": -100,
    }


def places(logits, targets, ignore):
    """The loss at every place, and which places count."""
    top = logits.max(axis=-1, keepdims=True)
    logs = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
    counts = targets != ignore
    picked = np.where(counts, targets, 0)[..., None]
    return logs - np.take_along_axis(logits, picked, -1)[..., 0], counts


@masked_loss.mistake(
    "You divide by B · T. The more padding a batch has, the smaller your loss "
    "looks."
)
def over_all_places(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.mean(losses * counts)


@masked_loss.mistake(
    "You count the padding in. A network that says nothing but padding would "
    "do well."
)
def padding_counts(logits, targets, ignore):
    losses, _ = places(logits, targets, ignore)
    return np.mean(losses)


@masked_loss.mistake(
    "You take each sentence's mean and then the mean of these. A word of a "
    "short sentence then weighs more than one of a long sentence."
)
def mean_of_means(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.mean((losses * counts).sum(axis=1) / counts.sum(axis=1))


@masked_loss.mistake(
    "You return the sum. With a mean, a long batch and a short one can be "
    "compared, and the learning rate means the same."
)
def the_sum(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.sum(losses * counts)


@exercise(
    "One forget bias in two",
    "b_ih (4H), b_hh (4H), value -> b_ih (4H), b_hh (4H)",
    "Setting both to 1 is a common slip: the gate then starts at a bias of 2.",
)
def set_forget_bias(b_ih, b_hh, value):
    """
    A library's LSTM adds **two** biases to every gate. Their blocks stand in
    the order i, f, g, o, each of length `H`. Return copies of both in which
    the forget gate's two biases **add up to** `value` for every unit; all
    other entries stay as they are, and so does the forget block of `b_ih`.
    """
    H = len(b_ih) // 4
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    b_hh[H : 2 * H] = value - b_ih[H : 2 * H]
    return b_ih, b_hh


set_forget_bias.hint("The forget gate is the second of four blocks.")
set_forget_bias.hint(
    "If `b_ih` stays, what has `b_hh` to be so that the sum is `value`?"
)


@set_forget_bias.inputs
def _(rng):
    for H, value in (3, 1.0), (1, 1.0), (4, -2.5), (2, 0.0):
        b_ih, b_hh = rng.uniform(-0.5, 0.5, size=(2, 4 * H))
        yield {"b_ih": b_ih, "b_hh": b_hh, "value": value}


def with_block(b_ih, b_hh, block, ours, theirs):
    """Copies with one block of each replaced; None leaves it."""
    H = len(b_ih) // 4
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    at = slice(block * H, (block + 1) * H)
    if ours is not None:
        b_ih[at] = ours
    b_hh[at] = theirs - b_ih[at] if ours is None else theirs
    return b_ih, b_hh


@set_forget_bias.mistake(
    "You set both biases to the value, and they are added: the gate starts at "
    "twice of it."
)
def both(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 1, value, value)


@set_forget_bias.mistake(
    "You set b_hh alone, whatever b_ih holds. The sum is then off by what "
    "b_ih was drawn as."
)
def second_alone(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_hh = b_hh.copy()
    b_hh[H : 2 * H] = value
    return b_ih.copy(), b_hh


@set_forget_bias.mistake(
    "You have the block of the candidate g. The order is i, f, g, o: the "
    "forget gate is the second."
)
def candidate(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 2, None, value)


@set_forget_bias.mistake(
    "You have the block of the input gate. The order is i, f, g, o: the "
    "forget gate is the second."
)
def input_gate(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 0, None, value)


@set_forget_bias.mistake(
    "The sum is right, but you have changed b_ih, too. It was to stay."
)
def shared(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 1, value, 0.0)
