"""Dates: each written form is read back by rules written apart."""

import datetime
import re

import numpy as np
import pytest

from rnncourse.data import dates, tokens

SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def rng(seed=0):
    return np.random.default_rng(seed)


def understand(written):
    """The date behind a written form, and which form it is."""
    if match := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", written):
        day, month, year = map(int, match.groups())
        return datetime.date(year, month, day), "dots"
    if match := re.fullmatch(r"([a-z]{3}) (\d+) '(\d\d)", written):
        month, day, year = match.groups()
        century = 1900 if int(year) >= 50 else 2000
        month = SHORT.index(month) + 1
        return datetime.date(century + int(year), month, int(day)), "short"
    if match := re.fullmatch(r"([a-z]+) (\d+), (\d{4})", written):
        month, day, year = match.groups()
        form = "comma"
    else:
        match = re.fullmatch(r"([a-z]+day )?(\d+) ([a-z]+) (\d{4})", written)
        weekday, day, month, year = match.groups()
        form = "weekday" if weekday else "plain"
    number = SHORT.index(month[:3]) + 1
    date = datetime.date(int(year), number, int(day))
    assert month == f"{date:%B}".lower()
    if form == "weekday":
        assert weekday.strip() == f"{date:%A}".lower()
    return date, form


def test_every_form_means_its_date():
    written, iso = dates.pairs(rng(), 4000)
    forms = {}
    for text, answer in zip(written, iso, strict=True):
        date, form = understand(text)
        assert date.isoformat() == answer
        assert dates.FIRST <= date <= dates.LAST
        forms[form] = forms.get(form, 0) + 1
    assert len(forms) == len(dates.FORMATS) == 5
    np.testing.assert_allclose(list(forms.values()), 800, rtol=0.15)


def test_no_two_dates_are_written_alike():
    first, last = dates.FIRST.toordinal(), dates.LAST.toordinal()
    meaning = {}
    for ordinal in range(first, last + 1):
        date = datetime.date.fromordinal(ordinal)
        for write in dates.FORMATS:
            assert meaning.setdefault(write(date), date) == date


def test_train_and_test_share_no_date():
    _, train = dates.pairs(rng(0), 8000, "train")
    _, test = dates.pairs(rng(1), 2000, "test")
    assert not set(train) & set(test)
    assert len(set(test)) > 1000


def test_batch_spells_them_out():
    sources, n, targets, m = dates.batch(rng(3), 50, "train")
    written, iso = dates.pairs(rng(3), 50, "train")
    assert targets.shape == (11, 50) and (m == 11).all()
    read = tokens.decode(sources, n, dates.VOCABULARY)
    said = tokens.decode(targets, m, dates.VOCABULARY)
    assert ["".join(letters) for letters in read] == written
    assert ["".join(letters[:-1]) for letters in said] == iso
    assert {letters[-1] for letters in said} == {tokens.STOP}


def test_vocabulary_has_no_letter_too_many():
    written, iso = dates.pairs(rng(), 6000)
    used = set("".join(written + iso))
    unused = set(dates.VOCABULARY[3:]) - used
    assert used <= set(dates.VOCABULARY)
    assert unused == set("kqxz")  # in no month and no weekday


def test_same_seed_same_dates():
    assert dates.pairs(rng(1), 9) == dates.pairs(rng(1), 9)
    assert dates.pairs(rng(1), 9) != dates.pairs(rng(2), 9)


def test_nonsense_arguments_are_named():
    for arguments, said in [
        ((1, 5), "rng is 1"),
        ((rng(), 0), "n is 0"),
        ((rng(), 5, "valid"), "part is 'valid'"),
    ]:
        with pytest.raises(ValueError, match=said):
            dates.pairs(*arguments)
    with pytest.raises(ValueError, match="B is 0"):
        dates.batch(rng(), 0)
