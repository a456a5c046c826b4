"""Pushing usage: an outcome for each record, repeats that change nothing, and bills that stand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fleet.models import Line, MdmSource, SourceToken, UsageBatch, UsageRecord
from tests.factories import ImportFactory, LineFactory, UsageBatchFactory, UsageRecordFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/mdm/usage"
NUMBER = "+447700900123"


def used(**more: Any) -> dict[str, Any]:
    return {"msisdn": NUMBER, "period_start": "2026-03-13", "data_bytes": 1000, **more}


@pytest.fixture
def push(source: MdmSource) -> Callable[..., Any]:
    _, secret = SourceToken.issue(source=source)

    def pushed(*records: Any, body: Any = None, status: int = 200) -> Any:
        content = json.dumps({"usage": records}) if body is None else body
        answer = Client().post(
            URL, content, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status_code == status, answer.content
        return answer.json()

    return pushed


def outcomes(answer: Any) -> list[str]:
    return [one["outcome"] for one in answer["records"]]


def test_a_record_is_stored_once_however_often_it_comes(push: Callable[..., Any], source: MdmSource) -> None:
    known = LineFactory(organisation=source.organisation, msisdn=NUMBER)
    first = push(used(vat_included=False), used(msisdn="07700 900124", origin="device"))
    assert outcomes(first) == ["created", "created"]
    assert first["records"][0]["line"] == known.pk
    assert outcomes(push(used(vat_included=False), used(msisdn="07700 900124", origin="device"))) == [
        "unchanged",
        "unchanged",
    ]
    assert UsageBatch.objects.count() == 2  # one of each origin
    record = UsageRecord.objects.get(line=known)
    assert (record.period_end, record.through_on) == (dt.date(2026, 4, 12), dt.date(2026, 4, 12))
    assert (record.month, record.is_vat_included) == (dt.date(2026, 3, 1), False)
    assert Line.objects.unassigned().filter(msisdn="+447700900124").exists()


def test_newer_figures_of_a_running_month_win_in_any_order(push: Callable[..., Any]) -> None:
    assert outcomes(push(used(as_of="2026-03-20"))) == ["created"]
    assert outcomes(push(used(as_of="2026-03-25", data_bytes=1500))) == ["updated"]
    assert outcomes(push(used(as_of="2026-03-22", data_bytes=1200))) == ["stale"]
    record = UsageRecord.objects.get()
    assert (record.data_bytes, record.through_on) == (1500, dt.date(2026, 3, 25))


def test_in_and_out_of_bundle_are_two_parts_of_one_month(push: Callable[..., Any]) -> None:
    parts = (used(in_bundle=True), used(in_bundle=False, data_bytes=250, charge_pence=99))
    assert outcomes(push(*parts)) == ["created", "created"]
    record = UsageRecord.objects.get()
    assert (record.data_bytes, record.data_out_bytes, record.charge_pence) == (1250, 250, 99)
    assert outcomes(push(*parts, used(in_bundle=True))) == ["unchanged", "unchanged", "rejected"]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (used(data_bytes=-1), "data_bytes"),
        (used(msisdn="none"), "msisdn"),
        (used(period_end="2026-03-01"), "period_end"),
        (used(period_start="2999-01-01"), "period_start"),
        (used(as_of="2026-06-01"), "as_of"),
        (used(currency="EUR"), "currency"),
        (used(voice="1"), ""),
        ("nonsense", ""),
    ],
)
def test_one_bad_record_does_not_lose_the_others(push: Callable[..., Any], record: Any, field: str) -> None:
    answer = push(record, used())
    assert outcomes(answer) == ["rejected", "created"]
    assert answer["records"][0]["errors"][0]["field"] == field
    assert answer["counts"]["rejected"] == 1


def test_a_word_that_is_not_taken_says_which_are(push: Callable[..., Any]) -> None:
    told = push(used(currency="EUR"), used(origin="bill"))["records"]
    assert [(one["errors"][0]["field"], one["errors"][0]["message"]) for one in told] == [
        ("currency", "“EUR” is not taken here. Send GBP."),
        ("origin", "“bill” is not taken here. Send carrier or device."),
    ]


def test_a_bill_that_somebody_confirmed_stands(push: Callable[..., Any], source: MdmSource) -> None:
    line = LineFactory(organisation=source.organisation, msisdn=NUMBER)
    file = ImportFactory(organisation=source.organisation, bill=True)
    batch = UsageBatchFactory(organisation=source.organisation, file=file)
    UsageRecordFactory(line=line, period_start=dt.date(2026, 3, 13), data_bytes=7, batch=batch)
    assert outcomes(push(used(), used(origin="device"))) == ["rejected", "created"]
    assert UsageRecord.objects.get(origin="carrier").data_bytes == 7


def test_periods_that_lie_across_each_other_are_not_both_taken(push: Callable[..., Any]) -> None:
    assert outcomes(push(used(), used(period_start="2026-04-01"))) == ["created", "rejected"]


@pytest.mark.parametrize("body", ['{"usage": [', "[]", '{"usage": {}}', '{"usage": ["\\u0000"]}'])
def test_a_broken_body_is_refused(push: Callable[..., Any], body: str) -> None:
    assert push(body=body, status=400)["errors"]


def test_as_many_queries_for_many_records_as_for_one(push: Callable[..., Any]) -> None:
    push(used())
    with CaptureQueriesContext(connection) as one:
        push(used(msisdn="+447700920000"))
    with CaptureQueriesContext(connection) as many:
        push(*(used(msisdn=f"+44770091{n:04}") for n in range(300)))
    assert len(many) == len(one)
