"""What the notes say or ask, and our verdicts: the claims on trial.

Claims 1 to 30 came first; of 32 nothing has been tried yet.
"""

from rnncourse.claims._kinds import CONDITIONS, FAILS, HOLDS, Claim

#: {number: what a note says or asks (``text``), which one (``notes``), the
#: ``verdict``, and ``because``: why, or under which conditions}
CLAIMS = {
    1: Claim(
        "The hidden state can represent everything seen so far.",
        "N0",
        CONDITIONS,
        "It is a summary of fixed size: what is told apart depends on the "
        "weights, the number of units, how long ago it was and how large "
        "the inputs are.",
    ),
    2: Claim(
        "Feed-forward and convolutional networks cannot keep a memory.",
        "N0, N4",
        CONDITIONS,
        "They remember what is in their window, and nothing before it. What "
        "sums over all steps has no such end; but a running sum is a "
        "recurrence.",
    ),
    3: Claim(
        "Basic recurrent networks are very hard to train: over long "
        "distances gradients vanish or explode.",
        "N0",
        CONDITIONS,
        "Ten steps are easy. Over 40 a network learns nothing from the usual "
        "start; from an identity matrix, with a ReLU, some seeds learn it and "
        "some learn nothing. Over 80 none learns from any start that was "
        "tried, each at its best rate.",
    ),
    4: Claim(
        "LSTM and GRU relieve this, but do not reach arbitrarily far.",
        "N0",
        CONDITIONS,
        "In as many updates a plain network learns 40 steps with no seed and "
        "the usual LSTM with all. At 80 most LSTMs fail at the rate that was "
        "chosen, and at another none of three; at 160 most fail at every "
        "rate. The GRU, and the LSTM with the chrono start, have met no wall "
        "as far as we tried.",
    ),
    5: Claim(
        "Recurrence cannot be computed in parallel over time and is slow.",
        "N0, N3",
        CONDITIONS,
        "Run step by step, each step waits for the one before, and many "
        "sequences at once hide the waiting. A cell that is linear in its "
        "state need not be run so; for others guessing all states at once "
        "and correcting them works, if they are calm.",
    ),
    6: Claim(
        "What feeds the next step is the previous output.",
        "N0, N4",
        CONDITIONS,
        "In a Jordan network it is. In all other cells of this course it is "
        "the state, which some call an output, too; a network that writes "
        "reads its own output besides.",
    ),
    7: Claim(
        "A recurrent network is a natural generalisation of a feed-forward "
        "network.",
        "N1",
        HOLDS,
        "With a recurrent matrix of zeros it is one.",
    ),
    8: Claim(
        "The three weight matrices are shared by all steps.",
        "N1, a question",
        HOLDS,
        "There is one of each, and its gradient is a sum over the steps.",
    ),
    9: Claim(
        "No input product is needed inside the step.",
        "N1, a question",
        HOLDS,
        "One product before the loop serves all steps.",
    ),
    10: Claim(
        "The two directions share weights; the sentence is reversed; their "
        "results have to be combined somehow.",
        "N1, three questions",
        CONDITIONS,
        "Weights are not shared, though they could be where something tells "
        "the sides apart; the sentence is reversed within its length, and "
        "the states are turned back; at a learning rate of its own, each of "
        "concatenating, adding and averaging does equally well.",
    ),
    11: Claim(
        "For an intent, only the last output is needed.",
        "N1",
        CONDITIONS,
        "It is enough for sentences that end as the training sentences did. "
        "It is not the only one that knows.",
    ),
    12: Claim(
        "Recent inputs weigh more than old ones.",
        "N1",
        CONDITIONS,
        "In a plain network from the usual start. Training teaches it to "
        "hold on; how well differs from seed to seed.",
    ),
    13: Claim(
        "Training a recurrent network is very costly.",
        "N1, N4",
        CONDITIONS,
        "An update costs a few times as much as reading; what grows with the "
        "length is memory and waiting.",
    ),
    14: Claim(
        "The order of the inputs changes the output.",
        "N2",
        HOLDS,
        "A bag of words cannot tell them apart.",
    ),
    15: Claim(
        "w = 1.1 explodes and w = 0.9 vanishes; the gradient is rugged.",
        "N2",
        CONDITIONS,
        "Exactly so for a straight unit; tanh adds a factor of its own. The "
        "surface is gentle, with a wall in it.",
    ),
    16: Claim(
        "Each input channel drives one gate, so an LSTM needs an input of at "
        "least four channels.",
        "N2",
        FAILS,
        "Every gate reads all channels, through a matrix; one will do.",
    ),
    17: Claim(
        "The LSTM cures vanishing gradients, not exploding ones.",
        "N2",
        CONDITIONS,
        "Vanishing is cured where the forget gate is open, and in a fresh "
        "network from the usual start it is not. Exploding takes a large "
        "recurrent matrix, and needs clipping, as before.",
    ),
    18: Claim(
        "With an LSTM the learning rate can be set a bit smaller.",
        "N2",
        CONDITIONS,
        "It can be smaller; it need not. The range of good rates is much "
        "wider than a plain network's, as the GRU's is.",
    ),
    19: Claim(
        "The memory of an RNN is overwritten; that of an LSTM is added to, "
        "and only lost when the forget gate closes.",
        "N2",
        CONDITIONS,
        "Nearly so it is in one trained unit. A trained RNN rewrites what it "
        "wants to keep, and a gate of 0.9 loses without ever closing.",
    ),
    20: Claim(
        "Trimming repeated outputs loses meaning; CTC does not.",
        "N2",
        HOLDS,
        "The blank keeps equal neighbours apart.",
    ),
    21: Claim(
        "A recurrent network has fewer parameters than a padded feed-forward "
        "network, is harder to train and generalises better.",
        "N3",
        CONDITIONS,
        "Fewer, yes. Harder than a padded network of equal width, but not "
        "than one of equal size. It generalises better once there is data, "
        "and worse where there is little.",
    ),
    22: Claim(
        "To stack layers, only their dimensions have to match.",
        "N3",
        CONDITIONS,
        "To run, yes. To train a deep stack takes a start that keeps the "
        "length of what goes through, or a path on which nothing is "
        "multiplied.",
    ),
    23: Claim(
        "A pyramid cuts the work a lot: the deeper the layer, the shorter "
        "the sequence.",
        "N3",
        HOLDS,
        "Each layer has half the steps of the one below. It waits less only "
        "where the layers are read both ways; that two inputs are computed "
        "at once, as N3 says, is not the reason.",
    ),
    24: Claim(
        "c changes slowly, and so carries the long term.",
        "N3",
        CONDITIONS,
        "Where the task asks for it; elsewhere h is as slow.",
    ),
    25: Claim(
        "A GRU has fewer parameters than an LSTM and so overfits less; it is "
        "often better.",
        "N3",
        CONDITIONS,
        "Three quarters of the parameters, exactly. Less overfitting could "
        "not be measured. Better: on some tasks, and on others not.",
    ),
    26: Claim(
        "A stack may be large although only its top few cells are read.",
        "N3",
        HOLDS,
        "Depth costs no weight, and every cell of it can be used.",
    ),
    27: Claim(
        "Recurrent networks suit dependencies whose range is long, varying "
        "or unknown.",
        "N4",
        CONDITIONS,
        "Varying and unknown: yes, for cells with gates, up to a few times "
        "the lengths of the training, if those varied; trained on a single "
        "length, most LSTMs and some GRUs were lost at four times that. A "
        "running sum goes further, where the task is one. Where the range is "
        "known, a window of that size can be much better.",
    ),
    28: Claim(
        "A GRU matches an LSTM and trains more easily and faster.",
        "N4",
        CONDITIONS,
        "More easily: on one task and within few updates, at a wider range "
        "of learning rates; the tie between its gates is one reason. Faster "
        "by the clock: with as many units in some programs, with as many "
        "parameters not here.",
    ),
    29: Claim(
        "z near 1 remembers more, z near 0 forgets more.",
        "N4",
        FAILS,
        "In the formula it stands below, z near 0 keeps the past, and z near "
        "1 writes the present over it: it is wrong of what was there before. "
        "It holds in PyTorch's convention, where z and 1 − z change places.",
    ),
    30: Claim(
        "A GRU is an LSTM under other names: h′ is the LSTM's hidden state, "
        "the old h its cell, 1 − z its forget gate, z its input gate.",
        "N4",
        CONDITIONS,
        "The memory corresponds, and the gates do if they are tied. h′ is "
        "the LSTM's candidate, not its hidden state, and the reset gate has "
        "no partner.",
    ),
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
