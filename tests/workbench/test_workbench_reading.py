"""What readers bring: taken, or refused in a sentence; and yardsticks."""

import json
from collections import Counter

import numpy as np
import pytest

from rnncourse import workbench
from rnncourse.workbench import Settings, TextSession, read_text

PROSE = "one two three four five six seven eight nine ten. " * 8


@pytest.mark.parametrize(
    "given, words",
    [
        ("", "empty"),
        (" \n" * 200, "empty"),
        ("a" * 500, "nothing but 'a'"),
        ("a few words", "11 characters"),
        (b"\x89PNG\r\n\x1a\n\0\0" * 90, "not a text"),
        (b"\xff\xfea\0b\0" * 90, "not a text"),
        (b"text\0with a hole" * 90, "not a text"),
        ("ab" * 1_100_000, "at most 2"),
    ],
    ids=range(8),
)
def test_what_cannot_be_learned_is_refused_in_a_sentence(given, words):
    with pytest.raises(ValueError, match=words) as caught:
        read_text(given)
    assert str(caught.value)[-1] == "."


@pytest.mark.parametrize(
    "text",
    [
        "学而时习之不亦说乎有朋自远方来" * 30,
        "🙂🙃🎉 👩‍👩‍👧 " * 60,
        "".join(chr(0x4E00 + i % 3000) for i in range(9000)),
        "ab" * 100,
    ],
    ids=["Chinese", "emoji", "3,000 characters", "the shortest"],
)
def test_any_script_is_learned_by_characters(text):
    session = TextSession(text, Settings("tanh", H=5, T=9, B=2))
    list(session.run(2))
    assert np.isfinite([y["bits"] for y in session.yardsticks()]).all()
    assert session.about()["distinct"] <= 1000
    "".join(workbench.write(session, text[:3], 5)).encode("utf-8")
    again = TextSession.load(session.save())
    assert again.text == text


def test_bad_settings_are_refused_in_a_sentence():
    for given, words in [
        ({"cell": "gpt"}, "no cell"),
        ({"H": 0}, "units"),
        ({"H": 2.5}, "units"),
        ({"T": 1}, "window"),
        ({"rate": 7}, "rate"),
        ({"rate": "fast"}, "rate"),
    ]:
        with pytest.raises(ValueError, match=words):
            Settings.of(given)
    with pytest.raises(ValueError, match="shorter"):
        TextSession(PROSE[:250], Settings(T=300))


def plain_bits(read, test, V, n):
    """The same tables, counted in dicts, one character after the other."""
    whole = tuple(read) + tuple(test)
    bits = []
    for at in range(len(read), len(whole)):
        p = 1 / V
        for length in range(n):
            before = whole[at - length : at]
            after = Counter(
                read[i]
                for i in range(length, len(read))
                if tuple(read[i - length : i]) == before
            )
            total, kinds = sum(after.values()), len(after)
            if total:
                p = (after[whole[at]] + kinds * p) / (total + kinds)
        bits.append(-np.log2(p))
    return bits


def test_the_tables_count_as_counting_by_hand():
    rng = np.random.default_rng(0)
    read, test = rng.integers(3, size=60).tolist(), [0, 1, 2, 2, 1, 0, 0]
    found = workbench.n_gram_bits(read, test, V=4, longest=4)
    for n in range(1, 5):
        expected = plain_bits(read, test, 4, n)
        np.testing.assert_allclose(found[n - 1], expected, rtol=1e-12)


def test_the_tables_are_distributions():
    read = np.random.default_rng(1).integers(4, size=80)
    total = sum(
        2.0 ** -workbench.n_gram_bits(read, [2, 1, k], V=5, longest=4)[:, 2]
        for k in range(5)
    )
    np.testing.assert_allclose(total, 1, rtol=1e-12)


def test_the_verdict_says_what_it_would_take():
    rivals = [{"name": "table of 3 characters in a row", "bits": 2.0}]

    def curve(bits):
        steps = range(50, 1050, 50)
        return [{"updates": u, "bits": bits(u)} for u in steps]

    assert "fewer" in workbench.verdict(curve(lambda u: 1.9), rivals)
    falls = workbench.verdict(curve(lambda u: 6 - 0.5 * np.log(u)), rivals)
    assert "after about 3,000 updates" in falls
    assert "no longer" in workbench.verdict(curve(lambda u: 2.5), rivals)
    assert "never" in workbench.verdict(
        curve(lambda u: 6 - 0.05 * np.log(u)), rivals
    )


def ask(do, **more):
    said = json.loads(
        workbench.answer(json.dumps({"do": do, "at": "text", **more}))
    )
    return said.get("ok", said)


def test_the_desk_answers_and_keeps_what_was_there():
    small = {"cell": "tanh", "H": 4, "T": 5, "B": 2}
    opened = ask("text", text=PROSE, settings=small)
    assert opened["parameters"] > 0 and ask("second") > 0
    first = ask("train", until=0)  # a look, and nothing is learned
    assert [look["updates"] for look in first["looks"]] == [0]
    assert first["update"] is None and first["done"]
    trained = ask("train")
    assert trained["update"]["updates"] > 0
    assert all(look["updates"] > 0 for look in trained["looks"])
    assert "empty" in ask("text", text="  ")["error"]
    assert ask("train")["update"]["updates"] > trained["update"]["updates"]
    assert len(ask("write", beginning="one", length=3)["written"]) == 3
    ask("text", text=PROSE, settings=small)  # while more was to be written
    assert ask("more") == {"written": "", "done": True}
    assert ask("open", file="abcd")["error"]
    for name in ("save", "weights", "script", "notebook", "source"):
        assert len(ask(name)) > 100
