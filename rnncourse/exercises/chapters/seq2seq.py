"""Exercises on sequence to sequence, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree
from rnncourse.exercises.comparing.places import words


@exercise(
    "Where does it end?",
    "ids (U, B), end () -> lengths (B)",
    "A decoder's batch goes on until the slowest sequence has ended; this "
    "is how the others know what of theirs to throw away.",
)
def written_lengths(ids, end):
    r"""
    A decoder has written `U` tokens for each of `B` sequences, one sequence
    a column. Each sequence is over at its *first* `end`; whatever a column
    holds below that is noise. Return how many tokens each sequence has,
    the end not counted. A column without an end has all `U` of them.
    """
    running = np.cumprod(ids != end, axis=0)
    return running.sum(axis=0)


written_lengths.hint(
    "`ids == end` is True at every end. You need the first one in each "
    "column, and a column may have none."
)
written_lengths.hint(
    "`np.cumprod(ids != end, axis=0)` is 1 as long as no end has been seen "
    "and 0 from the first one on."
)


@written_lengths.inputs
def _(rng):
    yield {
        "ids": np.array(
            [[5, 3, 4, 1], [3, 3, 0, 4], [9, 1, 5, 3], [3, 4, 8, 3]]
        ),
        "end": np.array(3),
    }
    yield {"ids": rng.integers(0, 4, size=(5, 7)), "end": np.array(0)}
    yield {"ids": np.array([[1]]), "end": np.array(0)}


@written_lengths.mistake(
    "A column without an end gets 0 from you: argmax finds the first True, "
    "and where there is none it says 0. Such a column has all U tokens."
)
def argmax_alone(ids, end):
    return (ids == end).argmax(axis=0)


@written_lengths.mistake(
    "You count every token that is not the end. After the first end comes "
    "noise, and that does not count, whatever it is."
)
def all_others(ids, end):
    return (ids != end).sum(axis=0)


@written_lengths.mistake(
    "Your table marks the tokens that count. How many are they? Add it up, "
    "column by column."
)
def marks(ids, end):
    return np.cumprod(ids != end, axis=0)


@written_lengths.mistake(
    "You look for the last end. The sequence is over at the first."
)
def last_end(ids, end):
    U = len(ids)
    found = ids[::-1] == end
    place = U - 1 - found.argmax(axis=0)
    return np.where(found.any(axis=0), place, U)


@written_lengths.mistake(
    "You count the end as a token of the sequence. It is a sign, not a part "
    "of what was said."
)
def end_counted(ids, end):
    running = np.cumprod(ids != end, axis=0)
    return np.minimum(running.sum(axis=0) + 1, len(ids))


@written_lengths.mistake(
    "You look along the rows. A sequence is a column: its time is axis 0."
)
def along_rows(ids, end):
    return np.cumprod(ids != end, axis=1).sum(axis=1)


@written_lengths.mistake(
    "A column without an end has U tokens, and you say U − 1: that is the "
    "place of its last one."
)
def one_less(ids, end):
    found = ids == end
    return np.where(found.any(axis=0), found.argmax(axis=0), len(ids) - 1)


@written_lengths.mistake(
    "You return one more than the place of the first end. Places count from "
    "0, so the place is the number of tokens before it; and a column without "
    "an end comes out as 1."
)
def place_plus_one(ids, end):
    return (ids == end).argmax(axis=0) + 1


@written_lengths.mistake(
    "With you a sequence is over at its first 0. It is over at the token "
    "`end`, whatever number that is."
)
def over_at_zero(ids, end):
    return written_lengths(ids, 0)


@written_lengths.explain
def _(yours, right, ids, end):
    b = int((~agree(yours, right)).argmax())
    return (
        f"Column {b} is {ids[:, b].tolist()}, and end is {end}. Its length "
        f"should be {right[b]}; yours is {yours[b]:.4g}."
    )


@exercise(
    "What the teacher says",
    "targets (L, B), lengths (B), end () -> "
    "tokens (U, B), wanted (U, B), counted (U, B)",
    "These three arrays are all of teacher forcing. The rest is one unroll "
    "and a cross-entropy.",
)
def forced(targets, lengths, end):
    r"""
    Prepare a batch for teacher forcing. Column `b` of `targets` holds a
    sequence of `lengths[b]` tokens, and fillers below. With `U = L + 1`,
    return

    - `tokens`, what the decoder reads: `end` first, which here also means
      *begin*, then the targets, one step late;
    - `wanted`, what it is to write: the targets, and after the last token
      of *each* sequence `end`;
    - `counted`, True where the loss counts: the tokens of each sequence and
      its end.

    Wherever there would be a filler, put `end`, in `tokens` and in `wanted`.
    """
    L, B = targets.shape  # given
    place = np.arange(L + 1)[:, None]  # given
    targets = np.where(place[:L] < lengths, targets, end)
    row = np.full((1, B), end)
    tokens = np.vstack([row, targets])
    wanted = np.vstack([targets, row])
    counted = place <= lengths
    return tokens, wanted, counted


forced.hint(
    "First replace the fillers: `np.where(place[:L] < lengths, targets, "
    "end)`. From then on every sequence is followed by `end`."
)
forced.hint(
    "Both arrays are the targets and one row of `end`: above them in the "
    "one, below them in the other. `np.vstack` puts rows together."
)
forced.hint(
    "A sequence of length 3 has its tokens at places 0, 1 and 2 and its end "
    "at place 3. Which places count?"
)


@forced.inputs
def _(rng):
    targets = rng.integers(3, 9, size=(5, 3))
    lengths = np.array([5, 2, 3])
    targets[np.arange(5)[:, None] >= lengths] = 0
    yield {"targets": targets, "lengths": lengths, "end": np.array(2)}
    yield {
        "targets": np.array([[7], [0]]),
        "lengths": np.array([1]),
        "end": np.array(1),
    }
    yield {  # 0 is a token here, and fillers are what happened to be there
        "targets": np.array([[5, 0], [0, 6], [4, 7], [6, 0]]),
        "lengths": np.array([2, 3]),
        "end": np.array(9),
    }


def prepared(targets, lengths, end, clean=True, shift=True, last=True):
    """The three arrays, with one thing or another left out."""
    L, B = targets.shape
    place = np.arange(L + 1)[:, None]
    if clean:
        targets = np.where(place[:L] < lengths, targets, end)
    row = np.full((1, B), end)
    wanted = np.vstack([targets, row])
    tokens = np.vstack([row, targets]) if shift else wanted
    counted = place <= lengths if last else place < lengths
    return tokens, wanted, counted


@forced.mistake(
    "Your decoder reads at each step the very token that it is to write. It "
    "will learn to copy, perfectly, and at test time there is nothing to "
    "copy. What it reads has to come one step late."
)
def not_late(targets, lengths, end):
    return prepared(targets, lengths, end, shift=False)


@forced.mistake(
    "Your loss does not count the end. That is the model of this chapter "
    "which never stops.",
    of="counted",
)
def end_not_counted(targets, lengths, end):
    return prepared(targets, lengths, end, last=False)


@forced.mistake(
    "Only your longest sequence is followed by its end. In the shorter ones "
    "a filler stands where end should be: each sequence ends at its own "
    "length.",
    of="wanted",
)
def fillers_stay(targets, lengths, end):
    return prepared(targets, lengths, end, clean=False)


@forced.mistake(
    "In your `tokens` the fillers stand as they came. Once the last token of "
    "a sequence has been read there is nothing but `end`.",
    of="tokens",
)
def fillers_are_read(targets, lengths, end):
    _, wanted, counted = prepared(targets, lengths, end)
    tokens = prepared(targets, lengths, end, clean=False)[0]
    return tokens, wanted, counted


@forced.mistake(
    "You count all places. Below the end of a shorter sequence there is "
    "nothing to be right about.",
    of="counted",
)
def all_counted(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    return tokens, wanted, np.ones_like(counted)


@forced.mistake(
    "tokens and wanted are exchanged: the decoder reads the targets one "
    "step late and writes them in time."
)
def exchanged(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    return wanted, tokens, counted


@forced.mistake(
    "What your decoder reads first is 0. The sign to begin with is `end`, "
    "whatever its number.",
    of="tokens",
)
def begins_with_zero(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    tokens[0] = 0
    return tokens, wanted, counted


@forced.mistake(
    "The ends are in their places, and below them you leave fillers of 0. "
    "Put `end` there, too: 0 may be a token that means something."
)
def zeros_below(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    place = np.arange(len(tokens))[:, None]
    wanted = np.where(place <= lengths, wanted, 0)
    tokens = np.where(place <= lengths, tokens, 0)
    return tokens, wanted, counted


@forced.mistake(
    "You count one place too many: after the end of a sequence there is "
    "nothing more to be right about.",
    of="counted",
)
def one_too_many(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    return tokens, wanted, np.arange(len(tokens))[:, None] <= lengths + 1


@forced.mistake(
    "You know the fillers by their being 0. They may be anything, and 0 may "
    "be a token: how long a sequence is, `lengths` says."
)
def zeros_for_fillers(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end, clean=False)
    tokens, wanted = (np.where(x == 0, end, x) for x in (tokens, wanted))
    return tokens, wanted, counted


@forced.mistake(
    "The last token of each sequence is missing in your `tokens`: one step "
    "late, it stands at the place of its length.",
    of="tokens",
)
def last_token_lost(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    place = np.arange(len(tokens))[:, None]
    return np.where(place < lengths, tokens, end), wanted, counted


@forced.mistake(
    "You measure all sequences by the longest. Each has a length of its own."
)
def longest_for_all(targets, lengths, end):
    lengths = np.full_like(lengths, lengths.max())
    return prepared(targets, lengths, end)


@forced.mistake(
    "You do not count the first step. There the decoder reads the sign to "
    "begin with, and what it writes is the first token.",
    of="counted",
)
def first_not_counted(targets, lengths, end):
    tokens, wanted, counted = prepared(targets, lengths, end)
    return tokens, wanted, counted & (np.arange(len(counted))[:, None] > 0)


@forced.explain
def _(yours, right, targets, lengths, end):
    all_three = zip(
        ("tokens", "wanted", "counted"),
        forced(targets, lengths, end),
        strict=True,
    )
    name = next(n for n, part in all_three if np.array_equal(part, right))
    b = int((~agree(yours, right)).any(axis=0).argmax())
    return (
        f"Column {b} of targets is {targets[:, b].tolist()}, of length "
        f"{lengths[b]}, and end is {end}: {name}[:, {b}] should be "
        f"{(1 * right[:, b]).tolist()}; yours is {yours[:, b].tolist()}."
    )


@exercise(
    "The nearest sentence",
    "vectors (N, H) -> nearest (N), cosine (N)",
    "Run it on the vectors of the autoencoder, once on h and once on c, and "
    "read the pairs aloud before you believe any percentage.",
)
def nearest(vectors):
    r"""
    An autoencoder has made a vector of each of `N` sentences. For each one
    return the number of the *other* sentence whose vector points in the
    most similar direction, and how similar it is: the largest cosine

    $$\cos(u, v) = \frac{u \cdot v}{\lVert u \rVert\, \lVert v \rVert}.$$
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions = vectors / lengths
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -np.inf)
    return cosines.argmax(axis=1), cosines.max(axis=1)


