"""Exercises on reading both ways and on padding, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


@exercise(
    "The mean over what is there",
    "losses (T, B), lengths (B) -> loss ()",
    "A row of padding now costs nothing and counts for nothing. Every loss "
    "in this course that has a mask is averaged like this.",
)
def mean_inside(losses, lengths):
    r"""
    A batch of sentences has a loss for every word: `losses[t, b]` belongs to
    word `t` of sentence `b`. Sentence `b` has `lengths[b]` words; what
    stands in the rows after them is padding, and the numbers there mean
    nothing. Return the mean loss of a word: over all words of all
    sentences, each word counting once.
    """
    inside = np.arange(len(losses))[:, None] < lengths
    return np.sum(losses * inside) / np.sum(lengths)


mean_inside.hint(
    "Which entries count? `np.arange(T)[:, None] < lengths` is True for "
    "word t of sentence b if the sentence is that long."
)
mean_inside.hint(
    "Add up the losses where it is True. How many are they? The lengths know."
)


@mean_inside.inputs
def _(rng):
    for T, lengths in (5, [3, 1, 5]), (4, [2, 2]), (1, [1]), (3, [3, 3]):
        yield {
            "losses": rng.uniform(0.5, 3, size=(T, len(lengths))),
            "lengths": np.array(lengths),
        }
    # a word may cost nothing and still count, padding may hold anything
    losses = np.array([[0.0, 1.5], [2.0, 0.0], [0.7, -99.0], [0.0, 1e6]])
    yield {"losses": losses, "lengths": np.array([4, 2])}


def inside_of(array, lengths):
    """Return booleans (T, B): False past each length."""
    return np.arange(len(array))[:, None] < lengths


@mean_inside.mistake(
    "You leave out the words whose loss is 0. They are words, and count; "
    "only what stands past a sentence's end does not."
)
def without_zeros(losses, lengths):
    kept = losses * inside_of(losses, lengths)
    return np.sum(kept) / np.count_nonzero(kept)


@mean_inside.mistake(
    "You average over the padding, too. The number then depends on the "
    "longest sentence that happens to be in the batch."
)
def over_everything(losses, lengths):
    return np.mean(losses)


@mean_inside.mistake(
    "You leave the padding out of the sum and count it all the same: the "
    "more padding, the smaller your loss."
)
def divided_by_all(losses, lengths):
    return mean_inside(losses, lengths) * np.sum(lengths) / losses.size


@mean_inside.mistake(
    "You average each sentence first and the sentences then. A word of a "
    "short sentence counts more than one of a long sentence that way."
)
def mean_of_means(losses, lengths):
    sums = np.sum(losses * inside_of(losses, lengths), axis=0)
    return np.mean(sums / lengths)


@mean_inside.mistake(
    "You count one row too many: a sentence of three words has the words 0, "
    "1 and 2. With <= the first row of padding is in."
)
def one_row_too_many(losses, lengths):
    inside = np.arange(len(losses))[:, None] <= lengths
    return np.sum(losses * inside) / np.sum(inside)


@mean_inside.mistake(
    "You add up and do not divide: your loss doubles with the batch, and "
    "the step of the optimiser with it."
)
def only_summed(losses, lengths):
    return mean_inside(losses, lengths) * np.sum(lengths)


@mean_inside.mistake(
    "You divide by the number of sentences: that is the mean loss of a "
    "sentence. Asked is that of a word."
)
def per_sentence(losses, lengths):
    return mean_inside(losses, lengths) * np.mean(lengths)


@mean_inside.mistake(
    "Your last words do not count: a sentence of three words has the words "
    "0, 1 and 2, and all three are below its length."
)
def last_word_missing(losses, lengths):
    inside = np.arange(len(losses))[:, None] < lengths - 1
    return np.sum(losses * inside) / np.sum(lengths)


@mean_inside.mistake(
    "Your axes are exchanged: you cut row b where the column of sentence b "
    "should be cut. It is losses[:n, b], time first."
)
def batch_first(losses, lengths):
    rows = zip(losses, lengths, strict=False)
    return sum(row[:n].sum() for row, n in rows) / np.sum(lengths)


@mean_inside.mistake(
    "You cut every sentence at the length of the shortest. The words after "
    "that are left out."
)
def shortest_for_all(losses, lengths):
    return np.mean(losses[: np.min(lengths)])


@mean_inside.mistake(
    "Your last words do not count: a sentence of three words has the words "
    "0, 1 and 2, and all three are below its length."
)
def last_word_not_counted(losses, lengths):
    inside = np.arange(len(losses))[:, None] < lengths - 1
    with np.errstate(invalid="ignore"):
        return np.sum(losses * inside) / np.sum(inside)


@mean_inside.mistake(
    "You cut all sentences at the length of the longest. The padding of the "
    "shorter ones is in your mean."
)
def longest_for_all(losses, lengths):
    return losses[: max(lengths)].mean()


@mean_inside.mistake(
    "You average the padding, and leave out the words. Inside is what comes "
    "*before* the length."
)
def padding_alone(losses, lengths):
    outside = ~inside_of(losses, lengths)
    with np.errstate(invalid="ignore"):
        return np.sum(losses * outside) / np.sum(outside)


@mean_inside.mistake(
    "You divide by the number of rows. Asked is the mean of a word: divide by "
    "how many words there are, in all sentences."
)
def divided_by_rows(losses, lengths):
    return mean_inside(losses, lengths) * np.sum(lengths) / len(losses)


@mean_inside.mistake(
    "This is the sum of the last sentence alone, over all words: each "
    "sentence replaces the one before it. Add them up with +=."
)
def last_sentence_alone(losses, lengths):
    return losses[: lengths[-1], -1].sum() / np.sum(lengths)


@mean_inside.mistake(
    "You count the last word of each sentence alone. Every word of a "
    "sentence has a loss."
)
def last_words_alone(losses, lengths):
    return losses[lengths - 1, np.arange(len(lengths))].sum() / lengths.sum()


@mean_inside.mistake(
    "You add up what stands after the sentences. Their words are the rows "
    "before lengths[b]."
)
def padding_for_words(losses, lengths):
    outside = np.arange(len(losses))[:, None] >= lengths
    return (losses * outside).sum() / lengths.sum()


@mean_inside.mistake(
    "You return a mean for each sentence. Asked is one number: the mean over "
    "all words of all sentences."
)
def one_of_each_sentence(losses, lengths):
    return np.array([losses[:n, b].mean() for b, n in enumerate(lengths)])


@exercise(
    "Reverse within the length",
    "xs (T, B, D), lengths (B) -> turned (T, B, D)",
    "One line of indices, and the second direction starts with a word. Your "
    "function is its own inverse: apply it twice and nothing has happened.",
)
def reverse_within(xs, lengths):
    r"""
    Turn every sequence around within its own length: the first `lengths[b]`
    rows of sequence `b` come out in reverse order, and what follows them,
    the padding, stays as it is and where it is.
    """
    turned = np.array(xs)  # given
    for b, n in enumerate(lengths):  # given
        turned[:n, b] = xs[:n, b][::-1]
    return turned  # given


reverse_within.hint(
    "For one sequence b of length n: which rows of `turned[:, b]` change? "
    "What should stand there?"
)
reverse_within.hint("`xs[:n, b]` are its rows; `[::-1]` turns them around.")


@reverse_within.inputs
def _(rng):
    for T, lengths in (5, [5, 2, 3]), (6, [1, 4]), (1, [1]), (3, [3]):
        B = len(lengths)
        yield {
            "xs": rng.normal(size=(T, B, 2)),
            "lengths": np.array(lengths),
        }


@reverse_within.mistake(
    "You turn the whole array around, padding included. A short sequence "
    "now begins with its padding, and the second direction with it."
)
def with_padding(xs, lengths):
    return xs[::-1]


@reverse_within.mistake(
    "You empty the padding. That is harmless in a network and not what was "
    "asked: with zeros there, reversing twice does not give back the array."
)
def emptied(xs, lengths):
    inside = inside_of(xs, lengths)[..., None]
    return reverse_within(xs, lengths) * inside


@reverse_within.mistake(
    "Your rows are one place off: row 0 comes from row n - 1, the last word. "
    "Row n is padding already."
)
def one_off(xs, lengths):
    T = len(xs)
    turned = np.array(xs)
    for b, n in enumerate(lengths):
        for t in range(n):
            turned[t, b] = xs[(n - t) % T, b]
    return turned


@reverse_within.mistake(
    "You turn around the batch: the sequences change places, each still "
    "reads forward. Time is the first axis."
)
def other_axis(xs, lengths):
    return xs[:, ::-1]


@reverse_within.mistake(
    "You turn around the features of each step, the last axis. Time is the "
    "first."
)
def features(xs, lengths):
    return xs[..., ::-1]


@reverse_within.mistake(
    "You use one length for the whole batch, the first. Every sequence has "
    "its own."
)
def one_length(xs, lengths):
    return reverse_within(xs, np.full_like(lengths, lengths[0]))


@reverse_within.mistake(
    "Your last word stays where it is. The slice ends before its upper "
    "bound: [:n] has n rows, and [:n - 1] one too few."
)
def last_word_stays(xs, lengths):
    return reverse_within(xs, lengths - 1)


@reverse_within.mistake(
    "Your padding has moved to the front: the turned words stand in the last "
    "rows. They go back to the first n."
)
def at_the_end(xs, lengths):
    turned = np.array(xs)
    for b, n in enumerate(lengths):
        turned[len(xs) - n :, b] = xs[:n, b][::-1]
    return turned


@reverse_within.mistake(
    "The first half of each sequence is right, and the second half is as it "
    "was. Whoever reads from the array that is written to gets that: read "
    "from xs, and write all n rows."
)
def overwritten(xs, lengths):
    turned = np.array(xs)
    for b, n in enumerate(lengths):
        for t in range(n):
            turned[t, b] = turned[n - 1 - t, b]
    return turned


@reverse_within.mistake(
    "The words are right, and you have turned the padding around, too. It "
    "stays as it is."
)
def padding_turned(xs, lengths):
    turned = reverse_within(xs, lengths)
    for b, n in enumerate(lengths):
        turned[n:, b] = xs[n:, b][::-1]
    return turned


def by_sentence(xs, lengths, turn):
    """Turn the first rows of each sentence by a function of it and n."""
    turned = np.array(xs)
    for b, n in enumerate(lengths):
        turned[:n, b] = turn(xs[:, b], n)
    return turned


@reverse_within.mistake(
    "Your slice begins one row too far: n::-1 starts at row n, which is "
    "padding. The last word is in row n - 1."
)
def slice_from_row_n(xs, lengths):
    return by_sentence(xs, lengths, lambda own, n: own[n::-1][:n])


@reverse_within.mistake(
    "You turn a whole column and take its first n rows. They come from the "
    "padding: cut first, then turn."
)
def turned_before_cut(xs, lengths):
    return by_sentence(xs, lengths, lambda own, n: own[::-1][:n])


@reverse_within.mistake(
    "np.flip without an axis turns the features of each word around, too. "
    "Time is axis 0."
)
def all_axes_flipped(xs, lengths):
    return by_sentence(xs, lengths, lambda own, n: np.flip(own[:n]))


@reverse_within.mistake(
    "You turn around the features of each step, the last axis. Time is the "
    "first."
)
def features_inside(xs, lengths):
    return by_sentence(xs, lengths, lambda own, n: own[:n, ::-1])


@reverse_within.mistake(
    "You turn n + 1 rows. A slice to n ends with row n - 1, the last word; "
    "row n is padding already."
)
def one_row_of_padding(xs, lengths):
    return reverse_within(xs, np.minimum(lengths + 1, len(xs)))


@reverse_within.mistake(
    "Your axes are exchanged: you take xs[b] for sentence b. Time comes "
    "first, so it is xs[:, b]."
)
def rows_for_columns(xs, lengths):
    turned = np.array(xs)
    for b, n in enumerate(lengths):
        turned[b, :n] = xs[b, :n][::-1]
    return turned


@exercise(
    "Both ways, from scratch",
    "xs (T, B, D), W_f (D, H), U_f (H, H), W_b (D, H), U_b (H, H) -> "
    "zs (T, B, 2 H)",
    "Two loops, one up and one down. The state that is computed last in the "
    "second stands first: z_1 meets the last output of the reversed pass.",
)
def both_ways(xs, W_f, U_f, W_b, U_b):
    r"""
    Run two recurrent networks over `xs`, one along time and one against it,
    both from a state of zeros and without biases:

    $$f_t = \tanh(x_t W_f + f_{t-1} U_f), \qquad
      b_t = \tanh(x_t W_b + b_{t+1} U_b)$$

    and return $z_t = [f_t, b_t]$, the two states of each step side by side.
    """
    T, B, _ = xs.shape  # given
    H = len(U_f)  # given
    zs = np.zeros((T, B, 2 * H))  # given
    f = b = np.zeros((B, H))
    for t in range(T):
        f = np.tanh(xs[t] @ W_f + f @ U_f)
        zs[t, :, :H] = f
    for t in reversed(range(T)):
        b = np.tanh(xs[t] @ W_b + b @ U_b)
        zs[t, :, H:] = b
    return zs  # given


both_ways.hint(
    "Two loops that know nothing of each other. The first fills "
    "`zs[t, :, :H]`, the second `zs[t, :, H:]`."
)
both_ways.hint(
    "The second loop runs over `reversed(range(T))`. Each state belongs to "
    "the step that was read last: it goes into row t."
)


@both_ways.inputs
def _(rng):
    for T, B, D, H in (5, 3, 2, 4), (1, 3, 2, 4), (2, 1, 3, 5):
        yield {
            "xs": rng.normal(size=(T, B, D)),
            "W_f": rng.normal(size=(D, H)),
            "U_f": rng.normal(size=(H, H)) / 2,
            "W_b": rng.normal(size=(D, H)),
            "U_b": rng.normal(size=(H, H)) / 2,
        }


def one_way(xs, W, U, h=None):
    """Return the states along time, (T, B, H)."""
    h, hs = np.zeros((xs.shape[1], len(U))) if h is None else h, []
    for x in xs:
        h = np.tanh(x @ W + h @ U)
        hs.append(h)
    return np.array(hs)


def side_by_side(fs, bs):
    """Join on the last axis."""
    return np.concatenate([fs, bs], axis=-1)


@both_ways.mistake(
    "Your second network reads from left to right as well. Nothing in z_t "
    "knows of a later step: change the last input, and the first z is the "
    "same."
)
def never_reversed(xs, W_f, U_f, W_b, U_b):
    return side_by_side(one_way(xs, W_f, U_f), one_way(xs, W_b, U_b))


@both_ways.mistake(
    "The second network's states stand in the order in which they were "
    "computed. The first of them has read the last step, and belongs there."
)
def not_turned_back(xs, W_f, U_f, W_b, U_b):
    return side_by_side(one_way(xs, W_f, U_f), one_way(xs[::-1], W_b, U_b))


@both_ways.mistake(
    "Both of your loops use the first network's weights. The second has a "
    "set of its own, W_b and U_b."
)
def one_set(xs, W_f, U_f, W_b, U_b):
    return both_ways(xs, W_f, U_f, W_f, U_f)


@both_ways.mistake(
    "Your second network starts from the last state of the first. It has "
    "seen nothing yet: it starts from zeros."
)
def handed_over(xs, W_f, U_f, W_b, U_b):
    fs = one_way(xs, W_f, U_f)
    bs = one_way(xs[::-1], W_b, U_b, fs[-1])[::-1]
    return side_by_side(fs, bs)


@both_ways.mistake(
    "Your halves have changed places. The forward state comes first; a "
    "readout trained the other way round reads nonsense."
)
def halves_swapped(xs, W_f, U_f, W_b, U_b):
    zs = both_ways(xs, W_f, U_f, W_b, U_b)
    H = len(U_f)
    return side_by_side(zs[..., H:], zs[..., :H])


@both_ways.mistake(
    "Your z_t holds the backward state of the step after it, b_{t+1}, which "
    "has not read x_t. Read first, then write the state into row t."
)
def shifted_inputs(xs, W_f, U_f, W_b, U_b):
    zs = np.array(both_ways(xs, W_f, U_f, W_b, U_b))
    H = len(U_f)
    zs[:-1, :, H:], zs[-1, :, H:] = zs[1:, :, H:].copy(), 0
    return zs


@both_ways.mistake(
    "Your second loop stops before step 0: range(T - 1, 0, -1) leaves the 0 "
    "out. `reversed(range(T))` has it."
)
def stops_early(xs, W_f, U_f, W_b, U_b):
    zs = np.array(both_ways(xs, W_f, U_f, W_b, U_b))
    zs[0, :, len(U_f) :] = 0
    return zs


@both_ways.mistake("Your states are never bent: the tanh is missing.")
def without_tanh(xs, W_f, U_f, W_b, U_b):
    halves = []
    for way, W, U in (1, W_f, U_f), (-1, W_b, U_b):
        h, hs = np.zeros((xs.shape[1], len(U))), []
        for x in xs[::way]:
            h = x @ W + h @ U
            hs.append(h)
        halves.append(np.array(hs)[::way])
    return side_by_side(*halves)


@both_ways.mistake(
    "Walking down, your second network takes its old state from row t - 1. "
    "What it has read before step t is step t + 1."
)
def past_from_below(xs, W_f, U_f, W_b, U_b):
    H = len(U_f)
    zs = np.array(both_ways(xs, W_f, U_f, W_b, U_b))
    zs[..., H:] = 0
    for t in reversed(range(len(xs))):
        zs[t, :, H:] = np.tanh(xs[t] @ W_b + zs[t - 1, :, H:] @ U_b)
    return zs


@both_ways.mistake(
    "You turned both halves around. The forward states are in the order of "
    "time already."
)
def both_turned_back(xs, W_f, U_f, W_b, U_b):
    fs, bs = one_way(xs, W_f, U_f), one_way(xs[::-1], W_b, U_b)
    return side_by_side(fs, bs)[::-1]


@both_ways.mistake(
    "Your two states alternate, column by column. Side by side means: first "
    "all of f, then all of b."
)
def alternating(xs, W_f, U_f, W_b, U_b):
    fs, bs = one_way(xs, W_f, U_f), one_way(xs[::-1], W_b, U_b)[::-1]
    return np.stack([fs, bs], axis=-1).reshape(*fs.shape[:2], -1)


@both_ways.mistake(
    "Your second network is handed the first one's state. Each of the two "
    "hears its own past alone."
)
def past_of_the_other(xs, W_f, U_f, W_b, U_b):
    zs = both_ways(xs, W_f, U_f, W_b, U_b)
    last = zs[-1, :, : len(U_f)]
    zs[:, :, len(U_f) :] = np.tanh(xs @ W_b + last @ U_b)
    return zs


@both_ways.mistake(
    "You count back with xs[-t], and xs[-0] is the first step. The last is "
    "xs[-1]: T - 1 - t counts back from it."
)
def minus_nought(xs, W_f, U_f, W_b, U_b):
    f, b = (np.zeros((xs.shape[1], len(U_f))) for _ in range(2))
    fs, bs = [], np.zeros((*xs.shape[:2], len(U_b)))
    for t in range(len(xs)):
        f = np.tanh(xs[t] @ W_f + f @ U_f)
        b = np.tanh(xs[-t] @ W_b + b @ U_b)
        fs.append(f)
        bs[-t] = b
    return np.concatenate([fs, bs], axis=-1)


@exercise(
    "One vector for a sentence",
    "fs (T, B, H), bs (T, B, H), lengths (B) -> summary (B, 2 H)",
    "Each half is taken where its direction has read everything. That is "
    "what `state_T` holds.",
)
def summary(fs, bs, lengths):
    r"""
    A bidirectional network has left the states of its two directions,
    `fs[t, b]` and `bs[t, b]`, for sentences of different lengths. Both are
    in the order of time: `bs[t]` stands at the word it has read last. For
    each sentence return one vector: the forward state that has read the
    whole sentence, and beside it the backward state that has.
    """
    forward = fs[lengths - 1, np.arange(len(lengths))]
    backward = bs[0]
    return np.concatenate([forward, backward], axis=-1)


summary.hint(
    "Where does the forward direction finish? Where does the backward one?"
)
summary.hint(
    "`fs[lengths - 1, np.arange(B)]` takes another row for each sentence: "
    "that of its last word."
)
summary.hint("The backward direction reads the first word last: row 0.")


@summary.inputs
def _(rng):
    for T, lengths in (5, [5, 2, 3]), (4, [1, 3]), (1, [1]):
        yield {
            "fs": rng.normal(size=(T, len(lengths), 7)),
            "bs": rng.normal(size=(T, len(lengths), 7)),
            "lengths": np.array(lengths),
        }


def last_words(hs, lengths):
    """Return each sentence's own last row, (B, H)."""
    return hs[lengths - 1, np.arange(len(lengths))]


