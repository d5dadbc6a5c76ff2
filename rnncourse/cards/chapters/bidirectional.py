"""Cards on bidirectional networks."""

from rnncourse.cards._card import Card

CARDS = [
    Card(
        "future",
        "Whether *call anna* is to be done first depends on a word that comes "
        "later. What can a forward network reach on such words?",
        "Only what guessing reaches: its state is a function of what has been "
        "read, and the deciding word has not been. More units or data do not "
        "help.",
        "The word that comes too late",
    ),
    Card(
        "two_passes",
        "What does a bidirectional network compute at step $t$?",
        "$z_t = [f_t, b_t]$: the state of a network that has read up to $t$, "
        "and beside it that of a second one that has read from the end down "
        "to $t$.",
        "Two passes",
    ),
    Card(
        "reverse_twice",
        "A second network reads the reversed sentence by an ordinary loop. "
        "What else has to be turned around?",
        "Its states, back again, so that $b_t$ stands at the word that it has "
        "read last. The backward pass of reversing is reversing once more.",
        "Two passes",
    ),
    Card(
        "not_reversed",
        "What do you get if the second network reads the sentence as it is?",
        "One network of twice the width: two that read in the same direction. "
        "The future is as closed to them as to one.",
        "Must the sentence be reversed?",
    ),
    Card(
        "not_turned_back",
        "Forgetting to turn the states back is harder to notice than "
        "forgetting to reverse. Why?",
        "The shapes fit and the loss falls. Each step gets the second state "
        "of the wrong end of the sentence, so it looks like a network that "
        "needs more training.",
        "Must the sentence be reversed?",
    ),
    Card(
        "same_weights",
        "Do the two directions share their weights?",
        "Not in the usual network: there are two sets. They could, if "
        "something tells the sides apart, as concatenation does.",
        "Are the weights the same?",
    ),
    Card(
        "shared_and_added",
        "One set of weights for both directions, and the states added. What "
        "can this network not know?",
        "Past from future. Turn the sequence around and the sum at each place "
        "stays the same, so the answers come out in reverse order and are "
        "the same.",
        "Are the weights the same?",
    ),
    Card(
        "combining",
        "How do concatenating, adding and averaging the two states compare?",
        "Reading a sum with $W$ is reading a concatenation with $W$ stacked "
        "on itself. So concatenation can do whatever the others can, with a "
        "readout of twice the size. Each at a learning rate of its own, they "
        "do equally well.",
        "How are the results combined?",
    ),
    Card(
        "exclusive_or",
        "One bidirectional layer knows the lamp's state and its next switch. "
        "Why can it not say whether the switch changes anything?",
        "The readout only adds a number from $f$ to a number from $b$, and "
        "that is an exclusive or: of the four cases at most three can be "
        "right. One more layer lets the two sides meet.",
        "What it knows and cannot say",
    ),
    Card(
        "waiting",
        "When can a bidirectional network be sure of its answer to the first "
        "word?",
        "When the last word has been read: the second pass starts at the end. "
        "And for an answer after every word it has to read everything again.",
        "Nobody can wait for the future",
    ),
    Card(
        "delay",
        "What is the way between a forward and a bidirectional network, where "
        "the end cannot be waited for?",
        "Answer late: read the tag of word $t$ from the forward state at $t + "
        "d$. It is as good as the future if what decides is at most $d$ "
        "words ahead.",
        "Nobody can wait for the future",
    ),
    Card(
        "padding",
        "Why does padding harm the second pass and not the first?",
        "The forward pass meets it last, the second pass first. So turn each "
        "sentence around within its own length and leave the padding where it "
        "is.",
        "Padding, done right",
    ),
    Card(
        "padding_test",
        "By what test, which does not look inside, do you find padding that "
        "leaks?",
        "A sentence must get the same answer alone, in a batch, with other "
        "rubbish in the padding, and with more of it.",
        "Padding, done right",
    ),
    Card(
        "zeros_are_input",
        "Why is an input of zeros not the same as no input?",
        "The biases and the recurrent matrix still move the state.",
        "Padding, done right",
    ),
    Card(
        "last_state",
        "What is wrong with reading `hs[-1]` of a padded batch?",
        "It is the state after the last row of the array, and between that "
        "and the last word lies the padding. In a bidirectional network, the "
        "second half of it has read one row only.",
        "The last state is not the last state",
    ),
    Card(
        "summary",
        "Which two states sum up a sentence in a bidirectional network?",
        "The forward state at the last word and the backward state at the "
        "first.",
        "The last state is not the last state",
    ),
]
