"""Exercises on CTC, from easy to hard."""

import numpy as np

from rnncourse.exercises.block import exercise
from rnncourse.exercises.comparing.compare import agree
from rnncourse.exercises.comparing.places import words


@exercise(
    "What a path says",
    "path (T) -> symbols (L)",
    "Two steps, and their order is the whole trick: it is what lets a blank "
    "keep two equal symbols apart.",
)
def spell(path):
    r"""
    A path names one class at each of `T` frames: 0 is the blank, 1 and up
    are symbols. Return what it says as an array: first merge equal
    neighbours into one, then drop the blanks. So `[0, 3, 3, 0, 3, 5]` says
    `[3, 3, 5]`. A path of blanks says nothing: an array of length 0.
    """
    new = np.append(True, path[1:] != path[:-1])
    return path[new & (path != 0)]


spell.hint(
    "Where does something new begin? At the first frame, and wherever "
    "`path[1:] != path[:-1]`."
)
spell.hint(
    "Keep those frames where something new begins *and* it is no blank: "
    "`path[new & (path != 0)]`."
)


@spell.inputs
def _(rng):
    yield {"path": np.array([0, 3, 3, 0, 3, 5, 5, 0, 0, 5])}
    yield {"path": np.array([5, 5, 0, 3, 3, 0, 3])}
    yield {"path": np.array([2, 2, 0, 0, 2, 1, 1, 2])}
    yield {"path": np.array([2, 2, 2, 0, 1, 1, 1, 1, 0])}
    yield {"path": rng.integers(0, 3, size=30)}
    yield {"path": np.array([1])}
    yield {"path": np.array([0, 0, 0])}
    yield {"path": np.array([12, 12, 0, 1, 2, 2, 0, 12, 10, 0])}


@spell.mistake(
    "You drop the blanks first and merge afterwards. The blank that kept two "
    "equal symbols apart is then gone, and they become one: 好棒棒 is 好棒."
)
def blanks_first(path):
    path = path[path != 0]
    if len(path) == 0:
        return path
    return path[np.append(True, path[1:] != path[:-1])]


@spell.mistake(
    "You merge repeats and keep the blanks. A blank is no symbol; it has "
    "done its work once the repeats are merged."
)
def blanks_stay(path):
    return path[np.append(True, path[1:] != path[:-1])]


@spell.mistake(
    "You drop the blanks and merge nothing: a symbol that lasts three frames "
    "is one symbol."
)
def not_merged(path):
    return path[path != 0]


@spell.mistake(
    "You keep each symbol once, wherever it stands. A word may use a symbol "
    "again; only equal *neighbours* are merged."
)
def each_once(path):
    kept = []
    for k in path:
        if k != 0 and k not in kept:
            kept.append(k)
    return np.array(kept, dtype=path.dtype)


@spell.mistake(
    "What begins at the first frame is missing: it has no frame before it, "
    "and is new all the same."
)
def first_missing(path):
    new = path[1:] != path[:-1]
    return path[1:][new & (path[1:] != 0)]


@spell.mistake(
    "You keep a symbol where the *next* frame differs, so what lasts to the "
    "end is missing: no frame comes after it."
)
def last_missing(path):
    over = path[1:] != path[:-1]
    return path[:-1][over & (path[:-1] != 0)]


@spell.mistake(
    "Your first frame is compared with the last: `path[-1]` counts from the "
    "end. If both hold the same symbol, the first one is lost."
)
def wraps_around(path):
    return path[(path != np.roll(path, 1)) & (path != 0)]


@spell.mistake(
    "You sort, as np.unique does, and leave one of each. The order in which "
    "they are said is gone."
)
def sorted_ones(path):
    return np.unique(path[path != 0])


@exercise(
    "How few frames will do?",
    "symbols (L) -> frames ()",
    "If there are fewer, no path spells it, the probability is 0 and the "
    "loss infinite. Look for this when a CTC loss says inf.",
)
def fewest_frames(symbols):
    r"""
    How many frames does a path need at least to spell `symbols`? Each
    symbol needs a frame, and something else may be needed, too: try 好棒棒.
    """
    return len(symbols) + np.sum(symbols[1:] == symbols[:-1])


