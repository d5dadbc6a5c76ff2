"""Cards on vanishing and exploding gradients."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "straight_unit",
        r"A straight unit, $h_t = w\,h_{t-1}$. What is $\partial h_T / "
        r"\partial h_0$?",
        "$w^T$: below 1 it vanishes, above 1 it explodes.",
        "One number, a hundred times",
    ),
    Card(
        "ridge",
        "Why is a long dependency hard to learn even for a unit with a single "
        "weight?",
        "The gradient is of use only if $w$ lies on a ridge around 1, and the "
        "ridge gets narrower the longer the distance. Nothing in training "
        "holds $w$ on it.",
        "One number, a hundred times",
    ),
    Card(
        "spectral_radius",
        "What is the spectral radius of a matrix, and what does it say about "
        "its powers?",
        "The distance from zero of its largest eigenvalue. In the long run "
        "the powers stretch by that factor a step: the $k$-th root of the "
        "stretch tends to it.",
        "Many units: the spectral radius",
    ),
    Card(
        "fresh_radius",
        r"Weights are drawn uniformly within $\pm 1/\sqrt{H}$. Near which "
        r"number is the spectral radius of a large $W_{hh}$, and what "
        r"follows?",
        r"Near $1/\sqrt{3} \approx 0.58$, for every size. So a network from "
        r"this start begins deep on the vanishing side.",
        "Many units: the spectral radius",
    ),
    Card(
        "radius_zero",
        "A row of ten units, each of which hands what it has to its "
        "neighbour, has spectral radius 0. How long does it remember?",
        "Nine steps, perfectly, then nothing. Radius 0 means empty in the "
        "end, not quickly forgotten.",
        "The hump: exploding below one",
    ),
    Card(
        "non_normal",
        "How can a matrix with all eigenvalues at 0.5 first stretch a vector?",
        "If its eigenvectors lie nearly on top of each other (it is not "
        "normal), a vector is a sum of large parts that cancel at first and "
        "then stop cancelling.",
        "The hump: exploding below one",
    ),
    Card(
        "normal",
        "What is a normal matrix, and what can it not do?",
        "One whose eigenvectors are perpendicular to each other. It has no "
        "hump: no power of it stretches by more than the power of its "
        "spectral radius.",
        "The hump: exploding below one",
    ),
    Card(
        "tanh_shrinks",
        "What does tanh do to a gradient on its way back?",
        "It multiplies by its slope, $1 - h^2$, which is 1 at zero and less "
        "everywhere else. So it can only shrink it; where a unit is "
        "saturated, nearly to nothing.",
        "tanh takes its share",
    ),
    Card(
        "stretch_theorem",
        "The largest stretch of $W_{hh}$ is below 1. And if it is above 1? "
        "What can you say of the gradient of a tanh network?",
        "Below 1 it must vanish. Above 1 it may explode, and often does not, "
        "because tanh takes its share.",
        "tanh takes its share",
    ),
    Card(
        "loud_inputs",
        "What do loud inputs do to the memory of a tanh network?",
        "They drive tanh to where it is flat, so less of the old state is "
        "left at each step. To pass a number on, a unit has to stay where "
        "tanh is nearly straight.",
        "How far back does a real gradient reach?",
    ),
    Card(
        "memory_capacity",
        "What is the memory capacity of a network, and what is its bound?",
        "The shares of the past inputs that a linear readout can recall from "
        "the state, added up over all delays. For independent inputs it is "
        "never more than the number of units.",
        "How far back does a real gradient reach?",
    ),
    Card(
        "butterfly",
        r"tanh holds every state within $\pm 1$. Does that end the explosion?",
        "Of the state, yes; of the gradient, no. Two states that differ by "
        "next to nothing can still move apart until they have different "
        "futures.",
        "The butterfly, literally",
    ),
    Card(
        "cliff",
        "What does an error surface with exploding gradients look like?",
        "Gentle almost everywhere, with a thin and nearly vertical wall. A "
        "plain step taken at the wall lands far away.",
        "The cliff",
    ),
    Card(
        "small_rate",
        "Why is a smaller learning rate no answer to a cliff?",
        "The wall needs a short step and the plain a long one, and one rate "
        "cannot be both. A bound on the length of the step can.",
        "The cliff",
    ),
    Card(
        "clip_by_norm",
        "What does clipping by norm do to a gradient?",
        "If the whole gradient, all arrays taken together, is longer than the "
        "limit, it is shortened to that length in the same direction; "
        "otherwise it stays as it is.",
        "The cliff",
    ),
    Card(
        "clip_each_number",
        "What do you lose if you bound each number of a gradient by itself, "
        "or each array apart?",
        "The direction. In the end only the signs are left, and what the "
        "gradient knew about which weights matter is lost.",
        "The rope must not turn you",
    ),
    Card(
        "clipping_and_vanishing",
        "Does clipping help against vanishing gradients?",
        "No, and a longer gradient would not help either. What has vanished "
        "is the far part of a sum over time, and one factor for the whole "
        "leaves near and far in the same proportion.",
        "Starting on the ridge",
    ),
    Card(
        "two_starts",
        "Name two starts of $W_{hh}$ that lie on the ridge, or beside it.",
        "An orthogonal matrix, which turns vectors and stretches none; and "
        "the identity with a ReLU in place of tanh, which copies its state "
        "until somebody writes to it.",
        "Starting on the ridge",
    ),
    Card(
        "a_start_is_a_start",
        "Why does a start on the ridge not carry a plain network over any "
        "distance?",
        "It is only where training begins: nothing holds the weights there "
        "once training moves them. On the adding problem the identity, with a "
        "ReLU, bought a factor of two in length, an orthogonal matrix hardly "
        "anything.",
        "The adding problem defeats a plain RNN",
    ),
    Card(
        "adding_baseline",
        "The adding problem: what is the answer, and what is the mean squared "
        "error of always answering 1?",
        "The sum of the two marked numbers, each uniform in $[0, 1)$. Always "
        "answering 1 costs $1/6$, the variance of the sum.",
        "The adding problem defeats a plain RNN",
    ),
]
