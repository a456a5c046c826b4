"""What a record may say and how it is read: three-valued, normalised, one bad record loses itself alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.mdm import normalise
from fleet.mdm.adapters.documents import JSON, NDJSON
from fleet.mdm.adapters.native import read, read_record
from fleet.mdm.facts import facts_of
from fleet.mdm.records import Facts, Record, Rejected, Rejection, as_document, from_document
from tests.mdm.pushes import IMEIS


def read_one(**fields: Any) -> Record | Rejection:
    return read_record(json.dumps(fields).encode())


def facts(**fields: Any) -> dict[str, Any]:
    record = read_one(serial="SN-1", **fields)
    assert isinstance(record, Record), record
    return facts_of(record.facts)


def rejected(**fields: Any) -> tuple[str, str]:
    """(field, code) of the first error."""
    record = read_one(**fields)
    if isinstance(record, Record):
        with pytest.raises(Rejected) as refusal:
            facts_of(record.facts)
        record = refusal.value.as_rejection()
    return record.errors[0]["field"], record.errors[0]["code"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = [
    "source_id",
    "serial",
    "imei",
    "sims",
    "last_seen",
    "battery_level",
    "software",
    "supervised",
    "other",
]


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_no_json_object_breaks_the_reader(fields: dict[str, Any]) -> None:
    record = read_one(**fields)
    if isinstance(record, Record):
        assert from_document(as_document(record)).digest == record.digest
    else:
        assert all(error["message"] for error in record.errors)


@given(st.binary(max_size=40))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    assert isinstance(read_record(raw), Record | Rejection)


@pytest.mark.parametrize("unknown", [None, ""])
@pytest.mark.parametrize("field", ["os_version", "supervised", "enrolled_at", "storage_total_bytes", "imei"])
def test_null_and_empty_say_nothing(field: str, unknown: Any) -> None:
    assert field not in facts(**{field: unknown})


def test_false_and_nought_are_values() -> None:
    assert facts(supervised=False, storage_total_bytes=0, software=[]) == {
        "serial": "SN-1",
        "supervised": False,
        "storage_total_bytes": 0,
        "software": [],
    }


def test_a_word_of_no_vocabulary_is_kept_and_unknown_says_nothing() -> None:
    assert facts(compliance="Weird", enrolment="unknown") == {"serial": "SN-1", "compliance": "weird"}


@pytest.mark.parametrize(
    ("never", "field"),
    [
        ("0001-01-01T00:00:00Z", "enrolled_at"),
        ("9999-12-31T23:59:59.9999999Z", "enrolled_at"),
        ("0000-00-00T00:00:00Z", "enrolled_at"),
    ],
)
def test_sentinel_dates_say_nothing(never: str, field: str) -> None:
    assert field not in facts(**{field: never})


@pytest.mark.parametrize(
    "placeholder",
    [
        "",
        "0",
        "Default string",
        "system serial number",
        "To be filled by O.E.M.",
        "n/a",
        "string",
        "XXXX",
        " ",
    ],
)
def test_a_placeholder_names_nothing(placeholder: str) -> None:
    assert normalise.serial(placeholder) == ""
    assert rejected(serial=placeholder) == ("", "unidentified")


def test_a_placeholder_is_told_from_no_serial() -> None:
    with pytest.raises(Rejected, match="The serial Default string is a placeholder"):
        facts_of(Facts(serial="Default string"))
    with pytest.raises(Rejected, match=r"^Give at least one of"):
        facts_of(Facts())


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("{0F2E-AB}", "0f2e-ab"),
        ("00008103-000A4D2E0C91001E", "00008103-000a4d2e0c91001e"),
        ("00000000-0000-0000-0000-000000000000", ""),
    ],
)
def test_a_hardware_id_has_one_spelling(given_: str, kept: str) -> None:
    assert normalise.hw_id(given_) == kept


def test_identifiers_are_kept_as_digits() -> None:
    found = facts(
        imei=["49 015420 323751 8", ""],
        wifi_mac="B4:69:21:18:C6:76",
        sims=[{"iccid": "8944 1234 5678 9012 345", "msisdn": "+44 7700 900123"}, {"carrier": "None fitted"}],
    )
    assert found["imei"] == [IMEIS[0]]
    assert found["wifi_mac"] == "b4692118c676"
    assert [(sim["iccid"], sim["msisdn"]) for sim in found["sims"]] == [
        ("8944123456789012345", "+447700900123")
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"battery_level": 250}, ("battery_level", "invalid")),
        ({"supervised": "yes"}, ("supervised", "invalid")),
        ({"last_seen": "2026-01-05T09:00:00"}, ("last_seen", "invalid")),
        ({"last_seen": 1767603600}, ("last_seen", "invalid")),
        ({"imei": ["490154203237519"]}, ("imei[0]", "check_digit")),
        ({"imei": [*IMEIS]}, ("imei", "invalid")),
        ({"wifi_mac": "b4:69"}, ("wifi_mac", "invalid")),
        ({"asset_tag": "x" * 101}, ("asset_tag", "invalid")),
        ({"user_name": "A\0B"}, ("", "nul")),
        ({"notes": {"deep": "\0"}}, ("", "nul")),
        ({"storage_free_bytes": -1}, ("storage_free_bytes", "invalid")),
    ],
)
def test_a_bad_value_names_its_field(fields: dict[str, Any], reason: tuple[str, str]) -> None:
    assert rejected(serial="SN-1", **fields) == reason


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"asset_tag": 7}, "Expected text or nothing, got a number."),
        ({"supervised": "yes"}, "Expected true, false or nothing, got text."),
        ({"battery_level": 250}, "Expected a whole number of at most 100."),
        ({"asset_tag": "x" * 101}, "Expected text of at most 100 characters."),
        ({"software": [{"version": "1"}]}, "The field name is missing."),
        ({"last_seen": "yesterday"}, "Write a time as in 2026-03-02T09:41:00Z (RFC 3339)."),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(fields: dict[str, Any], message: str) -> None:
    read = read_one(serial="SN-1", **fields)
    assert isinstance(read, Rejection)
    assert read.errors[0]["message"] == message


def test_an_escaped_backslash_is_not_a_nul() -> None:
    assert facts(user_name="A\\u0000B")["user_name"] == "A\\u0000B"


@given(st.integers(0, 10**14 - 1))
def test_one_check_digit_of_ten_is_right(number: int) -> None:
    right = [digit for digit in range(10) if normalise.is_imei(f"{number:014}{digit}")]
    assert len(right) == 1


def test_a_broken_line_loses_itself_alone() -> None:
    lines = b'{"serial":"SN-1"}\n{"serial":\n\n' + b"[" * 5000 + b'\n{"serial":"SN-2"}\n'
    lines += b'{"source_id":"R2","serial":"\xff"}\n'
    items = read(lines, NDJSON)
    kinds = [type(item).__name__ for item in items]
    assert kinds == ["Record", "Rejection", "Rejection", "Record", "Rejection"]
    assert isinstance(items[-1], Rejection)
    assert (items[-1].errors[0]["code"], items[-1].source_id) == ("encoding", "R2")
    assert [type(item).__name__ for item in read(b'{"devices":[1,{"serial":"SN-1"}]}', JSON)] == [
        "Rejection",
        "Record",
    ]
