"""Questions on the library's habits; the last is by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "`output, h_n = nn.GRU(8, 16, bidirectional=True, "
        "batch_first=True)(x)`, and a classifier reads `output[:, -1]`. What "
        "does it read?",
        wrong(
            "A summary of the whole sentence from both directions.",
            "The forward half has read all of it. The backward half begins "
            "at the last word, and that word is all it has read there.",
        ),
        right(
            "The forward direction after all words, the backward direction "
            "after one word.",
            "Half of the features are nearly empty, and nothing complains. "
            "`h_n[-2]` and `h_n[-1]` are the two ends.",
        ),
        wrong(
            "The backward direction alone.",
            "The last axis holds both halves, 32 numbers.",
        ),
        wrong(
            "The padding, always.",
            "Only if the batch is padded and not packed. The fault is there "
            "for sentences of one length, too.",
        ),
    ),
    Choice(
        "`nn.CrossEntropyLoss()` gets `logits` of shape (N, L, K) and "
        "`targets` of shape (N, L), and L happens to equal K. What happens?",
        wrong(
            "An error about shapes.",
            "That is what you get when L and K differ. When they are equal "
            "the shapes fit.",
        ),
        right(
            "No error, and a loss of the wrong thing.",
            "The classes are expected on axis 1. The library takes time for "
            "classes.",
        ),
        wrong(
            "The right loss: the last axis is always the classes.",
            "For inputs of more than two axes, the classes are axis 1.",
        ),
    ),
    Choice(
        "Which of these make the loss look *better* than it is? Choose all "
        "that do.",
        right(
            "Dividing the sum over real words by B · T of a padded batch.",
            "The denominator is too large, so the number is too small.",
        ),
        right(
            "Counting padding that the network predicts perfectly.",
            "Every such place adds a loss near 0 and one to the count.",
        ),
        wrong(
            "A softmax before `CrossEntropyLoss`.",
            "That makes it look worse: scores between 0 and 1 cannot become "
            "certain, and the loss has a floor.",
        ),
        wrong(
            "Forgetting `eval()` with dropout in the network.",
            "Dropout at test time adds noise, which costs.",
        ),
        several=True,
    ),
    Choice(
        "Training stops with “Trying to backward through the graph a second "
        "time”, from the second batch on. What is the likely cause in a "
        "recurrent network?",
        right(
            "The state of one batch is handed to the next with its graph.",
            "`h = h.detach()` keeps the numbers and lets go of the past. For "
            "an LSTM, both of its states.",
        ),
        wrong(
            "`zero_grad()` is missing.",
            "Then gradients add up, silently. No graph is walked twice.",
        ),
        wrong(
            "The learning rate is too high.",
            "That would show in the loss, not in an error about graphs.",
        ),
        wrong(
            "`retain_graph=True` is missing.",
            "With an optimiser the next error comes at once: the old graph "
            "needs the weights from before the update. Without one, every "
            "batch is slower than the one before.",
        ),
    ),
    Number(
        "By hand: a network ends in a softmax over 10 classes and then in "
        "`CrossEntropyLoss`, which applies another one. At best, the first "
        "gives 1 to the right class and 0 to the nine others. How small can "
        "the loss get? (two decimals)",
        1.46,
        "$-\\log\\frac{e}{e + 9} = \\log(1 + 9/e) \\approx 1.46$. A loss that "
        "will not fall below that is a sign.",
        tolerance=0.006,
        known={
            0: "With scores of 1 and 0 the second softmax is far from sure: "
            "it gives e / (e + 9) to the right class.",
            2.3: "That is ln 10, what knowing nothing costs.",
            0.23: "That is e / (e + 9), the probability. The loss is minus "
            "its logarithm.",
        },
        otherwise="The second softmax sees one 1 and nine 0s. Which "
        "probability does it give to the 1, and what is minus its logarithm?",
    ),
]
