"""Counts the devices in use, once a day and whenever somebody asks: a fixed number of statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, CharField, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils import timezone

from fleet.models import DayCount, Device, MeasuredDay, Organisation
from fleet.models.devices import IN_USE, DeviceQuerySet
from fleet.services.estate.bands import age_band, born, seen_band
from fleet.services.estate.products import match

NO_MODEL = "Not known"

# Composed of our own constants and of what the ORM compiles; values are always parameters.
_COUNT = """
    INSERT INTO fleet_daycount
        (organisation_id, day, measure, "group", version, version_key, site_id, count)
    SELECT %s, %s, counted.measure, counted.value, counted.version, min(counted.key), found.site, count(*)
    FROM ({rows}) AS found (site, platform, os_version, os_key, model, age, compliance, encryption,
        enrolment, seen)
    CROSS JOIN LATERAL (VALUES
        ('os', found.platform, found.os_version, found.os_key),
        ('model', found.model, '', '{{}}'::bigint[]),
        ('age', found.age, '', '{{}}'),
        ('compliance', found.compliance, '', '{{}}'),
        ('encryption', found.encryption, '', '{{}}'),
        ('enrolment', found.enrolment, '', '{{}}'),
        ('seen', found.seen, '', '{{}}')
    ) AS counted (measure, value, version, key)
    GROUP BY found.site, counted.measure, counted.value, counted.version
"""
_COUNT_PRODUCTS = """
    INSERT INTO fleet_daycount
        (organisation_id, day, measure, "group", version, version_key, site_id, count)
    SELECT d.organisation_id, %s, 'product', p.product, p.version, min(p.version_key), d.site_id, count(*)
    FROM fleet_deviceproduct p JOIN fleet_device d ON d.id = p.device_id
    WHERE d.organisation_id = %s AND d.life_cycle = ANY(%s)
    GROUP BY d.organisation_id, p.product, p.version, d.site_id
"""


def measure_all() -> None:
    """Every organisation, each in a transaction of its own."""
    for organisation in Organisation.objects.order_by("pk"):
        measure(organisation=organisation)


@transaction.atomic
def measure(*, organisation: Organisation) -> int:
    """Count today (Europe/London) anew; how many rows that takes.

    Days since the last measurement are kept as missed: what was true then is never made up.
    """
    now, today = timezone.now(), timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fleet.measure'), %s)", [organisation.pk])
    _remember_missed(organisation, today)
    MeasuredDay.objects.update_or_create(organisation=organisation, day=today, defaults={"measured_at": now})
    DayCount.objects.filter(organisation=organisation, day=today).delete()
    match(organisation=organisation)
    sql, params = _devices(organisation).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=sql), [organisation.pk, today, *params])
        counted = int(cursor.rowcount)
        cursor.execute(_COUNT_PRODUCTS, [today, organisation.pk, [one.value for one in IN_USE]])
        return counted + int(cursor.rowcount)


def _remember_missed(organisation: Organisation, today: dt.date) -> None:
    last = MeasuredDay.objects.filter(organisation=organisation, day__lt=today).aggregate(day=Max("day"))
    if last["day"] is None:
        return
    missed = [last["day"] + dt.timedelta(days=n) for n in range(1, (today - last["day"]).days)]
    MeasuredDay.objects.bulk_create(
        [MeasuredDay(organisation=organisation, day=day) for day in missed], ignore_conflicts=True
    )


MEASURED = ("model", "age", "compliance", "encryption", "enrolment", "seen")


def _devices(organisation: Organisation) -> QuerySet[Device, tuple[object, ...]]:
    devices = described(Device.objects.filter(organisation=organisation))
    measured = [f"measured_{name}" for name in MEASURED]
    return devices.values_list("site", "platform", "os_version", "os_key", *measured)


def described(devices: DeviceQuerySet) -> DeviceQuerySet:
    """Those in use, each with its group in every measure without versions: `measured_model` and so on."""
    name = Concat("model__manufacturer", Value(" "), "model__name")
    reported = NullIf(Coalesce(NullIf("reported_model", Value("")), "reported_model_id"), Value(""))
    described: DeviceQuerySet = (
        devices.in_use()
        .order_by()
        .alias(born=born())
        .annotate(
            measured_model=_either((Q(model__isnull=False), name), Coalesce(reported, Value(NO_MODEL))),
            measured_age=age_band(),
            measured_compliance=F("compliance"),
            measured_encryption=_either(
                (Q(encrypted=True), Value("true")), (Q(encrypted=False), Value("false")), Value("unknown")
            ),
            measured_enrolment=F("enrolment"),
            measured_seen=seen_band(),
        )
    )
    return described


def _either(*rules: Any) -> Case:
    """The value of the first rule that holds; the last is the value where none does."""
    *cases, otherwise = rules
    whens = [When(rule, then=value) for rule, value in cases]
    return Case(*whens, default=otherwise, output_field=CharField())
