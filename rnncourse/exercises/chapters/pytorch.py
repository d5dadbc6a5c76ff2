"""Exercises on a library's layouts, in NumPy: rows, ends, axes, columns."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


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


@row_of.mistake(
    "You put the directions outside and the layers inside. First come all "
    "directions of layer 0, then all of layer 1."
)
def directions_outside(layer, direction, directions):
    return direction * directions + layer


@row_of.mistake(
    "You leave the direction out: the way forward and the way back of a layer "
    "would share a row."
)
def no_direction(layer, direction, directions):
    return layer * directions


@row_of.mistake(
    "You multiply layer by direction. For the way forward, which is direction "
    "0, every layer then has row 0."
)
def multiplied(layer, direction, directions):
    return layer * direction


@row_of.mistake(
    "You count the layers from 1. The lowest one is layer 0, and no rows lie "
    "before its own."
)
def layers_from_one(layer, direction, directions):
    return (layer - 1) * directions + direction


@row_of.mistake(
    "You count this layer's own rows as if they came before it. Only those of "
    "the layers below do."
)
def own_rows_too(layer, direction, directions):
    return (layer + 1) * directions + direction


@row_of.mistake(
    "Your way back comes before the way forward. In each layer, forward is "
    "first."
)
def back_first(layer, direction, directions):
    return layer * directions + directions - 1 - direction


@row_of.mistake(
    "You count from the end, as in `h_n[-1]`. That finds the top layer; asked "
    "for is the row of any layer."
)
def from_the_end(layer, direction, directions):
    return direction - directions


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
    return output[np.arange(len(output)), lengths]


@last_valid.mistake(
    "You look one step too far, and stop at the edge of the array: a sentence "
    "of n words ends at index n - 1."
)
def one_too_far_at_most(output, lengths):
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


@last_valid.mistake(
    "You look at the word before the last one. A sentence of n words ends at "
    "index n - 1."
)
def one_too_early(output, lengths):
    return output[np.arange(len(output)), lengths - 2]


@last_valid.mistake(
    "You take the first word of each sentence. A network that reads forward "
    "has seen nothing else by then."
)
def first_word(output, lengths):
    return output[:, 0]


@last_valid.mistake(
    "You count from the end of the row, as if the padding stood in front of "
    "the words. It stands behind them."
)
def padded_in_front(output, lengths):
    return output[np.arange(len(output)), -lengths]


@last_valid.mistake(
    "You index time first. Here the batch is the first axis of `output` and "
    "time the second."
)
def indexed_time_first(output, lengths):
    return output[lengths - 1, np.arange(len(lengths))]


@last_valid.mistake(
    "`output[:, lengths - 1]` looks at every sentence at the ends of all "
    "sentences, so a batch axis comes twice. Each sentence needs its own end."
)
def every_end(output, lengths):
    return output[:, lengths - 1]


@last_valid.mistake(
    "You take the shortest sentence's end for all of them. Each has its own."
)
def end_of_the_shortest(output, lengths):
    return output[:, lengths.min() - 1]


@last_valid.mistake(
    "You average over all steps, padded ones too. Asked for is the output at "
    "one step, the last that is a word."
)
def mean_over_steps(output, lengths):
    return output.mean(axis=1)


@last_valid.mistake(
    "You take the largest entry over time. That is max pooling; asked for is "
    "the output at each sentence's last word."
)
def largest(output, lengths):
    return output.max(axis=1)


@last_valid.mistake(
    "You add up the outputs of all words. Asked for is the output at the last "
    "one alone."
)
def sum_over_words(output, lengths):
    inside = np.arange(output.shape[1]) < lengths[:, None]
    return (output * inside[..., None]).sum(axis=1)


@last_valid.mistake(
    "You put zeros on the padding and then take the last column. That is "
    "where the padding is, so you read zeros."
)
def masked_column(output, lengths):
    inside = np.arange(output.shape[1]) < lengths[:, None]
    return (output * inside[..., None])[:, -1]


@last_valid.mistake(
    "You take the largest value of each unit over the words. Asked for is the "
    "output at the last one."
)
def largest_of_all(output, lengths):
    pairs = zip(output, lengths, strict=True)
    return np.array([row[:n].max(axis=0) for row, n in pairs])


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
    "Swap the axes, do not reshape: the score of class k for sentence b at "
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
    "row of numbers elsewhere. Transpose instead."
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
    "Your scores are right. The targets still have time first: swap them."
)
def targets_as_they_were(logits, targets):
    return logits.transpose(1, 2, 0), targets


@for_the_loss.mistake(
    "Your classes are on axis 1, and time is still first. Asked for is "
    "(B, K, T): the sentences come first."
)
def time_first(logits, targets):
    return logits.transpose(0, 2, 1), targets


@for_the_loss.mistake(
    "Your targets are right. The scores have the right sizes and are mixed: "
    "a reshape cuts the same row of numbers elsewhere. Transpose instead."
)
def scores_reshaped(logits, targets):
    T, B, K = logits.shape
    return logits.reshape(B, K, T), targets.T


@for_the_loss.mistake(
    "Your scores are right. The targets have the right sizes and are mixed: "
    "swap their two axes, do not reshape."
)
def targets_reshaped(logits, targets):
    T, B, K = logits.shape
    return logits.transpose(1, 2, 0), targets.reshape(B, T)


@for_the_loss.mistake(
    "You lay all places in a row, (T·B, K) and (T·B,). The library takes "
    "that, too. Here sentences and steps are to keep axes of their own."
)
def flat(logits, targets):
    return logits.reshape(-1, logits.shape[-1]), targets.reshape(-1)


@for_the_loss.mistake(
    "You reverse all axes, so the classes come first. They belong on axis "
    "1, behind the sentences."
)
def turned_round(logits, targets):
    return logits.T, targets.T


@for_the_loss.mistake(
    "The axes are right, and you have taken the softmax. The loss has one "
    "inside: it wants the scores as they are."
)
def with_softmax(logits, targets):
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares = shares / shares.sum(axis=-1, keepdims=True)
    return shares.transpose(1, 2, 0), targets.T


@for_the_loss.mistake(
    "Your scores are right, and your targets are one-hot. This loss wants the "
    "number of the class at each place, (B, T)."
)
def one_hot(logits, targets):
    K = logits.shape[-1]
    return logits.transpose(1, 2, 0), np.eye(K)[targets].transpose(1, 2, 0)


@exercise(
    "The mean over words that count",
    "logits (B, T, V), targets (B, T), ignore -> loss ()",
    "`ignore_index` does exactly this, and divides by what is left.",
)
def masked_loss(logits, targets, ignore):
    r"""
    Where a target is `ignore` nothing is asked: there is padding, or a gap.
    At each other place the loss is the cross-entropy of the scores,

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
        targets = rng.integers(0 if ignore else 1, V, size=(B, T))
        targets[0, T // 2 + 1 :] = ignore
        targets[2:, 1:2] = ignore  # a gap inside
        if B > 1:
            targets[1, 1:] = ignore
        logits = rng.normal(size=(B, T, V))
        yield {"logits": logits, "targets": targets, "ignore": ignore}
    yield {
        "logits": 800 + rng.normal(size=(2, 3, 4)),
        "targets": np.array([[1, -100, 2], [3, 0, 1]]),  # a gap inside
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


@masked_loss.mistake(
    "You stop at the first place that is to be ignored. A gap may be inside a "
    "sentence, and the words behind it count."
)
def until_the_gap(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    counts = np.logical_and.accumulate(counts, axis=1)
    return np.sum(losses * counts) / np.sum(counts)


@masked_loss.mistake(
    "You leave out the places with −100, or with a number below 0. Which "
    "number is to be ignored is given, and it may be a 0."
)
def minus_hundred(logits, targets, ignore):
    losses, counts = places(logits, targets, -100)
    return np.sum(losses * counts) / np.sum(counts)


@masked_loss.mistake(
    "You divide by the number of sentences. A long sentence then weighs more "
    "than a short one; divide by the number of places that count."
)
def a_sentence(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.sum(losses * counts) / len(targets)


@masked_loss.mistake(
    "You average what should be left out and leave out what counts: the mask "
    "is the wrong way round."
)
def mask_reversed(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.sum(losses * ~counts) / np.sum(~counts)


@masked_loss.mistake(
    "You return the mean score of the targets, with a minus. The logarithm of "
    "the sum over all classes is missing."
)
def score_alone(logits, targets, ignore):
    counts = targets != ignore
    picked = np.where(counts, targets, 0)[..., None]
    scores = np.take_along_axis(logits, picked, axis=-1)[..., 0]
    return -np.sum(scores * counts) / np.sum(counts)


@masked_loss.mistake(
    "You took the largest score away before `np.exp`, and did not add it to "
    "the logarithm again."
)
def top_lost(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.sum((losses - logits.max(axis=-1)) * counts) / np.sum(counts)


@masked_loss.mistake(
    "Your softmax runs over time. At each place it is the V classes, the last "
    "axis, that compete."
)
def over_time(logits, targets, ignore):
    top = logits.max(axis=1, keepdims=True)
    logs = np.log(np.exp(logits - top).sum(axis=1, keepdims=True)) + top
    counts = targets != ignore
    picked = np.where(counts, targets, 0)[..., None]
    shares = np.take_along_axis(logits - logs, picked, axis=-1)[..., 0]
    return -np.sum(shares * counts) / np.sum(counts)


@masked_loss.mistake(
    "Your logarithm has base 2, so your loss is in bits. The formula has the "
    "natural logarithm."
)
def bits(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return np.sum(losses * counts) / np.sum(counts) / np.log(2)


@masked_loss.mistake(
    "Your softmax runs over all words at once. At each place it is over the "
    "V scores of that place."
)
def one_softmax_for_all(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    sums = np.log(np.exp(logits - logits.max()).sum()) + logits.max()
    own = np.log(np.exp(logits - logits.max(-1, keepdims=True)).sum(-1))
    return (losses - own - logits.max(-1) + sums)[counts].mean()


@masked_loss.mistake(
    "The logarithm of the sum is missing: it is log Σ exp(logits) from which "
    "the target's score is taken."
)
def no_logarithm(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    with np.errstate(over="ignore"):
        sums = np.exp(logits).sum(axis=-1)
    return (losses - np.log(sums) + sums)[counts].mean()


@masked_loss.mistake(
    "You take the mean of the probabilities and then its logarithm. Each "
    "place has a loss of its own; the mean comes last."
)
def log_of_the_mean(logits, targets, ignore):
    losses, counts = places(logits, targets, ignore)
    return -np.log(np.mean(np.exp(-losses[counts])))


@masked_loss.mistake(
    "You take a softmax first and treat the probabilities as scores: that is "
    "softmax twice."
)
def softmax_twice(logits, targets, ignore):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    losses, counts = places(p, targets, ignore)
    return losses[counts].mean()


@masked_loss.mistake(
    "You put zeros for the scores on the padding and average over all places. "
    "Zeros cost log V each: the padding still counts."
)
def zeroed_scores(logits, targets, ignore):
    counts = targets != ignore
    return np.mean(places(logits * counts[..., None], targets, ignore)[0])


@masked_loss.mistake(
    "You leave out class 0. It is a class like the others; what does not "
    "count is `ignore`."
)
def class_0_left_out(logits, targets, ignore):
    counts = (targets != ignore) & (targets > 0)
    scores, named = logits[counts], targets[counts]
    total = np.logaddexp.reduce(scores, axis=-1)
    return np.mean(total - scores[np.arange(len(named)), named])


@masked_loss.mistake(
    "You take away the largest score of each place. It is the score of the "
    "target that is compared, whether it is the largest or not."
)
def largest_for_target(logits, targets, ignore):
    scores = logits[targets != ignore]
    total = np.logaddexp.reduce(scores, axis=-1)
    return np.mean(total - scores.max(axis=-1))


@masked_loss.mistake(
    "You take the mean of the exponentials. In the formula stands their sum."
)
def mean_of_exponentials(logits, targets, ignore):
    loss = masked_loss(logits, targets, ignore)
    return loss - np.log(logits.shape[-1])


@masked_loss.mistake(
    "The score of the target is missing: you have the logarithm of the sum "
    "alone."
)
def no_target(logits, targets, ignore):
    scores = logits[targets != ignore]
    return np.mean(np.logaddexp.reduce(scores, axis=-1))


@masked_loss.mistake(
    "You return how much probability the targets lack. The loss is the "
    "negative logarithm of a target's probability."
)
def what_is_lacking(logits, targets, ignore):
    scores, named = logits[targets != ignore], targets[targets != ignore]
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=-1)[:, None])
    return 1 - np.mean(p[np.arange(len(named)), named])


@masked_loss.mistake(
    "You return a squared error of the probabilities. The loss is a cross-"
    "entropy: the negative logarithm of the target's probability."
)
def squared_error(logits, targets, ignore):
    scores, named = logits[targets != ignore], targets[targets != ignore]
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=-1)[:, None])
    wanted = np.eye(logits.shape[-1])[named]
    return np.mean(np.sum((p - wanted) ** 2, axis=-1))


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


@set_forget_bias.explain
def _(yours, right, b_ih, b_hh, value):
    i = int((~agree(yours, right)).argmax())
    block = "ifgo"[i // (len(right) // 4)]
    if np.array_equal(right, b_ih):
        return (
            f"b_ih is to stay as it was. Its entry {i} was {b_ih[i]:.3g}; "
            f"yours is {yours[i]:.3g}."
        )
    if block != "f":
        return (
            f"b_hh[{i}] belongs to the block {block}, which stays: it was "
            f"{b_hh[i]:.3g}, and yours is {yours[i]:.3g}."
        )
    return (
        f"b_ih[{i}] is {b_ih[i]:.3g}, and with b_hh[{i}] it is to add up to "
        f"{value:.3g}. Yours is {yours[i]:.3g}, and together they are "
        f"{b_ih[i] + yours[i]:.3g}."
    )


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


@set_forget_bias.mistake(
    "The sum is right, half of it in each. But b_ih was to stay as it is: put "
    "what is missing into b_hh."
)
def halves(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 1, value / 2, value / 2)


@set_forget_bias.mistake(
    "The sum is right, but it is b_ih that you have changed. That one was to "
    "stay, and b_hh to change."
)
def first_changed(b_ih, b_hh, value):
    return with_block(b_hh, b_ih, 1, None, value)[::-1]


@set_forget_bias.mistake(
    "You set b_ih alone, whatever b_hh holds. It is b_ih that stays, and the "
    "sum of both that has to be `value`."
)
def first_alone(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih = b_ih.copy()
    b_ih[H : 2 * H] = value
    return b_ih, b_hh.copy()


@set_forget_bias.mistake(
    "You add the value to what is there. The sum of both should be the value, "
    "whatever they held before."
)
def added(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_hh = b_hh.copy()
    b_hh[H : 2 * H] += value
    return b_ih.copy(), b_hh


@set_forget_bias.mistake(
    "You take away b_ih and the old b_hh. The old one is overwritten, so it "
    "is not in the sum any more."
)
def old_one_counted(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_hh = b_hh.copy()
    at = slice(H, 2 * H)
    b_hh[at] = value - b_ih[at] - b_hh[at]
    return b_ih.copy(), b_hh


@set_forget_bias.mistake(
    "You have the block of the output gate. The order is i, f, g, o: the "
    "forget gate is the second."
)
def output_gate(b_ih, b_hh, value):
    return with_block(b_ih, b_hh, 3, None, value)


@set_forget_bias.mistake(
    "You set all four gates. Only the forget gate, the second block of four, "
    "is to change."
)
def all_gates(b_ih, b_hh, value):
    return b_ih.copy(), value - b_ih


@set_forget_bias.mistake(
    "You take every fourth entry, as if the gates alternated. Each gate has a "
    "block of H entries in a row."
)
def every_fourth(b_ih, b_hh, value):
    b_hh = b_hh.copy()
    b_hh[1::4] = value - b_ih[1::4]
    return b_ih.copy(), b_hh


@set_forget_bias.mistake(
    "You change one entry. The forget gate has H of them, a quarter of the "
    "array, one for each unit."
)
def one_entry(b_ih, b_hh, value):
    b_hh = b_hh.copy()
    b_hh[1] = value - b_ih[1]
    return b_ih.copy(), b_hh


@set_forget_bias.mistake(
    "Both biases come back as they were. H is a quarter of their length: four "
    "blocks share them."
)
def nothing_changed(b_ih, b_hh, value):
    return b_ih.copy(), b_hh.copy()


@set_forget_bias.mistake(
    "You add b_ih to the value. It comes into the sum by itself: what b_hh "
    "has to bring is what is missing."
)
def wrong_way(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_hh = b_hh.copy()
    b_hh[H : 2 * H] = value + b_ih[H : 2 * H]
    return b_ih.copy(), b_hh
