"""Contradictions about devices: between register, MDM, sites, models and staff list."""

from __future__ import annotations

import datetime as dt
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
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Lower, TruncDate
from django.utils import timezone

from fleet.models import Device, MdmSource, Organisation, SourceRecord, StaffMember
from fleet.services.reconciliation.kinds.kind import FOUND, Kind, Rows
from fleet.vocabulary import DiscrepancyKind, Enrolment, LifeCycle, Ownership

SILENT = dt.timedelta(days=30)


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


KINDS = (
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
)