nearest.hint(
    "Divide each row by its length; then one product, of the rows with all "
    "the rows, holds all the cosines (N, N)."
)
nearest.hint(
    "Every sentence is nearest to itself. `np.fill_diagonal(a, -np.inf)` "
    "writes into the diagonal of `a`."
)


@nearest.inputs
def _(rng):
    for N, H in (7, 3), (12, 2), (2, 5):
        sizes = np.exp(rng.normal(size=(N, 1)))
        yield {"vectors": sizes * rng.normal(size=(N, H))}
    # one direction twice, and no other sentence but the opposite one; for no
    # sentence are two others equally near
    yield {"vectors": np.array([[3.0, 4], [6, 8], [-4, 3], [-9, 1]])}
    yield {"vectors": np.array([[3.0, 4], [-6, -8]])}


@nearest.mistake(
    "You rule a sentence itself out by a cosine of -1. That is the cosine of "
    "an opposite direction, and then nothing tells the two apart: take less."
)
def diagonal_of_minus_one(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -1)
    return chosen(cosines)


def chosen(similar):
    """The best of each row, and how good it is."""
    return similar.argmax(axis=1), similar.max(axis=1)


@nearest.mistake(
    "Every sentence comes out as its own neighbour. Its cosine with itself "
    "is 1, and nothing beats that: leave the diagonal out."
)
def itself(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return chosen(directions @ directions.T)


@nearest.mistake(
    "You compare plain products, so a long vector is everybody's neighbour. "
    "Divide by the lengths: only the direction counts.",
    of="cosine",
)
def long_ones(vectors):
    products = vectors @ vectors.T
    np.fill_diagonal(products, -np.inf)
    return chosen(products)


@nearest.mistake(
    "You divide by the length of one of the two vectors. A cosine is "
    "divided by both.",
    of="cosine",
)
def one_length(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    products = directions @ vectors.T
    np.fill_diagonal(products, -np.inf)
    return chosen(products)


@nearest.mistake(
    "You look for the smallest distance. Two vectors may point the same way "
    "and be of very different length; the cosine calls them neighbours."
)
def smallest_distance(vectors):
    apart = np.linalg.norm(vectors[:, None] - vectors, axis=2)
    np.fill_diagonal(apart, np.inf)
    return apart.argmin(axis=1), apart.min(axis=1)


@nearest.mistake(
    "You choose the sentence at the smallest distance, and return its cosine. "
    "A vector that is far away may point the same way: choose by the cosine."
)
def nearest_by_distance(vectors):
    number = smallest_distance(vectors)[0]
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return number, (directions * directions[number]).sum(axis=1)


@nearest.mistake(
    "You return the sentence that points the other way: the smallest cosine "
    "is the farthest one."
)
def farthest(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = directions @ directions.T
    return cosines.argmin(axis=1), cosines.min(axis=1)


@nearest.mistake(
    "Your diagonal is 0. A cosine may be below 0, and then a sentence is "
    "its own neighbour again: write -np.inf."
)
def diagonal_of_zero(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, 0)
    return chosen(cosines)


@nearest.mistake(
    "You compare each sentence with the one after it and with no other. The "
    "most similar one may stand anywhere: all pairs are asked for."
)
def the_next_one(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    following = np.roll(np.arange(len(vectors)), -1)
    return following, (directions * directions[following]).sum(axis=1)


@nearest.mistake(
    "You divide by the length of the whole array. Each vector has a length "
    "of its own: axis=1.",
    of="cosine",
)
def one_length_for_all(vectors):
    directions = vectors / np.linalg.norm(vectors)
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -np.inf)
    return chosen(cosines)


@nearest.mistake(
    "You divide each *column* by its length. A vector is a row: axis=1.",
    of="cosine",
)
def columns(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=0, keepdims=True)
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -np.inf)
    return chosen(cosines)


@nearest.mistake(
    "You take the cosine's size and lose its sign: the vector that points "
    "the opposite way is nobody's neighbour.",
    of="cosine",
)
def sign_lost(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = np.abs(directions @ directions.T)
    np.fill_diagonal(cosines, -np.inf)
    return chosen(cosines)


@nearest.mistake(
    "Both are right and in the wrong order: first which sentence, then how "
    "similar."
)
def other_order(vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = directions @ directions.T
    np.fill_diagonal(cosines, -np.inf)
    return cosines.max(axis=1), cosines.argmax(axis=1)


@nearest.mistake(
    "You return a distance, 1 minus the cosine. Asked is the cosine itself.",
    of="cosine",
)
def one_minus(vectors):
    number, cosine = nearest(vectors)
    return number, 1 - cosine


@nearest.mistake(
    "Your numbers count the others only: where the sentence itself is left "
    "out, all that come after it have moved up by one.",
    of="nearest",
)
def moved_up(vectors):
    number, cosine = nearest(vectors)
    return number - (number > np.arange(len(vectors))), cosine


@nearest.explain
def _(yours, right, vectors):
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = directions @ directions.T
    i = int((~agree(yours, right)).argmax())
    if not np.array_equal(right, nearest(vectors)[0]):
        return (
            f"The largest cosine of sentence {i} is {right[i]:.3g}; yours is "
            f"{yours[i]:.3g}."
        )
    j, k = right[i], yours[i]
    if k not in range(len(vectors)):
        return f"Sentences have the numbers 0 to {len(vectors) - 1}."
    if k == i:
        return (
            f"For sentence {i} you return {i} itself. Number {j} is the most "
            f"similar of the others, with the cosine {cosines[i, j]:.3g}."
        )
    return (
        f"For sentence {i} you return number {k:g}, with the cosine "
        f"{cosines[i, int(k)]:.3g}. Number {j} has {cosines[i, j]:.3g}."
    )


@nearest.mistake(
    "You divide by the squares of the lengths. The length of a vector is the "
    "root of the sum of its squares.",
    of="cosine",
)
def squared_lengths(vectors):
    squares = (vectors**2).sum(axis=1)
    cosine = vectors @ vectors.T / np.outer(squares, squares)
    np.fill_diagonal(cosine, -np.inf)
    return cosine.argmax(axis=1), cosine.max(axis=1)


@nearest.mistake(
    "You divide by the sum of the sizes of the entries. The length of a "
    "vector is the root of the sum of its squares.",
    of="cosine",
)
def sums_of_sizes(vectors):
    units = vectors / np.abs(vectors).sum(axis=1, keepdims=True)
    cosine = units @ units.T
    np.fill_diagonal(cosine, -np.inf)
    return cosine.argmax(axis=1), cosine.max(axis=1)


@exercise(
    "A query, and where it looks",
    "s (B, H), W_qm (H, E), memory (T, B, E), lengths (B) -> "
    "context (B, E), weights (T, B)",
    "That is all of attention. What grew out of it asks many such questions "
    "at once, and drops the recurrence.",
)
def attend(s, W_qm, memory, lengths):
    r"""
    One step of attention, with padding done right. Each query `s[b]` is
    compared with every row of its memory, $s W_{qm} \cdot h_t$; the softmax
    over time makes weights of the scores, and the context is the weighted
    sum of the memory's rows. Past `lengths[b]` the memory holds fillers:
    their weight has to be 0, and the others of the column still sum to 1.
    (The scores are small enough for `np.exp`.)
    """
    T = len(memory)  # given
    scores = np.sum((s @ W_qm) * memory, axis=2)
    inside = np.arange(T)[:, None] < lengths  # given
    scores = np.where(inside, scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=0))
    weights = weights / weights.sum(axis=0)
    context = np.sum(weights[..., None] * memory, axis=0)
    return context, weights


attend.hint(
    "`s @ W_qm` is (B, E) and `memory` is (T, B, E): their product is one "
    "number for each entry, and the sum over the last axis the scores (T, B)."
)
attend.hint(
    "A score of minus infinity becomes a weight of 0, since exp(-inf) is 0. "
    "So mask the scores, before the softmax."
)
attend.hint("The sums of the softmax run over time, axis 0.")


@attend.inputs
def _(rng):
    for T, B, H, E, lengths in (
        (5, 3, 7, 2, [5, 2, 4]),
        (1, 2, 3, 4, [1, 1]),
    ):
        yield {
            "s": rng.normal(size=(B, H)),
            "W_qm": rng.normal(size=(H, E)),
            "memory": rng.normal(size=(T, B, E)),
            "lengths": np.array(lengths),
        }


def looked(s, W_qm, memory, lengths, filler=-np.inf, axis=0, late=False):
    """Attention whose fillers, or whose softmax, may be other ones."""
    scores = np.sum((s @ W_qm) * memory, axis=2)
    inside = np.arange(len(memory))[:, None] < lengths
    if not late:
        scores = np.where(inside, scores, filler)
    weights = np.exp(scores - scores.max(axis=axis, keepdims=True))
    weights = weights / weights.sum(axis=axis, keepdims=True)
    if late:
        weights = weights * inside
    return np.sum(weights[..., None] * memory, axis=0), weights


@attend.mistake(
    "The fillers get weight. After the softmax a score of 0 is no small "
    "thing, since exp(0) is 1; what must not be read needs minus infinity.",
    of="weights",
)
def zero_scores(s, W_qm, memory, lengths):
    return looked(s, W_qm, memory, lengths, filler=0.0)


@attend.mistake(
    "You read past the lengths: what stands there are fillers, no states.",
    of="weights",
)
def no_mask(s, W_qm, memory, lengths):
    lengths = np.full_like(lengths, len(memory))
    return looked(s, W_qm, memory, lengths)


@attend.mistake(
    "You take the fillers' weights away after the softmax, so what is left "
    "no longer sums to 1: a short sequence is read more faintly than a "
    "long one.",
    of="weights",
)
def masked_late(s, W_qm, memory, lengths):
    return looked(s, W_qm, memory, lengths, late=True)


@attend.mistake(
    "Your weights sum to 1 over everything at once. Each sequence has a "
    "softmax of its own, over its own time.",
    of="weights",
)
def over_all(s, W_qm, memory, lengths):
    return looked(s, W_qm, memory, lengths, axis=(0, 1))


@attend.mistake(
    "Your context is the mean of the memory: the weights are there, and "
    "nobody uses them."
)
def plain_mean(s, W_qm, memory, lengths):
    return memory.mean(axis=0), looked(s, W_qm, memory, lengths)[1]


@attend.mistake(
    "You divide the scores by the root of E. Transformers do; here the "
    "product is taken as it is.",
    of="weights",
)
def scaled(s, W_qm, memory, lengths):
    return looked(s, W_qm / np.sqrt(memory.shape[2]), memory, lengths)


@attend.mistake(
    "Your softmax runs over the batch: what one sequence looks at would "
    "depend on its neighbours. Time is axis 0.",
    of="weights",
)
def over_batch(s, W_qm, memory, lengths):
    scores = np.sum((s @ W_qm) * memory, axis=2)
    inside = np.arange(len(memory))[:, None] < lengths
    weights = np.exp(np.where(inside, scores, -np.inf))
    weights = weights / weights.sum(axis=1, keepdims=True)
    return np.sum(weights[..., None] * memory, axis=0), weights


@attend.mistake(
    "Your weights are exp(score) and sum to anything. Divide each column by "
    "its sum.",
    of="weights",
)
def unnormalised(s, W_qm, memory, lengths):
    scores = np.sum((s @ W_qm) * memory, axis=2)
    inside = np.arange(len(memory))[:, None] < lengths
    weights = np.exp(np.where(inside, scores, -np.inf))
    return np.sum(weights[..., None] * memory, axis=0), weights


@attend.mistake(
    "You divide the scores by their sum, without exp. Scores may be "
    "negative, and a weight may not.",
    of="weights",
)
def no_exp(s, W_qm, memory, lengths):
    scores = np.sum((s @ W_qm) * memory, axis=2)
    inside = np.arange(len(memory))[:, None] < lengths
    weights = np.where(inside, scores, 0)
    weights = weights / weights.sum(axis=0)
    return np.sum(weights[..., None] * memory, axis=0), weights


@attend.mistake(
    "One filler is read: places count from 0, so the last one inside is "
    "`lengths - 1`.",
    of="weights",
)
def one_filler(s, W_qm, memory, lengths):
    return looked(s, W_qm, memory, lengths + 1)


@attend.mistake(
    "Your context is the mean of the weighted rows. The weights sum to 1 "
    "already; dividing by T once more makes it too small."
)
def mean_of_weighted(s, W_qm, memory, lengths):
    context, weights = looked(s, W_qm, memory, lengths)
    return context / len(memory), weights


@attend.mistake(
    "You pick the row with the largest score. Softmax reads all of them, each "
    "by its weight.",
    of="weights",
)
def largest_alone(s, W_qm, memory, lengths):
    weights = looked(s, W_qm, memory, lengths)[1]
    weights = (weights == weights.max(axis=0)).astype(float)
    return np.sum(weights[..., None] * memory, axis=0), weights


@attend.mistake(
    "Your weights are right, and your context is a sum with exp(score) in "
    "place of them."
)
def context_unnormalised(s, W_qm, memory, lengths):
    return (
        unnormalised(s, W_qm, memory, lengths)[0],
        looked(s, W_qm, memory, lengths)[1],
    )


@attend.explain
def _(yours, right, s, W_qm, memory, lengths):
    if not np.array_equal(right, attend(s, W_qm, memory, lengths)[1]):
        return ""  # the context, which is made of the weights
    past = (yours != 0) & (right == 0)
    if past.any():
        t, b = np.argwhere(past)[0]
        return (
            f"weights[{t}, {b}] lies past lengths[{b}] = {lengths[b]} and "
            f"should be 0; yours is {yours[t, b]:.3g}."
        )
    sums = yours.sum(axis=0)
    b = int(np.abs(sums - 1).argmax())
    if abs(sums[b] - 1) > 1e-6:
        return (
            f"The weights of each sequence sum to 1; yours of b = {b} sum to "
            f"{sums[b]:.3g}."
        )
    t, b = np.argwhere(~agree(yours, right))[0]
    scores = np.sum((s @ W_qm) * memory, axis=2)[: lengths[b], b]
    return (
        f"The scores of b = {b} should be {scores.round(2).tolist()} and give "
        f"weights[{t}, {b}] = {right[t, b]:.3g}; yours is {yours[t, b]:.3g}."
    )


@exercise(
    "One step of a beam",
    "log_p (N, K), scores (N), width -> "
    "parents (W), tokens (W), new_scores (W)",
    "A whole beam search is this step in a loop, and a place to put those "
    "that have ended.",
)
def beam_step(log_p, scores, width):
    r"""
    `N` hypotheses stand in the beam; `scores` are their log-probabilities
    so far. `log_p[i, k]` is the log-probability that hypothesis `i` goes on
    with token `k`. Of all `N` · `K` ways to go on, find the `width` best,
    best first. Return for each which hypothesis it continues (`parents`),
    with which token (`tokens`), and its score. There are always at least
    `width` ways, and no two scores are equal.
    """
    totals = scores[:, None] + log_p
    order = np.argsort(-totals, axis=None)[:width]
    parents, tokens = np.unravel_index(order, totals.shape)
    return parents, tokens, totals[parents, tokens]


beam_step.hint(
    "Probabilities multiply, so their logarithms add: every way to go on "
    "scores its parent's score plus its own `log_p`."
)
beam_step.hint(
    "All ways compete with all others, whoever their parents are. "
    "`np.argsort(-totals, axis=None)` sorts the whole table at once."
)
beam_step.hint(
    "`np.unravel_index(places, totals.shape)` turns places in the flat table "
    "into rows and columns."
)


@beam_step.inputs
def _(rng):
    p = np.array(
        [
            [0.6, 0.3, 0.05, 0.03, 0.02],
            [0.5, 0.45, 0.02, 0.02, 0.01],
            [0.1, 0.07, 0.75, 0.05, 0.03],
        ]
    )
    yield {  # all three go on, one of them twice
        "log_p": np.log(p),
        "scores": np.log([0.4, 0.35, 0.25]),
        "width": 4,
    }
    for N, K, width in (3, 5, 4), (1, 7, 2), (5, 2, 1):
        p = rng.dirichlet(np.ones(K) / 2, size=N) + 1e-3
        yield {
            "log_p": np.log(p / p.sum(axis=1, keepdims=True)),
            "scores": -rng.uniform(0, 3, size=N),
            "width": width,
        }
    # after hundreds of tokens: np.exp of these scores is 0
    p = rng.dirichlet(np.ones(4), size=3)
    scores = np.array([-900.0, -901.5, -903.25])
    yield {"log_p": np.log(p), "scores": scores, "width": 5}
    # so many that the places of a partition are not sorted by chance
    p = np.random.default_rng(5).dirichlet(np.ones(150), size=2)
    yield {"log_p": np.log(p), "scores": np.log([0.7, 0.3]), "width": 120}


def grown(totals, width):
    """The best of a table, best first, without their scores."""
    order = np.argsort(-totals, axis=None)[:width]
    return np.unravel_index(order, totals.shape)


@beam_step.mistake(
    "You forget how likely the hypotheses were before this step: a sure "
    "token after a bad beginning beats a fair one after a good beginning."
)
def past_forgotten(log_p, scores, width):
    parents, tokens = grown(log_p, width)
    return parents, tokens, log_p[parents, tokens]


@beam_step.mistake(
    "You choose rightly, and return what this step adds. The new score is "
    "the old one plus log_p."
)
def step_alone(log_p, scores, width):
    parents, tokens = grown(scores[:, None] + log_p, width)
    return parents, tokens, log_p[parents, tokens]


@beam_step.mistake(
    "Your list begins with the worst. np.argsort sorts upwards; the best "
    "have the largest scores."
)
def worst_first(log_p, scores, width):
    totals = scores[:, None] + log_p
    parents, tokens = grown(-totals, width)
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "You multiply the scores. They are logarithms: the probabilities "
    "multiply, and so the logarithms add.",
    of="new_scores",
)
def multiplied(log_p, scores, width):
    totals = scores[:, None] * log_p
    parents, tokens = grown(totals, width)
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "Each hypothesis sends you only its best token. One parent may have two "
    "children that both beat everybody else's."
)
def one_child_each(log_p, scores, width):
    totals = np.full_like(log_p, -np.inf)
    rows, best = np.arange(len(log_p)), log_p.argmax(axis=1)
    totals[rows, best] = scores + log_p[rows, best]
    parents, tokens = grown(totals, width)
    totals = scores[:, None] + log_p
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "Only the best hypothesis has children with you. The others may have "
    "some that beat its second: all ways compete with all others."
)
def best_parent_alone(log_p, scores, width):
    totals = np.full_like(log_p, -np.inf)
    best = scores.argmax()
    totals[best] = scores[best] + log_p[best]
    parents, tokens = grown(totals, min(width, log_p.shape[1]))
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "The right ones, and the best of them comes last. It should come first."
)
def best_last(log_p, scores, width):
    totals = scores[:, None] + log_p
    parents, tokens = (part[::-1] for part in grown(totals, width))
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "You return probabilities. Scores stay logarithms, or the next step "
    "cannot add to them.",
    of="new_scores",
)
def as_probabilities(log_p, scores, width):
    totals = scores[:, None] + log_p
    parents, tokens = grown(totals, width)
    return parents, tokens, np.exp(totals[parents, tokens])


