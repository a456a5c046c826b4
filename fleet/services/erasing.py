"""What fleet erases of a person, kind by kind: the register, its change log, and copies of what MDMs sent."""

from __future__ import annotations

import json
import zlib
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Lower

from fleet.errors import Conflict
from fleet.models import (
    CustodyEvent,
    Delivery,
    Device,
    IdentityConflict,
    Import,
    ImportLine,
    SourceRecord,
    StaffMember,
    TrainingRecord,
)
from fleet.models.imports import FORGOTTEN
from fleet.services.erasure import Eraser, Subject
from fleet.services.sealing import Unreadable, unseal_bytes
from fleet.vocabulary import DeliveryStatus, ImportStatus

NOTHING = "erased"
OPEN_FILES = (ImportStatus.CHECKING, ImportStatus.NAMING, ImportStatus.CHECKED, ImportStatus.APPLYING)
NOBODY = Q(pk__in=[])
# What MDM records say of a device's user.
FACTS = ("user_name", "user_upn", "user_email")


def events_of(model: Any) -> Any:
    return model._meta.get_field("changes").related_model


def append_only_of(*models: Any) -> tuple[str, ...]:
    """The triggers that protect the change logs of these models."""
    return tuple(f"{events_of(model)._meta.label}:append_only" for model in models)


def erase_events(model: Any, rows: Q, **values: Any) -> int:
    """Give the events of some rows these values. Returns how many."""
    count: int = events_of(model).objects.filter(rows).update(**values)
    return count


def _person(subject: Subject) -> int:
    values = {
        "name": subject.new_name,
        "staff_number": subject.new_number,
        "email": "",
        "upn": "",
        "group": "",
        "assistive_needs": [],
    }
    StaffMember.objects.filter(pk=subject.person.pk).update(**values)
    return 1 + erase_events(StaffMember, Q(pgh_obj=subject.person.pk), **values)


def is_one_of(column: str, subject: Subject) -> Q:
    """Whether a column holds one of the person's addresses, however it is spelt."""
    spelt = (Q(**{f"{column}__iexact": address}) for address in sorted(subject.addresses))
    return reduce(or_, spelt, NOBODY)


def _training(subject: Subject) -> int:
    about = Q(staff_member=subject.person) & ~Q(reference="")
    changed = TrainingRecord.objects.filter(about).update(reference=NOTHING)
    return changed + erase_events(TrainingRecord, about, reference=NOTHING)


def _custody(subject: Subject) -> int:
    """What somebody wrote beside a hand-over to the person, or of them beside another of the same device."""
    had = CustodyEvent.objects.filter(holder=subject.person).values("device")
    named = reduce(or_, (Q(note__icontains=one) for one in subject.needles))
    noted = CustodyEvent.objects.filter(Q(holder=subject.person) | Q(device__in=had) & named)
    changed: int = noted.exclude(note="").update(note=NOTHING)
    return changed


def _of_user(subject: Subject) -> Q:
    """Devices and events whose MDM names the person: by address, or by name on a device that they had."""
    had = CustodyEvent.objects.filter(holder=subject.person).values("device")
    by_name = Q(user_name__in=subject.names) & (Q(id__in=had) | Q(holder=subject.person))
    return is_one_of("user_upn", subject) | is_one_of("user_email", subject) | by_name


def _devices(subject: Subject) -> int:
    values = dict.fromkeys(FACTS, "")
    about = Q(organisation=subject.person.organisation_id) & _of_user(subject)
    changed = Device.objects.filter(about).update(**values)
    return changed + erase_events(Device, about, **values)


def _json_names(column: str, subject: Subject) -> Q:
    """Whether a record that an MDM sent has one of the person's addresses."""
    named = (
        Q(**{f"{column}__{fact}__iexact": address})
        for fact in ("user_upn", "user_email")
        for address in sorted(subject.addresses)
    )
    return reduce(or_, named, NOBODY)


def _without_user(column: str) -> Any:
    """The JSON without what it says of a device's user."""
    left: Any = F(column)
    for fact in FACTS:
        left = Func(left, Value(fact), template="(%(expressions)s)", arg_joiner=" - ")
    return left


def _source_records(subject: Subject) -> int:
    had = CustodyEvent.objects.filter(holder=subject.person).values("device")
    by_name = Q(facts__user_name__in=sorted(subject.names), device__in=had)
    about = Q(mdm_source__organisation=subject.person.organisation_id)
    rows = SourceRecord.objects.filter(about & (_json_names("facts", subject) | by_name))
    found = list(rows.values_list("pk", flat=True))
    return SourceRecord.objects.filter(pk__in=found).update(
        facts=_without_user("facts"), field_times=_without_user("field_times")
    )


