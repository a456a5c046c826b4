"""What counts as a contradiction, kind by kind: which rows, since when, whose job it is, what mends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Lower, TruncDate
from django.utils import timezone

from fleet.models import (
    Device,
    Line,
    LinePairing,
    MdmSource,
    Organisation,
    SourceRecord,
    StaffMember,
    UsageRecord,
)
from fleet.services.usage.unused import unused_for, with_last_use
from fleet.vocabulary import DiscrepancyKind, Enrolment, LifeCycle, Ownership, UsageOrigin

SILENT = dt.timedelta(days=30)
UNUSED_MONTHS = 3
MOST_PENCE = 2**31 - 1
# What each finding's query gives, in this order.
COLUMNS = (
    "subject",
    "device_id",
    "line_id",
    "person_id",
    "other_person_id",
    "site_id",
    "since",
    "pence_at_stake",
)
FOUND = (
    *("subject", "found_device", "found_line", "found_person", "found_other", "found_site"),
    *("since", "pence_at_stake"),
)
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`rule` says exactly when a row counts. `records` are those that disagree. `owner` mends it by `action`,
    on the page of the device or line that `url_name` names."""

    key: DiscrepancyKind
    rule: str
    records: str
    owner: str
    action: str
    url_name: str
    find: Callable[[Organisation], Rows]


def _told(devices: Any, *, since: Any = None, other: Any = None, may_be_lost: bool = True) -> Rows:
    """Devices as rows of `COLUMNS`; what is at stake of one that may be lost is the price of its model."""
    nobody = Cast(Value(None), BigIntegerField())
    rows: Rows = (
        devices.order_by()
        .annotate(
            subject=Concat(Value("device:"), Cast("pk", CharField())),
            found_device=F("pk"),
            found_line=nobody,
            found_person=F("holder"),
            found_other=other or nobody,
            found_site=Coalesce("site", "holder__site"),
            since=since or Cast(Value(None), DateField()),
            pence_at_stake=F("model__price_pence") if may_be_lost else Cast(Value(None), IntegerField()),
        )
        .values_list(*FOUND)
    )
    return rows


def _devices(organisation: Organisation) -> Any:
    return Device.objects.filter(organisation=organisation)


def _leavers(organisation: Organisation) -> Rows:
    held = _devices(organisation).on_the_books().filter(holder__leaves_on__lt=timezone.localdate())
    return _told(held, since=F("holder__leaves_on"))


def _closed(organisation: Organisation) -> Rows:
    left = _devices(organisation).on_the_books().filter(site__closes_on__lte=timezone.localdate())
    return _told(left, since=F("site__closes_on"))


def _unknown_to_mdm(organisation: Organisation) -> Rows:
    """Where no MDM pushes at all, nothing can be unknown to it."""
    pushes = MdmSource.objects.filter(organisation=organisation, deliveries__isnull=False)
    reported = SourceRecord.objects.filter(device=OuterRef("pk"))
    unseen = _devices(organisation).in_use().filter(Exists(pushes), ~Exists(reported))
    return _told(unseen, since=TruncDate("issued_at"))


def _silent(organisation: Organisation) -> Rows:
    reported = SourceRecord.objects.filter(device=OuterRef("pk"))
    silent = _devices(organisation).in_use().silent_since(timezone.now() - SILENT)
    return _told(silent.filter(Exists(reported)), since=TruncDate("heartbeat__last_seen_at"))


def _not_issued(organisation: Organisation) -> Rows:
    named = ~Q(user_upn="") | ~Q(user_email="")
    stock = _devices(organisation).filter(life_cycle=LifeCycle.IN_STOCK, enrolment=Enrolment.ENROLLED)
    used = stock.filter(named).seen_since(timezone.now() - SILENT)
    return _told(used, since=TruncDate("enrolled_at"))


