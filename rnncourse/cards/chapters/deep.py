"""Cards on deep networks."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "stack",
        "What does layer $l$ of a stack read at step $t$?",
        "The state of the layer below at the same step, $h^{l-1}_t$, and its "
        "own state at the step before, $h^l_{t-1}$.",
        "A layer on a layer",
    ),
    Card(
        "two_orders",
        "In which two orders can a stack be computed by plain loops, and "
        "which one suits a device that listens to a speaker?",
        "Layer after layer, or step after step; the listener needs the "
        "second. Both give the same states.",
        "A layer on a layer",
    ),
    Card(
        "matching",
        "Is it enough for a deep network that the sizes of its layers match?",
        "To run, yes. To learn, no: beyond some depth it takes a start that "
        "keeps the length of what goes through, or a way down on which "
        "nothing is multiplied. And to gain anything, the task has to ask for "
        "depth.",
        "Do only the sizes have to match?",
    ),
    Card(
        "depth_or_width",
        "When does depth buy what no width can?",
        "When something has to be computed *after* something else, such as a "
        "comparison of what both passes have read. On a text, two layers of "
        "equal size could not be told from one, and three were behind.",
        "What depth buys and width does not",
    ),
    Card(
        "vanishing_down",
        "Why can a tall stack of tanh layers fail to learn from the usual "
        "start?",
        "The gradient dies on its way down: at every layer it is multiplied "
        "by a matrix and by the slope of tanh, as at every step through time.",
        "How deep?",
    ),
    Card(
        "two_remedies",
        "By which two remedies did tanh stacks of 24 layers come to "
        "learn with every seed?",
        "A start that keeps the length of what goes through, such as Glorot's "
        "or an orthogonal one; or residual connections, which also let them "
        "learn at many rates.",
        "How deep?",
    ),
    Card(
        "residual",
        "What is a residual connection?",
        "A layer adds to what it has read in place of replacing it: $h^l_t = "
        "h^{l-1}_t + k^l_t$. So there is a path on which nothing is "
        "multiplied.",
        "How deep?",
    ),
    Card(
        "residual_in_time",
        "In a stack with residual connections, what does a layer hand up, and "
        "what does it hand on in time?",
        "Up: the sum $h$. On in time: its own part $k$, without what came "
        "from below.",
        "How deep?",
    ),
    Card(
        "residual_sizes",
        "What do residual connections ask for, besides inputs of the right "
        "size?",
        "What a layer puts out must be as wide as what it reads.",
        "How deep?",
    ),
    Card(
        "dropout",
        "What does dropout do to the numbers in training, and why does it "
        "divide?",
        "It sets each to 0 with probability $p$ and divides the others by $1 "
        "- p$, so that the mean stays.",
        "Dropout, between the layers",
    ),
    Card(
        "dropout_where",
        "Why does dropout stand on the arrows that go up and not, drawn anew "
        "at each step, on those along time?",
        "On the way up a memory meets it once, however old it is. Along time "
        "it would meet it at every step, and be erased.",
        "Dropout, between the layers",
    ),
    Card(
        "dropout_off",
        "What happens if dropout is left on after training?",
        "The answers get worse, and another one comes at every call.",
        "Dropout, between the layers",
    ),
    Card(
        "pyramid",
        "What does a layer of a pyramid read, and how many steps has it?",
        "Two states of the layer below at a time, side by side; so it has "
        "half as many steps.",
        "The pyramid",
    ),
    Card(
        "pyramid_steps",
        "How many steps do all layers of a pyramid over $T$ inputs make "
        "together, at most, and those of a stack of $L$ layers?",
        r"Fewer than $2T$, however many layers, since $T + T/2 + T/4 + \dots "
        r"< 2T$. The stack makes $LT$.",
        "What it costs",
    ),
    Card(
        "pyramid_reach",
        "In a fresh tanh pyramid more of the gradient arrives from far back "
        "than in a stack. Why, and is that enough to learn?",
        "In layer $l$ a step is $2^{l-1}$ inputs long, so the gradient takes "
        "its long way in big strides. It is not enough: as much arrived in a "
        "stack from an orthogonal start, which learned nothing.",
        "Why does a pyramid learn what a stack does not?",
    ),
    Card(
        "pyramid_price",
        "What does a pyramid give up?",
        "An answer for each input: three layers answer at every fourth step "
        "only.",
        "What it reaches",
    ),
    Card(
        "ticks_forward",
        "Every state takes one tick and processors abound. When is a forward "
        "stack of $L$ layers over $T$ steps ready, and when a pyramid?",
        "Both after $T + L - 1$ ticks: the bottom layer's steps wait for each "
        "other in both. A forward pyramid saves work and no waiting.",
        "What can be done at the same time?",
    ),
    Card(
        "ticks_both_ways",
        "Read both ways, how long do a stack of three layers and a pyramid of "
        "three layers wait?",
        "$3T$ ticks and $T + T/2 + T/4$: a layer must wait until the backward "
        "pass below has come all the way down.",
        "What can be done at the same time?",
    ),
]
