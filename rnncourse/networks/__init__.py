"""Networks are made of cells, and of networks: all unroll alike.

A network is a value. ``init`` draws its parameters, ``unroll`` runs it over
time and ``unroll_backward`` walks back, as `rnncourse.bptt` does for a cell;
see `Network`.

>>> import numpy as np
>>> from rnncourse.cells import RNN
>>> network = Stacked(Bidirectional(RNN), RNN)
>>> params = network.init(np.random.default_rng(0), D=2, H=7)
>>> hs, state_T, tape = network.unroll(params, np.zeros((5, 3, 2)))
>>> hs.shape
(5, 3, 7)
"""

from rnncourse.networks import seq2seq
from rnncourse.networks._network import Network
from rnncourse.networks.attention_block import AttentionBlock, attentive
from rnncourse.networks.bidirectional import Bidirectional, reverse
from rnncourse.networks.encoder_decoder import EncoderDecoder
from rnncourse.networks.labelled import Labelled
from rnncourse.networks.positioned import Positioned
from rnncourse.networks.pyramidal import Halved, join_pairs, pyramidal
from rnncourse.networks.stacked import Stacked

__all__ = [
    "AttentionBlock",
    "Bidirectional",
    "EncoderDecoder",
    "Halved",
    "Labelled",
    "Network",
    "Positioned",
    "Stacked",
    "attentive",
    "join_pairs",
    "pyramidal",
    "reverse",
    "seq2seq",
]
