"""Questions on sequence to sequence."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "The notes list many to many with no limitation. What in an "
        "encoder–decoder makes the length of the output free?",
        wrong(
            "The decoder writes as many tokens as the encoder has read.",
            "Then the lengths would be equal. The decoder is a loop of its "
            "own and does not know how long the source was, unless its "
            "state tells it.",
        ),
        right(
            "The end is a token like the others, with a probability at "
            "every step.",
            "So the model is a distribution over sequences of every length, "
            "and their probabilities sum to one.",
        ),
        wrong(
            "The largest length that is passed to the decoding.",
            "That only cuts off a model that does not stop. One without an "
            "end sign reaches it every time.",
        ),
        wrong(
            "Teacher forcing, which shows it the length.",
            "In training the length is given. At test time there is no "
            "teacher, and it still has to stop.",
        ),
    ),
    Choice(
        "A model was trained with teacher forcing and writes greedily. Which "
        "of these did you measure? Choose all that apply.",
        right(
            "As many whole sequences are right as when it reads the truth.",
            "Up to the first mistake the two read the same; and from there "
            "on the sequence is wrong in any case.",
        ),
        right(
            "Behind a mistake it is right less often than if it were told.",
            "That is exposure bias. It shows behind the first mistake and "
            "nowhere else.",
        ),
        wrong(
            "Its first mistake comes earlier than if it were told.",
            "It cannot: before the first mistake there is no difference in "
            "what is read.",
        ),
        right(
            "It learns earlier than one that reads its own words.",
            "At one rate for both it was ahead after 200 updates, with every "
            "seed. With a rate for each the lead hangs on the rates.",
        ),
        several=True,
    ),
    Choice(
        "A beam of width 16 finds a sequence with a higher log-probability "
        "than width 1 did, and it is wrong where the other was right. What "
        "has erred?",
        wrong(
            "The search: it should have looked further.",
            "It looked further, and found what it was asked for, a likelier "
            "sequence.",
        ),
        right(
            "The model, which thinks the wrong answer likelier.",
            "A better search brings you nearer to what the model believes. "
            "If that is wrong, narrow was lucky.",
        ),
        wrong(
            "Nothing: the likelier answer is by definition the right one.",
            "Likelier to the model. The right answer is what the task says.",
        ),
    ),
    Choice(
        "Why does reading the source in reverse help an encoder–decoder "
        "without attention?",
        wrong(
            "On average the decoder then waits fewer steps for each token.",
            "The average is the same, eight of eight. Look at the shortest.",
        ),
        right(
            "The first tokens wait only a few steps, so learning has "
            "somewhere to begin.",
            "One step for the first, three for the second; the last wait "
            "nearly twice as long as before, and are learned later.",
        ),
        wrong(
            "The decoder can then copy the encoder's states in order.",
            "It sees one state, the last, whichever way the source was read.",
        ),
        wrong(
            "It halves the number of steps.",
            "As many are read and as many written.",
        ),
    ),
    Number(
        "By hand: at first a has 0.5, b 0.4, the end 0.1. After a: a 0.3, "
        "b 0.3, the end 0.4. After b: the end 0.9. What is the probability "
        "of the answer that greedy decoding writes?",
        0.2,
        "It takes a, then the end: 0.5 · 0.4 = 0.20. The answer b has 0.36.",
        tolerance=0.005,
        known={
            0.36: "That is the likeliest answer, b. Greedy does not find it: "
            "it starts with a.",
            0.5: "That is its first token. The end is a factor, too.",
            0.9: "That is a sum. Probabilities of steps that follow each "
            "other multiply.",
            0.1: "That is the empty answer.",
        },
        otherwise="Take the likeliest token at each step, until the end, and "
        "multiply.",
    ),
    Number(
        "By hand: an answer has 5 brackets, the tree 7, and 4 of them are "
        "the same. What is the bracket F1?",
        2 / 3,
        "2 · 4 / (5 + 7) = 8 / 12.",
        tolerance=0.005,
        known={
            0.8: "4 of 5 is the precision: how many of the answer's are "
            "right.",
            0.571: "4 of 7 is the recall: how many of the tree's were found.",
            0.333: "4 / 12 counts the shared ones once; they are in both.",
            0.5: "4 of the 8 different brackets: another measure.",
        },
        otherwise="Twice the shared ones, divided by all brackets of both.",
    ),
]
