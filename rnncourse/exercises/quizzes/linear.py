"""Questions on recurrence that is linear in its state."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Notes N0 and N3 say that recurrence cannot be computed in parallel "
        "over time. For which cell is that wrong on the way forward, with "
        "no further trick?",
        wrong(
            "For the LSTM: its c is handed on by a product and a sum.",
            "It is, but the gates of that product read h, and h is made of "
            "the c before. So no gate is known before its turn.",
        ),
        right(
            "For a GRU whose gates read the input alone.",
            "Then all a and all b are known before the first state is, and "
            "pairs of them can be joined in any grouping.",
        ),
        wrong(
            "For a plain network with an orthogonal W_hh.",
            "Its tanh still stands between any two steps.",
        ),
        wrong(
            "For every cell, if the batch is large enough.",
            "A large batch hides the waiting. The steps of one sequence "
            "wait as before.",
        ),
    ),
    Choice(
        "On one core, with a batch of 64 sequences, the tree was slower than "
        "the loop. Why?",
        wrong(
            "It takes more rounds.",
            "It takes far fewer: about 2 log₂ T in the place of T.",
        ),
        right(
            "It does more than twice the work, and one core gains nothing "
            "from doing it in few rounds.",
            "Work is what a single core pays for. Depth is what a machine "
            "with thousands of them pays for.",
        ),
        wrong(
            "Its products are less exact, so it has to repeat them.",
            "It differs by rounding and repeats nothing.",
        ),
        wrong(
            "NumPy has no prefix scan of its own.",
            "It has none, but that is not the cause: for one sequence the "
            "same tree was faster than the same loop.",
        ),
    ),
    Choice(
        "A minimal gated unit does not learn parity. Which single change "
        "lets it?",
        wrong(
            "More units.",
            "Each of them can only shrink what it holds. A hundred of them "
            "shrink a hundred numbers.",
        ),
        wrong(
            "A tanh around its candidate.",
            "The candidate is made of the input; the state is still only "
            "kept or lost.",
        ),
        right(
            "An a that may be negative, such as 1 − 2z.",
            "A one can then turn the state round. It stays linear, and can "
            "be scanned.",
        ),
        wrong(
            "A larger forget bias.",
            "It remembers longer, and still cannot turn round what it "
            "remembers.",
        ),
    ),
    Number(
        "By hand: h_0 = 0, and the pairs (a, b) are (0.5, 4), (2, 1), "
        "(0.5, 3). What is h_3?",
        7.5,
        "h_1 = 4, h_2 = 2 · 4 + 1 = 9, h_3 = 0.5 · 9 + 3 = 7.5. The first a "
        "met nothing.",
        tolerance=0.01,
        known={
            5.5: "You joined the pairs as if a_2 had no part in b_1's way: "
            "0.5 · (4 + 1) + 3.",
            8: "You added the three b: 4 + 1 + 3.",
            9: "That is h_2. One more step.",
        },
        otherwise="Take one step after the other: multiply by a, add b.",
    ),
    Number(
        "By hand: the step of an LSTM with 100 units takes a state (h, c) "
        "to the next one. How many numbers has one of the matrices with "
        "which its way back is scanned?",
        40_000,
        "The state has 200 numbers, so a step's Jacobian has 200 · 200.",
        tolerance=0.5,
        known={
            10_000: "That is for h alone. The LSTM's state is h and c.",
            200: "That is a row of it: a diagonal would do if every number "
            "of the state depended on itself alone.",
            400: "That is the width of the four gates. The Jacobian goes "
            "from state to state.",
            100: "That is the number of units. Every number of the state "
            "before may move every number of the state after.",
        },
        otherwise="How many numbers has the state, h and c together? The "
        "matrix has a row and a column for each.",
    ),
]
