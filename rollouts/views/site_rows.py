"""A tranche site by site: its outstanding people by readiness, and what the site checks say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q

from fleet.models import User
from fleet.web.tables import Column
from rollouts.models import Tranche, TranchePerson
from rollouts.views.frame import tranche_url
from rollouts.vocabulary import OUTSTANDING_STATES, Readiness

NO_SITE = "No site known"
STATES = (Readiness.READY, Readiness.AT_RISK, Readiness.UNKNOWN, Readiness.BLOCKED)


@dataclass(frozen=True, slots=True)
class SiteRow:
    name: str
    url: str
    people: int
    ready: int
    at_risk: int
    unknown: int
    blocked: int
    findings: Sequence[str]

    @property
    def reasons(self) -> str:
        return "; ".join(self.findings)


COLUMNS = (
    Column(key="name", title="Site", link=lambda row: row.url),
    Column(key="people", title="People waiting", is_numeric=True),
    *(Column(key=state, title=state.label, is_numeric=True) for state in STATES),
    Column(key="reasons", title="The site itself", empty="–"),
)


def site_rows(tranche: Tranche, user: User) -> list[SiteRow]:
    """Over those whom `user` may see, the most blocked first.

    People who are handed over do not count: nothing keeps them from going.
    """
    counts = {state: Count("pk", filter=Q(readiness__state=state)) for state in STATES}
    visible = TranchePerson.objects.visible_to(user).filter(tranche=tranche)
    waiting = visible.found(*Readiness).order_by()
    groups: Any = waiting.values("staff_member__site", "staff_member__site__name").annotate(
        people=Count("pk"), **counts
    )
    reasons, people_url = _reasons(tranche), tranche_url("tranche-people", tranche)
    rows = [
        SiteRow(
            name=group["staff_member__site__name"] or NO_SITE,
            url=_url(people_url, group["staff_member__site"]),
            findings=reasons[group["staff_member__site"]],
            **{name: group[name] for name in ("people", *STATES)},
        )
        for group in groups
    ]
    return sorted(rows, key=lambda row: (-row.blocked, -row.unknown, row.name))


def _url(people_url: str, site_id: int | None) -> str:
    """The very people whom the row counts."""
    asked = {"site": site_id, "state": OUTSTANDING_STATES}
    return f"{people_url}?{urlencode(asked, doseq=True)}" if site_id else ""


def _reasons(tranche: Tranche) -> defaultdict[int | None, list[str]]:
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    for finding in tranche.scope_findings.filter(site__isnull=False, is_waived=False).order_by("check_key"):
        found[finding.site_id].append(finding.reason)
    return found