fewest_frames.hint(
    "Write down the shortest path that says 1 2, and the shortest that says "
    "1 2 2. The second needs four frames."
)
fewest_frames.hint(
    "One frame for each symbol, and one blank between each two equal "
    "neighbours."
)


@fewest_frames.inputs
def _(rng):
    yield {"symbols": np.array([1, 2, 2])}
    yield {"symbols": np.array([3, 3, 3, 1, 3, 2, 2])}
    yield {"symbols": np.array([1, 2, 1, 2])}
    yield {"symbols": np.array([3, 1, 3])}
    yield {"symbols": np.array([5])}
    yield {"symbols": np.array([], int)}


@fewest_frames.mistake(
    "One frame for each symbol is not enough where two neighbours are equal: "
    "without a blank between them they would be merged."
)
def one_each(symbols):
    return len(symbols)


@fewest_frames.mistake(
    "You put a blank between all symbols and around them. A path may do "
    "that; it has to only between equal neighbours."
)
def all_states(symbols):
    return 2 * len(symbols) + 1


@fewest_frames.mistake(
    "You put a blank between all neighbours. Two different symbols may touch."
)
def between_all(symbols):
    return 2 * len(symbols) - 1


@fewest_frames.mistake(
    "You put a blank between each two neighbours. Only where they are equal "
    "is one needed: 1 2 fits in two frames."
)
def between_all_if_any(symbols):
    return max(2 * len(symbols) - 1, 0)


@fewest_frames.mistake(
    "You ask for a blank wherever a symbol comes again later. Only equal "
    "neighbours would be merged: in 1 2 1 there is nothing to keep apart."
)
def any_repeat(symbols):
    return 2 * len(symbols) - len(np.unique(symbols))


@fewest_frames.mistake(
    "You add one blank, however many pairs of equal neighbours there are. "
    "Each pair needs its own."
)
def one_blank(symbols):
    return len(symbols) + int(np.any(symbols[1:] == symbols[:-1]))


@fewest_frames.mistake(
    "You add one blank for each run of equal symbols. In 3 3 3 there are two "
    "places where equal ones would be merged."
)
def one_a_run(symbols):
    same = symbols[1:] == symbols[:-1]
    begins = same & ~np.r_[False, same[:-1]][: len(same)]
    return len(symbols) + np.sum(begins)


@fewest_frames.mistake(
    "You put a blank between *different* neighbours. Those may touch; equal "
    "ones may not."
)
def between_different(symbols):
    return len(symbols) + np.sum(symbols[1:] != symbols[:-1])


@fewest_frames.mistake(
    "You put two blanks between equal neighbours. One keeps them apart."
)
def two_blanks(symbols):
    return len(symbols) + 2 * np.sum(symbols[1:] == symbols[:-1])


@fewest_frames.mistake(
    "You count the blanks alone. Each symbol needs a frame, too."
)
def blanks_alone(symbols):
    return np.sum(symbols[1:] == symbols[:-1])


@fewest_frames.mistake(
    "You add one frame always. 1 2 needs two frames, and 1 1 1 needs five."
)
def one_more(symbols):
    return len(symbols) + 1


@fewest_frames.mistake(
    "Your first symbol is compared with the last: `symbols[-1]` counts from "
    "the end. The first has no symbol before it."
)
def compared_round(symbols):
    return len(symbols) + np.sum(symbols == np.roll(symbols, 1))


def with_blanks(target):
    """Put a blank before, between and after the symbols."""
    states = np.zeros(2 * len(target) + 1, int)
    states[1::2] = target
    return states


def table(
    p, target, skip="differ", start=2, emit=True, stay=True, join=sum, wrap=()
):
    """alpha, with one rule or another changed."""
    states = with_blanks(target)
    S = len(states)
    alpha = np.zeros((len(p), S))
    alpha[0, :start] = p[0, states[:start]]
    for t in range(1, len(p)):
        for s in range(S):
            ways = [alpha[t - 1, s]] if stay else [0.0]
            if s > 0 or 1 in wrap:
                ways.append(alpha[t - 1, s - 1])
            symbol = (s > 1 or 2 in wrap) and states[s] != 0
            differ = symbol and states[s] != states[s - 2]
            may = {"differ": differ, "symbol": symbol, "never": False}
            may["always"] = s > 1
            may["equal"] = symbol and not differ
            if may[skip]:
                ways.append(alpha[t - 1, s - 2])
            ways = join(ways)
            alpha[t, s] = ways * p[t, states[s]] if emit else ways
    return alpha