def _conflicts(subject: Subject) -> int:
    by_name = Q(record__user_name__in=sorted(subject.names))
    rows = IdentityConflict.objects.filter(organisation=subject.person.organisation_id)
    return rows.filter(_json_names("record", subject) | by_name).update(record=_without_user("record"))


def _deliveries(subject: Subject) -> int:
    """Forgets the bodies that name the person, and what was wrong with their records.

    Raises Conflict where one of them waits to be applied: applying it would bring the person back. What is in
    quarantine is forgotten as well, and nothing else.
    """
    mine: QuerySet[Delivery] = Delivery.objects.filter(
        source__organisation=subject.person.organisation_id
    ).exclude(body=b"")
    needles = [one.encode() for one in (*subject.addresses, *subject.names)]
    named = [
        (pk, status)
        for pk, status, body in mine.values_list("pk", "status", "body").iterator(chunk_size=50)
        if _delivered(bytes(body), status, needles)
    ]
    if any(status not in (DeliveryStatus.APPLIED, DeliveryStatus.QUARANTINED) for _, status in named):
        raise Conflict("An MDM delivery that names the person is not applied yet. Retry it first.")
    count = Delivery.objects.filter(pk__in=[pk for pk, *_ in named]).update(body=b"")
    return count + _problems(subject)


def _delivered(body: bytes, status: str, needles: list[bytes]) -> bool:
    """Whether a delivery's body names the person; one in quarantine that no key opens may."""
    if status != DeliveryStatus.QUARANTINED:
        return _names(body, needles)
    try:
        return _names(unseal_bytes(body), needles)
    except Unreadable:
        return True


def _names(body: bytes, needles: list[bytes], *, archives: bool = False) -> bool:
    """Whether a body names the person, in whatever case and however JSON spells other letters."""
    plain = zlib.decompress(body).lower()
    if archives and plain.startswith(b"pk\x03\x04"):
        return True
    spelt = [json.dumps(needle.decode())[1:-1].encode().lower() for needle in needles]
    return any(needle.lower() in plain for needle in [*needles, *spelt])


def _problems(subject: Subject) -> int:
    texts = Delivery.objects.filter(source__organisation=subject.person.organisation_id).annotate(
        text=Lower(Cast("problems", TextField()))
    )
    named = reduce(or_, (Q(text__contains=one.lower()) for one in subject.addresses), NOBODY)
    return texts.filter(named).update(problems=[])


def _import_files(subject: Subject) -> int:
    """Forgets the files that name the person and what is shown of their rows.

    A spreadsheet's archive cannot be searched, so it counts as one that does. Raises Conflict where such a
    file is still to be confirmed: applying it would bring the person back.
    """
    files = Import.objects.filter(organisation=subject.person.organisation_id)
    needles = [one.encode() for one in subject.needles]
    named = [
        (pk, status, name)
        for pk, status, name, content in files.exclude(content=b"")
        .values_list("pk", "status", "file_name", "content")
        .iterator(chunk_size=20)
        if _names(bytes(content), needles, archives=True)
    ]
    if waiting := [name for _, status, name in named if status in OPEN_FILES]:
        which = ", ".join(sorted(waiting))
        message = (
            f"These files may name the person and wait under Imports: {which}. Apply or discard them first."
        )
        raise Conflict(message)
    lines = ImportLine.objects.filter(file__in=files).annotate(text=Lower(Cast("details", TextField())))
    spelt = (json.dumps(one.lower(), ensure_ascii=False) for one in subject.needles)
    said = reduce(or_, (Q(text__contains=one) for one in spelt))
    of_person = Q(file__kind="staff", row_id=subject.person.pk) | Q(name__in=subject.needles)
    changed = lines.filter(said | of_person).update(name=NOTHING, details=[])
    return changed + Import.objects.filter(pk__in=[pk for pk, *_ in named]).update(**FORGOTTEN)


ERASERS = (
    Eraser("import files", _import_files),
    Eraser("deliveries", _deliveries),
    Eraser("devices", _devices, append_only_of(Device)),
    Eraser("records of MDM sources", _source_records),
    Eraser("MDM conflicts", _conflicts),
    Eraser("custody notes", _custody, ("fleet.CustodyEvent:append_only",)),
    Eraser("training records", _training, append_only_of(TrainingRecord)),
    Eraser("person", _person, append_only_of(StaffMember)),
)
