"""Cards on attention."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "query_key_value",
        "What are query, key and value?",
        "The query asks. Keys are compared with it. And to each key belongs a "
        "value, which is read.",
        "A dictionary that answers with a mixture",
    ),
    Card(
        "soft_dictionary",
        "How does attention differ from a dictionary of Python?",
        "It always answers, with a mixture of all values, and the mixture has "
        "a gradient.",
        "A dictionary that answers with a mixture",
    ),
    Card(
        "longer_query",
        "What happens to the weights if a query gets longer in the same "
        "direction?",
        "They get sharper: from a mean of all values at length 0 towards a "
        "look-up of the best key.",
        "A dictionary that answers with a mixture",
    ),
    Card(
        "softmax_back",
        "The gradient at the weights $a_t$ is $da_t$. What is it at the "
        "scores?",
        r"$de_t = a_t \left( da_t - \sum_{t'} a_{t'}\, da_{t'} \right)$: a "
        r"score rises if its value is better than what was read on average.",
        "Two scores, by hand",
    ),
    Card(
        "product_won",
        "What speaks for the product as a score, against the additive score?",
        "The additive score holds a hidden layer for every pair of a query "
        "and a row. The product needs one matrix product for all pairs at "
        "once.",
        "Two scores, by hand",
    ),
    Card(
        "root",
        r"Why are scores divided by $\sqrt{E}$?",
        "A product of $E$ independent entries of variance 1 has variance $E$. "
        "Undivided, a fresh softmax would be sure of something by luck, and "
        "let hardly any gradient through.",
        "Why divide by a square root?",
    ),
    Card(
        "heads",
        "What are several heads?",
        "The vectors are cut into pieces, and each piece looks for itself, so "
        "that one step may look at several places at a time.",
        "Why divide by a square root?",
    ),
    Card(
        "self_attention",
        "What is self-attention?",
        "A sequence looks at itself: queries, keys and values are all made of "
        "the same $x_t$, by three matrices.",
        "Everybody looks",
    ),
    Card(
        "one_step",
        "How many steps lie between any input and any output of "
        "self-attention?",
        "One. There is no chain of states, and all outputs can be computed at "
        "once.",
        "Everybody looks",
    ),
    Card(
        "causal_mask",
        "What does a causal mask do?",
        "It sets the scores of later steps to minus infinity, so that their "
        "weight is 0 and no step sees its future.",
        "Who may look where",
    ),
    Card(
        "missing_mask",
        "How do you notice that a causal mask is missing?",
        "Change the last input: earlier outputs must not move. No gradient "
        "check finds it, since the gradients are right; a loss that is too "
        "good may.",
        "Who may look where",
    ),
    Card(
        "order",
        "What does attention without mask and positions know of the order of "
        "words?",
        "Nothing: a sum over all steps does not know in which order they "
        "stood.",
        "Order, put back in",
    ),
    Card(
        "sine_and_cosine",
        "Why do positions made of waves have a sine *and* a cosine of each?",
        "With both, the product of two places depends on their distance "
        "alone.",
        "Order, put back in",
    ),
    Card(
        "block",
        "Of which two halves is a block made, and what stands beside and "
        "before each?",
        "Attention, and two layers for each step by itself. Beside each half "
        "is a residual connection, and before each a norm.",
        "One block",
    ),
    Card(
        "layer_norm",
        "What does layer norm do to a vector?",
        "It subtracts its mean and divides by its spread, then scales and "
        "shifts with two learned vectors: each vector for itself.",
        "One block",
    ),
    Card(
        "cache",
        "What does an attention block keep in place of a state?",
        "A cache: the keys and values of all steps that it has read. The next "
        "step then costs one query.",
        "One block",
    ),
    Card(
        "places_not_task",
        "A block learned to copy after a wait of ten steps and failed at "
        "twenty. What had it learned?",
        "A rule about places: look fifteen steps back. In training that and "
        "the task were the same.",
        "It learns to copy",
    ),
    Card(
        "the_control",
        "Which control named positions as the cause of failures at new "
        "lengths?",
        "The same block without positions, all else alike: it went on adding "
        "and counted further, where the one with positions was lost. On the "
        "text it was not run.",
        "Longer than in training",
    ),
    Card(
        "square",
        "How do the costs of attention and of a recurrent network grow with "
        "the length $T$?",
        "Attention compares all pairs, $T^2$ scores, and its cache grows with "
        "each step. A recurrent network's work grows with $T$, and its state "
        "does not grow.",
        "What it costs",
    ),
    Card(
        "norm_and_gain",
        "What does a layer norm before the tanh change about a recurrent "
        "network's start, and what not?",
        "The size of the weights no longer matters. The gradient of a fresh "
        "network still shrinks over the steps.",
        "Second reading: what a norm does to a recurrent network",
    ),
]
