from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidestep.adapters.accounts.cells import (
    clock_time_from,
    decode_text,
    duration_from,
    number_from,
    read_rows,
    row_content,
    utc_from,
)
from sidestep.adapters.accounts.month_names import month_from_word
from sidestep.errors import UnreadableFileError

_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_GERMAN = [
    "Jan.",
    "Feb.",
    "März",
    "Apr.",
    "Mai",
    "Juni",  # codespell:ignore
    "Juli",  # codespell:ignore
    "Aug.",
    "Sept.",
    "Okt.",
    "Nov.",
    "Dez.",
]
_FRENCH = [
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
]
_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(st.decimals(0, 99999, places=2))
def test_a_decimal_comma_and_a_decimal_point_say_the_same(value: object) -> None:
    text = f"{value:.2f}"
    assert number_from(text) == float(text)
    assert number_from(text.replace(".", ","), decimal_comma=True) == float(text)


@given(st.integers(1000, 999_999), st.integers(0, 99))
def test_thousands_are_grouped_either_way(whole: int, hundredths: int) -> None:
    english = f"{whole:,}.{hundredths:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    expected = whole + hundredths / 100
    assert number_from(english) == pytest.approx(expected)
    assert number_from(german, decimal_comma=True) == pytest.approx(expected)
    assert number_from(f"{whole:,}") == whole


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12,5", 12.5), ("1 234,5", 1234.5), ("5012,30", 5012.3), ("1.234.567", 1_234_567.0)],
)
def test_a_comma_that_can_only_be_a_decimal_one_never_makes_a_number_ten_times_larger(
    cell: str, value: float
) -> None:
    assert number_from(cell) == value


@pytest.mark.parametrize("cell", ["", " ", "abc", "nan", "inf", "-inf", "1e99", "--"])
def test_what_is_no_finite_number_is_none(cell: str) -> None:
    assert number_from(cell) is None


@given(_MOMENTS, st.sampled_from([" ", "\u202f", "\u00a0"]))
def test_english_dates_come_back_whatever_space_stands_before_am(
    moment: datetime, space: str
) -> None:
    half = "AM" if moment.hour < 12 else "PM"
    text = (
        f"{_ENGLISH[moment.month - 1]} {moment.day}, {moment.year}, "
        f"{moment.hour % 12 or 12}:{moment:%M:%S}{space}{half}"
    )
    assert utc_from(text) == moment.replace(tzinfo=UTC)


@given(_MOMENTS)
def test_day_first_dates_come_back(moment: datetime) -> None:
    forms = [
        f"{moment:%d.%m.}{moment.year}, {moment:%H:%M:%S}",
        f"{moment.day}. {_GERMAN[moment.month - 1]} {moment.year}, {moment:%H:%M:%S}",
        f"{moment.day} {_FRENCH[moment.month - 1]} {moment.year}, {moment:%H:%M:%S}",
        f"{moment.year}-{moment:%m-%d %H:%M:%S}",
        f"{moment:%d/%m/}{moment.year} {moment:%H:%M:%S}",
    ]
    assert {clock_time_from(form) for form in forms} == {moment}


@pytest.mark.parametrize(
    "cell",
    [
        "7 mrt. 2024 15:02:03",
        "7 mars 2024 à 15:02:03",
        "7 mar 2024, 3:02:03 p.\u00a0m.",
        "7 de mar. de 2024, 15:02:03",
        "7. mar. 2024 15.02.03",
        "7. 3. 2024 15:02:03",
        "7.3.2024 klo 15.02.03",
        "7 мар. 2024 г., 15:02:03",
        "2024/03/07 15:02:03",
        "2024年3月7日 15:02:03",
        "2024年3月7日 下午3:02:03",
        "2024. 3. 7. 오후 3:02:03",
        "2024. 3. 7. PM 3:02:03",
    ],
)
def test_dates_are_read_as_other_languages_write_them(cell: str) -> None:
    assert clock_time_from(cell) == datetime(2024, 3, 7, 15, 2, 3)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Mei", 5),
        ("maj", 5),
        ("мая", 5),
        ("julio", 7),
        ("juin", 6),
        ("juillet", 7),
        ("out.", 10),
        ("des.", 12),
        ("wrz", 9),
        ("Şub", 2),
        ("août", 8),
        ("Foo", 0),
    ],
)
def test_months_are_known_in_many_languages(word: str, month: int) -> None:
    assert month_from_word(word) == month


def test_midnight_is_told_from_noon_where_the_half_stands_first() -> None:
    assert clock_time_from("2024. 3. 7. 오전 12:05:00") == datetime(2024, 3, 7, 0, 5)  # noqa: DTZ001
    assert clock_time_from("2024. 3. 7. 오후 12:05:00") == datetime(2024, 3, 7, 12, 5)  # noqa: DTZ001


def test_slashes_are_read_month_first_where_the_list_says_so() -> None:
    assert clock_time_from("3/4/2020 6:05 PM", day_first=False) == datetime(  # noqa: DTZ001
        2020, 3, 4, 18, 5
    )


@pytest.mark.parametrize(
    "cell", ["", "yesterday", "31.02.2020, 10:00:00", "2020-13-01 10:00:00", "Foo 1, 2020, 1:00 PM"]
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert clock_time_from(cell) is None


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_durations_come_back(hours: int, minutes: int, seconds: int) -> None:
    total = hours * 3600 + minutes * 60 + seconds
    assert duration_from(f"{hours}:{minutes:02}:{seconds:02}") == total
    if not hours:
        assert duration_from(f"{minutes}:{seconds:02}") == total


def test_the_same_row_gives_the_same_bytes_however_many_empty_columns_a_later_export_adds() -> None:
    short = row_content(["A", "B", "A"], ["1", "2", "3"])
    long = row_content(["A", "New", "B", "A", "Newer"], ["1", "", "2", "3", " "])
    assert short == long == b'{"A":"1","A (2)":"3","B":"2"}'


def test_rows_keep_quoted_commas_line_breaks_and_emoji() -> None:
    text = decode_text('a,b\r\n"Lunch, easy ""chat""\nrun 🏃",2\r\n'.encode())
    assert list(read_rows(text)) == [["a", "b"], ['Lunch, easy "chat"\nrun 🏃', "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(encoding: str) -> None:
    assert decode_text("Höhe;Käse".encode(encoding)) == "Höhe;Käse"


def test_a_cell_of_absurd_length_is_refused_as_unreadable() -> None:
    with pytest.raises(UnreadableFileError):
        list(read_rows("a,b\n" + "x" * (5 << 20)))


@given(st.text())
def test_any_cell_gives_a_value_or_none(cell: str) -> None:
    for value in (number_from(cell), number_from(cell, decimal_comma=True), duration_from(cell)):
        assert value is None or isinstance(value, float)
    assert clock_time_from(cell) is None or isinstance(clock_time_from(cell), datetime)