@summary.mistake(
    "You read the last row of both arrays. For a short sentence that is "
    "padding; and the backward state there has read one word at most."
)
def last_row(fs, bs, lengths):
    return side_by_side(fs[-1], bs[-1])


@summary.mistake(
    "You take both halves at the last word. The forward state has read the "
    "sentence there; the backward one has only begun."
)
def both_at_the_end(fs, bs, lengths):
    return side_by_side(last_words(fs, lengths), last_words(bs, lengths))


@summary.mistake(
    "You take both halves at the first word. The backward state has read "
    "the sentence there; the forward one has only begun."
)
def both_at_the_start(fs, bs, lengths):
    return side_by_side(fs[0], bs[0])


@summary.mistake(
    "You take the forward half from the last row of the array. For a short "
    "sentence that is padding: its last word is in row lengths[b] - 1."
)
def forward_from_padding(fs, bs, lengths):
    return side_by_side(fs[-1], bs[0])


@summary.mistake(
    "You have the two ends crossed: the forward state at the first word and "
    "the backward state at the last have read one word each."
)
def crossed(fs, bs, lengths):
    return side_by_side(fs[0], last_words(bs, lengths))


@summary.mistake(
    "Your row is one too far: counted from 0, the last word of a sentence "
    "of n words is in row n - 1."
)
def one_too_far(fs, bs, lengths):
    rows = np.minimum(lengths, len(fs) - 1)
    return side_by_side(fs[rows, np.arange(len(lengths))], bs[0])


