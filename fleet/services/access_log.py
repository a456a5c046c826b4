"""The access log: who saw personal data, written before the answer is sent, so that no look goes unrecorded.

A view declares what it shows (`seen` of a ListPage, an ObjectPage or a view of the API), or calls `note`.
The middleware writes one row at the end of the request; where it cannot, the answer is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from fleet.models import AccessRecord, Line, StaffMember, User
from fleet.vocabulary import SeenThrough

KINDS: dict[str, str] = {
    "person": "A person",
    "people": "A list of people",
    "device": "A device and its holder",
    "devices": "A list of devices with holders",
    "line": "A phone line and its holder",
    "lines": "A list of phone lines with holders",
    "site": "A site and its people",
    "discrepancies": "Discrepancies of devices and their holders",
    "mdm": "What MDM systems said",
    "training": "Training of people",
    "changes": "The change log",
    "accounts": "Accounts and roles",
    "sign-ins": "Sign-ins",
    "access": "The access log",
}


def register(**kinds: str) -> None:
    """An app adds what its own pages show of people when it is ready."""
    KINDS.update(kinds)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one answer shows: the record of a person or object, or a number of rows."""

    what: str
    person: int | None = None
    object_id: int | None = None
    organisation: int | None = None
    rows: int = 1
    filters: str = ""
    is_export: bool = False


def note(request: Any, what: str, row: Any = None, **more: Any) -> None:
    """Say that the answer to this request shows personal data: of `row`, or of `rows` of a list.

    Raises ValueError for what no app has registered.
    """
    if what not in KINDS:
        raise ValueError(f"{what} is none of {', '.join(KINDS)}")
    about: dict[str, Any] = {} if row is None else _about(row)
    request = getattr(request, "_request", request)  # the API wraps Django's
    request.seen = Seen(what, **about, **more)


def _about(row: Any) -> dict[str, Any]:
    """Whose data a row shows: a person's own, a device's holder's or those of whoever it is about."""
    of_others = getattr(row, "holder_id", None) or getattr(row, "staff_member_id", None)
    person = row.pk if isinstance(row, StaffMember) else of_others
    number = row.pk if isinstance(row.pk, int) else None
    return {
        "person": person,
        "object_id": number,
        "organisation": getattr(row, "organisation_id", None),
    }


def record(request: HttpRequest, status: int) -> None:
    """Write what the answer to a request shows, if it shows any."""
    seen: Seen | None = getattr(request, "seen", None)
    user = request.user
    if seen is None or status >= 300 or not isinstance(user, User):
        return
    where = {seen.organisation} if seen.organisation else user.access.organisation_ids()
    AccessRecord.objects.create(
        user=user,
        channel=getattr(request, "channel", SeenThrough.PAGE),
        request_id=getattr(request, "request_id", ""),
        what=seen.what,
        is_export=seen.is_export,
        person_id=seen.person,
        object_id=seen.object_id,
        rows=seen.rows,
        filters=seen.filters[:500],
        organisations=sorted(where),
    )


def asked_about(user: User) -> QuerySet[User]:
    """Those whose looks and changes this person may read: holders of roles, now or once, where they may."""
    where = sorted(user.access.organisation_ids("history.view"))
    known = User.objects.filter(grants__organisation__in=where)
    return User.objects.filter(pk__in=known).order_by("name", "email")


def in_words(form: forms.Form, chosen: Iterable[Any]) -> str:
    """The filters in force. What was typed, and who was picked, is left out: it names people."""
    labels = {str(form[name].label): field for name, field in form.fields.items()}
    return "; ".join(
        dict.fromkeys(
            f"{one.label}: {one.text}" if _is_impersonal(labels[one.label]) else str(one.label)
            for one in chosen
        )
    )


def _is_impersonal(field: forms.Field) -> bool:
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset is not None and field.queryset.model not in (StaffMember, User, Line)
    return isinstance(field, forms.ChoiceField | forms.DateField | forms.BooleanField | forms.IntegerField)
