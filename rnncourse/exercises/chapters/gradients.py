"""Exercises on vanishing and exploding gradients, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "What is left of a gradient",
    "hs (T, H), W_hh (H, H), dh (H) -> left (T)",
    "Run it on any network: the steps until a hundredth is left are a "
    "measure of how far back a gradient reaches in it.",
)
def gradient_left(hs, W_hh, dh):
    r"""
    `hs` holds the states of a network, and `dh` is the gradient of a loss
    at the last one. Walk back through time,

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
    yield {  # the gradient is as good as gone, and that is what is asked
        "hs": rng.uniform(-1, 1, size=(6, 3)),
        "W_hh": rng.normal(size=(3, 3)) / 20,
        "dh": rng.normal(size=3),
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
    return gradient_left(hs, W_hh.T, dh)


@gradient_left.mistake(
    "You walk from the first state to the last. The gradient starts at the "
    "end: the first slope it meets is that of hs[-1]."
)
def forward_in_time(hs, W_hh, dh):
    return gradient_left(hs[::-1], W_hh, dh)


@gradient_left.mistake(
    "Your lengths come in the order of time. left[0] is asked for at the "
    "end, where the gradient starts, and each later one a step further back."
)
def in_order_of_time(hs, W_hh, dh):
    return gradient_left(hs, W_hh, dh)[::-1]


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
    return gradient_left(hs, W_hh, dh) ** 2


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
    left = gradient_left(hs, W_hh, dh)
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


def with_slope(hs, W_hh, dh, slope):
    """Return the lengths for another idea of tanh's slope."""
    left = []
    for h in hs[::-1]:
        left.append(np.sqrt(np.sum(dh**2)))
        dh = (dh * slope(h)) @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "The square is missing in your slope: that of tanh is 1 minus h squared."
)
def no_square(hs, W_hh, dh):
    return with_slope(hs, W_hh, dh, lambda h: 1 - h)


@gradient_left.mistake(
    "You take the tanh of h, which is a tanh already. Its slope needs h alone."
)
def bent_twice(hs, W_hh, dh):
    return with_slope(hs, W_hh, dh, lambda h: 1 - np.tanh(h) ** 2)


@gradient_left.mistake(
    "h * (1 - h) is the slope of the logistic sigmoid. This network bends "
    "with tanh."
)
def slope_of_sigmoid(hs, W_hh, dh):
    return with_slope(hs, W_hh, dh, lambda h: h * (1 - h))


@gradient_left.mistake(
    "You return the largest entry at each distance. The length takes all of "
    "them: the root of the sum of the squares."
)
def largest_entry(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        left.append(np.abs(dh).max())
        dh = (dh * (1 - h**2)) @ W_hh.T
    return np.array(left)


@gradient_left.mistake(
    "You add up the entries as they are, and opposite signs cancel. The "
    "length is the root of the sum of their squares."
)
def entries_summed(hs, W_hh, dh):
    left = []
    for h in hs[::-1]:
        left.append(dh.sum())
        dh = (dh * (1 - h**2)) @ W_hh.T
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
        "radius": np.array(1.6),  # it has to grow
    }
    yield {
        "random": 1.1 * np.array([[0.0, 1.0], [-1.0, 0.0]]),
        "radius": np.array(0.5),
    }
    yield {"random": np.array([[-2.0]]), "radius": np.array(1.0)}
    yield {"random": np.array([[0.25]]), "radius": np.array(0.75)}
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
    "You divide by the square of a distance. That of 3 + 4i from zero is 5, "
    "the root of 9 + 16."
)
def distance_without_root(random, radius):
    now = np.max(np.abs(np.linalg.eigvals(random)))
    return scaled_to(random, radius) / now


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


@scaled_to.explain
def _(yours, right, random, radius):
    """Say the radius that came out."""
    k = np.abs(random).argmax()
    if not np.allclose(yours * random.flat[k], random * yours.flat[k]):
        return "Yours is no multiple of random: one number multiplies it all."
    now = np.max(np.abs(np.linalg.eigvals(yours)))
    return f"The spectral radius of yours is {now:.4g}, not {radius:.4g}."


@scaled_to.mistake(
    "You only ever make the matrix smaller. One whose radius is below the "
    "wanted one has to grow."
)
def never_grown(random, radius):
    return random * min(1, radius / np.max(np.abs(np.linalg.eigvals(random))))


@scaled_to.mistake(
    "You take the eigenvalue that is nearest to zero. In the long run the "
    "farthest one decides."
)
def nearest(random, radius):
    return random * radius / np.min(np.abs(np.linalg.eigvals(random)))


