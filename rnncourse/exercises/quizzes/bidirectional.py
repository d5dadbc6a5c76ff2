"""Questions on reading both ways; the first three are the notes' own."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Note N1 asks: are the weights of the forward and the backward "
        "direction the same data?",
        wrong(
            "Yes: it is one network, applied twice.",
            "It is drawn like that, but two sets are learned. Change one, "
            "and only its direction's states move.",
        ),
        right(
            "No; but one set for both can work if the states are "
            "concatenated.",
            "The readout has weights of its own for each side then, and can "
            "tell past from future.",
        ),
        wrong(
            "No, and with one set for both the network could not learn "
            "anything about the future.",
            "With a concatenation it answered every question of this "
            "chapter. It was the sum that could not tell the sides apart.",
        ),
        wrong(
            "Yes, as the steps of one direction share theirs.",
            "Steps share because they do the same job at another time. The "
            "two directions are two jobs, and usually have two sets.",
        ),
    ),
    Choice(
        "Note N1 asks: must the sentence be reversed for the backward "
        "direction? Choose all that are true.",
        right(
            "Reversing it and running the ordinary loop is the same as a "
            "loop that runs down.",
            "To twelve decimals: the assertion in this chapter says so.",
        ),
        right(
            "If it is not reversed, the network knows nothing of the future.",
            "Two networks that read in the same direction are one of twice "
            "the width.",
        ),
        wrong(
            "If it is reversed, nothing else has to be done.",
            "The states come out in reading order. They must be turned back, "
            "so that z_1 meets the last of them.",
        ),
        right(
            "In a batch, each sentence is reversed within its own length.",
            "Else the short ones begin with their padding.",
        ),
        several=True,
    ),
    Choice(
        "Note N1 asks: how are the results of the two directions combined?",
        wrong(
            "By a sum: a concatenation has twice as many weights and "
            "overfits.",
            "Only the readout grows, by a few numbers, and the concatenation "
            "was no worse.",
        ),
        wrong(
            "It must be a concatenation: sum and mean cannot say which "
            "direction a number came from.",
            "With weights of their own, the directions learn to use "
            "different units. With eight units nothing was lost.",
        ),
        right(
            "By concatenation, sum or mean; each at a learning rate of its "
            "own, they do equally well.",
            "A sum is a concatenation whose readout uses the same weights "
            "for both halves.",
        ),
    ),
    Choice(
        "A bidirectional layer knows the past in f and the future in b. Why "
        "could it not say whether they agree?",
        wrong(
            "It was not trained for long enough.",
            "No training helps: the four cases cannot all be right with a "
            "sum of two parts.",
        ),
        right(
            "The readout adds a number from f and a number from b; agreeing "
            "is not a sum of the two.",
            "It takes a nonlinearity after both have arrived: a "
            "second layer.",
        ),
        wrong(
            "f and b are in opposite order.",
            "They were turned back, and each half alone was read off at once.",
        ),
    ),
    Choice(
        "Why do live captions not use a network of this kind over a whole "
        "speech?",
        wrong(
            "It has twice as many weights, which is too slow.",
            "Twice the work would be no obstacle. The second half of it "
            "cannot begin.",
        ),
        right(
            "The backward pass starts at the end of the speech.",
            "Until then no word has its final answer. A window or a delay "
            "of a few words is the way out.",
        ),
        wrong(
            "Its gradients vanish over a long speech.",
            "So do a forward network's; and reading needs no gradient.",
        ),
    ),
    Number(
        "By hand: a straight unit adds half of its old state to each input, "
        "h = x + h/2. Both directions use it on the inputs 1, 2, 3. What is "
        "the backward half of z_1?",
        2.75,
        "From the end: 3, then 2 + 1.5 = 3.5, then 1 + 1.75 = 2.75.",
        tolerance=0.005,
        known={
            3.0: "That is the first state of the backward pass, at x_3. "
            "z_1 meets the last.",
            4.25: "That is the forward direction's last state.",
            1.0: "That is the forward half of z_1.",
            3.5: "That is the backward half of z_2.",
        },
        otherwise="Start at the 3 with an old state of 0 and walk to the 1.",
    ),
    Number(
        "By hand: inputs of size 5, 4 units in each direction with one bias "
        "each, the states concatenated, a readout with 3 outputs and a bias. "
        "How many parameters?",
        107,
        "Each direction 5·4 + 4·4 + 4 = 40; the readout 8·3 + 3 = 27.",
        tolerance=0.5,
        known={
            67: "The directions do not share their weights.",
            95: "That is the sum's readout, 4·3 + 3. A concatenation has 8 "
            "numbers to read.",
            80: "The readout is missing.",
            115: "That counts two biases for each unit, as PyTorch has them; "
            "here there is one.",
            104: "The bias of the readout is missing.",
        },
        otherwise="Count one direction, double it, then the readout on 8.",
    ),
]