@exercise(
    "The table, forwards",
    "p (T, K), states (S) -> alpha (T, S)",
    "Its last two cells are the probability of the target: thousands of "
    "paths, added up in a few lines.",
)
def forward_table(p, states):
    r"""
    Fill the table $\alpha$. `p[t]` are the probabilities of the `K` classes
    at frame `t`, class 0 the blank. `states` is the target with a blank
    before, between and after its symbols, such as `[0, 3, 0, 5, 0]`.

    - A path starts in state 0 or in state 1.
    - From one frame to the next it stays, or goes to the next state, or
      skips one state, if it lands on a symbol that is *not* the same as the
      symbol two states before.

    `alpha[t, s]` is the probability of all beginnings that are in state `s`
    at frame `t`, that frame's own probability included.
    """
    T, S = len(p), len(states)  # given
    alpha = np.zeros((T, S))  # given
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, T):  # given
        for s in range(S):  # given
            ways = alpha[t - 1, s]
            if s > 0:
                ways += alpha[t - 1, s - 1]
            if s > 1 and states[s] != 0 and states[s] != states[s - 2]:
                ways += alpha[t - 1, s - 2]
            alpha[t, s] = ways * p[t, states[s]]
    return alpha  # given


forward_table.hint(
    "At frame 0 only two cells are not 0: `alpha[0, 0] = p[0, states[0]]` "
    "and `alpha[0, 1] = p[0, states[1]]`."
)
forward_table.hint(
    "Add up the cells of frame `t - 1` from which a path may come: `s`, "
    "`s - 1`, and sometimes `s - 2`. Mind that `alpha[t - 1, -1]` is the "
    "*last* state."
)
forward_table.hint(
    "`s - 2` counts if `states[s]` is a symbol and differs from "
    "`states[s - 2]`. Then multiply the sum by `p[t, states[s]]`."
)


@forward_table.inputs
def _(rng):
    for T, K, target in (
        (8, 3, [1, 2, 2]),
        (7, 4, [1, 2, 3]),
        (5, 4, [3, 1]),
        (1, 3, [2]),
        (6, 2, [1, 1]),
        (6, 4, [1, 3, 1]),
    ):
        yield {
            "p": rng.dirichlet(np.ones(K), size=T),
            "states": with_blanks(target),
        }


def wrong_table(p, states, **rules):
    """alpha by other rules."""
    return table(p, states[1::2], **rules)


@forward_table.mistake(
    "You skip the blank between two equal symbols. They would be merged: "
    "that blank has to be said, or 好棒棒 is counted where 好棒 was said."
)
def skips_equal(p, states):
    return wrong_table(p, states, skip="symbol")


@forward_table.mistake(
    "You never skip. Two different symbols may follow each other with no "
    "blank between them, and those paths are missing."
)
def never_skips(p, states):
    return wrong_table(p, states, skip="never")


@forward_table.mistake(
    "You skip over symbols, from blank to blank. Then a symbol of the target "
    "is never said."
)
def skips_symbols(p, states):
    return wrong_table(p, states, skip="always")


@forward_table.mistake(
    "You start in state 0 alone. A path may begin with the first symbol."
)
def starts_blank(p, states):
    return wrong_table(p, states, start=1)


@forward_table.mistake(
    "You start in state 1 alone. A path may begin with a blank."
)
def starts_with_the_symbol(p, states):
    return wrong_table(p, states) - starts_blank(p, states)


@forward_table.mistake(
    "Your paths never stay where they are, so no symbol can last longer than "
    "a frame."
)
def never_stays(p, states):
    return wrong_table(p, states, stay=False)


@forward_table.mistake(
    "From the second frame on you count paths and forget how probable each "
    "frame is: multiply by p of the class that stands in state s."
)
def counts_ways(p, states):
    return wrong_table(p, states, emit=False)


