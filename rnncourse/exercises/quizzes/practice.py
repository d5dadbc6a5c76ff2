"""Questions on practice; the last is by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "A classifier with 10 classes starts with a loss of 2.30 and is still "
        "at 1.9 after 300 updates on one batch of eight sequences. What is "
        "the first thing to look for?",
        right(
            "A bug: scores, loss and gradient.",
            "Eight sequences can be learned by heart. While they are not, "
            "more data and more units are no help.",
        ),
        wrong(
            "A larger network.",
            "Almost any network can learn eight sequences by heart.",
        ),
        wrong(
            "More data.",
            "With more data the task gets harder, not easier to check.",
        ),
        wrong(
            "A wrong start: the first loss is too high.",
            "It is ln 10, as it should be for a network that knows nothing.",
        ),
    ),
    Choice(
        "Training and validation loss are both far better than any published "
        "number. There is no gap between the two. What does that rule out?",
        wrong(
            "A leak: it would open a gap.",
            "A leak in the inputs is there in both parts. It helps both.",
        ),
        right(
            "Overfitting.",
            "What is known by heart does not help on text that was not read.",
        ),
        wrong(
            "Every bug.",
            "Some bugs make the numbers better. These are the worst.",
        ),
    ),
    Choice(
        "The same weights are evaluated twice on the same text, and the two "
        "losses differ in the second digit. Which bug does that?",
        right(
            "Dropout is still on.",
            "Only something that is drawn can differ between two readings.",
        ),
        wrong(
            "The state is not carried.",
            "That makes the loss worse, twice by the same amount.",
        ),
        wrong(
            "The learning rate is too high.",
            "Evaluation does not move the weights.",
        ),
    ),
    Choice(
        "Your network knows the training text by heart. Which are sound ways "
        "to choose the strength of a cure? Choose all that are.",
        right(
            "Try a few strengths, and keep what validation likes.",
            "That is what validation is for.",
        ),
        wrong(
            "Take the strength that has the smallest gap.",
            "A network that learns nothing has no gap at all.",
        ),
        wrong(
            "Take the strength that is best in the test.",
            "Then the test has taken part in the training.",
        ),
        right(
            "Choose the learning rate of each cure anew.",
            "A cure can need another rate, and would be blamed for the old "
            "one.",
        ),
        several=True,
    ),
    Number(
        "By hand: a text of 100 tokens is read in two windows. The first has "
        "90 tokens and a mean loss of 1 nat, the second 10 tokens and a mean "
        "loss of 2 nats. What is the loss per token?",
        1.1,
        "90 times 1 and 10 times 2 make 110 nats, for 100 tokens.",
        tolerance=0.005,
        known={
            1.5: "That is the mean of the means. The short window counts as "
            "much as the long one.",
            110: "These are the nats of the whole text. Divide by its tokens.",
            3.0: "That is the perplexity: the exponential of the answer.",
        },
        otherwise="Add up the nats of all tokens, then divide by how many "
        "there are.",
    ),
]