@beam_step.mistake(
    "You add a probability to a logarithm. `log_p` is the logarithm already: "
    "leave it as it is.",
    of="new_scores",
)
def exp_of_log_p(log_p, scores, width):
    totals = scores[:, None] + np.exp(log_p)
    parents, tokens = grown(totals, width)
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "parents and tokens are exchanged: a row of the table is a hypothesis, "
    "a column is a token."
)
def rows_for_columns(log_p, scores, width):
    totals = scores[:, None] + log_p
    parents, tokens = grown(totals, width)
    return tokens, parents, totals[parents, tokens]


@beam_step.mistake(
    "Your scores are added to the columns. They belong to the rows: "
    "`scores[:, None]`."
)
def scores_to_columns(log_p, scores, width):
    totals = scores + log_p
    parents, tokens = grown(totals, width)
    return parents, tokens, totals[parents, tokens]


@beam_step.mistake(
    "Your tokens are places in the flat table. Of a place, the token is what "
    "is left when whole rows of K are taken away."
)
def flat_places(log_p, scores, width):
    totals = scores[:, None] + log_p
    order = np.argsort(-totals, axis=None)[:width]
    return grown(totals, width)[0], order, totals.ravel()[order]


@beam_step.mistake(
    "You take the places of the flat table apart by N. A row of it holds K "
    "ways to go on."
)
def taken_apart_by_N(log_p, scores, width):
    totals = scores[:, None] + log_p
    order = np.argsort(-totals, axis=None)[:width]
    return *np.divmod(order, len(log_p)), totals.ravel()[order]


