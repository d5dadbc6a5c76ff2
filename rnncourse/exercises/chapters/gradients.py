"""Exercises on vanishing and exploding gradients, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise


@exercise(
    "What is left of a gradient",
    "hs (T, H), W_hh (H, H), dh (H) -> left (T)",
    "Run it on any network: the steps until a hundredth is left are a "
    "measure of how far back that network can learn.",
)
def gradient_left(hs, W_hh, dh):
    r"""
    A network has left its states `hs`, and a loss its gradient `dh` at the
    last state. Walk back through time,

    $$dh_{t-1} = \bigl(dh_t \odot (1 - h_t^2)\bigr)\, W_{hh}^\top,$$

    and return how long the gradient is at each distance from the end:
    `left[0]` is the length of `dh` as it came, `left[1]` its length one
    step back, and so on, `T` numbers in all.
    """
    left = []
    for h in hs[::-1]:  # given
        left.append(np.sqrt(np.sum(dh**2)))
        dh = (dh * (1 - h**2)) @ W_hh.T
    return np.array(left)


gradient_left.hint(
    "Two things happen at each step, in this order: note the length, then "
    "walk one step back."
)
gradient_left.hint(
    "The slope of tanh at a state `h` is `1 - h**2`. It is multiplied in "
    "before the matrix, entry by entry."
)
gradient_left.hint(
    "The length of a vector is the root of the sum of its squares; "
    "`np.linalg.norm` knows it, too."
)


@gradient_left.inputs
def _(rng):
    for T, H in (5, 7), (1, 7), (5, 2):
        yield {
            "hs": rng.uniform(-1, 1, size=(T, H)),
            "W_hh": rng.normal(size=(H, H)) / 2,
            "dh": rng.normal(size=H),
        }


def lengths(hs, W_hh, dh, slope=True):
    """Return the lengths on the way back; the slope may be left out."""
    left = []
    for h in hs[::-1]:
        left.append(np.sqrt(np.sum(dh**2)))
        dh = (dh * (1 - h**2) if slope else dh) @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "You divide by the slope of tanh. On its way back a gradient is "
    "multiplied by it: where tanh is flat, little comes through."
)
def divided_by_the_slope(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        left.append(np.sqrt(np.sum(dh**2)))
        dh = (dh / (1 - h**2)) @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "You walk past tanh without its slope. That is the story of a straight "
    "unit; here each step back first multiplies by 1 - h² of its state."
)
def no_slope(hs, W_hh, dh):
    return lengths(hs, W_hh, dh, slope=False)


@gradient_left.mistake(
    "You walk back through W_hh as you would walk forward. On the way back "
    "it is transposed: each unit hears from those it once sent to."
)
def not_transposed(hs, W_hh, dh):
    return lengths(hs, W_hh.T, dh)


@gradient_left.mistake(
    "You walk from the first state to the last. The gradient starts at the "
    "end: the first slope it meets is that of hs[-1]."
)
def forward_in_time(hs, W_hh, dh):
    return lengths(hs[::-1], W_hh, dh)


@gradient_left.mistake(
    "Your lengths come in the order of time. left[0] is asked for at the "
    "end, where the gradient starts, and each later one a step further back."
)
def in_order_of_time(hs, W_hh, dh):
    return lengths(hs, W_hh, dh)[::-1]


@gradient_left.mistake(
    "You walk first and note the length afterwards, so the length of the "
    "gradient as it came is missing and all others come one place early."
)
def one_step_early(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        dh = (dh * (1 - h**2)) @ W_hh.T
        left.append(np.sqrt(np.sum(dh**2)))
    return np.array(left)


@gradient_left.mistake(
    "You add up the squares and do not take the root. The length of a "
    "vector of one number, -3, is 3 and not 9."
)
def squared(hs, W_hh, dh):
    return lengths(hs, W_hh, dh) ** 2


@gradient_left.mistake(
    "You add up absolute values. The length goes by squares: (3, 4) is 5 "
    "long, not 7."
)
def absolute_values(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        left.append(np.sum(np.abs(dh)))
        dh = (dh * (1 - h**2)) @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "You divide by the first length. A share of what came is a good thing "
    "to plot; asked for are the lengths themselves."
)
def shares_of_the_first(hs, W_hh, dh):
    left = lengths(hs, W_hh, dh)
    return left / left[0]


@gradient_left.mistake(
    "You note the length in the middle of a step, when tanh's slope is in "
    "and the matrix is not. Note it before the step, as it came."
)
def in_the_middle(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        dh = dh * (1 - h**2)
        left.append(np.sqrt(np.sum(dh**2)))
        dh = dh @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "You multiply by tanh's slope after the matrix. The gradient at h_t "
    "meets the slope of its own step first."
)
def slope_too_late(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        left.append(np.sqrt(np.sum(dh**2)))
        dh = (dh @ W_hh.T) * (1 - h**2)
    return np.array(left)


@exercise(
    "A start of any radius",
    "random (H, H), radius () -> W_hh (H, H)",
    "Now you can start a network anywhere you like: on the ridge, or on "
    "either side of it. What happens in the first few steps, as you saw at "
    "the hump, the radius does not tell.",
)
def scaled_to(random, radius):
    r"""
    The spectral radius of a matrix is the distance from zero of that
    eigenvalue which is farthest from zero. A real matrix can have complex
    eigenvalues; they count like the others. Multiply a random matrix by one
    number so that its spectral radius becomes `radius`, and return it.
    """
    now = np.max(np.abs(np.linalg.eigvals(random)))
    return random * radius / now


scaled_to.hint("`np.linalg.eigvals` returns all eigenvalues of a matrix.")
scaled_to.hint(
    "The distance of a complex number from zero is `np.abs` of it: for "
    "3 + 4i that is 5."
)
scaled_to.hint(
    "Twice the matrix has twice the eigenvalues. So divide by the radius it "
    "has, and multiply by the one it should have."
)


@scaled_to.inputs
def _(rng):
    yield {"random": rng.normal(size=(5, 5)), "radius": np.array(0.9)}
    yield {
        "random": np.array([[0.9, 5.0], [0.0, -1.3]]),
        "radius": np.array(1.1),
    }
    yield {
        "random": 1.1 * np.array([[0.0, 1.0], [-1.0, 0.0]]),
        "radius": np.array(0.5),
    }
    yield {"random": np.array([[-2.0]]), "radius": np.array(1.0)}
    yield {  # a complex pair is the farthest, and turns as it stretches
        "random": np.array(
            [
                [0.5, 2.0, 0.3, -0.4],
                [-0.7, 0.3, 1.1, 0.2],
                [0.0, 0.0, 0.6, 0.9],
                [0.0, 0.0, 0.0, -0.8],
            ]
        ),
        "radius": np.array(1.0),
    }


def real_eigenvalues(random):
    """Return the real parts of the eigenvalues."""
    return np.real(np.linalg.eigvals(random))


@scaled_to.mistake(
    "You scale by the largest stretch, the largest singular value. It sees "
    "one step, the radius sees many; the radius of yours is too small."
)
def largest_stretch(random, radius):
    return random * radius / np.linalg.norm(random, 2)


@scaled_to.mistake(
    "You take the largest eigenvalue and not the farthest from zero: -2 is "
    "farther from zero than 1, and it makes gradients grow as 2 does."
)
def without_size(random, radius):
    with np.errstate(divide="ignore", invalid="ignore"):
        return random * radius / np.max(real_eigenvalues(random))


@scaled_to.mistake(
    "You drop the imaginary parts. An eigenvalue such as 1.1i turns and "
    "grows; its distance from zero is 1.1, its real part 0."
)
def real_parts(random, radius):
    with np.errstate(divide="ignore", invalid="ignore"):
        return random * radius / np.max(np.abs(real_eigenvalues(random)))


@scaled_to.mistake(
    "You look at the diagonal. The eigenvalues stand there if all is zero "
    "on one side of it, and in general they do not."
)
def diagonal(random, radius):
    with np.errstate(divide="ignore", invalid="ignore"):
        return random * radius / np.max(np.abs(np.diag(random)))


@scaled_to.mistake(
    "You divide by the length of all entries taken as one vector. It says "
    "how large the matrix is, not what its powers do."
)
def all_entries(random, radius):
    return random * radius / np.sqrt(np.sum(random**2))


@scaled_to.mistake(
    "You multiply by the radius that is wanted and forget the one that is "
    "there: your matrix is right if the radius was 1 to begin with."
)
def not_divided(random, radius):
    return random * radius


@scaled_to.mistake(
    "You bring the radius to 1 and leave it there. What has become of the "
    "one that is wanted?"
)
def always_one(random, radius):
    return random / np.max(np.abs(np.linalg.eigvals(random)))


@scaled_to.mistake(
    "Your factor is upside down. If the radius is 2 and 1 is wanted, the "
    "matrix has to become half of itself."
)
def upside_down(random, radius):
    return random * np.max(np.abs(np.linalg.eigvals(random))) / radius


@scaled_to.mistake(
    "You take the eigenvalue that comes first. They come in no order: look "
    "for the one farthest from zero."
)
def the_first(random, radius):
    return random * radius / np.abs(np.linalg.eigvals(random)[0])


@scaled_to.mistake(
    "eigvalsh is for symmetric matrices: it reads one triangle and takes the "
    "other for its mirror image. This matrix is not symmetric."
)
def as_if_symmetric(random, radius):
    with np.errstate(divide="ignore", invalid="ignore"):
        return random * radius / np.max(np.abs(np.linalg.eigvalsh(random)))


@scaled_to.mistake(
    "You average the eigenvalues' distances. In the long run the farthest "
    "one wins alone: 1.1 to the hundredth is 13,781, and 0.9 is nothing."
)
def averaged(random, radius):
    return random * radius / np.mean(np.abs(np.linalg.eigvals(random)))


@exercise(
    "The product of Jacobians",
    "hs (T, H), W_hh (H, H) -> J (H, H)",
    "Everything in this chapter is a statement about this one matrix. "
    "Vanishing: it is nearly zero. Exploding: it is huge.",
)
def jacobian(hs, W_hh):
    r"""
    How does the last state depend on the state before the first step?
    Return the matrix of all partial derivatives: `J[i, j]` says how much
    unit `j` of the last state changes if unit `i` of the state *before* the
    first step changes a little.

    One step, $h_t = \tanh(\dots + h_{t-1} W_{hh})$, has the matrix $J_t$
    with the entries $(W_{hh})_{ij}\,(1 - h_{t,j}^2)$. The steps follow each
    other, so their matrices are multiplied: $J_1 J_2 \cdots J_T$.
    """
    J = np.eye(len(W_hh))  # given
    for h in hs:  # given
        J = J @ (W_hh * (1 - h**2))
    return J  # given


jacobian.hint(
    "A small change `e` of the state before becomes `e @ J_1` after one "
    "step, `e @ J_1 @ J_2` after two. So the later step stands on the right."
)
jacobian.hint(
    "`1 - h**2` has one number a column: `W_hh * (1 - h**2)` multiplies "
    "each column by its own."
)


@jacobian.inputs
def _(rng):
    for T, H in (5, 3), (1, 3), (5, 2):
        yield {
            "hs": rng.uniform(-1, 1, size=(T, H)),
            "W_hh": rng.normal(size=(H, H)),
        }


@jacobian.mistake(
    "You divide by the slope of tanh. On its way back a gradient is "
    "multiplied by it: where tanh is flat, little comes through."
)
def by_the_reciprocal(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = J @ (W_hh / (1 - h**2))
    return J


@jacobian.mistake(
    "This is the power of the matrix alone. Each step also goes through "
    "tanh, whose slope 1 - h² multiplies its columns."
)
def power(hs, W_hh):
    return np.linalg.matrix_power(W_hh, len(hs))


@jacobian.mistake(
    "The slopes multiply your rows. In h @ W_hh a column belongs to the unit "
    "that receives, and the slope is that of the receiving unit."
)
def by_rows(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = J @ (W_hh * (1 - h**2)[:, None])
    return J


@jacobian.mistake(
    "You put each new step on the left. A change runs through the first step "
    "first; with states as rows, the first step stands leftmost."
)
def other_order(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = (W_hh * (1 - h**2)) @ J
    return J


@jacobian.mistake(
    "You multiply the steps entry by entry with *. A change of one unit "
    "reaches all others and comes back; the product of matrices, @, adds up "
    "all those ways."
)
def entry_by_entry(hs, W_hh):
    J = np.ones_like(W_hh)
    for h in hs:
        J = J * (W_hh * (1 - h**2))
    return J


@jacobian.mistake(
    "You add the steps. Changes that follow each other multiply: the chain "
    "rule is a product."
)
def added(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = J + W_hh * (1 - h**2)
    return J


@jacobian.mistake(
    "This is the last step alone: each step overwrites J. The steps before "
    "it have to be multiplied in."
)
def last_step(hs, W_hh):
    return W_hh * (1 - hs[-1] ** 2)


@jacobian.mistake(
    "You leave out a step. hs[0] comes out of the first one, so there are as "
    "many factors as states."
)
def one_step_short(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs[1:]:
        J = J @ (W_hh * (1 - h**2))
    return J


@jacobian.mistake(
    "You transposed W_hh, as the walk back does. Here a change walks "
    "forward, through W_hh as it is."
)
def transposed_matrix(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = J @ (W_hh.T * (1 - h**2))
    return J


@jacobian.mistake(
    "Your matrix is transposed: J[i, j] leads from unit i, before, to unit "
    "j, after. With the gradient one walks the other way."
)
def transposed(hs, W_hh):
    return jacobian(hs, W_hh).T


@exercise(
    "Clip by norm",
    "dW_xh (D, H), dW_hh (H, H), db (H), limit () -> "
    "dW_xh (D, H), dW_hh (H, H), db (H)",
    "The direction is what the backward pass was for. Your function keeps "
    "it, whatever the limit.",
)
def clip_by_norm(dW_xh, dW_hh, db, limit):
    r"""
    Three arrays together are one gradient, and its **norm** is the root of
    the sum of the squares of *all* their numbers. If the norm is larger
    than `limit`, shorten the gradient to that length without turning it;
    else leave it as it is. Return the three arrays.
    """
    norm = np.sqrt(sum(np.sum(g**2) for g in (dW_xh, dW_hh, db)))
    scale = min(1, limit / norm)
    return dW_xh * scale, dW_hh * scale, db * scale


clip_by_norm.hint(
    "There is one norm, over all three arrays: `np.sum(g**2)` of each, "
    "added, and then one root."
)
clip_by_norm.hint(
    "A vector that is multiplied by one number keeps its direction. Which "
    "number gives it the length `limit`?"
)
clip_by_norm.hint(
    "A gradient that is short enough must not grow: the factor is never "
    "above 1."
)


@clip_by_norm.inputs
def _(rng):
    def gradient(size):
        return {
            "dW_xh": size * rng.normal(size=(2, 3)),
            "dW_hh": 3 * size * rng.normal(size=(3, 3)),
            "db": 0.1 * size * rng.normal(size=3),
        }

    yield gradient(5.0) | {"limit": np.array(1.0)}
    yield gradient(0.01) | {"limit": np.array(1.0)}
    yield gradient(1.0) | {"limit": np.array(0.25)}
    yield gradient(1.0) | {"limit": np.array(3.0)}


def norm_of(*grads):
    """Return the norm of all arrays taken as one vector."""
    return np.sqrt(sum(np.sum(g**2) for g in grads))


@clip_by_norm.mistake(
    "You clipped each array alone, so the direction of the gradient changed: "
    "a long array was shortened and a short one was not. There is one norm "
    "for all three."
)
def each_alone(dW_xh, dW_hh, db, limit):
    grads = dW_xh, dW_hh, db
    return tuple(g * min(1, limit / norm_of(g)) for g in grads)


@clip_by_norm.mistake(
    "You bound every number by itself. Large numbers shrink, small ones "
    "stay, and the gradient turns, by tens of degrees in this chapter."
)
def each_number(dW_xh, dW_hh, db, limit):
    grads = dW_xh, dW_hh, db
    return tuple(np.clip(g, -limit, limit) for g in grads)


@clip_by_norm.mistake(
    "You give every gradient the length of the limit, the short ones too. "
    "Near a minimum, steps would never become small. Clipping only shortens."
)
def always_to_limit(dW_xh, dW_hh, db, limit):
    scale = limit / norm_of(dW_xh, dW_hh, db)
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You compare with the sum of the squares. The norm is its root: without "
    "it, the gradient becomes much too short."
)
def no_root(dW_xh, dW_hh, db, limit):
    scale = min(1, limit / norm_of(dW_xh, dW_hh, db) ** 2)
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You throw a long gradient away. It is too long, not wrong: its "
    "direction is the one thing you still want from it."
)
def thrown_away(dW_xh, dW_hh, db, limit):
    keep = norm_of(dW_xh, dW_hh, db) <= limit
    return dW_xh * keep, dW_hh * keep, db * keep


@clip_by_norm.mistake(
    "You add the three norms. Lengths at right angles to each other add as "
    "squares: 3 and 4 make 5, not 7."
)
def norms_added(dW_xh, dW_hh, db, limit):
    total = norm_of(dW_xh) + norm_of(dW_hh) + norm_of(db)
    scale = min(1, limit / total)
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You shorten a long gradient to length 1. Shorten it to limit."
)
def to_length_one(dW_xh, dW_hh, db, limit):
    norm = norm_of(dW_xh, dW_hh, db)
    scale = 1 if norm <= limit else 1 / norm
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You multiply by the limit itself. That changes the length by this "
    "factor; it does not make it the length."
)
def times_limit(dW_xh, dW_hh, db, limit):
    scale = 1 if norm_of(dW_xh, dW_hh, db) <= limit else limit
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "Your factor is never below 1, so long gradients stay as they are and "
    "short ones grow. The other way round."
)
def grows_only(dW_xh, dW_hh, db, limit):
    scale = max(1, limit / norm_of(dW_xh, dW_hh, db))
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You compare the largest number of all with the limit. All three arrays "
    "keep their direction, which is good, but are longer than the limit."
)
def largest_number(dW_xh, dW_hh, db, limit):
    grads = dW_xh, dW_hh, db
    scale = min(1, limit / max(np.max(np.abs(g)) for g in grads))
    return tuple(g * scale for g in grads)


@clip_by_norm.mistake(
    "You measure W_hh's gradient alone. The other two belong to the same "
    "arrow, and add to its length."
)
def one_array_measured(dW_xh, dW_hh, db, limit):
    scale = min(1, limit / norm_of(dW_hh))
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "np.linalg.norm(…, 2) of a matrix is its largest stretch. Here all its "
    "numbers count as one vector: leave out the 2."
)
def spectral_norms(dW_xh, dW_hh, db, limit):
    grads = dW_xh, dW_hh, db
    norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads))
    scale = min(1, limit / norm)
    return tuple(g * scale for g in grads)


@exercise(
    "An orthogonal start",
    "random (H, H) -> W_hh (H, H)",
    "Every stretch of your matrix is 1, so none of its powers vanishes or "
    "explodes. What tanh takes on the way is another matter.",
)
def orthogonal_start(random):
    r"""
    Make an orthogonal matrix of a random one: `W_hh @ W_hh.T` is the
    identity, so it turns vectors and stretches none. Take the rows of
    `random` from the first to the last. From each, subtract its projection
    on every row that you have already, and then give it length 1. (This is
    the method of Gram and Schmidt.)
    """
    rows = []
    for row in random:  # given
        for done in rows:
            row = row - (row @ done) * done
        rows.append(row / np.sqrt(row @ row))
    return np.array(rows)


orthogonal_start.hint(
    "The projection of `row` on a row `done` of length 1 is "
    "`(row @ done) * done`."
)
orthogonal_start.hint(
    "An inner loop over the rows you have: each takes away its part. What "
    "is left is perpendicular to all of them."
)
orthogonal_start.hint(
    "Length last: divide by `np.sqrt(row @ row)`, and put the row aside. "
    "`np.array` makes a matrix of a list of rows."
)


@orthogonal_start.inputs
def _(rng):
    for H in 5, 1, 2:
        yield {"random": rng.normal(size=(H, H)) + 0.3}


@orthogonal_start.mistake(
    "Every row has length 1, but the rows are not perpendicular. Before the "
    "length, take from each row what it shares with those above it."
)
def lengths_alone(random):
    return random / np.sqrt(np.sum(random**2, axis=1, keepdims=True))


@orthogonal_start.mistake(
    "The rows are perpendicular and have the wrong length, so some "
    "directions grow and some shrink. Each row is divided by its length."
)
def no_lengths(random):
    rows = []
    for row in random:
        for done in rows:
            row = row - (row @ done) / (done @ done) * done
        rows.append(row)
    return np.array(rows)


@orthogonal_start.mistake(
    "You subtract the projection on the row right above alone. A row has to "
    "be perpendicular to all rows that came before it."
)
def last_row_only(random):
    rows = []
    for row in random:
        for done in rows[-1:]:
            row = row - (row @ done) * done
        rows.append(row / np.sqrt(row @ row))
    return np.array(rows)


@orthogonal_start.mistake(
    "You subtract projections on the rows of random. They are not "
    "perpendicular to each other: take the rows that you have made."
)
def on_given_rows(random):
    rows = []
    for i, row in enumerate(random):
        for given in random[:i]:
            row = row - (row @ given) / (given @ given) * given
        rows.append(row / np.sqrt(row @ row))
    return np.array(rows)


@orthogonal_start.mistake(
    "You subtract projections on the rows of random, as if they had length "
    "1. Take the rows that you have made."
)
def on_given_rows_as_they_are(random):
    rows = []
    for i, row in enumerate(random):
        for given in random[:i]:
            row = row - (row @ given) * given
        rows.append(row / np.sqrt(row @ row))
    return np.array(rows)


@orthogonal_start.mistake(
    "You subtract from each row its projections on the rows of random, which "
    "are not perpendicular to each other: take the rows that you have made."
)
def all_given_rows_at_once(random):
    directions = random / np.sqrt(np.sum(random**2, axis=1, keepdims=True))
    rows = []
    for i, row in enumerate(random):
        done = directions[:i]
        row = row - (done @ row) @ done
        rows.append(row / np.sqrt(row @ row))
    return np.array(rows)


@orthogonal_start.mistake(
    "You give a row its length first and subtract afterwards. That makes it "
    "shorter again; length comes last."
)
def length_first(random):
    rows = []
    for row in random:
        row = row / np.sqrt(row @ row)
        for done in rows:
            row = row - (row @ done) * done
        rows.append(row)
    return np.array(rows)


@orthogonal_start.mistake(
    "You divide a row by the sum of its squares. Its length is the root of "
    "that."
)
def length_without_root(random):
    rows = []
    for row in random:
        for done in rows:
            row = row - (row @ done) * done
        rows.append(row / (row @ row))
    return np.array(rows)


@orthogonal_start.mistake(
    "np.linalg.qr takes the columns, and turns some of them around. Its Q is "
    "orthogonal, too, and another matrix."
)
def from_qr(random):
    return np.linalg.qr(random)[0]


@orthogonal_start.mistake(
    "These are the right rows, but np.linalg.qr has turned some of them "
    "around. Two loops will do it without."
)
def from_qr_of_rows(random):
    return np.linalg.qr(random.T)[0].T


@orthogonal_start.mistake(
    "You divide the whole matrix by one number. That brings its largest "
    "stretch to 1, and all its others stay below: the gradient vanishes in "
    "nearly every direction."
)
def one_number(random):
    return random / np.linalg.norm(random, 2)


@orthogonal_start.mistake(
    "You scale the matrix to a spectral radius of 1. Then its powers neither "
    "die nor grow in the long run, but on the way it still stretches."
)
def radius_one(random):
    return random / np.max(np.abs(np.linalg.eigvals(random)))


@orthogonal_start.mistake(
    "You took the columns where the rows were asked for. The result is "
    "orthogonal, too, and another one."
)
def columns(random):
    return orthogonal_start(random.T).T
