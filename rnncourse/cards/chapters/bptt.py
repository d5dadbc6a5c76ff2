"""Cards on backpropagation through time."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "slope_of_outputs",
        "What is the gradient of softmax and cross-entropy together at the "
        "scores $y_t$, averaged over $T$ steps?",
        r"$(p_t - \text{truth}_t) / T$: what you said minus what was true, "
        r"the truth being a one in the right place.",
        "The fast way, line by line",
    ),
    Card(
        "two_roads",
        "By which two roads can a change of $h_t$ reach the loss?",
        "Up, through the readout of the same step; and to the right, through "
        "the sum $a_{t+1}$ of the next step and so through all later losses. "
        "What comes back along the two is added.",
        "The fast way, line by line",
    ),
    Card(
        "begin_at_the_end",
        "Why does the walk back begin at the last step?",
        "The gradient at $h_t$ asks for the one at $a_{t+1}$, one step later. "
        "Only at the last step does that second road not exist.",
        "The fast way, line by line",
    ),
    Card(
        "through_tanh",
        r"You know $\partial L / \partial h_t$ and $h_t = \tanh(a_t)$. What "
        r"is $\partial L / \partial a_t$?",
        r"$\partial L / \partial h_t \odot (1 - h_t^2)$. The slope of tanh is "
        r"$1 - \tanh^2$, and tanh is the state that was kept.",
        "The fast way, line by line",
    ),
    Card(
        "recurrent_gradient",
        "What is the gradient of $W_{hh}$, as a sum over time?",
        r"$\sum_t h_{t-1}^\top\, \partial L / \partial a_t$: at each step "
        r"what went in, times what comes back.",
        "The fast way, line by line",
    ),
    Card(
        "not_a_loss",
        "Is backpropagation through time a loss function?",
        "No. It is the way from any loss back to the weights; the loss "
        "appears in one line only, the gradient at the outputs.",
        "The fast way, line by line",
    ),
    Card(
        "triangle",
        "The gradient of $W_{hh}$ is a sum over pairs of a use at step $s$ "
        "and a loss at step $t$. Which pairs?",
        r"All with $s \le t$, a triangle: a use can be to blame for every "
        r"loss from its own step on, and for none before.",
        "One weight, many uses",
    ),
    Card(
        "falling_loss",
        "The loss falls while you train with a backward pass of your own. "
        "What does that prove about the gradient?",
        "Only that something in it points downhill. A gradient with a mistake "
        "in it can lower the loss, at an unlucky rate even faster than the "
        "right one.",
        "A wrong gradient that learns",
    ),
    Card(
        "numerical",
        "How is a gradient checked by nudging?",
        "Each number is nudged up and down, the network is run again each "
        "time, and the measured slope is compared with the claimed one. It is "
        "slow, and it shares no line, and so no mistake, with the walk back.",
        "The slow way: nudge and look",
    ),
    Card(
        "sloppy_checks",
        "Why do checks with a single step, with tiny weights, or with "
        "$W_{hh}$ as the identity miss mistakes?",
        "One step never walks back. Tiny weights keep tanh where its slope is "
        "1, and little comes back through time. The identity equals its "
        "transpose, "
        "so a forgotten `.T` is no mistake there.",
        "Checks that could fail",
    ),
    Card(
        "one_direction",
        "How can a gradient be checked in a few runs of the network, however "
        "many weights there are?",
        "Nudge all weights at once along one random direction, and compare "
        "two numbers: the slope measured and the slope that the gradient "
        "claims.",
        "Checks that could fail",
    ),
    Card(
        "bits_per_character",
        "What are bits per character?",
        r"How many yes-or-no questions the next character still costs you if "
        r"you ask by the network's guesses: the mean of $-\log_2 p$ of what "
        r"came.",
        "A network that reads the manual",
    ),
    Card(
        "truncated",
        "In truncated backpropagation, what is handed on from window to "
        "window, and what is not?",
        "The state is handed on. The gradient stops at the window's edge.",
        "Cutting time into windows",
    ),
    Card(
        "biased",
        "Why can more data not repair what a truncated gradient leaves out?",
        "What is missing is not random: every pair that is farther apart than "
        "a window is missing, whatever the data. So the gradient is biased, "
        "and no amount of data averages that away.",
        "Cutting time into windows",
    ),
    Card(
        "what_a_cut_teaches",
        "Windows of two steps taught a network to remember over ten. How is "
        "that possible?",
        "The state was never cut. A short gap, which fits into the window, "
        "gets the thing into the state; questions after longer gaps then "
        "strengthen what is left of it there. Short gaps alone did not do, "
        "nor did long ones alone.",
        "What a cut cannot teach",
    ),
    Card(
        "checkpointing",
        "What does checkpointing save, and what is its price?",
        "Memory: it keeps the state before each window and takes the tape "
        "again window by window. The gradient stays exact, and everything is "
        "read forward twice.",
        "What must be kept",
    ),
    Card(
        "window_of_least_memory",
        "A start costs $s$ of memory and a step $m$. Which window of $k$ "
        "steps makes checkpointing $T$ steps cheapest?",
        r"$k = \sqrt{(s/m)\,T}$, where $s\,T/k + m\,k$ is least. It is "
        r"$\sqrt{T}$ only if a start and a step cost equally much.",
        "What must be kept",
    ),
    Card(
        "way_back_costs",
        "Counted in products, how does the way back of a recurrent step "
        "compare with its way forward?",
        "It costs twice as much: each matrix is used once to pass the "
        "gradient on and once to collect its own.",
        "Is it costly?",
    ),
]