@summary.mistake(
    "Your halves have changed places: the forward state comes first."
)
def backward_first(fs, bs, lengths):
    both, H = summary(fs, bs, lengths), fs.shape[-1]
    return side_by_side(both[:, H:], both[:, :H])


@summary.mistake(
    "You take means over the words. Each direction has one state that has "
    "read everything; that one is asked for."
)
def means(fs, bs, lengths):
    inside = inside_of(fs, lengths)[..., None] / lengths[:, None]
    return side_by_side((fs * inside).sum(axis=0), (bs * inside).sum(axis=0))


@summary.mistake(
    "The forward half is right. The backward half is that of the last row: "
    "the backward direction starts there, and finishes at row 0."
)
def backward_from_the_end(fs, bs, lengths):
    return side_by_side(last_words(fs, lengths), bs[-1])


@summary.mistake(
    "The forward half is right. The backward half is taken at T minus the "
    "length, as if the padding stood in front. bs is in the order of time: "
    "its first word is in row 0."
)
def as_if_padded_in_front(fs, bs, lengths):
    B = np.arange(len(lengths))
    return side_by_side(last_words(fs, lengths), bs[len(bs) - lengths, B])


@summary.mistake(
    "You take means over all rows, padding among them. Each direction has "
    "one state that has read the whole sentence; that one is asked for."
)
def means_of_everything(fs, bs, lengths):
    return np.concatenate([fs.mean(axis=0), bs.mean(axis=0)], axis=-1)


