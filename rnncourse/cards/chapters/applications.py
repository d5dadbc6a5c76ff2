"""Cards on applications."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "three_parts",
        "Why are data split into three parts, for training, validation and "
        "test?",
        "A network graded on what it has learned is graded on its memory, and "
        "picking the best of many networks by the test is learning from the "
        "test.",
        "One label a sentence, in full",
    ),
    Card(
        "embedding",
        "What is an embedding, and why is it nothing new for the network?",
        "A table with one row a word, which is learned. Picking a row is a "
        "product with a one-hot vector.",
        "A vector for each word",
    ),
    Card(
        "unknown_word",
        "How does a row for unknown words come to mean something?",
        "Words are replaced by it at random in training, drawn anew each "
        "time. A row that never occurs is never learned.",
        "A vector for each word",
    ),
    Card(
        "table_gradient",
        "How do you get the gradient of an embedding table?",
        "What arrives at $x_t$ is added to the row that it came from, however "
        "often a word occurs.",
        "Which outputs are read?",
    ),
    Card(
        "early_stopping",
        "What is early stopping?",
        "Look at the validation data now and then, keep a copy of the "
        "weights, and take the copy that did best on them in the end.",
        "Trained, and chosen honestly",
    ),
    Card(
        "earlier_outputs",
        "A network is trained on its last output alone. Why are its earlier "
        "outputs poor, although its states know a good deal?",
        "Nobody had ever graded those outputs. For the most part what is "
        "missing is the habit of saying it: a new readout, fitted to the "
        "same states, says much more.",
        "What do the others know?",
    ),
    Card(
        "probe",
        "How do you find out whether a network's states know what its outputs "
        "do not say?",
        "With a probe: leave the network as it is, and fit a new readout to "
        "its states. Do the same with a network that was never trained, since "
        "a readout can learn something by itself.",
        "What do the others know?",
    ),
    Card(
        "last_is_enough",
        "Under which condition is the last output enough for an intent?",
        "For sentences that end as those of the training did. Endless thanks "
        "behind the request spoil the answer, though the state still holds "
        "it, unless such endings are shown in training.",
        "A polite caller",
    ),
    Card(
        "calibrated",
        "When is a classifier calibrated?",
        "If of the answers to which it gave 90 %, 90 % are right, and so for "
        "every probability.",
        "What it does not know",
    ),
    Card(
        "nonsense",
        "Why does a classifier of eight intents answer nonsense with "
        "confidence?",
        "A softmax says which of the eight fits best. It was never asked "
        "whether any of them fits.",
        "What it does not know",
    ),
    Card(
        "back_off",
        "What does a table of counts that backs off do, where a row was seen "
        "too rarely?",
        "It takes a little from each count that is there and shares that out "
        "as the table of the shorter row would.",
        "Tables that admit what they do not know",
    ),
    Card(
        "kneser_ney",
        "What does Kneser–Ney count in the shorter rows, in place of how "
        "often a row was read?",
        "After how many *different* characters it was read. A word that is "
        "frequent after one other word only should not be expected elsewhere.",
        "Tables that admit what they do not know",
    ),
    Card(
        "mixture",
        "A table beats a network at predicting text. Why can a mixture of the "
        "two still be better than either?",
        "They err in different places: the weaker of the two knows something "
        "that the stronger does not.",
        "Two that err in different places",
    ),
    Card(
        "comparing_perplexity",
        "When may two perplexities be compared?",
        "If they are for the same signs of the same text. The same model has "
        "one perplexity per character and quite another per word.",
        "Perplexity",
    ),
    Card(
        "temperature",
        r"What does a temperature $\tau$ do to the guesses of a model, and "
        r"which is special?",
        "The logits are divided by it: below 1 the likely gets likelier, "
        "above 1 everything evens out. Training by cross-entropy aims at 1.",
        "Temperature",
    ),
    Card(
        "top_k_and_nucleus",
        "How do top-k and nucleus sampling cut the tail?",
        "Top-k keeps the $k$ likeliest. Nucleus sampling keeps the fewest "
        "whose probabilities add up to $p$, so few where the model is sure "
        "and many where it is not.",
        "Temperature",
    ),
    Card(
        "byte_pairs",
        "How does byte pair encoding learn its pieces?",
        "It starts from single characters and joins the pair of neighbours "
        "that occurs most often into a new piece, everywhere, again and "
        "again.",
        "Pieces between letters and words",
    ),
    Card(
        "arithmetic_coding",
        "How many bits does arithmetic coding need for a text under a model?",
        r"About the sum of $-\log_2 p$ of its characters, the loss in bits: a "
        r"number in an interval of width $W$ takes about $-\log_2 W$ bits, "
        r"and $W$ is the product of the probabilities.",
        "The loss is a number of bytes",
    ),
]
