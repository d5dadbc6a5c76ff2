"""What the build notes about a chapter's run."""

import nbformat
from build_book import peak_megabytes, run
from nbformat.v4 import new_code_cell, new_notebook


def test_a_run_has_its_seconds_and_its_memory(tmp_path):
    path = tmp_path / "large.ipynb"
    sources = ["x = bytearray(300_000_000); x[::4096] = x[::4096]", "del x"]
    cells = [new_code_cell(source) for source in sources]
    nbformat.write(new_notebook(cells=cells), path)
    _, took, fault = run(path, 60, [])
    assert fault is None and took["execution_seconds"] > 0
    if peak_megabytes("self") is not None:  # Linux counts
        assert 300 < took["peak_megabytes"] < 700


def test_what_is_not_counted_is_none():
    assert peak_megabytes("nobody") is None
