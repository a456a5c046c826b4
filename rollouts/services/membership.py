"""Who is in a tranche: whoever matches its criteria, until it is locked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from fleet.models import StaffMember, User
from rollouts.models import Tranche, TranchePerson
from rollouts.services.spread import spread_handovers
from rollouts.services.staleness import mark_dirty
from rollouts.services.transitions import note, require
from rollouts.sql import run
from rollouts.vocabulary import DYNAMIC_STATES, PersonState


@dataclass(frozen=True, slots=True)
class Criteria:
    """What chooses people: any of each list, all of the lists that are not empty. All empty: nobody."""

    organisation_id: int
    site_ids: frozenset[int] = frozenset()
    job_roles: frozenset[str] = frozenset()
    work_styles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, tranche: Tranche) -> Criteria:
        return cls(
            organisation_id=tranche.programme.organisation_id,
            site_ids=frozenset(tranche.sites.values_list("pk", flat=True)),
            job_roles=frozenset(tranche.job_roles),
            work_styles=frozenset(tranche.work_styles),
            groups=frozenset(tranche.groups),
        )

    def staff(self) -> QuerySet[StaffMember]:
        """Those who match and have not left yet."""
        lists: dict[str, Iterable[int | str]] = {
            "site__in": self.site_ids,
            "job_role__in": self.job_roles,
            "work_style__in": self.work_styles,
            "group__in": self.groups,
        }
        chosen = {lookup: sorted(values) for lookup, values in lists.items() if values}
        if not chosen:
            return StaffMember.objects.none()
        still_here = Q(leaves_on__isnull=True) | Q(leaves_on__gte=timezone.localdate())
        return StaffMember.objects.filter(still_here, organisation=self.organisation_id, **chosen)


@dataclass(frozen=True, slots=True)
class MembershipResult:
    """How many people came in, went out, and got another entitlement or day."""

    added: int
    removed: int
    changed: int


def preview_membership(criteria: Criteria) -> int:
    """How many people the criteria choose today."""
    return criteria.staff().count()


def refresh_membership(*, tranche: Tranche) -> MembershipResult:
    """Brings a draft or planned tranche's people in line with its criteria; a locked one stays as it is.

    People who were deferred, withdrawn or allocated a device stay, whether they match or not.
    """
    if tranche.state not in DYNAMIC_STATES:
        return MembershipResult(0, 0, 0)
    matching = Criteria.of(tranche).staff()
    with transaction.atomic():
        others = _untouched(tranche).exclude(Exists(matching.filter(pk=OuterRef("staff_member"))))
        # The total would count what goes with a place too.
        removed = others.delete()[1].get(TranchePerson._meta.label, 0)
        added = _insert(tranche, matching)
        changed = _entitle(tranche)
        if added or removed:
            changed += spread_handovers(tranche)
    return MembershipResult(added, removed, changed)


def replan(*, tranche: Tranche, by: User | None) -> MembershipResult:
    """To be called after a tranche's dates or criteria were edited: its people follow."""
    require(by, tranche, "edit")
    with transaction.atomic():
        result = refresh_membership(tranche=tranche)
        spread_handovers(tranche)
        note(tranche, "edit", by=by, text=f"{result.added:,} people added, {result.removed:,} removed.")
        mark_dirty(Tranche.objects.filter(pk=tranche.pk))
    return result


def _untouched(tranche: Tranche) -> QuerySet[TranchePerson]:
    return TranchePerson.objects.filter(tranche=tranche, state=PersonState.PLANNED, device__isnull=True)


_INSERT = """
    INSERT INTO rollouts_trancheperson (tranche_id, staff_member_id, state, reason)
    SELECT %s, matching.id, 'planned', '' FROM ({matching}) AS matching ORDER BY matching.id
    ON CONFLICT (tranche_id, staff_member_id) DO NOTHING
"""


def _insert(tranche: Tranche, matching: QuerySet[StaffMember]) -> int:
    if matching.query.is_empty():
        return 0
    sql, parameters = matching.order_by().values("id").query.sql_with_params()
    return run(_INSERT.format(matching=sql), [tranche.pk, *parameters])


_ENTITLE = """
    WITH chosen AS (
        SELECT DISTINCT ON (place.id) place.id, entitlement.id AS entitlement_id
        FROM rollouts_trancheperson place
        JOIN fleet_staffmember staff ON staff.id = place.staff_member_id
        LEFT JOIN rollouts_entitlement entitlement ON entitlement.programme_id = %(programme)s
            AND (entitlement.job_roles = '{}' OR staff.job_role = ANY (entitlement.job_roles))
            AND (entitlement.work_styles = '{}' OR staff.work_style = ANY (entitlement.work_styles))
        WHERE place.tranche_id = %(tranche)s AND place.state = 'planned' AND place.device_id IS NULL
        ORDER BY place.id, entitlement.priority
    )
    UPDATE rollouts_trancheperson place SET entitlement_id = chosen.entitlement_id
    FROM chosen WHERE place.id = chosen.id AND place.entitlement_id IS DISTINCT FROM chosen.entitlement_id
"""


def _entitle(tranche: Tranche) -> int:
    return run(_ENTITLE, {"programme": tranche.programme_id, "tranche": tranche.pk})
