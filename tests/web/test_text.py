import datetime as dt

import pytest

from fleet.web import text


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (81, 100, "81% of 100"),
        (0, 0, "none yet"),
        (0, 8300, "0% of 8,300"),
        (1, 8300, "under 1% of 8,300"),
        (8299, 8300, "over 99% of 8,300"),
        (8300, 8300, "100% of 8,300"),
    ],
)
def test_share_says_what_it_is_of_and_rounds_to_neither_end(part: int, whole: int, words: str) -> None:
    assert text.share(part, whole) == words


@pytest.mark.parametrize(
    ("pence", "words"), [(720_000, "£7,200"), (5, "£0.05"), (-720_050, "−£7,200.50"), (0, "£0")]
)
def test_pounds(pence: int, words: str) -> None:
    assert text.pounds(pence) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (999_600, "1.0 MB"), (128_000_000_000, "128 GB")],
)
def test_size(count: int, words: str) -> None:
    assert text.size(count) == words


def test_a_moment_is_read_in_london() -> None:
    assert text.moment(dt.datetime(2026, 7, 1, 23, 5, tzinfo=dt.UTC)) == "2 Jul 2026, 12:05am"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        ("", "None"),
        (0, "0"),
        (False, "No"),
        (True, "Yes"),
        (1516, "1,516"),
        (0.1 + 0.2, "0.3"),
        (3943.0, "3,943"),
        (dt.date(2026, 11, 1), "1 Nov 2026"),
        ("Northgate", "Northgate"),
    ],
)
def test_facts_in_words(value: object, words: str) -> None:
    assert text.shown(value) == words
