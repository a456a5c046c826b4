"""Compares, once a day and whenever somebody asks: a fixed number of statements, however many rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.utils import timezone

from fleet.models import Discrepancy, Organisation
from fleet.services.reconciliation.kinds import COLUMNS, KINDS, Rows

# Composed of our own constants and of what the ORM compiles; values are always parameters.
_KEEP = f"""
    INSERT INTO fleet_discrepancy AS known
        (organisation_id, kind, first_found_at, last_found_at, {", ".join(COLUMNS)})
    SELECT %s, %s, %s, %s, found.* FROM ({{rows}}) AS found ({", ".join(COLUMNS)})
    ON CONFLICT (organisation_id, kind, subject) DO UPDATE SET last_found_at = excluded.last_found_at,
        {", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])}
"""  # noqa: S608
_FORGET_DAY = """
    DELETE FROM fleet_discrepancycount WHERE organisation_id = %(organisation)s AND day = %(day)s
"""
_COUNT = """
    INSERT INTO fleet_discrepancycount (organisation_id, day, kind, site_id, found, dismissed, pence_at_stake)
    SELECT d.organisation_id, %(day)s, d.kind, d.site_id, count(*), count(s.id),
        coalesce(sum(d.pence_at_stake), 0)
    FROM fleet_discrepancy d LEFT JOIN fleet_dismissal s ON s.organisation_id = d.organisation_id
        AND s.kind = d.kind AND s.subject = d.subject AND s.withdrawn_at IS NULL AND s.until >= %(day)s
    WHERE d.organisation_id = %(organisation)s GROUP BY d.organisation_id, d.kind, d.site_id
"""


def reconcile_all() -> None:
    """Every organisation, each in a transaction of its own."""
    for organisation in Organisation.objects.order_by("pk"):
        reconcile(organisation=organisation)


@transaction.atomic
def reconcile(*, organisation: Organisation) -> dict[str, int]:
    """Find what contradicts now, forget what no longer does, and count the day; kind → how many."""
    now, day = timezone.now(), timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fleet.reconcile'), %s)", [organisation.pk])
    found = {key: _keep(organisation, key, kind.find(organisation), now) for key, kind in KINDS.items()}
    Discrepancy.objects.filter(organisation=organisation, last_found_at__lt=now).delete()
    with connection.cursor() as cursor:
        for statement in (_FORGET_DAY, _COUNT):
            cursor.execute(statement, {"organisation": organisation.pk, "day": day})
    return found


def _keep(organisation: Organisation, kind: str, rows: Rows, now: dt.datetime) -> int:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # nothing can match, which the ORM knows without asking
        return 0
    values: list[Any] = [organisation.pk, kind, now, now, *params]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP.format(rows=sql), values)
        return int(cursor.rowcount)
