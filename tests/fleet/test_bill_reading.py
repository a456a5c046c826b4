"""Carriers' files: cells as they are written, periods that are no calendar months, and totals by line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from fleet.errors import Invalid
from fleet.services.imports.reading import File
from fleet.services.usage import cells, periods
from fleet.services.usage.layouts import SHIPPED, Layout
from fleet.services.usage.reading import preview, read_bill
from fleet.services.usage.totals import Bill, Entry
from fleet.vocabulary import BillShape, MegabyteBase
from tests.fleet.workbooks import ods, xlsx

VODAFONE, ESEYE = SHIPPED
HEAD = (
    "Phone number,User name,Date,Time,Dialled number,Total call duration,Total data volume,Usage charge,"
    "Bundle indicator,More details"
)
POUND = "£"
ITEMS = (
    "07590 526 550,A Member,14/03/2026,09:15,447700900999,00:02:30,,£0.00,I,",
    "07590 526 550,A Member,14/03/2026,09:20,447700900999,00:00:00,,£0.12,O,",
    "07590 526 550,A Member,15/03/2026,10:00,Mobile internet,00:00:00,154387 KB,£0.00,I,",
    "07590 526 550,A Member,16/03/2026,10:00,Incoming call,26:21:55,,£1.005,O,",
)
MARCH = (dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def itemised(text: str | None = None, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return end.join([HEAD, *ITEMS]).encode(encoding) if text is None else text.encode(encoding)


def test_an_itemised_file_is_added_up_by_line_and_month() -> None:
    bill = read_bill(itemised(), VODAFONE)
    assert list(bill.totals) == [("+447590526550", *MARCH)]
    [total] = bill.totals.values()
    assert total.figures == {
        "voice_seconds": 150 + 26 * 3600 + 21 * 60 + 55,
        "voice_out_seconds": 26 * 3600 + 21 * 60 + 55,
        "calls_made": 1,
        "calls_received": 1,
        "texts": 1,
        "texts_out": 1,
        "data_bytes": 154_387_000,
        "data_out_bytes": 0,
    }
    assert (total.charge_pence, total.rows, total.last_day) == (113, [2, 3, 4, 5], dt.date(2026, 3, 16))
    assert "447700900999" not in repr(bill)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_and_line_ends_change_nothing(encoding: str, end: str) -> None:
    assert read_bill(itemised(encoding=encoding, end=end), VODAFONE) == read_bill(itemised(), VODAFONE)


@pytest.mark.parametrize("sign", ["�", "ï¿½", "Â£", "\xa3", "GBP ", ""])
def test_mangled_pound_signs_are_read(sign: str) -> None:
    text = itemised().decode().replace(POUND, sign)
    assert read_bill(text.encode(), VODAFONE) == read_bill(itemised(), VODAFONE)


def test_the_order_of_columns_does_not_matter() -> None:
    rows = [line.split(",") for line in itemised().decode().split("\n")]
    turned = "\n".join(",".join(reversed(row)) for row in rows)
    assert read_bill(turned.encode(), VODAFONE) == read_bill(itemised(), VODAFONE)


def test_quantities_in_and_out_of_bundle_are_one_total() -> None:
    iccid = "8944501234567890123"
    text = f"ItemRefData,Description,Quantity,InBundleQuantity\n{iccid},Data,1000,5000\n"
    [total] = read_bill(text.encode(), ESEYE, period=MARCH).totals.values()
    assert total.figures == {"data_bytes": 6000, "data_out_bytes": 1000}
    with pytest.raises(Invalid, match="which billing month"):
        read_bill(text.encode(), ESEYE)


def test_one_column_may_mean_seconds_megabytes_or_texts_by_kind() -> None:
    layout = Layout(
        name="Phone data",
        shape=BillShape.ITEMISED,
        columns={"line": "number", "date": "date", "duration": "amount", "item": "kind", "month": "month"},
        words={"data": ["data"], "voice": ["call"], "text": ["sms"]},
        billing_day=13,
        megabyte_bytes=MegabyteBase.BINARY,
    )
    text = (
        "line,date,duration,item,month\r"
        "07700900123,15/10/14 06:58,34.429,data,2014-11\r"
        "07700900123,12/11/14 14:00,13,call,2014-11\r"
        "07700900123,13/11/14 14:00,1,sms,2014-12\r"
    )
    bill = read_bill(text.encode(), layout)
    first = (dt.date(2014, 10, 13), dt.date(2014, 11, 12))
    second = (dt.date(2014, 11, 13), dt.date(2014, 12, 12))
    assert [key[1:] for key in bill.totals] == [first, second]
    figures = [total.figures for total in bill.totals.values()]
    assert figures == [
        {"data_bytes": int(Decimal("34.429") * 2**20), "voice_seconds": 13, "calls_made": 1},
        {"texts": 1},
    ]


def test_what_cannot_be_read_is_said_without_repeating_it() -> None:
    text = f"{HEAD}\n07590 526 550,,someday,09:15,447700900999,00:02:30,,£0.00,I,\nTotal,,,,,,,£3,,\n"
    bill = read_bill(text.encode(), VODAFONE)
    assert [(one.number, one.field) for one in bill.rejections] == [(2, "date"), (3, "number")]
    assert "someday" not in repr(bill)
    assert bill.totals == {}


NUMBER = "07700 900123"
SUMMARY = Layout(
    name="Totals",
    shape=BillShape.SUMMARY,
    columns={
        **dict.fromkeys(("note", "user"), ""),
        **{name: name for name in ("number", "period_start", "period_end", "duration", "data", "charge")},
        **{name: name for name in ("date", "month", "texts")},
    },
)


def summary(*rows: str, head: str = "number,data,charge,note") -> Bill:
    return read_bill("\n".join((head, *rows)).encode(), SUMMARY, period=MARCH if "note" in head else None)


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbooks_time_cells_may_pass_a_day(write: Any) -> None:
    span = dt.timedelta(hours=26, minutes=21, seconds=55)
    rows = [[NUMBER, span], ["07700 900124", dt.timedelta(seconds=150)], ["07700 900125", dt.timedelta(31)]]
    bill = read_bill(write(["number", "duration"], *rows), SUMMARY, period=MARCH)
    found = [total.figures["voice_seconds"] for total in bill.totals.values()]
    assert (found, bill.rejections) == ([94_915, 150, 31 * 86_400], [])


def test_a_clock_cell_that_hides_its_days_still_counts_them() -> None:
    content = xlsx(["number", "duration"], [NUMBER, 94_915 / 86_400], formats={"B2": "hh:mm:ss"})
    [total] = read_bill(content, SUMMARY, period=MARCH).totals.values()
    assert total.figures == {"voice_seconds": 94_915}


def test_what_cannot_have_been_used_yet_is_refused() -> None:
    later = timezone.localdate() + dt.timedelta(days=1)
    rows = (
        f"{NUMBER},{later},,,",
        f"{NUMBER},,{later},,",
        f"{NUMBER},,,,{later.year + 1}-01",
        f"{NUMBER},,2026-01-01,2026-12-31,",
        f"{NUMBER},0001-01-05,,,",
        f"{NUMBER},,,,9999-12",
        f"{NUMBER},2026-03-05,,,",
    )
    bill = summary(*rows, head="number,date,period_start,period_end,month")
    fields = [one.field for one in bill.rejections]
    assert fields == ["date", "period_start", "period_start", "period_end", "date", "period_start"]
    assert "still to come" in bill.rejections[0].message
    assert [total.rows for total in bill.totals.values()] == [[8]]


def test_figures_beyond_any_use_are_refused_by_the_name_of_their_column() -> None:
    nines = "9" * 20
    rows = [
        f"{NUMBER},{nines} GB,,,,",
        f"{NUMBER},,£{nines},,,",
        f"{NUMBER},,,{nines},,",
        f"{NUMBER},,,,{nines}:00:00,",
        *(f"{NUMBER},,,{n}00000000,," for n in (9, 8)),
    ]
    bill = summary(*rows, head="number,data,charge,texts,duration,note")
    assert [(one.number, one.field) for one in bill.rejections] == [
        *((2, "data"), (3, "charge"), (4, "texts"), (5, "duration")),
        (7, "texts"),
    ]
    [total] = bill.totals.values()
    assert total.figures == {"texts": 900_000_000}


def test_a_row_that_comes_twice_is_not_added_again_and_others_of_its_line_are() -> None:
    data, texts = f"{NUMBER},1 MB,£1.00,data", f"{NUMBER},1 MB,£1.00,roaming"
    bill = summary(data, texts, data, "07700 900124,1 MB,£1.00,data")
    assert [(one.number, "row 2" in one.message) for one in bill.rejections] == [(4, True)]
    assert [total.rows for total in bill.repeated] == [[2, 3]]
    assert [total.charge_pence for total in bill.totals.values()] == [200, 100]


def test_the_preview_is_what_would_be_read() -> None:
    [(row, entry), *_] = preview(File(itemised()), VODAFONE)
    assert isinstance(entry, Entry)
    assert (row, entry.kind, entry.period) == (2, "voice", MARCH)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("154387 KB", 154_387_000),
        ("1.5 GB", 1_500_000_000),
        ("1,024", 1_024_000_000),
        ("2 MiB", 2 * 2**20),
        ("7 bytes", 7),
    ],
)
def test_sizes_have_a_stated_base(text: str, found: int) -> None:
    assert cells.size(text, unit="m", megabyte=10**6) == found
    assert cells.size("1 KB", unit="m", megabyte=2**20) == 1024
    with pytest.raises(cells.Unreadable, match="154387 KB"):
        cells.size("12,5", unit="m", megabyte=10**6)


@pytest.mark.parametrize(
    ("text", "found"), [("26:21:55", 94_915), ("12:30", 750), ("1h 2m 3s", 3723), ("90", 90)]
)
def test_durations_may_pass_a_day(text: str, found: int) -> None:
    assert cells.seconds(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("-£1.20", -120), ("(£1.20)", -120), ("1.20 CR", -120), ("£1,204.5", 120_450)]
)
def test_credits_are_below_nothing(text: str, found: int) -> None:
    assert cells.pence(text) == found
    with pytest.raises(cells.Unreadable):
        cells.pence("$5")


def test_a_billing_month_counts_to_the_month_of_most_of_its_days() -> None:
    start, end = periods.period_of(dt.date(2026, 1, 5), 13)
    assert (start, end) == (dt.date(2025, 12, 13), dt.date(2026, 1, 12))
    assert periods.month_of(start, end) == dt.date(2025, 12, 1)
    assert periods.month_of(dt.date(2026, 1, 20), dt.date(2026, 2, 19)) == dt.date(2026, 2, 1)
