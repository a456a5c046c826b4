"""One assessment of a whole tranche, in SQL: as many queries for one person as for thousands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from fleet.models import SchemeSwitch
from rollouts.checks import CHECKS, Check
from rollouts.checks.gathering import discard, gather
from rollouts.models import Assessment, CheckResult, Computation, Tranche
from rollouts.services.counting import Counts, count
from rollouts.services.verdicts import store_verdicts
from rollouts.sql import Parameters

# Gathering, each check, storing.
STEPS = len(CHECKS) + 2

_RUN = """
    INSERT INTO readiness_findings
        (position, check_key, severity, scope, person_id, site_id, verdict, reason, until)
    SELECT %(position)s, %(check)s, %(severity)s, %(scope)s, found.*
    FROM ({sql}) AS found (person_id, site_id, verdict, reason, until)
"""


def assess(tranche: Tranche, *, at: dt.datetime, step: Callable[[], None] = lambda: None) -> Assessment:
    """Asks every check of the tranche as of `at` and stores the answers; `step` is called `STEPS` times.

    The caller holds the tranche's lease. Findings are gathered outside a transaction, so that progress can
    be seen, and stored inside one. Gives the assessment whose counts hold now, which may be an earlier one.
    """
    parameters = _parameters(tranche, at)
    with connection.cursor() as cursor:
        try:
            gather(cursor, parameters)
            step()
            for position, check in enumerate(CHECKS.values()):
                _run(cursor, position, check, parameters)
                step()
            with transaction.atomic():
                store_verdicts(cursor, parameters)
                assessment = _store_counts(tranche, count(cursor, tranche), at)
            step()
        finally:
            if not connection.needs_rollback:
                discard(cursor)
    return assessment


def _parameters(tranche: Tranche, at: dt.datetime) -> Parameters:
    programme = tranche.programme
    return {
        "tranche": tranche.pk,
        "tranches": [tranche.pk],
        "switch": scheduled_switch(programme.organisation_id),
        "programme": programme.pk,
        "organisation": programme.organisation_id,
        "now": at,
        "today": timezone.localdate(at),
        "network_mbps_per_head": programme.network_mbps_per_head,
    }


def scheduled_switch(organisation_id: int) -> int | None:
    """The switch of classification schemes that is to come."""
    switches = SchemeSwitch.objects.scheduled().filter(organisation=organisation_id)
    return switches.values_list("pk", flat=True).first()


def _run(cursor: CursorWrapper, position: int, check: Check, parameters: Parameters) -> None:
    about: Parameters = {
        "position": position,
        "check": check.key,
        "severity": check.severity,
        "scope": check.scope,
    }
    cursor.execute(_RUN.format(sql=check.sql()), {**parameters, **about})


def _store_counts(tranche: Tranche, counts: Counts, at: dt.datetime) -> Assessment:
    """A new assessment where a count changed or a new day began, so that the trend stays small."""
    computation, _ = Computation.objects.select_related("assessment").get_or_create(tranche=tranche)
    latest = computation.assessment
    is_same_day = latest is not None and timezone.localdate(latest.computed_at) == timezone.localdate(at)
    if latest is None or not is_same_day or not counts.equal(latest):
        latest = Assessment.objects.create(tranche=tranche, computed_at=at, **counts.totals)
        CheckResult.objects.bulk_create(
            [CheckResult(assessment=latest, **one.fields()) for one in counts.checks]
        )
    Computation.objects.filter(pk=tranche.pk).update(assessment=latest, computed_at=at)
    return latest
