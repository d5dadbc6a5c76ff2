"""Questions on attention; the last two are by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Two sentences hold the same words in another order. A block without "
        "a mask and without positions reads both. What can it tell?",
        wrong(
            "Which sentence is which, by the order of its scores.",
            "Scores are computed pair by pair; nothing in a pair says where "
            "it stands.",
        ),
        right(
            "Nothing: each word has the same vector in both.",
            "You saw the same digits twice. A sum does not know the order of "
            "its terms.",
        ),
        wrong(
            "Which word comes last, as a recurrent network would.",
            "There is no last one. All steps are looked at at once.",
        ),
        wrong(
            "The order, if it has several heads.",
            "Every head has the same trouble, each for itself.",
        ),
    ),
    Choice(
        "Why are scores divided by the square root of E?",
        wrong(
            "So that the weights sum to 1.",
            "The softmax sees to that, whatever the scores are.",
        ),
        wrong(
            "So that the products of 32-bit numbers do not overflow.",
            "They are far from it. Something else happens much earlier.",
        ),
        right(
            "So that a fresh network is undecided, whatever E is, and "
            "gradients get through.",
            "Scores would have a spread of √E, and a softmax that is sure "
            "lets hardly any gradient back.",
        ),
        wrong(
            "So that long sequences cost less.",
            "The cost depends on T². The division does not change it.",
        ),
    ),
    Choice(
        "Which of these did you measure in this chapter? Choose all that "
        "apply.",
        right(
            "A block copied all symbols at the wait it was trained on.",
            "And the LSTM and the GRU of equal size did not.",
        ),
        wrong(
            "It copied as well at other waits.",
            "At twice the wait it was near chance. It had learned a distance.",
        ),
        right(
            "Without positions it added longer sequences better than with.",
            "The control that names the cause: all else was alike.",
        ),
        wrong(
            "With 400 updates it was the best model of the text.",
            "LSTM and GRU needed fewer bits a character.",
        ),
        several=True,
    ),
    Choice(
        "A causal mask is forgotten while a model learns to say the next "
        "letter. What do you see first?",
        wrong(
            "The gradient check fails.",
            "Gradients of a wrong model are right gradients. It passes.",
        ),
        right(
            "The training loss is too good to be true.",
            "The answer stands among what may be looked at.",
        ),
        wrong(
            "The training loss does not fall.",
            "It falls all too well: copying the next letter is easy.",
        ),
        wrong(
            "An error about shapes.",
            "No shape depends on the mask.",
        ),
    ),
    Number(
        "By hand: a query meets two keys, and the scaled scores are 0 and "
        "ln 3. The values are 10 and 20. What is read?",
        17.5,
        "The weights are 1 and 3 parts of 4: 10 / 4 + 3 · 20 / 4.",
        tolerance=0.05,
        known={
            15.0: "That is the plain mean. The second key has three times "
            "the weight of the first.",
            20.0: "That is the value of the better key alone. The other has "
            "a quarter of the weight.",
            12.5: "You have given the larger weight to the first key.",
            70.0: "Divide by the sum of the weights, 1 + 3.",
        },
        otherwise="exp(0) = 1 and exp(ln 3) = 3. Divide both by their sum.",
    ),
    Number(
        "By hand: a block has 32 units and keeps keys and values in 32 bits. "
        "How many bytes does its cache hold after 1,000 steps of one "
        "sequence?",
        256_000,
        "1,000 steps · 2 vectors · 32 numbers · 4 bytes. An LSTM of 32 "
        "units holds 256 bytes, then as before.",
        tolerance=1,
        known={
            128_000: "Each step leaves a key and a value: two vectors.",
            64_000: "These are numbers. Each takes 4 bytes.",
            256: "That is one step's. A cache keeps every step.",
            8_192_000: "Heads share the units among them, they do not "
            "multiply them.",
        },
        otherwise="Steps, times two vectors, times units, times bytes.",
    ),
]
