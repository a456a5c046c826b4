"""What a check is. Each one is SQL over `readiness_base`, the people whom a tranche still has to serve.

`rollouts.checks.gathering` makes that table, a row a person, and lists its columns. Every check's SQL
yields (person_id, site_id, verdict, reason, until), and may use the parameters %(tranche)s, %(programme)s,
%(organisation)s, %(today)s and %(network_mbps_per_head)s.
"""

# ruff: noqa: S608 (SQL is put together from constants of the check classes alone)

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from django.db import models

from rollouts.vocabulary import CheckOwner, CheckScope, Severity

NO_DATE = "NULL::date"


class Check(ABC):
    """One question asked of every person, site or tranche."""

    key: ClassVar[str]
    title: ClassVar[str]
    meaning: ClassVar[str]
    owner: ClassVar[CheckOwner]
    severity: ClassVar[Severity] = Severity.BLOCKING
    scope: ClassVar[CheckScope]
    # How many subjects it is asked of: an SQL aggregate over readiness_base.
    subjects: ClassVar[str]

    @abstractmethod
    def sql(self) -> str:
        """A SELECT of (person_id, site_id, verdict, reason, until): the subjects that do not pass."""


class PersonCheck(Check):
    """Asked of each person: SQL conditions on a row of `base`, and the sentences that say what was found."""

    scope = CheckScope.PERSON
    subjects = "count(*)"
    applies: ClassVar[str] = "true"
    unknown: ClassVar[str] = "false"
    unknown_because: ClassVar[str] = "''"
    failed: ClassVar[str] = "false"
    because: ClassVar[str] = "''"
    until: ClassVar[str] = NO_DATE

    def sql(self) -> str:
        return f"""
            SELECT base.person_id, base.site_id,
                CASE WHEN ({self.unknown}) IS TRUE THEN 'unknown' ELSE 'failed' END,
                CASE WHEN ({self.unknown}) IS TRUE THEN {self.unknown_because} ELSE {self.because} END,
                {self.until}
            FROM readiness_base base
            WHERE ({self.applies}) AND (({self.unknown}) IS TRUE OR ({self.failed}) IS TRUE)
        """


class DeviceCheck(PersonCheck):
    """Asked of those who were allocated a device; one missing device is one blocker, not six."""

    subjects = "count(*) FILTER (WHERE base.device_id IS NOT NULL)"
    applies = "base.device_id IS NOT NULL"


class FactCheck(DeviceCheck):
    """Asked of what an MDM says of the device: unknown where it says nothing, or said it too long ago."""

    missing: ClassVar[str]
    missing_because: ClassVar[str]

    # Subclasses say what is missing; that facts are old is said the same way everywhere.
    @property
    def unknown(self) -> str:  # type: ignore[override]
        return f"NOT base.has_facts OR {self.missing}"

    @property
    def unknown_because(self) -> str:  # type: ignore[override]
        return f"CASE WHEN NOT base.has_facts THEN base.no_facts_because ELSE {self.missing_because} END"


class SiteCheck(Check):
    """Asked of each site at which people wait."""

    scope = CheckScope.SITE
    subjects = "count(DISTINCT base.site_id)"


class TrancheCheck(Check):
    """Asked once of the tranche."""

    scope = CheckScope.TRANCHE
    subjects = "1"


def day(expression: str) -> str:
    """SQL that writes a date as 3 March 2026."""
    return f"to_char({expression}, 'FMDD FMMonth YYYY')"


def label(expression: str, choices: type[models.TextChoices]) -> str:
    """SQL that writes a vocabulary's word as people read it."""
    words = " ".join(f"WHEN '{value}' THEN '{text}'" for value, text in choices.choices)
    return f"CASE {expression} {words} ELSE {expression} END"
