"""What the checks say of one person, in words: the reason, who mends it, what a waiver would cover."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fleet.web.status import tag
from rollouts.checks import CHECKS
from rollouts.models import PersonReadiness, TranchePerson
from rollouts.vocabulary import Severity, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that a person does not pass."""

    key: str
    verdict: str
    reason: str
    until: dt.date | None
    is_waived: bool

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Finding:
        until = dt.date.fromisoformat(stored["until"]) if stored["until"] else None
        return cls(stored["check"], stored["verdict"], stored["reason"], until, stored["waived"])

    @property
    def title(self) -> str:
        return CHECKS[self.key].title

    @property
    def meaning(self) -> str:
        return CHECKS[self.key].meaning

    @property
    def owner(self) -> str:
        return CHECKS[self.key].owner.label

    @property
    def is_blocking(self) -> bool:
        return CHECKS[self.key].severity == Severity.BLOCKING

    @property
    def counts(self) -> bool:
        """Whether it keeps the person from being ready."""
        return self.is_blocking and not self.is_waived

    @property
    def tag(self) -> SafeString:
        if self.is_waived:
            return tag("waived", "Waived")
        if self.verdict == Verdict.UNKNOWN:
            return tag("unknown", "Unknown")
        return tag("blocked", "Blocks") if self.is_blocking else tag("advisory", "Advisory")


def readiness_of(place: TranchePerson) -> PersonReadiness | None:
    """None where the person is not outstanding, or nothing was computed yet."""
    return getattr(place, "readiness", None)


def findings_of(place: TranchePerson) -> list[Finding]:
    """What blocks comes first, what is waived or advisory last."""
    readiness = readiness_of(place)
    found = [Finding.read(stored) for stored in readiness.findings] if readiness else []
    known = [finding for finding in found if finding.key in CHECKS]
    return sorted(known, key=lambda finding: (not finding.counts, finding.verdict != Verdict.FAILED))


def blockers(place: TranchePerson) -> list[str]:
    """The reasons of what blocks a person or is not known, each once."""
    return list(dict.fromkeys(finding.reason for finding in findings_of(place) if finding.counts))


def blockers_in_words(place: TranchePerson) -> str:
    return "; ".join(blockers(place))


def blockers_as_list(place: TranchePerson) -> SafeString | None:
    reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in blockers(place)))
    return format_html('<ul class="govuk-list app-reasons">{}</ul>', reasons) if reasons else None
