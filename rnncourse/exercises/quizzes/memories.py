"""Questions on clocks, slow units and stacks; the first is the notes' own."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "The notes say that the stack may be large while only its top few "
        "cells are read. What grows when the stack becomes ten times as "
        "deep? Choose all that apply.",
        wrong(
            "The number of weights.",
            "No matrix has the depth among its sizes: the network reads the "
            "top cells and writes one.",
        ),
        right(
            "The highest count the network can keep.",
            "In the chapter it grew in step with the depth, without any "
            "training in between.",
        ),
        wrong(
            "The number of cells the network sees at a step.",
            "Those stay two. The others wait until they are popped to the "
            "top.",
        ),
        right(
            "The work and the memory of a step.",
            "Every cell is moved at every step, a little of each action. A "
            "stack of an ordinary program moves only its top.",
        ),
        several=True,
    ),
    Choice(
        "A Clockwork module of period 8 hears an input of step 3. When?",
        wrong(
            "At step 8, its next tick.",
            "At step 8 it hears the input of step 8. That of step 3 is gone, "
            "unless somebody else has kept it.",
        ),
        wrong(
            "At step 3, and it acts at step 8.",
            "A resting module computes nothing: the input is not even "
            "multiplied by its weights.",
        ),
        right(
            "Never.",
            "It reads the inputs of its own ticks and the slower modules. "
            "Faster ones, which did hear step 3, it does not hear.",
        ),
    ),
    Choice(
        "Why can the slow units of an SCRN not explode, and why do they "
        "vanish so slowly?",
        right(
            "They return to themselves through the number α alone, so a "
            "gradient is multiplied by exactly α at each step.",
            "No matrix, no function: 0.95 a step, whatever is read.",
        ),
        wrong(
            "A gate decides what they keep.",
            "There is no gate. What they keep was decided before training.",
        ),
        wrong(
            "Their states are squashed into −1 … 1.",
            "They are not squashed at all; that is part of the reason.",
        ),
    ),
    Choice(
        "A stack network is trained with soft actions and tested with "
        "rounded ones. Why not train with rounded ones?",
        wrong(
            "It would be too slow.",
            "Rounding costs next to nothing.",
        ),
        right(
            "A small change of the weights does not change the choice, so "
            "the gradient of every action would be zero.",
            "Soft actions are what makes a pile of plates learnable.",
        ),
        wrong(
            "Rounded actions cannot count.",
            "The networks that validation chose counted to 60 with them, in "
            "every language, here and in the paper: nothing blurs.",
        ),
    ),
    Number(
        "By hand: in how many whole steps does a slow unit with α = 0.9 "
        "forget at least half of what it holds?",
        7,
        "ln 0.5 / ln 0.9 ≈ 6.6, so 7 steps.",
        tolerance=0.5,
        known={
            6: "After 6 steps a little more than half is left: 0.53.",
            5: "0.1 a step would be a half after 5, if it lost a tenth of "
            "the *first* value each time. It loses a tenth of what is left.",
            14: "That is α = 0.95.",
        },
        otherwise="0.9 to the power k is to be at most a half.",
    ),
    Number(
        "By hand: nine modules of equal size have the periods 1, 2, 4, …, "
        "256. Which percentage of the units works at a step, on average?",
        22.2,
        "(1 + 1/2 + … + 1/256) / 9 ≈ 1.996 / 9 ≈ 22.2 %.",
        tolerance=0.3,
        known={
            11.1: "That is one ninth: module 1 alone. The others work "
            "sometimes, and together once more as much.",
            50: "The sum of the shares is nearly 2, and there are nine "
            "modules.",
        },
        otherwise="A module of period p works at one step in p. Average "
        "1/p over the nine.",
        percent=True,
    ),
]
