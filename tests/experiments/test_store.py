"""What an experiment may change and keep its runs, and what it may not."""

import importlib.util

import pytest

from experiments.runner import store

TOY = '''"""A toy."""
H = 3
SEEDS, RATES = 2, (0.1, 0.2)
def run(setting, seed):
    return {"valid": H}
def collect(runs):
    return {}
'''


def print_of(folder, text):
    """The fingerprint of a module that has this text."""
    path = folder / f"toy_{abs(hash(text))}.py"
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return store.fingerprint(module)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("A toy.", "Another toy.", True),
        ("SEEDS, RATES = 2,", "SEEDS, RATES = 5,", True),
        ("return {}", 'return {"seeds": SEEDS}', True),
        ("H = 3", "H = 4", False),
        ('{"valid": H}', '{"valid": H + 1}', False),
        ("SEEDS, RATES = 2, (0.1, 0.2)", "SEEDS, T = 2, (0.1, 0.2)", False),
    ],
)
def test_the_plan_may_change_and_the_run_may_not(tmp_path, old, new, same):
    assert old in TOY
    after = print_of(tmp_path, TOY.replace(old, new))
    assert (after == print_of(tmp_path, TOY)) is same
