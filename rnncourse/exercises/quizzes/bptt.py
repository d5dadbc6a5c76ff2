"""Questions on backpropagation through time; the last two by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Note N2 writes: “Loss function: backpropagation through time”. What "
        "is it?",
        wrong(
            "A loss for sequences, in the place of cross-entropy.",
            "The loss here was cross-entropy. It appeared in one line of the "
            "walk back, the one for the outputs; the rest would be the same "
            "for any other loss.",
        ),
        right(
            "A way from any loss back to the gradients of the weights.",
            "It is the chain rule, applied to the unrolled network from the "
            "last step to the first.",
        ),
        wrong(
            "An optimiser that changes the weights at every time step.",
            "It changes nothing; it says how the loss would change. What "
            "moves the weights is SGD or Adam.",
        ),
        wrong(
            "A network that reads its input backwards.",
            "Only the gradient goes backwards. The network reads from left "
            "to right.",
        ),
    ),
    Choice(
        "You wrote a backward pass, and the loss falls nicely. What do you "
        "know?",
        wrong(
            "The gradient is right.",
            "All six planted mistakes made the loss fall as well.",
        ),
        wrong(
            "The gradient is right if it falls faster than with another "
            "backward pass.",
            "At the first rate that was tried, two of the planted mistakes "
            "fell faster than the right one.",
        ),
        right(
            "That something in the gradient points downhill.",
            "And no more. To know whether it is the gradient, compare it "
            "with measured differences of the loss.",
        ),
    ),
    Choice(
        "A gradient check finds no fault. Which of these could still hide "
        "one? Choose all that apply.",
        right(
            "The sequence had one step.",
            "Then nothing walked back, and what goes wrong on the walk could "
            "not show.",
        ),
        right(
            "The recurrent matrix was the identity.",
            "It equals its own transpose, so a forgotten .T changes nothing.",
        ),
        wrong(
            "The numbers had 64 bits.",
            "That is as it should be: with 32 bits, rounding would force a "
            "generous tolerance on you, and mistakes could hide in it.",
        ),
        right(
            "The weights were tiny and the tolerance was 1 %.",
            "tanh is straight there, its slope is 1, and what walks back is "
            "below the tolerance.",
        ),
        wrong(
            "The network had three hidden units only.",
            "A mistake in the formula does not need many units to show. "
            "Small networks make checks fast.",
        ),
        several=True,
    ),
    Choice(
        "You train in windows of 8 steps; the state is handed on. Between "
        "what must be remembered and the question lie 20 steps. When can the "
        "network learn it?",
        wrong(
            "Never: nothing older than 8 steps is in the state.",
            "The state was never cut. Only the gradient was.",
        ),
        wrong(
            "Always, since the state is handed on.",
            "With every gap 10, windows of 8 and less learned nothing "
            "here: no gradient ever connected the question with what it "
            "asked for.",
        ),
        right(
            "If the same kind of thing also occurs with gaps that fit into a "
            "window.",
            "The short gaps get it into the state, and the questions after "
            "long ones strengthen what is left of it there. Here neither "
            "would do without the other.",
        ),
        wrong(
            "If it reads much more text.",
            "If every gap is 20, more text brings no pair into one window. "
            "The bias of a truncated gradient does not average out.",
        ),
    ),
    Choice(
        "Checkpointing with windows of k steps: what do you pay for the "
        "memory it saves?",
        wrong(
            "The gradient gets a bias.",
            "That is truncation. With checkpoints the gradient walks on from "
            "window to window, and it is exact.",
        ),
        right(
            "Every window is read a second time.",
            "One forward pass more: by counting, four thirds of the time.",
        ),
        wrong(
            "The state is set to zero at the start of each window.",
            "The states before the windows are the very thing that is kept.",
        ),
        wrong(
            "Nothing, if k is the square root of T.",
            "The square root makes the memory small. The second reading has "
            "to be paid for, whatever k is.",
        ),
    ),
    Number(
        "By hand: one unit, `w_hh = 0.5`, no bias. The states were "
        "`h_0 = 0.5`, `h_1 = 0.6` and `h_2 = 0.8`. A loss looks at h_2 alone, "
        "and its gradient there is 1. What is its gradient for `w_hh`, to "
        "three places?",
        0.2736,
        "At step 2: 1·(1 − 0.64) = 0.36, and the share is 0.6·0.36 = 0.216. "
        "One step back: 0.36·0.5·(1 − 0.36) = 0.1152, and the share is "
        "0.5·0.1152 = 0.0576. Together 0.2736.",
        tolerance=0.0007,
        known={
            0.216: "That is the share of step 2 alone. w_hh was used at step "
            "1, too.",
            0.0576: "That is the share of step 1 alone. The use at step 2 "
            "has one as well.",
            0.85: "You left out the slope of tanh, 1 − h² at each step.",
            0.306: "On the way from step 2 to step 1 there is one more slope, "
            "1 − 0.6².",
            0.3312: "The gradient crosses w_hh on its way from step 2 to "
            "step 1, so 0.36 is halved.",
            0.35712: "You multiplied by the state after each step. w_hh was "
            "multiplied by the state before it.",
        },
        otherwise="Walk back: da_2 = 1·(1 − h_2²), its share h_1·da_2; then "
        "dh_1 = da_2·w_hh, da_1 = dh_1·(1 − h_1²), its share h_0·da_1.",
    ),
    Number(
        "By hand: a plain network with 1,000 units reads 50 columns in 32-bit "
        "numbers. If the states are all that is kept, how many steps fit "
        "into 2 GB (2·10⁹ bytes)?",
        10000,
        "A state of all columns takes 50·1000·4 = 200,000 bytes. With "
        "checkpoints, if a start costs as much as a step, 10,000 states would "
        "do for 25 million steps: 2·√T = 10,000.",
        tolerance=1,
        known={
            5000: "That is for 64-bit numbers. 32 bits are four bytes.",
            40000: "A number of 32 bits takes four bytes, not one.",
            500000: "There are 50 columns, each with a state of its own.",
            1250: "32 bits are four bytes, not thirty-two.",
        },
        otherwise="Bytes of one step: columns times units times four. How "
        "often does that fit into two billion?",
    ),
]
