"""Questions on deep networks; the first two are the notes' own."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Note N3 says that a recurrent network can be deep if the first "
        "layer's output has the size of the second's input. What is that "
        "enough for?",
        right(
            "For the network to run.",
            "A layer asks nothing of the one below but the width of its "
            "states.",
        ),
        wrong(
            "For the network to run and to learn.",
            "A stack of 24 layers that matched did not learn what one layer "
            "learns. The gradient has to come down, too.",
        ),
        wrong(
            "For neither: the layers must also be of the same kind.",
            "A bidirectional LSTM below a GRU below a tanh layer ran without "
            "complaint.",
        ),
        wrong(
            "For nothing: the widths must be equal in all layers.",
            "That is what a *residual* connection asks for, because it adds.",
        ),
    ),
    Choice(
        "Note N3 says a pyramid reduces computation because two inputs can "
        "be computed in parallel. What did counting show? Choose all that "
        "are true.",
        right(
            "It makes fewer than 2T steps, however many layers it has.",
            "T + T/2 + T/4 + … stays below 2T.",
        ),
        wrong(
            "Reading forward, it is done at an earlier tick than a stack.",
            "The lowest layer has T steps in both, and they wait for each "
            "other: T + L − 1 ticks.",
        ),
        right(
            "Reading both ways, it is done at an earlier tick than a stack.",
            "There each layer waits for the whole layer below, so their "
            "lengths add up: LT against less than 2T.",
        ),
        wrong(
            "The two states that a layer joins are computed at the same tick.",
            "They are neighbours in the layer below, and the second reads "
            "the first.",
        ),
        several=True,
    ),
    Choice(
        "From the usual start, a pyramid learned an order over 64 steps and "
        "a stack with equal parameters did not. What did the control show, "
        "a stack that starts from orthogonal matrices?",
        wrong(
            "That the stack needed no more than a better start.",
            "It guessed from that start, too, at every rate that was tried.",
        ),
        right(
            "That a gradient which arrives is not enough.",
            "As much of it arrived from 40 steps back as in the pyramid that "
            "learned, and the stack guessed all the same.",
        ),
        wrong(
            "That the pyramid learned because its layers are wider.",
            "They are narrower: an upper layer reads twice as much, so for "
            "equal parameters it gets fewer units.",
        ),
        wrong(
            "That the pyramid learned because it multiplies more.",
            "It does fewer multiplications, little more than half of them.",
        ),
    ),
    Choice(
        "A network for words has dropout on its state at every time step. "
        "What happens to a word read twenty steps ago, with p = 0.2?",
        right(
            "About one in a hundred of its units still knows of it.",
            "0.8 to the power 20 is 0.012.",
        ),
        wrong(
            "Four fifths of its units still know of it.",
            "That is dropout between the layers, which meets it once.",
        ),
        wrong(
            "Nothing: dividing by 0.8 makes up for it.",
            "It keeps the mean over many units. A unit that was set to 0 has "
            "forgotten, and twice nothing is nothing.",
        ),
    ),
    Choice(
        "When would you add layers rather than units?",
        wrong(
            "Always: deep networks are better.",
            "On a text, with equal parameters and a rate for each, two layers "
            "could not be told from one, and three were behind.",
        ),
        right(
            "When something has to be computed from what only a whole layer "
            "has brought together.",
            "As comparing the past with the future: no width did it.",
        ),
        wrong(
            "When the training is short of time.",
            "At equal parameters, more layers mean more steps that wait for "
            "each other.",
        ),
    ),
    Number(
        "By hand: a stack of three tanh layers with 4 units each and one "
        "bias a unit reads inputs of size 2. How many parameters?",
        100,
        "2·4 + 4·4 + 4 = 28, and twice 4·4 + 4·4 + 4 = 36.",
        tolerance=0.5,
        known={
            84: "All three layers read 2 numbers in your count. The upper "
            "two read 4.",
            108: "The lowest layer reads 2 numbers, not 4.",
            112: "That counts two biases a unit.",
            88: "The biases are missing.",
            52: "The matrices from state to state are missing.",
        },
        otherwise="One layer after the other: from below, from itself, bias.",
    ),
    Number(
        "By hand: a pyramid of five layers, T = 64. How many steps do its "
        "layers make together?",
        124,
        "64 + 32 + 16 + 8 + 4 = 124, less than 128.",
        tolerance=0.5,
        known={
            128: "Never quite: 2T is what the sum would come to with "
            "layers without end.",
            320: "That is the stack: 5 · 64.",
            60: "The lowest layer reads every input: 64 steps.",
            126: "That is six layers.",
            120: "That is four layers, 64 + 32 + 16 + 8.",
        },
        otherwise="The lowest layer makes 64 steps, each next half as many.",
    ),
]
