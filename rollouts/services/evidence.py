"""The document that a gate seals: everything that proposer and decider were shown, built from stored rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from rollouts.checks import CHECKS
from rollouts.models import Assessment, Computation, PersonReadiness, Tranche, Waiver
from rollouts.services.allocation import stock_needs
from rollouts.vocabulary import Readiness

VERSION = 2

Document = dict[str, Any]


def gather_evidence(tranche: Tranche) -> Document:
    """Today's evidence on a tranche that has been assessed; ids, counts and reasons, no names of people."""
    computation = Computation.objects.select_related("assessment").get(tranche=tranche)
    assessment = computation.assessment
    assert assessment is not None
    return {
        "version": VERSION,
        "assessed_at": computation.computed_at and computation.computed_at.isoformat(),
        "tranche": _tranche(tranche),
        "thresholds": _thresholds(tranche),
        "state": assessment.state,
        "people": _people(assessment),
        "ready_by_waiver": tranche.people.ready_by_waiver().count(),
        "checks": [_check(result) for result in assessment.results.all()],
        "sites": _sites(tranche),
        "findings": _findings(tranche),
        "waivers": [_waiver(waiver) for waiver in waivers_in_force(tranche)],
        "stock": [{**asdict(need), "short": need.short} for need in stock_needs(tranche)],
        "blocked": _blocked(tranche),
    }


def canonical(document: Document) -> bytes:
    """The document as JSON, written in one way only: keys sorted, no white space, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(document: Document) -> str:
    """SHA-256 in hex of the canonical JSON, so that anybody can check a download with sha256sum."""
    return hashlib.sha256(canonical(document)).hexdigest()


def differs(sealed: Document, current: Document) -> bool:
    """Whether anything but the moment of looking has changed."""
    return {**sealed, "assessed_at": None} != {**current, "assessed_at": None}


def blocking_failures(document: Document) -> list[str]:
    """What stands in the way of a go, a sentence a check: failures of blocking checks that nobody waived."""
    return _of_blocking(document, "failed", "fails for")


def blocking_unknowns(document: Document) -> list[str]:
    """What nobody knows well enough for a plain go, a sentence a check."""
    return _of_blocking(document, "unknown", "is not known for")


def _of_blocking(document: Document, count: str, words: str) -> list[str]:
    return [
        f"“{check['title']}” {words} {check[count]:,} "
        f"{check['scope'] if check[count] == 1 else _PLURALS[check['scope']]}"
        for check in document["checks"]
        if check["severity"] == "blocking" and check[count]
    ]


_PLURALS = {"person": "people", "site": "sites", "tranche": "tranches"}


def waivers_in_force(tranche: Tranche) -> list[Waiver]:
    """In the order in which they were granted."""
    waivers = Waiver.objects.in_force().filter(tranche=tranche).order_by("pk")
    return list(waivers.select_related("owner", "created_by", "site", "person__staff_member"))


def _tranche(tranche: Tranche) -> Document:
    return {
        "id": tranche.pk,
        "number": tranche.number,
        "name": tranche.name,
        "programme": tranche.programme.name,
        "handover_starts_on": tranche.handover_starts_on.isoformat(),
        "handover_ends_on": tranche.handover_ends_on.isoformat(),
    }


def _thresholds(tranche: Tranche) -> Document:
    programme = tranche.programme
    return {
        "double_touch_weeks": programme.double_touch_weeks,
        "seen_within_days": programme.seen_within_days,
        "facts_stale_after_days": programme.facts_stale_after_days,
        "network_mbps_per_head": str(programme.network_mbps_per_head),
        "minimum_versions": {one.platform: one.version for one in programme.minimums.all()},
    }


def _people(assessment: Assessment) -> dict[str, int]:
    names = ("people", "ready", "at_risk", "unknown", "blocked", "done")
    return {name: getattr(assessment, name) for name in names}


def _check(result: Any) -> Document:
    check = CHECKS[result.check_key]
    names = ("severity", "passed", "failed", "unknown", "waived", "people_affected", "would_release")
    return {
        "key": check.key,
        "title": check.title,
        "scope": check.scope.value,
        "owner": check.owner.value,
        **{name: getattr(result, name) for name in names},
    }


def _sites(tranche: Tranche) -> list[Document]:
    counts = {state.value: Count("pk", filter=Q(readiness__state=state)) for state in Readiness}
    place = {"site_id": F("staff_member__site"), "site_name": F("staff_member__site__name")}
    by_site: QuerySet[Any, Any] = tranche.people.outstanding().values(**place)
    rows = by_site.annotate(people=Count("pk"), **counts).order_by("site_name", "site_id")
    return [{"id": row.pop("site_id"), "name": row.pop("site_name"), **row} for row in rows]


def _findings(tranche: Tranche) -> list[Document]:
    found = tranche.scope_findings.order_by("check_key", "site")
    rows = found.values("check_key", "site", "verdict", "reason", "is_waived")
    return [
        {
            "check": row["check_key"],
            "site": row["site"],
            "verdict": row["verdict"],
            "reason": row["reason"],
            "waived": row["is_waived"],
        }
        for row in rows
    ]


def _waiver(waiver: Waiver) -> Document:
    return {
        "id": waiver.pk,
        "check": waiver.check_key,
        "person": waiver.person and waiver.person.staff_member.staff_number,
        "site": waiver.site and waiver.site.name,
        "owner": str(waiver.owner),
        "granted_by": waiver.created_by and {"id": waiver.created_by.pk, "name": str(waiver.created_by)},
        "reason": waiver.reason,
        "expires_on": waiver.expires_on.isoformat(),
    }


def _blocked(tranche: Tranche) -> list[Document]:
    held = PersonReadiness.objects.filter(person__tranche=tranche, state=Readiness.BLOCKED).order_by("person")
    return [
        {
            "person": place_id,
            "staff_number": staff_number,
            "reasons": [one["reason"] for one in findings if one["check"] in blocking],
            "checks": blocking,
        }
        for place_id, staff_number, blocking, findings in held.values_list(
            "person_id", "person__staff_member__staff_number", "blocking", "findings"
        )
    ]