@beam_step.explain
def _(yours, right, log_p, scores, width):
    parents, tokens, new_scores = beam_step(log_p, scores, width)
    if not np.array_equal(right, new_scores):
        return ""
    if agree(np.sort(yours), np.sort(right)).all():
        return "You have found the right scores. The best has to come first."
    w = int((~agree(yours, right)).argmax())
    i, k = parents[w], tokens[w]
    return (
        f"Place {w}, counted from 0, is hypothesis {i} with token {k}: "
        f"{scores[i]:.3g} + {log_p[i, k]:.3g} = {right[w]:.3g}. Your score "
        f"there is {yours[w]:.3g}."
    )


@beam_step.mistake(
    "You keep the best way of each hypothesis, and there may be fewer of "
    "these than `width`. All N · K ways compete: one hypothesis may go on "
    "twice, and another not at all."
)
def one_way_each(log_p, scores, width):
    best = (log_p + scores[:, None]).max(axis=1)
    parents = np.argsort(-best)[:width]
    return parents, log_p.argmax(axis=1)[parents], best[parents]


@exercise(
    "The brackets of a tree",
    "row (U) -> spans (N, 3)",
    "Two such lists are all that bracket F1 needs: count the rows they "
    "share. And a stack, you may remember, is a memory that counts.",
)
def spans(row):
    r"""
    A tree is written as a row of integers: `0` is a word, `k` opens a
    bracket of kind `k`, and `-k` closes it. Return one line for each
    bracket, in the order in which they *close*: its kind, the number of
    words before it, and the number of words up to its end. So

    `[1, 2, 0, 0, -2, 3, 0, -3, -1]` has the lines `[2, 0, 2]`, `[3, 2, 3]`
    and `[1, 0, 3]`.

    The brackets always match, and there is at least one.
    """
    words, stack, found = 0, [], []  # given
    for token in row:  # given
        if token == 0:
            words += 1
        elif token > 0:
            stack.append(words)
        else:
            found.append([-token, stack.pop(), words])
    return np.array(found)  # given