def _other_user(organisation: Organisation) -> Rows:
    """The UPN decides, then the e-mail address; of two people with one address the first."""
    people = StaffMember.objects.filter(organisation=organisation).order_by()
    by_upn = people.exclude(upn="").alias(key=Lower("upn")).filter(key=Lower(OuterRef("user_upn")))
    by_email = people.exclude(email="").alias(key=Lower("email")).filter(key=Lower(OuterRef("user_email")))
    user = Coalesce(_first(by_upn), _first(by_email))
    used = _devices(organisation).in_use().filter(holder__isnull=False).annotate(user=user)
    return _told(
        used.exclude(user=F("holder")).filter(user__isnull=False), other=F("user"), may_be_lost=False
    )


def _first(people: Any) -> Subquery:
    # MIN instead of an order, so that the row is found by the index of its expression.
    return Subquery(people.values("organisation").annotate(first=Min("pk")).values("first"))


def _duplicates(organisation: Organisation) -> Rows:
    books = _devices(organisation).on_the_books().order_by()
    shared = Q()
    for name in ("reported_asset_tag", "wifi_mac"):
        counted = books.exclude(**{name: ""}).values(name).annotate(n=Count("pk"))
        shared |= Q(**{f"{name}__in": counted.filter(n__gt=1).values(name)})
    return _told(books.filter(shared))


def _personal(organisation: Organisation) -> Rows:
    owned = _devices(organisation).filter(ownership=Ownership.PERSONAL, enrolment=Enrolment.ENROLLED)
    return _told(owned.on_the_books(), since=TruncDate("enrolled_at"), may_be_lost=False)


def _unsupported(organisation: Organisation) -> Rows:
    old = _devices(organisation).in_use().filter(model__supported_until__lt=timezone.localdate())
    return _told(old, since=F("model__supported_until"), may_be_lost=False)


def _told_of_lines(lines: Any, *, since: Any) -> Rows:
    """Lines as rows of `COLUMNS`; at stake is the newest period's charge, or else the rental of a month."""
    nobody = Cast(Value(None), BigIntegerField())
    # A credit puts nothing at stake; the column holds no more than that.
    billed = UsageRecord.objects.filter(
        line=OuterRef("pk"), origin=UsageOrigin.CARRIER, charge_pence__range=(0, MOST_PENCE)
    )
    charge = Subquery(billed.order_by("-period_start").values("charge_pence")[:1])
    rows: Rows = (
        lines.order_by()
        .annotate(
            subject=Concat(Value("line:"), Cast("pk", CharField())),
            found_device=nobody,
            found_line=F("pk"),
            found_person=F("holder"),
            found_other=nobody,
            found_site=Coalesce("holder__site", "sim__device__site", "sim__device__holder__site"),
            since=since,
            pence_at_stake=Coalesce(
                Cast(charge, IntegerField()),
                "tariff__rental_pence",
                output_field=IntegerField(),
            ),
        )
        .values_list(*FOUND)
    )
    return rows


def _lines(organisation: Organisation) -> Any:
    return Line.objects.filter(organisation=organisation).open()


def _ghosts(organisation: Organisation) -> Rows:
    """Of a SIM that was in a device before, the pairings say so: it has been seen."""
    billed = UsageRecord.objects.filter(line=OuterRef("pk"), origin=UsageOrigin.CARRIER)
    seen = LinePairing.objects.filter(line=OuterRef("pk"), sim__pairings__isnull=False)
    never = _lines(organisation).filter(Exists(billed), ~Exists(seen)).exclude(sim__device__isnull=False)
    return _told_of_lines(never, since=F("starts_on"))


def _unassigned(organisation: Organisation) -> Rows:
    idle = Line.objects.filter(organisation=organisation).unassigned()
    return _told_of_lines(idle, since=F("starts_on"))


def _lines_of_leavers(organisation: Organisation) -> Rows:
    left = _lines(organisation).filter(holder__leaves_on__lt=timezone.localdate())
    return _told_of_lines(left, since=F("holder__leaves_on"))


