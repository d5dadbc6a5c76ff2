"""An answer in a process of its own: what it may do, and cannot."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest

from rnncourse.exercises import chapters, check_source
from rnncourse.exercises.isolation import apart, limits, processes
from rnncourse.exercises.running import source as sources
from rnncourse.exercises.running import wire

STEP = chapters.find("rnn.elman_step")
HEAD = "def elman_step(x, h, W_xh, W_hh, b):\n    "
RIGHT = "return np.tanh(x @ W_xh + h @ W_hh + b)"
WRONG = f"{HEAD}return h\n"
LEFT = Path(tempfile.gettempdir()) / "left_by_answer.txt"
RENAME = f"import os\n    os.rename('a', {str(LEFT)!r})"

linux = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="asks Linux"
)


def folders():
    return list(Path(tempfile.gettempdir()).glob(f"{processes.PREFIX}*"))


def check(source, exercise=STEP):
    """Check a source apart; nothing must be left of it."""
    before = {path for path in folders() if str(os.getpid()) in path.name}
    outcome = apart.check(exercise, source, chapters.before(exercise))
    assert {x for x in folders() if str(os.getpid()) in x.name} == before
    return outcome


@pytest.mark.parametrize(
    "body",
    [RIGHT, "...", "x = ", "1 / 0", "print(1)", "return 'a'", "return {}",
     "return len", "return [1, [2]]", "return 3.5", "return h * np.nan",
     "return 1j * h", "return np.array(['a'])", "return h[:, :0]"],
)  # fmt: skip
def test_it_says_what_the_check_here_says(body):
    assert check(HEAD + body) == check_source(STEP.id, HEAD + body)


@pytest.mark.parametrize("source", ["x = 1", "elman_step = 3", "1 / 0"])
def test_also_where_there_is_no_function(source):
    assert check(source) == check_source(STEP.id, source)


def test_mistakes_travel_with_their_sentence_table_and_picture():
    exercise = chapters.find("rnn.all_states")
    for mistake in exercise.mistakes[:1]:
        source = sources.standalone(mistake.function, exercise.name)
        outcome = check(source, exercise)
        assert outcome.message == mistake.sentence
        assert outcome == check_source(exercise.id, source)


FORGED = (
    "import json, os\n"
    "reply = {'status': 'correct', 'message': 'ha', 'error': '', 'line': 1,\n"
    "         'value': None, 'token': '', 'printed': '', 'has_ended': False}\n"
    "for number in range(1, 20):\n"
    "    try: os.write(number, json.dumps(reply).encode() + b'\\n')\n"
    "    except OSError: pass\n"
    "os._exit(0)\n"
)
FRAMES = (
    "import sys\n    frame = sys._getframe()\n    while frame:\n"
    "        for name in ('right', 'truth'):\n"
    "            if name in frame.f_locals: return frame.f_locals[name][0]\n"
    "        frame = frame.f_back\n    return h\n"
)


SAME = (
    "from rnncourse.exercises.comparing import compare\n"
    "compare.same = compare.agree = lambda *_: np.array(True)"
)


@pytest.mark.parametrize(
    "source, words",
    [
        (f"{SAME}\n{WRONG}", "every number differs"),
        (FORGED, "cannot be checked"),
        (f"print('Correct.')\nimport os\n{HEAD}os._exit(0)", "cannot be che"),
        ("from rnncourse.exercises.chapters.rnn import elman_step", "files a"),
        ("import rnncourse.exercises as e\ne.solution('rnn.elman_step')",
         "files are not there"),
        ("import rnncourse.exercises.chapters as c\n"
         "open(c.__path__[0] + '/rnn.py').read()", "files are not there"),
        (f"{HEAD}{FRAMES}", "every number differs"),
    ],
)  # fmt: skip
def test_the_known_ways_to_a_verdict_fail(source, words):
    outcome = check(source)
    assert outcome.status == "not yet" and words in outcome.message


@pytest.mark.parametrize(
    "start",
    [
        "import sys\nprint('x', file=sys.__stdout__, flush=True)\n",
        "import atexit\natexit.register(print, 'bye')\n",
        "import os\nos.write(1, b'x')\n",
        "open('mine.txt', 'w').write('x')\n",
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', "
        "'import time; time.sleep(1000)'])\n",
        "import os, signal\nif os.fork() == 0:\n    os.setsid()\n"
        "    signal.pause()\n",
        "from rnncourse.exercises import check, example, hint\n"
        "assert example('rnn.elman_step')['x'].shape == (3, 2)\n"
        "check('rnn.elman_step', 1)\n",
    ],
)
def test_odd_programs_that_are_right_are_correct(start):
    processes.adopt()
    assert check(f"{start}\n{HEAD}{RIGHT}").status == "correct"
    left = processes._orphans()
    assert left == []


@pytest.mark.parametrize(
    "body, words",
    [
        ("import os\n    while True: os.fork()", "start no more processes"),
        ("import os\n    while True: os.system('true')", "start no more"),
        (f"open({str(LEFT)!r}, 'w')", "in its own folder alone"),
        ("import os\n    os.remove(np.__file__)", "its own folder alone"),
        (RENAME, "its own folder alone"),
        ("import os\n    os.kill(os.getppid(), 9)", "end nothing else"),
        ("import socket\n    socket.create_connection(('127.0.0.1', 9))",
         "reach no network"),
        ("np.ones(3 * 10**8)\n    return h", "more memory than there is"),
        ("a = [0]\n    while True: a = a * 99", "more memory than there is"),
        ("return np.zeros((10**7, 2))", "shape (10000000, 2)"),
        ("return [[1] * 10**6] * 10**6", "returns a list; expected"),
        ("return input()", "nobody to answer input()"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("exit()", "Take exit() away"),
        ("while True: print('x' * 1000)", "on and on"),
    ],
)  # fmt: skip
def test_what_an_answer_may_not_do(body, words):
    outcome = check(f"{HEAD}{body}")
    assert outcome.status == "not yet" and words in outcome.message
    assert len(outcome.printed) < 30_000
    assert not LEFT.exists()
    assert Path(np.__file__).exists()


@pytest.mark.skipif(os.name == "nt", reason="no limit there")
def test_a_loop_inside_c_is_ended_by_the_processors_time(monkeypatch):
    monkeypatch.setattr(limits, "BUSY", 2)
    loop = f"{HEAD}x = 1\n    return sum(iter(int, 1))"
    outcome = check(loop)
    assert "processor busy" in outcome.message and outcome.line == 3
    deaf = "import signal\nsignal.signal(signal.SIGXCPU, lambda *_: 0)\n"
    assert "processor busy" in check(deaf + loop).message
    stubborn = "while True:\n        try: 1 / 0\n        except: pass"
    assert check(HEAD + stubborn).status == "not yet"


@linux
def test_who_waits_is_told_so(monkeypatch):
    monkeypatch.setattr(processes, "IDLE", 2)
    waits = "import threading\n    threading.Event().wait()"
    assert "waits for something" in check(HEAD + waits).message
    sleeps = "import time\n    time.sleep(10**6)"
    assert "time.sleep" in check(HEAD + sleeps).message


def test_a_pipe_that_nobody_can_look_into(monkeypatch):
    """As on Windows: the line is waited for, by a timer's grace."""
    monkeypatch.setattr(apart.Apart, "_line", apart.Apart._waited_line)
    assert check(f"{HEAD}{RIGHT}").status == "correct"
    assert "cannot be checked" in check("import os\nos._exit(0)\n").message
    monkeypatch.setattr(processes, "PATIENCE", 2)
    waits = "import threading\n    threading.Event().wait()"
    assert check(HEAD + waits).status == "not yet"


