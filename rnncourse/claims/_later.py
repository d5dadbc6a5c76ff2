"""Claims 31 to 37, which joined later; of 32 nothing has been tried yet."""

from rnncourse.claims._kinds import CONDITIONS, FAILS, HOLDS, Claim

#: As in `_thirty`.
LATER = {
    31: Claim(
        "The output is o(t) = h_t(W x_i + W v_(t-1)): one W for the input "
        "and for the memory.",
        "N3",
        FAILS,
        "With one and the same matrix for both, input and memory may change "
        "places unnoticed. One matrix on the two side by side is right.",
    ),
    33: Claim(
        "The forget gate and the memory gate of a GRU are concatenated.",
        "N4",
        FAILS,
        "They are one gate: what it does not keep, it fills.",
    ),
    34: Claim(
        "What the stack network's F returns is pushed to the next stack; n "
        "must be set beforehand.",
        "N3",
        CONDITIONS,
        "If next means the same stack at the next step. And n is set before "
        "training, as a number of units is.",
    ),
    35: Claim(
        "An LSTM has four inputs and one output.",
        "N2",
        HOLDS,
        "Four layers read all that comes in, and one number leaves a unit. "
        "Its cell stays inside.",
    ),
    36: Claim(
        "Backpropagation through time is the loss function.",
        "N2",
        FAILS,
        "It is the way back from any loss to the weights.",
    ),
    37: Claim(
        "Recurrent networks suit time series, and events with long intervals "
        "and delays.",
        "N3, N4",
        CONDITIONS,
        "They can be used, and a simple rival is often as good: measure it. "
        "How long an interval may be is the matter of claims 4 and 27.",
    ),
}
