"""Questions on CTC; the first is the notes' own example."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "The notes say that trimming turns 好棒棒 into 好棒. Could a better "
        "trained network, still trimmed, say 好棒棒?",
        wrong(
            "Yes, with enough data it learns where one 棒 ends.",
            "It may know that, and cannot say it. Whatever it names at each "
            "frame, equal neighbours are merged.",
        ),
        right(
            "No: no path at all is trimmed to a word with a repeat.",
            "You have tried all of them. It is not a matter of training.",
        ),
        wrong(
            "Yes, if each symbol lasts exactly one frame.",
            "Two frames of 棒 next to each other are then two symbols to us "
            "and still one to the trimming.",
        ),
    ),
    Choice(
        "Which of these paths say a a b? ∅ is the blank. Choose all that "
        "apply.",
        right(
            "a ∅ a b",
            "The shortest: one frame each, and a blank between the two a.",
        ),
        wrong("a a ∅ b", "The two a are neighbours and merge: a b."),
        right(
            "a a ∅ ∅ a b b",
            "Merge: a ∅ a b. Drop the blank: a a b.",
        ),
        wrong("∅ a b a", "That says a b a."),
        several=True,
    ),
    Choice(
        "Why does a network trained by CTC say nothing but blanks at first?",
        wrong(
            "Most frames of the data are silence.",
            "About a third. It calls nearly all of them blank.",
        ),
        right(
            "The paths that spell a target spend about half of their frames "
            "in blanks, far more than in any one symbol.",
            "Every second state is a blank, and the symbols share the rest. "
            "A network that knows nothing yet does best to follow.",
        ),
        wrong(
            "Its biases start at zero, and class 0 is the blank.",
            "The number of the class is a name. Make it class 4 and the "
            "same happens.",
        ),
        wrong(
            "The gradient has vanished.",
            "It is large: it is what pushes the blanks up.",
        ),
    ),
    Choice(
        "alpha and beta are filled. At which frame may the probability of "
        "the target be read off, as the sum of alpha · beta over the states?",
        wrong(
            "At the last one only.",
            "There beta is 1 for the two last states, so it is right. And "
            "elsewhere?",
        ),
        right(
            "At any: every path is in some state at every frame.",
            "So the sum does not depend on the frame, which is a good check "
            "of both tables.",
        ),
        wrong(
            "At none: the sums have to be multiplied over the frames.",
            "The products of the frames are in alpha and beta already.",
        ),
    ),
    Choice(
        "Best path and prefix beam search differ on a sequence. What does "
        "that say?",
        right(
            "The likeliest answer has many paths, none of which is the "
            "likeliest path.",
            "Blank, blank has 0.36; three paths that say one symbol have "
            "0.64 together.",
        ),
        wrong(
            "One of the two has a bug.",
            "They answer two questions: which path, and which answer.",
        ),
        wrong(
            "The network is not trained by CTC.",
            "It happens with any that is unsure; on quiet data ours was "
            "sure, and the two hardly ever differed.",
        ),
    ),
    Number(
        "By hand: three frames; at each the blank has 0.6 and a has 0.4. How "
        "probable is the answer a?",
        0.688,
        "1 less the empty answer (0.6³ = 0.216) and less aa "
        "(0.4 · 0.6 · 0.4 = 0.096).",
        tolerance=0.002,
        known={
            0.432: "Those are the paths with one frame of a. It may last two "
            "or three.",
            0.784: "That is 1 − 0.216: the paths with any a. One of them "
            "says a a.",
            0.4: "That is one frame.",
            0.144: "That is one path, such as a ∅ ∅; there are six.",
        },
        otherwise="There are eight paths. One says nothing, one says a a, "
        "the others say a.",
    ),
]
