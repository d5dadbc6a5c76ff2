"""Cards on CTC."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "no_times",
        "What is a network with CTC told about the times of the symbols in "
        "training?",
        "Nothing: it gets the symbols in their order, and no word about when.",
        "Symbols without their times",
    ),
    Card(
        "trimming",
        "Merging repeats in the output is called trimming. What is lost by "
        "it, whatever the training?",
        "Equal neighbours: no path can spell 好棒棒, as trimming makes 好棒 "
        "of it.",
        "Trimming, and what it loses",
    ),
    Card(
        "blank",
        "What is the blank of CTC for?",
        "It stands for no symbol at all, and keeps two equal symbols apart.",
        "Trimming, and what it loses",
    ),
    Card(
        "reading_a_path",
        "In which order is a path of CTC read?",
        "First merge the repeats, then drop the blanks.",
        "Trimming, and what it loses",
    ),
    Card(
        "loss",
        "What is the loss of CTC?",
        r"$-\log p(y \mid x)$, where $p(y \mid x)$ adds up the probabilities "
        r"of all paths that spell $y$, each a product over its frames.",
        "All paths at once",
    ),
    Card(
        "states",
        "How many states has the table of CTC for a target of $L$ symbols, "
        "and what are they?",
        "$2L + 1$: the symbols, with a blank before, between and after them.",
        "The table, forwards",
    ),
    Card(
        "skip",
        "Which blank may a path of CTC skip, and which not?",
        "One between two different symbols. The blank between two equal "
        "symbols has to be said.",
        "The table, forwards",
    ),
    Card(
        "alpha",
        r"What is $\alpha_t(s)$ in CTC?",
        "The probability of all beginnings that are in state $s$ at frame "
        "$t$, frame $t$ included.",
        "The table, forwards",
    ),
    Card(
        "ends",
        "Where does a path of CTC begin and end in the table?",
        "In one of the first two states and in one of the last two.",
        "The table, forwards",
    ),
    Card(
        "fewest_frames",
        "How many frames does a target need at least?",
        "One for each symbol, and one more for each pair of equal neighbours. "
        "Otherwise there is no path and the loss would be infinite.",
        "Break it: too short, and without logarithms",
    ),
    Card(
        "logarithms",
        "Why does CTC compute with logarithms?",
        r"Each frame multiplies by a number below one, and after enough "
        r"frames a float holds exactly 0. Sums become $\log(e^a + e^b)$, as "
        r"`np.logaddexp` computes it.",
        "Break it: too short, and without logarithms",
    ),
    Card(
        "any_column",
        "How do you read the probability of the target off any frame of both "
        "tables?",
        r"$p(y \mid x) = \sum_s \alpha_t(s)\, \beta_t(s)$, the same for every "
        r"$t$: every path is somewhere at every frame.",
        "Backwards, and the gradient",
    ),
    Card(
        "gradient",
        "What is the gradient of CTC's loss at the logit of class $k$ at "
        "frame $t$?",
        r"$p_t(k) - \sum_{s:\, y'_s = k} \gamma_t(s)$: what the network says, "
        r"minus the share of the paths that pass through that class.",
        "Backwards, and the gradient",
    ),
    Card(
        "blank_first",
        "Why does a network with CTC first learn to say blank, whatever it "
        "hears?",
        "To an even network most of the paths' time is spent in blanks, and "
        "the rest is divided among symbols that differ in every sequence.",
        "First it learns to say nothing",
    ),
    Card(
        "no_times_either",
        "Can you read the times of the symbols off the answer of a CTC "
        "network?",
        "Not safely: the loss is content with any path that spells the "
        "target.",
        "First it learns to say nothing",
    ),
    Card(
        "best_path",
        "Why need the likeliest path not spell the likeliest answer?",
        "An answer is many paths, and their sum may be larger than the "
        "largest path: two frames with blank 0.6 and symbol 0.4 give the "
        "symbol 0.64.",
        "Two ways to read the answer",
    ),
    Card(
        "prefix_beam",
        "Which two sums does prefix beam search keep for each answer so far, "
        "and why two?",
        "Of the paths that end in a blank and of those that end in a symbol: "
        "only after a blank can the same symbol begin anew.",
        "Two ways to read the answer",
    ),
    Card(
        "independence",
        "Which assumption of CTC does the RNN transducer give up?",
        "That the frames are independent of each other once the input is "
        "given. A second recurrent network reads the symbols said so far.",
        "Two ways to read the answer",
    ),
]
