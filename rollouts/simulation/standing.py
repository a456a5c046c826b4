"""Where a tranche stands, before and after its devices were mended."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

from rollouts.checks import CHECKS
from rollouts.models import Assessment, CheckResult, Computation
from rollouts.vocabulary import Readiness

_POLL_SECONDS = 0.2


def assessment_of(tranche_id: int) -> Assessment | None:
    """The counts that stand now; None where nobody has assessed the tranche."""
    found = Computation.objects.select_related("assessment").filter(pk=tranche_id).first()
    return found.assessment if found else None


def recomputed(tranche_id: int, *, since: dt.datetime, seconds: float) -> bool:
    """Waits until workers have looked at the facts of `since`; whether they did within so many seconds."""
    end = time.monotonic() + seconds
    fresh = Computation.objects.filter(
        pk=tranche_id, computed_at__gte=since, dirty_at__isnull=True, claimed_until__isnull=True
    )
    while not fresh.exists():
        if time.monotonic() >= end:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def lines_of(before: Assessment, after: Assessment) -> Iterator[str]:
    """A table of people by state, and what still stands in their way."""
    yield f"\n{'People':<10}{'before':>9}{'after':>9}"
    for state in reversed(Readiness):
        yield f"{state.label:<10}{getattr(before, state.value):>9,}{getattr(after, state.value):>9,}"
    yield ""
    for result in after.results.order_by("-people_affected", "pk"):
        if result.failed or result.unknown:
            yield _remaining(result)


def _remaining(result: CheckResult) -> str:
    check = CHECKS[result.check_key]
    return f"{result.people_affected:>6,} held up by: {check.title} ({check.owner.label})"
