"""Cards on practice."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "first_to_tune",
        "Which setting is to be tuned first?",
        "By a usual order, the learning rate, over three powers of ten. Then "
        "updates, then units, and the rest last.",
        "What to tune first",
    ),
    Card(
        "random_search",
        "What does random search try that a grid of as many runs does not?",
        "Every setting anew in each run: twelve runs try twelve rates. A grid "
        "over five settings needs 32 runs for two values of each.",
        "What to tune first",
    ),
    Card(
        "first_loss",
        "What should the first loss of a classifier of $K$ classes be?",
        r"About $\ln K$: a network that knows nothing gives each class $1/K$.",
        "Four measures, before anything else",
    ),
    Card(
        "four_measures",
        "Which four measures take a minute, before you believe a curve?",
        "The first loss, the loss on a single batch learned by heart, the "
        "gradient's norm before clipping, and the same evaluation twice.",
        "Four measures, before anything else",
    ),
    Card(
        "below_chance",
        r"The first loss is well below $\ln K$. What do you suspect?",
        "Padding that is counted: a network that knows nothing cannot be "
        "better than chance.",
        "A museum of ten bugs",
    ),
    Card(
        "not_zeroed",
        "What is the signature of gradients that are not zeroed?",
        "The norm of the gradient grows from update to update.",
        "A museum of ten bugs",
    ),
    Card(
        "twice_softmax",
        "Which of the four measures catches a second softmax?",
        "One batch: it cannot be learned by heart, because the scores lie "
        "between 0 and 1.",
        "A museum of ten bugs",
    ),
    Card(
        "leak_signature",
        "Which bug makes the validation loss better, with no gap to warn you?",
        "A leak of the future into the inputs. Change the future and look "
        "whether an answer changes.",
        "A museum of ten bugs",
    ),
    Card(
        "off_by_one",
        "A target that is off by one passes all four measures. How is it "
        "found?",
        "Print a few inputs above their targets and read them.",
        "A museum of ten bugs",
    ),
    Card(
        "not_carried",
        "What is the signature of a state that is not carried from window to "
        "window?",
        "The loss by step: the first steps of each window cost more than the "
        "last. The mean over the window hides most of it.",
        "The state: carried, reset, cold",
    ),
    Card(
        "strange_state",
        "A state is carried into sequences that have nothing to do with it. "
        "How is this bug found?",
        "By a test: the answer to a sequence must not depend on which "
        "sequence was read before. No curve need show it.",
        "The state: carried, reset, cold",
    ),
    Card(
        "weighted",
        "Why must the losses of a text's windows be weighted by their "
        "lengths?",
        "A mean of means gives the few signs of a short last window the "
        "weight of a full one.",
        "Perplexity of a long text",
    ),
    Card(
        "beside_a_perplexity",
        "Which three things belong beside the perplexity of a long text?",
        "Per what, in how many columns, and with which resets: each column "
        "starts cold.",
        "Perplexity of a long text",
    ),
    Card(
        "nan",
        "Name three usual causes of a loss that is infinite or no number.",
        "The logarithm of a probability that was rounded to 0, a gradient "
        "that explodes, and a mean over nothing.",
        "NaN, and a class that is rare",
    ),
    Card(
        "first_nan",
        "The loss is NaN. At which batch do you look?",
        "At the first that has one. Afterwards every weight is NaN.",
        "NaN, and a class that is rare",
    ),
    Card(
        "rare_class",
        "One class in twenty matters. What do you report beside the accuracy?",
        "The recall of each class, or their mean: the network that never "
        "names the rare one has an accuracy of 95 % and a mean recall of one "
        "half.",
        "NaN, and a class that is rare",
    ),
    Card(
        "read_the_data",
        "What comes first in the order for debugging?",
        "Read the data as the network gets it: inputs above targets, in "
        "words, with padding and mask.",
        "An order for debugging",
    ),
    Card(
        "against_overfitting",
        "What is a usual order of cures for overfitting?",
        "More data, stop early, then dropout, weight decay, tying, a smaller "
        "network last. Validation decides about each.",
        "An order against overfitting",
    ),
]
