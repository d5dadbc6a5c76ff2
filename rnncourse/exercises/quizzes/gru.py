"""Questions on the GRU; the first two are taken from note N4."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Note N4 writes h = (1 − z) ⊙ h_before + z ⊙ h′, and says that z "
        "near 0 means forgetting. What does z = 0 do in this formula?",
        wrong(
            "It forgets everything: the state becomes 0.",
            "Nothing in the formula becomes 0. With z = 0 the first product "
            "is h_before, whole.",
        ),
        right(
            "It keeps the old state as it is.",
            "1 − 0 = 1. The sentence would be right for the other "
            "convention, PyTorch's.",
        ),
        wrong(
            "It replaces the old state by h′.",
            "That is z = 1, in this formula.",
        ),
        wrong(
            "That depends on the reset gate.",
            "With z = 0 the candidate h′ does not enter the state, so what "
            "r did to it makes no difference.",
        ),
    ),
    Choice(
        "N4's dictionary says: h′ corresponds to the LSTM's hidden state. "
        "Which part of the LSTM is the GRU's candidate h′ really?",
        wrong(
            "h, the hidden state",
            "h is shown to the outside after the memory was updated. The "
            "candidate is what may be written into it.",
        ),
        wrong(
            "c, the cell",
            "That is the partner of the GRU's state, the one that is "
            "carried from step to step.",
        ),
        right(
            "g, the candidate that the input gate lets in",
            "With the same weights the two are nearly equal, step by step. "
            "What is left comes from the squash of c.",
        ),
        wrong(
            "o, the output gate",
            "A gate is a valve between 0 and 1. The candidate is content "
            "and has a sign.",
        ),
    ),
    Choice(
        "You have the weights of a GRU that resets before its matrix, and a "
        "library that resets after. What can you do?",
        wrong(
            "Permute the gates.",
            "That cures the order. The networks stay different.",
        ),
        wrong(
            "Change the sign of what leads to r.",
            "That turns r into 1 − r; it does not move it past a matrix.",
        ),
        right(
            "In general nothing but train again, or look for a switch in "
            "the library.",
            "Keras has reset_after, ONNX has linear_before_reset. No weights "
            "of the one form compute the other, unless units that hear each "
            "other share their reset.",
        ),
        wrong(
            "Load them: the shapes are right.",
            "They are, and that is the trap. Nothing complains, and the "
            "states differ from the second step on.",
        ),
    ),
    Choice(
        "Which of these hold for every GRU that starts at h = 0? Choose all "
        "that apply.",
        right(
            "No state is ever larger than 1.",
            "It is an average of candidates, and tanh keeps those below 1.",
        ),
        right(
            "To write something new, a unit has to give up some of the old.",
            "The shares z and 1 − z add up to 1. An LSTM can open both its "
            "gates.",
        ),
        wrong(
            "It has three quarters of the time of an LSTM with as many units.",
            "Of the parameters, yes. The time depends on the program: in "
            "PyTorch's 32-bit CPU code the GRU is the slower one.",
        ),
        right(
            "It has three quarters of the parameters of an LSTM with as many "
            "inputs and units.",
            "Three products of each kind in the place of four, biases too.",
        ),
        several=True,
    ),
    Number(
        "By hand: the update gate of a unit stands at 0.9 (PyTorch's "
        "convention). After how many whole steps is less than a half of its "
        "state left for the first time?",
        7,
        "0.9⁶ = 0.53 and 0.9⁷ = 0.48.",
        tolerance=0.5,
        known={
            6: "Nearly: after six steps 53 % are left.",
            5: "1 / 0.1 = 10 and half of it is 5: that would be right if it "
            "lost a tenth of the *first* value each time.",
            10: "After ten steps 35 % are left.",
            1: "That is the other convention, where 0.9 of the new comes in.",
        },
        otherwise="Which power of 0.9 is the first one below a half?",
    ),
    Number(
        "By hand: a GRU (PyTorch's, two biases) has 3 inputs and 4 units. "
        "How many parameters does it have?",
        108,
        "3 gates · 4 units · (3 + 4 + 2) = 108.",
        tolerance=0.5,
        known={
            96: "One bias for each gate gives 3 · 4 · 8. PyTorch has two.",
            84: "The biases are missing: 3 · 4 · (3 + 4).",
            144: "That is the LSTM, with four gates.",
            36: "That is one gate. There are two gates and a candidate.",
            72: "You counted the two gates, and the candidate has weights, "
            "too.",
        },
        otherwise="Each of the three (r, z, n) has a matrix for x, one for "
        "h, and two biases.",
    ),
]
