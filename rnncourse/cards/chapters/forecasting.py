"""Cards on forecasting."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "split",
        "How are series split into training, validation and test?",
        "In time: the test lies after the training and after everything that "
        "was decided on the way.",
        "Split in time",
    ),
    Card(
        "scale",
        "By which mean and standard deviation is a series scaled?",
        "By those of the training part. The mean of the whole series is not "
        "known when training ends.",
        "Split in time",
    ),
    Card(
        "rivals",
        "Which three rivals stand before any network?",
        "Persistence (like this step), seasonal persistence (like the same "
        "month last year) and linear autoregression (a weighted sum of the "
        "last steps).",
        "Rivals first",
    ),
    Card(
        "rolling_origin",
        "What is a rolling origin?",
        "A forecast is made step after step, each time with the whole past "
        "and nothing else.",
        "Rivals first",
    ),
    Card(
        "mase",
        "What does the mean absolute scaled error divide by, and why need "
        "persistence not score 1?",
        "By the mean absolute error of persistence in the training part. The "
        "test is another stretch.",
        "An error in which unit?",
    ),
    Card(
        "rmse",
        "When is the root of the mean squared error the fair measure?",
        "For methods that were fitted to a squared loss, as lines and "
        "networks usually are. It weighs large errors more than the mean "
        "absolute error does.",
        "An error in which unit?",
    ),
    Card(
        "walk",
        "What is the best forecast of a random walk?",
        "The last value, whatever else is known. So every good forecast of it "
        "is the walk itself, drawn one step late.",
        "Why the forecast lags by one step",
    ),
    Card(
        "correlation",
        "Forecast and truth of a series correlate highly. Why can it mean "
        "nothing?",
        "Both are near the last value, and the last value wanders far. Ask "
        "for the correlation of the changes.",
        "Why the forecast lags by one step",
    ),
    Card(
        "three_questions",
        "Which three questions catch a forecast that only follows one step "
        "late?",
        "What does persistence score? How well do the changes agree? At which "
        "shift does the forecast fit best?",
        "Why the forecast lags by one step",
    ),
    Card(
        "leak",
        "What is a leak?",
        "Knowledge of the future on its way into a forecast. It buys a score "
        "that will not be there when the forecast is used.",
        "Leaks",
    ),
    Card(
        "three_leaks",
        "Name three ways in which the future leaks into a forecast.",
        "A scaler that has measured the whole series, windows shuffled before "
        "the split, and the target among the inputs, for example by a "
        "centred slope.",
        "Leaks",
    ),
    Card(
        "gradient_leaks",
        "Why does `np.gradient` leak?",
        "It takes the slope from both neighbours, $(v_{n+1} - v_{n-1})/2$; "
        "with $v_{n-1}$ it gives the next value away.",
        "Leaks",
    ),
    Card(
        "traps",
        "Which three traps catch leaks?",
        "The order of time, changing the future and making the inputs again, "
        "and handing the pipeline a random walk.",
        "Three traps for leaks",
    ),
    Card(
        "recursive_or_direct",
        "What is a recursive forecast of many steps, and what a direct one?",
        "Recursive: forecast one step, read it as if it had happened, and so "
        "on. Direct: one output for each step ahead, all trained at once.",
        "Many steps ahead",
    ),
    Card(
        "verdict",
        "When does a network beat its rival by this chapter's rule?",
        "If all five seeds have the smaller error in the test, and their "
        "median has it in at least seven of the eight stretches of the test.",
        "The verdicts",
    ),
    Card(
        "quantile_loss",
        r"Which loss asks for the quantile $q$, with $e = \text{target} - y$?",
        r"$\max(q\,e,\; (q - 1)\,e)$. For $q = 0.9$, a unit too low costs "
        r"nine times as much as a unit too high.",
        "How sure? Intervals",
    ),
    Card(
        "coverage",
        "What is coverage, and why is it not enough?",
        "The share of what came that lies inside the interval. An interval "
        "from −50 to 50 °C would hold everything; the quantile loss weighs "
        "width, too.",
        "How sure? Intervals",
    ),
    Card(
        "filling_gaps",
        "Why may gaps not be filled by straight lines before a forecast is "
        "judged?",
        "A line drawn to the next known day gives that day away. Carry the "
        "last value forward.",
        "Second reading: missing values",
    ),
    Card(
        "one_stretch",
        "Why does a back-test roll through as much history as there is?",
        "All methods have their bad years together: the same line may err "
        "several times as much in one stretch as in another.",
        "Second reading: the score depends on when you ask",
    ),
]