@forward_table.mistake(
    "`alpha[t - 1, s - 1]` at s = 0 is the *last* state of the frame before: "
    "your paths begin again at the top. State 0 is reached from itself only."
)
def from_the_end(p, states):
    return wrong_table(p, states, wrap=(1, 2))


@forward_table.mistake(
    "State 0 gets twice what was in it: once because a path may stay, and "
    "once more as if there were a state before it."
)
def first_state_twice(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states):
            ways = alpha[t - 1, s] + alpha[t - 1, max(s - 1, 0)]
            if s > 1 and k and k != states[s - 2]:
                ways += alpha[t - 1, s - 2]
            alpha[t, s] = ways * p[t, k]
    return alpha


@forward_table.mistake(
    "You start in any state. A path begins with the blank or with the first "
    "symbol, or the target's beginning is never said."
)
def starts_anywhere(p, states):
    return wrong_table(p, states, start=None)


@forward_table.mistake(
    "You keep the likeliest way into each state. That finds the best path; "
    "CTC wants all of them, so the ways are added."
)
def best_way(p, states):
    return wrong_table(p, states, join=max)


@forward_table.mistake(
    "The probability comes one frame late: alpha at frame t counts p of "
    "frame t itself."
)
def late_p(p, states):
    return wrong_table(np.vstack([p[:1], p[:-1]]), states)


@forward_table.mistake(
    "`p[0, :2]` are the classes 0 and 1. State 1 holds the first symbol, and "
    "that is class `states[1]`."
)
def classes_for_states(p, states):
    p = p.copy()
    p[0, states[1]] = p[0, 1]
    return wrong_table(p, states)


@forward_table.mistake(
    "You skip the blank where the symbols on both sides are *equal*. There "
    "it has to be said; where they differ it may be skipped."
)
def skips_equal_only(p, states):
    return wrong_table(p, states, skip="equal")


@forward_table.mistake(
    "Your alpha[t, s - 1] is of this frame. A path takes one state a frame: "
    "it comes from states of frame t - 1."
)
def within_a_frame(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states):
            ways = alpha[t - 1, s] + (alpha[t, s - 1] if s else 0)
            if s > 1 and k and k != states[s - 2]:
                ways += alpha[t, s - 2]
            alpha[t, s] = ways * p[t, k]
    return alpha


@forward_table.mistake(
    "State 0 is empty in your table after the first frame. A path may stay "
    "in the first blank: your s has to begin with 0."
)
def first_blank_left(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states[1:], 1):
            ways = alpha[t - 1, s] + alpha[t - 1, s - 1]
            if s > 1 and k and k != states[s - 2]:
                ways += alpha[t - 1, s - 2]
            alpha[t, s] = ways * p[t, k]
    return alpha


@forward_table.mistake(
    "You multiply what stays by p, and not what comes from other states. "
    "Whatever is in a state at frame t has that frame's probability in it."
)
def only_what_stays(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states):
            alpha[t, s] = alpha[t - 1, s] * p[t, k]
            alpha[t, s] += alpha[t - 1, s - 1] if s else 0
            if s > 1 and k and k != states[s - 2]:
                alpha[t, s] += alpha[t - 1, s - 2]
    return alpha


@forward_table.mistake(
    "Your rows are divided by their sums. That keeps long tables from "
    "vanishing; here the probabilities themselves are asked for."
)
def rows_of_one(p, states):
    alpha = wrong_table(p, states)
    return alpha / alpha.sum(axis=1, keepdims=True)


@forward_table.mistake(
    "You return logarithms. alpha holds the probabilities themselves."
)
def logarithms(p, states):
    with np.errstate(divide="ignore"):
        return np.log(wrong_table(p, states))


