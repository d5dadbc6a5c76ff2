"""The deck for Anki, and the command that writes it."""

import builtins
import sqlite3
import zipfile

import pytest

from rnncourse import cards
from rnncourse.cards import __main__ as command


def test_without_genanki_a_sentence_says_what_to_install(
    monkeypatch, capsys, tmp_path
):
    usual = builtins.__import__

    def refuse(name, *rest, **more):
        if name == "genanki":
            raise ImportError(name)
        return usual(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    path = tmp_path / "deck.apkg"
    assert command.main(["anki", str(path)]) == 2
    assert "pip install 'rnncourse[anki]'" in capsys.readouterr().err
    assert not path.exists()


def rows(path, folder):
    """The notes of a deck, {guid: fields}, and the names of its decks."""
    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", folder)
    base = sqlite3.connect(folder / "collection.anki2")
    notes = dict(base.execute("select guid, flds from notes").fetchall())
    (decks,) = base.execute("select decks from col").fetchone()
    (count,) = base.execute("select count(*) from cards").fetchone()
    base.close()
    return notes, decks, count


def test_the_deck_holds_every_card_and_is_the_same_when_made_again(
    tmp_path, capsys
):
    pytest.importorskip("genanki")
    every = [card for x in cards.CHAPTERS for card in cards.of_chapter(x)]
    found = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.apkg"
        assert command.main(["anki", str(path)]) == 0
        (tmp_path / name).mkdir()
        found.append(rows(path, tmp_path / name))
    assert found[0] == found[1]
    notes, decks, count = found[0]
    assert len(notes) == count == len(every)
    assert f"{len(every)} cards written to" in capsys.readouterr().out
    fields = [text.split("\x1f") for text in notes.values()]
    assert all(all(x.strip() for x in of) for of in fields)
    assert not any("$" in x or "**" in x for of in fields for x in of)
    questions = [of[0] for of in fields]
    for card in every:
        assert any(x.startswith(cards.html(card.question)) for x in questions)
    assert all(title in decks for title in ("The LSTM", "A recipe"))


def test_a_file_that_cannot_be_written_is_named(tmp_path, capsys):
    pytest.importorskip("genanki")
    path = tmp_path / "nowhere" / "deck.apkg"
    assert command.main(["anki", str(path)]) == 2
    assert f"cannot write {path}: No such file" in capsys.readouterr().err


def test_the_cards_can_be_listed(capsys):
    assert command.main(["list", "gru"]) == 0
    printed = capsys.readouterr().out
    for card in cards.of_chapter("gru"):
        assert card.id in printed and card.answer in printed
    assert command.main(["list", "nothing"]) == 2
    assert "no cards for a chapter 'nothing'" in capsys.readouterr().err