@summary.mistake(
    "You take the largest numbers of all rows, padding among them. Each "
    "direction has one state that has read the whole sentence."
)
def largest(fs, bs, lengths):
    return np.concatenate([fs.max(axis=0), bs.max(axis=0)], axis=-1)


@summary.mistake(
    "You take the forward half at the length of the longest sentence. Each "
    "has its last word in row lengths[b] - 1."
)
def longest_sentence_for_all(fs, bs, lengths):
    return np.concatenate([fs[max(lengths) - 1], bs[0]], axis=-1)


@summary.mistake(
    "You count the length from the end of the array. The sentences begin in "
    "row 0: the last word is in row lengths[b] - 1."
)
def counted_from_the_end(fs, bs, lengths):
    last = fs[-lengths, np.arange(len(lengths))]
    return np.concatenate([last, bs[0]], axis=-1)


@summary.mistake(
    "fs[lengths - 1] takes whole rows, each for the whole batch. Sentence b "
    "wants its own column of its own row: two indices, side by side."
)
def whole_rows(fs, bs, lengths):
    return np.concatenate([fs[lengths - 1], bs[0]], axis=1)


@summary.mistake(
    "You take row lengths[b]. A sentence of n words has the rows 0 to n - 1; "
    "row n is padding, or not there at all."
)
def one_row_late(fs, bs, lengths):
    return np.hstack([fs[lengths, np.arange(len(lengths))], bs[0]])


