"""Distances in miles and back: what is lost is the rounding that is shown, and nothing more."""

import re

import pytest
from babel.numbers import parse_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from sidestep.languages.distances import KM, MILES, UNITS, Unit
from sidestep.languages.language import LANGUAGES, language

TENTHS = st.integers(1, 3000).map(lambda tenths: tenths / 10)
EITHER_UNIT = pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
EITHER_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)


@EITHER_LANGUAGE
@EITHER_UNIT
@given(km=TENTHS)
def test_a_field_sent_unchanged_changes_no_run(code: str, unit: Unit, km: float) -> None:
    typed = language(code, unit).typed(km).replace(".", "") if code == "de" else None
    typed = typed or language(code, unit).typed(km).replace(",", "")
    typed_km = unit.typed_km(typed)
    assert typed_km is not None
    assert round(typed_km, 1) == km


@EITHER_UNIT
@given(km=st.floats(1.0, 100.0))
def test_a_goal_sent_unchanged_stays_to_the_last_digit(unit: Unit, km: float) -> None:
    shown = f"{round(unit.of(km), unit.typed_digits):g}"
    assert unit.typed_km(shown, known_km=km) == km


@given(miles=st.integers(62, 6200).map(lambda hundredths: hundredths / 100))
def test_what_is_typed_in_miles_is_shown_again_as_it_was_typed(miles: float) -> None:
    km = MILES.typed_km(f"{miles:g}")
    assert km is not None
    assert round(MILES.of(km), MILES.typed_digits) == miles


@EITHER_LANGUAGE
@given(km=st.floats(0.1, 500.0), digits=st.integers(0, 2))
def test_a_shown_distance_is_off_by_half_its_last_digit_at_most(
    code: str, km: float, digits: int
) -> None:
    reader = language(code, MILES)
    shown = reader.distance(km, digits)
    figure, name = shown.split(" ")
    assert name == "mi"
    back = float(parse_decimal(figure, locale=reader.locale)) * MILES.km
    assert abs(back - km) <= 0.5 * 10**-digits * MILES.km + 1e-9


@EITHER_LANGUAGE
@given(km=st.floats(0.1, 5000.0), digits=st.integers(0, 2))
@example(km=1234.5, digits=1)
def test_in_a_sentence_too(code: str, km: float, digits: int) -> None:
    plain, reader = language(code), language(code, MILES)
    figure = f"{km:,.{digits}f}"
    as_written = plain._filled_in(figure)
    # The sentence says the figure once with a word around it, and once without.
    sentence = f"A run of {figure} km is on file, {figure} km."
    said = reader.gettext(sentence)
    assert "km" not in said
    shown = re.findall(r"([\d.,]+) mi", said)
    assert len(shown) == 2, (as_written, said)
    # It was not translated, so its figures are written as services write them.
    back = float(shown[0].replace(",", "")) * MILES.km
    written = float(f"{km:.{digits}f}")
    shown_digits = digits or (1 if written / MILES.km < 10 else 0)
    assert abs(back - written) <= 0.5 * 10**-shown_digits * MILES.km + 1e-9


@EITHER_LANGUAGE
@given(sentence=st.text(max_size=60), km=TENTHS)
def test_kilometres_stay_for_those_who_read_them(code: str, sentence: str, km: float) -> None:
    text = f"{sentence} {km} km"
    reader = language(code, KM)
    assert reader.gettext(text) == reader.cited(text)
