"""What every exercise promises, whoever wrote it."""

import ast
import builtins
import inspect
import re

import numpy as np
import pytest
from exercise_cases import EVERY, MISTAKES, around, lines, named

from rnncourse.exercises import block, check, check_source
from rnncourse.exercises.comparing import signature
from rnncourse.exercises.running import answer as answers
from rnncourse.exercises.running import run

each = pytest.mark.parametrize("exercise", EVERY, ids=named)


def told(exercise, source):
    """Check a source that is wrong; return the helpful outcome."""
    outcome = check_source(exercise.id, source)
    assert outcome.status == "not yet"
    message = outcome.message
    assert len(message) > 20 and message[-1] in ".?!"
    assert "Traceback" not in message and "rnncourse" not in message
    assert message not in {m.sentence for m in exercise.mistakes}
    return outcome


@each
def test_the_solution_is_correct(exercise):
    outcome = check_source(exercise.id, exercise.solution)
    assert outcome.status == "correct"
    assert outcome.message == exercise.remark
    assert check_source(exercise.id, exercise.solution) == outcome


@each
def test_the_solution_shown_is_the_function_that_is_trusted(exercise):
    assert check(exercise.id, exercise.function).status == "correct"
    shown = ast.parse(exercise.solution).body[0]
    written = ast.parse(inspect.getsource(exercise.function)).body[0]
    assert isinstance(shown, ast.FunctionDef)
    assert ast.unparse(shown.args) == ast.unparse(written.args)
    body = written.body[1:]  # after the docstring, which is the statement
    assert list(map(ast.unparse, shown.body)) == list(map(ast.unparse, body))


@each
def test_the_solution_needs_numpy_alone(exercise):
    tree = ast.parse(exercise.solution)
    stored, loaded = {arg.arg for arg in ast.walk(tree) if isinstance(
        arg, ast.arg)}, set()  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            load = isinstance(node.ctx, ast.Load)
            (loaded if load else stored).add(node.id)
    assert loaded <= stored | {"np"} | set(dir(builtins))


@each
def test_the_untouched_starter_is_not_attempted(exercise):
    starter = exercise.starter
    head, _, rest = starter.partition("\n")
    call = f'\n\n\ncheck("{exercise.id}", {exercise.name})\n'
    for source in (
        starter,
        starter + call,
        f"\n\n# mine\n{starter}\n\n\n",
        f'{head}\n    """My notes."""\n\n{rest}',
        starter.replace("...", "pass"),
        f"import numpy as np\n{head}  # hm\n{rest}",
        "",
        "# nothing yet",
    ):
        outcome = check_source(exercise.id, source)
        assert outcome.status == "not attempted", source
        assert outcome.message


@pytest.mark.parametrize("exercise, mistake", MISTAKES, ids=named)
def test_a_mistake_gets_its_own_sentence_and_no_other(exercise, mistake):
    outcome = check(exercise.id, mistake.function)
    assert outcome.status == "not yet"
    assert outcome.message == mistake.sentence
    assert check(exercise.id, mistake.function) == outcome


@pytest.mark.parametrize(
    "exercise, mistake",
    [pair for pair in MISTAKES if pair[1].of],
    ids=named,
)
def test_a_mistake_in_one_result_is_known_whatever_the_others(
    exercise, mistake
):
    names = [array.name for array in exercise.results]
    k = names.index(mistake.of)

    def wrong(*args):
        made = mistake.function(*args)
        return [x if i == k else 3 * x + 1 for i, x in enumerate(made)]

    given = [array.name for array in exercise.arguments]
    scope = {"wrong": wrong}
    exec(f"def it({', '.join(given)}): return wrong(*locals().values())",
         scope)  # fmt: skip
    outcome = check(exercise.id, scope["it"])
    assert outcome.message == mistake.sentence


@each
def test_there_are_at_least_three_mistakes_and_none_tells_the_answer(exercise):
    sentences = [mistake.sentence for mistake in exercise.mistakes]
    assert len(set(sentences)) >= 3  # two may be one mistake, made twice
    for sentence in sentences:
        assert len(sentence) > 40 and sentence[-1] in ".?!…"
        assert not [x for x in lines(exercise) if len(x) > 9 and x in sentence]


@each
def test_words_are_in_the_voice_of_the_course(exercise):
    texts = [
        exercise.title,
        exercise.statement,
        exercise.remark,
        *exercise.hints,
        *[mistake.sentence for mistake in exercise.mistakes],
    ]
    for text in texts:
        assert text.strip()
        assert not re.search(r"\b(simply|just|obviously)\b", text, re.I)
    assert 2 <= len(exercise.hints) <= 4
    assert len(exercise.title) <= 40
    for source in (exercise.starter, exercise.solution):
        rows = source.splitlines()
        assert len(rows) <= 17 and max(map(len, rows)) <= 79