def _unused(organisation: Organisation) -> Rows:
    """What is kept for a reason, such as a safety phone, is no waste."""
    idle = unused_for(_lines(organisation).filter(justification=""), UNUSED_MONTHS)
    return _told_of_lines(with_last_use(idle), since=F("last_used_on"))


_KINDS = (
    Kind(
        DiscrepancyKind.LEAVER,
        "A device on the books whose holder's last day is past.",
        "register and staff list",
        "Stock keeper",
        "Take it back",
        "fleet:device-custody",
        _leavers,
    ),
    Kind(
        DiscrepancyKind.CLOSED_SITE,
        "A device on the books at a site that is shut.",
        "register and sites",
        "Stock keeper",
        "Record where it went",
        "fleet:device-custody",
        _closed,
    ),
    Kind(
        DiscrepancyKind.UNKNOWN_TO_MDM,
        "A device issued or on loan that no MDM source has ever reported, while one pushes.",
        "register and MDM",
        "MDM administrator",
        "Correct its identifiers, or enrol it",
        "fleet:device-edit",
        _unknown_to_mdm,
    ),
    Kind(
        DiscrepancyKind.SILENT,
        "A device issued or on loan that an MDM reported, and that was not seen for 30 days.",
        "register and MDM",
        "Engineer",
        "Record that it is lost, or take it back",
        "fleet:device-custody",
        _silent,
    ),
    Kind(
        DiscrepancyKind.NOT_ISSUED,
        "A device in stock that an MDM saw enrolled with a user within 30 days.",
        "register and MDM",
        "Stock keeper",
        "Issue it to whoever has it",
        "fleet:device-custody",
        _not_issued,
    ),
    Kind(
        DiscrepancyKind.OTHER_USER,
        "A device in use whose user, as the MDM names them, is another member of staff than its holder.",
        "register, MDM and staff list",
        "Engineer",
        "Hand it over to its user",
        "fleet:device-custody",
        _other_user,
    ),
    Kind(
        DiscrepancyKind.DUPLICATE,
        "Devices on the books that report the same asset tag, or the same Wi-Fi address.",
        "MDM with itself",
        "MDM administrator",
        "Retire the one that is gone",
        "fleet:device-custody",
        _duplicates,
    ),
    Kind(
        DiscrepancyKind.PERSONAL,
        "A device that an MDM reports as personal and enrolled.",
        "register and MDM",
        "MDM administrator",
        "Unenrol it, or record whose it is",
        "fleet:device-edit",
        _personal,
    ),
    Kind(
        DiscrepancyKind.UNSUPPORTED,
        "A device issued or on loan whose model's support has ended.",
        "register and models",
        "IT manager",
        "Plan its replacement",
        "fleet:device-detail",
        _unsupported,
    ),
    Kind(
        DiscrepancyKind.GHOST,
        "An open line that a carrier bills, whose SIM no MDM has ever seen in a device.",
        "carrier bill and MDM",
        "Pilot coordinator",
        "Find its SIM, or end the line",
        "fleet:line-detail",
        _ghosts,
    ),
    Kind(
        DiscrepancyKind.UNASSIGNED,
        "An open line that nobody holds and that is in no device.",
        "carrier bill and register",
        "Pilot coordinator",
        "Hand it over, or end it",
        "fleet:line-hand-over",
        _unassigned,
    ),
    Kind(
        DiscrepancyKind.LINE_OF_LEAVER,
        "An open line whose holder's last day is past.",
        "carrier bill and staff list",
        "Pilot coordinator",
        "Hand it over, or end it",
        "fleet:line-hand-over",
        _lines_of_leavers,
    ),
    Kind(
        DiscrepancyKind.UNUSED,
        f"An open line without use in the last {UNUSED_MONTHS} billed months, kept for no stated reason.",
        "carrier bill with itself",
        "Pilot coordinator",
        "Say why it is kept, or end it",
        "fleet:line-edit",
        _unused,
    ),
)
KINDS: dict[str, Kind] = {kind.key.value: kind for kind in _KINDS}
