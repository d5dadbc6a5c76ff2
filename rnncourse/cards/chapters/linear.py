"""Cards on recurrence without waiting."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "linear_in_state",
        "When is a cell linear in its state?",
        r"If a step is $h_t = a_t \odot h_{t-1} + b_t$ with $a_t$ and $b_t$ "
        r"made of the input alone. In its input it may be as nonlinear as you "
        r"like.",
        "Two steps are one step",
    ),
    Card(
        "join",
        "Join two steps, first $(a_1, b_1)$ and then $(a_2, b_2)$, into one.",
        r"$(a_2 a_1,\; a_2 b_1 + b_2)$.",
        "Two steps are one step",
    ),
    Card(
        "associative",
        "Which property of joining makes a prefix scan possible?",
        "It is associative: it does not matter which neighbours are joined "
        "first. Which comes first in time does matter.",
        "Two steps are one step",
    ),
    Card(
        "work_and_depth",
        "What do work and depth of a scan count, and how does the tree differ "
        "from the loop?",
        r"Work is how many operations there are, depth how many wait for each "
        r"other. The tree does more work, and its depth grows with $\log T$ "
        r"in place of $T$.",
        "Two steps are one step",
    ),
    Card(
        "way_back_of_a_scan",
        "What is the way back of a scan?",
        r"A scan from the other end: $db_t = dh_t + a_{t+1} \odot db_{t+1}$, "
        r"a linear recurrence in which time runs backwards.",
        "And back",
    ),
    Card(
        "one_core",
        "When is a scan by a tree faster than the loop on a single core, and "
        "why not always?",
        "For one small sequence, where the calls of Python cost most. With a "
        "large batch the numbers cost, and the tree does more work. A machine "
        "with thousands of processors pays for depth.",
        "What it costs here",
    ),
    Card(
        "min_gru",
        "What does the minGRU cut from a GRU?",
        "The line from the state to the gates; with it the reset gate and the "
        "tanh. Its $z$ and $n$ are made of the input alone.",
        "Cells that are made for it",
    ),
    Card(
        "lru",
        "What does each unit of a linear recurrent unit (LRU) do to its "
        "number, and why can it not explode?",
        r"It shrinks it by $|\lambda|$ and turns it by an angle. With "
        r"$\lambda = \exp(-e^{\nu} + i\theta)$, $|\lambda|$ is below 1 "
        r"whatever $\nu$ is.",
        "Numbers that turn",
    ),
    Card(
        "parity",
        "Why can a minGRU not compute parity?",
        "The difference of two states is handed on by $a_t$ alone, which lies "
        "between 0 and 1. It can be kept or lost, and it cannot be turned "
        "round.",
        "What is lost",
    ),
    Card(
        "negative",
        "What is the smallest change that lets a linear cell learn parity?",
        "Let $a$ be negative, for example $a = 1 - 2z$. It was not the "
        "linearity that was in the way, but that $a$ stayed above zero.",
        "What is lost",
    ),
    Card(
        "cups",
        "Why do numbers for $a$ not suffice to track three cups, and what "
        "does?",
        "Swaps do not commute, and numbers do not mind the order in which "
        "they are multiplied. Matrices do.",
        "What is lost",
    ),
    Card(
        "lamp",
        "A lamp is switched on and off. Why can a minGRU follow it, though "
        "not parity?",
        "The input says what the state will be. In parity it says how the "
        "state changes, and that takes more than a positive number.",
        "What is lost",
    ),
    Card(
        "newton",
        "How can a tanh network be run in parallel after all?",
        "Guess all states, replace tanh by its tangent at the guess, and "
        "solve the linear network by a scan: a better guess. Again and again; "
        "this is Newton's method.",
        "Second reading: a tanh network in parallel after all",
    ),
    Card(
        "newton_rounds",
        "Of how many states is Newton's method sure after $k$ rounds, and "
        "when does it need few?",
        "At least the first $k$ are exact. It needs few rounds in a calm "
        "network, which forgets a wrong guess; in a wild one every error "
        "grows.",
        "Second reading: a tanh network in parallel after all",
    ),
    Card(
        "always_linear",
        "Why can the way back of any network be computed by a scan, and why "
        "does nobody do it for LSTMs?",
        r"Backpropagation is linear in the gradient. But an LSTM's step back "
        r"is a matrix of $2H \times 2H$, for each step and sequence.",
        "Second reading: the way back is always linear",
    ),
    Card(
        "filter",
        "In the cells that came after, what does it mean if $a_t$ is fixed, "
        "and if it depends on $x_t$?",
        "Fixed: the state is a filter, which cannot choose what to keep. If "
        "it depends on the input, it can choose.",
        "Second reading: one table",
    ),
]