@forward_table.explain
def _(yours, right, p, states):
    wrong = ~agree(yours, right)
    t = int(wrong.any(axis=1).argmax())
    if t == 0:
        return (
            f"For states {states} and p[0] = {p[0].round(3)}, alpha[0] should "
            f"be {right[0].round(3).tolist()}; yours is "
            f"{yours[0].round(3).tolist()}. A path begins in state 0 or 1."
        )
    s = int(wrong[t].argmax())
    what = f"symbol {states[s]}" if states[s] else "a blank"
    skips = s > 1 and states[s] not in (0, states[s - 2])
    ways = [
        f"state {n} ({right[t - 1, n]:.3g})"
        for n in range(max(s - 1 - skips, 0), s + 1)
    ]
    return (
        f"Your first wrong cell is alpha[{t}, {s}]. State {s} holds {what}, "
        f"and the cell should be {right[t, s]:.3g}; yours is "
        f"{yours[t, s]:.3g}. A path comes there from {words(ways)}; p of its "
        f"class is {p[t, states[s]]:.3g}."
    )


@forward_table.mistake(
    "You multiply by p[t, s]. s numbers the states, and the probabilities are "
    "those of classes: state s holds class `states[s]`."
)
def states_for_classes(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s in range(len(states)):
            alpha[t, s] = p[t, s]  # there are not as many
    return alpha


@forward_table.mistake(
    "You skip from blank to blank alone. It is a symbol that a skip may land "
    "on, if it differs from the symbol before it."
)
def skips_to_blanks(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states):
            ways = alpha[t - 1, max(s - 1, 0) : s + 1].sum()
            if s > 1 and k == 0:
                ways += alpha[t - 1, s - 2]
            alpha[t, s] = ways * p[t, k]
    return alpha


@forward_table.mistake(
    "Where a skip is allowed you leave out the step from state s − 1. All "
    "three ways count there: stay, the next state, and the skip."
)
def skip_or_step(p, states):
    alpha = np.zeros((len(p), len(states)))
    alpha[0, :2] = p[0, states[:2]]
    for t in range(1, len(p)):
        for s, k in enumerate(states):
            skips = s > 1 and k != 0 and k != states[s - 2]
            ways = alpha[t - 1, s]
            ways += alpha[t - 1, s - 1 - skips] if s else 0
            alpha[t, s] = ways * p[t, k]
    return alpha


@forward_table.mistake(
    "You fill the table from the end: that is how probable each rest is. "
    "alpha is about beginnings, from the first frame on."
)
def from_the_last_frame(p, states):
    return wrong_table(p[::-1], states[::-1])[::-1, ::-1]


@exercise(
    "The gradient",
    "p (T, K), alpha (T, S), beta (T, S), states (S) -> dlogits (T, K)",
    "What the network says, minus what the paths share. That is all that "
    "ever reaches the network from the target.",
)
def ctc_gradient(p, alpha, beta, states):
    r"""
    Both tables are filled: at every frame the products `alpha * beta` sum
    to the probability of the target. Return the gradient of
    $-\log p(y \mid x)$ with respect to the logits,

    $$p_t(k) - \sum_{s:\, y'_s = k} \gamma_t(s), \qquad
    \gamma_t(s) = \frac{\alpha_t(s)\, \beta_t(s)}{p(y \mid x)},$$

    where $y'_s$ is `states[s]`. Several states may hold the same class.
    """
    total = np.sum(alpha[0] * beta[0])
    gamma = alpha * beta / total
    dlogits = p.copy()  # given
    for s, k in enumerate(states):  # given
        dlogits[:, k] -= gamma[:, s]
    return dlogits  # given


ctc_gradient.hint(
    "The probability of the target is the sum of `alpha * beta` over the "
    "states of any one frame, the first for instance."
)
ctc_gradient.hint(
    "Each state takes its share away from the class it holds. Classes that "
    "stand in no state keep what they have."
)


def backward_table(p, states):
    """beta: the endings after each frame, that frame left out."""
    T, S = len(p), len(states)
    beta = np.zeros((T, S))
    beta[-1, -2:] = 1
    for t in reversed(range(T - 1)):
        for s in range(S):
            for n in (s, s + 1, s + 2):
                far = n == s + 2
                if n >= S or (
                    far and (states[n] == 0 or states[n] == states[s])
                ):
                    continue
                beta[t, s] += beta[t + 1, n] * p[t + 1, states[n]]
    return beta


@ctc_gradient.inputs
def _(rng):
    for T, K, target in (8, 4, [1, 2, 2]), (5, 3, [2]), (3, 2, [1, 1]):
        p = rng.dirichlet(np.ones(K), size=T)
        states = with_blanks(target)
        yield {
            "p": p,
            "alpha": table(p, target),
            "beta": backward_table(p, states),
            "states": states,
        }


def gradient(p, gamma, states):
    """p minus what the states share."""
    dlogits = p.copy()
    for s, k in enumerate(states):
        dlogits[:, k] -= gamma[:, s]
    return dlogits


@ctc_gradient.mistake(
    "Your shares are not divided by the probability of the target, so at "
    "each frame they sum to it and not to 1."
)
def undivided(p, alpha, beta, states):
    return gradient(p, alpha * beta, states)


@ctc_gradient.mistake(
    "You divide by the sum over all frames. At every single frame the "
    "products sum to the probability of the target already."
)
def divided_by_all(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha * beta)
    return gradient(p, gamma, states)


@ctc_gradient.mistake(
    "A class that stands in several states, such as the blank, gets the "
    "share of one of them from you: `d[:, states] -= gamma` keeps the last. "
    "Take away the shares of all."
)
def last_state_alone(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha[0] * beta[0])
    dlogits = p.copy()
    dlogits[:, states] -= gamma
    return dlogits


@ctc_gradient.mistake(
    "The sign is turned around: where the paths are and the network is not, "
    "its logit has to rise, so the gradient of the loss is below 0."
)
def turned(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha[0] * beta[0])
    return -gradient(p, gamma, states)


@ctc_gradient.mistake(
    "You take the likeliest state at each frame for the truth. CTC does not "
    "choose: every state gets its share."
)
def hard(p, alpha, beta, states):
    gamma = alpha * beta
    top = gamma == gamma.max(axis=1, keepdims=True)
    return gradient(p, top / top.sum(axis=1, keepdims=True), states)


@ctc_gradient.mistake(
    "Your shares come from alpha alone. It knows how a path began; whether "
    "it can still end well, beta knows."
)
def beginnings_alone(p, alpha, beta, states):
    return gradient(p, alpha / alpha.sum(axis=1, keepdims=True), states)


@ctc_gradient.mistake(
    "You divide by the whole last row of alpha. Most states there are no "
    "end; beta, which is 0 for those, picks out the two that are."
)
def all_ends(p, alpha, beta, states):
    return gradient(p, alpha * beta / np.sum(alpha[-1]), states)


@ctc_gradient.mistake(
    "You return what the paths share. The gradient is what the network says, "
    "minus that."
)
def shares_alone(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha[0] * beta[0])
    return -gradient(np.zeros_like(p), gamma, states)


@ctc_gradient.mistake(
    "You divide the shares by p, as for a gradient with respect to the "
    "probabilities. This one is with respect to the logits, and there the "
    "softmax has cancelled it."
)
def for_probabilities(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha[0] * beta[0])
    return gradient(p, gamma / p[:, states], states)


@ctc_gradient.mistake(
    "You add alpha and beta. A path is a beginning *and* an ending, so their "
    "probabilities multiply."
)
def added(p, alpha, beta, states):
    gamma = (alpha + beta) / np.sum(alpha[0] + beta[0])
    return gradient(p, gamma, states)


@ctc_gradient.mistake("You add the shares to p. They are taken away from it.")
def shares_added(p, alpha, beta, states):
    return gradient(p, -alpha * beta / np.sum(alpha[0] * beta[0]), states)


@ctc_gradient.mistake(
    "You multiply the shares by p once more. It is in alpha and beta already."
)
def times_p(p, alpha, beta, states):
    gamma = alpha * beta / np.sum(alpha[0] * beta[0])
    return gradient(p, gamma * p[:, states], states)


@ctc_gradient.explain
def _(yours, right, p, alpha, beta, states):
    wrong = ~agree(yours, right).all(axis=0)
    times = np.bincount(states, minlength=p.shape[1])
    if (times[wrong] > 1).all() and (times == 1).any():
        k = int(wrong.argmax())
        return (
            "Your columns of classes that stand in one state are right. Class "
            f"{k} stands in {times[k]} states, and its column is wrong."
        )
    sums = yours.sum(axis=1)
    t = int(np.abs(sums).argmax())
    if abs(sums[t]) > 1e-9:
        return (
            "At each frame p sums to 1, and so do the shares. Your row "
            f"{t} sums to {sums[t]:.3g}, and should sum to 0."
        )
    t, k = np.argwhere(~agree(yours, right))[0]
    return (
        f"dlogits[{t}, {k}] should be {right[t, k]:.3g}, and yours is "
        f"{yours[t, k]:.3g}. There p is {p[t, k]:.3g}, and the shares of "
        f"class {k} sum to {p[t, k] - right[t, k]:.3g}."
    )


@ctc_gradient.mistake(
    "You divide by `alpha[-1, -1]` alone. A path may end in the last symbol, "
    "too, without a blank behind it: the products of any one frame sum to all."
)
def last_alpha_alone(p, alpha, beta, states):
    return gradient(p, alpha * beta / alpha[-1, -1], states)


@ctc_gradient.mistake(
    "You sum the products over the frames, for each state. It is over the "
    "states, at each frame, that they sum to the probability of the target."
)
def over_the_frames(p, alpha, beta, states):
    shares = alpha * beta
    return gradient(p, shares / shares.sum(axis=0), states)


@exercise(
    "How many edits?",
    "a (M), b (N) -> edits ()",
    "Divided by the number of symbols in the targets, this is the label "
    "error rate; with words in place of symbols it is the word error rate.",
)
def edits(a, b):
    r"""
    The fewest insertions, deletions and changes that turn the list `a` into
    the list `b`. Fill a table: `table[i, j]` is the answer for the first
    `i` symbols of `a` and the first `j` of `b`. To get there, one either
    deletes a symbol of `a` (from `table[i - 1, j]`), or inserts one of `b`
    (from `table[i, j - 1]`), or puts one in the place of the other (from
    `table[i - 1, j - 1]`), which costs nothing if they are equal.
    """
    table = np.zeros((len(a) + 1, len(b) + 1))  # given
    table[:, 0] = np.arange(len(a) + 1)
    table[0] = np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):  # given
        for j in range(1, len(b) + 1):  # given
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
    return table[-1, -1]  # given


