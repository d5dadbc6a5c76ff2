"""Every system of the notes is taught, built, trained and exercised."""

import importlib
import json
import re

import pytest
from exercising import ask

pytestmark = pytest.mark.site

# system; its chapter; words of a heading there; where the engine has it; the
# name by which prose cites what a trained one reached, or the claim that says
# it; an exercise
SYSTEMS = """
Elman         rnn            Elman        cells.RNN              rnn_test      elman_step
Jordan        rnn            Jordan       cells.Jordan           jordan_asked  jordan_outputs
BPTT          bptt           The_fast_way bptt.unroll_backward   test_bits     two_roads
LSTM          lstm           Six_parts    cells.LSTM             copy_lstm     lstm_step
GRU           gru            One_state    cells.GRU              copy_gru      n4_step
bidirectional bidirectional  Two_passes   networks.Bidirectional open_both     both_ways
deep          deep           A_layer_on   networks.Stacked       bits1200_3    deep_step
pyramidal     deep           The_pyramid  networks.pyramidal     23            in_pairs
Clockwork     memories       Clockwork    cells.Clockwork        clockwork_error clockwork_step
SCRN          memories       SCRN         cells.SCRN             ppl_scrn      scrn_step
stack         memories       the_stack    cells.StackRNN         count_stack_all   stack_move
intents       applications   in_full      data.intents           acc_last      table_gradient
CTC           ctc            All_paths    heads.ctc              ctc_repeats   forward_table
seq2seq       seq2seq        One_reads    networks.EncoderDecoder right_dates  forced
autoencoder   seq2seq        and_back     networks.seq2seq       came_back     nearest
parsing       seq2seq        a_tree       data.brackets          exact         spans
"""  # noqa: E501
ROWS = [row.split() for row in SYSTEMS.split("\n") if row]


@pytest.fixture(scope="module")
def exercises():
    return {x["id"] for x in ask("list")}


def test_all_systems_of_the_notes_are_here():
    assert len(ROWS) == 16


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_system_is_whole(row, site, exercises):
    _, chapter, words, place, number, exercise = row
    page = (site / "book" / f"{chapter}.html").read_text()
    headings = re.findall(r"<h[23]>(.*?)<", page)
    assert [x for x in headings if words.replace("_", " ") in x]
    module, _, name = place.partition(".")
    engine = importlib.import_module(f"rnncourse.{module}")
    if not hasattr(engine, name):
        importlib.import_module(f"rnncourse.{place}")
    path = site.parents[1] / "book" / f"{chapter}.ipynb"
    cells = json.loads(path.read_text())["cells"]
    text = {
        kind: "\n".join(
            "".join(x["source"]) for x in cells if x["cell_type"] == kind
        )
        for kind in ("markdown", "code")
    }
    if number.isdigit():
        assert re.search(rf"\bclaim\(\s*{number},", text["code"])
    else:
        assert f"{{glue:text}}`{number}`" in text["markdown"]
    assert f"{chapter}.{exercise}" in exercises
    assert f'data-exercise="{chapter}.{exercise}"' in page
