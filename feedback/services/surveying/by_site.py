"""At which sites those who answered work, as far as that does not say who they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from feedback.models import Sheet, Survey
from feedback.vocabulary import SMALLEST_GROUP
from fleet.models import Site


@dataclass(frozen=True, slots=True)
class AtSite:
    """`site` is None for those whose site is not told, lest it says who they are."""

    site: Site | None
    answered: int


def sites_of(survey: Survey) -> list[AtSite]:
    """How many answered at each site that can be told; the others together, last.

    Sites of fewer than five sheets are not told, nor is one whose sheets would follow from the others': then
    the next smallest goes with it. Empty where one row would be all.
    """
    rows = Sheet.objects.filter(survey=survey).order_by().values_list("site").annotate(n=Count("pk"))
    counts: dict[int | None, int] = dict(rows)
    told = sorted(
        ((site, n) for site, n in counts.items() if site and n >= SMALLEST_GROUP), key=lambda pair: -pair[1]
    )
    hidden = {site: n for site, n in counts.items() if (site, n) not in told}
    while told and hidden and not _hides(hidden):
        site, n = told.pop()
        hidden[site] = n
    if len(told) + bool(hidden) < 2 or not told:
        return []
    known = Site.objects.in_bulk([site for site, _ in told if site])
    shown = [AtSite(known[site], n) for site, n in told if site in known]
    return [*shown, AtSite(None, sum(hidden.values()))] if hidden else shown


def _hides(hidden: dict[int | None, int]) -> bool:
    """Whether what is left over is so many people, of two sites or of those that are never told."""
    return sum(hidden.values()) >= SMALLEST_GROUP and (len(hidden) > 1 or None in hidden)
