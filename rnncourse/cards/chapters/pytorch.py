"""Cards on the same in PyTorch."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "two_results",
        "What are the two things that a recurrent module of PyTorch returns?",
        "`output`, the top layer at every step; and the last state of every "
        "layer: `h_n`, for an LSTM also `c_n`.",
        "What comes back",
    ),
    Card(
        "rows_of_h_n",
        "Which rows of `h_n` sum up the top layer of a bidirectional network?",
        "`h_n[-2]`, forward, and `h_n[-1]`, backward.",
        "What comes back",
    ),
    Card(
        "backward_end",
        "Where in `output` does the backward direction end?",
        "At step 0: its last state is `output[0, :, H:]`.",
        "What comes back",
    ),
    Card(
        "output_last",
        "What is wrong with a bidirectional classifier that reads "
        "`output[-1]`?",
        "Its backward half has read only the last word there. Join the two "
        "ends, `h_n[-2]` and `h_n[-1]`.",
        "The bug: a classifier that reads `output[-1]`",
    ),
    Card(
        "batch_first",
        "What does `batch_first=True` leave as it is?",
        "`h_n` and `c_n`: they stay (layers, B, H). It swaps the first two "
        "axes of the input and the output alone.",
        "batch_first",
    ),
    Card(
        "turn_not_reshape",
        "You have `(T, B, D)` and need `(B, T, D)`. Why not `reshape`?",
        "It keeps the numbers in their order and cuts them elsewhere, so "
        "sentences are mixed. Swap the axes with `transpose`.",
        "batch_first",
    ),
    Card(
        "padded_state",
        "A padded batch was run without packing. What is the last state of a "
        "short sentence?",
        "One that has gone on computing through the padding, so it depends on "
        "the longest sentence of the batch.",
        "Padding, and packing it away",
    ),
    Card(
        "packing",
        "What does packing do for `h_n`?",
        "Its row $b$ is sentence $b$ at its own last word. It needs no "
        "unpacking.",
        "Padding, and packing it away",
    ),
    Card(
        "packed_order",
        "In which order do the words lie in a packed sequence?",
        "Step after step: the first words of all sentences, then the second "
        "words of those that have one, and so on. `batch_sizes` says how many "
        "are left at each step.",
        "Padding, and packing it away",
    ),
    Card(
        "lengths_on_cpu",
        "Where must the `lengths` for packing be, and in which order without "
        "`enforce_sorted=False`?",
        "On the CPU, also when the rest is on a GPU; the longest first.",
        "Padding, and packing it away",
    ),
    Card(
        "bucketing",
        "What is bucketing?",
        "Sequences are sorted by length, roughly, and batches are cut from "
        "neighbours, so that less of a batch is padding.",
        "How much of a batch is padding?",
    ),
    Card(
        "padding_idx",
        "What does `padding_idx=0` of an embedding do, and what does it not "
        "do?",
        "Row 0 starts at zero and gets no gradient. It is not skipped: the "
        "network still reads it.",
        "Words: a table, a filler, and the unknown",
    ),
    Card(
        "class_axis",
        "On which axis does `CrossEntropyLoss` want the classes, and does it "
        "want scores or probabilities?",
        "On axis 1, as `(N, K, L)`; and scores, since it applies the softmax "
        "itself.",
        "The loss and its axes",
    ),
    Card(
        "steps_for_classes",
        "You give `CrossEntropyLoss` `(B, T, K)` as it is. When is there no "
        "error message?",
        "If there are as many steps as classes. It then takes steps for "
        "classes.",
        "The loss and its axes",
    ),
    Card(
        "padding_in_the_mean",
        "Padding must leave which two parts of a mean loss?",
        "The sum and the count. `ignore_index` does both; a mask that leaves "
        "the count alone dilutes the loss by the share of padding.",
        "Padding in the mean",
    ),
    Card(
        "least_with_two",
        "What is the least loss behind a second softmax, with $K$ classes?",
        r"$\ln(K - 1 + e) - 1$: the best it can be given is a 1 among $K - 1$ "
        r"zeros.",
        "Twice the softmax",
    ),
    Card(
        "detach",
        "The state is carried from window to window. What does `detach()` do, "
        "and why is `retain_graph=True` no cure?",
        "It keeps the numbers and lets go of the past. A graph that is "
        "retained needs the weights as they were: after an update, backward "
        "stops again. Without updates it grows with every window.",
        "The state between batches",
    ),
    Card(
        "reset",
        "When is a carried state to be reset?",
        "When what comes next does not go on where the last window stopped: "
        "at the start of each pass, between documents, before evaluation.",
        "The state between batches",
    ),
    Card(
        "eval_and_no_grad",
        "How do `eval()` and `no_grad()` differ?",
        "`eval()` changes what layers such as dropout compute; `no_grad()` "
        "builds no graph. Evaluation wants both.",
        "Modes: train, eval, no_grad",
    ),
    Card(
        "clip_where",
        "Where in an update are gradients clipped?",
        "After `backward` and before `step`. Before `backward` there is "
        "nothing to clip.",
        "Clip in the right place",
    ),
    Card(
        "two_biases",
        "PyTorch's LSTM has two biases a gate. Both forget blocks are set to "
        "1. Where does the gate start?",
        r"At $\sigma(2)$, for the two are added. Set one of the two to 1 and "
        r"the other to 0.",
        "The forget gate's two biases",
    ),
]
