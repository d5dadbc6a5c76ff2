"""Cards on gated recurrent units."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "one_state",
        "What does an LSTM have that a GRU does without?",
        "A second state and an output gate. A GRU's state $h$ is memory and "
        "output at once.",
        "One state, two gates",
    ),
    Card(
        "two_gates",
        "What do the two gates of a GRU do?",
        "The update gate mixes the old state with the candidate: as far as it "
        "opens the one, it closes the other. The reset gate decides how much "
        "of the past the candidate gets to see.",
        "One state, two gates",
    ),
    Card(
        "torch_form",
        "Write the new state of a GRU as PyTorch and this course do.",
        r"$h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$, so $z$ near 1 "
        r"keeps the past.",
        "One state, two gates",
    ),
    Card(
        "candidate",
        "Write the candidate $n_t$ of PyTorch's GRU.",
        r"$n_t = \tanh(x_t W_{xn} + b_{xn} + r_t \odot a^h_n)$ with $a^h_n "
        r"= h_{t-1} W_{hn} + b_{hn}$: the reset acts after the product.",
        "One state, two gates",
    ),
    Card(
        "straight_back",
        "Which part of a GRU's gradient at the old state meets no matrix?",
        r"$dh \odot z$ (in PyTorch's form). Where $z$ is near 1, the gradient "
        r"walks straight back.",
        "And back",
    ),
    Card(
        "z_ends",
        '"z near 1 remembers more, z near 0 forgets." In which formula is '
        'that wrong?',
        r"In $h_t = (1 - z) \odot h_{t-1} + z \odot h'$, where $z$ near 0 "
        r"keeps the past. So never ask what $z$ means: ask what it "
        r"multiplies.",
        "Which end of z keeps the past?",
    ),
    Card(
        "half_life",
        "The gate that keeps stands at 0.9. After how many steps is about a "
        "half of the state left, and with 0.99?",
        r"About 7 and about 69: $\ln 2 / {-\ln z}$.",
        "Which end of z keeps the past?",
    ),
    Card(
        "average",
        "Of what is a GRU's state a weighted average?",
        r"Of the first state and of every candidate there ever was. The share "
        r"of step $t$ is $(1 - z_t)\, z_{t+1} \cdots z_T$, and all shares "
        r"add up to 1.",
        "A state is a weighted average",
    ),
    Card(
        "below_one",
        "A GRU starts at $h = 0$. How large can its state become, and how "
        "large an LSTM's $c$?",
        "Never above 1 in size: an average of numbers below 1. An LSTM's $c$ "
        "can count on, since it may open both its gates.",
        "Is a GRU an LSTM under other names?",
    ),
    Card(
        "before_or_after",
        "Reset before the product or after it: what does the gate decide in "
        "each case?",
        r"Before, $(r \odot h) W_{hn}$: who may send. After, $r \odot (h "
        r"W_{hn})$: who will listen.",
        "Reset before or after?",
    ),
    Card(
        "forms_agree",
        "When do the two resets give the same states with the same weights?",
        "When units that hear each other share their reset, "
        "$(W_{hn})_{ij}(r_i - r_j) = 0$, and no bias stands inside the reset. "
        "With one unit, always.",
        "Reset before or after?",
    ),
    Card(
        "why_after",
        "What speaks for the reset after the product?",
        "All three products with $h$ are then one product; before, the third "
        "has to wait for $r$.",
        "Reset before or after?",
    ),
    Card(
        "what_converts",
        "You move a trained GRU to another library. What can be converted, "
        "and what cannot?",
        "The order of the gates, the sign of $z$ and the biases can. Whether "
        "the reset stands before or after the product cannot, in general.",
        "Thirteen ways to write it down",
    ),
    Card(
        "turn_the_sign",
        "How do you turn a $z$ that keeps into one that takes the new, by "
        "weights alone?",
        r"Change the sign of everything that leads to $z$: $1 - \sigma(a) = "
        r"\sigma(-a)$.",
        "Thirteen ways to write it down",
    ),
    Card(
        "dictionary",
        "Which parts of an LSTM are the partners of a GRU's $h_{t-1}$, its "
        "candidate and its reset gate?",
        "The memory $c_{t-1}$, the candidate $g$, and none: the reset hides "
        "the past from the candidate alone. The gates correspond if $f = 1 - "
        "i$.",
        "Is a GRU an LSTM under other names?",
    ),
    Card(
        "tied",
        "What did tying the gates of an LSTM, $f = 1 - i$, do on the adding "
        "problem?",
        "Within few updates, it widened the range of learning rates at which "
        "all seeds learn. The free LSTM can learn it, too, at fewer rates.",
        "Is a GRU an LSTM under other names?",
    ),
    Card(
        "three_quarters",
        "How do the parameters of RNN, GRU and LSTM compare, with as many "
        "inputs and units?",
        "As 1 to 3 to 4, exactly.",
        "Three quarters of the parameters",
    ),
    Card(
        "two_fair_ways",
        "In which two ways can a GRU and an LSTM be compared fairly?",
        "With equal units, where the LSTM has a third more parameters, or "
        "with equal parameters, where the GRU has more units. Say which.",
        "Three quarters of the parameters",
    ),
    Card(
        "clock",
        "Does a GRU take three quarters of the time of an LSTM with as many "
        "units?",
        "Not in general: fewer parameters need not mean less time. In 32 bits "
        "on a CPU, PyTorch's GRU took longer than its LSTM.",
        "Faster? Ask the clock",
    ),
]
