"""Exercises on forecasts: rivals, honest parts, leaks, scores."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree


@exercise(
    "The score to beat",
    "values (N), first -> score ()",
    "Two lines, and no forecast should be shown to anybody without them.",
)
def persistence_score(values, first):
    r"""
    The simplest forecast says that the next step will be like this one. How
    far off is it? Forecast the steps `first`, `first + 1`, … to the end of
    the series, **each from the step right before it**, and return the mean
    absolute error:

    $$\operatorname{mean}_{n \ge \text{first}} |v_n - v_{n-1}|$$
    """
    forecasts = values[first - 1 : -1]
    return np.mean(np.abs(values[first:] - forecasts))


persistence_score.hint(
    "What is to be forecast is `values[first:]`. The forecasts are as many "
    "values, from one step earlier."
)
persistence_score.hint("The last value of the series forecasts nothing.")


@persistence_score.inputs
def _(rng):
    for N, first in (9, 4), (7, 2), (6, 4), (5, 1):
        yield {"values": 5 + rng.normal(size=N), "first": first}


@persistence_score.mistake(
    "Your forecasts go round: the step `first` is forecast from the last step "
    "of the series, as np.roll and negative indices do."
)
def goes_round(values, first):
    return np.mean(np.abs(values[first:] - np.roll(values[first:], 1)))


@persistence_score.mistake(
    "You begin one step early: the first step to be forecast is `first`."
)
def a_training_step(values, first):
    return np.mean(np.abs(np.diff(values[first - 2 :])))


@persistence_score.mistake(
    "Your score is 0: each value is compared with itself. A forecast of a "
    "step knows the step before it, and not yet this one."
)
def knows_it_all(values, first):
    return 0.0 * np.mean(values)


@persistence_score.mistake(
    "You begin one step late: the step `first` itself is to be forecast, too."
)
def one_late(values, first):
    return np.mean(np.abs(np.diff(values[first:])))


@persistence_score.mistake(
    "Your errors cancel: too high and too low are both wrong. The absolute "
    "value comes before the mean."
)
def signed(values, first):
    return np.mean(values[first:] - values[first - 1 : -1])


@persistence_score.mistake(
    "Your errors are squared. Asked for is the mean of their sizes."
)
def squared(values, first):
    return np.mean((values[first:] - values[first - 1 : -1]) ** 2)


@persistence_score.mistake(
    "You forecast everything from the step before `first`. Time goes on: "
    "each step is forecast from the one right before it."
)
def frozen(values, first):
    return np.mean(np.abs(values[first:] - values[first - 1]))


@persistence_score.mistake(
    "Your forecasts are two steps old. The step before is known by then."
)
def two_old(values, first):
    return np.mean(np.abs(values[first:] - values[first - 2 : -2]))


@persistence_score.mistake(
    "You score the whole series. What comes before `first` is training and "
    "does not count."
)
def everything(values, first):
    return np.mean(np.abs(np.diff(values)))


@persistence_score.mistake(
    "You take the sum of the errors. With a mean, a long test and a short "
    "one can be compared."
)
def summed(values, first):
    return np.sum(np.abs(values[first:] - values[first - 1 : -1]))


@persistence_score.mistake(
    "Your forecast is the mean of what came before `first`. That is a rival, "
    "too, but asked for is the step right before."
)
def mean_forecast(values, first):
    return np.mean(np.abs(values[first:] - values[:first].mean()))


@persistence_score.mistake(
    "You take the root of the mean square. Asked for is the mean of the "
    "absolute errors, without squares."
)
def root_of_squares(values, first):
    return np.sqrt(np.mean((values[first:] - values[first - 1 : -1]) ** 2))


@persistence_score.mistake(
    "You take the absolute value of the mean. By then, errors above and below "
    "have cancelled: the absolute value comes first."
)
def mean_then_size(values, first):
    return abs(np.mean(values[first:] - values[first - 1 : -1]))


@persistence_score.mistake(
    "That is the median of the errors. Asked for is their mean."
)  # fmt: skip
def median(values, first):
    return np.median(np.abs(values[first:] - values[first - 1 : -1]))


@persistence_score.mistake(
    "You return the largest of the errors. Asked for is their mean."
)  # fmt: skip
def largest(values, first):
    return np.max(np.abs(values[first:] - values[first - 1 : -1]))


@persistence_score.mistake(
    "You score the steps before `first`, which is training. The test begins "
    "at `first`."
)
def training_scored(values, first):
    return np.mean(np.abs(np.diff(values[:first])))


@persistence_score.mistake(
    "You divide by the length of the whole series. The mean is over the steps "
    "that were forecast, from `first` on."
)
def divided_by_all(values, first):
    errors = np.abs(values[first:] - values[first - 1 : -1])
    return errors.sum() / len(values)


@persistence_score.mistake(
    "You divide each error by the value. A series near 0 would make that as "
    "large as you like; the errors count as they are."
)
def relative(values, first):
    right = values[first:]
    return np.mean(np.abs((right - values[first - 1 : -1]) / right))


@persistence_score.mistake(
    "You forecast each step from the one `first` steps before. It is the step "
    "right before it, one step back."
)
def first_steps_back(values, first):
    return np.mean(np.abs(values[first:] - values[:-first]))


@persistence_score.mistake(
    "np.roll goes round: your first value is compared with the last one of "
    "the series. And what comes before `first` does not count."
)
def rolled_round(values, first):
    return np.mean(np.abs(values - np.roll(values, 1)))


@persistence_score.mistake(
    "You compare each step with the one after it, and the last with the first "
    "of all. A forecast comes from the step before."
)
def rolled_ahead(values, first):
    return np.mean(np.abs(values - np.roll(values, -1))[first:])


@persistence_score.mistake(
    "The last step of the series is missing. It is to be forecast, from the "
    "one before it; it is its own value that forecasts nothing."
)
def last_not_forecast(values, first):
    return np.mean(np.abs(np.diff(values[first - 1 : -1])))


@persistence_score.mistake(
    "The last step of the series is missing from your sum, and counted when "
    "you divide."
)
def last_unsummed(values, first):
    errors = np.abs(np.diff(values[first - 1 :]))
    return errors[:-1].sum() / len(errors)


@persistence_score.mistake(
    "You return the error of the last step. Asked for is the mean over all "
    "steps from `first` on: is the sum made in the loop?"
)
def last_error(values, first):
    return np.abs(values[-1] - values[-2])


@exercise(
    "Split, then scale",
    "values (N), n_train, n_valid -> train (n), valid (m), test (k)",
    "The later parts have neither mean 0 nor deviation 1. They need not: "
    "what matters is that nothing of them was known.",
)
def scaled_parts(values, n_train, n_valid):
    r"""
    Cut a series in time: the first `n_train` steps train, the next
    `n_valid` are for validation, and the rest is the test. Scale **all three
    with the mean and the standard deviation of the training part**,

    $$\frac{v - \text{mean}}{\text{std}},$$

    and return them.
    """
    train = values[:n_train]
    scaled = (values - train.mean()) / train.std()
    return (
        scaled[:n_train],
        scaled[n_train : n_train + n_valid],
        scaled[n_train + n_valid :],
    )


scaled_parts.hint(
    "Measure first: `values[:n_train].mean()` and `.std()`. Then scale all "
    "of it, then cut."
)
scaled_parts.hint("The test begins at step `n_train + n_valid`.")


@scaled_parts.inputs
def _(rng):
    for N, n_train, n_valid in (11, 5, 4), (9, 6, 1), (7, 2, 3):
        values = 20 + np.arange(N) + 3 * rng.normal(size=N)
        yield {"values": values, "n_train": n_train, "n_valid": n_valid}


def cut(scaled, n_train, n_valid):
    """Cut in three, in the order of time."""
    end = n_train + n_valid
    return scaled[:n_train], scaled[n_train:end], scaled[end:]


@scaled_parts.mistake(
    "You measure mean and deviation on the whole series. So the training "
    "part knows how high the test will be: a leak.",
    of="train",
)
def measured_on_all(values, n_train, n_valid):
    scaled = (values - values.mean()) / values.std()
    return cut(scaled, n_train, n_valid)


@scaled_parts.mistake(
    "Each of your parts has its own scale. A value of 20 would then be told "
    "to the network as three different numbers, and the test's mean is not "
    "known when its first step is forecast."
)
def each_its_own(values, n_train, n_valid):
    parts = cut(values, n_train, n_valid)
    return tuple((p - p.mean()) / (p.std() or 1.0) for p in parts)


@scaled_parts.mistake(
    "You measure on training and validation together. Validation stands for "
    "the unknown future, too.",
    of="train",
)
def measured_on_two(values, n_train, n_valid):
    seen = values[: n_train + n_valid]
    return cut((values - seen.mean()) / seen.std(), n_train, n_valid)


@scaled_parts.mistake(
    "You divide by the variance. The standard deviation is its root.",
    of="train",
)
def by_variance(values, n_train, n_valid):
    train = values[:n_train]
    scaled = (values - train.mean()) / train.var()
    return cut(scaled, n_train, n_valid)


@scaled_parts.mistake(
    "The mean is taken off, and nothing is divided: the deviation is missing.",
    of="train",
)
def only_shifted(values, n_train, n_valid):
    return cut(values - values[:n_train].mean(), n_train, n_valid)


@scaled_parts.mistake(
    "You divide by the deviation, and the mean stays in: training should "
    "have a mean of 0.",
    of="train",
)
def only_divided(values, n_train, n_valid):
    return cut(values / values[:n_train].std(), n_train, n_valid)


@scaled_parts.mistake(
    "You scale to the range from 0 to 1, by the training part's smallest and "
    "largest value. That is another custom; asked for are mean and deviation.",
    of="train",
)
def to_a_range(values, n_train, n_valid):
    low, high = values[:n_train].min(), values[:n_train].max()
    return cut((values - low) / (high - low), n_train, n_valid)


@scaled_parts.mistake(
    "Your parts are cut rightly and nothing is scaled yet."
)  # fmt: skip
def not_scaled(values, n_train, n_valid):
    return cut(values, n_train, n_valid)


@scaled_parts.mistake(
    "Your test is the past: time runs backwards. The first steps train, the "
    "last ones test."
)
def turned(values, n_train, n_valid):
    train = values[:n_train]
    scaled = ((values - train.mean()) / train.std())[::-1]
    return cut(scaled, n_train, n_valid)


@scaled_parts.mistake(
    "Your standard deviation divides by n - 1. That is another estimate; here "
    "it is `np.std` as it is, which divides by n.",
    of="train",
)
def less_one(values, n_train, n_valid):
    train = values[:n_train]
    return cut((values - train.mean()) / train.std(ddof=1), n_train, n_valid)


@scaled_parts.mistake(
    "`n_valid` is how many steps there are, not where they end: validation "
    "runs from n_train to n_train + n_valid."
)
def valid_as_an_end(values, n_train, n_valid):
    train = values[:n_train]
    scaled = (values - train.mean()) / train.std()
    return scaled[:n_train], scaled[n_train:n_valid], scaled[n_valid:]


@scaled_parts.mistake(
    "Your test begins at step n_valid, and there training is still going on. "
    "It begins behind training and validation."
)
def test_too_early(values, n_train, n_valid):
    train = values[:n_train]
    scaled = (values - train.mean()) / train.std()
    return *cut(scaled, n_train, n_valid)[:2], scaled[n_valid:]


@scaled_parts.mistake(
    "You measure mean and deviation on the test. They have to come from the "
    "training part, which is all that is known.",
    of="train",
)
def measured_on_the_test(values, n_train, n_valid):
    test = values[n_train + n_valid :]
    return cut((values - test.mean()) / test.std(), n_train, n_valid)


@scaled_parts.mistake(
    "Your training part is right, and the other two are not scaled. They go "
    "through the same formula, with the same two numbers."
)
def rest_not_scaled(values, n_train, n_valid):
    train, valid, test = cut(values, n_train, n_valid)
    return (train - train.mean()) / train.std(), valid, test


@scaled_parts.mistake(
    "Round brackets are missing: the division binds more strongly than the "
    "minus, so it is the mean that you divide.",
    of="train",
)
def brackets_missing(values, n_train, n_valid):
    train = values[:n_train]
    return cut(values - train.mean() / train.std(), n_train, n_valid)


@scaled_parts.mistake(
    "You multiply by the standard deviation. Divide, and training has a "
    "deviation of 1.",
    of="train",
)
def multiplied(values, n_train, n_valid):
    train = values[:n_train]
    return cut((values - train.mean()) * train.std(), n_train, n_valid)


@scaled_parts.mistake(
    "You divide all parts by the training's deviation, which is right, and "
    "take off each part's own mean. The mean comes from training, too."
)
def own_means(values, n_train, n_valid):
    parts = cut(values, n_train, n_valid)
    return tuple((p - p.mean()) / parts[0].std() for p in parts)


@scaled_parts.mistake(
    "Everything is scaled rightly, and the last step of the series is gone "
    "from the test. A slice with nothing behind its colon goes to the end."
)
def without_the_last(values, n_train, n_valid):
    train = values[:n_train]
    scaled = (values - train.mean()) / train.std()
    train, valid, test = cut(scaled, n_train, n_valid)
    return train, valid, test[:-1]


@scaled_parts.mistake(
    "Between two of your parts a step is lost. A slice leaves out its end, so "
    "the next part begins at that very number."
)
def a_step_lost(values, n_train, n_valid):
    train = values[:n_train]
    scaled, end = (values - train.mean()) / train.std(), n_train + n_valid
    return scaled[:n_train], scaled[n_train + 1 : end + 1], scaled[end + 1 :]


@scaled_parts.mistake(
    "Your test has the length of the validation part. It is the rest, however "
    "long that is."
)
def test_as_long(values, n_train, n_valid):
    train = values[:n_train]
    scaled = (values - train.mean()) / train.std()
    parts = cut(scaled, n_train, n_valid)
    return *parts[:2], scaled[-n_valid:]


@scaled_parts.mistake(
    "Your mean is that of the training part, and your deviation that of all. "
    "Both are measured on the training part.",
    of="train",
)
def deviation_of_all(values, n_train, n_valid):
    scaled = (values - values[:n_train].mean()) / values.std()
    return cut(scaled, n_train, n_valid)


@scaled_parts.mistake(
    "You take the median off. Asked for is the mean of the training part.",
    of="train",
)
def median_off(values, n_train, n_valid):
    train = values[:n_train]
    return cut((values - np.median(train)) / train.std(), n_train, n_valid)


@scaled_parts.mistake(
    "You add the mean of the training part. It is taken off."
)
def mean_added(values, n_train, n_valid):
    train = values[:n_train]
    return cut((values + train.mean()) / train.std(), n_train, n_valid)


@scaled_parts.mistake(
    "`n_train` and `n_valid` are exchanged: the first steps train, and there "
    "are n_train of them."
)
def sizes_exchanged(values, n_train, n_valid):
    train = values[:n_valid]
    return cut((values - train.mean()) / train.std(), n_valid, n_train)


@exercise(
    "Find the leak",
    "table (N, D), again (N, D), n -> leaks (D)",
    "This test needs no idea of how the columns are made. Run it on every "
    "table of inputs that somebody hands to you.",
)
def find_leaks(table, again, n):
    r"""
    Somebody has made a table of inputs from a series: row `t` is what a
    network reads at step `t`. Does a column know the future? Here is a test
    that catches it. **Change the series after step `n`**, have the table made
    again, and compare: rows 0 to `n` must not have changed, because what
    they are made of has not.

    `table` is the one before, `again` the one after. Return for each column
    `True` if it leaks.
    """
    return (table[: n + 1] != again[: n + 1]).any(axis=0)


find_leaks.hint(
    "Rows after `n` may differ as they like. Row `n` may not: it is made of "
    "steps 0 to n."
)
find_leaks.hint(
    "`!=` compares entry by entry. One entry that differs is enough: `any`, "
    "over the rows."
)


@find_leaks.inputs
def _(rng):
    for N, D, n in (11, 7, 5), (8, 5, 3), (6, 3, 0), (9, 8, 1):
        table = rng.normal(size=(N, D))
        again = table.copy()
        again[n + 1 :] += 1  # what came later has come otherwise
        again[n + 1 : n + 2, 0] -= 1  # but for one column, one step later
        again[n, 1] += 1  # reads one step ahead
        s = int(n > 2)  # then nothing changes in the first row
        again[s : n + 1, 2] += 0.5  # as a scale measured on everything
        again[s:n, 4:5] -= 1  # a row that differs, but for the last
        again[n + 1 :, 4:5] = table[n + 1 :, 4:5]  # and nothing after it
        again[n // 2, 5:6] += 0.01  # one row, and by little
        again[s : s + 2, 6:7] = table[s : s + 2, 6:7][::-1]  # they cancel
        yield {"table": table, "again": again, "n": n}


@find_leaks.explain
def _(yours, right, table, again, n):
    d = int((~agree(yours, right)).argmax())
    if not right[d]:
        return (
            f"Column {d} is the same in rows 0 to {n}, so it does not leak. "
            "Yours says that it does."
        )
    t = int((table[:, d] != again[:, d]).argmax())
    return (
        f"In row {t}, column {d} was {table[t, d]:.3f} and is now "
        f"{again[t, d]:.3f}, and n is {n}: it leaks. Yours says that it does "
        "not."
    )


@find_leaks.mistake(
    "You stop before row `n`. It is made of steps 0 to n, which have not "
    "changed, so it must not differ either: a column that reads one step "
    "ahead shows there and nowhere else."
)
def before_n(table, again, n):
    return (table[:n] != again[:n]).any(axis=0)


@find_leaks.mistake(
    "You compare all rows. Those after `n` have every right to differ: their "
    "own past was changed."
)
def all_rows(table, again, n):
    return (table != again).any(axis=0)


@find_leaks.mistake(
    "You ask that every row differs. One that knows the future is enough."
)
def every_row(table, again, n):
    return (table[: n + 1] != again[: n + 1]).all(axis=0)


@find_leaks.mistake(
    "You look at row `n` alone. A column may leak in an earlier row and not "
    "in this one."
)
def only_n(table, again, n):
    return table[n] != again[n]


@find_leaks.mistake(
    "You have it the other way round: True stands at the columns that are "
    "honest."
)
def honest_ones(table, again, n):
    return (table[: n + 1] == again[: n + 1]).all(axis=0)


@find_leaks.mistake(
    "You look at the rows behind `n`. They may differ as they like: their own "
    "past was changed. It is rows 0 to `n` that tell."
)
def rows_after(table, again, n):
    return (table[n + 1 :] != again[n + 1 :]).any(axis=0)


@find_leaks.mistake(
    "You look one row too far: row n + 1 is made of step n + 1, which was "
    "changed. A slice to n + 1 ends with row n."
)
def one_row_more(table, again, n):
    return (table[: n + 2] != again[: n + 2]).any(axis=0)


@find_leaks.mistake(
    "You look at row 0 alone. A column may leak in a later row, up to row n."
)
def only_0(table, again, n):
    return table[0] != again[0]


@find_leaks.mistake(
    "You add up a column's differences, or compare its means. One row up and "
    "one row down cancel, and the leak is not seen: compare entry by entry."
)
def sums_compared(table, again, n):
    gaps = (table[: n + 1] - again[: n + 1]).sum(axis=0)
    return np.abs(gaps) > 1e-9


@find_leaks.mistake(
    "You see only entries that have grown. One that has become smaller leaks "
    "as well."
)
def grown(table, again, n):
    return (again[: n + 1] > table[: n + 1]).any(axis=0)


@find_leaks.mistake(
    "You count how many rows differ. Asked for is True or False for each "
    "column: does any?"
)
def counted(table, again, n):
    return (table[: n + 1] != again[: n + 1]).sum(axis=0)


@find_leaks.mistake(
    "You return how far the rows are apart. Asked for is True or False for "
    "each column."
)
def distances(table, again, n):
    return np.abs(table[: n + 1] - again[: n + 1]).max(axis=0)


@find_leaks.mistake(
    "You ask row by row, and get an answer for each row. Asked is column by "
    "column: `any` runs down the rows, axis 0."
)
def for_each_row(table, again, n):
    return (table[: n + 1] != again[: n + 1]).any(axis=1)


@find_leaks.mistake(
    "You say in one word whether the table leaks at all. Asked for is an "
    "answer for each column."
)
def in_one_word(table, again, n):
    return (table[: n + 1] != again[: n + 1]).any()


@find_leaks.mistake(
    "You return the numbers of the columns that leak. Asked for is True or "
    "False for each column."
)
def their_numbers(table, again, n):
    return np.flatnonzero((table[: n + 1] != again[: n + 1]).any(axis=0))


@find_leaks.mistake(
    "You leave row 0 out. It is made of step 0, which has not changed, so it "
    "must not differ either."
)
def without_row_0(table, again, n):
    return (table[1 : n + 1] != again[1 : n + 1]).any(axis=0)


@exercise(
    "The mean absolute scaled error",
    "forecasts (N), targets (N), train (M), season -> score ()",
    "A forecast of degrees and one of sunspots can now be compared.",
)
def mase(forecasts, targets, train, season):
    r"""
    An error of 2: is that much? Measure it in units of what persistence
    errs. Return the mean absolute error of the forecasts, divided by the
    mean absolute error that seasonal persistence makes **in the training
    part**:

    $$\frac{\operatorname{mean} |\text{target} - \text{forecast}|}
    {\operatorname{mean} |\text{train}_n - \text{train}_{n-\text{season}}|}$$
    """
    usual = np.mean(np.abs(train[season:] - train[:-season]))
    return np.mean(np.abs(targets - forecasts)) / usual


mase.hint(
    "`train[season:]` and `train[:-season]` are equally long, and entries at "
    "the same place are a season apart."
)
mase.hint("Two means of absolute differences; the first over the second.")


@mase.inputs
def _(rng):
    for N, M, season in (5, 11, 3), (1, 6, 1), (3, 7, 6):
        yield {
            "forecasts": rng.normal(size=N),
            "targets": rng.normal(size=N),
            "train": 3 + rng.normal(size=M),
            "season": season,
        }


def over(forecasts, targets, unit):
    """Divide the mean absolute error by a unit."""
    return np.mean(np.abs(targets - forecasts)) / unit


@mase.mistake(
    "You forgot the season: your divisor is what plain persistence errs from "
    "one step to the next."
)
def no_season(forecasts, targets, train, season):
    return over(forecasts, targets, np.mean(np.abs(np.diff(train))))


@mase.mistake(
    "You divide each error by its target first, which makes percentages. The "
    "only unit here is what persistence errs in the training part."
)
def percentages(forecasts, targets, train, season):
    unit = np.mean(np.abs(train[season:] - train[:-season]))
    return np.mean(np.abs((targets - forecasts) / targets)) / unit


@mase.mistake(
    "Your errors cancel: you take the absolute value of their mean. Sizes "
    "first, then the mean."
)
def mean_before_size(forecasts, targets, train, season):
    unit = np.mean(np.abs(train[season:] - train[:-season]))
    return abs(np.mean(targets - forecasts)) / unit


@mase.mistake(
    "You divide by the largest difference of the training part. It is their "
    "mean that is the unit."
)
def largest_difference(forecasts, targets, train, season):
    unit = np.max(np.abs(train[season:] - train[:-season]))
    return over(forecasts, targets, unit)


@mase.mistake(
    "In your divisor stand differences from the mean of the training part. "
    "Seasonal persistence forecasts from the step a season before."
)
def from_the_mean(forecasts, targets, train, season):
    return over(forecasts, targets, np.mean(np.abs(train - train.mean())))


@mase.mistake(
    "It is upside down: small errors should give a small score."
)  # fmt: skip
def upside_down(forecasts, targets, train, season):
    return 1 / mase(forecasts, targets, train, season)


@mase.mistake(
    "You divide by the mean size of the values. A series measured from "
    "another zero would then get another score; differences do not care."
)
def by_size(forecasts, targets, train, season):
    return over(forecasts, targets, np.mean(np.abs(train)))


@mase.mistake(
    "You divide by the standard deviation of the training part. The unit is "
    "what persistence errs there."
)
def by_deviation(forecasts, targets, train, season):
    return over(forecasts, targets, np.std(train))


@mase.mistake("That is the mean absolute error. Nothing is divided yet.")
def only_mae(forecasts, targets, train, season):
    return over(forecasts, targets, 1.0)


@mase.mistake(
    "You divide sums by sums, of different lengths. Both are means."
)  # fmt: skip
def sums(forecasts, targets, train, season):
    usual = np.sum(np.abs(train[season:] - train[:-season]))
    return np.sum(np.abs(targets - forecasts)) / usual


@mase.mistake(
    "Your errors are squared. This score takes their sizes, above and below."
)
def squares(forecasts, targets, train, season):
    usual = np.mean((train[season:] - train[:-season]) ** 2)
    return np.mean((targets - forecasts) ** 2) / usual


@mase.mistake(
    "In your divisor, steps up and steps down cancel. Take their sizes first."
)
def cancelled(forecasts, targets, train, season):
    usual = np.mean(train[season:] - train[:-season])
    return over(forecasts, targets, usual)


@mase.mistake(
    "Your divisor is measured on the targets. It should be known before the "
    "test begins: measure it on the training part."
)
def measured_on_targets(forecasts, targets, train, season):
    usual = np.mean(np.abs(targets[season:] - targets[:-season]))
    return over(forecasts, targets, usual)


@mase.mistake(
    "You divide each error by its target. That is a percentage error, which "
    "explodes where a target is near 0."
)
def percentage(forecasts, targets, train, season):
    return np.mean(np.abs((targets - forecasts) / targets))


@mase.mistake(
    "You divide the divisor's sum by the length of the training part. There "
    "are fewer differences than steps: the first season has none."
)
def over_all_steps(forecasts, targets, train, season):
    usual = np.sum(np.abs(train[season:] - train[:-season])) / len(train)
    return over(forecasts, targets, usual)


@mase.mistake(
    "Your divisor goes round: the beginning is compared with the end, as "
    "np.roll and negative indices do. The first season has nothing before it."
)
def divisor_rolled_round(forecasts, targets, train, season):
    usual = np.mean(np.abs(train - np.roll(train, season)))
    return over(forecasts, targets, usual)


@mase.mistake(
    "You take every season-th value and their differences. All steps count, "
    "each beside the one a season before it."
)
def every_season(forecasts, targets, train, season):
    usual = np.mean(np.abs(np.diff(train[::season])))
    return over(forecasts, targets, usual)


@mase.mistake(
    "The second argument of np.diff says how often to take differences, not "
    "how far apart. Use two slices."
)
def differences_of_differences(forecasts, targets, train, season):
    usual = np.mean(np.abs(np.diff(train, season)))
    return over(forecasts, targets, usual)


@mase.mistake(
    "The errors of your forecasts cancel, too high against too low. Take "
    "their sizes before the mean."
)
def errors_cancel(forecasts, targets, train, season):
    usual = np.mean(np.abs(train[season:] - train[:-season]))
    return np.mean(targets - forecasts) / usual


@mase.mistake(
    "You take roots of mean squares. This score takes plain means of absolute "
    "errors, above and below."
)
def roots(forecasts, targets, train, season):
    usual = np.sqrt(np.mean((train[season:] - train[:-season]) ** 2))
    return np.sqrt(np.mean((targets - forecasts) ** 2)) / usual


@mase.mistake(
    "You take medians. Above and below stand means of absolute errors."
)  # fmt: skip
def medians(forecasts, targets, train, season):
    usual = np.median(np.abs(train[season:] - train[:-season]))
    return np.median(np.abs(targets - forecasts)) / usual


@mase.mistake(
    "You subtract what persistence errs. The score is a quotient: 1 is as "
    "good as persistence, whatever the unit."
)
def subtracted(forecasts, targets, train, season):
    usual = np.mean(np.abs(train[season:] - train[:-season]))
    return np.mean(np.abs(targets - forecasts)) - usual


@mase.mistake(
    "You return a number for each forecast. The mean of the errors is missing."
)
def for_each(forecasts, targets, train, season):
    usual = np.mean(np.abs(train[season:] - train[:-season]))
    return np.abs(targets - forecasts) / usual


@mase.mistake(
    "You take the mean of quotients, one for each difference of the training "
    "part. Two means are asked for, and then one quotient."
)
def mean_of_quotients(forecasts, targets, train, season):
    gaps = np.abs(train[season:] - train[:-season])
    return np.mean(np.abs(targets - forecasts)[:, None] / gaps)


@mase.mistake(
    "You divide the first error by the first difference, the second by the "
    "second, and so on. They belong to other steps: two means are asked for, "
    "and then one quotient."
)
def pair_by_pair(forecasts, targets, train, season):
    gaps = np.abs(train[season:] - train[:-season])
    errors = np.abs(targets - forecasts)
    return np.mean([e / gap for e, gap in zip(errors, gaps, strict=False)])


@mase.mistake(
    "You go back one step more than a season. train[n] stands beside "
    "train[n - season]."
)
def a_step_too_far(forecasts, targets, train, season):
    gaps = train[season + 1 :] - train[: -season - 1]
    return over(forecasts, targets, np.mean(np.abs(gaps)))


@mase.mistake(
    "Your errors are squared, and then comes the root. This score takes the "
    "mean of their sizes."
)
def root_above(forecasts, targets, train, season):
    gaps = np.abs(train[season:] - train[:-season])
    return np.sqrt(np.mean((targets - forecasts) ** 2)) / np.mean(gaps)


@mase.mistake(
    "You compare with one value of the training part. Seasonal persistence "
    "compares each step with the one a season before it."
)
def first_value(forecasts, targets, train, season):
    gaps = np.abs(train[season:] - train[0])
    return over(forecasts, targets, np.mean(gaps))


@mase.mistake(
    "Your divisor takes the last training value for a forecast of all the "
    "targets. It is measured inside of the training part."
)
def last_value(forecasts, targets, train, season):
    return over(forecasts, targets, np.mean(np.abs(targets - train[-1])))


@mase.mistake(
    "You go back one step less than a season. train[n] stands beside "
    "train[n - season]."
)
def a_step_too_near(forecasts, targets, train, season):
    gaps = np.abs(train[season - 1 : -1] - train[:-season])
    return over(forecasts, targets, np.mean(gaps))


@exercise(
    "Many steps ahead",
    "history (N), weights (P), intercept, horizon -> forecasts (K)",
    "A network does the same when it writes text: it reads its own last "
    "letter.",
)
def forecast_recursively(history, weights, intercept, horizon):
    r"""
    A linear model says the next step from the last `P` steps:

    $$\hat v = b + w_0 v_\text{last} + w_1 v_\text{before} + \cdots$$

    So `weights[0]` belongs to the **last** step. For the step after the next
    it reads **its own forecast as if it had happened**, and so on. Return
    the next `horizon` steps.
    """
    steps = list(history)
    for _ in range(horizon):
        lags = steps[::-1][: len(weights)]
        steps.append(intercept + np.dot(lags, weights))
    return np.array(steps[len(history) :])


forecast_recursively.hint(
    "Make a list of the history. In each round compute the next step from "
    "its end, and append it."
)
forecast_recursively.hint(
    "`steps[::-1]` runs backwards in time: the last step first, as the "
    "weights stand."
)
forecast_recursively.hint(
    "Return what was appended: `steps[len(history):]`, as an array."
)


@forecast_recursively.inputs
def _(rng):
    for N, P, horizon in (8, 3, 5), (5, 2, 3), (6, 4, 2):
        yield {
            "history": rng.normal(size=N),
            "weights": rng.normal(size=P),
            "intercept": float(rng.normal()),
            "horizon": horizon,
        }


def rolled(history, weights, intercept, horizon, append=True):
    """Forecast step after step, or always from the true history."""
    steps, said = list(history), []
    for _ in range(horizon):
        lags = steps[::-1][: len(weights)]
        said.append(intercept + np.dot(lags, weights))
        if append:
            steps.append(said[-1])
    return np.array(said)


@forecast_recursively.mistake(
    "Your weights are the other way round: `weights[0]` meets the oldest of "
    "the steps. It belongs to the last one."
)
def oldest_first(history, weights, intercept, horizon):
    return rolled(history, weights[::-1], intercept, horizon)


@forecast_recursively.mistake(
    "All your forecasts are the same: each is made from the history alone. "
    "The second one reads the first."
)
def not_fed(history, weights, intercept, horizon):
    return rolled(history, weights, intercept, horizon, append=False)


@forecast_recursively.mistake(
    "You leave out `weights[0]`, so that `weights[1]` meets the last step. "
    "All P weights count, and the first of them belongs to the last step."
)
def first_weight_lost(history, weights, intercept, horizon):
    steps = list(history)
    for _ in range(horizon):
        pairs = zip(weights[1:], steps[::-1], strict=False)
        steps.append(intercept + sum(w * v for w, v in pairs))
    return np.array(steps[len(history) :])


@forecast_recursively.mistake(
    "You add the weights up and give their sum to the last step. Each weight "
    "belongs to a step of its own, `weights[1]` to the one before the last."
)
def weights_added_up(history, weights, intercept, horizon):
    return rolled(history, np.sum(weights)[None], intercept, horizon)


@forecast_recursively.mistake(
    "Your forecasts are one step late: the first of them is thrown away, and "
    "one more is made than was asked for."
)
def one_step_late(history, weights, intercept, horizon):
    more = forecast_recursively(history, weights, intercept, horizon + 1)
    return more[1:]


@forecast_recursively.mistake(
    "You read from the end of an array whose end is not filled yet: what is "
    "zero there is taken for the last steps."
)
def reads_the_empty_end(history, weights, intercept, horizon):
    N, P = len(history), len(weights)
    steps = np.concatenate([history, np.zeros(horizon)])
    for k in range(horizon):
        steps[N + k] = intercept + weights @ steps[: -P - 1 : -1]
    return steps[N:]


@forecast_recursively.mistake(
    "The intercept is missing: your forecasts pass through zero."
)
def no_intercept(history, weights, intercept, horizon):
    return rolled(history, weights, 0.0, horizon)


@forecast_recursively.mistake(
    "The intercept is added once, to the first forecast. Every step has it."
)
def intercept_once(history, weights, intercept, horizon):
    steps = list(history)
    for k in range(horizon):
        lags = steps[::-1][: len(weights)]
        steps.append((k == 0) * intercept + np.dot(lags, weights))
    return np.array(steps[len(history) :])


@forecast_recursively.mistake(
    "You read the beginning of the history. What comes next follows from its "
    "end."
)
def from_the_start(history, weights, intercept, horizon):
    return rolled(history[: len(weights)], weights, intercept, horizon)


@forecast_recursively.mistake(
    "Your forecasts come in the wrong order: the nearest step is the first."
)
def backwards(history, weights, intercept, horizon):
    return rolled(history, weights, intercept, horizon)[::-1]


@forecast_recursively.mistake(
    "You leave the last step of the history out, as if it were still to come."
)
def last_left_out(history, weights, intercept, horizon):
    return rolled(history[:-1], weights, intercept, horizon)


@forecast_recursively.mistake(
    "You return the history, too. Asked for are the new steps alone."
)
def with_the_history(history, weights, intercept, horizon):
    said = rolled(history, weights, intercept, horizon)
    return np.concatenate([history, said])


@forecast_recursively.mistake(
    "You return the last forecast alone. All steps up to the horizon are "
    "asked for."
)
def last_alone(history, weights, intercept, horizon):
    return rolled(history, weights, intercept, horizon)[-1]


@forecast_recursively.mistake(
    "What you return begins with the last step of the history, and the last "
    "forecast is missing."
)
def one_early(history, weights, intercept, horizon):
    said = rolled(history, weights, intercept, horizon)
    return np.concatenate([history[-1:], said[:-1]])


@forecast_recursively.mistake(
    "You use one weight and one step. The model reads as many of the last "
    "steps as there are weights."
)
def one_weight(history, weights, intercept, horizon):
    return rolled(history, weights[:1], intercept, horizon)


@forecast_recursively.mistake(
    "Your first forecast is right. After it, the new step takes the place of "
    "the oldest: it belongs in front, where `weights[0]` meets it."
)
def put_behind(history, weights, intercept, horizon):
    lags, said = list(history[::-1][: len(weights)]), []
    for _ in range(horizon):
        said.append(intercept + np.dot(lags, weights))
        lags = [*lags[1:], said[-1]]
    return np.array(said)


@forecast_recursively.mistake(
    "You add the model's number to the last step, as if it said the change. "
    "It says the next step itself."
)
def as_a_change(history, weights, intercept, horizon):
    steps = list(history)
    for _ in range(horizon):
        lags = steps[::-1][: len(weights)]
        steps.append(steps[-1] + intercept + np.dot(lags, weights))
    return np.array(steps[len(history) :])


@forecast_recursively.mistake(
    "You add the intercept once for every weight. It is added once a step."
)
def intercept_often(history, weights, intercept, horizon):
    often = len(weights) * intercept
    return rolled(history, weights, often, horizon)


@forecast_recursively.mistake(
    "You add the intercept when all is done. Each step has it, and the next "
    "step reads what it has made."
)
def intercept_at_the_end(history, weights, intercept, horizon):
    return rolled(history, weights, 0.0, horizon) + intercept


@forecast_recursively.mistake(
    "Your new forecast does not become a step of the history: array + [v] "
    "adds v to every number of the array. np.append(array, v) puts it behind, "
    "as + does with lists."
)
def added_to_all(history, weights, intercept, horizon):
    steps, said = history, []
    for _ in range(horizon):
        said.append(intercept + steps[::-1][: len(weights)] @ weights)
        steps = steps + said[-1]
    return np.array(said)


@forecast_recursively.mistake(
    "Your forecast is written over the last step. It comes after that step, "
    "and all others move back by one place."
)
def written_over(history, weights, intercept, horizon):
    lags, said = history[::-1][: len(weights)].copy(), []
    for _ in range(horizon):
        said.append(intercept + lags @ weights)
        lags[0] = said[-1]
    return np.array(said)


@forecast_recursively.mistake(
    "You read the first steps of the series at every step. It is the last "
    "ones that say the next."
)
def always_the_first(history, weights, intercept, horizon):
    lags = history[: len(weights)][::-1]
    return np.full(horizon, intercept + lags @ weights)


@forecast_recursively.mistake(
    "You leave the newest step out: your window ends before the last one. "
    "`weights[0]` belongs to the last step."
)
def window_too_early(history, weights, intercept, horizon):
    steps, said = list(history), []
    for _ in range(horizon):
        lags = steps[:-1][::-1][: len(weights)]
        said.append(intercept + np.dot(lags, weights[: len(lags)]))
        steps.append(said[-1])
    return np.array(said)


@exercise(
    "A loss that asks for a quantile",
    "y (N), targets (N), q -> loss ()",
    "With q = 0.5 it is half the mean absolute error, and its best answer is "
    "the median.",
)
def pinball(y, targets, q):
    r"""
    A forecast that should be too high in nine cases of ten has to be punished
    unequally. With $e = \text{target} - y$, one forecast costs

    $$\begin{cases}
    q\, e & \text{if } e \ge 0 \text{, it was too low} \\
    (q - 1)\, e & \text{if } e < 0 \text{, it was too high.}
    \end{cases}$$

    Return the mean over all forecasts.
    """
    error = targets - y
    return np.mean(np.maximum(q * error, (q - 1) * error))


pinball.hint(
    "Of the two lines, the one that holds is always the larger: "
    "`np.maximum`, or `np.where`."
)
pinball.hint("Both are never negative. If your loss is, look at a sign.")


@pinball.inputs
def _(rng):
    for N, q in (7, 0.9), (5, 0.2), (1, 0.35), (4, 0.5):
        yield {
            "y": rng.normal(size=N),
            "targets": rng.normal(size=N),
            "q": q,
        }


@pinball.mistake(
    "You take the largest of all numbers. For each forecast the larger of its "
    "two lines counts, as np.maximum finds it; then comes the mean."
)
def largest_of_all(y, targets, q):
    e = targets - y
    return np.max([q * e, (q - 1) * e])


@pinball.mistake(
    "You add both lines for every forecast. Only one of them holds: which one "
    "depends on the sign of the error."
)
def both_lines(y, targets, q):
    e = targets - y
    return np.mean(q * e + (q - 1) * e)


@pinball.mistake(
    "That is the median of what the forecasts cost. Asked for is the mean."
)
def median_cost(y, targets, q):
    e = targets - y
    return np.median(np.maximum(q * e, (q - 1) * e))


@pinball.mistake(
    "Your two sides have changed places: with q = 0.9, too low should cost "
    "nine times as much as too high."
)
def sides_swapped(y, targets, q):
    return pinball(targets, y, q)


@pinball.mistake(
    "You weigh both sides alike, with q. Then the best answer is the median, "
    "whatever q is."
)
def both_alike(y, targets, q):
    return np.mean(q * np.abs(targets - y))


@pinball.mistake(
    "That is the mean absolute error: q is used nowhere."
)  # fmt: skip
def no_q(y, targets, q):
    return np.mean(np.abs(targets - y))


@pinball.mistake(
    "You take the smaller of the two lines, which is never positive. A loss "
    "is what it costs to be wrong."
)
def smaller(y, targets, q):
    error = targets - y
    return np.mean(np.minimum(q * error, (q - 1) * error))


@pinball.mistake(
    "Where the forecast was too high your loss is negative: q − 1 and the "
    "error are both below 0, so their product is not."
)
def negative_side(y, targets, q):
    error = targets - y
    return np.mean(np.where(error >= 0, q * error, (1 - q) * error))


@pinball.mistake("Your errors are squared: the best answer is no quantile.")
def squared_sides(y, targets, q):
    error = targets - y
    return np.mean(np.where(error >= 0, q, 1 - q) * error**2)


@pinball.mistake("You take the sum. Asked for is the mean over the forecasts.")
def pinball_sum(y, targets, q):
    return len(y) * pinball(y, targets, q)


@pinball.mistake(
    "Too high costs nothing in your loss, so the cheapest forecast would be "
    "infinitely high."
)
def one_side(y, targets, q):
    return np.mean(np.maximum(q * (targets - y), 0))


@pinball.mistake(
    "You forget q where the forecast was too high: your loss is the mean of q "
    "times the error, and too high counts as a gain."
)
def one_line(y, targets, q):
    return np.mean(q * (targets - y))


@pinball.mistake(
    "Too low costs nothing in your loss, so the cheapest forecast would be "
    "infinitely low."
)
def other_side(y, targets, q):
    return np.mean(np.maximum((q - 1) * (targets - y), 0))


@pinball.mistake(
    "Your loss is twice as large. With q = 0.5 it is *half* the mean absolute "
    "error."
)
def doubled(y, targets, q):
    return 2 * pinball(y, targets, q)


@pinball.mistake(
    "You weigh both sides alike, with 1 − q. Then the best answer is the "
    "median, whatever q is."
)
def both_with_the_rest(y, targets, q):
    return np.mean((1 - q) * np.abs(targets - y))


@pinball.mistake(
    "You take the mean of the errors first, and they cancel. Each forecast "
    "has a loss of its own; the mean comes last."
)
def mean_first(y, targets, q):
    error = np.mean(targets - y)
    return max(q * error, (q - 1) * error)


@pinball.mistake(
    "You ask whether the error is above q. What decides between the two lines "
    "is its sign."
)
def against_q(y, targets, q):
    error = targets - y
    return np.mean(np.where(error >= q, q * error, (q - 1) * error))


@pinball.mistake(
    "You take the mean of either side by itself, and then add. One mean, over "
    "all forecasts, is asked for."
)
def mean_of_each(y, targets, q):
    error = targets - y
    low, high = error[error >= 0], error[error < 0]
    with np.errstate(invalid="ignore"):  # a mean over none is NaN
        low = low.sum() / np.float64(len(low))
        high = high.sum() / np.float64(len(high))
    return q * low + (q - 1) * high


@pinball.mistake(
    "That is a quantile of the errors' sizes. Asked for is a loss, the mean "
    "of what each forecast costs."
)
def a_quantile(y, targets, q):
    return np.quantile(np.abs(targets - y), q)


@pinball.mistake(
    "You return what each forecast costs. Asked for is the mean over them."
)
def costs(y, targets, q):
    error = targets - y
    return np.maximum(q * error, (q - 1) * error)


@pinball.mistake(
    "You return the quantile of the errors. Asked for is a loss, the mean of "
    "what each forecast costs."
)
def quantile_of_errors(y, targets, q):
    return np.quantile(targets - y, q)


@pinball.mistake(
    "You return how many forecasts were too low. Asked for is what the errors "
    "cost, the large ones more than the small."
)
def how_many(y, targets, q):
    return np.mean(targets >= y)


@pinball.mistake(
    "You return what the last forecast costs. Asked for is the mean over all: "
    "is the sum made in the loop?"
)
def last_cost(y, targets, q):
    return pinball(y[-1:], targets[-1:], q)
