"""Questions on gradients through time; the first two are the notes' own."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "The notes say: with w = 1.1, w becomes very large after many "
        "updates. What is it that becomes large?",
        wrong(
            "w itself: it is multiplied by 1.1 at every step.",
            "w stays what it is. The state is multiplied by w at every step; "
            "there is one w, and only training changes it.",
        ),
        right(
            "What a small change early on does to the state at the end.",
            "That is ∂h_T/∂h_0 = w to the power T, about 13,781 after a "
            "hundred steps, and the gradient is made of it. What the notes "
            "call updates are steps in time, not steps of training.",
        ),
        wrong(
            "The number of weights, one for each step.",
            "The steps share one weight. No shape in the network has a T.",
        ),
        wrong(
            "The loss, which grows by a tenth at each update.",
            "The notes say nothing of the loss. What is multiplied by w at "
            "each step is the state, and the gradient on its way back.",
        ),
    ),
    Choice(
        "An error surface has a wall in it. Is a smaller learning rate the "
        "remedy? What did the cliff show?",
        wrong(
            "It is enough: with a small rate nobody jumps.",
            "At the smallest rate some were thrown off the map as well: the "
            "wall is too steep for it, too. And many did not get across the "
            "flat part in 300 updates.",
        ),
        right(
            "It makes the flat part take too long and does not save everybody "
            "from the jump; a bound on the step's length does.",
            "The wall needs a short step and the plain a long one. One rate "
            "cannot give both; a rate with a bound can.",
        ),
        wrong(
            "The rate makes no difference: the wall is too steep for all.",
            "It does make one: with too large a rate more are lost at the "
            "wall, with too small a one fewer arrive in time.",
        ),
    ),
    Choice(
        "A recurrent network is linear, and its matrix has a spectral radius "
        "of 0.5. Which of these can be true? Choose all that apply.",
        right(
            "Some vector is 10,000 times as long after thirty steps.",
            "The units that hand on did it: eigenvalues describe the long "
            "run, not the way there.",
        ),
        right(
            "It remembers the input of ten steps ago well enough to learn "
            "from it.",
            "The units that hand on learned it; the hump was their memory.",
        ),
        wrong(
            "After any number of steps, however large, some vector is longer "
            "than at the start.",
            "In the long run the stretch is halved per step, for every "
            "matrix of that radius. On the way there, and in a single step, "
            "a vector may grow; after enough steps every one is shorter.",
        ),
        right(
            "Every vector is half as long after each step.",
            "That is true of half the identity, where each unit is alone.",
        ),
        several=True,
    ),
    Choice(
        "Which of these keeps the direction of the gradient?",
        wrong(
            "Bounding each number to [−1, 1].",
            "Large numbers are cut and small ones stay; with a tight limit "
            "only the signs are left.",
        ),
        wrong(
            "Clipping the norm of each weight matrix by itself.",
            "Within each matrix the direction stays, but the matrices are "
            "shortened by different factors, and the whole turns.",
        ),
        right(
            "Multiplying all gradients by one number, so that the norm of "
            "the whole is at most 1.",
            "One factor for all: the length changes, the direction does not.",
        ),
        wrong(
            "Clipping the gradient that walks back, at every step.",
            "Each step's share of the sum is then cut by another factor, so "
            "the sum points elsewhere.",
        ),
    ),
    Choice(
        "Why can a gradient through tanh vanish although the matrix "
        "stretches by 1.1?",
        right(
            "Each step also multiplies by tanh's slope, which is below 1 "
            "wherever the state is not 0.",
            "With inputs of size 1 in the sums, a step left about two thirds "
            "of the gradient: the slope took more than the stretch gave.",
        ),
        wrong(
            "tanh bounds the gradient to [−1, 1], as it does the state.",
            "It bounds states. The gradient is multiplied by the slope and "
            "can be of any size.",
        ),
        wrong(
            "It cannot: above 1 it must explode.",
            "Below 1 it must vanish; above 1 it may explode. tanh decides.",
        ),
    ),
    Number(
        "By hand: a straight unit, w = 0.95. After how many whole steps is "
        "less than a hundredth of the gradient left for the first time?",
        90,
        "ln 0.01 / ln 0.95 ≈ 89.8, so after 90 steps.",
        tolerance=0.5,
        known={
            89: "Nearly. After 89 steps there is still a little more than a "
            "hundredth.",
            45: "That is about where a tenth is left.",
            20: "1 / 0.05 = 20 would be right if it lost a twentieth of the "
            "*first* value each time. It loses a twentieth of what is left.",
            14: "That is where a half is left.",
        },
        otherwise="0.95 to the power k is to be 0.01. Take logarithms on "
        "both sides.",
    ),
    Number(
        "By hand: the gradients of two matrices are (3, 0) and (0, 4). They "
        "are clipped together to a norm of 1. What is the largest number in "
        "the result?",
        0.8,
        "The norm is 5, the factor 1/5: (0.6, 0) and (0, 0.8).",
        tolerance=0.005,
        known={
            1.0: "That is clipping each matrix alone, or each number. There "
            "is one norm for both.",
            0.571: "4/7: norms at right angles add as squares, 3 and 4 make "
            "5.",
            0.16: "That divides by 25, the norm's square.",
            4.0: "The norm is 5, so it has to be shortened.",
        },
        otherwise="First the norm of all four numbers taken as one vector.",
    ),
]
