"""Whom a switch of classification schemes would block or release: readiness asked twice, and nothing kept.

The people handed over on the switch's day or later are gathered as readiness gathers them, once without
the switch and once with it, and the approval check is asked of both. All other checks know no classification,
so their stored findings hold either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.urls import reverse
from django.utils import timezone

from fleet.models import SchemeSwitch, User
from fleet.services.schemes.following import Affected, Effects, Group
from rollouts.checks.entitlements import ApprovedForClassification
from rollouts.checks.gathering import discard, gather
from rollouts.models import Tranche, TranchePerson
from rollouts.sql import Parameters, among
from rollouts.vocabulary import ASSESSED_STATES, Readiness

_CHECK = ApprovedForClassification()
_FORGET = "DROP TABLE IF EXISTS pg_temp.switch_without, pg_temp.switch_with"
# Those whom the switch can concern, with the approval check's word; a waived finding counts as none.
_KEEP = """
    CREATE TEMPORARY TABLE switch_{name} AS
    SELECT base.person_id, place.tranche_id, base.day, base.classification, found.reason,
        CASE WHEN NOT EXISTS (
            SELECT FROM rollouts_waiver waiver
            WHERE waiver.tranche_id = place.tranche_id AND waiver.check_key = %(check)s
                AND waiver.ended_at IS NULL AND waiver.expires_on >= %(today)s
                AND (waiver.person_id IS NULL OR waiver.person_id = base.person_id)
                AND (waiver.site_id IS NULL OR waiver.site_id = base.site_id)
        ) THEN found.verdict END AS verdict
    FROM readiness_base base
    JOIN rollouts_trancheperson place ON place.id = base.person_id
    LEFT JOIN ({sql}) AS found (person_id, site_id, verdict, reason, until)
        ON found.person_id = base.person_id
    WHERE base.day >= %(switches_on)s
"""
_STATE = """
    CASE WHEN {name}.verdict = 'failed' OR cardinality(array_remove(stored.blocking, %(check)s)) > 0
            THEN 'blocked'
        WHEN {name}.verdict = 'unknown' OR cardinality(array_remove(stored.unknowns, %(check)s)) > 0
            THEN 'unknown'
        WHEN cardinality(stored.advisory) > 0 THEN 'at_risk' ELSE 'ready' END
"""
_COMPARE = f"""
    WITH compared AS (
        SELECT person_id, without.day, without.classification AS before, after.classification AS after,
            {_STATE.format(name="without")} AS state_before, {_STATE.format(name="after")} AS state_after,
            coalesce(after.reason, without.reason, '') AS because
        FROM switch_without without JOIN switch_with after USING (person_id)
        LEFT JOIN rollouts_personreadiness stored USING (person_id)
    )
    SELECT * FROM compared WHERE (state_before = 'blocked') <> (state_after = 'blocked')
"""  # noqa: S608 (constants alone)
_PEOPLE = "SELECT person_id, tranche_id FROM switch_with"


def foresee(switch: SchemeSwitch, user: User) -> Effects:
    """For the tranches and people that `user` may see."""
    tranches = {
        tranche.pk: tranche
        for tranche in Tranche.objects.visible_to(user)
        .filter(programme__organisation=switch.organisation_id, state__in=ASSESSED_STATES)
        .select_related("programme")
    }
    if not tranches:
        return Effects()
    people, compared = _ask(switch, sorted(tranches))
    visible = TranchePerson.objects.visible_to(user).filter(tranche__in=tranches)
    affected = list(_affected(visible, compared, tranches))
    whole = user.access.whole_organisation_ids("rollouts.view")
    if switch.organisation_id not in whole:
        ids = set(visible.values_list("pk", flat=True))
        people = [(person, tranche) for person, tranche in people if person in ids]
    return Effects(list(_groups(people, affected, tranches)), [one for _, one in affected])


def _ask(switch: SchemeSwitch, tranche_ids: list[int]) -> tuple[list[tuple[int, int]], dict[int, Any]]:
    """(person, tranche) of everybody concerned, and a row by person for those blocked or released."""
    parameters: dict[str, Any] = {
        "tranches": tranche_ids,
        "organisation": switch.organisation_id,
        "now": timezone.now(),
        "today": timezone.localdate(),
        "switches_on": switch.switches_on,
        "check": _CHECK.key,
    }
    with connection.cursor() as cursor:
        try:
            cursor.execute(_FORGET)
            _keep(cursor, "without", parameters | {"switch": None})
            _keep(cursor, "with", parameters | {"switch": switch.pk})
            cursor.execute(_PEOPLE)
            people = cursor.fetchall()
            cursor.execute(_COMPARE, parameters)
            names = [column.name for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            if not connection.needs_rollback:
                discard(cursor)
                cursor.execute(_FORGET)
    return people, {row["person_id"]: row for row in rows}


def _keep(cursor: CursorWrapper, name: str, parameters: Parameters) -> None:
    gather(cursor, parameters)
    cursor.execute(_KEEP.format(name=name, sql=_CHECK.sql()), parameters)


def _affected(
    visible: Any, compared: dict[int, Any], tranches: dict[int, Tranche]
) -> Iterator[tuple[int, Affected]]:
    places = visible.filter(pk__in=among(compared)).select_related("staff_member")
    for place in places.order_by("tranche__programme", "tranche__number", "staff_member__name", "pk"):
        row = compared[place.pk]
        yield (
            place.tranche_id,
            Affected(
                group=_title(tranches[place.tranche_id]),
                name=place.staff_member.name,
                url=reverse("rollouts:place-detail", args=[place.pk]),
                day=row["day"],
                before=row["before"] or "",
                after=row["after"] or "",
                state_before=row["state_before"],
                state_after=row["state_after"],
                because=row["because"],
            ),
        )


def _groups(
    people: Sequence[tuple[int, int]],
    affected: Sequence[tuple[int, Affected]],
    tranches: dict[int, Tranche],
) -> Iterator[Group]:
    concerned = Counter(tranche for _, tranche in people)
    blocked = Counter(tranche for tranche, one in affected if one.state_after == Readiness.BLOCKED)
    changed = Counter(tranche for tranche, _ in affected)
    for pk, tranche in sorted(tranches.items(), key=lambda item: (item[1].programme_id, item[1].number)):
        if concerned[pk]:
            yield Group(
                title=_title(tranche),
                url=reverse("rollouts:tranche-people", args=[pk]),
                people=concerned[pk],
                blocked=blocked[pk],
                released=changed[pk] - blocked[pk],
            )


def _title(tranche: Tranche) -> str:
    return f"{tranche.programme}: {tranche}"