@exercise(
    "The gradient's way back",
    "dzs (T, B, H), lengths (B) -> dfs (T, B, H), dbs (T, B, H)",
    "Changing places is its own backward pass. That is the only new line in "
    "the gradient of a bidirectional network.",
)
def to_both(dzs, lengths):
    r"""
    The forward pass of a bidirectional network that takes the mean was

        bs = network(reverse_within(xs, lengths))   # in reading order
        zs = (fs + reverse_within(bs, lengths)) / 2

    with `reverse_within` from the exercise above: it turns each sequence
    around within its length and leaves the padding. Now `dzs`, the loss's
    gradient at `zs`, comes back. Return the gradient at `fs`, and the
    gradient at `bs`, **in the order in which the second network has read**.
    """
    dfs = dzs / 2
    dbs = dzs / 2
    for b, n in enumerate(lengths):
        dbs[:n, b] = dfs[:n, b][::-1]
    return dfs, dbs


to_both.hint(
    "Each z is half of one state and half of another. So half of its "
    "gradient goes to each."
)
to_both.hint(
    "The forward network's states were not moved. State t of the backward "
    "network went to row n - 1 - t; its gradient waits for it there."
)


@to_both.inputs
def _(rng):
    for T, lengths in (5, [5, 2, 3]), (6, [1, 4]), (1, [1]):
        yield {
            "dzs": rng.normal(size=(T, len(lengths), 3)),
            "lengths": np.array(lengths),
        }