spans.hint(
    "Walk along the row and count the words. When a bracket opens, remember "
    "how many there were: that is its start."
)
spans.hint(
    "The bracket that closes is always the one that was opened last. A list "
    "with `append` and `pop` is a stack."
)


@spans.inputs
def _(rng):
    yield {"row": np.array([1, 2, 0, 0, -2, 3, 0, 2, 0, -2, -3, -1])}
    yield {"row": np.array([1, 3, 4, 0, -4, 0, -3, 0, 2, 0, 0, -2, -1])}
    yield {"row": np.array([5, 0, -5])}
    yield {"row": np.array([1, 2, 0, -2, 3, -3, -1])}  # one has no words
    yield {"row": np.array([1, 0, 1, 0, -1, 1, 2, 0, 1, -1, -2, -1, 0, -1])}


@spans.mistake(
    "You keep one beginning for each kind of bracket. A bracket may stand "
    "inside another of its own kind, and the inner one's beginning is then "
    "written over the outer one's."
)
def one_of_each_kind(row):
    words, start, found = 0, {}, []
    for token in row.tolist():
        if token == 0:
            words += 1
        elif token > 0:
            start[token] = words
        else:
            found.append([-token, start[-token], words])
    return np.array(found)


def walked(row, first_out=False, places=False, inclusive=False):
    """The spans, with a queue for a stack, or with other ends."""
    words, waiting, found = 0, [], []
    for place, token in enumerate(row):
        here = place if places else words
        if token == 0:
            words += 1
        elif token > 0:
            waiting.append(here)
        else:
            start = waiting.pop(0) if first_out else waiting.pop()
            found.append([-token, start, here - inclusive])
    return np.array(found)


