"""Cards on other memories."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "clockwork",
        "When does a module of a Clockwork network work, and what does it do "
        "otherwise?",
        "A module of period $p$ works at the steps that $p$ divides. At all "
        "others it rests, and resting means keeping its state.",
        "A memory that keeps time: the Clockwork RNN",
    ),
    Card(
        "who_hears_whom",
        "Which modules does a module of a Clockwork network hear?",
        "Itself and the slower ones, never a faster one.",
        "A memory that keeps time: the Clockwork RNN",
    ),
    Card(
        "holes",
        "What is the price of a module that rests?",
        "It does not listen, either. An input that comes while the slow "
        "modules rest leaves no long trace: a long memory with holes in it.",
        "What a clock hears",
    ),
    Card(
        "stairs",
        "How does a Clockwork network draw a wave from silence?",
        "From stairs: the slow modules draw broad ones, each faster module "
        "cuts them finer, and the fastest gives the curve its shape.",
        "The wave is built of stairs",
    ),
    Card(
        "slow_units",
        "How do the slow units $s$ of an SCRN change?",
        r"$s_t = (1 - \alpha)\, x_t W_{xs} + \alpha\, s_{t-1}$ with $\alpha = "
        r"0.95$: they keep that share of themselves and take in a little of "
        r"the input, by no gate and no bend.",
        "A memory that fades by habit: SCRN",
    ),
    Card(
        "bag_with_dates",
        "What exactly does a slow unit of an SCRN hold?",
        r"Every input so far, each faded by $\alpha$ a step: a bag of words "
        r"with dates.",
        "A memory that fades by habit: SCRN",
    ),
    Card(
        "slow_gradient",
        "What arrives of a gradient $k$ steps back in the slow units of an "
        "SCRN?",
        r"Exactly $\alpha^k$, whatever was read. It cannot explode, and it "
        r"vanishes on a schedule you can choose.",
        "A memory that fades by habit: SCRN",
    ),
    Card(
        "scrn_gain",
        "On which words did the slowness of an SCRN's units help its language "
        "model, and on which did a cache help a table?",
        "Slowness helped most on words that had been read shortly before, and "
        "a little on new ones. The cache helped on the first too, and cost on "
        "the second: it can only repeat.",
        "Words",
    ),
    Card(
        "perplexity",
        "What is the perplexity of a model with a mean cross-entropy of $c$ "
        "nats?",
        "$e^c$: among how many equally likely words it seems to choose.",
        "Words",
    ),
    Card(
        "soft_actions",
        "Push or pop is a choice, and a choice has no gradient. How does a "
        "stack network learn it?",
        "It does a little of everything: the new stack is the mixture of the "
        "pushed, the popped and the unchanged one, with the probabilities of "
        "a softmax as weights.",
        "A memory you can put things down in: the stack",
    ),
    Card(
        "stack_read",
        "How much of its stack does a stack network see?",
        "The top few cells alone, here two. What lies below waits until the "
        "plates above it have been popped.",
        "A memory you can put things down in: the stack",
    ),
    Card(
        "counting",
        "What has to be known to say the next letter in a row of strings such "
        "as *aaabbb*, once the first *b* has come?",
        "How many *a*s there were. From then on everything is determined, "
        "down to the first *a* of the next string.",
        "Languages that must be counted",
    ),
    Card(
        "who_generalises",
        "What must you look at before you say that a network does not "
        "generalise to longer counts?",
        "Whether it has learned its training range. If it has not, it says "
        "nothing about generalising.",
        "Languages that must be counted",
    ),
    Card(
        "rounding",
        "With soft actions a trained stack network loses count far beyond its "
        "training; with the same weights and rounded actions it does not. "
        "What makes the difference?",
        "A soft action does a little of everything, and the blur adds up over "
        "many steps. The most probable action, taken in full, leaves none.",
        "Languages that must be counted",
    ),
    Card(
        "list",
        "What can the list of Joulin and Mikolov do that their stack cannot?",
        "Its head goes to the left or to the right and loses nothing on the "
        "way. What a stack pops is gone.",
        "Languages that must be counted",
    ),
    Card(
        "stack_depth",
        "What does a deeper stack cost, and what does it buy?",
        "No weight, but work, since a soft stack moves all its cells at every "
        "step. The trained network counts as far as its stack is deep.",
        "Deep, and read at the top alone",
    ),
    Card(
        "adding_wants",
        "Which kind of memory does the adding problem want, and why do slow "
        "units and clocks fail at it?",
        "One that chooses: keep the marked numbers, let the others pass. Slow "
        "units take in every number alike, and a clock is deaf when a mark "
        "comes at the wrong time.",
        "One bench for all",
    ),
    Card(
        "last_in_first_out",
        "Why is a stack of little help in copying a sequence?",
        "It gives back in the wrong order: last in, first out. To turn it "
        "over onto a second stack is a program that has to be found.",
        "One bench for all",
    ),
    Card(
        "bag_copies",
        "A network that copies symbols is right about half of the time, far "
        "above chance. What may it have kept, short of the sequence?",
        "A bag: which symbols came, and not in which order. A running sum of "
        "the inputs got as far.",
        "One bench for all",
    ),
    Card(
        "running_sum",
        "Which rival without gates beat LSTM and GRU on the adding problem, "
        "beyond the lengths of the training?",
        "A running sum, $s_t = s_{t-1} + g(x_t)$. It is the recurrence that "
        "frees from a window; what gates can do is find out what to keep.",
        "Ranges that vary",
    ),
]