@each
def test_the_inputs_have_the_shapes_that_are_stated(exercise):
    for case in exercise.cases():
        result = exercise(*case)
        many = len(exercise.results) != 1
        results = list(result) if many else [result]
        arrays = exercise.arguments + exercise.results
        assert signature.sizes(arrays, [*case, *results]) is not None


@each
def test_an_exception_names_the_readers_own_line(exercise):
    source = around(exercise, "first = 1\nsecond = 1 / 0\nreturn answer()")
    line = source.splitlines().index("    second = 1 / 0") + 1
    outcome = told(exercise, source)
    assert outcome.line == line
    assert f"Line {line} stops with ZeroDivisionError" in outcome.message


@each
def test_an_endless_loop_is_stopped(exercise):
    for loop in ("while True: pass", "while True:\n    x = 1"):
        source = around(exercise, loop + "\nreturn answer()")
        outcome = told(exercise, source)
        assert "loop" in outcome.message
        first = source.splitlines().index("    " + loop.split("\n")[0])
        assert outcome.line in (first + 1, first + 2)


@each
def test_nothing_returned(exercise):
    message = told(exercise, around(exercise, "answer()")).message
    assert f"{exercise.name} has no return" in message
    body = "if answer() is None:\n    return 0"
    message = told(exercise, around(exercise, body)).message
    assert f"{exercise.name} returns None" in message


@each
def test_printed_and_not_returned(exercise):
    outcome = told(exercise, around(exercise, "print('mine', answer())"))
    assert "prints something and returns nothing" in outcome.message
    assert outcome.printed.startswith("mine ")


@each
def test_another_type(exercise):
    for value, word in (
        ("'text'", "str"),
        ("{1: 2}", "dict"),
        ("len", "func"),
    ):
        message = told(exercise, around(exercise, f"return {value}")).message
        assert word in message and "expected" in message
    if len(exercise.results) == 1 and exercise.results[0].axes != ():
        source = around(exercise, "return list(answer())")
        assert "list of" in told(exercise, source).message


@each
def test_another_shape(exercise):
    if len(exercise.results) == 1:
        shape = np.shape(exercise(*exercise.cases()[0]))
        message = told(
            exercise, around(exercise, "return answer()[..., None]")
        ).message
        wanted = str(shape) if shape else "a number"
        assert str((*shape, 1)) in message and wanted in message
    else:
        message = told(
            exercise, around(exercise, "return answer()[:-1]")
        ).message
        assert f"of {len(exercise.results) - 1}" in message
        source = around(exercise, "return [np.ones(2) for _ in answer()]")
        assert "has shape (2,)" in told(exercise, source).message


@each
def test_not_a_number(exercise):
    body = "return answer() * np.nan"
    if len(exercise.results) != 1:
        body = "return [x * np.nan for x in answer()]"
    assert "contains NaN" in told(exercise, around(exercise, body)).message


@each
def test_an_argument_spoilt(exercise):
    case = exercise.cases()[0]
    for array, value in zip(exercise.arguments, case, strict=True):
        change = f"{array.name} += 1"
        if not isinstance(value, np.ndarray):
            continue  # whoever changes a plain number changes their own
        if value.dtype == bool:
            change = f"{array.name} ^= True"
        source = around(exercise, f"_kept = answer()\n{change}\nreturn _kept")
        message = told(exercise, source).message
        assert f"changes its argument {array.name}" in message


@each
def test_code_that_does_not_define_the_function(exercise):
    name = exercise.name
    source = exercise.solution.replace(f"def {name}(", "def another(")
    message = told(exercise, source).message
    assert f"no function named {name}" in message and "another" in message
    message = told(exercise, f"{name} = 3").message
    assert f"{name} is an int" in message
    message = told(exercise, exercise.solution.replace(":", "", 1)).message
    assert message.startswith("Line 1 is not Python yet")
    message = told(exercise, f"def {name}(a, b, c, d, e, f): return 1").message
    assert f"{name}(a, b, c, d, e, f)" in message


@each
def test_a_check_takes_few_steps_and_calls(exercise, monkeypatch):
    """Seconds depend on the machine; these do not."""
    runners = []

    class Counted(run.Runner):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            self.calls = 0
            runners.append(self)

        def call(self, *args):
            self.calls += 1
            return super().call(*args)

    monkeypatch.setattr(answers, "Runner", Counted)
    check_source(exercise.id, exercise.solution)
    (runner,) = runners  # no mistake was tried
    assert runner.calls <= 15
    assert 0 < run.STEPS - runner.left < 15_000


def test_whole_numbers_come_as_wide_as_the_machine_indexes():
    """In the page that is 32 bits: bincount takes no wider ones there."""
    ids, weights = np.arange(3, dtype=np.int64), np.ones(2)
    made = block.natural([ids, (ids, {"a": ids}), weights, 7], np.int32)
    assert made[0].dtype == made[1][0].dtype == made[1][1]["a"].dtype == "i4"
    assert made[2] is weights and made[3] == 7
    assert block.natural(ids, np.int64) is ids