@to_both.mistake(
    "The second gradient is still in the order of time. The network that "
    "gets it has read from the end: its first state is that of the last word."
)
def still_in_time(dzs, lengths):
    return dzs / 2, dzs / 2


@to_both.mistake(
    "You turn the whole array around. The gradient of a short sequence then "
    "lies on its padding, and its words get none or another's."
)
def all_turned(dzs, lengths):
    return dzs / 2, dzs[::-1] / 2


@to_both.mistake(
    "You turned both. The forward network's states were never moved, so its "
    "gradient is where it should be."
)
def both_turned(dzs, lengths):
    turned = reverse_within(dzs, lengths) / 2
    return turned, turned.copy()


@to_both.mistake(
    "You turned the first and left the second: the forward network got the "
    "order of the backward one."
)
def wrong_one_turned(dzs, lengths):
    return reverse_within(dzs, lengths) / 2, dzs / 2


@to_both.mistake(
    "You do not halve the gradients. In a mean, each direction counts for a "
    "half; you have the gradient of the sum."
)
def of_the_sum(dzs, lengths):
    dfs, dbs = to_both(dzs, lengths)
    return 2 * dfs, 2 * dbs


@to_both.mistake(
    "The forward direction gets the whole gradient and the backward one a "
    "half. The mean halves both."
)
def one_half(dzs, lengths):
    dfs, dbs = to_both(dzs, lengths)
    return 2 * dfs, dbs


@to_both.mistake(
    "The padding's rows are empty in your second gradient. `reverse_within` "
    "leaves them where they are, so their half of dzs stays, too."
)
def padding_lost(dzs, lengths):
    dfs, dbs = to_both(dzs, lengths)
    return dfs, dbs * inside_of(dzs, lengths)[..., None]


@to_both.mistake(
    "The padding's rows of your second gradient are not halved. The mean is "
    "taken at every row."
)
def padding_not_halved(dzs, lengths):
    dfs, dbs = to_both(dzs, lengths)
    inside = inside_of(dzs, lengths)[..., None]
    return dfs, dbs * np.where(inside, 1, 2)


@to_both.mistake(
    "The padding's rows are empty in your gradients. `reverse_within` leaves "
    "them where they are, so their half of dzs stays, too."
)
def padding_lost_in_both(dzs, lengths):
    inside = np.arange(len(dzs))[:, None, None] < np.array(lengths)[:, None]
    return tuple(part * inside for part in to_both(dzs, lengths))
