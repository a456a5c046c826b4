"""Checks of one assessment as a page lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from fleet.web import text
from fleet.web.parts import Task
from rollouts.checks import CHECKS, Check
from rollouts.models import CheckResult
from rollouts.vocabulary import CheckScope, Severity


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its counts in one assessment, which are of its scope: people, sites or the tranche."""

    check: Check
    result: CheckResult
    people_url: str

    @property
    def title(self) -> str:
        return self.check.title

    @property
    def owner(self) -> str:
        return self.check.owner.label

    @property
    def status(self) -> tuple[str, str]:
        """(word, label) of the tag: the worst that stands against the check."""
        result = self.result
        if result.failed:
            is_blocking = result.severity == Severity.BLOCKING
            return ("blocked", "Blocking") if is_blocking else ("advisory", "Advisory")
        if result.unknown:
            return "unknown", "Unknown"
        return ("waived", "Waived") if result.waived else ("passed", "Passed")

    @property
    def url(self) -> str:
        """The people whom the check does not pass, or else those for whom it is waived."""
        return self._people("check", self.result.people_affected) or self.waived_url

    @property
    def waived_url(self) -> str:
        return self._people("waived", self.result.waived)

    def _people(self, how: str, count: int) -> str:
        """None where there are none, or the check asks about the tranche itself."""
        has_people = count and self.check.scope != CheckScope.TRANCHE
        return f"{self.people_url}?{urlencode({how: self.check.key})}" if has_people else ""

    @property
    def is_open(self) -> bool:
        """Whether it found anything, waived or not."""
        result = self.result
        return bool(result.failed or result.unknown or result.waived)

    @property
    def is_passed(self) -> bool:
        """Whether it was asked of somebody and found nothing."""
        return bool(self.result.passed) and not self.is_open

    @property
    def is_unasked(self) -> bool:
        """Whether there was nobody of whom it could be asked, such as people with a device."""
        return not self.result.passed and not self.is_open

    @property
    def people(self) -> int | str:
        return self._of_people(self.result.people_affected)

    @property
    def release(self) -> int | str:
        return self._of_people(self.result.would_release)

    def _of_people(self, count: int) -> int | str:
        """A check of the tranche holds all of it and blocks none of its people, who count as ready."""
        return "Whole tranche" if count and self.check.scope == CheckScope.TRANCHE else count

    @property
    def counts(self) -> str:
        """How many people or sites; a check of the tranche itself counts nothing."""
        if self.check.scope == CheckScope.TRANCHE:
            return ""
        result, subjects = self.result, " of sites" if self.check.scope == CheckScope.SITE else ""
        parts = [(result.failed, "failed"), (result.unknown, "unknown"), (result.waived, "waived")]
        found = ", ".join(f"{text.number(count)} {word}" for count, word in parts if count)
        return f"{found}{subjects}"

    @property
    def task(self) -> Task:
        word, label = self.status
        return Task(
            self.title,
            word,
            url=self.url,
            hint=f"{self.check.meaning} {self.owner} sees to it.",
            status_label=label,
            due=self.counts,
        )

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What blocks most comes first."""
        result = self.result
        is_harmless = result.severity != Severity.BLOCKING or not result.failed
        return is_harmless, -result.failed, -result.unknown


def check_rows(results: Iterable[CheckResult], people_url: str) -> list[CheckRow]:
    """Those of the registry, what matters most first."""
    known = [result for result in results if result.check_key in CHECKS]
    rows = [CheckRow(CHECKS[result.check_key], result, people_url) for result in known]
    return sorted(rows, key=lambda row: row.rank)


def to_fix(rows: list[CheckRow]) -> list[CheckRow]:
    """What somebody has to mend, waived or not, by who, the greatest release first."""
    found = [row for row in rows if row.is_open]
    return sorted(found, key=lambda row: (row.owner, -row.result.would_release, -row.result.people_affected))