edits.hint(
    "The edges first: from `i` symbols to none takes `i` deletions, from "
    "none to `j` symbols `j` insertions."
)
edits.hint(
    "Inside, each cell is the smallest of three: the cell above plus 1, the "
    "cell on the left plus 1, and the one between them plus 0 or 1."
)


@edits.inputs
def _(rng):
    yield {"a": np.array([1, 2, 2, 4]), "b": np.array([2, 2, 3, 4, 1])}
    for _ in range(3):
        yield {"a": rng.integers(1, 4, size=7), "b": rng.integers(1, 4, 5)}
    yield {"a": np.array([1, 1]), "b": np.array([1, 1])}
    yield {"a": np.array([1, 2, 3]), "b": np.array([2, 3, 1])}
    yield {"a": np.array([1, 2]), "b": np.array([1, 1, 2, 2])}
    yield {"a": np.array([1, 2]), "b": np.array([2, 1])}  # two edits
    yield {"a": np.array([3]), "b": np.array([1, 2, 3])}
    yield {"a": np.array([2, 1, 2]), "b": np.array([1])}
    yield {"a": np.array([], int), "b": np.array([1, 2])}
    yield {"a": np.array([1]), "b": np.array([], int)}


def distance(a, b, edges=True, change=1, equal=0, moves=(1, 1)):
    """The table's last cell, by other prices."""
    M, N = len(a), len(b)
    filled = np.zeros((M + 1, N + 1))
    if edges:
        filled[:, 0], filled[0] = np.arange(M + 1), np.arange(N + 1)
    for i in range(1, M + 1):
        for j in range(1, N + 1):
            price = equal if a[i - 1] == b[j - 1] else change
            filled[i, j] = min(
                filled[i - 1, j] + moves[0],
                filled[i, j - 1] + moves[1],
                filled[i - 1, j - 1] + price,
            )
    return filled[-1, -1]