@spans.mistake(
    "You close the bracket that was opened first. Brackets nest: the one "
    "that closes is the last that was opened, so pop from the end."
)
def a_queue(row):
    return walked(row, first_out=True)


@spans.mistake(
    "You close the bracket that was opened first, its kind and its beginning. "
    "Brackets nest: the one that closes is the last that was opened."
)
def a_queue_of_pairs(row):
    words, queue, found = 0, [], []
    for token in row.tolist():
        if token == 0:
            words += 1
        elif token > 0:
            queue.append([token, words])
        else:
            found.append([*queue.pop(0), words])
    return np.array(found)


@spans.mistake(
    "You count places in the row, brackets among them. Two parsers that "
    "bracket differently would then never agree on anything; count words."
)
def counts_places(row):
    return walked(row, places=True)


@spans.mistake(
    "Your ends name the last word inside. Return the number of words up to "
    "the end, which is one more."
)
def last_inside(row):
    return walked(row, inclusive=True)


@spans.mistake(
    "Your lines come in the order in which the brackets open. They should "
    "come as these close, so that the whole sentence is the last one."
)
def as_they_open(row):
    words, stack, found = 0, [], []
    for token in row:
        if token == 0:
            words += 1
        elif token > 0:
            stack.append(len(found))
            found.append([token, words, 0])
        else:
            found[stack.pop()][2] = words
    return np.array(found)


