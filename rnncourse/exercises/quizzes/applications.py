"""Questions on intents and language models; the last two by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "Note N1: to find the intent, only the last output is needed. What "
        "did the measurements say?",
        wrong(
            "It is needed, because the earlier outputs know nothing.",
            "Trained to answer after every word, the fourth output came "
            "close to the best that anybody could say by then.",
        ),
        right(
            "It is enough, for sentences that end as those in training did.",
            "And not for others: ten times “thank you” behind the request "
            "left about half of its accuracy.",
        ),
        wrong(
            "It is not enough: the mean of all outputs is far better.",
            "On ordinary test sentences the two were within a few per cent "
            "of each other.",
        ),
        wrong(
            "It is enough, because a gated unit never forgets.",
            "Under a load of thanks it no longer found its answer, though a "
            "new readout did. What a gate keeps, and how a readout finds it, "
            "is learned, for sentences such as those in training.",
        ),
    ),
    Choice(
        "You train twenty networks, grade all of them on the test, and "
        "publish the best grade. What is wrong? Choose all that apply.",
        right(
            "The grade is too good: part of it is luck, and you picked the "
            "luck.",
            "Of twenty networks that are equally good, the best on any "
            "thousand sentences looks better than it is.",
        ),
        right(
            "The test has been used to make a choice.",
            "That is what a validation part is for. The test is then looked "
            "at once.",
        ),
        wrong(
            "The test sentences have been used as training data.",
            "No weight was moved by them. They were used for a choice, "
            "which is a smaller leak, and a real one.",
        ),
        wrong(
            "Nothing, if all twenty had different seeds.",
            "The seeds are where the luck comes from.",
        ),
        several=True,
    ),
    Choice(
        "A classifier with eight intents is 95 % sure that a sentence about "
        "jokes asks for the time. What has gone wrong?",
        wrong(
            "It is not calibrated.",
            "It may well be: calibration is about sentences of the kind it "
            "was made for, and this is not one.",
        ),
        right(
            "Nothing that its training could have prevented: it was never "
            "asked whether any of the eight fits.",
            "A softmax shares 100 % among the eight. “None of them” is not "
            "an answer it has.",
        ),
        wrong(
            "The temperature is too high.",
            "A temperature above 1 evens the probabilities out. It does not "
            "tell foreign sentences from its own.",
        ),
    ),
    Choice(
        "At which temperature does a language model, trained with "
        "cross-entropy, pay the fewest bits on new text?",
        wrong(
            "Near 0: there it makes the fewest mistakes.",
            "Near 0 it gives what it did not expect a probability of almost "
            "nothing, and pays for it when it comes.",
        ),
        right(
            "Near 1.",
            "Cross-entropy is what it was trained to make small, at "
            "temperature 1. How near depends on how much it has learned by "
            "heart.",
        ),
        wrong(
            "The higher the better: it is ready for everything.",
            "A model that expects everything equally pays log₂ V a character.",
        ),
    ),
    Number(
        "By hand: a model needs 2 bits a character, on average, on a text "
        "whose words have 5 characters with their space. What is its "
        "perplexity per word?",
        1024.0,
        "5 characters cost 10 bits, and 2¹⁰ = 1024. Per character it is "
        "2² = 4: the same model.",
        tolerance=0.5,
        known={
            4: "That is per character. A word has five of them.",
            20: "Perplexities do not add up. Bits do: 10 of them a word.",
            10: "That is how many bits a word costs. Perplexity is 2 to the "
            "power of that.",
            32: "You took 2⁵, one bit a character. It needs two.",
        },
        otherwise="How many bits does a word cost? Then 2 to the power of "
        "that.",
    ),
    Number(
        "By hand: a model gives the eight characters of a text the "
        "probabilities 1/2, 1/4, 1/2, 1/2, 1/16, 1/4, 1/8 and 1/8. How many "
        "whole bytes are always enough for an arithmetic coder, wherever "
        "between 0 and 1 the interval begins?",
        3,
        "1 + 2 + 1 + 1 + 4 + 2 + 3 + 3 = 17 bits: the interval is 2⁻¹⁷ "
        "wide. Numbers of three bytes lie closer than that, so one of them is "
        "inside; numbers of two bytes may miss it.",
        tolerance=0,
        known={
            2: "Two bytes are 16 bits, and the losses add up to 17. By luck "
            "two may do, but not always.",
            17: "That is the number of bits. A byte has eight of them.",
            8: "That is as text, one byte a character.",
            2.125: "That is 17 bits in bytes. Bytes come whole.",
        },
        otherwise="Each character costs −log₂ of its probability. Add the "
        "bits up, and see how many bytes hold them.",
    ),
]