@edits.mistake(
    "Your edges are zeros: whole beginnings can be deleted and inserted for "
    "nothing."
)
def free_edges(a, b):
    return distance(a, b, edges=False)


@edits.mistake(
    "A change costs two with you, a deletion and an insertion. It is one "
    "edit of its own."
)
def change_of_two(a, b):
    return distance(a, b, change=2)


@edits.mistake(
    "You charge for the step down the diagonal even where the symbols are "
    "equal. Keeping a symbol costs nothing."
)
def equal_costs(a, b):
    return distance(a, b, equal=1)


@edits.mistake(
    "You compare place by place. One symbol missing at the start, and "
    "everything behind it counts as wrong, though it is merely shifted."
)
def place_by_place(a, b):
    n = min(len(a), len(b))
    return float(np.sum(a[:n] != b[:n]) + abs(len(a) - len(b)))


@edits.mistake(
    "Deletions are free with you: an answer with a hundred symbols too many "
    "would be no worse."
)
def free_deletions(a, b):
    return distance(a, b, moves=(0, 1))


@edits.mistake(
    "Insertions are free with you: an answer that says nothing would be no "
    "worse."
)
def free_insertions(a, b):
    return distance(a, b, moves=(1, 0))


@edits.mistake(
    "You charge for the diagonal where the symbols are *equal*. It costs 1 "
    "where they differ."
)
def turned_around(a, b):
    return distance(a, b, change=0, equal=1)


