"""Questions on the LSTM; the first three are the notes' own."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "N2 says: each channel of x belongs to one gate, so x needs at "
        "least four channels. Why is that not so?",
        wrong(
            "Because the gates read h and not x.",
            "They read both. With x alone or h alone they would still need "
            "no four channels.",
        ),
        right(
            "Because each gate has a weight for every channel: W_xh is "
            "(D, 4H), and D may be 1.",
            "The four inputs of the drawing are four products. The chapter "
            "trained an LSTM with one channel.",
        ),
        wrong(
            "Because x is copied until it has four channels.",
            "Nothing is copied. One row of weights, with four columns a "
            "unit, is enough.",
        ),
        wrong(
            "It is so: with fewer channels some gates stay constant.",
            "A gate stays constant if its weights are 0. One channel can "
            "move all four.",
        ),
    ),
    Choice(
        "N2 says: the LSTM solves vanishing, but not exploding. Where can "
        "its gradient explode?",
        wrong(
            "Along the memory, if the forget gate is wide open.",
            "Open means a factor of nearly 1, never above it. Along that way "
            "alone nothing can grow.",
        ),
        right(
            "On the way through h: gates, tanh and W_hh, a matrix that "
            "nothing bounds.",
            "With W_hh twelve times as large it grew by powers of ten, "
            "whatever the forget gate did.",
        ),
        wrong(
            "In the input gate, which adds to the memory at each step.",
            "The input is added, not multiplied: what was there before keeps "
            "its factor f.",
        ),
        wrong(
            "Nowhere, if the network is trained with Adam.",
            "Adam scales the step, not the backward pass. The gradient has "
            "exploded before Adam sees it.",
        ),
    ),
    Choice(
        "The memory of an LSTM is only lost when the forget gate closes, "
        "says N2. Which of these also lose it? Choose all that apply.",
        right(
            "A forget gate of 0.9 that never closes.",
            "After 44 steps less than a hundredth is left.",
        ),
        wrong(
            "An output gate that is shut for a while.",
            "It hides the memory and does not empty it: c goes on through "
            "the forget gate. What it hides is hidden from the other gates, "
            "too, so they may let in and forget a little differently.",
        ),
        right(
            "An input gate that stays open while unrelated numbers come in.",
            "They are added on top, and from a sum nobody can tell the "
            "parts. The bare adder failed by this alone.",
        ),
        wrong(
            "The tanh between the memory and the output.",
            "It squashes what is shown, a copy. c itself goes on past it.",
        ),
        several=True,
    ),
    Choice(
        "A fresh LSTM with forget bias 1 reads 100 steps. How much of the "
        "gradient at the last step arrives at the first?",
        wrong(
            "All of it: that is what the constant error carousel is for.",
            "It is constant only where f = 1. A fresh gate stands at about "
            "0.73.",
        ),
        wrong(
            "About three quarters.",
            "That is one step's share. It is taken at every step anew.",
        ),
        right(
            "Less than a thousandth: the gates must first be opened by "
            "training.",
            "Along the carousel each step multiplies by about 0.73, and a "
            "hundred such factors leave next to nothing. Both ways together "
            "left less than a millionth. After training much of it arrived.",
        ),
    ),
    Choice(
        "With its usual start, a forget bias of 1, an LSTM learned to add "
        "over 160 steps with one seed of five, at the best rate of its "
        "grid. What did the chapter find to help?",
        wrong(
            "A forget bias of 0.",
            "That gate forgets faster. On 160 steps it was not tried; on 80 "
            "a few more seeds learned with it, too few to tell.",
        ),
        right(
            "Chrono initialisation: forget gates open for delays of all "
            "lengths, and input gates shut as far.",
            "With it every seed learned 160 steps, and so did every GRU.",
        ),
        wrong(
            "Nothing: an LSTM does not reach that far.",
            "It was not the cell that stopped. With other biases to begin "
            "with, the same cell learned it.",
        ),
        wrong(
            "A smaller learning rate.",
            "Each start had the best rate of a grid, and for this one it was "
            "a large one. At the smaller rates no run learned it.",
        ),
    ),
    Number(
        "By hand: one unit, i = 0.5, f = 0.8, g = −0.4, and c was 1.5. What "
        "is c now?",
        1.0,
        "0.8 · 1.5 + 0.5 · (−0.4) = 1.2 − 0.2.",
        tolerance=0.005,
        known={
            1.3: "That keeps the old memory whole. It passes the forget gate "
            "first.",
            0.8: "The input passes the input gate: −0.4 becomes −0.2.",
            0.1: "You multiplied the old memory by 1 − f. The forget gate "
            "says how much is kept.",
            1.4: "The input is negative: it is subtracted.",
            0.76: "That is tanh(1), which goes to the output. The memory "
            "itself is not squashed.",
        },
        otherwise="f times the old memory, plus i times g.",
    ),
    Number(
        "By hand: D = 3 and H = 10. How many numbers does an LSTM of this "
        "course hold, with both of its biases?",
        600,
        "4 · (3·10 + 10·10 + 10 + 10) = 4 · 150.",
        tolerance=0.5,
        known={
            150: "That is a plain network. The LSTM has four inputs, and a "
            "layer for each.",
            560: "With one bias it would be right. This course keeps two, as "
            "torch does.",
            450: "Three gates, yes; and the input g is a layer, too.",
            520: "The biases are missing: 2 · 40.",
        },
        otherwise="Four layers, each with a weight from every input and "
        "every unit to every unit, and two biases a unit.",
    ),
]
