"""A line for each kind of contradiction, and how the whole moved."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from fleet.models import User
from fleet.services.reconciliation.overview import Line, Worth, compared_at, days, overview, worth
from fleet.tasks import reconcile_soon
from fleet.vocabulary import Stake
from fleet.web import text
from fleet.web.charts import Figure, Plot, Series, area
from fleet.web.parts import Stat
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table

MAY_SEE = ("devices.view", "lines.view")


# What is at stake, in a few words; what a number of these is worth, on a card.
STAKES = {
    Stake.DEVICE: ("", "device that may be lost", "devices that may be lost"),
    Stake.MONTH: (" a month", "line", "lines"),
}
HIDDEN = {
    "devices.view": "Devices are left out: your role does not show them.",
    "lines.view": "Phone lines are left out: your role does not show them.",
}


def open_url(**filters: str) -> str:
    return f"{reverse('fleet:discrepancy-list')}?{urlencode({'state': 'open', **filters})}"


def _change(line: Line) -> str:
    """How many more or fewer there are than 30 days ago."""
    if line.before is None:
        return "Not compared then"
    return f"{line.open - line.before:+,}".replace("-", "−") if line.open != line.before else "As many"


def stake_words(pence: int, stake: Stake) -> str:
    """£1,049, or £3 a month."""
    return f"{text.pounds(pence)}{STAKES[stake][0]}"


def _stake_of(line: Line) -> str:
    """What the open ones are worth, and of how many that is known."""
    if line.open and not line.priced:
        return "Not known"
    known = f" ({line.priced:,} of {line.open:,} priced)" if line.priced < line.open else ""
    return stake_words(line.pence_at_stake, line.kind.stake) + known


OVERVIEW = (
    Column(key="kind", title="Contradiction", value="label", link=lambda line: open_url(kind=line.kind.key)),
    Column(key="rule", title="What counts", value="kind.rule"),
    Column(key="records", title="Between", value="kind.records"),
    Column(key="open", title="Open", is_numeric=True),
    Column(key="dismissed", title="Dismissed", is_numeric=True),
    Column(key="stake", title="At stake", value=_stake_of, is_numeric=True),
    Column(key="change", title="Against 30 days ago", value=_change, is_numeric=True),
    Column(key="owner", title="Whose job", value="kind.owner"),
)


class Overview(View):
    """A line a kind, and how the whole moved over 90 days."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = signed_in(request)
        if not user.access.may_any(MAY_SEE):
            raise Http404
        lines = overview(user)
        context = {
            "heading": "Reconciliation",
            "cards": _cards(lines, worth(user)),
            "table": Table(columns=OVERVIEW, rows=lines, caption="Contradictions by kind"),
            "figure": _figure(user),
            "compared_at": compared_at(user),
            "may_compare": bool(user.access.whole_organisation_ids("devices.change")),
            "all_url": open_url(),
            "hidden": [words for permission, words in HIDDEN.items() if not user.access.may(permission)],
        }
        return render(request, "fleet/reconciliation.html", context)


def _cards(lines: list[Line], worths: list[Worth]) -> list[Stat]:
    total = sum(line.open for line in lines)
    most = max(lines, key=lambda line: line.open)
    cards = [Stat(text.number(total), "open discrepancies", open_url(), "warning" if total else "good")]
    for one in worths:
        of = [line for line in lines if line.kind.stake == one.stake]
        if of:
            cards.append(_worth(one, is_any=any(line.open for line in of)))
    if most.open:
        label = most.label[:1].lower() + most.label[1:]
        cards.append(Stat(text.number(most.open), f"most: {label}", open_url(kind=most.kind.key)))
    return cards


def _worth(one: Worth, *, is_any: bool) -> Stat:
    """Where nothing that is open has a price, what it is worth is not known."""
    _, *nouns = STAKES[one.stake]
    value = stake_words(one.pence, one.stake) if one.counted or not is_any else "Not known"
    label = f"at stake in {text.counted(one.counted, *nouns) if one.counted else nouns[1]}"
    label += ", each counted once" if one.counted > 1 else ""
    return Stat(value, label, open_url(stake=one.stake))


def _figure(user: User) -> Figure | None:
    """None before there are two days to compare."""
    found = days(user)
    if len(found) < 2:
        return None
    first, last = found[0], found[-1]
    change = last["open"] - first["open"]
    words = f"{abs(change):,} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    plot = Plot(
        title=f"{text.counted(last['open'], 'discrepancy', 'discrepancies')} open, {words} on "
        f"{text.day(first['day'])}",
        description="Discrepancies open and dismissed, by the last comparison of each day.",
        labels=[f"{row['day'].day} {row['day']:%b}" for row in found],
        series=[Series(name.capitalize(), [row[name] for row in found]) for name in ("dismissed", "open")],
        y_title="Discrepancies",
        x_title="Day",
    )
    source = f"Source: daily comparisons, as of {text.day(last['day'])}."
    return Figure(draw=area, plot=plot, source=source, points=[row["day"] for row in found])


class Compare(View):
    """Compares now, by a worker, instead of tonight."""

    def post(self, request: HttpRequest) -> HttpResponse:
        where = signed_in(request).access.whole_organisation_ids("devices.change")
        if not where:
            raise Http404
        for organisation_id in sorted(where):
            transaction.on_commit(partial(reconcile_soon, organisation_id))
        messages.success(request, "The records are being compared. Load this page again in a moment.")
        return redirect("fleet:reconciliation")
