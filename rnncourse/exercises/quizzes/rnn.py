"""Questions on recurrent networks; the first two are the notes' own (N1)."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "The three weight matrices of an unrolled network: are they the same "
        "piece of data at every step?",
        wrong(
            "No, each step learns its own; that is what unrolling means.",
            "Unrolling draws the same network several times. If each step "
            "had its own matrices, a sentence one word longer than all in "
            "training would need a matrix that was never trained.",
        ),
        wrong(
            "They start out equal and drift apart in training.",
            "There is only one of each in memory, so nothing can drift "
            "apart. Its gradient is the sum of what all steps ask for.",
        ),
        right(
            "Yes: one of each, used at every step.",
            "That is why no shape has a T in it, why touching one entry "
            "moves every state after the first, and why its gradient is a "
            "sum over the steps.",
        ),
        wrong(
            "The input matrix is shared; the recurrent one is not, because "
            "the state changes.",
            "The state changes; the matrix that multiplies it does not. "
            "Both are shared.",
        ),
    ),
    Choice(
        "The engineering diagram of the notes shows no product with the "
        "input at each step. Where has it gone?",
        right(
            "Out of the loop: `xs @ W_xh` is one product for all steps, "
            "because all words are known before the loop starts.",
            "One large product is faster than many small ones, and the most "
            "so for small batches.",
        ),
        wrong(
            "Into the activation function, which does the work of a product.",
            "tanh works entry by entry and mixes nothing. Without a product "
            "no unit could pass anything to another.",
        ),
        wrong(
            "Nowhere: a recurrent network has no product inside the loop.",
            "One stays inside: h @ W_hh needs the state of the step before, "
            "which does not exist any earlier.",
        ),
        wrong(
            "Out of the loop, together with `h @ W_hh`.",
            "The words are all there at the start; the states are not. That "
            "product has to wait its turn, step by step.",
        ),
    ),
    Choice(
        "Which of these can a bag of words tell about a sentence? Choose all "
        "that apply.",
        right(
            "Whether the word “not” is in it.",
            "A count tells what is in a sentence.",
        ),
        wrong(
            "Who called whom.",
            "“anna called ben” and “ben called anna” have the same counts "
            "and different answers.",
        ),
        right(
            "How many words it has.",
            "The length is the sum of the counts.",
        ),
        wrong(
            "Which word came first.",
            "The first word is a matter of order, and the counts have "
            "forgotten the order.",
        ),
        several=True,
    ),
    Choice(
        "To find the intent, the notes read only the last output. Is that "
        "enough?",
        wrong(
            "No: the last output has seen the last word only.",
            "Its state was handed on from word to word, so every word had a "
            "way to reach it.",
        ),
        right(
            "It can be: the last state had a chance to keep something of "
            "every word, and training decides what it keeps.",
            "In this chapter it was enough for nearly all requests. How long "
            "a sentence may grow before it is not is the question of a later "
            "chapter.",
        ),
        wrong(
            "Always: the last state holds everything that was said.",
            "It has a fixed number of entries, and a sentence can be of any "
            "length. Something has to be left out.",
        ),
        wrong(
            "Only if the last word is the one that decides.",
            "In “can you play … before you call anna please” the last word "
            "decides nothing, and nearly all such requests are answered "
            "right.",
        ),
    ),
    Choice(
        "A network is to stay silent until it is asked, and then to say what "
        "it was told long before. What must its store hold?",
        wrong(
            "Its output, as in Jordan's network: that is what it was told.",
            "While it is silent it says “nothing”, whatever it was told, "
            "and a store of what it said has nothing to answer from. "
            "Only the raw scores behind the word have room for more.",
        ),
        right(
            "Its hidden layer, as in Elman's network.",
            "What must be remembered need not have been said. Storing the "
            "output is enough only when what is said contains it.",
        ),
        wrong(
            "Either will do: both are recurrent.",
            "On the lamp, Jordan's network guessed when it was asked only "
            "now and then. What a network stores decides what it can know.",
        ),
    ),
    Number(
        "By hand: a network reads one-hot words from a vocabulary of 500 "
        "into 64 hidden units, with the two biases of our convention, and "
        "has a readout of 8 classes. How many numbers does it learn?",
        36744,
        "500·64 + 64·64 + 64 + 64 for the cell and 64·8 + 8 for the readout. "
        "Sentences of twice the length cost nothing more.",
        tolerance=0.5,
        known={
            36680: "Nearly: one bias is missing. Our cells have two, b_x and "
            "b_h.",
            36224: "That is the cell alone. The readout learns 64·8 + 8 more.",
            36736: "Nearly: the readout has a bias, too, one number a class.",
            36608: "That is the three matrices. There are biases as well.",
            32648: "The recurrent matrix is missing: 64·64 numbers.",
            36672: "Nearly: this lacks a bias of the cell and that of the "
            "readout.",
        },
        otherwise="Count array by array: W_xh, W_hh, b_x, b_h, then the "
        "readout's W_hy and b_y. What is the shape of each?",
    ),
    Number(
        "By hand: one unit, one input, `w_xh = 1`, `w_hh = -1`, no bias, and "
        "a store of 0. The inputs are 1 and 1. What is the second state, to "
        "three places?",
        0.2340,
        "tanh(1) ≈ 0.762, then tanh(1 − 0.762) ≈ 0.234. The same input "
        "twice, two states: the second 1 came to a store that was not empty.",
        tolerance=0.0015,
        known={
            0.23: "Right so far. One more place, please.",
            0.7616: "That is the first state. The second 1 meets a store "
            "that holds it.",
            0.2384: "That is the sum inside, 1 − 0.762. It still goes "
            "through tanh.",
            0.0: "1 − 1 would be 0, but the store holds tanh(1), not 1.",
            0.9433: "The recurrent weight is −1: the old state is taken "
            "away, not added.",
        },
        otherwise="First h = tanh(1·1 + (−1)·0), then the same once more "
        "with that h in the store.",
    ),
]