@scaled_to.mistake(
    "You take the largest entry. It says how strong one connection is; the "
    "radius is a matter of eigenvalues."
)
def largest_entry_of_all(random, radius):
    return random * radius / np.max(np.abs(random))


@scaled_to.mistake(
    "You choose the largest eigenvalue before you take distances. Choose the "
    "largest *distance*: a negative or complex one may be farther from zero."
)
def distance_of_the_largest(random, radius):
    return random * radius / np.abs(np.max(np.linalg.eigvals(random)))


@scaled_to.mistake(
    "You add the eigenvalues up before you take the distance from zero. Each "
    "has a distance of its own, and the largest of them counts."
)
def sum_of_eigenvalues(random, radius):
    return random * radius / np.abs(np.linalg.eigvals(random).sum())


@scaled_to.mistake(
    "You scale by the determinant, the product of all eigenvalues. The one "
    "that is farthest from zero counts alone."
)
def by_the_determinant(random, radius):
    rho = np.abs(np.linalg.det(random)) ** (1 / len(random))
    return random * radius / rho


@exercise(
    "The product of Jacobians",
    "hs (T, H), W_hh (H, H) -> J (H, H)",
    "Everything in this chapter is a statement about this one matrix. "
    "Vanishing: it is nearly zero. Exploding: it is huge.",
)
def jacobian(hs, W_hh):
    r"""
    How does the last state depend on the state before the first step?
    Return the matrix of all partial derivatives (the **Jacobian**):
    `J[i, j]` says how much unit `j` of the last state changes if unit `i` of
    the state *before* the first step changes a little.

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
    "`1 - h**2` has one number per column: `W_hh * (1 - h**2)` multiplies "
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
    "Your factors are in the reverse order. A change runs through the first "
    "step first; with states as rows, the first step stands leftmost."
)
def other_order(hs, W_hh):
    return jacobian(hs[::-1], W_hh)


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
    return jacobian(hs[1:], W_hh)


@jacobian.mistake(
    "You transposed W_hh, as the walk back does. Here a change walks "
    "forward, through W_hh as it is."
)
def transposed_matrix(hs, W_hh):
    return jacobian(hs, W_hh.T)


@jacobian.mistake(
    "Your matrix is transposed: J[i, j] leads from unit i, before, to unit "
    "j, after. With the gradient one walks the other way."
)
def transposed(hs, W_hh):
    return jacobian(hs, W_hh).T


def chained(hs, W_hh, slope, start=None):
    """Return a product of Jacobians, for another slope or another start."""
    J = np.eye(len(W_hh)) if start is None else start
    for h in hs:
        J = J @ (W_hh * slope(h))
    return J


@jacobian.mistake(
    "The square is missing in your slope: that of tanh is 1 minus h squared."
)
def slope_without_square(hs, W_hh):
    return chained(hs, W_hh, lambda h: 1 - h)


@jacobian.mistake(
    "You take the tanh of h, which is a tanh already. Its slope needs h alone."
)
def tanh_once_more(hs, W_hh):
    return chained(hs, W_hh, lambda h: 1 - np.tanh(h) ** 2)


@jacobian.mistake(
    "One factor W_hh is too many. There are as many matrices as steps: begin "
    "with the identity, which changes nothing."
)
def begun_with_W_hh(hs, W_hh):
    return chained(hs, W_hh, lambda h: 1 - h**2, W_hh)


@jacobian.mistake(
    "The last step is missing. There are as many factors as states, hs[-1] "
    "among them."
)
def last_step_missing(hs, W_hh):
    return jacobian(hs[:-1], W_hh)


@jacobian.mistake(
    "This is the first step alone: does return stand inside the loop?"
)
def first_step_alone(hs, W_hh):
    return jacobian(hs[:1], W_hh)


@jacobian.mistake(
    "You begin with ones. The matrix that changes nothing in a product is "
    "the identity, np.eye."
)
def begun_with_ones(hs, W_hh):
    return chained(hs, W_hh, lambda h: 1 - h**2, np.ones_like(W_hh))


@jacobian.mistake(
    "With * you multiply entry by entry. The steps follow each other by the "
    "product of matrices, @."
)
def entries_from_the_identity(hs, W_hh):
    J = np.eye(len(W_hh))
    for h in hs:
        J = J * (W_hh * (1 - h**2))
    return J


@jacobian.mistake(
    "h * (1 - h) is the slope of the logistic sigmoid. This network bends "
    "with tanh."
)
def slope_of_the_sigmoid(hs, W_hh):
    return chained(hs, W_hh, lambda h: h * (1 - h))


@jacobian.mistake(
    "You add the steps' matrices. Changes that follow each other multiply: "
    "the chain rule is a product."
)
def a_sum_of_steps(hs, W_hh):
    return sum(W_hh * (1 - h**2) for h in hs)


@jacobian.mistake(
    "The first step is in your product twice: you start from its matrix, and "
    "the loop multiplies it in once more."
)
def first_step_twice(hs, W_hh):
    return jacobian(np.concatenate([hs[:1], hs]), W_hh)


@jacobian.mistake(
    "You multiply the matrices first and the slopes at the end. Each step "
    "multiplies by W_hh and by its own slopes, one after the other."
)
def slopes_at_the_end(hs, W_hh):
    slopes = np.prod(1 - hs**2, axis=0)
    return np.linalg.matrix_power(W_hh, len(hs)) * slopes


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
    def gradient(size, recurrent=3):
        return {
            "dW_xh": size * rng.normal(size=(2, 3)),
            "dW_hh": recurrent * size * rng.normal(size=(3, 3)),
            "db": 0.1 * size * rng.normal(size=3),
        }

    yield gradient(5.0) | {"limit": np.array(1.0)}
    yield gradient(0.01) | {"limit": np.array(1.0)}
    yield gradient(1.0) | {"limit": np.array(0.25)}
    yield gradient(3.0, recurrent=0.1) | {"limit": np.array(3.0)}
    yield gradient(0.1) | {"limit": np.array(0.25)}  # both below 1
    yield gradient(1.0, recurrent=1) | {"limit": np.array(20.0)}  # both above


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
    long = [1e9 * g for g in (dW_xh, dW_hh, db)]  # longer than any limit
    return clip_by_norm(*long, limit)


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


def shortened(dW_xh, dW_hh, db, limit, norm):
    """Clip by another idea of the norm."""
    scale = min(1, limit / norm)
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "You take the largest of the three norms. The three arrays are one "
    "arrow, and all of them add to its length."
)
def largest_norm(dW_xh, dW_hh, db, limit):
    norm = max(norm_of(g) for g in (dW_xh, dW_hh, db))
    return shortened(dW_xh, dW_hh, db, limit, norm)


@clip_by_norm.mistake(
    "The bias is missing in your norm: the squares of *all* numbers are "
    "added, those of db too."
)
def without_bias(dW_xh, dW_hh, db, limit):
    return shortened(dW_xh, dW_hh, db, limit, norm_of(dW_xh, dW_hh))


@clip_by_norm.mistake(
    "You add up absolute values. The norm goes by squares, and its root."
)
def absolute_values_added(dW_xh, dW_hh, db, limit):
    norm = sum(np.abs(g).sum() for g in (dW_xh, dW_hh, db))
    return shortened(dW_xh, dW_hh, db, limit, norm)


@clip_by_norm.mistake(
    "You take the root of the *mean* square. The norm is the root of the sum."
)
def mean_square(dW_xh, dW_hh, db, limit):
    size = dW_xh.size + dW_hh.size + db.size
    norm = norm_of(dW_xh, dW_hh, db) / np.sqrt(size)
    return shortened(dW_xh, dW_hh, db, limit, norm)


@clip_by_norm.mistake(
    "Your factor is upside down: a gradient twice as long as the limit is to "
    "be halved, and yours is doubled."
)
def factor_upside_down(dW_xh, dW_hh, db, limit):
    scale = max(1, norm_of(dW_xh, dW_hh, db) / limit)
    return dW_xh * scale, dW_hh * scale, db * scale


@clip_by_norm.mistake(
    "Nothing is shortened. If you loop over the three arrays, g = g * … "
    "gives a new array to the name g and leaves the three as they were."
)
def as_it_was(dW_xh, dW_hh, db, limit):
    return dW_xh, dW_hh, db


@clip_by_norm.mistake(
    "You measure the norm anew after you have shortened an array. Measure it "
    "once, and shorten all three by the same number."
)
def measured_between(dW_xh, dW_hh, db, limit):
    grads = [dW_xh, dW_hh, db]
    for i, g in enumerate(grads):
        grads[i] = g * min(1, limit / norm_of(*grads))
    return tuple(grads)


@clip_by_norm.explain
def _(yours, right, dW_xh, dW_hh, db, limit):
    """Say by what an array is multiplied, and what was to be measured."""
    given = next(g for g in (dW_xh, dW_hh, db) if g.shape == right.shape)
    factor = yours.flat[0] / given.flat[0]
    if not np.allclose(yours, factor * given):
        return "Yours points another way: one number multiplies all of them."
    return (
        f"The norm of all three together is {norm_of(dW_xh, dW_hh, db):.4g}, "
        f"the limit {limit:.4g}; you multiply by {factor:.4g}."
    )


@clip_by_norm.mistake(
    "You take the mean of the squares of each array. The norm adds up the "
    "squares of all numbers: a larger array has more of them."
)
def means_of_squares(dW_xh, dW_hh, db, limit):
    arrays = dW_xh, dW_hh, db
    norm = np.sqrt(sum(np.mean(a**2) for a in arrays))
    return tuple(a * min(1, limit / norm) for a in arrays)


@clip_by_norm.mistake(
    "You divide by the norm plus the limit. Every gradient becomes shorter "
    "then, and none has the length of the limit."
)
def norm_plus_limit(dW_xh, dW_hh, db, limit):
    arrays = dW_xh, dW_hh, db
    norm = np.sqrt(sum(np.sum(a**2) for a in arrays))
    return tuple(a * limit / (norm + limit) for a in arrays)


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


def one_by_one(random, without, length=np.linalg.norm):
    """Gram and Schmidt with another idea of taking away a projection."""
    rows = []
    for row in random:
        for done in rows:
            row = without(row, done)
        rows.append(row / length(row))
    return np.array(rows)


@orthogonal_start.mistake(
    "You add the projections. What a row shares with one above it has to be "
    "taken away."
)
def projections_added(random):
    return one_by_one(random, lambda row, done: row + (row @ done) * done)


@orthogonal_start.mistake(
    "You subtract the number row @ done from every entry. The projection is "
    "a vector: that number times the row that is done."
)
def number_subtracted(random):
    return one_by_one(random, lambda row, done: row - row @ done)


@orthogonal_start.mistake(
    "You multiply entry by entry. How much a row shares with another is one "
    "number, row @ done, the sum over all entries."
)
def entry_by_entry_product(random):
    return one_by_one(random, lambda row, done: row - row * done * done)


@orthogonal_start.mistake(
    "No row gets length 1. And your projections take for granted that the "
    "rows above have it."
)
def no_row_of_length_one(random):
    return one_by_one(
        random, lambda row, done: row - (row @ done) * done, lambda row: 1
    )


@orthogonal_start.mistake(
    "Your first row keeps its length: do you divide inside the inner loop? "
    "For the first row there is nothing to go through there."
)
def first_row_not_shortened(random):
    def without(row, done):
        row = row - (row @ done) * done
        return row / np.linalg.norm(row)

    return one_by_one(random, without, lambda row: 1)


@orthogonal_start.mistake(
    "You give all rows their length at the end. A projection takes for "
    "granted that the row that is done has length 1 already: divide by it "
    "before the next row comes."
)
def lengths_at_the_end(random):
    rows = no_row_of_length_one(random)
    return rows / np.sqrt(np.sum(rows**2, axis=1, keepdims=True))


LAST_FIRST = (
    "You begin with the last row. Another order makes another matrix, also "
    "orthogonal; asked for is from the first to the last."
)


@orthogonal_start.mistake(LAST_FIRST)
def from_the_last(random):
    return orthogonal_start(random[::-1])[::-1]


@orthogonal_start.mistake(LAST_FIRST)
def from_the_last_and_left_so(random):
    return orthogonal_start(random[::-1])


@orthogonal_start.mistake(
    "np.linalg.svd gives an orthogonal matrix, too, and another one: the "
    "first row of yours is not the first row of random, made short."
)
def from_svd(random):
    u, _, v = np.linalg.svd(random)
    return u @ v


@orthogonal_start.explain
def _(yours, right, random):
    """Say which row is too long, or not perpendicular, or another one."""
    products = yours @ yours.T
    lengths = np.sqrt(np.diag(products))
    if (wrong := np.abs(lengths - 1) > 1e-6).any():
        i = int(wrong.argmax())
        return f"Row {i} of yours has the length {lengths[i]:.4g}, not 1."
    shared = np.abs(products - np.diag(np.diag(products))) > 1e-6
    if shared.any():
        i, j = np.argwhere(shared)[0]
        return (
            f"Rows {i} and {j} of yours are not perpendicular: their product "
            f"is {products[i, j]:.3g}."
        )
    i = int((~agree(yours, right)).any(axis=1).argmax())
    return (
        f"Your matrix is orthogonal, and another one, from row {i} on: is it "
        f"what is left of row {i} of random?"
    )


@orthogonal_start.mistake(
    "You divide by the sum of a row's absolute values. Its length is the "
    "root of the sum of its squares."
)
def by_absolute_values(random):
    rows = []
    for row in random:
        for done in rows:
            row = row - (row @ done) * done
        rows.append(row / np.abs(row).sum())
    return np.array(rows)
