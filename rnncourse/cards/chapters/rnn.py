"""Cards on recurrent networks."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "bag_of_words",
        "Two sentences are made of the same words in another order. What is "
        "the best that a bag of words can do on such a pair, and why?",
        "Get one of the two right. Both sentences are the same input to it, "
        "so they get the same answer, whatever the data and the size.",
        "The same words in another order",
    ),
    Card(
        "elman",
        "Write down one step of Elman's network.",
        r"$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b)$. The hidden state "
        r"$h$ goes out and also into the store, and comes back beside the "
        r"next input.",
        "A store for what was read",
    ),
    Card(
        "one_hot",
        "What does `x @ W_xh` do if `x` is a one-hot vector?",
        "It picks out one row of `W_xh`, the row of that word.",
        "A store for what was read",
    ),
    Card(
        "longer_sentence",
        "How many more weights does a recurrent network need to read "
        "sentences twice as long?",
        "None. The same matrices are used at every step, and no size in them "
        "depends on $T$.",
        "Unrolled: the same weights at every step",
    ),
    Card(
        "first_state",
        "You change one entry of $W_{hh}$. Which states change, if the "
        "network starts from zeros?",
        "All but the first. Before the first word there is nothing in the "
        "store for $W_{hh}$ to multiply; from the second step on the entry is "
        "at work in each step.",
        "Unrolled: the same weights at every step",
    ),
    Card(
        "shared_gradient",
        "A weight is shared by all steps. How do you get its gradient from "
        "the gradients of pretended copies, one a step?",
        "Add them up. There is one weight, and every step in which it is used "
        "has its share.",
        "Unrolled: the same weights at every step",
    ),
    Card(
        "lengths",
        "Sentences of different length stand in one batch, filled up at the "
        "end. What keeps the filler from spoiling a short sentence's last "
        "state?",
        "`unroll` is given the true `lengths`: the steps after a sentence's "
        "end leave its state alone.",
        "A first training: what does the speaker want?",
    ),
    Card(
        "logits",
        "What are logits?",
        "The scores that a readout gives, before the softmax.",
        "A first training: what does the speaker want?",
    ),
    Card(
        "recent_words",
        '"Recent words weigh more than old ones." Of which networks is this '
        'true?',
        "Of a fresh one from the usual start, where each step shrinks what "
        "came before. Training can teach a network to hold on, and an "
        "orthogonal start does not fade as fast.",
        "What the state still feels",
    ),
    Card(
        "felt_or_used",
        "How does being *felt* by a state differ from being *used*, and how "
        "do you measure each?",
        "Felt: how much any small change at that place would move the state, "
        "by the derivative. Used: how far the state moves if the word that "
        "stands there is left out.",
        "What the state still feels",
    ),
    Card(
        "elman_or_jordan",
        "What does Elman's network feed back, and what does Jordan's?",
        "Elman's feeds back its hidden state, what it thought. Jordan's feeds "
        "back its output, what it said.",
        "What to store: Elman or Jordan",
    ),
    Card(
        "jordan_enough",
        "When is feeding back the output alone enough?",
        'When what was said contains what must be remembered. A network that '
        'says "nothing" whether the lamp is lit or dark has nearly the same '
        'in its store either way.',
        "What to store: Elman or Jordan",
    ),
    Card(
        "no_recurrence",
        "What remains of a recurrent network with $W_{hh} = 0$?",
        "A feed-forward layer, applied to each word alone. In this sense the "
        "recurrent network generalises the feed-forward one.",
        "Without the arrow back",
    ),
    Card(
        "product_outside",
        "Of the two products in $x_t W_{xh} + h_{t-1} W_{hh}$, which can be "
        "taken out of the loop over time, and why?",
        "The one with the inputs: all $x_t$ are known before the loop begins, "
        "so one tall product serves all steps. The other has to wait for "
        "$h_{t-1}$.",
        "Where did the matrix product go?",
    ),
    Card(
        "waiting",
        "Why does training with large batches hardly feel that the steps of a "
        "recurrent network wait for each other?",
        "Other sequences fill the time: each step then multiplies a taller "
        "matrix, and the processor is busy. One single sequence feels the "
        "wait.",
        "The price of order",
    ),
]