@edits.mistake(
    "In your table everything is deleted and inserted anew. Either the "
    "diagonal is never taken, or the largest of the three is."
)
def no_diagonal(a, b):
    return float(len(a) + len(b))


@edits.mistake(
    "Your edges are 1 everywhere. From `i` symbols to none takes `i` "
    "deletions."
)
def edges_of_one(a, b):
    table = np.ones((len(a) + 1, len(b) + 1))
    table[0, 0] = 0
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
    return table[-1, -1]


@edits.mistake(
    "Where neither list is empty your answer is 0: the last cell of the table "
    "is what it was before the loops. Do they reach it, and set it?"
)
def last_cell_not_set(a, b):
    return 0.0 if len(a) and len(b) else float(len(a) + len(b))


@edits.mistake(
    "You divide by the length of b already. That makes a rate; the exercise "
    "asks for the number of edits."
)
def a_rate(a, b):
    with np.errstate(divide="ignore"):
        return distance(a, b) / len(b)


@edits.mistake(
    "Where two symbols are equal, a deletion and an insertion cost you "
    "nothing either. They cost 1 always; the diagonal alone may be free."
)
def one_price_for_all(a, b):
    filled = np.add.outer(np.arange(len(a) + 1), np.arange(len(b) + 1))
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            ways = filled[i - 1, j], filled[i, j - 1], filled[i - 1, j - 1]
            filled[i, j] = min(ways) + (a[i - 1] != b[j - 1])
    return filled[-1, -1]


@edits.mistake(
    "Your diagonal costs nothing, whatever stands there, so only the lengths "
    "count. Putting one symbol in the place of another is an edit."
)
def lengths_alone(a, b):
    return abs(len(a) - len(b))


@edits.mistake(
    "You count what a and b have in common, in the same order. Asked for is "
    "what has to be done to turn one into the other."
)
def in_common(a, b):
    table = np.zeros((len(a) + 1, len(b) + 1))
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = max(
                table[i - 1, j],
                table[i, j - 1],
                table[i - 1, j - 1] + (a[i - 1] == b[j - 1]),
            )
    return table[-1, -1]


@edits.mistake(
    "You let two neighbours change places at the price of one edit. There are "
    "insertions, deletions and changes, and no exchanges."
)
def exchanges(a, b):
    table = np.zeros((len(a) + 1, len(b) + 1))
    table[:, 0], table[0] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
            )
            turned = a[i - 2 : i][::-1].tolist() == b[j - 2 : j].tolist()
            if min(i, j) > 1 and turned:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[-1, -1]


@edits.mistake(
    "Deletions and insertions are free with you, and only changes cost. Both "
    "cost 1, as a change does."
)
def both_free(a, b):
    return distance(a, b, moves=(0, 0))
