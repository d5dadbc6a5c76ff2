"""Cards on sequence to sequence."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "two_networks",
        "What does the encoder do, and what the decoder?",
        "The encoder reads and says nothing; its last state is the decoder's "
        "first. The decoder writes one token at a time and reads what it "
        "wrote.",
        "One reads, another writes",
    ),
    Card(
        "all_lengths",
        "What makes an encoder–decoder a distribution over sequences of every "
        "length?",
        "The factor for the end sign: with it the probabilities of all "
        "sequences of all lengths add up to one.",
        "One reads, another writes",
    ),
    Card(
        "teacher_forcing",
        "What is teacher forcing?",
        "In training the decoder reads the right token, whatever it would "
        "have written itself. All its inputs are then known beforehand.",
        "Teacher forcing",
    ),
    Card(
        "reads_and_writes",
        "Under teacher forcing, what does the decoder read and what should it "
        "write, for the answer *a b*?",
        "It reads *begin a b* and should write *a b end*.",
        "Teacher forcing",
    ),
    Card(
        "exposure_bias",
        "What is exposure bias, and where does it show?",
        "Trained on truth, the decoder meets states of its own making that it "
        "never saw. It shows behind its first mistake; up to there it has "
        "read the same.",
        "Teacher forcing",
    ),
    Card(
        "tokens_flatter",
        "Why does the share of right tokens flatter a model?",
        "A sequence is right only if all its tokens are, so far fewer "
        "sequences than tokens are right.",
        "Teacher forcing",
    ),
    Card(
        "with_and_without_teacher",
        "What does a decoder that learned from its own words do better than "
        "one with a teacher, and what not, each at its own best rate?",
        "Behind its first mistake it gets more right. It does not end with "
        "more whole sequences, and at one rate for both it starts later. The "
        "teacher also saves the writing in training.",
        "Teacher forcing",
    ),
    Card(
        "end_sign",
        "A decoder was trained with the end sign left out of its loss. What "
        "does it write?",
        "It may begin well, and then goes on until it is cut off. The end "
        "is not something that a decoder has but something it says.",
        "The sign that ends it",
    ),
    Card(
        "greedy_and_beam",
        "What is the difference between greedy decoding and a beam?",
        "Greedy takes the best token at each step. A beam keeps the few best "
        "beginnings, lets each grow by every token and keeps the few best of "
        "those. Width 1 is greedy.",
        "Greedy, and a beam",
    ),
    Card(
        "wide_beam",
        "A wider beam finds a likelier answer. Why can that be a worse one?",
        "A search can only be as good as the model it searches. Short answers "
        "have fewer factors below one; in translation, the likeliest of all "
        "is quite often the empty one.",
        "Greedy, and a beam",
    ),
    Card(
        "reversed_source",
        "Why did reading the source backwards help Sutskever and others, "
        "although the average wait of a token is the same?",
        "The shortest wait becomes one step. A gradient that has only one "
        "step to walk finds its way, and learning has somewhere to begin.",
        "Reading backwards",
    ),
    Card(
        "bottleneck",
        "Which bottleneck does attention remove?",
        "That all the decoder knows of the source is one state. With "
        "attention the states of every step stay open to it.",
        "Attention: looking back",
    ),
    Card(
        "attention_weights",
        "How are the weights of Luong's attention made of the decoder's state "
        "$s_u$ and the encoder's states $h_t$?",
        r"By a softmax over $t$ of the scores $s_u W_{qm} \cdot h_t$.",
        "Attention: looking back",
    ),
    Card(
        "context",
        "What is the context $c_u$, and where does it go?",
        r"The weighted mean of the encoder's states, $\sum_t a_{u,t}\, h_t$. "
        r"It goes into the readout beside $s_u$.",
        "Attention: looking back",
    ),
    Card(
        "reading_a_map",
        "Why should an attention map be read with care?",
        "What is read at a place is a state that has read everything up to "
        "there. The map shows where the network looks, and not why.",
        "Attention: looking back",
    ),
    Card(
        "autoencoder",
        "What are the labels of a sentence autoencoder, and why may it have "
        "no attention?",
        "The sentences themselves. Attention would look past the vector "
        "through which all of the sentence has to pass.",
        "A sentence to a vector and back",
    ),
    Card(
        "tree_as_sequence",
        "How does an encoder–decoder become a parser?",
        "A tree is written as a sequence, by its brackets.",
        "Beyond sequences: a tree",
    ),
    Card(
        "bracket_f1",
        "What is bracket F1, with $A$ brackets in the answer, $B$ in the tree "
        "and $C$ in both?",
        "$2C / (A + B)$, where a bracket counts as the triple of its label, "
        "its first word and its last.",
        "Beyond sequences: a tree",
    ),
    Card(
        "parsing_attention",
        "Did parsers of short sentences need attention?",
        "At equal updates all seeds with it were ahead of all without. A "
        "larger LSTM without it that trained for longer got there, too: one "
        "state can hold a short sentence.",
        "Beyond sequences: a tree",
    ),
    Card(
        "parsing_counts",
        "On sentences longer than in training, what did attention buy an "
        "LSTM parser: a better count of the words, or better trees?",
        "Better trees where the count was right. The words were miscounted "
        "about as often with attention as without.",
        "Beyond sequences: a tree",
    ),
]