@spans.mistake(
    "Your kinds are negative: it is the closing bracket's number. Its kind "
    "is the one it closes."
)
def closing_kind(row):
    found = walked(row)
    return found * np.array([-1, 1, 1])


@spans.mistake(
    "You look at the top of the stack and leave it there, so every bracket "
    "starts where the innermost one did. Pop it."
)
def never_popped(row):
    words, stack, found = 0, [], []
    for token in row:
        if token == 0:
            words += 1
        elif token > 0:
            stack.append(words)
        else:
            found.append([-token, stack[-1], words])
    return np.array(found)


@spans.mistake(
    "Your last column says how many words a bracket holds. It should say "
    "where the bracket ends: the number of words up to there."
)
def how_many(row):
    found = walked(row)
    found[:, 2] -= found[:, 1]
    return found


@spans.mistake(
    "Your starts are one too large: the number of the first word inside. "
    "Count the words before it."
)
def first_inside(row):
    return walked(row) + np.array([0, 1, 0])


@spans.mistake("Start and end are exchanged: the start comes first.")
def end_first(row):
    return walked(row)[:, [0, 2, 1]]


@spans.mistake(
    "Your lines are sorted by their numbers. Leave them in the order in "
    "which the brackets close."
)
def sorted_lines(row):
    return np.array(sorted(walked(row).tolist()))


COLUMNS = "kinds", "starts", "ends"


@spans.explain
def _(yours, right, row):
    n = int((~agree(yours, right)).any(axis=1).argmax())
    columns = zip(agree(yours, right).all(axis=0), COLUMNS, strict=True)
    fine = [word for is_right, word in columns if is_right]
    also = f" All your {words(fine)} are right." if fine else ""
    return (
        f"For row = {row.tolist()} line {n}, counted from 0, should be "
        f"{right[n].tolist()}; yours is {yours[n].tolist()}."
        f"{also}"
    )


@spans.mistake(
    "Only the outermost brackets are in your list. Each bracket has a line, "
    "those inside of others, too."
)
def outermost(row):
    words, depth, start, found = 0, 0, 0, []
    for token in row:
        if token > 0 and depth == 0:
            start = words
        words += token == 0
        depth += np.sign(token)
        if token < 0 and depth == 0:
            found.append([-token, start, words])
    return np.array(found)
