"""Questions on forecasts; the last two are by hand."""

from rnncourse.exercises.pages.quiz import Choice, Number, right, wrong

QUESTIONS = [
    Choice(
        "A plot shows the forecasts of a share price over a year, one day "
        "ahead. The two curves can hardly be told apart. What does that say?",
        wrong(
            "The model is good: the correlation must be near 1.",
            "So is that of a model which repeats yesterday's price. Two "
            "curves that both wander look alike over a year.",
        ),
        right(
            "Nothing yet. Ask what persistence would have scored.",
            "Repeating yesterday's price draws the same picture.",
        ),
        wrong(
            "There is a leak.",
            "There may be one. But an honest forecast of a random walk looks "
            "like this, too.",
        ),
        wrong(
            "The network is too small to see the turning points.",
            "If the steps are drawn anew each day, no network can see them "
            "coming.",
        ),
    ),
    Choice(
        "Your forecast follows the series one step late. What is true of it? "
        "Choose all that are.",
        right(
            "It may be the best forecast there is.",
            "For a random walk, the best forecast is the last value, and that "
            "lags by one step.",
        ),
        right(
            "It has found little that the last value does not say.",
            "That is what the lag shows: the forecast is close to "
            "persistence.",
        ),
        wrong(
            "Moving the forecast one step to the left would mend it.",
            "To draw it so, you would have to know the next value already.",
        ),
        right(
            "Its error should be compared with that of persistence.",
            "If it is no smaller, the network has learned to copy.",
        ),
        several=True,
    ),
    Choice(
        "Windows of 24 steps are cut from a whole series, shuffled, and one "
        "in five becomes the test. Why is the test score not honest?",
        right(
            "Between the windows of training lie almost the same windows as "
            "in the test, targets and all.",
            "A neighbour that starts one step later holds the target itself "
            "among its inputs.",
        ),
        wrong(
            "Shuffling destroys the order within a window.",
            "Each window is whole; only their order among each other is lost.",
        ),
        wrong(
            "The test part is too small.",
            "A larger one would be as dishonest.",
        ),
        wrong(
            "A recurrent network must read windows in their order.",
            "It starts each of them with a state of zeros, so their order in "
            "training does not matter. Which of them are in the test does.",
        ),
    ),
    Choice(
        "When may a gap be filled by a straight line between its neighbours?",
        wrong(
            "Always: the values hardly differ.",
            "The line uses the next known value, which had not been measured "
            "when the forecast was to be made.",
        ),
        right(
            "When the series is drawn or described, and no forecast is made "
            "from within the gap.",
            "Looking back, the future of a gap is known.",
        ),
        wrong(
            "In the test only.",
            "There least of all: that is where a look ahead is rewarded.",
        ),
        wrong(
            "Never, and windows with gaps must be thrown away.",
            "Carrying the last value forward is honest, too, and so is an "
            "input that says whether a value was measured.",
        ),
    ),
    Number(
        "By hand: the training part is 3, 5, 4, 8. In the test you forecast "
        "7 and 9, and 8 and 6 come. What is the mean absolute scaled error, "
        "with a season of 1?",
        6 / 7,
        "The errors are 1 and 3, their mean is 2. Persistence errs 2, 1 and "
        "4 in training, 7/3 on average. 2 divided by 7/3 is 0.857.",
        tolerance=0.005,
        known={
            2: "That is the mean absolute error. Divide it by what "
            "persistence errs in training.",
            7 / 6: "Upside down: small errors should give a small score.",
            1.2: "In your divisor, steps up and down cancel: 5/3. Take their "
            "sizes first.",
            8 / 7: "The mean of the test's errors is (1 + 3) / 2.",
            1: "You divide by 2, which is what persistence errs within the "
            "test. The unit comes from training.",
        },
        otherwise="Two means: of the test's errors, and of the sizes of the "
        "training's steps.",
    ),
    Number(
        "By hand: a forecast of the 0.9 quantile says 10. The target is 14. "
        "What does the quantile loss charge?",
        3.6,
        "Too low by 4, at 0.9 each: 3.6.",
        tolerance=0.005,
        known={
            0.4: "That would be the price of being 4 too high.",
            4: "That is the absolute error. Too low costs q a unit.",
            -0.4: "The forecast was too low, so the error counts q times.",
            -3.6: "The error is target minus forecast, 4, and not −4.",
        },
        otherwise="Is the forecast too low or too high? The first costs q a "
        "unit, the second 1 − q.",
    ),
]
