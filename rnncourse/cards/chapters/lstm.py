"""Cards on the LSTM."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "carousel",
        "What is the constant error carousel?",
        r"A unit with $c_t = c_{t-1} + g_t$: its factor from step to step is "
        r"fixed at 1, so $\partial c_T / \partial c_t = 1$, whatever $T$.",
        "A place where the factor is one",
    ),
    Card(
        "input_gate",
        "What does the input gate decide?",
        r"What comes in: $i \odot g$ is what is added to the memory.",
        "A place where the factor is one",
    ),
    Card(
        "forget_gate",
        "What does the forget gate do, and what happens without it?",
        "It multiplies the old content: near 1 keeps, near 0 empties. Without "
        "it everything that was ever let in adds up. The LSTM of 1997 had "
        "none.",
        "A place where the factor is one",
    ),
    Card(
        "output_gate",
        "What does the output gate decide?",
        r"What is shown: $h_t = o \odot \tanh(c_t)$. The unit need not always "
        r"say what it knows.",
        "A place where the factor is one",
    ),
    Card(
        "equations",
        "Write the memory and the state of an LSTM with the gates $i, f, o$ "
        "and the candidate $g$.",
        r"$c_t = f \odot c_{t-1} + i \odot g$ and $h_t = o \odot \tanh(c_t)$.",
        "Six parts: four inputs, one output",
    ),
    Card(
        "candidate",
        "Which of the four parts $i, f, g, o$ of an LSTM is no gate, and what "
        "is different about it?",
        "$g$, the candidate: it passes tanh, so it has a sign. The gates pass "
        "a sigmoid and lie between 0 and 1.",
        "Six parts: four inputs, one output",
    ),
    Card(
        "four_times",
        "How many parameters does an LSTM have, compared with a plain network "
        "of the same width and input?",
        "Four times as many: four layers that each read all of $x_t$ and "
        "$h_{t-1}$.",
        "Six parts: four inputs, one output",
    ),
    Card(
        "one_channel",
        "Does an LSTM need an input of at least four channels, one a gate?",
        "No. $W_{xh}$ has a row for each channel and a column for each gate "
        "of each unit. Every gate reads all channels; one is enough.",
        "Six parts: four inputs, one output",
    ),
    Card(
        "along_the_memory",
        "Which factor does a gradient meet on one step back along the memory "
        "$c$?",
        r"The forget gate $f$: $dc_{t-1} = dc_t \odot f_t$. There is no "
        r"matrix and no tanh on that way.",
        "The way back, line by line",
    ),
    Card(
        "into_the_memory",
        r"A gradient $dh$ arrives at $h_t = o \odot \tanh(c_t)$. What of it "
        r"joins the gradient at $c_t$?",
        r"$dh \odot o \odot (1 - \tanh^2 c_t)$, added to what came along the "
        r"memory itself.",
        "The way back, line by line",
    ),
    Card(
        "slopes",
        "What are the slopes of a sigmoid with the value $s$ and of a tanh "
        "with the value $g$?",
        "$s(1 - s)$ and $1 - g^2$.",
        "The way back, line by line",
    ),
    Card(
        "fresh_vanishes",
        "Does the gradient vanish in a fresh LSTM?",
        r"Yes. Its forget gate stands near $\sigma(1) = 0.73$, and many such "
        r"factors leave next to nothing. It has a factor that it can *learn* "
        r"to set to one.",
        "Two ways back, weighed separately",
    ),
    Card(
        "two_ways",
        "By which two ways does a gradient at $c_t$ reach $c_{t-1}$?",
        "Along the carousel, times $f$; and through $h_{t-1}$: gates, tanh "
        "and $W_{hh}$. Paths may change between the two at every step.",
        "Two ways back, weighed separately",
    ),
    Card(
        "forget_bias",
        "Why is the forget gate's bias started at 1?",
        r"To open the gate one needs a gradient, and the gradient needs an "
        r"open gate: $\sigma(1) = 0.73$ in place of $\sigma(0) = 0.5$. In "
        r"training it helped on one task here and not on another.",
        "The bias that opens the gate",
    ),
    Card(
        "chrono",
        "What is chrono initialisation?",
        "$b_f$ is the logarithm of a number drawn between 1 and $T - 1$, for "
        "the longest delay $T$ one expects, and $b_i = -b_f$. With it the "
        "LSTM learned to add over 160 steps with every seed, where most of "
        "the usual start failed at every rate.",
        "The bias that opens the gate",
    ),
    Card(
        "exploding",
        "Where can the gradient of an LSTM explode, and where can it not?",
        "Not along the carousel, since no gate is above 1. But through $h$ "
        "and $W_{hh}$, which nothing bounds. So clip, as before.",
        "It cures vanishing. It does not cure exploding",
    ),
    Card(
        "rate",
        "Must the learning rate of an LSTM be smaller than a plain network's?",
        "It may be, and it need not. In the chapter's trial the range of good "
        "rates was much wider, on both sides of the plain network's best.",
        "A smaller learning rate?",
    ),
    Card(
        "held_or_rewritten",
        "A number is still in the state of a trained LSTM after many steps. "
        "Must a forget gate have been open all the time?",
        "No. With many units it may be rewritten at every step, out through "
        "$h$ and in again, as a plain network does.",
        "Overwritten, or added to",
    ),
    Card(
        "slow_and_fast",
        "Is $c$ slow and $h$ fast in an LSTM?",
        "Where the task asks for it. Where the output gate stays open, $h$ is "
        "as slow as $c$; where the network must mostly be silent, $h$ jumps.",
        "Is c slow and h fast?",
    ),
    Card(
        "broken_parts",
        'When is a part of an LSTM "not needed"?',
        "It depends on what else is there to do its work. With two units four "
        "of the six parts were missed by some task, with twelve only the "
        "output, fed back.",
        "Six parts, four tasks, all broken",
    ),
    Card(
        "forgetting_without_a_gate",
        "How can an LSTM forget whose forget gate is stuck open?",
        "It can subtract: $h$ shows what stands in $c$, so $g$ can bring in "
        "the new number minus the old. If it cannot hear its own output, "
        "either, it fails.",
        "How does it forget without a forget gate?",
    ),
    Card(
        "peepholes",
        "What is a peephole?",
        r"One weight a unit that lets a gate look at the memory $c$ directly, "
        r"as in $i = \sigma(a_i + p_i \odot c_{t-1})$. Without it gates read "
        r"$h$, which is 0 where the output gate is shut.",
        "Peepholes",
    ),
]
