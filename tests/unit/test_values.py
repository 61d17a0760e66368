import pytest

from rag.values.calendar_days import calendar_day
from rag.values.numbers import numbers
from rag.values.quantities import quantities, quantity_slices, seconds_of
from rag.values.sameness import is_same_value


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("1.2 million", 1_200_000, 100_000),
        ("1,200,000", 1_200_000, 100_000),
        ("12 345", 12_345, 1),
        ("$3m", 3_000_000, 1_000_000),
        ("nine", 9, 1),
        ("twenty-one", 21, 1),
        ("two dozen", 24, 12),
        ("half a million", 500_000, 100_000),
        ("a hundred", 100, 100),
        ("one hundred and twenty thousand people", 120_000, 10_000),
        ("45.7%", 45.7, 0.1),
        ("0", 0, 1),
    ],
)
def test_numbers_are_read_in_digits_and_in_words(text, value, step):
    (number,) = numbers(text)
    assert (number.value, number.step) == pytest.approx((value, step))


@pytest.mark.parametrize("text", ["", "a week", "the 21st", "and", "B12", "half"])
def test_what_only_looks_like_a_number_is_none(text):
    assert numbers(text) == []


def test_a_comma_behind_a_number_is_none_of_its_digits():
    assert [number.value for number in numbers("There were 68,400, they said, and not 71,000.")] == [68_400, 71_000]


@pytest.mark.parametrize("written", ["minus 50.9 degrees", "$3 million", "ten", "39 million euros", "-4 °C"])
def test_a_quantity_stands_with_its_sign_and_unit(written):
    text = f"It was fixed at {written} on Tuesday."
    assert [text[start:end] for start, end in quantity_slices(text)] == [written]


def test_several_numbers_stand_in_order_at_their_places():
    text = "9 dead, thirty-one injured"
    assert [(text[one.start : one.end], one.value) for one in numbers(text)] == [("9", 9), ("thirty-one", 31)]


def test_a_number_of_any_length_is_read_in_linear_time():
    assert len(numbers("one hundred and " * 20_000)) > 0
    assert len(numbers("1,000" * 20_000)) > 0
    assert is_same_value("1" + "0" * 5_000, "1" + "0" * 5_000)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("five per cent", "percent"),
        ("$3 million", "dollar"),
        ("3 million euros", "euro"),
        ("nine people", "count"),
        ("nine", None),
        ("9-day", "day"),
        ("minus 19 degrees", "degree"),
    ],
)
def test_units_are_read_before_and_behind_a_number(text, unit):
    assert [quantity.unit for quantity in quantities(text)] == [unit]


@pytest.mark.parametrize(("text"), ["", "next week", "12 or 13 May, 14 May", "Friday to Sunday"])
def test_only_one_day_is_a_day(text):
    assert calendar_day(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sunday", "on Sunday"),
        ("Sunday", "Sunday, February 1st"),
        ("Feb. 1", "1 February 2026"),
        ("2026-02-01", "February 1st"),
        ("midnight on Wednesday 21 January", "21 January"),
        ("Donald Trump", "US President Donald Trump"),
        ("President Trump", "US President Donald Trump"),
        ("Volodymyr Zelensky", "President Zelenskyy"),
        ("Ilmar Väät", "Ilmar Vaat"),
        ("the Kremlin", "Kremlin"),
        ("One week.", "one week"),
        ("nine", "9 people"),
        ("nine people", "at least nine"),
        ("about 1.2 million", "1,200,000"),
        ("1,204,311", "1.2 million"),
        ("more than 40", "41"),
        ("five percent", "5%"),
        ("$3 million", "3 million dollars"),
    ],
)
def test_forms_of_one_value_are_the_same(one, other):
    assert is_same_value(one, other)
    assert is_same_value(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sunday", "Friday"),
        ("1 February", "1 March"),
        ("1 February 2025", "1 February 2026"),
        ("Friday 30 January", "Sunday 30 January"),
        ("14", "140"),
        ("nine", "nineteen"),
        ("9 people", "nine days"),
        ("1,204", "1,200"),
        ("3 million", "3.4 million"),
        ("about 40", "60"),
        ("minus 51", "minus 50"),
        ("Ada Ray", "Tom Ray"),
        ("Bank of Carvenia", "Bank of Ruvena"),
        ("because Karsund attacked", "to please Karsund"),
        ("", "Sunday"),
        ("the", "a"),
        ("people", "eleven people"),
        ("the fine", "the fine of 62 million euros"),
    ],
)
def test_different_values_are_told_apart(one, other):
    assert not is_same_value(one, other)
    assert not is_same_value(other, one)


@pytest.mark.parametrize(
    ("length", "seconds"),
    [("PT30M", 1800.0), ("P1W", 604_800.0), ("P0.5D", 43_200.0), ("PXD", None), ("2026-02-01", None), ("", None)],
)
def test_a_length_of_one_unit_has_seconds(length, seconds):
    assert seconds_of(length) == seconds