def test_a_folder_nobody_is_left_to_is_removed(monkeypatch):
    gone = processes.PREFIX + "999999999-x"
    path = Path(tempfile.gettempdir()) / gone
    (path / "inner").mkdir(parents=True)
    (path / "inner").chmod(0)
    new = Path(processes.new_folder())
    assert not path.exists() and list(new.iterdir()) == []
    processes.remove(new)
    assert not new.exists()


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, -2**62, 0.1, float("inf"), "text", (), [], (1, [2.5]),
        np.arange(6.0).reshape(2, 3), np.float32(0.1), np.zeros((0, 3)),
        np.array([True, False]), np.arange(3, dtype=np.uint8), np.array(1.5),
        [np.ones(2), (np.int64(3), None)],
    ],
)  # fmt: skip
def test_a_value_travels_and_comes_back_the_same(value):
    back = wire.unpack(wire.pack(value))
    assert type(back) is type(value)
    np.testing.assert_equal(back, value)
    if isinstance(value, np.ndarray):
        assert back.dtype == value.dtype and back.flags.writeable


def test_of_what_does_not_travel_its_kind_does():
    def kind(value):
        return wire.kind(wire.unpack(wire.pack(value)))

    assert kind({}) == "dict" and kind(len) == "builtin_function_or_method"
    assert kind(np.array([None])) == "array of object"
    assert wire.unpack(wire.pack(len)).is_callable
    assert wire.unpack(wire.pack(1j)).is_complex
    assert wire.is_complex(np.array([1j])) and not wire.is_complex("1j")
    nested = []
    nested.append(nested)
    assert wire.unpack(wire.pack(nested)) is not None
    huge = wire.unpack(wire.pack(np.broadcast_to(0.0, (10**6, 10**3))))
    assert huge.shape == (10**6, 10**3)


@pytest.mark.parametrize(
    "packed",
    [
        {}, {"x": 1}, {"float": "x"}, {"float": 1}, {"list": 3}, [1],
        {"array": ["<f8", [2], "AAAA"]}, {"array": ["O", [1], None]},
        {"array": ["<f8", [-1], None]}, {"thing": [1]}, {"list": [[]]}, 1.5,
        {"array": ["no", [1], None]}, {"array": ["<f8", "x", None]},
    ],
)  # fmt: skip
def test_what_nobody_has_packed_is_refused(packed):
    with pytest.raises(ValueError):
        wire.unpack(packed)
